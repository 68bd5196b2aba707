//! What a batch would change, cell by cell, before anything is kept.

use dondoc_core::figure::{Figure, Series};
use dondoc_rollup::totals::Stored;
use serde::Serialize;

use crate::{books::Books, check::Batch};

/// A cell before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference<'b> {
    /// Of what.
    pub series: &'b Series,
    /// In force now; `None` if nothing was ever reported.
    pub before: Option<Stored>,
    /// As it would be.
    pub after: Stored,
}

/// How many cells changed and how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Changes {
    /// Had nothing before.
    pub n_new: usize,
    /// Had something else.
    pub n_changed: usize,
    /// Stay as they are.
    pub n_same: usize,
}

/// Every cell of a batch, changed or not, in its order.
#[must_use]
pub fn of<'b>(books: &Books, batch: &'b Batch) -> Vec<Difference<'b>> {
    let period = books.totals.period_no(&batch.period);
    let difference = |figure: &'b Figure| {
        let series = books.totals.catalogue().number(&figure.series);
        let before = series
            .zip(period)
            .and_then(|(series, period)| books.totals.figure(series, period, batch.unit));
        Difference { series: &figure.series, before, after: Stored::from(figure) }
    };
    batch.figures.iter().map(|it| difference(&it.0)).collect()
}

/// The cells of a batch by what would become of them.
#[must_use]
pub fn changes(books: &Books, batch: &Batch) -> Changes {
    let mut changes = Changes::default();
    for difference in of(books, batch) {
        match difference.before {
            None => changes.n_new += 1,
            Some(before) if before == difference.after => changes.n_same += 1,
            Some(_) => changes.n_changed += 1,
        }
    }
    changes
}

/// How many cells would be new or different.
pub(crate) fn count(books: &Books, batch: &Batch) -> usize {
    let Changes { n_new, n_changed, .. } = changes(books, batch);
    n_new + n_changed
}
