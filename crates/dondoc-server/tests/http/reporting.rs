//! Reports on their way in, and the totals that they make.

use serde_json::{Value, json};

use crate::province::{BINH_AN, BINH_MINH, DONG_KHE, LAM_GIANG, Province, restarted, sent, usual};

/// From the form to the total, and back to the cell.
fn a_report_goes_all_the_way(province: &Province) {
    let answer = province.hand_in(BINH_AN, "2026-09", &usual("12", "30", "40"));
    assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
    let receipt = answer.json();
    assert_eq!(receipt["block"], 1);
    assert_eq!(receipt["by"], "lan");
    // The other server sees it at once, though it was kept by this one.
    assert_eq!(province.total("indicator=LG.01&unit=1&period=2026-09"), 12);
    assert_eq!(province.hand_in(DONG_KHE, "2026-09", &usual("5", "10", "60")).status, 200);
    assert_eq!(province.total("indicator=LG.01&unit=1&period=2026-09"), 17);
    assert_eq!(province.total("indicator=LG.01&unit=1&period=2026-Q3"), 17);

    let id = receipt["report"].as_i64().unwrap();
    let step = |server: &crate::server::Server, step: &str, body: Value| {
        server.post(&format!("/api/reports/{id}/{step}"), &body)
    };
    let state = || province.minh.get(&format!("/api/reports/{id}")).json();
    let version = state()["version"].clone();
    assert_eq!(step(&province.lan, "approve", json!({ "version": version })).code(), "own_work");
    for notes in [json!([]), json!([{ "row": "1", "column": "1", "words": " " }])] {
        let silent = json!({ "version": version, "notes": notes });
        assert_eq!(step(&province.minh, "return", silent).code(), "reason_missing");
    }
    let note = json!([{ "row": "1", "column": "1", "words": "xem lại số lớp" }]);
    let returned = step(&province.minh, "return", json!({ "version": version, "notes": note }));
    assert_eq!(returned.json()["state"], "returned");
    assert_eq!(step(&province.minh, "approve", json!({ "version": version })).code(), "stale");

    assert_eq!(province.hand_in(BINH_AN, "2026-09", &usual("11", "30", "40")).status, 200);
    assert_eq!(province.total("indicator=LG.01&unit=1&period=2026-09"), 16);
    let version = state()["version"].clone();
    let approved = step(&province.minh, "approve", json!({ "version": version })).json();
    assert_eq!(
        (&approved["state"], &approved["approved_by"]),
        (&json!("approved"), &json!("minh"))
    );
    let steps = state()["steps"].clone();
    let taken: Vec<&str> =
        steps.as_array().unwrap().iter().map(|it| it["step"].as_str().unwrap()).collect();
    assert_eq!(taken, ["open", "submit", "return", "save", "submit", "approve"]);
    assert_eq!(steps[2]["notes"][0]["words"], "xem lại số lớp");

    let asked = format!("unit={BINH_AN}&indicator=LG.01&period=2026-09");
    let versions = province.minh.get(&format!("/api/figures/versions?{asked}")).json();
    let now = &versions["items"][0];
    assert_eq!(now["figure"]["amount"]["value"], "11");
    assert_eq!(
        now["source"],
        json!({ "kind": "form", "form": "B01-XA", "row": "1", "column": "1" })
    );
    assert_eq!((&now["report"], &now["is_in_force"]), (&json!(id), &json!(true)));
    assert_eq!(versions["items"][1]["figure"]["amount"]["value"], "12");
}

#[test]
fn a_report_goes_all_the_way_on_sqlite() {
    a_report_goes_all_the_way(&Province::new());
}

#[test]
fn a_report_goes_all_the_way_on_postgresql() {
    if let Some(province) = Province::on_postgres() {
        a_report_goes_all_the_way(&province);
    }
}

