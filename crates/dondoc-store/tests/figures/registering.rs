//! Entries of registers, targets, packs and what is cleared.

use dondoc_core::{figure::Series, pack::Pack};
use dondoc_store::{
    Store, StoreError,
    packs::{self, Clearance, PackError},
    registers::{self, EntryChange, EntryError, EntryFilter, EntryState, NewEntry},
    targets::{self, Target, TargetValue},
};
use jiff::civil::{Date, date};
use serde_json::{Map, Value, json};

use crate::{
    made::{BINH_AN, DONG_KHE, minh, month, write},
    sample::{Sample, by},
};

fn fields(json: Value) -> Map<String, Value> {
    let Value::Object(map) = json else { panic!("no object") };
    map
}

fn course(store: &Store, unit: dondoc_core::unit::UnitId, on: Date) -> i64 {
    let fields = fields(json!({"n_learners": 40, "group": "doi_tuong_2"}));
    let new = NewEntry { pack: "KVPT", register: "course", unit, occurred_on: on, fields: &fields };
    write(store, |tx| registers::note(tx, &new, &by())).unwrap()
}

const ALL: EntryFilter<'static> = EntryFilter {
    pack: "KVPT",
    register: "course",
    unit: None,
    from: date(2026, 1, 1),
    to: date(2026, 12, 31),
    withdrawn: false,
};

#[test]
fn an_entry_is_changed_with_a_reason_and_its_versions_stay() {
    let Sample { store, place: _place } = &Sample::new();
    let id = course(store, BINH_AN, date(2026, 3, 5));
    let mended = fields(json!({"n_learners": 41, "group": "doi_tuong_2"}));
    let correct =
        EntryChange::Correct { unit: BINH_AN, occurred_on: date(2026, 3, 6), fields: &mended };
    let silent = write(store, |tx| registers::change(tx, (id, 1), correct, ("", &minh())));
    assert!(matches!(silent, Err(EntryError::NoReason)));
    let why = ("đếm lại", &minh());
    let entry = write(store, |tx| registers::change(tx, (id, 1), correct, why)).unwrap();
    assert_eq!((entry.now.version, &entry.now.fields), (2, &mended));
    let stale = write(store, |tx| registers::change(tx, (id, 1), correct, why));
    assert!(matches!(stale, Err(EntryError::Stale { current: 2 })));
    let gone = write(store, |tx| registers::change(tx, (id, 2), EntryChange::Withdraw, why));
    assert_eq!(gone.unwrap().now.state, EntryState::Withdrawn);
    let after = write(store, |tx| registers::change(tx, (id, 3), correct, why));
    assert!(matches!(after, Err(EntryError::Withdrawn)));
    let nowhere = write(store, |tx| registers::change(tx, (9, 1), correct, why));
    assert!(matches!(nowhere, Err(EntryError::NotFound)));

    let versions = store.read(|tx| registers::versions(tx, id)).unwrap();
    let told: Vec<_> =
        versions.iter().map(|it| (it.version, it.occurred_on, it.reason.as_deref())).collect();
    let expected = [
        (1, date(2026, 3, 5), None),
        (2, date(2026, 3, 6), Some("đếm lại")),
        (3, date(2026, 3, 6), Some("đếm lại")),
    ];
    assert_eq!(told, expected);
    assert_eq!(versions[0].fields["n_learners"], json!(40));
}

#[test]
fn entries_are_listed_by_unit_and_days_that_are_both_in_it() {
    let Sample { store, place: _place } = &Sample::new();
    let days = [date(2026, 3, 31), date(2026, 3, 1), date(2026, 4, 1), date(2026, 2, 28)];
    for day in days {
        course(store, BINH_AN, day);
    }
    let other = course(store, DONG_KHE, date(2026, 3, 9));
    let list = |filter: EntryFilter<'_>| -> Vec<i64> {
        let found = store.read(|tx| registers::list(tx, &filter)).unwrap();
        found.iter().map(|it| it.id).collect()
    };
    let march = EntryFilter { from: date(2026, 3, 1), to: date(2026, 3, 31), ..ALL };
    assert_eq!(list(march), [2, other, 1]);
    assert_eq!(list(EntryFilter { unit: Some(BINH_AN), ..march }), [2, 1]);
    assert_eq!(list(EntryFilter { register: "drill", ..march }), Vec::<i64>::new());
    let why = ("ghi nhầm", &minh());
    write(store, |tx| registers::change(tx, (2, 1), EntryChange::Withdraw, why)).unwrap();
    assert_eq!(list(march), [other, 1]);
    assert_eq!(list(EntryFilter { withdrawn: true, ..march }), [2, other, 1]);
}

