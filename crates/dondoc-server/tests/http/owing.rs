//! What units owe, and a report in which nothing occurred.

use serde_json::{Value, json};

use crate::province::{BINH_AN, DONG_KHE, Province, sent, usual};

fn owed(province: &Province, asked: &str) -> Value {
    let answer = province.lan.get(&format!("/api/owed?{asked}"));
    assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
    answer.json()
}

/// Period, state, days late and working days left of each report that is listed.
fn lines(list: &Value) -> Vec<(String, String, Value, Value)> {
    let line = |it: &Value| {
        let text = |name: &str| it[name].as_str().unwrap().to_owned();
        (text("period"), text("state"), it["days_late"].clone(), it["working_days_left"].clone())
    };
    list["items"].as_array().unwrap().iter().map(line).collect()
}

/// Today is Saturday 2026-11-21; a month closes on the 14th and is due three working days later.
#[test]
fn what_is_owed_stays_until_it_is_handed_in_the_latest_first() {
    let province = Province::new();
    let line = |period: &str, state: &str, late: Value, left: Value| {
        (period.to_owned(), state.to_owned(), late, left)
    };
    let late = |period, days| line(period, "not_started", json!(days), Value::Null);
    let ahead = line("2026-12", "not_started", Value::Null, json!(19));
    let list = owed(&province, &format!("unit={BINH_AN}"));
    assert_eq!((&list["n_late"], &list["n_open"]), (&json!(3), &json!(4)));
    let all = [late("2026-09", 65), late("2026-10", 33), late("2026-11", 3), ahead.clone()];
    assert_eq!(lines(&list), all);
    let first = &list["items"][0];
    assert_eq!((&first["from"], &first["to"]), (&json!("2026-08-15"), &json!("2026-09-14")));
    assert_eq!((&first["due"], &first["unit_name"]), (&json!("2026-09-17"), &json!("Xã Bình An")));

    assert_eq!(province.hand_in(BINH_AN, "2026-09", &usual("12", "30", "40")).status, 200);
    let list = owed(&province, &format!("unit={BINH_AN}"));
    assert_eq!(lines(&list), [late("2026-10", 33), late("2026-11", 3), ahead]);
    let done = owed(&province, &format!("unit={BINH_AN}&state=done"));
    assert_eq!(lines(&done), [line("2026-09", "submitted", json!(65), Value::Null)]);
    assert_eq!(done["items"][0]["handed_in_on"], "2026-11-21");
    assert_eq!(owed(&province, "period=2026-11")["items"].as_array().unwrap().len(), 2);
    assert_eq!(province.lan.get("/api/owed?state=gone").code(), "bad_request");
}

#[test]
fn a_report_that_was_sent_back_is_owed_again_with_what_was_said_about_it() {
    let province = Province::new();
    let receipt = province.hand_in(BINH_AN, "2026-11", &usual("12", "30", "40")).json();
    let id = receipt["report"].as_i64().unwrap();
    let note = json!([{ "row": "1", "column": "1", "words": "xem lại số lớp" }]);
    let version = province.minh.get(&format!("/api/reports/{id}")).json()["version"].clone();
    let back = json!({ "version": version, "notes": note });
    assert_eq!(province.minh.post(&format!("/api/reports/{id}/return"), &back).status, 200);
    let list = owed(&province, &format!("unit={BINH_AN}&period=2026-11"));
    let item = &list["items"][0];
    assert_eq!((&item["state"], &item["days_late"]), (&json!("returned"), &json!(3)));
    assert_eq!((&item["report"], &item["returned"]["by"]), (&json!(id), &json!("minh")));
    assert_eq!(item["returned"]["notes"][0]["words"], "xem lại số lớp");
}

#[test]
fn a_lock_closes_what_is_owed() {
    let province = Province::new();
    province
        .minh
        .post("/api/locks", &json!({ "pack": "LG", "period": "2026-10", "unit": DONG_KHE }));
    let closed = |unit: u32| {
        let list = owed(&province, &format!("unit={unit}&period=2026-10"));
        (list["items"][0]["is_closed"].clone(), list["items"][0]["may_be_nil"].clone())
    };
    assert_eq!(closed(DONG_KHE), (json!(true), json!(false)));
    assert_eq!(closed(BINH_AN), (json!(false), json!(true)));
}

#[test]
fn where_nothing_occurred_the_whole_form_is_handed_in_at_once() {
    let province = Province::new();
    let nil = |unit: u32, period: &str| json!({ "form": "B01-XA", "unit": unit, "period": period, "nil": true });
    let trial = province.lan.post("/api/reports?dry_run=true", &nil(BINH_AN, "2026-11")).json();
    let cells = trial["cells"].as_array().unwrap();
    assert_eq!(cells.len(), 3);
    assert!(cells.iter().all(|it| it["after"]["content"] == "nil"), "{trial}");
    assert_eq!(province.n_blocks(), 0);

    let receipt = province.lan.post("/api/reports", &nil(BINH_AN, "2026-11"));
    assert_eq!(receipt.status, 200, "{}", String::from_utf8_lossy(&receipt.body));
    assert_eq!(province.n_blocks(), 1);
    assert_eq!(province.total("indicator=LG.01&unit=1&period=2026-11"), 0);
    assert_eq!(owed(&province, &format!("unit={BINH_AN}&period=2026-11"))["n_open"], 0);

    let mut both = nil(DONG_KHE, "2026-11");
    both["figures"] = usual("1", "1", "1");
    assert_eq!(province.lan.post("/api/reports", &both).code(), "bad_request");
    assert_eq!(province.n_blocks(), 1);
}

#[test]
fn a_figure_in_force_is_never_taken_back_by_a_nil_report() {
    let province = Province::new();
    let receipt = province.hand_in(BINH_AN, "2026-11", &usual("12", "30", "40")).json();
    let id = receipt["report"].as_i64().unwrap();
    let version = province.minh.get(&format!("/api/reports/{id}")).json()["version"].clone();
    let back = json!({ "version": version, "reason": "thiếu chữ ký" });
    assert_eq!(province.minh.post(&format!("/api/reports/{id}/return"), &back).status, 200);
    let list = owed(&province, &format!("unit={BINH_AN}&period=2026-11"));
    assert_eq!(list["items"][0]["may_be_nil"], false);
    let mut nil = sent(BINH_AN, "2026-11", &json!([]));
    nil["nil"] = json!(true);
    assert_eq!(province.lan.post("/api/reports", &nil).code(), "wrong_step");
    assert_eq!(province.n_blocks(), 1);
}
