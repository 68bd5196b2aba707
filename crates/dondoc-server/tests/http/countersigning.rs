//! What two people must want: asked for by one, done when another confirms it.

use dondoc_core::{access::Grant, unit::Line};
use dondoc_server::people;
use dondoc_store::{
    Action, By, StoreError,
    accounts::NewAccount,
    checkpoints::{Key, export},
    countersigns::{self, NewCountersign},
};
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::{
    accounting::{Person, add, clerk, join},
    administering::merging,
    client::Answer,
    province::{BINH_AN, Province, usual},
    server::{Server, clock},
};

mod packs;

fn by() -> By {
    By { actor: "root@may-chu".to_owned(), at: clock() }
}

/// Somebody with a role everywhere, made on the machine itself; at a browser, with a second factor.
fn person<'s>(server: &'s Server, name: &str, role: &str) -> Person<'s> {
    let store = server.store();
    let from = dondoc_server::today(clock());
    let role = role.to_owned();
    let grant = Grant { role, unit: None, line: Line::State, from, until: None };
    let account = NewAccount {
        name: name.to_owned(),
        display: name.to_owned(),
        office: String::new(),
        password: None,
    };
    people::add(&store, &account, &[grant], &by()).unwrap();
    let joined = join(server, &people::invite(&store, name, &by()).unwrap());
    joined.set_up();
    joined
}

fn administrator<'s>(server: &'s Server, name: &str) -> Person<'s> {
    person(server, name, "administrator")
}

fn said(answer: &Answer) -> String {
    String::from_utf8_lossy(&answer.body).into_owned()
}

/// What waits, as it was answered.
fn asked(answer: &Answer) -> Value {
    assert_eq!(answer.status, 202, "{}", said(answer));
    let view = answer.json();
    assert_eq!((&view["state"], &view["is_own"]), (&json!("open"), &json!(true)));
    view
}

fn confirm(who: &Person<'_>, view: &Value) -> Answer {
    let path = format!("/api/countersigns/{}/confirm", view["id"]);
    who.post(&path, &json!({ "digest": view["digest"] }))
}

fn rehearsed(who: &Person<'_>, change: &Value) -> Value {
    let begun = who.post("/api/admin/changes/rehearsals", &json!({ "change": change }));
    assert_eq!(begun.status, 200, "{}", said(&begun));
    loop {
        let job = who.get(&format!("/api/admin/jobs/{}", begun.json()["id"])).json();
        if job["state"] != "running" {
            assert_eq!(job["state"], "done", "{job}");
            return job;
        }
        std::thread::yield_now();
    }
}

fn change(who: &Person<'_>, change: &Value) -> (Value, Value) {
    let job = rehearsed(who, change);
    let sent = json!({ "change": change, "rehearsal": job["id"] });
    (asked(&who.post("/api/admin/changes", &sent)), job["rehearsal"]["digest"].clone())
}

fn founding() -> Value {
    merging(&json!({ "new": { "kind": "commune", "name": "Bình Khê", "code": null } }))
}

fn renaming(name: &str) -> Value {
    json!({
        "act": { "verb": "rename", "unit": BINH_AN, "name": name, "kind": null },
        "day": "2027-01-01",
        "source": "Nghị quyết 10/NQ-HĐND",
    })
}

fn n_changes(server: &Server) -> usize {
    dondoc_store::units::load(&server.store()).unwrap().units.changes().len()
}

/// The last lines of the audit trail, oldest first: who, what.
fn trail(server: &Server, n: usize) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let key = Key::beside(folder.path()).unwrap();
    let mut text = Vec::new();
    export(&server.store(), &key, clock(), &mut text).unwrap();
    let text = String::from_utf8(text).unwrap();
    let lines = text.lines().filter_map(|it| serde_json::from_str::<Value>(it).ok());
    let lines = lines.filter(|it| it["verb"].is_string());
    let told =
        |it: Value| format!("{} {}", it["actor"].as_str().unwrap(), it["verb"].as_str().unwrap());
    let all: Vec<String> = lines.map(told).collect();
    all[all.len().saturating_sub(n)..].to_vec()
}

