use super::{check, check_recipients};

#[test]
fn items_of_a_list_that_an_order_opens_are_tasks() {
    let directive = "Chủ tịch UBND tỉnh yêu cầu Giám đốc các sở, Chủ tịch UBND các xã, phường thực hiện một số nội dung sau:\n\
        1. Rà soát hộ nghèo trên địa bàn.\n\
        2. Giao Sở Y tế chủ trì, phối hợp với Sở Tài chính kiểm tra.";
    check(directive, &["1 |  | 1. Rà soát hộ", "2 | Sở Y tế + Sở Tài chính | 2. Giao Sở Y"]);
    check_recipients(directive, &["Giám đốc các sở", "Chủ tịch UBND các xã, phường"]);
}

#[test]
fn purpose_requirements_funding_and_results_are_none() {
    check(
        "I. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\n- Sở Y tế chủ động phòng dịch.\n2. Yêu cầu\n- Các địa phương phải kịp thời.\n\
         II. KINH PHÍ THỰC HIỆN\nSở Tài chính bố trí kinh phí.\n\
         III. KẾT QUẢ THỰC HIỆN\n1. Sở Y tế tổ chức 12 lớp tập huấn.",
        &[],
    );
}

#[test]
fn numbered_items_of_sections_on_tasks_need_no_addressee() {
    check(
        "I. MỤC TIÊU\n1. Giảm nghèo.\nII. NHIỆM VỤ, GIẢI PHÁP\n1. Tuyên truyền\na) Mở chuyên mục.\nb) In tờ rơi.\n2. Kiểm tra",
        &["II.1 |  | 1. Tuyên truyền a)", "II.2 |  | 2. Kiểm tra"],
    );
}

#[test]
fn a_heading_that_is_a_body_leads_and_its_children_inherit() {
    check(
        "V. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\n- Giám sát dịch bệnh.\n- Phối hợp với Công an tỉnh kiểm tra.\n\
         2. Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh\n- Vận động Nhân dân.\n- Giám sát.\n3. Kinh phí thực hiện\n- Từ ngân sách.",
        &[
            "V.1 | Sở Y tế | 1. Sở Y tế",
            "-<V.1 | Sở Y tế + Công an tỉnh | - Phối hợp với",
            "V.2 | Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh | 2. Đề nghị Ủy",
        ],
    );
}

#[test]
fn a_sub_item_with_its_own_lead_or_deadline_is_a_child() {
    check(
        "III. GIẢI PHÁP\n1. Huy động nguồn lực\na) Bố trí vốn.\nb) Doanh nghiệp viễn thông bảo đảm kinh phí.\n\
         c) Hoàn thành danh mục trước ngày 15/12/2025.",
        &[
            "III.1 |  | 1. Huy động nguồn",
            "III.1.b<III.1 | Doanh nghiệp viễn thông | b) Doanh nghiệp viễn",
            "III.1.c<III.1 |  | 2025-12-15 | c) Hoàn thành danh",
        ],
    );
}

#[test]
fn separate_orders_under_a_topic_are_children_and_one_is_the_item() {
    check(
        "III. VỀ MỘT SỐ KIẾN NGHỊ CỦA TỈNH\n1. Về kiến nghị đầu tư cầu Bình An:\nGiao Bộ Tài chính thẩm định.\n\
         Bộ Xây dựng khẩn trương báo cáo.\n2. Về kiến nghị tăng vốn:\nGiao Bộ Tài chính xem xét.",
        &[
            "III.1 |  | 1. Về kiến nghị",
            "-<III.1 | Bộ Tài chính | Giao Bộ Tài chính",
            "-<III.1 | Bộ Xây dựng | Bộ Xây dựng khẩn",
            "III.2 | Bộ Tài chính | 2. Về kiến nghị",
        ],
    );
}

#[test]
fn articles_that_charge_someone_are_tasks_and_the_execution_clause_is_none() {
    let decision = "Điều 1. Ban hành kèm theo Quyết định này Quy định về tiếp công dân.\n\
        Điều 2. Giám đốc Sở Nội vụ có trách nhiệm hướng dẫn thực hiện Quyết định này.\n\
        Điều 3. Quyết định này có hiệu lực kể từ ngày ký.\n\
        Điều 4. Chánh Văn phòng UBND tỉnh, Thủ trưởng các sở, ban, ngành chịu trách nhiệm thi hành Quyết định này./.";
    check(decision, &["Điều 2 | Giám đốc Sở Nội vụ | Điều 2. Giám đốc"]);
    check_recipients(decision, &["Chánh Văn phòng UBND tỉnh", "Thủ trưởng các sở, ban, ngành"]);
}

