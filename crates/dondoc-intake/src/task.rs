//! What a document asks of whom.

use dondoc_core::reading::Task;

use crate::{header::Header, segment::Segment, text::Text};

/// The tasks of a document in order, parents before their children.
#[must_use]
pub fn tasks(_text: &Text<'_>, _segment: &Segment, _header: &Header) -> Vec<Task> {
    Vec::new()
}
