//! Steps of a submission.

use dondoc_core::submission::{Standing, SubmissionStep};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::{
    CellNote, NewSubmission, Submission, SubmissionError, SubmissionKey, by, find, get, kind_code,
};
use crate::{
    blocks::{self, BlockId, Digest, Origin},
    db::{By, StoreError, Tx},
    sql::sql,
};

/// A step that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenStep {
    /// The version of the submission after it.
    pub version: i64,
    /// `open`, or as in [`SubmissionStep::code`].
    pub step: String,
    /// Who, and when.
    pub by: By,
    /// Why, where that was said of the whole.
    pub reason: Option<String>,
    /// SHA-256 of the content as it then stood, in hexadecimal digits.
    pub content_sha256: String,
    /// What it says about cells.
    pub notes: Vec<CellNote>,
}

/// What comes with a step.
#[derive(Clone, Copy, Debug, Default)]
pub struct StepWords<'a> {
    /// Why.
    pub reason: Option<&'a str>,
    /// What is said about cells.
    pub notes: &'a [CellNote],
}

/// A receipt (*giấy biên nhận*): what was received, when, and a number that nobody can make up afterwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Its number: `000412-2`, the second receipt of submission 412.
    pub number: String,
    /// The submission.
    pub submission_id: i64,
    /// Who handed it in, and when.
    pub by: By,
    /// SHA-256 of what was handed in.
    pub content_sha256: String,
    /// The last block that it brought, and the chain up to it; `None` if it brought none.
    pub block: Option<(BlockId, Digest)>,
}

/// Begins a form, as a draft.
///
/// # Errors
///
/// [`SubmissionError::Exists`] if it was begun already; then nothing has changed.
pub fn open(
    tx: &mut Tx<'_>,
    new: &NewSubmission<'_>,
    by: &By,
) -> Result<Submission, SubmissionError> {
    let ((pack, pack_version), (form, form_version)) = (new.pack, new.form);
    let NewSubmission { unit, period, kind, .. } = *new;
    if let Some(it) = find(tx, SubmissionKey { pack, form, unit, period, kind })? {
        return Err(SubmissionError::Exists { id: it.id });
    }
    let id = tx.take_ids("submission", 1)?;
    let (pack_version, form_version) = (i64::from(pack_version), i64::from(form_version));
    let (unit_id, period, kind) = (i64::from(unit.0), period.to_string(), kind_code(kind));
    let content = new.content.to_string();
    tx.execute(
        sql!("submissions/open"),
        &[&id, &pack, &pack_version, &form, &form_version, &unit_id, &period, &kind, &content],
    )?;
    put_step(tx, (id, 1), ("open", StepWords::default()), &content, by)?;
    get(tx, id)?.ok_or(SubmissionError::NotFound)
}

/// Replaces what stands in a draft or a returned form.
///
/// # Errors
///
/// [`SubmissionError`]; then nothing has changed.
pub fn save(
    tx: &mut Tx<'_>,
    (id, version): (i64, i64),
    content: &Value,
    by: &By,
) -> Result<Submission, SubmissionError> {
    let mut submission = at_version(tx, (id, version))?;
    submission.content = content.clone();
    step_to(tx, submission, (SubmissionStep::Save, StepWords::default()), by)
}

/// Takes any other step. To submit gives the submission a new receipt number; the answers to warnings come as notes.
/// To return takes notes or a reason, to unlock a reason; a note has words.
///
/// # Errors
///
/// [`SubmissionError`]; then nothing has changed.
pub fn take(
    tx: &mut Tx<'_>,
    (id, version): (i64, i64),
    (step, words): (SubmissionStep, StepWords<'_>),
    by: &By,
) -> Result<Submission, SubmissionError> {
    let is_silent = words.reason.is_none_or(|it| it.trim().is_empty());
    let needs_words = match step {
        SubmissionStep::Return => is_silent && words.notes.is_empty(),
        SubmissionStep::Unlock => is_silent,
        _ => false,
    };
    // A note at a cell that says nothing is none.
    let is_empty = |it: &CellNote| it.words.trim().is_empty();
    if needs_words || words.notes.iter().any(is_empty) {
        return Err(SubmissionError::NoReason { step: step.code() });
    }
    let submission = at_version(tx, (id, version))?;
    step_to(tx, submission, (step, words), by)
}

/// The steps of a submission, first to last, with what they say about cells.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn taken(tx: &mut Tx<'_>, id: i64) -> Result<Vec<TakenStep>, StoreError> {
    let mut steps = tx.query(sql!("submissions/steps"), &[&id], |row| {
        Ok(TakenStep {
            version: row.int(0)?,
            step: row.text(1)?,
            by: by(row.text(2)?, &row.text(3)?)?,
            reason: row.maybe_text(4)?,
            content_sha256: row.text(5)?,
            notes: Vec::new(),
        })
    })?;
    let notes = tx.query(sql!("submissions/notes"), &[&id], |row| {
        let note = CellNote {
            row: row.maybe_text(1)?,
            column: row.maybe_text(2)?,
            about: row.maybe_text(3)?,
            words: row.text(4)?,
        };
        Ok((row.int(0)?, note))
    })?;
    for (version, note) in notes {
        if let Some(step) = steps.iter_mut().find(|it| it.version == version) {
            step.notes.push(note);
        }
    }
    Ok(steps)
}

