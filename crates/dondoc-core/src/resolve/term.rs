//! Terms of the Party's Central Committee: "khóa XI" says in which years a document was issued.

use jiff::civil::{Date, date};

use crate::{
    resolve::{Identity, Mention, issuer::Agreement, name},
    word,
};

/// The day each national congress elected the committee of its term; a term lasts until the next.
///
/// # Source
///
/// The Party's published list of its national congresses, VI (1986) to XIV (2026).
const TERMS: &[(u32, Date)] = &[
    (6, date(1986, 12, 18)),
    (7, date(1991, 6, 27)),
    (8, date(1996, 7, 1)),
    (9, date(2001, 4, 22)),
    (10, date(2006, 4, 25)),
    (11, date(2011, 1, 19)),
    (12, date(2016, 1, 28)),
    (13, date(2021, 2, 1)),
    (14, date(2026, 1, 23)),
];

/// Whether the term that a mention names is that in which `identity` was issued.
///
/// Only of central documents: a province counts the terms of its own committee.
pub(super) fn agreement(mention: &Mention, identity: &Identity) -> Agreement {
    let is_central =
        mention.number.as_deref().is_some_and(|it| name::number_key(it).ends_with("-tw"));
    let Some(term) = mention.issuer.as_deref().filter(|_| is_central).and_then(term_in) else {
        return Agreement::Unknown;
    };
    let Some(issued_on) = identity.issued_on else { return Agreement::Unknown };
    let Some(at) = TERMS.iter().position(|(number, _)| *number == term) else {
        return Agreement::Unknown;
    };
    let is_after = TERMS[at].1 <= issued_on;
    let is_before = TERMS.get(at + 1).is_none_or(|(_, next)| issued_on < *next);
    if is_after && is_before { Agreement::Agrees } else { Agreement::Differs }
}

/// The number after "khóa".
pub(super) fn term_in(text: &str) -> Option<u32> {
    let words: Vec<String> = word::words(text).map(|it| it.bare).collect();
    let at = words.iter().position(|it| it == "khoa")?;
    number(words.get(at + 1)?)
}

/// A number in Roman or Arabic digits, or as a Vietnamese word, without accents.
pub(super) fn number(word: &str) -> Option<u32> {
    const WORDS: [&str; 15] = [
        "nhat", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi", "muoi mot",
        "muoi hai", "muoi ba", "muoi bon", "muoi lam",
    ];
    if let Ok(number) = word.parse() {
        return Some(number);
    }
    if let Some(number) = roman(word) {
        return Some(number);
    }
    (1..).zip(WORDS).find(|(_, it)| *it == word).map(|(number, _)| number)
}

fn roman(word: &str) -> Option<u32> {
    let digit = |c| match c {
        'i' => Some(1),
        'v' => Some(5),
        'x' => Some(10),
        'l' => Some(50),
        _ => None,
    };
    let digits: Vec<u32> = word.chars().map(digit).collect::<Option<_>>()?;
    if digits.is_empty() || digits.len() > 8 {
        return None;
    }
    let value = digits.iter().enumerate().fold(0_i64, |sum, (i, it)| {
        let is_taken_off = digits.get(i + 1).is_some_and(|next| next > it);
        sum + if is_taken_off { -i64::from(*it) } else { i64::from(*it) }
    });
    u32::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_however_they_are_written() {
        assert_eq!(number("xiv"), Some(14));
        assert_eq!(number("ix"), Some(9));
        assert_eq!(number("8"), Some(8));
        assert_eq!(number("tam"), Some(8));
        assert_eq!(number("dang"), None);
        assert_eq!(term_in("Bộ Chính trị (khóa X)"), Some(10));
    }
}
