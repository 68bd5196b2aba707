//! Who issued a cited document, and when.

use std::{ops::Range, sync::LazyLock};

use jiff::civil::Date;

use super::{
    bodies::{BODY_HEADS, DOINGS, STOPS},
    lexicon::TYPE_WORDS,
};
use crate::text::{
    Text, day,
    lex::{Case, Gap, Token, TokenKind, word},
    phrase::{Phrases, Words},
};

/// No body's name is longer, in tokens.
const LONGEST: usize = 28;
/// No body's name is longer, in bytes; one name may be given to a whole list.
const LONGEST_BYTES: u32 = 500;

/// Where a body's name that begins at token `at` ends; `at` if none begins there.
///
/// A name runs over capitals, and over the small words after them that do not open something else.
pub(super) fn body_end(text: &Text<'_>, at: usize) -> usize {
    let tokens = &text.tokens;
    let is_short = |it: &&Token| it.end - it.start <= LONGEST_BYTES;
    let Some(first) = tokens.get(at).filter(|it| it.is_word()).filter(is_short) else { return at };
    let is_in_capitals =
        first.case == Case::Upper && tokens.get(at + 1).is_some_and(|it| it.case == Case::Upper);
    if first.case == Case::Lower && BODY_HEADS.longest(tokens, at).is_none() {
        return at;
    }
    let mut end = at + BODY_HEADS.longest(tokens, at).map_or(1, |(n_tokens, ())| n_tokens);
    while end < (at + LONGEST).min(tokens.len()) {
        let token = &tokens[end];
        if token.gap == Gap::Blank || token.end - first.start > LONGEST_BYTES {
            break;
        }
        match token.kind {
            TokenKind::Word => {
                let may_stop = token.case == Case::Lower
                    || is_in_capitals
                    || DOINGS.longest(tokens, end).is_some();
                if may_stop
                    && STOPS.longest(tokens, end).is_some()
                    && !joins(tokens, end, is_in_capitals)
                {
                    break;
                }
                end += 1;
            }
            TokenKind::Number if is_ordinal(text, end) => end += 1,
            TokenKind::Mark(_) => match link_end(text, end, at) {
                Some(after) => end = after,
                None => break,
            },
            TokenKind::Number => break,
        }
    }
    end
}

/// `và` inside one name: `Bộ Khoa học và Công nghệ`, but not `Chính phủ và Bộ Y tế` or `Chính phủ và Nghị định`.
fn joins(tokens: &[Token], at: usize, is_in_capitals: bool) -> bool {
    static AND: LazyLock<Words> = LazyLock::new(|| Words::new(["và"]));
    static SOCIETY: LazyLock<Phrases<()>> = LazyLock::new(|| Phrases::new([("xã hội", ())]));
    let is_body =
        BODY_HEADS.longest(tokens, at + 1).is_some() && SOCIETY.longest(tokens, at + 1).is_none();
    AND.has(&tokens[at])
        && tokens.get(at + 1).is_some_and(|it| it.is_capital() && it.gap != Gap::Blank)
        && !is_body
        && TYPE_WORDS.longest(tokens, at + 1).is_none()
        && (is_in_capitals || tokens[at - 1].case != Case::Upper)
}

/// `5` of `Quân khu 5`, `13` of `Hội nghị Trung ương 13`.
fn is_ordinal(text: &Text<'_>, at: usize) -> bool {
    let tokens = &text.tokens;
    let before = &tokens[at - 1];
    tokens[at].end - tokens[at].start <= 2
        && [
            word!("khu"),
            word!("ương"),
            word!("quận"),
            word!("phường"),
            word!("đoàn"),
            word!("thứ"),
            word!("tw"),
        ]
        .contains(&before.key)
        && tokens.get(at + 1).is_none_or(|it| !it.is_mark('/'))
}

/// After a bracket, dash or comma that belongs to a body's name which began at `start`.
fn link_end(text: &Text<'_>, at: usize, start: usize) -> Option<usize> {
    let tokens = &text.tokens;
    let next = tokens.get(at + 1).filter(|it| it.gap != Gap::Blank)?;
    if tokens[at].is_mark('(') {
        return next.is(word!("khóa")).then(|| bracket_end(tokens, at)).flatten();
    }
    // `Bộ Lao động - Thương binh và Xã hội`
    if tokens[at].is_dash() {
        let is_name = next.case == Case::Capital && next.gap == tokens[at].gap;
        return (is_name && BODY_HEADS.longest(tokens, at + 1).is_none()).then_some(at + 2);
    }
    // `Bộ NN&PTNT`
    if tokens[at].is_mark('&') {
        return next.is_capital().then_some(at + 2);
    }
    if !tokens[at].is_mark(',') {
        return None;
    }
    // `Bộ Văn hóa, Thể thao và Du lịch`
    if next.is(word!("thể")) && tokens[at - 1].is(word!("hóa")) {
        return Some(at + 2);
    }
    // `Đại hội … lần thứ XIV, nhiệm kỳ 2020-2025`
    let is_congress = tokens[start].is(word!("đại")) || tokens[start].is(word!("hội"));
    (is_congress && next.is(word!("nhiệm"))).then(|| term_end(text, at + 1)).flatten()
}

/// After `nhiệm kỳ 2020 - 2025` at token `at`.
pub(super) fn term_end(text: &Text<'_>, at: usize) -> Option<usize> {
    let [first, second, year, rest @ ..] = text.tokens.get(at..)? else { return None };
    if !first.is(word!("nhiệm")) || !second.is(word!("kỳ")) || !year.is_number() {
        return None;
    }
    match rest {
        [mark, to, ..] if (mark.is_dash() || mark.is_mark('/')) && to.is_number() => Some(at + 5),
        _ => Some(at + 3),
    }
}