#[test]
fn the_same_fields_have_the_same_digest_in_whatever_order_they_come() {
    let digest = |text: &str| {
        let Sample { store, place: _place } = &Sample::new();
        let fields = fields(serde_json::from_str(text).unwrap());
        let new = NewEntry {
            pack: "KVPT",
            register: "course",
            unit: BINH_AN,
            occurred_on: date(2026, 3, 5),
            fields: &fields,
        };
        let id = write(store, |tx| registers::note(tx, &new, &by())).unwrap();
        store.read(|tx| registers::get(tx, id)).unwrap().unwrap().now.digest
    };
    let one = digest(r#"{"a": 1, "b": {"c": [1, 2], "d": null}}"#);
    assert_eq!(one, digest(r#"{"b": {"d": null, "c": [1, 2]}, "a": 1}"#));
    assert_ne!(one, digest(r#"{"b": {"d": null, "c": [2, 1]}, "a": 1}"#));
}

#[test]
fn an_entry_that_was_changed_behind_the_stores_back_is_not_given_out() {
    for change in [
        "update entry_version set fields = '{\"n_learners\":400}'",
        "update entry_version set occurred_on = '2026-03-06'",
        "update entry set occurred_on = '2026-03-06'",
        "update entry set unit_id = 99",
        "update entry_version set actor = 'Minh'",
    ] {
        let Sample { store, place } = &Sample::new();
        let id = course(store, BINH_AN, date(2026, 3, 5));
        place.run(change);
        assert!(store.read(|tx| registers::get(tx, id)).is_err(), "{change}");
        assert!(store.read(|tx| registers::list(tx, &ALL)).is_err(), "{change}");
    }
}

fn target(option: Option<&str>, value: TargetValue) -> Target {
    Target {
        series: Series { indicator: "KVPT.02.01".into(), option: option.map(str::to_owned) },
        unit: BINH_AN,
        period: month(9),
        value,
        source: "Kế hoạch 12/KH-UBND ngày 05/01/2026".into(),
    }
}

#[test]
fn the_last_target_is_in_force_and_the_ones_before_stay() {
    let Sample { store, place } = &Sample::new();
    let ratio = TargetValue::Ratio { numerator: 95, denominator: 100 };
    let targets = [
        target(None, TargetValue::Value(120)),
        target(Some("nam"), ratio),
        target(None, TargetValue::Value(130)),
    ];
    for it in &targets {
        write(store, |tx| targets::set(tx, it, &by())).unwrap();
    }
    let in_force = |it: &Target| {
        store.read(|tx| targets::in_force(tx, &it.series, BINH_AN, month(9))).unwrap()
    };
    assert_eq!(in_force(&targets[0]).map(|it| (it.id, it.target)), Some((3, targets[2].clone())));
    assert_eq!(in_force(&targets[1]).map(|it| it.target.value), Some(ratio));
    let all = store.read(|tx| targets::of_period(tx, month(9))).unwrap();
    assert!(all.iter().map(|it| &it.target).eq(&targets));
    assert_eq!(store.read(|tx| targets::of(tx, DONG_KHE, month(9))).unwrap(), []);
    place.run("update target set value = 1300 where target_id = 3");
    assert!(store.read(|tx| targets::of(tx, BINH_AN, month(9))).is_err());
}

fn pack(code: &str, version: u32, name: &str) -> Pack {
    let name = json!({"vi": name, "en": ""});
    let head = json!({"code": code, "name": name, "version": version, "valid_from": "2026-01-01"});
    serde_json::from_value(json!({ "pack": head })).unwrap()
}

#[test]
fn a_version_of_a_pack_is_put_into_use_once_and_never_edited() {
    let Sample { store, place } = &Sample::new();
    let adopt = |it: &Pack| write(store, |tx| packs::adopt(tx, it, &by()));
    assert!(adopt(&pack("KVPT", 1, "Khu vực phòng thủ")).unwrap());
    assert!(!adopt(&pack("KVPT", 1, "Khu vực phòng thủ")).unwrap());
    let edited = adopt(&pack("KVPT", 1, "Khu vực"));
    assert!(matches!(edited, Err(PackError::Changed { code, version: 1 }) if code == "KVPT"));
    assert!(adopt(&pack("KVPT", 2, "Khu vực")).unwrap());
    assert!(adopt(&pack("PTDS", 1, "Phòng thủ dân sự")).unwrap());
    let (in_use, confirmed) = store.read(packs::in_use).unwrap();
    let codes: Vec<_> = in_use.iter().map(|it| (it.code.as_str(), it.version)).collect();
    assert_eq!((codes, confirmed.len()), (vec![("KVPT", 2), ("PTDS", 1)], 0));
    assert_eq!(in_use[0].pack().unwrap(), pack("KVPT", 2, "Khu vực"));
    assert_eq!(store.read(packs::all).unwrap().len(), 3);
    place.run("update pack set text = '{}' where version = 2");
    assert!(store.read(|tx| packs::get(tx, "KVPT", 2)).is_err());
    assert!(store.read(|tx| packs::get(tx, "KVPT", 1)).unwrap().is_some());
}

#[test]
fn of_what_owners_say_the_last_word_counts() {
    let Sample { store, place: _place } = &Sample::new();
    write(store, |tx| packs::adopt(tx, &pack("KVPT", 1, "Khu vực phòng thủ"), &by())).unwrap();
    let say = |code: &str, confirmed, basis: &str| {
        let basis = basis.to_owned();
        let clearance = Clearance { pack: "KVPT".into(), code: code.into(), confirmed, basis };
        write(store, |tx| -> Result<i64, StoreError> { packs::clear(tx, &clearance, &by()) })
    };
    let basis = "Công văn 45/CV-BCH ngày 02/02/2026";
    say("KVPT.03.01", true, basis).unwrap();
    say("KVPT.03.02", true, basis).unwrap();
    say("KVPT.03.01", false, "Công văn 60/CV-BCH ngày 03/03/2026").unwrap();
    assert!(say("KVPT.03.04", true, " ").is_err());
    assert_eq!(store.read(|tx| packs::cleared(tx, "KVPT")).unwrap(), ["KVPT.03.02"]);
    let (_, confirmed) = store.read(packs::in_use).unwrap();
    assert!(confirmed.iter().eq(["KVPT.03.02"]));
    let said = store.read(|tx| packs::clearances(tx, "KVPT")).unwrap();
    assert_eq!((said.len(), said[2].0.confirmed, &said[0].1), (3, false, &by()));
    assert_eq!(store.read(|tx| packs::cleared(tx, "PTDS")).unwrap(), Vec::<String>::new());
}
