//! Numbers as Vietnamese writes them: `32.266`, `1,5 tỷ`, `hàng nghìn`, `56/93`.

use std::sync::LazyLock;

use dondoc_core::amount::Amount;

use crate::text::{
    Text,
    lex::{Gap, Token},
    phrase::{Phrases, Words},
};

/// Scale words, each with its power of ten.
static SCALES: LazyLock<Phrases<u8>> = LazyLock::new(|| {
    Phrases::new([
        ("trăm", 2),
        ("nghìn", 3),
        ("ngàn", 3),
        ("vạn", 4),
        ("triệu", 6),
        ("tỷ", 9),
        ("tỉ", 9),
        ("nghìn tỷ", 12),
        ("nghìn tỉ", 12),
        ("ngàn tỷ", 12),
        ("ngàn tỉ", 12),
        ("chục", 1),
    ])
});

/// `hàng`, before a scale word: the number is vague.
static VAGUE: LazyLock<Words> = LazyLock::new(|| Words::new(["hàng"]));

/// A number and how far it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// Its value, before any scale word.
    pub(super) value: Amount,
    /// How many tokens it takes.
    pub(super) n_tokens: usize,
    /// Of `56/93` the 93.
    pub(super) of: Option<Amount>,
}

/// The number that begins at token `at`: digits, grouped by full stops, with a decimal comma.
pub(super) fn number_at(text: &Text<'_>, at: usize) -> Option<Number> {
    let (value, n_tokens) = plain_at(text, at)?;
    let tokens = &text.tokens;
    let slash = tokens.get(at + n_tokens).filter(|it| it.is_mark('/') && it.gap == Gap::None);
    if slash.is_some()
        && let Some((of, n_more)) =
            plain_at(text, at + n_tokens + 1).filter(|_| is_close(tokens, at + n_tokens + 1))
    {
        return Some(Number { value, n_tokens: n_tokens + 1 + n_more, of: Some(of) });
    }
    Some(Number { value, n_tokens, of: None })
}

fn is_close(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|it| it.gap == Gap::None)
}

/// `32.266`, `1.234,5`, `6,26`, `5.39` (a decimal point where no group of three follows).
fn plain_at(text: &Text<'_>, at: usize) -> Option<(Amount, usize)> {
    let tokens = &text.tokens;
    let first = tokens.get(at).filter(|it| it.is_number())?;
    let digits = |token: &Token| &text.source[token.start as usize..token.end as usize];
    let mut whole = digits(first).to_owned();
    if whole.len() > 15 {
        return None;
    }
    let mut next = at + 1;
    let part = |next: usize, mark: char| {
        let mark = tokens.get(next).filter(|it| it.is_mark(mark) && it.gap == Gap::None)?;
        let part = tokens.get(next + 1).filter(|it| it.is_number() && it.gap == Gap::None)?;
        let _ = mark;
        Some(digits(part))
    };
    let mut is_grouped = false;
    while let Some(group) =
        part(next, '.').filter(|it| it.len() == 3 && (1..=3).contains(&digits(first).len()))
    {
        whole.push_str(group);
        next += 2;
        is_grouped = true;
        if whole.len() > 15 {
            return None;
        }
    }
    let decimals = part(next, ',').or_else(|| {
        // A point that parts no group of three is a decimal point of another keyboard.
        (!is_grouped).then(|| part(next, '.')).flatten().filter(|it| it.len() != 3)
    });
    let written = match decimals {
        Some(decimals) if decimals.len() <= 6 => {
            next += 2;
            format!("{whole}.{decimals}")
        }
        _ => whole,
    };
    Some((written.parse().ok()?, next - at))
}

/// The scale word at token `at`: its power of ten, and how many tokens it takes.
pub(super) fn scale_at(text: &Text<'_>, at: usize) -> Option<(u8, usize)> {
    SCALES.longest(&text.tokens, at).map(|(n_tokens, power)| (*power, n_tokens))
}

/// `hàng trăm`, `hàng nghìn tỷ` at token `at`: the power of ten, and how many tokens.
pub(super) fn vague_at(text: &Text<'_>, at: usize) -> Option<(u8, usize)> {
    if !VAGUE.has(text.tokens.get(at)?) {
        return None;
    }
    let (first, n_first) = scale_at(text, at + 1)?;
    // `hàng trăm nghìn`, `hàng chục tỷ`
    match scale_at(text, at + 1 + n_first) {
        Some((second, n_second)) if first < 3 => Some((first + second, 1 + n_first + n_second)),
        _ => Some((first, 1 + n_first)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, value: &str, n_tokens: usize) {
        let number = number_at(&Text::new(source), 0).unwrap();
        assert_eq!(
            (number.value.to_string().as_str(), number.n_tokens),
            (value, n_tokens),
            "{source}"
        );
    }

    #[test]
    fn full_stops_group_and_the_comma_is_decimal() {
        check("32.266 lượt", "32266", 3);
        check("1.234,5 ha", "1234.5", 5);
        check("6,26%", "6.26", 3);
        check("980.000 tỷ", "980000", 3);
        check("02 cuộc", "2", 1);
        check("2.5 ha", "2.5", 3);
        check("12. Tổ chức", "12", 1);
    }

    #[test]
    fn a_fraction_keeps_both_parts() {
        let number = number_at(&Text::new("56/93 nhiệm vụ"), 0).unwrap();
        assert_eq!(
            (number.value.as_whole(), number.of.and_then(Amount::as_whole)),
            (Some(56), Some(93))
        );
    }
}
