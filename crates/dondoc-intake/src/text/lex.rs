//! Words, numbers and marks.

use std::str::Chars;

use dondoc_core::fold::{self, KeyBuilder, Letter, Letters, SyllableKey, Tone};

/// A word, a run of digits or a mark, with its place in the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Byte offset of its first character.
    pub start: u32,
    /// Byte offset after its last character.
    pub end: u32,
    /// Of a word the key of its spelling, of a number or a mark the key of its characters.
    pub key: SyllableKey,
    /// What it is.
    pub kind: TokenKind,
    /// What stands between it and the token before.
    pub gap: Gap,
    /// How a word is capitalised; [`Case::Lower`] for what is no word.
    pub case: Case,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A run of letters: in Vietnamese a syllable, an abbreviation or a name.
    Word,
    /// A run of digits.
    Number,
    /// One character that is neither, such as `,`.
    Mark(char),
}

/// What stands between a token and the one before it, the widest that occurs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// Nothing: `10` and `/` in `10/2025`.
    None,
    /// Spaces.
    Space,
    /// One line break.
    Line,
    /// At least one blank line, or the beginning of the text.
    Blank,
}

/// How a word is capitalised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// Begins with a small letter.
    Lower,
    /// Begins with a capital, and has small letters or only one letter: `Nghị`, `T`.
    Capital,
    /// Two letters or more, all capitals: `UBND`.
    Upper,
}

/// The key of a word, made when the program is compiled: `word!("ngày")`.
macro_rules! word {
    ($word:literal) => {
        const { ::dondoc_core::fold::word_key($word) }
    };
}
pub(crate) use word;

impl Token {
    /// Whether it is the word of this key, see `word!`.
    #[inline]
    #[must_use]
    pub fn is(&self, word: SyllableKey) -> bool {
        self.key == word && self.kind == TokenKind::Word
    }

    /// Whether it is this mark.
    #[must_use]
    pub fn is_mark(&self, mark: char) -> bool {
        self.kind == TokenKind::Mark(mark)
    }

    /// Whether it is a word.
    #[must_use]
    pub fn is_word(&self) -> bool {
        self.kind == TokenKind::Word
    }

    /// Whether it is a run of digits.
    #[must_use]
    pub fn is_number(&self) -> bool {
        self.kind == TokenKind::Number
    }

    /// Whether it is a dash of any length.
    #[must_use]
    pub fn is_dash(&self) -> bool {
        matches!(self.kind, TokenKind::Mark('-' | '–' | '—' | '‐' | '‑' | '−'))
    }

    /// Whether it is a word that begins with a capital.
    #[must_use]
    pub fn is_capital(&self) -> bool {
        self.is_word() && self.case != Case::Lower
    }
}

/// The value of a run of digits; `None` past `u64`.
#[must_use]
pub fn number(source: &str, token: &Token) -> Option<u64> {
    source[token.start as usize..token.end as usize].parse().ok()
}

/// The tokens of a text.
///
/// The stars of markdown and zero-width characters are no tokens and no gap. A text longer than 4 GiB is cut there.
#[must_use]
pub fn tokens(source: &str) -> Vec<Token> {
    let letters = Letters::table();
    let end = u32::try_from(source.len()).unwrap_or(u32::MAX) as usize;
    let source = source.get(..end).unwrap_or_default();
    // Five and a half bytes a token, measured on the kind of text that this is for.
    let mut tokens = Vec::with_capacity(source.len() / 5 + 1);
    let mut gap = Gap::Blank;
    let mut rest = source.chars();
    loop {
        let start = end - rest.as_str().len();
        let Some(c) = rest.next() else { break };
        let token = if let Some(letter) = letters.get(c) {
            rest_of_word(letters, letter, &mut rest)
        } else if c.is_ascii_digit() {
            rest_of_number(c, &mut rest)
        } else {
            match c {
                '\n' => gap = if gap >= Gap::Line { Gap::Blank } else { Gap::Line },
                '*' | '\u{200b}'..='\u{200d}' | '\u{feff}' | '\u{ad}' => {}
                ' ' | '\u{a0}' => gap = gap.max(Gap::Space),
                _ if c.is_whitespace() => gap = gap.max(Gap::Space),
                _ => {
                    let mut key = KeyBuilder::new();
                    key.push_letter(plain(c));
                    let kind = TokenKind::Mark(c);
                    tokens.push(finish(
                        start,
                        end - rest.as_str().len(),
                        gap,
                        Shape { key, kind, case: Case::Lower },
                    ));
                    gap = Gap::None;
                }
            }
            continue;
        };
        tokens.push(finish(start, end - rest.as_str().len(), gap, token));
        gap = Gap::None;
    }
    tokens
}

