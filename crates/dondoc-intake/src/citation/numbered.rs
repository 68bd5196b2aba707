//! Citations by number, one by one and in lists.

use std::ops::Range;

use dondoc_core::fold::SyllableKey;

use super::{
    Mention,
    issuer::{day_after, issuer_after, said_before},
    lexicon::TYPE_WORDS,
    name::{Anchor, is_in_body_name},
    number::{Number, Sign, number_at},
};
use crate::text::{
    Text,
    day::year_of,
    lex::{Case, Gap, TokenKind, word},
};

/// The citations by number that begin with this type word: one, or those of a list. Empty if no number follows.
pub(super) fn numbered(text: &Text<'_>, anchor: &Anchor) -> Vec<Mention> {
    let Some((number, issuer_before)) = number_of(text, anchor) else { return Vec::new() };
    let kind = match (anchor.word.kind, number.sign) {
        (Some(kind), _) => kind,
        (None, Sign::Kind(kind)) => kind,
        (None, Sign::Body) => "CV",
        (None, Sign::None) => return Vec::new(),
    };
    if number.sign == Sign::None && is_in_body_name(text, anchor.tokens.start) {
        return Vec::new();
    }
    let start = anchor.tokens.start;
    let mut first = with_tail(text, start, number, kind);
    if first.issuer.is_none() {
        first.issuer = issuer_before;
    }
    if first.issuer.is_none() || first.date.is_none() {
        let (issuer, date) = said_before(text, start, anchor.floor);
        // A day before the verb is that of the issue only if the mention has no other issuer.
        if first.issuer.is_none() {
            first.date = first.date.or(date);
        }
        first.issuer = first.issuer.or(issuer);
    }
    let mut mentions = vec![first];
    while let Some(next) = next_of_list(text, &mentions[mentions.len() - 1]) {
        mentions.push(next);
    }
    mentions
}

/// The number that follows a type word, and an issuer that stands between them.
fn number_of(text: &Text<'_>, anchor: &Anchor) -> Option<(Number, Option<Range<usize>>)> {
    let tokens = &text.tokens;
    let word = &tokens[anchor.tokens.start];
    if anchor.word.is_short && word.case == Case::Lower {
        return None;
    }
    let mut at = anchor.tokens.end;
    let mut has_no = false;
    let is_colon = |at: usize| tokens.get(at).is_some_and(|it| it.is_mark(':'));
    at += usize::from(is_colon(at));
    if tokens.get(at).is_some_and(|it| [word!("số"), word!("sô")].contains(&it.key)) {
        // `QUYẾT ĐỊNH` over `Số: …` is a heading.
        if word.case == Case::Upper
            && !anchor.word.is_short
            && tokens[at].gap >= Gap::Line
            && tokens[at].case == Case::Capital
        {
            return None;
        }
        has_no = true;
        at += 1;
        at += usize::from(is_colon(at));
    }
    if (anchor.tokens.end..=at).any(|it| tokens.get(it).is_none_or(|it| it.gap == Gap::Blank)) {
        return None;
    }
    if let Some(number) = number_at(text, at) {
        return is_likely(text, anchor, &number, has_no).then_some((number, None));
    }
    if has_no || anchor.word.is_short { None } else { number_after_words(text, anchor) }
}

/// Whether digits after a type word number a document, and do not count something: `Kế hoạch 5 năm`.
fn is_likely(text: &Text<'_>, anchor: &Anchor, number: &Number, has_no: bool) -> bool {
    let tokens = &text.tokens;
    let word = &tokens[anchor.tokens.start];
    let kind = anchor.word.kind.unwrap_or("");
    if number.sign != Sign::None {
        return true;
    }
    let first = &tokens[number.tokens.start];
    let is_citable = matches!(
        kind,
        "NQ" | "CT" | "KL" | "NĐ" | "TT" | "QĐ" | "ĐA" | "CTr" | "CĐ" | "QyĐ" | "PL" | "HD" | "TB"
    );
    if number.tokens.len() > 1 {
        // `12/2025`, `12a`
        return has_no || is_citable && word.case != Case::Lower;
    }
    if !is_citable || first.end - first.start > 4 || year_of(text, first).is_some() {
        return has_no
            && matches!(kind, "CV" | "BC" | "TTr" | "KH" | "LUAT" | "L")
            && first.end - first.start <= 4
            && year_of(text, first).is_none();
    }
    if has_no {
        return kind != "ĐA" && kind != "CTr" && kind != "HD" || word.case != Case::Lower;
    }
    let is_strong = matches!(kind, "NQ" | "CT" | "KL" | "NĐ" | "TT" | "ĐA" | "QĐ" | "CTr");
    is_strong && word.case != Case::Lower && is_complete(text, number.tokens.end)
}

/// Whether what follows digits counts nothing with them.
fn is_complete(text: &Text<'_>, at: usize) -> bool {
    let Some(next) = text.tokens.get(at) else { return true };
    const LINKS: [SyllableKey; 26] = [
        word!("giai"),
        word!("phần"),
        word!("của"),
        word!("ngày"),
        word!("về"),
        word!("và"),
        word!("là"),
        word!("đã"),
        word!("được"),
        word!("trên"),
        word!("tại"),
        word!("gắn"),
        word!("với"),
        word!("phục"),
        word!("theo"),
        word!("thì"),
        word!("cho"),
        word!("để"),
        word!("trong"),
        word!("có"),
        word!("do"),
        word!("đến"),
        word!("vào"),
        word!("khóa"),
        word!("ra"),
        word!("nhằm"),
    ];
    match next.kind {
        TokenKind::Mark(mark) => {
            matches!(mark, ',' | ';' | '.' | ':' | ')' | '(' | '”' | '"' | '…' | '|')
                || next.gap == Gap::Blank
        }
        TokenKind::Number => next.gap == Gap::Blank,
        TokenKind::Word => next.gap == Gap::Blank || LINKS.contains(&next.key),
    }
}

