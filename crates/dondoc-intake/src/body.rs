//! Bodies that are named in a text: agencies, offices, office holders and groups of them, and lists of these.
//!
//! A list is split where each piece is a complete name. Pieces that share a word stay one: `các sở, ban, ngành`,
//! `cấp ủy, chính quyền các cấp`, `Các Bộ: Quốc phòng, Tài chính`.

use std::ops::Range;

use crate::text::{
    Text,
    lex::{Gap, Token, TokenKind},
};

mod lexicon;
mod name;
pub mod predicate;

use self::lexicon::{HEADS, Head};
use self::name::Name;
use crate::text::lex::word;
use dondoc_core::fold::SyllableKey;

/// A list of bodies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bodies {
    /// The tokens of each complete name, in order; at least one.
    pub pieces: Vec<Range<usize>>,
    /// The token after the list.
    pub end: usize,
}

impl Bodies {
    /// The names as fields of the contract.
    #[must_use]
    pub fn names(&self, text: &Text<'_>) -> Vec<String> {
        self.pieces.iter().map(|it| text.field(it.clone())).collect()
    }
}

/// How many bodies a list has at most; more is no list that a person wrote.
const MAX_PIECES: usize = 60;

/// The list of bodies that begins at token `at` and ends before token `end`; `None` if no body begins there.
///
/// `Đồng chí` before a name is passed over.
#[must_use]
pub fn bodies_at(text: &Text<'_>, at: usize, end: usize) -> Option<Bodies> {
    list_at(text, at..end, false, name::Reach::Sentence)
}

/// As [`bodies_at`], after words that only bodies follow (`phối hợp với`): also nouns that are no body elsewhere, such
/// as `ngành giáo dục`.
#[must_use]
pub fn company_at(text: &Text<'_>, at: usize, end: usize) -> Option<Bodies> {
    list_at(text, at..end, true, name::Reach::Sentence)
}

/// As [`bodies_at`], for a heading or a table cell, which is nothing but the list: verbs in it are part of a name
/// (`Các Sở, ngành chủ trì, quản lý các dự án`).
#[must_use]
pub fn bodies_of_heading(text: &Text<'_>, run: Range<usize>) -> Option<Bodies> {
    let bodies = list_at(text, run.clone(), false, name::Reach::Sentence)?;
    if bodies.end >= run.end {
        return Some(bodies);
    }
    // What speaks of many is described by what it does; of one, the name may hold commas and no verb:
    // `Viện Văn hóa, Nghệ thuật, Thể thao và Du lịch`.
    let rest = bodies.end..run.end;
    let is_plural = is_word_at(text, run.start, word!("các"));
    let is_name = bodies.pieces.len() == 1
        && rest.into_iter().all(|it| {
            let token = &text.tokens[it];
            (token.is_word() && predicate::predicate_at(&text.tokens, it).is_none())
                || matches!(token.kind, TokenKind::Mark(',' | '/' | '-' | '–'))
        });
    let whole = is_plural.then(|| list_at(text, run.clone(), false, name::Reach::Whole)).flatten();
    let whole = whole.filter(|it| it.end >= run.end);
    whole.or_else(|| is_name.then(|| Bodies { pieces: vec![run.clone()], end: run.end }))
}

fn list_at(
    text: &Text<'_>,
    run: Range<usize>,
    is_in_company: bool,
    reach: name::Reach,
) -> Option<Bodies> {
    let end = order_after_colon(text, run.start..run.end.min(text.tokens.len()));
    let mut at = after_courtesy(text, run.start, end);
    let mut names: Vec<Name> = Vec::new();
    let mut by_and = false;
    while names.len() < MAX_PIECES {
        let is_in_company = is_in_company || !names.is_empty();
        let Some(name) = name::name_at(text, at..end, is_in_company, reach) else { break };
        let after = name.tokens.end;
        match names.last_mut() {
            Some(last) if last.takes(&name, by_and) => last.extend(&name),
            _ => names.push(name),
        }
        let Some(next) = joint(text, after, end) else { break };
        by_and = is_word_at(text, after, word!("và"));
        at = after_courtesy(text, next, end);
    }
    let end = names.last()?.tokens.end;
    Some(Bodies { pieces: names.into_iter().map(|it| it.tokens).collect(), end })
}

/// Where the names of `run` end at the latest: at a colon before an order (`UBND các xã: Ban hành …`). A colon before
/// more names (`UBND các tỉnh: Lam Giang, …`) is part of the list.
fn order_after_colon(text: &Text<'_>, run: Range<usize>) -> usize {
    let reach = run.start..run.end.min(run.start + MAX_TO_COLON);
    let colon = reach.into_iter().find(|it| text.tokens[*it].is_mark(':'));
    colon
        .filter(|it| predicate::imperative_at(&text.tokens[..run.end], it + 1).is_some())
        .unwrap_or(run.end)
}

/// How far a colon may stand from the first name before it, in tokens.
const MAX_TO_COLON: usize = 60;

/// Whether a body begins at token `at`.
#[must_use]
pub fn begins_body(text: &Text<'_>, at: usize, end: usize) -> bool {
    name::name_at(text, at..end.min(text.tokens.len()), false, name::Reach::Sentence).is_some()
}

/// Passes over `Đồng chí`, `các đồng chí`, `các ông, bà:`.
fn after_courtesy(text: &Text<'_>, at: usize, end: usize) -> usize {
    let word = |at: usize, word: SyllableKey| at < end && is_word_at(text, at, word);
    let first = at + usize::from(word(at, word!("các")));
    if word(first, word!("đồng")) && word(first + 1, word!("chí")) {
        return first + 2;
    }
    let mut after = first;
    while word(after, word!("ông"))
        || word(after, word!("bà"))
        || after > first
            && after < (first + 6).min(end)
            && matches!(text.tokens[after].kind, TokenKind::Mark(',' | '(' | ')' | ':' | '/'))
    {
        after += 1;
    }
    if after > first { after } else { at }
}

/// The token after what joins two names: `,`, `;`, `và`, `, và`, `&`; two names in a row in a cell.
fn joint(text: &Text<'_>, at: usize, end: usize) -> Option<usize> {
    let token = text.tokens[..end].get(at)?;
    match token.kind {
        TokenKind::Mark(',' | ';' | '&' | '+') => {
            let next = at + 1;
            let and = next < end && is_word_at(text, next, word!("và"));
            Some(next + usize::from(and))
        }
        TokenKind::Word if is_word_at(text, at, word!("và")) => Some(at + 1),
        // Two names side by side without a mark.
        TokenKind::Word if token.is_capital() && token.gap >= Gap::Space => {
            matches!(HEADS.longest(&text.tokens, at), Some((_, Some(Head::Field)))).then_some(at)
        }
        // A new line of a cell: `- Sở Tài chính`.
        TokenKind::Mark('-') if token.gap >= Gap::Line => Some(at + 1),
        _ => None,
    }
}

/// The phrases of a lexicon, which is written as one line with bars between them.
pub(crate) fn listed(lexicon: &'static str) -> impl Iterator<Item = &'static str> {
    lexicon.split('|')
}

/// Whether the token at `at` is this word.
pub(crate) fn is_word_at(text: &Text<'_>, at: usize, word: SyllableKey) -> bool {
    text.tokens.get(at).is_some_and(|it| it.is(word))
}

/// Whether a token is a mark that joins words of one name: `chính trị - xã hội`, `xã/phường`.
fn joins_words(token: &Token) -> bool {
    token.is_dash() || token.is_mark('/')
}

#[cfg(test)]
mod tests;
