//! Reads a workbook back.

use std::collections::{HashMap, HashSet};

use dondoc_core::{
    figure::{self, Content, Figure, Series, Source},
    finding::{Fault, Finding, Place},
};

use crate::{
    grid::{self, Grid, Limits},
    number::Entered,
    passage::Placed,
    workbook::{
        Difference, Filled, Paper, Written, figure_of,
        layout::{Layout, Line, Part, Slot},
        read::{
            cells::{Entry, entry, looks_like_a_number},
            map::{Map, Match},
        },
        stamp,
        write::note,
    },
};

mod cells;
mod map;

/// No form has more rows; a sheet that does is something else.
const LIMITS: Limits = Limits { rows: 20_000, cells: 500_000 };

/// What a filled-in workbook says, held against the figures now in force for its unit and period.
///
/// Takes `.xlsx` and `.xls`. Nothing is applied here, so a dry run is this very call.
#[must_use]
pub fn read(bytes: &[u8], paper: &Paper<'_>, current: &[Figure]) -> Filled {
    let grids = match grid::open(bytes, LIMITS) {
        Ok(grids) => grids,
        Err(finding) => return Filled { findings: vec![finding], ..Filled::default() },
    };
    let layout = Layout::new(paper.pack, paper.form);
    let stamp = grids.iter().find(|it| it.name == stamp::SHEET);
    let sheets = grids.iter().filter(|it| it.name != stamp::SHEET);
    let Some((grid, map)) = sheets.filter_map(|it| Some((it, Map::find(it, &layout)?))).next()
    else {
        let wanted = format!("{}: A, B, C, 1 …", paper.form.code);
        let mut findings = stamp.map(|it| stamp::check(it, paper, &layout)).unwrap_or_default();
        findings.push(Finding { place: Place::default(), fault: Fault::NotThere { wanted } });
        return Filled { findings, is_stamped: stamp.is_some(), ..Filled::default() };
    };
    let findings = match stamp {
        Some(stamp) => stamp::check(stamp, paper, &layout),
        None => stamp::check_heading(grid, map.heading_row, paper),
    };
    let filled = Filled { findings, is_stamped: stamp.is_some(), ..Filled::default() };
    if filled.has_errors() {
        // Of another form every row would be wrong, which says nothing more.
        return filled;
    }
    let mut reading = Reading {
        grid,
        map: &map,
        layout: &layout,
        paper,
        filled,
        entries: HashMap::new(),
        notes: HashMap::new(),
    };
    reading.rows();
    reading.figures(current);
    reading.filled
}

/// What stands in a cell of the form, and where.
struct Standing {
    entry: Option<Entry>,
    row: u32,
    column: u16,
}

/// A workbook while it is read.
struct Reading<'a> {
    grid: &'a Grid,
    map: &'a Map,
    layout: &'a Layout<'a>,
    paper: &'a Paper<'a>,
    filled: Filled,
    /// By line and column of the layout.
    entries: HashMap<(usize, usize), Standing>,
    /// By line of the layout.
    notes: HashMap<usize, String>,
}