fn a_merger_takes_two_people(province: &Province) {
    let server = &province.lan;
    assert_eq!(province.hand_in(BINH_AN, "2026-09", &usual("12", "30", "40")).status, 200);
    let (hoa, binh) = (administrator(server, "hoa"), administrator(server, "binh"));
    let before = n_changes(server);
    let (view, digest) = change(&hoa, &founding());
    assert_eq!(view["digest"], digest, "what is confirmed is what was rehearsed");
    assert_eq!(rehearsed(&binh, &founding())["rehearsal"]["digest"], digest);
    let words = view["words"]["vi"].as_str().unwrap();
    let expected = "Nhập Xã Bình An, Xã Đông Khê thành Xã Bình Khê (lập mới) từ ngày 01/01/2027, theo Nghị quyết 9/NQ-HĐND";
    assert!(words.starts_with(expected), "{words}");
    assert_eq!((&view["by"], &view["until"]), (&json!("hoa"), &json!("2026-11-28T07:30:00Z")));
    assert_eq!(n_changes(server), before, "nothing is done yet");

    assert_eq!(confirm(&hoa, &view).code(), "own_work");
    let path = format!("/api/countersigns/{}/confirm", view["id"]);
    let sent = json!({ "digest": view["digest"] });
    assert_eq!(server.post(&path, &sent).code(), "session_needed", "a key is no person");
    assert_eq!(binh.post(&path, &json!({ "digest": "0".repeat(64) })).code(), "stale");
    assert_eq!(n_changes(server), before);

    let confirmed = confirm(&binh, &view);
    assert_eq!(confirmed.status, 200, "{}", said(&confirmed));
    let confirmed = confirmed.json();
    assert_eq!(
        (&confirmed["state"], &confirmed["decided_by"]),
        (&json!("confirmed"), &json!("binh"))
    );
    assert_eq!(n_changes(server), before + 3);
    let found = server.get("/api/units?q=B%C3%ACnh%20Kh%C3%AA&on=2027-01-01").json();
    assert!(found.to_string().contains("Xã Bình Khê"), "{found}");
    assert_eq!(confirm(&binh, &view).code(), "countersign_over", "once");
    assert_eq!(n_changes(server), before + 3);
    assert_eq!(trail(server, 2), ["binh countersign.confirm", "hoa units.load"]);
}

#[test]
fn a_merger_takes_two_people_on_sqlite() {
    a_merger_takes_two_people(&Province::new());
}

#[test]
fn a_merger_takes_two_people_on_postgresql() {
    if let Some(province) = Province::on_postgres() {
        a_merger_takes_two_people(&province);
    }
}

#[test]
fn what_was_rehearsed_on_other_units_than_there_are_now_is_not_done() {
    let province = Province::new();
    let server = &province.lan;
    let (hoa, binh) = (administrator(server, "hoa"), administrator(server, "binh"));
    let (merger, _) = change(&hoa, &founding());
    let (rename, _) = change(&hoa, &renaming("Bình Yên"));
    assert_eq!(confirm(&binh, &rename).status, 200);
    let n = n_changes(server);
    assert_eq!(confirm(&binh, &merger).code(), "stale");
    assert_eq!(n_changes(server), n);
    let left = binh.get(&format!("/api/countersigns/{}", merger["id"])).json();
    assert_eq!(left["state"], "open", "that it failed decides nothing");
    // The same click twice asks once.
    let (first, _) = change(&hoa, &renaming("Bình Hòa"));
    let (second, _) = change(&hoa, &renaming("Bình Hòa"));
    assert_eq!(first["id"], second["id"]);
}

