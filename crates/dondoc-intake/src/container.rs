//! What a file is, and the text in it.
//!
//! The content decides, the name only where the content leaves it open. Everything is done in memory, in time
//! linear in the length of what is read, and within the limits below.

mod css;
mod docx;
mod html;
mod legacy_font;
mod markup;
mod ole;
mod page;
mod pdf;
mod sniff;

use dondoc_core::problem::Problem;

use crate::charset;

/// The largest file that is read, and the most that one may unpack to: 64 MiB.
pub const LIMIT_BYTES: u64 = 64 * 1024 * 1024;

/// The most entries that an archive may have.
pub const LIMIT_ENTRIES: u64 = 10_000;

/// A kind of file that Dondoc can read, by itself or with the help of another program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text in any of the encodings of [`charset`].
    Text,
    /// Markdown, read as the plain text that it is.
    Markdown,
    /// A web page.
    Html,
    /// Office Open XML, the format of Word since 2007.
    Docx,
    /// The binary format of Word up to 2003; LibreOffice turns it into [`Format::Docx`].
    Doc,
    /// Rich Text Format; LibreOffice turns it into [`Format::Docx`].
    Rtf,
    /// `OpenDocument` text; LibreOffice turns it into [`Format::Docx`].
    Odt,
    /// Portable Document Format, with a text layer or without.
    Pdf,
    /// A picture of a page.
    Png,
    /// A picture of a page.
    Jpeg,
    /// Pictures of pages.
    Tiff,
}

impl Format {
    /// The name that readers and messages use: `docx`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Markdown => "markdown",
            Format::Html => "html",
            Format::Docx => "docx",
            Format::Doc => "doc",
            Format::Rtf => "rtf",
            Format::Odt => "odt",
            Format::Pdf => "pdf",
            Format::Png => "png",
            Format::Jpeg => "jpeg",
            Format::Tiff => "tiff",
        }
    }
}

/// The text of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extracted {
    /// What all spans of the reading count in. Of a plain text in UTF-8 it is the file's own, to the character.
    pub text: String,
    /// Format and, if it is not UTF-8, encoding: `docx`, `html`, `text/tcvn3`, `pdf`.
    pub format_name: String,
}

/// The format of a file, by its content and, where that leaves it open, by its name.
///
/// A document with a wrong extension is what its content says.
///
/// # Errors
///
/// - [`Problem::Empty`] and [`Problem::TooLarge`];
/// - [`Problem::Encrypted`] for documents of Word with a password;
/// - [`Problem::WrongExtension`] where the name promises a format that is read, and the content is none;
/// - [`Problem::UnknownFormat`] for anything else that is not read.
pub fn sniff(bytes: &[u8], file_name: &str) -> Result<Format, Problem> {
    if bytes.len() as u64 > LIMIT_BYTES {
        return Err(Problem::TooLarge { size_bytes: bytes.len() as u64, limit_bytes: LIMIT_BYTES });
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Problem::Empty);
    }
    sniff::format_of(bytes, file_name)
}

/// Whether the text of a PDF is nothing but the stamp of a digital signature, put on pictures of pages.
///
/// Such a document has yet to be read; its text layer says only who signed it.
#[must_use]
pub fn pdf_text_is_only_a_stamp(text: &str) -> bool {
    pdf::is_only_a_stamp(text)
}

/// Takes the text out of a file of a known format.
///
/// # Errors
///
/// - [`Problem::TooLarge`] over [`LIMIT_BYTES`], before anything is read;
/// - [`Problem::NeedsProgram`] and [`Problem::NeedsOcr`] where another program must turn it into text first;
/// - the problems of [`charset::decode`] for texts and web pages;
/// - [`Problem::Encrypted`], [`Problem::Broken`], [`Problem::UnpacksTooLarge`], [`Problem::TooManyEntries`] for
///   documents of Word and PDF;
/// - [`Problem::NoText`] where nothing but white space came out.
pub fn extract(bytes: &[u8], format: Format) -> Result<Extracted, Problem> {
    if bytes.len() as u64 > LIMIT_BYTES {
        return Err(Problem::TooLarge { size_bytes: bytes.len() as u64, limit_bytes: LIMIT_BYTES });
    }
    let extracted = match format {
        Format::Text | Format::Markdown => {
            let decoded = charset::decode(bytes)?;
            named(decoded.text, format, decoded.charset.suffix())
        }
        Format::Html => {
            let (text, charset) = html::text(bytes)?;
            named(text, format, charset.suffix())
        }
        Format::Docx => named(docx::text(bytes)?, format, ""),
        Format::Pdf => named(pdf::text(bytes)?, format, ""),
        Format::Doc | Format::Rtf | Format::Odt => {
            return Err(Problem::NeedsProgram {
                program: "LibreOffice".into(),
                package: "libreoffice-writer".into(),
            });
        }
        Format::Png | Format::Jpeg | Format::Tiff => return Err(Problem::NeedsOcr),
    };
    if extracted.text.trim().is_empty() { Err(Problem::NoText) } else { Ok(extracted) }
}

/// What stands in the margins of the pages of a document of Word; empty for other formats.
///
/// It is no part of the text, but a mark of secrecy may stand there alone.
///
/// # Errors
///
/// As [`extract`].
pub fn margins(bytes: &[u8], format: Format) -> Result<String, Problem> {
    if format == Format::Docx { docx::margins(bytes) } else { Ok(String::new()) }
}

fn named(text: String, format: Format, suffix: &str) -> Extracted {
    Extracted { text, format_name: format!("{}{suffix}", format.name()) }
}

#[cfg(test)]
mod tests;
