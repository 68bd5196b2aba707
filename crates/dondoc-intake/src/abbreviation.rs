//! Short forms that a text defines: `quốc phòng toàn dân (QPTD)`.

use dondoc_core::reading::Abbreviation;

use crate::{segment::Segment, text::Text};

/// The abbreviations that a document defines, in order.
#[must_use]
pub fn abbreviations(_text: &Text<'_>, _segment: &Segment) -> Vec<Abbreviation> {
    Vec::new()
}
