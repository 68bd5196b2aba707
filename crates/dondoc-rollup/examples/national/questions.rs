//! The six questions of the benchmark, asked of `Totals`.

use dondoc_core::{
    aggregation::Aggregation,
    figure::{Content, Series},
    period::Period,
    tree::Tree,
    unit::UnitId,
};
use dondoc_rollup::{
    catalogue::{Catalogue, Counted, Expectation, SeriesNo},
    epoch::{Epoch, EpochNo},
    grid::Grid,
    totals::{PeriodNo, Stored, Totals},
};

use crate::made_up::{Country, Draw, N_INDICATORS, N_MONTHS};

pub(crate) const COUNTRY: UnitId = UnitId(100_000);

/// An answer: numbers in the order of the table.
pub(crate) type Numbers = Vec<Option<i64>>;

/// What is asked; the same for all engines, as `parameters.json` says.
pub(crate) struct Asked {
    /// Q1: 60 indicators, and the first of 12 months.
    pub(crate) indicators: Vec<SeriesNo>,
    pub(crate) year: usize,
    /// Q2: one province's communes, one indicator, all months.
    pub(crate) province: UnitId,
    pub(crate) indicator: SeriesNo,
    /// Q3: a month and the same month last year.
    pub(crate) month: usize,
    /// Q5: drill-down of one indicator over the year, down to one commune.
    pub(crate) drilled: SeriesNo,
    pub(crate) commune: UnitId,
    /// Q6: the cell that is changed.
    pub(crate) changed: (SeriesNo, UnitId),
    communes: Vec<UnitId>,
}

/// Totals over a country without figures, and the lists that every question needs.
pub(crate) struct Bench {
    pub(crate) totals: Totals,
    provinces: Vec<UnitId>,
    communes: Vec<UnitId>,
    series: Vec<SeriesNo>,
    months: Vec<PeriodNo>,
}

impl Asked {
    /// A question by chance; the one with number 0 is the one that is compared between engines.
    pub(crate) fn new(country: &Country, number: u64) -> Self {
        let mut draw = Draw(number);
        let mut all: Vec<u32> = (0..N_INDICATORS as u32).collect();
        for at in 0..60 {
            let other = at + draw.below(N_INDICATORS - at);
            all.swap(at, other);
        }
        all.truncate(60);
        all.sort_unstable();
        // A province of usual size: the one in the middle.
        let mut by_size: Vec<usize> = (0..country.provinces.len()).collect();
        by_size.sort_by_key(|it| (country.provinces[*it].communes.len(), *it));
        let middle = by_size[by_size.len() / 2];
        let at = if number == 0 { middle } else { draw.below(country.provinces.len()) };
        let province = &country.provinces[at];
        let year = if number == 0 { 108 } else { 12 + 12 * draw.below(9) };
        let month = if number == 0 { 119 } else { year + draw.below(12) };
        let changed = SeriesNo(draw.below(N_INDICATORS) as u32);
        let reported = country.reported(changed.0 as usize, month).next();
        Self {
            indicators: all.into_iter().map(SeriesNo).collect(),
            year,
            province: UnitId(province.unit),
            indicator: SeriesNo(draw.below(N_INDICATORS) as u32),
            month,
            drilled: SeriesNo(draw.below(N_INDICATORS) as u32),
            commune: UnitId(province.communes[0].unit),
            changed: (changed, UnitId(reported.map_or(0, |it| it.unit))),
            communes: province.communes.iter().map(|it| UnitId(it.unit)).collect(),
        }
    }
}

pub(crate) fn number(value: i64) -> Option<Stored> {
    Some(Stored { content: Content::Value(value), is_estimate: false, is_inexact: false })
}