#[test]
fn after_seven_days_nobody_confirms() {
    let province = Province::new();
    let server = &province.lan;
    let binh = administrator(server, "binh");
    let eight_days_ago =
        By { actor: "minh".to_owned(), at: clock() - SignedDuration::from_hours(24 * 8) };
    let digest = "a".repeat(64);
    let deed = r#"{"kind":"pack.confirm","pack":"LG","code":"LG.01","basis":"Công văn 1"}"#;
    let new = NewCountersign { kind: "pack.confirm", deed, digest: &digest };
    let id = server.store().write(|tx| -> Result<_, StoreError> {
        let id = countersigns::ask(tx, &new, &eight_days_ago)?;
        let by = eight_days_ago.clone();
        Ok((id, Action { by, verb: "countersign.ask", object: id.to_string() }))
    });
    let id = id.unwrap();
    let view = binh.get(&format!("/api/countersigns/{id}")).json();
    assert_eq!((&view["state"], &view["may_decide"]), (&json!("expired"), &json!(false)));
    assert_eq!(confirm(&binh, &view).code(), "countersign_expired");
    let notices = binh.get("/api/notices").json();
    assert!(!notices.to_string().contains("countersign"), "{notices}");
}

#[test]
fn a_lock_is_lifted_by_two_who_both_may_and_refused_with_a_reason_that_the_first_one_reads() {
    let province = Province::new();
    let server = &province.lan;
    let (mai, tam) = (person(server, "mai", "leader"), person(server, "tam", "approver"));
    let (hoa, nam) = (person(server, "hoa", "clerk"), person(server, "nam", "auditor"));
    let lock = json!({ "pack": "LG", "period": "2026-09", "unit": BINH_AN, "reason": null });
    let lock = server.post("/api/locks", &lock).json();
    let lift = format!("/api/locks/{}/lift", lock["id"]);
    assert_eq!(mai.post(&lift, &json!({ "reason": " " })).code(), "reason_missing");
    let view = asked(&mai.post(&lift, &json!({ "reason": "thiếu một lớp" })));
    let words = view["words"]["vi"].as_str().unwrap();
    assert!(words.starts_with("Mở khóa sổ tháng 9/2026 của Xã Bình An"), "{words}");
    assert_eq!(province.hand_in(BINH_AN, "2026-09", &usual("1", "1", "1")).code(), "locked");

    let path = |what: &str| format!("/api/countersigns/{}{what}", view["id"]);
    assert_eq!(hoa.get(&path("")).code(), "forbidden");
    assert_eq!(nam.get(&path("")).status, 200);
    assert_eq!(nam.post(&path("/confirm"), &json!({ "digest": "x" })).code(), "forbidden");
    assert_eq!(tam.get("/api/notices").json()["items"][0]["kind"], "countersign");
    assert_eq!(tam.post(&path("/refuse"), &json!({ "reason": "" })).code(), "reason_missing");
    assert_eq!(tam.post(&path("/withdraw"), &json!({})).code(), "forbidden");
    let refused = tam.post(&path("/refuse"), &json!({ "reason": "gửi đề nghị điều chỉnh" }));
    assert_eq!(refused.json()["state"], "refused");
    let told = mai.get("/api/notices").json()["items"][0].clone();
    assert_eq!((&told["kind"], &told["by"]), (&json!("countersign"), &json!("tam")));
    assert_eq!(told["countersign"]["reason"], "gửi đề nghị điều chỉnh");
    let read = mai.post("/api/notices/read", &json!({ "what": [told["what"]] })).json();
    assert_eq!(read["items"][0]["is_read"], true);

    let again = asked(&mai.post(&lift, &json!({ "reason": "thiếu một lớp" })));
    assert_ne!(again["id"], view["id"]);
    assert_eq!(confirm(&tam, &again).status, 200);
    assert_eq!(province.hand_in(BINH_AN, "2026-09", &usual("1", "1", "1")).status, 200);
    let withdrawn = mai.post(&lift, &json!({ "reason": "x" }));
    assert_eq!(withdrawn.code(), "not_found", "it is lifted");
}

