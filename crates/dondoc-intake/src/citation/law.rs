//! Laws, codes, ordinances and constitutions, cited by name.

use dondoc_core::fold::SyllableKey;

use super::{
    Mention,
    bodies::STOPS,
    issuer::{body_end, day_after, issuer_after},
    lexicon::{Naming, TYPE_WORDS},
    name::{Anchor, is_issued, is_of},
    number::{Sign, number_at},
    title::law_end,
};
use crate::text::{
    Text,
    day::year_of,
    lex::{Gap, word},
};

/// `Luật Đất đai`, `Bộ luật Hình sự`, `Hiến pháp năm 2013`, with number and day if they follow.
pub(super) fn law(text: &Text<'_>, anchor: &Anchor, kind: &'static str) -> Option<Mention> {
    let tokens = &text.tokens;
    let (at, after) = (anchor.tokens.start, anchor.tokens.end);
    let mut end = if kind == "HP" { constitution_end(text, after)? } else { law_end(text, after) };
    if let Some(amended) = amendment_end(text, after).filter(|_| kind != "HP") {
        if is_issued(text, anchor) {
            return None;
        }
        end = amended;
    }
    if end == after {
        return None;
    }
    let mut mention = Mention::new(at..end, kind);
    mention.name = Some(at..end);
    let mut number_start = end;
    // `Luật Đất đai năm 2024 số 31/2024/QH15`
    number_start += usize::from(tokens.get(number_start).is_some_and(|it| it.is_mark(',')));
    let is_numbered =
        tokens.get(number_start).is_some_and(|it| it.gap != Gap::Blank && it.is(word!("số")));
    if is_numbered
        && let Some(number) = number_at(text, number_start + 1).filter(|it| it.sign != Sign::None)
    {
        mention.tokens.end = number.tokens.end;
        mention.number = Some(number.tokens);
        mention.name = None;
    }
    if let Some((date, end)) = day_after(text, mention.tokens.end) {
        mention.date = date;
        mention.tokens.end = end;
    }
    if let Some((issuer, end)) =
        issuer_after(text, mention.tokens.end).filter(|_| is_of(text, mention.tokens.end))
    {
        mention.issuer = Some(issuer);
        mention.tokens.end = end;
    }
    Some(mention)
}

/// A constitution is named by its year or its country: `Hiến pháp năm 2013`.
fn constitution_end(text: &Text<'_>, at: usize) -> Option<usize> {
    let tokens = &text.tokens;
    let first = tokens.get(at).filter(|it| it.gap != Gap::Blank)?;
    let year = at + usize::from(first.is(word!("năm")));
    if tokens.get(year).is_some_and(|it| year_of(text, it).is_some()) {
        return Some(year + 1);
    }
    first.is(word!("nước")).then(|| body_end(text, at + 1)).filter(|it| *it > at + 1)
}

/// Where `sửa đổi, bổ sung một số điều của Luật A, Luật B và Luật C` ends.
fn amendment_end(text: &Text<'_>, at: usize) -> Option<usize> {
    let tokens = &text.tokens;
    let is = |at: usize, word: SyllableKey| {
        tokens.get(at).is_some_and(|it| it.gap != Gap::Blank && it.is(word))
    };
    if !is(at, word!("sửa")) || !is(at + 1, word!("đổi")) {
        return None;
    }
    let is_law = |at: usize| {
        TYPE_WORDS
            .longest(tokens, at)
            .filter(|(_, it)| it.naming == Naming::Law)
            .map(|(n, _)| at + n)
    };
    let near = at + 2..(at + 26).min(tokens.len());
    let mut next = near.take_while(|it| tokens[*it].gap != Gap::Blank).find_map(is_law)?;
    loop {
        let end = amended_end(text, next);
        let is_link = tokens.get(end).is_some_and(|it| it.is_mark(',')) || is(end, word!("và"));
        match is_law(end + 1).filter(|_| is_link && end < at + 160) {
            Some(start) if amended_end(text, start) > start => next = start,
            _ => return Some(end),
        }
    }
}

/// As [`law_end`], but for names without capitals too, as lists of amended laws have them.
fn amended_end(text: &Text<'_>, at: usize) -> usize {
    let end = law_end(text, at);
    if end > at {
        return end;
    }
    let tokens = &text.tokens;
    let stops = |it: &usize| {
        let token = &tokens[*it];
        !token.is_word()
            || token.gap == Gap::Blank
            || [word!("và"), word!("số"), word!("ngày")].contains(&token.key)
            || STOPS.longest(tokens, *it).is_some() && *it > at + 6
    };
    let last = (at + 14).min(tokens.len());
    (at..last).find(stops).unwrap_or(last)
}
