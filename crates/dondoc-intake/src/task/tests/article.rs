use crate::segment::Form;

use super::{read, shown};

#[track_caller]
fn check(source: &str, expected: &[&str]) {
    let (_, tasks) = read(source, "news", Form::Article);
    assert_eq!(shown(source, &tasks), expected, "{source}");
}

#[test]
fn what_a_speaker_asks_of_named_bodies_is_a_task() {
    check(
        "Phát biểu kết luận, đồng chí Chủ tịch UBND tỉnh yêu cầu các sở, ngành rà soát hộ nghèo. Cập nhật số liệu kịp thời.\n\
         Bên cạnh đó, cần chủ động phòng, chống thiên tai.\n\
         Năm qua, tỉnh đạt nhiều kết quả.",
        &["- | các sở, ngành | Phát biểu kết luận,", "- |  | Bên cạnh đó, cần"],
    );
}

#[test]
fn a_new_addressee_in_a_paragraph_begins_a_new_task() {
    check(
        "Đồng chí Bí thư Tỉnh ủy yêu cầu các cấp ủy đẩy mạnh tuyên truyền. Các xã, phường thực hiện tốt quy chế dân chủ.",
        &["- | các cấp ủy | Đồng chí Bí thư", "- | Các xã, phường | Các xã, phường thực"],
    );
}

#[test]
fn a_purpose_may_stand_before_the_addressee() {
    check(
        "Phát biểu tại hội nghị, đồng chí Bí thư nhấn mạnh, để thực hiện tốt Nghị quyết, các cấp ủy đảng tập trung quán triệt.",
        &["- | các cấp ủy đảng | Phát biểu tại hội"],
    );
}

#[test]
fn a_plan_for_the_year_ahead_and_given_duties_count() {
    check(
        "Về phương hướng, nhiệm vụ trong năm 2026, tiếp tục quán triệt nghị quyết. Lực lượng vũ trang tỉnh tiếp tục huấn luyện.",
        &[
            "- |  | 2026 | Về phương hướng, nhiệm",
            "- | Lực lượng vũ trang tỉnh | 2026 | Lực lượng vũ trang",
        ],
    );
    check(
        "Các ban, ngành của tỉnh được giao trọng trách tham mưu cho Tỉnh ủy.",
        &["- | Các ban, ngành của tỉnh | Các ban, ngành của"],
    );
}

#[test]
fn a_speaker_may_ask_without_naming_and_direct_others() {
    check(
        "Phát biểu kết luận, Chủ tịch UBND tỉnh nhấn mạnh: Cần tiếp tục phối hợp chặt chẽ. Bên cạnh đó, chỉ đạo lực lượng vũ trang tỉnh xây dựng phương án.",
        &["- | lực lượng vũ trang tỉnh | Phát biểu kết luận,"],
    );
}

#[test]
fn results_principles_captions_and_honours_are_none() {
    check("Trong năm qua, các sở, ngành đã phối hợp tổ chức 12 lớp.", &[]);
    check("Đồng chí Bí thư nhấn mạnh khu vực nông thôn phải được xây dựng vững mạnh.", &[]);
    check("Đồng chí Chủ tịch UBND tỉnh yêu cầu các xã, phường khẩn trương", &[]);
    check("Nhân dịp này, UBND tỉnh tặng bằng khen cho 16 tập thể.", &[]);
    check("Việc xây dựng nông thôn cần sự chung tay của toàn dân.", &[]);
}
