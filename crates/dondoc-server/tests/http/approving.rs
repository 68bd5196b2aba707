//! Approving what is clean, the board, the receipt, and who sees which of them.

use dondoc_core::{
    access::Grant,
    unit::{Line, UnitId},
};
use dondoc_server::people;
use dondoc_store::{By, Store, accounts::NewAccount};
use serde_json::{Value, json};

use crate::{
    client::Answer,
    province::{BINH_AN, DONG_KHE, LAM_GIANG, Province, sent, usual},
    server::{Server, clock},
};

/// A report with a warning that was answered.
fn hand_in_unusual(province: &Province, unit: u32, period: &str) {
    let mut body = sent(unit, period, &json!([{ "row": "1", "column": "1", "value": "900" }]));
    body["notes"] = json!([{ "about": "R-01", "words": "chiến dịch mùa hè" }]);
    assert_eq!(province.lan.post("/api/reports", &body).status, 200);
}

fn waiting(server: &Server) -> Vec<Value> {
    let answer = server.get("/api/approvals");
    assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
    answer.json()["items"].as_array().unwrap().clone()
}

fn seen(of: &Value) -> Value {
    json!({ "id": of["id"], "version": of["version"] })
}

fn approve(server: &Server, reports: &[Value]) -> Answer {
    server.post("/api/reports/approve-clean", &json!({ "reports": reports }))
}

#[test]
fn what_is_clean_is_approved_at_once_and_the_rest_is_left_with_the_reason() {
    let province = Province::new();
    province.hand_in(BINH_AN, "2026-09", &usual("12", "30", "40"));
    province.hand_in(DONG_KHE, "2026-09", &usual("5", "10", "60"));
    hand_in_unusual(&province, BINH_AN, "2026-10");
    province.hand_in(DONG_KHE, "2026-10", &usual("1", "1", "1"));
    let list = waiting(&province.minh);
    assert_eq!(list.len(), 4);
    let unusual = list.iter().find(|it| !it["findings"].as_array().unwrap().is_empty()).unwrap();
    assert_eq!((&unusual["unit"], &unusual["period"]), (&json!(BINH_AN), &json!("2026-10")));
    assert_eq!(unusual["findings"][0]["about"], "R-01");
    assert_eq!(unusual["findings"][0]["answer"], "chiến dịch mùa hè");
    assert_eq!((&list[0]["n_figures"], &list[0]["days_late"]), (&json!(2), &json!(65)));

    let own = approve(&province.lan, &[seen(&list[0])]).json();
    assert_eq!((&own["approved"], &own["left"][0]["why"]), (&json!([]), &json!("own_work")));

    // Somebody sends the last one back in between.
    let id = list[3]["id"].as_i64().unwrap();
    let back = json!({ "version": list[3]["version"], "reason": "thiếu" });
    assert_eq!(province.minh.post(&format!("/api/reports/{id}/return"), &back).status, 200);
    let mut asked: Vec<Value> = list.iter().map(seen).collect();
    asked.push(json!({ "id": 9999, "version": 1 }));
    let first = approve(&province.minh, &asked);
    let all = first.json();
    let approved: Vec<&Value> =
        all["approved"].as_array().unwrap().iter().map(|it| &it["period"]).collect();
    assert_eq!(approved, ["2026-09", "2026-09"]);
    let why = |of: &Value| {
        let left = all["left"].as_array().unwrap();
        let left = left.iter().find(|it| it["id"] == of["id"]).unwrap();
        assert_ne!(left["message"]["vi"], "");
        left["why"].clone()
    };
    assert_eq!(why(unusual), "unusual");
    assert_eq!(why(&list[3]), "stale");
    assert_eq!(why(&json!({ "id": 9999 })), "not_found");

    // Asked again after the answer got lost: the same answer, and no further step.
    assert_eq!(approve(&province.minh, &asked).body, first.body);
    let detail = province.lan.get(&format!("/api/reports/{}", list[0]["id"])).json();
    let steps: Vec<&Value> =
        detail["steps"].as_array().unwrap().iter().map(|it| &it["step"]).collect();
    assert_eq!(steps, ["open", "submit", "approve"]);
    assert_eq!((&detail["state"], &detail["approved_by"]), (&json!("approved"), &json!("minh")));
    assert_eq!(waiting(&province.minh).len(), 1);
}

