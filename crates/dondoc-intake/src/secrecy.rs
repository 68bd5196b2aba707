//! The secrecy stop: documents that bear a mark of secrecy are refused before anything is kept.
//!
//! A mark is a stamp: the words `MẬT`, `TỐI MẬT` or `TUYỆT MẬT` alone on a line of the heading block or at the top
//! of the first page, or a filled-in line `Độ mật: …` there. A document that speaks of secrecy, lists its levels or
//! prints an empty `Độ mật:` bears none.
//!
//! # Source
//!
//! Law on the Protection of State Secrets 29/2018/QH14, Article 8: the three levels.

use std::{ops::Range, sync::LazyLock};

use dondoc_core::fold::{SyllableKey, bare, syllable_key};

use crate::{
    header::piece::{self, Piece},
    segment,
    text::{
        Text,
        lex::{Case, Gap, Token},
    },
};

/// A stamp may stand so far before the motto, in tokens.
const REACH_BACK: usize = 60;
/// Without a heading block, a stamp stands on one of the first lines.
const TOP_LINES: usize = 5;

/// The mark of secrecy that a text bears, as printed; `None` for a text that merely speaks of secrecy.
///
/// # Example
///
/// ```
/// use dondoc_intake::secrecy::mark;
///
/// assert_eq!(mark("TUYỆT MẬT\n\nKẾ HOẠCH"), Some("TUYỆT MẬT".to_owned()));
/// assert_eq!(mark("Căn cứ Luật Bảo vệ bí mật nhà nước;"), None);
/// ```
#[must_use]
pub fn mark(text: &str) -> Option<String> {
    // Most texts have no such word with a capital.
    if !may_bear_mark(text) {
        return None;
    }
    let text = Text::new(text);
    let zones = segment::heading_zones(&text);
    let in_heading = zones.iter().find_map(|zone| {
        let start = zone.start.saturating_sub(REACH_BACK);
        stamp(&text, &piece::pieces(&text, start..zone.end), Place::Heading)
    });
    in_heading.or_else(|| at_top(&text, &zones)).or_else(|| on_later_page(&text))
}

fn may_bear_mark(text: &str) -> bool {
    const SIGNS: &[&str] = &[
        "MẬT",
        "Mật",
        "Ậ",
        "A\u{323}",
        "Â\u{323}",
        "Ma\u{323}",
        "Mâ\u{323}",
        "ĐỘ MẬT",
        "Độ mật",
        "MÂT",
    ];
    SIGNS.iter().any(|it| memchr::memmem::find(text.as_bytes(), it.as_bytes()).is_some())
}

/// Where a stamp is looked for; the less sure the place, the more sure the stamp must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// In a heading block.
    Heading,
    /// On the first lines of a text, or of a page.
    Top,
}

/// A stamp on the first lines of a text that does not begin with a heading block.
fn at_top(text: &Text<'_>, zones: &[Range<usize>]) -> Option<String> {
    if zones.first().is_some_and(|it| it.start == 0) {
        return None;
    }
    let lines = text.lines.iter().filter(|it| !it.tokens.is_empty()).take(TOP_LINES);
    let end = lines.last()?.tokens.end.min(200);
    let pieces = piece::pieces(text, 0..end);
    let is_table = pieces.iter().any(|it| it.after_bar);
    if is_table { None } else { stamp(text, &pieces, Place::Top) }
}

/// A stamp on the first line after a page break.
fn on_later_page(text: &Text<'_>) -> Option<String> {
    memchr::memchr_iter(b'\x0c', text.source.as_bytes()).find_map(|byte| {
        let first = text.token_at_byte(byte);
        let rest = &text.tokens[first..text.tokens.len().min(first + 8)];
        let goes_on = |pair: &&[Token]| {
            let between = &text.source[pair[0].end as usize..pair[1].start as usize];
            pair[1].gap <= Gap::Space && !between.contains('\x0c')
        };
        let n_tokens = rest.windows(2).take_while(goes_on).count() + 1;
        let pieces = piece::pieces(text, first..(first + n_tokens).min(text.tokens.len()));
        stamp(text, &pieces, Place::Top)
    })
}

