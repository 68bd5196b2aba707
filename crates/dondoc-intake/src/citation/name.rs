//! Citations by name, without a number.

use std::ops::Range;

use dondoc_core::fold::SyllableKey;

use super::{
    Mention,
    bodies::{BODIES_BY_DOCUMENT, BODY_HEADS, BODY_LINKS, DIVISIONS, STOPS},
    issuer::{body_end, bracket_end, issuer_after, sentence_start, term_end},
    law::law,
    lexicon::{Naming, TYPE_WORDS, TypeWord},
    title::{period_end, quoted, title_end},
    wording::{FIXED_TITLES, ISSUING, MAKING, TITLE_STOPS},
};
use crate::text::{
    Text,
    layout::is_roman,
    lex::{Case, Gap, TokenKind, word},
    phrase::Phrases,
};

/// A type word at its place.
#[derive(Clone, Debug)]
pub(super) struct Anchor {
    /// The tokens of the type word.
    pub(super) tokens: Range<usize>,
    pub(super) word: TypeWord,
    /// The end of the citation before, or the start of the document.
    pub(super) floor: usize,
}

/// The citation by name that begins with this type word.
pub(super) fn named(text: &Text<'_>, anchor: &Anchor) -> Option<Mention> {
    let mut mention = found(text, anchor)?;
    // A name ends with its paragraph, also where only a line break ends that.
    let end = text.block_of(anchor.tokens.start).map_or(usize::MAX, |it| it.tokens.end);
    if mention.tokens.end > end && mention.number.is_none() {
        let name = mention.name.as_mut()?;
        mention.tokens.end = end;
        name.end = name.end.min(end);
        mention.issuer = mention.issuer.filter(|it| it.end <= end);
    }
    let name = mention.name.as_ref().or(mention.number.as_ref())?;
    (name.end > anchor.tokens.end).then_some(mention)
}

fn found(text: &Text<'_>, anchor: &Anchor) -> Option<Mention> {
    let at = anchor.tokens.start;
    let kind = anchor.word.kind?;
    if text.tokens[at].case != Case::Capital
        || anchor.word.is_short && !text.tokens[at].is(word!("nqtw"))
    {
        return None;
    }
    if ends_before(text, &MAKING, at) || is_in_body_name(text, at) || is_division(text, anchor) {
        return None;
    }
    if anchor.word.naming == Naming::Law {
        return law(text, anchor, kind);
    }
    let is_issued = ends_before(text, &ISSUING, at);
    let mention = match quoted(text, anchor.tokens.end) {
        Some((title, end)) if anchor.word.naming != Naming::Number => {
            let is_subject = is_issued && (is_in_subject(text, anchor) || !is_reported(text, at));
            (!is_subject).then(|| entitled(text, at..end, title, kind))
        }
        _ => None,
    };
    mention.or_else(|| match anchor.word.naming {
        Naming::Session => session(text, anchor, kind),
        Naming::Title if !is_issued && !is_about(text, anchor) => titled(text, anchor, kind),
        _ => None,
    })
}

/// A quoted title and what belongs to it after the quotes: `của tỉnh giai đoạn 2015 - 2020`.
pub(super) fn entitled(
    text: &Text<'_>,
    tokens: Range<usize>,
    title: Range<usize>,
    kind: &'static str,
) -> Mention {
    let mut mention = Mention::new(tokens.clone(), kind);
    mention.name = Some(title);
    if let Some((issuer, end)) = issuer_after(text, tokens.end).filter(|_| is_of(text, tokens.end))
    {
        mention.issuer = Some(issuer);
        mention.tokens.end = end;
    }
    if let Some(end) = period_end(text, mention.tokens.end) {
        mention.tokens.end = end;
    }
    mention
}

pub(super) fn is_of(text: &Text<'_>, at: usize) -> bool {
    text.tokens.get(at).is_some_and(|it| it.is(word!("của")))
}

