//! Which reports units owe before and after a change.

use std::collections::BTreeMap;

use dondoc_core::{
    calendar::{Calendar, Expected, Reporter, expected},
    pack::Level,
    unit::{Kind, Level as Tier, Line, UnitId},
};
use jiff::{ToSpan as _, civil::Date};

use crate::books::Books;

/// How many reports of a form a unit owes in the year from the day of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owed {
    /// The form.
    pub form: String,
    /// Who.
    pub unit: UnitId,
    /// As it is.
    pub n_before: u32,
    /// As it would be.
    pub n_after: u32,
}

/// The reports that change hands; a year whose days off nobody has announced is looked at as far as they are known.
pub(super) fn owed(now: &Books, then: &Books, units: &[UnitId], day: Date) -> Vec<Owed> {
    let mut counts: BTreeMap<(String, UnitId), (u32, u32)> = BTreeMap::new();
    for it in of(now, units, day) {
        counts.entry((it.form, it.unit)).or_default().0 += 1;
    }
    for it in of(then, units, day) {
        counts.entry((it.form, it.unit)).or_default().1 += 1;
    }
    let owed = counts.into_iter().map(|((form, unit), (n_before, n_after))| Owed {
        form,
        unit,
        n_before,
        n_after,
    });
    owed.collect()
}

fn of(books: &Books, units: &[UnitId], day: Date) -> Vec<Expected> {
    let tree = books.units.tree(Line::State, day);
    let reporter = |unit: &UnitId| {
        tree.place(*unit)?;
        let level = match books.units.get(*unit)?.kind_on(day).and_then(Kind::level)? {
            Tier::Commune => Level::Commune,
            Tier::Province => Level::Province,
            Tier::District => return None,
        };
        Some(Reporter { unit: *unit, level })
    };
    let reporters: Vec<Reporter> = units.iter().filter_map(reporter).collect();
    let Ok(calendar) = Calendar::vietnam() else { return Vec::new() };
    let until = day.checked_add(1.year()).unwrap_or(day);
    let last_known = calendar.years().max().and_then(|year| Date::new(year, 11, 30).ok());
    let until = last_known.map_or(until, |it| it.min(until));
    let forms = books.programmes.packs().iter().map(|it| it.forms.as_slice());
    // A form whose days can't be worked out is left out; the board of reports says so when it comes to it.
    forms
        .flat_map(|it| expected(it, &reporters, &(day..=until), &calendar).unwrap_or_default())
        .collect()
}
