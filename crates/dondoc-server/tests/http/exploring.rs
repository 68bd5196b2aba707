//! Units by half a name, totals down to the cell, tables to take away, how things stand, and news of changes.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    time::Duration,
};

use serde_json::{Value, json};

use crate::province::{BINH_AN, BINH_MINH, DONG_KHE, LAM_GIANG, Province, usual};

/// Two reports of September, one of August.
fn reported() -> Province {
    let province = Province::new();
    for (unit, period, figures) in [
        (BINH_AN, "2026-08", usual("10", "20", "40")),
        (BINH_AN, "2026-09", usual("12", "30", "40")),
        (DONG_KHE, "2026-09", usual("5", "10", "60")),
    ] {
        assert_eq!(province.hand_in(unit, period, &figures).status, 200);
    }
    province
}

fn get(province: &Province, path: &str) -> Value {
    let answer = province.minh.get(path);
    assert_eq!(answer.status, 200, "{path}: {}", String::from_utf8_lossy(&answer.body));
    answer.json()
}

#[test]
fn units_are_found_without_accents_and_by_names_of_the_past() {
    let province = Province::new();
    let found = get(&province, "/api/units?q=binh%20a");
    assert_eq!(found["items"][0]["id"], BINH_AN);
    assert_eq!(found["items"][0]["parent_name"], "Tỉnh Lam Giang");
    assert_eq!(found["items"][0]["formerly"], Value::Null);
    let old = get(&province, "/api/units?q=x.%20binh%20minh");
    assert_eq!(old["items"][0]["id"], BINH_AN);
    let former = json!({ "unit": BINH_MINH, "name": "Xã Bình Minh", "last_day": "2025-06-30" });
    assert_eq!(old["items"][0]["formerly"], former);
    let before = &old["items"][0]["predecessors"][0];
    assert_eq!((&before["name"], &before["in_part"]), (&json!("Xã Bình Minh"), &json!(false)));
    assert_eq!(get(&province, "/api/units?q=khong%20co")["items"], json!([]));
    // A unit that is no more has a name still.
    let named = get(&province, &format!("/api/units?id={BINH_MINH}"));
    assert_eq!(named["items"][0]["name"], "Xã Bình Minh");
}

#[test]
fn a_total_leads_to_its_largest_part_and_on_to_the_cell() {
    let province = reported();
    let asked = "indicator=LG.01&period=2026-09";
    let whole = get(&province, &format!("/api/trace?unit={LAM_GIANG}&{asked}"));
    assert_eq!(whole["total"]["amount"]["value"], "17");
    assert_eq!(whole["unit_name"], "Tỉnh Lam Giang");
    let children: Vec<(u64, &str, u64)> = whole["children"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| {
            let amount = it["amount"]["value"].as_str().unwrap();
            (it["unit"].as_u64().unwrap(), amount, it["permille"].as_u64().unwrap())
        })
        .collect();
    // 12 and 5 of 17.
    assert_eq!(children, [(BINH_AN.into(), "12", 706), (DONG_KHE.into(), "5", 294)]);
    let leaf = get(&province, &format!("/api/trace?unit={BINH_AN}&{asked}"));
    assert_eq!(leaf["children"], json!([]));
    assert_eq!(leaf["parts"][0]["amount"]["value"], "12");
    assert_eq!(leaf["parts"][0]["figure"]["content"], "value");
    let quarter =
        get(&province, &format!("/api/trace?unit={LAM_GIANG}&indicator=LG.01&period=2026-Q3"));
    assert_eq!(quarter["total"]["amount"]["value"], "27");
    assert_eq!(quarter["periods"], json!(["2026-07", "2026-08", "2026-09"]));
    let gap = &quarter["gaps"]
        .as_array()
        .unwrap()
        .iter()
        .any(|it| it["unit"] == DONG_KHE && it["period"] == "2026-08");
    assert!(gap, "{quarter}");
    // Of ratios the share is that of those who were asked: 40 and 60 of 100.
    let ratio =
        get(&province, &format!("/api/trace?unit={LAM_GIANG}&indicator=LG.02&period=2026-09"));
    assert_eq!(ratio["total"]["amount"]["percent"], "40.00");
    assert_eq!(ratio["children"][0]["permille"], 600);
    assert_eq!(province.minh.get(&format!("/api/trace?unit=999&{asked}")).status, 404);
    let wrong = province.minh.get("/api/trace?unit=1&indicator=LG.01&period=May");
    assert_eq!((wrong.status, wrong.code().as_str()), (400, "bad_request"));
}

