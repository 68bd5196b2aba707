//! One source text into the documents that it holds.

use std::ops::Range;

use crate::text::Text;

mod boundary;
pub(crate) mod form;
mod furniture;
pub(crate) mod page;

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
///
/// Furniture outside of all documents is told with the nearest of them: before the first with the first, after a
/// document with that document.
#[must_use]
pub fn segments(text: &Text<'_>) -> Vec<Segment> {
    if text.tokens.is_empty() {
        return Vec::new();
    }
    let mut segments = Vec::new();
    let starts = boundary::official_starts(text);
    let first = starts.first().map_or(text.tokens.len(), |it| it.start);
    // What stands before the first heading block is furniture, unless it is a text of its own.
    if first > 0 && (starts.is_empty() || page::is_text(text, 0..first)) {
        page::segments(text, 0..first, &mut segments);
    }
    for (at, start) in starts.iter().enumerate() {
        let end = starts.get(at + 1).map_or(text.tokens.len(), |it| it.start);
        let tokens = boundary::trimmed(text, start.start..boundary::official_end(text, start, end));
        if !tokens.is_empty() {
            segments.push(Segment {
                tokens,
                form: Form::Official,
                title: None,
                boilerplate: Vec::new(),
            });
        }
    }
    if segments.is_empty() {
        let tokens = boundary::trimmed(text, 0..text.tokens.len());
        let tokens = if tokens.is_empty() { 0..text.tokens.len() } else { tokens };
        segments.push(Segment {
            tokens,
            form: Form::Article,
            title: None,
            boilerplate: Vec::new(),
        });
    }
    furniture::mark(text, &mut segments);
    segments
}

/// The heading blocks that begin documents, each from its first token to its body.
pub(crate) fn heading_zones(text: &Text<'_>) -> Vec<Range<usize>> {
    boundary::official_starts(text).iter().map(|it| it.start..it.body).collect()
}

#[cfg(test)]
mod tests;
