//! A decent issuer: linking, signing in, the second factor, and who is not let in.

use std::time::Duration;

use dondoc_server::OpenIdSettings;
use serde_json::{Value, json};

use super::issuer::{Issuer, TOKEN};
use crate::{
    accounting::{PASSWORD, Person, add, clerk, code, join},
    client::Answer,
    racing::trail,
    server::Server,
};

/// A server beside an issuer.
pub(super) struct Province {
    pub(super) server: Server,
    pub(super) issuer: Issuer,
}

/// Somebody who was sent to the issuer.
pub(super) struct Away {
    pub(super) address: String,
    pub(super) cookie: String,
    pub(super) state: String,
}

pub(super) fn settings(issuer: &Issuer) -> OpenIdSettings {
    OpenIdSettings {
        issuer: issuer.url(),
        client_id: "dondoc".to_owned(),
        client_secret: "một bí mật".to_owned(),
        name: "Định danh tỉnh".to_owned(),
        authorities: None,
        trusts_second_factor: false,
        patience: Duration::from_secs(20),
    }
}

impl Province {
    pub(super) fn new() -> Self {
        Self::with(|_| {})
    }

    pub(super) fn with(change: impl FnOnce(&mut OpenIdSettings)) -> Self {
        let issuer = Issuer::start();
        let mut settings = settings(&issuer);
        change(&mut settings);
        let server = Server::with_openid(tempfile::tempdir().unwrap(), &settings);
        Self { server, issuer }
    }

    /// A clerk who is signed in, and the number of the account.
    pub(super) fn person(&self, name: &str) -> (i64, Person<'_>) {
        let (id, code) = add(&self.server, name, &clerk());
        (id, join(&self.server, &code))
    }

    /// Sent away by an answer; the issuer learns what it has to put into the token.
    pub(super) fn away(&self, answer: &Answer) -> Away {
        assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
        let address = answer.json()["address"].as_str().unwrap().to_owned();
        self.issuer.manner.lock().unwrap().nonce = part(&address, "nonce");
        let set = answer.header("set-cookie").unwrap();
        assert!(set.contains("; Secure; HttpOnly; SameSite=Strict; Max-Age=600"), "{set}");
        let cookie = set.split(';').next().unwrap().to_owned();
        Away { state: part(&address, "state"), address, cookie }
    }

    /// Somebody at a browser presses the button.
    pub(super) fn goes(&self) -> Away {
        self.away(&self.post("/api/session/openid", "a=b", &json!({})))
    }

    pub(super) fn post(&self, path: &str, cookies: &str, body: &Value) -> Answer {
        let host = format!("localhost:{}", self.server.address.port());
        let headers =
            [("Host", host.as_str()), ("Content-Type", "application/json"), ("Cookie", cookies)];
        self.server.send(&format!("POST {path}"), &headers, body.to_string().as_bytes())
    }

    pub(super) fn comes_back(&self, away: &Away, session: &str) -> Answer {
        let cookies = format!("{session}; {}", away.cookie);
        let sent = json!({ "state": away.state, "code": "a-code" });
        self.post("/api/session/openid/return", &cookies, &sent)
    }

    /// There and back.
    pub(super) fn signs_in(&self) -> Answer {
        self.comes_back(&self.goes(), "a=b")
    }

    pub(super) fn asks_to_link(&self, person: &Person<'_>, password: &str) -> Answer {
        self.post("/api/account/openid", &person.cookie, &json!({ "password": password }))
    }

    /// Links the account of somebody with the person whom the issuer names.
    pub(super) fn link(&self, person: &Person<'_>) {
        let away = self.away(&self.asks_to_link(person, PASSWORD));
        let back = self.comes_back(&away, &person.cookie);
        assert_eq!(back.json()["is_linked"], true, "{}", String::from_utf8_lossy(&back.body));
    }

    /// The verbs of the trail that speak of it, first to last.
    pub(super) fn verbs(&self) -> Vec<String> {
        let all = trail(&self.server.place).into_iter().map(|it| it.1);
        all.filter(|it| it.contains("openid")).collect()
    }
}

/// A part of the question in an address.
fn part(address: &str, name: &str) -> String {
    let (_, question) = address.split_once('?').unwrap();
    let mut parts = question.split('&').filter_map(|it| it.split_once('='));
    parts.find(|it| it.0 == name).unwrap_or_else(|| panic!("{name}: {address}")).1.to_owned()
}

pub(super) fn who_is_in<'s>(server: &'s Server, answer: &Answer) -> Person<'s> {
    assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
    let set = answer.headers.iter().find(|it| it.1.starts_with("__Host-dondoc=")).unwrap();
    assert!(set.1.contains("; Secure; HttpOnly; SameSite=Strict"), "{}", set.1);
    Person { server, cookie: set.1.split(';').next().unwrap().to_owned() }
}

