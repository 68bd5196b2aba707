use super::*;

#[track_caller]
fn check(source: &str, expected: &[&str]) {
    let text = Text::new(source);
    let found = bodies_at(&text, 0, text.tokens.len());
    assert_eq!(found.map_or_else(Vec::new, |it| it.names(&text)), expected, "{source}");
}

#[track_caller]
fn check_heading(source: &str, expected: &[&str]) {
    let text = Text::new(source);
    let found = bodies_of_heading(&text, 0..text.tokens.len());
    assert_eq!(found.map_or_else(Vec::new, |it| it.names(&text)), expected, "{source}");
}

#[test]
fn complete_names_are_split() {
    check(
        "Sở Y tế, Sở Tài chính và Công an tỉnh khẩn trương",
        &["Sở Y tế", "Sở Tài chính", "Công an tỉnh"],
    );
    check(
        "Sở Khoa học và Công nghệ, Sở Văn hóa, Thể thao và Du lịch; các đơn vị liên quan rà soát",
        &["Sở Khoa học và Công nghệ", "Sở Văn hóa, Thể thao và Du lịch", "các đơn vị liên quan"],
    );
    check(
        "Các cấp, các ngành và các địa phương trong tỉnh quán triệt",
        &["Các cấp", "các ngành", "các địa phương trong tỉnh"],
    );
    check(
        "Giám đốc các Sở, Thủ trưởng các Ban, Ngành, đoàn thể tỉnh, Chủ tịch Ủy ban nhân dân các xã, phường tổ chức",
        &[
            "Giám đốc các Sở",
            "Thủ trưởng các Ban, Ngành, đoàn thể tỉnh",
            "Chủ tịch Ủy ban nhân dân các xã, phường",
        ],
    );
    check(
        "các Sở, ban, ngành tỉnh, UBND phường, xã và các doanh nghiệp viễn thông nghiêm túc",
        &["các Sở, ban, ngành tỉnh", "UBND phường, xã", "các doanh nghiệp viễn thông"],
    );
    check(
        "Mặt trận Tổ quốc, Đoàn Thanh niên, Hội Phụ nữ hỗ trợ",
        &["Mặt trận Tổ quốc", "Đoàn Thanh niên", "Hội Phụ nữ"],
    );
}

#[test]
fn names_that_share_a_word_stay_one() {
    check(
        "cấp ủy, chính quyền các cấp, lực lượng vũ trang đẩy mạnh",
        &["cấp ủy, chính quyền các cấp", "lực lượng vũ trang"],
    );
    check("Các Bộ: Quốc phòng, Tài chính kịp thời xuất cấp", &["Các Bộ: Quốc phòng, Tài chính"]);
    check("Các ngành Quân sự, Công an phối hợp", &["Các ngành Quân sự, Công an"]);
    check(
        "các bộ, ngành, địa phương liên quan khẩn trương",
        &["các bộ, ngành, địa phương liên quan"],
    );
    check(
        "các cơ quan, đơn vị cấp tỉnh và Ủy ban nhân dân xã, phường xây dựng",
        &["các cơ quan, đơn vị cấp tỉnh", "Ủy ban nhân dân xã, phường"],
    );
    check(
        "Chủ tịch Ủy ban nhân dân các tỉnh: Lam Giang, Lam Sơn, Giang Bắc:",
        &["Chủ tịch Ủy ban nhân dân các tỉnh: Lam Giang, Lam Sơn, Giang Bắc"],
    );
}

#[test]
fn a_name_ends_at_its_verb() {
    check(
        "Trung tâm Kiểm soát bệnh tật tỉnh chủ trì chủ động điều phối",
        &["Trung tâm Kiểm soát bệnh tật tỉnh"],
    );
    check(
        "Ban Quản lý các khu công nghệ cao và khu công nghiệp tổ chức",
        &["Ban Quản lý các khu công nghệ cao và khu công nghiệp"],
    );
    check("Đồng chí Bí thư Tỉnh ủy chỉ đạo", &["Bí thư Tỉnh ủy"]);
    check("Tỉnh Lam Giang cần nỗ lực", &["Tỉnh Lam Giang"]);
    check("Lam Giang cần nỗ lực", &["Lam Giang"]);
    check(
        "Bộ Nông nghiệp và Môi trường chỉ đạo cơ quan chức năng",
        &["Bộ Nông nghiệp và Môi trường"],
    );
    check("UBND xã Bình An chủ trì", &["UBND xã Bình An"]);
}

#[test]
fn words_that_only_look_like_bodies_are_none() {
    check("Bộ tiêu chí đánh giá", &[]);
    check("Ban hành kế hoạch", &[]);
    check("Hội nghị triển khai", &[]);
    check("Tổ chức tuyên truyền", &[]);
    check("Phòng, chống dịch bệnh", &[]);
    check("Cơ sở dữ liệu quốc gia", &[]);
}

#[test]
fn a_heading_is_taken_whole() {
    check_heading(
        "Các Sở, ngành chủ trì, quản lý, tham gia thực hiện các dự án thuộc Chương trình",
        &["Các Sở, ngành chủ trì, quản lý, tham gia thực hiện các dự án thuộc Chương trình"],
    );
    check_heading(
        "Thủ trưởng các sở, ban, ngành tỉnh; Chủ tịch UBND các xã, phường",
        &["Thủ trưởng các sở, ban, ngành tỉnh", "Chủ tịch UBND các xã, phường"],
    );
    check_heading(
        "Sở Khoa học và Công nghệ Sở Công Thương; UBND các phường, xã",
        &["Sở Khoa học và Công nghệ", "Sở Công Thương", "UBND các phường, xã"],
    );
    check_heading(
        "Doanh nghiệp, nhà cung cấp dịch vụ số, nhà đầu tư",
        &["Doanh nghiệp, nhà cung cấp dịch vụ số, nhà đầu tư"],
    );
    check_heading("Hoàn thiện thể chế", &[]);
}
