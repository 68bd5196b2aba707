//! Tasks in a press article: what a speaker, a meeting or an office holder who signs asks of named bodies.

use crate::{header::Header, segment::Segment, text::Text};

use super::Found;

/// The tasks of an article.
pub(super) fn tasks(_text: &Text<'_>, _segment: &Segment, _header: &Header) -> Vec<Found> {
    Vec::new()
}
