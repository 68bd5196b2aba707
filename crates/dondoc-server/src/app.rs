//! What every handler has at hand.

use std::sync::Arc;

use dondoc_core::{problem::Problem, reading::Reading};
use dondoc_store::{By, Store};
use jiff::Timestamp;
use tokio::sync::Semaphore;

use crate::error::ApiError;

/// Reads the bytes of a file with the given bare name; the binary does it in a child process with limits.
pub type ReadFile = Arc<dyn Fn(Vec<u8>, String) -> Result<Reading, Problem> + Send + Sync>;

/// Tells the moment.
pub type Clock = fn() -> Timestamp;

/// The store, the reader of files, and the clock.
#[derive(Clone)]
pub struct App {
    store: Arc<Store>,
    reader: ReadFile,
    /// Reading is bound in memory for each file, so it is bound in the number of files, too.
    reading: Arc<Semaphore>,
    actor: Arc<str>,
    clock: Clock,
}

/// Files read at a time.
const MAX_READING: usize = 2;

impl App {
    /// An application on `store`, for one person (`actor`), whose name goes into the audit trail.
    #[must_use]
    pub fn new(store: Arc<Store>, reader: ReadFile, actor: &str, clock: Clock) -> Self {
        let reading = Arc::new(Semaphore::new(MAX_READING));
        Self { store, reader, reading, actor: actor.into(), clock }
    }

    /// Who asks, and when.
    pub(crate) fn by(&self) -> By {
        By { actor: self.actor.to_string(), at: (self.clock)() }
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
        let store = Arc::clone(&self.store);
        let answer = tokio::task::spawn_blocking(move || question(&store)).await;
        answer.map_err(|_| ApiError::Internal)?.map_err(ApiError::from)
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
