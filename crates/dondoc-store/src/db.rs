//! The seam between Dondoc and its database engines.
//!
//! An engine is driven synchronously: a transaction is a closure, and needs no runtime. The server runs it on
//! a blocking thread; the command line just calls it.
//!
//! - [`engine`]: what is needed of an engine; [`sqlite`] and [`postgresql`] give it
//! - [`group`]: writers in line, and the commits that they share
//! - [`standing`]: who asks, looked at once more within each write
//! - [`value`], [`row`]: values on their way in and out

use std::{
    collections::BTreeSet,
    path::Path,
    sync::{Mutex, PoisonError},
};

use dondoc_core::{access::Scope, unit::UnitId};
use jiff::Timestamp;

use crate::{
    migrate,
    sql::{Sql, sql},
    transfer::{self, MoveError},
};

pub(crate) mod engine;
mod error;
mod group;
mod location;
mod postgresql;
mod row;
mod sqlite;
mod standing;
mod value;

pub(crate) use engine::Dialect;
pub(crate) use error::BoxError;
pub use error::StoreError;
pub(crate) use group::Ending;
pub use location::Location;
pub(crate) use row::{Cell, Row};
pub use standing::Standing;
pub(crate) use value::{Arg, Kind, Value};

use engine::{Access, Engine, How};
use group::Writers;

/// An open store: one connection that writes, and as many that read as there are readers at a time.
///
/// May be shared between threads. Writers wait for each other; readers wait for nobody, and see the last state
/// that was written whole.
pub struct Store {
    location: Location,
    writers: Writers,
    readers: Mutex<Vec<Box<dyn Engine>>>,
}

/// A transaction: all that is done in it is kept, or none of it.
///
/// A statement that fails must end the work with its error: PostgreSQL takes no further one.
pub struct Tx<'s> {
    engine: &'s mut dyn Engine,
    /// The units whose reports, corrections and entries it sees; nothing: those of all.
    scope: Option<&'s Scope>,
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

/// More idle readers than this are closed. Opening one on a server takes as long as hundreds of questions.
const MAX_IDLE_READERS: usize = 16;

impl Store {
    /// Opens a store, makes it where there is none, and brings its schema up to date.
    ///
    /// `at` is a path, or an address as `postgres://user@host/database`. `now` goes into the list of applied
    /// migrations.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the file or database can't be opened, is no store, or was written by a newer Dondoc.
    pub fn open(at: impl Into<Location>, now: Timestamp) -> Result<Self, StoreError> {
        let location = at.into();
        let mut writer = location.connect(Access::Write).map_err(StoreError::at("open"))?;
        migrate::run(writer.as_mut(), now).map_err(StoreError::at("migrate"))?;
        let writers = Writers::new(location.clone(), writer);
        Ok(Self { location, writers, readers: Mutex::default() })
    }

    /// Where it is.
    #[must_use]
    pub fn location(&self) -> &Location {
        &self.location
    }

    /// How often something was committed since the store was opened; fewer times than was written, for writers who
    /// come together share a commit.
    #[must_use]
    pub fn n_commits(&self) -> u64 {
        self.writers.n_commits()
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
        self.read_as(None, work)
    }

    /// As [`Store::read`], for somebody who may see these units alone: reports, corrections, locks on
    /// one unit, targets, entries, tasks and letters of others are not there.
    ///
    /// It stands behind whatever the caller decides by itself, so that a decision that was forgotten tells nothing.
    ///
    /// # Errors
    ///
    /// Whatever `work` returns, or [`StoreError`].
    pub fn read_within<T, E: From<StoreError>>(
        &self,
        scope: &Scope,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.read_as(Some(scope), work)
    }

    fn read_as<T, E: From<StoreError>>(
        &self,
        scope: Option<&Scope>,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut reader = self.begin_reading()?;
        let result = work(&mut Tx { engine: reader.as_mut(), scope });
        // A reader that can't end its transaction is closed.
        if reader.batch("rollback").is_ok() {
            let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
            if readers.len() < MAX_IDLE_READERS {
                readers.push(reader);
            }
        }
        result
    }