/// After the bracket that closes the one at `at`, if it is near.
pub(super) fn bracket_end(tokens: &[Token], at: usize) -> Option<usize> {
    let near = tokens.get(at + 1..(at + 12).min(tokens.len()))?;
    near.iter().position(|it| it.is_mark(')')).map(|n_inside| at + n_inside + 2)
}

/// A day after a number or name, and the token after it: `, ngày 10/9/2012`, `ký ngày …`, `(17/9/2019)`.
///
/// The day may be none: `ngày 9/7` has no year, but belongs to the mention.
pub(super) fn day_after(text: &Text<'_>, at: usize) -> Option<(Option<Date>, usize)> {
    let tokens = &text.tokens;
    let mut start = at;
    let is_open = tokens.get(start).is_some_and(|it| it.is_mark('('));
    start += usize::from(is_open || tokens.get(start).is_some_and(|it| it.is_mark(',')));
    for word in [word!("được"), word!("ban"), word!("hành"), word!("ký")] {
        start +=
            usize::from(tokens.get(start).is_some_and(|it| it.gap != Gap::Blank && it.is(word)));
    }
    let first = tokens.get(start).filter(|it| it.gap != Gap::Blank)?;
    if !(first.is(word!("ngày")) || is_open && first.is_number()) {
        return None;
    }
    if let Some((date, n_tokens)) = day::day_at(text, start) {
        let mut end = start + n_tokens;
        end += usize::from(is_open && tokens.get(end).is_some_and(|it| it.is_mark(')')));
        return Some((Some(date), end));
    }
    tokens.get(start + 1).filter(|it| it.is_number())?;
    // `ngày 9/7`, `ngày 9 tháng 7`
    let is_link = |it: &Token| it.is_mark('/') || it.is(word!("tháng"));
    let is_partial = tokens.get(start + 2).is_some_and(is_link)
        && tokens.get(start + 3).is_some_and(Token::is_number);
    (is_partial && !is_open).then_some((None, start + 4))
}

/// The body after `của` (or without it, if it has a capital and is known) at token `at`, and the token after it.
pub(super) fn issuer_after(text: &Text<'_>, at: usize) -> Option<(Range<usize>, usize)> {
    let tokens = &text.tokens;
    let first = tokens.get(at).filter(|it| it.gap != Gap::Blank)?;
    let is_of = first.is(word!("của")) || first.is(word!("do"));
    let start = at + usize::from(is_of);
    let body = tokens.get(start).filter(|it| it.gap != Gap::Blank)?;
    if !is_of && (!body.is_capital() || BODY_HEADS.longest(tokens, start).is_none()) {
        return None;
    }
    let opens_paragraph = || text.block_of(start).is_some_and(|it| it.tokens.start == start);
    if !is_of && body.gap == Gap::Line && opens_paragraph() {
        return None;
    }
    let end = body_end(text, start);
    (end > start).then_some((start..end, end))
}

/// How far back a sentence is searched.
const FAR: usize = 44;

/// What the same sentence says before the type word at token `at`: the issuer and the day.
///
/// `Ngày 17/9/2019, Ban Chấp hành … đã ban hành Kết luận`, `Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình`.
pub(super) fn said_before(
    text: &Text<'_>,
    at: usize,
    floor: usize,
) -> (Option<Range<usize>>, Option<Date>) {
    let tokens = &text.tokens;
    let mut verb = at;
    let mut has_verb = false;
    while verb > floor && at - verb < 6 {
        let Some(word) = tokens.get(verb - 1).filter(|it| it.is_word()) else { break };
        if tokens[verb].gap == Gap::Blank {
            break;
        }
        let is_issuing = [
            word!("ban"),
            word!("hành"),
            word!("có"),
            word!("ký"),
            word!("ra"),
            word!("thẩm"),
            word!("định"),
            word!("tra"),
        ]
        .contains(&word.key);
        let is_at = word.is(word!("tại"));
        let is_filler =
            [word!("đã"), word!("các"), word!("tiên"), word!("lần"), word!("đầu"), word!("vừa")]
                .contains(&word.key);
        if !is_issuing && !is_at && !is_filler || word.is_capital() {
            break;
        }
        has_verb |= is_issuing || is_at;
        verb -= 1;
    }
    if !has_verb {
        return (None, None);
    }
    let start = sentence_start(text, verb, floor);
    let issuer = (start..verb).find_map(|body| {
        let is_head = tokens[body].is_capital() && BODY_HEADS.longest(tokens, body).is_some();
        (is_head && body_end(text, body) == verb).then_some(body..verb)
    });
    let date = (start..verb)
        .filter(|it| tokens[*it].is(word!("ngày")))
        .find_map(|it| day::day_at(text, it));
    (issuer.clone(), date.map(|(date, _)| date).filter(|_| issuer.is_some()))
}

/// Where the sentence of the token before `at` begins, no further back than [`FAR`] and `floor`.
pub(super) fn sentence_start(text: &Text<'_>, at: usize, floor: usize) -> usize {
    let tokens = &text.tokens;
    let lowest = floor.max(at.saturating_sub(FAR));
    let mut start = at;
    while start > lowest {
        let before = &tokens[start - 1];
        let ends = matches!(before.kind, TokenKind::Mark('.' | ';' | '!' | '?'))
            && tokens[start].gap != Gap::None;
        if ends || tokens[start].gap == Gap::Blank {
            break;
        }
        start -= 1;
    }
    start
}
