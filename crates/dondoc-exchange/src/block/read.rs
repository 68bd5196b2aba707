//! Reads the table.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
    rc::Rc,
};

use csv::ReaderBuilder;
use dondoc_core::{
    figure::{self, Content, Figure, Source},
    finding::{Fault, Finding, Place},
    fold::bare,
    pack::Indicator,
    period::Period,
    unit::UnitId,
};

use crate::{
    block::{COLUMNS, Column, QUALIFIERS, STATUSES},
    grid::{self, Cell, Holds, Limits},
    number::{self, Entered, Field, Typed},
    passage::{Arrived, Ask, Gathering, Index, Lack, Placed},
    periods,
    quoting::unescaped,
};

/// The most lines that are read of one file.
const MAX_LINES: u32 = 2_000_000;

/// What a workbook with such a table may hold.
const LIMITS: Limits = Limits { rows: 1_048_575, cells: 4_000_000 };

/// How far down a workbook's headings are looked for.
const HEADING_ROWS: u32 = 20;

/// The figures of a CSV file.
#[must_use]
pub fn read(bytes: &[u8], ask: &Ask<'_>) -> Arrived {
    let text = match decoded(bytes) {
        Some(text) => text,
        None => return refused(Place::default(), Fault::Broken { detail: "not UTF-8".to_owned() }),
    };
    let first_line = text.lines().next().unwrap_or_default();
    let of_headings = |separator: &u8| {
        let separator = char::from(*separator);
        first_line
            .split(separator)
            .filter(|it| Column::by_heading(it.trim_matches('"')).is_some())
            .count()
    };
    let separator = [b';', b',', b'\t'].into_iter().rev().max_by_key(of_headings).unwrap_or(b';');
    let mut reader = ReaderBuilder::new()
        .delimiter(separator)
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut table = None;
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(err) => {
                return refused(Place::default(), Fault::Broken { detail: err.to_string() });
            }
        };
        let row =
            record.position().and_then(|it| u32::try_from(it.line()).ok()).unwrap_or(u32::MAX);
        let cells = (0..).zip(&record).filter(|(_, it)| !it.trim().is_empty());
        let cells = cells.map(|(column, it)| {
            (column, Cell { holds: Holds::Text(it.to_owned()), formula: false, per_cent: false })
        });
        let cells: Row = cells.collect();
        match &mut table {
            None => match Table::new(&cells, row, None, ask) {
                Ok(it) => table = Some(it),
                Err(refusal) => return refusal,
            },
            Some(_) if row > MAX_LINES => {
                return refused(at_row(row), Fault::TooManyRows { limit: MAX_LINES });
            }
            Some(table) => table.line(row, &cells),
        }
    }
    match table {
        Some(table) => table.gathering.finish(),
        None => refused(Place::default(), Fault::NotThere { wanted: COLUMNS[0].1.to_owned() }),
    }
}

/// The figures of a workbook whose first sheet has the same columns.
#[must_use]
pub fn read_workbook(bytes: &[u8], ask: &Ask<'_>) -> Arrived {
    let grids = match grid::open(bytes, LIMITS) {
        Ok(grids) => grids,
        Err(finding) => return refused(finding.place, finding.fault),
    };
    let rows = grids
        .iter()
        .flat_map(|grid| (0..grid.n_rows().min(HEADING_ROWS)).map(move |row| (grid, row)));
    let cells_of = |grid: &grid::Grid, row: u32| -> Row {
        grid.row(row).map(|(column, cell)| (column, cell.clone())).collect()
    };
    let n_headings = |grid: &grid::Grid, row: u32| {
        grid.row(row)
            .filter(|(column, _)| Column::by_heading(&grid.text(row, *column)).is_some())
            .count()
    };
    let Some((grid, heading)) = rows.clone().find(|(grid, row)| n_headings(grid, *row) >= 4) else {
        return refused(Place::default(), Fault::NotThere { wanted: COLUMNS[0].1.to_owned() });
    };
    let mut table = match Table::new(&cells_of(grid, heading), heading + 1, Some(&grid.name), ask) {
        Ok(table) => table,
        Err(refusal) => return refusal,
    };
    for ((top, left), (bottom, right)) in &grid.merged {
        if *bottom > heading && (top, left) != (bottom, right) {
            let range =
                format!("{}:{}", grid::name_of(*top, *left), grid::name_of(*bottom, *right));
            table.gathering.find(grid.place(*top, *left), Fault::MergedCells { range });
        }
    }
    for row in heading + 1..grid.n_rows() {
        table.line(row + 1, &cells_of(grid, row));
    }
    table.gathering.finish()
}

