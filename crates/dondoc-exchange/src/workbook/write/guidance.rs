//! A sheet that says how to fill in the form.

use rust_xlsxwriter::{Format, FormatAlign, Worksheet, XlsxError};

use crate::workbook::Paper;

/// The name of the sheet.
const SHEET: &str = "Hướng dẫn";

pub(super) fn write(sheet: &mut Worksheet, paper: &Paper<'_>) -> Result<(), XlsxError> {
    sheet.set_name(SHEET)?.set_column_width(0, 88)?;
    let format = Format::new().set_font_name("Times New Roman").set_font_size(12);
    let format = format.set_text_wrap().set_align(FormatAlign::Top);
    let strong = format.clone().set_bold().set_font_size(14);
    let title = format!("Cách điền biểu {} – {}", paper.form.code, paper.form.name.vi);
    sheet.write_string_with_format(0, 0, title, &strong)?;
    for (row, line) in (1..).zip(LINES) {
        sheet.write_string_with_format(row, 0, *line, &format)?;
        let n_lines = line.chars().count().div_ceil(85);
        sheet.set_row_height(row, 17.0 * f64::from(u32::try_from(n_lines).unwrap_or(1)))?;
    }
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.protect();
    Ok(())
}

const LINES: &[&str] = &[
    "1. Chỉ ghi vào các ô nền vàng nhạt. Ô có dấu x là ô không áp dụng; ô chữ xám do phần mềm tính hoặc lấy sẵn.",
    "2. Số ghi theo cách của Việt Nam: dấu chấm tách hàng nghìn, dấu phẩy trước phần thập phân, ví dụ 1.234,5. Không ghi 1.234 hoặc 1.5 ở ô nhận số thập phân: có thể hiểu theo hai cách, phần mềm sẽ hỏi lại.",
    "3. Không phát sinh: ghi dấu - hoặc KPS. Không có số liệu: ghi KCSL. Số 0 là số 0. Ô để trống là chưa báo cáo.",
    "4. Số gần đúng: ghi thêm chữ trước số – khoảng, trên, dưới; số ước: ghi chữ ước. Ví dụ: ước khoảng 1.200.",
    "5. Số lớn có thể ghi bằng chữ nghìn, triệu, tỷ. Ví dụ: 1,5 tỷ.",
    "6. Chỉ tiêu tỷ lệ ghi cả hai số: số đạt và tổng số. Phần mềm tự tính tỷ lệ.",
    "7. Có thể chèn, xóa, chuyển cả dòng; phần mềm nhận ra dòng theo dấu ẩn, theo STT và tên chỉ tiêu. Không gộp ô, không để công thức trong ô nhập: khi dán hãy chọn Dán giá trị.",
    "8. Khi nộp, phần mềm hiện từng ô thay đổi trước khi lưu. Trang bảo vệ không có mật khẩu, chỉ để tránh gõ nhầm.",
];
