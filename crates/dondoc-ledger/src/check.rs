//! What must hold of figures before they are kept.
//!
//! All findings of a batch are given at once, each at its place: a clerk mends a form once, not once an error.

use std::collections::HashMap;

use dondoc_core::{
    aggregation::Aggregation,
    figure::{Content, Figure, Series, Source},
    finding::{Fault, Finding, Place},
    pack::{Indicator, Level},
    period::Period,
    unit::{Kind, Level as Tier, UnitId},
};
use jiff::civil::Date;

use crate::{
    books::{Books, add},
    rules,
};
use dondoc_rollup::totals::Stored;

/// Figures of one unit and period, as they are handed in together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Whose.
    pub unit: UnitId,
    /// Of when.
    pub period: Period,
    /// The figures, each with its place in what was handed in.
    pub figures: Vec<(Figure, Place)>,
}

/// What the world says at the moment of the check.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Circumstances {
    /// The day of the check: periods that begin later are not open.
    pub(crate) today: Date,
    /// Whether the batch's unit and period are locked.
    pub(crate) is_locked: bool,
}

/// Everything that is wrong with a batch, in the order of its figures.
pub(crate) fn check(books: &Books, batch: &Batch, now: Circumstances) -> Vec<Finding> {
    let mut findings = of_batch(books, batch, now);
    if !findings.is_empty() {
        return findings;
    }
    let mut seen = Seen::new(books);
    let setting = Setting::of(books, batch);
    let (mut has_breakdowns, mut has_formulas) = (false, false);
    for (figure, place) in &batch.figures {
        let mut found = |fault| findings.push(Finding { place: placed(place, figure), fault });
        if let Some(before) = seen.before(books, &figure.series, place) {
            found(Fault::Duplicate { first: name_of(before) });
        }
        match books.programmes.known(&figure.series) {
            Err(fault) => found(*fault),
            Ok(indicator) => {
                has_breakdowns |= !indicator.breakdowns.is_empty();
                has_formulas |= indicator.formula.is_some();
                if let Some(fault) = of_figure(books, setting, figure, indicator) {
                    found(fault);
                }
            }
        }
    }
    if has_breakdowns {
        findings.extend(options_that_do_not_add_up(books, batch));
    }
    if findings.is_empty() {
        if has_formulas {
            findings.extend(rules::against_formulas(books, batch));
        }
        findings.extend(rules::findings(books, batch));
    }
    findings.extend(
        batch.figures.iter().filter(|it| is_over_the_whole(&it.0)).map(|it| Finding {
            place: placed(&it.1, &it.0),
            fault: Fault::NumeratorOverDenominator,
        }),
    );
    findings
}

/// Whether more have it than there are.
fn is_over_the_whole(figure: &Figure) -> bool {
    matches!(figure.content, Content::Ratio { numerator, denominator } if numerator > denominator)
}

/// The series that were seen in a batch so far, each with the place of its latest figure.
struct Seen<'b> {
    /// By the number of the series.
    known: Vec<Option<&'b Place>>,
    /// Those without a number.
    unknown: HashMap<&'b Series, &'b Place>,
}

impl<'b> Seen<'b> {
    fn new(books: &Books) -> Self {
        let known = vec![None; books.totals.catalogue().entries().len()];
        Self { known, unknown: HashMap::new() }
    }

    /// Where the series stood before, if it did; from now on it stands at `place`.
    fn before(&mut self, books: &Books, series: &'b Series, place: &'b Place) -> Option<&'b Place> {
        let number = books.totals.catalogue().number(series);
        match number.and_then(|it| self.known.get_mut(it.0 as usize)) {
            Some(known) => known.replace(place),
            None => self.unknown.insert(series, place),
        }
    }
}

/// What is the same for all figures of a batch.
#[derive(Clone, Copy, Debug)]
struct Setting {
    period: Period,
    /// The day whose tree the period lies in.
    day: Date,
    /// The level of the unit on that day.
    tier: Option<Tier>,
}

impl Setting {
    fn of(books: &Books, batch: &Batch) -> Self {
        let Batch { unit, period, .. } = *batch;
        Self { period, day: books.day_of(period), tier: tier(books, (unit, period)) }
    }
}

/// What concerns the batch as a whole.
fn of_batch(books: &Books, batch: &Batch, now: Circumstances) -> Vec<Finding> {
    let period = batch.period.to_string();
    let stands = |unit| {
        let day = books.day_of(batch.period);
        books.units.get(unit).is_some_and(|it| it.life().contains(day))
    };
    let fault = if !stands(batch.unit) {
        Some(Fault::UnknownUnit { unit: name_of_unit(books, batch) })
    } else if first_day(batch.period).is_some_and(|it| it > now.today) {
        Some(Fault::PeriodNotOpen { period })
    } else if now.is_locked {
        Some(Fault::PeriodLocked { period })
    } else {
        None
    };
    let place = batch.figures.first().map(|it| it.1.clone()).unwrap_or_default();
    fault.map(|fault| Finding { place, fault }).into_iter().collect()
}

fn first_day(period: Period) -> Option<Date> {
    match period {
        Period::Days { from, .. } => Some(from),
        Period::Years { from, .. } | Period::Since { from } => Date::new(from, 1, 1).ok(),
        _ => period.days(dondoc_core::pack::Closing::Decree09).map(|it| it.0),
    }
}

