//! Where the rows and columns of a form are in a sheet.

use std::collections::HashMap;

use dondoc_core::fold::bare;

use crate::{
    grid::Grid,
    workbook::{
        layout::{Layout, Line},
        stamp,
    },
};

/// How far down the line of column numbers is looked for.
const HEADING_ROWS: u32 = 200;

/// Where columns are, and from which row on the form's rows come.
pub(super) struct Map {
    /// The row of column numbers or keys.
    pub(super) heading_row: u32,
    /// The hidden column of row keys, if it is still there.
    keys: Option<u16>,
    /// The column of row numbers (STT).
    pub(super) number: u16,
    /// The column of titles.
    pub(super) title: u16,
    /// The column of units of measure.
    pub(super) measure: u16,
    /// The form's columns, in the order of the form.
    pub(super) columns: Vec<u16>,
    /// The last row that is a row of the form.
    pub(super) last_row: u32,
    /// The row of each line that was found.
    rows: HashMap<usize, u32>,
}

/// What a row of the sheet is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Match {
    /// This line of the layout.
    Line(usize),
    /// None of them.
    Unknown,
}

impl Map {
    /// Finds the line of column numbers, `A B C 1 2 …`, by its hidden copy or else by itself.
    pub(super) fn find(grid: &Grid, layout: &Layout<'_>) -> Option<Self> {
        let last = grid.n_rows().min(HEADING_ROWS);
        let marked = (0..last).find_map(|row| {
            let (column, _) =
                grid.row(row).find(|(column, _)| grid.text(row, *column) == stamp::COLUMNS)?;
            Self::of_row(grid, layout, row, Some(column))
        });
        let mut map =
            marked.or_else(|| (0..last).find_map(|row| Self::of_row(grid, layout, row, None)))?;
        // The visible line stands over its hidden copy; rows begin after the lower of the two.
        let next = map.heading_row + 1;
        if let Some(below) = Self::of_row(grid, layout, next, None)
            && map.keys.is_none()
        {
            map.heading_row = below.heading_row;
        }
        let rows = map.rows(grid, layout);
        for (row, found) in &rows {
            if let Match::Line(at) = found {
                map.rows.entry(*at).or_insert(*row);
                map.last_row = map.last_row.max(*row);
            }
        }
        Some(map)
    }

    fn of_row(grid: &Grid, layout: &Layout<'_>, row: u32, keys: Option<u16>) -> Option<Self> {
        let mut cells = grid.row(row).filter(|(column, _)| Some(*column) != keys);
        let mut next = |wanted: &str| {
            cells
                .by_ref()
                .find(|(column, _)| grid.text(row, *column) == wanted)
                .map(|(column, _)| column)
        };
        let (number, title, measure) = (next("A")?, next("B")?, next("C")?);
        let columns =
            layout.columns.iter().map(|it| next(it.number.trim())).collect::<Option<Vec<_>>>()?;
        let rows = HashMap::new();
        Some(Self { heading_row: row, keys, number, title, measure, columns, last_row: row, rows })
    }

    /// The rows under the heading that hold anything, and what each is.
    pub(super) fn rows(&self, grid: &Grid, layout: &Layout<'_>) -> Vec<(u32, Match)> {
        let mut rows: Vec<u32> = Vec::new();
        for ((row, _), _) in grid.cells.range((self.heading_row + 1, 0)..) {
            if rows.last() != Some(row) {
                rows.push(*row);
            }
        }
        rows.into_iter().map(|row| (row, self.line(grid, layout, row))).collect()
    }

    /// By the hidden key, unless the words that the user sees say plainly that the row is another one.
    fn line(&self, grid: &Grid, layout: &Layout<'_>, row: u32) -> Match {
        let key = self.keys.map(|it| grid.text(row, it)).filter(|it| !it.is_empty());
        let number = grid.text(row, self.number);
        let title = bare(&grid.text(row, self.title));
        let by_key = key.and_then(|key| layout.lines.iter().position(|it| it.key == key));
        let seen = |line: &Line<'_>| bare(&line.title) == title;
        if let Some(at) = by_key
            && (title.is_empty() || seen(&layout.lines[at]))
        {
            return Match::Line(at);
        }
        if title.is_empty() {
            return Match::Unknown;
        }
        let same_title: Vec<usize> =
            (0..layout.lines.len()).filter(|at| seen(&layout.lines[*at])).collect();
        let same_both: Vec<usize> = same_title
            .iter()
            .copied()
            .filter(|at| layout.lines[*at].number.trim() == number)
            .collect();
        match (same_both.as_slice(), same_title.as_slice()) {
            ([at], _) => Match::Line(*at),
            ([], [at]) if number.is_empty() => Match::Line(*at),
            _ => Match::Unknown,
        }
    }

    /// Where the cell of a line and column is; `None` if the row is gone.
    pub(super) fn place_of(&self, line: usize, column: usize) -> Option<(u32, u16)> {
        Some((*self.rows.get(&line)?, *self.columns.get(column)?))
    }
}
