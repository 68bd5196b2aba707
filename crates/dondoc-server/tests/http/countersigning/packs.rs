//! A pack says which figures wait for their owner: taking one into use takes two people as well.

use dondoc_server::people;
use serde_json::{Value, json};

use super::{administrator, asked, by, confirm, said, trail};
use crate::{client::Answer, province::Province, server::Server};

/// A version of a pack with one indicator that is always open and one that may wait for its owner.
fn version(number: u32, clearing: &str, more: &str) -> Value {
    let indicator = |code: &str, clearing: &str| {
        format!(
            "[[indicators]]\ncode = \"{code}\"\nname = {{ vi = \"Chỉ tiêu {code}\", en = \"{code}\" }}\nmeasure = \"vụ\"\n\
             over_units = \"sum\"\nover_time = \"sum\"\nevery = [\"month\"]\nlevel = \"commune\"\nclearing = \"{clearing}\"\n\n"
        )
    };
    let head = format!(
        "[pack]\ncode = \"XN\"\nname = {{ vi = \"Xác nhận\", en = \"Clearing\" }}\nversion = {number}\nvalid_from = \"2025-07-01\"\n"
    );
    let mut indicators = indicator("XN.01", "open") + &indicator("XN.02", clearing);
    if !more.is_empty() {
        indicators.push_str(&indicator(more, "open"));
    }
    json!({ "files": [
        { "name": "pack.toml", "text": head }, { "name": "indicators.toml", "text": indicators },
    ] })
}

fn in_use(server: &Server) -> Value {
    let packs = server.get("/api/admin/packs").json();
    let found = packs["items"].as_array().unwrap().iter().find(|it| it["code"] == "XN");
    found.cloned().unwrap_or_default()
}

fn words(answer: &Value) -> String {
    answer["words"]["vi"].as_str().unwrap().to_owned()
}

#[test]
fn no_new_version_of_a_pack_lets_one_person_alone_clear_an_indicator() {
    let province = Province::new();
    let server = &province.lan;
    let (hoa, binh) = (administrator(server, "hoa"), administrator(server, "binh"));
    let take = |pack: &Value| -> Answer { hoa.post("/api/admin/packs", pack) };
    let first = asked(&take(&version(1, "clear", "")));
    assert_eq!(
        (&first["kind"], words(&first).as_str()),
        (
            &json!("pack.use"),
            "Đưa vào dùng gói XN “Xác nhận”, phiên bản 1, lần đầu, với 2 chỉ tiêu"
        )
    );
    assert_eq!(in_use(server), Value::Null, "nothing is done yet");
    // Only who asked is told whom it waits for; the holders of the two keys may as well.
    let waits_for = json!(["binh", "lan", "minh"]);
    assert_eq!(first["waits_for"], waits_for);
    assert_eq!(hoa.get("/api/countersigns").json()["items"][0]["waits_for"], waits_for);
    assert_eq!(binh.get("/api/countersigns").json()["items"][0]["waits_for"], json!([]));
    assert_eq!(confirm(&hoa, &first).code(), "own_work");
    assert_eq!(confirm(&binh, &first).status, 200);
    assert_eq!(trail(server, 2), ["binh countersign.confirm", "hoa pack.use"]);
    assert_eq!(in_use(server)["clearings"][0]["code"], "XN.02");

    // The mark is gone, and the second person reads so.
    let second = asked(&take(&version(2, "open", "")));
    let expected =
        "phiên bản 2, sau phiên bản 1 đang dùng; không còn chờ cơ quan chủ quản xác nhận: XN.02";
    assert!(words(&second).ends_with(expected), "{}", words(&second));
    assert_eq!(in_use(server)["versions"].as_array().map(Vec::len), Some(1));
    assert_eq!(in_use(server)["clearings"][0]["confirmed"], false);
    // The same under another code is the same way around.
    let third = asked(&take(&version(3, "clear", "XN.03")));
    assert!(words(&third).ends_with("; thêm chỉ tiêu: XN.03"), "{}", words(&third));
    assert_eq!(confirm(&binh, &third).status, 200);
    // What was compared with version 1 does not come after version 3.
    let late = confirm(&binh, &second);
    assert_eq!(late.code(), "stale", "{}", said(&late));
    assert_eq!(in_use(server)["versions"].as_array().map(Vec::len), Some(2));
    // What is in use just so changes nothing; with another text it is refused before anybody is asked.
    assert_eq!(take(&version(3, "clear", "XN.03")).status, 200);
    assert_eq!(take(&version(3, "open", "")).code(), "wrong_step");
}

#[test]
fn one_administrator_alone_takes_no_pack_into_use_unless_it_was_chosen_so() {
    let province = Province::new();
    let server = &province.lan;
    let hoa = administrator(server, "hoa");
    for other in ["lan", "minh"] {
        people::suspend(&server.store(), other, &by()).unwrap();
    }
    let refused = hoa.post("/api/admin/packs", &version(1, "clear", ""));
    assert_eq!((refused.status, refused.code()), (409, "second_person_missing".to_owned()));
    server.of_one_administrator();
    let taken = hoa.post("/api/admin/packs", &version(1, "clear", "")).json();
    assert_eq!((&taken["sound"], &taken["n_clear"]), (&json!(true), &json!(1)));
    assert_eq!(hoa.get("/api/admin/packs").json()["items"][1]["code"], "XN");
}