impl Bench {
    pub(crate) fn new(country: &Country) -> Self {
        let mut parents = vec![(COUNTRY, None)];
        for province in &country.provinces {
            let unit = UnitId(province.unit);
            parents.push((unit, Some(COUNTRY)));
            parents.extend(province.communes.iter().map(|it| (UnitId(it.unit), Some(unit))));
        }
        let tree = Tree::new(&parents).unwrap_or_default();
        let catalogue = Catalogue::new((0..N_INDICATORS).map(|it| Counted {
            series: Series { indicator: format!("CT.{it:03}"), option: None },
            is_ratio: false,
            over_units: Aggregation::Sum,
            over_time: Aggregation::Sum,
            expected: Expectation::LEAVES,
        }));
        let periods: Vec<(Period, EpochNo)> = (0..N_MONTHS)
            .map(|it| {
                let (year, month) = (2016 + it as i16 / 12, it as u8 % 12 + 1);
                (Period::Month { year, month }, EpochNo(0))
            })
            .collect();
        let epochs = vec![Epoch::new(tree.into())];
        let communes = country.provinces.iter().flat_map(|it| &it.communes);
        let communes = communes.map(|it| UnitId(it.unit));
        let totals = Totals::new(catalogue.unwrap_or_default(), epochs, &periods);
        Self {
            totals: totals.expect("months and trees fit"),
            provinces: country.provinces.iter().map(|it| UnitId(it.unit)).collect(),
            communes: communes.collect(),
            series: (0..N_INDICATORS as u32).map(SeriesNo).collect(),
            months: (0..N_MONTHS as u32).map(PeriodNo).collect(),
        }
    }

    /// 34 provinces × 12 months × 60 indicators.
    pub(crate) fn q1(&self, asked: &Asked, out: &mut Numbers) {
        let columns: [&[PeriodNo]; 12] =
            std::array::from_fn(|it| &self.months[asked.year + it..][..1]);
        self.table(&asked.indicators, &columns, &self.provinces, out);
    }

    /// One province's communes × 1 indicator × 120 months.
    pub(crate) fn q2(&self, asked: &Asked, out: &mut Numbers) {
        let columns: [&[PeriodNo]; N_MONTHS] = std::array::from_fn(|it| &self.months[it..=it]);
        self.table(&[asked.indicator], &columns, &asked.communes, out);
    }

    /// The country, all indicators, a month and the same month last year.
    pub(crate) fn q3(&self, asked: &Asked, out: &mut Numbers) {
        let [now, then] = [asked.month, asked.month - 12].map(|it| &self.months[it..=it]);
        self.table(&self.series, &[now, then], &[COUNTRY], out);
    }

    /// How many communes of each province have reported anything in a month.
    pub(crate) fn q4(&self, asked: &Asked, out: &mut Numbers) {
        out.clear();
        self.totals.completeness(self.months[asked.month - 1], COUNTRY, |it| {
            out.push(Some(i64::from(it.n_reporting)));
        });
    }

    /// A year of one indicator: by province, by commune of one province, by month of one commune.
    pub(crate) fn q5(&self, asked: &Asked, outs: &mut [Numbers; 3]) {
        let year = &self.months[asked.year..asked.year + 12];
        let months: [&[PeriodNo]; 12] = std::array::from_fn(|it| &year[it..=it]);
        let [provinces, communes, by_month] = outs;
        self.table(&[asked.drilled], &[year], &self.provinces, provinces);
        self.table(&[asked.drilled], &[year], &asked.communes, communes);
        self.table(&[asked.drilled], &months, &[asked.commune], by_month);
    }

    /// One figure changed, then Q3.
    pub(crate) fn q6(&mut self, asked: &Asked, value: i64, out: &mut Numbers) {
        let (series, unit) = asked.changed;
        let period = self.months[asked.month];
        let changed = self.totals.set(series, period, unit, number(value));
        debug_assert!(changed.is_ok());
        self.q3(asked, out);
    }

    /// Any figure of any commune, changed.
    pub(crate) fn change_one(&mut self, draw: &mut Draw) {
        let [series, month] = [draw.below(N_INDICATORS), draw.below(N_MONTHS)];
        let unit = self.communes[draw.below(self.communes.len())];
        let value = (draw.next() % 10_000) as i64;
        let changed = self.totals.set(self.series[series], self.months[month], unit, number(value));
        debug_assert!(changed.is_ok());
    }

    /// All indicators of a commune in a month, changed.
    pub(crate) fn change_a_form(&mut self, draw: &mut Draw) {
        let month = self.months[draw.below(N_MONTHS)];
        let unit = self.communes[draw.below(self.communes.len())];
        for series in &self.series {
            let value = (draw.next() % 10_000) as i64;
            let changed = self.totals.set(*series, month, unit, number(value));
            debug_assert!(changed.is_ok());
        }
    }

    fn table(
        &self,
        series: &[SeriesNo],
        columns: &[&[PeriodNo]],
        units: &[UnitId],
        out: &mut Numbers,
    ) {
        let answered = self.totals.numbers(&Grid { series, columns, units }, out);
        debug_assert!(answered.is_ok());
    }
}
