//! The heading block and the signature of a document.

use std::ops::Range;

use jiff::civil::Date;

use crate::{
    segment::{Form, Segment},
    text::{Text, lex::TokenKind},
};

mod article;
pub(crate) mod body_name;
pub(crate) mod heading;
mod issuer;
pub(crate) mod number;
pub(crate) mod piece;
mod plain;
mod province;
pub(crate) mod signature;
mod title;

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
pub fn header(text: &Text<'_>, segment: &Segment) -> Header {
    if segment.form == Form::Article {
        return article::header(text, segment);
    }
    match heading_of(text, segment.tokens.clone()) {
        Some(heading) => official(text, segment, &heading),
        None => plain::header(text, segment),
    }
}

/// The heading block at the top of a document.
fn heading_of(text: &Text<'_>, tokens: Range<usize>) -> Option<heading::Heading> {
    let top = tokens.start..tokens.end.min(tokens.start + 150);
    let motto = heading::mottos(text, top).first().copied();
    let heading = heading::heading(text, motto.unwrap_or(tokens.start), tokens);
    heading.filter(|it| it.has_motto || it.has_number_line)
}

fn official(text: &Text<'_>, segment: &Segment, heading: &heading::Heading) -> Header {
    let end = segment.tokens.end;
    let body_start = heading.tokens.end.clamp(segment.tokens.start, end);
    let signature = signature::signature(text, body_start..end);
    let signed = signature.as_ref().map(|it| it.tokens.start..it.tokens.end.min(end));
    // Without annexes the body ends where the signature begins.
    let body_end =
        signed.as_ref().filter(|it| !has_words(text, it.end..end)).map_or(end, |it| it.start);
    let of_number = heading.number.clone().and_then(|it| number::kind_of_symbol(text, it));
    let kind = heading.kind.or(of_number).unwrap_or("CV");
    let symbol = heading.symbol.clone().map(|it| text.field(it)).unwrap_or_default();
    let number = heading.number.clone().map(|it| text.field(it) + &symbol);
    let day = heading.day.or_else(|| closing_day(text, heading, signed.as_ref(), segment));
    Header {
        kind: kind.to_owned(),
        issuer: issuer::issuer(text, heading, number.as_deref()),
        number,
        issued_on: day,
        place: heading.place.clone().map(|it| text.field(it)),
        title: joined(text, &heading.title),
        signer: signature.and_then(|it| it.signer).map(|it| text.field(it)),
        addressees: heading.addressees.clone(),
        body: body_start..body_end.max(body_start),
        signature: signed,
    }
}

/// The day above the signature, where the heading has no line for it.
fn closing_day(
    text: &Text<'_>,
    heading: &heading::Heading,
    signed: Option<&Range<usize>>,
    segment: &Segment,
) -> Option<Date> {
    if heading.has_day_line {
        return None;
    }
    let end = signed.map_or(segment.tokens.end, |it| it.start);
    let start = end.saturating_sub(40).max(heading.tokens.end);
    let line = (start..end).rev().find_map(|at| number::place_and_day(text, at))?;
    let place = line.place?;
    let begins_line = text.tokens[place.start].gap >= crate::text::lex::Gap::Line;
    let is_alone =
        text.tokens.get(line.tokens.end).is_none_or(|it| it.gap >= crate::text::lex::Gap::Line);
    (begins_line && is_alone).then_some(line.day).flatten()
}

fn has_words(text: &Text<'_>, tokens: Range<usize>) -> bool {
    let tokens = text.tokens.get(tokens).unwrap_or_default();
    tokens.iter().take(400).any(|it| matches!(it.kind, TokenKind::Word | TokenKind::Number))
}

/// The lines of a field in one; `None` if there are none.
fn joined(text: &Text<'_>, lines: &[Range<usize>]) -> Option<String> {
    let lines: Vec<String> = lines.iter().map(|it| text.field(it.clone())).collect();
    let joined = lines.join(" ");
    let joined = joined.trim_end_matches([' ', '-', '_']).trim();
    (!joined.is_empty()).then(|| joined.to_owned())
}

#[cfg(test)]
mod tests;
