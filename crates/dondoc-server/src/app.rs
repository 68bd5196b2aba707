//! What every handler has at hand.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use axum::body::Bytes;
use dondoc_core::{problem::Problem, reading::Reading};
use dondoc_exchange::sheets;
use dondoc_ledger::Ledger;
use dondoc_store::{Location, Store, blocks::BlockId};
use jiff::{
    Timestamp,
    civil::Date,
    tz::{Offset, TimeZone},
};
use tokio::sync::Semaphore;

use crate::{
    address::PublicAddress,
    admin::site::Site,
    entry::{passkeys::Passkeys, tries::Tries},
    error::{ApiError, OpenIdRefusal},
    live::Steps,
    maps::Drawn,
    openid::OpenId,
    scopes::Keepers,
};

/// Reads the bytes of a file with the given bare name; the binary does it in a child process with limits.
pub type ReadFile = Arc<dyn Fn(Vec<u8>, String) -> Result<Reading, Problem> + Send + Sync>;

/// Takes a workbook apart into the plain form of `dondoc_exchange::sheets`; the binary does it in a child process with limits.
pub type TakeApart = Arc<dyn Fn(&[u8]) -> String + Send + Sync>;

/// Tells the moment.
pub type Clock = fn() -> Timestamp;

/// The store with its ledger, the reader of files, and the clock.
#[derive(Clone)]
pub struct App {
    ledger: Arc<Ledger>,
    reader: ReadFile,
    take_apart: TakeApart,
    /// Reading is bound in memory for each file, so it is bound in the number of files, too.
    reading: Arc<Semaphore>,
    clock: Clock,
    /// Who tried to sign in of late.
    tries: Tries,
    /// Password checks take memory, so few go on at a time.
    checking: Arc<Semaphore>,
    /// The made-up people of a demonstration, who sign in without a password.
    practice: Arc<[Persona]>,
    /// Where the totals are kept for a quick start.
    snapshot: Option<Arc<Path>>,
    site: Arc<Site>,
    /// Who wants to hear of each write.
    steps: Steps,
    /// The maps that were looked at.
    drawn: Drawn,
    /// Who keeps to the scope of an account.
    keepers: Keepers,
    /// Under which the page is opened, if that was said.
    address: Option<Arc<PublicAddress>>,
    passkeys: Passkeys,
    openid: Option<Arc<OpenId>>,
    lock_after: u32,
}

/// The day in Viet Nam, whose clocks are seven hours ahead of UTC all year.
#[must_use]
pub fn today(now: Timestamp) -> Date {
    clock_of_vietnam().to_datetime(now).date()
}

/// The clock of Viet Nam.
pub(crate) fn clock_of_vietnam() -> TimeZone {
    TimeZone::fixed(Offset::constant(7))
}

/// Files read at a time.
const MAX_READING: usize = 2;
/// Passwords checked at a time, 19 MiB each.
const MAX_CHECKING: usize = 2;

/// Seconds without a key or pointer after which a page locks itself, if nobody says otherwise.
const LOCK_AFTER: u32 = 30 * 60;

/// One of the made-up people of a demonstration.
#[derive(Clone, Debug)]
pub struct Persona {
    /// The sign-in name of the account.
    pub name: String,
    /// What this one does all day, in Vietnamese and English.
    pub does: (String, String),
}

impl App {
    /// An application on a ledger and its store, for the accounts that are in it.
    #[must_use]
    pub fn new(ledger: Arc<Ledger>, reader: ReadFile, clock: Clock) -> Self {
        let reading = Arc::new(Semaphore::new(MAX_READING));
        let checking = Arc::new(Semaphore::new(MAX_CHECKING));
        let (tries, practice) = (Tries::default(), Arc::from([]));
        let (snapshot, site) = (None, Arc::default());
        Self {
            ledger,
            reader,
            take_apart: Arc::new(sheets::flatten),
            reading,
            clock,
            tries,
            checking,
            practice,
            snapshot,
            site,
            steps: Steps::default(),
            drawn: Drawn::default(),
            keepers: Keepers::default(),
            address: None,
            passkeys: Passkeys::default(),
            openid: None,
            lock_after: LOCK_AFTER,
        }
    }

    /// The same for practice: these people, made up with their accounts, sign in without a password.
    ///
    /// Only for a store that is thrown away, on a loopback address.
    #[must_use]
    pub fn with_practice(self, practice: Vec<Persona>) -> Self {
        Self { practice: practice.into(), ..self }
    }

    /// The same, keeping its totals in a file from time to time and at the end, for a quick start.
    #[must_use]
    pub fn with_snapshot(self, path: PathBuf) -> Self {
        Self { snapshot: Some(path.into()), ..self }
    }

    /// The same, of an installation with a folder of its own.
    #[must_use]
    pub fn with_site(self, site: Site) -> Self {
        Self { site: Arc::new(site), ..self }
    }

    /// The same, taking workbooks apart somewhere else than in this process.
    #[must_use]
    pub fn with_sheets(self, take_apart: TakeApart) -> Self {
        Self { take_apart, ..self }
    }

