//! Stands in for `dondoc_intake::container` until it is there.

use dondoc_core::problem::Problem;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Docx,
    Doc,
    Pdf,
    Image,
    Text,
}

pub(super) struct Extracted {
    pub(super) text: String,
    pub(super) format_name: String,
}

pub(super) fn sniff(bytes: &[u8], _name: &str) -> Result<Format, Problem> {
    Ok(if bytes.starts_with(b"%PDF") {
        Format::Pdf
    } else if bytes.starts_with(b"PK") {
        Format::Docx
    } else if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        Format::Doc
    } else if bytes.starts_with(b"\x89PNG") {
        Format::Image
    } else {
        Format::Text
    })
}

pub(super) fn extract(bytes: &[u8], format: Format) -> Result<Extracted, Problem> {
    if format != Format::Text {
        return Err(Problem::UnknownFormat { found: "stand-in".to_owned() });
    }
    let text = String::from_utf8(bytes.to_vec())
        .map_err(|err| Problem::MixedEncoding { offset: err.utf8_error().valid_up_to() as u64 })?;
    Ok(Extracted { text, format_name: "text".to_owned() })
}

pub(super) fn pdf_text_is_only_a_stamp(text: &str) -> bool {
    text.split_whitespace().count() < 60
}
