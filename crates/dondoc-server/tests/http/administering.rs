//! Administration: jobs, backups and drills, changes of units, packs.

use std::fs;

use dondoc_store::Location;
use serde_json::{Value, json};

use crate::{
    client::Answer,
    flip::flip,
    province::{BINH_AN, DONG_KHE, Province, usual},
    server::Server,
};

/// Waits until a job is over; one that fails stops the test with its problem.
fn ended(server: &Server, answer: &Answer) -> Value {
    assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
    let id = answer.json()["id"].as_i64().unwrap();
    loop {
        let job = server.get(&format!("/api/admin/jobs/{id}")).json();
        if job["state"] != "running" {
            return job;
        }
        std::thread::yield_now();
    }
}

fn nothing(server: &Server, line: &str) -> Answer {
    server.send(line, &[("Content-Type", "application/json")], b"")
}

fn put(server: &Server, path: &str, body: &Value) -> Answer {
    let json = [("Content-Type", "application/json")];
    server.send(&format!("PUT {path}"), &json, body.to_string().as_bytes())
}

#[test]
fn the_health_of_a_new_installation_says_what_is_missing() {
    let server = Server::start();
    let health = server.get("/api/health/full").json();
    assert_eq!(health["engine"], "sqlite");
    assert_eq!(health["audit"]["whole"], true);
    assert_eq!(health["backup"]["last"], Value::Null);
    assert_eq!(health["backup"]["drill_overdue"], true);
    assert_eq!(health["audit"]["key"].as_str().unwrap().len(), 64);
    let programs = health["programs"].as_array().unwrap();
    assert!(programs.iter().all(|it| it["present"].is_boolean() && it["purpose"]["vi"] != ""));
    assert!(health["free_bytes"].as_i64().unwrap() > 0);
}

#[test]
fn a_check_of_everything_is_a_job_that_says_how_far_it_is() {
    let server = Server::with_library();
    let job = ended(&server, &nothing(&server, "POST /api/admin/check"));
    assert_eq!((&job["state"], &job["done"]), (&json!("done"), &job["of"]));
    assert_eq!(job["check"]["whole"], true);
    assert_eq!(server.get("/api/health/full").json()["check"]["n_damages"], 0);
    assert_eq!(server.get("/api/admin/jobs/999").code(), "not_found");
}

#[test]
fn a_backup_is_taken_drilled_and_told_on_the_page_of_health() {
    let server = Server::with_library();
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("sao-luu");
    let schedule = json!({ "on": false, "hour": 3, "keep": 2, "folder": to, "passphrase": null });
    let set = put(&server, "/api/admin/backups/schedule", &schedule);
    assert_eq!(set.status, 200, "{}", String::from_utf8_lossy(&set.body));
    assert_eq!(set.json()["hour"], 3);
    let job = ended(&server, &nothing(&server, "POST /api/admin/backups"));
    assert_eq!(job["state"], "done", "{job}");
    let backup = &job["backup"];
    let path = to.join(backup["name"].as_str().unwrap());
    assert_eq!(fs::metadata(&path).unwrap().len(), backup["bytes"].as_u64().unwrap());
    let id = backup["id"].as_i64().unwrap();
    let drill =
        || ended(&server, &nothing(&server, &format!("POST /api/admin/backups/{id}/drill")));
    assert_eq!(drill()["backup"]["drill"]["good"], true);
    let health = server.get("/api/health/full").json();
    assert_eq!(health["backup"]["drill_overdue"], false);
    // One bit less, and the next drill says so.
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&path, bytes).unwrap();
    let job = drill();
    assert_eq!(
        (&job["state"], &job["problem"]["code"]),
        (&json!("failed"), &json!("backup_damaged"))
    );
    let list = server.get("/api/admin/backups").json();
    assert_eq!(list["items"][0]["drill"]["good"], false);
    assert_eq!(list["items"][0]["drill"]["fault"], "backup_damaged");
}

/// Stands in the block that rots and nowhere else.
const MARK: &str = "chữ làm dấu trong khối";

