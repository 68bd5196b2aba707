use std::io::{Cursor, Write};

use dondoc_core::problem::Problem;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::text;
use crate::container::{LIMIT_BYTES, LIMIT_ENTRIES};

/// An archive of parts.
fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).expect("starts");
        writer.write_all(bytes).expect("writes");
    }
    writer.finish().expect("finishes").into_inner()
}

/// A document whose body is `body`, with further parts.
fn document(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let namespaces = "xmlns:w=\"w\" xmlns:mc=\"mc\" xmlns:v=\"v\" xmlns:wps=\"wps\"";
    let main = format!(
        "<?xml version=\"1.0\"?><w:document {namespaces}><w:body>{body}</w:body></w:document>"
    );
    let mut all = vec![("word/document.xml", main.as_bytes())];
    all.extend(parts.iter().map(|(name, xml)| (*name, xml.as_bytes())));
    archive(&all)
}

/// A paragraph of one run.
fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

#[track_caller]
fn check(body: &str, parts: &[(&str, &str)], expected: &str) {
    assert_eq!(text(&document(body, parts)).expect("reads"), expected, "{body}");
}

#[test]
fn runs_join_and_paragraphs_stand_apart() {
    check(
        "<w:p><w:r><w:t>Một </w:t></w:r><w:r><w:t xml:space=\"preserve\">hai</w:t><w:tab/><w:t>ba</w:t><w:br/>\
<w:t>bốn</w:t><w:noBreakHyphen/><w:softHyphen/></w:r></w:p><w:p/><w:p><w:r><w:t>năm</w:t></w:r></w:p>",
        &[],
        "Một hai\tba\nbốn-\n\nnăm\n",
    );
}

#[test]
fn what_stands_in_the_margins_is_no_text_but_is_not_lost() {
    let header = format!("<w:hdr xmlns:w=\"w\">{}</w:hdr>", p("TỐI MẬT"));
    let file = document(&p("một"), &[("word/header2.xml", header.as_str())]);
    assert_eq!(text(&file).expect("reads"), "một\n");
    assert_eq!(super::margins(&file).expect("reads").trim(), "TỐI MẬT");
}

#[test]
fn references_lose_no_characters() {
    check(&p("A&amp;B &lt;c&gt; &#7841;&#x1EA1; &unknown;d"), &[], "A&B <c> ạạ d\n");
    check(&p("<![CDATA[a<b]]>&quot;"), &[], "a<b\"\n");
}

#[test]
fn rows_of_tables_are_lines() {
    let cell = |text: &str| format!("<w:tc><w:tcPr><w:tcW w:w=\"1\"/></w:tcPr>{}</w:tc>", p(text));
    let row = |texts: [&str; 4]| format!("<w:tr>{}</w:tr>", texts.map(cell).concat());
    let table = format!(
        "<w:tbl><w:tblPr/>{}{}</w:tbl>",
        row(["TT", "Việc", "Chủ trì", "Hạn"]),
        row(["1", "a", "", "2026"])
    );
    check(
        &(p("đầu") + &table + &p("cuối")),
        &[],
        "đầu\n\nTT | Việc | Chủ trì | Hạn\n1 | a |  | 2026\n\ncuối\n",
    );
}

#[test]
fn tracked_changes_are_taken_as_accepted() {
    check(
        "<w:p><w:ins><w:r><w:t>thêm </w:t></w:r></w:ins><w:del><w:r><w:delText>bỏ </w:delText><w:t>bỏ</w:t></w:r></w:del>\
<w:moveFrom><w:r><w:t>chuyển</w:t></w:r></w:moveFrom><w:r><w:t>giữ</w:t></w:r></w:p>",
        &[],
        "thêm giữ\n",
    );
    check(
        &("<w:p><w:pPr><w:rPr><w:del w:id=\"1\"/></w:rPr></w:pPr><w:r><w:t>nối </w:t></w:r></w:p>"
            .to_owned()
            + &p("liền")),
        &[],
        "nối liền\n",
    );
}

#[test]
fn a_text_box_is_read_once() {
    let shape = |text: &str| format!("<w:txbxContent>{}</w:txbxContent>", p(text));
    let body = format!(
        "<w:p><w:r><w:t>trước </w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\">{0}</mc:Choice>\
<mc:Fallback><w:pict>{0}</w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>sau</w:t></w:r></w:p>",
        shape("hộp")
    );
    check(&body, &[], "hộp\n\ntrước sau\n");
    let fallback_only = format!(
        "<w:p><w:r><mc:AlternateContent><mc:Fallback>{}</mc:Fallback></mc:AlternateContent></w:r></w:p>",
        shape("hộp")
    );
    check(&fallback_only, &[], "hộp\n");
}

