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
        self.with_books((table.sight, table.as_of), &table.periods, |books, carried| {
            Ok(Sheet { moment: books.last, totals: books.sheet(table, carried)? })
        })
    }

    /// Answers a whole table as values alone: much quicker where it is asked for as then, now, and along no line.
    ///
    /// # Errors
    ///
    /// As [`Ledger::table`].
    pub fn values(&self, table: &Table) -> Result<Values, LedgerError> {
        if table.sight == Sight::AsThen && table.line.is_none() {
            let moment = (table.sight, table.as_of);
            return self.with_books(moment, &table.periods, |books, _| books.quick(table));
        }
        let Sheet { moment, totals } = self.table(table)?;
        Ok(Values {
            moment,
            values: totals.iter().map(|it| it.value.ok()).collect(),
            n_reported: totals.iter().map(|it| it.counts.n_reported).collect(),
        })
    }
}

impl Books {
    fn sheet(&self, table: &Table, carried: Option<&Carried>) -> Result<Vec<Total>, LedgerError> {
        let view = carried.map_or(View::AsThen, View::AsNow);
        let series = self.series_of(table)?;
        self.units_of(table)?;
        let mut expected = Expected::new();
        let mut totals = Vec::with_capacity(series.len() * table.periods.len() * table.units.len());
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
                    totals.push(match best {
                        Some((_, total)) => total,
                        None => self.nobodys(series, (*unit, *period), table.line, &mut expected),
                    });
                }
            }
        }
        Ok(totals)
    }

    fn quick(&self, table: &Table) -> Result<Values, LedgerError> {
        let series = self.series_of(table)?;
        self.units_of(table)?;
        let n_units = table.units.len();
        let n_each = table.periods.len() * n_units;
        let mut values = vec![None; series.len() * n_each];
        let mut n_reported = vec![0_u32; values.len()];
        let mut at = 0;
        // Neighbours that are reported equally often have the same columns.
        for stretch in series.chunk_by(|one, other| one.1 == other.1) {
            let ways: Vec<Vec<Way>> =
                table.periods.iter().map(|it| self.known_ways(*it, stretch[0].1)).collect();
            let mut columns: Vec<(usize, &Way)> = Vec::new();
            for (place, ways) in ways.iter().enumerate() {
                columns.extend(ways.iter().map(|it| (place, it)));
            }
            let numbers: Vec<SeriesNo> = stretch.iter().map(|it| it.0).collect();
            let asked: Vec<&[PeriodNo]> =
                columns.iter().map(|it| it.1.numbers.as_slice()).collect();
            let grid = Grid { series: &numbers, columns: &asked, units: &table.units };
            let mut months = vec![0_u64; numbers.len() * n_each];
            let base = at * n_each;
            self.totals.grid(&grid, |cell| {
                let (place, way) = columns[cell.column as usize];
                let here = cell.series as usize * n_each + place * n_units + cell.unit as usize;
                let n_months = u64::from(cell.n_reported) * months_each(&way.periods);
                if n_months > months[here] {
                    months[here] = n_months;
                    values[base + here] = cell.value;
                    n_reported[base + here] = cell.n_reported;
                }
            });
            at += stretch.len();
        }
        Ok(Values { moment: self.last, values, n_reported })
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