fn refused(place: Place, fault: Fault) -> Arrived {
    Arrived { findings: vec![Finding { place, fault }], ..Arrived::default() }
}

fn at_row(row: u32) -> Place {
    Place { row: Some(row), ..Place::default() }
}

/// The text of a file in UTF-8, or in the UTF-16 that Excel calls Unicode text.
fn decoded(bytes: &[u8]) -> Option<Cow<'_, str>> {
    if let Some(rest) = bytes.strip_prefix(&[0xff, 0xfe]) {
        let units = rest.chunks_exact(2).map(|it| u16::from_le_bytes([it[0], it[1]]));
        return char::decode_utf16(units).collect::<Result<String, _>>().ok().map(Cow::Owned);
    }
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    std::str::from_utf8(bytes).ok().map(Cow::Borrowed)
}

/// The cells of a row that hold something, by column.
type Row = BTreeMap<u16, Cell>;

/// A table while it is read.
struct Table<'a> {
    ask: &'a Ask<'a>,
    index: Index<'a>,
    sheet: Option<String>,
    columns: Rc<[(u16, Column)]>,
    units: HashMap<(String, Period), Result<UnitId, ()>>,
    /// The last that was asked for, and what it was.
    last_unit: Option<(String, Period, Option<UnitId>)>,
    gathering: Gathering,
}

impl<'a> Table<'a> {
    fn new(
        headings: &Row,
        row: u32,
        sheet: Option<&str>,
        ask: &'a Ask<'a>,
    ) -> Result<Self, Arrived> {
        let mut table = Self {
            ask,
            index: Index::new(ask.pack),
            sheet: sheet.map(str::to_owned),
            columns: Rc::default(),
            units: HashMap::new(),
            last_unit: None,
            gathering: Gathering::default(),
        };
        let mut headings: Vec<(u16, String)> =
            headings.iter().map(|(at, cell)| (*at, words(cell))).collect();
        headings.sort_unstable();
        let mut columns = Vec::new();
        for (at, heading) in headings {
            match Column::by_heading(&heading) {
                Some(column) => columns.push((at, column)),
                None => {
                    let place = table.place(row, at);
                    table.gathering.lose(None, place, Lack::Field(heading));
                }
            }
        }
        table.columns = columns.into();
        let has = |column: Column| table.columns.iter().any(|(_, it)| *it == column);
        let mut missing: Vec<Column> = [Column::Unit, Column::Indicator, Column::Period]
            .into_iter()
            .filter(|it| !has(*it))
            .collect();
        let has_parts = has(Column::Numerator) && has(Column::Denominator);
        if !has_parts && !has(Column::Value) {
            missing.push(Column::Value);
        }
        let names = COLUMNS.iter().filter(|it| missing.contains(&it.0));
        let findings: Vec<Finding> = names
            .map(|it| Finding {
                place: table.place(row, 0),
                fault: Fault::NotThere { wanted: it.1.to_owned() },
            })
            .collect();
        if findings.is_empty() {
            Ok(table)
        } else {
            Err(Arrived { findings, ..Arrived::default() })
        }
    }

    fn place(&self, row: u32, column: u16) -> Place {
        Place {
            sheet: self.sheet.clone(),
            row: Some(row),
            column: Some(u32::from(column) + 1),
            cell: Some(grid::name_of(row.saturating_sub(1), column)),
            ..Place::default()
        }
    }

