//! What was counted.

use std::{ops::Range, sync::LazyLock};

use super::unit;
use crate::text::{Text, lex::Gap, phrase::Words};

/// Words that end what was counted, and such as say only that it was.
static ENDS: LazyLock<Words> = LazyLock::new(|| {
    Words::new(
        "và với trong đã được để nhằm tại so nhưng tăng giảm đạt là còn có chiếm ước thực"
            .split_whitespace(),
    )
});

/// A subject has at most this many words; what is longer is a sentence.
const MOST_WORDS: usize = 18;

/// The words after the unit up to the end of their clause, else those before the number.
pub(super) fn subject(
    text: &Text<'_>,
    figure: Range<usize>,
    unit: &Range<usize>,
    end: usize,
) -> Option<String> {
    let after = after(text, figure.end, end);
    let words = match after.is_empty() {
        false => after,
        true => before(text, figure.start),
    };
    let _ = unit;
    (!words.is_empty()).then(|| text.field(words))
}

fn after(text: &Text<'_>, start: usize, end: usize) -> Range<usize> {
    let ends = |at: usize| {
        let token = &text.tokens[at];
        unit::is_closing(token.kind)
            || token.gap == Gap::Blank
            || token.is_number()
            || (ENDS.has(token) && (at == start || !token.is_capital()))
    };
    let stop = (start..end.min(start + MOST_WORDS))
        .find(|at| ends(*at))
        .unwrap_or(end.min(start + MOST_WORDS));
    start..stop
}

fn before(text: &Text<'_>, end: usize) -> Range<usize> {
    let mut stop = end;
    while stop > 0 && text.tokens[stop - 1].is_word() && ENDS.has(&text.tokens[stop - 1]) {
        stop -= 1;
    }
    let mut start = stop;
    while start > 0 && stop - start < MOST_WORDS {
        let token = &text.tokens[start - 1];
        if unit::is_closing(token.kind) || token.is_number() || text.tokens[start].gap == Gap::Blank
        {
            break;
        }
        start -= 1;
    }
    while start < stop && !text.tokens[start].is_word() {
        start += 1;
    }
    start..stop
}
