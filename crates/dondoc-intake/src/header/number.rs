//! The number line, and the line of place and day.

use std::{ops::Range, sync::LazyLock};

use dondoc_core::kind::KINDS;
use jiff::civil::Date;

use crate::text::{
    Text, day,
    lex::{Case, Gap, Token, TokenKind},
    phrase::Words,
};

static NUMBER_WORD: LazyLock<Words> = LazyLock::new(|| Words::new(["số", "sô", "só", "sổ"]));

/// Whether a token is `Số` of a number line: with a colon, digits, a slash or dots after it.
pub(crate) fn is_number_word(text: &Text<'_>, at: usize) -> bool {
    let token = &text.tokens[at];
    token.is_capital() && NUMBER_WORD.has(token) && {
        let next = text.tokens.get(at + 1);
        next.is_some_and(|it| {
            it.is_mark(':')
                || it.is_mark('/')
                || (it.gap <= Gap::Space
                    && (it.is_number() || matches!(it.kind, TokenKind::Mark('.' | '…' | '_'))))
        })
    }
}

/// A number line: whether the number is filled in, and where the line ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NumberLine {
    /// The number as printed, without `Số:`; `None` if it was left blank.
    pub(crate) number: Option<Range<usize>>,
    /// The token after it.
    pub(crate) end: usize,
}

/// The number line whose `Số` is token `at`; it ends before `limit`.
pub(crate) fn number_line(text: &Text<'_>, at: usize, limit: usize) -> NumberLine {
    let mut start = at + 1;
    while start < limit && matches!(text.tokens[start].kind, TokenKind::Mark(':' | '.' | '…' | '_'))
    {
        start += 1;
    }
    let end = symbol_end(text, start, limit);
    let is_filled =
        end > start && text.tokens[start].is_number() && text.tokens[start].gap <= Gap::Line;
    NumberLine { number: is_filled.then_some(start..end), end: end.max(start) }
}

/// Where a number and symbol that begins at `start` ends: `202 / TT Tr - UBND`, `9476 /BNNMT-CNTY`.
pub(crate) fn symbol_end(text: &Text<'_>, start: usize, limit: usize) -> usize {
    // The longest symbols in use have about fifteen tokens.
    let limit = limit.min(start + 30).min(text.tokens.len());
    let joins =
        |it: &Token| matches!(it.kind, TokenKind::Mark('/' | '&' | '.' | ',')) || it.is_dash();
    let mut end = start;
    let mut at = start;
    while at < limit {
        let token = &text.tokens[at];
        let before = (at > start).then(|| &text.tokens[at - 1]);
        let is_first = at == start;
        let after_joint = before.is_some_and(|it| it.is_mark('/') || it.is_dash());
        let belongs = match token.gap {
            _ if begins_subject(text, at) => false,
            Gap::None => token.is_word() || token.is_number() || joins(token),
            Gap::Space | Gap::Line if is_first => token.is_number() || token.is_mark('/'),
            Gap::Space => {
                (joins(token) && !matches!(token.kind, TokenKind::Mark('.' | ',')))
                    || (after_joint && token.is_capital())
                    || is_torn_part(text, at)
            }
            Gap::Line => after_joint && token.case == Case::Upper,
            Gap::Blank => is_first && (token.is_number() || token.is_mark('/')),
        };
        if !belongs {
            break;
        }
        at += 1;
        if token.is_word() || token.is_number() {
            end = at;
        }
    }
    end
}

/// `V/v`
pub(crate) fn begins_subject(text: &Text<'_>, at: usize) -> bool {
    let [v, slash, second, ..] = &text.tokens[at.min(text.tokens.len())..] else { return false };
    let is_v = |it: &Token| {
        it.is_word()
            && matches!(text.source.as_bytes()[it.start as usize], b'v' | b'V')
            && it.end - it.start == 1
    };
    is_v(v) && slash.is_mark('/') && is_v(second)
}

/// `Tr` of `TT Tr - UBND`: a short piece of a symbol before a dash or slash.
fn is_torn_part(text: &Text<'_>, at: usize) -> bool {
    let token = &text.tokens[at];
    token.is_capital()
        && token.end - token.start <= 6
        && text.tokens.get(at + 1).is_some_and(|it| it.is_mark('/') || it.is_dash())
        && text.tokens[at - 1].is_capital()
}

