//! Lists of units, and what became of them, in the formats that offices publish.
//!
//! [`read`] tells the format by its head and reads it; [`plan`] compares what it says with the units that are known, and
//! gives the changes that would make both agree, beside every doubt about it. Nothing is repaired on the way: where sources
//! disagree the plan says so, and where a file would give codes to the wrong units it is refused.
//!
//! | File | What it is |
//! |---|---|
//! | [`conversion`] | the General Statistics Office's table of 2025-07-01, old commune → new commune |
//! | [`list`] | lists of one day: with districts (CSV), without (JSON, CSV), provinces alone (CSV) |
//! | [`merges`] | the parts of each new commune as the resolutions say (JSON): compared only |
//! | [`statement`] | Dondoc's own CSV (docs/units.md) |

pub mod compare;
pub mod conversion;
mod diff;
mod doubt;
pub mod list;
pub mod merges;
pub mod statement;
mod succession;
mod text;

use dondoc_core::unit::{Change, Units};
use jiff::civil::Date;

pub use diff::MAX_GONE_PERCENT;
pub use doubt::{Doubt, DoubtKind};

/// A file about units, as it was read.
#[derive(Clone, Debug)]
pub enum UnitFile {
    /// Old commune → new commune on one day.
    Conversion(conversion::Conversion),
    /// The units of one day.
    List(list::UnitList),
    /// The parts of each new commune.
    Merges(merges::Merges),
    /// Units and changes in Dondoc's own form.
    Statements(Vec<statement::Statement>),
}

/// Bytes are no file about units.
#[derive(Debug, thiserror::Error)]
pub enum NotUnits {
    /// No format begins like this.
    #[error("no list of units begins like this; docs/units.md says what can be read")]
    UnknownFormat,
    /// Not UTF-8.
    #[error("not UTF-8; save the file as CSV UTF-8")]
    NotUtf8,
    /// A line is no CSV.
    #[error("line {line} can't be read as CSV")]
    Csv {
        /// From 1; 0 if unknown.
        line: u64,
    },
    /// Not the JSON that it looks like.
    #[error("not the JSON that it looks like")]
    Json(#[source] serde_json::Error),
}

/// What loading a file would do.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What would be appended, in order; empty if the file is refused, compared only, or says nothing new.
    pub changes: Vec<Change>,
    /// Everything that is unclear about the file, in the order of its rows.
    pub doubts: Vec<Doubt>,
    /// What becomes of the file.
    pub outcome: Outcome,
    /// The day for which the file vouches, if it is a list or a table of one day.
    pub vouches_on: Option<Date>,
}

/// What becomes of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Its changes are taken over.
    Loaded,
    /// It says nothing that is not known.
    Known,
    /// It was compared with what is known, and the differences are told; nothing of it is taken over.
    Compared,
    /// It contradicts what is known in a way that would spoil it: nothing of it is taken over.
    Refused,
}

/// When lists were made: what they date is known to lie between two of them.
#[derive(Clone, Debug, Default)]
pub struct Vouched {
    /// The days of the lists that are loaded.
    pub days: Vec<Date>,
}

impl Vouched {
    /// The last such day before another.
    #[must_use]
    pub fn before(&self, day: Date) -> Option<Date> {
        self.days.iter().copied().filter(|it| *it < day).max()
    }

    /// The last of all.
    #[must_use]
    pub fn last(&self) -> Option<Date> {
        self.days.iter().copied().max()
    }
}

/// Reads a file; `name` goes into the sources of changes, `on` is the day of a list that does not say itself.
///
/// The doubts are those about the file alone: spellings, codes given twice, notes that nobody knows.
///
/// # Errors
///
/// [`NotUnits`] if it is none of the formats.
pub fn read(
    name: &str,
    bytes: &[u8],
    on: Option<Date>,
) -> Result<(UnitFile, Vec<Doubt>), NotUnits> {
    let text = std::str::from_utf8(bytes).map_err(|_| NotUnits::NotUtf8)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let head = text.lines().next().unwrap_or_default();
    let start: String = text.chars().filter(|it| !it.is_whitespace()).take(24).collect();
    let mut doubts = Vec::new();
    let file = if head.starts_with("key,") {
        UnitFile::Statements(statement::read(name, text, &mut doubts)?)
    } else if head.contains("từ ngày") && head.contains("trước ngày") {
        UnitFile::Conversion(conversion::read(name, text, &mut doubts)?)
    } else if start.starts_with("{\"data\":[{\"level1_id\"") {
        UnitFile::Merges(merges::read(name, text)?)
    } else if start.starts_with("[{\"Code\":") {
        UnitFile::List(list::read_json(name, text, on, &mut doubts)?)
    } else {
        match list::Columns::of(head) {
            Some(columns) => {
                UnitFile::List(list::read_csv(name, text, (columns, on), &mut doubts)?)
            }
            None => return Err(NotUnits::UnknownFormat),
        }
    };
    Ok((file, doubts))
}

/// What loading a file on top of the known units would do. Loading it a second time does nothing.
#[must_use]
pub fn plan(units: &Units, vouched: &Vouched, file: &UnitFile) -> Plan {
    match file {
        UnitFile::Conversion(table) => succession::plan(units, vouched, table),
        UnitFile::List(list) => diff::plan(units, vouched, list),
        UnitFile::Merges(merges) => compare::plan(units, merges),
        UnitFile::Statements(statements) => statement::plan(units, statements),
    }
}
