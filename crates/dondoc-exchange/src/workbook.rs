//! The official form as a workbook: written as the paper form looks, prefilled, without macros, and read back cell by cell.
//!
//! Rows carry a hidden key and columns too, so that a sheet in which rows were moved, inserted or deleted is read as its
//! user sees it. What was typed as text is read by [`crate::number`]; what a spreadsheet kept as a number is taken only if
//! it is one with the digits that the indicator has. Reading applies nothing: it says what stands there, what is wrong with
//! it, and in what it differs from the figures now in force.

use dondoc_core::{
    figure::{Figure, Series, Status},
    finding::{Finding, Place},
    pack::{Form, Pack, Severity},
    period::Period,
    unit::UnitId,
};
use jiff::civil::Date;

use crate::passage::Placed;

pub use read::read;
pub use write::write;

mod layout;
mod read;
mod stamp;
mod write;

/// A form of one unit and period.
#[derive(Clone, Copy, Debug)]
pub struct Paper<'a> {
    /// The pack that the form belongs to.
    pub pack: &'a Pack,
    /// The form.
    pub form: &'a Form,
    /// Who fills it in.
    pub unit: UnitId,
    /// As the unit is called in that period: `UBND xã Bình An`.
    pub unit_name: &'a str,
    /// For when.
    pub period: Period,
    /// The first day that the period means by the form's closing rule.
    pub from: Date,
    /// The last.
    pub to: Date,
    /// Whether figures without a word about it are estimates or final.
    pub status: Status,
}

/// Figures of the same unit that stand on the form.
#[derive(Clone, Copy, Debug, Default)]
pub struct Beside<'a> {
    /// In force for the period: filled in beforehand.
    pub current: &'a [Figure],
    /// Of the period before.
    pub period_before: &'a [Figure],
    /// Of the same period of last year.
    pub year_before: &'a [Figure],
    /// From the start of the year.
    pub year_to_date: &'a [Figure],
    /// What was set as a target.
    pub plan: &'a [Figure],
}

/// A workbook could not be made.
#[derive(Debug, thiserror::Error)]
#[error("form `{form}` does not fit into a workbook; give it fewer columns or shorter titles")]
pub struct WorkbookError {
    /// The form.
    form: String,
    source: rust_xlsxwriter::XlsxError,
}

/// What a workbook says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    /// Every figure in it, changed or not.
    pub figures: Vec<Placed>,
    /// Every cell of the form that something stands in, readable or not.
    pub written: Vec<Written>,
    /// Where it differs from what is in force.
    pub differences: Vec<Difference>,
    /// What is wrong. With an error among them nothing may be applied.
    pub findings: Vec<Finding>,
    /// Rows of the form that the sheet no longer has, as printed: `2.1 Lớp đối tượng 2`. Their figures stay as they are.
    pub rows_not_there: Vec<String>,
    /// Numbers outside of the form's cells, which were not taken: a column of somebody's own, a total typed over.
    pub not_taken: Vec<Place>,
    /// Whether the hidden stamp was there; without it the form, unit and period were found by the heading.
    pub is_stamped: bool,
}

/// What stands in a cell of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The row as printed: `2.1`.
    pub row: String,
    /// The column as printed: `3`.
    pub column: String,
    /// A number as [`number::read`](crate::number::read) takes it in one way; what is none, as it stands there.
    pub text: String,
    /// Where it stands in the file.
    pub place: Place,
}

/// One cell before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Of what.
    pub series: Series,
    /// In force now.
    pub old: Option<Figure>,
    /// In the workbook; `None` where a figure in force was cleared.
    pub new: Option<Figure>,
    /// Where it stands.
    pub place: Place,
}

impl Filled {
    /// Whether anything is so wrong that nothing may be applied.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|it| it.severity() == Severity::Error)
    }
}

fn figure_of<'a>(figures: &'a [Figure], series: &Series) -> Option<&'a Figure> {
    figures.iter().find(|it| it.series == *series)
}

#[cfg(test)]
mod tests;
