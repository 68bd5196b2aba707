//! The decisions of the reading contract on citations, sentence by sentence.

use crate::{header, segment, text::Text};

/// Checks kind and span of all citations of a text: `"KL [Kết luận số 249-KL/TU]"`.
#[track_caller]
fn check(source: &str, expected: &[&str]) {
    let found: Vec<String> =
        cited(source).iter().map(|(kind, words, _)| format!("{kind} [{words}]")).collect();
    assert_eq!(found, expected, "{source}");
}

/// Checks number, day, issuer and name of the only citation of a text, `-` for none.
#[track_caller]
fn check_fields(source: &str, expected: [&str; 4]) {
    let found: Vec<[String; 4]> = cited(source).into_iter().map(|(_, _, fields)| fields).collect();
    assert_eq!(found, [expected.map(str::to_owned)], "{source}");
}

fn cited(source: &str) -> Vec<(String, String, [String; 4])> {
    let text = Text::new(source);
    let segment = segment::Segment {
        tokens: 0..text.tokens.len(),
        form: segment::Form::Official,
        title: None,
        boilerplate: Vec::new(),
    };
    let header = header::header(&text, &segment);
    let found = super::citations(&text, &segment, &header);
    let or_none = |field: Option<String>| field.unwrap_or_else(|| "-".to_owned());
    found
        .into_iter()
        .map(|(tokens, it)| {
            let date = it.date.map(|it| it.to_string());
            let fields = [it.number, date, it.issuer, it.name].map(or_none);
            (it.kind, text.field(tokens), fields)
        })
        .collect()
}

#[test]
fn a_mention_runs_over_number_day_and_issuer_but_not_over_the_subject() {
    check(
        "Thực hiện Kế hoạch số 79/KH-UBND ngày 05/11/2024 của Ủy ban nhân dân tỉnh Lam Giang về ứng phó thiên tai",
        &["KH [Kế hoạch số 79/KH-UBND ngày 05/11/2024 của Ủy ban nhân dân tỉnh Lam Giang]"],
    );
    check_fields(
        "theo Nghị quyết số 12-NQ/TU, ngày 3 tháng 4 năm 2024 của Ban Thường vụ Tỉnh ủy (khóa XV)",
        ["12-NQ/TU", "2024-04-03", "Ban Thường vụ Tỉnh ủy (khóa XV)", "-"],
    );
    check_fields(
        "tại Công văn số 22/BVHTTDL-VP của Bộ Văn hóa, Thể thao và Du lịch quy định",
        ["22/BVHTTDL-VP", "-", "Bộ Văn hóa, Thể thao và Du lịch", "-"],
    );
}

#[test]
fn numbers_are_kept_as_written() {
    check_fields("theo Chương trình hành động số 26-Ctr/TU nhé", ["26-Ctr/TU", "-", "-", "-"]);
    check_fields("theo Nghị quyết số 71/NQ -CP nhé", ["71/NQ -CP", "-", "-", "-"]);
    check_fields("theo Văn bản số 9151- CV/BTCTW nhé", ["9151- CV/BTCTW", "-", "-", "-"]);
    check_fields("theo Nghị quyết số 66.4/2025/NQ-CP.", ["66.4/2025/NQ-CP", "-", "-", "-"]);
    check_fields("tại Công văn số 9086/BNV-CTTN&BĐG.", ["9086/BNV-CTTN&BĐG", "-", "-", "-"]);
    check_fields("theo Quyết định số 766/QĐ-\nTTg ngày", ["766/QĐ- TTg", "-", "-", "-"]);
    check_fields("Chỉ thị 05 của Bộ Chính trị", ["05", "-", "Bộ Chính trị", "-"]);
    check_fields("tại Tờ trình số 8397/TTr - SKHĐT.", ["8397/TTr - SKHĐT", "-", "-", "-"]);
}