#[test]
fn an_administrator_and_an_indicator_take_two_people_and_no_way_around_is_open() {
    let province = Province::new();
    let server = &province.lan;
    let (hoa, binh) = (administrator(server, "hoa"), administrator(server, "binh"));
    let grants = json!([{ "role": "administrator", "everywhere": true }, { "role": "auditor", "everywhere": true }]);
    let made =
        hoa.post("/api/accounts", &json!({ "name": "an", "display": "An", "grants": grants }));
    assert_eq!((made.status, &made.json()["waits"]), (200, &json!(true)), "{}", said(&made));
    let id = made.json()["id"].clone();
    let roles = || {
        let account = hoa.get(&format!("/api/accounts/{id}")).json();
        let grants = account["grants"].as_array().unwrap().iter();
        grants.map(|it| it["role"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(roles(), ["auditor"]);
    let waiting = hoa.get("/api/countersigns").json();
    assert_eq!(
        (&waiting["is_needed"], &waiting["items"][0]["kind"]),
        (&json!(true), &json!("administrator.grant"))
    );
    let an = join(server, made.json()["code"].as_str().unwrap());
    an.set_up();
    assert_eq!(confirm(&an, &waiting["items"][0]).code(), "forbidden");
    assert_eq!(confirm(&binh, &waiting["items"][0]).status, 200);
    assert_eq!(roles(), ["auditor", "administrator"]);
    // Neither by giving it to somebody who is there, nor by lending one's own, nor by another's way in.
    let (clerk, _) = add(server, "chi", &clerk());
    let give = json!({ "role": "administrator", "everywhere": true });
    asked(&hoa.post(&format!("/api/accounts/{clerk}/grants"), &give));
    let own = hoa.get("/api/account").json()["account"]["grants"][0]["id"].clone();
    let lend = json!({ "grant": own, "to": "an", "until": "2026-12-01" });
    asked(&hoa.post("/api/account/delegations", &lend));
    let code =
        hoa.post(&format!("/api/accounts/{id}/code"), &json!({ "forget_second_factor": true }));
    assert_eq!(code.code(), "on_the_machine_only");
    assert_eq!(roles().len(), 2);

    let clearing = |confirmed: bool| {
        let sent = json!({ "pack": "LG", "code": "LG.01", "confirmed": confirmed, "basis": "Công văn 1/CV-BCH" });
        hoa.post("/api/admin/packs/clearings", &sent)
    };
    let view = asked(&clearing(true));
    let words = view["words"]["vi"].as_str().unwrap();
    assert!(words.contains("LG.01") && words.ends_with("theo Công văn 1/CV-BCH"), "{words}");
    assert_eq!(confirm(&binh, &view).status, 200);
    assert_eq!(clearing(false).status, 204, "to stop takes one");
}

#[test]
fn who_is_not_there_any_more_wants_nothing() {
    let province = Province::new();
    let server = &province.lan;
    let (hoa, binh) = (administrator(server, "hoa"), administrator(server, "binh"));
    let (view, _) = change(&hoa, &renaming("Bình Yên"));
    people::suspend(&server.store(), "hoa", &by()).unwrap();
    assert_eq!(confirm(&binh, &view).code(), "stale");
}

#[test]
fn one_administrator_alone_is_told_how_to_go_on_and_may_choose_so_on_the_machine() {
    let server = Server::start();
    let grants = json!([{ "role": "administrator", "everywhere": true }]);
    let sent = json!({ "name": "an", "display": "An", "grants": grants });
    let refused = server.post("/api/accounts", &sent);
    assert_eq!((refused.status, refused.code()), (409, "second_person_missing".to_owned()));
    let remedy = refused.json()["remedy"]["vi"].as_str().unwrap().to_owned();
    assert!(
        remedy.contains("dondoc accounts add") && remedy.contains("two-people off"),
        "{remedy}"
    );
    let list = server.get("/api/countersigns").json();
    assert_eq!((&list["is_needed"], &list["n_others"]), (&json!(true), &json!(0)));
    assert_eq!(server.get("/api/accounts").json()["items"].as_array().map(Vec::len), Some(1));

    server.of_one_administrator();
    assert_eq!(trail(&server, 1), ["test setting.two_people"]);
    let made = server.post("/api/accounts", &sent);
    assert_eq!((made.status, &made.json()["waits"]), (200, &json!(false)));
}
