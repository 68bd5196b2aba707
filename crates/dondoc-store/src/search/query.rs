//! What a person searches for.

use dondoc_core::{fold, word};

use crate::{
    db::{StoreError, Tx},
    search::{
        abbreviation::GENERAL,
        expression::{AnyOf, Expression, Phrase, WordFold},
    },
    sql::sql,
};

/// Words to search for, all of which a document must have, each in one of its forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    terms: Vec<Term>,
}

/// One thing to be found, in any of several forms.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Term {
    /// As typed first; then what it stands for, or its short forms.
    forms: Vec<Form>,
    /// Whether its words may stand apart: typed without quotation marks.
    may_stand_apart: bool,
}

/// Words that stand one after the other.
pub(super) type Form = Vec<FormWord>;

/// A word in both foldings; see [`word::Word`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FormWord {
    pub(super) bare: String,
    pub(super) toned: String,
}

/// More words than this are no search.
const MAX_TERMS: usize = 24;
/// The most words that a short form stands for.
const LONGEST_FORM: usize = 8;

impl Query {
    /// The query that `typed` means: words, "phrases in quotation marks", numbers with their signs.
    ///
    /// Known short forms also find their long ones, and the other way round.
    #[must_use]
    pub fn parse(typed: &str) -> Self {
        let mut terms = Vec::new();
        for (at, piece) in typed.split(['"', '“', '”', '„', '«', '»']).enumerate() {
            // Every second piece stood between quotation marks, as long as they come in pairs.
            if at % 2 == 1 {
                terms.extend(Term::new(piece, false));
            } else {
                terms.extend(piece.split_whitespace().filter_map(|it| Term::new(it, true)));
            }
        }
        terms.truncate(MAX_TERMS);
        let mut query = Self { terms };
        query.add_forms(|key, n_words| {
            let short =
                GENERAL.iter().filter(|(short, _)| n_words <= 2 && fold::bare(short) == key);
            let long = GENERAL.iter().filter(|(_, long)| n_words > 1 && fold::bare(long) == key);
            short.map(|it| it.1.to_owned()).chain(long.map(|it| it.0.to_owned())).collect()
        });
        query
    }

    /// Whether there is nothing to search for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Adds the short and long forms that the stored documents define.
    pub(crate) fn with_stored_abbreviations(mut self, tx: &mut Tx<'_>) -> Result<Self, StoreError> {
        let mut failed = None;
        self.add_forms(|key, n_words| {
            let known = if n_words == 1 {
                tx.query(sql!("abbreviations/long_forms"), &[&key], |row| row.text(0))
            } else {
                tx.query(sql!("abbreviations/short_forms"), &[&key], |row| row.text(0))
            };
            known.unwrap_or_else(|error| {
                failed = Some(error);
                Vec::new()
            })
        });
        failed.map_or(Ok(self), Err)
    }

    /// Asks `known` for other forms of each term, and of each run of terms, the longest first; a run that has
    /// some becomes one term.
    fn add_forms(&mut self, mut known: impl FnMut(&str, usize) -> Vec<String>) {
        let mut at = 0;
        while at < self.terms.len() {
            let longest = LONGEST_FORM.min(self.terms.len() - at);
            for n in (1..=longest).rev() {
                let run = &self.terms[at..at + n];
                if n > 1 && run.iter().any(|it| !it.may_stand_apart || it.forms.len() > 1) {
                    continue;
                }
                let words: Form = run.iter().flat_map(|it| it.forms[0].clone()).collect();
                let key: Vec<&str> = words.iter().map(|it| it.bare.as_str()).collect();
                let others = known(&key.join(" "), words.len());
                if others.is_empty() {
                    continue;
                }
                let first = if n == 1 {
                    self.terms[at].clone()
                } else {
                    Term { forms: vec![words], may_stand_apart: true }
                };
                self.terms.splice(at..at + n, [first]);
                for other in others {
                    self.terms[at].add(&other);
                }
                break;
            }
            at += 1;
        }
    }

