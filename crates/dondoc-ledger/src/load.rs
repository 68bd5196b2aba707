//! Figures that come in bulk: files of other systems, spreadsheets of many units.

use dondoc_core::{
    finding::Finding,
    pack::{Pack, Severity},
};
use dondoc_store::{
    By,
    blocks::{BlockId, Origin},
    submissions::locks,
};
use jiff::civil::Date;

use crate::{
    check::{Batch, Circumstances, check},
    error::LedgerError,
    ledger::{Ledger, action, append_all},
};

/// What a load did, or would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loaded {
    /// Batches, each of one unit and period, that became blocks.
    pub n_batches: usize,
    /// Figures in them.
    pub n_figures: usize,
    /// Of these, new or different from what was in force.
    pub n_changed: usize,
    /// The blocks; `None` in a dry run, or if there was nothing to keep.
    pub blocks: Option<(BlockId, BlockId)>,
    /// Everything unusual, and in a dry run everything wrong too.
    pub findings: Vec<Finding>,
}

impl Ledger {
    /// Checks batches and says what keeping them would do. Keeps nothing.
    ///
    /// # Errors
    ///
    /// [`LedgerError`] if the store fails; what is wrong with the batches is in the answer.
    pub fn try_load(&self, batches: &[Batch], today: Date) -> Result<Loaded, LedgerError> {
        self.refresh()?;
        let locks = self.store().read(locks::in_force)?;
        let mut overrides = Vec::new();
        let is_counted = self.look(|books| books.programmes.packs().iter().any(counts_registers));
        if is_counted {
            for batch in batches {
                overrides.extend(self.overrides(batch)?);
            }
        }
        let mut loaded = self.look(|books| {
            let mut loaded = Loaded { n_batches: batches.len(), ..Loaded::default() };
            for batch in batches {
                let is_locked = crate::lock::is_locked(books, &locks, batch);
                loaded.findings.extend(check(books, batch, Circumstances { today, is_locked }));
                loaded.n_figures += batch.figures.len();
                loaded.n_changed += crate::difference::count(books, batch);
            }
            loaded
        });
        loaded.findings.extend(overrides);
        loaded.findings.extend(self.contradictions(batches)?);
        Ok(loaded)
    }

    /// Checks batches, keeps them all in one transaction, and adds them up.
    ///
    /// # Errors
    ///
    /// [`LedgerError::Findings`] with everything that is wrong, and then nothing is kept; or the store fails.
    pub fn load(
        &self,
        batches: &[Batch],
        file: &str,
        (by, today): (&By, Date),
    ) -> Result<Loaded, LedgerError> {
        let mut loaded = self.try_load(batches, today)?;
        if loaded.findings.iter().any(|it| it.severity() == Severity::Error) {
            return Err(LedgerError::Findings(loaded.findings));
        }
        if batches.is_empty() {
            return Ok(loaded);
        }
        let origin = Origin::Import { file: file.to_owned() };
        let kept = self.store().write(|tx| -> Result<_, LedgerError> {
            // Locks may have been set since the check; those in force now count.
            let locks = locks::in_force(tx)?;
            let locked =
                |batch: &&Batch| self.look(|books| crate::lock::is_locked(books, &locks, batch));
            if let Some(batch) = batches.iter().find(locked) {
                return Err(crate::lock::refusal(batch));
            }
            // So may reports have been approved.
            batches.iter().try_for_each(|it| self.must_not_contradict(tx, it))?;
            let kept = append_all(tx, batches, &origin, by)?;
            Ok((kept, action(by, "figures.load", &file)))
        })?;
        self.settle(&kept)?;
        loaded.blocks = kept.first().zip(kept.last()).map(|(first, last)| (first.id, last.id));
        Ok(loaded)
    }

    /// What batches say otherwise than what was approved, and estimates where the final figure is there.
    fn contradictions(&self, batches: &[Batch]) -> Result<Vec<Finding>, LedgerError> {
        let mut anew = batches.iter().filter(|it| self.says_anew(it)).peekable();
        if anew.peek().is_none() {
            return Ok(Vec::new());
        }
        self.store().read(|tx| {
            let found = anew.map(|it| self.contradicted(tx, it, None));
            Ok(found.collect::<Result<Vec<_>, LedgerError>>()?.concat())
        })
    }
}

/// Whether any indicator of a pack is counted from a register: only then can figures differ from one.
fn counts_registers(pack: &Pack) -> bool {
    pack.indicators.iter().any(|it| !it.counted.is_empty())
}
