//! Names of bodies as they are written; the places are made up.

use super::*;

fn compare(a: &str, b: &str) -> Agreement {
    Office::parse(a).compare(Some("lam giang"), &Office::parse(b), Some("lam giang"))
}

#[test]
fn one_body_has_many_names() {
    for (a, b) in [
        ("UBND tỉnh Lam Giang", "ỦY BAN NHÂN DÂN TỈNH LAM GIANG"),
        ("Chủ tịch Uỷ ban nhân dân tỉnh", "Ủy ban nhân dân tỉnh Lam Giang"),
        ("Thủ tướng", "THỦ TƯỚNG CHÍNH PHỦ"),
        ("TTg", "Thủ tướng Chính phủ"),
        ("Ban Chấp hành Đảng bộ tỉnh", "Tỉnh ủy Lam Giang"),
        ("Ban Thường vụ Tỉnh ủy", "Tỉnh ủy Lam Giang"),
        ("Bộ trưởng Bộ Tài chính", "BỘ TÀI CHÍNH"),
        ("Trưởng Ban Tuyên giáo và Dân vận Trung ương", "BAN TUYÊN GIÁO VÀ DÂN VẬN"),
        ("Chánh Văn phòng Chính phủ", "VĂN PHÒNG CHÍNH PHỦ"),
        ("Giám đốc Sở Nội vụ", "Sở Nội vụ tỉnh Lam Giang"),
        ("HĐND xã Bình An", "Hội đồng nhân dân xã Bình An, tỉnh Lam Giang"),
        ("Ban Chấp hành Trung ương Đảng (khóa XI)", "BAN CHẤP HÀNH TRUNG ƯƠNG"),
        (
            "Hội nghị Trung ương 6 Ban Chấp hành Trung ương Đảng khóa XII",
            "Ban Chấp hành Trung ương",
        ),
    ] {
        assert_eq!(compare(a, b), Agreement::Agrees, "{a} | {b}");
        assert_eq!(compare(b, a), Agreement::Agrees, "{b} | {a}");
    }
}

#[test]
fn different_bodies_differ() {
    for (a, b) in [
        ("UBND tỉnh Hòa Bình", "UBND tỉnh Lam Giang"),
        ("UBND tỉnh Lam Giang", "HĐND tỉnh Lam Giang"),
        ("UBND tỉnh Lam Giang", "UBND xã Bình An"),
        ("UBND xã Bình An", "UBND xã Đông Khê"),
        ("Bộ Chính trị", "Ban Chấp hành Trung ương"),
        ("Chính phủ", "Thủ tướng Chính phủ"),
        ("Bộ Tài chính", "Bộ Nội vụ"),
        ("Văn phòng Chính phủ", "Chính phủ"),
        ("Tỉnh ủy Lam Giang", "Tỉnh ủy Lai Châu"),
    ] {
        assert_eq!(compare(a, b), Agreement::Differs, "{a} | {b}");
    }
}

#[test]
fn a_name_that_lost_letters_does_not_speak_against() {
    let scanned = "Ban Chp hành Đng bộ tỉnh Lam Giang";
    assert_eq!(compare(scanned, "Ban Chấp hành Đảng bộ tỉnh Lam Giang"), Agreement::Unknown);
    assert_eq!(compare("Đảng", "Ban Chấp hành Trung ương"), Agreement::Unknown);
}

#[test]
fn the_sign_of_a_number_tells_the_issuer() {
    let of = |number| Office::of_sign(number).map(|it| it.organ);
    assert_eq!(of("183/QĐ-TTg"), Some(Organ::Known("ttg")));
    assert_eq!(of("28-NQ/TW"), Some(Organ::Known("tw")));
    assert_eq!(of("22/2018/QH14"), Some(Organ::Known("qh")));
    assert_eq!(of("237/NQ-UBTVQH16"), Some(Organ::Known("ubtvqh")));
    assert_eq!(of("15/QĐ-BNV"), None);
}

#[test]
fn the_province_of_a_commune_is_not_its_place_of_issue() {
    let of = |issuer: &str, place: &str| {
        province(&Identity {
            kind: "KH".into(),
            issuer: Some(issuer.into()),
            place: Some(place.into()),
            ..Identity::default()
        })
    };
    assert_eq!(of("UBND xã Bình An", "Bình An"), None);
    assert_eq!(of("UBND xã Bình An, tỉnh Lam Giang", "Bình An"), Some("lam giang".into()));
    assert_eq!(of("ỦY BAN NHÂN DÂN TỈNH", "Lam Giang"), Some("lam giang".into()));
    assert_eq!(of("Bộ Nội vụ", "Hà Nội"), None);
}
