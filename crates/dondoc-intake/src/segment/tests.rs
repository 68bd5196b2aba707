use super::{Form, segments};
use crate::text::Text;

/// The documents of a text: form and words from the first to the last, and the lines of furniture.
#[track_caller]
fn check(source: &str, documents: &[(Form, &str, &str)], furniture: &[&str]) {
    let text = Text::new(source);
    let found = segments(&text);
    let ends: Vec<(Form, bool, bool)> = found
        .iter()
        .zip(documents)
        .map(|(it, (_, first, last))| {
            let words = text.slice(it.tokens.clone());
            (it.form, words.starts_with(first), words.ends_with(last))
        })
        .collect();
    let expected: Vec<_> = documents.iter().map(|(form, ..)| (*form, true, true)).collect();
    let slices: Vec<&str> = found.iter().map(|it| text.slice(it.tokens.clone())).collect();
    assert_eq!(found.len(), documents.len(), "{slices:#?}");
    assert_eq!(ends, expected, "{slices:#?}");
    let lines: Vec<&str> =
        found.iter().flat_map(|it| &it.boilerplate).map(|it| &source[it.clone()]).collect();
    assert_eq!(lines, furniture);
}

const LETTER: &str = "UBND TỈNH LAM GIANG\nSỞ Y TẾ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 15/SYT-NVY\n\
                      V/v rà soát trạm y tế\nLam Giang, ngày 5 tháng 3 năm 2026\nKính gửi: Ủy ban nhân dân xã Bình An.\nSở Y tế đề nghị rà soát trạm y tế./.\n\
                      Nơi nhận:\n- Như trên;\n- Lưu: VT.\nGIÁM ĐỐC\nTên Người Ký";

fn paragraph(words: &str) -> String {
    format!(
        "{words} được các xã, phường trong tỉnh thực hiện đầy đủ, kịp thời và có nhiều cách làm mới trong năm qua."
    )
}

#[test]
fn an_official_document_runs_from_its_issuer_to_its_signer() {
    check(LETTER, &[(Form::Official, "UBND TỈNH", "Tên Người Ký")], &[]);
}

#[test]
fn bars_and_rules_are_furniture_and_no_edge_of_a_document() {
    let source = "|\n**ỦY BAN NHÂN\nDÂN **\nTỈNH LAM GIANG\n-------\n|\n**CỘNG HÒA XÃ\nHỘI CHỦ NGHĨA VIỆT NAM**\n|\nSố: 3/KH-UBND\n|\n*Lam Giang, ngày 5\ntháng 3 năm 2026*\n|\n\n** **\n\n**KẾ HOẠCH**\n\nTHU GOM RÁC\n\nNội dung kế hoạch.\n____\n|";
    check(
        source,
        &[(Form::Official, "ỦY BAN", "kế hoạch.")],
        &["|", "-------", "|", "|", "|", "|", "** **", "|"],
    );
}

#[test]
fn an_annex_belongs_to_its_document_and_notes_after_the_signature_too() {
    let source = format!(
        "{LETTER}\n\nPhụ lục\nMẪU BÁO CÁO\nĐƠN VỊ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: ……/BC-…\nBÁO CÁO\nKết quả rà soát\n\n[1] Theo số liệu năm 2025."
    );
    check(&source, &[(Form::Official, "UBND TỈNH", "năm 2025.")], &[]);
}

#[test]
fn a_second_full_heading_block_begins_a_second_document() {
    let second = LETTER.replace("15/SYT", "16/SYT");
    let body = paragraph("Việc rà soát trạm y tế").repeat(3);
    let source = format!(
        "{}\n\n{second}",
        LETTER.replace("Sở Y tế đề nghị", &format!("{body}\nSở Y tế đề nghị"))
    );
    check(
        &source,
        &[
            (Form::Official, "UBND TỈNH", "Tên Người Ký"),
            (Form::Official, "UBND TỈNH", "Tên Người Ký"),
        ],
        &[],
    );
}

