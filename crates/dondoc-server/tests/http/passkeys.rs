//! Passkeys at the door, with an authenticator in software: what holds, and everything that does not.

use std::sync::atomic::{AtomicI64, Ordering};

use dondoc_store::Location;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use webauthn_authenticator_rs::{
    AuthenticatorBackend, WebauthnAuthenticator, prelude::Url, softpasskey::SoftPasskey,
};

use crate::{
    accounting::{PASSWORD, Person, add, anonymous, clerk, code, join},
    client::Answer,
    racing::trail,
    server::{Server, clock},
};

/// The address at which the page of a test has passkeys.
fn origin(server: &Server) -> Url {
    Url::parse(&format!("http://localhost:{}", server.address.port())).unwrap()
}

fn at_home(server: &Server, path: &str, cookie: &str, body: &Value) -> Answer {
    let host = format!("localhost:{}", server.address.port());
    let headers =
        [("Host", host.as_str()), ("Content-Type", "application/json"), ("Cookie", cookie)];
    server.send(&format!("POST {path}"), &headers, body.to_string().as_bytes())
}

/// Somebody with an authenticator, at the page's own name.
struct Holder<'s> {
    person: Person<'s>,
    keys: SoftPasskey,
}

impl<'s> Holder<'s> {
    /// A clerk with one passkey.
    fn new(server: &'s Server, name: &str) -> Self {
        let mut holder = Self::without(server, name);
        assert_eq!(holder.make("Máy cơ quan").status, 200);
        holder
    }

    /// A clerk with an authenticator that was not used here.
    fn without(server: &'s Server, name: &str) -> Self {
        let person = join(server, &add(server, name, &clerk()).1);
        Self { person, keys: SoftPasskey::new(true) }
    }

    fn post(&self, path: &str, body: &Value) -> Answer {
        at_home(self.person.server, path, &self.person.cookie, body)
    }

    fn make(&mut self, label: &str) -> Answer {
        let asked = self.post("/api/account/passkeys", &json!({ "password": PASSWORD }));
        assert_eq!(asked.status, 200, "{}", String::from_utf8_lossy(&asked.body));
        let asked = asked.json();
        let options = serde_json::from_value(asked["options"].clone()).unwrap();
        let made = self.keys.do_registration(origin(self.person.server), options).unwrap();
        let sent = json!({ "ticket": asked["ticket"], "credential": made, "label": label });
        self.post("/api/account/passkeys/confirm", &sent)
    }

    /// What the authenticator says to a question of the server.
    fn says(&mut self, asked: &Value) -> Value {
        let options = serde_json::from_value(asked["options"].clone()).unwrap();
        let said = self.keys.do_authentication(origin(self.person.server), options).unwrap();
        json!({ "ticket": asked["ticket"], "credential": said })
    }

    fn asked(&self) -> Value {
        self.post("/api/account/passkeys/ask", &json!({})).json()
    }

    fn shows(&self, said: &Value) -> Answer {
        self.post("/api/account/passkeys/show", said)
    }
}

/// The verbs of the trail that speak of passkeys, first to last.
fn verbs(place: &Location) -> Vec<String> {
    trail(place).into_iter().map(|it| it.1).filter(|it| it.contains("passkey")).collect()
}

fn on_disk() -> (tempfile::TempDir, Location) {
    let folder = tempfile::tempdir().unwrap();
    let place = Location::from(folder.path().join("test.sqlite").as_path());
    (folder, place)
}

static LATER: AtomicI64 = AtomicI64::new(0);

fn later() -> Timestamp {
    clock() + SignedDuration::from_mins(LATER.load(Ordering::SeqCst))
}

