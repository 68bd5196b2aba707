//! XML as a row of elements and characters, with what quick-xml leaves to its caller: references, depth, places.

use std::borrow::Cow;

use dondoc_core::problem::Problem;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::broken;

/// How deep elements may nest. Word itself writes less than a hundred.
const MOST_DEEP: usize = 1_000;

/// A piece of XML. An empty element is a start and an end.
pub(super) enum Piece<'a> {
    /// The start of an element.
    Start(Element<'a>),
    /// The end of an element, its name without prefix.
    End,
    /// Characters, references resolved.
    Text(Cow<'a, str>),
}

/// The start of an element.
pub(super) struct Element<'a>(BytesStart<'a>);

impl Element<'_> {
    /// The name without its prefix.
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The value of an attribute, by its name without prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        // The check for doubles costs the square of the number of attributes.
        let mut attributes = self.0.attributes();
        attributes
            .with_checks(false)
            .flatten()
            .find(|attribute| attribute.key.local_name().into_inner() == name)
            .and_then(|attribute| {
                attribute.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
            })
    }

    /// The attribute `val` of an element that is on or off; without it, it is on.
    pub(super) fn is_on(&self) -> bool {
        !matches!(self.attribute("val").as_deref(), Some("0" | "false" | "off"))
    }

    /// The attribute `val` as a number.
    pub(super) fn number(&self) -> Option<i64> {
        self.attribute("val")?.trim().parse().ok()
    }
}

/// The pieces of an XML part.
pub(super) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    part: &'static str,
    n_deep: usize,
}

impl<'a> Xml<'a> {
    /// The pieces of `xml`; `part` names it in messages.
    pub(super) fn of(xml: &'a str, part: &'static str) -> Self {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, part, n_deep: 0 }
    }

    /// How many elements are open.
    pub(super) fn n_deep(&self) -> usize {
        self.n_deep
    }

    /// The next piece; `None` at the end.
    ///
    /// # Errors
    ///
    /// [`Problem::Broken`] with the place.
    pub(super) fn next(&mut self) -> Result<Option<Piece<'a>>, Problem> {
        loop {
            let event = self.reader.read_event().map_err(|error| {
                let at = self.reader.error_position();
                broken(&format!("{}: byte {at}: {error}", self.part))
            })?;
            return Ok(Some(match event {
                Event::Start(start) => {
                    self.n_deep += 1;
                    if self.n_deep > MOST_DEEP {
                        return Err(broken(&format!(
                            "{}: nested more than {MOST_DEEP} deep",
                            self.part
                        )));
                    }
                    Piece::Start(Element(start))
                }
                Event::End(_) => {
                    self.n_deep = self.n_deep.saturating_sub(1);
                    Piece::End
                }
                Event::Text(text) => Piece::Text(text.xml10_content()),
                Event::CData(text) => Piece::Text(text.xml10_content()),
                Event::GeneralRef(reference) => match resolved(&reference) {
                    Some(c) => Piece::Text(Cow::Owned(c.to_string())),
                    // Entities of a document type are never expanded.
                    None => continue,
                },
                Event::Eof if self.n_deep > 0 => {
                    return Err(broken(&format!("{}: breaks off", self.part)));
                }
                Event::Eof => return Ok(None),
                _ => continue,
            }));
        }
    }
}

fn resolved(reference: &quick_xml::events::BytesRef<'_>) -> Option<char> {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return Some(c);
    }
    Some(match reference.as_ref() {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}
