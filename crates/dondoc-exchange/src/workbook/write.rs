//! Writes the workbook.

use dondoc_core::figure::{Content, Figure, Qualifier, Series};
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format, Formula,
    ProtectionOptions, Workbook, Worksheet, XlsxError,
};

use crate::{
    grid::name_of,
    number,
    workbook::{
        Beside, Paper, WorkbookError, figure_of,
        layout::{Layout, Line, Part, Slot},
        stamp,
        write::look::Look,
    },
};

mod guidance;
pub(super) mod heading;
mod look;

/// The column of row keys, which is hidden.
const KEYS: u16 = 0;

/// The first column of the form's own, after number, title and unit of measure.
const FIRST: u16 = 4;

/// A number past this loses digits in a spreadsheet and is written as text.
const EXACT: u64 = 1 << 53;

/// The form as an `.xlsx` file, filled in with what is in force.
///
/// The sheet is protected without a password: against slips, not against people.
///
/// # Errors
///
/// [`WorkbookError`] if the form does not fit into a sheet.
pub fn write(paper: &Paper<'_>, beside: &Beside<'_>) -> Result<Vec<u8>, WorkbookError> {
    let layout = Layout::new(paper.pack, paper.form);
    book(paper, beside, &layout)
        .map_err(|source| WorkbookError { form: paper.form.code.clone(), source })
}

fn book(paper: &Paper<'_>, beside: &Beside<'_>, layout: &Layout<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    book.set_properties(&properties(paper, layout)?);
    let sheet = book.add_worksheet();
    sheet.set_name(sheet_name(&paper.form.code))?;
    let look = Look::new();
    let top = heading::write(sheet, paper, layout, &look)?;
    let mut table = Table { sheet, paper, beside, layout, look, top };
    table.write()?;
    guidance::write(book.add_worksheet(), paper)?;
    stamped(book.add_worksheet(), paper, layout)?;
    book.save_to_buffer()
}

/// A name that a sheet may have.
pub(super) fn sheet_name(code: &str) -> String {
    let allowed = |c: char| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'');
    code.chars().map(|c| if allowed(c) { c } else { '-' }).take(31).collect()
}

fn properties(paper: &Paper<'_>, layout: &Layout<'_>) -> Result<DocProperties, XlsxError> {
    // The day comes from the period, so that the same form is the same file.
    let day = paper.to;
    let year = u16::try_from(day.year()).unwrap_or(1900);
    let made = ExcelDateTime::from_ymd(
        year,
        u8::try_from(day.month()).unwrap_or(1),
        u8::try_from(day.day()).unwrap_or(1),
    )?;
    let title = format!("{} – {}", paper.form.code, paper.form.name.vi);
    let mut properties = DocProperties::new()
        .set_title(title)
        .set_company(paper.unit_name)
        .set_creation_datetime(&made);
    for (name, value) in stamp::lines(paper, layout) {
        properties = properties.set_custom_property(format!("dondoc {name}"), value);
    }
    Ok(properties)
}

fn stamped(sheet: &mut Worksheet, paper: &Paper<'_>, layout: &Layout<'_>) -> Result<(), XlsxError> {
    sheet.set_name(stamp::SHEET)?;
    let mut row = 0;
    for (name, value) in stamp::lines(paper, layout) {
        sheet.write_string(row, 0, name)?.write_string(row, 1, value)?;
        row += 1;
    }
    row += 1;
    for line in &layout.lines {
        sheet.write_string(row, 0, &line.key)?.write_string(row, 1, line.number)?;
        sheet.write_string(row, 2, &line.title)?;
        row += 1;
    }
    sheet.protect().set_very_hidden(true);
    Ok(())
}

/// The rows of a form while they are written.
struct Table<'a> {
    sheet: &'a mut Worksheet,
    paper: &'a Paper<'a>,
    beside: &'a Beside<'a>,
    layout: &'a Layout<'a>,
    look: Look,
    /// The row of the first line.
    top: u32,
}

