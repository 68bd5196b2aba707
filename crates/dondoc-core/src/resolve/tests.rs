//! Which document a citation means: cases from real practice, told with made-up places.

use super::*;

fn document(id: i64, kind: &str, number: &str, day: &str, issuer: &str) -> Candidate {
    let some = |it: &str| (!it.is_empty()).then(|| it.to_owned());
    let identity = Identity {
        kind: kind.into(),
        number: some(number),
        issued_on: some(day).map(|it| it.parse().unwrap()),
        issuer: some(issuer),
        ..Identity::default()
    };
    Candidate { id, identity }
}

fn mention(kind: &str, number: &str, day: &str, issuer: &str) -> Mention {
    let it = document(0, kind, number, day, issuer).identity;
    let subject = None;
    Mention {
        kind: it.kind,
        number: it.number,
        date: it.issued_on,
        issuer: it.issuer,
        name: None,
        subject,
    }
}

fn named(kind: &str, name: &str) -> Mention {
    Mention { kind: kind.into(), name: Some(name.into()), ..Mention::default() }
}

/// `resolved 1`, `ambiguous 1 2` … for a citation in a plan of tỉnh Lam Giang of 2025.
fn check(mention: &Mention, stored: &[Candidate], expected: &str) {
    let citing = document(99, "KH", "7/KH-UBND", "2025-06-01", "UBND tỉnh Lam Giang");
    let keys = mention_keys(mention);
    let found: Vec<Candidate> = stored
        .iter()
        .filter(|it| document_keys(&it.identity).iter().any(|key| keys.contains(key)))
        .cloned()
        .collect();
    let list = |name: &str, fits: &[Fit]| {
        fits.iter().fold(name.to_owned(), |said, it| format!("{said} {}", it.id))
    };
    let said = match resolve(mention, (citing.id, &citing.identity), &found) {
        Resolution::Resolved(fit) => list("resolved", &[fit]),
        Resolution::Open(fits) => list("open", &fits),
        Resolution::Ambiguous(fits) => list("ambiguous", &fits),
        Resolution::Conflicting(fits) => list("conflicting", &fits),
        Resolution::Itself => "itself".to_owned(),
    };
    assert_eq!(said, expected, "{mention:?}");
}

/// 28-NQ/TW exists twice.
fn twice() -> [Candidate; 2] {
    [
        document(1, "NQ", "28-NQ/TW", "2008-09-22", "Bộ Chính trị"),
        document(2, "NQ", "28-NQ/TW", "2013-10-25", "BAN CHẤP HÀNH TRUNG ƯƠNG"),
    ]
}

#[test]
fn a_number_that_exists_twice_is_told_apart_by_date_issuer_or_term() {
    let both = &twice();
    check(&mention("NQ", "28-NQ/TW", "", ""), both, "ambiguous 1 2");
    check(&mention("NQ", "28-NQ/TW", "2013-10-25", ""), both, "resolved 2");
    check(&mention("NQ", "28-NQ/TW", "", "Bộ Chính trị"), both, "resolved 1");
    check(&mention("NQ", "28-NQ/TW", "", "Bộ Chính trị (khóa X)"), both, "resolved 1");
    check(&mention("NQ", "28-NQ/TW", "", "Trung ương (khóa XI)"), both, "resolved 2");
    check(&mention("NQ", "28-NQ/TW", "2020-01-01", ""), both, "conflicting 1 2");
    check(&mention("NQ", "29-NQ/TW", "", ""), both, "open");
}

#[test]
fn a_contradiction_is_reported_and_never_repaired() {
    let one = &twice()[1..];
    check(&mention("NQ", "28-NQ/TW", "2008-09-22", "Bộ Chính trị (khóa X)"), one, "conflicting 2");
}

#[test]
fn numbers_are_compared_without_case_spaces_and_leading_zeros() {
    let stored = &[
        document(1, "CTr", "26-CTr/TU", "2014-06-20", "Tỉnh ủy Lam Giang"),
        document(2, "CT", "012/CT-UBND", "2025-01-02", "UBND tỉnh Lam Giang"),
        document(3, "NQ", "71/NQ-CP", "2025-04-01", "Chính phủ"),
    ];
    check(&mention("CTr", "26-Ctr/TU", "2014-06-20", ""), stored, "resolved 1");
    check(&mention("CT", "12/CT-UBND", "", ""), stored, "resolved 2");
    check(&mention("NQ", "71/NQ -CP", "2025-04-01", "CHÍNH PHỦ"), stored, "resolved 3");
}