/// The receipt of the last time that a submission was handed in; `None` if it never was.
///
/// # Errors
///
/// [`StoreError`] if the engine fails or its block is gone.
pub fn receipt(tx: &mut Tx<'_>, id: i64) -> Result<Option<Receipt>, StoreError> {
    let Some(number) = get(tx, id)?.and_then(|it| it.receipt) else { return Ok(None) };
    let steps = taken(tx, id)?;
    let handed_in = steps.into_iter().rev().find(|it| it.step == SubmissionStep::Submit.code());
    let Some(handed_in) = handed_in else { return Ok(None) };
    let last = blocks::brought_by(tx, &Origin::Submission(id))?.pop();
    let block = match last {
        Some(block_id) => Some((block_id, blocks::chain_at(tx, block_id)?)),
        None => None,
    };
    let TakenStep { by, content_sha256, .. } = handed_in;
    Ok(Some(Receipt { number, submission_id: id, by, content_sha256, block }))
}

fn at_version(tx: &mut Tx<'_>, (id, version): (i64, i64)) -> Result<Submission, SubmissionError> {
    let submission = get(tx, id)?.ok_or(SubmissionError::NotFound)?;
    if submission.version != version {
        return Err(SubmissionError::Stale { current: submission.version });
    }
    Ok(submission)
}

fn step_to(
    tx: &mut Tx<'_>,
    submission: Submission,
    (step, words): (SubmissionStep, StepWords<'_>),
    by: &By,
) -> Result<Submission, SubmissionError> {
    let Submission { id, version, standing, content, .. } = submission;
    let standing = standing.after(step, &by.actor)?;
    let (content, at) = (content.to_string(), by.moment());
    let submits = step == SubmissionStep::Submit;
    let n_receipts = match submits {
        true => tx.query_one(sql!("submissions/count_submits"), &[&id], |row| row.int(0))?,
        false => None,
    };
    let receipt = n_receipts.map(|it| format!("{id:06}-{}", it + 1));
    let submitted_at = submits.then_some(at.as_str());
    let changed = tx.execute(
        sql!("submissions/step"),
        &[
            &standing.state().code(),
            &content,
            &standing.submitted_by(),
            &standing.approved_by(),
            &submitted_at,
            &receipt,
            &id,
            &version,
        ],
    )?;
    if changed != 1 {
        // Only if somebody else took a step since, within this very moment.
        return Err(SubmissionError::Stale { current: version + 1 });
    }
    put_step(tx, (id, version + 1), (step.code(), words), &content, by)?;
    get(tx, id)?.ok_or(SubmissionError::NotFound)
}

fn put_step(
    tx: &mut Tx<'_>,
    (id, version): (i64, i64),
    (step, words): (&'static str, StepWords<'_>),
    content: &str,
    by: &By,
) -> Result<(), StoreError> {
    let sha256 = Digest(Sha256::digest(content.as_bytes()).into()).to_string();
    let (actor, at) = (by.actor.as_str(), by.moment());
    tx.execute(
        sql!("submissions/put_step"),
        &[&id, &version, &step, &actor, &at, &words.reason, &sha256],
    )?;
    for (ordinal, note) in (1_i64..).zip(words.notes) {
        let CellNote { row, column, about, words } = note;
        tx.execute(
            sql!("submissions/put_note"),
            &[&id, &version, &ordinal, row, column, about, words],
        )?;
    }
    Ok(())
}

/// Where a submission that took these steps stands; `None` if they are no way that one can go.
pub(crate) fn standing_after(steps: &[TakenStep]) -> Option<Standing> {
    let (first, rest) = steps.split_first()?;
    if first.step != "open" {
        return None;
    }
    rest.iter().try_fold(Standing::Draft, |standing, it| {
        standing.after(SubmissionStep::by_code(&it.step)?, &it.by.actor).ok()
    })
}