    /// What the engine is asked, one after the other: best hits first.
    pub(super) fn expressions(&self) -> Vec<Expression> {
        let is_long = self.terms.len() > 1 || self.terms.iter().any(|it| it.forms[0].len() > 1);
        // Typed without a single accent, "hoa binh" does not mean a flower: tones say nothing then.
        let is_blind = self.terms.iter().flat_map(|it| &it.forms[0]).all(|it| it.bare == it.toned);
        let folds = [WordFold::Toned, WordFold::Bare];
        let mut asked = Vec::new();
        for fold in folds.into_iter().skip(usize::from(is_blind)) {
            if is_long {
                asked.push(Expression { fold, all: vec![self.as_typed(fold)] });
            }
            let all = self.terms.iter().map(|it| it.any(fold)).collect();
            asked.push(Expression { fold, all });
        }
        asked
    }

    /// The forms of each term, for marking hits.
    pub(super) fn terms(&self) -> impl Iterator<Item = (&[Form], bool)> {
        self.terms.iter().map(|it| (it.forms.as_slice(), it.may_stand_apart))
    }

    /// All words as typed, one after the other.
    fn as_typed(&self, fold: WordFold) -> AnyOf {
        vec![vec![self.terms.iter().flat_map(|it| folded(&it.forms[0], fold)).collect()]]
    }
}

impl Term {
    fn new(typed: &str, may_stand_apart: bool) -> Option<Self> {
        let words = form(typed);
        // A number with its sign ("28-NQ/TW") is one thing; its parts say nothing by themselves.
        let may_stand_apart = may_stand_apart && words.len() == 1;
        (!words.is_empty()).then(|| Self { forms: vec![words], may_stand_apart })
    }

    /// The term in any of its forms.
    fn any(&self, fold: WordFold) -> AnyOf {
        let mut ways: AnyOf = self.forms.iter().map(|it| vec![folded(it, fold)]).collect();
        if self.may_stand_apart && self.forms[0].len() > 1 {
            ways.push(folded(&self.forms[0], fold).into_iter().map(|it| vec![it]).collect());
        }
        ways
    }

    fn add(&mut self, other: &str) {
        let other = form(other);
        if !other.is_empty() && !self.forms.contains(&other) {
            self.forms.push(other);
        }
    }
}

fn folded(form: &Form, fold: WordFold) -> Phrase {
    let word = |it: &FormWord| match fold {
        WordFold::Toned => it.toned.clone(),
        WordFold::Bare => it.bare.clone(),
    };
    form.iter().map(word).collect()
}

fn form(text: &str) -> Form {
    word::words(text)
        .take(4 * MAX_TERMS)
        .map(|it| FormWord { bare: it.bare, toned: it.toned })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn last(typed: &str) -> String {
        Query::parse(typed).expressions().pop().map(|it| it.to_fts5()).unwrap_or_default()
    }

    #[test]
    fn what_is_typed_is_never_an_expression() {
        assert_eq!(
            last("don* OR (doc AND NEAR:^x"),
            "{heading_bare body_bare} : ((\"don\") AND (\"or\") AND (\"doc\") AND (\"and\") AND (\"near x\"))"
        );
        assert!(Query::parse("\" ' * ( ) ; --").is_empty());
    }

    #[test]
    fn short_forms_find_their_long_ones_and_the_other_way_round() {
        assert!(last("ubnd").contains("\"ubnd\" OR \"uy ban nhan dan\""));
        assert!(last("uỷ ban nhân dân tỉnh").contains("\"uy ban nhan dan\" OR \"ubnd\""));
        assert!(last("kt-xh").contains("\"kinh te xa hoi\""));
    }

    #[test]
    fn quoted_words_and_numbers_stay_together() {
        assert_eq!(
            last("\"phòng thủ\" 28-NQ/TW"),
            "{heading_bare body_bare} : ((\"phong thu\") AND (\"28 nq tw\"))"
        );
    }
}
