use crate::text::Text;

use super::super::deadline;

#[track_caller]
fn check(source: &str, due: Option<&str>) {
    let text = Text::new(source);
    let run = 0..text.tokens.len();
    let issued = jiff::civil::date(2025, 11, 21);
    assert_eq!(deadline::due(&text, &[run], Some(issued)).as_deref(), due, "{source}");
}

#[track_caller]
fn check_rhythm(source: &str, rhythm: Option<&str>) {
    let text = Text::new(source);
    let run = 0..text.tokens.len();
    let found = deadline::recurring(&text, std::slice::from_ref(&run));
    assert_eq!(found.map(|it| format!("{it:?}")).as_deref(), rhythm, "{source}");
}

#[test]
fn a_limit_is_a_deadline() {
    check("trình UBND tỉnh trong tháng 12/2025.", Some("2025-12"));
    check("hoàn thành trước ngày 15/12/2025.", Some("2025-12-15"));
    check("gửi Sở Y tế chậm nhất ngày 10 tháng 12 năm 2025.", Some("2025-12-10"));
    check("báo cáo kết quả trong Quý I năm 2026.", Some("2026-03"));
    check("hoàn thành trong năm 2026.", Some("2026"));
}

#[test]
fn of_two_deadlines_the_last_holds() {
    check("bàn giao trong tháng 12/2025, báo cáo trước ngày 31/12/2025.", Some("2025-12-31"));
}

#[test]
fn a_year_that_opens_the_paragraph_holds_for_it() {
    check("Trong năm 2026, tiếp tục rà soát.", Some("2026"));
    check("Tiếp tục giải ngân vốn năm 2025.", None);
}

#[test]
fn a_day_without_a_year_a_relative_limit_and_the_past_are_none() {
    check("gửi báo cáo trước ngày 15/12.", None);
    check("xử lý trong 24-48 giờ.", None);
    check("hồ sơ nhận trước ngày 01/7/2025.", None);
    check("theo Quyết định số 12/QĐ-UBND ngày 15/12/2025.", None);
    check("xây dựng quy hoạch đến năm 2030.", None);
    check("định kỳ trước ngày 30 tháng 11 hằng năm báo cáo.", None);
}

#[test]
fn rhythms_are_told_from_descriptions() {
    check_rhythm("định kỳ báo cáo UBND tỉnh", Some("Periodic"));
    check_rhythm("định kỳ trước ngày 30 tháng 11 hằng năm báo cáo", Some("Yearly"));
    check_rhythm("thường xuyên kiểm tra", Some("Regular"));
    check_rhythm("báo cáo nhanh hằng ngày", Some("Periodic"));
    check_rhythm("từ kinh phí chi thường xuyên", None);
    check_rhythm("xây dựng kế hoạch hằng năm", None);
}

#[test]
fn a_line_of_time_is_a_deadline_or_a_period() {
    let check = |source: &str, due: Option<&str>| {
        let text = Text::new(source);
        let run = 0..text.tokens.len();
        assert_eq!(deadline::due_of_cell(&text, run).as_deref(), due, "{source}");
    };
    check("Tháng 12/2025", Some("2025-12"));
    check("Quý III Năm 2026", Some("2026-09"));
    check("Từ ngày 01/01/2026 đến ngày 31/3/2026", Some("2026-01-01/2026-03-31"));
    check("2025 - 2030", Some("2025/2030"));
    check("Giai đoạn 2026-2030 và những năm tiếp theo", None);
    check("Từ tháng 11/2025 đến khi kết thúc", None);
    check("Thường xuyên", None);
}