/// `Nghị quyết Trung ương 8 (khóa XI)`, `Nghị quyết Đại hội XII của Đảng`, `Nghị quyết về Chiến lược ANQG`.
fn session(text: &Text<'_>, anchor: &Anchor, kind: &'static str) -> Option<Mention> {
    let tokens = &text.tokens;
    let at = anchor.tokens.start;
    let after = anchor.tokens.end;
    let first = tokens.get(after).filter(|it| it.gap != Gap::Blank)?;
    let is = |word: SyllableKey| first.is(word);
    let mut mention = Mention::new(at..after, kind);
    let end = if is(word!("về")) && tokens.get(after + 1)?.is_capital() {
        let (n_tokens, word) = TYPE_WORDS.longest(tokens, after + 1)?;
        let title = after + 1 + n_tokens;
        let is_title = word.naming == Naming::Title
            && !word.is_short
            && STOPS.longest(tokens, title).is_none();
        is_title.then(|| title_end(text, title)).filter(|it| *it > title)?
    } else if is(word!("đại")) || is(word!("đảng")) {
        let end = congress_end(text, after)?;
        let part = (after..end)
            .find(|it| tokens[*it].is_mark(',') || tokens[*it].is(word!("nhiệm")))
            .unwrap_or(end);
        let is_local = (after..part).any(|it| tokens[it].is(word!("bộ")));
        mention.issuer = is_local.then_some(after..part);
        end
    } else if first.is_capital() || anchor.word.is_short {
        plenum_end(text, after - usize::from(anchor.word.is_short))?
    } else {
        return None;
    };
    mention.name = Some(at..end);
    mention.tokens.end = end;
    if let Some((issuer, end)) = issuer_after(text, end).filter(|_| is_of(text, end)) {
        mention.issuer = mention.issuer.or(Some(issuer));
        mention.tokens.end = end;
    } else if mention.issuer.is_none() && first.is(word!("về")) {
        mention.issuer = super::issuer::said_before(text, at, anchor.floor).0;
    }
    Some(mention)
}

/// Where `Đại hội đại biểu Đảng bộ tỉnh lần thứ XIV, nhiệm kỳ 2020-2025` ends; `None` for `Đại hội Đảng các cấp`.
fn congress_end(text: &Text<'_>, at: usize) -> Option<usize> {
    let tokens = &text.tokens;
    let mut end = body_end(text, at);
    if tokens.get(end).is_some_and(|it| it.is_number()) && end >= 2 {
        end = term_end(text, end - 2).unwrap_or(end);
    }
    let has = |word: SyllableKey| (at..end).any(|it| tokens[it].is(word));
    let is_congress =
        tokens[at].is(word!("đại")) && tokens.get(at + 1).is_some_and(|it| it.is(word!("hội")));
    let ordinal = |it: usize| is_roman(text.slice(it..it + 1)) || tokens[it].is(word!("thứ"));
    let is_one = (at..end).any(ordinal) || is_congress && has(word!("bộ")) && end > at + 4;
    let is_collective = has(word!("các"))
        || has(word!("cấp"))
        || tokens.get(end).is_some_and(|it| it.is(word!("cấp")) || it.is(word!("các")));
    (is_one && !is_collective && (is_congress || has(word!("thứ")))).then_some(end)
}

/// Where `Trung ương 8 (khóa XI)`, `Hội nghị lần thứ tư Ban Chấp hành Trung ương khóa XII`, `TW8` ends.
fn plenum_end(text: &Text<'_>, at: usize) -> Option<usize> {
    let tokens = &text.tokens;
    const SMALL: [SyllableKey; 17] = [
        word!("nghị"),
        word!("ương"),
        word!("lần"),
        word!("thứ"),
        word!("chấp"),
        word!("hành"),
        word!("khóa"),
        word!("nhất"),
        word!("hai"),
        word!("ba"),
        word!("tư"),
        word!("năm"),
        word!("sáu"),
        word!("bảy"),
        word!("tám"),
        word!("chín"),
        word!("mười"),
    ];
    let mut end = at;
    let (mut is_central, mut has_ordinal) = (false, false);
    while end < (at + 18).min(tokens.len()) {
        let token = &tokens[end];
        if token.gap == Gap::Blank {
            break;
        }
        match token.kind {
            TokenKind::Number if token.end - token.start <= 2 && !has_ordinal => has_ordinal = true,
            TokenKind::Word if is_roman(text.slice(end..end + 1)) => has_ordinal |= end > at,
            TokenKind::Word if SMALL.contains(&token.key) => {
                has_ordinal |= token.is(word!("thứ"));
                is_central |= token.is(word!("ương"));
            }
            TokenKind::Word
                if token.is_capital()
                    && TYPE_WORDS
                        .longest(tokens, end)
                        .is_none_or(|(_, it)| token.is(word!("nqtw")) && it.is_short) =>
            {
                is_central |=
                    [word!("tw"), word!("tư"), word!("bchtw"), word!("nqtw")].contains(&token.key);
            }
            TokenKind::Mark(',')
                if tokens
                    .get(end + 1)
                    .is_some_and(|it| it.gap != Gap::Blank && it.is(word!("khóa"))) => {}
            TokenKind::Mark('(') if tokens.get(end + 1).is_some_and(|it| it.is(word!("khóa"))) => {
                end = bracket_end(tokens, end)?;
                break;
            }
            _ => break,
        }
        end += 1;
    }
    (is_central && has_ordinal).then_some(end)
}

