//! What stands over and under the table.

use dondoc_core::{
    figure::Status,
    pack::{Column, Shows},
    period::Period,
};
use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use crate::workbook::{
    Paper,
    layout::Layout,
    stamp,
    write::{FIRST, KEYS, look::Look},
};

/// The row of the column headings; the next are their second line, the column numbers and the hidden column keys.
const HEAD: u32 = 6;

/// Writes all over the table; the answer is the row of its first line.
pub(super) fn write(
    sheet: &mut Worksheet,
    paper: &Paper<'_>,
    layout: &Layout<'_>,
    look: &Look,
) -> Result<u32, XlsxError> {
    let last = last_column(layout);
    span(sheet, (0, 1, 2), &format!("Biểu số: {}", paper.form.code), &look.strong)?;
    span(sheet, (1, 1, 2), &format!("Chương trình: {}", paper.pack.pack.name.vi), &look.plain)?;
    span(sheet, (0, 3, last), &format!("Đơn vị báo cáo: {}", paper.unit_name), &look.right)?;
    span(sheet, (1, 3, last), &paper.form.route.vi, &look.right)?;
    span(sheet, (2, 1, 2), &version(paper), &look.plain)?;
    let name = paper.form.name.vi.to_uppercase();
    span(sheet, (3, 1, last), &name, &look.title)?;
    sheet.set_row_height(3, if name.chars().count() > 60 { 38.0 } else { 22.0 })?;
    let of = match paper.status {
        Status::Estimate => " – số liệu ước thực hiện",
        Status::Final => "",
    };
    span(
        sheet,
        (4, 1, last),
        &format!("{} {}{of}", words(paper.period), days(paper)),
        &look.italic,
    )?;
    columns(sheet, layout, look)?;
    page(sheet, layout)?;
    Ok(HEAD + 4)
}

/// The version of the form, as it stands in the heading.
pub(in crate::workbook) fn version(paper: &Paper<'_>) -> String {
    format!("Phiên bản biểu: {}", paper.form.version)
}

/// The days of the period: `(từ ngày 15/8/2025 đến ngày 14/9/2025)`.
pub(in crate::workbook) fn days(paper: &Paper<'_>) -> String {
    let day = |it: jiff::civil::Date| format!("{}/{}/{}", it.day(), it.month(), it.year());
    format!("(từ ngày {} đến ngày {})", day(paper.from), day(paper.to))
}

/// A period in words: `Tháng 9 năm 2025`.
fn words(period: Period) -> String {
    match period {
        Period::Month { year, month } => format!("Tháng {month} năm {year}"),
        Period::Quarter { year, quarter } => {
            let roman = ["I", "II", "III", "IV"];
            format!("Quý {} năm {year}", roman[usize::from(quarter.clamp(1, 4)) - 1])
        }
        Period::Half { year, half: 1 } => format!("6 tháng đầu năm {year}"),
        Period::Half { year, .. } => format!("6 tháng cuối năm {year}"),
        Period::NineMonths { year } => format!("9 tháng đầu năm {year}"),
        Period::Year { year } => format!("Năm {year}"),
        Period::Years { from, to } => format!("Giai đoạn {from} – {to}"),
        Period::Since { from } => format!("Từ năm {from} đến nay"),
        Period::Days { .. } => "Đợt báo cáo".to_owned(),
    }
}

/// Column headings in two lines, those that belong together under one; then their numbers, then their keys, hidden.
fn columns(sheet: &mut Worksheet, layout: &Layout<'_>, look: &Look) -> Result<(), XlsxError> {
    for (column, (title, letter)) in
        (1..).zip([("STT", "A"), ("Chỉ tiêu", "B"), ("Đơn vị tính", "C")])
    {
        sheet.merge_range(HEAD, column, HEAD + 1, column, title, &look.head)?;
        sheet.write_string_with_format(HEAD + 2, column, letter, &look.column_number)?;
        sheet.write_string(HEAD + 3, column, letter)?;
    }
    let mut at = 0;
    while at < layout.columns.len() {
        let (over, n_columns) = group(&layout.columns[at..]);
        let first = place(at);
        if let Some(over) = over {
            span(sheet, (HEAD, first, place(at + n_columns - 1)), over, &look.head)?;
        }
        for (column, it) in (first..).zip(&layout.columns[at..at + n_columns]) {
            match over {
                Some(_) => {
                    sheet.write_string_with_format(HEAD + 1, column, &it.title.vi, &look.head)?;
                }
                None => {
                    sheet.merge_range(HEAD, column, HEAD + 1, column, &it.title.vi, &look.head)?;
                }
            }
            sheet.write_string_with_format(HEAD + 2, column, &it.number, &look.column_number)?;
            sheet.write_string(HEAD + 3, column, &it.number)?;
        }
        at += n_columns;
    }
    sheet.write_string(HEAD + 3, KEYS, stamp::COLUMNS)?;
    sheet.set_row_height(HEAD, 33.0)?.set_row_height(HEAD + 1, 50.0)?;
    sheet.set_row_hidden(HEAD + 3)?;
    Ok(())
}