#[test]
fn small_letters_count_with_a_number_only() {
    check("theo chỉ thị số 12-CT/TU.", &["CT [chỉ thị số 12-CT/TU]"]);
    check("thực hiện kế hoạch, quy chế dân chủ cơ sở, chiến lược bảo vệ rừng", &[]);
    check("Thực hiện Quy chế dân chủ ở cơ sở", &["QC [Quy chế dân chủ ở cơ sở]"]);
}

#[test]
fn what_is_counted_is_no_number() {
    check("Kế hoạch 5 năm của tỉnh; quyết định 3 nội dung; 2 xã; Dự án 1; Nghị quyết này", &[]);
    check("Kèm theo Kế hoạch số: /KH-UBND ngày 3/4/2025", &[]);
    check("và Quyết định số .../2025/QĐ-TTg ngày ... tháng ... năm 2025", &[]);
    check("Mẫu số 01/ĐK-TT; Đơn theo mẫu 02-BC", &[]);
}

#[test]
fn the_number_of_the_heading_is_no_citation() {
    check("ỦY BAN NHÂN DÂN\nTỈNH LAM GIANG\n\nSố: 79/KH-UBND\n\nLam Giang, ngày 3 tháng 4", &[]);
    check("QUYẾT ĐỊNH\nSố: 12/QĐ-UBND", &[]);
    check(
        "KẾ HOẠCH\nTHỰC HIỆN CHỈ THỊ SỐ 27/CT-TTG NGÀY 3/4/2024",
        &["CT [CHỈ THỊ SỐ 27/CT-TTG NGÀY 3/4/2024]"],
    );
}

#[test]
fn a_list_has_a_citation_a_number() {
    check(
        "tiếp theo các Công điện số 217/CĐ-TTg, 218/CĐ-TTg và 222/CĐ-TTg ngày 19/11/2025, yêu cầu",
        &["CĐ [Công điện số 217/CĐ-TTg]", "CĐ [218/CĐ-TTg]", "CĐ [222/CĐ-TTg ngày 19/11/2025]"],
    );
    check(
        "tại các Quyết định: số 36/QĐ-UBND ngày 11/01/2024 về giá đất; số 1569/QĐ-UBND ngày 12/12/2024",
        &["QĐ [Quyết định: số 36/QĐ-UBND ngày 11/01/2024]", "QĐ [1569/QĐ-UBND ngày 12/12/2024]"],
    );
    check(
        "các Nghị quyết số 57, 59 và 68 của Bộ Chính trị",
        &["NQ [Nghị quyết số 57]", "NQ [59]", "NQ [68 của Bộ Chính trị]"],
    );
    check(
        "các văn bản số: 10894/VPCP-CN, 8563/VPCP-CN của Văn phòng Chính phủ",
        &["CV [văn bản số: 10894/VPCP-CN]", "CV [8563/VPCP-CN của Văn phòng Chính phủ]"],
    );
}

#[test]
fn an_issuer_after_the_last_belongs_to_all() {
    let found =
        cited("theo Nghị định số 03/2019/NĐ-CP và Nghị định số 133/2015/NĐ-CP của Chính phủ");
    let issuers: Vec<&str> = found.iter().map(|(_, _, fields)| fields[2].as_str()).collect();
    assert_eq!(issuers, ["Chính phủ", "Chính phủ"]);
}

#[test]
fn the_sentence_before_gives_day_and_issuer() {
    check_fields(
        "Ngày 17/9/2024, Ban Chấp hành Đảng bộ tỉnh Lam Giang đã ban hành Kết luận số 249-KL/TU về",
        ["249-KL/TU", "2024-09-17", "Ban Chấp hành Đảng bộ tỉnh Lam Giang", "-"],
    );
    check_fields(
        "Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 31/TTr-SNV ngày 3/4/2025.",
        ["31/TTr-SNV", "2025-04-03", "Giám đốc Sở Nội vụ", "-"],
    );
}

