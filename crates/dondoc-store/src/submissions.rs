//! Submissions on their way from draft to locked; what may come next, the core says.
//!
//! All functions take the transaction, so that a submission, its blocks and what they change are written as one.
//!
//! - [`steps`]: taking steps, and the steps that were taken
//! - [`board`]: what was received, of many units at once
//! - [`locks`]: closed periods
//! - [`corrections`]: changes after the lock

pub mod board;
pub mod corrections;
pub mod locks;
pub mod steps;

use dondoc_core::{
    figure::Status,
    period::Period,
    submission::{Standing, SubmissionState, SubmissionStepError},
    unit::UnitId,
};
use jiff::Timestamp;
use serde_json::Value;

use crate::{
    db::{Arg, BoxError, By, Row, StoreError, Tx},
    sql::sql,
};

/// A form that is begun.
#[derive(Clone, Copy, Debug)]
pub struct NewSubmission<'a> {
    /// The programme pack: `KVPT`, and its version.
    pub pack: (&'a str, u32),
    /// The form: `B01-XA`, and its version.
    pub form: (&'a str, u32),
    /// Who reports.
    pub unit: UnitId,
    /// About when.
    pub period: Period,
    /// Estimate or final: each is a submission of its own.
    pub kind: Status,
    /// What stands in the form, in whatever shape the form's cells have.
    pub content: &'a Value,
}

/// A submission (*báo cáo nộp*).
#[derive(Clone, Debug, PartialEq)]
pub struct Submission {
    /// Its number.
    pub id: i64,
    /// The programme pack, and its version.
    pub pack: (String, u32),
    /// The form, and its version.
    pub form: (String, u32),
    /// Who reports.
    pub unit: UnitId,
    /// About when.
    pub period: Period,
    /// Estimate or final.
    pub kind: Status,
    /// Where it stands.
    pub standing: Standing,
    /// Goes up with every step.
    pub version: i64,
    /// What stands in the form.
    pub content: Value,
    /// When it was handed in, the first and the last time; `None` if it never was.
    pub submitted_at: Option<(Timestamp, Timestamp)>,
    /// The number of the last receipt.
    pub receipt: Option<String>,
    /// How many blocks it has brought.
    pub n_blocks: i64,
}

/// Something that is said about a cell of a form: why it is returned, or why an unusual figure is right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellNote {
    /// The row as printed; `None` means the whole form.
    pub row: Option<String>,
    /// The column as printed; `None` means the whole row.
    pub column: Option<String>,
    /// The rule or fault that it is about: `R-02-01`.
    pub about: Option<String>,
    /// What is said.
    pub words: String,
}

/// A step with a submission was refused.
#[derive(Debug, thiserror::Error)]
pub enum SubmissionError {
    /// There is no such submission, lock or correction.
    #[error("no such submission, lock or correction")]
    NotFound,
    /// The form was begun already.
    #[error("the form was begun already: submission {id}")]
    Exists {
        /// Its number.
        id: i64,
    },
    /// Somebody took a step since the version that was looked at.
    #[error("someone took a step since; the submission is at version {current} now")]
    Stale {
        /// The version in force.
        current: i64,
    },
    /// The step can't be taken.
    #[error(transparent)]
    Step(#[from] SubmissionStepError),
    /// The decision can't be taken.
    #[error(transparent)]
    Correction(#[from] dondoc_core::submission::CorrectionError),
    /// The step takes a reason, and none was given.
    #[error("say why: `{step}` takes a reason")]
    NoReason {
        /// The step.
        step: &'static str,
    },
    /// The engine failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The submission of that number, if there is one.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn get(tx: &mut Tx<'_>, id: i64) -> Result<Option<Submission>, StoreError> {
    let found = tx.query_one(sql!("submissions/get"), &[&id], read)?;
    Ok(found.filter(|it| tx.sees(it.unit)))
}

/// What tells submissions apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SubmissionKey<'a> {
    /// The programme pack: `KVPT`.
    pub pack: &'a str,
    /// The form: `B01-XA`.
    pub form: &'a str,
    /// Who reports.
    pub unit: UnitId,
    /// About when.
    pub period: Period,
    /// Estimate or final.
    pub kind: Status,
}

/// The submission that `key` tells, if it was begun.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn find(tx: &mut Tx<'_>, key: SubmissionKey<'_>) -> Result<Option<Submission>, StoreError> {
    let unit_id = i64::from(key.unit.0);
    let (period, kind) = (key.period.to_string(), kind_code(key.kind));
    if !tx.sees(key.unit) {
        return Ok(None);
    }
    tx.query_one(sql!("submissions/find"), &[&key.pack, &key.form, &unit_id, &period, &kind], read)
}

/// Which submissions are listed; `None` means any.
#[derive(Clone, Copy, Debug, Default)]
pub struct SubmissionFilter<'a> {
    /// Of a unit.
    pub unit: Option<UnitId>,
    /// Of a period.
    pub period: Option<Period>,
    /// Of a form.
    pub form: Option<&'a str>,
    /// In a state.
    pub state: Option<SubmissionState>,
}

