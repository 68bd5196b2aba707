//! SQLite: the store in a file.

use std::{path::Path, time::Duration};

use rusqlite::{
    Connection, ErrorCode, ToSql, params_from_iter,
    types::{ToSqlOutput, ValueRef},
};

use crate::db::{
    engine::{Access, CommitError, Dialect, Engine, Fate, How},
    error::BoxError,
    row::Row,
    value::Value,
};

/// How long a writer waits for another process that writes.
const PATIENCE: Duration = Duration::from_secs(20);

/// A connection to a file.
pub(super) struct Sqlite(Connection);

impl Sqlite {
    pub(super) fn open(path: &Path, access: Access) -> rusqlite::Result<Self> {
        let connection = Connection::open(path)?;
        connection.busy_timeout(PATIENCE)?;
        connection.pragma_update(None, "journal_mode", "wal")?;
        // Kept is kept, also when the power fails: every commit waits for the disk.
        connection.pragma_update(None, "synchronous", "full")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.pragma_update(None, "query_only", access == Access::Read)?;
        connection.set_prepared_statement_cache_capacity(256);
        Ok(Self(connection))
    }
}

/// Writes all that is in a store to a new file, as it is at one moment; others go on writing meanwhile.
pub(super) fn copy(from: &Path, to: &Path) -> Result<(), BoxError> {
    let connection = Connection::open(from)?;
    connection.busy_timeout(PATIENCE)?;
    let to = to.to_str().ok_or("the path is no text")?;
    connection.execute("vacuum into ?1", [to])?;
    Ok(())
}

/// Whether no other connection has a file open; then its log is brought into it. A broken file is taken to be free.
pub(super) fn is_free(path: &Path) -> rusqlite::Result<bool> {
    let connection = Connection::open(path)?;
    let changed = connection
        .pragma_update_and_check(None, "journal_mode", "delete", |row| row.get::<_, String>(0));
    match changed {
        Ok(mode) => Ok(mode == "delete"),
        Err(error) => match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Ok(false),
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Ok(true),
            _ => Err(error),
        },
    }
}

impl Engine for Sqlite {
    fn begin(&mut self, how: How) -> Result<(), BoxError> {
        let begin = if how == How::Read { "begin deferred" } else { "begin immediate" };
        self.batch(begin)
    }

    fn commit(&mut self) -> Result<(), CommitError> {
        self.0.execute_batch("commit").map_err(|error| {
            let is_disk = error.sqlite_error_code() == Some(ErrorCode::SystemIoFailure);
            // What stays open after a failed commit is given up; where that fails, too, it already is.
            let _ = self.0.execute_batch("rollback");
            if is_disk {
                CommitError::Unknown(error.into())
            } else {
                CommitError::Refused(error.into())
            }
        })
    }

    fn batch(&mut self, text: &str) -> Result<(), BoxError> {
        Ok(self.0.execute_batch(text)?)
    }

    fn execute(&mut self, text: &str, values: &[Value<'_>]) -> Result<usize, BoxError> {
        Ok(self.0.prepare_cached(text)?.execute(params_from_iter(values))?)
    }

    fn each(
        &mut self,
        text: &str,
        values: &[Value<'_>],
        see: &mut dyn FnMut(&Row<'_>) -> Result<(), BoxError>,
    ) -> Result<(), BoxError> {
        let mut statement = self.0.prepare_cached(text)?;
        let mut rows = statement.query(params_from_iter(values))?;
        while let Some(row) = rows.next()? {
            see(&Row::Sqlite(row))?;
        }
        Ok(())
    }

    /// A full disk or a failing one makes SQLite roll back the whole transaction by itself.
    fn fate(&self) -> Fate {
        if self.0.is_autocommit() { Fate::Gone } else { Fate::Open }
    }

    fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }

    /// `begin immediate` is enough.
    fn hold_schema(&mut self, _: bool) -> Result<(), BoxError> {
        Ok(())
    }
}

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Value::Null(_) => ValueRef::Null,
            Value::Int(it) => ValueRef::Integer(*it),
            Value::Text(it) => ValueRef::Text(it.as_bytes()),
            Value::Day(it) => ValueRef::Text(it.as_bytes()),
            Value::Bytes(it) => ValueRef::Blob(it),
        }))
    }
}
