//! The seam between Dondoc and its database engine.
//!
//! The engine is driven synchronously: a transaction is a closure, and needs no runtime. The server runs it on
//! a blocking thread; the command line just calls it.

use std::{
    error::Error,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use jiff::{Timestamp, civil::Date};
use rusqlite::{Connection, TransactionBehavior};

use crate::{
    migrate,
    sql::{Sql, sql},
};

/// An open store: one connection that writes, and as many that read as there are readers at a time.
///
/// May be shared between threads. Writers wait for each other; readers wait for nobody, and see the last state
/// that was written whole.
pub struct Store {
    path: PathBuf,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
}

/// A transaction: all that is done in it is kept, or none of it.
pub struct Tx<'s> {
    engine: rusqlite::Transaction<'s>,
}

/// What was done, for the audit trail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// Who, and when.
    pub by: By,
    /// What was done, as `noun.verb`: `finding.accept`.
    pub verb: &'static str,
    /// What it was done to, as text: the number of a file or finding.
    pub object: String,
}

/// Who does something, and at what moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct By {
    /// A user's name.
    pub actor: String,
    /// The moment; kept to the second.
    pub at: Timestamp,
}

impl By {
    /// The moment as it is kept: RFC 3339, UTC, to the second.
    pub(crate) fn moment(&self) -> String {
        moment(self.at)
    }
}

/// A moment as it is kept: RFC 3339, UTC, to the second, so that text orders as time does.
pub(crate) fn moment(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// More idle readers than this are closed.
const MAX_IDLE_READERS: usize = 4;
/// How long a writer waits for another process that writes.
const PATIENCE: Duration = Duration::from_secs(20);

impl Store {
    /// Opens the store at `path`, makes it where there is none, and brings its schema up to date.
    ///
    /// `now` goes into the list of applied migrations.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the file can't be opened, is no store, or was written by a newer Dondoc.
    pub fn open(path: &Path, now: Timestamp) -> Result<Self, StoreError> {
        let mut writer = connect(path).map_err(StoreError::at("open"))?;
        migrate::run(&mut writer, now).map_err(StoreError::at("migrate"))?;
        let (writer, readers) = (Mutex::new(writer), Mutex::default());
        Ok(Self { path: path.to_owned(), writer, readers })
    }

    /// Reads, in one transaction.
    ///
    /// # Errors
    ///
    /// Whatever `work` returns, or [`StoreError`].
    pub fn read<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let idle = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut reader = match idle {
            Some(reader) => reader,
            None => self.open_reader().map_err(StoreError::at("open a reader"))?,
        };
        let result = begin(&mut reader, TransactionBehavior::Deferred)
            .map_err(E::from)
            .and_then(|mut tx| work(&mut tx));
        let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if readers.len() < MAX_IDLE_READERS {
            readers.push(reader);
        }
        result
    }

    /// Writes, in one transaction, which `work` can only end by saying what it did.
    ///
    /// # Errors
    ///
    /// Whatever `work` returns, or [`StoreError`]; then nothing has changed.
    pub fn write<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&mut Tx<'_>) -> Result<(T, Action), E>,
    ) -> Result<T, E> {
        // A writer that panicked left its transaction rolled back: the connection is as good as new.
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let mut tx = begin(&mut writer, TransactionBehavior::Immediate)?;
        let (value, action) = work(&mut tx)?;
        let Action { by, verb, object } = &action;
        let audit_id = tx.take_ids("audit", 1)?;
        tx.execute(
            sql!("audit/append"),
            &[&audit_id, &by.actor.as_str(), verb, &object.as_str(), &by.moment().as_str()],
        )?;
        tx.engine.commit().map_err(StoreError::at("commit"))?;
        Ok(value)
    }

    fn open_reader(&self) -> rusqlite::Result<Connection> {
        let reader = connect(&self.path)?;
        reader.pragma_update(None, "query_only", true)?;
        Ok(reader)
    }
}

fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    // Kept is kept, also when the power fails: every commit waits for the disk.
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(connection)
}

fn begin(connection: &mut Connection, how: TransactionBehavior) -> Result<Tx<'_>, StoreError> {
    let engine = connection.transaction_with_behavior(how).map_err(StoreError::at("begin"))?;
    Ok(Tx { engine })
}

