//! Outlines of units for the map, as they were loaded. Of two maps with the same unit the newer one is shown.

use crate::{
    db::{BoxError, By, Row, StoreError, Tx},
    sql::sql,
    units::sha256,
};

/// A map that was loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptMap {
    /// Its number.
    pub id: i64,
    /// The name of its file.
    pub name: String,
    /// SHA-256 of what is kept of it, in hexadecimal digits.
    pub sha256: String,
    /// How many areas are in it.
    pub n_areas: usize,
    /// Who loaded it; the moment is text as it is kept.
    pub actor: String,
    /// When, RFC 3339.
    pub loaded_at: String,
}

/// Keeps a map as GeoJSON, and gives its number.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn put(
    tx: &mut Tx<'_>,
    name: &str,
    (body, n_areas): (&str, usize),
    by: &By,
) -> Result<i64, StoreError> {
    let id = tx.take_ids("map", 1)?;
    let n_areas = i64::try_from(n_areas).map_err(StoreError::at("maps/put"))?;
    let digest = sha256(body.as_bytes());
    let at = by.moment();
    tx.execute(sql!("maps/put"), &[&id, &name, &body, &digest, &n_areas, &by.actor, &at])?;
    Ok(id)
}

/// The maps, the newest first.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn list(tx: &mut Tx<'_>) -> Result<Vec<KeptMap>, StoreError> {
    tx.query(sql!("maps/list"), &[], read)
}

fn read(row: &Row<'_>) -> Result<KeptMap, BoxError> {
    Ok(KeptMap {
        id: row.int(0)?,
        name: row.text(1)?,
        sha256: row.text(2)?,
        n_areas: row.size(3)?,
        actor: row.text(4)?,
        loaded_at: row.text(5)?,
    })
}

/// What is in a map, as GeoJSON; `None` if there is no such map.
///
/// # Errors
///
/// [`StoreError`] if the engine fails, or if it is not what was kept.
pub fn body(tx: &mut Tx<'_>, id: i64) -> Result<Option<String>, StoreError> {
    tx.query_one(sql!("maps/body"), &[&id], |row| {
        let body = row.text(0)?;
        if sha256(body.as_bytes()) != row.text(1)? {
            return Err(format!("map {id} is damaged: its digest does not hold").into());
        }
        Ok(body)
    })
}

/// Takes a map away.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn drop(tx: &mut Tx<'_>, id: i64) -> Result<(), StoreError> {
    tx.execute(sql!("maps/drop"), &[&id])?;
    Ok(())
}
