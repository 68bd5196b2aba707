//! What belongs to a head word: its field, its place, and the words up to the verb.

use std::ops::Range;

use super::{Reach, after_quantifier, name_at};
use crate::body::{
    is_word_at, joins_words,
    lexicon::{FIELDS, HEADS, Head},
    predicate::{self, predicate_at},
};
use crate::text::{
    Text,
    lex::{Case, Gap, TokenKind, word},
};
use dondoc_core::fold::SyllableKey;

/// How many tokens follow a head at most, but for lists of names.
const MAX_TAIL: usize = 48;

/// The end of a run of names without heads: `Quốc phòng, Công an và Tài chính`.
pub(super) fn names_end(text: &Text<'_>, run: Range<usize>) -> usize {
    let mut at = run.start;
    loop {
        let tokens = &text.tokens[..run.end];
        let end = match FIELDS.longest(tokens, at) {
            Some((n_tokens, ())) if tokens[at].is_capital() => at + n_tokens,
            _ => capital_run(text, at..run.end),
        };
        if end == at {
            return at.max(run.start);
        }
        let end = small_words(text, end..run.end);
        let next = match tokens.get(end) {
            Some(it) if it.is_mark(',') => {
                end + 1 + usize::from(is_word_at(text, end + 1, word!("và")))
            }
            Some(_) if is_word_at(text, end, word!("và")) => end + 1,
            _ => return end,
        };
        let goes_on = tokens.get(next).is_some_and(|it| it.is_capital())
            && after_quantifier(text, next, run.end) == next
            && !matches!(
                HEADS.longest(tokens, next),
                Some((_, Some(Head::Field | Head::Title | Head::Level)))
            )
            && !(matches!(HEADS.longest(tokens, next), Some((n, Some(Head::Named))) if n > 1)
                && FIELDS.longest(tokens, next).is_none());
        if !goes_on {
            return end;
        }
        at = next;
    }
}

/// The end of small letters that a name goes on with: `Bưu chính viễn thông Lam Giang`.
fn small_words(text: &Text<'_>, run: Range<usize>) -> usize {
    let tokens = &text.tokens[..run.end];
    let mut at = run.start;
    while at < run.end.min(run.start + 8) {
        let is_part = tokens[at].is_word()
            && tokens[at].gap <= Gap::Line
            && predicate_at(tokens, at).is_none()
            && !predicate::ends_name(tokens, at)
            && !is_word_at(text, at, word!("và"))
            && !is_word_at(text, at, word!("liên"));
        if !is_part {
            break;
        }
        at += 1;
    }
    at
}

/// The end of a run of capitalised words, with `và`, `-` and numbers between them.
pub(super) fn capital_run(text: &Text<'_>, run: Range<usize>) -> usize {
    let tokens = &text.tokens[..run.end];
    let mut at = run.start;
    while let Some(token) = tokens.get(at) {
        if at > run.start && token.gap == Gap::Blank {
            break;
        }
        let is_part = match token.kind {
            TokenKind::Word => {
                let joins = is_word_at(text, at, word!("và"))
                    && at > run.start
                    && tokens.get(at + 1).is_some_and(|it| it.is_capital())
                    && !matches!(HEADS.longest(tokens, at + 1), Some((_, Some(_))));
                let is_new = at > run.start
                    && matches!(
                        HEADS.longest(tokens, at),
                        Some((_, Some(Head::Field | Head::Title)))
                    );
                // `Bộ Y tế`: the second syllable of a word has a small letter.
                let is_second = at > run.start
                    && token.case == Case::Lower
                    && tokens[at - 1].is_capital()
                    && predicate_at(tokens, at).is_none()
                    && !predicate::ends_name(tokens, at)
                    && !matches!(
                        HEADS.longest(tokens, at),
                        Some((
                            _,
                            Some(
                                Head::Field
                                    | Head::Title
                                    | Head::Named
                                    | Head::Generic
                                    | Head::Level
                            )
                        ))
                    )
                    && !is_word_at(text, at, word!("và"))
                    && !is_word_at(text, at, word!("các"))
                    && !is_word_at(text, at, word!("liên"));
                (token.is_capital() && !is_new) || joins || is_second
            }
            TokenKind::Number => at > run.start,
            TokenKind::Mark(_) => {
                at > run.start
                    && (token.is_dash() || token.is_mark('&'))
                    && tokens.get(at + 1).is_some_and(|it| it.is_capital())
            }
        };
        if !is_part {
            break;
        }
        at += 1;
    }
    at
}