#[test]
fn blocks_that_rot_are_told_with_the_reports_whose_figures_are_lost() {
    let province = Province::new();
    let whole = province.minh.get("/api/health/full").json();
    assert_eq!((&whole["rotten"], &whole["lost"]), (&json!([]), &json!([])));
    assert_eq!(province.minh.get("/api/health").json()["n_rotten"], 0);
    assert_eq!(province.hand_in(BINH_AN, "2026-09", &usual("12", "30", "40")).status, 200);
    let mut marked = usual("5", "10", "60");
    marked[0]["reason"] = json!(MARK);
    assert_eq!(province.hand_in(DONG_KHE, "2026-09", &marked).status, 200);
    let place = &province.place;
    let Location::File(path) = place else { panic!("no file") };
    assert!(flip(path.parent().unwrap(), MARK) > 0);
    let server = Server::on(place, "lan", None);
    let health = server.get("/api/health/full").json();
    assert_eq!(health["rotten"], json!([{ "block": 2, "what": "block_digest" }]));
    let lost = json!([{ "unit": DONG_KHE, "unit_name": "Xã Đông Khê", "period": "2026-09" }]);
    assert_eq!(health["lost"], lost);
    assert_eq!(server.get("/api/health").json()["n_rotten"], 1);
    let job = ended(&server, &nothing(&server, "POST /api/admin/check"));
    assert_eq!(job["check"]["damages"][0]["object"], "block 2");
}

#[test]
fn a_schedule_that_makes_no_sense_is_refused() {
    let server = Server::start();
    let good = json!({ "on": true, "hour": 3, "keep": 2, "folder": null, "passphrase": null });
    for (field, value) in [
        ("hour", json!(24)),
        ("keep", json!(0)),
        ("folder", json!("chỗ nào đó")),
        ("folder", json!("/proc/không/có")),
        ("passphrase", json!("ngắn")),
    ] {
        let mut bad = good.clone();
        bad[field] = value;
        assert_eq!(put(&server, "/api/admin/backups/schedule", &bad).code(), "bad_value", "{bad}");
    }
    let kept = server.get("/api/admin/backups/schedule").json();
    assert_eq!((&kept["hour"], &kept["keep"]), (&json!(2), &json!(30)));
    let mut secret = good;
    secret["passphrase"] = json!("mười hai bông lúa vàng");
    let set = put(&server, "/api/admin/backups/schedule", &secret).json();
    assert_eq!(set["has_passphrase"], true);
    assert!(!set.to_string().contains("bông"), "a passphrase never comes back");
}

pub(crate) fn merging(into: &Value) -> Value {
    json!({
        "act": { "verb": "merge", "units": [BINH_AN, DONG_KHE], "into": into },
        "day": "2027-01-01",
        "source": "Nghị quyết 9/NQ-HĐND ngày 01/12/2026",
    })
}

fn rehearsed(server: &Server, change: &Value) -> Value {
    let sent = json!({ "change": change });
    let job = ended(server, &server.post("/api/admin/changes/rehearsals", &sent));
    assert_eq!(job["state"], "done", "{job}");
    job
}

/// A merger is rehearsed, done, and then everything is as it was forecast.
fn a_merger_goes_all_the_way(province: &Province) {
    let server = &province.lan;
    server.of_one_administrator();
    assert_eq!(province.hand_in(BINH_AN, "2026-09", &usual("12", "30", "40")).status, 200);
    assert_eq!(province.hand_in(DONG_KHE, "2026-09", &usual("5", "10", "60")).status, 200);
    let founded = json!({ "new": { "kind": "commune", "name": "Bình Khê", "code": null } });
    let change = merging(&founded);
    let job = rehearsed(server, &change);
    let rehearsal = &job["rehearsal"];
    assert_eq!(rehearsal["may_be_done"], true, "{rehearsal}");
    assert_eq!(rehearsal["balance"]["n_unequal"], 0);
    assert!(rehearsal["balance"]["n_above"].as_i64().unwrap() > 0);
    let rows = rehearsal["rows"].as_array().unwrap();
    let of = |unit: &str, view: &str| {
        let row = rows
            .iter()
            .find(|it| it["name"] == unit && it["view"] == view && it["indicator"] == "LG.01");
        let row = row.unwrap_or_else(|| panic!("{unit} {view}: {rows:?}"));
        (row["before"]["value"].clone(), row["after"]["value"].clone())
    };
    assert_eq!(of("Xã Bình Khê", "as_now"), (Value::Null, json!("17")));
    assert_eq!(of("Xã Bình An", "as_then"), (json!("12"), json!("12")));
    assert_eq!(of("Xã Bình An", "as_now"), (json!("12"), Value::Null));
    let reach = rehearsal["reach"]["items"].as_array().unwrap();
    let binh_an = reach.iter().find(|it| it["unit"] == BINH_AN).unwrap();
    assert_eq!(
        (&binh_an["goes"], &binh_an["reports"][0]["state"]),
        (&json!(true), &json!("submitted"))
    );
    // What was not rehearsed is not done.
    let mut other = change.clone();
    other["day"] = json!("2027-02-01");
    let id = &job["id"];
    let done = |change: &Value, id: &Value| {
        server.post("/api/admin/changes", &json!({ "change": change, "rehearsal": id }))
    };
    assert_eq!(done(&other, id).code(), "stale");
    assert_eq!(done(&change, &json!(999)).code(), "not_found");
    let answer = done(&change, id);
    assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
    let unit = answer.json()["founded"][0].clone();
    assert_eq!(done(&change, id).code(), "stale", "the rehearsal was of another state");
    let detail = server.get(&format!("/api/units/{unit}?on=2027-01-01")).json();
    assert_eq!(detail["name"], "Xã Bình Khê");
    assert_eq!(detail["predecessors"].as_array().unwrap().len(), 2);
    // As of today nothing has changed yet.
    assert_eq!(province.total("indicator=LG.01&unit=1&period=2026-09"), 17);
}