/// How far a number may stand behind its type word, in tokens.
const FAR: usize = 14;

/// `Báo cáo giải trình, tiếp thu số 471/BC-UBND`, `các Nghị định của Chính phủ: số 30/2020/NĐ-CP`.
fn number_after_words(text: &Text<'_>, anchor: &Anchor) -> Option<(Number, Option<Range<usize>>)> {
    let tokens = &text.tokens;
    let start = anchor.tokens.end;
    if anchor.word.naming == super::lexicon::Naming::Law {
        return None;
    }
    // Most type words have no number anywhere near: one look tells.
    let near = &tokens[start.min(tokens.len())..(start + FAR).min(tokens.len())];
    if !near.iter().any(|it| it.is(word!("số"))) {
        return None;
    }
    let mut at = start;
    let number = loop {
        let token = tokens.get(at).filter(|it| it.gap != Gap::Blank && at < start + FAR)?;
        match token.kind {
            TokenKind::Word if token.is(word!("số")) => {
                let after =
                    at + 1 + usize::from(tokens.get(at + 1).is_some_and(|it| it.is_mark(':')));
                match number_at(text, after) {
                    Some(number) if number.sign != Sign::None => break number,
                    _ => {}
                }
            }
            TokenKind::Word if [word!("này"), word!("nêu"), word!("ngày")].contains(&token.key) =>
            {
                return None;
            }
            TokenKind::Word => {
                if TYPE_WORDS.longest(tokens, at).is_some_and(|(_, it)| {
                    !it.is_short && (token.is_capital() || it.kind.is_some())
                }) {
                    return None;
                }
            }
            TokenKind::Mark(':') => {
                tokens.get(at + 1).filter(|it| it.is(word!("số")))?;
            }
            TokenKind::Mark(',' | '-' | '–') => {}
            TokenKind::Mark(_) | TokenKind::Number => return None,
        }
        at += 1;
    };
    let is_kind = matches!(number.sign, Sign::Kind(kind) if Some(kind) == anchor.word.kind);
    let is_capital = tokens[anchor.tokens.start].is_capital();
    let issuer = issuer_after(text, start).filter(|_| tokens[start].is(word!("của")));
    let is_direct = issuer.as_ref().is_some_and(|(_, end)| *end + 2 >= at);
    let is_near = at - start <= 6 && is_capital && (anchor.word.kind.is_some() || is_direct);
    ((is_kind && (is_capital || at - start <= 8)) || is_near)
        .then_some((number, issuer.map(|(body, _)| body)))
}

/// A mention from `start` over its number, day and issuer.
pub(super) fn with_tail(
    text: &Text<'_>,
    start: usize,
    number: Number,
    kind: &'static str,
) -> Mention {
    let end = number.tokens.end;
    let mut mention = Mention::new(start..end, kind);
    mention.number = Some(number.tokens);
    for _ in 0..3 {
        let end = mention.tokens.end;
        if mention.date.is_none()
            && let Some((date, after)) = day_after(text, end)
        {
            mention.date = date;
            mention.tokens.end = after;
        } else if mention.issuer.is_none()
            && let Some((issuer, after)) = issuer_after(text, end)
        {
            mention.issuer = Some(issuer);
            mention.tokens.end = after;
        } else {
            break;
        }
    }
    mention
}

/// The next number of a list: `218/CĐ-TTg` after `các Công điện số 217/CĐ-TTg,`.
pub(super) fn next_of_list(text: &Text<'_>, last: &Mention) -> Option<Mention> {
    let tokens = &text.tokens;
    let mut at = last.tokens.end;
    let is_link = |at: usize| {
        tokens.get(at).is_some_and(|it| {
            it.gap != Gap::Blank
                && (matches!(it.kind, TokenKind::Mark(',' | ';'))
                    || [word!("và"), word!("hoặc")].contains(&it.key))
        })
    };
    while is_link(at) && at < last.tokens.end + 2 {
        at += 1;
    }
    if at == last.tokens.end {
        return None;
    }
    at += usize::from(tokens.get(at).is_some_and(|it| it.gap != Gap::Blank && it.is(word!("số"))));
    let has_no = tokens.get(at - 1)?.is(word!("số"));
    tokens.get(at).filter(|it| it.gap != Gap::Blank)?;
    let number = number_at(text, at)?;
    let last_number = last.number.clone()?;
    let is_same = match number.sign {
        Sign::Kind(kind) => kind == last.kind || has_no,
        Sign::Body => last.kind == "CV" || has_no || last_number.len() == number.tokens.len(),
        Sign::None => {
            last_number.len() == 1
                && number.tokens.len() == 1
                && tokens[at].end - tokens[at].start <= 3
                && is_complete(text, number.tokens.end)
        }
    };
    let kind = match number.sign {
        Sign::Kind(kind) if has_no => kind,
        _ => last.kind,
    };
    is_same.then(|| with_tail(text, at, number, kind))
}
