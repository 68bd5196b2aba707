//! What hangs on a unit: who has to look after what when the unit goes.

use dondoc_core::unit::UnitId;
use jiff::civil::Date;

use crate::{
    db::{StoreError, Tx},
    sql::sql,
};

/// What hangs on a unit, beside its reports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Targets that were set for it.
    pub n_targets: i64,
    /// Entries of its registers.
    pub n_entries: i64,
    /// Corrections that nobody decided about.
    pub n_corrections: i64,
    /// Locks on it that are set.
    pub n_locks: i64,
    /// Blocks of its figures.
    pub n_blocks: i64,
    /// Accounts with a role there: sign-in name, name on the screen, role.
    pub grants: Vec<(String, String, String)>,
    /// Tasks that are not over: number, text, deadline.
    pub tasks: Vec<(i64, String, Option<Date>)>,
}

/// What hangs on a unit on a day.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn of(tx: &mut Tx<'_>, unit: UnitId, on: Date) -> Result<Reach, StoreError> {
    let unit_id = i64::from(unit.0);
    let counts = tx.query_one(sql!("reach/counts"), &[&unit_id], |row| {
        Ok(Reach {
            n_targets: row.int(0)?,
            n_entries: row.int(1)?,
            n_corrections: row.int(2)?,
            n_locks: row.int(3)?,
            n_blocks: row.int(4)?,
            ..Reach::default()
        })
    })?;
    let grants = tx.query(sql!("reach/grants"), &[&unit_id, &on], |row| {
        Ok((row.text(0)?, row.text(1)?, row.text(2)?))
    })?;
    let tasks = tx.query(sql!("reach/tasks"), &[&unit_id], |row| {
        Ok((row.int(0)?, row.text(1)?, row.maybe_day(2)?))
    })?;
    Ok(Reach { grants, tasks, ..counts.unwrap_or_default() })
}
