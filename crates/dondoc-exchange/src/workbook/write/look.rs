//! How the sheet looks: as the paper form does, in Times New Roman with thin lines.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

const FONT: &str = "Times New Roman";

/// Behind cells that are typed in: seen on a cheap screen, gone on a copier.
const INPUT: Color = Color::RGB(0x00FF_FBE8);

/// Figures of other periods.
const QUIET: Color = Color::RGB(0x0055_5555);

/// The formats of a sheet.
pub(super) struct Look {
    /// Form code and such.
    pub(super) plain: Format,
    /// The same, stressed.
    pub(super) strong: Format,
    /// The same, at the right edge.
    pub(super) right: Format,
    /// The name of the form.
    pub(super) title: Format,
    /// The period under it, places and dates.
    pub(super) italic: Format,
    /// Column headings.
    pub(super) head: Format,
    /// The line of column numbers.
    pub(super) column_number: Format,
    /// Units of measure.
    pub(super) words: Format,
    /// Cells that do not concern the row.
    pub(super) nothing: Format,
    /// Notes, typed in.
    pub(super) note: Format,
    /// Names and offices at the end.
    pub(super) centred: Format,
}

fn font(size: u8) -> Format {
    Format::new().set_font_name(FONT).set_font_size(size).set_align(FormatAlign::VerticalCenter)
}

fn cell() -> Format {
    font(12).set_border(FormatBorder::Thin)
}

impl Look {
    pub(super) fn new() -> Self {
        let centred = font(12).set_align(FormatAlign::Center);
        let head = cell().set_bold().set_align(FormatAlign::Center).set_text_wrap();
        Self {
            plain: font(12),
            strong: font(12).set_bold(),
            right: font(12).set_align(FormatAlign::Right),
            title: font(14).set_bold().set_align(FormatAlign::Center).set_text_wrap(),
            italic: font(13).set_italic().set_align(FormatAlign::Center),
            head,
            column_number: cell().set_italic().set_font_size(10).set_align(FormatAlign::Center),
            words: cell().set_align(FormatAlign::Center).set_text_wrap(),
            nothing: cell().set_align(FormatAlign::Center).set_font_color(QUIET),
            note: cell().set_text_wrap().set_unlocked().set_background_color(INPUT),
            centred,
        }
    }

    /// The row's number.
    #[expect(clippy::unused_self, reason = "reads like its neighbours")]
    pub(super) fn number_cell(&self, strong: bool) -> Format {
        let format = cell().set_align(FormatAlign::Center);
        if strong { format.set_bold() } else { format }
    }

    /// The row's title; rows under rows are moved in.
    #[expect(clippy::unused_self, reason = "reads like its neighbours")]
    pub(super) fn title_cell(&self, strong: bool, depth: usize) -> Format {
        let indent = u8::try_from(depth.min(4)).unwrap_or(4);
        let format = cell().set_text_wrap().set_align(FormatAlign::Left).set_indent(indent);
        if strong { format.set_bold() } else { format }
    }

    /// A figure that is typed in.
    #[expect(clippy::unused_self, reason = "reads like its neighbours")]
    pub(super) fn input(&self, decimals: u8) -> Format {
        figure(decimals).set_unlocked().set_background_color(INPUT)
    }

    /// A figure that is shown.
    #[expect(clippy::unused_self, reason = "reads like its neighbours")]
    pub(super) fn given(&self, decimals: u8) -> Format {
        figure(decimals).set_font_color(QUIET)
    }
}

fn figure(decimals: u8) -> Format {
    // 42A is Vietnamese: LibreOffice then groups with points and reads typed commas as decimals; Excel goes by the machine.
    let mut pattern = "[$-42A]#,##0".to_owned();
    if decimals > 0 {
        pattern.push('.');
        pattern.push_str(&"0".repeat(usize::from(decimals)));
    }
    cell().set_num_format(pattern).set_align(FormatAlign::Right).set_indent(1)
}

/// The height of a row, in points, for a title in a column of 44 characters.
pub(super) fn height(title: &str) -> f64 {
    let n_lines = title.chars().count().div_ceil(40).max(1);
    18.0 * f64::from(u32::try_from(n_lines).unwrap_or(1))
}
