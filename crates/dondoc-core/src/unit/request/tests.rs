//! What is asked for, and what it says about which unit.

use jiff::civil::date;

use super::*;

fn units() -> Units {
    let found = |unit: u32, kind, name: &str, above: Option<u32>| Change {
        unit: UnitId(unit),
        when: Moment::Always,
        what: What::Found {
            kind,
            name: name.to_owned(),
            code: Some(format!("{unit:05}")),
            key: None,
            rank: unit,
            parents: vec![(Line::State, above.map(UnitId))],
        },
        source: "danh mục".to_owned(),
    };
    Units::new(vec![
        found(1, Kind::Province, "Lam Giang", None),
        found(2, Kind::Commune, "Bình An", Some(1)),
        found(3, Kind::Commune, "Bình Minh", Some(1)),
    ])
}

fn asked(act: Act) -> Result<Vec<Change>, RequestFault> {
    let request = ChangeRequest {
        act,
        day: date(2027, 1, 1),
        source: "Nghị quyết 9/NQ-HĐND ngày 01/12/2026".to_owned(),
    };
    request.changes(&units())
}

#[test]
fn a_new_unit_stands_where_the_first_of_those_that_made_it_stood() {
    let into =
        Target::New { kind: "ward".into(), name: " Bình  Hòa ".into(), code: Some(" ".into()) };
    let changes = asked(Act::Merge { units: vec![UnitId(2), UnitId(3)], into }).unwrap();
    let after = units().with(changes);
    let made = after.get(UnitId(4)).unwrap();
    let day = date(2027, 1, 1);
    assert_eq!(made.full_name_on(day).as_deref(), Some("Phường Bình Hòa"));
    assert_eq!(made.code_on(day), None);
    assert_eq!(made.parent_on(Line::State, day), Some(Some(UnitId(1))));
    assert_eq!(after.successors(UnitId(2)), [UnitId(4)]);
    assert_eq!(after.successors(UnitId(3)), [UnitId(4)]);
    assert!(after.get(UnitId(2)).unwrap().life().contains(date(2026, 12, 31)));
    assert!(!after.get(UnitId(2)).unwrap().life().contains(day));
    assert_eq!(after.check(), []);
}

#[test]
fn one_of_the_units_may_be_the_one_that_the_others_go_to() {
    let units = vec![UnitId(2), UnitId(3)];
    let changes = asked(Act::Merge { units, into: Target::Unit(UnitId(3)) }).unwrap();
    assert_eq!(changes.len(), 1);
    assert_eq!(changes[0].what, What::Merge(UnitId(3)));
}

#[test]
fn what_makes_no_sense_is_refused() {
    let to = |unit| Target::Unit(UnitId(unit));
    let part = |unit| PartAsked { into: to(unit), area: None, population: None };
    let cases = [
        (Act::Merge { units: vec![UnitId(2)], into: to(2) }, RequestFault::TooFew),
        (
            Act::Merge { units: vec![UnitId(2), UnitId(2)], into: to(3) },
            RequestFault::Twice { unit: UnitId(2) },
        ),
        (
            Act::Merge { units: vec![UnitId(9)], into: to(3) },
            RequestFault::NotThere { unit: UnitId(9) },
        ),
        (Act::Split { unit: UnitId(2), parts: vec![part(2)] }, RequestFault::TooFew),
        (
            Act::Rename { unit: UnitId(2), name: "Bình An".into(), kind: None },
            RequestFault::Nothing,
        ),
        (Act::Rename { unit: UnitId(2), name: "  ".into(), kind: None }, RequestFault::NoName),
        (
            Act::Rename { unit: UnitId(2), name: "X".into(), kind: Some("castle".into()) },
            RequestFault::NoKind { kind: "castle".into() },
        ),
        (Act::Recode { unit: UnitId(2), code: Some("00002".into()) }, RequestFault::Nothing),
        (Act::Dissolve { unit: UnitId(2), into: UnitId(2) }, RequestFault::TooFew),
        (
            Act::Move { unit: UnitId(2), line: Line::State, parent: UnitId(1) },
            RequestFault::Nothing,
        ),
    ];
    for (act, fault) in cases {
        assert_eq!(asked(act.clone()), Err(fault), "{act:?}");
    }
}
