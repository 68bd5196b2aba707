//! Where the name of a document that is cited without a number ends.

use std::ops::Range;

use dondoc_core::fold::SyllableKey;

use super::{
    bodies::{BODY_HEADS, STOPS},
    laws::LAWS,
    lexicon::TYPE_WORDS,
    wording::TITLE_STOPS,
};
use crate::text::{
    Text,
    day::year_of,
    lex::{Case, Gap, Token, TokenKind, word},
};

/// No name is longer, in tokens.
const LONGEST: usize = 32;
/// No quoted title is longer, in tokens.
const LONGEST_QUOTED: usize = 90;

/// The words inside the quotes that open at token `at`, and the token after them.
pub(super) fn quoted(text: &Text<'_>, at: usize) -> Option<(Range<usize>, usize)> {
    let tokens = &text.tokens;
    let open = tokens.get(at).filter(|it| it.gap != Gap::Blank)?;
    let close = match open.kind {
        TokenKind::Mark('“') => '”',
        TokenKind::Mark('"') => '"',
        TokenKind::Mark('«') => '»',
        TokenKind::Mark('‘') => '’',
        TokenKind::Mark('”') => '”',
        _ => return None,
    };
    let near = &tokens[at + 1..(at + LONGEST_QUOTED).min(tokens.len())];
    let n_inside = near.iter().position(|it| {
        it.is_mark(close)
            || (close == '”' && it.is_mark('"'))
            || it.gap == Gap::Blank
            || it.is_mark('“')
    })?;
    let closes = matches!(near[n_inside].kind, TokenKind::Mark('”' | '"' | '»' | '’'))
        && near[n_inside].gap != Gap::Blank;
    (n_inside > 0 && closes).then_some((at + 1..at + 1 + n_inside, at + n_inside + 2))
}

/// Where the name of a law that begins at token `at`, after its type word, ends; `at` if it has none.
pub(super) fn law_end(text: &Text<'_>, at: usize) -> usize {
    let tokens = &text.tokens;
    let Some(first) = tokens.get(at).filter(|it| it.is_word() && it.gap != Gap::Blank) else {
        return at;
    };
    let known = LAWS.longest(tokens, at).map(|(n_tokens, ())| at + n_tokens);
    if first.case == Case::Lower && known.is_none() || first.is(word!("việt")) {
        return at;
    }
    let mut end = known.unwrap_or(at + 1);
    while end < (at + 16).min(tokens.len()) {
        let token = &tokens[end];
        let next_is_small =
            tokens.get(end + 1).is_some_and(|it| it.is_word() && it.case == Case::Lower);
        let goes_on = token.gap != Gap::Blank
            && match token.kind {
                TokenKind::Word if token.case != Case::Lower => {
                    TYPE_WORDS.longest(tokens, end).is_none()
                        && (known.is_none() || !opens(text, end))
                }
                TokenKind::Word if token.is(word!("và")) => {
                    known.is_none()
                        && goes_on_after_and(
                            text,
                            end + 1,
                            &tokens[(end + 1).min(tokens.len() - 1)],
                        )
                }
                TokenKind::Word => !opens(text, end) && known.is_none(),
                // `Luật Phòng, chống …`, `Luật Quản lý, sử dụng …`
                TokenKind::Mark(',') => {
                    known.is_none() && end <= at + 2 && next_is_small && !opens(text, end + 1)
                }
                _ => false,
            };
        if !goes_on {
            break;
        }
        end += 1;
    }
    // `Luật Đất đai (sửa đổi)`
    let is_amended = tokens.get(end).is_some_and(|it| it.is_mark('('))
        && tokens.get(end + 1).is_some_and(|it| it.is(word!("sửa")))
        && tokens.get(end + 3).is_some_and(|it| it.is_mark(')'));
    if is_amended { end + 4 } else { end }
}

/// Whether a small word opens something that is no part of a law's name.
fn opens(text: &Text<'_>, at: usize) -> bool {
    const OPENERS: [SyllableKey; 14] = [
        word!("các"),
        word!("những"),
        word!("về"),
        word!("và"),
        word!("trong"),
        word!("cho"),
        word!("từ"),
        word!("đến"),
        word!("hoặc"),
        word!("trước"),
        word!("sau"),
        word!("tới"),
        word!("quy"),
        word!("không"),
    ];
    let tokens = &text.tokens;
    TITLE_STOPS.longest(tokens, at).is_some()
        || tokens.get(at).is_some_and(|it| OPENERS.contains(&it.key))
}

