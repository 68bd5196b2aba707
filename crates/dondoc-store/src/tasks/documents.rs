//! The documents that tasks are from, and those that units have issued.

use jiff::civil::Date;

use crate::{
    db::{BoxError, Row, StoreError, Tx},
    sql::sql,
};

/// What a document is known by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its number.
    pub id: i64,
    /// The abbreviation of its type.
    pub kind: String,
    /// Number and symbol.
    pub number: Option<String>,
    /// The day of issue.
    pub issued_on: Option<Date>,
    /// The body that issued it, as printed.
    pub issuer: Option<String>,
    /// Its subject.
    pub title: Option<String>,
}

/// The documents that tasks are from.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn of_tasks(tx: &mut Tx<'_>) -> Result<Vec<Head>, StoreError> {
    tx.query(sql!("tasks/documents"), &[], read)
}

/// All documents of the library.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Head>, StoreError> {
    tx.query(sql!("tasks/issued"), &[], read)
}

fn read(row: &Row<'_>) -> Result<Head, BoxError> {
    Ok(Head {
        id: row.int(0)?,
        kind: row.text(1)?,
        number: row.maybe_text(2)?,
        issued_on: row.maybe_day(3)?,
        issuer: row.maybe_text(4)?,
        title: row.maybe_text(5)?,
    })
}
