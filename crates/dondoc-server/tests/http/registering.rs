//! Registers: entries noted down, changed, withdrawn, exchanged, and the reports that they call for.

mod events;
mod sheets;

use dondoc_core::pack::Pack;
use dondoc_store::{Action, By, Store, packs};
use serde_json::{Value, json};

use crate::{
    client::Answer,
    province::{BINH_AN, DONG_KHE, LAM_GIANG, Province},
    server::{Server, clock},
};

/// A server on the province with a second programme, which has registers.
pub(crate) struct Registers {
    pub(crate) server: Server,
    _province: Province,
}

pub(crate) fn pack() -> Value {
    let text = |it: &str| json!({ "vi": it, "en": it });
    let field = |code: &str, name: &str, kind: &str| json!({ "code": code, "name": text(name), "kind": kind });
    let needed = |code: &str, name: &str, kind: &str| json!({ "code": code, "name": text(name), "kind": kind, "required": true });
    let number = |code: &str, name: &str, decimals: u8| json!({ "code": code, "name": text(name), "kind": "number", "measure": "đơn vị", "decimals": decimals });
    let options = |codes: &[&str]| -> Vec<Value> {
        codes.iter().map(|it| json!({ "code": it, "name": text(&format!("loại {it}")) })).collect()
    };
    let reports = json!({
        "register": "damage", "about": "incident", "reported_on": "day", "reported_at": "hour", "named_by": "title",
        "began_on": "on", "began_at": "at", "ended_on": "end", "owed_by": "places", "within_hours": 24,
        "every_hours": 24, "last": { "field": "status", "option": "final" },
    });
    json!({
        "pack": { "code": "SO", "name": text("Các sổ"), "version": 1, "valid_from": "2020-01-01" },
        "breakdowns": [
            { "code": "kinds", "name": text("Loại"), "options": options(&["a", "b"]) },
            { "code": "statuses", "name": text("Loại báo cáo"), "options": options(&["quick", "final"]) },
        ],
        "indicators": [
            { "code": "SO.01", "name": text("Số lớp"), "measure": "lớp", "over_units": "sum", "over_time": "sum",
              "every": ["month"], "level": "commune", "clearing": "open", "breakdowns": ["kinds"],
              "counted": [{ "register": "course", "by": ["kind"], "on": "start" }] },
            { "code": "SO.02", "name": text("Nhà hư hại"), "measure": "nhà", "over_units": "sum", "over_time": "sum",
              "every": ["event"], "level": "commune", "clearing": "open",
              "counted": [{ "register": "damage", "sum": "houses", "only": "!missing(houses)", "on": "day" }] },
            { "code": "SO.03", "name": text("Lượt người"), "measure": "lượt", "over_units": "sum", "over_time": "sum",
              "every": ["event"], "level": "commune", "clearing": "open" },
        ],
        "forms": [{
            "code": "SO-DOT", "name": text("Báo cáo theo đợt"), "version": 1, "every": ["event"], "closing": "own_dates",
            "deadlines": [{ "level": "commune", "hours": 24 }], "level": "commune", "route": text("UBND xã → UBND tỉnh"),
            "columns": [{ "number": "1", "title": text("Số liệu"), "shows": "value" }],
            "rows": [{ "number": "1", "indicator": "SO.02" }, { "number": "2", "indicator": "SO.03" }],
        }],
        "registers": [
            { "code": "course", "name": text("Sổ lớp học"), "fields": [
                { "code": "kind", "name": text("Đối tượng"), "kind": "choice", "required": true, "options": "kinds" },
                needed("host", "Nơi tổ chức", "text"), needed("start", "Khai giảng", "day"),
                field("end", "Bế giảng", "day"), number("attended", "Số học viên", 0), number("cost", "Kinh phí", 1),
                field("joint", "Lồng ghép", "yes_no"), field("places", "Địa bàn", "units"),
                field("plan", "Kế hoạch", "document"),
              ],
              "checks": [{ "code": "E-1", "holds": "missing(end) || end >= start", "severity": "error",
                           "message": text("Bế giảng trước khai giảng"), "remedy": text("Sửa lại hai ngày") }] },
            { "code": "incident", "name": text("Sổ sự cố"), "reports": reports, "fields": [
                needed("title", "Tên gọi", "text"), needed("on", "Bắt đầu", "day"), number("at", "Giờ", 0),
                field("end", "Kết thúc", "day"), field("places", "Địa bàn", "units") ] },
            { "code": "damage", "name": text("Sổ thiệt hại"), "latest_of": ["incident"], "fields": [
                needed("incident", "Sự cố", "text"), needed("day", "Ngày báo cáo", "day"), number("hour", "Giờ", 0),
                { "code": "status", "name": text("Loại báo cáo"), "kind": "choice", "options": "statuses" },
                number("houses", "Nhà", 0) ] },
        ],
    })
}

