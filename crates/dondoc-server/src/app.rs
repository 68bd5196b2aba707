//! What every handler has at hand.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use dondoc_core::{problem::Problem, reading::Reading};
use dondoc_ledger::Ledger;
use dondoc_store::{By, Store, blocks::BlockId};
use jiff::{
    Timestamp,
    civil::Date,
    tz::{Offset, TimeZone},
};
use tokio::sync::Semaphore;

use crate::error::ApiError;

/// Reads the bytes of a file with the given bare name; the binary does it in a child process with limits.
pub type ReadFile = Arc<dyn Fn(Vec<u8>, String) -> Result<Reading, Problem> + Send + Sync>;

/// Tells the moment.
pub type Clock = fn() -> Timestamp;

/// The store with its ledger, the reader of files, and the clock.
#[derive(Clone)]
pub struct App {
    ledger: Arc<Ledger>,
    reader: ReadFile,
    /// Reading is bound in memory for each file, so it is bound in the number of files, too.
    reading: Arc<Semaphore>,
    actor: Arc<str>,
    clock: Clock,
    /// Where the totals are kept for a quick start.
    snapshot: Option<Arc<Path>>,
}

/// The day in Viet Nam, whose clocks are seven hours ahead of UTC all year.
#[must_use]
pub fn today(now: Timestamp) -> Date {
    TimeZone::fixed(Offset::constant(7)).to_datetime(now).date()
}

/// Files read at a time.
const MAX_READING: usize = 2;

impl App {
    /// An application on a ledger and its store, for one person (`actor`), whose name goes into the audit trail.
    #[must_use]
    pub fn new(ledger: Arc<Ledger>, reader: ReadFile, actor: &str, clock: Clock) -> Self {
        let reading = Arc::new(Semaphore::new(MAX_READING));
        Self { ledger, reader, reading, actor: actor.into(), clock, snapshot: None }
    }

    /// The same, keeping its totals in a file from time to time and at the end, for a quick start.
    #[must_use]
    pub fn with_snapshot(self, path: PathBuf) -> Self {
        Self { snapshot: Some(path.into()), ..self }
    }

    /// Keeps the totals in their file, if there is to be one and anything has come since `last`.
    pub(crate) async fn keep_snapshot(&self, last: BlockId) -> BlockId {
        let Some(path) = self.snapshot.clone() else { return last };
        let kept = self.consult(move |ledger| match ledger.refresh()? {
            newest if newest == last => Ok(last),
            _ => ledger.keep_snapshot(&path),
        });
        // Without it the next start takes longer; the reason was said where it failed.
        kept.await.unwrap_or(last)
    }

    /// Who asks, and when.
    pub(crate) fn by(&self) -> By {
        By { actor: self.actor.to_string(), at: (self.clock)() }
    }

    /// The day in Viet Nam.
    pub(crate) fn today(&self) -> Date {
        today((self.clock)())
    }

    /// Who asks: there is one person, for there is no sign-in yet.
    pub(crate) fn actor(&self) -> &str {
        &self.actor
    }

    /// Asks the ledger, on a thread that may wait.
    pub(crate) async fn consult<T, E>(
        &self,
        question: impl FnOnce(&Ledger) -> Result<T, E> + Send + 'static,
    ) -> Result<T, ApiError>
    where
        T: Send + 'static,
        E: Send + 'static,
        ApiError: From<E>,
    {
        let ledger = Arc::clone(&self.ledger);
        ledger.turn_to(self.today());
        let answer = tokio::task::spawn_blocking(move || question(&ledger)).await;
        answer.map_err(|_| ApiError::Internal)?.map_err(ApiError::from)
    }

    /// Asks the store, on a thread that may wait: the one place where the server meets it.
    pub(crate) async fn ask<T, E>(
        &self,
        question: impl FnOnce(&Store) -> Result<T, E> + Send + 'static,
    ) -> Result<T, ApiError>
    where
        T: Send + 'static,
        E: Send + 'static,
        ApiError: From<E>,
    {
        self.consult(move |ledger| question(ledger.store())).await
    }

    /// Reads a file, on a thread that may wait, after those that came before.
    pub(crate) async fn read_file(
        &self,
        bytes: Vec<u8>,
        name: String,
    ) -> Result<Result<Reading, Problem>, ApiError> {
        let turn = self.reading.acquire().await.map_err(|_| ApiError::Internal)?;
        let reader = Arc::clone(&self.reader);
        let read = tokio::task::spawn_blocking(move || reader(bytes, name)).await;
        drop(turn);
        // A reader that panics costs its own file, nothing else.
        let died = || Problem::ReaderDied { detail: "panic".to_owned() };
        Ok(read.unwrap_or_else(|_| Err(died())))
    }
}
