//! The cells of a spreadsheet file, read within limits.
//!
//! What is kept grows with the cells that hold something, never with the corner that the sheet claims to reach.

use std::{collections::BTreeMap, io::Cursor};

use calamine::{Data, Reader, Xls, Xlsx};
use dondoc_core::finding::{Fault, Finding, Place};

use crate::number::{self, Field};

mod biff;
mod bounds;
pub(crate) mod plain;

/// The most rows of an old `.xls` sheet; what a program had to say after that, it dropped without a word.
pub(crate) const XLS_ROWS: u32 = 65_536;

/// What a reader is ready to take.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Rows of a sheet up to the last that holds something.
    pub(crate) rows: u32,
    /// Cells of a file that hold something.
    pub(crate) cells: usize,
}

/// A sheet.
#[derive(Clone, Debug, Default)]
pub(crate) struct Grid {
    /// As its tab says.
    pub(crate) name: String,
    /// What holds something, by row and column from 0.
    pub(crate) cells: BTreeMap<(u32, u16), Cell>,
    /// Merged cells: first and last row and column, from 0.
    pub(crate) merged: Vec<((u32, u16), (u32, u16))>,
}

/// A cell that holds something.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Cell {
    pub(crate) holds: Holds,
    /// Whether a formula worked it out.
    pub(crate) formula: bool,
    /// Whether the number is shown times a hundred with a per cent sign: 0.94 as 94%.
    pub(crate) per_cent: bool,
}

impl Cell {
    /// A number of the cell, as it is shown: a spreadsheet that shows 94% keeps 0.94.
    pub(crate) fn number(&self, number: f64, field: Field<'_>) -> Result<i64, Fault> {
        if !self.per_cent {
            return number::read_cell(number, field.decimals);
        }
        if field.measure != "%" {
            return Err(Fault::NotANumber { text: format!("{}%", number * 100.0) });
        }
        number::read_plain(&format!("{number}E2"), field.decimals)
    }
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Holds {
    Number(f64),
    Text(String),
    /// A day, a truth value, an error: words for the finding.
    Other(String),
}

impl Grid {
    /// The text of a cell; empty where there is none.
    pub(crate) fn text(&self, row: u32, column: u16) -> String {
        match self.cells.get(&(row, column)).map(|it| &it.holds) {
            None => String::new(),
            Some(Holds::Number(number)) => number.to_string(),
            Some(Holds::Text(text) | Holds::Other(text)) => text.trim().to_owned(),
        }
    }

    /// One past the last row that holds something.
    pub(crate) fn n_rows(&self) -> u32 {
        self.cells.last_key_value().map_or(0, |((row, _), _)| row + 1)
    }

    /// The cells of a row that hold something.
    pub(crate) fn row(&self, row: u32) -> impl Iterator<Item = (u16, &Cell)> {
        self.cells.range((row, 0)..=(row, u16::MAX)).map(|((_, column), cell)| (*column, cell))
    }

    /// Where a cell is, for a finding.
    pub(crate) fn place(&self, row: u32, column: u16) -> Place {
        Place {
            sheet: Some(self.name.clone()),
            row: Some(row + 1),
            column: Some(u32::from(column) + 1),
            cell: Some(name_of(row, column)),
            ..Place::default()
        }
    }
}

/// `D12`, from row and column counted from 0.
pub(crate) fn name_of(row: u32, column: u16) -> String {
    let mut letters = Vec::new();
    let mut rest = u32::from(column) + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.iter().rev().chain((row + 1).to_string().chars().collect::<Vec<_>>().iter()).collect()
}

/// The sheets of an `.xlsx` or `.xls` file, or of the plain form of one.
///
/// # Errors
///
/// A finding for the file: [`Fault::Broken`], or [`Fault::TooManyRows`] at the sheet.
pub(crate) fn open(bytes: &[u8], limits: Limits) -> Result<Vec<Grid>, Finding> {
    if plain::is_plain(bytes) {
        plain::read(bytes, limits)
    } else if bytes.starts_with(b"PK") {
        let place = Place::default();
        bounds::check_archive(bytes, limits).map_err(|fault| Finding { place, fault })?;
        xlsx(bytes, limits)
    } else if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        let sheets = bounds::check_compound(bytes).map_err(broken)?;
        xls(bytes, limits, &sheets)
    } else {
        Err(broken("neither .xlsx nor .xls"))
    }
}

#[expect(clippy::needless_pass_by_value, reason = "an error on its way to become words")]
fn broken(detail: impl ToString) -> Finding {
    Finding { place: Place::default(), fault: Fault::Broken { detail: detail.to_string() } }
}

fn too_many_rows(grid: &Grid, limit: u32) -> Finding {
    let place = Place { sheet: Some(grid.name.clone()), row: Some(limit), ..Place::default() };
    Finding { place, fault: Fault::TooManyRows { limit } }
}

