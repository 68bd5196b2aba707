//! Moving a store to another engine, and proving that all arrived.
//!
//! All tables are copied in one transaction of the target, row by row in the order of their keys, and then read back
//! there: each must have as many rows as it has in the source, and the same SHA-256 over them in an encoding that
//! no engine has a part in. The search index is the engine's own; it is made anew.

mod tables;

use sha2::{Digest, Sha256};

use crate::{
    audit::{self, Chain},
    db::{Action, BoxError, By, Cell, Ending, Row, Store, StoreError, Tx, Value, engine::Engine},
    documents, library, search,
    sql::sql,
    transfer::tables::{TABLES, Table},
};

/// What was moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Each table with what is in it, the same on both sides.
    pub tables: Vec<TableDigest>,
    /// How many lines the audit trail has, the same on both sides.
    pub n_lines: i64,
    /// The digest of its last line.
    pub last_line: [u8; 32],
}

/// What is in a table, in short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableDigest {
    /// The table's name.
    pub table: &'static str,
    /// How many rows it has.
    pub n_rows: u64,
    /// SHA-256 of all its rows in the order of their keys.
    pub digest: [u8; 32],
}

/// A store was not moved. Nothing was kept in the target.
#[derive(Debug, thiserror::Error)]
pub enum MoveError {
    /// There is something in the target.
    #[error("the target is not empty: there are rows in `{table}`")]
    NotEmpty {
        /// A table that is not empty.
        table: &'static str,
    },
    /// A table of the schema would be left behind.
    #[error("these tables are not what this Dondoc knows: {names}")]
    OtherTables {
        /// Their names.
        names: String,
    },
    /// The two schemas are not the same.
    #[error("`{table}` has other columns in the target")]
    OtherColumns {
        /// The table.
        table: &'static str,
    },
    /// What was read back is not what was written.
    #[error("`{table}` did not arrive as it was sent")]
    Differs {
        /// The table.
        table: &'static str,
    },
    /// The audit trail was tampered with before the move.
    #[error("the audit trail is not whole: see line {line}")]
    BrokenTrail {
        /// The first line that is missing or altered.
        line: i64,
    },
    /// An engine failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Copies all that is in `from` to the empty store `to`, and compares.
///
/// The line in the audit trail (`store.move`) is written in the source first, so that it is in both.
///
/// # Errors
///
/// [`MoveError`]; then the target is as empty as before.
pub fn copy(from: &Store, to: &Store, by: &By) -> Result<Moved, MoveError> {
    // Before the line is written that tells of the move.
    to.read(check_empty)?;
    let object = to.location().to_string();
    from.write(|_| {
        let (by, object) = (by.clone(), object.clone());
        Ok::<_, StoreError>(((), Action { by, verb: "store.move", object }))
    })?;
    replicate(from, to)
}

/// Copies all that is in `from` to the empty store `to`, and compares; the source is left as it is.
pub(crate) fn replicate(from: &Store, to: &Store) -> Result<Moved, MoveError> {
    from.read(|source| {
        to.end(|target| {
            check_empty(target)?;
            let chain = audit::verify_in(source)?;
            let Chain::Whole { n_lines, last } = chain else {
                return Err(broken(&chain));
            };
            let mut all = Vec::with_capacity(TABLES.len());
            for name in TABLES {
                all.push(copy_table(source, target, name)?);
            }
            index(target)?;
            let arrived = audit::verify_in(target)?;
            if arrived != chain {
                return Err(broken(&arrived));
            }
            Ok((Moved { tables: all, n_lines, last_line: last }, Ending::Copied))
        })
    })
}

/// What is in each table of a store, in short.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn digests(store: &Store) -> Result<Vec<TableDigest>, StoreError> {
    store.read(|tx| {
        let of = |name: &&'static str| {
            let table = Table::of(tx, name)?;
            digest(tx, &table, |_| Ok(()))
        };
        TABLES.iter().map(of).collect()
    })
}

