use super::mark;

#[track_caller]
fn check(text: &str, expected: Option<&str>) {
    assert_eq!(mark(text).as_deref(), expected, "{text}");
}

/// A plan with one line put into its corner.
fn plan(stamp: &str) -> String {
    format!(
        "ỦY BAN NHÂN DÂN\nTỈNH LAM GIANG\n{stamp}\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\
         Số: 12/KH-UBND\nLam Giang, ngày 5 tháng 3 năm 2026\nKẾ HOẠCH\nThu gom rác thải năm 2026\n\nCăn cứ Luật Bảo vệ môi trường;"
    )
}

#[test]
fn a_stamp_in_the_heading_block_is_a_mark() {
    check(&plan("MẬT"), Some("MẬT"));
    check(&plan("TỐI MẬT"), Some("TỐI MẬT"));
    check(&plan("TUYỆT  MẬT"), Some("TUYỆT MẬT"));
    check(&plan("M Ậ T"), Some("M Ậ T"));
    check(&plan("Mật"), Some("Mật"));
    check(&plan("**MẬT**"), Some("MẬT"));
    check(&plan("Độ mật: Tối mật"), Some("Tối mật"));
    check(&plan("MẬT - HỎA TỐC"), Some("MẬT"));
    check(&plan("[ MẬT ]"), Some("MẬT"));
    check(&plan("|\nTỐI MẬT\n|"), Some("TỐI MẬT"));
}

#[test]
fn a_decomposed_stamp_is_one_too() {
    check(&plan("MA\u{323}\u{302}T"), Some("MA\u{323}\u{302}T"));
    check(&plan("MÂ\u{323}T"), Some("MÂ\u{323}T"));
}

#[test]
fn a_stamp_under_the_number_or_above_the_issuer_is_a_mark() {
    let below = plan("").replace("Số: 12/KH-UBND", "Số: 12/KH-UBND\nMẬT");
    check(&below, Some("MẬT"));
    check(&format!("TUYỆT MẬT\n{}", plan("")), Some("TUYỆT MẬT"));
    check("MẬT\n\nKẾ HOẠCH\nThu gom rác thải", Some("MẬT"));
}

#[test]
fn two_columns_on_one_line_hide_no_stamp() {
    let text = "ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH LAM GIANG          Độc lập - Tự do - Hạnh phúc\n\
                MẬT\nSố: 12/KH-UBND          Lam Giang, ngày 5 tháng 3 năm 2026\nKẾ HOẠCH\nThu gom rác thải";
    check(text, Some("MẬT"));
}

#[test]
fn the_second_document_of_a_file_may_bear_the_mark() {
    let body = "Nội dung kế hoạch thu gom rác thải tại các xã, phường trong tỉnh. ".repeat(20);
    let two = format!(
        "{}\n{body}\nCHỦ TỊCH\nTên Người Ký\n\n{}",
        plan(""),
        plan("TỐI MẬT").replace("12/KH", "13/KH")
    );
    check(&two, Some("TỐI MẬT"));
}

#[test]
fn a_document_that_speaks_of_secrecy_passes() {
    check(&plan("").replace("Luật Bảo vệ môi trường", "Luật Bảo vệ bí mật nhà nước"), None);
    check(&format!("{}\nĐiều 3. Độ mật gồm: Tuyệt mật, Tối mật, Mật.", plan("")), None);
    check(&format!("{}\n1. Các độ mật:\na) Tuyệt mật;\nb) Tối mật;\nc) Mật.", plan("")), None);
    check(&format!("{}\n|\nTuyệt mật\n|\nTối mật\n|\nMật\n|", plan("")), None);
    check(&format!("{}\nMẫu dấu\nMẬT\nTỐI MẬT\nTUYỆT MẬT", plan("")), None);
}

#[test]
fn an_empty_line_for_the_level_is_no_mark() {
    check(&plan("Độ mật:"), None);
    check(&plan("Độ mật: ……"), None);
    check(&plan("Độ mật: Không"), None);
}

#[test]
fn other_words_that_look_alike_are_no_mark() {
    check(&plan("MẶT"), None);
    check(&plan("MẤT"), None);
    check("Mật\n|\nong\n|\nrừng\n|", None);
    check("BẢO MẬT THÔNG TIN\nTrong năm qua, các đơn vị đã làm tốt.", None);
    check("", None);
}
