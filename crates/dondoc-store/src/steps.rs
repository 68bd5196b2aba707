//! How far the store has come: a number that grows with every write, and says nothing else.

use crate::{
    db::{Store, StoreError},
    sql::sql,
};

/// The number of the newest write; 0 if there was none.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn newest(store: &Store) -> Result<i64, StoreError> {
    store.read(|tx| {
        let newest = tx.query_one(sql!("steps/newest"), &[], |row| row.int(0))?;
        Ok(newest.unwrap_or(0))
    })
}
