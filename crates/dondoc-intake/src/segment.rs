//! One source text into the documents that it holds.

use std::ops::Range;

use crate::text::Text;

/// What form a document has, which decides the rules that read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// With the heading block of an official document, or its form.
    Official,
    /// A press or web article.
    Article,
}

/// The extent of one document in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// From its title or first sentence to its signature or the end of its annexes.
    pub tokens: Range<usize>,
    /// Its form.
    pub form: Form,
    /// Its title where that stands outside of `tokens`, as bytes.
    pub title: Option<Range<usize>>,
    /// Page furniture, as bytes, a line each; some of it inside `tokens`.
    pub boilerplate: Vec<Range<usize>>,
}

/// The documents of a text, in order, none overlapping.
#[must_use]
pub fn segments(text: &Text<'_>) -> Vec<Segment> {
    if text.tokens.is_empty() {
        return Vec::new();
    }
    vec![Segment {
        tokens: 0..text.tokens.len(),
        form: Form::Official,
        title: None,
        boilerplate: Vec::new(),
    }]
}
