//! Those who want in: guessers, thieves of cookies and keys, other sites, forged headers.

use argon2::{Argon2, password_hash::PasswordHasher as _};
use dondoc_core::{access::Grant, unit::Line};
use dondoc_server::people;
use dondoc_store::{
    Action, By, Location, Store,
    accounts::{self, AccountState, NewAccount},
    checkpoints::{self, Key},
};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    client::{self, Answer},
    server::{Server, clock},
};

const PASSWORD: &str = "mưa thuận gió hòa";

/// A server with accounts that have passwords.
struct Town {
    server: Server,
    store: Store,
    folder: TempDir,
}

fn by() -> By {
    By { actor: "quản trị".to_owned(), at: clock() }
}

impl Town {
    fn new(names: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = Location::from(folder.path().join("town.sqlite").as_path());
        let store = Store::open(place.clone(), clock()).unwrap();
        let server = Server::on(&place, "lan", None);
        let hashed = Argon2::default().hash_password(PASSWORD.as_bytes()).unwrap().to_string();
        let from = dondoc_server::today(clock());
        let role = "officer".to_owned();
        let grant = Grant { role, unit: None, line: Line::State, from, until: None };
        for name in names {
            let account = NewAccount {
                name: (*name).to_owned(),
                display: (*name).to_owned(),
                office: "Văn phòng".to_owned(),
                password: Some(hashed.clone()),
            };
            people::add(&store, &account, std::slice::from_ref(&grant), &by()).unwrap();
        }
        Self { server, store, folder }
    }

    /// A request that says who sends it by these headers alone.
    fn send(&self, line: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let host = self.server.address.to_string();
        let mut all = vec![("Host", host.as_str())];
        all.extend(headers);
        client::send(self.server.address, line, &all, body.as_bytes())
    }

    fn try_in(&self, name: &str, password: &str, more: &[(&str, &str)]) -> Answer {
        let body = json!({ "name": name, "password": password }).to_string();
        let mut headers = vec![("Content-Type", "application/json")];
        headers.extend(more);
        self.send("POST /api/session", &headers, &body)
    }

    /// Signs in; the cookie as it is sent back.
    fn cookie(&self, name: &str, more: &[(&str, &str)]) -> String {
        let answer = self.try_in(name, PASSWORD, more);
        assert_eq!(answer.status, 204, "{}", String::from_utf8_lossy(&answer.body));
        let set = answer.header("set-cookie").unwrap().to_owned();
        for flag in ["__Host-dondoc=", "Secure", "HttpOnly", "SameSite=Strict", "Path=/"] {
            assert!(set.contains(flag), "{set}");
        }
        set.split(';').next().unwrap().to_owned()
    }

    fn notices(&self, headers: &[(&str, &str)]) -> u16 {
        self.send("GET /api/notices", headers, "").status
    }
}

#[test]
fn the_eleventh_guess_is_not_looked_at_whatever_address_it_says_it_is_from() {
    let town = Town::new(&["hoa", "mai"]);
    for nth in 0..10 {
        let answer = town.try_in("hoa", "sai", &[("X-Forwarded-For", &format!("10.0.0.{nth}"))]);
        assert_eq!((answer.status, answer.code().as_str()), (401, "wrong_sign_in"), "{nth}");
    }
    for from in ["10.9.9.9", "127.0.0.1"] {
        let answer = town.try_in("HOA", PASSWORD, &[("X-Forwarded-For", from)]);
        assert_eq!((answer.status, answer.code().as_str()), (429, "too_many_tries"));
    }
    // Others are not locked out by it.
    assert_eq!(town.try_in("mai", PASSWORD, &[]).status, 204);
}

#[test]
fn an_unknown_name_is_refused_in_the_words_of_a_wrong_password() {
    let town = Town::new(&["hoa"]);
    let [known, unknown] = ["hoa", "khong-co"].map(|it| town.try_in(it, "sai sai sai", &[]));
    assert_eq!((known.status, known.body), (unknown.status, unknown.body));
}

#[test]
fn a_cookie_that_was_planted_is_never_taken_over() {
    let town = Town::new(&["hoa", "ke-gian"]);
    let chosen = "__Host-dondoc=AAAABBBBCCCCDDDDEEEEFFFFGGGGHHHHJJJJKKKKLLLLMMMMNNNN";
    let fresh = town.cookie("hoa", &[("Cookie", chosen)]);
    assert_ne!(fresh, chosen);
    assert_eq!(town.notices(&[("Cookie", chosen)]), 401);
    // A session of the one who planted it does not become hers, and ends.
    let planted = town.cookie("ke-gian", &[]);
    let hers = town.cookie("hoa", &[("Cookie", &planted)]);
    assert_ne!(hers, planted);
    assert_eq!(town.notices(&[("Cookie", &planted)]), 401);
    assert_eq!(town.notices(&[("Cookie", &hers)]), 200);
    let said = town.send("GET /api/session", &[("Cookie", &hers)], "").json();
    assert_eq!(said["account"]["name"], "hoa");
}

#[test]
fn a_cookie_is_good_for_nothing_after_its_owner_has_signed_out() {
    let town = Town::new(&["hoa"]);
    let cookie = town.cookie("hoa", &[]);
    assert_eq!(town.notices(&[("Cookie", &cookie)]), 200);
    assert_eq!(town.send("DELETE /api/session", &[("Cookie", &cookie)], "").status, 204);
    assert_eq!(town.notices(&[("Cookie", &cookie)]), 401);
    assert_eq!(town.send("DELETE /api/session", &[("Cookie", &cookie)], "").status, 401);
}