#[test]
fn fields_are_read_by_their_results() {
    check(
        "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>PAGE</w:instrText><w:t>mã</w:t></w:r>\
<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>7</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>\
<w:fldSimple w:instr=\"x\"><w:r><w:t> trang</w:t></w:r></w:fldSimple></w:p>",
        &[],
        "7 trang\n",
    );
}

#[test]
fn notes_follow_the_body_in_the_order_of_their_mention() {
    let note = |id: u8, text: &str| format!("<w:footnote w:id=\"{id}\">{}</w:footnote>", p(text));
    let footnotes = format!(
        "<w:footnotes xmlns:w=\"w\"><w:footnote w:type=\"separator\" w:id=\"0\">{}</w:footnote>{}{}</w:footnotes>",
        p("---"),
        note(2, "hai"),
        note(5, "năm")
    );
    let endnotes = format!(
        "<w:endnotes xmlns:w=\"w\"><w:endnote w:id=\"2\">{}</w:endnote></w:endnotes>",
        p("cuối")
    );
    check(
        "<w:p><w:r><w:t>a</w:t><w:footnoteReference w:id=\"5\"/><w:t>b</w:t><w:footnoteReference w:id=\"2\"/>\
<w:endnoteReference w:id=\"2\"/></w:r></w:p>",
        &[("word/footnotes.xml", &footnotes), ("word/endnotes.xml", &endnotes)],
        "a[1]b[2][i]\n\n[1] năm\n\n[2] hai\n\n[i] cuối\n",
    );
}

/// Levels `I.`, `1.`, `a)` and `-`, and a second list that begins with 5.
const NUMBERING: &str = "<w:numbering xmlns:w=\"w\"><w:abstractNum w:abstractNumId=\"7\">\
<w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"upperRoman\"/><w:lvlText w:val=\"%1.\"/></w:lvl>\
<w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:pStyle w:val=\"Muc\"/><w:lvlText w:val=\"%2.\"/></w:lvl>\
<w:lvl w:ilvl=\"2\"><w:start w:val=\"1\"/><w:numFmt w:val=\"lowerLetter\"/><w:lvlText w:val=\"%3)\"/></w:lvl>\
<w:lvl w:ilvl=\"3\"><w:start w:val=\"1\"/><w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"-\"/></w:lvl>\
<w:lvl w:ilvl=\"4\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:isLgl/><w:lvlText w:val=\"%1.%2.%5\"/></w:lvl>\
</w:abstractNum><w:num w:numId=\"3\"><w:abstractNumId w:val=\"7\"/></w:num>\
<w:num w:numId=\"4\"><w:abstractNumId w:val=\"7\"/><w:lvlOverride w:ilvl=\"1\"><w:startOverride w:val=\"5\"/></w:lvlOverride></w:num>\
</w:numbering>";

fn item(list: u8, level: u8, text: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
    )
}

#[test]
fn automatic_numbers_are_written_out() {
    let body = [
        item(3, 0, "Mục"),
        item(3, 1, "Việc"),
        item(3, 2, "ý"),
        item(3, 2, "ý"),
        item(3, 3, "nhỏ"),
        item(3, 1, "Việc"),
        item(3, 2, "ý"),
        item(3, 0, "Mục"),
        item(3, 1, "Việc"),
        item(3, 4, "khoản"),
        item(4, 1, "Việc"),
        item(4, 1, "Việc"),
        item(0, 0, "không"),
    ];
    check(
        &body.concat(),
        &[("word/numbering.xml", NUMBERING)],
        "I. Mục\n\n1. Việc\n\na) ý\n\nb) ý\n\n- nhỏ\n\n2. Việc\n\na) ý\n\nII. Mục\n\n1. Việc\n\n2.1.1 khoản\n\n5. Việc\n\n6. Việc\n\nkhông\n",
    );
}