#[test]
fn no_span_begins_with_marks_of_markdown() {
    check(
        "## II. NHIỆM VỤ\n\n### 1. Rà soát văn bản\n\n### 2. Tuyên truyền",
        &["II.1 |  | 1. Rà soát văn", "II.2 |  | 2. Tuyên truyền"],
    );
}

#[test]
fn a_closing_request_belongs_to_no_item() {
    check(
        "V. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế: Chủ trì thực hiện.\n\
         Trên đây là Kế hoạch của tỉnh. Trong quá trình thực hiện, nếu có vướng mắc, đề nghị các cơ quan, đơn vị báo cáo UBND tỉnh./.",
        &["V.1 | Sở Y tế | 1. Sở Y tế:", "- | các cơ quan, đơn vị | Trong quá trình thực"],
    );
    check("Kết quả như trên.\nĐề nghị các bộ, ngành quan tâm thực hiện./.", &[]);
}

#[test]
fn elsewhere_a_body_that_must_act_is_told_to() {
    check(
        "I. ĐÁNH GIÁ CHUNG\nTỉnh Lam Giang đã đạt nhiều kết quả.\nTỉnh Lam Giang cần khắc phục hạn chế.\n\
         II. CÁC BƯỚC THỰC HIỆN\n1. Ở cấp tỉnh\n- Thu thập thông tin.\n- Sở Y tế tổng hợp báo cáo.",
        &["- | Tỉnh Lam Giang | Tỉnh Lam Giang cần", "- | Sở Y tế | Sở Y tế tổng"],
    );
}

#[test]
fn lines_that_name_lead_and_time_are_read() {
    check(
        "III. NHIỆM VỤ\n1. Tập huấn cán bộ\n- Mở lớp tập huấn.\nĐơn vị chủ trì: Sở Tư pháp.\nĐơn vị phối hợp: Sở Nội vụ; UBND các xã, phường.\n\
         Thời gian thực hiện: Quý II/2026.",
        &["III.1 | Sở Tư pháp + Sở Nội vụ; UBND các xã, phường | 2026-06 | 1. Tập huấn cán"],
    );
}

#[test]
fn bodies_that_only_hear_or_help_are_neither() {
    check(
        "II. NHIỆM VỤ\n1. Sở Y tế tham mưu UBND tỉnh, hướng dẫn các địa phương, báo cáo Bộ Y tế.\n\
         2. Phối hợp, hướng dẫn các trường học thực hiện.",
        &["II.1 | Sở Y tế | 1. Sở Y tế", "II.2 |  | 2. Phối hợp, hướng"],
    );
}

#[test]
fn a_report_has_tasks_only_where_it_looks_ahead() {
    let source = "I. KẾT QUẢ THỰC HIỆN\n1. Sở Y tế tổ chức 5 lớp.\nII. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2026\n1. Tiếp tục rà soát hộ nghèo.";
    let (_, tasks) = super::read(source, "BC", crate::segment::Form::Official);
    assert_eq!(super::shown(source, &tasks), ["II.1 |  | 1. Tiếp tục rà"]);
}

#[test]
fn an_opinion_may_be_given_in_the_paragraph_that_announces_it() {
    check(
        "Về tuyến đường ven sông, Phó Chủ tịch UBND tỉnh có ý kiến như sau: Sở Xây dựng làm việc với Sở Tài chính để bổ sung hồ sơ.",
        &["- | Sở Xây dựng | Sở Xây dựng làm"],
    );
}

#[test]
fn a_paragraph_with_lines_of_its_own_is_a_child_at_any_depth() {
    check(
        "IV. NHIỆM VỤ\n1. Chuẩn bị\na) Ở cấp tỉnh\n- Thành lập Tổ kiểm kê.\nThời hạn hoàn thành: Trước ngày 30/11/2025.\n\
         b) Ở cấp xã\n- Rà soát hồ sơ.",
        &["IV.1 |  | 1. Chuẩn bị a)", "-<IV.1 |  | 2025-11-30 | - Thành lập Tổ"],
    );
}
