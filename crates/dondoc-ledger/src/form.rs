//! Forms as they are filled in: which figure each cell is for, and what stands in force beside it.

use dondoc_core::{
    aggregation::Aggregation,
    figure::{Content, Figure, Series},
    pack::{Column, Indicator, Pack, Row, Shows},
    period::Period,
    unit::UnitId,
};
use dondoc_rollup::totals::Stored;
use dondoc_store::blocks;

use crate::{
    books::{Books, add},
    error::LedgerError,
    ledger::Ledger,
};

/// What a cell of a form is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Typed in.
    Input(Series, Part),
    /// Shown: the sum of the option rows.
    Sum(Series, Part),
    /// Shown: the share of a ratio, worked out from its parts.
    Share(Series),
    /// Shown: worked out from other indicators.
    Derived(Series, Part),
    /// Shown: a figure of another period, or a target.
    Given(Series, Shows),
    /// Words about the row.
    Note,
    /// Nothing: a heading, or a column that does not concern the row.
    Nothing,
}

/// Which part of a figure a cell is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// All of it.
    Value,
    /// How many have it.
    Numerator,
    /// Of how many.
    Denominator,
}

/// What the cell of a row and column is for.
#[must_use]
pub fn cell(pack: &Pack, row: &Row, column: &Column) -> Takes {
    let Some(indicator) = row.indicator.as_deref().and_then(|it| pack.indicator(it)) else {
        return Takes::Nothing;
    };
    if column.shows == Shows::Note {
        return Takes::Note;
    }
    let options = row.option.as_deref().into_iter().chain(column.option.as_deref());
    let Some(series) = series(pack, indicator, options.flat_map(|it| it.split('+')).collect())
    else {
        return Takes::Nothing;
    };
    let is_ratio = indicator.ratio.is_some();
    let part = match column.shows {
        Shows::Value if is_ratio => return Takes::Share(series),
        Shows::Value => Part::Value,
        Shows::Numerator if is_ratio => Part::Numerator,
        Shows::Denominator if is_ratio => Part::Denominator,
        Shows::Numerator | Shows::Denominator => return Takes::Nothing,
        given => return Takes::Given(series, given),
    };
    match indicator.formula {
        _ if row.total => Takes::Sum(series, part),
        Some(_) => Takes::Derived(series, part),
        None => Takes::Input(series, part),
    }
}

/// The series with these options, in the order of the indicator's breakdowns; `None` if it is not divided like that.
fn series(pack: &Pack, indicator: &Indicator, mut asked: Vec<&str>) -> Option<Series> {
    let code = || indicator.code.clone();
    if asked.is_empty() {
        let separate = !indicator.breakdowns.is_empty() && !pack.adds_up(indicator);
        return (!separate).then(|| Series { indicator: code(), option: None });
    }
    let mut options = Vec::new();
    for breakdown in indicator.breakdowns.iter().filter_map(|it| pack.breakdown(it)) {
        let has = |it: &&str| breakdown.options.iter().any(|option| option.code == **it);
        let at = asked.iter().position(has)?;
        options.push(asked.remove(at));
    }
    let is_whole = asked.is_empty();
    is_whole.then(|| Series { indicator: code(), option: Some(options.join("+")) })
}

impl Ledger {
    /// The figures that a unit reported for a period, in force now, with all that was said about them.
    ///
    /// # Errors
    ///
    /// [`LedgerError`] if the store fails or one of the blocks can't be trusted.
    pub fn own_figures(&self, unit: UnitId, period: Period) -> Result<Vec<Figure>, LedgerError> {
        let blocks = self.store().read(|tx| blocks::of(tx, unit, period))?;
        let mut figures: Vec<Figure> = Vec::new();
        for figure in blocks.iter().flat_map(blocks::Block::figures) {
            match figures.iter_mut().find(|it| it.series == figure.series) {
                Some(before) => *before = figure,
                None => figures.push(figure),
            }
        }
        Ok(figures)
    }
}

impl Books {
    /// A unit's own figure in force.
    #[must_use]
    pub fn own(&self, unit: UnitId, series: &Series, period: Period) -> Option<Stored> {
        let series = self.totals.catalogue().number(series)?;
        self.totals.figure(series, self.totals.period_no(&period)?, unit)
    }

    /// A unit's own figures from the start of the year, as one, by the indicator's rule over time.
    ///
    /// `None` if nothing was reported, or the rule makes no figure of several.
    #[must_use]
    pub fn year_to_date(&self, unit: UnitId, series: &Series, period: Period) -> Option<Stored> {
        let rule = self.programmes.indicator(&series.indicator)?.over_time;
        let periods = period.year_to_date()?;
        let mut own = periods.into_iter().filter_map(|it| self.own(unit, series, it));
        match rule {
            Aggregation::Sum | Aggregation::WeightedAverage => own.reduce(add),
            Aggregation::Last => own.next_back(),
            Aggregation::Max => own.max_by_key(|it| match it.content {
                Content::Value(it) => it,
                _ => i64::MIN,
            }),
            Aggregation::None => None,
        }
    }
}
