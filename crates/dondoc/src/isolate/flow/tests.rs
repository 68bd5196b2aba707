use super::paragraphs;
use crate::isolate::wire::Pages;

#[track_caller]
fn check(from: Pages, lines: &str, wanted: &[&str]) {
    let text = paragraphs(lines, from);
    assert_eq!(text.lines().collect::<Vec<_>>(), wanted);
}

#[test]
fn an_indented_line_starts_a_paragraph_and_a_full_one_runs_on() {
    check(
        Pages::PdfLayer,
        "     Ủy ban nhân dân tỉnh Lam Giang yêu cầu các sở, ban, ngành\n\
         khẩn trương rà soát các công trình bị hư hỏng do mưa lũ tại xã\n\
         Bình An.\n\
         \x20    1. Sở Xây dựng chủ trì kiểm tra, báo cáo trước ngày 15\n\
         tháng 12.\n",
        &[
            "Ủy ban nhân dân tỉnh Lam Giang yêu cầu các sở, ban, ngành khẩn trương rà soát các công trình bị hư hỏng do mưa lũ tại xã Bình An.",
            "1. Sở Xây dựng chủ trì kiểm tra, báo cáo trước ngày 15 tháng 12.",
        ],
    );
}

#[test]
fn a_paragraph_goes_on_over_the_page_and_its_number() {
    check(
        Pages::PdfLayer,
        "     Giao Sở Tài chính chủ trì, phối hợp với Sở Xây dựng và các\n\
         cơ quan liên quan tham mưu, đề xuất hướng giải quyết, bảo đảm\n\
         \n                         2\n\x0c\
         thực hiện đúng quy định, báo cáo Ủy ban nhân dân tỉnh kết quả.\n\
         \x20    2. Sở Nội vụ tiếp thu các ý kiến và trả lời bằng văn bản.\n",
        &[
            "Giao Sở Tài chính chủ trì, phối hợp với Sở Xây dựng và các cơ quan liên quan tham mưu, đề xuất hướng giải quyết, bảo đảm thực hiện đúng quy định, báo cáo Ủy ban nhân dân tỉnh kết quả.",
            "2. Sở Nội vụ tiếp thu các ý kiến và trả lời bằng văn bản.",
        ],
    );
}

#[test]
fn the_issuer_comes_before_the_motto_beside_it() {
    check(
        Pages::PdfLayer,
        "  ỦY BAN NHÂN DÂN            CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\
         \x20 TỈNH LAM GIANG                 Độc lập - Tự do - Hạnh phúc\n\
         \n\
         \x20 Số: 42    /TB-UBND            Lam Giang, ngày 06 tháng 11 năm 2025\n\
         \n\
         \x20                          THÔNG BÁO\n",
        &[
            "ỦY BAN NHÂN DÂN",
            "TỈNH LAM GIANG",
            "Số: 42 /TB-UBND",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "Lam Giang, ngày 06 tháng 11 năm 2025",
            "THÔNG BÁO",
        ],
    );
}

#[test]
fn the_recipients_come_before_the_signature_beside_them() {
    check(
        Pages::PdfLayer,
        "Nơi nhận:                                  TL. CHỦ TỊCH\n\
         - Như trên;                            CHÁNH VĂN PHÒNG\n\
         - Lưu: VT.\n",
        &["Nơi nhận:", "- Như trên;", "- Lưu: VT.", "TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"],
    );
}

#[test]
fn a_label_starts_a_paragraph_in_recognised_text() {
    check(
        Pages::Recognised,
        "Thực hiện chương trình công tác năm 2025, Ủy ban nhân dân tỉnh\n\
         yêu cầu các sở, ban, ngành thực hiện những nội dung sau đây:\n\
         1. Sở Y tế chủ trì, hướng dẫn các xã, phường tổ chức thực hiện\n\
         nghiêm túc.\n\
         a) Xã Đông Khê báo cáo.\n",
        &[
            "Thực hiện chương trình công tác năm 2025, Ủy ban nhân dân tỉnh yêu cầu các sở, ban, ngành thực hiện những nội dung sau đây:",
            "1. Sở Y tế chủ trì, hướng dẫn các xã, phường tổ chức thực hiện nghiêm túc.",
            "a) Xã Đông Khê báo cáo.",
        ],
    );
}

#[test]
fn nothing_but_blanks_and_page_numbers_is_lost() {
    for from in [Pages::PdfLayer, Pages::Recognised] {
        let lines = "  Điều 1.   Giao   xã Thạch Sơn\n\x0c 2\n\n phường Tân Lập   12 hộ\n\x0c\x0c";
        let text = paragraphs(lines, from);
        assert_eq!(
            text.split_whitespace().collect::<Vec<_>>(),
            "Điều 1. Giao xã Thạch Sơn phường Tân Lập 12 hộ".split_whitespace().collect::<Vec<_>>()
        );
    }
}
