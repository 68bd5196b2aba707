//! The heading block and the signature of a document.

use std::ops::Range;

use jiff::civil::Date;

use crate::{segment::Segment, text::Text};

/// What the heading block and the signature say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The abbreviation of the official type, `news` for an article.
    pub kind: String,
    /// Number and symbol as printed.
    pub number: Option<String>,
    /// The day of issue.
    pub issued_on: Option<Date>,
    /// The body that issued it.
    pub issuer: Option<String>,
    /// The place of issue; of an article the province that it is about.
    pub place: Option<String>,
    /// The subject.
    pub title: Option<String>,
    /// Who signed.
    pub signer: Option<String>,
    /// Whom it is addressed to.
    pub addressees: Vec<String>,
    /// The tokens of the body: without heading block and signature, with annexes.
    pub body: Range<usize>,
    /// The tokens of `Nơi nhận` and the signature, if they are printed; annexes come after them.
    pub signature: Option<Range<usize>>,
}

/// Reads the heading block and the signature of a document.
#[must_use]
pub fn header(_text: &Text<'_>, segment: &Segment) -> Header {
    Header {
        kind: "news".to_owned(),
        number: None,
        issued_on: None,
        issuer: None,
        place: None,
        title: None,
        signer: None,
        addressees: Vec::new(),
        body: segment.tokens.clone(),
        signature: None,
    }
}