/// `Chiến lược an ninh mạng quốc gia`, `Đề án Hỗ trợ hộ nghèo …`.
fn titled(text: &Text<'_>, anchor: &Anchor, kind: &'static str) -> Option<Mention> {
    let tokens = &text.tokens;
    let (at, after) = (anchor.tokens.start, anchor.tokens.end);
    let first = tokens.get(after).filter(|it| it.is_word() && it.gap != Gap::Blank)?;
    if is_sentence_start(text, at) {
        return None;
    }
    let fixed = FIXED_TITLES.longest(tokens, at).map_or(0, |(n_tokens, ())| n_tokens);
    let is_fixed = at + fixed > after;
    let is_stop = first.case == Case::Lower
        && (TITLE_STOPS.longest(tokens, after).is_some()
            || [
                word!("về"),
                word!("và"),
                word!("cho"),
                word!("trong"),
                word!("từ"),
                word!("đến"),
                word!("ở"),
            ]
            .contains(&first.key));
    let is_capital = first.case == Case::Capital
        && BODY_HEADS.longest(tokens, after).is_none()
        && TYPE_WORDS.longest(tokens, after).is_none();
    let is_name = match kind {
        "CL" => is_fixed || !is_stop,
        "ĐA" => is_capital || !is_stop && first.case == Case::Lower && is_carried_out(text, at),
        "CTr" | "KH" | "QH" => is_fixed || is_capital,
        _ => is_fixed,
    };
    if !is_name {
        return None;
    }
    let start = if is_fixed { at + fixed } else { after };
    let end = title_end(text, start).max(start);
    // `Chương trình mục tiêu quốc gia giai đoạn 2026 - 2030` is a collective.
    let n_words = if is_period(text, start) { 0 } else { end - start };
    let is_short = n_words
        < match (is_fixed, kind) {
            (true, _) => 1,
            // A scheme without a capital is named by a whole phrase: `Đề án đúng mục đích` is none.
            (false, "ĐA") if !is_capital => 5,
            (false, _) => 2,
        };
    let is_plural = at > anchor.floor && tokens[at - 1].is(word!("các"));
    let needs_more = is_plural
        || first.is(word!("mục"))
        || first.is(word!("mtqg"))
        || kind == "QH"
        || kind == "ĐA";
    if is_short && needs_more || kind == "QH" && !is_dated(text, at..end) {
        return None;
    }
    let mut mention = Mention::new(at..end, kind);
    mention.name = Some(at..end);
    Some(mention)
}

/// `triển khai thực hiện có hiệu quả Đề án …`
fn is_carried_out(text: &Text<'_>, at: usize) -> bool {
    (at.saturating_sub(5)..at)
        .any(|it| [word!("hiện"), word!("khai")].contains(&text.tokens[it].key))
}

fn is_period(text: &Text<'_>, at: usize) -> bool {
    period_end(text, at).is_some()
}

/// Whether the name of a plan of land or networks has the period, the ordinal or the place that it is found by.
fn is_dated(text: &Text<'_>, name: Range<usize>) -> bool {
    name.clone().skip(2).any(|it| {
        let token = &text.tokens[it];
        token.is_number() || token.is_capital()
    }) || (name.start..name.end).any(|it| text.tokens[it].is(word!("gia")))
}

