//! The formats of DHIS2: `dataValueSets` in JSON, and the metadata that gives them their meaning.
//!
//! A plain indicator is a data element of its code; a share is two, `CODE.num` and `CODE.den`. A breakdown is a category,
//! its option a category option, two of them joined are one category option combination. DHIS2 has no word for nothing,
//! estimates, or how a number is meant: those stand in square brackets at the start of the comment, `[ước] [khoảng] …`, and
//! are read back from there.

use dondoc_core::{
    figure::{Content, Figure, Qualifier, Status},
    pack::Indicator,
};
use sha2::{Digest, Sha256};

pub use metadata::{Metadata, OrgUnit, metadata, read_metadata};
pub use summary::{OnConflict, summary};
pub use values::{Names, read_values, write_values};

mod metadata;
mod summary;
mod values;

/// What DHIS2 calls the combination of no categories.
pub const DEFAULT_COMBO: &str = "HllvX50cXC0";

/// The uid of something by its kind and code: always the same, as DHIS2 makes them: a letter and ten letters or digits.
///
/// Kinds are `orgUnit`, `dataElement`, `category`, `categoryOption`, `categoryCombo`, `categoryOptionCombo`, `dataSet`. A
/// unit's code here is its number, for its official code may be given to another place.
#[must_use]
pub fn uid(kind: &str, code: &str) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let digest = Sha256::digest(format!("dondoc {kind} {code}"));
    let mut uid = String::with_capacity(11);
    for (at, byte) in digest.iter().take(11).enumerate() {
        let letters = if at == 0 { &LETTERS[..52] } else { LETTERS };
        uid.push(char::from(letters[usize::from(*byte) % letters.len()]));
    }
    uid
}

/// Which part of a figure a data element carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Value,
    Numerator,
    Denominator,
}

/// The data elements of an indicator: code and part.
pub(crate) fn elements(indicator: &Indicator) -> Vec<(String, Part)> {
    match indicator.ratio {
        None => vec![(indicator.code.clone(), Part::Value)],
        Some(_) => vec![
            (format!("{}.num", indicator.code), Part::Numerator),
            (format!("{}.den", indicator.code), Part::Denominator),
        ],
    }
}

/// The words of a comment for what DHIS2 cannot say, with their meaning.
const NIL: &str = "không phát sinh";
const STATUSES: [(&str, Status); 1] = [("ước", Status::Estimate)];
const QUALIFIERS: [(&str, Qualifier); 4] = [
    ("khoảng", Qualifier::About),
    ("trên", Qualifier::AtLeast),
    ("dưới", Qualifier::AtMost),
    ("cỡ", Qualifier::Vague),
];

/// What a comment says: the marks at its start, then the reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Comment {
    pub(crate) nil: bool,
    pub(crate) status: Status,
    pub(crate) qualifier: Qualifier,
    pub(crate) reason: Option<String>,
}

impl Comment {
    pub(crate) fn of(figure: &Figure) -> Self {
        Self {
            nil: figure.content == Content::Nil,
            status: figure.status,
            qualifier: figure.qualifier,
            reason: figure.reason.clone(),
        }
    }

    pub(crate) fn read(text: &str) -> Self {
        let mut comment = Self::default();
        let mut rest = text;
        while let Some((word, after)) = rest.strip_prefix('[').and_then(|it| it.split_once(']')) {
            if word == NIL {
                comment.nil = true;
            } else if let Some((_, it)) = STATUSES.iter().find(|it| it.0 == word) {
                comment.status = *it;
            } else if let Some((_, it)) = QUALIFIERS.iter().find(|it| it.0 == word) {
                comment.qualifier = *it;
            } else {
                // `[]` ends the marks where the reason itself begins with a bracket.
                rest = if word.is_empty() { after } else { rest };
                break;
            }
            rest = after.strip_prefix(' ').unwrap_or(after);
        }
        comment.reason = (!rest.is_empty()).then(|| rest.to_owned());
        comment
    }

    /// `None` if there is nothing to say.
    pub(crate) fn write(&self) -> Option<String> {
        let nil = self.nil.then_some(NIL);
        let status = STATUSES.iter().find(|it| it.1 == self.status).map(|it| it.0);
        let qualifier = QUALIFIERS.iter().find(|it| it.1 == self.qualifier).map(|it| it.0);
        let marks: Vec<String> =
            [nil, status, qualifier].into_iter().flatten().map(|it| format!("[{it}]")).collect();
        let reason = self.reason.as_deref().unwrap_or_default();
        let reason =
            if reason.starts_with('[') { format!("[]{reason}") } else { reason.to_owned() };
        let text = marks
            .into_iter()
            .chain(Some(reason).filter(|it| !it.is_empty()))
            .collect::<Vec<_>>()
            .join(" ");
        (!text.is_empty()).then_some(text)
    }
}

#[cfg(test)]
mod tests;
