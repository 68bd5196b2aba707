//! Dondoc's own CSV, on the made-up province.

use dondoc_core::unit::{Kind, Line, Share, Units, Weight};
use dondoc_exchange::units::{self, DoubtKind, Outcome, Plan, Vouched};
use jiff::civil::date;

use crate::source::{BEFORE, REFORM, lam_giang, made_up};

const HEAD: &str = "key,from,kind,name,code,line,parent,until,into,area,population,source\n";

fn plan(known: &Units, rows: &str) -> Plan {
    let text = format!("{HEAD}{rows}");
    let (file, doubts) = units::read("test.csv", text.as_bytes(), None).unwrap();
    let mut plan = units::plan(known, &Vouched::default(), &file);
    plan.doubts.splice(0..0, doubts);
    plan
}

fn names(units: &Units, line: Line, on: jiff::civil::Date) -> Vec<String> {
    let tree = units.tree(line, on);
    tree.units().iter().map(|it| units.get(*it).unwrap().full_name_on(on).unwrap()).collect()
}

#[test]
fn the_made_up_province_loads_without_a_flaw() {
    let units = made_up();
    assert_eq!(units.check(), []);
    let n = |kind, on| {
        let tree = units.tree(Line::State, on);
        tree.units().iter().filter(|it| units.get(**it).unwrap().kind_on(on) == Some(kind)).count()
    };
    assert_eq!((n(Kind::Commune, REFORM), n(Kind::Ward, REFORM)), (10, 3));
    assert_eq!((n(Kind::District, BEFORE), n(Kind::District, REFORM)), (2, 0));
    assert_eq!(n(Kind::Department, REFORM), 4);
}

#[test]
fn the_same_units_stand_in_several_lines() {
    let units = made_up();
    let party = names(&units, Line::Party, REFORM);
    assert_eq!(party[0], "Tỉnh ủy Lam Giang");
    assert!(party.contains(&"Xã Bình An".to_owned()) && party.contains(&"Sở Nội vụ".to_owned()));
    assert_eq!(names(&units, Line::Front, REFORM).len(), 14);
    assert!(!names(&units, Line::State, REFORM).contains(&party[0]));
    assert_eq!(units.epochs(Line::State), [REFORM]);
}

#[test]
fn a_split_is_shared_by_the_weight_that_is_asked_for() {
    let units = made_up();
    let share = |weight| -> Vec<(String, i64, i64, bool)> {
        let an_lap = units.by_key("lg/cu/an-lap").unwrap();
        let say = |it: &Share| {
            let name = units.get(it.unit).unwrap().name_on(REFORM).unwrap().to_owned();
            (name, it.numerator, it.denominator, it.estimated)
        };
        units.shares(an_lap, BEFORE, REFORM, weight).unwrap().iter().map(say).collect()
    };
    let (north, south) = ("Bắc Lập".to_owned(), "Nam Lập".to_owned());
    assert_eq!(
        share(Weight::Area),
        [(north.clone(), 412, 1067, true), (south.clone(), 655, 1067, true)]
    );
    assert_eq!(
        share(Weight::Population),
        [(north.clone(), 21, 50, true), (south.clone(), 29, 50, true)]
    );
    assert_eq!(share(Weight::Equal), [(north, 1, 2, true), (south, 1, 2, true)]);
}

#[test]
fn where_one_part_has_all_the_people_nothing_is_estimated() {
    let units = made_up();
    let an_khe = units.by_key("lg/cu/an-khe").unwrap();
    let shares = units.shares(an_khe, BEFORE, REFORM, Weight::Population).unwrap();
    let binh_an = units.by_key("lg/binh-an").unwrap();
    let exact =
        Share { unit: binh_an, numerator: 1, denominator: 1, estimated: false, fell_back: false };
    assert_eq!(shares, [exact]);
}

#[test]
fn loading_the_same_rows_again_says_nothing_new() {
    let units = made_up();
    let (file, _) = units::read("lam-giang.csv", &lam_giang(), None).unwrap();
    let plan = units::plan(&units, &Vouched::default(), &file);
    assert_eq!((plan.outcome, plan.changes.len()), (Outcome::Known, 0));
}

