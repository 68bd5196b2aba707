//! The ledger itself: books that are always as new as the store.

use std::{
    borrow::Borrow,
    sync::{Arc, Mutex, PoisonError, RwLock, TryLockError},
};

use dondoc_core::{access::Scope, figure::Figure, period::Period, unit::UnitId};
use dondoc_store::{
    Action, By, Store, StoreError, Tx,
    blocks::{self, BlockId, Chain, Damaged, NewBlock, Origin},
    ground,
};
use jiff::civil::Date;

use crate::{
    books::{Books, Bringing},
    check::Batch,
    error::LedgerError,
    lost,
    programmes::Programmes,
    task_book::{KeptTasks, SeenTasks, TaskBook},
};

/// How many blocks are read from the store at a time while catching up.
const STRIDE: usize = 2_000;

/// Figures with their totals over a store. May be shared between threads.
pub struct Ledger {
    store: Arc<Store>,
    books: RwLock<Books>,
    /// Held while books are made anew, so that it is done once however many ask.
    reopening: Mutex<()>,
    tasks: KeptTasks,
}

/// A block that this process has just kept.
#[derive(Clone, Debug)]
pub(crate) struct Kept<F = Figure> {
    pub(crate) id: BlockId,
    pub(crate) unit: UnitId,
    pub(crate) period: Period,
    pub(crate) figures: Vec<F>,
}

impl Ledger {
    /// Opens the books of a store: reads units, packs and all blocks. `today` is where spans without an end go to.
    ///
    /// # Errors
    ///
    /// [`LedgerError`] if the store fails, units and packs make no totals, or a block can't be trusted and it can't be said
    /// for certain whose figures it held; else these are left out, see [`lost`].
    pub fn open(store: Arc<Store>, today: Date) -> Result<Self, LedgerError> {
        let books = ground(&store, today)?;
        let ledger = Self::over(store, books);
        ledger.refresh()?;
        Ok(ledger)
    }

    /// A ledger with books that may lag behind the store.
    pub(crate) fn over(store: Arc<Store>, books: Books) -> Self {
        Self {
            store,
            books: RwLock::new(books),
            reopening: Mutex::default(),
            tasks: KeptTasks::default(),
        }
    }

    /// The store under it.
    #[must_use]
    pub fn store(&self) -> &Arc<Store> {
        &self.store
    }

    /// All tasks as they stand in the store now; read again only if something was done that they may tell of.
    ///
    /// # Errors
    ///
    /// [`LedgerError`] if the store fails.
    pub fn task_book(&self) -> Result<Arc<TaskBook>, LedgerError> {
        Ok(self.tasks.now(&self.store)?)
    }

    /// The same, as far as they have to do with units of a scope.
    ///
    /// # Errors
    ///
    /// [`LedgerError`] if the store fails.
    pub fn tasks_within(&self, scope: &Arc<Scope>) -> Result<SeenTasks, LedgerError> {
        Ok(SeenTasks::new(self.task_book()?, scope))
    }

