//! People at the door: one-time codes, passwords, second factors, keys, roles that are given, lent and ended.

use dondoc_server::people;
use dondoc_store::{
    Action, By, Store, StoreError,
    accounts::{
        self, NewAccount,
        passkeys::{self, NewPasskey},
    },
};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use totp_rs::{Builder, Secret};

use crate::{
    client::Answer,
    server::{Server, clock},
};

mod lending;
mod naming;

pub(crate) const PASSWORD: &str = "mưa thuận gió hòa";

/// Somebody at a browser, with the cookie that the server gave him.
pub(crate) struct Person<'s> {
    pub(crate) server: &'s Server,
    pub(crate) cookie: String,
}

impl<'s> Person<'s> {
    pub(crate) fn new(server: &'s Server, signed_in: &Answer) -> Self {
        let said = String::from_utf8_lossy(&signed_in.body);
        assert_eq!(signed_in.status, 204, "{said}");
        let set = signed_in.header("set-cookie").unwrap();
        Self { server, cookie: set.split(';').next().unwrap().to_owned() }
    }

    pub(crate) fn post_with(&self, path: &str, body: &Value, code: &str) -> Answer {
        let mut headers = vec![("Content-Type", "application/json"), ("Cookie", &self.cookie)];
        if !code.is_empty() {
            headers.push(("X-Second-Factor", code));
        }
        let body = body.to_string();
        self.server.send(&format!("POST {path}"), &headers, body.as_bytes())
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Answer {
        self.post_with(path, body, "")
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.server.send(&format!("GET {path}"), &[("Cookie", &self.cookie)], b"")
    }

    pub(crate) fn is_in(&self) -> bool {
        self.get("/api/account").status == 200
    }

    pub(crate) fn own(&self) -> Value {
        self.get("/api/account").json()
    }

    /// Sets an authenticator program up; gives its secret.
    pub(crate) fn set_up(&self) -> String {
        let begun = self.post("/api/account/second-factor", &json!({})).json();
        let secret = begun["secret"].as_str().unwrap().to_owned();
        let sent = json!({ "secret": secret, "code": code(&secret, 0), "password": PASSWORD });
        assert_eq!(self.post("/api/account/second-factor/confirm", &sent).status, 204);
        secret
    }
}

/// What an authenticator program shows so many steps of half a minute from the server's moment.
pub(crate) fn code(secret: &str, steps: i64) -> String {
    let at = clock().checked_add(SignedDuration::from_secs(30 * steps)).unwrap();
    let secret = Secret::try_from_base32(secret).unwrap();
    let totp = Builder::new().with_secret(secret).with_skew(1).with_step_duration(30);
    let seconds = u64::try_from(at.as_second()).unwrap();
    totp.build().unwrap().generate(seconds).to_string()
}

pub(crate) fn anonymous(server: &Server, path: &str, body: &Value) -> Answer {
    let headers = [("Content-Type", "application/json"), ("Cookie", "a=b")];
    server.send(&format!("POST {path}"), &headers, body.to_string().as_bytes())
}

/// Adds an account by the key of an administrator; gives its number and code.
pub(crate) fn add(server: &Server, name: &str, grants: &Value) -> (i64, String) {
    let sent = json!({ "name": name, "display": name, "office": "Văn phòng", "grants": grants });
    let made = server.post("/api/accounts", &sent);
    assert_eq!(made.status, 200, "{}", String::from_utf8_lossy(&made.body));
    let made = made.json();
    (made["id"].as_i64().unwrap(), made["code"].as_str().unwrap().to_owned())
}

pub(crate) fn join<'s>(server: &'s Server, code: &str) -> Person<'s> {
    let sent = json!({ "code": code, "password": PASSWORD });
    Person::new(server, &anonymous(server, "/api/session/password", &sent))
}

pub(crate) fn clerk() -> Value {
    json!([{ "role": "clerk", "everywhere": true }])
}

#[test]
fn an_account_is_added_handed_a_code_chooses_its_password_and_signs_in() {
    let server = Server::start();
    let (id, code) = add(&server, "Hoa.CX", &clerk());
    let seen = server.get(&format!("/api/accounts/{id}")).json();
    assert_eq!((&seen["name"], &seen["state"]), (&json!("hoa.cx"), &json!("invited")));
    assert_eq!(seen["grants"][0]["title"]["vi"], "Cán bộ nhập liệu");

    let weak = json!({ "code": code, "password": "ngắn" });
    assert_eq!(anonymous(&server, "/api/session/password", &weak).code(), "weak_password");
    // As people type: small letters, no hyphens.
    let hoa = join(&server, &code.to_lowercase().replace('-', " "));
    assert_eq!(hoa.own()["account"]["state"], "confirmed");
    let again = json!({ "code": code, "password": PASSWORD });
    assert_eq!(anonymous(&server, "/api/session/password", &again).code(), "code_not_good");

    let sign_in = json!({ "name": "HOA.cx", "password": PASSWORD });
    assert!(Person::new(&server, &anonymous(&server, "/api/session", &sign_in)).is_in());
    // No administrator's answer has a password in it.
    let list = String::from_utf8(server.get("/api/accounts").body).unwrap();
    assert!(list.contains("hoa.cx") && !list.contains("argon2"), "{list}");
}