/// What is wrong with one figure, if anything is.
fn of_figure(
    books: &Books,
    setting: Setting,
    figure: &Figure,
    indicator: &Indicator,
) -> Option<Fault> {
    if !books.programmes.is_on(indicator) {
        return Some(Fault::NotCleared);
    }
    if let Some(on) = indicator.closed_on.filter(|it| *it < setting.day) {
        return Some(Fault::SeriesClosed { on: on.to_string() });
    }
    if !indicator.every.contains(&setting.period.frequency()) {
        return Some(Fault::UnknownPeriod { period: setting.period.to_string() });
    }
    if !reports(setting.tier, indicator.level) {
        return Some(Fault::NotReportedHere);
    }
    if !is_addable(figure.content) {
        return Some(Fault::NumberTooLarge { text: parts(figure) });
    }
    match figure.content {
        Content::Value(_) if indicator.ratio.is_some() => Some(Fault::RatioWithoutParts),
        Content::Ratio { .. } if indicator.ratio.is_none() => {
            Some(Fault::NotANumber { text: parts(figure) })
        }
        // What is counted is never below zero; rates and balances, which are not added up, may be.
        Content::Value(it) if it < 0 && indicator.over_units == Aggregation::Sum => {
            Some(Fault::Negative)
        }
        Content::Ratio { numerator, denominator } if numerator < 0 || denominator < 0 => {
            Some(Fault::Negative)
        }
        _ => None,
    }
}

/// No figure has more than 17 digits, so that the options of one and the months of a year can't overflow as a sum.
const LARGEST: u64 = 99_999_999_999_999_999;

fn is_addable(content: Content) -> bool {
    let fits = |it: i64| it.unsigned_abs() <= LARGEST;
    match content {
        Content::Value(value) => fits(value),
        Content::Ratio { numerator, denominator } => fits(numerator) && fits(denominator),
        Content::Nil | Content::NoFigure => true,
    }
}

fn parts(figure: &Figure) -> String {
    match figure.content {
        Content::Value(value) => value.to_string(),
        Content::Ratio { numerator, denominator } => format!("{numerator}/{denominator}"),
        Content::Nil | Content::NoFigure => String::new(),
    }
}

/// Whether the unit is of a level that reports this; units of no level (departments, committees) may report anything.
pub(crate) fn is_reported_by(
    books: &Books,
    (unit, period): (UnitId, Period),
    level: Level,
) -> bool {
    reports(tier(books, (unit, period)), level)
}

/// The level of a unit when a period closes.
pub(crate) fn tier(books: &Books, (unit, period): (UnitId, Period)) -> Option<Tier> {
    let day = books.day_of(period);
    books.units.get(unit).and_then(|it| it.kind_on(day)).and_then(Kind::level)
}

fn reports(tier: Option<Tier>, level: Level) -> bool {
    match (level, tier) {
        (Level::Commune, Some(tier)) => tier == Tier::Commune,
        (Level::Province, Some(tier)) => tier != Tier::Commune,
        _ => true,
    }
}

/// Undivided figures that differ from what the options of their indicator come to.
fn options_that_do_not_add_up(books: &Books, batch: &Batch) -> Vec<Finding> {
    let mut findings = Vec::new();
    let undivided = batch.figures.iter().filter(|it| it.0.series.option.is_none());
    for (figure, place) in undivided {
        let indicator = figure.series.indicator.as_str();
        if !books.programmes.adds_up(indicator) {
            continue;
        }
        let options: Vec<&Figure> = batch
            .figures
            .iter()
            .map(|it| &it.0)
            .filter(|it| it.series.option.is_some() && it.series.indicator == indicator)
            .collect();
        let sum = options.iter().map(|it| Stored::from(*it)).reduce(add);
        let sum = sum.or_else(|| {
            let period = books.totals.period_no(&batch.period)?;
            books.sum_of_options(indicator, period, batch.unit)
        });
        if let Some(sum) = sum.filter(|it| !is_same(it.content, figure.content)) {
            let decimals = books.programmes.decimals(indicator);
            let fault = Fault::OptionsDoNotAddUp { sum: words(sum.content, decimals) };
            findings.push(Finding { place: placed(place, figure), fault });
        }
    }
    findings
}

fn is_same(one: Content, other: Content) -> bool {
    let number = |it| match it {
        Content::Nil => Content::Value(0),
        it => it,
    };
    number(one) == number(other)
}

/// As a clerk writes it: `12,50`, `3/4`.
pub(crate) fn words(content: Content, decimals: u8) -> String {
    let number = |it: i64| {
        let (sign, width) = (if it < 0 { "-" } else { "" }, usize::from(decimals) + 1);
        let digits = format!("{:0width$}", it.unsigned_abs());
        match digits.split_at(digits.len() - usize::from(decimals)) {
            (whole, "") => format!("{sign}{whole}"),
            (whole, fraction) => format!("{sign}{whole},{fraction}"),
        }
    };
    match content {
        Content::Value(it) => number(it),
        Content::Ratio { numerator, denominator } => {
            format!("{}/{}", number(numerator), number(denominator))
        }
        Content::Nil => "0".to_owned(),
        Content::NoFigure => "…".to_owned(),
    }
}

/// The place with the indicator, and the form's own cell where the figure has one.
pub(crate) fn placed(place: &Place, figure: &Figure) -> Place {
    let mut place = place.clone();
    place.indicator.get_or_insert_with(|| figure.series.indicator.clone());
    if let (None, Source::Form { row, column, .. }) = (&place.cell, &figure.source) {
        place.cell = Some(format!("{row} ({column})"));
    }
    place
}

fn name_of(place: &Place) -> String {
    match (&place.cell, place.row) {
        (Some(cell), _) => cell.clone(),
        (None, Some(row)) => row.to_string(),
        (None, None) => place.indicator.clone().unwrap_or_default(),
    }
}

fn name_of_unit(books: &Books, batch: &Batch) -> String {
    let unit = books.units.get(batch.unit);
    let name = unit.and_then(|it| it.full_name_on(it.day_of_life(books.day_of(batch.period))));
    name.unwrap_or_else(|| batch.unit.to_string())
}
