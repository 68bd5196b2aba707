//! Stretches of text whose numbers are no figures: what a cited document is about, and quoted names.

use std::sync::LazyLock;

use crate::text::{
    Text,
    lex::{Gap, word},
    phrase::Words,
};

/// A quoted name is not longer than this, in tokens; what is longer is quoted speech.
const LONGEST_NAME: usize = 20;

/// Words that begin what happened: the subject of a cited document is over before them.
static EVENTS: LazyLock<Words> = LazyLock::new(|| {
    Words::new(
        "đã đạt được có tỉnh sở toàn đến trong năm kết giao yêu đề đảm bảo phấn với góp"
            .split_whitespace(),
    )
});

/// Where the subject of a citation that ends at token `from` ends: `Đề án số 03-ĐA/TU về phát triển 2 xã …`.
///
/// `from` itself where no subject follows.
pub(super) fn subject_end(text: &Text<'_>, from: usize, end: usize) -> usize {
    let tokens = &text.tokens[..end];
    let closes = |at: usize| {
        [';', '.', ':', ')', '”'].iter().any(|it| tokens[at].is_mark(*it))
            || tokens[at].gap == Gap::Blank && at > from
    };
    // The issuer may stand between: "của Ban Thường vụ Tỉnh ủy về …".
    let about = (from..end.min(from + 14))
        .take_while(|at| !closes(*at))
        .find(|at| tokens[*at].is(word!("về")));
    let Some(about) = about else { return from };
    let is_over = |at: usize| {
        closes(at)
            || (tokens[at].is_mark(',') && tokens.get(at + 1).is_some_and(|it| EVENTS.has(it)))
    };
    (about..end).find(|at| is_over(*at)).unwrap_or(end)
}

/// Where the quoted name that opens at token `at` ends.
pub(super) fn quote_end(text: &Text<'_>, at: usize, end: usize) -> Option<usize> {
    let close = match text.tokens[at].kind {
        crate::text::lex::TokenKind::Mark('“') => '”',
        crate::text::lex::TokenKind::Mark('"') => '"',
        _ => return None,
    };
    let inside = text.tokens[at + 1..end.min(at + 1 + LONGEST_NAME)].iter();
    inside
        .take_while(|it| it.gap != Gap::Blank)
        .position(|it| it.is_mark(close))
        .map(|n_tokens| at + n_tokens + 2)
}
