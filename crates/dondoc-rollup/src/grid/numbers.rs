//! A table as plain numbers, as fast as they can be copied: for charts, exports and comparisons.

use std::sync::Arc;

use crate::{
    catalogue::SeriesNo,
    grid::{
        Grid, Sofar, adds_up,
        layout::{Layout, Layouts, Run},
    },
    row::{Column, Row},
    total::{Query, View},
    totals::{PeriodNo, Top, Totals},
    value::Value,
};

/// A table has totals that are no plain numbers of 64 bits; [`Totals::grid`] has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotPlain {
    /// A series of ratios, or none that is known.
    #[error("series {} has no plain numbers", .0.0)]
    Series(SeriesNo),
    /// A total past 64 bits.
    #[error("a total of series {} is past 64 bits", .0.0)]
    TooLarge(SeriesNo),
}

impl Totals {
    /// Answers a table in the order series, column, unit, into a list that is emptied first and may be used again. `None` where
    /// [`Totals::total`] says why there is no total.
    ///
    /// # Errors
    ///
    /// [`NotPlain`] with the first series that has no plain numbers; the list is of no use then.
    pub fn numbers(&self, grid: &Grid<'_>, out: &mut Vec<Option<i64>>) -> Result<(), NotPlain> {
        out.clear();
        out.reserve(grid.series.len() * grid.columns.len() * grid.units.len());
        let layouts = self.layouts(grid);
        let single = |periods: &&[PeriodNo]| self.single(periods, &layouts);
        let singles: Vec<Option<Single<'_>>> = grid.columns.iter().map(single).collect();
        if self.tops(grid, &singles, out).is_some() {
            return Ok(());
        }
        out.clear();
        let mut sums = Vec::new();
        for series in grid.series {
            let entry = self.catalogue.get(*series).filter(|it| !it.is_ratio);
            let entry = entry.ok_or(NotPlain::Series(*series))?;
            let shelf = &self.shelves[series.0 as usize];
            let is_sum = adds_up(entry, 1);
            for (periods, single) in grid.columns.iter().zip(&singles) {
                let is_done = match single {
                    Some(single) if is_sum => single.numbers(*series, shelf, out),
                    _ if adds_up(entry, periods.len()) => {
                        self.summed(*series, periods, &layouts, &mut sums);
                        (0..grid.units.len()).try_for_each(|it| {
                            let sum = sums.get(it).copied().unwrap_or_default();
                            out.push(number(sum.value(false))?);
                            Some(())
                        })
                    }
                    _ => self.one_by_one(*series, periods, grid, out),
                };
                is_done.ok_or(NotPlain::TooLarge(*series))?;
            }
        }
        Ok(())
    }

