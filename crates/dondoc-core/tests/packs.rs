//! The packs that come with the program.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]
#![expect(clippy::disallowed_methods, reason = "tests read the packs from the checkout")]

use std::{collections::BTreeSet, fs, path::Path};

use dondoc_core::{
    calendar::{Calendar, Reporter, expected},
    figure::Status,
    pack::{self, Level, Pack},
    problem::Language,
    unit::UnitId,
};
use jiff::civil::date;

fn shipped(name: &str) -> Pack {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs").join(name);
    let mut files: Vec<(String, String)> = fs::read_dir(folder)
        .unwrap()
        .map(|it| it.unwrap().path())
        .filter(|it| it.extension().is_some_and(|it| it == "toml"))
        .map(|it| {
            (it.file_name().unwrap().to_string_lossy().into(), fs::read_to_string(it).unwrap())
        })
        .collect();
    files.sort();
    let files: Vec<(&str, &str)> = files.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    pack::read(&files).unwrap_or_else(|findings| {
        let told: Vec<String> = findings
            .iter()
            .map(|it| {
                let item = it.item.as_ref().map(ToString::to_string).unwrap_or_default();
                format!("{:?}:{:?} {item}: {}", it.file, it.line, it.message(Language::English))
            })
            .collect();
        panic!("{name}:\n{}", told.join("\n"))
    })
}

#[test]
fn the_defence_zone_has_80_indicators_27_registers_and_13_forms() {
    let pack = shipped("khu-vuc-phong-thu");
    assert_eq!(pack.indicators.len(), 80);
    assert_eq!(pack.registers.len(), 27);
    assert_eq!(pack.forms.len(), 13);
}

#[test]
fn another_programme_is_nothing_special() {
    let pack = shipped("chuyen-doi-so-xa");
    assert_eq!((pack.indicators.len(), pack.registers.len(), pack.forms.len()), (12, 3, 2));
}

/// The rows of the domain reference's table of indicators, cell by cell; `None`, and a word about it, where it is not there.
fn reference() -> Option<Vec<Vec<String>>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/domain.md");
    let Ok(text) = fs::read_to_string(&path) else {
        eprintln!("skipped: {} is not there", path.display());
        return None;
    };
    let rows = text.lines().filter(|it| it.starts_with("| KVPT."));
    Some(rows.map(|row| row.split('|').map(|it| it.trim().to_owned()).collect()).collect())
}

#[test]
fn indicators_add_up_are_cleared_and_counted_as_the_reference_says() {
    let pack = shipped("khu-vuc-phong-thu");
    let Some(rows) = reference() else { return };
    assert_eq!(rows.len(), 80);
    for row in rows {
        let [_, code, _, _, measure, adding, every, level, target, clearing, ..] = row.as_slice()
        else {
            panic!("{row:?}")
        };
        let indicator = pack.indicator(code).unwrap_or_else(|| panic!("{code} is missing"));
        let json = serde_json::to_value(indicator).unwrap();
        if let Some((units, time)) = adding.split_once(';').filter(|it| it.1.len() < 5) {
            assert_eq!(
                (&json["over_units"], &json["over_time"]),
                (&units.into(), &time.into()),
                "{code}"
            );
        } else {
            assert_eq!(
                (&json["over_units"], &json["over_time"]),
                (&"none".into(), &"none".into()),
                "{code}"
            );
        }
        assert_eq!(measure == "%", indicator.measure == "%", "{code}");
        assert_eq!(
            json["clearing"],
            if clearing.starts_with("open") { "open" } else { "clear" },
            "{code}"
        );
        let level = match level.as_bytes()[0] {
            b'X' => "commune",
            b'T' => "province",
            _ => "both",
        };
        assert_eq!(json["level"], level, "{code}");
        for letter in every.split(',') {
            let name = match letter.trim() {
                "M" => "month",
                "Q" => "quarter",
                "H" => "half",
                "Y" => "year",
                "N" => "term",
                _ => "event",
            };
            assert!(json["every"].as_array().unwrap().contains(&name.into()), "{code} {name}");
        }
        for register in target.split([' ', ',', ';']).filter_map(|it| it.strip_prefix("R:")) {
            let is_counted = indicator.counted.iter().any(|it| it.register == register);
            assert!(is_counted || indicator.formula.is_some(), "{code} {register}");
        }
    }
}

