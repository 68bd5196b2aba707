//! One walk over the tokens of a document, from anchor to anchor.

use super::{
    Mention,
    lexicon::TYPE_WORDS,
    name::{Anchor, entitled, named},
    number::{Sign, number_at},
    numbered::{next_of_list, numbered, with_tail},
    title::quoted,
};
use crate::{
    segment::Segment,
    text::{
        Text,
        lex::{Case, Gap, TokenKind, word},
    },
};

/// The mentions of a document, in order, none overlapping.
pub(super) fn mentions(text: &Text<'_>, segment: &Segment) -> Vec<Mention> {
    let tokens = &text.tokens;
    let end = segment.tokens.end.min(tokens.len());
    let mut mentions: Vec<Mention> = Vec::new();
    let mut floor = segment.tokens.start;
    let mut at = floor;
    while at < end {
        let token = &tokens[at];
        let found = match token.kind {
            TokenKind::Word => match TYPE_WORDS.longest(tokens, at) {
                Some((n_tokens, word)) => {
                    let anchor = Anchor { tokens: at..at + n_tokens, word: *word, floor };
                    let found = anchored(text, &anchor);
                    if found.is_empty() && !word.is_short {
                        at += n_tokens - 1;
                    }
                    found
                }
                None => Vec::new(),
            },
            TokenKind::Number => bare(text, at, &mentions).into_iter().collect(),
            TokenKind::Mark('“' | '"') => hanging(text, at, &mentions).into_iter().collect(),
            TokenKind::Mark(_) => Vec::new(),
        };
        at += 1;
        if let Some(last) = found.last() {
            floor = last.tokens.end.min(end).max(at);
            at = floor;
            mentions.extend(found);
        }
    }
    mentions.retain(|it| it.tokens.end <= end && !is_furniture(text, segment, it));
    share_issuers(text, &mut mentions);
    mentions
}

fn anchored(text: &Text<'_>, anchor: &Anchor) -> Vec<Mention> {
    let by_number = numbered(text, anchor);
    if !by_number.is_empty() {
        return by_number;
    }
    let mut mentions: Vec<Mention> = named(text, anchor).into_iter().collect();
    // `Luật Ngân sách nhà nước số 89/2025/QH15, 83/2015/QH13`
    while let Some(next) = mentions.last().and_then(|it| next_of_list(text, it)) {
        mentions.push(next);
    }
    mentions
}

/// A number with the sign of a type but without a type word: `số 1569/QĐ-TTg`, `57-NQ/TW`.
fn bare(text: &Text<'_>, at: usize, mentions: &[Mention]) -> Option<Mention> {
    let tokens = &text.tokens;
    let next = tokens.get(at + 1).filter(|it| it.gap < Gap::Line)?;
    let is_inner = next.gap == Gap::None && (next.is_mark('.') || next.is_word());
    if !next.is_mark('/') && !next.is_dash() && !is_inner {
        return None;
    }
    let number = number_at(text, at)?;
    let before = at.checked_sub(1).map(|it| &tokens[it]);
    // The rest of `số …/2025/QĐ-UBND`, or of a longer number.
    let is_rest = tokens[at].gap <= Gap::Space
        && before.is_some_and(|it| {
            matches!(it.kind, TokenKind::Mark('/' | '.' | '…' | '-' | '–'))
                && (tokens[at].gap == Gap::None || it.is_mark('/'))
                || it.is_word() && tokens[at].gap == Gap::None
        });
    if is_rest || number.sign == Sign::None || is_form(text, at) || is_heading(text, at) {
        return None;
    }
    let has_no = before.is_some_and(|it| it.is(word!("số")));
    let kind = match number.sign {
        Sign::Kind(kind) => kind,
        // `số 8563/VPCP-CN` goes on with a list of letters.
        _ if has_no => {
            let is_law = text.slice(number.tokens.clone()).contains("/QH");
            let of_kind = |it: &&Mention| matches!(it.kind, "LUAT" | "NQ") == is_law;
            let last = mentions.last().filter(|it| at - it.tokens.end < 50).filter(of_kind)?;
            if is_law || last.kind == "CV" { last.kind } else { return None }
        }
        _ => return None,
    };
    let is_short =
        matches!(kind, "L" | "DA" | "PA" | "BB" | "PC" | "PG" | "PB" | "GM" | "HĐ" | "TC");
    (!is_short || has_no).then(|| with_tail(text, at, number, kind))
}

/// `Mẫu số 01/ĐK-TT`, `biểu 02-BC`
fn is_form(text: &Text<'_>, at: usize) -> bool {
    (at.saturating_sub(3)..at).any(|it| {
        [word!("mẫu"), word!("biểu"), word!("phụ"), word!("bảng")].contains(&text.tokens[it].key)
    })
}

/// `Số: 79/KH-UBND` at the head of a line or cell.
fn is_heading(text: &Text<'_>, at: usize) -> bool {
    let tokens = &text.tokens;
    let Some(mut word) = at.checked_sub(1) else { return false };
    word -= usize::from(word > 0 && tokens[word].is_mark(':'));
    if !tokens[word].is(word!("số")) || tokens[word].case == Case::Lower {
        return false;
    }
    tokens[word].gap >= Gap::Line || word.checked_sub(1).is_some_and(|it| tokens[it].is_mark('|'))
}

/// A quoted title that hangs on an earlier type word: `Đề án “A”; “B”`.
fn hanging(text: &Text<'_>, at: usize, mentions: &[Mention]) -> Option<Mention> {
    let last = mentions.last()?;
    let tokens = &text.tokens;
    let is_quoted = last.number.is_none()
        && last
            .name
            .as_ref()
            .and_then(|it| it.start.checked_sub(1))
            .is_some_and(|it| matches!(tokens[it].kind, TokenKind::Mark('“' | '"')));
    let n_between = at.checked_sub(last.tokens.end)?;
    let is_linked = (1..=2).contains(&n_between)
        && (last.tokens.end..at).all(|it| {
            matches!(tokens[it].kind, TokenKind::Mark(',' | ';')) || tokens[it].is(word!("và"))
        });
    if !is_quoted || !is_linked || tokens[at].gap == Gap::Blank {
        return None;
    }
    let (title, end) = quoted(text, at)?;
    Some(entitled(text, at..end, title, last.kind))
}

/// Whether a mention begins in page furniture.
fn is_furniture(text: &Text<'_>, segment: &Segment, mention: &Mention) -> bool {
    let byte = text.tokens[mention.tokens.start].start as usize;
    let after = segment.boilerplate.partition_point(|it| it.start <= byte);
    segment.boilerplate[..after].last().is_some_and(|it| it.contains(&byte))
}

/// An issuer after the last of several belongs to all: `Nghị định số A và Nghị định số B của Chính phủ`.
fn share_issuers(text: &Text<'_>, mentions: &mut [Mention]) {
    for at in (1..mentions.len()).rev() {
        let (before, last) = mentions.split_at_mut(at);
        let (Some(earlier), Some(later)) = (before.last_mut(), last.first()) else { continue };
        let between = earlier.tokens.end..later.tokens.start;
        let is_linked = (1..=3).contains(&between.len())
            && between.clone().all(|it| {
                let token = &text.tokens[it];
                matches!(token.kind, TokenKind::Mark(',' | ';'))
                    || [word!("và"), word!("số"), word!("các")].contains(&token.key)
            });
        if is_linked
            && earlier.issuer.is_none()
            && earlier.kind == later.kind
            && earlier.number.is_some()
        {
            earlier.issuer.clone_from(&later.issuer);
        }
    }
}