impl Registers {
    fn new() -> Self {
        Self::of(Province::new(), &[pack()])
    }

    /// A server on the province with these packs beside its own, or in their place.
    pub(crate) fn of(province: Province, all: &[Value]) -> Self {
        let store = Store::open(province.place.clone(), clock()).unwrap();
        let by = By { actor: "quản trị".to_owned(), at: clock() };
        for pack in all {
            let pack: Pack = serde_json::from_value(pack.clone()).unwrap();
            let kept = store.write(|tx| {
                packs::adopt(tx, &pack, &by)?;
                let object = pack.pack.code.clone();
                let action = Action { by: by.clone(), verb: "pack.adopt", object };
                Ok::<_, packs::PackError>(((), action))
            });
            kept.unwrap();
        }
        drop(store);
        Self { server: Server::on(&province.place, "lan", None), _province: province }
    }

    fn note(&self, register: &str, unit: u32, fields: &Value) -> Answer {
        let body = json!({ "unit": unit, "fields": fields });
        self.server.post(&format!("/api/registers/{register}/entries"), &body)
    }

    #[track_caller]
    pub(crate) fn noted(&self, register: &str, unit: u32, fields: &Value) -> Value {
        let answer = self.note(register, unit, fields);
        assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
        answer.json()
    }

    #[track_caller]
    fn get(&self, path: &str) -> Value {
        let answer = self.server.get(path);
        assert_eq!(answer.status, 200, "{path}: {}", String::from_utf8_lossy(&answer.body));
        answer.json()
    }

    pub(crate) fn bring(&self, path: &str, bytes: &[u8]) -> Answer {
        let kind = [("Content-Type", "application/octet-stream")];
        self.server.send(&format!("POST {path}"), &kind, bytes)
    }
}

fn course(host: &str, start: &str, attended: &str) -> Value {
    json!({ "kind": "a", "host": host, "start": start, "attended": attended })
}

fn ids(page: &Value) -> Vec<i64> {
    page["items"].as_array().unwrap().iter().map(|it| it["id"].as_i64().unwrap()).collect()
}

#[test]
fn a_register_says_what_it_is_made_of_and_what_is_counted_from_it() {
    let registers = Registers::new();
    let course = registers.get("/api/registers/course");
    let kinds: Vec<&str> = course["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["kind"].as_str().unwrap())
        .collect();
    assert_eq!(
        kinds,
        ["choice", "text", "day", "day", "number", "number", "yes_no", "units", "document"]
    );
    assert_eq!(course["indicators"][0]["code"], "SO.01");
    assert_eq!(registers.get("/api/registers/damage")["reports_of"], "incident");
    assert_eq!(registers.server.get("/api/registers/weapons").status, 404);
    registers.noted("course", BINH_AN, &self::course("Xã", "5/11", "12"));
    let list = registers.get("/api/registers");
    let of = |code: &str| {
        let items = list["items"].as_array().unwrap();
        items.iter().find(|it| it["code"] == code).unwrap().clone()
    };
    assert_eq!((&of("course")["n"], &of("course")["last"]), (&json!(1), &json!("2026-11-05")));
    assert_eq!(of("damage")["n"], 0);
}

#[test]
fn days_and_numbers_are_read_as_they_are_typed_and_the_figures_follow_at_once() {
    let registers = Registers::new();
    let first = registers.noted(
        "course",
        DONG_KHE,
        &json!({ "kind": "a", "host": "Hội trường", "start": "5/11", "attended": "1.234", "cost": "12,5" }),
    );
    let effect = &first["recounted"][0];
    assert_eq!((&effect["indicator"], &effect["period"]), (&json!("SO.01"), &json!("2026-11")));
    assert_eq!(
        (&effect["before"]["kind"], &effect["after"]["text"]),
        (&json!("none"), &json!("1"))
    );
    let second = registers.noted("course", DONG_KHE, &course("Trường", "6-11-26", "40"));
    let effect = &second["recounted"][0];
    let told = (&effect["before"]["text"], &effect["after"]["text"], &effect["direction"]);
    assert_eq!(told, (&json!("1"), &json!("2"), &json!("up")));
    assert_eq!(effect["option_name"]["vi"], "loại a");

    let page = registers.get("/api/registers/course/entries");
    let shown = &page["items"][1]["shown"];
    assert_eq!(
        (&shown["start"], &shown["attended"], &shown["cost"]),
        (&json!("05/11/2026"), &json!("1.234"), &json!("12,5"))
    );
    assert_eq!(page["totals"][0], json!({ "field": "attended", "total": "1.274", "n": 2 }));
    assert_eq!(page["items"][0]["shown"]["start"], "06/11/2026");
    let today = json!({ "unit": DONG_KHE, "fields": { "start": "hôm nay" } });
    let tried = registers.server.post("/api/registers/course/entries/check", &today);
    assert_eq!(tried.json()["shown"]["start"], "21/11/2026");
}

#[test]
fn everything_wrong_is_told_at_its_field_and_nothing_is_kept() {
    let registers = Registers::new();
    let wrong = json!({ "kind": "z", "start": "31/02/2026", "attended": "mười", "cost": "1.234", "plan": 9, "ghost": 1 });
    let answer = registers.note("course", BINH_AN, &wrong);
    assert_eq!((answer.status, answer.code().as_str()), (422, "findings"));
    let mut at: Vec<String> = answer.json()["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| {
            format!("{} {}", it["place"]["cell"].as_str().unwrap(), it["code"].as_str().unwrap())
        })
        .collect();
    at.sort();
    assert_eq!(
        at,
        [
            "attended not_a_number",
            "cost ambiguous_number",
            "ghost unknown_field",
            "host field_missing",
            "kind unknown_option",
            "plan wrong_kind",
            "start wrong_kind",
        ]
    );
    let rule = json!({ "kind": "a", "host": "x", "start": "5/11", "end": "4/11" });
    assert_eq!(registers.note("course", BINH_AN, &rule).code(), "findings");
    assert_eq!(registers.note("course", 999, &course("x", "5/11", "1")).status, 404);
    assert_eq!(registers.get("/api/registers/course/entries")["n"], 0);

    let tried = registers.server.post(
        "/api/registers/course/entries/check",
        &json!({ "unit": BINH_AN, "fields": { "start": "5-11-26", "attended": "1 234" } }),
    );
    assert_eq!(tried.json()["shown"], json!({ "start": "05/11/2026", "attended": "1.234" }));
    assert_eq!(tried.json()["findings"].as_array().unwrap().len(), 2);
}

