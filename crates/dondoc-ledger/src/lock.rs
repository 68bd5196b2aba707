//! Which figures can't be changed any more but by a correction.

use dondoc_core::{
    figure::Source,
    finding::{Fault, Finding},
    unit::{Line, UnitId},
};
use dondoc_store::submissions::locks::Lock;

use crate::{books::Books, check::Batch, error::LedgerError};

/// Whether a lock in force reaches any figure of a batch.
///
/// Figures of a form are locked by the form's locks; others by locks of all forms of their indicator's pack.
pub(crate) fn is_locked(books: &Books, locks: &[Lock], batch: &Batch) -> bool {
    if locks.iter().all(|it| it.period != batch.period) {
        return false;
    }
    let units = lineage(books, batch);
    batch.figures.iter().any(|(figure, _)| {
        let form = match &figure.source {
            Source::Form { form, .. } => form.as_str(),
            _ => "",
        };
        let pack = books.programmes.pack_of(&figure.series.indicator);
        let Some(pack) = pack.map(|it| it.pack.code.as_str()) else { return false };
        locks.iter().any(|it| it.period == batch.period && it.reaches(pack, form, &units))
    })
}

/// What is said of a batch that a lock reaches.
pub(crate) fn refusal(batch: &Batch) -> LedgerError {
    let fault = Fault::PeriodLocked { period: batch.period.to_string() };
    let place = batch.figures.first().map(|it| it.1.clone()).unwrap_or_default();
    LedgerError::Findings(vec![Finding { place, fault }])
}

/// The unit and all that it is under.
fn lineage(books: &Books, batch: &Batch) -> Vec<UnitId> {
    let day = books.day_of(batch.period);
    let mut units = books.units.above(batch.unit, Line::State, day);
    units.push(batch.unit);
    units
}