impl Tx<'_> {
    /// Runs a statement, and says how many rows it changed.
    pub(crate) fn execute(&mut self, sql: Sql, args: &[&dyn Arg]) -> Result<usize, StoreError> {
        let run = || self.engine.prepare_cached(sql.text)?.execute(params(args));
        run().map_err(StoreError::at(sql.name))
    }

    /// Runs a query, and reads each row with `read`.
    pub(crate) fn query<T>(
        &mut self,
        sql: Sql,
        args: &[&dyn Arg],
        read: impl Fn(&Row<'_>) -> Result<T, BoxError>,
    ) -> Result<Vec<T>, StoreError> {
        let run = || -> Result<Vec<T>, BoxError> {
            let mut statement = self.engine.prepare_cached(sql.text)?;
            let mut rows = statement.query(params(args))?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(read(&Row(row))?);
            }
            Ok(found)
        };
        run().map_err(StoreError::at(sql.name))
    }

    /// Runs a query for one row at most.
    pub(crate) fn query_one<T>(
        &mut self,
        sql: Sql,
        args: &[&dyn Arg],
        read: impl Fn(&Row<'_>) -> Result<T, BoxError>,
    ) -> Result<Option<T>, StoreError> {
        Ok(self.query(sql, args, read)?.pop())
    }

    /// Reserves `n` numbers of a table, and gives the first.
    pub(crate) fn take_ids(&mut self, table: &'static str, n: usize) -> Result<i64, StoreError> {
        let n = i64::try_from(n).map_err(StoreError::at("counter/take"))?;
        let last = self.query_one(sql!("counter/take"), &[&table, &n], |row| row.int(0))?;
        Ok(last.unwrap_or(0) - n + 1)
    }
}

/// A value on its way into a statement.
pub(crate) enum Value<'a> {
    Null,
    Int(i64),
    Text(&'a str),
    Day(String),
    Bytes(&'a [u8]),
}

/// What can be passed to a statement.
pub(crate) trait Arg {
    fn to_value(&self) -> Value<'_>;
}

impl Arg for i64 {
    fn to_value(&self) -> Value<'_> {
        Value::Int(*self)
    }
}

impl Arg for &str {
    fn to_value(&self) -> Value<'_> {
        Value::Text(self)
    }
}

impl Arg for String {
    fn to_value(&self) -> Value<'_> {
        Value::Text(self)
    }
}

impl Arg for &[u8] {
    fn to_value(&self) -> Value<'_> {
        Value::Bytes(self)
    }
}

/// Days are kept as text, `2024-03-14`, which orders as time does.
impl Arg for Date {
    fn to_value(&self) -> Value<'_> {
        Value::Day(self.to_string())
    }
}

impl<T: Arg> Arg for Option<T> {
    fn to_value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, Arg::to_value)
    }
}

impl rusqlite::ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        use rusqlite::types::{ToSqlOutput, ValueRef};
        Ok(ToSqlOutput::Borrowed(match self {
            Value::Null => ValueRef::Null,
            Value::Int(it) => ValueRef::Integer(*it),
            Value::Text(it) => ValueRef::Text(it.as_bytes()),
            Value::Day(it) => ValueRef::Text(it.as_bytes()),
            Value::Bytes(it) => ValueRef::Blob(it),
        }))
    }
}

fn params<'a>(
    args: &'a [&'a dyn Arg],
) -> rusqlite::ParamsFromIter<impl Iterator<Item = Value<'a>>> {
    rusqlite::params_from_iter(args.iter().map(|it| it.to_value()))
}

/// A row on its way out of a query; columns are read by their place.
pub(crate) struct Row<'r>(&'r rusqlite::Row<'r>);

impl Row<'_> {
    pub(crate) fn int(&self, column: usize) -> Result<i64, BoxError> {
        Ok(self.0.get(column)?)
    }

    pub(crate) fn maybe_int(&self, column: usize) -> Result<Option<i64>, BoxError> {
        Ok(self.0.get(column)?)
    }

    /// A count or an offset.
    pub(crate) fn size(&self, column: usize) -> Result<usize, BoxError> {
        Ok(usize::try_from(self.int(column)?)?)
    }

    pub(crate) fn text(&self, column: usize) -> Result<String, BoxError> {
        Ok(self.0.get(column)?)
    }

    pub(crate) fn maybe_text(&self, column: usize) -> Result<Option<String>, BoxError> {
        Ok(self.0.get(column)?)
    }

    pub(crate) fn bytes(&self, column: usize) -> Result<Vec<u8>, BoxError> {
        Ok(self.0.get(column)?)
    }

    pub(crate) fn maybe_day(&self, column: usize) -> Result<Option<Date>, BoxError> {
        Ok(self.maybe_text(column)?.map(|it| it.parse()).transpose()?)
    }
}

/// A statement failed, or a row held what it never should.
#[derive(Debug, thiserror::Error)]
#[error("the store failed at `{at}`")]
pub struct StoreError {
    at: &'static str,
    source: BoxError,
}

pub(crate) type BoxError = Box<dyn Error + Send + Sync>;

impl StoreError {
    pub(crate) fn at<E: Into<BoxError>>(at: &'static str) -> impl Fn(E) -> Self {
        move |source| Self { at, source: source.into() }
    }
}