impl Table<'_> {
    fn write(&mut self) -> Result<(), XlsxError> {
        let layout = self.layout;
        for (row, line) in (self.top..).zip(&layout.lines) {
            self.line(row, line)?;
        }
        self.advise()?;
        self.sheet.protect_with_options(&ProtectionOptions {
            format_cells: true,
            format_columns: true,
            format_rows: true,
            insert_rows: true,
            delete_rows: true,
            ..ProtectionOptions::new()
        });
        let n_lines = u32::try_from(layout.lines.len()).unwrap_or(u32::MAX);
        heading::write_end(self.sheet, self.paper, self.top + n_lines, &self.look)
    }

    fn line(&mut self, row: u32, line: &Line<'_>) -> Result<(), XlsxError> {
        let look = &self.look;
        let is_heading = line.indicator.is_none();
        self.sheet.write_string(row, KEYS, &line.key)?;
        self.sheet.write_string_with_format(
            row,
            1,
            line.number,
            &look.number_cell(is_heading || line.total),
        )?;
        let title = look.title_cell(is_heading || line.total, line.number.matches('.').count());
        self.sheet.write_string_with_format(row, 2, &line.title, &title)?;
        self.sheet.write_string_with_format(row, 3, line.measure, &look.words)?;
        self.sheet.set_row_height(row, look::height(&line.title))?;
        for (column, slot) in (FIRST..).zip(&line.slots) {
            self.slot(row, column, line, slot)?;
        }
        Ok(())
    }

    fn slot(
        &mut self,
        row: u32,
        column: u16,
        line: &Line<'_>,
        slot: &Slot,
    ) -> Result<(), XlsxError> {
        let decimals = line.decimals();
        let shown = self.look.given(decimals);
        match slot {
            Slot::Input(series, part) => {
                let figure = figure_of(self.beside.current, series);
                self.figure((row, column), (figure, *part), (decimals, &self.look.input(decimals)))
            }
            Slot::Derived(series, part) => {
                let figure = figure_of(self.beside.current, series);
                self.figure((row, column), (figure, *part), (decimals, &shown))
            }
            Slot::Given(series, shows) => {
                let figure = figure_of(self.beside.given(*shows), series);
                self.past(row, column, figure, (decimals, &shown))
            }
            Slot::Sum(series, part) => {
                let formula = self.sum(series, *part, column);
                self.sheet.write_formula_with_format(row, column, formula, &shown).map(drop)
            }
            Slot::Share => match self.share(row, line) {
                Some(formula) => {
                    let shown = self.look.given(1);
                    self.sheet.write_formula_with_format(row, column, formula, &shown).map(drop)
                }
                None => self
                    .sheet
                    .write_string_with_format(row, column, "x", &self.look.nothing)
                    .map(drop),
            },
            Slot::Note => {
                let note = note(self.beside.current, line);
                self.sheet.write_string_with_format(row, column, note, &self.look.note).map(drop)
            }
            Slot::Nothing if line.indicator.is_none() => {
                self.sheet.write_blank(row, column, &self.look.words).map(drop)
            }
            Slot::Nothing => {
                self.sheet.write_string_with_format(row, column, "x", &self.look.nothing).map(drop)
            }
        }
    }

    fn figure(
        &mut self,
        (row, column): (u32, u16),
        (figure, part): (Option<&Figure>, Part),
        (decimals, format): (u8, &Format),
    ) -> Result<(), XlsxError> {
        let Some(figure) = figure else {
            return self.sheet.write_blank(row, column, format).map(drop);
        };
        let value = match (figure.content, part) {
            (Content::Value(value), _) => value,
            (Content::Ratio { numerator, .. }, Part::Numerator | Part::Value) => numerator,
            (Content::Ratio { denominator, .. }, Part::Denominator) => denominator,
            (Content::Nil, _) => {
                return self.sheet.write_string_with_format(row, column, "-", format).map(drop);
            }
            (Content::NoFigure, _) => {
                return self.sheet.write_string_with_format(row, column, "KCSL", format).map(drop);
            }
        };
        // Of a ratio the words stand at the numerator.
        let is_bare = part == Part::Denominator;
        let status = (!is_bare && figure.status != self.paper.status).then_some(figure.status);
        let qualifier = if is_bare { Qualifier::Exact } else { figure.qualifier };
        if status.is_none() && qualifier == Qualifier::Exact && value.unsigned_abs() < EXACT {
            let number: f64 = number::write_plain(value, decimals).parse().unwrap_or_default();
            if number::read_cell(number, decimals) == Ok(value) {
                return self.sheet.write_number_with_format(row, column, number, format).map(drop);
            }
        }
        let text = number::write_words(&number::write(value, decimals), qualifier, status);
        self.sheet.write_string_with_format(row, column, text, format).map(drop)
    }

    /// A figure of another period; of a share both parts: `35/40`.
    fn past(
        &mut self,
        row: u32,
        column: u16,
        figure: Option<&Figure>,
        (decimals, format): (u8, &Format),
    ) -> Result<(), XlsxError> {
        match figure.map(|it| it.content) {
            Some(Content::Ratio { numerator, denominator }) => {
                let shown = [numerator, denominator].map(|it| number::show(it, decimals));
                self.sheet.write_string_with_format(row, column, shown.join("/"), format).map(drop)
            }
            _ => self.figure((row, column), (figure, Part::Value), (decimals, format)),
        }
    }

    /// The sum of the option rows of an indicator in one column.
    fn sum(&self, total: &Series, part: Part, column: u16) -> Formula {
        let mut cells = Vec::new();
        for (row, line) in (self.top..).zip(&self.layout.lines) {
            let slot = line.slots.get(usize::from(column - FIRST));
            if let Some(Slot::Input(series, it) | Slot::Derived(series, it)) = slot
                && series.indicator == total.indicator
                && *it == part
            {
                cells.push(name_of(row, column));
            }
        }
        let cells = if cells.is_empty() { "0".to_owned() } else { cells.join(",") };
        Formula::new(format!("=SUM({cells})")).set_result(self.result(total, part))
    }

    /// What a total shows before any spreadsheet has worked it out.
    fn result(&self, total: &Series, part: Part) -> String {
        let of = |figure: &&Figure| {
            figure.series.indicator == total.indicator && figure.series.option.is_some()
        };
        let value = |figure: &Figure| match (figure.content, part) {
            (Content::Value(value), _) => i128::from(value),
            (Content::Ratio { numerator, .. }, Part::Numerator) => i128::from(numerator),
            (Content::Ratio { denominator, .. }, _) => i128::from(denominator),
            _ => 0,
        };
        let sum: i128 = self.beside.current.iter().filter(of).map(value).sum();
        let decimals = self.paper.pack.indicators.iter().find(|it| it.code == total.indicator);
        let sum = i64::try_from(sum).unwrap_or_default();
        number::write_plain(sum, decimals.map_or(0, |it| it.decimals))
    }

    /// The share of a row, in per cent, from the cells of its parts.
    fn share(&self, row: u32, line: &Line<'_>) -> Option<Formula> {
        let cell = |part: Part| {
            let is_part = |slot: &Slot| matches!(slot, Slot::Input(_, it) | Slot::Sum(_, it) | Slot::Derived(_, it) if *it == part);
            let at = line.slots.iter().position(is_part)?;
            Some(name_of(row, FIRST + u16::try_from(at).ok()?))
        };
        let (numerator, denominator) = (cell(Part::Numerator)?, cell(Part::Denominator)?);
        let formula = format!(
            "=IF(AND(ISNUMBER({numerator}),ISNUMBER({denominator})),IF({denominator}>0,{numerator}/{denominator}*100,\"\"),\"\")"
        );
        Some(Formula::new(formula).set_result(self.share_result(line)))
    }

    /// What a share shows before any spreadsheet has worked it out: per cent, cut to two digits.
    fn share_result(&self, line: &Line<'_>) -> String {
        let series = line.slots.iter().find_map(|it| match it {
            Slot::Input(series, Part::Numerator) | Slot::Derived(series, Part::Numerator) => {
                Some(series)
            }
            _ => None,
        });
        let figure = series.and_then(|it| figure_of(self.beside.current, it));
        match figure.map(|it| it.content) {
            Some(Content::Ratio { numerator, denominator }) if denominator > 0 => {
                let hundredths = i128::from(numerator) * 10_000 / i128::from(denominator);
                number::write_plain(i64::try_from(hundredths).unwrap_or_default(), 2)
            }
            _ => " ".to_owned(),
        }
    }

    /// Advice at the cells, which a paste overrides; what counts is checked when the file is read.
    fn advise(&mut self) -> Result<(), XlsxError> {
        for (at, _) in self.layout.columns.iter().enumerate() {
            let column = FIRST + u16::try_from(at).unwrap_or(0);
            let mut first = 0;
            while first < self.layout.lines.len() {
                let run = self.layout.lines[first..].iter().take_while(|it| it.takes_figure(at));
                let decimals = self.layout.lines[first].decimals();
                let n_lines = run.take_while(|it| it.decimals() == decimals).count();
                if n_lines > 0 {
                    let (from, to) = (self.row(first), self.row(first + n_lines - 1));
                    let cell = name_of(from, column);
                    let rule =
                        format!("=IF(ISNUMBER({cell}),ROUND({cell},{decimals})={cell},TRUE)");
                    let advice = advice(&rule, decimals)?;
                    self.sheet.add_data_validation(from, column, to, column, &advice)?;
                }
                first += n_lines.max(1);
            }
        }
        Ok(())
    }

    fn row(&self, line: usize) -> u32 {
        self.top + u32::try_from(line).unwrap_or(u32::MAX)
    }
}