/// After a proper name its level and place: `tỉnh Lam Giang`, `thành phố`, `trên địa bàn tỉnh`, `và các đơn vị` not.
pub(super) fn level_tail(text: &Text<'_>, rest: Range<usize>, reach: Reach) -> usize {
    let tokens = &text.tokens[..rest.end];
    let Some(token) = tokens.get(rest.start) else { return rest.start };
    let follows =
        [word!("thuộc"), word!("trực"), word!("trên"), word!("liên"), word!("có"), word!("của")];
    let is_level = matches!(HEADS.longest(tokens, rest.start), Some((_, Some(Head::Level))))
        || is_word_at(text, rest.start, word!("cấp"))
        || (is_word_at(text, rest.start, word!("các"))
            && matches!(HEADS.longest(tokens, rest.start + 1), Some((_, Some(Head::Level)))))
        || (is_word_at(text, rest.start, word!("trung"))
            && is_word_at(text, rest.start + 1, word!("ương")))
        || token.is_capital()
        || follows.iter().any(|it| is_word_at(text, rest.start, *it))
            && (!is_word_at(text, rest.start, word!("có"))
                || is_word_at(text, rest.start + 1, word!("liên")));
    let is_new = token.is_capital()
        && matches!(HEADS.longest(tokens, rest.start), Some((_, Some(Head::Field | Head::Title))));
    if is_level && !is_new && token.gap != Gap::Blank {
        open_tail(text, rest.clone(), rest.start, reach)
    } else {
        rest.start
    }
}

/// The end of the words that belong to a head: up to a verb, a preposition or a mark.
pub(super) fn open_tail(
    text: &Text<'_>,
    rest: Range<usize>,
    head_at: usize,
    reach: Reach,
) -> usize {
    let tokens = &text.tokens[..rest.end.min(rest.start + MAX_TAIL)];
    let mut at = rest.start;
    while let Some(token) = tokens.get(at) {
        // A capital verb on the next line begins the order below a heading.
        let is_next_order = token.gap == Gap::Line
            && token.is_capital()
            && predicate::imperative_at(tokens, at).is_some()
            && reach == Reach::Sentence;
        if token.gap == Gap::Blank || is_next_order && tokens[at - 1].case == Case::Lower {
            break;
        }
        let goes_on = match token.kind {
            TokenKind::Word => word_goes_on(text, at, rest.end, (head_at, reach)),
            TokenKind::Number => token.gap <= Gap::Line,
            TokenKind::Mark(':') => {
                // `các tỉnh: Khánh Hòa, Đắk Lắk`
                let names = names_end(text, at + 1..rest.end);
                let is_list = at > rest.start.saturating_sub(1)
                    && is_plural_before(text, at)
                    && names > at + 1;
                if is_list {
                    at = names;
                    return at;
                }
                false
            }
            TokenKind::Mark(',') if reach == Reach::Whole => {
                // Part of a long heading, unless another body begins there.
                tokens.get(at + 1).is_some_and(|it| it.is_word())
                    && name_at(text, at + 1..rest.end, false, Reach::Sentence).is_none()
            }
            TokenKind::Mark(_) => {
                (joins_words(token) && tokens.get(at + 1).is_some_and(|it| it.is_word()))
                    && token.gap <= Gap::Space
            }
        };
        if !goes_on {
            break;
        }
        at += match FIELDS.longest(tokens, at) {
            Some((n_tokens, ())) if token.is_capital() => n_tokens,
            _ => 1,
        };
    }
    // A dash or `và` at the end joins nothing.
    while at > rest.start
        && (joins_words(&text.tokens[at - 1]) || is_word_at(text, at - 1, word!("và")))
    {
        at -= 1;
    }
    at
}

