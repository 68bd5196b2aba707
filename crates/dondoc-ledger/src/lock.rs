//! Which figures can't be changed any more but by a correction.

use dondoc_core::{
    figure::Source,
    finding::{Fault, Finding},
    pack::Form,
    unit::{Line, UnitId},
};
use dondoc_store::submissions::locks::Lock;

use crate::{books::Books, check::Batch, error::LedgerError};

/// Whether a lock in force reaches any figure of a batch.
///
/// Figures of a form are locked by the form's locks; those of a file or document by the locks of every form that asks for them;
/// those of a register by locks of all forms of the pack, for what was approved on one form is held by itself.
pub(crate) fn is_locked(books: &Books, locks: &[Lock], batch: &Batch) -> bool {
    if locks.iter().all(|it| it.period != batch.period) {
        return false;
    }
    let units = lineage(books, batch);
    batch.figures.iter().any(|(figure, _)| {
        let indicator = figure.series.indicator.as_str();
        let Some(pack) = books.programmes.pack_of(indicator) else { return false };
        let mut forms = vec![match &figure.source {
            Source::Form { form, .. } => form.as_str(),
            _ => "",
        }];
        if matches!(figure.source, Source::Import { .. } | Source::Document { .. }) {
            let asks =
                |it: &&Form| it.rows.iter().any(|row| row.indicator.as_deref() == Some(indicator));
            forms.extend(pack.forms.iter().filter(asks).map(|it| it.code.as_str()));
        }
        let pack = pack.pack.code.as_str();
        let reaches = |it: &Lock| forms.iter().any(|form| it.reaches(pack, form, &units));
        locks.iter().any(|it| it.period == batch.period && reaches(it))
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
