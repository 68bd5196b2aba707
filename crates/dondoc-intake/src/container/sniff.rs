//! Which format a file has.

use dondoc_core::problem::Problem;
use memchr::memmem;

use super::{Format, ole};
use crate::charset::utf16;

/// How far into a file the marks of HTML and PDF are looked for.
const HEAD_BYTES: usize = 4096;

/// Extensions of names whose files are read, or turned into something that is.
const KNOWN_EXTENSIONS: [&str; 17] = [
    "txt", "text", "md", "markdown", "html", "htm", "xhtml", "docx", "doc", "rtf", "odt", "pdf",
    "png", "jpg", "jpeg", "tif", "tiff",
];

/// Signatures of formats that are not read, with their names.
const REFUSED: [(&[u8], &str); 14] = [
    (b"GIF8", "GIF"),
    (b"RIFF", "RIFF"),
    (b"Rar!", "RAR"),
    (b"7z\xBC\xAF\x27\x1C", "7-Zip"),
    (b"\x1F\x8B", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xFD7zXZ", "xz"),
    (b"MZ", "EXE"),
    (b"\x7FELF", "ELF"),
    (b"SQLite format 3\0", "SQLite"),
    (b"%!PS", "PostScript"),
    (b"ID3", "MP3"),
    (b"MIME-Version:", "MHTML"),
    (b"AT&TFORM", "DjVu"),
];

/// The format of a file that is neither empty nor too large; see [`super::sniff`].
pub(super) fn format_of(bytes: &[u8], file_name: &str) -> Result<Format, Problem> {
    let extension = extension(file_name);
    let found = match by_signature(bytes) {
        Some(Verdict::Read(format)) => return Ok(format),
        Some(Verdict::Encrypted) => return Err(Problem::Encrypted),
        Some(Verdict::Refused(found)) => found,
        None if is_html(bytes) => return Ok(Format::Html),
        None if is_text(bytes) => return Ok(text_format(&extension)),
        // A text with a NUL in it is refused by its decoder, which knows the place.
        None if matches!(text_format(&extension), Format::Markdown | Format::Html)
            || matches!(extension.as_str(), "txt" | "text") =>
        {
            return Ok(text_format(&extension));
        }
        None => "binary",
    };
    if KNOWN_EXTENSIONS.contains(&extension.as_str()) {
        Err(Problem::WrongExtension { extension, found: found.into() })
    } else {
        Err(Problem::UnknownFormat { found: found.into() })
    }
}

/// What a signature says.
enum Verdict {
    Read(Format),
    Encrypted,
    Refused(&'static str),
}

fn by_signature(bytes: &[u8]) -> Option<Verdict> {
    let read = |format| Some(Verdict::Read(format));
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Some(archive(bytes));
    }
    if bytes.starts_with(&ole::SIGNATURE) {
        return Some(match ole::content(bytes) {
            ole::Content::Word => Verdict::Read(Format::Doc),
            ole::Content::EncryptedWord | ole::Content::EncryptedPackage => Verdict::Encrypted,
            ole::Content::Other(name) => Verdict::Refused(name),
        });
    }
    let head = &bytes[..bytes.len().min(1024)];
    if memmem::find(head, b"%PDF-").is_some() {
        return read(Format::Pdf);
    }
    if memmem::find(head, b"Word.Document").is_some() && memmem::find(head, b"<?xml").is_some() {
        return Some(Verdict::Refused("Word XML"));
    }
    if bytes.starts_with(b"{\\rtf") {
        return read(Format::Rtf);
    }
    if bytes.starts_with(b"\x89PNG\r\n\x1A\n") {
        return read(Format::Png);
    }
    if bytes.starts_with(b"\xFF\xD8\xFF") {
        return read(Format::Jpeg);
    }
    if bytes.starts_with(b"II*\0") || bytes.starts_with(b"MM\0*") {
        return read(Format::Tiff);
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return Some(Verdict::Refused("HEIC/MP4"));
    }
    if bytes.starts_with(b"BM") && bytes.get(6..10) == Some(&[0; 4]) {
        return Some(Verdict::Refused("BMP"));
    }
    // Words may begin with the same letters as some signatures.
    let refused = REFUSED.iter().find(|(signature, _)| bytes.starts_with(signature));
    refused
        .filter(|(signature, _)| signature.len() > 3 || !is_text(bytes))
        .map(|(_, name)| Verdict::Refused(name))
}

/// What kind of archive, by the names of entries, which stand in it unpacked.
fn archive(bytes: &[u8]) -> Verdict {
    let places = [
        (&b"word/"[..], Verdict::Read(Format::Docx)),
        (b"mimetypeapplication/vnd.oasis.opendocument.text", Verdict::Read(Format::Odt)),
        (b"xl/workbook", Verdict::Refused("Excel .xlsx")),
        (b"xl/worksheets", Verdict::Refused("Excel .xlsx")),
        (b"ppt/", Verdict::Refused("PowerPoint .pptx")),
        (b"vnd.oasis.opendocument", Verdict::Refused("OpenDocument")),
        (b"application/epub+zip", Verdict::Refused("EPUB")),
    ];
    places
        .into_iter()
        .filter_map(|(name, verdict)| memmem::find(bytes, name).map(|at| (at, verdict)))
        .min_by_key(|(at, _)| *at)
        .map_or(Verdict::Refused("ZIP"), |(_, verdict)| verdict)
}

/// Whether a text is a web page: it says so near its beginning.
fn is_html(bytes: &[u8]) -> bool {
    let head: Vec<u8> = bytes
        .iter()
        .take(HEAD_BYTES)
        // So that UTF-16 shows its letters too.
        .filter(|byte| **byte != 0)
        .map(u8::to_ascii_lowercase)
        .collect();
    let body = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&head);
    let body = body.strip_prefix(b"\xFF\xFE").or(body.strip_prefix(b"\xFE\xFF")).unwrap_or(body);
    let body = body.trim_ascii_start();
    body.starts_with(b"<")
        && ["<!doctype html", "<html", "<head", "<body"]
            .iter()
            .any(|mark| memmem::find(body, mark.as_bytes()).is_some())
}

fn is_text(bytes: &[u8]) -> bool {
    let has_mark = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    if has_mark || utf16::guess(bytes).is_some() {
        return true;
    }
    let n_controls = bytes.iter().filter(|byte| matches!(byte, 0..=8 | 14..=26 | 28..=31)).count();
    memchr::memchr(0, bytes).is_none() && n_controls * 100 <= bytes.len()
}

fn text_format(extension: &str) -> Format {
    match extension {
        "md" | "markdown" => Format::Markdown,
        "html" | "htm" | "xhtml" => Format::Html,
        _ => Format::Text,
    }
}

/// The extension of a name in lower case; empty if it has none.
fn extension(file_name: &str) -> String {
    let name = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name);
    name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase()).unwrap_or_default()
}