/// What is in a table of a database of any age, in short; `None` if this Dondoc knows no such table.
pub(crate) fn digest_of(
    engine: &mut dyn Engine,
    name: &str,
) -> Result<Option<TableDigest>, StoreError> {
    let Some(name) = TABLES.iter().find(|it| **it == name) else { return Ok(None) };
    let tx = &mut Tx::new(engine);
    let table = Table::of(tx, name)?;
    digest(tx, &table, |_| Ok(())).map(Some)
}

fn broken(chain: &Chain) -> MoveError {
    match chain {
        Chain::Broken { line, .. } => MoveError::BrokenTrail { line: *line },
        Chain::Whole { .. } => MoveError::Differs { table: "audit" },
    }
}

fn check_empty(tx: &mut Tx<'_>) -> Result<(), MoveError> {
    let unlisted = tables::unlisted(tx)?;
    if !unlisted.is_empty() {
        return Err(MoveError::OtherTables { names: unlisted.join(", ") });
    }
    for name in TABLES {
        let table = Table::of(tx, name)?;
        let mut is_empty = true;
        let some = format!("{} limit 1", table.select());
        let see = &mut |_: &Row<'_>| {
            is_empty = false;
            Ok(())
        };
        tx.engine().each(&some, &[], see).map_err(StoreError::at("transfer/select"))?;
        if !is_empty {
            return Err(MoveError::NotEmpty { table: name });
        }
    }
    Ok(())
}

fn copy_table(
    source: &mut Tx<'_>,
    target: &mut Tx<'_>,
    name: &'static str,
) -> Result<TableDigest, MoveError> {
    let table = Table::of(source, name)?;
    if Table::of(target, name)? != table {
        return Err(MoveError::OtherColumns { table: name });
    }
    let insert = table.insert();
    let sent = digest(source, &table, |cells| {
        let typed = cells.iter().zip(&table.columns);
        let values: Vec<Value<'_>> = typed.map(|(it, column)| it.to_value(column.kind)).collect();
        target.engine().execute(&insert, &values).map(drop)
    })?;
    if digest(target, &table, |_| Ok(()))? != sent {
        return Err(MoveError::Differs { table: name });
    }
    Ok(sent)
}

/// The digest of a table; `see` is shown each row.
fn digest(
    tx: &mut Tx<'_>,
    table: &Table,
    mut see: impl FnMut(&[Cell]) -> Result<(), BoxError>,
) -> Result<TableDigest, StoreError> {
    let mut digest = Sha256::new();
    for column in &table.columns {
        update(&mut digest, b'c', column.name.as_bytes());
    }
    let mut n_rows = 0;
    let mut cells = Vec::with_capacity(table.columns.len());
    let read = &mut |row: &Row<'_>| {
        cells.clear();
        for column in 0..table.columns.len() {
            cells.push(row.cell(column)?);
        }
        for cell in &cells {
            match cell {
                Cell::Null => update(&mut digest, b'n', &[]),
                Cell::Int(it) => update(&mut digest, b'i', &it.to_be_bytes()),
                Cell::Text(it) => update(&mut digest, b't', it.as_bytes()),
                Cell::Bytes(it) => update(&mut digest, b'b', it),
            }
        }
        n_rows += 1;
        see(&cells)
    };
    tx.engine().each(&table.select(), &[], read).map_err(StoreError::at("transfer/select"))?;
    Ok(TableDigest { table: table.name, n_rows, digest: digest.finalize().into() })
}

/// A letter for the type, the length in eight bytes, the bytes.
fn update(digest: &mut Sha256, kind: u8, bytes: &[u8]) {
    digest.update([kind]);
    digest.update((bytes.len() as u64).to_be_bytes());
    digest.update(bytes);
}

/// Makes the search index anew.
fn index(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    let ids = tx.query(sql!("documents/ids"), &[], |row| row.int(0))?;
    for id in ids {
        let Some(document) = documents::identity(tx, id)? else { continue };
        let it = document.identity;
        let heading = library::heading([&it.title, &it.number, &it.issuer]);
        let text = documents::plain_text(tx, id)?;
        search::put(tx, id, &heading, &text)?;
    }
    Ok(())
}