#[test]
fn registers_of_the_reference_are_all_there() {
    let pack = shipped("khu-vuc-phong-thu");
    let names = "doc task followup meeting course drill recruit policy remains gift medical works house scheme appraisal external twinning inspection finding incident damage relief resource model emulation award assessment";
    let there: Vec<&str> = pack.registers.iter().map(|it| it.code.as_str()).collect();
    assert_eq!(there.join(" "), names);
}

#[test]
fn every_indicator_stands_in_a_form() {
    let pack = shipped("khu-vuc-phong-thu");
    let is_in_form = |code: &str| {
        let rows = pack.forms.iter().flat_map(|it| &it.rows);
        rows.filter_map(|it| it.indicator.as_deref()).any(|it| it == code)
    };
    let left: Vec<&str> =
        pack.indicators.iter().map(|it| it.code.as_str()).filter(|it| !is_in_form(it)).collect();
    assert_eq!(left, Vec::<&str>::new());
    assert!(pack.rules.len() >= 30);
}

#[test]
fn what_needs_clearing_is_off_until_it_is_confirmed() {
    let pack = shipped("khu-vuc-phong-thu");
    let mut confirmed = BTreeSet::new();
    let off = |confirmed: &BTreeSet<String>| -> Vec<String> {
        let all = pack.indicators.iter().filter(|it| !pack.is_on(it, confirmed));
        all.map(|it| it.code.clone()).collect()
    };
    let all_off = "KVPT.03.07 KVPT.05.01 KVPT.05.02 KVPT.05.03 KVPT.05.05 KVPT.06.07 KVPT.08.04";
    assert_eq!(off(&confirmed).join(" "), all_off);
    confirmed.insert("KVPT.05.01".to_owned());
    assert!(!off(&confirmed).contains(&"KVPT.05.01".to_owned()));
}

/// A year of a commune and a province, worked out by hand from the closing rule and the days off of 2026.
#[test]
fn the_forms_of_a_year_come_when_they_should() {
    let pack = shipped("khu-vuc-phong-thu");
    let calendar = Calendar::vietnam().unwrap();
    let reporters = [
        Reporter { unit: UnitId(1), level: Level::Province },
        Reporter { unit: UnitId(2), level: Level::Commune },
    ];
    let year = date(2026, 1, 1)..=date(2026, 12, 31);
    let all = expected(&pack.forms, &reporters, &year, &calendar).unwrap();
    let due = |form: &str, unit: u32, period: &str, kind: Status| {
        let is_it = |it: &&dondoc_core::calendar::Expected| {
            it.form == form
                && it.unit == UnitId(unit)
                && it.period.to_string() == period
                && it.kind == kind
        };
        all.iter().find(is_it).unwrap_or_else(|| panic!("{form} {period}")).due.map(|it| it.on)
    };
    // Closed on Saturday 14 February, in the days of Tết: the first working day is Monday 23.
    assert_eq!(due("B01-XA", 2, "2026-02", Status::Final), Some(date(2026, 2, 23)));
    assert_eq!(due("B02-TINH", 1, "2026-02", Status::Final), Some(date(2026, 2, 25)));
    assert_eq!(due("B02-TINH", 1, "2026-Q3", Status::Final), Some(date(2026, 9, 17)));
    assert_eq!(due("B03-6T-NAM", 2, "2026", Status::Estimate), Some(date(2026, 12, 1)));
    // 5 December 2026 is a Saturday.
    assert_eq!(due("B03-6T-NAM", 1, "2026", Status::Estimate), Some(date(2026, 12, 4)));
    assert_eq!(due("B03-6T-NAM", 1, "2026", Status::Final), Some(date(2026, 12, 21)));
    assert_eq!(due("B04-GDQPAN", 2, "2026-H1", Status::Final), None);
    let count = |unit: u32| all.iter().filter(|it| it.unit == UnitId(unit)).count();
    // Commune: B01 12; B03 half 2, year 1 + 1; B04 3; B07 12 + 4.
    assert_eq!(count(2), 12 + 4 + 3 + 16);
    // Province: B02 12 + 4; B03 4; B04 3; B08 4.
    assert_eq!(count(1), 16 + 4 + 3 + 4);
}