/// Submissions, those with the latest number first, `limit` at most.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn list(
    tx: &mut Tx<'_>,
    filter: &SubmissionFilter<'_>,
    limit: usize,
) -> Result<Vec<Submission>, StoreError> {
    let seen = match (filter.unit, tx.units_seen()) {
        (None, Some(units)) if units.len() <= FEW_UNITS => Some(units.clone()),
        _ => None,
    };
    let Some(units) = seen else { return list_in_pages(tx, filter, limit) };
    let mut found = Vec::new();
    for unit in units {
        found.extend(page(
            tx,
            &SubmissionFilter { unit: Some(unit), ..*filter },
            (i64::MAX, limit),
        )?);
    }
    found.sort_unstable_by_key(|it| std::cmp::Reverse(it.id));
    found.truncate(limit);
    Ok(found)
}

/// Of so few units, submissions are looked for unit by unit.
const FEW_UNITS: usize = 200;
/// So many submissions are read at a time where some of them may not be seen.
const PAGE: usize = 1_000;

/// What is not seen does not push out what is, so it goes on until there are enough or there is nothing more.
fn list_in_pages(
    tx: &mut Tx<'_>,
    filter: &SubmissionFilter<'_>,
    limit: usize,
) -> Result<Vec<Submission>, StoreError> {
    let n_at_a_time = if tx.sees_all() { limit } else { PAGE };
    let mut found: Vec<Submission> = Vec::new();
    let mut before = i64::MAX;
    loop {
        let read = page(tx, filter, (before, n_at_a_time))?;
        let is_last = read.len() < n_at_a_time;
        before = read.last().map_or(before, |it| it.id);
        found.extend(read.into_iter().filter(|it| tx.sees(it.unit)));
        if is_last || found.len() >= limit {
            found.truncate(limit);
            return Ok(found);
        }
    }
}

/// The submissions numbered below `before` that fit, whoever sees them, `limit` at most.
fn page(
    tx: &mut Tx<'_>,
    filter: &SubmissionFilter<'_>,
    (before, limit): (i64, usize),
) -> Result<Vec<Submission>, StoreError> {
    let unit_id = filter.unit.map_or(-1, |it| i64::from(it.0));
    let period = filter.period.map(|it| it.to_string()).unwrap_or_default();
    let form = filter.form.unwrap_or_default();
    let state = filter.state.map_or("", SubmissionState::code);
    let most = i64::try_from(limit).unwrap_or(i64::MAX);
    let args: [&dyn Arg; 6] = [&unit_id, &period, &form, &state, &before, &most];
    // A statement for a unit and one for any, so that the engine goes by the index on units.
    match filter.unit {
        Some(_) => tx.query(sql!("submissions/list_of"), &args, read),
        None => tx.query(sql!("submissions/list"), &args[1..], read),
    }
}

/// The columns as `submissions/get` gives them.
fn read(row: &Row<'_>) -> Result<Submission, BoxError> {
    let first: Option<String> = row.maybe_text(13)?;
    let last: Option<String> = row.maybe_text(14)?;
    let submitted_at = first
        .zip(last)
        .map(|(first, last)| -> Result<_, BoxError> { Ok((first.parse()?, last.parse()?)) });
    Ok(Submission {
        id: row.int(0)?,
        pack: (row.text(1)?, row.int(2)?.try_into()?),
        form: (row.text(3)?, row.int(4)?.try_into()?),
        unit: UnitId(row.int(5)?.try_into()?),
        period: row.text(6)?.parse()?,
        kind: kind_by_code(&row.text(7)?)?,
        standing: standing(&row.text(8)?, row.maybe_text(11)?, row.maybe_text(12)?)?,
        version: row.int(9)?,
        content: serde_json::from_str(&row.text(10)?)?,
        submitted_at: submitted_at.transpose()?,
        receipt: row.maybe_text(15)?,
        n_blocks: row.int(16)?,
    })
}

fn standing(
    state: &str,
    submitted_by: Option<String>,
    approved_by: Option<String>,
) -> Result<Standing, BoxError> {
    let state = SubmissionState::by_code(state).ok_or("no such state")?;
    if state == SubmissionState::Draft {
        return Ok(Standing::Draft);
    }
    let submitted_by = submitted_by.ok_or("handed in by nobody")?;
    let approved = || approved_by.ok_or("approved by nobody");
    Ok(match state {
        SubmissionState::Draft => Standing::Draft,
        SubmissionState::Submitted => Standing::Submitted { by: submitted_by },
        SubmissionState::Returned => Standing::Returned { submitted_by },
        SubmissionState::Approved => Standing::Approved { submitted_by, by: approved()? },
        SubmissionState::Locked => Standing::Locked { submitted_by, approved_by: approved()? },
    })
}

pub(crate) fn kind_code(kind: Status) -> &'static str {
    match kind {
        Status::Estimate => "estimate",
        Status::Final => "final",
    }
}

pub(crate) fn kind_by_code(code: &str) -> Result<Status, BoxError> {
    match code {
        "estimate" => Ok(Status::Estimate),
        "final" => Ok(Status::Final),
        _ => Err(format!("no such kind: `{code}`").into()),
    }
}

/// A moment that is kept, and who it was.
pub(crate) fn by(actor: String, at: &str) -> Result<By, BoxError> {
    Ok(By { actor, at: at.parse()? })
}
