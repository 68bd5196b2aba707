//! Notices in the program, to all accounts of a unit, and who has read them. Nothing is sent outside.

use dondoc_core::unit::UnitId;
use jiff::Timestamp;

use crate::{
    db::{By, StoreError, Tx},
    sql::sql,
    tasks::unit,
};

/// A notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Its number.
    pub id: i64,
    /// To whose accounts.
    pub unit: UnitId,
    /// What happened: `given`, `letter`, or the step as in `TaskStep::code`.
    pub kind: String,
    /// The task that it is about.
    pub task_id: Option<i64>,
    /// The letter that it is about.
    pub letter_id: Option<i64>,
    /// How many tasks it is about.
    pub n_tasks: i64,
    /// Whose doing it tells of, and when that was.
    pub by: By,
    /// When the account that asks has read it.
    pub read_at: Option<Timestamp>,
}

/// A notice that is to be told.
#[derive(Clone, Copy, Debug)]
pub struct NewNotice<'a> {
    /// To whose accounts.
    pub unit: UnitId,
    /// What happened.
    pub kind: &'a str,
    /// The task that it is about.
    pub task_id: Option<i64>,
    /// The letter that it is about.
    pub letter_id: Option<i64>,
    /// How many tasks it is about.
    pub n_tasks: i64,
}

/// Puts a notice before the accounts of a unit.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn tell(tx: &mut Tx<'_>, new: &NewNotice<'_>, by: &By) -> Result<i64, StoreError> {
    let id = tx.take_ids("notice", 1)?;
    let (unit, at) = (i64::from(new.unit.0), by.moment());
    tx.execute(
        sql!("notices/put"),
        &[&id, &unit, &new.kind, &new.task_id, &new.letter_id, &new.n_tasks, &by.actor, &at],
    )?;
    Ok(id)
}

/// The newest notices of all units, with whether an account has read them, `limit` at most.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn newest(tx: &mut Tx<'_>, actor: &str, limit: usize) -> Result<Vec<Notice>, StoreError> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    tx.query(sql!("notices/newest"), &[&actor, &limit], |row| {
        let read_at = row.maybe_text(8)?.map(|it| it.parse()).transpose()?;
        Ok(Notice {
            id: row.int(0)?,
            unit: unit(row.int(1)?)?,
            kind: row.text(2)?,
            task_id: row.maybe_int(3)?,
            letter_id: row.maybe_int(4)?,
            n_tasks: row.int(5)?,
            by: By { actor: row.text(6)?, at: row.text(7)?.parse()? },
            read_at,
        })
    })
}

/// Notes that an account has read something: a notice by its number, or `digest/2026-03-14`.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn mark(tx: &mut Tx<'_>, what: &str, by: &By) -> Result<(), StoreError> {
    let at = by.moment();
    tx.execute(sql!("notices/mark"), &[&by.actor, &what, &at])?;
    Ok(())
}

/// When an account read something, if it has.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn read_at(tx: &mut Tx<'_>, actor: &str, what: &str) -> Result<Option<Timestamp>, StoreError> {
    tx.query_one(sql!("notices/is_read"), &[&actor, &what], |row| Ok(row.text(0)?.parse()?))
}
