//! Short forms that a text defines: `quốc phòng toàn dân (QPTD)`.
//!
//! The span runs from the first letter of the long form to the closing bracket. The long form is the shortest run
//! of words before the bracket that the letters stand for; for letters of another language, that they translate.

use std::{ops::Range, sync::LazyLock};

use dondoc_core::reading::Abbreviation;

use crate::{
    segment::{Form, Segment},
    text::{
        Text,
        lex::{Case, Gap, Token, TokenKind},
        phrase::{Phrases, Words},
    },
};

mod foreign;
mod initials;

/// A bracket with a short form holds no more tokens than this.
const WIDEST: usize = 14;

/// The abbreviations that a document defines, in order.
#[must_use]
pub fn abbreviations(text: &Text<'_>, segment: &Segment) -> Vec<Abbreviation> {
    let mut found: Vec<Abbreviation> = Vec::new();
    for open in segment.tokens.clone() {
        if !text.tokens[open].is_mark('(') {
            continue;
        }
        let Some(defined) = defined_at(text, segment, open) else { continue };
        let span = text.span(defined.long.start..defined.end);
        let overlaps = |it: &Abbreviation| span.is_some_and(|span| span.overlaps(it.span));
        if let Some(span) = span.filter(|_| !found.last().is_some_and(overlaps)) {
            found.push(Abbreviation {
                span,
                short: text.field(defined.short),
                long: text.field(defined.long),
            });
        }
    }
    found
}

struct Defined {
    long: Range<usize>,
    short: Range<usize>,
    /// The token after the closing bracket.
    end: usize,
}

fn defined_at(text: &Text<'_>, segment: &Segment, open: usize) -> Option<Defined> {
    let limit = segment.tokens.end.min(open + WIDEST);
    let close =
        (open + 1..limit).find(|it| matches!(text.tokens[*it].kind, TokenKind::Mark(')' | '(')))?;
    if !text.tokens[close].is_mark(')') {
        return None;
    }
    let short = short_form(text, open + 1..close)?;
    let before = reachable(text, segment, open);
    let long = initials::long_form(text, before.clone(), short.clone())
        .or_else(|| foreign::long_form(text, before, short.clone()))?;
    Some(Defined { long, short, end: close + 1 })
}

static CALLED: LazyLock<Phrases<()>> = LazyLock::new(|| {
    Phrases::new(
        [
            "sau đây viết tắt là",
            "sau đây gọi tắt là",
            "sau đây gọi là",
            "sau đây viết là",
            "dưới đây viết tắt là",
            "dưới đây gọi tắt là",
            "viết tắt là",
            "gọi tắt là",
            "viết tắt",
            "gọi tắt",
            "sau đây viết tắt",
            "sau đây gọi chung là",
            "tiếng anh là",
            "tên viết tắt là",
            "từ viết tắt là",
            "tên tiếng anh viết tắt là",
            "tiếng anh viết tắt là",
        ]
        .map(|it| (it, ())),
    )
});

/// The letters in a bracket: `QPTD`, `QP - AN`, `sau đây viết tắt là UBND`, `Artificial Intelligence - AI`.
fn short_form(text: &Text<'_>, inside: Range<usize>) -> Option<Range<usize>> {
    let mut start = inside.start;
    if let Some((n_tokens, ())) = CALLED.longest(&text.tokens[..inside.end], start) {
        start += n_tokens;
        while start < inside.end && text.tokens[start].is_mark(':') {
            start += 1;
        }
    }
    let mut end = inside.end;
    while start < end && matches!(text.tokens[start].kind, TokenKind::Mark('“' | '"' | '\'')) {
        start += 1;
    }
    while end > start
        && matches!(text.tokens[end - 1].kind, TokenKind::Mark('”' | '"' | '\'' | '.' | ';'))
    {
        end -= 1;
    }
    if is_short_form(text, start..end) {
        return Some(start..end);
    }
    // The words in the other language, and then their letters.
    let dash = (start..end).rev().find(|it| {
        text.tokens[*it].is_dash() || text.tokens[*it].is_mark(',') || text.tokens[*it].is_mark(':')
    })?;
    let has_words =
        text.tokens[start..dash].iter().filter(|it| it.is_word() && it.case != Case::Upper).count()
            >= 2;
    let last = dash + 1..end;
    (has_words && is_short_form(text, last.clone())).then_some(last)
}

static AND: LazyLock<Words> = LazyLock::new(|| Words::new(["và"]));

/// Whether tokens are letters that may stand for words: capitals, at most a few small ones among them.
fn is_short_form(text: &Text<'_>, tokens: Range<usize>) -> bool {
    let run = &text.tokens[tokens.clone()];
    let (Some(first), Some(last)) = (run.first(), run.last()) else { return false };
    if !first.is_word() || !last.is_word() || run.len() > 11 {
        return false;
    }
    let (mut n_capitals, mut n_small) = (0, 0);
    for (at, token) in run.iter().enumerate() {
        match token.kind {
            TokenKind::Word if AND.has(token) && at > 0 => {}
            TokenKind::Word => {
                let letters = &text.source[token.start as usize..token.end as usize];
                let n_upper = letters.chars().filter(|it| it.is_uppercase()).count();
                let n_lower = letters.chars().filter(|it| it.is_lowercase()).count();
                if n_upper == 0
                    || (n_upper == 1 && n_lower > 2)
                    || !letters.starts_with(char::is_uppercase) && n_upper < 2
                {
                    return false;
                }
                n_capitals += n_upper;
                n_small += n_lower;
            }
            TokenKind::Mark('&' | '-' | '–' | '/' | ',' | '.') => {}
            TokenKind::Number | TokenKind::Mark(_) => return false,
        }
    }
    let is_roman = run.len() == 1 && crate::text::layout::is_roman(text.slice(tokens));
    n_capitals >= 2 && n_small < n_capitals && !is_roman && !is_tone_marked(text, run)
}