/// The type that the symbol of a number stands for; `CV` for a number and a body without a type.
pub(crate) fn kind_of_symbol(text: &Text<'_>, number: Range<usize>) -> Option<&'static str> {
    let tokens = &text.tokens[number];
    let mut has_body = false;
    for token in tokens.iter().skip(1).filter(|it| it.is_word()) {
        let sign = &text.source[token.start as usize..token.end as usize];
        let known = KINDS.iter().find(|kind| {
            kind.signs
                .iter()
                .any(|it| it.eq_ignore_ascii_case(sign) || it.to_lowercase() == sign.to_lowercase())
        });
        if let Some(kind) = known {
            return Some(kind.code);
        }
        if sign.starts_with("QH") && tokens.iter().filter(|it| it.is_mark('/')).count() == 2 {
            return Some("LUAT");
        }
        has_body = true;
    }
    has_body.then_some("CV")
}

/// A line of place and day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PlaceAndDay {
    /// The place.
    pub(crate) place: Option<Range<usize>>,
    /// The day; `None` if it was left blank.
    pub(crate) day: Option<Date>,
    /// The tokens of the line.
    pub(crate) tokens: Range<usize>,
}

static DAY: LazyLock<Words> = LazyLock::new(|| Words::new(["ngày"]));
static MONTH: LazyLock<Words> = LazyLock::new(|| Words::new(["tháng"]));

/// The place and day whose `ngày` is token `at`: `Hà Nội, ngày 20 tháng 11 năm 2025`.
pub(crate) fn place_and_day(text: &Text<'_>, at: usize) -> Option<PlaceAndDay> {
    if !DAY.has(&text.tokens[at]) {
        return None;
    }
    let place = place_before(text, at);
    let start = place.as_ref().map_or(at, |it| it.start);
    if let Some((day, n_tokens)) = day::day_at(text, at) {
        return Some(PlaceAndDay { place, day: Some(day), tokens: start..at + n_tokens });
    }
    // `ngày    tháng 11 năm 2025`: the day was to be written by hand.
    let month =
        (at + 1..(at + 5).min(text.tokens.len())).find(|it| MONTH.has(&text.tokens[*it]))?;
    place.as_ref()?;
    let rest = &text.tokens[month + 1..(month + 8).min(text.tokens.len())];
    let n_rest = rest.iter().take_while(|it| it.gap <= Gap::Space && !it.is_mark('|')).count();
    Some(PlaceAndDay { place, day: None, tokens: start..month + 1 + n_rest })
}

/// The place before `, ngày`: capitalised words, back to the edge of the column.
fn place_before(text: &Text<'_>, at: usize) -> Option<Range<usize>> {
    let mut start = at;
    let mut end = at;
    if at > 0 && text.tokens[at - 1].is_mark(',') {
        end = at - 1;
        start = end;
    }
    let mut n_on_line = 0;
    while start > 0 && end - start < 7 {
        let token = &text.tokens[start - 1];
        // The gap after the word that is looked at.
        let gap = text.tokens.get(start).map_or(Gap::Space, |it| it.gap);
        let is_wide = gap == Gap::Space && {
            let between = &text.source[token.end as usize..text.tokens[start].start as usize];
            between.chars().filter(|it| it.is_whitespace()).count() > 3
        };
        if gap == Gap::Blank || is_wide || (gap == Gap::Line && n_on_line >= 2) {
            break;
        }
        if gap == Gap::Line {
            n_on_line = 0;
        }
        // `TP. Hồ Chí Minh`, `Thành phố Hồ Chí Minh`, `Bà Rịa - Vũng Tàu`
        let belongs = token.case == Case::Capital
            || is_town_sign(text, token)
            || (token.is_dash() && end > start)
            || (token.is_mark('.') && start > 1 && is_town_sign(text, &text.tokens[start - 2]))
            || (end > start && &text.source[token.start as usize..token.end as usize] == "phố");
        if !belongs {
            break;
        }
        start -= 1;
        n_on_line += 1;
    }
    while start < end && !text.tokens[start].is_word() {
        start += 1;
    }
    (start < end).then_some(start..end)
}

fn is_town_sign(text: &Text<'_>, token: &Token) -> bool {
    matches!(
        &text.source[token.start as usize..token.end as usize],
        "TP" | "Tp" | "TX" | "HCM" | "TP.HCM"
    )
}
