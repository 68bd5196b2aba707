//! A text taken apart once, for all layers to look at: tokens, lines, blocks and sentences.
//!
//! Every layer works on tokens, never on characters: a token carries the [`SyllableKey`] of its word, so that
//! spelling (case, place of the tone mark, composed or not) is settled in one place and comparing words is
//! comparing numbers. Offsets are bytes of the source text; [`CharIndex`] turns them into the scalar offsets of
//! the contract at the very end.

use std::ops::Range;

use dondoc_core::reading::Span;

pub mod day;
pub mod layout;
pub mod lex;
pub mod phrase;
pub mod place;
pub mod sentence;

use self::{
    layout::{Block, Line},
    lex::Token,
    place::CharIndex,
};

/// A source text with its tokens, lines, blocks and sentences.
#[derive(Debug)]
pub struct Text<'s> {
    /// The decoded text, never changed.
    pub source: &'s str,
    /// Words, numbers and marks in order; white space and the stars of markdown are no tokens.
    pub tokens: Vec<Token>,
    /// Physical lines, the blank ones too.
    pub lines: Vec<Line>,
    /// Paragraphs, list items and table cells, none of them empty.
    pub blocks: Vec<Block>,
    chars: CharIndex,
}

impl<'s> Text<'s> {
    /// Takes `source` apart. Linear in its length.
    #[must_use]
    pub fn new(source: &'s str) -> Self {
        let tokens = lex::tokens(source);
        let lines = layout::lines(source, &tokens);
        let blocks = layout::blocks(source, &tokens, &lines);
        Self { source, tokens, lines, blocks, chars: CharIndex::new(source) }
    }

    /// The words of a range of tokens, as they stand in the source.
    #[must_use]
    pub fn slice(&self, tokens: Range<usize>) -> &'s str {
        match self.bytes(tokens) {
            Some(bytes) => &self.source[bytes],
            None => "",
        }
    }

    /// The words of a range of tokens as a field of the contract: one space for each run of white space, no
    /// markdown stars, letters as written.
    #[must_use]
    pub fn field(&self, tokens: Range<usize>) -> String {
        place::field(self.slice(tokens))
    }

    /// The bytes that a range of tokens covers; `None` if it is empty.
    #[must_use]
    pub fn bytes(&self, tokens: Range<usize>) -> Option<Range<usize>> {
        if tokens.is_empty() {
            return None;
        }
        Some(self.tokens[tokens.start].start as usize..self.tokens[tokens.end - 1].end as usize)
    }

    /// The span of a range of tokens, in scalar values; `None` if it is empty.
    #[must_use]
    pub fn span(&self, tokens: Range<usize>) -> Option<Span> {
        self.bytes(tokens).map(|bytes| self.span_of_bytes(bytes))
    }

    /// The span of a range of bytes, in scalar values.
    #[must_use]
    pub fn span_of_bytes(&self, bytes: Range<usize>) -> Span {
        Span {
            start: self.chars.chars_before(self.source, bytes.start),
            end: self.chars.chars_before(self.source, bytes.end),
        }
    }

    /// The first token that begins at or after a byte.
    #[must_use]
    pub fn token_at_byte(&self, byte: usize) -> usize {
        self.tokens.partition_point(|it| (it.start as usize) < byte)
    }

    /// The block that holds a token.
    #[must_use]
    pub fn block_of(&self, token: usize) -> Option<&Block> {
        let after = self.blocks.partition_point(|it| it.tokens.start <= token);
        self.blocks[..after].last().filter(|it| it.tokens.contains(&token))
    }
}
