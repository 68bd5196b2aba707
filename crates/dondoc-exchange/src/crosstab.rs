//! A table of totals on its way into somebody's report: as a workbook with real numbers, and as CSV.
//!
//! Texts are written as texts: what begins like a formula is never one, neither in the workbook nor where a spreadsheet
//! opens the CSV.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use crate::{number, quoting::escaped};

/// A number past this loses digits in a spreadsheet and is written as text.
const EXACT: u64 = 1 << 53;

/// Totals of units (rows) by series and period (columns).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Crosstab {
    /// What stands over the table.
    pub title: String,
    /// What stands over the names of the units, and over their notes.
    pub unit_title: [String; 2],
    /// From left to right; neighbours of one group share its heading.
    pub columns: Vec<Column>,
    /// From top to bottom.
    pub rows: Vec<Row>,
    /// Below the table: where the figures come from, and what the marks mean.
    pub notes: Vec<String>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The indicator with its unit of measure.
    pub group: String,
    /// The period.
    pub name: String,
}

/// A unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its name.
    pub name: String,
    /// What it was before a merger.
    pub note: String,
    /// One a column.
    pub cells: Vec<Cell>,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nobody has reported: not zero.
    Nothing,
    /// A number in the smallest unit, its digits after the mark, and the marks behind it: `*`.
    Number {
        /// With 2 decimals `150` is 1,50.
        value: i64,
        /// Digits after the mark.
        decimals: u8,
        /// Shown behind the number; the number stays one.
        marks: &'static str,
    },
    /// Anything else.
    Words(String),
}

/// The table as an `.xlsx` file.
///
/// # Errors
///
/// If the table does not fit into a sheet.
pub fn write_workbook(table: &Crosstab) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Dondoc")?;
    let look = Look::new();
    sheet.write_string_with_format(0, 0, &table.title, &look.title)?;
    headings(sheet, table, &look)?;
    let mut at = TOP;
    for row in &table.rows {
        sheet.write_string_with_format(at, 0, &row.name, &look.words)?;
        sheet.write_string_with_format(at, 1, &row.note, &look.words)?;
        for (column, cell) in (FIRST..).zip(&row.cells) {
            write_cell(sheet, (at, column), cell, &look)?;
        }
        at += 1;
    }
    for (row, note) in (at + 1..).zip(&table.notes) {
        sheet.write_string(row, 0, note)?;
    }
    sheet.set_column_width(0, 30)?.set_column_width(1, 34)?;
    sheet.set_freeze_panes(TOP, FIRST)?;
    sheet.set_landscape().set_paper_size(9).set_repeat_rows(2, 3)?;
    book.save_to_buffer()
}

/// The first column of numbers, after name and note.
const FIRST: u16 = 2;
/// The first row of numbers, after title, a gap and two headings.
const TOP: u32 = 4;

struct Look {
    title: Format,
    heading: Format,
    words: Format,
    number: Format,
}

impl Look {
    fn new() -> Self {
        let font = || Format::new().set_font_name("Times New Roman").set_font_size(12);
        let boxed = || font().set_border(FormatBorder::Thin);
        Self {
            title: font().set_bold().set_font_size(14),
            heading: boxed()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter),
            words: boxed().set_text_wrap().set_align(FormatAlign::Top),
            number: boxed().set_align(FormatAlign::Right).set_align(FormatAlign::Top),
        }
    }
}

fn headings(sheet: &mut Worksheet, table: &Crosstab, look: &Look) -> Result<(), XlsxError> {
    for (column, title) in [(0, &table.unit_title[0]), (1, &table.unit_title[1])] {
        sheet.merge_range(2, column, 3, column, title, &look.heading)?;
    }
    let mut first = FIRST;
    for group in table.columns.chunk_by(|one, other| one.group == other.group) {
        let n = u16::try_from(group.len()).unwrap_or(u16::MAX);
        let title = group.first().map_or("", |it| it.group.as_str());
        if n > 1 {
            sheet.merge_range(2, first, 2, first.saturating_add(n - 1), title, &look.heading)?;
        } else {
            sheet.write_string_with_format(2, first, title, &look.heading)?;
        }
        for (column, it) in (first..).zip(group) {
            sheet.write_string_with_format(3, column, &it.name, &look.heading)?;
            sheet.set_column_width(column, 13)?;
        }
        first = first.saturating_add(n);
    }
    Ok(())
}

