//! An official letter of follow-up (*công văn đôn đốc*) as DOCX.
//!
//! Number, day and signature are left open for the one who issues it. Knows nothing of tasks: it is given words.
//!
//! # Source
//!
//! Decree 30/2020/NĐ-CP, annex I: page, boxes, fonts and sizes of a công văn.

use std::io::Cursor;

use docx_rs::{
    AlignmentType, Docx, DocxError, LineSpacing, PageMargin, Paragraph, Run, RunFonts,
    SpecialIndentType, Table, TableCell, TableRow, WidthType,
};

/// What stands in a letter.
pub(super) struct Letter<'a> {
    /// The body above the one that sends it: `ỦY BAN NHÂN DÂN TỈNH …`; `None` leaves the line out.
    pub(super) above: Option<&'a str>,
    /// The unit that sends it, as it signs.
    pub(super) sender: &'a str,
    /// The place of issue.
    pub(super) place: &'a str,
    /// The year of issue.
    pub(super) year: i16,
    /// To whom, as it signs.
    pub(super) to: &'a str,
    /// The subject after `V/v`.
    pub(super) subject: &'a str,
    /// Paragraphs before the table.
    pub(super) opening: Vec<String>,
    /// What is late: what, by which document, due when, how late.
    pub(super) rows: Vec<[String; 4]>,
    /// Paragraphs after the table.
    pub(super) closing: Vec<String>,
}

/// Half points.
const BODY: usize = 28;
const SMALL: usize = 26;
/// A4 and its margins (20, 15, 20 and 30 mm), in twentieths of a point.
const PAGE: (u32, u32) = (11_906, 16_838);
const WIDTH: usize = 9_354;

impl Letter<'_> {
    /// The letter as a file.
    pub(super) fn write(&self) -> Result<Vec<u8>, DocxError> {
        let font = "Times New Roman";
        let fonts = RunFonts::new().ascii(font).hi_ansi(font).east_asia(font).cs(font);
        let margin = PageMargin::new().top(1_134).right(851).bottom(1_134).left(1_701);
        let mut docx = Docx::new()
            .page_size(PAGE.0, PAGE.1)
            .page_margin(margin)
            .default_fonts(fonts)
            .default_size(BODY)
            .add_table(self.heading())
            .add_paragraph(gap())
            .add_paragraph(centred(run(&format!("Kính gửi: {}.", self.to))))
            .add_paragraph(gap());
        for text in &self.opening {
            docx = docx.add_paragraph(body(text));
        }
        if !self.rows.is_empty() {
            docx = docx.add_table(self.table()).add_paragraph(gap());
        }
        for text in &self.closing {
            docx = docx.add_paragraph(body(text));
        }
        docx = docx.add_paragraph(gap()).add_table(self.ending());
        let mut bytes = Cursor::new(Vec::new());
        docx.build().pack(&mut bytes)?;
        Ok(bytes.into_inner())
    }

    fn heading(&self) -> Table {
        let mut left = TableCell::new().width(3_454, WidthType::Dxa);
        if let Some(above) = self.above {
            left = left.add_paragraph(centred(run(&above.to_uppercase()).size(24)));
        }
        left = left
            .add_paragraph(centred(run(&self.sender.to_uppercase()).size(24).bold()))
            .add_paragraph(centred(run("―――――").size(16)))
            .add_paragraph(centred(run("Số: [số]/[ký hiệu]").size(SMALL)))
            .add_paragraph(centred(run(&format!("V/v {}", self.subject)).size(24)));
        let day = format!("{}, ngày [ngày] tháng [tháng] năm {}", self.place, self.year);
        let right = TableCell::new()
            .width(5_900, WidthType::Dxa)
            .add_paragraph(centred(run("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM").size(24).bold()))
            .add_paragraph(centred(run("Độc lập - Tự do - Hạnh phúc").size(SMALL).bold()))
            .add_paragraph(centred(run("――――――――――――").size(16)))
            .add_paragraph(centred(run(&day).size(SMALL).italic()));
        Table::without_borders(vec![TableRow::new(vec![left, right])])
            .set_grid(vec![3_454, 5_900])
            .width(WIDTH, WidthType::Dxa)
    }

    fn table(&self) -> Table {
        let widths = [700, 3_754, 2_200, 1_400, 1_300];
        let cell = |text: &str, width: usize, is_head: bool| {
            let run = run(text).size(24);
            let run = if is_head { run.bold() } else { run };
            let paragraph = Paragraph::new().add_run(run);
            let paragraph =
                if is_head { paragraph.align(AlignmentType::Center) } else { paragraph };
            TableCell::new().width(width, WidthType::Dxa).add_paragraph(paragraph)
        };
        let heads = ["STT", "Nội dung", "Căn cứ", "Thời hạn", "Quá hạn"];
        let head = heads.iter().zip(widths).map(|(it, width)| cell(it, width, true)).collect();
        let mut rows = vec![TableRow::new(head).cant_split()];
        for (number, [what, by, due, late]) in (1..).zip(&self.rows) {
            let number = number.to_string();
            let texts = [&number, what, by, due, late];
            let cells = texts.iter().zip(widths).map(|(it, width)| cell(it, width, false));
            rows.push(TableRow::new(cells.collect()).cant_split());
        }
        Table::new(rows).set_grid(widths.to_vec()).width(WIDTH, WidthType::Dxa)
    }

    fn ending(&self) -> Table {
        let line = |run: Run| Paragraph::new().add_run(run);
        let left = TableCell::new()
            .width(3_854, WidthType::Dxa)
            .add_paragraph(line(run("Nơi nhận:").size(24).bold().italic()))
            .add_paragraph(line(run("- Như trên;").size(22)))
            .add_paragraph(line(run("- Lưu: VT, [đơn vị soạn thảo].").size(22)));
        let right = TableCell::new()
            .width(5_500, WidthType::Dxa)
            .add_paragraph(centred(run("[QUYỀN HẠN, CHỨC VỤ CỦA NGƯỜI KÝ]").bold()))
            .add_paragraph(gap())
            .add_paragraph(gap())
            .add_paragraph(gap())
            .add_paragraph(centred(run("[Họ và tên]").bold()));
        Table::without_borders(vec![TableRow::new(vec![left, right]).cant_split()])
            .set_grid(vec![3_854, 5_500])
            .width(WIDTH, WidthType::Dxa)
    }
}

/// Words without characters that no XML may hold.
fn run(text: &str) -> Run {
    let text: String = text.chars().map(|it| if it.is_control() { ' ' } else { it }).collect();
    Run::new().add_text(text)
}

fn centred(run: Run) -> Paragraph {
    Paragraph::new().add_run(run).align(AlignmentType::Center)
}

fn gap() -> Paragraph {
    Paragraph::new()
}

/// A paragraph of the body: justified, first line in by 1,27 cm, 6 pt after it.
fn body(text: &str) -> Paragraph {
    Paragraph::new()
        .add_run(run(text))
        .align(AlignmentType::Both)
        .indent(None, Some(SpecialIndentType::FirstLine(720)), None, None)
        .line_spacing(LineSpacing::new().after(120))
}
