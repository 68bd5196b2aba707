//! Writes entries as a workbook, to look at or to fill in.

use dondoc_core::{
    entry::FieldValue,
    pack::{Field, FieldKind},
};
use jiff::civil::Date;
use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder,
    Formula, Workbook, Worksheet, XlsxError,
};

use crate::{
    entries::{Line, Paper, UNIT, heading, options, shown::written},
    grid::name_of,
    number,
};

const FONT: &str = "Times New Roman";
/// The sheet with what may be chosen.
const LISTS: &str = "Danh mục";
/// The row of the headings, below title and note.
const HEADINGS: u32 = 2;
/// Rows that are made ready to be filled in.
const READY: u32 = 500;
/// A number past this loses digits in a spreadsheet and is written as text.
const EXACT: u64 = 1 << 53;

/// What a workbook is for.
#[derive(Clone, Copy, Debug)]
pub enum Purpose<'a> {
    /// To be looked at: a line that says where it is from and from when.
    Export {
        /// That line.
        note: &'a str,
    },
    /// To be filled in, with the units that may be chosen.
    FillIn {
        /// As they are written.
        units: &'a [String],
    },
}

/// The entries as an `.xlsx` file; without any, a sheet to fill in.
///
/// Texts are written as texts, whatever they begin with: no cell is ever a formula.
///
/// # Errors
///
/// [`XlsxError`] if they do not fit into a sheet.
pub fn write(
    paper: &Paper<'_>,
    lines: &[Line],
    purpose: Purpose<'_>,
) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let day = ExcelDateTime::from_ymd(
        u16::try_from(paper.today.year()).unwrap_or(1900),
        u8::try_from(paper.today.month()).unwrap_or(1),
        u8::try_from(paper.today.day()).unwrap_or(1),
    )?;
    let properties =
        DocProperties::new().set_title(&paper.register.name.vi).set_creation_datetime(&day);
    book.set_properties(&properties);
    let sheet = book.add_worksheet();
    sheet.set_name(tab(&paper.register.name.vi))?;
    Sheet { paper, sheet, purpose }.write(lines)?;
    if let Purpose::FillIn { units } = purpose {
        lists(paper, book.add_worksheet(), units)?;
    }
    book.save_to_buffer()
}

/// A name that a sheet may have.
fn tab(name: &str) -> String {
    let allowed = |c: char| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'');
    name.chars().filter(|it| allowed(*it)).take(31).collect()
}

fn font() -> Format {
    Format::new().set_font_name(FONT).set_font_size(12)
}

fn cell() -> Format {
    font().set_border(FormatBorder::Thin).set_align(FormatAlign::Top)
}

/// The form of a field's cells.
fn look(field: &Field, is_to_fill_in: bool) -> Format {
    match field.kind {
        FieldKind::Number => {
            let mut pattern = "[$-42A]#,##0".to_owned();
            if field.decimals > 0 {
                pattern.push('.');
                pattern.push_str(&"0".repeat(field.decimals.into()));
            }
            cell().set_num_format(pattern).set_align(FormatAlign::Right)
        }
        // What is typed stays as it is typed: a spreadsheet may put the month before the day.
        FieldKind::Day if is_to_fill_in => cell().set_num_format("@"),
        FieldKind::Day => cell().set_num_format("dd/mm/yyyy").set_align(FormatAlign::Left),
        _ => cell().set_num_format("@").set_text_wrap(),
    }
}

fn width(field: &Field) -> f64 {
    match field.kind {
        FieldKind::Number | FieldKind::Day | FieldKind::YesNo => 14.0,
        FieldKind::Choice | FieldKind::Unit => 24.0,
        _ => 32.0,
    }
}

/// A sheet of entries while it is written.
struct Sheet<'a> {
    paper: &'a Paper<'a>,
    sheet: &'a mut Worksheet,
    purpose: Purpose<'a>,
}