/// The first stamp among pieces; a stamp is set wide, so that pieces of one line may be parts of it.
fn stamp(text: &Text<'_>, pieces: &[Piece], place: Place) -> Option<String> {
    (0..pieces.len()).find_map(|first| {
        let on_line =
            pieces[first + 1..].iter().take(3).take_while(|it| !it.begins_line && !it.after_bar);
        (first..=first + on_line.count()).rev().find_map(|last| {
            let words = level(text, &pieces[first..=last])?;
            let is_upper = text.tokens[words.clone()].iter().all(|it| {
                it.case == Case::Upper || (it.case == Case::Capital && it.end - it.start <= 3)
            });
            // "Mật" with small letters may be a cell or an item; in a heading block nothing else has that form.
            (is_upper || place == Place::Heading).then(|| text.field(words))
        })
    })
}

static MAT: LazyLock<SyllableKey> = LazyLock::new(|| syllable_key("mật"));

/// The words of a level of secrecy that pieces of one line make up, with or without `Độ mật:` before and urgency
/// beside them.
fn level(text: &Text<'_>, pieces: &[Piece]) -> Option<Range<usize>> {
    let (head, last) = (pieces.first()?, pieces.last()?);
    let tokens = head.tokens.start..last.tokens.end;
    let mut words: Vec<usize> = tokens.clone().filter(|it| text.tokens[*it].is_word()).collect();
    if words.len() > 8 || text.tokens[tokens].iter().any(Token::is_number) {
        return None;
    }
    let n_label = match () {
        () if head.begins("do mat") => 2,
        () if head.begins("muc do mat") || head.begins("do bao mat") => 3,
        () => 0,
    };
    words.drain(..n_label.min(words.len()));
    strip_urgency(text, &mut words);
    let (first, last) = (*words.first()?, *words.last()?);
    let is_capital = text.tokens[first].is_capital();
    let word = |it: &usize| {
        bare(&text.source[text.tokens[*it].start as usize..text.tokens[*it].end as usize])
    };
    let bare_words: Vec<String> = words.iter().map(word).collect();
    let joined = bare_words.concat();
    let last_is_mat = text.tokens[last].key == *MAT || is_spaced_mat(text, &words);
    let is_level = match joined.as_str() {
        "mat" => last_is_mat,
        "toimat" => bare_words.len() != 2 || last_is_mat || is_upper(text, &words),
        "tuyetmat" => true,
        _ => false,
    };
    (is_level && is_capital).then_some(first..last + 1)
}

fn is_upper(text: &Text<'_>, words: &[usize]) -> bool {
    words.iter().all(|it| text.tokens[*it].case == Case::Upper)
}

/// `M Ậ T`
fn is_spaced_mat(text: &Text<'_>, words: &[usize]) -> bool {
    let letters: String = words
        .iter()
        .map(|it| &text.source[text.tokens[*it].start as usize..text.tokens[*it].end as usize])
        .collect();
    syllable_key(&letters) == *MAT && letters.chars().all(|it| !it.is_lowercase())
}

/// Takes `HỎA TỐC`, `THƯỢNG KHẨN`, `KHẨN` off either end.
fn strip_urgency(text: &Text<'_>, words: &mut Vec<usize>) {
    let is_urgency = |token: &Token| {
        matches!(
            bare(&text.source[token.start as usize..token.end as usize]).as_str(),
            "hoa" | "toc" | "khan" | "thuong" | "hen" | "gio"
        )
    };
    while words.first().is_some_and(|it| is_urgency(&text.tokens[*it])) {
        words.remove(0);
    }
    while words.last().is_some_and(|it| is_urgency(&text.tokens[*it])) {
        words.pop();
    }
}

#[cfg(test)]
mod tests;
