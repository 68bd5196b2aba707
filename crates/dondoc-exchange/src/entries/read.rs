//! Reads a table of entries.

use std::collections::{BTreeMap, BTreeSet};

use csv::ReaderBuilder;
use dondoc_core::{
    entry::{self, Fields},
    finding::{Fault, Finding, Place},
    fold::bare,
    pack::Field,
    unit::UnitId,
};

use crate::{
    entries::{Arrived, MAX_ROWS, Paper, Row, UNIT, cell, heading},
    grid::{self, Cell, Grid, Holds, Limits, name_of},
    quoting,
};

/// Title and notes above the headings.
const MAX_TITLE_ROWS: u32 = 20;

/// The entries in an `.xlsx` or `.xls` file: those of the first sheet that has the headings of the register.
///
/// A row without a unit is one of `unit`, if there is one.
#[must_use]
pub fn read(bytes: &[u8], paper: &Paper<'_>, unit: Option<UnitId>) -> Arrived {
    let limits = Limits { rows: MAX_ROWS + MAX_TITLE_ROWS, cells: 400_000 };
    let grids = match grid::open(bytes, limits) {
        Ok(grids) => grids,
        Err(finding) => return Arrived { rows: Vec::new(), findings: vec![finding] },
    };
    let found = grids.iter().find_map(|grid| Some((grid, Columns::find(grid, paper)?)));
    match found {
        Some((grid, columns)) => Table { paper, unit, grid, columns }.read(),
        None => Arrived { rows: Vec::new(), findings: vec![no_headings(paper)] },
    }
}

/// The entries in a CSV file, between semicolons, commas or tabs, in UTF-8.
#[must_use]
pub fn read_csv(bytes: &[u8], paper: &Paper<'_>, unit: Option<UnitId>) -> Arrived {
    let broken = |detail: String| {
        let finding = Finding { place: Place::default(), fault: Fault::Broken { detail } };
        Arrived { rows: Vec::new(), findings: vec![finding] }
    };
    let Ok(text) = std::str::from_utf8(bytes) else {
        return broken("UTF-8".to_owned());
    };
    let grid = match cells(text.strip_prefix('\u{feff}').unwrap_or(text)) {
        Ok(grid) => grid,
        Err(detail) => return broken(detail),
    };
    if grid.n_rows() > MAX_ROWS + MAX_TITLE_ROWS {
        let fault = Fault::TooManyRows { limit: MAX_ROWS };
        let findings = vec![Finding { place: Place::default(), fault }];
        return Arrived { rows: Vec::new(), findings };
    }
    match Columns::find(&grid, paper) {
        Some(columns) => Table { paper, unit, grid: &grid, columns }.read(),
        None => Arrived { rows: Vec::new(), findings: vec![no_headings(paper)] },
    }
}

fn no_headings(paper: &Paper<'_>) -> Finding {
    let first = paper.register.fields.first().map(heading).unwrap_or_default();
    let wanted = format!("{UNIT}; {first}");
    Finding { place: Place::default(), fault: Fault::NotThere { wanted } }
}

/// The cells of CSV: texts without the apostrophes that keep them from being formulas.
fn cells(text: &str) -> Result<Grid, String> {
    let first: String = text.lines().take(MAX_TITLE_ROWS as usize).collect();
    let most = [b';', b'\t', b','].into_iter().max_by_key(|mark| {
        // Of as many the first one: a semicolon is what Excel writes here.
        (first.bytes().filter(|it| it == mark).count(), *mark == b';')
    });
    let mut reader = ReaderBuilder::new()
        .delimiter(most.unwrap_or(b';'))
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut grid = Grid::default();
    for record in reader.records() {
        let record = record.map_err(|err| err.to_string())?;
        // The line on which it begins: a text may have several.
        let line = record.position().map_or(1, csv::Position::line);
        let row = u32::try_from(line.saturating_sub(1)).map_err(|err| err.to_string())?;
        for (column, text) in (0_u16..).zip(&record).filter(|it| !it.1.trim().is_empty()) {
            let text = quoting::unescaped(text).to_owned();
            let cell = Cell { holds: Holds::Text(text), formula: false, per_cent: false };
            grid.cells.insert((row, column), cell);
        }
    }
    Ok(grid)
}

/// Which column is for what.
struct Columns<'p> {
    /// The row of the headings.
    row: u32,
    unit: Option<u16>,
    fields: BTreeMap<u16, &'p Field>,
    /// Headings that the register has no field for.
    unknown: BTreeMap<u16, String>,
}

