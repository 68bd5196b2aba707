//! How the figures of a block are written down: compact, the same for the same figures, and read without trust.
//!
//! ```text
//! version (1 byte) · number of figures · 4 tables of words · one record a figure
//! ```
//!
//! Whole numbers are LEB128, signed ones zigzag. A table has each word once, in the order of first use, as what it
//! shares with the word before and what differs: codes of one pack differ by a digit or two. A record is two bytes
//! of what kind it is, then words (the same as before, a new one, or one by number), numbers, and its source.
//! Three hundred figures of a form take about 3 KB.

mod read;
mod table;
mod write;

use std::ops::Range;

use dondoc_core::figure::{Content, Figure, Qualifier, Series, Source, Status};

pub use write::encode;

/// Most figures in a block.
pub const MAX_FIGURES: usize = 100_000;
/// Most bytes of words in a block, each word counted once.
pub const MAX_TEXT_BYTES: usize = 8 << 20;

/// The first byte of a body.
const VERSION: u8 = 1;

/// A word of a block, by its place in the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol(u32);

impl Symbol {
    /// Its place, from 0 and less than [`Body::n_symbols`]: good as an index into what a reader looked up once.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The figures of a block, read but not yet spread out: words are symbols.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// All words, one after the other.
    text: String,
    /// Where each word ends.
    ends: Vec<u32>,
    /// Register entries of all figures.
    entries: Vec<i64>,
    records: Vec<Record>,
}

/// One figure of a [`Body`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The indicator.
    pub indicator: Symbol,
    /// The option of its breakdown.
    pub option: Option<Symbol>,
    /// What was reported.
    pub content: Content,
    /// How it is meant.
    pub qualifier: Qualifier,
    /// Estimate or final.
    pub status: Status,
    source: SourceRecord,
    reason: Option<Symbol>,
}

/// [`Source`] with symbols.
#[derive(Clone, Debug, PartialEq, Eq)]
enum SourceRecord {
    Form { form: Symbol, row: Symbol, column: Symbol },
    Register { register: Symbol, entries: Range<u32> },
    Document { document_id: i64, start: u32, end: u32 },
    Import { file: Symbol, row: u32, column: u32 },
    Derived,
}

/// Figures can't be written, or bytes are no figures.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// More figures than a block takes.
    #[error("{n_figures} figures in one block; at most {MAX_FIGURES} fit")]
    TooManyFigures {
        /// How many.
        n_figures: usize,
    },
    /// More words than a block takes.
    #[error("more than {MAX_TEXT_BYTES} bytes of words in one block")]
    TooMuchText,
    /// A version that this Dondoc does not know.
    #[error("figures in version {0} of their encoding; use the newer Dondoc")]
    Version(u8),
    /// Bytes that no figures are written with.
    #[error("no figures: {what} at byte {at}")]
    Broken {
        /// What is wrong.
        what: &'static str,
        /// Where.
        at: usize,
    },
}

impl Body {
    /// Reads the figures; never takes more than some 60 times the bytes in memory, words apart.
    ///
    /// # Errors
    ///
    /// [`WireError`] with the first thing that is wrong.
    pub fn decode(bytes: &[u8]) -> Result<Self, WireError> {
        read::decode(bytes)
    }

    /// The figures as records, in their order.
    #[must_use]
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// How many words there are.
    #[must_use]
    pub fn n_symbols(&self) -> usize {
        self.ends.len()
    }

    /// The word that a symbol of this body stands for.
    ///
    /// # Panics
    ///
    /// If the symbol is of another body that has more words.
    #[must_use]
    pub fn word(&self, symbol: Symbol) -> &str {
        let at = symbol.index();
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.text[start as usize..self.ends[at] as usize]
    }

    /// The figures, in their order.
    pub fn figures(&self) -> impl Iterator<Item = Figure> + '_ {
        self.records.iter().map(|it| self.figure(it))
    }

    /// The last figure of a series.
    #[must_use]
    pub fn last_of(&self, series: &Series) -> Option<Figure> {
        let is_it = |it: &&Record| {
            self.word(it.indicator) == series.indicator
                && it.option.map(|it| self.word(it)) == series.option.as_deref()
        };
        self.records.iter().rev().find(is_it).map(|it| self.figure(it))
    }

    /// One of its records, spread out.
    #[must_use]
    pub fn figure(&self, record: &Record) -> Figure {
        let word = |it: Symbol| self.word(it).to_owned();
        let source = match &record.source {
            SourceRecord::Form { form, row, column } => {
                Source::Form { form: word(*form), row: word(*row), column: word(*column) }
            }
            SourceRecord::Register { register, entries } => Source::Register {
                register: word(*register),
                entries: self.entries[entries.start as usize..entries.end as usize].to_vec(),
            },
            SourceRecord::Document { document_id, start, end } => {
                Source::Document { document_id: *document_id, start: *start, end: *end }
            }
            SourceRecord::Import { file, row, column } => {
                Source::Import { file: word(*file), row: *row, column: *column }
            }
            SourceRecord::Derived => Source::Derived,
        };
        Figure {
            series: Series { indicator: word(record.indicator), option: record.option.map(word) },
            content: record.content,
            qualifier: record.qualifier,
            status: record.status,
            source,
            reason: record.reason.map(word),
        }
    }
}

#[cfg(test)]
mod tests;
