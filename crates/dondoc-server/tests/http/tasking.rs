//! Tasks from the words of a document to the confirmed result, and what is sent about those that are late.

use serde_json::{Value, json};

use crate::{
    client::Answer,
    province::{BINH_AN, DONG_KHE, LAM_GIANG, Province},
};

/// Today is Saturday 2026-11-21.
fn new(lead: u32, due: &str) -> Value {
    json!({ "text": "Kiểm tra các điểm sơ tán dân", "origin": "meeting", "source": "Giao ban tháng 11",
            "lead": lead, "due": due })
}

fn json_of(answer: &Answer, status: u16) -> Value {
    assert_eq!(answer.status, status, "{}", String::from_utf8_lossy(&answer.body));
    answer.json()
}

fn give(province: &Province, task: &Value) -> Value {
    json_of(&province.lan.post("/api/tasks", task), 201)
}

fn path(task: &Value, step: &str) -> String {
    format!("/api/tasks/{}/{step}", task["id"])
}

fn states(page: &Value) -> Vec<(&str, Value)> {
    let items = page["items"].as_array().unwrap();
    items
        .iter()
        .map(|it| (it["state"].as_str().unwrap(), it["working_days_late"].clone()))
        .collect()
}

#[test]
fn a_task_is_given_reported_sent_back_and_confirmed_by_somebody_else() {
    let province = Province::new();
    let task = give(&province, &new(BINH_AN, "2026-11-25"));
    assert_eq!((&task["state"], &task["giver"]["id"]), (&json!("not_started"), &json!(LAM_GIANG)));
    assert_eq!((&task["kind"], &task["working_days_left"]), (&json!("deadline"), &json!(3)));
    let report = json!({ "version": 1, "words": "Đã kiểm tra 7 điểm", "reply": "25/BC-UBND" });
    let task = json_of(&province.lan.post(&path(&task, "report"), &report), 200);
    assert_eq!((&task["state"], &task["waits_for"]), (&json!("in_progress"), &json!("giver")));
    assert_eq!(
        province.lan.post(&path(&task, "confirm"), &json!({ "version": 2 })).code(),
        "own_work"
    );
    let silent = province.minh.post(&path(&task, "return"), &json!({ "version": 2 }));
    assert_eq!((silent.status, silent.code().as_str()), (422, "reason_missing"));
    let back = json!({ "version": 2, "reason": "thiếu biên bản" });
    let task = json_of(&province.minh.post(&path(&task, "return"), &back), 200);
    assert_eq!(task["state"], "returned");
    assert_eq!(province.lan.post(&path(&task, "report"), &report).code(), "stale");
    let again = json!({ "version": 3, "words": "Bổ sung biên bản" });
    json_of(&province.lan.post(&path(&task, "report"), &again), 200);
    let done = json_of(&province.minh.post(&path(&task, "confirm"), &json!({ "version": 4 })), 200);
    assert_eq!((&done["state"], &done["allowed"]), (&json!("done_on_time"), &json!([])));
    let log: Vec<&str> =
        done["log"].as_array().unwrap().iter().map(|it| it["step"].as_str().unwrap()).collect();
    assert_eq!(log, ["open", "report", "return", "report", "confirm"]);
    let over = province.minh.post(&path(&task, "cancel"), &json!({ "version": 5, "reason": "x" }));
    assert_eq!(over.code(), "task_refused");
}

#[test]
fn what_is_asked_for_twice_with_one_key_is_done_once() {
    let province = Province::new();
    let (body, kind) =
        (new(BINH_AN, "2026-11-25").to_string(), ("Content-Type", "application/json"));
    let send = || {
        let headers = [kind, ("Idempotency-Key", "giao-1")];
        province.lan.send("POST /api/tasks", &headers, body.as_bytes())
    };
    assert_eq!(json_of(&send(), 201)["id"], json_of(&send(), 201)["id"]);
    assert_eq!(province.lan.get("/api/tasks").json()["total"], 1);
    let other = new(DONG_KHE, "2026-11-25").to_string();
    let headers = [kind, ("Idempotency-Key", "giao-1")];
    assert_eq!(
        province.lan.send("POST /api/tasks", &headers, other.as_bytes()).code(),
        "key_reused"
    );
}

