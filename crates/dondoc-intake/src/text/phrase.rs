//! Phrases of a lexicon, found in tokens.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

use dondoc_core::fold::{self, KeyBuilder, SyllableKey};

use super::lex::{self, Gap, Token, TokenKind};

/// Phrases, each with what it means; the longest is found.
///
/// Spelling is compared by [`SyllableKey`]. A word that lost its vowels in recognition (`Đng` for `Đảng`) stands
/// for the syllable with the same consonants, inside a phrase only: the repair is made in the comparison, the
/// text stays as it is.
#[derive(Debug)]
pub struct Phrases<V> {
    steps: HashMap<(u32, SyllableKey), u32, BuildHasherDefault<KeyHasher>>,
    /// As `steps`, for syllables without their vowels.
    damaged_steps: HashMap<(u32, SyllableKey), u32, BuildHasherDefault<KeyHasher>>,
    meanings: Vec<Option<V>>,
    /// One bit for each hash of a first syllable, to pass over most tokens without a look-up.
    first: Box<[u64; 64]>,
}

impl<V> Phrases<V> {
    /// A lexicon of phrases; of two equal phrases the last holds.
    pub fn new<'p>(phrases: impl IntoIterator<Item = (&'p str, V)>) -> Self {
        let mut lexicon = Self {
            steps: HashMap::default(),
            damaged_steps: HashMap::default(),
            meanings: vec![None],
            first: Box::new([0; 64]),
        };
        for (phrase, meaning) in phrases {
            lexicon.insert(phrase, meaning);
        }
        lexicon
    }

    fn insert(&mut self, phrase: &str, meaning: V) {
        let mut node = 0_u32;
        for token in lex::tokens(phrase) {
            let new = self.meanings.len() as u32;
            let next = *self.steps.entry((node, token.key)).or_insert(new);
            if next == new {
                self.meanings.push(None);
            }
            let word = &phrase[token.start as usize..token.end as usize];
            if node == 0 {
                self.mark_first(token.key);
            } else if let Some(skeleton) = skeleton(word) {
                self.damaged_steps.entry((node, skeleton)).or_insert(next);
            }
            node = next;
        }
        self.meanings[node as usize] = Some(meaning);
    }

    fn mark_first(&mut self, key: SyllableKey) {
        let bit = bit(key);
        self.first[bit / 64] |= 1 << (bit % 64);
    }

    /// The longest phrase that begins at token `at`: how many tokens it has, and what it means.
    ///
    /// A phrase never runs over a blank line.
    #[must_use]
    #[inline]
    pub fn longest(&self, tokens: &[Token], at: usize) -> Option<(usize, &V)> {
        let bit = bit(tokens.get(at)?.key);
        if self.first[bit / 64] & (1 << (bit % 64)) == 0 {
            return None;
        }
        self.walk(tokens, at)
    }

    fn walk(&self, tokens: &[Token], at: usize) -> Option<(usize, &V)> {
        let mut node = 0_u32;
        let mut found = None;
        for (n_tokens, token) in (1..).zip(&tokens[at..]) {
            if n_tokens > 1 && token.gap == Gap::Blank {
                break;
            }
            let step = self.steps.get(&(node, token.key));
            let step = step.or_else(|| {
                let damaged = node != 0 && token.kind == TokenKind::Word;
                damaged.then(|| self.damaged_steps.get(&(node, token.key))).flatten()
            });
            let Some(next) = step else { break };
            node = *next;
            if let Some(meaning) = &self.meanings[node as usize] {
                found = Some((n_tokens, meaning));
            }
        }
        found
    }
}

/// The key of a syllable without its vowels; `None` if nothing is left, or nothing was lost.
fn skeleton(syllable: &str) -> Option<SyllableKey> {
    let mut key = KeyBuilder::default();
    let (mut n_kept, mut n_lost) = (0, 0);
    for letter in syllable.chars().filter_map(fold::letter) {
        if matches!(
            letter.base,
            'a' | 'ă' | 'â' | 'e' | 'ê' | 'i' | 'o' | 'ô' | 'ơ' | 'u' | 'ư' | 'y'
        ) {
            n_lost += 1;
        } else {
            key.push_letter(fold::Letter { tone: fold::Tone::Level, ..letter });
            n_kept += 1;
        }
    }
    (n_kept > 0 && n_lost > 0).then(|| key.finish())
}

/// A bit in 4,096 for a key.
#[inline]
fn bit(key: SyllableKey) -> usize {
    (key.hash() % 4_096) as usize
}

/// Keys are hashes already; they only need to be mixed with their node.
#[derive(Debug, Default)]
pub struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u32(&mut self, it: u32) {
        self.write_u64(u64::from(it));
    }

    fn write_u64(&mut self, it: u64) {
        self.0 = (self.0.rotate_left(5) ^ it).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

/// A set of single words, for questions such as "is this a bound word".
#[derive(Debug)]
pub struct Words(Phrases<()>);

impl Words {
    /// The words of a list, one syllable each.
    pub fn new<'w>(words: impl IntoIterator<Item = &'w str>) -> Self {
        Self(Phrases::new(words.into_iter().map(|word| (word, ()))))
    }

    /// Whether the token is one of them.
    #[must_use]
    #[inline]
    pub fn has(&self, token: &Token) -> bool {
        self.0.longest(std::slice::from_ref(token), 0).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(phrases: &[&str], source: &str, found: Option<&str>) {
        let lexicon = Phrases::new(phrases.iter().map(|it| (*it, *it)));
        let tokens = lex::tokens(source);
        let first = (0..tokens.len()).find_map(|at| lexicon.longest(&tokens, at));
        assert_eq!(first.map(|(_, meaning)| *meaning), found);
    }

    #[test]
    fn the_longest_phrase_is_found() {
        check(
            &["ủy ban", "ủy ban nhân dân", "nhân dân"],
            "của UỶ BAN\nnhân dân",
            Some("ủy ban nhân dân"),
        );
    }

    #[test]
    fn a_phrase_ends_at_a_blank_line() {
        check(&["ủy ban nhân dân"], "ủy ban\n\nnhân dân", None);
    }

    #[test]
    fn lost_vowels_are_repaired_inside_a_phrase_only() {
        check(&["ban chấp hành đảng bộ"], "Ban Chp hành Đng bộ", Some("ban chấp hành đảng bộ"));
        check(&["chấp hành"], "Chp hành", None);
        check(&["ban chấp hành"], "Ban Chắp hành", None);
    }
}
