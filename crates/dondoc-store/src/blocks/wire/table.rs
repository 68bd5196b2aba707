//! Words that are written once: tables, and how records point into them.

use std::collections::HashMap;

use super::{MAX_TEXT_BYTES, Symbol, WireError, read::Input, write::put};

/// The kinds of words, each with a table of its own, so that neighbours in a table are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Indicator,
    Option,
    /// Rows of forms.
    Row,
    /// Columns, forms, registers, files, reasons.
    Other,
}

/// How many kinds there are.
pub(super) const N_KINDS: usize = 4;

/// Which word is meant, seen from the one of the same kind before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pointer {
    /// The same.
    Same,
    /// One that was not used so far: the next of the table.
    New,
    /// One of the table, by its place.
    At(u32),
}

/// A table in the making.
#[derive(Default)]
pub(super) struct Words<'a> {
    places: HashMap<&'a str, u32>,
    list: Vec<&'a str>,
}

impl<'a> Words<'a> {
    /// Where `word` is, seen from `before`; puts it in where it is new.
    pub(super) fn point(&mut self, word: &'a str, before: &mut Option<u32>) -> Pointer {
        if before.is_some_and(|it| self.list[it as usize] == word) {
            return Pointer::Same;
        }
        let next = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        let place = *self.places.entry(word).or_insert(next);
        *before = Some(place);
        if place == next {
            self.list.push(word);
            return Pointer::New;
        }
        Pointer::At(place)
    }

    /// How many bytes its words have together.
    pub(super) fn n_bytes(&self) -> usize {
        self.list.iter().map(|it| it.len()).sum()
    }

    pub(super) fn write(&self, out: &mut Vec<u8>) {
        put(out, self.list.len() as u64);
        let mut before: &[u8] = &[];
        for word in &self.list {
            let word = word.as_bytes();
            let n_shared = before.iter().zip(word).take_while(|(a, b)| a == b).count();
            let n_own = word.len() - n_shared;
            // Both lengths in one byte, where they are short; 15 says that the rest follows.
            let nibble = |it: usize| it.min(15) as u8;
            out.push(nibble(n_shared) << 4 | nibble(n_own));
            for it in [n_shared, n_own] {
                if it >= 15 {
                    put(out, (it - 15) as u64);
                }
            }
            out.extend_from_slice(&word[n_shared..]);
            before = word;
        }
    }
}

/// The four tables, read.
pub(super) struct Tables {
    pub(super) text: String,
    pub(super) ends: Vec<u32>,
    /// The first symbol of each kind, and one past the last of all.
    starts: [u32; N_KINDS + 1],
    /// The next of each kind that was not used so far.
    next: [u32; N_KINDS],
}

impl Tables {
    pub(super) fn read(input: &mut Input<'_>) -> Result<Self, WireError> {
        let mut text = Vec::with_capacity(4096);
        let mut ends = Vec::with_capacity(512);
        let mut starts = [0; N_KINDS + 1];
        for kind in 0..N_KINDS {
            let n_words = input.count(1)?;
            let mut before = text.len()..text.len();
            for _ in 0..n_words {
                let lengths = input.byte()?;
                let n_shared = input.length(lengths >> 4)?;
                let n_own = input.length(lengths & 15)?;
                if n_shared > before.len() {
                    return Err(input.broken("a word that shares more than there is"));
                }
                let start = text.len();
                let own = input.bytes(n_own)?;
                if start + n_shared + n_own > MAX_TEXT_BYTES {
                    return Err(WireError::TooMuchText);
                }
                text.extend_from_within(before.start..before.start + n_shared);
                text.extend_from_slice(own);
                before = start..text.len();
                ends.push(text.len() as u32);
            }
            starts[kind + 1] = ends.len() as u32;
        }
        let text = String::from_utf8(text).map_err(|_| input.broken("words that are no UTF-8"))?;
        if !ends.iter().all(|it| text.is_char_boundary(*it as usize)) {
            return Err(input.broken("a word that ends within a letter"));
        }
        let next = [starts[0], starts[1], starts[2], starts[3]];
        Ok(Self { text, ends, starts, next })
    }

    /// The word that `pointer` points to, which becomes the one before.
    pub(super) fn follow(
        &mut self,
        kind: Kind,
        pointer: Pointer,
        before: &mut Option<Symbol>,
    ) -> Option<Symbol> {
        let at = kind as usize;
        let symbol = match pointer {
            Pointer::Same => return *before,
            Pointer::New => {
                let next = self.next[at];
                self.next[at] = next + 1;
                next
            }
            Pointer::At(place) => self.starts[at].checked_add(place)?,
        };
        if symbol >= self.starts[at + 1] {
            return None;
        }
        *before = Some(Symbol(symbol));
        *before
    }
}