#[test]
fn lists_say_where_tasks_stand_latest_first_and_are_searched_without_accents() {
    let province = Province::new();
    for (lead, due) in [(BINH_AN, "2026-11-25"), (DONG_KHE, "2026-11-19"), (BINH_AN, "2026-11-10")]
    {
        give(&province, &new(lead, due));
    }
    let page = province.lan.get("/api/tasks").json();
    let late = |days| ("overdue", json!(days));
    assert_eq!(states(&page), [late(8), late(1), ("not_started", Value::Null)]);
    assert_eq!((&page["counts"]["overdue"], &page["counts"]["done_late"]), (&json!(2), &json!(0)));
    for (asked, total) in [
        ("state=overdue", 2),
        ("late=true&lead=2", 1),
        ("words=diem%20so%20tan", 3),
        ("words=khong%20co", 0),
        ("due_from=2026-11-19&due_to=2026-11-20", 1),
        ("unit=3", 1),
    ] {
        assert_eq!(
            province.lan.get(&format!("/api/tasks?{asked}")).json()["total"],
            total,
            "{asked}"
        );
    }
    assert_eq!(province.lan.get("/api/tasks?state=gone").code(), "bad_request");
    assert_eq!(province.lan.get("/api/tasks/99").code(), "not_found");
}

#[test]
fn a_task_of_all_communes_has_one_for_each_and_stands_as_they_do() {
    let province = Province::new();
    let whole = json!({ "text": "Ban hành kế hoạch", "groups": ["communes"], "due": "2026-11-30" });
    let whole = give(&province, &whole);
    assert_eq!((&whole["lead"], &whole["n_parts"]), (&Value::Null, &json!(2)));
    let detail = province.lan.get(&format!("/api/tasks/{}", whole["id"])).json();
    let part = detail["children"][0].clone();
    assert_eq!(part["lead"]["name"], "Xã Bình An");
    assert_eq!(province.lan.get("/api/tasks").json()["total"], 1);
    assert_eq!(province.lan.get("/api/tasks?lead=2").json()["total"], 1);
    let refused =
        province.lan.post(&path(&whole, "report"), &json!({ "version": 1, "words": "x" }));
    assert_eq!(refused.code(), "task_refused");
    json_of(
        &province.lan.post(&path(&part, "progress"), &json!({ "version": 1, "percent": 30 })),
        200,
    );
    let whole = province.lan.get(&format!("/api/tasks/{}", whole["id"])).json();
    assert_eq!(whole["state"], "in_progress");
}

const ORDER: &str =
    "CT | 7/CT-UBND | 2026-11-02 | UBND tỉnh Lam Giang\nGiao Sở Nội vụ đôn đốc các xã.";

#[test]
fn tasks_of_a_document_are_given_together_or_not_at_all() {
    let province = Province::new();
    let stored = province.lan.upload("ct.txt", ORDER.as_bytes());
    let document = stored["documents"][0]["id"].as_i64().unwrap();
    let finding = province.lan.finding(document, "task");
    let sent = json!({ "document": document, "items": [{ "finding": finding["id"] }] });
    // No unit is called so, and nobody has accepted it.
    let refused = json_of(&province.lan.post("/api/tasks/from-findings", &sent), 422);
    assert_eq!(refused["problems"][0]["open"][0]["name"], "Sở Nội vụ");
    assert_eq!(province.lan.get("/api/tasks").json()["total"], 0);
    let accept = format!("/api/findings/{}/accept", finding["id"]);
    json_of(&province.lan.post(&accept, &json!({ "version": finding["version"] })), 200);
    let sent =
        json!({ "document": document, "items": [{ "finding": finding["id"], "lead": BINH_AN }] });
    let given = json_of(&province.lan.post("/api/tasks/from-findings", &sent), 201);
    assert_eq!(given["tasks"][0]["lead"]["name"], "Xã Bình An");
    assert_eq!(given["tasks"][0]["document"]["number"], "7/CT-UBND");
    let again = json_of(&province.lan.post("/api/tasks/from-findings", &sent), 422);
    assert_eq!(again["problems"][0]["task_id"], given["tasks"][0]["id"]);
    let id = &given["tasks"][0]["id"];
    let detail = province.lan.get(&format!("/api/tasks/{id}")).json();
    assert_eq!(detail["quote"], "Giao Sở Nội vụ đôn đốc các xã.");
}

fn file(name: &str, bytes: &[u8]) -> Vec<u8> {
    crate::server::form(&[(name, bytes)])
}