#[test]
fn a_style_can_number_its_paragraphs() {
    let styles = "<w:styles xmlns:w=\"w\"><w:style w:type=\"paragraph\" w:styleId=\"Muc\"><w:pPr><w:numPr>\
<w:numId w:val=\"3\"/></w:numPr></w:pPr></w:style><w:style w:styleId=\"Con\"><w:basedOn w:val=\"Muc\"/></w:style></w:styles>";
    let styled = |style: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>Việc</w:t></w:r></w:p>")
    };
    check(
        &(styled("Muc") + &styled("Muc")),
        &[("word/numbering.xml", NUMBERING), ("word/styles.xml", styles)],
        "1. Việc\n\n2. Việc\n",
    );
    check(
        &styled("Con"),
        &[("word/numbering.xml", NUMBERING), ("word/styles.xml", styles)],
        "I. Việc\n",
    );
}

#[test]
fn a_number_without_text_stands_in_print_too() {
    let cell = |content: &str| format!("<w:tc>{content}</w:tc>");
    let row = |text: &str| format!("<w:tr>{}{}</w:tr>", cell(&item(3, 1, "")), cell(&p(text)));
    check(
        &format!("<w:tbl>{}{}</w:tbl>", row("a"), row("b")),
        &[("word/numbering.xml", NUMBERING)],
        "1. | a\n2. | b\n",
    );
}

#[test]
fn fonts_that_are_encodings_are_read_run_by_run() {
    let run = |font: &str, text: &str| {
        format!(
            "<w:r><w:rPr><w:rFonts w:ascii=\"{font}\" w:hAnsi=\"{font}\"/></w:rPr><w:t>{text}</w:t></w:r>"
        )
    };
    let body = format!(
        "<w:p>{}{}{}{}</w:p>",
        run(".VnTimeH", "chØ thÞ "),
        run(".VnTime", "vÒ c«ng t¸c "),
        run("VNI-Times", "phoøng choáng "),
        run("Arial", "thiên tai ©")
    );
    check(&body, &[], "CHỈ THỊ về công tác phòng chống thiên tai ©\n");
}

#[test]
fn the_font_of_a_style_and_of_the_defaults_counts() {
    let styles = "<w:styles xmlns:w=\"w\"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\".VnTime\" w:hAnsi=\".VnTime\"/>\
</w:rPr></w:rPrDefault></w:docDefaults><w:style w:type=\"character\" w:styleId=\"Moi\"><w:rPr><w:rFonts w:ascii=\"Arial\" w:hAnsi=\"Arial\"/>\
</w:rPr></w:style><w:style w:type=\"character\" w:styleId=\"Dam\"><w:rPr><w:b/></w:rPr></w:style></w:styles>";
    check(
        "<w:p><w:r><w:t>kÕ </w:t></w:r><w:r><w:rPr><w:rStyle w:val=\"Dam\"/></w:rPr><w:t>ho¹ch </w:t></w:r>\
<w:r><w:rPr><w:rStyle w:val=\"Moi\"/></w:rPr><w:t>ạ ¹</w:t></w:r></w:p>",
        &[("word/styles.xml", styles)],
        "kế hoạch ạ ¹\n",
    );
}

#[test]
fn hidden_letters_are_not_read_and_capitals_are() {
    check(
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r><w:r><w:rPr><w:caps/></w:rPr><w:t>kế hoạch</w:t></w:r>\
<w:r><w:rPr><w:caps w:val=\"0\"/></w:rPr><w:t> a</w:t><w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/></w:r></w:p>",
        &[],
        "KẾ HOẠCH a☑\n",
    );
}

#[test]
fn the_main_part_is_found_through_its_relation() {
    let rels = "<Relationships><Relationship Id=\"1\" Type=\"http://x/officeDocument\" Target=\"/doc/main.xml\"/></Relationships>";
    let main = format!("<w:document xmlns:w=\"w\"><w:body>{}</w:body></w:document>", p("chính"));
    let bytes = archive(&[("_rels/.rels", rels.as_bytes()), ("doc/main.xml", main.as_bytes())]);
    assert_eq!(text(&bytes).expect("reads"), "chính\n");
}