fn word_goes_on(text: &Text<'_>, at: usize, end: usize, whence: (usize, Reach)) -> bool {
    let (head_at, reach) = whence;
    let tokens = &text.tokens[..end];
    if is_word_at(text, at, word!("và")) {
        let Some(next) = tokens.get(at + 1) else { return false };
        return next.is_word()
            && predicate_at(tokens, at + 1).is_none()
            && name_at(text, at + 1..end, false, Reach::Sentence).is_none()
            && (next.is_capital() || !matches!(HEADS.longest(tokens, at + 1), Some((_, Some(_)))));
    }
    if reach == Reach::Whole {
        return true;
    }
    if predicate::ends_name(tokens, at) || is_capital_verb(text, at) {
        return false;
    }
    // `các cấp`, `cấp tỉnh`: `cấp` is a verb elsewhere.
    let is_rank = is_word_at(text, at, word!("cấp"))
        && (matches!(HEADS.longest(tokens, at + 1), Some((_, Some(Head::Level))))
            || [word!("cơ"), word!("trung"), word!("trên"), word!("dưới"), word!("có")]
                .iter()
                .any(|it| is_word_at(text, at + 1, *it)));
    if is_rank || is_word_at(text, at - 1, word!("các")) {
        return true;
    }
    // `cơ quan quản lý nhà nước`, `đơn vị sử dụng ngân sách`, `có liên quan`
    if is_fixed_attribute(text, at, head_at) {
        return true;
    }
    // `tổ chức chính trị` inside a name
    let token = tokens[at];
    !(token.is_capital()
        && matches!(HEADS.longest(tokens, at), Some((_, Some(Head::Field))))
        && tokens[head_at].is_capital()
        && matches!(HEADS.longest(tokens, head_at), Some((_, Some(Head::Field)))))
        && predicate_at(tokens, at).is_none()
}

/// Words that look like a verb and describe the body: `có liên quan`, `quản lý nhà nước`, `được giao`.
fn is_fixed_attribute(text: &Text<'_>, at: usize, head_at: usize) -> bool {
    let pair = |first: SyllableKey, second: SyllableKey| {
        is_word_at(text, at, first) && is_word_at(text, at + 1, second)
    };
    let after = |first: SyllableKey, second: SyllableKey| {
        at > 0 && is_word_at(text, at, second) && is_word_at(text, at - 1, first)
    };
    pair(word!("có"), word!("liên"))
        || pair(word!("có"), word!("thẩm"))
        || after(word!("có"), word!("liên"))
        || pair(word!("có"), word!("chức"))
        || (pair(word!("quản"), word!("lý")) && is_word_at(text, at + 2, word!("nhà")))
        || pair(word!("chủ"), word!("quản"))
        || pair(word!("sử"), word!("dụng"))
            && (is_word_at(text, at + 2, word!("ngân"))
                || is_word_at(text, at + 2, word!("lao"))
                || is_word_at(text, at + 2, word!("đất")))
        || after(word!("công"), word!("lập"))
        || pair(word!("khám"), word!("bệnh"))
        || pair(word!("được"), word!("giao"))
            && !is_word_at(text, at + 2, word!("trọng"))
            && !is_word_at(text, at + 2, word!("nhiệm"))
        || after(word!("được"), word!("giao"))
        || pair(word!("kiểm"), word!("soát")) && is_word_at(text, head_at, word!("trung"))
        || (pair(word!("làm"), word!("nhiệm")) || pair(word!("làm"), word!("công")))
}

/// Whether a plural level or head stands shortly before token `at`: `các tỉnh:`, `Tổng giám đốc các Tập đoàn:`.
fn is_plural_before(text: &Text<'_>, at: usize) -> bool {
    (at.saturating_sub(10)..at).any(|it| is_word_at(text, it, word!("các")))
}

/// `Khẩn trương`, `Tập trung` with a capital that does not belong there, after small letters.
pub(super) fn is_capital_verb(text: &Text<'_>, at: usize) -> bool {
    at > 0
        && text.tokens[at].case == Case::Capital
        && text.tokens[at - 1].case == Case::Lower
        && matches!(
            predicate::imperative_at(&text.tokens, at),
            Some((predicate::Predicate::Before, n_tokens)) if n_tokens >= 2
        )
}
