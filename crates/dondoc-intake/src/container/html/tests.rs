use super::*;

#[track_caller]
fn check(page: &str, expected: &str) {
    assert_eq!(text(page.as_bytes()).expect("reads").0, expected, "{page}");
}

#[test]
fn blocks_are_paragraphs_and_white_space_is_one_space() {
    check(
        "<html><body><h1>Chỉ  thị</h1>\n<p>Một\n hai<br>ba</p><div>bốn <b>năm</b></div></body></html>",
        "Chỉ thị\n\nMột hai\nba\n\nbốn năm\n",
    );
}

#[test]
fn lists_show_their_labels() {
    check("<ol start=3><li>a<li><p>b</p></ol><ul><li>c</ul>", "3. a\n\n4. b\n\n- c\n");
    check("<ol class=\"breadcrumb\"><li>Trang chủ<li>Văn bản</ol>", "Trang chủ\n\nVăn bản\n");
    check("<nav><ol><li>Trang chủ</ol></nav><ol><li>a</ol>", "Trang chủ\n\n1. a\n");
}

#[test]
fn rows_of_tables_are_lines() {
    check(
        "<p>đầu</p><table><tr><th>TT</th><th>Việc</th></tr><tr><td>1</td><td>Rà <i>soát</i></td></tr></table>cuối",
        "đầu\n\nTT | Việc\n1 | Rà soát\n\ncuối\n",
    );
    check(
        "<table><tr><td>UBND TỈNH<br>LAM GIANG<td>CỘNG HÒA</table>",
        "|\nUBND TỈNH\nLAM GIANG\n|\nCỘNG HÒA\n|\n",
    );
}

#[test]
fn scripts_and_styles_and_the_head_are_no_text() {
    check(
        "<head><title>x</title><style>p{}</style><script>var a='<p>';</script>y</head><body>văn bản\
<noscript>bật</noscript><svg><text>hình</text></svg><!-- ẩn --></body>",
        "văn bản\n",
    );
}

#[test]
fn the_title_of_the_page_is_kept_only_if_the_body_has_none() {
    check("<title>Kế hoạch\n kiểm tra</title><p>một</p>", "Kế hoạch kiểm tra\n\nmột\n");
    check("<title>Kế hoạch</title><h1>KẾ HOẠCH 5</h1>", "KẾ HOẠCH 5\n");
    check("<title>Kế hoạch</title><p>Kế hoạch</p>", "Kế hoạch\n");
}

#[test]
fn references_and_no_break_spaces_are_characters() {
    check("<p>&#7841;&nbsp;b &lt;c&gt; &amp;nbsp;</p>", "ạ\u{a0}b <c> &nbsp;\n");
}

#[test]
fn fonts_that_are_encodings_are_read_run_by_run() {
    check(
        "<p><font face=\".VnTimeH\">quyÕt ®Þnh</font> số 5 <span style='font-family:\"VNI-Times\"'>keá hoaïch</span></p>",
        "QUYẾT ĐỊNH số 5 kế hoạch\n",
    );
    check(
        "<style>p.MsoNormal {font-family:\".VnTime\";}</style><p class=MsoNormal>Uû ban <b>nh&#169;n d&copy;n</b></p><p>©</p>",
        "Uỷ ban nhân dân\n\n©\n",
    );
}

#[test]
fn a_page_in_bytes_of_an_old_encoding_is_read() {
    let page = b"<html><body><p>U\xfb ban nh\xa9n d\xa9n t\xd8nh \xae\xb7 ban h\xb5nh k\xd5 ho\xb9ch</p></body></html>";
    let (read, charset) = text(page).expect("reads");
    assert_eq!(
        (read.as_str(), charset),
        ("Uỷ ban nhân dân tỉnh đã ban hành kế hoạch\n", Charset::Tcvn3)
    );
}

#[test]
fn a_page_that_names_a_code_page_is_read_by_it() {
    let page = b"<meta charset=\"windows-1252\"><p>gar\xe7on na\xefve \xdcber</p>";
    assert_eq!(text(page).expect("reads").0, "garçon naïve Über\n");
}

#[test]
fn broken_markup_costs_no_text_around_it() {
    check("a<p b=\"1>c</p>\"d>e", "a\n\ne\n");
    check("</td></table></ul>x<table><td>y", "x\n\ny\n");
    check("a < b <3 </>c", "a < b <3 c\n");
}

#[test]
fn nesting_without_end_is_read_in_one_pass() {
    for tag in ["div", "table", "ul", "ol", "font face='.VnTime'", "b", "p", "td", "nav", "pre"] {
        let page = format!("<{tag}>").repeat(200_000) + "đáy";
        let read = text(page.as_bytes()).expect("reads").0;
        assert!(read.ends_with("y\n") && read.len() < 100, "{tag}: {} bytes", read.len());
    }
}