#[test]
fn a_merger_goes_all_the_way_on_sqlite() {
    a_merger_goes_all_the_way(&Province::new());
}

#[test]
fn a_merger_goes_all_the_way_on_postgresql() {
    if let Some(province) = Province::on_postgres() {
        a_merger_goes_all_the_way(&province);
    }
}

#[test]
fn a_change_that_makes_no_sense_is_refused_in_words_and_one_that_does_not_fit_is_not_done() {
    let province = Province::new();
    let server = &province.lan;
    let mut nowhere = merging(&json!({ "unit": 9_999 }));
    let sent = json!({ "change": nowhere });
    assert_eq!(server.post("/api/admin/changes/rehearsals", &sent).code(), "bad_value");
    nowhere["source"] = json!(" ");
    let sent = json!({ "change": nowhere });
    let refused = server.post("/api/admin/changes/rehearsals", &sent);
    assert!(refused.json()["message"]["vi"].as_str().unwrap().contains("văn bản"));
    let code = server.get(&format!("/api/units/{DONG_KHE}")).json()["code"].clone();
    let change = json!({
        "act": { "verb": "recode", "unit": BINH_AN, "code": code },
        "day": "2027-01-01",
        "source": "Quyết định 1/QĐ-UBND",
    });
    let job = rehearsed(server, &change);
    assert_eq!(job["rehearsal"]["may_be_done"], false);
    assert_eq!(job["rehearsal"]["flaws"][0]["code"], "same_code");
    let sent = json!({ "change": change, "rehearsal": job["id"] });
    assert_eq!(server.post("/api/admin/changes", &sent).code(), "wrong_step");
}

const MORE_UNITS: &str =
    "key,change,from,kind,name,code,parent,line,rank,into,area,population,source\n";

#[test]
fn a_file_of_units_is_compared_before_it_is_loaded() {
    let province = Province::new();
    let server = &province.lan;
    let bytes = [("Content-Type", "application/octet-stream")];
    let post =
        |path: &str, body: &str| server.send(&format!("POST {path}"), &bytes, body.as_bytes());
    assert_eq!(
        post("/api/admin/units/file/comparison?name=x.csv", "đây không phải danh sách").code(),
        "bad_request"
    );
    let compared = post("/api/admin/units/file/comparison?name=rong.csv", MORE_UNITS);
    assert_eq!(compared.status, 200, "{}", String::from_utf8_lossy(&compared.body));
    assert_eq!(compared.json()["outcome"], "known");
    let path = "/api/admin/units/file?name=rong.csv&sha256=khac&n_before=0";
    assert_eq!(post(path, MORE_UNITS).code(), "stale");
}

#[test]
fn a_pack_is_checked_before_it_is_used_and_its_indicators_are_cleared_with_a_document() {
    let province = Province::new();
    let server = &province.lan;
    server.of_one_administrator();
    let packs = server.get("/api/admin/packs").json();
    let code = packs["items"][0]["code"].clone();
    assert_eq!(packs["items"][0]["versions"].as_array().unwrap().len(), 1);
    let bad = json!({ "files": [{ "name": "pack.toml", "text": "[pack]\ncode = 7" }] });
    let checked = server.post("/api/admin/packs/check", &bad).json();
    assert_eq!(checked["sound"], false);
    assert_eq!(checked["findings"][0]["file"], "pack.toml");
    assert_eq!(server.post("/api/admin/packs", &bad).json()["sound"], false);
    assert_eq!(
        server.post("/api/admin/packs/check", &json!({ "shipped": "x" })).code(),
        "not_found"
    );
    assert_eq!(server.post("/api/admin/packs/check", &json!({})).code(), "bad_value");
    let clearing = |code: &Value, indicator: &str, basis: &str| {
        let sent = json!({ "pack": code, "code": indicator, "confirmed": true, "basis": basis });
        server.post("/api/admin/packs/clearings", &sent)
    };
    assert_eq!(clearing(&code, "LG.01", " ").code(), "reason_missing");
    assert_eq!(clearing(&code, "LG.99", "Công văn 1").code(), "not_found");
    assert_eq!(clearing(&code, "LG.01", "Công văn 1/CV-BCH").status, 204);
}
