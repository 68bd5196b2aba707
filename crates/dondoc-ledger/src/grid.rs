//! Many totals at once.

use std::{collections::HashMap, ops::Range};

use dondoc_core::{
    figure::Series,
    pack::Frequency,
    period::Period,
    unit::{Kind, Level as Tier, Line, UnitId},
};
use dondoc_rollup::{
    carried::Carried,
    catalogue::SeriesNo,
    grid::Grid,
    total::{Counts, Query, Total, View, Why},
    totals::PeriodNo,
    value::Value,
};
use dondoc_store::blocks::BlockId;

use crate::{
    books::Books,
    error::LedgerError,
    ledger::Ledger,
    total::{Sight, months_with_figures},
};

/// Totals that are asked for together: of each series, in each period, of each unit.
#[derive(Clone, Debug)]
pub struct Table {
    /// Of what.
    pub series: Vec<Series>,
    /// Of when.
    pub periods: Vec<Period>,
    /// Of whom: each with all under it.
    pub units: Vec<UnitId>,
    /// Through which tree.
    pub sight: Sight,
    /// Along which line.
    pub line: Option<Line>,
    /// As it stood after this block; `None` is now.
    pub as_of: Option<BlockId>,
}

impl Table {
    /// How many totals it has.
    #[must_use]
    pub fn n_cells(&self) -> usize {
        self.series.len() * self.periods.len() * self.units.len()
    }
}

/// A table with all that it takes to trust each of its totals.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The newest block in it.
    pub moment: BlockId,
    /// Series by series, period by period, unit by unit.
    pub totals: Vec<Total>,
}

/// A table with values and how many figures are in each.
#[derive(Clone, Debug)]
pub struct Values {
    /// The newest block in it.
    pub moment: BlockId,
    /// Series by series, period by period, unit by unit; `None` where there is no total.
    pub values: Vec<Option<Value>>,
    /// How many figures are in each.
    pub n_reported: Vec<u32>,
}

/// One way to make a period: the period itself, or those in it.
struct Way {
    periods: Vec<Period>,
    numbers: Vec<PeriodNo>,
}

/// Under a unit in a period, how many units of a class should report; `None` if it does not stand in the tree.
type Expected = HashMap<(UnitId, Period, u16), Option<u32>>;

impl Ledger {
    /// Answers a whole table, each total as [`Ledger::total`] would.
    ///
    /// # Errors
    ///
    /// [`LedgerError`] if there is no such series or unit, or the store fails.
    pub fn table(&self, table: &Table) -> Result<Sheet, LedgerError> {
        let mut totals = Vec::new();
        let moment = self.each_total(table, |it| totals.push(it.clone()))?;
        Ok(Sheet { moment, totals })
    }

    /// As [`Ledger::table`], but hands each total to `found` and keeps none of them. Gives the newest block in them.
    ///
    /// # Errors
    ///
    /// As [`Ledger::table`]; nothing was handed over then.
    pub fn each_total(
        &self,
        table: &Table,
        found: impl FnMut(&Total),
    ) -> Result<BlockId, LedgerError> {
        self.with_books((table.sight, table.as_of), &table.periods, |books, carried| {
            books.sheet(table, carried, found)
        })
    }

    /// Answers a whole table as values alone: much quicker where it is asked for as then, now, and along no line.
    ///
    /// # Errors
    ///
    /// As [`Ledger::table`].
    pub fn values(&self, table: &Table) -> Result<Values, LedgerError> {
        let n = table.n_cells();
        let (mut values, mut n_reported) = (Vec::with_capacity(n), Vec::with_capacity(n));
        let moment = self.each_value(table, |value, n| {
            values.push(value);
            n_reported.push(n);
        })?;
        Ok(Values { moment, values, n_reported })
    }