#[test]
fn who_is_suspended_is_out_at_once_with_all_keys() {
    let town = Town::new(&["hoa"]);
    let cookie = town.cookie("hoa", &[]);
    let key = people::key(&town.store, ("hoa", "máy", "*"), 30, &by()).unwrap();
    let bearer = format!("Bearer {key}");
    let both = [("Cookie", cookie.as_str()), ("Authorization", bearer.as_str())];
    for shown in both {
        assert_eq!(town.notices(&[shown]), 200, "{}", shown.0);
    }
    let done = town.store.write(|tx| {
        let mut seen = accounts::by_name(tx, "hoa")?.unwrap();
        seen.state = AccountState::Suspended;
        assert!(accounts::change(tx, &seen)?);
        let action = Action { by: by(), verb: "account.suspend", object: "hoa".to_owned() };
        Ok::<_, dondoc_store::StoreError>(((), action))
    });
    done.unwrap();
    for shown in both {
        assert_eq!(town.notices(&[shown]), 401, "{}", shown.0);
    }
    assert_eq!(town.try_in("hoa", PASSWORD, &[]).code(), "wrong_sign_in");
}

#[test]
fn a_key_opens_what_it_was_made_for_and_never_becomes_a_session() {
    let town = Town::new(&["hoa"]);
    let key = people::key(&town.store, ("hoa", "máy", "report.read"), 30, &by()).unwrap();
    let bearer = format!("Bearer {key}");
    let status = |line: &str| {
        let answer = town.send(line, &[("Authorization", &bearer)], "");
        assert!(answer.header("set-cookie").is_none_or(|it| it.contains("Max-Age=0")), "{line}");
        answer.status
    };
    assert_eq!(status("GET /api/reports"), 200);
    for line in ["GET /api/tasks", "GET /api/notices", "GET /api/documents", "GET /api/owed"] {
        assert_eq!(status(line), 403, "{line}");
    }
    // As a cookie it is nothing, and signing out with it ends nothing.
    assert_eq!(town.notices(&[("Cookie", &format!("__Host-dondoc={key}"))]), 401);
    status("DELETE /api/session");
    assert_eq!(status("GET /api/reports"), 200);
}

#[test]
fn who_takes_figures_away_is_in_the_audit_trail_and_who_was_refused_took_none() {
    let town = Town::new(&["hoa"]);
    let key =
        |operations| people::key(&town.store, ("hoa", "bảng tính", operations), 1, &by()).unwrap();
    let (all, little) = (key("*"), key("report.read"));
    let get = |line: &str, key: &str| {
        town.send(line, &[("Authorization", &format!("Bearer {key}"))], "").status
    };
    let line = "GET /api/registers/S01/export?as=csv&unit=1";
    get(line, &all);
    assert_eq!(get("GET /api/reports", &all), 200);
    assert_eq!(get(line, &little), 403);
    let own = Key::beside(town.folder.path()).unwrap();
    let mut trail = Vec::new();
    checkpoints::export(&town.store, &own, clock(), &mut trail).unwrap();
    let trail = String::from_utf8(trail).unwrap();
    let lines = trail.lines().map(|it| serde_json::from_str::<Value>(it).unwrap());
    let of_hoa: Vec<Value> = lines.filter(|it| it["actor"] == "hoa").collect();
    let [taken] = of_hoa.as_slice() else { panic!("{of_hoa:?}") };
    assert_eq!(taken["verb"], "entry.export");
    assert_eq!(taken["object"], "/api/registers/S01/export?as=csv&unit=1");
}

#[test]
fn headers_that_a_proxy_would_set_change_nothing() {
    let town = Town::new(&["hoa"]);
    for forged in [
        ("X-Forwarded-User", "lan"),
        ("X-Remote-User", "lan"),
        ("Remote-User", "lan"),
        ("X-Forwarded-For", "127.0.0.1"),
        ("X-Real-IP", "127.0.0.1"),
        ("Forwarded", "for=127.0.0.1;host=localhost"),
        ("X-Original-URL", "/api/health"),
        ("X-Rewrite-URL", "/api/health"),
        ("X-HTTP-Method-Override", "DELETE"),
        ("Cookie", "dondoc=x; __Host-dondoc="),
        ("Authorization", "Bearer "),
        ("Authorization", "Basic bGFuOmxhbg=="),
    ] {
        assert_eq!(town.notices(&[forged]), 401, "{forged:?}");
    }
    let headers = [("Host", "evil.example"), ("X-Forwarded-Host", "localhost")];
    let answer = client::send(town.server.address, "GET /api/health", &headers, b"");
    assert_eq!(answer.code(), "foreign_host");
}

#[test]
fn another_site_can_not_write_with_the_cookie_of_a_visitor() {
    let town = Town::new(&["hoa"]);
    let cookie = town.cookie("hoa", &[]);
    let own = format!("http://{}", town.server.address);
    let kind = ("Content-Type", "application/json");
    let body = json!({ "what": [] }).to_string();
    for foreign in
        [("Origin", "http://evil.example"), ("Sec-Fetch-Site", "cross-site"), ("Origin", "null")]
    {
        let headers = [("Cookie", cookie.as_str()), kind, foreign];
        for line in ["POST /api/notices/read", "DELETE /api/session", "POST /api/session"] {
            assert_eq!(
                town.send(line, &headers, &body).code(),
                "foreign_site",
                "{line} {foreign:?}"
            );
        }
    }
    let headers = [("Cookie", cookie.as_str()), kind, ("Origin", own.as_str())];
    assert_eq!(town.send("POST /api/notices/read", &headers, &body).status, 200);
    // A form of another site can't say that it sends JSON without asking first.
    let plain = [("Cookie", cookie.as_str()), ("Content-Type", "text/plain")];
    assert_eq!(town.send("POST /api/notices/read", &plain, &body).code(), "unsupported_type");
}
