//! Title, day and place of an article.

use std::ops::Range;

use jiff::civil::Date;

use super::{Header, province};
use crate::{
    segment::{Segment, page},
    text::{
        Text, day,
        lex::{Case, Gap, TokenKind},
    },
};

/// Reads what an article says of itself.
pub(crate) fn header(text: &Text<'_>, segment: &Segment) -> Header {
    let lead = page::title_line(text, segment);
    let title = segment
        .title
        .clone()
        .map(|bytes| crate::text::place::field(&text.source[bytes]))
        .or_else(|| lead.clone().map(|it| text.field(it)));
    Header {
        kind: "news".to_owned(),
        number: None,
        issued_on: published_on(text, segment),
        issuer: None,
        place: place(text, segment),
        title,
        signer: None,
        addressees: Vec::new(),
        body: lead.map_or(segment.tokens.start, |it| it.end)..segment.tokens.end,
        signature: None,
    }
}

/// The day on a line of its own: before the text, right under the title, or else at the end of the article.
fn published_on(text: &Text<'_>, segment: &Segment) -> Option<Date> {
    let first = text.lines.partition_point(|it| it.tokens.end <= segment.tokens.start);
    let last = text.lines.partition_point(|it| it.tokens.start < segment.tokens.end);
    let before = first.saturating_sub(12)..first;
    let top = first..(first + 10).min(last);
    let bottom = last.saturating_sub(5).max(first)..(last + 3).min(text.lines.len());
    let own = |lines: Range<usize>| {
        let mut lines = lines;
        lines.find_map(|at| page::day_line(text, text.lines[at].tokens.clone()))
    };
    let is_first = segment.tokens.start == 0
        || !text.lines[before.clone()].iter().any(|it| it.tokens.len() > 40);
    own(top).or_else(|| if is_first { own(before) } else { None }).or_else(|| own(bottom))
}

/// The province that most of the article's mentions name; `None` if there is no such one.
pub(crate) fn place(text: &Text<'_>, segment: &Segment) -> Option<String> {
    // The first mention of each province, and how much all of its mentions weigh.
    let mut known: Vec<Option<(Range<usize>, u32)>> = vec![None; province::N_PROVINCES];
    let mut unknown: Vec<(Range<usize>, u32)> = Vec::new();
    let mut at = segment.tokens.start;
    while at < segment.tokens.end {
        if text.tokens[at].case == Case::Lower && !is_province_word(text, at) {
            at += 1;
            continue;
        }
        if let Some((n_tokens, which)) = province::PROVINCES.longest(&text.tokens, at)
            && text.tokens[at].is_capital()
        {
            let weight = weight(text, at);
            let mention = known[*which].get_or_insert((at..at + n_tokens, 0));
            mention.1 += weight;
            at += n_tokens;
        } else if let Some(name) = unknown_province(text, at) {
            let end = name.end;
            count(text, &mut unknown, name);
            at = end;
        } else {
            at += 1;
        }
    }
    let all: Vec<(Range<usize>, u32)> = known.into_iter().flatten().chain(unknown).collect();
    let sum: u32 = all.iter().map(|(_, weight)| weight).sum();
    let n_most = all.iter().map(|(_, weight)| *weight).max()?;
    let mut most = all.into_iter().filter(|(_, weight)| *weight == n_most);
    let (name, _) = most.next()?;
    let is_one = n_most >= 2 && n_most * 3 > sum && most.next().is_none();
    is_one.then(|| text.field(name))
}

/// A mention after `tỉnh` or in a body's name says more; the town of a meeting says nothing.
fn weight(text: &Text<'_>, at: usize) -> u32 {
    let word =
        |back: usize| at.checked_sub(back).map(|it| &text.tokens[it]).filter(|it| it.is_word());
    let is = |back: usize, words: &str| word(back).is_some_and(|it| day::is_word(text, it, words));
    if is(1, "tại") || is(1, "đô") || is(1, "từ") || is(1, "quân") {
        return 0;
    }
    if is(1, "tỉnh") || is(1, "ủy") { 2 } else { 1 }
}

fn is_province_word(text: &Text<'_>, at: usize) -> bool {
    day::is_word(text, &text.tokens[at], "tỉnh")
}

/// `tỉnh Lam Giang`: two capitalised words after `tỉnh`; three or more are a person's name (`Chủ tịch UBND tỉnh …`).
fn unknown_province(text: &Text<'_>, at: usize) -> Option<Range<usize>> {
    if !is_province_word(text, at) {
        return None;
    }
    let is_name = |it: usize| {
        let token = text.tokens.get(it)?;
        (token.case == Case::Capital && token.gap == Gap::Space && token.kind == TokenKind::Word)
            .then_some(())
    };
    is_name(at + 1)?;
    is_name(at + 2)?;
    if is_name(at + 3).is_some() {
        return None;
    }
    // A known name is counted where it stands.
    province::PROVINCES.longest(&text.tokens, at + 1).is_none().then_some(at + 1..at + 3)
}

fn count(text: &Text<'_>, names: &mut Vec<(Range<usize>, u32)>, name: Range<usize>) {
    let keys =
        |range: &Range<usize>| [text.tokens[range.start].key, text.tokens[range.start + 1].key];
    let new = keys(&name);
    if let Some((_, weight)) = names.iter_mut().find(|(it, _)| keys(it) == new) {
        *weight += 2;
    } else if names.len() < 64 {
        names.push((name, 2));
    }
}