impl Sheet<'_> {
    fn write(&mut self, lines: &[Line]) -> Result<(), XlsxError> {
        let title = font().set_bold().set_font_size(14);
        let note = match self.purpose {
            Purpose::Export { note } => note,
            Purpose::FillIn { .. } => {
                "Mỗi dòng một bản ghi. Cột có dấu * bắt buộc ghi. Ngày viết như 05/07/2026; số viết như 1.234,5; các lựa chọn có sẵn trong ô hoặc ở trang Danh mục. Không ghi tên cá nhân."
            }
        };
        self.sheet.write_string_with_format(0, 0, &self.paper.register.name.vi, &title)?;
        self.sheet.write_string_with_format(1, 0, note, &font().set_italic())?;
        self.headings()?;
        for (row, line) in (HEADINGS + 1..).zip(lines) {
            self.line(row, line)?;
        }
        if matches!(self.purpose, Purpose::FillIn { .. }) {
            self.make_ready()?;
        }
        self.sheet.set_freeze_panes(HEADINGS + 1, 1)?.set_landscape().set_paper_size(9);
        self.sheet.set_repeat_rows(HEADINGS, HEADINGS)?.set_print_fit_to_pages(1, 0);
        Ok(())
    }

    fn headings(&mut self) -> Result<(), XlsxError> {
        let head = cell()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::Center)
            .set_background_color(Color::RGB(0x00E6_EEF6));
        self.sheet.write_string_with_format(HEADINGS, 0, UNIT, &head)?.set_column_width(0, 28)?;
        for (column, field) in (1_u16..).zip(&self.paper.register.fields) {
            let mark = if field.required { " *" } else { "" };
            let text = format!("{}{mark}", heading(field));
            self.sheet.write_string_with_format(HEADINGS, column, text, &head)?;
            self.sheet.set_column_width(column, width(field))?;
        }
        self.sheet.set_row_height(HEADINGS, 48)?;
        Ok(())
    }

    fn line(&mut self, row: u32, line: &Line) -> Result<(), XlsxError> {
        let paper = self.paper;
        self.text(row, 0, &(paper.unit_name)(line.unit), &cell().set_num_format("@"))?;
        for (column, field) in (1_u16..).zip(&paper.register.fields) {
            let format = look(field, false);
            match line.fields.get(&field.code) {
                None => {
                    self.sheet.write_blank(row, column, &format)?;
                }
                Some(FieldValue::Number(number)) if number.unsigned_abs() < EXACT => {
                    let number = number::write_plain(*number, field.decimals);
                    let number: f64 = number.parse().unwrap_or_default();
                    self.sheet.write_number_with_format(row, column, number, &format)?;
                }
                Some(FieldValue::Day(day)) if day.year() >= 1900 => {
                    let day = excel_day(*day)?;
                    self.sheet.write_datetime_with_format(row, column, &day, &format)?;
                }
                Some(value) => self.text(row, column, &written(paper, field, value), &format)?,
            }
        }
        Ok(())
    }

    /// A text that stays one, also when someone edits the cell: the mark of quoted texts goes with it.
    fn text(&mut self, row: u32, column: u16, text: &str, form: &Format) -> Result<(), XlsxError> {
        let quoted;
        let form = if text.starts_with(|c: char| c.is_alphanumeric()) {
            form
        } else {
            quoted = form.clone().set_quote_prefix();
            &quoted
        };
        self.sheet.write_string_with_format(row, column, text, form)?;
        Ok(())
    }

    /// Rows to fill in, with the choices of their columns.
    fn make_ready(&mut self) -> Result<(), XlsxError> {
        let (first, last) = (HEADINGS + 1, HEADINGS + READY);
        let fields = &self.paper.register.fields;
        for (column, field) in (1_u16..).zip(fields) {
            self.sheet.set_column_format(column, &look(field, true))?;
            if field.kind == FieldKind::YesNo {
                let choice = DataValidation::new().allow_list_strings(&["Có", "Không"])?;
                self.sheet.add_data_validation(first, column, last, column, &choice)?;
            }
        }
        self.sheet.set_column_format(0, &cell().set_num_format("@"))?;
        for (at, (column, names)) in (0_u16..).zip(self.choices()) {
            let corner = |row: u32| {
                let name = name_of(row, at);
                let split = name.find(|c: char| c.is_ascii_digit()).unwrap_or(name.len());
                format!("${}${}", &name[..split], &name[split..])
            };
            let n_names = u32::try_from(names).unwrap_or(1).max(1);
            let range = format!("='{LISTS}'!{}:{}", corner(1), corner(n_names));
            // Other words are told of when the sheet is read; a name may be written in several ways.
            let choice = DataValidation::new()
                .allow_list_formula(Formula::new(range))
                .ignore_blank(true)
                .show_error_message(false);
            self.sheet.add_data_validation(first, column, last, column, &choice)?;
        }
        Ok(())
    }

    /// The columns with a list of their own, in the order of the sheet of lists, and how long each is.
    fn choices(&self) -> Vec<(u16, usize)> {
        let n_units = match self.purpose {
            Purpose::FillIn { units } => units.len(),
            Purpose::Export { .. } => 0,
        };
        let of_fields = (1_u16..).zip(&self.paper.register.fields).filter_map(|(column, field)| {
            let names = options(self.paper.pack, field)?;
            (field.kind == FieldKind::Choice).then_some((column, names.options.len()))
        });
        std::iter::once((0, n_units)).chain(of_fields).collect()
    }
}

/// The sheet with what may be chosen: the units, then the options of each field, one list a column.
fn lists(paper: &Paper<'_>, sheet: &mut Worksheet, units: &[String]) -> Result<(), XlsxError> {
    sheet.set_name(LISTS)?;
    let (head, plain) = (font().set_bold(), font());
    sheet.write_string_with_format(0, 0, UNIT, &head)?.set_column_width(0, 28)?;
    for (row, name) in (1..).zip(units) {
        sheet.write_string_with_format(row, 0, name, &plain)?;
    }
    let choice = |it: &&Field| it.kind == FieldKind::Choice;
    let several = |it: &&Field| it.kind == FieldKind::Choices;
    let fields = &paper.register.fields;
    let all = fields.iter().filter(choice).chain(fields.iter().filter(several));
    let listed = all.filter_map(|field| Some((field, options(paper.pack, field)?)));
    for (column, (field, breakdown)) in (1_u16..).zip(listed) {
        sheet.write_string_with_format(0, column, &field.name.vi, &head)?;
        sheet.set_column_width(column, 32)?;
        for (row, option) in (1..).zip(&breakdown.options) {
            sheet.write_string_with_format(row, column, &option.name.vi, &plain)?;
        }
    }
    Ok(())
}

fn excel_day(day: Date) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::from_ymd(
        u16::try_from(day.year()).unwrap_or(1900),
        u8::try_from(day.month()).unwrap_or(1),
        u8::try_from(day.day()).unwrap_or(1),
    )
}
