//! Searching units as people type them, on a small made-up province.

use dondoc_core::unit::{Change, Kind, Line, Moment, Part, UnitId, Units, What};
use jiff::civil::{Date, date};

const TODAY: Date = date(2026, 3, 1);

fn units() -> Units {
    let found = |unit: u32, kind, name: &str, parent: Option<u32>| Change {
        unit: UnitId(unit),
        when: Moment::Always,
        what: What::Found {
            kind,
            name: name.to_owned(),
            code: Some(format!("{unit:05}")),
            key: None,
            rank: unit,
            parents: vec![(Line::State, parent.map(UnitId))],
        },
        source: "test".to_owned(),
    };
    let on = |unit: u32, what| Change {
        unit: UnitId(unit),
        when: Moment::On(date(2025, 7, 1)),
        what,
        source: "test".to_owned(),
    };
    let part = |into: u32| Part { into: UnitId(into), area: None, population: None };
    Units::new(vec![
        found(1, Kind::Province, "Lam Giang", None),
        found(2, Kind::City, "Đà Thượng", None),
        found(10, Kind::Ward, "Hòa Thuận", Some(1)),
        found(11, Kind::Commune, "Tân Lập", Some(1)),
        found(12, Kind::Commune, "Tân Lập", Some(2)),
        found(13, Kind::Commune, "Đông Khê", Some(1)),
        found(14, Kind::Commune, "An Khê Thượng", Some(1)),
        found(15, Kind::Ward, "1", Some(2)),
        found(16, Kind::Ward, "11", Some(2)),
        found(20, Kind::District, "Thạch Sơn", Some(1)),
        found(21, Kind::Commune, "An Khê", Some(20)),
        found(22, Kind::Commune, "Bình Minh", Some(20)),
        on(21, What::Split(vec![part(13), part(14)])),
        on(22, What::Merge(UnitId(13))),
        on(20, What::Dissolve { into: Some(UnitId(1)) }),
        on(12, What::Rename("Tân Tiến".to_owned())),
    ])
}

fn first(text: &str) -> Option<u32> {
    units().search(text, TODAY, 3, |_| true).first().map(|it| it.unit.0)
}

#[test]
fn what_is_typed_in_haste_is_found() {
    for (typed, unit) in [
        ("hoa thuan", 10),
        ("Hoà Thuận", 10),
        ("HÒA THUẬN", 10),
        ("hoa\u{300} thua\u{323}\u{302}n", 10),
        ("phuong hoa th", 10),
        ("p. hoa thuan", 10),
        ("ht", 10),
        ("hoathuan", 10),
        ("thuan", 10),
        ("UBND xã Đông Khê", 13),
        ("dong khe", 13),
        ("đông", 13),
        ("x đông khê", 13),
        ("p 1", 15),
        ("phường 11", 16),
        ("TP. Đà Thượng", 2),
        ("tan lap lam giang", 11),
        ("xã tân lập, tỉnh lg", 11),
        ("00013", 13),
    ] {
        assert_eq!(first(typed), Some(unit), "{typed}");
    }
    for typed in ["", "  ", "xyz", "tan lap ha noi", "phuong"] {
        assert_eq!(first(typed), None, "{typed}");
    }
}

#[test]
fn a_name_of_the_past_leads_to_those_who_took_over() {
    let found = units().search("xa an khe", TODAY, 9, |_| true);
    let told: Vec<(u32, Option<&str>)> = found
        .iter()
        .map(|it| (it.unit.0, it.formerly.as_ref().map(|it| it.name.as_str())))
        .collect();
    assert_eq!(told, [(13, Some("Xã An Khê")), (14, Some("Xã An Khê"))]);
    assert_eq!(found[0].formerly.as_ref().and_then(|it| it.last_day), Some(date(2025, 6, 30)));
    assert_eq!(first("binh minh thach son"), Some(13));
    let renamed = units().search("tan lap da thuong", TODAY, 9, |_| true);
    assert_eq!(renamed[0].unit, UnitId(12));
    assert_eq!(renamed[0].formerly.as_ref().map(|it| it.unit), Some(UnitId(12)));
}

#[test]
fn accents_put_the_right_one_first_but_none_are_needed() {
    let found = units().search("tân lập", TODAY, 9, |_| true);
    assert_eq!(found.iter().map(|it| it.unit.0).collect::<Vec<_>>(), [11, 12]);
    assert!(found[0].formerly.is_none() && found[1].formerly.is_some());
}

#[test]
fn only_those_wanted_are_given() {
    let found = units().search("tan", TODAY, 9, |it| it == UnitId(12));
    assert_eq!(found.iter().map(|it| it.unit.0).collect::<Vec<_>>(), [12]);
}
