//! What stands in each cell of a form, in the terms of the pack; where on the sheet, the writer and the reader say.

use dondoc_core::{
    figure::Series,
    pack::{Column, Form, Indicator, Pack, Row, Shows},
};
use sha2::{Digest, Sha256};

/// A form, worked out cell by cell.
#[derive(Clone, Debug)]
pub(super) struct Layout<'a> {
    pub(super) lines: Vec<Line<'a>>,
    pub(super) columns: &'a [Column],
}

/// A row of a form.
#[derive(Clone, Debug)]
pub(super) struct Line<'a> {
    /// What names the row in the file, whatever is moved: `KVPT.02.01/doi_tuong_2`.
    pub(super) key: String,
    /// STT.
    pub(super) number: &'a str,
    pub(super) title: String,
    /// The unit of measure; empty in headings.
    pub(super) measure: &'a str,
    pub(super) indicator: Option<&'a Indicator>,
    pub(super) total: bool,
    /// One for each column.
    pub(super) slots: Vec<Slot>,
}

/// What a cell is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// Typed in.
    Input(Series, Part),
    /// Shown: the sum of the option rows, by a formula.
    Sum(Series, Part),
    /// Shown: the share of a ratio, by a formula.
    Share,
    /// Shown: what is worked out from other indicators.
    Derived(Series, Part),
    /// Shown: a figure of another period, or a target.
    Given(Series, Shows),
    /// Words about the row.
    Note,
    /// Nothing: a heading, or a column that does not concern the row.
    Nothing,
}

/// Which part of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Value,
    Numerator,
    Denominator,
}

impl<'a> Layout<'a> {
    pub(super) fn new(pack: &'a Pack, form: &'a Form) -> Self {
        let mut lines: Vec<Line<'a>> = Vec::with_capacity(form.rows.len());
        for (at, row) in form.rows.iter().enumerate() {
            let mut line = line(pack, form, row);
            if line.indicator.is_none() {
                line.key = format!("#{}", at + 1);
            }
            if lines.iter().any(|it| it.key == line.key) {
                line.key = format!("{}~{}", line.key, at + 1);
            }
            lines.push(line);
        }
        Self { lines, columns: &form.columns }
    }

    /// A digest of what is where: two workbooks with the same one are filled in alike.
    pub(super) fn digest(&self) -> String {
        let mut digest = Sha256::new();
        for column in self.columns {
            digest.update(format!("{}|{:?}|{:?}\n", column.number, column.shows, column.option));
        }
        for line in &self.lines {
            let decimals = line.indicator.map(|it| it.decimals);
            digest.update(format!("{}|{}|{decimals:?}|{:?}\n", line.key, line.measure, line.slots));
        }
        digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl Line<'_> {
    pub(super) fn decimals(&self) -> u8 {
        self.indicator.map_or(0, |it| it.decimals)
    }

    /// Whether the cell of a column is typed in and holds a figure.
    pub(super) fn takes_figure(&self, column: usize) -> bool {
        matches!(self.slots.get(column), Some(Slot::Input(..)))
    }
}

fn line<'a>(pack: &'a Pack, form: &'a Form, row: &'a Row) -> Line<'a> {
    let code = row.indicator.as_deref();
    let indicator = code.and_then(|code| pack.indicators.iter().find(|it| it.code == code));
    let option = row.option.as_deref();
    let key = match option {
        Some(option) => format!("{}/{option}", code.unwrap_or_default()),
        None => code.unwrap_or_default().to_owned(),
    };
    let slots = form.columns.iter().map(|column| slot(pack, row, indicator, column)).collect();
    Line {
        key,
        number: &row.number,
        title: title(pack, row, indicator),
        measure: measure(pack, indicator, option),
        indicator,
        total: row.total,
        slots,
    }
}

fn title(pack: &Pack, row: &Row, indicator: Option<&Indicator>) -> String {
    if let Some(title) = &row.title {
        return title.vi.clone();
    }
    if let (Some(option), Some(indicator)) = (&row.option, indicator) {
        let names =
            option.split('+').map(|it| option_of(pack, indicator, it).map_or(it, |it| &it.name.vi));
        return names.collect::<Vec<_>>().join(", ");
    }
    indicator.map(|it| it.name.vi.clone()).or_else(|| row.indicator.clone()).unwrap_or_default()
}

fn measure<'a>(pack: &'a Pack, indicator: Option<&'a Indicator>, option: Option<&str>) -> &'a str {
    let Some(indicator) = indicator else { return "" };
    let own =
        option.and_then(|it| option_of(pack, indicator, it)).and_then(|it| it.measure.as_deref());
    own.unwrap_or(&indicator.measure)
}

fn option_of<'a>(
    pack: &'a Pack,
    indicator: &Indicator,
    option: &str,
) -> Option<&'a dondoc_core::pack::BreakdownOption> {
    let mine = pack.breakdowns.iter().filter(|it| indicator.breakdowns.contains(&it.code));
    mine.flat_map(|it| &it.options).find(|it| it.code == option)
}

fn slot(pack: &Pack, row: &Row, indicator: Option<&Indicator>, column: &Column) -> Slot {
    let Some(indicator) = indicator else { return Slot::Nothing };
    if column.shows == Shows::Note {
        return Slot::Note;
    }
    // Different things side by side have no undivided figure.
    let series = pack.cell_series(row, column);
    let Some(series) = series.filter(|it| it.option.is_some() || pack.adds_up(indicator)) else {
        return Slot::Nothing;
    };
    let part = match column.shows {
        Shows::Value if indicator.ratio.is_some() => return Slot::Share,
        Shows::Value => Part::Value,
        Shows::Numerator if indicator.ratio.is_some() => Part::Numerator,
        Shows::Denominator if indicator.ratio.is_some() => Part::Denominator,
        Shows::Numerator | Shows::Denominator => return Slot::Nothing,
        given => return Slot::Given(series, given),
    };
    if row.total {
        Slot::Sum(series, part)
    } else if indicator.formula.is_some() {
        Slot::Derived(series, part)
    } else {
        Slot::Input(series, part)
    }
}