#[test]
fn a_passkey_is_set_up_signs_in_confirms_and_is_removed() {
    let (_folder, place) = on_disk();
    let server = Server::with_clock(&place, "lan", None, later);
    let mut hoa = Holder::without(&server, "hoa");
    let wrong = hoa.post("/api/account/passkeys", &json!({ "password": "không phải" }));
    assert_eq!(wrong.code(), "wrong_password");
    let made = hoa.make("  Máy cơ quan ").json();
    assert_eq!(made["label"], "Máy cơ quan");
    let own = hoa.person.own();
    assert_eq!(own["account"]["has_second_factor"], true);
    assert_eq!(own["has_authenticator"], false);
    assert_eq!(own["passkeys"][0]["used_at"], Value::Null);

    // From now on the password alone does not let in.
    let mut sent = json!({ "name": "hoa", "password": PASSWORD });
    assert_eq!(anonymous(&server, "/api/session", &sent).code(), "second_factor_needed");
    let wrong = json!({ "name": "hoa", "password": "không phải" });
    assert_eq!(at_home(&server, "/api/session/passkey", "a=b", &wrong).code(), "wrong_sign_in");
    let asked = at_home(&server, "/api/session/passkey", "a=b", &sent).json();
    sent["passkey"] = hoa.says(&asked);
    hoa.person = Person::new(&server, &at_home(&server, "/api/session", "a=b", &sent));
    assert_eq!(at_home(&server, "/api/session", "a=b", &sent).code(), "wrong_passkey", "once");

    // Later a second one is added, which takes the first.
    LATER.store(6, Ordering::SeqCst);
    let again = hoa.post("/api/account/passkeys", &json!({ "password": PASSWORD }));
    assert_eq!(again.code(), "second_factor_needed");
    let digits = hoa.person.post_with("/api/account/passkeys", &json!({}), "123456");
    assert_eq!(digits.code(), "wrong_code", "it has no authenticator program");
    let said = hoa.asked();
    let said = hoa.says(&said);
    assert_eq!(hoa.shows(&said).status, 204);
    assert_eq!(hoa.make("Máy ở nhà").status, 200);
    let own = hoa.person.own();
    let labels: Vec<_> =
        own["passkeys"].as_array().unwrap().iter().map(|it| &it["label"]).collect();
    assert_eq!(labels, ["Máy cơ quan", "Máy ở nhà"]);
    assert!(own["passkeys"][0]["used_at"].is_string());

    LATER.store(12, Ordering::SeqCst);
    let end = format!("/api/account/passkeys/{}/end", made["id"]);
    assert_eq!(hoa.post(&end, &json!({})).code(), "second_factor_needed");
    let said = hoa.asked();
    let said = hoa.says(&said);
    assert_eq!(hoa.shows(&said).status, 204);
    assert_eq!(hoa.post(&end, &json!({})).status, 204);
    assert_eq!(hoa.post(&end, &json!({})).code(), "not_found");
    assert_eq!(hoa.person.own()["passkeys"].as_array().unwrap().len(), 1);
    drop(server);
    assert_eq!(
        verbs(&place),
        [
            "account.add_passkey",
            "session.passkey",
            "account.add_passkey",
            "session.passkey",
            "account.remove_passkey"
        ]
    );
}

#[test]
fn what_was_shown_before_or_by_another_or_elsewhere_or_with_a_removed_key_proves_nothing() {
    let (_folder, place) = on_disk();
    let server = Server::on(&place, "lan", None);
    let (mut hoa, mut nam) = (Holder::new(&server, "hoa"), Holder::new(&server, "nam"));
    let refused = |holder: &Holder<'_>, said: &Value, why: &str| {
        assert_eq!(holder.shows(said).code(), "wrong_passkey", "{why}");
    };
    let asked = hoa.asked();
    let said = hoa.says(&asked);
    assert_eq!(hoa.shows(&said).status, 204, "the control");
    refused(&hoa, &said, "the same once more");
    let asked = hoa.asked();
    let old = json!({ "ticket": asked["ticket"], "credential": said["credential"] });
    refused(&hoa, &old, "the same with a new ticket");
    refused(&hoa, &json!({ "ticket": "x", "credential": {} }), "nothing at all");

    let (for_hoa, for_nam) = (hoa.asked(), nam.asked());
    let of_nam = nam.says(&for_nam);
    refused(&hoa, &of_nam, "the answer of another");
    refused(&nam, &of_nam, "and then it is used up");
    let mixed = json!({ "ticket": for_hoa["ticket"], "credential": of_nam["credential"] });
    refused(&hoa, &mixed, "one's own question, the key of another");

    // As a page of another name would have it signed.
    let asked = hoa.asked();
    let mut options: webauthn_authenticator_rs::prelude::RequestChallengeResponse =
        serde_json::from_value(asked["options"].clone()).unwrap();
    let there = Url::parse("http://localhost:1").unwrap();
    let foreign = hoa.keys.perform_auth(there, options.public_key.clone(), 1000).unwrap();
    refused(&hoa, &json!({ "ticket": asked["ticket"], "credential": foreign }), "another origin");
    let asked = hoa.asked();
    options = serde_json::from_value(asked["options"].clone()).unwrap();
    options.public_key.rp_id = "dondoc.example".to_owned();
    let there = Url::parse("https://dondoc.example").unwrap();
    let foreign = hoa.keys.perform_auth(there, options.public_key, 1000).unwrap();
    refused(&hoa, &json!({ "ticket": asked["ticket"], "credential": foreign }), "another name");

    // The counter of an authenticator that was copied: the lower one comes after the higher one.
    let (first, second) = (hoa.asked(), hoa.asked());
    let (lower, higher) = (hoa.says(&first), hoa.says(&second));
    assert_eq!(hoa.shows(&higher).status, 204, "the control");
    refused(&hoa, &lower, "the counter went back");

    // Of another session of the same account.
    let asked = hoa.asked();
    let said = hoa.says(&asked);
    let mut sent = json!({ "name": "hoa", "password": PASSWORD });
    let asked = at_home(&server, "/api/session/passkey", "a=b", &sent).json();
    sent["passkey"] = hoa.says(&asked);
    let other = Person::new(&server, &at_home(&server, "/api/session", "a=b", &sent));
    let from_there = at_home(&server, "/api/account/passkeys/show", &other.cookie, &said);
    assert_eq!(from_there.code(), "wrong_passkey");

    let asked = nam.asked();
    let said = nam.says(&asked);
    let id = nam.person.own()["passkeys"][0]["id"].clone();
    let end = format!("/api/account/passkeys/{id}/end");
    assert_eq!(hoa.post(&end, &json!({})).code(), "not_found", "another's");
    assert_eq!(nam.post(&end, &json!({})).status, 204);
    refused(&nam, &said, "removed in between");
    assert_eq!(nam.asked()["code"], "second_factor_missing");
    let refusals = verbs(&place).iter().filter(|it| *it == "session.passkey_refused").count();
    assert!(refusals >= 9, "{refusals}");
}