#[test]
fn the_same_request_again_gets_the_same_receipt_and_keeps_nothing() {
    let province = Province::new();
    let body = sent(BINH_AN, "2026-09", &usual("12", "30", "40")).to_string();
    let post = |key: &str, body: &str| {
        let headers = [("Content-Type", "application/json"), ("Idempotency-Key", key)];
        province.lan.send("POST /api/reports", &headers, body.as_bytes())
    };
    let first = post("k1", &body);
    assert_eq!(first.status, 200);
    let again = post("k1", &body);
    assert_eq!((again.status, &again.body), (200, &first.body));
    assert_eq!(province.n_blocks(), 1);
    let other = sent(DONG_KHE, "2026-09", &usual("12", "30", "40")).to_string();
    assert_eq!(post("k1", &other).code(), "key_reused");
    assert_eq!(post("k2", &body).code(), "wrong_step");
    assert_eq!(province.n_blocks(), 1);
}

/// What is sent, the code that it is refused with, and the cell or code of the finding.
#[test]
fn bad_figures_are_refused_with_place_and_remedy_and_nothing_is_kept() {
    let province = Province::new();
    let cell = |row: &str, column: &str, value: &str| json!([{ "row": row, "column": column, "value": value }]);
    let twice = json!([
        { "row": "1", "column": "1", "value": "1" }, { "row": "1", "column": "1", "value": "2" },
    ]);
    let fine = cell("1", "1", "1");
    let mut old = sent(BINH_AN, "2026-09", &fine);
    old["form_version"] = json!(1);
    let cases = [
        (sent(99, "2026-09", &fine), "unknown_unit", json!("1 (1)")),
        (sent(BINH_MINH, "2026-09", &fine), "unknown_unit", json!("1 (1)")),
        (sent(BINH_AN, "2027-03", &fine), "period_not_open", json!("1 (1)")),
        (sent(BINH_AN, "2026", &fine), "unknown_period", Value::Null),
        (sent(BINH_AN, "2026-09", &cell("1", "1", "mười hai")), "not_a_number", json!("1 (1)")),
        (sent(BINH_AN, "2026-09", &cell("3", "1", "1.234")), "ambiguous_number", json!("3 (1)")),
        (sent(BINH_AN, "2026-09", &cell("1", "1", "1,5")), "too_many_decimals", json!("1 (1)")),
        (sent(BINH_AN, "2026-09", &cell("1", "1", "-3")), "negative", json!("1 (1)")),
        (sent(BINH_AN, "2026-09", &cell("2", "2", "30")), "ratio_without_parts", json!("2 (2)")),
        (sent(BINH_AN, "2026-09", &cell("9", "1", "1")), "unknown_row", json!("9 (1)")),
        (sent(BINH_AN, "2026-09", &cell("1", "9", "1")), "not_there", json!("1 (9)")),
        (sent(BINH_AN, "2026-09", &twice), "duplicate", json!("1 (1)")),
        (sent(LAM_GIANG, "2026-09", &fine), "not_reported_here", json!("1 (1)")),
        (old, "wrong_form", Value::Null),
        (sent(BINH_AN, "2026-09", &cell("1", "1", "900")), "rule", json!("1 (1)")),
    ];
    for (body, code, place) in cases {
        let answer = province.lan.post("/api/reports", &body);
        assert_eq!((answer.status, answer.code().as_str()), (422, "findings"), "{body}");
        let json = answer.json();
        let finding = &json["findings"][0];
        assert_eq!(finding["code"], code, "{body}: {finding}");
        assert_eq!(finding["place"]["cell"], place, "{body}: {finding}");
        for said in ["message", "remedy"] {
            for language in ["vi", "en"] {
                assert_ne!(finding[said][language].as_str().unwrap_or_default(), "", "{finding}");
            }
        }
        assert_eq!(province.n_blocks(), 0, "{body}");
    }
    let listed = province.lan.get("/api/reports").json();
    assert_eq!(listed["items"], json!([]));
    let float = json!([{ "row": "1", "column": "1", "value": 1.5 }]);
    assert_eq!(province.hand_in(BINH_AN, "2026-09", &float).code(), "bad_request");
    assert_eq!(
        province
            .lan
            .post(
                "/api/reports",
                &json!({ "form": "NO", "unit": 2, "period": "2026-09", "figures": [] })
            )
            .code(),
        "not_found"
    );
}

#[test]
fn a_warning_that_is_answered_goes_through() {
    let province = Province::new();
    let mut body =
        sent(BINH_AN, "2026-09", &json!([{ "row": "1", "column": "1", "value": "900" }]));
    body["notes"] = json!([{ "about": "R-01", "words": "chiến dịch mùa hè" }]);
    let answer = province.lan.post("/api/reports", &body);
    assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
    assert_eq!(answer.json()["findings"][0]["about"], "R-01");
}