/// What stands over the first columns together, and how many they are.
fn group(columns: &[Column]) -> (Option<&'static str>, usize) {
    let kind = |it: &Column| match (it.shows, &it.option) {
        (Shows::Value, Some(_)) => Some("Thực hiện trong kỳ, chia theo"),
        (Shows::Numerator | Shows::Denominator, _) => Some("Tính tỷ lệ"),
        (Shows::PeriodBefore | Shows::YearBefore | Shows::YearToDate | Shows::Plan, _) => {
            Some("Số liệu đối chiếu")
        }
        _ => None,
    };
    let Some(first) = columns.first().map(kind) else { return (None, 0) };
    let n_columns = columns.iter().take_while(|it| kind(it) == first).count();
    if first.is_some() && n_columns > 1 { (first, n_columns) } else { (None, 1) }
}

fn place(column: usize) -> u16 {
    FIRST + u16::try_from(column).unwrap_or(u16::MAX - FIRST)
}

fn last_column(layout: &Layout<'_>) -> u16 {
    place(layout.columns.len()) - 1
}

/// A text in one cell or in several merged ones of a row.
fn span(
    sheet: &mut Worksheet,
    (row, first, last): (u32, u16, u16),
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    if first < last {
        sheet.merge_range(row, first, row, last, text, format).map(drop)
    } else {
        sheet.write_string_with_format(row, first, text, format).map(drop)
    }
}

/// A4 with the margins of Decree 30/2020, headings on every page.
fn page(sheet: &mut Worksheet, layout: &Layout<'_>) -> Result<(), XlsxError> {
    sheet.set_column_hidden(KEYS)?;
    sheet.set_column_width(1, 6)?.set_column_width(2, 44)?.set_column_width(3, 12)?;
    let mut width = 62;
    for (at, column) in layout.columns.iter().enumerate() {
        let own = if column.shows == Shows::Note { 24 } else { 12 };
        sheet.set_column_width(place(at), own)?;
        width += own;
    }
    if width > 100 {
        sheet.set_landscape();
    }
    sheet.set_paper_size(9).set_margins(1.18, 0.6, 0.79, 0.79, 0.3, 0.3);
    sheet.set_print_fit_to_pages(1, 0).set_repeat_rows(HEAD, HEAD + 2)?;
    sheet.set_footer("&C&\"Times New Roman,Regular\"&12&P/&N");
    sheet.set_freeze_panes(HEAD + 4, 3)?;
    Ok(())
}

/// Place, date and who signs.
pub(super) fn write_end(
    sheet: &mut Worksheet,
    paper: &Paper<'_>,
    row: u32,
    look: &Look,
) -> Result<(), XlsxError> {
    let last = place(paper.form.columns.len()) - 1;
    span(sheet, (row + 1, 3, last), "………, ngày …… tháng …… năm ……", &look.italic)?;
    let strong = look.centred.clone().set_bold();
    for (first, last, office, how) in [
        (1, 2, "NGƯỜI LẬP BIỂU", "(Ký, ghi rõ họ tên)"),
        (3, last, "THỦ TRƯỞNG ĐƠN VỊ", "(Ký, đóng dấu, ghi rõ họ tên)"),
    ] {
        span(sheet, (row + 2, first, last), office, &strong)?;
        span(sheet, (row + 3, first, last), how, &look.italic)?;
    }
    Ok(())
}
