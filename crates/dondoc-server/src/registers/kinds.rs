//! What the bytes of an attached file are, whatever its name says.

use dondoc_core::problem::Problem;

/// A kind of file that is taken in, and how names of such files end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FileKind {
    pub(super) code: &'static str,
    endings: &'static [&'static str],
}

const PDF: FileKind = FileKind { code: "pdf", endings: &["pdf"] };
const PNG: FileKind = FileKind { code: "png", endings: &["png"] };
const JPEG: FileKind = FileKind { code: "jpeg", endings: &["jpg", "jpeg"] };
const DOCX: FileKind = FileKind { code: "docx", endings: &["docx"] };
const XLSX: FileKind = FileKind { code: "xlsx", endings: &["xlsx"] };
const ODT: FileKind = FileKind { code: "odt", endings: &["odt"] };
const OLD_OFFICE: FileKind = FileKind { code: "office", endings: &["doc", "xls"] };
const TEXT: FileKind = FileKind { code: "text", endings: &["txt", "csv", "md"] };

impl FileKind {
    /// What bytes are by their content, if their name agrees.
    ///
    /// # Errors
    ///
    /// [`Problem::Empty`], [`Problem::UnknownFormat`] for what is not taken in (programs, web pages, macros), and
    /// [`Problem::WrongExtension`] for a name that promises something else.
    pub(super) fn of(name: &str, bytes: &[u8]) -> Result<Self, Problem> {
        if bytes.is_empty() {
            return Err(Problem::Empty);
        }
        let unknown = || Problem::UnknownFormat { found: looks_like(bytes).to_owned() };
        let kind = sniff(bytes).ok_or_else(unknown)?;
        let ending = name.rsplit_once('.').map(|it| it.1.to_lowercase()).unwrap_or_default();
        if kind.endings.contains(&ending.as_str()) {
            return Ok(kind);
        }
        Err(Problem::WrongExtension { extension: ending, found: kind.code.to_owned() })
    }

    /// Whether its text can be read for a mark of secrecy.
    pub(super) fn has_text(self) -> bool {
        ![PNG, JPEG, XLSX].contains(&self)
    }
}

fn sniff(bytes: &[u8]) -> Option<FileKind> {
    let has = |words: &[u8]| bytes.windows(words.len()).any(|it| it == words);
    if bytes.starts_with(b"%PDF-") {
        return Some(PDF);
    }
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Some(PNG);
    }
    if bytes.starts_with(b"\xff\xd8\xff") {
        return Some(JPEG);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Some(OLD_OFFICE);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        // The names of its parts stand in the archive as they are.
        return match () {
            () if has(b"vbaProject.bin") => None,
            () if has(b"word/document.xml") => Some(DOCX),
            () if has(b"xl/workbook.xml") => Some(XLSX),
            () if has(b"application/vnd.oasis.opendocument.text") => Some(ODT),
            () => None,
        };
    }
    is_plain_text(bytes).then_some(TEXT)
}

/// Text that no browser would take for a page.
fn is_plain_text(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let is_fine = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t');
    !text.trim_start().starts_with(['<', '{', '#', '%']) && text.chars().all(is_fine)
}

/// A word for what is not taken in.
fn looks_like(bytes: &[u8]) -> &'static str {
    match bytes {
        [b'M', b'Z', ..] | [0x7f, b'E', b'L', b'F', ..] => "EXE",
        [b'P', b'K', ..] => "ZIP",
        _ if std::str::from_utf8(bytes).is_ok_and(|it| it.trim_start().starts_with('<')) => "HTML",
        _ => "?",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_bytes_are_and_its_name_has_to_agree() {
        for (name, bytes, code) in [
            ("biên bản.pdf", &b"%PDF-1.7\n"[..], "pdf"),
            ("ảnh.JPG", b"\xff\xd8\xff\xe0", "jpeg"),
            ("ảnh.png", b"\x89PNG\r\n\x1a\n", "png"),
            ("a.docx", b"PK\x03\x04....word/document.xml", "docx"),
            ("a.xlsx", b"PK\x03\x04....xl/workbook.xml", "xlsx"),
            ("ghi chú.txt", "Đã nhận".as_bytes(), "text"),
        ] {
            assert_eq!(FileKind::of(name, bytes).map(|it| it.code), Ok(code), "{name}");
        }
    }

    #[test]
    fn what_could_do_harm_is_refused_whatever_it_is_called() {
        for (name, bytes) in [
            ("a.pdf", &b"MZ\x90\x00"[..]),
            ("a.txt", b"<html><script>alert(1)</script>"),
            ("a.txt", b"\xef\xbb\xbf <svg onload=alert(1)>"),
            ("a.docx", b"PK\x03\x04....word/document.xml....word/vbaProject.bin"),
            ("a.txt", b"#!/bin/sh\nrm -rf /\n"),
            ("a.txt", b"a\x00b"),
        ] {
            let refused = FileKind::of(name, bytes);
            assert!(matches!(refused, Err(Problem::UnknownFormat { .. })), "{name}: {refused:?}");
        }
        assert_eq!(FileKind::of("a.pdf", b""), Err(Problem::Empty));
        for name in ["a.html", "a", "a.pdf.exe", "a.txt"] {
            let refused = FileKind::of(name, b"%PDF-1.7");
            assert!(matches!(refused, Err(Problem::WrongExtension { .. })), "{name}: {refused:?}");
        }
    }
}
