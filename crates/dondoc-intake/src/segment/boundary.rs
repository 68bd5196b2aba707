//! Where official documents begin and end.

use std::{ops::Range, sync::LazyLock};

use super::{furniture, page};
use crate::{
    header::{
        heading::{self, Heading},
        number, piece, signature,
    },
    text::{
        Text,
        lex::{Gap, Token, TokenKind},
        phrase::Phrases,
    },
};

/// Where an official document begins, and where its heading block ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Start {
    /// The first token of its heading block.
    pub(crate) start: usize,
    /// The first token of its body.
    pub(crate) body: usize,
}

/// Two heading blocks do not stand closer than this, in tokens.
const SHORTEST: usize = 60;

/// The heading blocks that begin a document: the first, and those after it that belong to no annex.
pub(crate) fn official_starts(text: &Text<'_>) -> Vec<Start> {
    let mut starts: Vec<Start> = Vec::new();
    let mottos = heading::mottos(text, 0..text.tokens.len());
    for (at, &motto) in mottos.iter().enumerate() {
        let floor = starts.last().map_or(0, |it| it.start + SHORTEST);
        if motto < floor {
            continue;
        }
        let from = starts.last().map_or(0, |it| it.body.min(motto));
        // A heading does not reach over the next one, however many there are.
        let next = mottos[at + 1..].iter().find(|it| **it >= motto + SHORTEST);
        let to = next.copied().unwrap_or(text.tokens.len());
        let Some(heading) = heading::heading(text, motto, from..to) else { continue };
        if !heading.has_motto || !begins_document(text, &heading, starts.is_empty()) {
            continue;
        }
        starts.push(Start { start: heading.tokens.start, body: heading.tokens.end });
    }
    if starts.is_empty() {
        starts.extend(without_motto(text));
    }
    starts
}

/// Whether a heading block is that of a document, and not of a form in an annex.
fn begins_document(text: &Text<'_>, heading: &Heading, is_first: bool) -> bool {
    let near_top = heading.tokens.start < 400;
    if is_first && near_top {
        return heading.has_number_line || heading.kind.is_some();
    }
    let is_filled = heading.number.clone().is_some_and(|it| it.len() >= 3)
        && (heading.day.is_some() || heading.kind.is_some());
    is_filled && !is_annex(text, heading.tokens.start)
}

static ANNEX: LazyLock<Phrases<()>> = LazyLock::new(|| {
    Phrases::new(
        [
            "phụ lục",
            "mẫu số",
            "mẫu",
            "biểu mẫu",
            "biểu số",
            "kèm theo",
            "ban hành kèm theo",
            "ví dụ",
        ]
        .map(|it| (it, ())),
    )
});

/// Whether the lines right before a token head an annex.
fn is_annex(text: &Text<'_>, at: usize) -> bool {
    let from = at.saturating_sub(60);
    let mut n_lines = 0;
    for it in (from..at).rev() {
        let token = &text.tokens[it];
        if token.gap >= Gap::Line {
            n_lines += 1;
        }
        if ANNEX.longest(&text.tokens, it).is_some()
            && (token.gap >= Gap::Line || text.tokens[it.saturating_sub(1)].is_mark('('))
        {
            return true;
        }
        if n_lines >= 6 {
            break;
        }
    }
    false
}

/// A heading block that lost its motto: a number line near the top, with a type word, a day or an address.
fn without_motto(text: &Text<'_>) -> Option<Start> {
    let line = text.lines.iter().take(40).find(|line| {
        line.tokens.len() < 60
            && line.tokens.clone().next().is_some_and(|it| number::is_number_word(text, it))
    })?;
    let at = line.tokens.start;
    let before = at.saturating_sub(40);
    let corner = piece::pieces(text, before..at);
    let first = corner
        .iter()
        .rev()
        .take_while(|it| it.is_upper && it.n_words() <= 16)
        .last()
        .map_or(at, |it| it.tokens.start);
    let heading = heading::heading(text, first, before..text.tokens.len())?;
    let is_block = heading.number.is_some()
        && (heading.kind.is_some() || heading.day.is_some() || !heading.addressees.is_empty());
    is_block.then_some(Start { start: first, body: heading.tokens.end })
}

/// Where the document that starts at `start` ends, before `end`: at page furniture after its signature.
pub(crate) fn official_end(text: &Text<'_>, start: &Start, end: usize) -> usize {
    let body = start.body.clamp(start.start, end);
    let signed = signature::signature(text, body..end).map_or(body, |it| it.tokens.end);
    let from = text.lines.partition_point(|it| it.tokens.start < signed);
    let to = text.lines.partition_point(|it| it.tokens.start < end);
    let lines = &text.lines[from.min(to)..to];
    // An annex may have a line that reads like furniture; paragraphs and tables after it show that it is none.
    let last_text = lines.iter().rposition(|it| {
        page::is_content(text, it)
            || it.tokens.len() == 1 && text.tokens[it.tokens.start].is_mark('|')
    });
    let tail = last_text.map_or(0, |it| it + 1);
    lines[tail..]
        .iter()
        .find(|it| !it.tokens.is_empty() && furniture::closes_page(text, it))
        .map_or(end, |it| it.tokens.start)
}

/// A range of tokens without bars and rules at either end.
pub(crate) fn trimmed(text: &Text<'_>, tokens: Range<usize>) -> Range<usize> {
    let is_text = |token: &Token| match token.kind {
        TokenKind::Word | TokenKind::Number => true,
        TokenKind::Mark(mark) => {
            !matches!(mark, '|' | '-' | '–' | '—' | '_' | '=' | '\\' | '#' | '+' | ':')
        }
    };
    let run = &text.tokens[tokens.clone()];
    let Some(first) = run.iter().position(is_text) else { return tokens.start..tokens.start };
    let last = run.iter().rposition(is_text).unwrap_or(first);
    tokens.start + first..tokens.start + last + 1
}
