//! Pieces of a text by their spans.

use dondoc_core::reading::Span;

/// A mark every so many characters: a piece is found without counting from the start.
const STEP: usize = 1024;

/// A text whose pieces can be had by [`Span`].
pub(crate) struct Excerpts<'a> {
    text: &'a str,
    /// The byte offsets of the characters 0, STEP, 2·STEP …
    marks: Vec<usize>,
}

impl<'a> Excerpts<'a> {
    /// Counts the text once.
    pub(crate) fn new(text: &'a str) -> Self {
        let marks = text.char_indices().step_by(STEP).map(|(at, _)| at).collect();
        Self { text, marks }
    }

    /// The piece, white space made single, cut at `most_chars` characters between words.
    pub(crate) fn short(&self, span: Span, most_chars: usize) -> String {
        let mut short = String::new();
        let mut n_chars = 0;
        for word in self.piece(span).split_whitespace() {
            n_chars += word.chars().count() + 1;
            if n_chars > most_chars {
                short.push_str(" …");
                return short;
            }
            if !short.is_empty() {
                short.push(' ');
            }
            short.push_str(word);
        }
        short
    }

    /// The piece as it stands; what lies outside the text is cut off.
    pub(crate) fn piece(&self, span: Span) -> &'a str {
        let (start, end) = (self.byte(span.start), self.byte(span.end));
        self.text.get(start..end).unwrap_or_default()
    }

    fn byte(&self, at: usize) -> usize {
        let Some(mark) = self.marks.get(at / STEP) else { return self.text.len() };
        let rest = self.text.get(*mark..).unwrap_or_default();
        rest.char_indices().nth(at % STEP).map_or(self.text.len(), |(it, _)| mark + it)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_far_into_the_text_is_found() {
        let text = format!("{}Điều 2.", "ệ".repeat(5000));
        let span = Span { start: 5000, end: 5006 };
        assert_eq!(Excerpts::new(&text).piece(span), "Điều 2");
        assert_eq!(Excerpts::new(&text).piece(Span { start: 5005, end: 9000 }), "2.");
    }

    #[test]
    fn a_long_piece_is_cut_between_words() {
        let excerpts = Excerpts::new("Sở  Nội vụ\nchủ trì");
        assert_eq!(excerpts.short(Span { start: 0, end: 18 }, 11), "Sở Nội vụ …");
        assert_eq!(excerpts.short(Span { start: 0, end: 18 }, 80), "Sở Nội vụ chủ trì");
    }
}