#[test]
fn the_same_request_again_is_kept_once_and_answered_again() {
    let registers = Registers::new();
    let body = json!({ "unit": BINH_AN, "fields": course("Xã", "5/11", "12") }).to_string();
    let send = |body: &str| {
        let headers = [("Content-Type", "application/json"), ("Idempotency-Key", "k1")];
        registers.server.send("POST /api/registers/course/entries", &headers, body.as_bytes())
    };
    let (first, again) = (send(&body), send(&body));
    assert_eq!(first.status, 200);
    assert_eq!(first.body, again.body);
    assert_eq!(registers.get("/api/registers/course/entries")["n"], 1);
    assert_eq!(send(&body.replace("12", "13")).code(), "key_reused");
}

#[test]
fn a_change_takes_the_version_that_was_seen_and_a_reason_and_all_versions_stay() {
    let registers = Registers::new();
    let id = registers.noted("course", BINH_AN, &course("Xã", "5/11", "12"))["id"].clone();
    let path = format!("/api/entries/{id}");
    let correct = |version: i64, reason: &str| {
        let body =
            json!({ "version": version, "fields": course("Xã", "5/10", "15"), "reason": reason });
        registers.server.post(&format!("{path}/correct"), &body)
    };
    assert_eq!(correct(1, " ").code(), "reason_missing");
    let done = correct(1, "ghi nhầm tháng").json();
    // The course counts in October now, and not in November any more.
    let told: Vec<(&Value, &Value)> = done["recounted"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (&it["period"], &it["after"]["kind"]))
        .collect();
    assert_eq!(told, [(&json!("2026-10"), &json!("value")), (&json!("2026-11"), &json!("none"))]);
    let stale = correct(1, "lần nữa");
    assert_eq!((stale.status, stale.code().as_str()), (409, "stale"));

    let withdraw = |version: i64| {
        let body = json!({ "version": version, "reason": "trùng" });
        registers.server.post(&format!("{path}/withdraw"), &body)
    };
    assert_eq!(withdraw(2).status, 200);
    assert_eq!(withdraw(3).code(), "wrong_step");
    let detail = registers.get(&path);
    let versions = detail["versions"].as_array().unwrap();
    assert_eq!(versions.len(), 3);
    assert_eq!(versions[1]["changed"], json!(["attended", "start"]));
    assert_eq!(
        (&versions[1]["reason"], &versions[2]["state"]),
        (&json!("ghi nhầm tháng"), &json!("withdrawn"))
    );
    assert_eq!(registers.get("/api/registers/course/entries")["n"], 0);
    assert_eq!(registers.get("/api/registers/course/entries?withdrawn=true")["n"], 1);
}

