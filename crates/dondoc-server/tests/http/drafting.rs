//! Forms before they are handed in: kept as typed, and never put over what somebody else typed since.

use serde_json::{Value, json};

use crate::{
    client::Answer,
    province::{BINH_AN, Province, sent, usual},
    server::Server,
};

fn cell(row: &str, value: &str) -> Value {
    json!([{ "row": row, "column": "1", "value": value }])
}

fn draft(server: &Server, figures: &Value, seen: Option<i64>) -> Answer {
    let mut body = sent(BINH_AN, "2026-09", figures);
    body["seen"] = json!(seen);
    let headers = [("Content-Type", "application/json")];
    server.send("PUT /api/reports/draft", &headers, body.to_string().as_bytes())
}

fn content(province: &Province, id: &Value) -> Value {
    province.minh.get(&format!("/api/reports/{id}")).json()["content"].clone()
}

#[test]
fn a_draft_is_kept_as_it_was_typed_and_not_counted() {
    let province = Province::new();
    let wrong = cell("1", "mười hai");
    let kept = draft(&province.lan, &wrong, Some(0));
    assert_eq!(kept.status, 200, "{}", String::from_utf8_lossy(&kept.body));
    let kept = kept.json();
    assert_eq!((&kept["state"], &kept["version"]), (&json!("draft"), &json!(1)));
    assert_eq!(content(&province, &kept["id"]), wrong);
    assert_eq!(province.n_blocks(), 0);
}

#[test]
fn the_same_draft_again_is_the_same_draft() {
    let province = Province::new();
    let first = draft(&province.lan, &cell("1", "12"), Some(0)).json();
    let again = draft(&province.lan, &cell("1", "12"), Some(0)).json();
    assert_eq!(first, again);
}

#[test]
fn a_draft_is_not_put_over_what_was_not_seen() {
    let province = Province::new();
    let id = draft(&province.lan, &cell("1", "12"), Some(0)).json()["id"].clone();
    assert_eq!(draft(&province.minh, &cell("1", "13"), Some(0)).code(), "stale");
    assert_eq!(content(&province, &id), cell("1", "12"));
    let mut body = sent(BINH_AN, "2026-09", &usual("13", "30", "40"));
    body["seen"] = json!(0);
    assert_eq!(province.minh.post("/api/reports", &body).code(), "stale");
    assert_eq!(province.n_blocks(), 0);
    body["seen"] = json!(1);
    assert_eq!(province.minh.post("/api/reports", &body).status, 200);
    assert_eq!(province.n_blocks(), 1);
}

#[test]
fn what_was_handed_in_takes_no_draft_and_has_its_receipt() {
    let province = Province::new();
    let receipt = province.hand_in(BINH_AN, "2026-09", &usual("12", "30", "40")).json();
    let id = &receipt["report"];
    assert_eq!(draft(&province.lan, &cell("1", "13"), None).code(), "wrong_step");
    let again = province.minh.get(&format!("/api/reports/{id}/receipt")).json();
    for part in ["number", "at", "by", "block", "chain", "content_sha256"] {
        assert_eq!(again[part], receipt[part], "{part}");
    }
    assert_eq!(province.minh.get("/api/reports/999/receipt").code(), "not_found");
}

#[test]
fn a_draft_of_nobody_and_of_no_period_is_refused() {
    let province = Province::new();
    let put = |body: &Value| {
        let headers = [("Content-Type", "application/json")];
        province.lan.send("PUT /api/reports/draft", &headers, body.to_string().as_bytes())
    };
    assert_eq!(put(&sent(99, "2026-09", &cell("1", "1"))).code(), "not_found");
    assert_eq!(put(&sent(BINH_AN, "2026", &cell("1", "1"))).code(), "findings");
    let mut of_none = sent(BINH_AN, "2026-09", &cell("1", "1"));
    of_none["form"] = json!("B99");
    assert_eq!(put(&of_none).code(), "not_found");
}

#[test]
fn a_control_total_and_a_reason_stand_in_the_form_and_are_no_figures() {
    let province = Province::new();
    let figures = json!([
        { "row": "1", "column": "1", "value": "900", "reason": "đợt cao điểm" },
        { "row": "3", "column": "1", "value": "abc", "control": true },
    ]);
    let receipt = province.hand_in(BINH_AN, "2026-09", &figures);
    assert_eq!(receipt.status, 200, "{}", String::from_utf8_lossy(&receipt.body));
    assert_eq!(content(&province, &receipt.json()["report"]), figures);
    assert_eq!(province.total("indicator=LG.01&unit=1&period=2026-09"), 900);
}

#[test]
fn a_form_shows_what_stood_in_its_cells_before_and_what_its_rows_are() {
    let province = Province::new();
    assert_eq!(province.hand_in(BINH_AN, "2026-08", &usual("7", "30", "40")).status, 200);
    let form =
        province.minh.get(&format!("/api/forms/B01-XA?unit={BINH_AN}&period=2026-09")).json();
    let row = &form["rows"][0];
    assert_eq!(row["name"]["vi"], "Lớp đã mở");
    assert_eq!(row["guidance"]["over_time"], "sum");
    let typed = &row["cells"][0];
    assert_eq!(typed["series"], json!({ "indicator": "LG.01", "option": null }));
    assert_eq!(typed["before"]["amount"]["value"], "7");
    assert_eq!(typed["figure"], Value::Null);
    let share = &form["rows"][1]["cells"];
    assert_eq!(share[1]["before"]["amount"]["numerator"], "30");
}
