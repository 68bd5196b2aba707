use expect_test::{Expect, expect};

use super::header;
use crate::{segment, text::Text};

/// The heading of the first document of a text, a field a line.
#[track_caller]
fn check(source: &str, expected: &Expect) {
    let text = Text::new(source);
    let segments = segment::segments(&text);
    let it = header(&text, &segments[0]);
    let or = |field: Option<String>| field.unwrap_or_else(|| "-".to_owned());
    expected.assert_eq(&format!(
        "{} | {} | {} | {} | {}\n{}\n{} <- {}\n",
        it.kind,
        or(it.number),
        or(it.issued_on.map(|it| it.to_string())),
        or(it.issuer),
        or(it.place),
        or(it.title),
        or(it.signer),
        it.addressees.join(" + "),
    ));
}

#[test]
fn cells_after_one_another_are_read() {
    check(
        "|\n**ỦY BAN NHÂN\nDÂN **\nTỈNH LAM GIANG\n-------\n|\n**CỘNG\nHÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**\nĐộc lập - Tự do - Hạnh phúc\n---\n|\n|\nSố:\n31/2026/QĐ-UBND\n|\n*Lam\nGiang, ngày 5\ntháng 3 năm 2026 *\n|\n\n**QUYẾT ĐỊNH**\n\nBAN HÀNH QUY CHẾ THU GOM\nRÁC THẢI\n\n**CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LAM\nGIANG**\n\n*Căn\ncứ Luật Bảo vệ môi trường;*\n\n|\n*Nơi nhận:*\n- Như Điều 3;\n- Lưu: VT.\n|\n**TM. ỦY BAN NHÂN\nDÂN**\nKT. CHỦ TỊCH\n**Tên\nNgười Ký**\n|",
        &expect![[r#"
            QĐ | 31/2026/QĐ-UBND | 2026-03-05 | ỦY BAN NHÂN DÂN TỈNH LAM GIANG | Lam Giang
            BAN HÀNH QUY CHẾ THU GOM RÁC THẢI
            Tên Người Ký <- 
        "#]],
    );
}

#[test]
fn two_columns_on_one_line_are_read() {
    check(
        "  ỦY BAN NHÂN DÂN            CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n  TỈNH LAM GIANG               Độc lập - Tự do - Hạnh phúc\n\n  Số: 542    /TB-UBND        Lam Giang, ngày 06 tháng 11 năm 2024\n\n             THÔNG BÁO\n     Về việc thu gom rác thải tại các xã,\n         phường trong tỉnh\n\n     Thực hiện kế hoạch, Ủy ban nhân dân tỉnh thông báo như sau.\n\nNơi nhận:              TL. CHỦ TỊCH\n- Như trên;          CHÁNH VĂN PHÒNG\n- Lưu: VT.\n                      Tên Người Ký\n",
        &expect![[r#"
            TB | 542 /TB-UBND | 2024-11-06 | ỦY BAN NHÂN DÂN TỈNH LAM GIANG | Lam Giang
            Về việc thu gom rác thải tại các xã, phường trong tỉnh
            Tên Người Ký <- 
        "#]],
    );
}

#[test]
fn of_two_bodies_the_lower_issues_a_letter() {
    check(
        "UBND TỈNH LAM GIANG\nSỞ GIÁO DỤC VÀ\nĐÀO TẠO\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 15/SGDĐT-VP\nV/v rà soát trường học\nLam Giang, ngày 5/3/2026\n\nKính gửi:\n- Ủy ban nhân dân các xã, phường;\n- Các trường trực thuộc.\n\nSở đề nghị rà soát./.",
        &expect![[r#"
            CV | 15/SGDĐT-VP | 2026-03-05 | SỞ GIÁO DỤC VÀ ĐÀO TẠO | Lam Giang
            V/v rà soát trường học
            - <- Ủy ban nhân dân các xã, phường + Các trường trực thuộc
        "#]],
    );
}

#[test]
fn a_number_or_a_day_left_blank_is_none() {
    check(
        "ỦY BAN NHÂN DÂN\nTỈNH LAM GIANG\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố:      /KH-UBND\nLam Giang, ngày     tháng 11 năm 2026\n\nKẾ HOẠCH\nThu gom rác thải\n\nNội dung.",
        &expect![[r#"
            KH | - | - | ỦY BAN NHÂN DÂN TỈNH LAM GIANG | Lam Giang
            Thu gom rác thải
            - <- 
        "#]],
    );
}

#[test]
fn a_number_written_by_hand_is_joined_to_its_symbol() {
    check(
        "ỦY BAN NHÂN DÂN\nTỈNH LAM GIANG\nSố: 542\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\n/TB-UBND\n\nLam Giang, ngày 06 tháng 11 năm 2024\n\nTHÔNG BÁO\nVề việc thu gom rác thải\n\nNội dung.",
        &expect![[r#"
            TB | 542/TB-UBND | 2024-11-06 | ỦY BAN NHÂN DÂN TỈNH LAM GIANG | Lam Giang
            Về việc thu gom rác thải
            - <- 
        "#]],
    );
}

#[test]
fn a_party_document_needs_no_colon_after_its_number() {
    check(
        "TỈNH ỦY LAM GIANG\nBAN TỔ CHỨC\n*\nĐẢNG CỘNG SẢN VIỆT NAM\nSố 24-HD/BTCTU\nLam Giang, ngày 17 tháng 9 năm 2026\n\nHƯỚNG DẪN\nvề sinh hoạt chi bộ\n-----\nThực hiện kế hoạch, Ban hướng dẫn như sau.\n\nT/M BAN TỔ CHỨC\nTRƯỞNG BAN\nTên Người Ký",
        &expect![[r#"
            HD | 24-HD/BTCTU | 2026-09-17 | BAN TỔ CHỨC | Lam Giang
            về sinh hoạt chi bộ
            Tên Người Ký <- 
        "#]],
    );
}

#[test]
fn what_recognition_misread_stays_as_written() {
    check(
        "UỶ BAN NHÂN DÂN\nTỈNH LAM GIANG\nCỘNG HÒA XÃ HỌI CHỦ NGHĨA VIỆT NAM\nSố: 202 / TT Tr - UBND\nLam Giang, ngày 5 tháng 3 năm 2026\nQUYÉT ĐỊNH\nVề việc thu gom rác thải\n\nĐiều 1. Thu gom.",
        &expect![[r#"
            QĐ | 202 / TT Tr - UBND | 2026-03-05 | UỶ BAN NHÂN DÂN TỈNH LAM GIANG | Lam Giang
            Về việc thu gom rác thải
            - <- 
        "#]],
    );
}

#[test]
fn a_telegram_calls_its_addressees_by_its_sender() {
    check(
        "CHỦ TỊCH ỦY BAN NHÂN DÂN\nTỈNH LAM GIANG\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 2/CĐ-CTUBND\nLam Giang, ngày 5 tháng 3 năm 2026\n\n**CÔNG ĐIỆN**\nV/V ỨNG PHÓ MƯA LŨ\n**CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH điện:**\n- Giám đốc các sở;\n- Chủ tịch Ủy ban nhân dân xã Thạch Sơn.\n\nMưa lớn còn kéo dài.",
        &expect![[r#"
            CĐ | 2/CĐ-CTUBND | 2026-03-05 | CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LAM GIANG | Lam Giang
            V/V ỨNG PHÓ MƯA LŨ
            - <- Giám đốc các sở + Chủ tịch Ủy ban nhân dân xã Thạch Sơn
        "#]],
    );
}

#[test]
fn a_joint_document_has_both_issuers() {
    check(
        "SỞ Y TẾ - SỞ NỘI VỤ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 5/KHLT-SYT-SNV\nLam Giang, ngày 5 tháng 3 năm 2026\n\nKẾ HOẠCH\nRà soát trạm y tế\n\nNội dung.",
        &expect![[r#"
            KH | 5/KHLT-SYT-SNV | 2026-03-05 | SỞ Y TẾ - SỞ NỘI VỤ | Lam Giang
            Rà soát trạm y tế
            - <- 
        "#]],
    );
}

#[test]
fn a_directive_without_heading_tells_its_issuer_in_the_order() {
    check(
        "Thời gian qua, việc thu gom rác tại tỉnh Lam Giang được các xã, phường của tỉnh Lam Giang quan tâm thực hiện.\n\nChủ tịch Ủy ban nhân dân tỉnh yêu cầu Giám đốc các sở thực hiện một số nội dung sau:\n\n1. Tổ chức thu gom.\n\n2. Trồng cây.\n\n3. Giao Sở Y tế theo dõi./.",
        &expect![[r#"
            CT | - | - | Chủ tịch Ủy ban nhân dân tỉnh | Lam Giang
            -
            - <- 
        "#]],
    );
}

#[test]
fn an_article_has_the_day_printed_on_the_page_and_no_issuer() {
    check(
        "Xã Bình An ra quân thu gom rác thải đầu năm\n\nThứ Năm, 12/03/2026, 08:15\n\nSáng 8/2, xã Bình An, tỉnh Lam Giang ra quân thu gom rác thải với sự tham gia của nhiều người dân.\n\nTheo kế hoạch, các xã khác của tỉnh Lam Giang cũng sẽ ra quân thu gom rác thải trong tháng này.",
        &expect![[r#"
            news | - | 2026-03-12 | - | Lam Giang
            Xã Bình An ra quân thu gom rác thải đầu năm
            - <- 
        "#]],
    );
}
