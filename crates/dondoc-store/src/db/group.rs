//! One writer after the other, and one commit for those who came together.
//!
//! A commit that waits for the disk takes longer than most writes. So a writer works in a savepoint, and where
//! others stand in line behind it, it leaves the commit to the last of them. Each hears that its write was kept only
//! when that one commit is on disk; what fails in one takes back its own savepoint and nothing else.
//!
//! ```text
//! A  begin · savepoint … release ──────────waits──────────────────────┐
//! B         in line · savepoint … error, taken back ───waits──────────┤ one commit: A and C kept, B refused
//! C                  in line · savepoint … release · nobody waits · commit
//! ```
//!
//! Also a refusal is told only after the commit: it may rest on what another of the group wrote. Where the engine
//! gives the transaction up (a conflict with another program, a lost connection), all of the group do their work
//! once more; that is why work is `FnMut`.

use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use crate::{
    audit,
    db::{
        Action, Location, Tx,
        engine::{Access, CommitError, Engine, Fate, How},
        error::StoreError,
        standing,
    },
};

/// No more writes than this wait for one commit.
const MAX_WRITES: usize = 64;
/// After this no more are let in.
const MAX_OPEN: Duration = Duration::from_millis(100);
/// How often work is done again after a conflict.
const MAX_TURNS: usize = 8;

/// How a write ends.
pub(crate) enum Ending {
    /// With a line in the audit trail.
    Told(Action),
    /// It copies another store, audit trail and all.
    Copied,
    /// There was nothing to write: take back what was done.
    Nothing,
}

/// All who write to a store, and the one connection that they use.
pub(super) struct Writers {
    desk: Mutex<Desk>,
    n_waiting: AtomicUsize,
    n_commits: AtomicU64,
}

/// What the writer whose turn it is has before it.
struct Desk {
    location: Location,
    /// `None` after the connection was lost.
    engine: Option<Box<dyn Engine>>,
    group: Option<Group>,
}

/// The writes that wait for one commit.
struct Group {
    outcome: Arc<Outcome>,
    n_writes: usize,
    opened: Instant,
    /// The engine gave the transaction up.
    is_doomed: bool,
}

#[derive(Default)]
struct Outcome {
    end: Mutex<Option<End>>,
    ended: Condvar,
}

/// What became of a group.
#[derive(Clone)]
enum End {
    Kept,
    /// The engine gave it up: for a conflict (`true`), or for a trouble of its own that each hears of by itself.
    Again(bool),
    Failed(Arc<dyn Fn() -> StoreError + Send + Sync>),
}

/// What a piece of work came to, unless it panicked.
type Ran<T, E> = Result<Result<T, E>, Box<dyn Any + Send>>;

impl Writers {
    pub(super) fn new(location: Location, engine: Box<dyn Engine>) -> Self {
        let desk = Desk { location, engine: Some(engine), group: None };
        Self {
            desk: Mutex::new(desk),
            n_waiting: AtomicUsize::new(0),
            n_commits: AtomicU64::new(0),
        }
    }

    /// How often something was committed since the store was opened.
    pub(super) fn n_commits(&self) -> u64 {
        self.n_commits.load(Ordering::Relaxed)
    }

