//! Whether everything adds up to the same after a change of units.

use dondoc_core::{aggregation::Aggregation, figure::Series, period::Period, unit::UnitId};
use dondoc_rollup::{total::Total, value::Value};

use super::{Pair, Sight};

/// No more differences are listed; they are all counted.
const MAX_LISTED: usize = 200;

/// All totals that a change must leave as they are, compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Balance {
    /// Totals of the units above, in every series and period, through either tree, that were compared.
    pub n_above: u64,
    /// Sums over the units of the change themselves, in every series that is added up over units, that were compared.
    pub n_within: u64,
    /// How many of either are not the same afterwards.
    pub n_unequal: u64,
    /// The first of those.
    pub unequal: Vec<Unequal>,
}

/// A total that would not be the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unequal {
    /// Of the unit above; `None`: over the units of the change.
    pub unit: Option<UnitId>,
    /// Of what.
    pub series: Series,
    /// Of when.
    pub period: Period,
    /// Through which tree.
    pub sight: Sight,
    /// As it is; `None` is nothing.
    pub before: Option<Value>,
    /// As it would be.
    pub after: Option<Value>,
}

impl Balance {
    fn compare(&mut self, it: Unequal) {
        if it.before != it.after {
            self.n_unequal += 1;
            if self.unequal.len() < MAX_LISTED {
                self.unequal.push(it);
            }
        }
    }
}

impl Pair {
    /// Compares the totals of the units above, and the sums over the units of the change.
    pub(super) fn balance(&self, units: &[UnitId], above: &[UnitId]) -> Balance {
        let mut balance = Balance::default();
        let entries = self.now.totals.catalogue().entries();
        for entry in entries {
            let series = &entry.series;
            for period in self.periods() {
                for sight in [Sight::AsThen, self.sight] {
                    for unit in above {
                        let value = |is_after| {
                            let total = self.total(is_after, (series, *unit, period), sight)?;
                            total.value.ok()
                        };
                        let (before, after) = (value(false), value(true));
                        if before.is_none() && after.is_none() {
                            continue;
                        }
                        balance.n_above += 1;
                        balance.compare(Unequal {
                            unit: Some(*unit),
                            series: series.clone(),
                            period,
                            sight,
                            before,
                            after,
                        });
                    }
                }
                if entry.over_units == Aggregation::Sum {
                    self.within(units, (series, period), &mut balance);
                }
            }
        }
        balance
    }

    /// Through today's tree the units of the change together have what they had: nothing is lost, nothing counted twice.
    fn within(&self, units: &[UnitId], (series, period): (&Series, Period), balance: &mut Balance) {
        let sum = |is_after: bool| {
            let books = if is_after { &self.then } else { &self.now };
            let lies_under = |it: &UnitId, other: &UnitId| {
                let line = dondoc_core::unit::Line::State;
                books.units.above(*it, line, books.today()).contains(other)
            };
            // A unit that stands under another one of them is in that one's total already.
            let tops = units.iter().filter(|it| !units.iter().any(|other| lies_under(it, other)));
            let totals =
                tops.filter_map(|it| self.total(is_after, (series, *it, period), self.sight));
            totals.filter_map(|it: Total| it.value.ok()).reduce(Value::plus)
        };
        let (before, after) = (sum(false), sum(true));
        if before.is_none() && after.is_none() {
            return;
        }
        balance.n_within += 1;
        let (series, sight) = (series.clone(), self.sight);
        balance.compare(Unequal { unit: None, series, period, sight, before, after });
    }
}