#[test]
fn an_account_is_linked_by_its_owner_signed_in_to_and_unlinked() {
    let province = Province::new();
    let (_, hoa) = province.person("hoa");
    assert_eq!(province.server.get("/api/session").json()["openid"], "Định danh tỉnh");
    assert_eq!(province.signs_in().code(), "openid_not_linked");
    let wrong = province.asks_to_link(&hoa, "không phải");
    assert_eq!(wrong.code(), "wrong_password");
    province.link(&hoa);
    let link = hoa.own()["openid"]["link"].clone();
    assert_eq!((&link["label"], &link["used_at"]), (&json!("hoa.nt"), &Value::Null));

    let again = who_is_in(&province.server, &province.signs_in());
    assert_eq!(again.own()["account"]["name"], "hoa");
    assert!(hoa.own()["openid"]["link"]["used_at"].is_string());
    assert_eq!(again.post("/api/account/openid/end", &json!({})).status, 204);
    assert_eq!(again.own()["openid"]["link"], Value::Null);
    assert_eq!(province.signs_in().code(), "openid_not_linked");
    let verbs = ["account.link_openid", "session.open_openid", "account.unlink_openid"];
    assert_eq!(province.verbs(), verbs);
}

#[test]
fn the_way_there_has_a_proof_a_nonce_and_the_address_that_was_set_up() {
    let province = Province::new();
    let there = province.goes().address;
    assert!(there.starts_with(&format!("{}/auth?", province.issuer.url())), "{there}");
    let port = province.server.address.port();
    assert_eq!(part(&there, "redirect_uri"), format!("http%3A%2F%2Flocalhost%3A{port}%2Fopenid"));
    for (name, value) in [
        ("response_type", "code"),
        ("client_id", "dondoc"),
        ("scope", "openid"),
        ("code_challenge_method", "S256"),
        ("prompt", "login"),
        ("max_age", "600"),
    ] {
        assert_eq!(part(&there, name), value, "{there}");
    }
    assert!(part(&there, "code_challenge").len() >= 43 && part(&there, "nonce").len() >= 22);
    assert!(!there.contains("secret"), "{there}");
    // Under another name the browser would not be known again when it comes back.
    for path in ["/api/session/openid", "/api/account/openid"] {
        let (_, nam) = province.person(path.rsplit('/').nth(1).unwrap());
        let elsewhere = nam.post(path, &json!({ "password": PASSWORD }));
        assert_eq!(elsewhere.code(), "openid_place", "{path}");
    }
    let other = province.goes().address;
    for name in ["state", "nonce", "code_challenge"] {
        assert_ne!(part(&there, name), part(&other, name), "{name}");
    }
}

#[test]
fn the_second_factor_is_asked_for_here_whatever_the_issuer_says_of_its_own() {
    let province = Province::new();
    let (_, hoa) = province.person("hoa");
    let secret = hoa.set_up();
    province.link(&hoa);
    province.issuer.behave(|it| it.claims = json!({ "amr": ["pwd", "mfa"], "acr": "phr" }));
    let away = province.goes();
    assert_eq!(province.comes_back(&away, "a=b").code(), "second_factor_needed");
    let confirm = |cookies: &str, digits: &str| {
        province.post("/api/session/openid/confirm", cookies, &json!({ "code": digits }))
    };
    assert_eq!(confirm(&away.cookie, "000000").code(), "wrong_code");
    assert_eq!(confirm("a=b", &code(&secret, 1)).code(), "openid_over", "another browser");
    let nothing = province.post("/api/session/openid/confirm", &away.cookie, &json!({}));
    assert_eq!(nothing.code(), "second_factor_needed");
    let asked = province.post("/api/session/passkey", &away.cookie, &json!({ "openid": true }));
    assert_eq!(asked.code(), "second_factor_missing", "known, and without a passkey");
    let again = who_is_in(&province.server, &confirm(&away.cookie, &code(&secret, 1)));
    let sessions = again.own()["sessions"].as_array().unwrap().clone();
    let this = sessions.iter().find(|it| it["is_this"] == true).unwrap();
    assert!(this["second_factor_at"].is_string());
    assert_eq!(confirm(&away.cookie, &code(&secret, 1)).code(), "openid_over", "once");
}

#[test]
fn the_second_factor_of_the_issuer_counts_if_that_was_set_up_and_it_says_that_there_was_one() {
    let province = Province::with(|it| it.trusts_second_factor = true);
    let (_, hoa) = province.person("hoa");
    hoa.set_up();
    province.link(&hoa);
    for weak in [json!({}), json!({ "amr": ["pwd"] }), json!({ "amr": ["otp"], "acr": "1" })] {
        province.issuer.behave(|it| it.claims = weak.clone());
        assert_eq!(province.signs_in().code(), "second_factor_needed", "{weak}");
    }
    for strong in
        [json!({ "amr": ["pwd", "mfa"] }), json!({ "acr": "https://refeds.org/profile/mfa" })]
    {
        province.issuer.behave(|it| it.claims = strong.clone());
        let again = who_is_in(&province.server, &province.signs_in());
        assert!(again.is_in(), "{strong}");
    }
}

