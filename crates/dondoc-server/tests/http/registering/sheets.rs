//! Entries from sheets and onto them, and the reports that an event calls for.

use super::*;

#[test]
fn a_sheet_with_two_bad_rows_brings_nothing_and_a_good_one_brings_all_once() {
    let registers = Registers::new();
    let bad = "Đơn vị;Đối tượng;Nơi tổ chức;Khai giảng;Số học viên\n\
               Bình An;loại a;Xã;5/11;12\n\
               Bình An;loại z;Xã;6/11;12\n\
               Xã Lạ;loại a;Xã;7/11;1.5\n";
    let import = |save: bool, bytes: &[u8]| {
        registers.bring(&format!("/api/registers/course/import?save={save}"), bytes)
    };
    let preview = import(false, bad.as_bytes()).json();
    assert_eq!((&preview["n_new"], &preview["n_wrong"]), (&json!(1), &json!(2)));
    let cells: Vec<&Value> = preview["rows"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|it| it["findings"].as_array().unwrap())
        .map(|it| &it["place"]["cell"])
        .collect();
    assert_eq!(cells, ["B3", "A4", "E4"]);
    assert_eq!(import(true, bad.as_bytes()).code(), "findings");
    assert_eq!(registers.get("/api/registers/course/entries")["n"], 0);

    let good = bad.replace("loại z", "loại b").replace("Xã Lạ", "Đông Khê").replace("1.5", "15");
    let saved = import(true, good.as_bytes()).json();
    assert_eq!((&saved["n_new"], &saved["is_saved"]), (&json!(3), &json!(true)));
    assert_eq!(registers.get("/api/registers/course/entries")["n"], 3);
    let again = import(true, good.as_bytes()).json();
    assert_eq!((&again["n_new"], &again["n_same"]), (&json!(0), &json!(3)));
    assert_eq!(registers.get("/api/registers/course/entries")["n"], 3);
}

#[test]
fn what_is_exported_comes_back_as_the_same_entries_whatever_stands_in_them() {
    let registers = Registers::new();
    for host in ["=1+1", "@SUM(A1)", "'=1", "Hội \"trường\";\nxã", "+84", "-"] {
        let places = json!([BINH_AN, DONG_KHE]);
        let fields = json!({ "kind": "b", "host": host, "start": "5/11", "cost": "0,5", "joint": false, "places": places });
        registers.noted("course", DONG_KHE, &fields);
    }
    for format in ["xlsx", "csv"] {
        let file = registers.server.get(&format!("/api/registers/course/export?format={format}"));
        assert_eq!(file.status, 200);
        let disposition = file.header("content-disposition").unwrap();
        assert!(
            disposition.starts_with("attachment; filename=\"so-lop-hoc-2026-11-21."),
            "{disposition}"
        );
        let back = registers.bring("/api/registers/course/import?save=true", &file.body).json();
        assert_eq!(
            (&back["n_same"], &back["n_new"], &back["n_wrong"]),
            (&json!(6), &json!(0), &json!(0)),
            "{format}: {back}"
        );
    }
    let sheet = registers.server.get("/api/registers/course/sheet");
    assert_eq!((sheet.status, &sheet.body[..2]), (200, &b"PK"[..]));
    for broken in [&b"PK\x03\x04 damaged"[..], b"", b"\xff\xfe"] {
        let answer = registers.bring("/api/registers/course/import?save=false", broken);
        assert_eq!(answer.json()["findings"].as_array().unwrap().len(), 1);
    }
}

/// It is 14:30 on 21/11/2026 in Viet Nam.
#[test]
fn an_event_calls_for_a_report_within_a_day_and_then_daily_and_the_latest_is_added_up() {
    let registers = Registers::new();
    let storm =
        json!({ "title": "Bão số 9", "on": "20/11", "at": 10, "places": [BINH_AN, DONG_KHE] });
    let event = registers.noted("incident", LAM_GIANG, &storm)["id"].clone();
    let owed = |register: &str| registers.get(&format!("/api/registers/{register}/owed"));
    assert_eq!(owed("incident")["n_late"], 2);
    assert_eq!(owed("damage")["items"], owed("incident")["items"]);
    let list = registers.get("/api/registers");
    let late = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["code"] == "incident")
        .unwrap()
        .clone();
    assert_eq!(late["n_late"], 2);

    let report = |day: &str, hour: i64, houses: i64| json!({ "incident": "bao so 9", "day": day, "hour": hour, "status": "quick", "houses": houses });
    registers.noted("damage", BINH_AN, &report("20/11", 20, 4));
    registers.noted("damage", BINH_AN, &report("21/11", 12, 9));
    let items = owed("incident")["items"].clone();
    let states: Vec<(&Value, &Value, &Value)> = items
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (&it["unit"], &it["state"], &it["due"]))
        .collect();
    assert_eq!(
        states,
        [
            (&json!(DONG_KHE), &json!("late"), &json!("2026-11-21T10:00:00")),
            (&json!(BINH_AN), &json!("waiting"), &json!("2026-11-23T10:00:00")),
        ]
    );
    let page = registers.get("/api/registers/damage/entries");
    assert_eq!((&page["n"], &page["n_superseded"]), (&json!(2), &json!(1)));
    assert_eq!(page["totals"][1], json!({ "field": "houses", "total": "9", "n": 1 }));
    assert_eq!(
        registers.get(&format!("/api/entries/{event}"))["owed"].as_array().unwrap().len(),
        2
    );
}
