//! Decisions about findings.

use serde_json::{Value, json};

use crate::server::Server;

fn id(finding: &Value) -> i64 {
    finding["id"].as_i64().unwrap()
}

#[test]
fn a_finding_is_accepted_rejected_and_reopened() {
    let server = Server::with_library();
    let it = id(&server.finding(2, "task"));
    for (step, state) in [("accept", "accepted"), ("reject", "rejected"), ("reopen", "suggested")] {
        let version = server.finding(2, "task")["version"].clone();
        let path = format!("/api/findings/{it}/{step}");
        let answer = server.post(&path, &json!({"version": version}));
        assert_eq!((answer.status, &answer.json()["state"]), (200, &json!(state)), "{step}");
        assert_eq!(answer.json()["decided_by"], "lan");
        assert_eq!(answer.json()["decided_at"], "2026-11-21T07:30:00Z");
        assert_eq!(server.finding(2, "task"), answer.json());
    }
}

#[test]
fn who_comes_second_is_told_so() {
    let server = Server::with_library();
    let path = format!("/api/findings/{}/accept", id(&server.finding(2, "figure")));
    assert_eq!(server.post(&path, &json!({"version": 1})).status, 200);
    let late = server.post(&path, &json!({"version": 1}));
    assert_eq!((late.status, late.code().as_str()), (409, "stale"));
}

#[test]
fn a_rejected_finding_has_to_be_reopened_first() {
    let server = Server::with_library();
    let it = id(&server.finding(2, "figure"));
    server.post(&format!("/api/findings/{it}/reject"), &json!({"version": 1}));
    let refused = server.post(&format!("/api/findings/{it}/accept"), &json!({"version": 2}));
    assert_eq!((refused.status, refused.code().as_str()), (409, "wrong_state"));
}

#[test]
fn a_correction_is_resolved_again() {
    let server = Server::with_library();
    let citation = server.finding(3, "citation");
    let mut value = citation["value"].clone();
    value["number"] = json!("28-NQ/TW");
    value["kind"] = json!("NQ");
    let path = format!("/api/findings/{}/correct", id(&citation));
    let corrected = server.post(&path, &json!({"version": 1, "value": value})).json();
    assert_eq!((&corrected["state"], &corrected["version"]), (&json!("corrected"), &json!(2)));
    assert_eq!(corrected["resolution"]["document_id"], 1);
    assert_eq!(corrected["original"]["number"], "7/KH-UBND");
    assert_eq!(corrected["utf16"], citation["utf16"]);
}

#[test]
fn a_correction_may_move_the_place() {
    let server = Server::with_library();
    let figure = server.finding(2, "figure");
    let (start, end) = (figure["utf16"][0].as_i64().unwrap(), figure["utf16"][1].as_i64().unwrap());
    let moved = json!({"version": 1, "value": figure["value"], "utf16": [start - 4, end]});
    let path = format!("/api/findings/{}/correct", id(&figure));
    let corrected = server.post(&path, &moved).json();
    assert_eq!(corrected["utf16"], json!([start - 3, end]), "white space is trimmed");
}

#[test]
fn a_missed_finding_is_added() {
    let server = Server::with_library();
    let text = server.get("/api/documents/2").json()["text"].as_str().unwrap().to_owned();
    let units: Vec<u16> = text.encode_utf16().collect();
    let wanted: Vec<u16> = "tỉnh Hoà Bình".encode_utf16().collect();
    let at = units.windows(wanted.len()).position(|it| it == wanted).unwrap();
    let value = json!({"short": "HB", "long": "Hoà Bình"});
    let sent = json!({"type": "abbreviation", "utf16": [at, at + wanted.len()], "value": value});
    let added = server.post("/api/documents/2/findings", &sent);
    assert_eq!((added.status, &added.json()["state"]), (201, &json!("added")));
    assert_eq!(added.json()["original"], Value::Null);
    assert_eq!(server.get("/api/documents?words=HB").json()["total"], 1);
    let nowhere = server.post("/api/documents/404/findings", &sent);
    assert_eq!((nowhere.status, nowhere.code().as_str()), (404, "not_found"));
}

#[test]
fn wrong_values_and_places_are_refused_and_change_nothing() {
    let server = Server::with_library();
    let figure = server.finding(2, "figure");
    let correct = format!("/api/findings/{}/correct", id(&figure));
    let value = &figure["value"];
    let add = "/api/documents/2/findings";
    for (path, sent, status, code) in [
        (correct.as_str(), json!({"version": 1, "value": {"unit": 3}}), 422, "bad_value"),
        (&correct, json!({"version": 1, "value": []}), 400, "bad_request"),
        (&correct, json!({"value": value}), 400, "bad_request"),
        (&correct, json!({"version": 1, "value": value, "utf16": [5, 5]}), 422, "bad_span"),
        (&correct, json!({"version": 1, "value": value, "utf16": [0, 99999]}), 422, "bad_span"),
        (add, json!({"type": "love", "utf16": [0, 2], "value": {}}), 422, "bad_value"),
        (add, json!({"type": "figure", "utf16": [0, 2], "value": {}}), 422, "bad_value"),
        (add, json!({"type": "boilerplate", "utf16": [-1, 2], "value": {}}), 400, "bad_request"),
        (add, json!({"type": "boilerplate", "utf16": [9, 2], "value": {}}), 422, "bad_span"),
        ("/api/findings/404/accept", json!({"version": 1}), 404, "not_found"),
        ("/api/findings/x/accept", json!({"version": 1}), 404, "not_found"),
    ] {
        let answer = server.post(path, &sent);
        assert_eq!((answer.status, answer.code().as_str()), (status, code), "{path} {sent}");
    }
    assert_eq!(server.finding(2, "figure"), figure);
    assert_eq!(server.get("/api/documents/2").json()["findings"].as_array().unwrap().len(), 3);
}

#[test]
fn a_body_that_is_no_json_is_refused() {
    let server = Server::with_library();
    let line = "POST /api/findings/1/accept";
    let text = server.send(line, &[("Content-Type", "text/plain")], b"{\"version\":1}");
    assert_eq!((text.status, text.code().as_str()), (415, "unsupported_type"));
    let json = [("Content-Type", "application/json")];
    let broken = server.send(line, &json, b"{\"version\":");
    assert_eq!((broken.status, broken.code().as_str()), (400, "bad_request"));
    let huge = vec![b' '; (1 << 20) + 1];
    let huge = server.send(line, &json, &huge);
    assert_eq!((huge.status, huge.code().as_str()), (413, "request_too_large"));
}
