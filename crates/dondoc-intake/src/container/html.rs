//! The text of web pages, in the order of reading.
//!
//! The page is read as a row of tags, without a tree: what a browser mends by moving elements about is not
//! mended here, and hostile nesting costs nothing.

mod entity;
mod fonts;
mod writer;

use dondoc_core::problem::Problem;
use memchr::memmem;

use super::markup::{Token, Tokens, attribute};
use crate::charset::{self, Charset, tcvn3};
use fonts::OpenElements;
use writer::{List, Writer};

/// Elements of the head of a page; the first other one ends it.
const OF_HEAD: [&str; 9] =
    ["html", "head", "title", "meta", "link", "style", "script", "base", "noscript"];

/// Elements that are never text, or not of the document.
const UNREAD: [&str; 11] = [
    "script", "style", "textarea", "xmp", "iframe", "noembed", "noframes", "noscript", "template",
    "svg", "select",
];

/// How many bytes of a page may stand before it names its encoding.
const META_BYTES: usize = 4096;

/// The text of a page, and the encoding that it had.
///
/// # Errors
///
/// Those of [`charset::decode`].
pub(crate) fn text(bytes: &[u8]) -> Result<(String, Charset), Problem> {
    let has_old_fonts = names_old_fonts(bytes);
    let is_utf8 = std::str::from_utf8(bytes).is_ok();
    if has_old_fonts && !is_utf8 && charset::utf16::guess(bytes).is_none() && !has_mark(bytes) {
        // The fonts say run by run what the bytes mean.
        if let Some(at) = memchr::memchr(0, bytes) {
            return Err(Problem::NulBytes { offset: at as u64 });
        }
        let (latin, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes);
        let mut reader = Reader::new(Charset::Utf8, true);
        let text = reader.read(&latin);
        return Ok((text, reader.fonts.first_charset().unwrap_or(Charset::Windows1258)));
    }
    let (page, charset) = decode(bytes)?;
    Ok((Reader::new(charset, has_old_fonts).read(&page), charset))
}

/// As plain text is decoded; where that fails, as the page says.
fn decode(bytes: &[u8]) -> Result<(String, Charset), Problem> {
    match charset::decode(bytes) {
        Ok(decoded) => Ok((decoded.text, decoded.charset)),
        Err(problem @ Problem::MixedEncoding { .. }) => {
            let head =
                String::from_utf8_lossy(&bytes[..bytes.len().min(META_BYTES)]).to_lowercase();
            let label = head
                .split_once("charset=")
                .map(|(_, label)| label.trim_start_matches(['"', '\'']))
                .and_then(|label| label.split(['"', '\'', ' ', '>', ';', '/']).next());
            let encoding = label
                .and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()))
                .filter(|encoding| encoding.is_single_byte())
                .ok_or(problem)?;
            let (page, _) = encoding.decode_without_bom_handling(bytes);
            Ok((page.into_owned(), Charset::Windows1258))
        }
        Err(problem) => Err(problem),
    }
}

fn has_mark(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF])
}

/// Whether a page may set text in fonts that are encodings.
fn names_old_fonts(bytes: &[u8]) -> bool {
    let names: [&[u8]; 5] = [b".Vn", b".vn", b".VN", b"VNI-", b"vni-"];
    names.iter().any(|name| {
        memmem::find_iter(bytes, name).any(|at| {
            // As the first of a list of fonts, not as the end of an address.
            at > 0 && matches!(bytes[at - 1], b'"' | b'\'' | b':' | b'=' | b';' | b' ')
        })
    })
}

/// Whether a list is the path to the page (`Trang chủ > Văn bản`), which is shown without numbers.
fn is_path(attributes: &str) -> bool {
    attribute(attributes, "class")
        .is_some_and(|class| class.to_ascii_lowercase().contains("breadcrumb"))
}

struct Reader {
    /// What the page was decoded from; its references are still of that encoding.
    charset: Charset,
    fonts: OpenElements,
    writer: Writer,
    is_in_head: bool,
    /// How many open elements are menus, whose lists have no labels.
    n_navigations: usize,
    title: String,
    has_heading: bool,
}

impl Reader {
    fn new(charset: Charset, has_old_fonts: bool) -> Self {
        Self {
            charset,
            fonts: OpenElements::new(has_old_fonts),
            writer: Writer::default(),
            is_in_head: false,
            n_navigations: 0,
            title: String::new(),
            has_heading: false,
        }
    }

    fn read(&mut self, page: &str) -> String {
        // The element whose content without markup comes next.
        let mut raw = None;
        for token in Tokens::of(page) {
            match token {
                Token::Text(text) => match raw.take() {
                    Some("style") => self.fonts.read_sheet(text),
                    Some("title") if self.title.is_empty() => self.title = self.resolve(text),
                    Some(_) => {}
                    None if self.is_in_head => {}
                    None => {
                        let text = self.resolve(text);
                        self.writer.text(&text);
                    }
                },
                Token::Start(name, attributes) => {
                    let name = name.to_ascii_lowercase();
                    raw = UNREAD
                        .iter()
                        .chain(&["title"])
                        .find(|raw| **raw == name && !attributes.ends_with('/'))
                        .copied();
                    self.start(&name, attributes);
                }
                Token::End(name) => self.end(&name.to_ascii_lowercase()),
            }
        }
        let body = std::mem::take(&mut self.writer).finish();
        self.with_title(body)
    }

    fn start(&mut self, name: &str, attributes: &str) {
        match name {
            "head" => self.is_in_head = true,
            _ if self.is_in_head && !OF_HEAD.contains(&name) => self.is_in_head = false,
            _ => {}
        }
        self.n_navigations += usize::from(name == "nav");
        self.has_heading |= matches!(name, "h1" | "h2" | "h3");
        self.fonts.open(name, attributes);
        let number =
            |wanted| attribute(attributes, wanted).and_then(|value| value.trim().parse().ok());
        match name {
            "ol" | "ul" if self.n_navigations > 0 || is_path(attributes) => {
                self.writer.open_list(List::Plain)
            }
            "ol" => self.writer.open_list(List::Numbered(number("start").unwrap_or(1))),
            "li" => self.writer.open_item(number("value")),
            _ => self.writer.start(name),
        }
    }

    fn end(&mut self, name: &str) {
        if name == "head" {
            self.is_in_head = false;
        }
        if name == "nav" {
            self.n_navigations = self.n_navigations.saturating_sub(1);
        }
        self.fonts.close(name);
        self.writer.end(name);
    }

    /// A run of text as it looks: references resolved, letters of old fonts read.
    fn resolve(&self, text: &str) -> String {
        let font = self.fonts.current();
        let is_converted = matches!(self.charset, Charset::Tcvn3 | Charset::Vni);
        let from_reference = |c: char| match self.charset {
            Charset::Tcvn3 => u8::try_from(u32::from(c)).ok().and_then(tcvn3::letter).unwrap_or(c),
            _ => c,
        };
        let resolved = entity::resolve(text, from_reference);
        match font {
            Some(font) if !is_converted => font.read(&resolved),
            Some(font) if font.is_capitals => resolved.to_uppercase(),
            _ => resolved,
        }
    }

    /// The text of the body, after the title of the page if the body has no heading of its own.
    fn with_title(&self, body: String) -> String {
        let title = self.title.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
        if title.is_empty() || self.has_heading || body.is_empty() || title.is_ascii() {
            return body;
        }
        let is_there = memmem::find(body.as_bytes(), title.as_bytes()).is_some();
        if is_there { body } else { format!("{title}\n\n{body}") }
    }
}

#[cfg(test)]
mod tests;