    pub(super) fn write<T, E: From<StoreError>>(
        &self,
        mut work: impl FnMut(&mut Tx<'_>) -> Result<(T, Ending), E>,
    ) -> Result<T, E> {
        let mut last = None;
        for _ in 0..MAX_TURNS {
            let (outcome, ran) = self.turn(&mut work)?;
            match outcome.wait() {
                End::Kept => return ran,
                End::Again(is_conflict) => last = ran.err().filter(|_| !is_conflict),
                End::Failed(why) => return Err(why().into()),
            }
        }
        Err(last.unwrap_or_else(|| StoreError::conflict("write").into()))
    }

    /// Waits in line, does the work, and commits unless someone behind will.
    fn turn<T, E: From<StoreError>>(
        &self,
        work: &mut impl FnMut(&mut Tx<'_>) -> Result<(T, Ending), E>,
    ) -> Result<(Arc<Outcome>, Result<T, E>), StoreError> {
        self.n_waiting.fetch_add(1, Ordering::SeqCst);
        let mut desk = lock(&self.desk);
        self.n_waiting.fetch_sub(1, Ordering::SeqCst);
        let outcome = desk.join()?;
        let ran = desk.run(work);
        // Who is counted here has the desk next, and takes over the duty to commit.
        let is_awaited = self.n_waiting.load(Ordering::SeqCst) > 0;
        if desk.leave(is_awaited) {
            self.n_commits.fetch_add(1, Ordering::Relaxed);
        }
        drop(desk);
        match ran {
            Ok(ran) => Ok((outcome, ran)),
            Err(panic) => resume_unwind(panic),
        }
    }

    /// How many stand in line.
    #[cfg(test)]
    fn n_waiting(&self) -> usize {
        self.n_waiting.load(Ordering::SeqCst)
    }
}

impl Desk {
    /// Joins the open group, or opens one.
    fn join(&mut self) -> Result<Arc<Outcome>, StoreError> {
        if let Some(group) = &self.group {
            return Ok(Arc::clone(&group.outcome));
        }
        if self.engine.is_none() {
            self.engine = Some(self.begin_anew()?);
        } else if let Err(error) = self.begin() {
            // The connection may have died of old age since the last write.
            self.engine = None;
            self.engine = Some(self.begin_anew().map_err(|_| StoreError::at("begin")(error))?);
        }
        let outcome = Arc::<Outcome>::default();
        self.group = Some(Group {
            outcome: Arc::clone(&outcome),
            n_writes: 0,
            opened: Instant::now(),
            is_doomed: false,
        });
        Ok(outcome)
    }

    fn begin(&mut self) -> Result<(), crate::db::BoxError> {
        self.engine.as_mut().ok_or("no connection")?.begin(How::Write)
    }

    fn begin_anew(&self) -> Result<Box<dyn Engine>, StoreError> {
        let mut engine = self.location.connect(Access::Write).map_err(StoreError::at("open"))?;
        engine.begin(How::Write).map_err(StoreError::at("begin"))?;
        Ok(engine)
    }

    /// Does a piece of work in a savepoint, and takes it back unless it succeeds.
    fn run<T, E: From<StoreError>>(
        &mut self,
        work: &mut impl FnMut(&mut Tx<'_>) -> Result<(T, Ending), E>,
    ) -> Ran<T, E> {
        let (Some(engine), Some(group)) = (&mut self.engine, &mut self.group) else {
            return Ok(Err(StoreError::at("write")("no transaction is open").into()));
        };
        let engine = engine.as_mut();
        if let Err(error) = engine.batch("savepoint write") {
            group.is_doomed = true;
            return Ok(Err(StoreError::at("savepoint")(error).into()));
        }
        let ran = catch_unwind(AssertUnwindSafe(|| {
            let mut tx = Tx::new(engine);
            standing::look(&mut tx)?;
            let (value, ending) = work(&mut tx)?;
            if let Ending::Told(action) = &ending {
                audit::append(&mut tx, action)?;
            }
            let is_kept = !matches!(ending, Ending::Nothing);
            if is_kept {
                engine.batch("release savepoint write").map_err(StoreError::at("release"))?;
            }
            Ok((value, is_kept))
        }));
        if matches!(ran, Ok(Ok((_, true)))) {
            group.n_writes += 1;
        } else {
            let undone = engine.batch("rollback to savepoint write; release savepoint write");
            group.is_doomed |= undone.is_err();
        }
        group.is_doomed |= engine.fate() != Fate::Open;
        ran.map(|it| it.map(|(value, _)| value))
    }

    /// Ends the transaction, unless it is left to the next in line; whether something was committed.
    fn leave(&mut self, is_awaited: bool) -> bool {
        let Some(group) = self.group.take() else { return false };
        let is_full = group.n_writes >= MAX_WRITES || group.opened.elapsed() >= MAX_OPEN;
        if is_awaited && group.n_writes > 0 && !group.is_doomed && !is_full {
            self.group = Some(group);
            return false;
        }
        let Some(engine) = &mut self.engine else {
            group.outcome.tell(End::Again(false));
            return false;
        };
        let fate = engine.fate();
        let (end, is_sound) = if group.is_doomed || group.n_writes == 0 {
            // SQLite may have rolled back by itself; then there is nothing to end.
            let is_over = engine.batch("rollback").is_ok() || engine.fate() == Fate::Gone;
            let end = End::Again(fate == Fate::Conflict);
            (if group.is_doomed { end } else { End::Kept }, fate != Fate::Lost && is_over)
        } else {
            match engine.commit() {
                Ok(()) => (End::Kept, true),
                Err(CommitError::Again) => (End::Again(true), true),
                Err(refused) => {
                    let is_known = matches!(refused, CommitError::Refused(_));
                    (End::Failed(Arc::new(StoreError::from(refused).shared())), is_known)
                }
            }
        };
        if !is_sound {
            self.engine = None;
        }
        let is_commit = matches!(end, End::Kept) && group.n_writes > 0;
        group.outcome.tell(end);
        is_commit
    }
}

impl Outcome {
    fn tell(&self, end: End) {
        *lock(&self.end) = Some(end);
        self.ended.notify_all();
    }

    fn wait(&self) -> End {
        let mut end = lock(&self.end);
        loop {
            match &*end {
                Some(end) => return end.clone(),
                None => end = self.ended.wait(end).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }
}

/// What is locked here is whole at all times: work that panics is caught before.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