#[test]
fn provinces_repeat_each_others_numbers() {
    let stored = &[
        document(1, "KH", "79/KH-UBND", "2014-11-05", "UBND tỉnh Lam Giang"),
        document(2, "KH", "79/KH-UBND", "2020-03-02", "UBND tỉnh Lam Giang"),
        document(3, "KH", "79/KH-UBND", "2014-11-05", "UBND tỉnh Sơn Hà"),
    ];
    check(&mention("KH", "79/KH-UBND", "2014-11-05", "Ủy ban nhân dân tỉnh"), stored, "resolved 1");
    check(&mention("KH", "79/KH-UBND", "", "UBND tỉnh"), stored, "ambiguous 1 2");
    check(&mention("KH", "79/KH-UBND", "", ""), stored, "ambiguous 1 2");
    check(&mention("KH", "79/KH-UBND", "", ""), &stored[2..], "open 3");
    check(&mention("KH", "79/KH-UBND", "", "UBND tỉnh Sơn Hà"), stored, "resolved 3");
    check(&mention("KH", "79/KH-UBND", "", "UBND xã Bình An"), stored, "conflicting 1 2 3");
}

#[test]
fn a_bare_number_resolves_by_its_type() {
    let stored = &[
        document(1, "CT", "05-CT/TW", "2016-05-15", "Bộ Chính trị"),
        document(2, "NQ", "05-NQ/TW", "2016-11-01", "Ban Chấp hành Trung ương"),
    ];
    check(&mention("CT", "05", "", "Bộ Chính trị"), stored, "resolved 1");
    check(&mention("CT", "5", "", ""), stored, "resolved 1");
    check(&mention("KH", "05", "", ""), stored, "open");
}

#[test]
fn what_is_issued_later_can_not_have_been_cited() {
    let later = &[document(1, "QĐ", "10/QĐ-UBND", "2025-12-01", "UBND tỉnh Lam Giang")];
    check(&mention("QĐ", "10/QĐ-UBND", "", ""), later, "open 1");
}

#[test]
fn a_document_may_cite_itself() {
    let own = &[document(99, "KH", "7/KH-UBND", "2025-06-01", "UBND tỉnh Lam Giang")];
    check(&mention("KH", "07/KH-UBND", "2025-06-01", ""), own, "itself");
    check(&mention("KH", "7/KH-UBND", "", ""), own, "itself");
}

#[test]
fn two_stored_copies_are_one_document() {
    let stored = &[
        document(1, "QĐ", "10/QĐ-TTg", "2024-12-01", "Thủ tướng Chính phủ"),
        document(2, "QĐ", "10/QĐ-TTg", "2024-12-01", "THỦ TƯỚNG CHÍNH PHỦ"),
    ];
    check(&mention("QĐ", "10/QĐ-TTg", "", ""), stored, "resolved 1");
}

#[test]
fn conferences_and_congresses_name_their_resolutions() {
    let mut plenum = document(1, "NQ", "28-NQ/TW", "2013-10-25", "BAN CHẤP HÀNH TRUNG ƯƠNG");
    plenum.identity.opening =
        "NGHỊ QUYẾT HỘI NGHỊ LẦN THỨ TÁM BAN CHẤP HÀNH TRUNG ƯƠNG ĐẢNG KHÓA XI".into();
    plenum.identity.title = Some("về Chiến lược bảo vệ Tổ quốc trong tình hình mới".into());
    let mut congress = document(2, "NQ", "", "2020-10-20", "Đảng bộ tỉnh Lam Giang");
    congress.identity.title = Some(
        "Nghị quyết Đại hội đại biểu Đảng bộ tỉnh Lam Giang lần thứ XIV, nhiệm kỳ 2020 - 2025"
            .into(),
    );
    let stored = &[plenum, congress];
    for name in
        ["Nghị quyết Trung ương 8 (khóa XI)", "Nghị quyết TW8 khóa XI", "Nghị quyết TW 8 (Khóa XI)"]
    {
        check(&named("NQ", name), stored, "resolved 1");
    }
    check(&named("NQ", "Nghị quyết TW8 (khóa IX)"), stored, "open");
    check(
        &named("NQ", "Nghị quyết Đại hội Đảng bộ tỉnh Lam Giang lần thứ XIV"),
        stored,
        "resolved 2",
    );
    check(&named("NQ", "Nghị quyết Đại hội XIV của Đảng"), stored, "open");
}

