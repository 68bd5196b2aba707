use jiff::civil::date;
use serde_json::json;

use super::*;

fn pack() -> Pack {
    let text = |it: &str| json!({ "vi": it, "en": it });
    let field = |code: &str, kind: &str| json!({ "code": code, "name": text(code), "kind": kind });
    let kind = json!({ "code": "type", "name": text("Loại"), "kind": "choice", "options": "loai" });
    serde_json::from_value(json!({
        "pack": { "code": "X", "name": text("X"), "version": 1, "valid_from": "2020-01-01" },
        "breakdowns": [{ "code": "loai", "name": text("Loại"),
                         "options": [{ "code": "bao", "name": text("Bão") }] }],
        "registers": [
            { "code": "incident", "name": text("Sự cố"),
              "fields": [kind, field("title", "text"), field("on", "day"), field("at", "number"),
                         field("end", "day"), field("places", "units")],
              "reports": { "register": "damage", "about": "incident", "reported_on": "day", "reported_at": "hour",
                           "named_by": "title", "began_on": "on", "began_at": "at", "ended_on": "end",
                           "owed_by": "places", "within_hours": 24, "every_hours": 24,
                           "last": { "field": "status", "option": "tong_hop" } } },
        ],
    }))
    .unwrap()
}

fn storm(more: &[(&str, FieldValue)]) -> Fields {
    let mut fields = Fields::from([
        ("title".to_owned(), FieldValue::Text("Bão số 3".to_owned())),
        ("on".to_owned(), FieldValue::Day(date(2026, 9, 7))),
        ("at".to_owned(), FieldValue::Number(14)),
    ]);
    fields.extend(more.iter().map(|(code, it)| ((*code).to_owned(), it.clone())));
    fields
}

/// A report on a day of September at an hour.
fn report(day: i8, hour: Option<i64>, status: &str) -> Fields {
    let mut fields = Fields::from([
        ("incident".to_owned(), FieldValue::Text("bão số 3".to_owned())),
        ("day".to_owned(), FieldValue::Day(date(2026, 9, day))),
        ("status".to_owned(), FieldValue::Choice(status.to_owned())),
    ]);
    fields.extend(hour.map(|it| ("hour".to_owned(), FieldValue::Number(it))));
    fields
}

#[track_caller]
fn stands(event: &Fields, told: &[Fields], now: DateTime) -> Owed {
    let all = stand_all(event, told, now);
    assert_eq!(all.len(), 1);
    all.into_iter().next().unwrap()
}

fn stand_all(event: &Fields, told: &[Fields], now: DateTime) -> Vec<Owed> {
    let pack = pack();
    let register = pack.register("incident").unwrap();
    let reports = register.reports.as_ref().unwrap();
    let noted: Vec<Noted<'_>> =
        (100..).zip(told).map(|(id, fields)| Noted { id, unit: UnitId(1), fields }).collect();
    let event = Noted { id: 1, unit: UnitId(1), fields: event };
    owed((&pack, register, reports), event, &noted, now)
}

#[test]
fn the_first_report_is_due_a_day_after_the_hour_of_the_event() {
    let before = stands(&storm(&[]), &[], date(2026, 9, 8).at(13, 59, 0, 0));
    assert_eq!((before.state, before.n_due), (OwedState::Waiting, 0));
    assert_eq!(before.due, Some(date(2026, 9, 8).at(14, 0, 0, 0)));
    let after = stands(&storm(&[]), &[], date(2026, 9, 8).at(14, 1, 0, 0));
    assert_eq!((after.state, after.n_due, after.n_missed), (OwedState::Late, 1, 1));
    assert_eq!(after.due, Some(date(2026, 9, 8).at(14, 0, 0, 0)));
}

#[test]
fn where_the_hour_is_not_known_nobody_is_late_who_may_not_be() {
    let mut event = storm(&[]);
    event.remove("at");
    let day_after = stands(&event, &[], date(2026, 9, 8).at(23, 59, 0, 0));
    assert_eq!((day_after.state, day_after.is_hour_known), (OwedState::Waiting, false));
    assert_eq!(stands(&event, &[], date(2026, 9, 9).at(0, 1, 0, 0)).state, OwedState::Late);
}

#[test]
fn after_the_first_a_report_is_due_every_day_until_the_end() {
    let told = [report(8, Some(9), "nhanh")];
    let next = stands(&storm(&[]), &told, date(2026, 9, 8).at(10, 0, 0, 0));
    assert_eq!(next.due, Some(date(2026, 9, 9).at(14, 0, 0, 0)));
    assert_eq!((next.state, next.last), (OwedState::Waiting, Some(100)));
    let late = stands(&storm(&[]), &told, date(2026, 9, 10).at(15, 0, 0, 0));
    assert_eq!((late.state, late.n_due, late.n_missed), (OwedState::Late, 3, 2));
}

#[test]
fn a_later_report_makes_good_and_the_missed_one_stays_counted() {
    let told = [report(8, Some(9), "nhanh"), report(10, Some(15), "bo_sung")];
    let owed = stands(&storm(&[]), &told, date(2026, 9, 10).at(16, 0, 0, 0));
    // Those until 09/09 14:00 and until 10/09 14:00 were missed; the one at 15:00 is that of the day after.
    assert_eq!((owed.n_due, owed.n_missed), (3, 2));
    let day_after = stands(&storm(&[]), &told, date(2026, 9, 11).at(15, 0, 0, 0));
    assert_eq!((day_after.n_due, day_after.n_missed), (4, 2));
    assert_eq!(day_after.state, OwedState::Waiting);
}

#[test]
fn when_it_has_ended_the_report_on_all_of_it_is_still_to_come_and_then_nothing() {
    let ended = storm(&[("end", FieldValue::Day(date(2026, 9, 8)))]);
    let now = date(2026, 9, 20).at(8, 0, 0, 0);
    let told = [report(8, Some(9), "nhanh"), report(9, None, "bo_sung")];
    let last = stands(&ended, &told, now);
    assert_eq!((last.state, last.due, last.n_missed), (OwedState::Last, None, 0));
    let told = [report(8, Some(9), "nhanh"), report(9, None, "tong_hop")];
    assert_eq!(stands(&ended, &told, now).state, OwedState::Done);
}

#[test]
fn every_place_reports_for_itself_and_an_event_without_name_is_called_by_its_kind_and_day() {
    let places = FieldValue::Units(vec![UnitId(1), UnitId(2)]);
    let mut event = storm(&[("places", places), ("type", FieldValue::Choice("bao".to_owned()))]);
    let told = [report(8, Some(9), "nhanh")];
    let all = stand_all(&event, &told, date(2026, 9, 8).at(15, 0, 0, 0));
    let states: Vec<_> = all.iter().map(|it| (it.unit, it.state)).collect();
    assert_eq!(states, [(UnitId(1), OwedState::Waiting), (UnitId(2), OwedState::Late)]);
    event.remove("title");
    let all = stand_all(&event, &[], date(2026, 9, 8).at(15, 0, 0, 0));
    assert_eq!(all[0].name, "Bão 07/09/2026");
}
