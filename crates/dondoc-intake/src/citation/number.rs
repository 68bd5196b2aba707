//! Numbers and symbols of documents: `57-NQ/TW`, `03/2019/NĐ-CP`, `97/2025/QH15`, `05`.

use std::ops::Range;

use super::lexicon::SIGNS;
use crate::text::{
    Text, day,
    lex::{Case, Gap, Token, TokenKind},
};

/// What a number says about the type of its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// Digits only: `05`.
    None,
    /// Letters, but no sign of a type: `8091/BNV-TCBC`, `97/2025/QH15`.
    Body,
    /// The sign of a type.
    Kind(&'static str),
}

/// A number of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) tokens: Range<usize>,
    pub(super) sign: Sign,
}

/// Longer than any number of a document, in tokens.
const LONGEST: usize = 24;
/// Longer than the letters of any body in a number, in bytes.
const LONGEST_SYMBOL: u32 = 40;

/// The number that begins at token `at`.
///
/// Stray spaces and one line break are allowed beside a `/` or `-`, as scanned and wrapped text has them.
pub(super) fn number_at(text: &Text<'_>, at: usize) -> Option<Number> {
    let tokens = &text.tokens;
    let first = tokens.get(at).filter(|it| it.is_number())?;
    if first.end - first.start > 6 {
        return None;
    }
    let mut end = after_digits(text, at);
    let mut sign = Sign::None;
    let (mut n_years, mut n_words) = (0, 0);
    while end < at + LONGEST {
        let Some(part) = part_after(tokens, end, n_words) else { break };
        let token = &tokens[part];
        match token.kind {
            TokenKind::Number if n_years == 0 && sign == Sign::None && is_year(text, token) => {
                n_years += 1;
                end = part + 1;
            }
            TokenKind::Word if is_symbol(text, token, part - end > 1 || sign != Sign::None) => {
                if sign == Sign::None {
                    // `QH15` is the National Assembly, `QH` a plan.
                    let is_term = tokens
                        .get(part + 1)
                        .is_some_and(|it| it.is_number() && it.gap == Gap::None);
                    sign = match SIGNS.longest(&tokens[part..=part], 0) {
                        Some((_, kind)) if !is_term => Sign::Kind(kind),
                        _ => Sign::Body,
                    };
                }
                n_words += 1;
                end = after_letters(tokens, part + 1);
            }
            _ => break,
        }
    }
    Some(Number { tokens: at..end, sign })
}

/// After `12`, `12a` or `66.4`.
fn after_digits(text: &Text<'_>, at: usize) -> usize {
    let tokens = &text.tokens;
    let is_close = |at: usize| tokens.get(at).is_some_and(|it| it.gap == Gap::None);
    if is_close(at + 1) && is_close(at + 2) && tokens[at + 1].is_mark('.') {
        // `66.4/2025`: a full stop only before one or two digits that a slash follows.
        let is_part = tokens[at + 2].is_number() && tokens[at + 2].end - tokens[at + 2].start <= 2;
        if is_part && is_close(at + 3) && tokens[at + 3].is_mark('/') {
            return at + 3;
        }
    }
    let is_letter = |it: &Token| it.is_word() && it.end - it.start <= 2 && it.case != Case::Upper;
    if is_close(at + 1) && is_letter(&tokens[at + 1]) {
        return at + 2;
    }
    at + 1
}

/// The token after a `/` or `-` at `at`, if the two join what stands before and after.
fn part_after(tokens: &[Token], at: usize, n_words: usize) -> Option<usize> {
    let mark = tokens.get(at)?;
    let part = tokens.get(at + 1)?;
    let is_slash = mark.is_mark('/');
    if !is_slash && !mark.is_dash() || mark.gap == Gap::Blank || part.gap == Gap::Blank {
        return None;
    }
    // `15 - QĐ/TW` is a number, `mục 5 - Tổ chức` none: the sign decides.
    if !is_slash && mark.gap != Gap::None && part.gap != Gap::None {
        // `8397/TTr - SKHĐT`: after the sign alone a body must come.
        let is_sign = part.is_capital() && SIGNS.longest(&tokens[at + 1..at + 2], 0).is_some();
        let is_body = n_words == 1 && part.case == Case::Upper;
        return (is_sign && n_words == 0 || is_body).then_some(at + 1);
    }
    if mark.gap == Gap::Line
        || part.gap == Gap::Line && part.case == Case::Lower && !part.is_number()
    {
        return None;
    }
    Some(at + 1)
}

fn is_year(text: &Text<'_>, token: &Token) -> bool {
    day::year_of(text, token).is_some()
}

/// Whether a word can stand in a number: `NĐ`, `TTg`, `BĐG`; small letters only for a sign of a type.
fn is_symbol(text: &Text<'_>, token: &Token, is_inner: bool) -> bool {
    if token.end - token.start > LONGEST_SYMBOL {
        return false;
    }
    if token.case == Case::Upper {
        return true;
    }
    let word = &text.source[token.start as usize..token.end as usize];
    let n_capitals = word.chars().filter(|it| it.is_uppercase()).count();
    if n_capitals >= 2 || SIGNS.longest(std::slice::from_ref(token), 0).is_some() {
        return true;
    }
    // `P` of `12/P-TH`; `TTg` in small letters.
    is_inner && word.len() <= 3 && n_capitals == 1
        || token.gap == Gap::None && word.eq_ignore_ascii_case("ttg")
}

/// After `15` of `QH15`, `&BĐG` of `CTTN&BĐG`, `.KSTT` of `VP.KSTT`.
fn after_letters(tokens: &[Token], mut at: usize) -> usize {
    let is_close = |at: usize| tokens.get(at).is_some_and(|it| it.gap == Gap::None);
    if is_close(at) && tokens[at].is_number() {
        at += 1;
    }
    while is_close(at)
        && is_close(at + 1)
        && matches!(tokens[at].kind, TokenKind::Mark('&' | '.' | '_' | '+'))
        && (tokens[at + 1].case == Case::Upper
            || tokens[at + 1].is_number() && tokens[at + 1].end - tokens[at + 1].start <= 2)
    {
        at += 2;
    }
    at
}
