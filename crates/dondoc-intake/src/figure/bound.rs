//! The words that bound a number: `gần`, `hơn`, `tối đa`, `từ … trở lên`.

use std::sync::LazyLock;

use dondoc_core::reading::Bound;

use crate::text::{Text, lex::Gap, phrase::Phrases};

/// Bound words that stand before a number. A comparison (`cao hơn`) is none.
static BEFORE: LazyLock<Phrases<Bound>> = LazyLock::new(|| {
    let list = |bound, words: &'static str| words.split(';').map(move |it| (it.trim(), bound));
    Phrases::new(
        list(Bound::About, ABOUT)
            .chain(list(Bound::AtLeast, AT_LEAST))
            .chain(list(Bound::AtMost, AT_MOST)),
    )
});

const ABOUT: &str = "gần; khoảng; ước; ước đạt; ước khoảng; ước tính; ước tính khoảng; ước tính đạt; xấp xỉ; \
    ước thực hiện; gần bằng; khoảng gần; khoảng từ; ước đạt khoảng; ước đạt gần";

const AT_LEAST: &str = "hơn; trên; tối thiểu; ít nhất; không dưới; không thấp hơn; không ít hơn; tối thiểu là; \
    tối thiểu đạt; ít nhất là; ước trên; ước đạt trên; ước đạt hơn; tối thiểu phải đạt; tối thiểu từ; ít nhất từ";

const AT_MOST: &str = "tối đa; tối đa là; không quá; dưới; không vượt quá; chưa đến; chưa tới; không nhiều hơn; \
    không cao hơn; nhiều nhất; tối đa không quá";

/// Bound words that stand after a number with its unit.
static AFTER: LazyLock<Phrases<Bound>> =
    LazyLock::new(|| Phrases::new([("trở lên", Bound::AtLeast), ("trở xuống", Bound::AtMost)]));

/// The longest bound phrase has four words.
const LONGEST: usize = 4;

/// The bound word right before token `at`, an opening bracket between allowed (`Tối đa (03 điểm)`): where it begins,
/// and what it says.
pub(super) fn before(text: &Text<'_>, at: usize) -> Option<(usize, Bound)> {
    let tokens = &text.tokens;
    let end = if at > 0 && tokens[at - 1].is_mark('(') { at - 1 } else { at };
    if tokens[end..=at].iter().any(|it| it.gap == Gap::Blank) {
        return None;
    }
    (1..=LONGEST.min(end)).rev().find_map(|n_tokens| {
        let start = end - n_tokens;
        let (found, bound) = BEFORE.longest(tokens, start)?;
        let is_hard = matches!(bound, Bound::AtMost | Bound::AtLeast);
        (found == n_tokens && (end == at || is_hard)).then_some((start, *bound))
    })
}

/// `trở lên`, `trở xuống` at token `at`: how many tokens, and what it says.
pub(super) fn after(text: &Text<'_>, at: usize) -> Option<(usize, Bound)> {
    AFTER.longest(&text.tokens, at).map(|(n_tokens, bound)| (n_tokens, *bound))
}
