//! Closed periods (*khóa sổ*): a lock reaches one form or all of a pack, a unit with all under it or everyone.

use dondoc_core::{period::Period, unit::UnitId};

use super::{SubmissionError, by};
use crate::{
    db::{BoxError, By, Row, StoreError, Tx},
    sql::sql,
};

/// A lock that is to be set.
#[derive(Clone, Copy, Debug)]
pub struct NewLock<'a> {
    /// The programme pack: `KVPT`.
    pub pack: &'a str,
    /// The form; `None` means all.
    pub form: Option<&'a str>,
    /// What is closed.
    pub period: Period,
    /// The unit and all under it; `None` means everyone.
    pub unit: Option<UnitId>,
    /// Why, where somebody said so.
    pub reason: Option<&'a str>,
}

/// A lock, set or lifted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lock {
    /// Its number.
    pub id: i64,
    /// The programme pack.
    pub pack: String,
    /// The form; `None` means all.
    pub form: Option<String>,
    /// What is closed.
    pub period: Period,
    /// The unit and all under it; `None` means everyone.
    pub unit: Option<UnitId>,
    /// Why.
    pub reason: Option<String>,
    /// Who set it, and when.
    pub set: By,
    /// Who lifted it, when and why.
    pub lifted: Option<(By, String)>,
}

impl Lock {
    /// Whether it is set and reaches a form of a unit; `units` are the unit and all that it is under.
    #[must_use]
    pub fn reaches(&self, pack: &str, form: &str, units: &[UnitId]) -> bool {
        self.lifted.is_none()
            && self.pack == pack
            && self.form.as_deref().is_none_or(|it| it == form)
            && self.unit.is_none_or(|it| units.contains(&it))
    }

    /// Whether it is told of in a scope: a lock on everyone concerns everyone. One on a unit above is not told of, though it reaches
    /// further down; whether a report is closed is asked without a scope.
    fn is_seen(&self, tx: &Tx<'_>) -> bool {
        self.unit.is_none_or(|unit| tx.sees(unit))
    }
}

/// Sets a lock, and gives its number.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn set(tx: &mut Tx<'_>, new: &NewLock<'_>, by: &By) -> Result<i64, StoreError> {
    let id = tx.take_ids("period_lock", 1)?;
    let unit_id = new.unit.map(|it| i64::from(it.0));
    let (period, at) = (new.period.to_string(), by.moment());
    tx.execute(
        sql!("locks/set"),
        &[&id, &new.pack, &new.form, &period, &unit_id, &new.reason, &by.actor, &at],
    )?;
    Ok(id)
}

/// Lifts a lock.
///
/// # Errors
///
/// [`SubmissionError::NotFound`] if there is no such lock or it is lifted already, [`SubmissionError::NoReason`].
pub fn lift(tx: &mut Tx<'_>, id: i64, why: &str, by: &By) -> Result<(), SubmissionError> {
    if why.trim().is_empty() {
        return Err(SubmissionError::NoReason { step: "lift" });
    }
    let n_lifted = tx.execute(sql!("locks/lift"), &[&by.actor, &by.moment(), &why, &id])?;
    if n_lifted == 1 { Ok(()) } else { Err(SubmissionError::NotFound) }
}

/// The locks of a period, set and lifted, first to last.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn of(tx: &mut Tx<'_>, period: Period) -> Result<Vec<Lock>, StoreError> {
    let mut found = tx.query(sql!("locks/of"), &[&period.to_string()], read)?;
    found.retain(|it| it.is_seen(tx));
    Ok(found)
}

/// All locks that are set, first to last.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn in_force(tx: &mut Tx<'_>) -> Result<Vec<Lock>, StoreError> {
    let mut found = tx.query(sql!("locks/in_force"), &[], read)?;
    found.retain(|it| it.is_seen(tx));
    Ok(found)
}

fn read(row: &Row<'_>) -> Result<Lock, BoxError> {
    let lifted = match (row.maybe_text(8)?, row.maybe_text(9)?) {
        (Some(actor), Some(at)) => Some((by(actor, &at)?, row.maybe_text(10)?.unwrap_or_default())),
        _ => None,
    };
    let unit = row.maybe_int(4)?.map(u32::try_from).transpose()?;
    Ok(Lock {
        id: row.int(0)?,
        pack: row.text(1)?,
        form: row.maybe_text(2)?,
        period: row.text(3)?.parse()?,
        unit: unit.map(UnitId),
        reason: row.maybe_text(5)?,
        set: by(row.text(6)?, &row.text(7)?)?,
        lifted,
    })
}
