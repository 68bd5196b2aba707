//! Settings that administrators make in the page: each a name and a text, commonly JSON.

use crate::{
    db::{By, StoreError, Tx},
    sql::sql,
};

/// A setting; `None` if it was never made.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn get(tx: &mut Tx<'_>, name: &str) -> Result<Option<String>, StoreError> {
    tx.query_one(sql!("settings/get"), &[&name], |row| row.text(0))
}

/// Makes a setting; what it was before is in the audit trail of the caller.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn put(tx: &mut Tx<'_>, name: &str, value: &str, by: &By) -> Result<(), StoreError> {
    tx.execute(sql!("settings/put"), &[&name, &value, &by.actor, &by.moment()])?;
    Ok(())
}