#[test]
fn two_resolutions_of_one_conference_are_told_apart_by_their_subject() {
    let of = |id, number, title: &str| {
        let mut it = document(id, "NQ", number, "2013-10-25", "Ban Chấp hành Trung ương khóa XI");
        it.identity.opening = "HỘI NGHỊ LẦN THỨ TÁM BAN CHẤP HÀNH TRUNG ƯƠNG KHÓA XI".into();
        it.identity.title = Some(title.into());
        it
    };
    let stored = &[
        of(1, "28-NQ/TW", "về Chiến lược bảo vệ Tổ quốc trong tình hình mới"),
        of(2, "29-NQ/TW", "về đổi mới căn bản, toàn diện giáo dục và đào tạo"),
    ];
    let plain = named("NQ", "Nghị quyết Trung ương 8 khóa XI");
    check(&plain, stored, "ambiguous 1 2");
    let told = Mention {
        subject: Some("v Chiến lược bảo vệ T quốc trong tình hình mới".into()),
        ..plain
    };
    check(&told, stored, "resolved 1");
}

#[test]
fn laws_are_known_by_name_and_year() {
    let of = |id, day, title: &str| {
        let mut it = document(id, "LUAT", "", day, "Quốc hội");
        it.identity.title = Some(title.into());
        it
    };
    let stored = &[
        of(1, "2013-11-29", "LUẬT ĐẤT ĐAI"),
        of(2, "2024-01-18", "Đất đai"),
        of(3, "2010-11-15", "Luật Thanh tra"),
        of(4, "2004-06-15", "Luật Thanh tra nhân dân"),
    ];
    check(&named("LUAT", "Luật Đất đai"), stored, "ambiguous 1 2");
    check(&named("LUAT", "Luật Đất đai năm 2013"), stored, "resolved 1");
    check(&named("LUAT", "Luật Thanh tra"), stored, "resolved 3");
}

#[test]
fn a_short_mention_means_the_fuller_one_of_the_same_text() {
    let mut mentions = [
        mention("CT", "12-CT/TW", "2017-01-05", "Bộ Chính trị"),
        mention("CT", "12", "", ""),
        mention("KH", "12", "", ""),
    ];
    complete(&mut mentions);
    assert_eq!(mentions[1].number.as_deref(), Some("12-CT/TW"));
    assert_eq!(mentions[1].date, mentions[0].date);
    assert_eq!(mentions[1].issuer.as_deref(), Some("Bộ Chính trị"));
    assert_eq!(mentions[2].date, None);
}

#[test]
fn two_fuller_mentions_that_differ_complete_nothing() {
    let mut mentions = [
        mention("NQ", "28-NQ/TW", "2008-09-22", ""),
        mention("NQ", "28-NQ/TW", "2013-10-25", ""),
        mention("NQ", "28-NQ/TW", "", ""),
    ];
    complete(&mut mentions);
    assert_eq!(mentions[2].date, None);
}

#[test]
fn what_speaks_for_and_against_is_said_in_both_languages() {
    let stored = &twice()[1..];
    let citing = document(9, "BC", "", "2020-01-01", "");
    let cited = mention("NQ", "28-NQ/TW", "2008-09-22", "");
    let Resolution::Conflicting(fits) = resolve(&cited, (9, &citing.identity), stored) else {
        panic!("not conflicting");
    };
    assert_eq!(fits[0].why_vietnamese(), "khớp số và ký hiệu; khác ngày ban hành");
    assert_eq!(fits[0].why_english(), "same number; other date");
}
