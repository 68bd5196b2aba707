//! Many totals at once: tables of series by columns by units.

mod layout;
pub mod numbers;

use dondoc_core::{aggregation::Aggregation, unit::UnitId};

use crate::{
    catalogue::{Counted, SeriesNo},
    epoch::NONE,
    grid::layout::Slot,
    row::Row,
    total::{Query, View},
    totals::{PeriodNo, Totals},
    value::Value,
};

/// A table of totals in the tree of all units, *as then*.
#[derive(Clone, Copy, Debug)]
pub struct Grid<'a> {
    /// Of what.
    pub series: &'a [SeriesNo],
    /// Over which periods: a column is one total over all its periods, which are in the order of time.
    pub columns: &'a [&'a [PeriodNo]],
    /// Of whom: each unit with all under it.
    pub units: &'a [UnitId],
}

/// One total of a [`Grid`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GridCell {
    /// Place in [`Grid::series`].
    pub series: u32,
    /// Place in [`Grid::columns`].
    pub column: u32,
    /// Place in [`Grid::units`].
    pub unit: u32,
    /// The total; `None` where [`Totals::total`] says why there is none.
    pub value: Option<Value>,
    /// How many figures are in it.
    pub n_reported: u32,
}

/// Who of a unit's own has reported in a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Completeness {
    /// The unit.
    pub unit: UnitId,
    /// How many units at and under it have reported anything at all.
    pub n_reporting: u32,
    /// How many units there are at and under it.
    pub n_units: u32,
}

/// A sum over periods, so far.
#[derive(Clone, Copy, Default)]
struct Sofar {
    first: i128,
    second: i128,
    n_reported: u32,
}

impl Totals {
    /// Answers a whole table, series by series, column by column, unit by unit. Allocates a few lists of units, nothing for a
    /// cell. Series or periods that are not known have no values.
    pub fn grid(&self, grid: &Grid<'_>, mut found: impl FnMut(GridCell)) {
        let layouts = self.layouts(grid);
        let n_units = u32::try_from(grid.units.len()).unwrap_or(NONE);
        let mut sums = vec![Sofar::default(); grid.units.len()];
        for (series, series_at) in grid.series.iter().zip(0_u32..) {
            let Some(entry) = self.catalogue.get(*series) else { continue };
            for (periods, column) in grid.columns.iter().zip(0_u32..) {
                let cell = |unit, value, n_reported| GridCell {
                    series: series_at,
                    column,
                    unit,
                    value,
                    n_reported,
                };
                if !adds_up(entry, periods.len()) {
                    for (unit, at) in grid.units.iter().zip(0..) {
                        let (series, view) = (*series, View::AsThen);
                        let query = Query { series, unit: *unit, periods, view, line: None };
                        let total = self.total(&query);
                        found(cell(at, total.value.ok(), total.counts.n_reported));
                    }
                    continue;
                }
                if let [period] = periods {
                    let Some(epoch) = self.epoch_no(*period) else { continue };
                    match self.row(*series, *period) {
                        Some(row) => {
                            row.each(&layouts.of(epoch).slots, |at, value, n| {
                                found(cell(at, value, n))
                            });
                        }
                        None => (0..n_units).for_each(|at| found(cell(at, None, 0))),
                    }
                    continue;
                }
                sums.fill(Sofar::default());
                for period in *periods {
                    let Some(epoch) = self.epoch_no(*period) else { continue };
                    let Some(row) = self.row(*series, *period) else { continue };
                    for (slot, sum) in layouts.of(epoch).slots.iter().zip(&mut sums) {
                        row.add_to(*slot, sum);
                    }
                }
                for (sum, at) in sums.iter().zip(0..) {
                    found(cell(at, sum.value(entry.is_ratio), sum.n_reported));
                }
            }
        }
    }

    /// For each unit directly under one: of how many units at and under it something was reported in a period, whatever it
    /// was. Nothing if the unit does not stand in the period's tree.
    pub fn completeness(
        &self,
        period: PeriodNo,
        unit: UnitId,
        mut found: impl FnMut(Completeness),
    ) {
        let Some(calendar) = self.periods.get(period.0 as usize) else { return };
        let epoch = &self.epochs[calendar.epoch.0 as usize];
        let tree = epoch.tree();
        let Some(place) = epoch.place(unit) else { return };
        for child in tree.children(place) {
            found(Completeness {
                unit: tree.units()[child],
                n_reporting: calendar.n_reporting(epoch, child),
                n_units: u32::try_from(tree.subtree(child).len()).unwrap_or(NONE),
            });
        }
    }
}

/// Whether stored totals answer: sums over units, and one period or sums over time.
fn adds_up(entry: &Counted, n_periods: usize) -> bool {
    let is_sum = |it| matches!(it, Aggregation::Sum | Aggregation::WeightedAverage);
    is_sum(entry.over_units) && (n_periods == 1 || is_sum(entry.over_time))
}

impl Sofar {
    fn value(&self, is_ratio: bool) -> Option<Value> {
        (self.n_reported > 0).then_some(if is_ratio {
            Value::Ratio { numerator: self.first, denominator: self.second }
        } else {
            Value::Number(self.first)
        })
    }
}

impl Row {
    /// The totals of some units, in their order.
    #[inline]
    fn each(&self, slots: &[Slot], mut found: impl FnMut(u32, Option<Value>, u32)) {
        for (slot, at) in slots.iter().zip(0..) {
            let mut sum = Sofar::default();
            self.add_to(*slot, &mut sum);
            found(at, sum.value(self.second.is_some()), sum.n_reported);
        }
    }

    #[inline]
    fn add_to(&self, slot: Slot, sum: &mut Sofar) {
        if slot.inner != NONE {
            let node = self.first.node(slot.inner as usize);
            sum.first += node.sum;
            sum.n_reported += node.n_reported;
            if let Some(second) = &self.second {
                sum.second += second.node(slot.inner as usize).sum;
            }
        } else if slot.place != NONE {
            let place = slot.place as usize;
            sum.first += i128::from(self.first.cell(place));
            sum.n_reported += u32::from(self.reported.contains(place));
            if let Some(second) = &self.second {
                sum.second += i128::from(second.cell(place));
            }
        }
    }
}