impl<'p> Columns<'p> {
    /// The first row that has the headings of most fields that are needed.
    fn find(grid: &Grid, paper: &Paper<'p>) -> Option<Self> {
        let rows = grid.n_rows().min(MAX_TITLE_ROWS);
        let needed = paper.register.fields.iter().filter(|it| it.required).count();
        (0..rows).map(|row| Self::of(grid, paper, row)).find(|it| {
            let n_found = it.fields.values().filter(|it| it.required).count();
            !it.fields.is_empty() && 2 * n_found >= needed
        })
    }

    fn of(grid: &Grid, paper: &Paper<'p>, row: u32) -> Self {
        let mut columns =
            Self { row, unit: None, fields: BTreeMap::new(), unknown: BTreeMap::new() };
        for (column, _) in grid.row(row) {
            let text = grid.text(row, column);
            // What is needed is marked with an asterisk.
            let asked = bare(&text);
            let is_it = |it: &&Field| {
                let names = [heading(it), it.name.vi.clone(), it.name.en.clone(), it.code.clone()];
                names.iter().any(|name| bare(name) == asked)
            };
            let taken = |it: &&Field| columns.fields.values().all(|other| other.code != it.code);
            if columns.unit.is_none() && (asked == bare(UNIT) || asked == "unit") {
                columns.unit = Some(column);
            } else if let Some(field) =
                paper.register.fields.iter().filter(is_it).find(|it| taken(it))
            {
                columns.fields.insert(column, field);
            } else {
                columns.unknown.insert(column, text);
            }
        }
        columns
    }
}

/// A table while it is read.
struct Table<'a, 'p> {
    paper: &'a Paper<'p>,
    unit: Option<UnitId>,
    grid: &'a Grid,
    columns: Columns<'p>,
}

impl Table<'_, '_> {
    fn read(&self) -> Arrived {
        let mut arrived = Arrived::default();
        let mut seen: BTreeMap<u32, ()> = BTreeMap::new();
        for ((row, _), _) in self.grid.cells.range((self.columns.row + 1, 0)..) {
            if seen.insert(*row, ()).is_none() {
                arrived.rows.push(self.row(*row));
            }
        }
        let merged = self.grid.merged.iter().filter(|(_, last)| last.0 > self.columns.row);
        for (first, last) in merged.filter(|(first, _)| first.0 > self.columns.row) {
            let range = format!("{}:{}", name_of(first.0, first.1), name_of(last.0, last.1));
            let place = self.grid.place(first.0, first.1);
            arrived.findings.push(Finding { place, fault: Fault::MergedCells { range } });
        }
        arrived
    }

    fn row(&self, row: u32) -> Row {
        let (mut fields, mut findings) = (Fields::new(), Vec::new());
        let mut unread = BTreeSet::new();
        let mut unit = None;
        for (column, cell) in self.grid.row(row) {
            let place = || self.grid.place(row, column);
            if let Some(field) = self.columns.fields.get(&column) {
                match cell::read(self.paper, field, cell) {
                    Ok(value) => fields.extend(value.map(|it| (field.code.clone(), it))),
                    Err(fault) => {
                        unread.insert(field.code.as_str());
                        findings.push(Finding { place: place(), fault });
                    }
                }
            } else if self.columns.unit == Some(column) {
                let found = cell::unit(self.paper, &self.grid.text(row, column));
                match found {
                    Ok(it) => unit = Some(it),
                    Err(fault) => findings.push(Finding { place: place(), fault }),
                }
            } else {
                let field = self.columns.unknown.get(&column).cloned().unwrap_or_default();
                findings.push(Finding { place: place(), fault: Fault::UnknownField { field } });
            }
        }
        let says_unit =
            self.columns.unit.is_some_and(|it| self.grid.cells.contains_key(&(row, it)));
        if !says_unit {
            unit = self.unit;
        }
        if unit.is_none() && !says_unit {
            let fault = Fault::FieldMissing { field: UNIT.to_owned() };
            findings.push(Finding { place: self.place_of(row, self.columns.unit), fault });
        }
        for mut finding in entry::check(self.paper.pack, self.paper.register, &fields) {
            let code = finding.place.cell.take();
            if code.as_deref().is_some_and(|it| unread.contains(it)) {
                continue;
            }
            // What a rule says of fields that could not be read is not worth telling.
            if code.is_none() && !unread.is_empty() {
                continue;
            }
            let column = self.columns.fields.iter().find(|it| Some(&it.1.code) == code.as_ref());
            finding.place = self.place_of(row, column.map(|it| *it.0));
            findings.push(finding);
        }
        Row { number: row + 1, unit, fields, findings }
    }

    /// A cell of a row, or the row where its column is not there.
    fn place_of(&self, row: u32, column: Option<u16>) -> Place {
        match column {
            Some(column) => self.grid.place(row, column),
            None => Place { column: None, cell: None, ..self.grid.place(row, 0) },
        }
    }
}