    /// Writes, in one transaction, which `work` can only end by saying what it did.
    ///
    /// Where other programs write to the same rows, `work` is done again from the start; all that it does must be
    /// in the transaction. When this returns, what was written is on disk.
    ///
    /// # Errors
    ///
    /// Whatever `work` returns, or [`StoreError`]; then nothing has changed, unless the error
    /// [is unknown](StoreError::is_unknown).
    pub fn write<T, E: From<StoreError>>(
        &self,
        mut work: impl FnMut(&mut Tx<'_>) -> Result<(T, Action), E>,
    ) -> Result<T, E> {
        self.end(|tx| work(tx).map(|(value, action)| (value, Ending::Told(action))))
    }

    /// Writes, in one transaction, and lets `work` choose how it ends.
    pub(crate) fn end<T, E: From<StoreError>>(
        &self,
        work: impl FnMut(&mut Tx<'_>) -> Result<(T, Ending), E>,
    ) -> Result<T, E> {
        self.writers.write(work)
    }

    /// Writes all that is kept, as it is at one moment, to a new file, while others go on reading and writing.
    pub(crate) fn copy_to(&self, file: &Path) -> Result<(), MoveError> {
        match &self.location {
            Location::File(path) => {
                Ok(sqlite::copy(path, file).map_err(StoreError::at("backup/copy"))?)
            }
            Location::Server(_) => {
                let target = Self::open(file, Timestamp::UNIX_EPOCH)?;
                transfer::replicate(self, &target)?;
                Ok(())
            }
        }
    }

    fn begin_reading(&self) -> Result<Box<dyn Engine>, StoreError> {
        let idle = || self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        while let Some(mut reader) = idle() {
            // One whose connection was lost while it was idle goes, and the next is tried.
            if reader.begin(How::Read).is_ok() {
                return Ok(reader);
            }
        }
        let reader = self.location.connect(Access::Read);
        let mut reader = reader.map_err(StoreError::at("open a reader"))?;
        reader.begin(How::Read).map_err(StoreError::at("begin"))?;
        Ok(reader)
    }
}

impl<'s> Tx<'s> {
    pub(crate) fn new(engine: &'s mut dyn Engine) -> Self {
        Self { engine, scope: None }
    }

    /// Whether what is of any unit is seen in it.
    pub(crate) fn sees_all(&self) -> bool {
        self.scope.is_none_or(Scope::is_whole)
    }

    /// The units that are seen in it; `None` if all are.
    pub(crate) fn units_seen(&self) -> Option<&BTreeSet<UnitId>> {
        self.scope.and_then(Scope::units)
    }

    /// Whether what is of a unit is seen in it.
    pub(crate) fn sees(&self, unit: UnitId) -> bool {
        self.scope.is_none_or(|it| it.covers(unit))
    }

    /// Whose words the engine understands, where a statement is a pair of files.
    pub(crate) fn dialect(&self) -> Dialect {
        self.engine.dialect()
    }

    /// Runs a statement, and says how many rows it changed.
    pub(crate) fn execute(&mut self, sql: Sql, args: &[&dyn Arg]) -> Result<usize, StoreError> {
        self.engine.execute(sql.text, &values(args)).map_err(StoreError::at(sql.name))
    }

    /// Runs a query, and reads each row with `read`.
    pub(crate) fn query<T>(
        &mut self,
        sql: Sql,
        args: &[&dyn Arg],
        read: impl Fn(&Row<'_>) -> Result<T, BoxError>,
    ) -> Result<Vec<T>, StoreError> {
        let mut found = Vec::new();
        self.each(sql, args, |row| {
            found.push(read(row)?);
            Ok(())
        })?;
        Ok(found)
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

    /// Runs a query, and shows its rows to `see`, one at a time, however many there are.
    pub(crate) fn each(
        &mut self,
        sql: Sql,
        args: &[&dyn Arg],
        mut see: impl FnMut(&Row<'_>) -> Result<(), BoxError>,
    ) -> Result<(), StoreError> {
        self.engine.each(sql.text, &values(args), &mut see).map_err(StoreError::at(sql.name))
    }

    /// Reserves `n` numbers of a table, and gives the first.
    pub(crate) fn take_ids(&mut self, table: &'static str, n: usize) -> Result<i64, StoreError> {
        let n = i64::try_from(n).map_err(StoreError::at("counter/take"))?;
        let last = self.query_one(sql!("counter/take"), &[&table, &n], |row| row.int(0))?;
        Ok(last.unwrap_or(0) - n + 1)
    }

    /// The engine itself, for statements that are made from the schema.
    pub(crate) fn engine(&mut self) -> &mut dyn Engine {
        self.engine
    }
}

fn values<'a>(args: &'a [&'a dyn Arg]) -> Vec<Value<'a>> {
    args.iter().map(|it| it.to_value()).collect()
}