#[test]
fn a_dry_run_tells_what_would_change_and_keeps_nothing() {
    let province = Province::new();
    province.hand_in(BINH_AN, "2026-09", &usual("12", "30", "40"));
    let body = sent(BINH_AN, "2026-09", &usual("13", "30", "40"));
    let trial = province.lan.post("/api/reports?dry_run=true", &body).json();
    assert_eq!(trial["changes"], json!({ "n_new": 0, "n_changed": 1, "n_same": 1 }));
    assert_eq!(trial["cells"][0]["before"]["amount"]["value"], "12");
    assert_eq!(trial["cells"][0]["after"]["amount"]["value"], "13");
    assert_eq!(province.n_blocks(), 1);
}

#[test]
fn after_the_lock_only_a_correction_goes_through_and_shows_what_it_does() {
    let province = Province::new();
    province.hand_in(BINH_AN, "2026-09", &usual("12", "30", "40"));
    let lock = json!({ "pack": "LG", "period": "2026-09" });
    let lock = province.minh.post("/api/locks", &lock).json();
    assert_eq!(lock["set_by"], "minh");
    assert_eq!(province.hand_in(DONG_KHE, "2026-09", &usual("1", "1", "1")).code(), "locked");
    let correction = json!({
        "form": "B01-XA", "unit": BINH_AN, "period": "2026-09", "reason": "đếm thiếu một lớp",
        "figures": [{ "indicator": "LG.01", "value": "13" }],
    });
    let asked = province.lan.post("/api/corrections", &correction).json();
    let id = asked["id"].as_i64().unwrap();
    let of = |unit: u32| {
        let effect = asked["effect"].as_array().unwrap();
        let effect = effect.iter().find(|it| it["unit"] == unit).unwrap();
        (effect["before"]["value"].clone(), effect["after"]["value"].clone())
    };
    assert_eq!(of(BINH_AN), (json!("12"), json!("13")));
    assert_eq!(of(LAM_GIANG), (json!("12"), json!("13")));
    assert_eq!(province.total("indicator=LG.01&unit=1&period=2026-09"), 12);
    let accept = format!("/api/corrections/{id}/accept");
    assert_eq!(province.lan.post(&accept, &json!({})).code(), "own_work");
    let accepted = province.minh.post(&accept, &json!({})).json();
    assert_eq!((&accepted["state"], &accepted["block"]), (&json!("accepted"), &json!(2)));
    assert_eq!(province.total("indicator=LG.01&unit=1&period=2026-09"), 13);
    assert_eq!(province.total("indicator=LG.01&unit=1&period=2026-09&as_of=1"), 12);
    assert_eq!(province.minh.post(&accept, &json!({})).code(), "wrong_step");
    province.minh.of_one_administrator();
    let lift = format!("/api/locks/{}/lift", lock["id"]);
    assert_eq!(province.minh.post(&lift, &json!({ "reason": "mở lại" })).status, 204);
    assert_eq!(province.hand_in(DONG_KHE, "2026-09", &usual("1", "1", "1")).status, 200);
}

#[test]
fn a_merged_commune_counts_where_it_was_then_and_where_it_is_now() {
    let province = Province::new();
    for (unit, courses) in [(BINH_AN, "7"), (BINH_MINH, "3"), (DONG_KHE, "5")] {
        assert_eq!(province.hand_in(unit, "2025-05", &usual(courses, "1", "2")).status, 200);
    }
    let of = |unit: u32, more: &str| {
        province.total(&format!("indicator=LG.01&unit={unit}&period=2025-05{more}"))
    };
    assert_eq!(of(BINH_AN, ""), 7);
    assert_eq!(of(BINH_AN, "&view=as_now"), 10);
    assert_eq!(of(LAM_GIANG, ""), of(LAM_GIANG, "&view=as_now"));
    let gone = province
        .minh
        .get(&format!("/api/totals?indicator=LG.01&unit={BINH_MINH}&period=2025-05&view=as_now"));
    assert_eq!(gone.json()["why"], json!([{ "at": 0, "reason": "not_in_tree" }]));
}

