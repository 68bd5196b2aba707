//! Mentions of other documents.

use std::ops::Range;

use dondoc_core::reading::Citation;

use crate::{header::Header, segment::Segment, text::Text};

/// The citations of a document in order, each with its tokens.
#[must_use]
pub fn citations(
    _text: &Text<'_>,
    _segment: &Segment,
    _header: &Header,
) -> Vec<(Range<usize>, Citation)> {
    Vec::new()
}
