//! The words around a number: how it is meant, and by how much it is to be multiplied.

use dondoc_core::{
    figure::{Qualifier, Status},
    fold::{SyllableKey, bare, syllable_key, word_key},
};

use crate::number::{Entered, is_gap};

/// What is written for nothing and for unknown.
pub(super) fn none(text: &str) -> Option<Entered> {
    match text {
        "-" | "–" | "—" | "\u{2212}" | "x" | "X" => return Some(Entered::Nil),
        "…" | "..." => return Some(Entered::NoFigure),
        _ => {}
    }
    if text.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    match bare(text).as_str() {
        "khong phat sinh" | "ko phat sinh" | "kps" => Some(Entered::Nil),
        "khong co so lieu" | "chua co so lieu" | "kcsl" => Some(Entered::NoFigure),
        _ => None,
    }
}

const QUALIFIERS: [(&[SyllableKey], Qualifier); 11] = [
    (&[word_key("khoảng")], Qualifier::About),
    (&[word_key("gần")], Qualifier::About),
    (&[word_key("trên")], Qualifier::AtLeast),
    (&[word_key("hơn")], Qualifier::AtLeast),
    (&[word_key("ít"), word_key("nhất")], Qualifier::AtLeast),
    (&[word_key("tối"), word_key("thiểu")], Qualifier::AtLeast),
    (&[word_key("dưới")], Qualifier::AtMost),
    (&[word_key("không"), word_key("quá")], Qualifier::AtMost),
    (&[word_key("tối"), word_key("đa")], Qualifier::AtMost),
    (&[word_key("cỡ")], Qualifier::Vague),
    (&[word_key("hàng")], Qualifier::Vague),
];

const SIGNS: [(&str, Qualifier); 6] = [
    ("~", Qualifier::About),
    ("≈", Qualifier::About),
    ("≥", Qualifier::AtLeast),
    (">=", Qualifier::AtLeast),
    ("≤", Qualifier::AtMost),
    ("<=", Qualifier::AtMost),
];

/// The word that [`prefixes`] takes for a qualifier; exact needs none.
pub(super) fn qualifier_word(qualifier: Qualifier) -> Option<&'static str> {
    match qualifier {
        Qualifier::Exact => None,
        Qualifier::About => Some("khoảng"),
        Qualifier::AtLeast => Some("trên"),
        Qualifier::AtMost => Some("dưới"),
        Qualifier::Vague => Some("cỡ"),
    }
}

/// The word that [`prefixes`] takes for a status.
pub(super) fn status_word(status: Status) -> &'static str {
    match status {
        Status::Estimate => "ước",
        Status::Final => "chính thức",
    }
}

/// The words before a number, and the rest: a status, then a qualifier, each at most once.
pub(super) fn prefixes(text: &str) -> (Option<Qualifier>, Option<Status>, &str) {
    let mut rest = text;
    let mut status = None;
    for (words, it) in [
        (&[word_key("ước")][..], Status::Estimate),
        (&[word_key("chính"), word_key("thức")], Status::Final),
    ] {
        if let (None, Some(after)) = (status, after_words(rest, words)) {
            (status, rest) = (Some(it), after);
        }
    }
    for (words, qualifier) in QUALIFIERS {
        if let Some(after) = after_words(rest, words) {
            return (Some(qualifier), status, after);
        }
    }
    for (sign, qualifier) in SIGNS {
        if let Some(after) = rest.strip_prefix(sign) {
            return (Some(qualifier), status, after.trim_start_matches(is_gap));
        }
    }
    (None, status, rest)
}

fn after_words<'a>(text: &'a str, words: &[SyllableKey]) -> Option<&'a str> {
    let mut rest = text;
    for word in words {
        let end = rest.find(is_gap)?;
        if syllable_key(&rest[..end]) != *word {
            return None;
        }
        rest = rest[end..].trim_start_matches(is_gap);
    }
    Some(rest)
}

const THOUSANDS: [(SyllableKey, i8); 5] = [
    (word_key("nghìn"), 3),
    (word_key("ngàn"), 3),
    (word_key("triệu"), 6),
    (word_key("tỷ"), 9),
    (word_key("tỉ"), 9),
];

/// What stands behind a number.
pub(super) struct Tail {
    /// By which power of ten the number is to be multiplied to count the field's unit of measure; `None` without such
    /// words.
    pub(super) exponent: Option<i8>,
}

impl Tail {
    /// `None` if the words are neither a multiple nor the field's unit of measure.
    pub(super) fn read(text: &str, measure: &str) -> Option<Self> {
        let text = text.trim_matches(is_gap);
        if text.is_empty() || same(text, measure) {
            return Some(Self { exponent: None });
        }
        let (exponent, rest) = multiple(text);
        let (of_measure, unit) = multiple(measure);
        if exponent == 0 || measure.trim() == "%" || !(rest.is_empty() || same(rest, unit)) {
            return None;
        }
        Some(Self { exponent: Some(exponent - of_measure) })
    }
}

/// The power of ten that a text begins with (`nghìn tỷ` is 12), and what comes after it.
fn multiple(text: &str) -> (i8, &str) {
    let mut rest = text.trim_start_matches(is_gap);
    let mut exponent = 0_i8;
    for _ in 0..2 {
        let end = rest.find(is_gap).unwrap_or(rest.len());
        let key = syllable_key(&rest[..end]);
        let is_word = rest[..end].chars().all(char::is_alphabetic);
        let Some((_, power)) = THOUSANDS.iter().find(|(it, _)| is_word && *it == key) else {
            break;
        };
        exponent += power;
        rest = rest[end..].trim_start_matches(is_gap);
    }
    (exponent, rest)
}

/// Whether two units of measure are the same one; signs such as `%` and `²` count.
fn same(a: &str, b: &str) -> bool {
    let signs =
        |it: &str| it.chars().filter(|c| !c.is_alphabetic() && !is_gap(*c)).collect::<String>();
    !a.is_empty() && bare(a) == bare(b) && signs(a) == signs(b)
}
