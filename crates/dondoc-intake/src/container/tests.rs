use super::*;

/// A compound file with one stream of a name, whose first sector has the flags of a document of Word.
fn compound(stream: &str, flags: u8) -> Vec<u8> {
    let mut bytes = vec![0; 512 * 4];
    bytes[..8].copy_from_slice(&ole::SIGNATURE);
    bytes[30] = 9;
    // The directory in the second sector, the stream in the third.
    for (at, unit) in stream.encode_utf16().enumerate() {
        bytes[1024 + 2 * at..][..2].copy_from_slice(&unit.to_le_bytes());
    }
    bytes[1024 + 116] = 2;
    bytes[512 * 3 + 11] = flags;
    bytes
}

fn unknown(found: &str) -> Result<Format, Problem> {
    Err(Problem::UnknownFormat { found: found.into() })
}

fn wrong(extension: &str, found: &str) -> Result<Format, Problem> {
    Err(Problem::WrongExtension { extension: extension.into(), found: found.into() })
}

#[test]
fn the_content_decides_and_then_the_name() {
    let text = "Kế hoạch".as_bytes();
    assert_eq!(sniff(text, "a.txt"), Ok(Format::Text));
    assert_eq!(sniff(text, "a.MD"), Ok(Format::Markdown));
    assert_eq!(sniff(text, "a.docx"), Ok(Format::Text));
    assert_eq!(sniff(text, "không đuôi"), Ok(Format::Text));
    assert_eq!(sniff(b"\xEF\xBB\xBF\n<!DOCTYPE HTML><p>x", "a.doc"), Ok(Format::Html));
    assert_eq!(sniff(b"<p>x</p>", "a.htm"), Ok(Format::Html));
    assert_eq!(sniff(b"%PDF-1.7 ...", "a.docx"), Ok(Format::Pdf));
    assert_eq!(sniff(b"{\\rtf1 ...}", "a.doc"), Ok(Format::Rtf));
    assert_eq!(sniff(b"\x89PNG\r\n\x1A\n", "a.pdf"), Ok(Format::Png));
    assert_eq!(sniff(b"\xFF\xD8\xFF\xE0", "a"), Ok(Format::Jpeg));
    assert_eq!(sniff(b"II*\0\x08", "a.tif"), Ok(Format::Tiff));
    assert_eq!(sniff(b"\xFF\xFE<\0h\0t\0m\0l\0>\0", "a"), Ok(Format::Html));
}

#[test]
fn archives_are_told_apart_by_what_is_in_them() {
    let archive = |name: &str| [b"PK\x03\x04......", name.as_bytes()].concat();
    assert_eq!(sniff(&archive("[Content_Types].xml word/document.xml"), "a.zip"), Ok(Format::Docx));
    assert_eq!(
        sniff(&archive("mimetypeapplication/vnd.oasis.opendocument.text"), "a"),
        Ok(Format::Odt)
    );
    assert_eq!(sniff(&archive("xl/workbook.xml"), "a.xlsx"), unknown("Excel .xlsx"));
    assert_eq!(sniff(&archive("xl/workbook.xml"), "a.docx"), wrong("docx", "Excel .xlsx"));
    assert_eq!(sniff(&archive("ảnh.jpg"), "a.zip"), unknown("ZIP"));
}

#[test]
fn compound_files_are_told_apart_by_their_streams() {
    assert_eq!(sniff(&compound("WordDocument", 0), "a.docx"), Ok(Format::Doc));
    assert_eq!(sniff(&compound("WordDocument", 1), "a.doc"), Err(Problem::Encrypted));
    assert_eq!(sniff(&compound("EncryptedPackage", 0), "a.docx"), Err(Problem::Encrypted));
    assert_eq!(sniff(&compound("Workbook", 0), "a.xls"), unknown("Excel .xls"));
    assert_eq!(sniff(&compound("Khác", 0), "a.doc"), wrong("doc", "OLE2"));
    assert_eq!(sniff(&ole::SIGNATURE, "a.doc"), wrong("doc", "OLE2"));
}

#[test]
fn what_cannot_be_read_says_what_it_looks_like() {
    assert_eq!(sniff(b"GIF89a", "a.gif"), unknown("GIF"));
    assert_eq!(sniff(b"MZ\x90\0\x03\0\0\0", "a.pdf"), wrong("pdf", "EXE"));
    assert_eq!(sniff(&[7, 0, 1, 0xFE, 0, 0, 3], "a.bin"), unknown("binary"));
    assert_eq!(sniff(&[7, 0, 1, 0xFE, 0, 0, 3], "a.docx"), wrong("docx", "binary"));
    assert_eq!(sniff("MZ là hai chữ cái".as_bytes(), "a.txt"), Ok(Format::Text));
}

#[test]
fn a_text_with_a_nul_is_left_to_its_decoder() {
    let bytes = b"K\xE1\xBA\xBF ho\0ch";
    assert_eq!(sniff(bytes, "a.txt"), Ok(Format::Text));
    assert_eq!(extract(bytes, Format::Text), Err(Problem::NulBytes { offset: 7 }));
}

#[test]
fn nothing_and_too_much_are_refused_first() {
    assert_eq!(sniff(b"", "a.docx"), Err(Problem::Empty));
    assert_eq!(sniff(b" \n", "a.txt"), Err(Problem::Empty));
    let bytes = vec![b'a'; usize::try_from(LIMIT_BYTES).expect("fits") + 1];
    let refused = Problem::TooLarge { size_bytes: LIMIT_BYTES + 1, limit_bytes: LIMIT_BYTES };
    assert_eq!(sniff(&bytes, "a.txt"), Err(refused.clone()));
    assert_eq!(extract(&bytes, Format::Pdf), Err(refused));
}

#[test]
fn the_name_of_a_format_says_its_encoding() {
    let name = |bytes: &[u8], format| extract(bytes, format).map(|extracted| extracted.format_name);
    assert_eq!(name("Kế hoạch".as_bytes(), Format::Text), Ok("text".into()));
    assert_eq!(name(b"k\xd5 ho\xb9ch", Format::Text), Ok("text/tcvn3".into()));
    assert_eq!(name(b"<p>ke\xe1 hoa\xefch</p>", Format::Html), Ok("html/vni".into()));
}

#[test]
fn what_needs_another_program_says_so() {
    for format in [Format::Doc, Format::Rtf, Format::Odt] {
        assert!(
            matches!(extract(b"x", format), Err(Problem::NeedsProgram { program, .. }) if program == "LibreOffice")
        );
    }
    for format in [Format::Png, Format::Jpeg, Format::Tiff] {
        assert_eq!(extract(b"x", format), Err(Problem::NeedsOcr));
    }
}

#[test]
fn a_page_without_a_word_has_no_text() {
    assert_eq!(
        extract(b"<html><body><img src=x></body></html>", Format::Html),
        Err(Problem::NoText)
    );
}