fn advice(rule: &str, decimals: u8) -> Result<DataValidation, XlsxError> {
    let text = match decimals {
        0 => "Chỉ tiêu này nhận số nguyên. Không phát sinh ghi dấu - hoặc KPS; không có số liệu ghi KCSL.".to_owned(),
        _ => format!("Chỉ tiêu này nhận tối đa {decimals} chữ số thập phân. Không phát sinh ghi dấu - hoặc KPS; không có số liệu ghi KCSL."),
    };
    DataValidation::new()
        .allow_custom(Formula::new(rule))
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_title("Xem lại số liệu")?
        .set_error_message(text)
}

/// What the note of a row says: the reasons of its figures, each once.
pub(super) fn note(current: &[Figure], line: &Line<'_>) -> String {
    let mut reasons: Vec<&str> = Vec::new();
    for slot in &line.slots {
        if let Slot::Input(series, _) = slot
            && let Some(reason) = figure_of(current, series).and_then(|it| it.reason.as_deref())
            && !reasons.contains(&reason)
        {
            reasons.push(reason);
        }
    }
    reasons.join("; ")
}

impl<'a> Beside<'a> {
    fn given(&self, shows: dondoc_core::pack::Shows) -> &'a [Figure] {
        use dondoc_core::pack::Shows;
        match shows {
            Shows::PeriodBefore => self.period_before,
            Shows::YearBefore => self.year_before,
            Shows::YearToDate => self.year_to_date,
            Shows::Plan => self.plan,
            Shows::Value | Shows::Numerator | Shows::Denominator | Shows::Note => &[],
        }
    }
}