#[test]
fn passkeys_belong_to_the_name_of_the_page_and_never_to_an_ip_address() {
    let server = Server::start();
    let mut hoa = Holder::new(&server, "hoa");
    let here = format!("127.0.0.1:{}", server.address.port());
    for host in [here.as_str(), "localhost"] {
        for (path, body) in [
            ("/api/account/passkeys", json!({ "password": PASSWORD })),
            ("/api/account/passkeys/ask", json!({})),
        ] {
            let headers = [
                ("Host", host),
                ("Content-Type", "application/json"),
                ("Cookie", hoa.person.cookie.as_str()),
            ];
            let answer =
                server.send(&format!("POST {path}"), &headers, body.to_string().as_bytes());
            assert_eq!(answer.code(), "passkey_place", "{host} {path}");
        }
    }
    // The six digits work there all the same, beside the passkey.
    let secret = hoa.person.set_up();
    let sign_in = |digits: String| {
        let sent = json!({ "name": "hoa", "password": PASSWORD, "code": digits });
        anonymous(&server, "/api/session", &sent)
    };
    assert!(Person::new(&server, &sign_in(code(&secret, 1))).is_in());
    // Somebody else's key is not taken twice, nor one without a name.
    let asked = hoa.post("/api/account/passkeys", &json!({})).json();
    let options = serde_json::from_value(asked["options"].clone()).unwrap();
    let made = hoa.keys.do_registration(origin(&server), options).unwrap();
    let mut sent = json!({ "ticket": asked["ticket"], "credential": made, "label": " " });
    assert_eq!(hoa.post("/api/account/passkeys/confirm", &sent).code(), "bad_value");
    sent["label"] = json!("Máy cơ quan");
    assert_eq!(hoa.post("/api/account/passkeys/confirm", &sent).status, 200);
    assert_eq!(hoa.post("/api/account/passkeys/confirm", &sent).code(), "passkey_not_taken");
}

static MUCH_LATER: AtomicI64 = AtomicI64::new(0);

fn much_later() -> Timestamp {
    clock() + SignedDuration::from_mins(MUCH_LATER.load(Ordering::SeqCst))
}

#[test]
fn a_question_is_good_for_five_minutes_and_a_new_code_may_forget_the_passkeys() {
    let (_folder, place) = on_disk();
    let server = Server::with_clock(&place, "lan", None, much_later);
    let mut hoa = Holder::new(&server, "hoa");
    let asked = hoa.asked();
    let said = hoa.says(&asked);
    MUCH_LATER.store(5, Ordering::SeqCst);
    assert_eq!(hoa.shows(&said).code(), "wrong_passkey");

    let id = hoa.person.own()["account"]["id"].clone();
    let renew = |forget: bool| {
        let sent = json!({ "forget_second_factor": forget });
        let made = server.post(&format!("/api/accounts/{id}/code"), &sent).json();
        made["code"].clone()
    };
    // With an ordinary code the passkey is asked for, and lets in.
    let mut sent = json!({ "code": renew(false), "password": PASSWORD });
    let refused = anonymous(&server, "/api/session/password", &sent);
    assert_eq!(refused.code(), "second_factor_needed");
    let wanted = json!({ "code": sent["code"] });
    let asked = at_home(&server, "/api/session/passkey", "a=b", &wanted).json();
    sent["passkey"] = hoa.says(&asked);
    let back = Person::new(&server, &anonymous(&server, "/api/session/password", &sent));
    assert_eq!(back.own()["passkeys"].as_array().unwrap().len(), 1);

    let anew = join(&server, renew(true).as_str().unwrap());
    assert_eq!(anew.own()["account"]["has_second_factor"], false);
    assert_eq!(anew.own()["passkeys"], json!([]));
}
