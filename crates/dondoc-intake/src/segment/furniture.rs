//! What a page prints around its text: navigation, counters, sharing, comments, related links, credits.

use std::{ops::Range, sync::LazyLock};

use super::{Form, Segment, page};

use crate::text::{
    Text, day,
    layout::Line,
    lex::{Gap, Token, TokenKind},
    phrase::Words,
};

mod lexicon;

/// What kind of furniture a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Furniture {
    /// A line that may stand anywhere, even inside a text.
    Passing,
    /// A line after which no more of the text comes.
    Closing,
    /// A line that names who wrote and photographed.
    Credit,
    /// A line that repeats the title for the site's own ends.
    Title,
}

/// What furniture a line is; `None` for a line of text.
pub(crate) fn kind(text: &Text<'_>, line: &Line) -> Option<Furniture> {
    let tokens = &text.tokens[line.tokens.clone()];
    let n_words = tokens.iter().take(500).filter(|it| it.is_word()).count();
    if n_words == 0 {
        let has_digits = tokens.iter().any(Token::is_number);
        return (has_digits && tokens.len() <= 6).then_some(Furniture::Passing);
    }
    let bullet = usize::from(!tokens[0].is_word() && !tokens[0].is_number() && tokens.len() > 1);
    let counter = bullet + usize::from(tokens[bullet].is_number());
    for at in [0, bullet, counter] {
        if let Some((n_tokens, (kind, most))) =
            lexicon::OPENINGS.longest(tokens, at.min(tokens.len() - 1))
            && tokens.len() <= *most
            && (n_tokens >= 4 || may_open(tokens, at + n_tokens, *kind))
        {
            return Some(*kind);
        }
    }
    if is_trail(text, tokens) || is_site_title(text, tokens, n_words) {
        return Some(Furniture::Passing);
    }
    None
}

/// Credits need a colon after them; other openings stand alone, before a mark or a number, or in a short line.
fn may_open(tokens: &[Token], after: usize, kind: Furniture) -> bool {
    let next = tokens.get(after);
    match kind {
        Furniture::Credit => {
            next.is_some_and(|it| it.is_mark(':')) || (next.is_none() && after > 3)
        }
        Furniture::Title => true,
        Furniture::Passing | Furniture::Closing => {
            // "Tổng số đảng viên tăng." is a sentence, "Tổng số: 12" a counter.
            let is_sentence = tokens.len() > 6
                && tokens[tokens.len() - 1].is_mark('.')
                && !tokens[..].iter().any(Token::is_number);
            let is_plain = next
                .is_none_or(|it| !it.is_word() || tokens.len() > after + 12 || tokens.len() <= 8);
            is_plain && (!is_sentence || after > 3)
        }
    }
}

/// `Trang chủ » Tin tức » …`
fn is_trail(text: &Text<'_>, tokens: &[Token]) -> bool {
    if tokens.len() > 60 {
        return false;
    }
    let n_arrows = tokens
        .iter()
        .filter(|it| matches!(it.kind, TokenKind::Mark('»' | '›' | '→' | '▸' | '>')))
        .count();
    let is_home = day::is_word(text, &tokens[0], "trang") && tokens.len() > 2;
    n_arrows >= 2 || (n_arrows == 1 && (is_home || tokens.len() < 12))
}

static SITES: LazyLock<Words> = LazyLock::new(|| Words::new(["vn", "com", "net", "org", "info"]));

/// `Tiêu đề | Bac.edu.vn`, `… # Top 9 View`
fn is_site_title(text: &Text<'_>, tokens: &[Token], n_words: usize) -> bool {
    if n_words > 60 {
        return false;
    }
    let n_hashes = tokens.iter().skip(1).filter(|it| it.is_mark('#')).count();
    let has_bar = tokens.iter().skip(1).any(|it| it.is_mark('|'));
    let is_site = tokens
        .windows(2)
        .any(|it| it[0].is_mark('.') && it[1].gap == Gap::None && SITES.has(&it[1]));
    let is_address = is_site
        && n_words <= 8
        && tokens.iter().all(|it| it.gap == Gap::None || it.start == tokens[0].start);
    let ends_open = !tokens[tokens.len() - 1].is_mark('.');
    let is_web = text.source[tokens[0].start as usize..].starts_with("http")
        || text.source[tokens[0].start as usize..].starts_with("www.");
    n_hashes >= 2 || (has_bar && is_site && ends_open) || is_address || (is_web && n_words <= 12)
}

/// Whether a line is furniture after which an official text does not go on.
pub(crate) fn closes_page(text: &Text<'_>, line: &Line) -> bool {
    line.tokens.len() <= 14
        && text.tokens[line.tokens.start].is_capital()
        && kind(text, line) == Some(Furniture::Closing)
}

/// Marks the furniture of all documents of a text.
pub(crate) fn mark(text: &Text<'_>, segments: &mut [Segment]) {
    let mut which = 0;
    for line in text.lines.iter().filter(|it| !it.bytes.is_empty()) {
        let at = line.tokens.start;
        while which + 1 < segments.len()
            && segments[which + 1].tokens.start < line.tokens.end.max(at + 1)
        {
            which += 1;
        }
        let segment = &segments[which];
        let is_inside = !line.tokens.is_empty()
            && at < segment.tokens.end
            && line.tokens.end > segment.tokens.start;
        let has_words = |it: &Token| it.is_word() || it.is_number();
        let is_outside = !is_inside && text.tokens[line.tokens.clone()].iter().any(has_words);
        let is_furniture = is_rule(&text.source[line.bytes.clone()])
            || is_outside
            || (segment.form == Form::Article
                && matches!(kind(text, line), Some(found) if found != Furniture::Credit || !page::is_content(text, line)));
        if is_furniture {
            segments[which].boilerplate.push(line.bytes.clone());
        } else if segment.form == Form::Article {
            let found = credits(text, line);
            segments[which].boilerplate.extend(found);
        }
    }
}

/// Whether a line is nothing but bars, stars, hyphens and white space.
fn is_rule(line: &str) -> bool {
    matches!(line.as_bytes().first(), Some(b'|' | b'*' | b'-'))
        && line.chars().all(|it| matches!(it, '|' | '*' | '-') || it.is_whitespace())
}

/// The credits inside a line: `(Ảnh: …)`, or `Ảnh: …` at its end.
fn credits(text: &Text<'_>, line: &Line) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let is_photo = |at: usize| {
        let token = &text.tokens[at];
        (day::is_word(text, token, "ảnh") || day::is_word(text, token, "nguồn"))
            && (at + 1..(at + 4).min(line.tokens.end)).any(|it| text.tokens[it].is_mark(':'))
    };
    for at in line.tokens.clone() {
        if text.tokens[at].is_mark('(') && at + 1 < line.tokens.end && is_photo(at + 1) {
            let close =
                (at..(at + 24).min(line.tokens.end)).find(|it| text.tokens[*it].is_mark(')'));
            found.extend(close.and_then(|it| text.bytes(at..it + 1)));
        }
    }
    if found.is_empty() && line.tokens.len() <= 80 {
        let last = line.tokens.end;
        let from = line.tokens.start.max(last.saturating_sub(9));
        let open = (from.max(line.tokens.start + 1)..last).find(|it| {
            text.tokens[*it].is_capital()
                && day::is_word(text, &text.tokens[*it], "ảnh")
                && text.tokens.get(it + 1).is_some_and(|next| next.is_mark(':'))
                && !text.tokens[it - 1].is_mark(',')
                && !text.tokens[it - 1].is_dash()
        });
        found.extend(open.and_then(|it| text.bytes(it..last)));
    }
    found
}