#[test]
fn a_form_shows_what_stands_in_it_and_beside_it() {
    let province = Province::new();
    province.hand_in(BINH_AN, "2026-08", &usual("12", "30", "40"));
    province.hand_in(BINH_AN, "2026-09", &usual("14", "30", "40"));
    let form = province.lan.get("/api/forms/B01-XA?unit=2&period=2026-09").json();
    assert_eq!((&form["from"], &form["to"]), (&json!("2026-08-15"), &json!("2026-09-14")));
    // Three working days after a Monday.
    assert_eq!(form["due"], "2026-09-17");
    assert_eq!((&form["state"], &form["unit_name"]), (&json!("submitted"), &json!("Xã Bình An")));
    let cells = &form["rows"][0]["cells"];
    assert_eq!(cells[0]["figure"]["amount"]["value"], "14");
    assert_eq!(cells[3]["figure"]["amount"]["value"], "12");
    let complete = province.lan.get("/api/completeness?form=B01-XA&period=2026-09").json();
    assert_eq!(
        (&complete["total"]["n_due"], &complete["total"]["n_received"]),
        (&json!(2), &json!(1))
    );
    assert_eq!(complete["items"][0]["state"], "submitted");
}

#[test]
fn a_table_goes_out_and_comes_back_in_as_it_was() {
    let province = Province::new();
    province.hand_in(BINH_AN, "2026-09", &usual("12", "30", "40"));
    let other = Province::new();
    for format in ["csv", "dhis2", "adx"] {
        let out = province
            .lan
            .get(&format!("/api/figures/export?format={format}&period=2026-09&under=1"));
        assert_eq!(out.status, 200, "{format}");
        let import = |dry_run: bool| {
            let line = format!(
                "POST /api/figures/import?format={format}&file=a.{format}&dry_run={dry_run}"
            );
            other.lan.send(&line, &[("Content-Type", "application/octet-stream")], &out.body).json()
        };
        let (trial, before) = (import(true), other.n_blocks());
        let real = import(false);
        assert_eq!(trial["findings"], json!([]), "{format}");
        assert_eq!(trial["n_changed"], real["n_changed"], "{format}");
        assert_eq!((&trial["kept"], &real["kept"]), (&json!(false), &json!(true)), "{format}");
        assert_eq!(other.n_blocks(), before + 1, "{format}");
        assert_eq!(other.total("indicator=LG.01&unit=1&period=2026-09"), 12, "{format}");
        assert_eq!(real["n_changed"], if format == "csv" { 2 } else { 0 }, "{format}");
    }
    let sdmx = province.lan.get("/api/figures/export?format=sdmx&period=2026-09&under=1");
    assert_eq!(sdmx.status, 200);
    let bad = "unit,indicator,period,value\n99999,LG.01,2026-09,1\n00002,LG.01,2026-09,một\n";
    let answer = other.lan.send("POST /api/figures/import?format=csv", &[], bad.as_bytes());
    assert_eq!((answer.status, answer.code().as_str()), (422, "findings"));
    assert_eq!(answer.json()["findings"].as_array().unwrap().len(), 2);
    assert_eq!(other.n_blocks(), 3);
}

#[test]
fn a_workbook_goes_out_and_comes_back_without_a_difference() {
    let province = Province::new();
    province.hand_in(BINH_AN, "2026-09", &usual("12", "30", "40"));
    let asked = "unit=2&period=2026-09";
    let sheet = province.lan.get(&format!("/api/forms/B01-XA/workbook?{asked}"));
    assert_eq!(sheet.status, 200);
    let post = |more: &str| {
        let line = format!("POST /api/forms/workbook?form=B01-XA&{more}");
        province.lan.send(&line, &[("Content-Type", "application/octet-stream")], &sheet.body)
    };
    let read = post(asked).json();
    assert_eq!((&read["differences"], &read["n_figures"]), (&json!([]), &json!(2)));
    assert_eq!((&read["findings"], &read["receipt"]), (&json!([]), &Value::Null));
    // Of another unit it is refused.
    let other = post("unit=3&period=2026-09&save=true");
    assert_eq!(other.code(), "findings");
    assert_eq!(other.json()["findings"][0]["code"], "wrong_form");
    assert_eq!(province.n_blocks(), 1);
}

