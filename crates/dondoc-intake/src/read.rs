//! All layers, one after the other.

use std::ops::Range;

use dondoc_core::reading::{Document, Span};

use crate::{
    abbreviation, citation, figure, header,
    segment::{self, Segment},
    task,
    text::Text,
};

/// The documents of a decoded text; `source` is the bare name of the file that it came from.
///
/// # Example
///
/// ```
/// assert!(dondoc_intake::read::read("", "trống.txt").is_empty());
/// ```
#[must_use]
pub fn read(text: &str, source: &str) -> Vec<Document> {
    let text = Text::new(text);
    segment::segments(&text).iter().filter_map(|segment| document(&text, segment, source)).collect()
}

fn document(text: &Text<'_>, segment: &Segment, source: &str) -> Option<Document> {
    let header = header::header(text, segment);
    let cited = citation::citations(text, segment, &header);
    let (cited_tokens, citations): (Vec<Range<usize>>, Vec<_>) = cited.into_iter().unzip();
    let figures = figure::figures(text, segment, &header, &cited_tokens);
    let boilerplate: Vec<Span> =
        segment.boilerplate.iter().map(|bytes| text.span_of_bytes(bytes.clone())).collect();
    Some(Document {
        source: source.to_owned(),
        span: text.span(segment.tokens.clone())?,
        abbreviations: abbreviation::abbreviations(text, segment),
        tasks: task::tasks(text, segment, &header),
        title: header.title,
        kind: header.kind,
        number: header.number,
        issued_on: header.issued_on,
        issuer: header.issuer,
        place: header.place,
        signer: header.signer,
        addressees: header.addressees,
        citations,
        figures,
        boilerplate,
    })
}