#[test]
fn words_and_units_stand_as_in_a_vietnamese_dictionary_where_that_is_asked_for() {
    let registers = Registers::new();
    for (unit, host) in [
        (DONG_KHE, "Đồn Biên phòng"),
        (BINH_AN, "Duyên Hà"),
        (DONG_KHE, "Ấp 10"),
        (BINH_AN, "Anh Sơn"),
        (DONG_KHE, "Ấp 2"),
    ] {
        registers.noted("course", unit, &course(host, "5/9", "30"));
    }
    let hosts = |asked: &str| -> Vec<String> {
        let page = registers.get(&format!("/api/registers/course/entries?sort={asked}"));
        let items = page["items"].as_array().unwrap().iter();
        items.map(|it| it["shown"]["host"].as_str().unwrap().to_owned()).collect()
    };
    // đ after d, â after a, 2 before 10.
    assert_eq!(hosts("host"), ["Anh Sơn", "Ấp 2", "Ấp 10", "Duyên Hà", "Đồn Biên phòng"]);
    assert_eq!(hosts("unit")[..2], ["Duyên Hà", "Anh Sơn"]);
}

#[test]
fn a_list_is_narrowed_by_unit_day_choice_and_words_without_accents() {
    let registers = Registers::new();
    let note =
        |unit, fields: &Value| registers.noted("course", unit, fields)["id"].as_i64().unwrap();
    let one = note(BINH_AN, &course("Nhà văn hóa", "5/9", "30"));
    let two = note(DONG_KHE, &course("Trường học", "5/10", "20"));
    let three = note(
        DONG_KHE,
        &json!({ "kind": "b", "host": "Đồn", "start": "5/11", "attended": 10, "joint": true }),
    );
    let asked =
        |query: &str| ids(&registers.get(&format!("/api/registers/course/entries?{query}")));
    assert_eq!(asked(""), [three, two, one]);
    assert_eq!(asked("sort=attended"), [three, two, one]);
    assert_eq!(asked("sort=-attended"), [one, two, three]);
    assert_eq!(asked(&format!("unit={LAM_GIANG}&sort=on")), [one, two, three]);
    assert_eq!(asked(&format!("unit={DONG_KHE}")), [three, two]);
    assert_eq!(asked("from=2026-10-01&to=2026-10-31"), [two]);
    assert_eq!(asked("with=kind:b,joint:yes"), [three]);
    assert_eq!(asked("q=van%20hoa"), [one]);
    assert_eq!(asked("q=DONG+KHE+truong"), [two]);
    for wrong in ["sort=ghost", "with=ghost:a", "from=5/7", "page=x"] {
        assert!(
            registers.server.get(&format!("/api/registers/course/entries?{wrong}")).status >= 400,
            "{wrong}"
        );
    }
}

#[test]
fn an_attached_file_is_what_its_bytes_are_and_is_served_apart_from_the_page() {
    let registers = Registers::new();
    let id = registers.noted("course", BINH_AN, &course("Xã", "5/11", "12"))["id"].clone();
    let path = |name: &str| format!("/api/entries/{id}/files?name={name}");
    let png = b"\x89PNG\r\n\x1a\n....";
    let kept = registers.bring(&path("..%2F%E1%BA%A3nh%20l%E1%BB%9Bp.png"), png).json();
    assert_eq!((&kept["status"], &kept["file"]["name"]), (&json!("kept"), &json!("ảnh lớp.png")));
    assert_eq!(registers.bring(&path("khac.png"), png).json()["status"], "known");
    for (name, bytes) in
        [("a.pdf", &b"MZ\x90\x00"[..]), ("a.png", b"<html>"), ("a.exe", png), ("a.png", b"")]
    {
        let answer = registers.bring(&path(name), bytes).json();
        assert_eq!(answer["status"], "refused", "{name}");
        assert!(answer["problem"]["message"]["vi"].is_string());
    }
    assert_eq!(registers.bring(&path("%00"), png).status, 400);
    assert_eq!(registers.bring("/api/entries/999/files?name=a.png", png).status, 404);

    let file = format!("/api/entry-files/{}", kept["file"]["id"]);
    let served = registers.server.get(&file);
    assert_eq!(served.body, png);
    assert_eq!(served.header("content-type"), Some("application/octet-stream"));
    assert_eq!(
        served.header("content-disposition"),
        Some(
            "attachment; filename=\"anh-lop.png\"; filename*=UTF-8''%E1%BA%A3nh%20l%E1%BB%9Bp.png"
        )
    );
    assert_eq!(served.header("content-security-policy"), Some("default-src 'none'; sandbox"));
    assert_eq!(served.header("x-content-type-options"), Some("nosniff"));

    let withdraw = |reason: &str| {
        registers.server.post(&format!("{file}/withdraw"), &json!({ "reason": reason }))
    };
    assert_eq!(withdraw("").code(), "reason_missing");
    assert_eq!(withdraw("nhầm tệp").status, 200);
    assert_eq!(registers.server.get(&file).status, 404);
    assert_eq!(registers.get(&format!("/api/entries/{id}"))["files"][0]["reason"], "nhầm tệp");
}
