//! Why the ledger did not do what it was asked.

use dondoc_core::{finding::Finding, tree::TreeError, unit::Astray};
use dondoc_rollup::{
    carried::CarriedError,
    catalogue::CatalogueError,
    epoch::LineError,
    totals::{SetError, TotalsError},
};
use dondoc_store::{StoreError, registers::EntryError, submissions::SubmissionError};

/// Why the ledger did not do what it was asked; nothing was kept then.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// What was handed in has errors, each with its place and remedy.
    #[error("{} findings", .0.len())]
    Findings(Vec<Finding>),
    /// Nothing of that name: a form, a submission, a unit.
    #[error("there is no {what} `{name}`")]
    NotThere {
        /// What was looked for.
        what: &'static str,
        /// By which name.
        name: String,
    },
    /// A step that can't be taken now.
    #[error("{0}")]
    Refused(String),
    /// A step with a report, lock or correction that can't be taken now.
    #[error(transparent)]
    Step(SubmissionError),
    /// A change of an entry that can't be made now.
    #[error(transparent)]
    Entry(EntryError),
    /// The key of a request was used for another request.
    #[error("the key was used for another request")]
    OtherRequest,
    /// The store failed, or holds something that can't be trusted.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The packs or units in the store make no totals.
    #[error("the packs or units in use do not fit together: {0}")]
    Unfit(String),
}

macro_rules! unfit {
    ($($error:ty),+) => {$(
        impl From<$error> for LedgerError {
            fn from(error: $error) -> Self {
                Self::Unfit(error.to_string())
            }
        }
    )+};
}

unfit!(CarriedError, CatalogueError, LineError, SetError, TotalsError, TreeError, Astray);

impl From<EntryError> for LedgerError {
    fn from(error: EntryError) -> Self {
        match error {
            EntryError::Store(error) => Self::Store(error),
            other => Self::Entry(other),
        }
    }
}