#[test]
fn the_board_shows_units_by_forms_with_what_came_of_them() {
    let province = Province::new();
    province.hand_in(BINH_AN, "2026-11", &usual("12", "30", "40"));
    let board = province.minh.get("/api/board").json();
    // The month that closed last.
    assert_eq!(board["period"], "2026-11");
    assert_eq!(board["periods"], json!(["2026-12", "2026-11", "2026-10", "2026-09"]));
    let form = &board["forms"][0];
    let counts = ["n_expected", "n_handed_in", "n_in_time", "n_late", "n_approved"];
    assert_eq!(counts.map(|it| form[it].as_i64().unwrap()), [2, 1, 0, 1, 0]);
    assert_eq!((&form["from"], &form["due"]), (&json!("2026-10-15"), &json!("2026-11-18")));
    let cell = |unit: u32| {
        let units = board["units"].as_array().unwrap();
        let cell = &units.iter().find(|it| it["unit"] == unit).unwrap()["cells"][0];
        (cell["state"].clone(), cell["is_late"].clone(), cell["days_late"].clone())
    };
    assert_eq!(cell(BINH_AN), (json!("submitted"), json!(false), json!(3)));
    assert_eq!(cell(DONG_KHE), (json!("not_started"), json!(true), json!(3)));
    let before = province.minh.get("/api/board?period=2026-10").json();
    assert_eq!((&before["period"], &before["forms"][0]["n_late"]), (&json!("2026-10"), &json!(2)));
}

#[test]
fn the_receipt_says_what_came_and_when_and_carries_the_chain() {
    let province = Province::new();
    let receipt = province.hand_in(BINH_AN, "2026-11", &usual("12", "30", "40")).json();
    let id = receipt["report"].as_i64().unwrap();
    let summary = province.minh.get(&format!("/api/reports/{id}/summary")).json();
    let proof = &summary["proof"];
    assert_eq!((&proof["number"], &proof["chain"]), (&receipt["number"], &receipt["chain"]));
    assert_eq!(proof["n_figures"], 2);
    assert_eq!(summary["unit_name"], "Xã Bình An");
    assert_eq!((&summary["from"], &summary["to"]), (&json!("2026-10-15"), &json!("2026-11-14")));
    assert_eq!(summary["steps"], json!(["return", "approve"]));
    let own = province.lan.get(&format!("/api/reports/{id}/summary")).json();
    assert_eq!((&own["is_own"], &own["steps"]), (&json!(true), &json!(["return"])));
    assert_eq!(province.lan.get("/api/reports/777/summary").code(), "not_found");
}

