//! Many totals at once: tables of series by columns by units.

use dondoc_core::{aggregation::Aggregation, unit::UnitId};

use crate::{
    catalogue::{Counted, SeriesNo},
    epoch::{EpochNo, NONE},
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

/// Where a unit's total lies in the rows of an epoch.
#[derive(Clone, Copy)]
struct Slot {
    place: u32,
    inner: u32,
}

const ABSENT: Slot = Slot { place: NONE, inner: NONE };

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
        let slots = self.slots(grid);
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
                    let row = self.row(*series, *period);
                    for (slot, at) in slots.of(epoch).iter().zip(0..) {
                        let (value, n) = row.map_or((None, 0), |it| it.at(*slot));
                        found(cell(at, value, n));
                    }
                    continue;
                }
                sums.fill(Sofar::default());
                for period in *periods {
                    let Some(epoch) = self.epoch_no(*period) else { continue };
                    let Some(row) = self.row(*series, *period) else { continue };
                    for (slot, sum) in slots.of(epoch).iter().zip(&mut sums) {
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

    fn epoch_no(&self, period: PeriodNo) -> Option<EpochNo> {
        self.periods.get(period.0 as usize).map(|it| it.epoch)
    }

    fn slots(&self, grid: &Grid<'_>) -> Slots {
        let mut by_epoch: Vec<Option<Vec<Slot>>> = vec![None; self.epochs.len()];
        let periods = grid.columns.iter().copied().flatten();
        for epoch in periods.filter_map(|it| self.epoch_no(*it)) {
            by_epoch[epoch.0 as usize].get_or_insert_with(|| {
                let epoch = &self.epochs[epoch.0 as usize];
                let slot = |unit: &UnitId| {
                    let Some(place) = epoch.place(*unit) else { return ABSENT };
                    Slot { place: u32::try_from(place).unwrap_or(NONE), inner: epoch.inner(place) }
                };
                grid.units.iter().map(slot).collect()
            });
        }
        Slots { by_epoch }
    }
}

/// For each epoch that the table needs, where its units lie.
struct Slots {
    by_epoch: Vec<Option<Vec<Slot>>>,
}

impl Slots {
    fn of(&self, epoch: EpochNo) -> &[Slot] {
        self.by_epoch.get(epoch.0 as usize).and_then(Option::as_deref).unwrap_or_default()
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
    #[inline]
    fn at(&self, slot: Slot) -> (Option<Value>, u32) {
        let mut sum = Sofar::default();
        self.add_to(slot, &mut sum);
        (sum.value(self.second.is_some()), sum.n_reported)
    }

    #[inline]
    fn add_to(&self, slot: Slot, sum: &mut Sofar) {
        if slot.inner != NONE {
            let node = slot.inner as usize;
            sum.first += self.first.sum(node);
            sum.second += self.second.as_ref().map_or(0, |it| it.sum(node));
            sum.n_reported += self.n_reported[node];
        } else if slot.place != NONE {
            let place = slot.place as usize;
            sum.first += i128::from(self.first.cell(place));
            sum.second += self.second.as_ref().map_or(0, |it| i128::from(it.cell(place)));
            sum.n_reported += u32::from(self.reported.contains(place));
        }
    }
}
