//! Which documents must be there, and which are.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};

use crate::{fold::bare, followup::ExpectedDocument, pack::Level, unit::UnitId};

/// A document as far as it matters here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issued {
    /// Its number in the store.
    pub document_id: i64,
    /// The unit that issued it.
    pub unit: UnitId,
    /// The abbreviation of its type.
    pub kind: String,
    /// Its subject.
    pub title: Option<String>,
    /// The day of issue; `None` is unknown, and counts for no year.
    pub on: Option<Date>,
}

/// A document that a unit must have issued by a day, and has not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The code of what is expected.
    pub code: String,
    /// Who must issue it.
    pub unit: UnitId,
    /// The day by which it must be there.
    pub due: Date,
}

impl ExpectedDocument {
    /// The last day of a year on which it is in time; in a shorter month its last day.
    #[must_use]
    pub fn due_in(&self, year: i16) -> Option<Date> {
        let month = i8::try_from(self.by_month).ok().filter(|it| (1..=12).contains(it))?;
        let first = date(year, month, 1);
        let day = i8::try_from(self.by_day).ok()?.min(first.days_in_month());
        first.with().day(day).build().ok()
    }

    /// Whether a document is the one that is meant, of whatever year.
    #[must_use]
    pub fn is_met_by(&self, document: &Issued) -> bool {
        let title = document.title.as_deref().map(bare).unwrap_or_default();
        let has_all =
            |words: &String| bare(words).split_whitespace().all(|word| title.contains(word));
        document.kind == self.kind && self.words.iter().any(has_all)
    }
}

/// The documents of a year that must be there by a day and are not, unit by unit.
///
/// `units` are those that each level asks, in their order.
#[must_use]
pub fn missing(
    expected: &[ExpectedDocument],
    units: &[(UnitId, Level)],
    issued: &[Issued],
    (year, today): (i16, Date),
) -> Vec<Missing> {
    let mut all = Vec::new();
    for it in expected {
        let Some(due) = it.due_in(year).filter(|due| *due < today) else { continue };
        for (unit, _) in units.iter().filter(|(_, level)| it.level.covers(*level)) {
            let is_there = issued.iter().any(|document| {
                let year_of = document.on.map(Date::year);
                document.unit == *unit && year_of == Some(year) && it.is_met_by(document)
            });
            if !is_there {
                all.push(Missing { code: it.code.clone(), unit: *unit, due });
            }
        }
    }
    all
}

/// Which of the addressed units have issued a document of their own that follows from another; the first one counts.
#[must_use]
pub fn covered(addressed: &[UnitId], following: &[Issued]) -> BTreeMap<UnitId, Option<Issued>> {
    let first = |unit: &UnitId| {
        let mut own: Vec<&Issued> = following.iter().filter(|it| it.unit == *unit).collect();
        own.sort_by_key(|it| (it.on.unwrap_or(Date::MAX), it.document_id));
        own.first().map(|it| (*it).clone())
    };
    addressed.iter().map(|unit| (*unit, first(unit))).collect()
}