    /// Looks into the books as they are in this process; [`Ledger::refresh`] first if another one may have written.
    pub fn look<T>(&self, at: impl FnOnce(&Books) -> T) -> T {
        at(&self.books.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Whether a look into the books would not have to wait at this moment for somebody who writes into them.
    #[must_use]
    pub fn is_quiet(&self) -> bool {
        !matches!(self.books.try_read(), Err(TryLockError::WouldBlock))
    }

    pub(crate) fn change<T>(&self, work: impl FnOnce(&mut Books) -> T) -> T {
        work(&mut self.books.write().unwrap_or_else(PoisonError::into_inner))
    }

    /// Makes a day today, for a ledger that is open over midnight. Costs nothing on the same day.
    pub fn turn_to(&self, today: Date) {
        if self.look(|books| books.today() != today) {
            self.change(|books| books.turn_to(today));
        }
    }

    /// Takes in what other processes have kept since: figures, units and packs.
    ///
    /// # Errors
    ///
    /// As [`Ledger::open`].
    pub fn refresh(&self) -> Result<BlockId, LedgerError> {
        let ((newest, _), version) = self.store.read(|tx| -> Result<_, StoreError> {
            Ok((blocks::last(tx)?, ground::version(tx)?))
        })?;
        let (ground, today) = self.look(|books| (books.ground, books.today()));
        if ground != version {
            self.reopen(today)?;
        }
        if self.look(|books| books.last) < newest {
            let mut books = self.books.write().unwrap_or_else(PoisonError::into_inner);
            catch_up(&self.store, &mut books, newest)?;
        }
        Ok(newest)
    }

    /// Reads units and packs anew and makes the books from all blocks: after units or packs have changed.
    ///
    /// # Errors
    ///
    /// As [`Ledger::open`]; the books stay as they were then.
    pub fn reopen(&self, today: Date) -> Result<(), LedgerError> {
        let _one_at_a_time = self.reopening.lock().unwrap_or_else(PoisonError::into_inner);
        let version = self.store.read(ground::version)?;
        if self.look(|books| books.ground == version && books.today() == today) {
            return Ok(());
        }
        let mut fresh = ground(&self.store, today)?;
        let (newest, _) = self.store.read(blocks::last)?;
        catch_up(&self.store, &mut fresh, newest)?;
        *self.books.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        Ok(())
    }

    /// Brings blocks that were just kept into the books, in their order, before anyone is told about them.
    pub(crate) fn settle<F: Borrow<Figure>>(&self, kept: &[Kept<F>]) -> Result<(), LedgerError> {
        let mut books = self.books.write().unwrap_or_else(PoisonError::into_inner);
        for block in kept {
            if block.id <= books.last {
                // Another writer of the same commit came first and has read it from the store.
                continue;
            }
            if block.id.0 != books.last.0 + 1 {
                catch_up(&self.store, &mut books, BlockId(block.id.0 - 1))?;
            }
            let Kept { id, unit, period, figures } = block;
            books.apply(&Bringing { id: *id, unit: *unit, period: *period, figures })?;
        }
        Ok(())
    }

    /// The newest block, and the chain up to it: the moment of the figures, and its proof.
    ///
    /// # Errors
    ///
    /// [`LedgerError`] if the store fails or the newest block is gone.
    pub fn moment(&self) -> Result<(BlockId, Chain), LedgerError> {
        Ok(self.store.read(blocks::last)?)
    }
}

/// Books without figures: the units and packs of a store.
pub(crate) fn ground(store: &Store, today: Date) -> Result<Books, LedgerError> {
    let (version, units, packs, confirmed) = store.read(|tx| -> Result<_, StoreError> {
        let version = ground::version(tx)?;
        let units = dondoc_store::units::all(tx)?.units;
        let (packs, confirmed) = dondoc_store::packs::in_use(tx)?;
        Ok((version, units, packs, confirmed))
    })?;
    let packs = packs.iter().map(|it| it.pack()).collect::<Result<Vec<_>, _>>()?;
    let programmes = Programmes::new(packs, confirmed);
    let mut books = Books::new(Arc::new(units), Arc::new(programmes), today)?;
    books.ground = version;
    Ok(books)
}

/// Brings the blocks up to `until` into the books; where one can't be trusted, makes the books anew without its figures.
pub(crate) fn catch_up(
    store: &Store,
    books: &mut Books,
    until: BlockId,
) -> Result<(), LedgerError> {
    match follow(store, books, until) {
        Err(LedgerError::Store(err)) if Damaged::of(&err).is_some() => {
            let lost = lost::survey(store)?.ok_or(LedgerError::Store(err))?;
            let mut anew = books.emptied()?;
            anew.lost = Arc::new(lost);
            follow(store, &mut anew, until)?;
            *books = anew;
            Ok(())
        }
        done => done,
    }
}

fn follow(store: &Store, books: &mut Books, until: BlockId) -> Result<(), LedgerError> {
    while books.last < until {
        let due = usize::try_from(until.0 - books.last.0).unwrap_or(STRIDE).min(STRIDE);
        let page = store.read(|tx| blocks::scan(tx, books.last, due))?;
        if page.is_empty() {
            break;
        }
        for found in page {
            match found {
                Ok(block) => {
                    let figures: Vec<Figure> = block.figures().collect();
                    let blocks::Block { id, unit, period, .. } = block;
                    books.apply(&Bringing { id, unit, period, figures: &figures })?;
                }
                Err(damaged) if books.lost.has_block(damaged.block_id) => {
                    books.last = damaged.block_id;
                }
                Err(damaged) => return Err(LedgerError::Store(damaged.into())),
            }
        }
    }
    Ok(())
}

/// Keeps the figures of a batch as one block.
pub(crate) fn append(
    tx: &mut Tx<'_>,
    batch: &Batch,
    origin: &Origin,
    (by, reason): (&By, Option<&str>),
) -> Result<Kept, StoreError> {
    let figures: Vec<Figure> = batch.figures.iter().map(|it| it.0.clone()).collect();
    let Batch { unit, period, .. } = *batch;
    let id = blocks::append(tx, &NewBlock { unit, period, origin, figures: &figures, reason }, by)?;
    Ok(Kept { id, unit, period, figures })
}

/// Keeps the figures of each batch as a block, in their order; figures are looked at where they lie.
pub(crate) fn append_all<'b>(
    tx: &mut Tx<'_>,
    batches: &'b [Batch],
    origin: &Origin,
    by: &By,
) -> Result<Vec<Kept<&'b Figure>>, StoreError> {
    let unkept = |batch: &'b Batch| {
        let figures: Vec<&Figure> = batch.figures.iter().map(|it| &it.0).collect();
        Kept { id: BlockId::NONE, unit: batch.unit, period: batch.period, figures }
    };
    let mut kept: Vec<_> = batches.iter().map(unkept).collect();
    let mut blocks = Vec::with_capacity(kept.len());
    for Kept { unit, period, figures, .. } in &kept {
        blocks.push(NewBlock { unit: *unit, period: *period, origin, figures, reason: None });
    }
    let first = blocks::append_all(tx, &blocks, by)?;
    for (id, it) in (first.0..).zip(&mut kept) {
        it.id = BlockId(id);
    }
    Ok(kept)
}

/// What was done, for the audit trail.
pub(crate) fn action(by: &By, verb: &'static str, object: &dyn std::fmt::Display) -> Action {
    Action { by: by.clone(), verb, object: object.to_string() }
}

#[cfg(test)]
mod tests {
    use jiff::{Timestamp, civil::date};

    use super::*;

    #[test]
    fn the_books_are_quiet_unless_somebody_writes_into_them() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("t.sqlite"), Timestamp::UNIX_EPOCH).unwrap();
        let ledger = Ledger::open(Arc::new(store), date(2026, 1, 1)).unwrap();
        assert!(ledger.look(|_| ledger.is_quiet()), "who looks does not disturb who looks");
        assert!(!ledger.change(|_| ledger.is_quiet()));
        assert!(ledger.is_quiet());
    }
}
