//! Places in a text: the store counts Unicode scalar values, browsers count UTF-16 units.

use dondoc_core::reading::Span;
use serde::{Deserialize, Serialize};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ArrayBuilder, ObjectBuilder, RefOr, Schema, Type},
};

/// A place in the text of the same answer, `[start, end)` in UTF-16 units; in JSON a list of two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Utf16Span(pub(crate) usize, pub(crate) usize);

impl PartialSchema for Utf16Span {
    fn schema() -> RefOr<Schema> {
        let unit = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(0));
        ArrayBuilder::new()
            .items(unit.build())
            .min_items(Some(2))
            .max_items(Some(2))
            .description(Some("[start, end) in UTF-16 units"))
            .into()
    }
}

impl ToSchema for Utf16Span {}

/// A text, ready to translate places in it.
pub(crate) struct Places {
    /// Where the text starts in what spans count in.
    text_start: usize,
    /// For each character, and the end, how many UTF-16 units come before it.
    units_before: Vec<usize>,
    chars: Vec<char>,
}

impl Places {
    pub(crate) fn new(text: &str, text_start: usize) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let mut units_before = Vec::with_capacity(chars.len() + 1);
        let mut n_units = 0;
        units_before.push(n_units);
        for c in &chars {
            n_units += c.len_utf16();
            units_before.push(n_units);
        }
        Self { text_start, units_before, chars }
    }

    /// `None` of a span that is not in the text.
    pub(crate) fn to_utf16(&self, span: Span) -> Option<Utf16Span> {
        let unit = |at: usize| self.units_before.get(at.checked_sub(self.text_start)?).copied();
        Some(Utf16Span(unit(span.start)?, unit(span.end)?))
    }

    /// The span of a place that a person selected, without the white space at its ends.
    ///
    /// `None` of a place that is empty, not in the text, or cuts a character in two.
    pub(crate) fn to_span(&self, Utf16Span(start, end): Utf16Span) -> Option<Span> {
        let at = |unit: usize| self.units_before.binary_search(&unit).ok();
        let (mut start, mut end) = (at(start)?, at(end)?);
        while start < end && self.chars[start].is_whitespace() {
            start += 1;
        }
        while start < end && self.chars[end - 1].is_whitespace() {
            end -= 1;
        }
        let span = Span { start: start + self.text_start, end: end + self.text_start };
        (start < end).then_some(span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_go_there_and_back() {
        let places = Places::new("a😀 đốc", 100);
        let span = Span { start: 103, end: 106 };
        assert_eq!(places.to_utf16(span), Some(Utf16Span(4, 7)));
        assert_eq!(places.to_span(Utf16Span(4, 7)), Some(span));
    }

    #[test]
    fn a_selection_loses_the_white_space_around_it() {
        assert_eq!(
            Places::new("a  b ", 0).to_span(Utf16Span(1, 5)),
            Some(Span { start: 3, end: 4 })
        );
    }

    #[test]
    fn a_place_that_is_none_is_refused() {
        let places = Places::new("a😀 đốc", 100);
        for (start, end) in [(2, 4), (3, 3), (3, 4), (4, 99), (7, 4)] {
            assert_eq!(places.to_span(Utf16Span(start, end)), None, "{start}");
        }
        assert_eq!(places.to_utf16(Span { start: 3, end: 5 }), None);
    }
}