#[test]
fn no_account_is_made_and_none_is_found_by_a_name_or_an_address() {
    let province = Province::new();
    let (_, _hoa) = province.person("hoa");
    let n_before = province.server.get("/api/accounts").json()["items"].as_array().unwrap().len();
    let claims = json!({ "sub": "hoa", "preferred_username": "hoa", "email": "hoa", "email_verified": true });
    province.issuer.behave(|it| it.claims = claims);
    let back = province.signs_in();
    assert_eq!(back.code(), "openid_not_linked");
    assert!(back.header("set-cookie").is_none());
    let n_after = province.server.get("/api/accounts").json()["items"].as_array().unwrap().len();
    assert_eq!(n_before, n_after);
}

#[test]
fn a_suspended_account_is_not_signed_in_to_and_the_trail_has_it() {
    let province = Province::new();
    let (id, hoa) = province.person("hoa");
    province.link(&hoa);
    let step = |verb: &str| province.server.post(&format!("/api/accounts/{id}/{verb}"), &json!({}));
    assert_eq!(step("suspend").status, 200);
    assert_eq!(province.signs_in().code(), "openid_suspended");
    assert_eq!(province.verbs().last().unwrap(), "session.openid_refused");
    assert_eq!(step("reinstate").status, 200);
    assert!(who_is_in(&province.server, &province.signs_in()).is_in(), "the control");
}

#[test]
fn a_link_ends_by_an_administrator_and_with_a_new_password() {
    let province = Province::new();
    let (id, hoa) = province.person("hoa");
    province.link(&hoa);
    let of = |path: &str| province.server.post(&format!("/api/accounts/{id}/{path}"), &json!({}));
    let shown = province.server.get(&format!("/api/accounts/{id}")).json();
    assert_eq!(shown["is_linked"], true);
    assert_eq!(of("openid/end").json()["is_linked"], false);
    assert_eq!(province.signs_in().code(), "openid_not_linked");
    province.link(&hoa);
    let made = of("code").json();
    assert!(who_is_in(&province.server, &province.signs_in()).is_in(), "the control");
    join(&province.server, made["code"].as_str().unwrap());
    assert_eq!(province.signs_in().code(), "openid_not_linked");
}

#[test]
fn a_person_has_one_account_and_an_account_one_person() {
    let province = Province::new();
    let ((_, hoa), (_, nam)) = (province.person("hoa"), province.person("nam"));
    province.link(&hoa);
    let begin = |who: &Person<'_>| province.away(&province.asks_to_link(who, PASSWORD));
    assert_eq!(province.comes_back(&begin(&nam), &nam.cookie).code(), "openid_taken");
    province.issuer.behave(|it| it.claims = json!({ "sub": "person-8" }));
    assert_eq!(province.comes_back(&begin(&hoa), &hoa.cookie).code(), "openid_taken");
    // Begun by one, finished in the session of another, or of nobody: the account of neither is linked.
    let of_nam = begin(&nam);
    assert_eq!(province.comes_back(&of_nam, &hoa.cookie).code(), "not_signed_in");
    let of_nam = begin(&nam);
    assert_eq!(province.comes_back(&of_nam, "a=b").code(), "not_signed_in");
    assert_eq!(nam.own()["openid"]["link"], Value::Null);
    let key = province.server.post("/api/account/openid", &json!({ "password": PASSWORD }));
    assert_eq!(key.code(), "session_needed");
    province.link(&nam);
    assert_eq!(province.verbs().len(), 2);
}

#[test]
fn an_answer_counts_once_and_in_the_browser_that_was_sent() {
    let province = Province::new();
    let (_, hoa) = province.person("hoa");
    province.link(&hoa);
    let n_before = province.issuer.n_asked(TOKEN);
    let (mine, other) = (province.goes(), province.goes());
    let mixed = Away { state: mine.state.clone(), cookie: other.cookie, address: String::new() };
    assert_eq!(province.comes_back(&mixed, "a=b").code(), "openid_over", "another browser");
    let bare = Away { cookie: "a=b".to_owned(), state: mine.state, address: String::new() };
    assert_eq!(province.comes_back(&bare, "a=b").code(), "openid_over", "no browser at all");
    assert_eq!(province.issuer.n_asked(TOKEN), n_before, "the issuer is not even asked");
    let mine = province.goes();
    assert!(who_is_in(&province.server, &province.comes_back(&mine, "a=b")).is_in(), "the control");
    assert_eq!(province.comes_back(&mine, "a=b").code(), "openid_over", "the same once more");
    let away = province.goes();
    let given_up = json!({ "state": away.state });
    let back = province.post("/api/session/openid/return", &away.cookie, &given_up);
    assert_eq!(back.code(), "openid_refused");
    assert_eq!(province.issuer.n_asked(TOKEN), n_before + 1);
}