fn write_cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    look: &Look,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Nothing => sheet.write_blank(row, column, &look.number).map(drop),
        Cell::Words(words) => {
            sheet.write_string_with_format(row, column, words, &look.number).map(drop)
        }
        Cell::Number { value, decimals, marks } => {
            let exact: f64 = number::write_plain(*value, *decimals).parse().unwrap_or_default();
            let holds =
                value.unsigned_abs() < EXACT && number::read_cell(exact, *decimals) == Ok(*value);
            if !holds {
                let text = format!("{}{marks}", number::show(*value, *decimals));
                return sheet.write_string_with_format(row, column, text, &look.number).map(drop);
            }
            let format = look.number.clone().set_num_format(number_format(*decimals, marks));
            sheet.write_number_with_format(row, column, exact, &format).map(drop)
        }
    }
}

/// Thousands grouped and all decimals, as the spreadsheet's own language writes them; the marks behind.
fn number_format(decimals: u8, marks: &str) -> String {
    let mut format = "#,##0".to_owned();
    if decimals > 0 {
        format.push('.');
        format.push_str(&"0".repeat(usize::from(decimals)));
    }
    if !marks.is_empty() {
        format.push_str(&format!("\"{marks}\""));
    }
    format
}

/// Rows of words and numbers as CSV that Vietnamese spreadsheets open: UTF-8 with its mark, semicolons, lines of CRLF.
#[must_use]
pub fn write_csv(rows: &[Vec<Cell>]) -> Vec<u8> {
    let mut csv = "\u{feff}".to_owned();
    for row in rows {
        for (at, cell) in row.iter().enumerate() {
            if at > 0 {
                csv.push(';');
            }
            match cell {
                Cell::Nothing => {}
                Cell::Number { value, decimals, .. } => {
                    csv.push_str(&number::write_plain(*value, *decimals).replace('.', ","));
                }
                Cell::Words(words) => csv.push_str(&quoted(words)),
            }
        }
        csv.push_str("\r\n");
    }
    csv.into_bytes()
}

/// A text as it stands in CSV; what a spreadsheet would take for a formula gets an apostrophe before it.
fn quoted(words: &str) -> String {
    let safe = escaped(words);
    if safe.contains([';', '"', '\n', '\r']) {
        format!("\"{}\"", safe.replace('"', "\"\""))
    } else {
        safe
    }
}

#[cfg(test)]
mod tests {
    use calamine::{Data, Reader, Xlsx};

    use super::*;

    fn table() -> Crosstab {
        let column = |group: &str, name: &str| Column { group: group.into(), name: name.into() };
        Crosstab {
            title: "Lớp đã mở".into(),
            unit_title: ["Đơn vị".into(), "Ghi chú".into()],
            columns: vec![column("Lớp", "01/2026"), column("Lớp", "02/2026"), column("Km", "2026")],
            rows: vec![
                Row {
                    name: "=1+1".into(),
                    note: "@SUM(A1)".into(),
                    cells: vec![
                        Cell::Number { value: 1234, decimals: 0, marks: "*" },
                        Cell::Nothing,
                        Cell::Number { value: -150, decimals: 2, marks: "" },
                    ],
                },
                Row {
                    name: "Xã B".into(),
                    note: String::new(),
                    cells: vec![
                        Cell::Number { value: 9_007_199_254_740_993, decimals: 0, marks: "" },
                        Cell::Words("-x".into()),
                        Cell::Nothing,
                    ],
                },
            ],
            notes: vec!["Nguồn: Dondoc".into()],
        }
    }

    fn cells() -> calamine::Range<Data> {
        let bytes = write_workbook(&table()).unwrap();
        let mut book = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
        book.worksheet_range("Dondoc").unwrap()
    }

    #[test]
    fn numbers_are_numbers_and_texts_are_texts() {
        let cells = cells();
        let at = |row, column| cells.get_value((row, column)).cloned();
        assert_eq!(at(4, 2), Some(Data::Float(1234.0)));
        assert_eq!(at(4, 4), Some(Data::Float(-1.5)));
        assert_eq!(at(4, 0), Some(Data::String("=1+1".into())));
        // Past 2^53 a spreadsheet would round.
        assert_eq!(at(5, 2), Some(Data::String("9.007.199.254.740.993".into())));
        assert_eq!(at(7, 0), Some(Data::String("Nguồn: Dondoc".into())));
    }

    #[test]
    fn nothing_in_the_csv_is_a_formula() {
        let rows: Vec<Vec<Cell>> = vec![
            ["=cmd", "+1", "-1", "@x", "\t=1", "a;\"b\""].map(|it| Cell::Words(it.into())).into(),
            vec![Cell::Number { value: -150, decimals: 2, marks: "*" }, Cell::Nothing],
        ];
        let csv = String::from_utf8(write_csv(&rows)).unwrap();
        assert_eq!(csv, "\u{feff}'=cmd;'+1;'-1;'@x;'\t=1;\"a;\"\"b\"\"\"\r\n-1,50;\r\n");
    }
}