    fn line(&mut self, row: u32, cells: &Row) {
        let columns = Rc::clone(&self.columns);
        let line = Line { row, cells, columns: &columns };
        if line.columns.iter().all(|(at, _)| !cells.contains_key(at)) {
            return;
        }
        if let Some(column) =
            line.columns.iter().map(|it| it.0).find(|it| cells.get(it).is_some_and(|it| it.formula))
        {
            let place = self.place(row, column);
            return self.gathering.find(place, Fault::Formula);
        }
        let place = |table: &Self, column: Column| table.place(row, line.at(column).unwrap_or(0));
        match self.figure(&line) {
            Ok(mut placed) => {
                placed.place.indicator = Some(placed.figure.series.indicator.clone());
                self.gathering.take(placed);
            }
            Err((column, fault)) => {
                let indicator = Some(line.text(Column::Indicator)).filter(|it| !it.is_empty());
                let place = Place { indicator, ..place(self, column) };
                self.gathering.find(place, fault);
            }
        }
    }

    fn figure(&mut self, line: &Line<'_>) -> Result<Placed, (Column, Fault)> {
        let text = line.text(Column::Period);
        let period = periods::read(&text);
        let period = period.ok_or((Column::Period, Fault::UnknownPeriod { period: text }))?;
        let unit = self.unit(&line.text(Column::Unit), period).map_err(|it| (Column::Unit, it))?;
        let (code, option) = (line.text(Column::Indicator), line.text(Column::Option));
        let code = unescaped(&code);
        self.index.indicator(code).map_err(|it| (Column::Indicator, it))?;
        let series = self.index.series(code, unescaped(&option));
        let (indicator, series) = series.map_err(|it| (Column::Option, it))?;
        let (content, typed) = content(line, indicator)?;
        let word = |column: Column| Some(line.text(column)).filter(|it| !it.is_empty());
        let qualifier = match word(Column::Qualifier) {
            Some(text) => code_of(&QUALIFIERS, &text)
                .ok_or((Column::Qualifier, Fault::UnknownOption { option: text }))?,
            None => typed.qualifier.unwrap_or_default(),
        };
        let status = match word(Column::Status) {
            Some(text) => code_of(&STATUSES, &text)
                .ok_or((Column::Status, Fault::UnknownOption { option: text }))?,
            None => typed.status.unwrap_or_default(),
        };
        let column = line.at(Column::Value).or(line.at(Column::Numerator)).unwrap_or(0);
        let column = if matches!(content, Content::Ratio { .. }) {
            line.at(Column::Numerator).unwrap_or(column)
        } else {
            column
        };
        let source = Source::Import {
            file: self.ask.file.to_owned(),
            row: line.row,
            column: u32::from(column) + 1,
        };
        let reason = line.raw(Column::Note).map(|it| unescaped(&it).to_owned());
        let cell = figure::Cell { unit, series: series.clone(), period };
        let figure = Figure { series, content, qualifier, status, source, reason };
        Ok(Placed { cell, figure, place: self.place(line.row, column) })
    }

    fn unit(&mut self, text: &str, period: Period) -> Result<UnitId, Fault> {
        let text = unescaped(text);
        // Files are sorted by unit more often than not.
        if let Some((last, of, found)) = &self.last_unit
            && last == text
            && *of == period
        {
            return found.ok_or_else(|| Fault::UnknownUnit { unit: text.to_owned() });
        }
        let key = (text.to_owned(), period);
        let ask = self.ask;
        let found = self.units.entry(key).or_insert_with(|| (ask.unit)(text, period).map_err(drop));
        let found = found.ok();
        self.last_unit = Some((text.to_owned(), period, found));
        found.ok_or_else(|| Fault::UnknownUnit { unit: text.to_owned() })
    }
}

/// A line of the table.
struct Line<'a> {
    row: u32,
    cells: &'a Row,
    columns: &'a [(u16, Column)],
}