#[test]
fn wrong_and_replaced_codes_are_good_for_nothing() {
    let server = Server::start();
    let (id, first) = add(&server, "hoa", &clerk());
    let second = server.post(&format!("/api/accounts/{id}/code"), &json!({})).json();
    for code in ["AAAA-BBBB-CCCC-DDDD", "", first.as_str()] {
        let sent = json!({ "code": code, "password": PASSWORD });
        let answer = anonymous(&server, "/api/session/password", &sent);
        assert_eq!(answer.code(), "code_not_good", "{code}");
    }
    assert!(join(&server, second["code"].as_str().unwrap()).is_in());
    let until: Timestamp = second["until"].as_str().unwrap().parse().unwrap();
    assert_eq!(until, clock() + SignedDuration::from_hours(24));
}

#[test]
fn a_suspended_account_loses_its_sessions_and_keys_at_once() {
    let server = Server::start();
    let (id, code) = add(&server, "hoa", &clerk());
    let hoa = join(&server, &code);
    let made = json!({ "label": "bảng tính", "operations": ["*"], "days": 30 });
    let made = hoa.post("/api/account/keys", &made).json();
    let bearer = format!("Bearer {}", made["key"].as_str().unwrap());
    let with_key = || server.send("GET /api/units", &[("Authorization", &bearer)], b"").status;
    assert_eq!((with_key(), hoa.is_in()), (200, true));

    let suspended = server.post(&format!("/api/accounts/{id}/suspend"), &json!({})).json();
    assert_eq!(suspended["state"], "suspended");
    assert_eq!((with_key(), hoa.is_in()), (401, false));
    let sign_in = json!({ "name": "hoa", "password": PASSWORD });
    assert_eq!(anonymous(&server, "/api/session", &sign_in).code(), "wrong_sign_in");
    let code = server.post(&format!("/api/accounts/{id}/code"), &json!({}));
    assert_eq!(code.code(), "account_suspended");

    server.post(&format!("/api/accounts/{id}/reinstate"), &json!({}));
    assert!(Person::new(&server, &anonymous(&server, "/api/session", &sign_in)).is_in());
    // What was ended stays ended.
    assert_eq!((with_key(), hoa.is_in()), (401, false));
}

#[test]
fn a_page_that_was_locked_has_no_session_and_its_owner_comes_back_with_the_password() {
    let server = Server::start();
    let (_, code) = add(&server, "hoa", &clerk());
    let hoa = join(&server, &code);
    let sent = json!({ "name": "hoa", "password": PASSWORD });
    let elsewhere = Person::new(&server, &anonymous(&server, "/api/session", &sent));
    assert!(hoa.is_in(), "the control");
    assert_eq!(hoa.post("/api/session/lock", &json!({})).status, 204);
    assert_eq!((hoa.is_in(), elsewhere.is_in()), (false, true), "this session alone");
    assert_eq!(hoa.post("/api/session/lock", &json!({})).code(), "not_signed_in");
    let back = Person::new(&server, &anonymous(&server, "/api/session", &sent));
    assert!(back.is_in());
}

#[test]
fn a_suspended_account_is_given_no_code_by_the_command_line_either() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path().join("test.sqlite").as_path(), clock()).unwrap();
    let by = By { actor: "test".to_owned(), at: clock() };
    let (name, display) = ("hoa".to_owned(), "Hoa".to_owned());
    let hoa = NewAccount { name, display, office: String::new(), password: None };
    people::add(&store, &hoa, &[], &by).unwrap();
    assert!(people::invite(&store, "hoa", &by).is_ok(), "the control");
    people::suspend(&store, "hoa", &by).unwrap();
    assert_eq!(people::invite(&store, "hoa", &by).unwrap_err().code(), "account_suspended");
    assert_eq!(people::invite(&store, "ai", &by).unwrap_err().code(), "not_found");
}