/// `(LÊ VĂN A)`, `(HỎA TỐC)`: letters with tones are words, not initials.
fn is_tone_marked(text: &Text<'_>, run: &[Token]) -> bool {
    run.iter().filter(|it| it.is_word() && !AND.has(it)).any(|token| {
        text.source[token.start as usize..token.end as usize]
            .chars()
            .filter_map(dondoc_core::fold::letter)
            .any(|it| it.tone != dondoc_core::fold::Tone::Level)
    })
}

/// The words before a bracket that its letters may stand for: of the same paragraph.
fn reachable(text: &Text<'_>, segment: &Segment, open: usize) -> Range<usize> {
    const FARTHEST: usize = 40;
    let floor = segment.tokens.start.max(open.saturating_sub(FARTHEST));
    let mut start = open;
    while start > floor {
        let before = &text.tokens[start - 1];
        let gap = text.tokens[start].gap;
        let ends_paragraph =
            gap == Gap::Blank || (gap == Gap::Line && segment.form == Form::Article);
        if ends_paragraph
            || matches!(before.kind, TokenKind::Mark('|' | ';' | '.' | ':' | '!' | '?' | '…' | '('))
        {
            break;
        }
        start -= 1;
    }
    start..open
}

#[cfg(test)]
mod tests {
    use super::abbreviations;
    use crate::{
        segment::{Form, Segment},
        text::Text,
    };

    /// What a sentence defines: `short = long`, the span checked to run from the long form to the bracket.
    #[track_caller]
    fn check(source: &str, expected: &[&str]) {
        let text = Text::new(source);
        let segment = Segment {
            tokens: 0..text.tokens.len(),
            form: Form::Official,
            title: None,
            boilerplate: Vec::new(),
        };
        let found: Vec<String> = abbreviations(&text, &segment)
            .iter()
            .map(|it| {
                let span: String =
                    source.chars().skip(it.span.start).take(it.span.end - it.span.start).collect();
                assert!(span.ends_with(')'), "{span}");
                assert!(crate::text::place::field(&span).starts_with(&it.long), "{span}");
                format!("{} = {}", it.short, it.long)
            })
            .collect();
        assert_eq!(found, expected, "{source}");
    }

    #[test]
    fn letters_stand_for_the_words_before_them() {
        check("giải quyết thủ tục hành chính (TTHC) đúng hạn", &["TTHC = thủ tục hành chính"]);
        check("về kinh tế - xã hội (KT-XH) và môi trường", &["KT-XH = kinh tế - xã hội"]);
        check("việc bảo vệ, phát triển rừng (BV,PTR)", &["BV,PTR = bảo vệ, phát triển rừng"]);
        check("theo Tờ trình (TTr) của Sở", &["TTr = Tờ trình"]);
    }

    #[test]
    fn small_words_between_may_be_passed_over() {
        check("Sở Giáo dục và Đào tạo (GDĐT) tỉnh", &["GDĐT = Giáo dục và Đào tạo"]);
        check(
            "khoa học, công nghệ và đổi mới sáng tạo (KHCN&ĐMST)",
            &["KHCN&ĐMST = khoa học, công nghệ và đổi mới sáng tạo"],
        );
        check(
            "phòng cháy, chữa cháy và cứu nạn, cứu hộ (PCCC và CNCH)",
            &["PCCC và CNCH = phòng cháy, chữa cháy và cứu nạn, cứu hộ"],
        );
    }

    #[test]
    fn foreign_letters_stand_for_what_they_translate() {
        check("thu hút đầu tư trực tiếp nước ngoài (FDI)", &["FDI = đầu tư trực tiếp nước ngoài"]);
        check(
            "ứng dụng trí tuệ nhân tạo (AI), Internet vạn vật (IoT)",
            &["AI = trí tuệ nhân tạo", "IoT = Internet vạn vật"],
        );
        check("theo hình thức hợp\ntác công tư (PPP)", &["PPP = hợp tác công tư"]);
        check("trí tuệ nhân tạo (Artificial Intelligence - AI)", &["AI = trí tuệ nhân tạo"]);
    }

    #[test]
    fn a_place_that_defines_again_counts_again() {
        check(
            "Ủy ban nhân dân (UBND) xã; Ủy ban nhân dân (sau đây viết tắt là UBND) tỉnh",
            &["UBND = Ủy ban nhân dân", "UBND = Ủy ban nhân dân"],
        );
    }

    #[test]
    fn short_names_products_and_other_brackets_define_nothing() {
        check("kế hoạch (sau đây gọi tắt là Kế hoạch)", &[]);
        check("phần mềm một cửa (iGate), mẫu điện tử (E-Form)", &[]);
        check("Nghị quyết Trung ương 8 (khóa XI), phụ lục (II)", &[]);
        check("tốc độ 10 Gigabit mỗi giây (10 Gbps)", &[]);
        check("trong 10 năm (2009 – 2019) của tỉnh (tổng hợp)", &[]);
        check("Bộ chỉ số phục vụ (Bộ chỉ số 766)", &[]);
        check("đối tác công tư PPP", &[]);
        check("Văn phòng (KGVX)", &[]);
    }
}