#[test]
fn figures_come_in_from_a_workbook_that_was_taken_apart_and_not_from_what_pretends_to_be() {
    let province = Province::new();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in (0..).zip(["Đơn vị", "Chỉ tiêu", "Kỳ báo cáo", "Giá trị"])
    {
        sheet.write(0, column, heading).unwrap();
    }
    for (column, text) in (0..).zip(["00002", "LG.01", "2026-M09"]) {
        sheet.write(1, column, text).unwrap();
    }
    sheet.write(1, 3, 12).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let taken = |bytes: &[u8]| province.lan.send("POST /api/figures/import?format=csv", &[], bytes);
    assert_eq!(taken(&bytes).json()["n_changed"], 1);
    assert_eq!(province.total("indicator=LG.01&unit=1&period=2026-09"), 12);
    let forged = dondoc_exchange::sheets::flatten(&bytes);
    for broken in [&bytes[..bytes.len() / 2], forged.as_bytes()] {
        let answer = taken(broken);
        assert_eq!((answer.status, answer.code().as_str()), (422, "findings"));
        assert_eq!(answer.json()["findings"][0]["code"], "broken");
    }
}

#[test]
fn units_are_found_without_accents_and_know_their_history() {
    let province = Province::new();
    let found = province.lan.get("/api/units?q=binh%20an").json();
    assert_eq!(found["items"][0]["id"], BINH_AN);
    let children = province.lan.get("/api/units?under=1&on=2025-06-30").json();
    assert_eq!(children["items"].as_array().unwrap().len(), 3);
    let children = province.lan.get("/api/units?under=1").json();
    assert_eq!(children["items"].as_array().unwrap().len(), 2);
    let gone = province.lan.get(&format!("/api/units/{BINH_MINH}")).json();
    assert_eq!(
        (&gone["last_day"], &gone["successors"][0]["id"]),
        (&json!("2025-06-30"), &json!(BINH_AN))
    );
    let now = province.lan.get(&format!("/api/units/{BINH_AN}")).json();
    assert_eq!(now["predecessors"][0]["name"], "Xã Bình Minh");
    assert_eq!(province.lan.get("/api/units/99").code(), "not_found");
    assert_eq!(province.lan.get("/api/packs/LG").json()["n_indicators"], 3);
}

#[test]
fn a_snapshot_is_taken_only_where_it_fits() {
    use dondoc_ledger::start::Start;
    let province = Province::new();
    province.hand_in(BINH_AN, "2026-09", &usual("12", "30", "40"));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("totals");
    let (ledger, start) = restarted(&province.place, &path);
    assert!(matches!(start, Start::Blocks(_)));
    assert_eq!(ledger.keep_snapshot(&path).unwrap().0, 1);
    province.hand_in(DONG_KHE, "2026-09", &usual("5", "10", "60"));
    let same = |one: &dondoc_ledger::Ledger, other: &dondoc_ledger::Ledger| {
        let digest = |it: &dondoc_ledger::Ledger| {
            it.look(|books| {
                let mut bytes = Vec::new();
                books.totals.write_snapshot(books.last.0, &mut bytes).unwrap();
                bytes
            })
        };
        digest(one) == digest(other)
    };
    let (from_file, start) = restarted(&province.place, &path);
    assert_eq!(start, Start::Snapshot(dondoc_store::blocks::BlockId(1)));
    let (from_blocks, _) = restarted(&province.place, &folder.path().join("none"));
    assert!(same(&from_file, &from_blocks));
    // Any byte of it turned, or another store: the blocks are read.
    let good = std::fs::read(&path).unwrap();
    for at in (0..good.len()).step_by(7) {
        let mut bad = good.clone();
        bad[at] ^= 1;
        std::fs::write(&path, bad).unwrap();
        let (ledger, start) = restarted(&province.place, &path);
        assert!(matches!(start, Start::Blocks(_)), "byte {at}");
        assert!(same(&ledger, &from_blocks), "byte {at}");
    }
    std::fs::write(&path, good).unwrap();
    assert!(matches!(restarted(&Province::new().place, &path).1, Start::Blocks(_)));
}