#[test]
fn a_table_is_taken_away_as_a_workbook_and_as_csv() {
    let province = reported();
    let asked = format!("under={LAM_GIANG}&indicator=LG.01&period=2026-08,2026-09");
    let book = province.minh.get(&format!("/api/explorer/file?format=xlsx&{asked}"));
    assert_eq!(book.status, 200);
    assert!(book.body.starts_with(b"PK"));
    assert_eq!(book.header("content-disposition"), Some("attachment; filename=\"dondoc.xlsx\""));
    let csv = province.minh.get(&format!("/api/explorer/file?format=csv&{asked}"));
    let text = String::from_utf8(csv.body).unwrap();
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
    assert!(lines[0].starts_with("Đơn vị;Mã đơn vị;Mã chỉ tiêu;"), "{text}");
    assert_eq!(lines[2], "Xã Bình An;00002;LG.01;Lớp đã mở (lớp);09/2026;12;;;1;0;0;0");
    assert_eq!(lines[3], "Xã Đông Khê;00003;LG.01;Lớp đã mở (lớp);08/2026;;;;0;1;0;0");
    assert!(lines.last().unwrap().starts_with("Nguồn: Dondoc"), "{text}");
    // Units stand as they were asked for, or as in a dictionary, in which đ comes before e and not behind z.
    let first = |order: &str| {
        let asked = format!("unit={DONG_KHE},{BINH_AN}&indicator=LG.01&period=2026-09{order}");
        let csv = province.minh.get(&format!("/api/explorer/file?format=csv&{asked}"));
        String::from_utf8(csv.body).unwrap().lines().nth(1).unwrap().to_owned()
    };
    assert!(first("").starts_with("Xã Đông Khê;"), "{}", first(""));
    assert!(first("&order=alphabet").starts_with("Xã Bình An;"));
    for (asked, status) in [
        (format!("format=xlsx&order=size&{asked}"), 400),
        (format!("format=pdf&{asked}"), 400),
        (format!("format=csv&{asked}&language=fr"), 400),
        (format!("format=csv&{asked}&series=LG.99"), 404),
        ("format=csv&unit=1&indicator=&period=".to_owned(), 400),
    ] {
        let answer = province.minh.get(&format!("/api/explorer/file?{asked}"));
        assert_eq!(answer.status, status, "{asked}");
        answer.code();
    }
}

#[test]
fn the_overview_says_which_way_things_go() {
    let province = reported();
    let view = get(&province, "/api/overview");
    assert_eq!((&view["unit"], &view["period"]), (&json!(LAM_GIANG), &json!("2026-09")));
    assert_eq!(view["periods"], json!(["2026-09", "2026-08", "2026-Q3", "2026-H2", "2026"]));
    assert_eq!(view["past"].as_array().unwrap().len(), 13);
    let row = &view["indicators"][0];
    assert_eq!(row["series"]["indicator"], "LG.01");
    assert_eq!(row["total"]["amount"]["value"], "17");
    assert_eq!(
        row["streaks"],
        json!({ "rising": 1, "falling": 0, "complete": 1, "incomplete": 0 })
    );
    assert_eq!((&row["state"], &row["change"]), (&json!("no_target"), &Value::Null));
    assert_eq!(row["past"][11]["value"], "10");
    // Nobody has reported LG.03.
    assert_eq!(view["indicators"][2]["state"], "no_figure");
    let commune = get(&province, &format!("/api/overview?unit={DONG_KHE}"));
    assert_eq!(commune["unit_name"], "Xã Đông Khê");
    assert_eq!(province.minh.get("/api/overview?pack=XX").status, 404);
    assert_eq!(province.minh.get("/api/overview?period=May").status, 400);
}

#[test]
fn the_news_of_a_change_is_a_number_and_nothing_else() {
    let province = Province::new();
    let mut line = TcpStream::connect(province.minh.address).unwrap();
    line.set_read_timeout(Some(Duration::from_mins(2))).unwrap();
    let (host, key) = (province.minh.address, &province.minh.key);
    let asked =
        format!("GET /api/live HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {key}\r\n\r\n");
    line.write_all(asked.as_bytes()).unwrap();
    let first = next_step(&mut line);
    assert_eq!(province.hand_in(BINH_AN, "2026-09", &usual("12", "30", "40")).status, 200);
    assert!(next_step(&mut line) > first);
}

/// The number of the next event.
fn next_step(line: &mut TcpStream) -> i64 {
    let mut heard = Vec::new();
    loop {
        let mut byte = [0];
        assert_eq!(line.read(&mut byte).unwrap(), 1, "{}", String::from_utf8_lossy(&heard));
        heard.push(byte[0]);
        let text = String::from_utf8_lossy(&heard);
        if let Some((_, step)) = text.split_once("event: step\ndata: ")
            && let Some(number) = step.strip_suffix("\n\n")
        {
            return number.trim().parse().unwrap();
        }
    }
}
