//! What the store needs of an engine.

use crate::db::{
    error::{BoxError, StoreError},
    row::Row,
    value::Value,
};

/// One connection to an engine, with at most one transaction open.
pub(crate) trait Engine: Send {
    /// Opens a transaction.
    fn begin(&mut self, how: How) -> Result<(), BoxError>;

    /// Keeps what was done in the open transaction, so that it is there when the power fails the next moment.
    fn commit(&mut self) -> Result<(), CommitError>;

    /// Runs statements without parameters or answers.
    fn batch(&mut self, text: &str) -> Result<(), BoxError>;

    /// Runs a statement, and says how many rows it changed.
    fn execute(&mut self, text: &str, values: &[Value<'_>]) -> Result<usize, BoxError>;

    /// Runs a query, and shows each row to `see`.
    fn each(
        &mut self,
        text: &str,
        values: &[Value<'_>],
        see: &mut dyn FnMut(&Row<'_>) -> Result<(), BoxError>,
    ) -> Result<(), BoxError>;

    /// What became of the transaction that was opened, after a statement failed.
    fn fate(&self) -> Fate;

    /// Which of the two it is.
    fn dialect(&self) -> Dialect;

    /// Keeps other processes from changing the schema until the connection does something else with `false`.
    fn hold_schema(&mut self, is_held: bool) -> Result<(), BoxError>;
}

/// What a connection is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    Read,
    Write,
}

/// What a transaction is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// Reads only, and sees one state from begin to end.
    Read,
    /// Writes; waits here, before it has seen anything, until no other process does.
    Write,
    /// Writes to a schema where the tables of [`How::Write`] may not be yet.
    Migrate,
}

/// What became of a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It can go on, or back to a savepoint.
    Open,
    /// It got in the way of another; done once more, it may succeed.
    Conflict,
    /// The engine took it back for a trouble of its own, as a full disk.
    Gone,
    /// The connection is gone, and the transaction with it.
    Lost,
}

/// Whose words an engine understands beyond those that both do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

/// A commit that did not succeed.
pub(crate) enum CommitError {
    /// Nothing was kept; done once more, it may be.
    Again,
    /// Nothing was kept.
    Refused(BoxError),
    /// Nobody knows whether it was kept.
    Unknown(BoxError),
}

impl From<CommitError> for StoreError {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Again => Self::conflict("commit"),
            CommitError::Refused(source) => Self::at("commit")(source),
            CommitError::Unknown(source) => Self::unknown("commit", source),
        }
    }
}
