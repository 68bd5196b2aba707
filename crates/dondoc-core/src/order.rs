//! Names in the order of a Vietnamese dictionary: a ă â b c d đ e ê g h i k l m n o ô ơ p q r s t u ư v x y, and of the same
//! letters *ngang, huyền, hỏi, ngã, sắc, nặng*. Source: the collation `vi` of the Unicode CLDR.
//!
//! Lists stand in the official order; this one is for those who ask for it.

use std::cmp::Reverse;

use crate::fold::{self, Tone};

/// All letters in their order, those of other languages among them.
const ALPHABET: &str = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";

/// What a name is put in order by; compare two of them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DictionaryKey {
    /// Letters and numbers first: tones decide only between names that are otherwise the same.
    parts: Vec<Part>,
    tones: Vec<u8>,
    capitals: Vec<Reverse<bool>>,
}

/// A part of a name; those that are listed first stand first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Gap,
    Sign(char),
    /// How many digits, without zeros before, and they: `Phường 2` stands before `Phường 10`.
    Number(usize, String),
    Letter(usize),
    /// A letter of another script.
    Foreign(char),
}

impl DictionaryKey {
    /// The key of a name.
    #[must_use]
    pub fn of(name: &str) -> Self {
        let mut key = Self { parts: Vec::new(), tones: Vec::new(), capitals: Vec::new() };
        let mut rest = name.trim().chars().peekable();
        while let Some(c) = rest.next() {
            if c.is_ascii_digit() {
                let mut digits = String::from(c);
                while let Some(more) = rest.next_if(char::is_ascii_digit) {
                    digits.push(more);
                }
                let digits = digits.trim_start_matches('0').to_owned();
                key.parts.push(Part::Number(digits.len(), digits));
            } else if let Some(tone) = fold::tone_of_mark(c) {
                // Decomposed: the mark stands behind its letter.
                if let Some(last) = key.tones.last_mut() {
                    *last = rank(tone);
                }
            } else if let Some(letter) = fold::letter(c) {
                let place = ALPHABET.chars().position(|it| it == letter.base);
                key.parts.push(place.map_or(Part::Foreign(letter.base), Part::Letter));
                key.tones.push(rank(letter.tone));
                key.capitals.push(Reverse(!letter.is_capital));
            } else if c.is_whitespace() {
                key.parts.push(Part::Gap);
            } else {
                key.parts.push(Part::Sign(c));
            }
        }
        key
    }
}

fn rank(tone: Tone) -> u8 {
    match tone {
        Tone::Level => 0,
        Tone::Grave => 1,
        Tone::Hook => 2,
        Tone::Tilde => 3,
        Tone::Acute => 4,
        Tone::Dot => 5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each list in the order in which a dictionary has it; they are turned round first.
    #[test]
    fn names_stand_as_in_a_dictionary() {
        for sorted in [
            &["An", "Ăn", "Ân", "Ba", "Bà", "Bả", "Bã", "Bá", "Bạ", "Da", "Đông", "E", "Ê"][..],
            &["O", "Ô", "Ơ", "U", "Ư", "V", "X", "Y"],
            &["Phường 2", "Phường 10", "Phường An Khê", "Xã 1"],
            &["Xã Bình", "Xã Bình An", "Xã Bỉnh An", "Xã Bình Định", "Xã Đông Khê"],
            // Letters first, tones only between what is otherwise the same.
            &["Hoa A", "Hoà A", "Hoa B", "Hoà B", "Hoạ B"],
            &["Cư Jút", "Cư M'gar", "Cư Mta"],
        ] {
            let mut names: Vec<&str> = sorted.iter().rev().copied().collect();
            names.sort_by_key(|it| DictionaryKey::of(it));
            assert_eq!(names, sorted);
        }
    }

    #[test]
    fn the_code_points_would_put_d_with_a_bar_behind_z() {
        let mut names = ["Ý Yên", "Đông Anh", "Ba Vì"];
        names.sort_unstable();
        assert_eq!(names, ["Ba Vì", "Ý Yên", "Đông Anh"]);
        names.sort_by_key(|it| DictionaryKey::of(it));
        assert_eq!(names, ["Ba Vì", "Đông Anh", "Ý Yên"]);
    }

    #[test]
    fn tones_are_the_same_composed_and_decomposed() {
        assert_eq!(DictionaryKey::of("Hà"), DictionaryKey::of("Ha\u{300}"));
    }
}
