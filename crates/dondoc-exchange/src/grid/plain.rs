//! Sheets in a plain form: what a workbook holds, once a process with limits has taken it apart.
//!
//! Archives, XML and records of strangers are for a process that may die ([`flatten`]); what it gives back is read here, by
//! every reader of workbooks, as if it were the workbook itself. It is one line that names it, and JSON behind it; numbers
//! go as the bits of their doubles, so that none is another one on the way.

use dondoc_core::finding::{Fault, Finding, Place};
use serde::{Deserialize, Serialize};

use super::{Cell, Grid, Holds, Limits, broken, open, too_many_rows};

/// What the plain form begins with; no workbook does.
const NAME: &str = "dondoc sheets 1\n";

/// As much as any reader of workbooks takes; each has narrower limits of its own.
const WIDEST: Limits = Limits { rows: 1_048_575, cells: 4_000_000 };

/// A workbook, or why it can't be read.
#[derive(Serialize, Deserialize)]
enum Book {
    Sheets(Vec<Sheet>),
    TooManyRows { sheet: Option<String>, limit: u32 },
    Broken(String),
}

#[derive(Serialize, Deserialize)]
struct Sheet {
    name: String,
    /// First and last row and column.
    merged: Vec<((u32, u16), (u32, u16))>,
    cells: Vec<Kept>,
}

/// A cell: row, column, what it holds, whether a formula made it, whether it is shown in per cent.
type Kept = (u32, u16, Shown, bool, bool);

#[derive(Serialize, Deserialize)]
enum Shown {
    /// The bits of a double.
    N(u64),
    T(String),
    O(String),
}

/// Whether bytes are a workbook, by how they begin: `.xlsx` or `.xls`.
#[must_use]
pub fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0])
}

/// Whether bytes are the plain form of sheets.
#[must_use]
pub fn is_plain(bytes: &[u8]) -> bool {
    bytes.starts_with(NAME.as_bytes())
}

/// The plain form of a workbook; of one that can't be read, the plain form of why.
#[must_use]
pub fn flatten(bytes: &[u8]) -> String {
    written(&match open(bytes, WIDEST) {
        Ok(grids) => Book::Sheets(grids.into_iter().map(Sheet::from).collect()),
        Err(Finding { place, fault: Fault::TooManyRows { limit } }) => {
            Book::TooManyRows { sheet: place.sheet, limit }
        }
        Err(Finding { fault: Fault::Broken { detail }, .. }) => Book::Broken(detail),
        Err(Finding { .. }) => Book::Broken(String::new()),
    })
}

/// The plain form of a workbook that nobody could read, and why.
#[must_use]
pub fn refused(detail: &str) -> String {
    written(&Book::Broken(detail.to_owned()))
}

fn written(book: &Book) -> String {
    // Made of numbers, strings and lists: there is nothing in it that JSON can't hold.
    let json = serde_json::to_string(book).unwrap_or_default();
    format!("{NAME}{json}")
}

/// The sheets of the plain form.
///
/// # Errors
///
/// As [`open`].
pub(super) fn read(bytes: &[u8], limits: Limits) -> Result<Vec<Grid>, Finding> {
    let json = bytes.get(NAME.len()..).unwrap_or_default();
    let sheets = match serde_json::from_slice(json).map_err(broken)? {
        Book::Sheets(sheets) => sheets,
        Book::Broken(detail) => return Err(broken(detail)),
        Book::TooManyRows { sheet, limit } => {
            let limit = limit.min(limits.rows);
            let place = Place { row: sheet.as_ref().map(|_| limit), sheet, ..Place::default() };
            return Err(Finding { place, fault: Fault::TooManyRows { limit } });
        }
    };
    let mut n_left = limits.cells;
    sheets.into_iter().map(|it| it.grid(limits.rows, &mut n_left)).collect()
}

impl Sheet {
    fn grid(self, max_rows: u32, n_left: &mut usize) -> Result<Grid, Finding> {
        let mut grid = Grid { name: self.name, merged: self.merged, ..Grid::default() };
        for (row, column, shown, formula, per_cent) in self.cells {
            if row >= max_rows {
                return Err(too_many_rows(&grid, max_rows));
            }
            *n_left = n_left.checked_sub(1).ok_or_else(|| broken("too many cells"))?;
            let holds = match shown {
                Shown::N(bits) => Holds::Number(f64::from_bits(bits)),
                Shown::T(text) => Holds::Text(text),
                Shown::O(text) => Holds::Other(text),
            };
            grid.cells.insert((row, column), Cell { holds, formula, per_cent });
        }
        Ok(grid)
    }
}

impl From<Grid> for Sheet {
    fn from(grid: Grid) -> Self {
        let kept = |((row, column), it): ((u32, u16), Cell)| {
            let shown = match it.holds {
                Holds::Number(number) => Shown::N(number.to_bits()),
                Holds::Text(text) => Shown::T(text),
                Holds::Other(text) => Shown::O(text),
            };
            (row, column, shown, it.formula, it.per_cent)
        };
        let cells = grid.cells.into_iter().map(kept).collect();
        Self { name: grid.name, merged: grid.merged, cells }
    }
}
