use super::check;

#[test]
fn a_row_of_a_task_table_is_a_task() {
    check(
        "|\nTT\n|\nNhiệm vụ\n|\nCơ quan chủ trì\n|\nCơ quan phối hợp\n|\nThời gian\n|\n|\n1\n|\nKhảo sát hạ tầng\n|\nSở Xây dựng\n|\n\
         Sở Y tế Sở Công Thương; UBND các xã\n|\nQuý IV/2025 - Quý II/2026\n|\n|\n2\n|\nCông bố kết quả\n|\nSở Y tế\n|\n|\nHằng năm\n|",
        &[
            "1 | Sở Xây dựng + Sở Y tế; Sở Công Thương; UBND các xã | 2025-10/2026-06 | 1 | Khảo sát",
            "2 | Sở Y tế | Yearly | 2 | Công bố",
        ],
    );
}

#[test]
fn a_section_row_is_none_and_numbers_its_rows() {
    check(
        "|\nTT\n|\nNội dung\n|\nĐơn vị chủ trì\n|\nThời gian hoàn thành\n|\n|\nI\n|\nHoàn thiện thể chế\n|\n|\n1\n|\nRà soát văn bản\n|\nSở Tư pháp\n|\n\
         Tháng 6/2026\n|\n|\n2\n|\nBan hành quy chế\n|\nSở Nội vụ\n|\nThường xuyên\n|",
        &["I.1 | Sở Tư pháp | 2026-06 | 1 | Rà soát", "I.2 | Sở Nội vụ | Regular | 2 | Ban hành"],
    );
}

#[test]
fn a_table_of_markdown_lines_is_read_too() {
    check(
        "| TT | Tên nhiệm vụ | Cơ quan chủ trì | Thời gian |\n|---|---|---|---|\n| 1. | Xây dựng đề án | Sở Y tế | 6/2026 |\n",
        &["1 | Sở Y tế | 2026-06 | 1. | Xây dựng"],
    );
}

#[test]
fn a_table_of_figures_has_no_tasks() {
    check(
        "|\nTT\n|\nTên xã\n|\nSố hộ\n|\nTỷ lệ\n|\n|\n1\n|\nUBND xã Bình An thực hiện\n|\n120\n|\n3%\n|",
        &[],
    );
}
