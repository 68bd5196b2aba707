//! Files on their way out: as attachments, under names that cannot break out of their header.

use std::fmt::Write as _;

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use dondoc_core::fold::bare;

/// Longer names are cut; their end, with the extension, stays.
const MAX_NAME_CHARS: usize = 200;

/// The name without folders and control characters; it names nothing on any disk.
pub(super) fn bare_name(sent: &str) -> Option<String> {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    // Marks that turn the direction of writing make `cod.exe` look like `exe.doc`.
    let is_turning = |it: char| matches!(it, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let clean: Vec<char> = last.chars().filter(|it| !it.is_control() && !is_turning(*it)).collect();
    let cut = clean.len().saturating_sub(MAX_NAME_CHARS);
    let name: String = clean[cut..].iter().collect();
    let name = name.trim().to_owned();
    (!name.chars().all(|it| it == '.')).then_some(name)
}

/// Bytes as an attachment under a name (RFC 6266): in plain letters for old programs, and as it is (RFC 8187).
pub(super) fn attachment(name: &str, kind: &'static str, bytes: Vec<u8>) -> Response {
    let disposition = HeaderValue::from_str(&disposition(name));
    let disposition = disposition.unwrap_or(HeaderValue::from_static("attachment"));
    let kind = HeaderValue::from_static(kind);
    // Nothing that came from outside is ever shown or run in the page's own site.
    let policy = HeaderValue::from_static("default-src 'none'; sandbox");
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CONTENT_SECURITY_POLICY, policy),
    ];
    (headers, bytes).into_response()
}

fn disposition(name: &str) -> String {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let plain = bare(stem).replace(' ', "-");
    let plain: String =
        plain.chars().filter(|it| it.is_ascii_alphanumeric() || *it == '-').collect();
    let ending: String = ending.chars().filter(char::is_ascii_alphanumeric).collect();
    let plain = if plain.is_empty() { "tep".to_owned() } else { plain };
    let mut encoded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string can't fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    let dot = if ending.is_empty() { "" } else { "." };
    format!("attachment; filename=\"{plain}{dot}{ending}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_never_leads_anywhere_and_never_pretends() {
        for (sent, kept) in [
            ("../../etc/passwd", Some("passwd")),
            ("C:\\tạm\\biên bản.pdf", Some("biên bản.pdf")),
            ("a\r\nX: b\0.txt", Some("aX: b.txt")),
            ("ảnh\u{202e}gpj.exe", Some("ảnhgpj.exe")),
            ("..", None),
            (" ", None),
        ] {
            assert_eq!(bare_name(sent).as_deref(), kept, "{sent:?}");
        }
    }

    #[test]
    fn a_name_can_not_break_out_of_its_header() {
        assert_eq!(
            disposition("Sổ \"lớp\"; a=đ.xlsx"),
            "attachment; filename=\"so-lop-a-d.xlsx\"; \
             filename*=UTF-8''S%E1%BB%95%20%22l%E1%BB%9Bp%22%3B%20a%3D%C4%91.xlsx"
        );
        assert!(disposition("ئ.pdf").starts_with("attachment; filename=\"tep.pdf\"; "));
    }
}