/// A clerk of Đông Khê sees nothing of Bình An, by any of these ways.
#[test]
fn a_clerk_sees_and_corrects_the_own_unit_alone() {
    let province = Province::new();
    let receipt = province.hand_in(BINH_AN, "2026-09", &usual("12", "30", "40")).json();
    province.minh.post("/api/locks", &json!({ "pack": "LG", "period": "2026-09" }));
    let correction = |unit: u32| {
        json!({
            "form": "B01-XA", "unit": unit, "period": "2026-09", "reason": "đếm thiếu",
            "figures": [{ "indicator": "LG.01", "value": "13" }],
        })
    };
    let asked = province.lan.post("/api/corrections", &correction(BINH_AN)).json();
    assert_eq!((&asked["form"], &asked["is_own"]), (&json!("B01-XA"), &json!(true)));
    assert_eq!(asked["figures"][0]["name"]["vi"], "Lớp đã mở");

    let key = clerk(&province, DONG_KHE);
    let bearer = format!("Bearer {key}");
    let as_clerk = [("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
    let get = |path: &str| province.lan.send(&format!("GET {path}"), &as_clerk, b"");
    let post = |path: &str, body: &Value| {
        province.lan.send(&format!("POST {path}"), &as_clerk, body.to_string().as_bytes())
    };
    let units = |list: &Value, name: &str| -> Vec<i64> {
        list[name].as_array().unwrap().iter().map(|it| it["unit"].as_i64().unwrap()).collect()
    };
    let owed = get("/api/owed?state=all").json();
    assert_eq!(units(&owed, "items"), [i64::from(DONG_KHE); 4]);
    assert_eq!(get(&format!("/api/owed?state=all&unit={BINH_AN}")).json()["items"], json!([]));
    let board = get("/api/board").json();
    assert_eq!(units(&board, "units"), [i64::from(DONG_KHE)]);
    assert_eq!(get("/api/corrections?state=all").json()["items"], json!([]));
    let summary = format!("/api/reports/{}/summary", receipt["report"]);
    assert_eq!(get(&summary).code(), "not_found");
    assert_eq!(get("/api/approvals").code(), "forbidden");
    assert_eq!(post("/api/reports/approve-clean", &json!({ "reports": [] })).code(), "forbidden");
    assert_eq!(post("/api/corrections", &correction(BINH_AN)).code(), "forbidden");
    assert_eq!(
        post("/api/locks", &json!({ "pack": "LG", "period": "2026-10" })).code(),
        "forbidden"
    );
    assert_eq!(units(&get("/api/corrections?state=all").json(), "items"), Vec::<i64>::new());
    assert_eq!(post("/api/corrections", &correction(DONG_KHE)).status, 200);
    assert_eq!(units(&get("/api/corrections").json(), "items"), [i64::from(DONG_KHE)]);
    let all = province.minh.get(&format!("/api/corrections?unit={BINH_AN}&period=2026-09")).json();
    assert_eq!(units(&all, "items"), [i64::from(BINH_AN)]);
    assert!(all["items"][0]["effect"].as_array().unwrap().iter().any(|it| it["unit"] == LAM_GIANG));
}

/// The key of a clerk at one unit.
fn clerk(province: &Province, unit: u32) -> String {
    let store = Store::open(province.place.clone(), clock()).unwrap();
    let by = By { actor: "test".to_owned(), at: clock() };
    let account = NewAccount {
        name: "Hoa".to_owned(),
        display: "Hoa".to_owned(),
        office: "Văn phòng".to_owned(),
        password: Some("!".to_owned()),
    };
    let grant = Grant {
        role: "clerk".to_owned(),
        unit: Some(UnitId(unit)),
        line: Line::State,
        from: dondoc_server::today(clock()),
        until: None,
    };
    people::add(&store, &account, &[grant], &by).unwrap();
    people::key(&store, ("Hoa", "test", "*"), 10_000, &by).unwrap()
}

#[test]
fn a_correction_that_is_asked_for_twice_with_one_key_is_one_correction() {
    let province = Province::new();
    province.hand_in(BINH_AN, "2026-09", &usual("12", "30", "40"));
    let asking = |value: &str| {
        json!({
            "form": "B01-XA", "unit": BINH_AN, "period": "2026-09", "reason": "đếm thiếu một lớp",
            "figures": [{ "indicator": "LG.01", "value": value }],
        })
    };
    let headers = |key| [("Content-Type", "application/json"), ("Idempotency-Key", key)];
    let send = |server: &crate::server::Server, key, value| {
        let body = asking(value).to_string();
        server.send("POST /api/corrections", &headers(key), body.as_bytes())
    };
    let first = send(&province.lan, "a", "13").json();
    assert_eq!(send(&province.lan, "a", "13").json(), first);
    assert_eq!(send(&province.lan, "a", "14").code(), "key_reused");
    let n_open = || province.minh.get("/api/corrections").json()["items"].as_array().unwrap().len();
    assert_eq!(n_open(), 1);
    // The control: without a key, with another, or of somebody else, it is another one.
    assert_eq!(province.lan.post("/api/corrections", &asking("13")).status, 200);
    assert_eq!(send(&province.lan, "b", "13").status, 200);
    assert_eq!(send(&province.minh, "a", "13").status, 200);
    assert_eq!(n_open(), 4);
    // Decided meanwhile, the same request finds it as it now stands.
    let accept = format!("/api/corrections/{}/accept", first["id"]);
    assert_eq!(province.minh.post(&accept, &json!({})).status, 200);
    assert_eq!(send(&province.lan, "a", "13").json()["state"], "accepted");
}