    /// The same with one who does not keep to the scope of an account, to try the other alone.
    ///
    /// No program that is built for use has it.
    #[cfg(debug_assertions)]
    #[must_use]
    pub fn with_keepers(self, keepers: Keepers) -> Self {
        Self { keepers, ..self }
    }

    /// Who keeps to the scope of an account.
    pub(crate) fn keepers(&self) -> Keepers {
        self.keepers
    }

    /// The same, for a page that is opened under an address: its passkeys are good there, and a proxy may hand its name on.
    #[must_use]
    pub fn at_address(self, address: PublicAddress) -> Self {
        let passkeys = Passkeys::at(address.clone());
        Self { address: Some(Arc::new(address)), passkeys, ..self }
    }

    /// The same, for people who may sign in with a provider of identities.
    #[must_use]
    pub fn with_openid(self, openid: OpenId) -> Self {
        Self { openid: Some(Arc::new(openid)), ..self }
    }

    /// The same, with a page that locks itself after so many seconds without a key or pointer.
    #[must_use]
    pub fn locking_after(self, seconds: u32) -> Self {
        Self { lock_after: seconds, ..self }
    }

    /// Under which the page is opened, if that was said.
    pub(crate) fn address(&self) -> Option<&Arc<PublicAddress>> {
        self.address.as_ref()
    }

    /// What authenticators are asked.
    pub(crate) fn passkeys(&self) -> &Passkeys {
        &self.passkeys
    }

    /// The provider of identities.
    ///
    /// # Errors
    ///
    /// [`OpenIdRefusal::Missing`] if none was set up.
    pub(crate) fn openid(&self) -> Result<Arc<OpenId>, ApiError> {
        self.openid.clone().ok_or_else(|| OpenIdRefusal::Missing.into())
    }

    /// After so many seconds without a key or pointer the page locks itself.
    pub(crate) fn lock_after(&self) -> u32 {
        self.lock_after
    }

    /// The installation.
    pub(crate) fn site(&self) -> &Arc<Site> {
        &self.site
    }

    /// The ledger, for work that outlives a request.
    pub(crate) fn ledger(&self) -> Arc<Ledger> {
        Arc::clone(&self.ledger)
    }

    /// Where the totals are kept for a quick start.
    pub(crate) fn snapshot(&self) -> Option<&Path> {
        self.snapshot.as_deref()
    }

    /// The maps that were looked at.
    pub(crate) fn drawn(&self) -> &Drawn {
        &self.drawn
    }

    /// How many files are being read, and how many may be at a time.
    pub(crate) fn n_reading(&self) -> (u32, u32) {
        let of = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
        (of(MAX_READING.saturating_sub(self.reading.available_permits())), of(MAX_READING))
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

    /// Who wants to hear of each write.
    pub(crate) fn steps(&self) -> &Steps {
        &self.steps
    }

    /// The moment.
    pub(crate) fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// Who tried to sign in of late.
    pub(crate) fn tries(&self) -> &Tries {
        &self.tries
    }

    /// The people of a demonstration; none otherwise.
    pub(crate) fn practice(&self) -> &[Persona] {
        &self.practice
    }

    /// Does what takes much memory or time on the processor, such as checking a password, after those that came before.
    pub(crate) async fn check<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, ApiError> {
        let turn = self.checking.acquire().await.map_err(|_| ApiError::Internal)?;
        let done = tokio::task::spawn_blocking(work).await;
        drop(turn);
        done.map_err(|_| ApiError::Internal)
    }

    /// The day in Viet Nam.
    pub(crate) fn today(&self) -> Date {
        today((self.clock)())
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

    /// Asks the ledger at once and on this thread, for questions that take less time than the way to another thread and back (tenths
    /// of a millisecond). They are then answered in the order in which they came, which halves the time of the slowest in a
    /// hundred.
    ///
    /// Every question for totals also asks the store for its newest block: of a file that is a page in memory. Where it is a way
    /// over the network, or where somebody is writing into the books, the question goes to a thread that may wait.
    pub(crate) async fn glance<T, E>(
        &self,
        question: impl FnOnce(&Ledger) -> Result<T, E> + Send + 'static,
    ) -> Result<T, ApiError>
    where
        T: Send + 'static,
        E: Send + 'static,
        ApiError: From<E>,
    {
        let is_near = matches!(self.ledger.store().location(), Location::File(_));
        if is_near && self.ledger.is_quiet() {
            return question(&self.ledger).map_err(ApiError::from);
        }
        self.consult(question).await
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

    /// The plain form of a workbook that somebody sent, after those that came before; what is no workbook stays as it is.
    pub(crate) async fn sheets(&self, sent: Bytes) -> Result<Bytes, ApiError> {
        if sheets::is_plain(&sent) {
            // Nobody sends that but to go around the one who makes it.
            return Ok(sheets::refused("").into());
        }
        if !sheets::is_workbook(&sent) {
            return Ok(sent);
        }
        let turn = self.reading.acquire().await.map_err(|_| ApiError::Internal)?;
        let take_apart = Arc::clone(&self.take_apart);
        let plain = tokio::task::spawn_blocking(move || take_apart(&sent)).await;
        drop(turn);
        Ok(plain.unwrap_or_else(|_| sheets::refused("")).into())
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
