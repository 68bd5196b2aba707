//! Mentions of other documents (*viện dẫn*).
//!
//! A type word (`Nghị quyết`, `Luật`, `NQ`) is the anchor: with a number after it any mention counts, without one
//! it needs a name that the document could be found by. A number with the sign of a type (`57-NQ/TW`) counts
//! without a type word too, as lists have it.

use std::ops::Range;

use dondoc_core::reading::Citation;
use jiff::civil::Date;

use crate::{header::Header, segment::Segment, text::Text};

mod bodies;
mod issuer;
mod law;
mod laws;
mod lexicon;
mod name;
mod number;
mod numbered;
mod scan;
mod title;
mod wording;

#[cfg(test)]
mod tests;

/// A mention before it is put into the words of the contract: ranges of tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Mention {
    tokens: Range<usize>,
    kind: &'static str,
    number: Option<Range<usize>>,
    date: Option<Date>,
    issuer: Option<Range<usize>>,
    name: Option<Range<usize>>,
}

impl Mention {
    fn new(tokens: Range<usize>, kind: &'static str) -> Self {
        Self { tokens, kind, number: None, date: None, issuer: None, name: None }
    }
}

/// The citations of a document in order, each with its tokens; no two overlap.
#[must_use]
pub fn citations(
    text: &Text<'_>,
    segment: &Segment,
    _header: &Header,
) -> Vec<(Range<usize>, Citation)> {
    let mentions = scan::mentions(text, segment);
    mentions.into_iter().filter_map(|it| citation(text, it)).collect()
}

fn citation(text: &Text<'_>, mention: Mention) -> Option<(Range<usize>, Citation)> {
    let field = |tokens: Option<Range<usize>>| tokens.map(|it| text.field(it));
    let citation = Citation {
        span: text.span(mention.tokens.clone())?,
        kind: mention.kind.to_owned(),
        number: field(mention.number),
        date: mention.date,
        issuer: field(mention.issuer),
        name: field(mention.name),
    };
    Some((mention.tokens, citation))
}