impl Reading<'_> {
    fn rows(&mut self) {
        let rows = self.map.rows(self.grid, self.layout);
        let mut seen = HashSet::new();
        for (row, found) in &rows {
            match found {
                Match::Line(at) => {
                    seen.insert(*at);
                    self.line(*row, *at);
                }
                Match::Unknown => self.unknown(*row),
            }
        }
        self.merged(&rows);
        for (at, line) in self.layout.lines.iter().enumerate() {
            if line.indicator.is_some() && !seen.contains(&at) {
                self.filled
                    .rows_not_there
                    .push(format!("{} {}", line.number, line.title).trim().to_owned());
            }
        }
    }

    fn line(&mut self, row: u32, at: usize) {
        let line = &self.layout.lines[at];
        for (column, cell) in self.grid.row(row) {
            let Some(of) = self.map.columns.iter().position(|it| *it == column) else {
                if column > self.map.measure && looks_like_a_number(cell) && !cell.formula {
                    self.filled.not_taken.push(self.place(line, row, column));
                }
                continue;
            };
            match &line.slots[of] {
                Slot::Input(..) => self.input((at, of), line, row, column),
                Slot::Note => {
                    let text = self.grid.text(row, column);
                    if !text.is_empty() {
                        self.notes.insert(at, text);
                    }
                }
                Slot::Nothing if looks_like_a_number(cell) => {
                    let place = self.place(line, row, column);
                    self.filled.findings.push(Finding { place, fault: Fault::NotReportedHere });
                }
                Slot::Sum(..) | Slot::Share if looks_like_a_number(cell) && !cell.formula => {
                    self.filled.not_taken.push(self.place(line, row, column));
                }
                _ => {}
            }
        }
    }

    fn input(&mut self, key: (usize, usize), line: &Line<'_>, row: u32, column: u16) {
        let Some(cell) = self.grid.cells.get(&(row, column)) else { return };
        let read = entry(cell, line);
        if !matches!(&read, Ok(it) if it.typed.entered == Entered::Blank) {
            self.filled.written.push(Written {
                row: line.number.to_owned(),
                column: self.layout.columns[key.1].number.clone(),
                text: cells::text(&read, line, || self.grid.text(row, column)),
                place: self.place(line, row, column),
            });
        }
        let entry = match read {
            Ok(entry) if entry.typed.entered == Entered::Blank => return,
            Ok(entry) => Some(entry),
            Err(fault) => {
                let place = self.place(line, row, column);
                self.filled.findings.push(Finding { place, fault });
                None
            }
        };
        if let Some(first) = self.entries.get(&key) {
            let first = grid::name_of(first.row, first.column);
            let place = self.place(line, row, column);
            self.filled.findings.push(Finding { place, fault: Fault::Duplicate { first } });
            return;
        }
        self.entries.insert(key, Standing { entry, row, column });
    }

    /// A row of nobody's with numbers in the form's columns.
    fn unknown(&mut self, row: u32) {
        let cells = self
            .map
            .columns
            .iter()
            .filter_map(|column| Some((*column, self.grid.cells.get(&(row, *column))?)));
        let inside = row <= self.map.last_row;
        let figure = cells
            .filter(|(column, _)| !self.is_note(*column))
            .find(|(_, cell)| looks_like_a_number(cell) || (inside && cells::has_digits(cell)));
        if let Some((column, _)) = figure {
            let words =
                [self.map.number, self.map.title].map(|it| self.grid.text(row, it)).join(" ");
            let text = match words.trim() {
                "" => grid::name_of(row, column),
                words => words.to_owned(),
            };
            let place = self.grid.place(row, column);
            self.filled.findings.push(Finding { place, fault: Fault::UnknownRow { text } });
        }
    }

    fn is_note(&self, column: u16) -> bool {
        let of = self.map.columns.iter().position(|it| *it == column);
        of.is_some_and(|at| self.layout.columns[at].shows == dondoc_core::pack::Shows::Note)
    }

    /// Merged cells over cells that are typed in: which of them the number belongs to, nobody can say.
    fn merged(&mut self, rows: &[(u32, Match)]) {
        for ((top, left), (bottom, right)) in &self.grid.merged {
            if top == bottom && left == right {
                continue;
            }
            let over = rows.iter().find_map(|(row, found)| {
                let Match::Line(at) = found else { return None };
                let line = &self.layout.lines[*at];
                let column = self.map.columns.iter().enumerate().find(|(of, column)| {
                    (left..=right).contains(column) && line.takes_figure(*of)
                })?;
                (top..=bottom).contains(&row).then_some((line, *row, *column.1))
            });
            let Some((line, row, column)) = over else { continue };
            let range =
                format!("{}:{}", grid::name_of(*top, *left), grid::name_of(*bottom, *right));
            let place = self.place(line, row, column);
            self.filled.findings.push(Finding { place, fault: Fault::MergedCells { range } });
        }
    }

    fn figures(&mut self, current: &[Figure]) {
        let mut taken: HashMap<Series, (Content, Place)> = HashMap::new();
        for (at, line) in self.layout.lines.iter().enumerate() {
            for (of, slot) in line.slots.iter().enumerate() {
                let Slot::Input(series, part) = slot else { continue };
                if *part == Part::Denominator {
                    continue;
                }
                let Some(found) = self.figure(at, of, series) else {
                    self.cleared(at, of, figure_of(current, series));
                    continue;
                };
                if let Some((content, place)) = taken.get(series) {
                    if *content != found.figure.content {
                        let first = place.cell.clone().unwrap_or_default();
                        self.filled.findings.push(Finding {
                            place: found.place,
                            fault: Fault::Duplicate { first },
                        });
                    }
                    continue;
                }
                taken.insert(series.clone(), (found.figure.content, found.place.clone()));
                self.compare(line, found, current);
            }
        }
        for (at, note) in std::mem::take(&mut self.notes) {
            self.orphan_note(at, &note, current);
        }
        self.filled.not_taken.sort_by_key(|it| (it.row, it.column));
    }

    /// The figure of a cell, or of the two cells of a share.
    fn figure(&mut self, at: usize, of: usize, series: &Series) -> Option<Placed> {
        let line = &self.layout.lines[at];
        let other = line
            .slots
            .iter()
            .position(|it| matches!(it, Slot::Input(it, Part::Denominator) if it == series));
        let first = self.entries.get(&(at, of));
        let second = other.and_then(|of| self.entries.get(&(at, of)));
        let standing = first.or(second)?;
        let (row, column) = (standing.row, standing.column);
        let place = self.place(line, row, column);
        // A cell that could not be read has its finding already.
        let read = |it: Option<&Standing>| it.map_or(Some(None), |it| it.entry.map(Some));
        let (one, two) = (read(first)?, read(second)?);
        let is_ratio = other.is_some();
        let Some(content) = cells::content(one, two, is_ratio) else {
            self.filled.findings.push(Finding { place, fault: Fault::RatioWithoutParts });
            return None;
        };
        let words = one.or(two)?.typed;
        let source = Source::Form {
            form: self.paper.form.code.clone(),
            row: line.number.to_owned(),
            column: self.layout.columns[of].number.clone(),
        };
        let figure = Figure {
            series: series.clone(),
            content,
            qualifier: words.qualifier.unwrap_or_default(),
            status: words.status.unwrap_or(self.paper.status),
            source,
            reason: self.notes.get(&at).cloned(),
        };
        let cell = figure::Cell {
            unit: self.paper.unit,
            series: series.clone(),
            period: self.paper.period,
        };
        Some(Placed { cell, figure, place })
    }

    /// Keeps a figure, and the difference if there is one. A note that was not touched leaves each figure its own reason.
    fn compare(&mut self, line: &Line<'_>, mut found: Placed, current: &[Figure]) {
        let old = figure_of(current, &found.cell.series);
        let shown = note(current, line);
        let has_note = line.slots.contains(&Slot::Note);
        if !has_note || found.figure.reason.as_deref().unwrap_or_default() == shown.trim() {
            found.figure.reason = old.and_then(|it| it.reason.clone());
        }
        let is_same = old.is_some_and(|it| {
            let new = &found.figure;
            (it.content, it.qualifier, it.status, &it.reason)
                == (new.content, new.qualifier, new.status, &new.reason)
        });
        if !is_same {
            self.filled.differences.push(Difference {
                series: found.cell.series.clone(),
                old: old.cloned(),
                new: Some(found.figure.clone()),
                place: found.place.clone(),
            });
        }
        self.filled.figures.push(found);
    }

    /// A figure in force whose cell is blank now; a row that is gone clears nothing.
    fn cleared(&mut self, at: usize, of: usize, old: Option<&Figure>) {
        let line = &self.layout.lines[at];
        let Some((row, column)) = self.map.place_of(at, of) else { return };
        let Some(old) = old else { return };
        if self.entries.contains_key(&(at, of)) {
            return;
        }
        let place = self.place(line, row, column);
        let series = old.series.clone();
        self.filled.differences.push(Difference {
            series,
            old: Some(old.clone()),
            new: None,
            place,
        });
    }

    /// A note on a row that has no figure belongs to nothing.
    fn orphan_note(&mut self, at: usize, note: &str, current: &[Figure]) {
        let line = &self.layout.lines[at];
        let has_figure =
            line.slots.iter().enumerate().any(|(of, _)| self.entries.contains_key(&(at, of)));
        let column = line.slots.iter().position(|it| *it == Slot::Note);
        if has_figure || note == self::note(current, line) {
            return;
        }
        if let Some((row, column)) = column.and_then(|of| self.map.place_of(at, of)) {
            self.filled.not_taken.push(self.place(line, row, column));
        }
    }

    fn place(&self, line: &Line<'_>, row: u32, column: u16) -> Place {
        let indicator = line.indicator.map(|it| it.code.clone());
        Place { indicator, ..self.grid.place(row, column) }
    }
}