fn xlsx(bytes: &[u8], limits: Limits) -> Result<Vec<Grid>, Finding> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let mut grids = Vec::new();
    let mut n_left = limits.cells;
    for name in book.sheet_names() {
        let mut grid = Grid { name, ..Grid::default() };
        let Ok(mut reader) = book.worksheet_cells_reader(&grid.name) else {
            // A sheet of charts or of macros holds no cells.
            continue;
        };
        while let Some(cell) = reader.next_cell_with_formula().map_err(broken)? {
            let formula = cell.formula.is_some();
            let shown = held(Data::from(cell.value));
            // A formula that shows nothing is still no blank.
            let Some(holds) = shown.or(formula.then(|| Holds::Text(String::new()))) else {
                continue;
            };
            let (row, column) = cell.pos;
            if row >= limits.rows {
                return Err(too_many_rows(&grid, limits.rows));
            }
            n_left = n_left.checked_sub(1).ok_or_else(|| broken("too many cells"))?;
            let Ok(column) = u16::try_from(column) else { continue };
            grid.cells.insert((row, column), Cell { holds, formula, per_cent: false });
        }
        let has_per_cent = reader.styles().iter().any(is_per_cent);
        drop(reader);
        if has_per_cent {
            mark_per_cent(&mut book, &mut grid).map_err(broken)?;
        }
        let merged = book.merge_cells_by_sheet_name(&grid.name).unwrap_or_default();
        grid.merged = merged.into_iter().filter_map(corners).collect();
        grids.push(grid);
    }
    Ok(grids)
}

fn is_per_cent(style: &calamine::Style) -> bool {
    let format = style.number_format.as_ref();
    format.is_some_and(|it| it.format_code.contains('%') || matches!(it.format_id, Some(9 | 10)))
}

fn mark_per_cent(
    book: &mut Xlsx<Cursor<&[u8]>>,
    grid: &mut Grid,
) -> Result<(), calamine::XlsxError> {
    let mut reader = book.worksheet_cells_reader(&grid.name)?;
    while let Some((row, column, style)) = reader.next_style_id()? {
        let is_it = reader.styles().get(style).is_some_and(is_per_cent);
        let Ok(column) = u16::try_from(column) else { continue };
        if let Some(cell) = grid.cells.get_mut(&(row, column)).filter(|_| is_it) {
            cell.per_cent = true;
        }
    }
    Ok(())
}

fn xls(bytes: &[u8], limits: Limits, sheets: &[biff::Sheet]) -> Result<Vec<Grid>, Finding> {
    let mut book = Xls::new(Cursor::new(bytes)).map_err(broken)?;
    let mut grids = Vec::new();
    let mut n_left = limits.cells;
    for name in book.sheet_names() {
        let mut grid = Grid { name, ..Grid::default() };
        let range = book.worksheet_range(&grid.name).map_err(broken)?;
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            let Some(holds) = held(value.clone()) else { continue };
            let (row, column) = (top + narrow(row), left + narrow(column));
            if row >= limits.rows.min(XLS_ROWS - 1) {
                return Err(too_many_rows(&grid, limits.rows.min(XLS_ROWS)));
            }
            n_left = n_left.checked_sub(1).ok_or_else(|| broken("too many cells"))?;
            let Ok(column) = u16::try_from(column) else { continue };
            grid.cells.insert((row, column), Cell { holds, formula: false, per_cent: false });
        }
        for place in sheets.get(grids.len()).into_iter().flat_map(|it| &it.formulas) {
            let shown = Cell { holds: Holds::Text(String::new()), formula: true, per_cent: false };
            grid.cells.entry(*place).or_insert(shown).formula = true;
        }
        for place in sheets.get(grids.len()).into_iter().flat_map(|it| &it.per_cent) {
            if let Some(cell) = grid.cells.get_mut(place) {
                cell.per_cent = true;
            }
        }
        let merged = book.merge_cells_by_sheet_name(&grid.name).unwrap_or_default();
        grid.merged = merged.into_iter().filter_map(corners).collect();
        grids.push(grid);
    }
    Ok(grids)
}

fn narrow(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

fn corners(it: calamine::Dimensions) -> Option<((u32, u16), (u32, u16))> {
    let last = u16::try_from(it.end.1).ok()?;
    Some(((it.start.0, u16::try_from(it.start.1).ok()?), (it.end.0, last)))
}

fn held(value: Data) -> Option<Holds> {
    Some(match value {
        Data::Empty => return None,
        Data::String(text) if text.trim().is_empty() => return None,
        Data::String(text) => Holds::Text(text),
        Data::Int(number) => match i32::try_from(number) {
            Ok(number) => Holds::Number(f64::from(number)),
            Err(_) => Holds::Text(number.to_string()),
        },
        Data::Float(number) => Holds::Number(number),
        Data::Bool(it) => Holds::Other(it.to_string().to_uppercase()),
        Data::Error(error) => Holds::Other(error.to_string()),
        Data::DateTime(at) => Holds::Other(day(&at)),
        Data::DateTimeIso(text) | Data::DurationIso(text) => Holds::Other(text),
    })
}

/// A day as Vietnamese write it, so that a clerk knows the `1.5` that the spreadsheet took for one.
fn day(at: &calamine::ExcelDateTime) -> String {
    let (year, month, day, ..) = at.to_ymd_hms_milli();
    format!("{day:02}/{month:02}/{year}")
}

#[cfg(test)]
mod tests;
