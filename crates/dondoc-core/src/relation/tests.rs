use super::*;

/// `[NQ …]` marks a citation of that kind.
fn check(kind: &str, marked: &str, expected: &[(&str, Option<usize>)]) {
    let mut text = Vec::new();
    let mut citations = Vec::new();
    let mut start = 0;
    for c in marked.chars() {
        match c {
            '[' => start = text.len(),
            ']' => {
                let kind: String =
                    text[start..].iter().take_while(|c: &&char| **c != ' ').collect();
                citations.push(Citation {
                    span: Span { start, end: text.len() },
                    kind,
                    number: None,
                    date: None,
                    issuer: None,
                    name: None,
                });
            }
            other => text.push(other),
        }
    }
    let found = ties(&text, kind, &citations);
    let found: Vec<_> = found.iter().map(|it| (it.relation.code(), it.subject)).collect();
    assert_eq!(found, expected, "{marked}");
}

#[test]
fn grounds_are_what_it_is_based_on() {
    check("KH", "Căn cứ [LUAT Đất đai] ngày 1;", &[("based_on", None)]);
    check(
        "KH",
        "- Căn cứ [LUAT A]; [NĐ 1/2020/NĐ-CP] và [NQ 3] của Chính phủ",
        &[("based_on", None), ("based_on", None), ("based_on", None)],
    );
    check("KH", "Xã đã làm theo đúng tinh thần [CT 05]", &[("based_on", None)]);
}

#[test]
fn carrying_out_has_many_words() {
    for words in ["Thực hiện", "Triển khai thực hiện có hiệu quả", "Quán triệt, chấp hành nghiêm"]
    {
        check("KH", &format!("{words} [NQ 28] của Đảng"), &[("carries_out", None)]);
    }
}

#[test]
fn a_review_wins_over_carrying_out() {
    check("BC", "Sơ kết 5 năm thực hiện [CTr 26] trên địa bàn", &[("reviews", None)]);
    check("BC", "Báo cáo kết quả thực hiện [KH 79]", &[("reviews", None)]);
}

#[test]
fn a_nested_citation_belongs_to_the_one_before() {
    check(
        "CT",
        "Tỉnh đã ban hành [KL 249] về việc sơ kết 5 năm thực hiện [CTr 26] của tỉnh thực hiện [NQ 8].",
        &[("mentions", None), ("reviews", Some(0)), ("carries_out", Some(1))],
    );
}

#[test]
fn after_a_comma_it_is_the_document_again() {
    check(
        "BC",
        "Quán triệt [NQ 28], triển khai [CTr 26], xã đã ban hành [KH 7].",
        &[("carries_out", None), ("carries_out", None), ("mentions", None)],
    );
}

#[test]
fn details_amendments_and_repeals_are_told_apart() {
    check("NĐ", "Nghị định quy định chi tiết thi hành [LUAT A]", &[("concretises", None)]);
    check("CTr", "Chương trình cụ thể hóa [NQ 1]", &[("concretises", None)]);
    check("QĐ", "Sửa đổi, bổ sung một số điều của [QĐ 5]", &[("amends", None)]);
    check(
        "QĐ",
        "Quyết định này thay thế [QĐ 5] và [QĐ 6].",
        &[("replaces", None), ("replaces", None)],
    );
    check("QĐ", "[QĐ 9] hết hiệu lực kể từ ngày ký.", &[("replaces", None)]);
}

#[test]
fn a_conclusion_that_carries_on_concludes() {
    check("KL", "Kết luận về tiếp tục thực hiện [NQ 8]", &[("concludes", None)]);
    check("KH", "Kế hoạch tiếp tục thực hiện [NQ 8]", &[("carries_out", None)]);
}

#[test]
fn a_far_cue_speaks_of_something_else() {
    check(
        "BC",
        "Thực hiện nhiệm vụ năm 2025, Ủy ban nhân dân xã nhận được [CV 12]",
        &[("mentions", None)],
    );
}

#[test]
fn what_changed_the_ground_is_only_mentioned() {
    check(
        "QĐ",
        "Căn cứ [LUAT A]; đã được sửa đổi, bổ sung theo [LUAT B]",
        &[("based_on", None), ("mentions", None)],
    );
}

#[test]
fn what_changes_an_attachment_changes_the_decision_it_came_with() {
    check(
        "QĐ",
        "Sửa đổi, bổ sung một số điều của Quy định ban hành kèm theo [QĐ 5]",
        &[("amends", None)],
    );
    check("QĐ", "(Kèm theo [QĐ 5])", &[("mentions", None)]);
}

#[test]
fn the_second_of_a_list_is_carried_out_as_the_first_is() {
    check(
        "KH",
        "Thực hiện [KH 146] triển khai các nhiệm vụ dân sự trong xây dựng khu vực phòng thủ tỉnh năm 2026 \
         và [CT 7], Sở xây dựng Kế hoạch như sau:",
        &[("carries_out", None), ("carries_out", None)],
    );
}

#[test]
fn every_document_of_a_list_is_carried_out() {
    check(
        "KH",
        "Triển khai thực hiện [NQ 57] về khoa học, công nghệ; [NQ 03] về chương trình và [QĐ 12].",
        &[("carries_out", None), ("carries_out", None), ("carries_out", None)],
    );
    check(
        "QĐ",
        "Quyết định này thay thế [QĐ 5] về giá đất; [QĐ 6] về phí.",
        &[("replaces", None), ("replaces", None)],
    );
}

#[test]
fn what_goes_along_with_it_is_the_documents_own() {
    check(
        "CT",
        "Thực hiện [NQ 4] về xây dựng Đảng gắn với thực hiện [CT 05]; báo cáo sơ kết 3 năm thực hiện [CT 12]",
        &[("carries_out", None), ("carries_out", None), ("reviews", None)],
    );
}

#[test]
fn not_every_theo_is_a_ground() {
    for words in ["Tiếp theo", "Gửi kèm theo", "Giao Sở Nội vụ theo dõi"] {
        check("CV", &format!("{words} [CV 12]"), &[("mentions", None)]);
    }
}
