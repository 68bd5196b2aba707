//! Letters that are the initials of the words before them.

use std::{ops::Range, sync::LazyLock};

use dondoc_core::fold;

use crate::text::{
    Text,
    lex::{Token, TokenKind},
    phrase::Words,
};

/// Words that letters may pass over: `giáo dục và đào tạo (GDĐT)`.
static PASSED: LazyLock<Words> = LazyLock::new(|| {
    Words::new([
        "và", "của", "các", "về", "với", "cho", "theo", "tại", "từ", "có", "là", "trong", "đối",
        "bằng", "ở", "trên",
    ])
});

/// The shortest run at the end of `before` whose words begin with the letters of `short`, in order.
pub(super) fn long_form(
    text: &Text<'_>,
    before: Range<usize>,
    short: Range<usize>,
) -> Option<Range<usize>> {
    let letters = letters(text, short);
    let start = matched(text, before.clone(), &letters)?;
    let first = &text.tokens[start];
    let n_words = text.tokens[start..before.end].iter().filter(|it| it.is_word()).count();
    // Two letters for one word, or the letters themselves, define nothing.
    let is_long = n_words >= 2 && first.is_word();
    is_long.then_some(start..before.end)
}

/// A letter of a short form: its base without tone, in lower case, and whether it is a capital.
type ShortLetter = (char, bool);

/// The letters of a short form; `và` in it stands for the word.
fn letters(text: &Text<'_>, short: Range<usize>) -> Vec<ShortLetter> {
    let mut letters = Vec::new();
    for token in &text.tokens[short] {
        let written = &text.source[token.start as usize..token.end as usize];
        if token.is_word() && written.chars().all(char::is_lowercase) {
            continue;
        }
        letters.extend(written.chars().filter_map(fold::letter).map(|it| (it.base, it.is_capital)));
    }
    letters
}

/// Where the run begins; the letters are taken from the last to the first.
fn matched(text: &Text<'_>, before: Range<usize>, letters: &[ShortLetter]) -> Option<usize> {
    let mut at = before.end;
    let mut left = letters.len();
    let mut n_passed = 0;
    while left > 0 {
        at = at.checked_sub(1).filter(|it| *it >= before.start)?;
        let token = &text.tokens[at];
        match token.kind {
            TokenKind::Word => {
                let taken = n_taken(text, token, &letters[..left]);
                if taken > 0 {
                    left -= taken;
                    n_passed = 0;
                } else if PASSED.has(token) && left < letters.len() && n_passed < 2 {
                    n_passed += 1;
                } else {
                    return None;
                }
            }
            TokenKind::Mark(',' | '-' | '–' | '—' | '&' | '/' | '“' | '”' | '"') => {}
            TokenKind::Number | TokenKind::Mark(_) => return None,
        }
    }
    Some(at)
}

/// How many of the last letters a word stands for: its first; `Tr` for `trình`; all of a short form in a longer one.
fn n_taken(text: &Text<'_>, token: &Token, letters: &[ShortLetter]) -> usize {
    let written = &text.source[token.start as usize..token.end as usize];
    let word: Vec<char> =
        written.chars().filter_map(fold::letter).take(8).map(|it| it.base).collect();
    let Some(first) = word.first() else { return 0 };
    let ends_alike = |n: usize| {
        letters.len() >= n
            && letters[letters.len() - n..]
                .iter()
                .zip(&word)
                .all(|((letter, _), it)| same(*letter, *it))
    };
    let is_short_form =
        word.len() >= 2 && written.chars().filter(|it| it.is_uppercase()).count() >= 2;
    if is_short_form && ends_alike(word.len()) {
        return word.len();
    }
    let is_cluster = word.len() > 2 && letters.last().is_some_and(|(_, is_capital)| !is_capital);
    if is_cluster && ends_alike(2) {
        return 2;
    }
    usize::from(letters.last().is_some_and(|(letter, _)| same(*letter, *first)))
}

/// Whether a letter may stand for a word: `D` for `đ`, `U` and `W` for `ư`, as they are typed without marks.
fn same(letter: char, initial: char) -> bool {
    letter == initial || letter == fold::without_shape(initial) || (letter == 'w' && initial == 'ư')
}
