//! The follow-up book as a workbook: seven columns, printed on A4 landscape.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, XlsxError};

use super::BookLine;

pub(super) const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The headings of the law, and widths in characters.
const COLUMNS: [(&str, f64); 7] = [
    ("Số đến", 9.0),
    ("Tên loại, số và ký hiệu, ngày, tháng và tác giả văn bản", 48.0),
    ("Đơn vị hoặc người nhận", 24.0),
    ("Thời hạn giải quyết", 13.0),
    ("Tiến độ giải quyết", 22.0),
    ("Số, ký hiệu văn bản trả lời", 22.0),
    ("Ghi chú", 24.0),
];

/// The lines as a workbook. Every cell is a text, so nothing that a user typed is ever worked out as a formula.
pub(super) fn workbook(lines: &[BookLine]) -> Result<Vec<u8>, XlsxError> {
    let font = || Format::new().set_font_name("Times New Roman").set_font_size(12);
    let title = font().set_font_size(14).set_bold().set_align(FormatAlign::Center);
    let cell = font().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::Top);
    let head = cell.clone().set_bold().set_align(FormatAlign::Center);
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Sổ theo dõi")?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(2, 3)?;
    sheet.merge_range(0, 0, 0, 6, "SỔ THEO DÕI GIẢI QUYẾT VĂN BẢN ĐẾN", &title)?;
    for ((at, number), (heading, width)) in (0..).zip(1..).zip(COLUMNS) {
        sheet.set_column_width(at, width)?;
        sheet.write_string_with_format(2, at, heading, &head)?;
        sheet.write_string_with_format(3, at, format!("({number})"), &head)?;
    }
    for (row, line) in (4..).zip(lines) {
        let due = line.due.as_deref().and_then(|it| it.parse().ok());
        let texts = [
            line.arrival.clone(),
            Some(format!("{}\n{}", line.document, line.text)),
            line.unit.clone(),
            due.map(crate::task::refusal::vi_day),
            Some(line.progress.clone()),
            line.reply.clone(),
            line.note.clone(),
        ];
        for (column, text) in (0..).zip(texts) {
            let text: String = text.unwrap_or_default().chars().take(32_000).collect();
            sheet.write_string_with_format(row, column, text, &cell)?;
        }
    }
    sheet.set_freeze_panes(4, 0)?;
    book.save_to_buffer()
}