    /// As [`Ledger::values`], but hands each value with the number of figures in it to `found`, series by series, period
    /// by period, unit by unit, and keeps none of them. Gives the newest block in them.
    ///
    /// # Errors
    ///
    /// As [`Ledger::table`]; nothing was handed over then.
    pub fn each_value(
        &self,
        table: &Table,
        mut found: impl FnMut(Option<Value>, u32),
    ) -> Result<BlockId, LedgerError> {
        if table.sight == Sight::AsThen && table.line.is_none() {
            let moment = (table.sight, table.as_of);
            return self.with_books(moment, &table.periods, |books, _| books.quick(table, found));
        }
        self.each_total(table, |it| found(it.value.ok(), it.counts.n_reported))
    }
}

impl Books {
    fn sheet(
        &self,
        table: &Table,
        carried: Option<&Carried>,
        mut found: impl FnMut(&Total),
    ) -> Result<BlockId, LedgerError> {
        let view = carried.map_or(View::AsThen, View::AsNow);
        let series = self.series_of(table)?;
        self.units_of(table)?;
        let mut expected = Expected::new();
        for (series, every) in series {
            for period in &table.periods {
                let ways = self.known_ways(*period, every);
                for unit in &table.units {
                    let ask = |way: &Way| {
                        let (unit, periods, line) = (*unit, way.numbers.as_slice(), table.line);
                        self.totals.total(&Query { series, unit, periods, view, line })
                    };
                    let mut best: Option<(u64, Total)> = None;
                    for way in &ways {
                        let total = ask(way);
                        let months = months_with_figures(&total, &way.periods);
                        if best.as_ref().is_none_or(|it| months > it.0) {
                            best = Some((months, total));
                        }
                    }
                    found(&best.map(|it| it.1).unwrap_or_else(|| {
                        self.nobodys(series, (*unit, *period), table.line, &mut expected)
                    }));
                }
            }
        }
        Ok(self.last)
    }

    fn quick(
        &self,
        table: &Table,
        mut found: impl FnMut(Option<Value>, u32),
    ) -> Result<BlockId, LedgerError> {
        let series = self.series_of(table)?;
        self.units_of(table)?;
        // Neighbours that are reported equally often have the same columns.
        for stretch in series.chunk_by(|one, other| one.1 == other.1) {
            let ways: Vec<Vec<Way>> =
                table.periods.iter().map(|it| self.known_ways(*it, stretch[0].1)).collect();
            let numbers: Vec<SeriesNo> = stretch.iter().map(|it| it.0).collect();
            if ways.iter().all(|it| it.len() == 1) {
                let columns: Vec<&[PeriodNo]> =
                    ways.iter().flatten().map(|it| it.numbers.as_slice()).collect();
                let grid = Grid { series: &numbers, columns: &columns, units: &table.units };
                self.totals
                    .grid(&grid, |it| found(it.value.filter(|_| it.n_reported > 0), it.n_reported));
            } else {
                for (value, n) in self.best_of(&ways, &numbers, &table.units) {
                    found(value, n);
                }
            }
        }
        Ok(self.last)
    }

    /// Of each series, period and unit the total by the way that has figures for the most months.
    fn best_of(
        &self,
        ways: &[Vec<Way>],
        series: &[SeriesNo],
        units: &[UnitId],
    ) -> Vec<(Option<Value>, u32)> {
        let n_each = ways.len() * units.len();
        let mut columns: Vec<(usize, &Way)> = Vec::new();
        for (place, ways) in ways.iter().enumerate() {
            columns.extend(ways.iter().map(|it| (place, it)));
        }
        let asked: Vec<&[PeriodNo]> = columns.iter().map(|it| it.1.numbers.as_slice()).collect();
        let mut best = vec![(None, 0_u32); series.len() * n_each];
        let mut months = vec![0_u64; best.len()];
        self.totals.grid(&Grid { series, columns: &asked, units }, |cell| {
            let (place, way) = columns[cell.column as usize];
            let here = cell.series as usize * n_each + place * units.len() + cell.unit as usize;
            let n_months = u64::from(cell.n_reported) * months_each(&way.periods);
            if n_months > months[here] {
                months[here] = n_months;
                best[here] = (cell.value, cell.n_reported);
            }
        });
        best
    }

