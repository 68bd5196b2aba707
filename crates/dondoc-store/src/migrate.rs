//! Brings the schema of a store up to date.

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::{
    audit,
    db::{
        BoxError, Dialect, Tx, Value,
        engine::{Engine, How},
        moment,
    },
    sql::{Sql, sql},
};

/// A step of the schema.
struct Migration {
    version: i64,
    sqlite: Sql,
    postgres: Sql,
}

/// All migrations in their order. One that was released is never edited; a later one mends it.
const MIGRATIONS: &[Migration] = &[
    Migration::same(1, sql!("schema/0001-library")),
    Migration::pair(2, sql!("schema/0002-search.sqlite"), sql!("schema/0002-search.postgres")),
    Migration::same(3, sql!("schema/0003-units")),
    Migration::same(4, sql!("schema/0004-figures")),
    Migration::same(TRUST, sql!("schema/0005-trust")),
    Migration::same(6, sql!("schema/0006-accounts")),
    Migration::same(7, sql!("schema/0007-tasks")),
    Migration::same(9, sql!("schema/0009-registers")),
    Migration::same(10, sql!("schema/0010-administration")),
    Migration::same(11, sql!("schema/0011-checkpoints")),
    Migration::same(12, sql!("schema/0012-passkeys")),
    Migration::same(13, sql!("schema/0013-countersign")),
    Migration::same(14, sql!("schema/0014-reports-by-unit")),
    Migration::same(15, sql!("schema/0015-openid")),
];

/// The step that brings the chain over the audit trail.
const TRUST: i64 = 5;

/// The newest migration that this Dondoc knows.
pub(crate) fn newest() -> i64 {
    MIGRATIONS.iter().map(|it| it.version).max().unwrap_or(0)
}

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

impl Migration {
    /// With one text for both engines.
    const fn same(version: i64, text: Sql) -> Self {
        Self { version, sqlite: text, postgres: text }
    }

    /// With a text for each engine; `sql/README.md` says why.
    const fn pair(version: i64, sqlite: Sql, postgres: Sql) -> Self {
        Self { version, sqlite, postgres }
    }
}

/// Applies what is missing, each migration in a transaction of its own.
pub(crate) fn run(engine: &mut dyn Engine, now: Timestamp) -> Result<(), BoxError> {
    engine.hold_schema(true)?;
    let result = run_alone(engine, now);
    // Where this fails the connection is lost, and what it held with it.
    let _ = engine.hold_schema(false);
    result
}

fn run_alone(engine: &mut dyn Engine, now: Timestamp) -> Result<(), BoxError> {
    engine.batch(sql!("schema/0000-migrations").text)?;
    let mut found = None;
    engine.each("select max(version) from schema_migration", &[], &mut |row| {
        found = row.maybe_int(0)?;
        Ok(())
    })?;
    let known = newest();
    if let Some(found) = found.filter(|it| *it > known) {
        return Err(MigrationError::Newer { found, known }.into());
    }
    for migration in MIGRATIONS {
        // Two processes may open a new store at once: the second waits here and finds the work done.
        engine.begin(How::Migrate)?;
        if let Err(error) = apply(engine, migration, now) {
            let _ = engine.batch("rollback");
            return Err(error);
        }
        engine.commit().map_err(crate::StoreError::from)?;
    }
    Ok(())
}

fn apply(engine: &mut dyn Engine, migration: &Migration, now: Timestamp) -> Result<(), BoxError> {
    let Sql { name, text } = match engine.dialect() {
        Dialect::Sqlite => migration.sqlite,
        Dialect::Postgres => migration.postgres,
    };
    let digest = Sha256::digest(text.as_bytes());
    let digest: String = digest.iter().map(|it| format!("{it:02x}")).collect();
    let mut applied = None;
    let question = "select sha256 from schema_migration where version = $1";
    engine.each(question, &[Value::Int(migration.version)], &mut |row| {
        applied = row.maybe_text(0)?;
        Ok(())
    })?;
    match applied {
        Some(applied) if applied == digest => return Ok(()),
        Some(_) => return Err(MigrationError::Changed { name }.into()),
        None => {}
    }
    engine.batch(text)?;
    if migration.version == TRUST {
        audit::begin_chain(&mut Tx::new(engine))?;
    }
    engine.execute(
        "insert into schema_migration (version, name, sha256, applied_at) values ($1, $2, $3, $4)",
        &[
            Value::Int(migration.version),
            Value::Text(name),
            Value::Text(&digest),
            Value::Text(&moment(now)),
        ],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_comes_once_and_in_order() {
        assert!(MIGRATIONS.is_sorted_by_key(|it| it.version));
        assert!(MIGRATIONS.windows(2).all(|it| it[0].version != it[1].version));
    }
}
