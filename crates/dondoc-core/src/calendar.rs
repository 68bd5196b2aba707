//! Working days: which days offices work, so that a deadline in working days is a day.
//!
//! Days off are announced year by year, so they are data (`data/holidays/`), and a year that is not there is unknown:
//! a deadline in it is refused, not guessed. Days that were not settled when the file was written are taken for working
//! days, which makes a deadline early rather than late, and the deadline says that it is not sure.

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};
use serde::Deserialize;

use crate::pack::Text;

mod due;
mod expected;
#[cfg(test)]
mod tests;

pub use due::Due;
pub use expected::{Expected, Received, Reporter, Tally, expected, tally, tally_by_unit};

/// The days off of Vietnamese offices, as they came with the program.
const VIETNAM: &str = include_str!("../../../data/holidays/vietnam.toml");

/// The days off and make-up days of some years.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    years: BTreeMap<i16, Year>,
}

/// The days off of a year.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Year {
    year: i16,
    settled: bool,
    source: String,
    off: Vec<Stretch>,
    #[serde(default)]
    works: Vec<MakeUp>,
    #[serde(default)]
    open: Vec<Stretch>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stretch {
    from: Date,
    to: Date,
    name: Text,
}

/// A Saturday that is worked for a day off in the week.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct MakeUp {
    on: Date,
    instead_of: Date,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    year: Vec<Year>,
}

/// What a day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayKind<'a> {
    /// Offices work.
    Working,
    /// A Saturday or Sunday.
    Weekend,
    /// A day off, by its name.
    Off(&'a Text),
    /// Perhaps off: it was not announced when the file was written. Why, in words.
    Open(&'a Text),
}

/// A calendar that can't be used, or does not reach far enough.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// The days off of a year are not there.
    #[error("the days off of {0} are not known; add the year to `data/holidays`")]
    UnknownYear(i16),
    /// The file is no calendar.
    #[error("the calendar can't be read: {0}")]
    Unreadable(String),
    /// A day is said to be off in a year that it is not in, twice, or worked without being a day of rest.
    #[error("{day} does not fit: {why}")]
    Contradiction {
        /// The day.
        day: Date,
        /// What is wrong with it.
        why: &'static str,
    },
    /// Past the last day that can be reckoned with.
    #[error("past the last day that can be reckoned with")]
    OutOfRange,
}

impl Calendar {
    /// The days off of Vietnamese offices that come with the program: 2024 to 2027, the last not settled yet.
    ///
    /// # Errors
    ///
    /// None that a test does not find before.
    pub fn vietnam() -> Result<Self, CalendarError> {
        Self::read(VIETNAM)
    }

    /// Reads a calendar in the form of `data/holidays/vietnam.toml`.
    ///
    /// # Errors
    ///
    /// It is no such file, or contradicts itself.
    pub fn read(text: &str) -> Result<Self, CalendarError> {
        let file: File =
            toml::from_str(text).map_err(|err| CalendarError::Unreadable(err.to_string()))?;
        let mut years = BTreeMap::new();
        for year in file.year {
            year.check()?;
            let day = jiff::civil::date(year.year, 1, 1);
            if years.insert(year.year, year).is_some() {
                return Err(CalendarError::Contradiction { day, why: "the year is there twice" });
            }
        }
        Ok(Self { years })
    }

    /// The years that are known.
    pub fn years(&self) -> impl Iterator<Item = i16> + '_ {
        self.years.keys().copied()
    }

    /// Where the days of a year are from.
    #[must_use]
    pub fn source(&self, year: i16) -> Option<&str> {
        self.years.get(&year).map(|it| it.source.as_str())
    }

    /// Whether all days off of a year had been announced; `None` if the year is unknown.
    #[must_use]
    pub fn is_settled(&self, year: i16) -> Option<bool> {
        self.years.get(&year).map(|it| it.settled)
    }

    /// What a day is.
    ///
    /// # Errors
    ///
    /// [`CalendarError::UnknownYear`].
    pub fn kind(&self, day: Date) -> Result<DayKind<'_>, CalendarError> {
        let year = self.years.get(&day.year()).ok_or(CalendarError::UnknownYear(day.year()))?;
        if year.works.iter().any(|it| it.on == day) {
            return Ok(DayKind::Working);
        }
        if let Some(off) = year.off.iter().find(|it| it.from <= day && day <= it.to) {
            return Ok(DayKind::Off(&off.name));
        }
        if is_weekend(day) {
            return Ok(DayKind::Weekend);
        }
        let open = year.open.iter().find(|it| it.from <= day && day <= it.to);
        Ok(open.map_or(DayKind::Working, |it| DayKind::Open(&it.name)))
    }
}

impl Year {
    fn check(&self) -> Result<(), CalendarError> {
        let stretches = || self.off.iter().chain(&self.open);
        for stretch in stretches() {
            let day = stretch.from;
            if stretch.from > stretch.to {
                return Err(CalendarError::Contradiction { day, why: "ends before it begins" });
            }
            if stretch.from.year() != self.year || stretch.to.year() != self.year {
                return Err(CalendarError::Contradiction { day, why: "is in another year" });
            }
            let n_around = stretches().filter(|it| it.from <= day && day <= it.to).count();
            if n_around > 1 {
                return Err(CalendarError::Contradiction { day, why: "is there twice" });
            }
        }
        for make_up in &self.works {
            let day = make_up.on;
            if day.year() != self.year || !is_weekend(day) {
                let why = "is worked, but is no day of rest of this year";
                return Err(CalendarError::Contradiction { day, why });
            }
            if !self
                .off
                .iter()
                .any(|it| it.from <= make_up.instead_of && make_up.instead_of <= it.to)
            {
                let why = "is worked for a day that is not off";
                return Err(CalendarError::Contradiction { day, why });
            }
        }
        Ok(())
    }
}

fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}