#[test]
fn what_a_site_prints_around_an_official_document_is_furniture() {
    let source = format!(
        "Trang chủ » Văn bản\nTìm kiếm\n\n{LETTER}\n\nLượt truy cập: 12345\nBản quyền thuộc Sở Y tế"
    );
    check(
        &source,
        &[(Form::Official, "UBND TỈNH", "Tên Người Ký")],
        &["Trang chủ » Văn bản", "Tìm kiếm", "Lượt truy cập: 12345", "Bản quyền thuộc Sở Y tế"],
    );
}

#[test]
fn an_article_runs_from_its_title_to_its_last_paragraph() {
    let source = format!(
        "Thời sự\n\nXã Bình An ra quân thu gom rác thải đầu năm\n\nCập nhật ngày: 12/03/2026 | 08:15 GMT+7\n\n{}\n\n{}\n\nTin, ảnh: Người Viết\n1,024\nViết bình luận mới\nTin liên quan\nXã Đông Khê trồng cây",
        paragraph("Việc thu gom rác thải"),
        paragraph("Việc trồng cây")
    );
    check(
        &source,
        &[(Form::Article, "Xã Bình An", "năm qua.")],
        &[
            "Thời sự",
            "Tin, ảnh: Người Viết",
            "1,024",
            "Viết bình luận mới",
            "Tin liên quan",
            "Xã Đông Khê trồng cây",
        ],
    );
}

#[test]
fn a_lead_paragraph_is_no_title_and_a_photo_credit_is_furniture() {
    let source = format!(
        "{}\n\nQuang cảnh buổi ra quân. (Ảnh: Người Chụp)\n\n{}",
        paragraph("Việc thu gom rác"),
        paragraph("Việc trồng cây")
    );
    check(&source, &[(Form::Article, "Việc thu gom", "năm qua.")], &["(Ảnh: Người Chụp)"]);
}

#[test]
fn titles_in_title_case_part_the_articles_of_a_page() {
    let source = format!(
        "Bạn đang xem bài viết Thu Gom Rác Thải Ở Các Xã được cập nhật mới nhất trên website.\n\n{}\n\n{}\n\nTÊN TÁC GIẢ, Trưởng phòng\n\nPhong Trào Trồng Cây Ở Tỉnh Lam Giang\n\n{}\n\nCập nhật thông tin chi tiết về bài viết trên website.",
        paragraph("Việc thu gom"),
        paragraph("Việc phân loại"),
        paragraph("Việc trồng cây")
    );
    check(
        &source,
        &[
            (Form::Article, "Việc thu gom", "Trưởng phòng"),
            (Form::Article, "Phong Trào Trồng", "năm qua."),
        ],
        &[
            "Bạn đang xem bài viết Thu Gom Rác Thải Ở Các Xã được cập nhật mới nhất trên website.",
            "Cập nhật thông tin chi tiết về bài viết trên website.",
        ],
    );
}

#[test]
fn a_directive_without_heading_block_is_official() {
    let source = format!(
        "Chỉ đạo, điều hành\n\n{}\n\nChủ tịch Ủy ban nhân dân tỉnh yêu cầu Giám đốc các sở thực hiện một số nội dung sau:\n\n1. Tổ chức thu gom.\n\n2. Trồng cây.\n\n3. Giao Sở Y tế theo dõi./.\n\nOlder news items:",
        paragraph("Việc thu gom rác")
    );
    check(
        &source,
        &[(Form::Official, "Việc thu gom", "theo dõi./.")],
        &["Chỉ đạo, điều hành", "Older news items:"],
    );
}

#[test]
fn no_text_holds_no_document() {
    assert!(segments(&Text::new(" \n\n")).is_empty());
    let furniture_alone = Text::new("|\n---\n|");
    assert_eq!(segments(&furniture_alone).len(), 1);
}