#[test]
fn a_part_in_utf_16_is_read() {
    let main = format!("<w:document xmlns:w=\"w\"><w:body>{}</w:body></w:document>", p("đỏ"));
    let units: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(main.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(text(&archive(&[("word/document.xml", &units)])).expect("reads"), "đỏ\n");
}

#[track_caller]
fn check_broken(bytes: &[u8], place: &str) {
    match text(bytes) {
        Err(Problem::Broken { format, detail }) => {
            assert_eq!(format, "DOCX");
            assert!(detail.contains(place), "{detail}");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_breaks_off_is_broken_with_its_place() {
    check_broken(b"PK\x03\x04", "");
    check_broken(&archive(&[("word/styles.xml", b"<a/>")]), "word/document.xml is missing");
    check_broken(
        &archive(&[("word/document.xml", b"<w:document><w:body>")]),
        "document.xml: breaks off",
    );
    check_broken(&archive(&[("word/document.xml", b"<a></b>")]), "document.xml: byte");
    check_broken(&archive(&[("word/document.xml", b"<a>\xFF</a>")]), "word/document.xml: byte 3");
    let whole = document(&p(&"văn bản ".repeat(100)), &[]);
    check_broken(&whole[..whole.len() / 2], "");
}

#[test]
fn nesting_without_end_is_broken() {
    check_broken(&document(&"<w:p>".repeat(100_000), &[]), "nested more than");
}

#[test]
fn a_bomb_is_refused_before_it_is_unpacked_whole() {
    let zeros = vec![b' '; 80 * 1024 * 1024];
    let refused = Err(Problem::UnpacksTooLarge { limit_bytes: LIMIT_BYTES });
    assert_eq!(text(&archive(&[("word/document.xml", &zeros)])), refused);
    let beside = archive(&[("word/document.xml", b"<a/>"), ("word/media/image1.png", &zeros)]);
    assert_eq!(text(&beside), refused);
}

#[test]
fn a_bomb_that_lies_about_its_size_is_refused() {
    let zeros = vec![b' '; 80 * 1024 * 1024];
    let mut bytes = archive(&[("word/document.xml", &zeros)]);
    let size = u32::try_from(zeros.len()).expect("fits").to_le_bytes();
    // In the local header and in the directory.
    while let Some(at) = memchr::memmem::find(&bytes, &size) {
        bytes[at..at + 4].copy_from_slice(&100_u32.to_le_bytes());
    }
    assert!(
        matches!(text(&bytes), Err(Problem::UnpacksTooLarge { .. } | Problem::Broken { .. })),
        "neither too large nor broken"
    );
}

#[test]
fn too_many_entries_are_refused() {
    let names: Vec<String> = (0..=LIMIT_ENTRIES).map(|at| format!("word/{at}")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    assert_eq!(text(&archive(&parts)), Err(Problem::TooManyEntries { limit: LIMIT_ENTRIES }));
}

#[test]
fn entities_are_never_expanded() {
    let main = "<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\"><!ENTITY f SYSTEM \"file:///etc/hostname\">]>\
<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>x&b;&f;y</w:t></w:r></w:p></w:body></w:document>";
    assert_eq!(text(&archive(&[("word/document.xml", main.as_bytes())])).expect("reads"), "xy\n");
}

#[test]
fn a_label_cannot_be_made_to_fill_the_memory() {
    let pattern = "%1".repeat(100_000);
    let numbering = format!(
        "<w:numbering xmlns:w=\"w\"><w:abstractNum w:abstractNumId=\"1\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"999999999\"/>\
<w:numFmt w:val=\"upperRoman\"/><w:lvlText w:val=\"{pattern}\"/></w:lvl></w:abstractNum><w:num w:numId=\"3\"><w:abstractNumId w:val=\"1\"/></w:num></w:numbering>"
    );
    let read =
        text(&document(&item(3, 0, "a"), &[("word/numbering.xml", &numbering)])).expect("reads");
    assert!(read.len() < 1_000, "{} bytes", read.len());
}

#[test]
fn labels_of_empty_paragraphs_cannot_fill_the_memory_either() {
    let numbering = format!(
        "<w:numbering xmlns:w=\"w\"><w:abstractNum w:abstractNumId=\"1\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"780\"/>\
<w:lvlRestart w:val=\"0\"/><w:numFmt w:val=\"lowerLetter\"/><w:lvlText w:val=\"{}\"/></w:lvl></w:abstractNum>\
<w:num w:numId=\"3\"><w:abstractNumId w:val=\"1\"/></w:num></w:numbering>",
        "%1".repeat(32)
    );
    let styles = "<w:styles xmlns:w=\"w\"><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"N\"><w:pPr>\
<w:numPr><w:numId w:val=\"3\"/></w:numPr></w:pPr></w:style></w:styles>";
    let body = "<w:p/>".repeat(1_000_000);
    let parts = [("word/numbering.xml", numbering.as_str()), ("word/styles.xml", styles)];
    assert_eq!(
        text(&document(&body, &parts)),
        Err(Problem::UnpacksTooLarge { limit_bytes: LIMIT_BYTES })
    );
}
