//! What has to be counted anew when entries of a register change, and what it comes to.

use std::collections::{BTreeMap, BTreeSet};

use dondoc_core::{
    entry::{self, Entry},
    figure::{Content, Figure, Qualifier, Series, Source, Status},
    pack::{Closing, Frequency, Indicator, Pack, Register},
    period::Period,
    unit::UnitId,
};
use dondoc_store::{
    Tx, blocks,
    registers::{self, EntryFilter},
};
use jiff::civil::Date;

use super::from_json;
use crate::{books::Books, check::is_reported_by, error::LedgerError};

/// Which figures have to be counted anew.
pub(crate) struct Due<'b> {
    pub(crate) pack: &'b Pack,
    pub(crate) register: &'b Register,
    /// Whose, and the day of an entry.
    pub(crate) days: BTreeSet<(UnitId, Date)>,
    pub(crate) today: Date,
}

impl<'b> Due<'b> {
    /// The indicators that may have changed, by unit and period.
    pub(crate) fn cells(&self, books: &Books) -> BTreeMap<(UnitId, Period), Vec<&'b Indicator>> {
        let mut cells: BTreeMap<(UnitId, Period), Vec<&Indicator>> = BTreeMap::new();
        let of_register = |it: &&Indicator| {
            it.counted.iter().any(|rule| rule.register == self.register.code)
                && books.programmes.is_on(it)
        };
        for indicator in self.pack.indicators.iter().filter(of_register) {
            let Some(frequency) = shortest(indicator) else {
                for cell in self.events(books, indicator) {
                    cells.entry(cell).or_default().push(indicator);
                }
                continue;
            };
            let closing = closing(self.pack, &indicator.code);
            let is_stock = indicator.counted.iter().any(|it| it.standing);
            for (unit, day) in &self.days {
                let first = Period::of_day(*day, frequency, closing);
                let now = Period::of_day(self.today, frequency, closing);
                let all = std::iter::successors(first, |it| it.after());
                let last = if is_stock { now.max(first) } else { first };
                let periods = all.take_while(|it| Some(*it) <= last && Some(*it) <= now);
                for period in periods {
                    let is_closed = indicator.closed_on.is_some_and(|it| it < books.day_of(period));
                    let Some(unit) = books.heir(*unit, period) else { continue };
                    let reports = is_reported_by(books, (unit, period), indicator.level);
                    let cell = cells.entry((unit, period)).or_default();
                    if !is_closed && reports && !cell.iter().any(|it| it.code == indicator.code) {
                        cell.push(indicator);
                    }
                }
            }
        }
        cells
    }

    /// Where an indicator that is reported by event alone may have changed: in the reports of a unit whose days have the
    /// day of the entry. Before somebody reports on an event, nobody knows its days.
    fn events(&self, books: &Books, indicator: &Indicator) -> BTreeSet<(UnitId, Period)> {
        let mut found = BTreeSet::new();
        for (unit, day) in &self.days {
            for period in books.spans_with(*day) {
                let Some(unit) = books.heir(*unit, period) else { continue };
                if reports_event(books, indicator, (unit, period))
                    && books.has_own(unit, &indicator.code, period)
                {
                    found.insert((unit, period));
                }
            }
        }
        found
    }

    /// What an indicator now comes to by the entries of `units`, as far as that differs from the last version, each with that version.
    pub(crate) fn counted(
        &self,
        tx: &mut Tx<'_>,
        indicator: &Indicator,
        (unit, period): (UnitId, Period),
        units: &[UnitId],
    ) -> Result<Vec<(Option<Content>, Figure)>, LedgerError> {
        let mut figures = come_to(tx, (self.pack, indicator), (units, period))?;
        let mut last: BTreeMap<Series, Figure> = BTreeMap::new();
        for block in blocks::of(tx, unit, period)? {
            let own = block.figures().filter(|it| it.series.indicator == indicator.code);
            last.extend(own.map(|it| (it.series.clone(), it)));
        }
        // What was counted and is not any more is not known to be zero: nobody has said that nothing occurred.
        for (series, before) in &last {
            let was_counted = matches!(before.source, Source::Register { .. })
                && before.content != Content::NoFigure;
            if was_counted && !figures.iter().any(|it| it.series == *series) {
                let entries = Vec::new();
                let source = Source::Register { register: self.register.code.clone(), entries };
                figures.push(figure(series.clone(), Content::NoFigure, source));
            }
        }
        figures.retain(|it| last.get(&it.series) != Some(it));
        let before = |it: &Figure| last.get(&it.series).map(|it| it.content);
        Ok(figures.into_iter().map(|it| (before(&it), it)).collect())
    }
}