#[test]
fn the_kind_follows_the_type_word() {
    check("tại Công văn số 3129/TTr-SNV", &["CV [Công văn số 3129/TTr-SNV]"]);
    check("theo Quy định số 294-QĐ/TW", &["QyĐ [Quy định số 294-QĐ/TW]"]);
    check("tại Văn bản số 12/QĐ-UBND", &["QĐ [Văn bản số 12/QĐ-UBND]"]);
    check("NQ 57-NQ/TW và QĐ số 12/QĐ-UBND", &["NQ [NQ 57-NQ/TW]", "QĐ [QĐ số 12/QĐ-UBND]"]);
}

#[test]
fn sessions_and_congresses_are_names() {
    check_fields(
        "thực hiện Nghị quyết Trung ương 4 (khóa XI, XII) của Đảng; tích cực",
        ["-", "-", "Đảng", "Nghị quyết Trung ương 4 (khóa XI, XII)"],
    );
    check("nhiệm vụ Nghị quyết Đại hội XII của Đảng", &["NQ [Nghị quyết Đại hội XII của Đảng]"]);
    check("theo Nghị quyết TW8 (khóa IX) về", &["NQ [Nghị quyết TW8 (khóa IX)]"]);
    check("theo Nghị quyết Đại hội XII của Đảng", &["NQ [Nghị quyết Đại hội XII của Đảng]"]);
    check_fields(
        "nhất là Nghị quyết Đại hội đại biểu Đảng bộ tỉnh Lam Giang lần thứ XIV, nhiệm kỳ 2020-2025.",
        [
            "-",
            "-",
            "Đại hội đại biểu Đảng bộ tỉnh Lam Giang lần thứ XIV",
            "Nghị quyết Đại hội đại biểu Đảng bộ tỉnh Lam Giang lần thứ XIV, nhiệm kỳ 2020-2025",
        ],
    );
}

#[test]
fn collectives_are_none() {
    check("thắng lợi Nghị quyết Đại hội Đảng các cấp, các nghị quyết của Bộ Chính trị", &[]);
    check("các Chương trình mục tiêu quốc gia; Chỉ thị, Công điện của Thủ tướng Chính phủ", &[]);
    check("của Chương trình mục tiêu quốc gia giai đoạn 2026 - 2030", &[]);
}

#[test]
fn laws_are_named_by_their_subject() {
    check("theo Luật Phòng, chống ma túy và các văn bản", &["LUAT [Luật Phòng, chống ma túy]"]);
    check(
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
        &["LUAT [Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025]"],
    );
    check(
        "theo Luật Đất đai năm 2024, Bộ luật Hình sự và luật sư",
        &["LUAT [Luật Đất đai]", "LUAT [Bộ luật Hình sự]"],
    );
    check_fields("Căn cứ Luật Đất đai số 31/2024/QH15;", ["31/2024/QH15", "-", "-", "-"]);
    check("Hội Luật gia tỉnh, Luật này, Trường Đại học Luật Hà Nội", &[]);
    check("theo Hiến pháp năm 2013 và pháp luật", &["HP [Hiến pháp năm 2013]"]);
}

#[test]
fn an_amended_law_is_a_second_citation() {
    check(
        "Luật số 97/2025/QH15 sửa đổi, bổ sung một số điều của Luật Công đoàn, Luật Thanh niên",
        &["LUAT [Luật số 97/2025/QH15]", "LUAT [Luật Công đoàn]", "LUAT [Luật Thanh niên]"],
    );
    check(
        "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Giá số 87/2025/QH15;",
        &["LUAT [Luật sửa đổi, bổ sung một số điều của Luật Giá số 87/2025/QH15]"],
    );
}

