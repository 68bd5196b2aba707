//! The sentence with the hit.

use std::collections::HashMap;

use dondoc_core::{
    reading::Span,
    word::{self, Word},
};

use crate::search::query::{Form, Query};

/// A sentence with the words that were searched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// The sentence, or the part around its first hit; `…` stands for what is left out.
    pub text: String,
    /// The hit words, in Unicode scalar values of `text`, in its order.
    pub marks: Vec<Span>,
}

/// A longer sentence is cut around its first hit.
const MAX_CHARS: usize = 320;
/// What is kept before the first hit of a longer sentence.
const LEAD_CHARS: usize = 80;
/// Hits that are looked at to find the best sentence.
const MAX_HITS: usize = 2000;

/// A hit of a term: its words, and whether they have the tones that were typed.
struct Hit {
    term: usize,
    span: Span,
    words: Vec<Span>,
    is_exact: bool,
}

/// The sentence of `text` that has most of what `query` asks for; `None` if it has nothing of it.
#[must_use]
pub fn snippet(text: &str, query: &Query) -> Option<Snippet> {
    let words: Vec<Word> = word::words(text).collect();
    let hits = hits(&words, query);
    let chars: Vec<char> = text.chars().collect();
    let mut best: Option<((usize, usize), Span)> = None;
    let mut at = 0;
    while at < hits.len() {
        let sentence = word::sentence(&chars, hits[at].span);
        let inside = hits[at..].iter().take_while(|it| it.span.end <= sentence.end).count().max(1);
        let here = &hits[at..at + inside];
        let mut terms: HashMap<usize, bool> = HashMap::new();
        for hit in here {
            *terms.entry(hit.term).or_default() |= hit.is_exact;
        }
        let score = (terms.len(), terms.values().filter(|it| **it).count());
        if best.is_none_or(|(most, _)| score > most) {
            best = Some((score, sentence));
        }
        at += inside;
    }
    let (_, sentence) = best?;
    let marks = hits.iter().filter(|it| sentence.contains(it.span));
    let mut marks: Vec<Span> = marks.flat_map(|it| it.words.iter().copied()).collect();
    marks.sort();
    marks.dedup();
    Some(cut(&chars, sentence, &marks))
}

fn hits(words: &[Word], query: &Query) -> Vec<Hit> {
    // Where all stands as it was typed, words that only look like one of it are no hits: "đơn" for "don doc".
    let typed: Form = query.terms().filter_map(|it| it.0.first()).flatten().cloned().collect();
    let as_typed = || (0..words.len()).filter(|at| starts(&words[*at..], &typed));
    let whole: Vec<Hit> = as_typed()
        .take(MAX_HITS)
        .map(|at| Hit::new(0, &words[at..at + typed.len()], &typed))
        .collect();
    if !whole.is_empty() {
        return whole;
    }
    let mut hits = Vec::new();
    for (term, (forms, may_stand_apart)) in query.terms().enumerate() {
        let apart: Vec<Form> = match forms.first() {
            Some(first) if may_stand_apart && first.len() > 1 && !stands(words, first) => {
                first.iter().map(|it| vec![it.clone()]).collect()
            }
            _ => Vec::new(),
        };
        for at in 0..words.len() {
            if hits.len() >= MAX_HITS {
                break;
            }
            let form = forms.iter().chain(&apart).find(|it| starts(&words[at..], it));
            let Some(form) = form else { continue };
            hits.push(Hit::new(term, &words[at..at + form.len()], form));
        }
    }
    hits.sort_by_key(|it| it.span);
    hits
}

impl Hit {
    /// `run` is not empty.
    fn new(term: usize, run: &[Word], form: &Form) -> Self {
        let is_exact = run.iter().zip(form).all(|(word, it)| word.toned == it.toned);
        let words: Vec<Span> = run.iter().map(|it| it.span).collect();
        let start = run.first().map_or(0, |it| it.span.start);
        let end = run.last().map_or(start, |it| it.span.end);
        Self { term, span: Span { start, end }, words, is_exact }
    }
}