#[test]
fn a_code_made_at_the_machine_for_who_lost_the_key_forgets_digits_and_passkeys() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path().join("test.sqlite").as_path(), clock()).unwrap();
    let by = By { actor: "test".to_owned(), at: clock() };
    for name in ["hoa", "nam"] {
        let (display, office) = (name.to_owned(), String::new());
        let account = NewAccount { name: name.to_owned(), display, office, password: None };
        let id = people::add(&store, &account, &[], &by).unwrap();
        let (credential, credential_id) = ("{}".to_owned(), name.as_bytes().to_vec());
        let passkey =
            NewPasskey { label: "Máy cơ quan".to_owned(), credential_id, credential, counter: 0 };
        let set_up = store.write(|tx| {
            accounts::put_totp(tx, id, Some("JBSWY3DPEHPK3PXP"))?;
            passkeys::add(tx, id, &passkey, &by)?;
            let action = Action { by: by.clone(), verb: "test.set_up", object: name.to_owned() };
            Ok::<_, StoreError>(((), action))
        });
        set_up.unwrap();
    }
    let held = |name: &str| {
        let account = store.read(|tx| accounts::by_name(tx, name)).unwrap().unwrap();
        (account.totp.is_some(), account.n_passkeys)
    };
    people::invite(&store, "hoa", &by).unwrap();
    assert_eq!(held("hoa"), (true, 1), "an ordinary code forgets nothing");
    people::invite_anew(&store, "hoa", &by).unwrap();
    assert_eq!((held("hoa"), held("nam")), ((false, 0), (true, 1)), "of this account alone");
    people::suspend(&store, "nam", &by).unwrap();
    assert_eq!(people::invite_anew(&store, "nam", &by).unwrap_err().code(), "account_suspended");
    assert_eq!(held("nam"), (true, 1), "what is refused forgets nothing");
}

#[test]
fn a_key_is_good_for_its_operations_and_not_for_its_owners_account() {
    let server = Server::start();
    let (_, code) = add(&server, "hoa", &clerk());
    let hoa = join(&server, &code);
    let ask = |operations: Value, days: i64| {
        let sent = json!({ "label": "đọc", "operations": operations, "days": days });
        hoa.post("/api/account/keys", &sent)
    };
    for (operations, days) in [(json!([]), 5), (json!(["no.such"]), 5), (json!(["*"]), 0)] {
        assert_eq!(ask(operations, days).code(), "bad_value");
    }
    let key =
        ask(json!(["unit.read", "account.own"]), 5).json()["key"].as_str().unwrap().to_owned();
    let bearer = format!("Bearer {key}");
    let send = |line: &str| {
        let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
        server.send(line, &headers, b"{\"old\": \"a\", \"new\": \"b\"}")
    };
    assert_eq!(send("GET /api/units").status, 200);
    assert_eq!(send("GET /api/documents").code(), "forbidden");
    assert_eq!(send("POST /api/account/password").code(), "session_needed");

    let id = hoa.own()["keys"][0]["id"].as_i64().unwrap();
    assert_eq!(hoa.post(&format!("/api/account/keys/{id}/end"), &json!({})).status, 204);
    assert_eq!(send("GET /api/units").status, 401);
    assert_eq!(hoa.own()["keys"], json!([]));
}

#[test]
fn a_role_without_its_unit_is_refused_and_never_means_everything() {
    let server = Server::start();
    let sent = |grant: Value| json!({ "name": "hoa", "display": "Hoa", "grants": [grant] });
    for forgotten in [json!({ "role": "clerk" }), json!({ "role": "clerk", "unit": null })] {
        let answer = server.post("/api/accounts", &sent(forgotten));
        assert_eq!((answer.status, answer.code().as_str()), (422, "unit_missing"));
    }
    let both = sent(json!({ "role": "clerk", "unit": 1, "everywhere": true }));
    assert_eq!(server.post("/api/accounts", &both).status, 422);
    assert_eq!(server.get("/api/accounts").json()["items"].as_array().map(Vec::len), Some(1));
}

#[test]
fn nobody_changes_his_own_roles_or_suspends_himself() {
    let server = Server::start();
    let own = server.get("/api/accounts").json()["items"][0].clone();
    let (id, grant) = (&own["id"], &own["grants"][0]["id"]);
    assert_eq!((&own["name"], &own["is_own"]), (&json!("lan"), &json!(true)));
    let more = json!({ "role": "clerk", "everywhere": true });
    for (what, body) in
        [("grants", more), ("grants/end", json!({ "grant": grant })), ("suspend", json!({}))]
    {
        let answer = server.post(&format!("/api/accounts/{id}/{what}"), &body);
        assert_eq!(answer.code(), "own_work", "{what}");
    }
    assert_eq!(server.get("/api/accounts").json()["items"][0]["grants"], own["grants"]);
}

