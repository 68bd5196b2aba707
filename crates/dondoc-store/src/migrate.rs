//! Brings the schema of a store up to date.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};
use sha2::{Digest, Sha256};

use crate::{
    db::{BoxError, moment},
    sql::{Sql, sql},
};

/// All migrations in their order. One that was released is never edited; a later one mends it.
const MIGRATIONS: &[(i64, Sql)] = &[
    (1, sql!("schema/0001-library")),
    (2, sql!("schema/0002-search.sqlite")),
    (4, sql!("schema/0004-figures")),
];

/// A store can't be used by this version of Dondoc.
#[derive(Debug, thiserror::Error)]
pub(crate) enum MigrationError {
    /// A newer Dondoc has changed the schema.
    #[error("the store has schema {found}, this Dondoc knows {known}; use the newer Dondoc")]
    Newer { found: i64, known: i64 },
    /// What was applied is not what this Dondoc would apply.
    #[error("migration `{name}` was applied with another text; restore a backup of the store")]
    Changed { name: &'static str },
}

/// Applies what is missing, each migration in a transaction of its own.
pub(crate) fn run(connection: &mut Connection, now: Timestamp) -> Result<(), BoxError> {
    connection.execute_batch(sql!("schema/0000-migrations").text)?;
    let newest = "select max(version) from schema_migration";
    let found: Option<i64> = connection.query_row(newest, [], |row| row.get(0))?;
    let known = MIGRATIONS.last().map_or(0, |it| it.0);
    if let Some(found) = found.filter(|it| *it > known) {
        return Err(MigrationError::Newer { found, known }.into());
    }
    for (version, migration) in MIGRATIONS {
        apply(connection, *version, *migration, now)?;
    }
    Ok(())
}

fn apply(
    connection: &mut Connection,
    version: i64,
    migration: Sql,
    now: Timestamp,
) -> Result<(), BoxError> {
    let digest = Sha256::digest(migration.text.as_bytes());
    let digest: String = digest.iter().map(|it| format!("{it:02x}")).collect();
    // Two processes may open a new store at once: the second waits here and finds the work done.
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let applied: Option<String> = tx
        .query_row("select sha256 from schema_migration where version = $1", [version], |row| {
            row.get(0)
        })
        .optional()?;
    match applied {
        Some(applied) if applied == digest => return Ok(()),
        Some(_) => return Err(MigrationError::Changed { name: migration.name }.into()),
        None => {}
    }
    tx.execute_batch(migration.text)?;
    tx.execute(
        "insert into schema_migration (version, name, sha256, applied_at) values ($1, $2, $3, $4)",
        (version, migration.name, &digest, moment(now)),
    )?;
    Ok(tx.commit()?)
}
