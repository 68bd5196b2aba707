//! What decides how figures are added up: units, packs, and which indicators were cleared.

use crate::{
    db::{StoreError, Tx},
    sql::sql,
};

/// How much there is of it. Nothing of it is ever taken away, so two that are equal mean the same ground.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GroundVersion {
    n_unit_sources: i64,
    n_packs: i64,
    n_clearances: i64,
}

/// The ground as it is now.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn version(tx: &mut Tx<'_>) -> Result<GroundVersion, StoreError> {
    let found = tx.query_one(sql!("ground/version"), &[], |row| {
        Ok(GroundVersion {
            n_unit_sources: row.int(0)?,
            n_packs: row.int(1)?,
            n_clearances: row.int(2)?,
        })
    })?;
    Ok(found.unwrap_or_default())
}