    /// The first root's totals of single periods, which lie side by side; `None` if anything else is asked for.
    fn tops(
        &self,
        grid: &Grid<'_>,
        singles: &[Option<Single<'_>>],
        out: &mut Vec<Option<i64>>,
    ) -> Option<()> {
        let tops = singles.iter().map(|it| it.as_ref().map(|it| it.tops));
        let columns: Vec<&[Top]> = tops.collect::<Option<_>>()?;
        let are_sums = grid.series.iter().all(|it| self.catalogue.is_sum(*it));
        if !are_sums || columns.is_empty() || columns.iter().any(|it| it.is_empty()) {
            return None;
        }
        out.resize(grid.series.len() * columns.len(), None);
        for (series, row) in grid.series.iter().zip(out.chunks_exact_mut(columns.len())) {
            for (tops, number) in columns.iter().zip(row) {
                *number = match tops.get(series.0 as usize)? {
                    Top::Nothing => None,
                    Top::Sum(sum) => Some(*sum),
                    Top::InRow => return None,
                };
            }
        }
        Some(())
    }

    fn single<'a>(&'a self, periods: &[PeriodNo], layouts: &'a Layouts) -> Option<Single<'a>> {
        let [period] = periods else { return None };
        let calendar = self.periods.get(period.0 as usize)?;
        let layout = layouts.of(calendar.epoch);
        // The first root is the first inner node, unless nothing is under it.
        let is_top = layout.slots.len() == 1 && layout.slots[0].place == 0;
        let is_top = is_top && layout.slots[0].inner == 0;
        let tops = if is_top { calendar.activity.tops.as_slice() } else { &[] };
        Some(Single { period: period.0 as usize, layout, tops })
    }

    fn summed(
        &self,
        series: SeriesNo,
        periods: &[PeriodNo],
        layouts: &Layouts,
        sums: &mut Vec<Sofar>,
    ) {
        sums.clear();
        for period in periods {
            let Some(epoch) = self.epoch_no(*period) else { continue };
            let Some(row) = self.row(series, *period) else { continue };
            let slots = &layouts.of(epoch).slots;
            sums.resize(slots.len(), Sofar::default());
            for (slot, sum) in slots.iter().zip(sums.iter_mut()) {
                row.add_to(*slot, sum);
            }
        }
    }

    fn one_by_one(
        &self,
        series: SeriesNo,
        periods: &[PeriodNo],
        grid: &Grid<'_>,
        out: &mut Vec<Option<i64>>,
    ) -> Option<()> {
        for unit in grid.units {
            let view = View::AsThen;
            let query = Query { series, unit: *unit, periods, view, line: None };
            out.push(number(self.total(&query).value.ok())?);
        }
        Some(())
    }
}

/// A column of one period.
struct Single<'a> {
    period: usize,
    layout: &'a Layout,
    /// The totals by series, where only the first root is asked for.
    tops: &'a [Top],
}

impl Single<'_> {
    /// `None` if one is past 64 bits.
    #[inline]
    fn numbers(
        &self,
        series: SeriesNo,
        shelf: &[Option<Arc<Row>>],
        out: &mut Vec<Option<i64>>,
    ) -> Option<()> {
        match self.tops.get(series.0 as usize) {
            Some(Top::Nothing) => out.push(None),
            Some(Top::Sum(sum)) => out.push(Some(*sum)),
            Some(Top::InRow) | None => match shelf.get(self.period) {
                Some(Some(row)) => return row.numbers(self.layout, out),
                _ => out.extend(std::iter::repeat_n(None, self.layout.slots.len())),
            },
        }
        Some(())
    }
}

/// `None` if it is past 64 bits.
fn number(value: Option<Value>) -> Option<Option<i64>> {
    match value {
        Some(Value::Number(it)) => i64::try_from(it).ok().map(Some),
        Some(Value::Ratio { .. }) => None,
        None => Some(None),
    }
}

impl Row {
    /// `None` if one is past 64 bits.
    fn numbers(&self, layout: &Layout, out: &mut Vec<Option<i64>>) -> Option<()> {
        match (&self.first, &layout.run) {
            (Column::Narrow { nodes, .. }, Some(Run::Nodes(run))) => {
                let nodes = nodes.get(run.clone())?;
                out.extend(nodes.iter().map(|it| (it.n_reported > 0).then_some(it.sum)));
            }
            (Column::Narrow { cells, .. }, Some(Run::Leaves(run))) => {
                let cells = cells.get(run.clone())?.iter().map(|it| i64::from(*it));
                out.extend(self.reported.flags(run.start).zip(cells).map(of));
            }
            (Column::Wide { cells, .. }, Some(Run::Leaves(run))) => {
                let cells = cells.get(run.clone())?.iter().copied();
                out.extend(self.reported.flags(run.start).zip(cells).map(of));
            }
            _ => {
                for slot in &layout.slots {
                    let mut sum = Sofar::default();
                    self.add_to(*slot, &mut sum);
                    out.push(number(sum.value(false))?);
                }
            }
        }
        Some(())
    }
}

fn of((is_there, number): (bool, i64)) -> Option<i64> {
    is_there.then_some(number)
}