#[test]
fn only_administrators_see_or_change_accounts_and_only_with_the_second_factor() {
    let server = Server::start();
    let hoa = join(&server, &add(&server, "hoa", &clerk()).1);
    assert_eq!(hoa.get("/api/accounts").code(), "forbidden");
    assert_eq!(hoa.post("/api/accounts", &json!({})).code(), "forbidden");

    server.of_one_administrator();
    let administrator = json!([{ "role": "administrator", "everywhere": true }]);
    let (id, one_time) = add(&server, "quan-tri", &administrator);
    let chief = join(&server, &one_time);
    let sent = json!({ "name": "an", "display": "An" });
    assert_eq!(chief.post("/api/accounts", &sent).code(), "second_factor_missing");
    let secret = chief.set_up();
    // It was shown a moment ago.
    assert_eq!(chief.post("/api/accounts", &sent).status, 200);
    let sign_in = json!({ "name": "quan-tri", "password": PASSWORD });
    assert_eq!(anonymous(&server, "/api/session", &sign_in).code(), "second_factor_needed");
    let with = |code: String| {
        let sent = json!({ "name": "quan-tri", "password": PASSWORD, "code": code });
        anonymous(&server, "/api/session", &sent)
    };
    // The code of the set-up was used; the next one is good, once.
    assert_eq!(with(code(&secret, 0)).code(), "wrong_code");
    assert!(Person::new(&server, &with(code(&secret, 1))).is_in());
    assert_eq!(with(code(&secret, 1)).code(), "wrong_code");

    // Whoever lost the telephone gets a code that forgets it; with an ordinary one it is still asked for.
    let renew = |forget: bool| {
        let sent = json!({ "forget_second_factor": forget });
        let made = server.post(&format!("/api/accounts/{id}/code"), &sent).json();
        made["code"].as_str().unwrap().to_owned()
    };
    let sent = json!({ "code": renew(false), "password": PASSWORD });
    let refused = anonymous(&server, "/api/session/password", &sent);
    assert_eq!(refused.code(), "second_factor_needed");
    let back = join(&server, &renew(true));
    assert_eq!(back.own()["account"]["has_second_factor"], false);
    assert!(!chief.is_in());
}

#[test]
fn a_second_factor_is_confirmed_with_a_code_and_removed_only_with_one() {
    let server = Server::start();
    let hoa = join(&server, &add(&server, "hoà", &clerk()).1);
    let begun = hoa.post("/api/account/second-factor", &json!({})).json();
    let address = begun["address"].as_str().unwrap();
    // `à` in UTF-8, with percent signs.
    assert!(address.starts_with("otpauth://totp/Dondoc:ho%C3%A0?secret="), "{address}");
    let confirm = |code: &str, password: &str| {
        let sent = json!({ "secret": begun["secret"], "code": code, "password": password });
        hoa.post("/api/account/second-factor/confirm", &sent)
    };
    let secret = begun["secret"].as_str().unwrap();
    assert_eq!(confirm(&code(secret, 0), "không phải").code(), "wrong_password");
    assert_eq!(confirm(&code(secret, 9), PASSWORD).code(), "wrong_code");
    assert_eq!(hoa.own()["account"]["has_second_factor"], false);
    assert_eq!(confirm(&code(secret, 0), PASSWORD).status, 204);
    assert_eq!(confirm(&code(secret, 1), PASSWORD).code(), "stale");

    let remove =
        |code: String| hoa.post("/api/account/second-factor/remove", &json!({ "code": code }));
    assert_eq!(remove("000000x".to_owned()).code(), "wrong_code");
    assert_eq!(remove(code(secret, 0)).code(), "wrong_code");
    assert_eq!(remove(code(secret, 1)).status, 204);
    assert_eq!(hoa.own()["account"]["has_second_factor"], false);
}

#[test]
fn a_changed_password_signs_out_everywhere_else() {
    let server = Server::start();
    let hoa = join(&server, &add(&server, "hoa", &clerk()).1);
    let sign_in = json!({ "name": "hoa", "password": PASSWORD });
    let elsewhere = || Person::new(&server, &anonymous(&server, "/api/session", &sign_in));
    let other = elsewhere();
    assert_eq!(hoa.own()["sessions"].as_array().unwrap().len(), 2);
    assert_eq!(hoa.post("/api/account/sessions/end", &json!({})).status, 204);
    assert_eq!((hoa.is_in(), other.is_in()), (true, false));

    let other = elsewhere();
    let change = |old: &str| {
        hoa.post("/api/account/password", &json!({ "old": old, "new": "nắng tốt dưa mưa tốt lúa" }))
    };
    assert_eq!(change("không phải").code(), "wrong_password");
    assert!(other.is_in());
    assert_eq!(change(PASSWORD).status, 204);
    assert_eq!((hoa.is_in(), other.is_in()), (true, false));
    assert_eq!(anonymous(&server, "/api/session", &sign_in).code(), "wrong_sign_in");
}