#[test]
fn titles_need_a_capital_or_quotes() {
    check(
        "thực hiện Chiến lược an ninh mạng quốc gia, Đề án “Xã sạch” của tỉnh",
        &["CL [Chiến lược an ninh mạng quốc gia]", "ĐA [Đề án “Xã sạch” của tỉnh]"],
    );
    check(
        "các Đề án “A”, Đề án “B”; “C”, trong đó",
        &["ĐA [Đề án “A”]", "ĐA [Đề án “B”]", "ĐA [“C”]"],
    );
    check(
        "thuộc Chương trình mục tiêu quốc gia giảm nghèo bền vững giai đoạn 2021 - 2025;",
        &["CTr [Chương trình mục tiêu quốc gia giảm nghèo bền vững giai đoạn 2021 - 2025]"],
    );
    check(
        "trong Kế hoạch đầu tư công trung hạn 2026-2030: giao",
        &["KH [Kế hoạch đầu tư công trung hạn 2026-2030]"],
    );
    check("Kế hoạch thực hiện nhiệm vụ của tỉnh, Quy chế phối hợp và Báo cáo tóm tắt", &[]);
}

#[test]
fn what_a_document_issues_or_is_about_is_none() {
    check(
        "Quyết định số 12/QĐ-TTg ngày 3/4/2024 của Thủ tướng Chính phủ phê duyệt Chiến lược hạ tầng số",
        &["QĐ [Quyết định số 12/QĐ-TTg ngày 3/4/2024 của Thủ tướng Chính phủ]"],
    );
    check(
        "Nghị quyết Trung ương 8 khóa XI về Chiến lược bảo vệ Tổ quốc",
        &["NQ [Nghị quyết Trung ương 8 khóa XI]"],
    );
    check(
        "ban hành Nghị quyết về Chiến lược ANQG, trong đó",
        &["NQ [Nghị quyết về Chiến lược ANQG]"],
    );
    check(
        "Kế hoạch số 77/KH-UBND về thực hiện Chương trình mục tiêu quốc gia giảm nghèo bền vững",
        &[
            "KH [Kế hoạch số 77/KH-UBND]",
            "CTr [Chương trình mục tiêu quốc gia giảm nghèo bền vững]",
        ],
    );
}

#[test]
fn drafts_and_names_of_bodies_hold_none() {
    check(
        "hoàn thiện dự thảo Luật Đất đai; xây dựng Luật Dữ liệu; ban hành Nghị quyết mới về đất",
        &[],
    );
    check("Ban Chỉ đạo các Chương trình mục tiêu quốc gia giảm nghèo bền vững; Sở Quy hoạch", &[]);
    check("Tổ công tác triển khai Đề án 06 và Vụ Kế hoạch tổng hợp", &[]);
}

#[test]
fn a_paragraph_break_ends_a_mention() {
    check("theo Quyết định số\n\n12/QĐ-UBND", &["QĐ [12/QĐ-UBND]"]);
    check("theo Luật\n\nĐất đai", &[]);
}

#[test]
fn an_endless_name_is_not_given_to_a_whole_list() {
    let list = "Nghị định số 1/NĐ-CP, ".repeat(3);
    let found = cited(&format!("{list}Nghị định số 2/NĐ-CP của Bộ {}", "Y".repeat(5_000)));
    assert!(found.iter().all(|(_, _, fields)| fields[2].len() < 600));
    assert_eq!(found.len(), 4);
}

#[test]
fn a_quote_after_a_title_at_the_very_start_hangs_on_nothing() {
    check("Luật XI “", &["LUAT [Luật XI]"]);
    check("“Luật XI“ và “Đề án", &["LUAT [Luật XI]"]);
}

proptest::proptest! {
    #[test]
    fn any_text_is_taken(words in proptest::collection::vec(
        proptest::sample::select(vec![
            "Nghị quyết", "Luật", "số", "12", "/", "-", "NQ", "TW", "“", "”", "(", ")", "ngày",
            "3/4/2024", "của", "Đại hội", "khóa", "XI", ",", "và", "\n\n", "sửa đổi", "Đề án", "về",
            "Chiến lược", "giai đoạn", "2021", ":", ".", "nhiệm kỳ", "Trung ương", "QH15", "các",
        ]), 0..40)) {
        for joint in ["", " "] {
            let source = words.join(joint);
            let spans: Vec<_> = cited(&source);
            proptest::prop_assert!(spans.iter().all(|(_, words, _)| !words.is_empty()));
        }
    }
}
