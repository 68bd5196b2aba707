use dondoc_core::{
    finding::{Fault, Finding},
    period::Period,
    problem::Language,
    unit::UnitId,
};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::{
    passage::{Arrived, Ask, Entry, Lack, Outcome},
    sample::{self, any_entries, as_entries, figure, sort},
};

/// The communes by the codes and uids that a set may bring.
fn unit(text: &str, period: Period) -> Result<UnitId, Vec<UnitId>> {
    let by_uid = [7, 8].into_iter().find(|it: &u32| uid("orgUnit", &it.to_string()) == text);
    by_uid.map_or_else(|| sample::unit(text, period), |it| Ok(UnitId(it)))
}

fn load(set: &Value) -> Arrived {
    let pack = sample::pack();
    let ask = Ask { pack: &pack, unit: &unit, file: "set.json" };
    read_values(set.to_string().as_bytes(), &ask, None)
}

#[test]
fn identifiers_are_those_of_dhis2() {
    let uid = uid("dataElement", "GTNT.01");
    assert!(uid.len() == 11 && uid.starts_with(|c: char| c.is_ascii_alphabetic()));
    assert!(uid.chars().all(|c| c.is_ascii_alphanumeric()));
    assert_ne!(uid, super::uid("category", "GTNT.01"));
}

#[test]
fn a_set_takes_period_and_unit_from_its_head() {
    let arrived = load(&json!({
        "dataSet": "abc", "completeDate": "2025-10-01", "period": "202509", "orgUnit": "XBA",
        "dataValues": [
            { "dataElement": "GTNT.02", "value": "12" },
            { "dataElement": "GTNT.03.num", "value": "7", "comment": "[ước] theo sổ" },
            { "dataElement": "GTNT.03.den", "value": 12 },
            { "dataElement": "GTNT.01", "categoryOptionCombo": "truc_xa", "value": "1.5", "period": "2025Q3", "followup": true },
        ],
    }));
    assert_eq!(arrived.findings, []);
    assert_eq!(arrived.figures.len(), 3);
    let share = arrived.figures.iter().find(|it| it.cell.series.indicator == "GTNT.03").unwrap();
    assert_eq!(share.figure.content, Content::Ratio { numerator: 7, denominator: 12 });
    assert_eq!(share.figure.status, Status::Estimate);
    assert_eq!(share.figure.reason.as_deref(), Some("theo sổ"));
    assert!(matches!(&arrived.lost[..], [it] if it.what == Lack::Field("followup".into())));
}

/// The fields, and what may be left out, as the Web API guide of DHIS2 has them (chapter "Data values"): the head with data
/// set, day of completion, period and unit; values with period and unit of their own; identifiers by code if the payload
/// says `idScheme`; no category option combination where there is none but the default.
#[test]
fn a_set_is_written_as_the_guide_of_dhis2_has_it() {
    let pack = sample::pack();
    let entry = |period: &str, option: &str, indicator: &str| Entry {
        unit: UnitId(7),
        period: period.parse().unwrap(),
        figure: figure(indicator, option, Content::Value(-5)),
    };
    let entries = [
        entry("2026-01", "", "GTNT.02"),
        entry("2026-Q1", "", "GTNT.02"),
        entry("2026-H1", "", "GTNT.02"),
        entry("2026", "truc_xa", "GTNT.01"),
    ];
    let code = |unit: UnitId, period: Period| sample::unit_names(unit, period).0;
    let (text, lost) = write_values(&pack, &entries, Names::Codes(&code));
    assert_eq!(lost.len(), 0);
    let value = |period: &str| json!({ "dataElement": "GTNT.02", "period": period, "orgUnit": "XBA", "value": "-5" });
    let expected = json!({ "idScheme": "CODE", "dataValues": [
        value("202601"), value("2026Q1"), value("2026S1"),
        { "dataElement": "GTNT.01", "period": "2026", "orgUnit": "XBA", "value": "-0.5",
          "categoryOptionCombo": "loai_duong:truc_xa" },
    ]});
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), expected);
}

#[test]
fn what_was_deleted_elsewhere_is_no_figure_and_is_told() {
    let value = |deleted: bool| {
        json!({
            "dataElement": "GTNT.02", "period": "202509", "orgUnit": "XBA", "value": "12", "storedBy": "admin",
            "created": "2025-10-01T00:00:00.000+0000", "lastUpdated": "2025-10-02T00:00:00.000+0000",
            "followUp": false, "deleted": deleted,
        })
    };
    let kept = load(&json!({ "idScheme": "CODE", "dataValues": [value(false)] }));
    assert_eq!((kept.figures.len(), kept.lost.len(), kept.findings.len()), (1, 0, 0));
    let gone = load(&json!({ "dataValues": [value(true)] }));
    assert_eq!((gone.figures.len(), gone.findings.len()), (0, 0));
    assert!(matches!(&gone.lost[..], [it] if it.what == Lack::Field("deleted".into())));
}