/// A token but for its place.
#[derive(Clone, Copy)]
struct Shape {
    key: KeyBuilder,
    kind: TokenKind,
    case: Case,
}

fn finish(start: usize, end: usize, gap: Gap, shape: Shape) -> Token {
    let Shape { key, kind, case } = shape;
    Token { start: start as u32, end: end as u32, key: key.finish(), kind, gap, case }
}

/// A character that stands for itself in a key.
fn plain(c: char) -> Letter {
    Letter { base: c, tone: Tone::Level, is_capital: false }
}

/// Reads the rest of a word.
fn rest_of_word(letters: &Letters, first: Letter, rest: &mut Chars<'_>) -> Shape {
    let mut key = KeyBuilder::new();
    key.push_letter(first);
    let (mut n_letters, mut n_capitals) = (1_u32, u32::from(first.is_capital));
    loop {
        let mut ahead = rest.clone();
        let Some(c) = ahead.next() else { break };
        if let Some(letter) = letters.get(c) {
            key.push_letter(letter);
            n_letters += 1;
            n_capitals += u32::from(letter.is_capital);
        } else if fold::is_mark(c) {
            key.push_mark(c);
        } else {
            break;
        }
        *rest = ahead;
    }
    let case = match (first.is_capital, n_letters >= 2 && n_letters == n_capitals) {
        (false, _) => Case::Lower,
        (true, false) => Case::Capital,
        (true, true) => Case::Upper,
    };
    Shape { key, kind: TokenKind::Word, case }
}

/// Reads the rest of a run of digits.
fn rest_of_number(first: char, rest: &mut Chars<'_>) -> Shape {
    let mut key = KeyBuilder::new();
    key.push_letter(plain(first));
    loop {
        let mut ahead = rest.clone();
        let Some(c) = ahead.next().filter(char::is_ascii_digit) else { break };
        key.push_letter(plain(c));
        *rest = ahead;
    }
    Shape { key, kind: TokenKind::Number, case: Case::Lower }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shapes(source: &str) -> Vec<(&str, Gap)> {
        tokens(source)
            .iter()
            .map(|it| (&source[it.start as usize..it.end as usize], it.gap))
            .collect()
    }

    #[test]
    fn a_number_of_a_document_falls_into_its_parts() {
        use Gap::{Blank, None, Space};
        assert_eq!(
            shapes("số 79/KH-UBND"),
            [("số", Blank), ("79", Space), ("/", None), ("KH", None), ("-", None), ("UBND", None)]
        );
    }

    #[test]
    fn stars_of_markdown_are_no_tokens_and_leave_no_gap() {
        assert_eq!(
            shapes("**ỦY\nBAN**,"),
            [("ỦY", Gap::Blank), ("BAN", Gap::Line), (",", Gap::None)]
        );
    }

    #[test]
    fn blank_lines_with_no_break_spaces_are_blank() {
        assert_eq!(shapes("a\n\u{a0}\nb"), [("a", Gap::Blank), ("b", Gap::Blank)]);
    }

    #[test]
    fn decomposed_letters_stay_in_their_word() {
        assert_eq!(shapes("quo\u{302}\u{301}c"), [("quo\u{302}\u{301}c", Gap::Blank)]);
    }
}
