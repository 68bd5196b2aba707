use dondoc_core::problem::Problem;

use super::{is_only_a_stamp, text, tidy};

/// A PDF of one page that shows `shown`, with `more` in its trailer.
fn pdf(shown: &str, more: &str) -> Vec<u8> {
    let content = format!("BT /F1 12 Tf 72 700 Td ({shown}) Tj ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    let mut file = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(file.len());
        file += &format!("{} 0 obj\n{object}\nendobj\n", at + 1);
    }
    let xref = file.len();
    file += &format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for place in places {
        file += &format!("{place:010} 00000 n \n");
    }
    file += &format!(
        "trailer\n<< /Size {} /Root 1 0 R {more} >>\nstartxref\n{xref}\n%%EOF\n",
        objects.len() + 1
    );
    file.into_bytes()
}

#[test]
fn the_text_layer_is_read() {
    let read = text(&pdf("The people of Lam Giang mend their roads", "")).expect("reads");
    assert_eq!(read.trim(), "The people of Lam Giang mend their roads");
}

#[test]
fn a_password_is_named() {
    let hex = "ab".repeat(32);
    let encrypt = format!(
        "/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <{hex}> /U <{hex}> >> /ID [<00> <00>]"
    );
    assert_eq!(text(&pdf("nobody reads this", &encrypt)), Err(Problem::Encrypted));
}

#[test]
fn pages_without_text_need_recognition() {
    assert_eq!(text(&pdf("", "")), Err(Problem::NeedsOcr));
    assert_eq!(
        text(&pdf("Signature Not Verified, Signed By: Office of Lam Giang", "")),
        Err(Problem::NeedsOcr)
    );
}

#[test]
fn what_is_no_pdf_is_broken() {
    for bytes in [&b"%PDF-1.7"[..], b"%PDF-1.4\ntrailer << /Root 1 0 R >>", b"%PDF-\xFF\xFF"] {
        assert!(matches!(text(bytes), Err(Problem::Broken { format, .. }) if format == "PDF"));
    }
}

#[test]
fn a_stamp_is_no_text() {
    assert!(is_only_a_stamp(
        "Ký bởi: Ủy ban nhân\ndân tỉnh Lam Giang\nThời gian ký:\n11/05/2026 11:26:39"
    ));
    assert!(is_only_a_stamp(
        "TRUNG TÂM CÔNG\nBÁO VÀ TIN HỌC\nhop-thu@lamgiang.example\n16.01.2026 07:46:10\n+07:00"
    ));
    assert!(is_only_a_stamp("Người ký: VĂN PHÒNG; Ngày ký: 01-02-2026 10:00:00 +07:00"));
    assert!(is_only_a_stamp(" \u{c}1\u{c}2\u{c}"));
}

#[test]
fn a_short_document_with_a_stamp_is_text() {
    let body = "Ủy ban nhân dân tỉnh Lam Giang yêu cầu các xã, phường rà soát số hộ bị ảnh hưởng, báo cáo trước ngày 10. ";
    assert!(!is_only_a_stamp(&("Ký bởi: Văn phòng\n".to_owned() + &body.repeat(6))));
    assert!(!is_only_a_stamp(body));
}

#[test]
fn a_paragraph_goes_on_over_the_end_of_its_page() {
    let pages = "Một  hai \n\n\n\nba\n\n2\n\nbốn\n\nnăm\n\n3\n\nsáu\n9\nbảy\n";
    assert_eq!(tidy(pages), "Một hai\n\nba\nbốn\n\nnăm\nsáu\n9\nbảy\n");
}

#[test]
fn a_page_nested_without_end_is_broken() {
    let file = pdf(&format!(") Tj {} (", "[".repeat(100_000)), "");
    assert!(matches!(text(&file), Err(Problem::Broken { .. } | Problem::NeedsOcr)));
}
