//! Numbers with their units.

use std::ops::Range;

use dondoc_core::reading::Figure;

use crate::{header::Header, segment::Segment, text::Text};

/// The figures of a document in order. What lies inside one of `cited`, the tokens of its citations, is none.
#[must_use]
pub fn figures(
    _text: &Text<'_>,
    _segment: &Segment,
    _header: &Header,
    _cited: &[Range<usize>],
) -> Vec<Figure> {
    Vec::new()
}