fn figure(series: Series, content: Content, source: Source) -> Figure {
    let (qualifier, status) = (Qualifier::Exact, Status::Final);
    Figure { series, content, qualifier, status, source, reason: None }
}

/// What an indicator comes to by the registers of a unit, and of those that went into it.
pub(super) fn come_to(
    tx: &mut Tx<'_>,
    (pack, indicator): (&Pack, &Indicator),
    (units, period): (&[UnitId], Period),
) -> Result<Vec<Figure>, LedgerError> {
    let Some(days) = period.days(closing(pack, &indicator.code)) else { return Ok(Vec::new()) };
    let entries = entries(tx, (pack, indicator), (units, days.1))?;
    let none: &[Entry] = &[];
    let of = |register: &str| entries.get(register).map_or(none, Vec::as_slice);
    let counted = entry::count(pack, indicator, days, &of).figures;
    Ok(counted.into_iter().map(|it| figure(it.series, it.content, it.source)).collect())
}

/// The entries of units that an indicator is counted from, by register. Of those that take each other's place only the
/// latest is there, as it was on the last day of the period.
fn entries(
    tx: &mut Tx<'_>,
    (pack, indicator): (&Pack, &Indicator),
    (units, last_day): (&[UnitId], Date),
) -> Result<BTreeMap<String, Vec<Entry>>, LedgerError> {
    let mut found = BTreeMap::new();
    for rule in &indicator.counted {
        if found.contains_key(&rule.register) {
            continue;
        }
        let register = pack.register(&rule.register);
        let is_latest = register.is_some_and(|it| !it.latest_of.is_empty());
        let mut entries = Vec::new();
        for unit in units {
            let filter = EntryFilter {
                pack: &pack.pack.code,
                register: &rule.register,
                unit: Some(*unit),
                from: Date::constant(1, 1, 1),
                to: if is_latest { last_day } else { Date::MAX },
                withdrawn: false,
            };
            let own = of_unit(tx, &filter, register)?;
            entries.extend(own);
        }
        found.insert(rule.register.clone(), entries);
    }
    Ok(found)
}

/// The entries of one unit, without those whose place another one took.
fn of_unit(
    tx: &mut Tx<'_>,
    filter: &EntryFilter<'_>,
    register: Option<&Register>,
) -> Result<Vec<Entry>, LedgerError> {
    let mut entries = Vec::new();
    let mut days = Vec::new();
    for it in registers::list(tx, filter)? {
        entries.push(Entry { id: it.id, fields: from_json(&it.now.fields)? });
        days.push((it.now.unit, it.now.occurred_on));
    }
    if let Some(register) = register {
        let dated = entries.iter().zip(&days);
        let dated = dated.map(|(it, (unit, day))| (it.id, *unit, *day, &it.fields));
        let superseded = entry::superseded(register, dated);
        entries.retain(|it| !superseded.contains(&it.id));
    }
    Ok(entries)
}

/// The closing of the first form that asks for an indicator; Decree 09/2019 where none does.
pub(super) fn closing(pack: &Pack, indicator: &str) -> Closing {
    let asks = |it: &&dondoc_core::pack::Form| {
        it.rows.iter().any(|row| row.indicator.as_deref() == Some(indicator))
    };
    let own = pack.forms.iter().find(asks).map(|it| it.closing);
    own.filter(|it| *it != Closing::OwnDates).unwrap_or(Closing::Decree09)
}

/// Whether a unit reports an indicator on an event, and on nothing else.
pub(super) fn reports_event(
    books: &Books,
    indicator: &Indicator,
    (unit, period): (UnitId, Period),
) -> bool {
    matches!(period, Period::Days { .. })
        && !indicator.counted.is_empty()
        && shortest(indicator).is_none()
        && books.programmes.is_on(indicator)
        && is_reported_by(books, (unit, period), indicator.level)
}

/// The shortest regular period that an indicator may be reported for.
fn shortest(indicator: &Indicator) -> Option<Frequency> {
    let order = [
        Frequency::Month,
        Frequency::Quarter,
        Frequency::Half,
        Frequency::NineMonths,
        Frequency::Year,
    ];
    order.into_iter().find(|it| indicator.every.contains(it))
}