/// Whether a phrase of the lexicon ends right before token `at`, with or without `các` between.
fn ends_before(text: &Text<'_>, phrases: &Phrases<()>, at: usize) -> bool {
    let tokens = &text.tokens;
    let is_filler = |it: usize| {
        [word!("các"), word!("bộ"), word!("những"), word!("việc")].contains(&tokens[it].key)
    };
    let mut end = at;
    end -= usize::from(at > 0 && matches!(tokens[at - 1].kind, TokenKind::Mark('“' | '"')));
    while end > 0 && at - end < 2 && is_filler(end - 1) {
        end -= 1;
    }
    if at > 0 && tokens[at].gap == Gap::Blank {
        return false;
    }
    (1..=6).any(|n| {
        end >= n
            && phrases.longest(&tokens[..end], end - n).is_some_and(|(n_tokens, ())| n_tokens == n)
    })
}

/// Whether the mention is what the citation before it issues or approves.
pub(super) fn is_issued(text: &Text<'_>, anchor: &Anchor) -> bool {
    ends_before(text, &ISSUING, anchor.tokens.start) && is_in_subject(text, anchor)
}

/// Whether the mention is in the subject of the citation before it.
fn is_in_subject(text: &Text<'_>, anchor: &Anchor) -> bool {
    let at = anchor.tokens.start;
    let start = sentence_start(text, at, anchor.floor);
    anchor.floor > 0 && start == anchor.floor && at - anchor.floor < 40
}

/// `đã ban hành Đề án “…”` reports, `ban hành Đề án “…”` makes.
fn is_reported(text: &Text<'_>, at: usize) -> bool {
    (at.saturating_sub(5)..at).any(|it| [word!("đã"), word!("được")].contains(&text.tokens[it].key))
}

/// Whether `về` (or what recognition left of it) joins the mention to the citation right before it.
fn is_about(text: &Text<'_>, anchor: &Anchor) -> bool {
    let tokens = &text.tokens;
    let at = anchor.tokens.start;
    let mut before = at;
    while before > anchor.floor && at - before < 4 && tokens[before].gap != Gap::Blank {
        let token = &tokens[before - 1];
        let is_link = [word!("về"), word!("v"), word!("việc")].contains(&token.key)
            || matches!(token.kind, TokenKind::Mark('“' | '"'));
        if !is_link {
            break;
        }
        before -= 1;
    }
    before < at && before == anchor.floor && before > 0
}

/// `Ban Chỉ đạo thực hiện Chương trình …`
pub(super) fn is_in_body_name(text: &Text<'_>, at: usize) -> bool {
    let tokens = &text.tokens;
    let mut before = at;
    while before > 0
        && at - before < 9
        && tokens[before].gap != Gap::Blank
        && BODY_LINKS.has(&tokens[before - 1])
    {
        before -= 1;
    }
    (before.saturating_sub(4)..at).any(|it| {
        tokens[it].is_capital()
            && BODIES_BY_DOCUMENT
                .longest(tokens, it)
                .is_some_and(|(n_tokens, ())| it + n_tokens >= before && it + n_tokens <= at)
    })
}

/// `Sở Quy hoạch - Kiến trúc`, `Đại học Luật`; but no `nhiệm vụ Nghị quyết …`.
fn is_division(text: &Text<'_>, anchor: &Anchor) -> bool {
    let at = anchor.tokens.start;
    let Some(before) = at.checked_sub(1).map(|it| &text.tokens[it]) else { return false };
    let is_school =
        anchor.word.naming == Naming::Law && [word!("học"), word!("ngành")].contains(&before.key);
    text.tokens[at].gap == Gap::Space && (is_school || before.is_capital() && DIVISIONS.has(before))
}

/// Whether a capital at token `at` may only mark the start of a sentence, item or cell.
fn is_sentence_start(text: &Text<'_>, at: usize) -> bool {
    let tokens = &text.tokens;
    let Some(before) = at.checked_sub(1).map(|it| &tokens[it]) else { return true };
    if tokens[at].gap == Gap::Blank {
        return true;
    }
    match before.kind {
        TokenKind::Mark('.' | '!' | '?' | ':' | '|' | '…' | '•' | '+' | '\u{f0b7}') => true,
        TokenKind::Mark('-' | '–' | ')') => text.block_of(at).is_some_and(|it| {
            it.label.as_ref().is_some_and(|label| it.tokens.start + label.n_tokens == at)
        }),
        _ => {
            tokens[at].gap == Gap::Line && text.block_of(at).is_some_and(|it| it.tokens.start == at)
        }
    }
}