#[test]
fn proof_is_taken_by_its_bytes_and_given_back_under_a_safe_name() {
    let province = Province::new();
    let task = give(&province, &new(BINH_AN, "2026-11-25"));
    let kind = [("Content-Type", "multipart/form-data; boundary=XXX")];
    let send = |name: &str, bytes: &[u8]| {
        province.lan.send(&format!("POST {}", path(&task, "evidence")), &kind, &file(name, bytes))
    };
    let kept = json_of(&send("../../anh.pdf", b"%PDF-1.7 x"), 201);
    assert_eq!((&kept["name"], &kept["format"]), (&json!("anh.pdf"), &json!("pdf")));
    assert_eq!(send("biên bản.pdf", b"MZ\x90\x00\x00").code(), "task_refused");
    assert_eq!(send("trang.txt", b"<script>alert(1)</script>").code(), "task_refused");
    let back = province.lan.get(&format!("/api/evidence/{}", kept["id"]));
    assert_eq!(back.body, b"%PDF-1.7 x");
    assert_eq!(back.header("content-type"), Some("application/octet-stream"));
    assert!(back.header("content-disposition").unwrap().starts_with("attachment"));
}

#[test]
fn one_action_makes_a_letter_to_each_late_unit_and_logs_it() {
    let province = Province::new();
    let late = [
        give(&province, &new(BINH_AN, "2026-11-10")),
        give(&province, &new(DONG_KHE, "2026-11-12")),
    ];
    give(&province, &new(DONG_KHE, "2026-12-12"));
    let view = province.lan.get("/api/followup/late").json();
    assert_eq!(view["n_tasks"], 2);
    let sent = json!({ "tasks": [late[0]["id"], late[1]["id"]] });
    let batch = json_of(&province.lan.post("/api/followup/letters", &sent), 201);
    assert_eq!(batch["letters"].as_array().unwrap().len(), 2);
    assert!(batch["letters"][0]["words"].as_str().unwrap().contains("hạn 10/11/2026"));
    let zip = province.lan.get(&format!("/api/followup/letters/{}", batch["id"]));
    assert_eq!((zip.status, &zip.body[..4]), (200, &b"PK\x03\x04"[..]));
    let task = province.lan.get(&format!("/api/tasks/{}", late[0]["id"])).json();
    assert_eq!((&task["reminders"], &task["reminded_on"]), (&json!(1), &json!("2026-11-21")));
    let notices = province.minh.get("/api/notices").json();
    let kinds: Vec<&str> = notices["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["kind"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["digest", "letter", "letter", "given", "given", "given"]);
    let nothing = province.lan.post("/api/followup/letters", &json!({ "units": [LAM_GIANG] }));
    assert_eq!(nothing.code(), "task_refused");
}

#[test]
fn tasks_stand_by_the_names_of_those_who_lead_if_that_is_asked_for() {
    let province = Province::with_areas(&["Ấp Bắc", "An Bình"]);
    for lead in [DONG_KHE, Province::FIRST_AREA, BINH_AN, Province::FIRST_AREA + 1] {
        give(&province, &new(lead, "2026-12-25"));
    }
    let page = province.lan.get("/api/tasks?sort=lead").json();
    let items = page["items"].as_array().unwrap().iter();
    let names: Vec<&str> = items.map(|it| it["lead"]["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["An Bình", "Ấp Bắc", "Xã Bình An", "Xã Đông Khê"]);
}

#[test]
fn a_notice_that_was_read_is_counted_no_more() {
    let province = Province::new();
    give(&province, &new(BINH_AN, "2026-12-25"));
    let list = province.minh.get("/api/notices").json();
    assert_eq!((&list["n_unread"], &list["items"][0]["kind"]), (&json!(1), &json!("given")));
    let what = json!({ "what": [list["items"][0]["what"]] });
    let list = json_of(&province.minh.post("/api/notices/read", &what), 200);
    assert_eq!((&list["n_unread"], &list["items"][0]["is_read"]), (&json!(0), &json!(true)));
    assert_eq!(
        province.minh.post("/api/notices/read", &json!({ "what": ["../x"] })).code(),
        "bad_request"
    );
}

#[test]
fn the_book_has_its_seven_columns_and_no_cell_is_a_formula() {
    let province = Province::new();
    let mut task = new(BINH_AN, "2026-11-10");
    task["text"] = json!("=cmd|' /C calc'!A0");
    task["arrival"] = json!("152");
    give(&province, &task);
    let book = province.lan.get("/api/followup/book?year=2026").json();
    let line = &book["items"][0];
    assert_eq!((&line["arrival"], &line["unit"]), (&json!("152"), &json!("Xã Bình An")));
    assert_eq!(
        (&line["document"], &line["progress"]),
        (&json!("Giao ban tháng 11"), &json!("quá hạn chưa hoàn thành"))
    );
    assert_eq!(province.lan.get("/api/followup/book?year=2025").json()["items"], json!([]));
    let sheet = province.lan.get("/api/followup/book?as=xlsx");
    assert_eq!((sheet.status, &sheet.body[..2]), (200, &b"PK"[..]));
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(sheet.body)).unwrap();
    let mut part = |name: &str| std::io::read_to_string(zip.by_name(name).unwrap()).unwrap();
    assert!(!part("xl/worksheets/sheet1.xml").contains("<f>"));
    assert!(part("xl/sharedStrings.xml").contains("=cmd|"));
}

#[test]
fn deadlines_are_a_calendar_that_is_folded_as_calendars_are() {
    let province = Province::new();
    give(&province, &new(BINH_AN, "2026-11-25"));
    let feed = province.lan.get("/api/tasks.ics");
    let text = String::from_utf8(feed.body.clone()).unwrap();
    assert_eq!(feed.header("content-type"), Some("text/calendar; charset=utf-8"));
    assert!(
        text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
            && text.ends_with("END:VCALENDAR\r\n")
    );
    assert!(text.contains("\r\nDTSTART;VALUE=DATE:20261125\r\nDTEND;VALUE=DATE:20261126\r\n"));
    assert!(text.split("\r\n").all(|it| it.len() <= 75));
}

#[test]
fn a_standing_task_falls_due_by_its_rule() {
    let province = Province::new();
    let task =
        json!({ "text": "Hằng tháng báo cáo", "lead": BINH_AN, "recurrence": "month/day/1/25" });
    let task = give(&province, &task);
    assert_eq!((&task["kind"], &task["due"]), (&json!("standing"), &json!("2026-11-25")));
    let wrong = json!({ "text": "x", "lead": BINH_AN, "recurrence": "month/day/2/25" });
    assert_eq!(province.lan.post("/api/tasks", &wrong).code(), "bad_request");
    let none = province.lan.post("/api/tasks", &json!({ "text": "x" }));
    assert_eq!((none.status, none.code().as_str()), (422, "task_refused"));
}

#[test]
fn coverage_says_who_has_issued_a_document_of_its_own() {
    let province = Province::new();
    let order = "KH | 7/KH-UBND | 2026-06-01 | UBND tỉnh Lam Giang\nGiao Sở Nội vụ đôn đốc các xã.";
    let own = "KH | 3/KH-UBND | 2026-07-01 | UBND xã Bình An\nThực hiện <Kế hoạch số 7/KH-UBND>.";
    let stored = province.lan.upload("kh.txt", order.as_bytes());
    let document = stored["documents"][0]["id"].as_i64().unwrap();
    province.lan.upload("kh2.txt", own.as_bytes());
    let finding = province.lan.finding(document, "task");
    let mut value = finding["value"].clone();
    value["lead"] = json!(["UBND các xã, phường"]);
    let correct = format!("/api/findings/{}/correct", finding["id"]);
    let sent = json!({ "version": finding["version"], "value": value });
    json_of(&province.lan.post(&correct, &sent), 200);
    let view = province.lan.get(&format!("/api/documents/{document}/coverage")).json();
    assert_eq!((&view["n_units"], &view["n_issued"]), (&json!(2), &json!(1)), "{view}");
    let lines: Vec<(&str, &Value)> = view["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["unit"]["name"].as_str().unwrap(), &it["own"]["number"]))
        .collect();
    assert_eq!(lines, [("Xã Bình An", &json!("3/KH-UBND")), ("Xã Đông Khê", &Value::Null)]);
}

#[test]
fn a_calendar_feed_takes_its_key_in_the_address_and_nothing_else_does() {
    let province = Province::new();
    let nobody = [("Authorization", "")];
    let key = &province.lan.key;
    let asked =
        |path: &str| province.lan.send(&format!("GET {path}?token={key}"), &nobody, b"").status;
    assert_eq!((asked("/api/tasks.ics"), asked("/api/tasks")), (200, 401));
    let wrong = province.lan.send("GET /api/tasks.ics?token=sai", &nobody, b"");
    assert_eq!(wrong.status, 401);
}