#[test]
fn every_bad_value_is_a_conflict_of_its_own() {
    let arrived = load(&json!({ "dataValues": [
        { "dataElement": "GTNT.02", "period": "202509", "orgUnit": "XBA", "value": "12" },
        { "dataElement": "GTNT.99", "period": "202509", "orgUnit": "XBA", "value": "12" },
        { "dataElement": "GTNT.02", "period": "202513", "orgUnit": "XBA", "value": "12" },
        { "dataElement": "GTNT.02", "period": "202509", "orgUnit": "XLA", "value": "12" },
        { "dataElement": "GTNT.02", "period": "202508", "orgUnit": "XBA", "value": "1,5" },
        { "dataElement": "GTNT.02", "period": "202507", "orgUnit": "XBA", "value": "1.5" },
        { "dataElement": "GTNT.01", "period": "202509", "orgUnit": "XBA", "value": "1", "categoryOptionCombo": "cao_toc" },
        { "dataElement": "GTNT.02", "period": "202509", "orgUnit": "XBA", "value": "13" },
        { "dataElement": "GTNT.03.num", "period": "202509", "orgUnit": "XBA", "value": "13" },
    ]}));
    assert_eq!(arrived.figures.len(), 1);
    let faults: Vec<(u32, &Fault)> =
        arrived.findings.iter().map(|it| (it.place.row.unwrap(), &it.fault)).collect();
    assert!(
        matches!(
            faults.as_slice(),
            [
                (2, Fault::UnknownIndicator { .. }),
                (3, Fault::UnknownPeriod { .. }),
                (4, Fault::UnknownUnit { .. }),
                (5, Fault::NotANumber { .. }),
                (6, Fault::TooManyDecimals { .. }),
                (7, Fault::UnknownOption { .. }),
                (8, Fault::Duplicate { .. }),
                (9, Fault::RatioWithoutParts),
            ]
        ),
        "{faults:?}"
    );

    let outcome = Outcome::of(&arrived, &|_| None);
    let refused = summary(&outcome, OnConflict::RefuseAll, Language::Vietnamese);
    assert_eq!(refused["status"], "ERROR");
    assert_eq!(
        refused["importCount"],
        json!({ "imported": 0, "updated": 0, "ignored": 9, "deleted": 0 })
    );
    let rest = summary(&outcome, OnConflict::LeaveOut, Language::English);
    assert_eq!(rest["status"], "WARNING");
    assert_eq!(
        rest["importCount"],
        json!({ "imported": 1, "updated": 0, "ignored": 8, "deleted": 0 })
    );
    assert_eq!(rest["conflicts"][0]["object"], "dataValues[1]");
    assert_eq!(rest["conflicts"][0]["errorCode"], "unknown_indicator");
    assert_eq!(rest["conflicts"][0]["indexes"], json!([1]));
}

#[test]
fn what_is_no_set_is_refused() {
    let pack = sample::pack();
    let ask = Ask { pack: &pack, unit: &unit, file: "" };
    for bytes in [&b""[..], b"[]", b"{\"dataValues\": 5}", b"\xff"] {
        let arrived = read_values(bytes, &ask, None);
        assert!(matches!(&arrived.findings[..], [Finding { fault: Fault::Broken { .. }, .. }]));
    }
}

#[test]
fn what_dhis2_cannot_say_is_listed() {
    let pack = sample::pack();
    let entry = |period: &str, content| Entry {
        unit: UnitId(7),
        period: period.parse().unwrap(),
        figure: figure("GTNT.02", "", content),
    };
    let entries = [
        entry("2025-9M", Content::Value(1)),
        entry("2020..2025", Content::Value(1)),
        entry("2025", Content::NoFigure),
        entry("2025", Content::Nil),
    ];
    let (text, lost) = write_values(&pack, &entries, Names::Uids);
    let lacks: Vec<&Lack> = lost.iter().map(|it| &it.what).collect();
    assert_eq!(lacks, [&Lack::Period, &Lack::Period, &Lack::NoFigure]);
    let set: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(set["dataValues"].as_array().unwrap().len(), 1);
    assert_eq!(set["dataValues"][0]["comment"], "[không phát sinh]");
    assert_eq!(set["dataValues"][0]["value"], "0");
}