    fn series_of(&self, table: &Table) -> Result<Vec<(SeriesNo, &[Frequency])>, LedgerError> {
        let find = |series: &Series| {
            let name = || match &series.option {
                Some(option) => format!("{} ({option})", series.indicator),
                None => series.indicator.clone(),
            };
            let not_there = || LedgerError::NotThere { what: "indicator", name: name() };
            let indicator = self.programmes.indicator(&series.indicator).ok_or_else(not_there)?;
            let number = self.totals.catalogue().number(series).ok_or_else(not_there)?;
            Ok((number, indicator.every.as_slice()))
        };
        table.series.iter().map(find).collect()
    }

    fn units_of(&self, table: &Table) -> Result<(), LedgerError> {
        match table.units.iter().find(|it| self.units.get(**it).is_none()) {
            Some(unit) => Err(LedgerError::NotThere { what: "unit", name: unit.to_string() }),
            None => Ok(()),
        }
    }

    /// The ways to make a period of which anything was ever reported, the best first.
    fn known_ways(&self, period: Period, every: &[Frequency]) -> Vec<Way> {
        let numbers = |periods: &[Period]| -> Vec<PeriodNo> {
            periods.iter().filter_map(|it| self.totals.period_no(it)).collect()
        };
        ways(period, every)
            .map(|periods| Way { numbers: numbers(&periods), periods })
            .filter(|it| !it.numbers.is_empty())
            .collect()
    }

    /// The total of a period that nobody anywhere has reported for: unknown, and everyone is missing.
    fn nobodys(
        &self,
        series: SeriesNo,
        (unit, period): (UnitId, Period),
        line: Option<Line>,
        known: &mut Expected,
    ) -> Total {
        let class = self.totals.catalogue().get(series).map_or(0, |it| it.expected.0);
        let count = || self.n_expected((unit, period), line.unwrap_or(Line::State), class);
        let n_expected = *known.entry((unit, period, class)).or_insert_with(count);
        let n = n_expected.unwrap_or(0);
        let counts = Counts { n_expected: n, n_missing: n, ..Counts::default() };
        let why = if n_expected.is_some() { Why::NothingReported } else { Why::NotInTree };
        Total { value: Err(why), counts, through_weights: None, n_periods: 0 }
    }

    /// How many units of a class stand under a unit on the day of a period.
    fn n_expected(&self, (unit, period): (UnitId, Period), line: Line, class: u16) -> Option<u32> {
        let day = self.day_of(period);
        let tree = self.units.tree(line, day);
        let under: Range<usize> = tree.subtree(tree.place(unit)?);
        let is_expected = |place: &usize| {
            let unit = self.units.get(tree.units()[*place]);
            let tier = unit.and_then(|it| it.kind_on(day)).and_then(Kind::level);
            matches!((class, tier), (1 | 3, Some(Tier::Commune)) | (2 | 3, Some(Tier::Province)))
        };
        u32::try_from(under.filter(is_expected).count()).ok()
    }
}

/// The ways to make a period from others: the period itself, then coarser before finer parts.
pub(crate) fn ways(period: Period, every: &[Frequency]) -> impl Iterator<Item = Vec<Period>> {
    let finer = [Frequency::Year, Frequency::Half, Frequency::Quarter, Frequency::Month];
    let parts = finer.into_iter().filter(|it| every.contains(it));
    let parts = parts.filter_map(move |it| period.parts(it).filter(|it| it.len() > 1));
    std::iter::once(vec![period]).chain(parts.collect::<Vec<_>>())
}

fn months_each(periods: &[Period]) -> u64 {
    crate::total::months_of(periods.first().copied())
}

#[cfg(test)]
mod tests {
    use dondoc_core::pack::Level;

    use crate::programmes::expectation;

    #[test]
    fn classes_are_numbered_as_they_are_counted_here() {
        assert_eq!(expectation(Level::Commune).0, 1);
        assert_eq!(expectation(Level::Province).0, 2);
        assert_eq!(expectation(Level::Both).0, 3);
        assert_eq!(expectation(Level::Above).0, 4);
    }
}
