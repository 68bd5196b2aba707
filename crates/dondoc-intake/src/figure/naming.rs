//! Whether a number counts, or names and orders: `Quân khu 4`, `lần thứ XIV`, `năm 2025`, `03 nội dung sau:` count nothing.

use std::sync::LazyLock;

use super::unit::{self, UnitKind};
use crate::text::{
    Text,
    day::year_of,
    lex::{Case, Gap, Token, word},
    phrase::{Phrases, Words},
};

/// Whether a number hangs on what stands before it: `A1`, `79/KH`, `24-48`.
pub(super) fn is_glued(text: &Text<'_>, at: usize) -> bool {
    let token = &text.tokens[at];
    token.gap == Gap::None
        && at > 0
        && !['(', '“', '"', '[', ':', ',', '>', '<', '=', '~', '≥', '≤']
            .iter()
            .any(|it| text.tokens[at - 1].is_mark(*it))
        && !is_sign(text, at - 1)
}

/// Whether the dash at `at` is the sign of the number after it.
fn is_sign(text: &Text<'_>, at: usize) -> bool {
    let token = &text.tokens[at];
    (token.is_mark('-') || token.is_mark('−')) && token.gap != Gap::None
}

/// Whether a figure is a fall below zero: `âm 3,2%`, `-3,2%`.
pub(super) fn is_negative(text: &Text<'_>, start: usize) -> bool {
    let Some(before) = start.checked_sub(1) else { return false };
    let is_line_start = text.tokens[before].gap >= Gap::Line;
    text.tokens[before].is(word!("âm"))
        || (is_sign(text, before) && text.tokens[start].gap == Gap::None && !is_line_start)
}

/// Words after which a number is a name or an ordinal, whatever follows.
static NAMING: LazyLock<Words> = LazyLock::new(|| {
    Words::new(
        "số điều khoản chương mục phần bảng biểu mẫu hình thứ lộ lần khóa khoá tháng quý ngày năm hạng bậc trang \
         tuần kỳ khu nhóm loại tiết tập cột dòng top bước lục độ cấp phiên đợt vòng hệ đường zone chuẩn km tờ thửa \
         khóm ấp tổ quận phường thôn y"
            .split_whitespace(),
    )
});

/// `tổng số 23 xã`: here the word before the number names nothing.
static COUNTING: LazyLock<Phrases<()>> = LazyLock::new(|| {
    Phrases::new(
        [
            "tổng số",
            "có số",
            "với số",
            "cấp độ",
            "mỗi năm",
            "hằng năm",
            "hàng năm",
            "mỗi ngày",
            "mỗi tháng",
        ]
        .map(|it| (it, ())),
    )
});

/// Whether the number at `at` counts what `unit` names.
pub(super) fn is_counted(text: &Text<'_>, at: usize, unit: &unit::Unit) -> bool {
    if matches!(unit.kind, UnitKind::Time | UnitKind::Part) {
        return false;
    }
    let is_money_or_share = unit.kind == UnitKind::Measure;
    let is_year = year_of(text, &text.tokens[at]).is_some()
        && unit.tokens.start == at + 1
        && !is_money_or_share;
    let Some(before) = at.checked_sub(1).filter(|_| text.tokens[at].gap <= Gap::Line) else {
        return !is_year;
    };
    let word = &text.tokens[before];
    let counts = before > 0 && COUNTING.longest(&text.tokens, before - 1).is_some();
    let names = (NAMING.has(word) && !counts && !is_money_or_share) || is_proper_name(text, before);
    let announces = unit.kind == UnitKind::Noun && announces_list(text, unit.tokens.end);
    let is_ordinal = text.tokens.get(unit.tokens.end).is_some_and(|it| it.is(word!("thứ")));
    !names && !is_ordinal && !is_year_of_span(text, at, is_year) && !announces
}

/// Words before a year.
static BEFORE_YEAR: LazyLock<Words> = LazyLock::new(|| Words::new(["năm", "đến", "từ", "đoạn"]));

/// `năm 2025 xã Bình An`, `2020-2025 tỉnh`: a year before a noun.
fn is_year_of_span(text: &Text<'_>, at: usize, is_year: bool) -> bool {
    is_year && at > 0 && {
        let before = &text.tokens[at - 1];
        before.is_dash() || BEFORE_YEAR.has(before)
    }
}

/// A capitalised word in the middle of a sentence names the number after it: `Quân khu 4`, `Chlorine 70%`; an
/// abbreviation does not (`GRDP 8%`).
fn is_proper_name(text: &Text<'_>, at: usize) -> bool {
    let word = &text.tokens[at];
    let is_first = at == 0 || word.gap >= Gap::Blank || {
        let before = &text.tokens[at - 1];
        !before.is_word() && !before.is_mark(',')
    };
    word.is_word() && word.case == Case::Capital && !is_first && !STARTERS.has(word)
}

/// Capitals that stand in the middle of a sentence without being a name.
static STARTERS: LazyLock<Words> = LazyLock::new(|| {
    Words::new(
        "Có Trong Với Đạt Tổng Tăng Giảm Còn Là Xây Gồm Được Hơn Trên Gần Nhà Nước Tỉnh Bộ Đảng"
            .split_whitespace(),
    )
});

/// `03 nội dung sau:`, `02 nhiệm vụ:`, `3 chương trình về A, B và C`: the number only announces a list.
fn announces_list(text: &Text<'_>, end: usize) -> bool {
    let rest = text.tokens[end..].iter().take(30).take_while(|it| it.gap != Gap::Blank);
    let mut is_about = false;
    for (n_words, token) in rest.enumerate() {
        if token.is_mark(':') {
            return n_words <= 5;
        }
        if !token.is_word() {
            return is_about && token.is_mark(',') && n_words <= 12;
        }
        if n_words <= 1 && token.is(word!("sau")) {
            return true;
        }
        is_about |= n_words == 0 && token.is(word!("về"));
    }
    false
}

/// `từ 2 lên 3 phó trưởng phòng`, `từ 10% lên 15%`: of a change only the end counts.
pub(super) fn is_change(text: &Text<'_>, at: usize, end: usize) -> bool {
    let is_from = at > 0 && text.tokens[at - 1].is(word!("từ"));
    let next: Option<&Token> = text.tokens.get(end);
    is_from
        && next.is_some_and(|it| {
            [word!("lên"), word!("xuống"), word!("còn")].into_iter().any(|word| it.is(word))
        })
}
