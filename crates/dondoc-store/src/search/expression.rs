//! What the engines are asked, each in its own words.
//!
//! Words come folded and cut by [`dondoc_core::word`]; they are quoted all the same, so that nothing that a person
//! types is ever an expression.

use std::collections::HashSet;

/// What all hits must have: each of `all`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Expression {
    pub(super) fold: WordFold,
    pub(super) all: Vec<AnyOf>,
}

/// How words are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WordFold {
    /// With their tones.
    Toned,
    /// Without.
    Bare,
}

/// Ways to have it, each a list of phrases that are all there.
pub(super) type AnyOf = Vec<Vec<Phrase>>;

/// Words that stand one after the other.
pub(super) type Phrase = Vec<String>;

/// What a `tsvector` takes: a little under 1 MiB of lexemes, each under 2 KiB.
const MAX_VECTOR_BYTES: usize = 1_000_000;
const MAX_LEXEME_BYTES: usize = 2_000;

impl Expression {
    /// In the words of FTS5.
    pub(super) fn to_fts5(&self) -> String {
        let columns = match self.fold {
            WordFold::Toned => "{heading_toned body_toned}",
            WordFold::Bare => "{heading_bare body_bare}",
        };
        let phrase = |it: &Phrase| format!("\"{}\"", it.join(" ").replace('"', "\"\""));
        format!("{columns} : {}", self.write(phrase, " AND ", " OR "))
    }

    /// As a `tsquery`: a phrase is there where all its pairs of neighbours are.
    pub(super) fn to_tsquery(&self) -> String {
        let phrase = |it: &Phrase| match it.as_slice() {
            [word] => quoted(word),
            words => {
                let pairs: Vec<String> = words.windows(2).map(|it| quoted(&it.join(" "))).collect();
                format!("({})", pairs.join(" & "))
            }
        };
        self.write(phrase, " & ", " | ")
    }

    fn write(&self, phrase: impl Fn(&Phrase) -> String, and: &str, or: &str) -> String {
        let way = |it: &Vec<Phrase>| match it.as_slice() {
            [one] => phrase(one),
            several => {
                let phrases: Vec<String> = several.iter().map(&phrase).collect();
                format!("({})", phrases.join(and))
            }
        };
        let any = |it: &AnyOf| {
            let ways: Vec<String> = it.iter().map(way).collect();
            format!("({})", ways.join(or))
        };
        let all: Vec<String> = self.all.iter().map(any).collect();
        format!("({})", all.join(and))
    }
}

/// The words of some texts, and their pairs of neighbours, as a `tsvector`; texts are folded, with single spaces.
///
/// Of what is more than it can take, the last pairs of the text are left out, and then the last words.
pub(super) fn to_tsvector(texts: &[&str]) -> String {
    let mut seen = HashSet::new();
    let mut vector = String::new();
    let mut n_bytes = 0;
    let mut add = |lexeme: String| {
        let is_new = lexeme.len() <= MAX_LEXEME_BYTES && seen.insert(lexeme.clone());
        if is_new && n_bytes + lexeme.len() <= MAX_VECTOR_BYTES {
            n_bytes += lexeme.len();
            vector.push_str(&quoted(&lexeme));
            vector.push(' ');
        }
    };
    let words = |text: &&str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let texts: Vec<Vec<String>> = texts.iter().map(words).collect();
    texts.iter().flatten().cloned().for_each(&mut add);
    texts.iter().flat_map(|it| it.windows(2)).map(|it| it.join(" ")).for_each(&mut add);
    vector
}

/// A lexeme between apostrophes.
fn quoted(lexeme: &str) -> String {
    format!("'{}'", lexeme.replace('\\', "\\\\").replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_asked_for_by_its_pairs() {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Phrase>();
        let all =
            vec![vec![vec![words("uy ban nhan")], vec![words("ubnd")]], vec![vec![words("xa")]]];
        let asked = Expression { fold: WordFold::Bare, all };
        assert_eq!(asked.to_tsquery(), "((('uy ban' & 'ban nhan') | 'ubnd') & ('xa'))");
    }

    #[test]
    fn a_vector_has_each_word_and_each_pair_once() {
        assert_eq!(to_tsvector(&["a b a b", "c"]).trim(), "'a' 'b' 'c' 'a b' 'b a'");
    }

    #[test]
    fn nothing_in_a_word_ends_its_quotation() {
        assert_eq!(to_tsvector(&["a'b\\"]).trim(), "'a''b\\\\'");
    }

    #[test]
    fn a_vector_never_grows_past_what_the_server_takes() {
        let long: String = (0..200_000).map(|it| format!("{it} ")).collect();
        let vector = to_tsvector(&[&long]);
        // Words come first: the last pairs are left out.
        assert!(vector.len() < MAX_VECTOR_BYTES * 2 && vector.starts_with("'0' '1' "));
        assert!(!vector.contains("'199998 199999'"));
    }
}
