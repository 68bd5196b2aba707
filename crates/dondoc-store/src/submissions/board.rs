//! What was received: the state of every unit's report for some periods, in one query.

use dondoc_core::{figure::Status, period::Period, submission::SubmissionState, unit::UnitId};
use jiff::Timestamp;

use super::{kind_by_code, kind_code};
use crate::{
    db::{BoxError, Row, StoreError, Tx},
    sql::sql,
};

/// One unit's report as far as it has come; a unit that has begun nothing is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// The submission.
    pub submission_id: i64,
    /// Who reports.
    pub unit: UnitId,
    /// The form.
    pub form: String,
    /// About when.
    pub period: Period,
    /// Estimate or final.
    pub kind: Status,
    /// Where it stands.
    pub state: SubmissionState,
    /// When it was handed in, the first and the last time; `None` if it never was.
    pub submitted_at: Option<(Timestamp, Timestamp)>,
    /// Goes up with every step.
    pub version: i64,
    /// The number of the last receipt.
    pub receipt: Option<String>,
}

/// All that was begun or handed in for a period with a pack, by form and unit.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn received(
    tx: &mut Tx<'_>,
    pack: &str,
    period: Period,
    kind: Status,
) -> Result<Vec<Received>, StoreError> {
    let (text, code) = (period.to_string(), kind_code(kind));
    tx.query(sql!("submissions/received"), &[&pack, &text, &code], read)
}

/// All that a unit has begun or handed in, each with its pack.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn received_of(tx: &mut Tx<'_>, unit: UnitId) -> Result<Vec<(String, Received)>, StoreError> {
    let unit_id = i64::from(unit.0);
    tx.query(sql!("submissions/received_of"), &[&unit_id], |row| Ok((row.text(10)?, read(row)?)))
}

fn read(row: &Row<'_>) -> Result<Received, BoxError> {
    let (first, last) = (row.maybe_text(6)?, row.maybe_text(7)?);
    Ok(Received {
        submission_id: row.int(0)?,
        unit: UnitId(row.int(1)?.try_into()?),
        form: row.text(2)?,
        period: row.text(3)?.parse()?,
        kind: kind_by_code(&row.text(4)?)?,
        state: SubmissionState::by_code(&row.text(5)?).ok_or("no such state")?,
        submitted_at: match (first, last) {
            (Some(first), Some(last)) => Some((first.parse()?, last.parse()?)),
            _ => None,
        },
        version: row.int(8)?,
        receipt: row.maybe_text(9)?,
    })
}