/// Where the title of a scheme, strategy, plan … that begins at token `at` ends.
pub(super) fn title_end(text: &Text<'_>, at: usize) -> usize {
    let tokens = &text.tokens;
    let mut end = at;
    while end < (at + LONGEST).min(tokens.len()) {
        let token = &tokens[end];
        if token.gap == Gap::Blank {
            break;
        }
        if let Some(after) = period_end(text, end) {
            return after;
        }
        let next = tokens.get(end + 1).filter(|it| it.gap != Gap::Blank);
        let goes_on = match token.kind {
            // `chuyển đổi số`, but `số 12-CTr/TU`
            TokenKind::Word if token.is(word!("số")) => next.is_none_or(|it| !it.is_number()),
            TokenKind::Word if token.is(word!("đến")) => false,
            TokenKind::Word if token.is(word!("và")) => {
                next.is_some_and(|it| goes_on_after_and(text, end + 1, it))
            }
            TokenKind::Word if token.case == Case::Lower => {
                TITLE_STOPS.longest(tokens, end).is_none()
            }
            TokenKind::Word => {
                end == at || TYPE_WORDS.longest(tokens, end).is_none_or(|(_, it)| it.is_short)
            }
            TokenKind::Number => next.is_none_or(|it| !it.is_mark('/')),
            TokenKind::Mark(',') => next.is_some_and(|it| joins(text, end, it)),
            TokenKind::Mark('-' | '–') => {
                next.is_some_and(Token::is_word) && token.gap <= Gap::Space
            }
            _ => false,
        };
        if !goes_on {
            break;
        }
        end += 1;
    }
    while end > at && tokens[end - 1].kind != TokenKind::Word && !tokens[end - 1].is_number() {
        end -= 1;
    }
    end
}

/// Whether a comma is inside a title: `phòng, chống`, `ma túy, phòng, chống …`
fn joins(text: &Text<'_>, comma: usize, next: &Token) -> bool {
    let tokens = &text.tokens;
    // `khoa học, công nghệ và đổi mới sáng tạo`
    let near = comma + 2..(comma + 7).min(tokens.len());
    let is_list = next.case == Case::Lower
        && STOPS.longest(tokens, comma + 1).is_none()
        && near.take_while(|it| tokens[*it].is_word()).any(|it| tokens[it].is(word!("và")));
    if is_list {
        return true;
    }
    let is = |at: usize, word: SyllableKey| text.tokens.get(at).is_some_and(|it| it.is(word));
    (is(comma - 1, word!("phòng")) && next.is(word!("chống")))
        || (is(comma + 1, word!("phòng"))
            && text.tokens.get(comma + 2).is_some_and(|it| it.is_mark(',')))
}

fn goes_on_after_and(text: &Text<'_>, at: usize, next: &Token) -> bool {
    let tokens = &text.tokens;
    next.is_word()
        && TITLE_STOPS.longest(tokens, at).is_none()
        && TYPE_WORDS.longest(tokens, at).is_none_or(|(_, it)| it.is_short)
        && ![word!("các"), word!("những"), word!("một")].contains(&next.key)
        && (next.case == Case::Lower || BODY_HEADS.longest(tokens, at).is_none())
}

/// After `giai đoạn 2021 - 2025`, `thời kỳ 2021 - 2030, tầm nhìn đến năm 2050`, `đến năm 2030`.
pub(super) fn period_end(text: &Text<'_>, at: usize) -> Option<usize> {
    let tokens = &text.tokens;
    let is = |at: usize, word: SyllableKey| {
        tokens.get(at).is_some_and(|it| it.gap != Gap::Blank && it.is(word))
    };
    let is_year = |at: usize| tokens.get(at).is_some_and(|it| year_of(text, it).is_some());
    let opens_period = (is(at, word!("giai")) && is(at + 1, word!("đoạn")))
        || (is(at, word!("thời")) && (is(at + 1, word!("kỳ")) || is(at + 1, word!("kì"))))
        || (is(at, word!("đến")) && is(at + 1, word!("năm")));
    let is_range = is_year(at) && tokens.get(at + 1).is_some_and(Token::is_dash) && is_year(at + 2);
    let mut end = match (opens_period, is_range) {
        (true, _) => at + 2,
        (false, true) => at,
        (false, false) => return None,
    };
    if !is_year(end) {
        return None;
    }
    end += 1;
    if tokens.get(end).is_some_and(Token::is_dash) && is_year(end + 1) {
        end += 2;
    }
    // `, tầm nhìn đến năm 2050`, `và định hướng đến năm 2030`, `và những năm tiếp theo`
    let mut tail = end
        + usize::from(tokens.get(end).is_some_and(|it| it.is_mark(',')) || is(end, word!("và")));
    if (is(tail, word!("tầm")) && is(tail + 1, word!("nhìn")))
        || (is(tail, word!("định")) && is(tail + 1, word!("hướng")))
    {
        tail += 2;
        tail += usize::from(is(tail, word!("đến")));
        tail += usize::from(is(tail, word!("năm")));
        if is_year(tail) {
            return Some(tail + 1);
        }
    }
    if is(tail, word!("những"))
        && is(tail + 1, word!("năm"))
        && is(tail + 2, word!("tiếp"))
        && is(tail + 3, word!("theo"))
    {
        return Some(tail + 4);
    }
    Some(end)
}
