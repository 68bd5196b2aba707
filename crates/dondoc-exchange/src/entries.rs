//! Entries of a register as a table, one a row: as the workbook to fill in, as an export, and read back.
//!
//! The columns are made from the register: the unit, then its fields by their names. What is written reads back as it was,
//! in workbooks and in CSV; nothing that is written is ever a formula. Whether an entry may be kept, the ledger says.

use dondoc_core::{
    entry::Fields,
    finding::Finding,
    pack::{Breakdown, Field, Pack, Register},
    unit::UnitId,
};
use jiff::civil::Date;

mod cell;
mod day;
mod read;
mod shown;
mod table;
#[cfg(test)]
mod tests;
mod write;

pub use day::read as read_day;
pub use read::{read, read_csv};
pub use shown::shown;
pub use table::write_csv;
pub use write::{Purpose, write};

/// The heading of the column with the unit.
pub(crate) const UNIT: &str = "Đơn vị";

/// The most rows of a file that are taken in at a time.
pub const MAX_ROWS: u32 = 5_000;

/// The register that a table is of, and what is asked about what it names.
#[derive(Clone, Copy)]
pub struct Paper<'a> {
    /// The pack of the register.
    pub pack: &'a Pack,
    /// The register.
    pub register: &'a Register,
    /// How a unit is written: by its name, or by its code where several have that name.
    pub unit_name: &'a dyn Fn(UnitId) -> String,
    /// Which units are meant by a name or a code.
    pub find_unit: &'a dyn Fn(&str) -> Vec<UnitId>,
    /// What a stored document is called; `None` if there is none of that number.
    pub document: &'a dyn Fn(i64) -> Option<String>,
    /// The day that `hôm nay` and days without a year are read by.
    pub today: Date,
}

impl std::fmt::Debug for Paper<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Paper").field("register", &self.register.code).finish_non_exhaustive()
    }
}

/// An entry that goes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Whose.
    pub unit: UnitId,
    /// What was noted down.
    pub fields: Fields,
}

/// What a file brought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrived {
    /// The rows that hold something.
    pub rows: Vec<Row>,
    /// What is wrong with the file as a whole.
    pub findings: Vec<Finding>,
}

/// A row that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number in the file, from 1.
    pub number: u32,
    /// Whose entry it is, if that could be read.
    pub unit: Option<UnitId>,
    /// What could be read.
    pub fields: Fields,
    /// What is wrong with it, each at its cell.
    pub findings: Vec<Finding>,
}

/// The heading of a field's column: its name, with the unit of measure.
pub(crate) fn heading(field: &Field) -> String {
    match &field.measure {
        Some(measure) => format!("{} ({measure})", field.name.vi),
        None => field.name.vi.clone(),
    }
}

/// The options of a field.
pub(crate) fn options<'p>(pack: &'p Pack, field: &Field) -> Option<&'p Breakdown> {
    field.options.as_deref().and_then(|it| pack.breakdown(it))
}
