//! Blocks that can't be trusted: what they held is left out of everything, and said.
//!
//! One rotten block must not close the books of a whole province, and must not be served as truth either. Nothing that such a
//! block says is believed, not even whose it is: whose figures are gone is known from the counts that are kept beside the
//! blocks, and all figures of those units and periods are left out, older versions too. Where counts and blocks do not
//! come out even, the books stay closed.

use std::collections::{BTreeMap, BTreeSet};

use dondoc_core::{
    period::Period,
    unit::{Line, UnitId},
};
use dondoc_store::{
    Store, StoreError,
    blocks::{self, BlockId, Damaged},
};

use crate::{books::Books, error::LedgerError};

/// How many blocks are read from the store at a time.
const STRIDE: usize = 2_000;

/// What can't be read any more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lost {
    /// The blocks, each with what is wrong with it.
    pub blocks: Vec<Damaged>,
    /// The units and periods that they were of: no figure of these is in any total.
    pub reports: BTreeSet<(UnitId, Period)>,
}

impl Lost {
    /// Whether all is there.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    pub(crate) fn has_block(&self, id: BlockId) -> bool {
        self.blocks.iter().any(|it| it.block_id == id)
    }

    pub(crate) fn has_report(&self, unit: UnitId, period: Period) -> bool {
        !self.reports.is_empty() && self.reports.contains(&(unit, period))
    }
}

/// Reads every block and finds out what is lost; `None` if that can't be said for certain.
pub(crate) fn survey(store: &Store) -> Result<Option<Lost>, LedgerError> {
    let found = store.read(|tx| -> Result<_, StoreError> {
        let (newest, _) = blocks::last(tx)?;
        let counted = blocks::counted(tx)?;
        let mut lacking: BTreeMap<(UnitId, Period), i64> = counted.into_iter().collect();
        let mut damaged = Vec::new();
        let mut at = BlockId::NONE;
        while at < newest {
            for found in blocks::scan(tx, at, STRIDE)? {
                at.0 += 1;
                match found {
                    Ok(block) => *lacking.entry((block.unit, block.period)).or_default() -= 1,
                    Err(it) => damaged.push(it),
                }
            }
        }
        Ok((lacking, damaged))
    })?;
    let (mut lacking, blocks) = found;
    lacking.retain(|_, n| *n != 0);
    let n_lacking: i64 = lacking.values().sum();
    let is_even =
        lacking.values().all(|it| *it > 0) && usize::try_from(n_lacking) == Ok(blocks.len());
    Ok(is_even.then(|| Lost { blocks, reports: lacking.into_keys().collect() }))
}

impl Books {
    /// The units and periods whose figures are lost and would be in totals of these units and periods, or of parts of these
    /// periods. Of no units: of all.
    #[must_use]
    pub fn lost_in(&self, units: &[UnitId], periods: &[Period]) -> Vec<(UnitId, Period)> {
        let is_asked = |(unit, period): &&(UnitId, Period)| {
            periods.iter().any(|it| it == period || it.contains(*period))
                && (units.is_empty() || self.stands_under(*unit, *period, units))
        };
        self.lost.reports.iter().filter(is_asked).copied().collect()
    }

    fn stands_under(&self, unit: UnitId, period: Period, units: &[UnitId]) -> bool {
        let tree = self.units.tree(Line::State, self.day_of(period));
        let mut place = tree.place(unit);
        if place.is_none() {
            // It stands in another line, or its place is not known: rather say it too often.
            return true;
        }
        while let Some(at) = place {
            if units.contains(&tree.units()[at]) {
                return true;
            }
            place = tree.parent(at);
        }
        false
    }
}
