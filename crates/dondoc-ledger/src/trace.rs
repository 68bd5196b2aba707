//! From a figure to where it came from: the cell, the entry, the words of a document.

use dondoc_core::{
    figure::{Figure, Series},
    period::Period,
    unit::UnitId,
};
use dondoc_store::{
    By, StoreError, Tx,
    blocks::{self, BlockId, Digest, Origin},
    submissions::{self, Submission},
};

use crate::{error::LedgerError, ledger::Ledger};

/// One version of a figure, from the block that brought it.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// The block.
    pub block: BlockId,
    /// SHA-256 of the block.
    pub digest: Digest,
    /// Who kept it, and when.
    pub by: By,
    /// What brought it.
    pub origin: Origin,
    /// The submission, if one did.
    pub submission: Option<Submission>,
    /// The figure with its source.
    pub figure: Figure,
    /// Why the whole block was kept, where that was said.
    pub reason: Option<String>,
    /// Whether no later version has taken its place.
    pub is_in_force: bool,
}

impl Ledger {
    /// All versions of a unit's own figure, the newest first.
    ///
    /// For an undivided figure that was added up from options, the versions of the options are given.
    ///
    /// # Errors
    ///
    /// [`LedgerError`] if the store fails or a block can't be trusted.
    pub fn versions(
        &self,
        unit: UnitId,
        series: &Series,
        period: Period,
    ) -> Result<Vec<Version>, LedgerError> {
        let found = self.store().read(|tx| versions(tx, unit, series, period))?;
        if !found.is_empty() || series.option.is_some() {
            return Ok(found);
        }
        let options = self.look(|books| books.programmes.options(&series.indicator).cloned());
        let mut all = Vec::new();
        for option in options.into_iter().flatten() {
            let series = Series { indicator: series.indicator.clone(), option: Some(option) };
            all.extend(self.store().read(|tx| versions(tx, unit, &series, period))?);
        }
        Ok(all)
    }
}

fn versions(
    tx: &mut Tx<'_>,
    unit: UnitId,
    series: &Series,
    period: Period,
) -> Result<Vec<Version>, StoreError> {
    let mut versions = Vec::new();
    for block in blocks::of(tx, unit, period)?.into_iter().rev() {
        let Some(figure) = block.figure(series) else { continue };
        let submission = match block.origin {
            Origin::Submission(id) => submissions::get(tx, id)?,
            _ => None,
        };
        versions.push(Version {
            block: block.id,
            digest: block.digest,
            by: block.by,
            origin: block.origin,
            submission,
            figure,
            reason: block.reason,
            is_in_force: versions.is_empty(),
        });
    }
    Ok(versions)
}
