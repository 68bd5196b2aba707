//! Corrections (*đề nghị điều chỉnh*): what somebody asks to change after the lock, and what became of it.

use dondoc_core::{figure::Figure, period::Period, submission::CorrectionState, unit::UnitId};
use sha2::{Digest as _, Sha256};

use super::{SubmissionError, by};
use crate::{
    blocks::{Digest, wire},
    db::{BoxError, By, Row, StoreError, Tx},
    sql::sql,
};

/// A correction that is asked for.
#[derive(Clone, Copy, Debug)]
pub struct NewCorrection<'a> {
    /// The programme pack: `KVPT`.
    pub pack: &'a str,
    /// The form that the figures stand in, if it is one.
    pub form: Option<&'a str>,
    /// Whose figures.
    pub unit: UnitId,
    /// Of when.
    pub period: Period,
    /// The figures as they should be; what is not there stays as it is.
    pub figures: &'a [Figure],
    /// Why.
    pub reason: &'a str,
}

/// A correction, open or decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// Its number.
    pub id: i64,
    /// The programme pack.
    pub pack: String,
    /// The form that the figures stand in.
    pub form: Option<String>,
    /// Whose figures.
    pub unit: UnitId,
    /// Of when.
    pub period: Period,
    /// The figures as they should be.
    pub figures: Vec<Figure>,
    /// Why.
    pub reason: String,
    /// Who asked, and when.
    pub asked: By,
    /// Open, accepted or refused.
    pub state: CorrectionState,
    /// Who decided, when and why.
    pub decided: Option<(By, Option<String>)>,
}

/// Asks for a correction, and gives its number.
///
/// # Errors
///
/// [`SubmissionError::NoReason`]; [`StoreError`] if the engine fails or there are too many figures.
pub fn ask(tx: &mut Tx<'_>, new: &NewCorrection<'_>, by: &By) -> Result<i64, SubmissionError> {
    if new.reason.trim().is_empty() {
        return Err(SubmissionError::NoReason { step: "correct" });
    }
    let body = wire::encode(new.figures).map_err(StoreError::at("corrections/ask"))?;
    let digest = Sha256::digest(&body);
    let id = tx.take_ids("correction", 1)?;
    let (unit_id, period) = (i64::from(new.unit.0), new.period.to_string());
    let (actor, at) = (by.actor.as_str(), by.moment());
    tx.execute(
        sql!("corrections/ask"),
        &[
            &id,
            &new.pack,
            &new.form,
            &unit_id,
            &period,
            &body.as_slice(),
            &digest.as_slice(),
            &new.reason,
            &actor,
            &at,
        ],
    )?;
    Ok(id)
}

/// Accepts or refuses a correction; the figures of an accepted one are for the caller to append. To refuse takes a
/// reason.
///
/// # Errors
///
/// [`SubmissionError`]; then nothing has changed.
pub fn decide(
    tx: &mut Tx<'_>,
    id: i64,
    (accepts, why): (bool, Option<&str>),
    by: &By,
) -> Result<Correction, SubmissionError> {
    if !accepts && why.is_none_or(|it| it.trim().is_empty()) {
        return Err(SubmissionError::NoReason { step: "refuse" });
    }
    let correction = get(tx, id)?.ok_or(SubmissionError::NotFound)?;
    let state = correction.state.decided(accepts, &correction.asked.actor, &by.actor)?;
    tx.execute(sql!("corrections/decide"), &[&state.code(), &by.actor, &by.moment(), &why, &id])?;
    get(tx, id)?.ok_or(SubmissionError::NotFound)
}

/// The correction of that number, if there is one.
///
/// # Errors
///
/// [`StoreError`] if the engine fails or its figures are damaged.
pub fn get(tx: &mut Tx<'_>, id: i64) -> Result<Option<Correction>, StoreError> {
    let found = tx.query_one(sql!("corrections/get"), &[&id], read)?;
    Ok(found.filter(|it| tx.sees(it.unit)))
}

/// The corrections in a state, first to last.
///
/// # Errors
///
/// [`StoreError`] if the engine fails or the figures of one are damaged.
pub fn list(tx: &mut Tx<'_>, state: CorrectionState) -> Result<Vec<Correction>, StoreError> {
    let mut found = tx.query(sql!("corrections/list"), &[&state.code()], read)?;
    found.retain(|it| tx.sees(it.unit));
    Ok(found)
}

pub(crate) fn read(row: &Row<'_>) -> Result<Correction, BoxError> {
    let body = row.bytes(5)?;
    if Digest::read(&row.bytes(6)?)?.0 != *Sha256::digest(&body) {
        return Err(format!("correction {} is damaged", row.int(0)?).into());
    }
    let decided = match (row.maybe_text(11)?, row.maybe_text(12)?) {
        (Some(actor), Some(at)) => Some((by(actor, &at)?, row.maybe_text(13)?)),
        _ => None,
    };
    Ok(Correction {
        id: row.int(0)?,
        pack: row.text(1)?,
        form: row.maybe_text(2)?,
        unit: UnitId(row.int(3)?.try_into()?),
        period: row.text(4)?.parse()?,
        figures: wire::Body::decode(&body)?.figures().collect(),
        reason: row.text(7)?,
        state: CorrectionState::by_code(&row.text(8)?).ok_or("no such state")?,
        asked: by(row.text(9)?, &row.text(10)?)?,
        decided,
    })
}