impl Line<'_> {
    fn at(&self, column: Column) -> Option<u16> {
        self.columns.iter().find(|(_, it)| *it == column).map(|(at, _)| *at)
    }

    fn cell(&self, column: Column) -> Option<&Cell> {
        self.cells.get(&self.at(column)?)
    }

    fn raw(&self, column: Column) -> Option<String> {
        self.cell(column).map(|it| match &it.holds {
            Holds::Number(number) => number.to_string(),
            Holds::Text(text) | Holds::Other(text) => text.clone(),
        })
    }

    fn text(&self, column: Column) -> String {
        self.raw(column).map(|it| it.trim().to_owned()).unwrap_or_default()
    }
}

fn words(cell: &Cell) -> String {
    match &cell.holds {
        Holds::Number(number) => number.to_string(),
        Holds::Text(text) | Holds::Other(text) => text.trim().to_owned(),
    }
}

fn code_of<T: Copy>(codes: &[(T, &str, &str)], text: &str) -> Option<T> {
    let folded = bare(text);
    codes.iter().find(|it| it.1 == text || bare(it.1) == folded || it.2 == folded).map(|it| it.0)
}

/// What the three number columns say together.
fn content(line: &Line<'_>, indicator: &Indicator) -> Result<(Content, Typed), (Column, Fault)> {
    let read = |column: Column| -> Result<Typed, (Column, Fault)> {
        let measure = if column == Column::Value { indicator.measure.as_str() } else { "" };
        let field = Field { decimals: indicator.decimals, measure };
        let blank = Typed { entered: Entered::Blank, qualifier: None, status: None };
        let typed = match line.cell(column).map(|it| (it, &it.holds)) {
            None => Ok(blank),
            Some((cell, Holds::Number(it))) => {
                cell.number(*it, field).map(|it| Typed { entered: Entered::Number(it), ..blank })
            }
            Some((_, Holds::Text(text))) => number::read(text, field),
            Some((_, Holds::Other(text))) => Err(Fault::NotANumber { text: text.clone() }),
        };
        typed.map_err(|fault| (column, fault))
    };
    // A bare share is no figure, whatever its digits.
    let value = match read(Column::Value) {
        Err((column, fault))
            if indicator.ratio.is_some() && !matches!(fault, Fault::NotANumber { .. }) =>
        {
            return Err((column, Fault::RatioWithoutParts));
        }
        other => other?,
    };
    let (numerator, denominator) = (read(Column::Numerator)?, read(Column::Denominator)?);
    let has_parts = numerator.entered != Entered::Blank || denominator.entered != Entered::Blank;
    match (value.entered, has_parts) {
        (Entered::Nil, false) => return Ok((Content::Nil, value)),
        (Entered::NoFigure, false) => return Ok((Content::NoFigure, value)),
        (Entered::Number(it), false) if indicator.ratio.is_none() => {
            return Ok((Content::Value(it), value));
        }
        (Entered::Number(_), _) if indicator.ratio.is_some() => {
            return Err((Column::Value, Fault::RatioWithoutParts));
        }
        (Entered::Blank, true) if indicator.ratio.is_some() => {}
        (Entered::Blank, false) => {
            return Err((Column::Value, Fault::NotANumber { text: String::new() }));
        }
        _ => return Err((Column::Numerator, Fault::NotReportedHere)),
    }
    match (numerator.entered, denominator.entered) {
        (Entered::Number(numerator), Entered::Number(denominator)) => {
            Ok((Content::Ratio { numerator, denominator }, value))
        }
        (Entered::Nil, Entered::Nil) => Ok((Content::Nil, value)),
        (Entered::Nil, Entered::Number(denominator)) => {
            Ok((Content::Ratio { numerator: 0, denominator }, value))
        }
        (Entered::NoFigure, Entered::NoFigure) => Ok((Content::NoFigure, value)),
        _ => Err((Column::Numerator, Fault::RatioWithoutParts)),
    }
}