#[test]
fn a_later_row_says_what_changed() {
    let units = made_up();
    let plan = plan(
        &units,
        "lg/binh-an,2026-05-01,ward,,,,,,,,,\nlg/so-xay-dung,2026-03-01,,Sở Xây dựng và Giao thông,,,,,,,,\n",
    );
    let units = units.with(plan.changes);
    let on =
        |day| units.get(units.by_key("lg/binh-an").unwrap()).unwrap().full_name_on(day).unwrap();
    assert_eq!(on(date(2026, 4, 30)), "Xã Bình An");
    assert_eq!(on(date(2026, 5, 1)), "Phường Bình An");
    assert_eq!(units.find("sở xây dựng và giao thông", date(2026, 3, 1)).len(), 1);
}

#[test]
fn a_weight_may_come_later() {
    let mut units = Units::default();
    let split =
        "a,,commune,A,,,,,,,,\nb,2025-07-01,commune,B,,,,,,,,\nc,2025-07-01,commune,C,,,,,,,,\n";
    let parts = "a,,,,,,,2025-06-30,b,,,\na,,,,,,,2025-06-30,c,,,\n";
    units = units.with(plan(&units, &format!("{split}{parts}")).changes);
    let a = units.by_key("a").unwrap();
    let shares = units.shares(a, BEFORE, REFORM, Weight::Population).unwrap();
    assert!(shares.iter().all(|it| it.fell_back && it.denominator == 2));
    assert_eq!(units.check().len(), 2);
    let weighed = "a,,,,,,,2025-06-30,b,,30,\na,,,,,,,2025-06-30,c,,10,\n";
    units = units.with(plan(&units, &format!("{split}{weighed}")).changes);
    let shares = units.shares(a, BEFORE, REFORM, Weight::Population).unwrap();
    let numerators: Vec<i64> = shares.iter().map(|it| it.numerator).collect();
    assert_eq!((numerators, shares[0].denominator), (vec![3, 1], 4));
    assert!(shares.iter().all(|it| !it.fell_back && it.estimated));
    assert!(units.check().is_empty());
}

#[test]
fn what_is_wrong_with_rows_is_told_and_nothing_is_loaded() {
    let units = made_up();
    for (rows, kind) in [
        ("x,,commune,X,,,lg/nobody,,,,,\n", DoubtKind::UnknownKey),
        ("x,,hamlet,X,,,lg,,,,,\n", DoubtKind::BadRow),
        ("x,01/07/2025,commune,X,,,lg,,,,,\n", DoubtKind::BadRow),
        ("x,,,,,,lg,,,,,\n", DoubtKind::BadRow),
        ("x,,commune,X,,,code:LG999,,,,,\n", DoubtKind::UnknownKey),
        ("lg/cu/an-lap,,,,,,,2025-03-31,lg/bac-lap,,,\n", DoubtKind::Contradiction),
        ("lg/cu/tan-lap,,,,,,,2025-06-30,lg/bac-lap,,,\n", DoubtKind::Contradiction),
    ] {
        let plan = plan(&units, rows);
        assert!(plan.doubts.iter().any(|it| it.kind == kind), "{rows} {:?}", plan.doubts);
        assert!(plan.changes.is_empty(), "{rows}");
    }
}

#[test]
fn an_agency_may_stand_under_a_unit_that_is_known_by_its_code() {
    let units = made_up();
    let plan =
        plan(&units, "x,2025-09-01,department,Ban Quản lý rừng Khe Trắng,,,code:LG107,,,,,\n");
    assert_eq!(plan.outcome, Outcome::Loaded);
    let units = units.with(plan.changes);
    let on = date(2025, 9, 1);
    let found = units.find("ban quan ly rung khe trang", on);
    let above = units.above(found[0], Line::State, on);
    assert_eq!(units.get(above[0]).unwrap().full_name_on(on).unwrap(), "Xã Khe Trắng");
}

#[test]
fn a_unit_of_another_file_is_spoken_of_by_its_code() {
    let units = made_up();
    // LG106 was An Lập until the merger, and is Hòa Sơn since.
    let plan = plan(
        &units,
        "code:LG106,2026-02-01,ward,,,,,,,,,\ncode:LG106,,,,,,,2025-06-30,code:LG101,1,1,\n\
         code:LG106,,,,,,,2025-06-30,code:LG102,1,3,\n",
    );
    assert_eq!(plan.outcome, Outcome::Loaded, "{:?}", plan.doubts);
    let units = units.with(plan.changes);
    let on = date(2026, 2, 1);
    assert_eq!(units.find("Phường Hòa Sơn", on).len(), 1);
    let an_lap = units.by_key("lg/cu/an-lap").unwrap();
    let shares = units.shares(an_lap, BEFORE, REFORM, Weight::Population).unwrap();
    assert_eq!((shares[0].numerator, shares[0].denominator), (1, 4));
    assert!(units.check().is_empty());
}
