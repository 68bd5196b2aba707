//! The top of a document, taken apart into pieces.
//!
//! The two columns of a heading come in many shapes: one after the other, a cell after a cell between bars, or side
//! by side on one line with a wide gap. A piece is what none of these shapes can part.

use std::{ops::Range, sync::LazyLock};

use dondoc_core::fold::{SyllableKey, bare, syllable_key};

use crate::text::{
    Text,
    lex::{Case, Gap, Token, TokenKind},
};

/// Words that stand together on one line, in one column.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    /// Its tokens, without the marks at either end.
    pub(crate) tokens: Range<usize>,
    /// Its words without case and accents, one space between.
    pub(crate) bare: String,
    /// Whether it is printed in capitals.
    pub(crate) is_upper: bool,
    /// Whether a bar of a table stands before it.
    pub(crate) after_bar: bool,
    /// Whether a line of dashes or the like stands before it.
    pub(crate) after_rule: bool,
    /// Whether a blank line stands before it.
    pub(crate) after_blank: bool,
    /// Whether it begins its line.
    pub(crate) begins_line: bool,
    /// Whether a star of markdown stands right before it.
    pub(crate) is_starred: bool,
}

impl Piece {
    /// Whether its words begin with these, as whole words.
    pub(crate) fn begins(&self, words: &str) -> bool {
        self.bare.strip_prefix(words).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    }

    /// How many words it has.
    pub(crate) fn n_words(&self) -> usize {
        self.bare.split(' ').count()
    }
}

/// The pieces of a range of tokens. The caller keeps the range short.
pub(crate) fn pieces(text: &Text<'_>, tokens: Range<usize>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut flags = Flags::default();
    let mut start = tokens.start;
    for at in tokens.clone() {
        let token = &text.tokens[at];
        let parts = at > start && (token.is_mark('|') || parts_pieces(text, at));
        if parts {
            push(text, start..at, &mut flags, &mut pieces);
            start = at;
        }
        flags.after_blank |= token.gap == Gap::Blank;
        if token.is_mark('|') {
            flags.after_bar = true;
            start = at + 1;
        }
    }
    if start < tokens.end {
        push(text, start..tokens.end, &mut flags, &mut pieces);
    }
    pieces
}

#[derive(Clone, Copy, Debug, Default)]
struct Flags {
    after_bar: bool,
    after_rule: bool,
    after_blank: bool,
}

fn push(text: &Text<'_>, tokens: Range<usize>, flags: &mut Flags, pieces: &mut Vec<Piece>) {
    let is_word = |at: &usize| matches!(text.tokens[*at].kind, TokenKind::Word | TokenKind::Number);
    let (Some(first), Some(last)) =
        (tokens.clone().find(is_word), tokens.clone().rev().find(is_word))
    else {
        flags.after_rule |= !tokens.is_empty();
        return;
    };
    let first = opened(text, tokens.start, first);
    let last = closed(text, last, tokens.end);
    let begins_line = tokens.start == 0 || text.tokens[tokens.start].gap >= Gap::Line;
    let tokens = first..last;
    let byte = text.tokens[first].start as usize;
    pieces.push(Piece {
        bare: bare(text.slice(tokens.clone())),
        is_upper: is_upper(&text.tokens[tokens.clone()]),
        after_bar: flags.after_bar,
        after_rule: flags.after_rule,
        after_blank: flags.after_blank,
        begins_line,
        is_starred: text.source[..byte].ends_with('*'),
        tokens,
    });
    *flags = Flags::default();
}

/// A quote or bracket before the first word belongs to the piece.
fn opened(text: &Text<'_>, start: usize, first: usize) -> usize {
    let is_open = first > start
        && matches!(text.tokens[first - 1].kind, TokenKind::Mark('“' | '"' | '(' | '‘' | '-'))
        && text.tokens[first].gap == Gap::None;
    if is_open { first - 1 } else { first }
}

/// Marks that close the last word belong to the piece.
fn closed(text: &Text<'_>, last: usize, end: usize) -> usize {
    let mut after = last + 1;
    while after < end
        && text.tokens[after].gap <= Gap::Space
        && matches!(
            text.tokens[after].kind,
            TokenKind::Mark('”' | '"' | ')' | '’' | '.' | ',' | ':' | ';' | '…' | '/' | '-' | '!')
        )
    {
        after += 1;
    }
    after
}

/// Whether a token begins a new piece: on a new line, after a wide gap, or as the state motto.
fn parts_pieces(text: &Text<'_>, at: usize) -> bool {
    let token = &text.tokens[at];
    if token.gap >= Gap::Line {
        return true;
    }
    if token.gap == Gap::Space && at > 0 {
        let between = &text.source[text.tokens[at - 1].end as usize..token.start as usize];
        let n_spaces = between.chars().filter(|it| it.is_whitespace()).count();
        if n_spaces >= 2 || between.contains('\t') {
            return true;
        }
    }
    token.case == Case::Upper && begins_motto(text, at)
}

static CONG: LazyLock<SyllableKey> = LazyLock::new(|| syllable_key("cộng"));
static DANG: LazyLock<SyllableKey> = LazyLock::new(|| syllable_key("đảng"));

/// `CỘNG HÒA XÃ HỘI`, `ĐẢNG CỘNG SẢN VIỆT NAM` in capitals and not after `NƯỚC`, `CỦA` or the like.
pub(crate) fn begins_motto(text: &Text<'_>, at: usize) -> bool {
    let key = text.tokens[at].key;
    let words = |n: usize| {
        let all = text.tokens.get(at..at + n)?;
        all.iter().all(|it| it.case == Case::Upper).then(|| bare(text.slice(at..at + n)))
    };
    let is_motto = if key == *CONG {
        words(3).is_some_and(|it| it.starts_with("cong hoa xa"))
    } else if key == *DANG {
        words(5).is_some_and(|it| it == "dang cong san viet nam")
    } else {
        false
    };
    is_motto && {
        let before = at.checked_sub(1).map(|it| &text.tokens[it]);
        let joined = before.is_some_and(|it| {
            text.tokens[at].gap <= Gap::Space
                && matches!(
                    bare(&text.source[it.start as usize..it.end as usize]).as_str(),
                    "nuoc" | "cua" | "va" | "voi"
                )
        });
        !joined
    }
}

/// Whether most words are capitals throughout.
pub(crate) fn is_upper(tokens: &[Token]) -> bool {
    let (mut n_upper, mut n_lower) = (0_u32, 0_u32);
    for token in tokens.iter().filter(|it| it.is_word()) {
        match token.case {
            Case::Upper => n_upper += 1,
            // One letter, such as Ý, says nothing.
            Case::Capital if token.end - token.start <= 3 => {}
            Case::Capital | Case::Lower => n_lower += 1,
        }
    }
    n_upper > 0 && n_upper >= n_lower * 5
}