fn org_units() -> Vec<OrgUnit> {
    let unit = |number: u32, code: &str, name: &str, parent: Option<u32>| OrgUnit {
        uid: uid("orgUnit", &number.to_string()),
        code: Some(code.to_owned()),
        name: name.to_owned(),
        opening: "2025-07-01".parse().ok(),
        closed: None,
        parent: parent.map(|it| uid("orgUnit", &it.to_string())),
    };
    vec![
        unit(1, "TLG", "tỉnh Lam Giang", None),
        unit(7, "XBA", "xã Bình An", Some(1)),
        unit(8, "XDK", "xã Đông Khê", Some(1)),
    ]
}

#[test]
fn metadata_reads_back() {
    let metadata = metadata(&sample::pack(), &org_units());
    let read = read_metadata(metadata.to_string().as_bytes()).unwrap();
    assert_eq!(read.org_units, org_units());
    // Two plain elements and one with options each, and two for the share: 6 for 5 indicators.
    assert_eq!(metadata["dataElements"].as_array().unwrap().len(), 6);
    assert_eq!(metadata["categoryOptionCombos"].as_array().unwrap().len(), 3 + 3 * 2);
    assert_eq!(metadata["dataSets"].as_array().unwrap().len(), 2);
}

#[test]
fn every_reference_in_the_metadata_leads_somewhere() {
    let metadata = metadata(&sample::pack(), &org_units());
    let mut ids = vec![Value::from("bjDvmb4bfuf")];
    let mut references = Vec::new();
    for objects in metadata.as_object().unwrap().values() {
        for object in objects.as_array().unwrap() {
            ids.push(object["id"].clone());
            let mut inside = object.clone();
            inside.as_object_mut().unwrap().remove("id");
            gather(&inside, &mut references);
        }
    }
    let all = ids.len();
    ids.sort_by_key(Value::to_string);
    ids.dedup();
    assert_eq!(ids.len(), all);
    assert!(references.len() > 20);
    for id in references {
        assert!(ids.contains(&id), "{id}");
    }
}

fn gather(value: &Value, references: &mut Vec<Value>) {
    match value {
        Value::Object(fields) => {
            references.extend(fields.get("id").cloned());
            fields.values().for_each(|it| gather(it, references));
        }
        Value::Array(items) => items.iter().for_each(|it| gather(it, references)),
        _ => {}
    }
}

#[test]
fn foreign_uids_are_understood_through_their_metadata() {
    let metadata = json!({
        "organisationUnits": [{ "id": "Rp268JB6Ne4", "code": "XBA", "name": "Bình An", "openingDate": "2025-07-01T00:00:00.000" }],
        "dataElements": [{ "id": "FTRrcoaog83", "code": "GTNT.01", "name": "km" }],
        "categoryOptionCombos": [{ "id": "Prlt0C1RF0s", "code": "truc_thon", "name": "truc thon" }],
    });
    let metadata = read_metadata(metadata.to_string().as_bytes()).unwrap();
    let set = json!({ "dataValues": [{
        "dataElement": "FTRrcoaog83", "orgUnit": "Rp268JB6Ne4", "period": "2025", "categoryOptionCombo": "Prlt0C1RF0s", "value": "2",
    }]});
    let pack = sample::pack();
    let ask = Ask { pack: &pack, unit: &unit, file: "" };
    let arrived = read_values(set.to_string().as_bytes(), &ask, Some(&metadata));
    assert_eq!(arrived.findings, []);
    assert_eq!(arrived.figures[0].cell.series, sample::series("GTNT.01", "truc_thon"));
    assert_eq!(arrived.figures[0].cell.unit, UnitId(7));
}

proptest! {
    #[test]
    fn every_figure_that_can_be_said_comes_back(entries in any_entries(), by_code: bool) {
        let pack = sample::pack();
        let code = |it: UnitId, period: Period| sample::unit_names(it, period).0;
        let names = if by_code { Names::Codes(&code) } else { Names::Uids };
        let (text, lost) = write_values(&pack, &entries, names);
        let arrived = read_values(text.as_bytes(), &Ask { pack: &pack, unit: &unit, file: "" }, None);
        prop_assert_eq!(&arrived.findings, &[]);
        let mut expected: Vec<Entry> =
            entries.into_iter().filter(|it| it.figure.content != Content::NoFigure).collect();
        sort(&mut expected);
        prop_assert_eq!(as_entries(&arrived), expected);
        prop_assert!(lost.iter().all(|it| it.what == Lack::NoFigure));
    }

    #[test]
    fn comments_read_back(nil: bool, estimate: bool, reason in proptest::option::of("[\\[\\]a-z ước]{0,6}[a-z\\]]")) {
        let status = if estimate { Status::Estimate } else { Status::Final };
        let comment = Comment { nil, status, qualifier: Qualifier::AtMost, reason };
        prop_assert_eq!(Comment::read(&comment.write().unwrap()), comment);
    }
}
