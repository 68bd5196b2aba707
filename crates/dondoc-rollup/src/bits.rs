//! Sets of places, one bit each, counted a word at a time.

use std::ops::Range;

/// A set of places in a tree. An empty set takes no memory until something is put in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bits {
    words: Box<[u64]>,
}

const WORD: usize = u64::BITS as usize;

impl Bits {
    /// The places under `n_places` for which `holds` is true.
    pub fn of(n_places: usize, holds: impl Fn(usize) -> bool) -> Self {
        let mut words = vec![0; n_places.div_ceil(WORD)];
        for place in (0..n_places).filter(|it| holds(*it)) {
            words[place / WORD] |= 1 << (place % WORD);
        }
        Self { words: words.into() }
    }

    /// Whether a place is in the set.
    #[must_use]
    pub fn contains(&self, place: usize) -> bool {
        self.words.get(place / WORD).is_some_and(|it| it >> (place % WORD) & 1 == 1)
    }

    /// How many places of a stretch are in the set.
    #[must_use]
    pub fn count(&self, stretch: Range<usize>) -> u32 {
        self.masked(stretch).map(|(_, word)| word.count_ones()).sum()
    }

    /// The places of a stretch that are in the set, in their order.
    pub fn places(&self, stretch: Range<usize>) -> impl Iterator<Item = usize> + '_ {
        self.masked(stretch).flat_map(|(at, word)| {
            let next = |it: &u64| Some(it & (it - 1)).filter(|it| *it != 0);
            let rest = std::iter::successors(Some(word).filter(|it| *it != 0), next);
            rest.map(move |it| at * WORD + it.trailing_zeros() as usize)
        })
    }

    /// How many places of a stretch are in this set and in none of the two others.
    pub(crate) fn count_without(&self, [a, b]: [&Self; 2], stretch: Range<usize>) -> u32 {
        let word = |of: &Self, at: usize| of.words.get(at).copied().unwrap_or_default();
        self.masked(stretch).map(|(at, it)| (it & !word(a, at) & !word(b, at)).count_ones()).sum()
    }

    /// Whether each place from one on is in the set, without end.
    pub(crate) fn flags(&self, start: usize) -> impl Iterator<Item = bool> + '_ {
        (start..).map(|it| self.contains(it))
    }

    /// Puts a place in or takes it out; says whether that changed anything.
    pub(crate) fn put(&mut self, place: usize, n_places: usize, is_in: bool) -> bool {
        if self.contains(place) == is_in {
            return false;
        }
        if self.words.is_empty() {
            self.words = vec![0; n_places.div_ceil(WORD)].into();
        }
        self.words[place / WORD] ^= 1 << (place % WORD);
        true
    }

    pub(crate) fn words(&self) -> &[u64] {
        &self.words
    }

    pub(crate) fn from_words(words: Vec<u64>) -> Self {
        Self { words: words.into() }
    }

    /// The words that a stretch touches, without the bits that lie outside of it.
    fn masked(&self, stretch: Range<usize>) -> impl Iterator<Item = (usize, u64)> + '_ {
        let Range { start, end } = stretch;
        let end = end.min(self.words.len() * WORD);
        let words = if start < end { start / WORD..end.div_ceil(WORD) } else { 0..0 };
        words.map(move |at| {
            let low = start.saturating_sub(at * WORD);
            let high = (end - at * WORD).min(WORD);
            (at, self.words[at] & (u64::MAX << low) & (u64::MAX >> (WORD - high)))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stretch_is_counted_as_one_by_one() {
        let third = Bits::of(200, |it| it % 3 == 0);
        let fifth = Bits::of(200, |it| it % 5 == 0);
        for start in 0..=200 {
            for end in start..=200 {
                let expected: Vec<usize> = (start..end).filter(|it| it % 3 == 0).collect();
                assert_eq!(third.places(start..end).collect::<Vec<_>>(), expected);
                assert_eq!(third.count(start..end) as usize, expected.len());
                let without = expected.iter().filter(|it| *it % 5 != 0).count();
                let counted = third.count_without([&fifth, &Bits::default()], start..end);
                assert_eq!(counted as usize, without);
            }
        }
    }

    #[test]
    fn an_empty_set_grows_when_a_place_is_put_in() {
        let mut bits = Bits::default();
        assert_eq!(bits.count(0..500), 0);
        assert!(!bits.put(130, 500, false));
        assert!(bits.put(130, 500, true) && !bits.put(130, 500, true));
        assert!(bits.contains(130) && !bits.contains(131));
        assert_eq!(bits.count(0..500), 1);
    }
}