fn stands(words: &[Word], form: &Form) -> bool {
    (0..words.len()).any(|at| starts(&words[at..], form))
}

fn starts(words: &[Word], form: &Form) -> bool {
    !form.is_empty()
        && words.len() >= form.len()
        && words.iter().zip(form).all(|(word, it)| word.bare == it.bare)
}

/// The sentence, or the part of it around its first mark, with line breaks as spaces.
fn cut(chars: &[char], sentence: Span, marks: &[Span]) -> Snippet {
    let mut start = sentence.start;
    let mut end = sentence.end;
    if end - start > MAX_CHARS {
        let first = marks.first().map_or(start, |it| it.start);
        start = word_edge(chars, start.max(first.saturating_sub(LEAD_CHARS)), sentence.start);
        end = word_edge(chars, end.min(start + MAX_CHARS), start);
    }
    let is_cut_before = start > sentence.start;
    let mut text = String::new();
    if is_cut_before {
        text.push('…');
    }
    let flat = |c: &char| if c.is_whitespace() { ' ' } else { *c };
    text.extend(chars[start..end].iter().map(flat));
    if end < sentence.end {
        text.push('…');
    }
    let shift = usize::from(is_cut_before);
    let marks = marks
        .iter()
        .filter(|it| start <= it.start && it.end <= end)
        .map(|it| Span { start: it.start - start + shift, end: it.end - start + shift });
    Snippet { text, marks: marks.collect() }
}

/// The start of the word that `at` lies in, not before `from`.
fn word_edge(chars: &[char], at: usize, from: usize) -> usize {
    if at >= chars.len() {
        return chars.len();
    }
    (from..=at).rev().find(|it| *it == from || chars[*it - 1].is_whitespace()).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, typed: &str, expected: Option<&str>) {
        let found = snippet(text, &Query::parse(typed)).map(|it| {
            let mut marked = String::new();
            for (at, c) in it.text.chars().enumerate() {
                if it.marks.iter().any(|mark| mark.start == at) {
                    marked.push('[');
                }
                marked.push(c);
                if it.marks.iter().any(|mark| mark.end == at + 1) {
                    marked.push(']');
                }
            }
            marked
        });
        assert_eq!(found.as_deref(), expected);
    }

    #[test]
    fn the_sentence_with_most_of_the_words_is_shown() {
        check(
            "Xã đã đôn đốc. Sở Nội vụ theo dõi, đôn đốc các xã. Hết.",
            "don doc theo doi",
            Some("Sở Nội vụ [theo] [dõi], [đôn] [đốc] các xã."),
        );
    }

    #[test]
    fn the_tones_as_typed_are_preferred() {
        check("Đơn đọc rồi. Xã đã đôn đốc.", "đôn đốc", Some("Xã đã [đôn] [đốc]."));
    }

    #[test]
    fn where_all_stands_as_typed_nothing_else_is_marked() {
        check("Xã đôn đốc các đơn vị.", "don doc", Some("Xã [đôn] [đốc] các đơn vị."));
        check("Đơn vị đã đọc.", "don doc", Some("[Đơn] vị đã [đọc]."));
    }

    #[test]
    fn a_long_form_is_marked_for_its_short_one() {
        check("Giao Ủy ban nhân dân xã.", "ubnd", Some("Giao [Ủy] [ban] [nhân] [dân] xã."));
        check("Giao UBND xã.", "uy ban nhan dan", Some("Giao [UBND] xã."));
    }

    #[test]
    fn nothing_is_shown_where_nothing_was_found() {
        check("Giao Sở Nội vụ.", "kiểm lâm", None);
    }

    #[test]
    fn a_long_sentence_is_cut_around_its_hit() {
        let long = "rất dài ".repeat(100);
        let found = snippet(&format!("{long}đôn đốc {long}"), &Query::parse("don doc")).unwrap();
        assert!(found.text.chars().count() <= MAX_CHARS + 2);
        assert!(found.text.starts_with('…') && found.text.ends_with('…'));
        assert_eq!(found.marks.len(), 2);
    }
}
