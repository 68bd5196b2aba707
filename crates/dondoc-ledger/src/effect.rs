//! What a batch would do to the totals, before it is decided about.

use dondoc_core::{figure::Series, unit::Line, unit::UnitId};
use dondoc_rollup::total::{Query, Total, View};
use dondoc_store::blocks::BlockId;

use crate::{
    books::{Books, Bringing},
    check::Batch,
    error::LedgerError,
    ledger::Ledger,
};

/// A total before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// Whose: the unit itself, or one that it is under.
    pub unit: UnitId,
    /// Of what.
    pub series: Series,
    /// In force now.
    pub before: Total,
    /// As it would be.
    pub after: Total,
}

impl Ledger {
    /// What a batch would change in the totals of its unit and of those above it; totals that stay as they are, are left
    /// out.
    ///
    /// # Errors
    ///
    /// [`LedgerError`] if the store fails or the figures have no place.
    pub fn effect(&self, batch: &Batch) -> Result<Vec<Effect>, LedgerError> {
        self.refresh()?;
        let now = self.look(Clone::clone);
        let mut then = now.clone();
        let figures: Vec<_> = batch.figures.iter().map(|it| it.0.clone()).collect();
        let Batch { unit, period, .. } = *batch;
        then.apply(&Bringing { id: BlockId(now.last.0 + 1), unit, period, figures: &figures })?;
        let mut units = vec![unit];
        units.extend(now.units.above(unit, Line::State, now.day_of(period)));
        let mut series: Vec<Series> = figures.into_iter().map(|it| it.series).collect();
        // The undivided figure follows its options.
        let undivided = series.iter().map(|it| Series { option: None, ..it.clone() });
        series.extend(undivided.collect::<Vec<_>>());
        series.sort_unstable();
        series.dedup();
        let mut effects = Vec::new();
        for series in series {
            for unit in &units {
                let total = |books: &Books| books.own_total(&series, *unit, batch);
                if let (Some(before), Some(after)) = (total(&now), total(&then))
                    && before != after
                {
                    effects.push(Effect { unit: *unit, series: series.clone(), before, after });
                }
            }
        }
        Ok(effects)
    }
}

impl Books {
    /// The total of a unit for the very period of a batch; `None` if there is no such series.
    fn own_total(&self, series: &Series, unit: UnitId, batch: &Batch) -> Option<Total> {
        let series = self.totals.catalogue().number(series)?;
        let periods: Vec<_> = self.totals.period_no(&batch.period).into_iter().collect();
        let query = Query { series, unit, periods: &periods, view: View::AsThen, line: None };
        Some(self.totals.total(&query))
    }
}
