//! What no decent issuer does.

use std::time::Duration;

use serde_json::{Value, json};

use super::{
    coming::{Province, who_is_in},
    issuer::{DESCRIPTION, KEYS, Manner, TOKEN, plain},
};
use crate::server::clock;

/// A fault, what is done, and the code of the refusal.
type Fault = (&'static str, fn(&mut Manner), &'static str);

fn now() -> i64 {
    clock().as_second()
}

fn redirection() -> String {
    "HTTP/1.1 302 Found\r\nLocation: /realm/elsewhere\r\nContent-Length: 0\r\n\r\n".to_owned()
}

/// The right claims, but for these.
fn claims(it: &mut Manner, other: Value) {
    it.claims = other;
}

const OF_TOKENS: [Fault; 20] = [
    ("another nonce", |it| claims(it, json!({ "nonce": "of-another" })), "openid_not_believed"),
    ("no nonce", |it| claims(it, json!({ "nonce": null })), "openid_not_believed"),
    ("for another program", |it| claims(it, json!({ "aud": "khac" })), "openid_not_believed"),
    ("for two", |it| claims(it, json!({ "aud": ["dondoc", "khac"] })), "openid_not_believed"),
    (
        "another issuer",
        |it| claims(it, json!({ "iss": "http://127.0.0.1:1" })),
        "openid_not_believed",
    ),
    ("no subject", |it| claims(it, json!({ "sub": null })), "openid_not_believed"),
    ("over", |it| claims(it, json!({ "exp": now() - 121 })), "openid_clock"),
    ("of tomorrow", |it| claims(it, json!({ "iat": now() + 121 })), "openid_clock"),
    ("of yesterday", |it| claims(it, json!({ "iat": now() - 121 })), "openid_clock"),
    (
        "password of before",
        |it| claims(it, json!({ "auth_time": now() - 121 })),
        "openid_not_believed",
    ),
    (
        "password of nobody knows when",
        |it| claims(it, json!({ "auth_time": null })),
        "openid_not_believed",
    ),
    (
        "another key by the same name",
        |it| (it.key, it.called) = (2, Some(1)),
        "openid_not_believed",
    ),
    ("an unknown key", |it| it.key = 2, "openid_not_believed"),
    ("an unknown key again", |it| it.key = 3, "openid_not_believed"),
    ("unsigned", |it| it.algorithm = "none", "openid_not_believed"),
    ("a shared secret", |it| it.algorithm = "HS256", "openid_not_believed"),
    ("an algorithm of nobody", |it| it.algorithm = "XX1", "openid_not_believed"),
    ("no token", |it| drop(it.answers.insert(TOKEN, plain("{}"))), "openid_not_believed"),
    ("a redirection", |it| drop(it.answers.insert(TOKEN, redirection())), "openid_not_believed"),
    (
        "no such code",
        |it| {
            let refused = plain(r#"{"error":"invalid_grant"}"#);
            drop(it.answers.insert(TOKEN, refused.replacen("200 OK", "400 Bad Request", 1)));
        },
        "openid_refused",
    ),
];

#[test]
fn a_token_with_any_fault_lets_nobody_in_and_leaves_nothing() {
    let province = Province::new();
    let (_, hoa) = province.person("hoa");
    province.link(&hoa);
    let before = (province.verbs(), hoa.own()["sessions"].as_array().unwrap().len());
    for (fault, does, code) in OF_TOKENS {
        province.issuer.behave(does);
        let back = province.signs_in();
        assert_eq!(back.code(), code, "{fault}");
        assert!(back.header("set-cookie").is_none(), "{fault}");
    }
    let after = (province.verbs(), hoa.own()["sessions"].as_array().unwrap().len());
    assert_eq!(before, after);
    assert_eq!(province.issuer.n_asked("/realm/elsewhere"), 0);
    // Two keys were unknown, one after the other: it was asked for new ones once.
    assert_eq!(province.issuer.n_asked(KEYS), 2);
    // The same bounds, kept: what may differ may.
    for good in [
        json!({ "exp": now() - 119 }),
        json!({ "iat": now() + 120 }),
        json!({ "auth_time": now() - 120 }),
    ] {
        province.issuer.behave(|it| it.claims = good.clone());
        assert!(who_is_in(&province.server, &province.signs_in()).is_in(), "{good}");
    }
}

#[test]
fn a_key_that_came_since_is_found() {
    let province = Province::new();
    let (_, hoa) = province.person("hoa");
    province.link(&hoa);
    province.issuer.behave(|it| (it.key, it.shows) = (2, vec![1, 2]));
    assert!(who_is_in(&province.server, &province.signs_in()).is_in());
    assert!(who_is_in(&province.server, &province.signs_in()).is_in());
    assert_eq!(province.issuer.n_asked(KEYS), 2);
}

/// What is wrong, and how it is made wrong.
type Lie = (&'static str, fn(&mut Manner));

const OF_DESCRIPTIONS: [Lie; 11] = [
    ("another issuer", |it| it.says = json!({ "issuer": "http://127.0.0.1:1/realm" })),
    ("tokens elsewhere", |it| it.says = json!({ "token_endpoint": "http://127.0.0.1:1/token" })),
    ("no tokens", |it| it.says = json!({ "token_endpoint": null })),
    ("people elsewhere", |it| {
        it.says = json!({ "authorization_endpoint": "http://id.example.vn/auth" });
    }),
    ("keys elsewhere", |it| it.says = json!({ "jwks_uri": "http://127.0.0.1:1/keys" })),
    ("a redirection", |it| drop(it.answers.insert(DESCRIPTION, redirection()))),
    ("keys by a redirection", |it| drop(it.answers.insert(KEYS, redirection()))),
    ("no JSON", |it| drop(it.answers.insert(DESCRIPTION, plain("<html>")))),
    ("too many keys", |it| {
        let many = format!("{{\"keys\":[{}]}}", " ".repeat(256 * 1024));
        drop(it.answers.insert(KEYS, plain(&many)));
    }),
    ("a sleeper", |it| it.sleeps_at = Some(DESCRIPTION)),
    ("a sleeper over his keys", |it| it.sleeps_at = Some(KEYS)),
];

#[test]
fn an_issuer_that_sleeps_shouts_or_points_elsewhere_is_unreachable_and_not_asked_again_at_once() {
    for (fault, does) in OF_DESCRIPTIONS {
        let province = Province::with(|it| it.patience = Duration::from_millis(300));
        province.issuer.behave(does);
        for _ in 0..2 {
            let refused = province.post("/api/session/openid", "a=b", &json!({}));
            assert_eq!(refused.code(), "openid_unreachable", "{fault}");
            assert_eq!(refused.status, 503, "{fault}");
        }
        assert_eq!(province.issuer.n_asked(DESCRIPTION), 1, "{fault}");
        assert_eq!(province.issuer.n_asked("/realm/elsewhere"), 0, "{fault}");
    }
    // The controls: as many bytes as are taken, and nobody there.
    let province = Province::new();
    let many = |it: &mut Manner| {
        let spaces = " ".repeat(256 * 1024 - "{\"keys\":[]}".len());
        drop(it.answers.insert(KEYS, plain(&format!("{{\"keys\":[{spaces}]}}"))));
    };
    province.issuer.behave(many);
    assert!(province.goes().address.contains("/auth?"));
    let province = Province::with(|it| it.issuer = "http://127.0.0.1:1/realm".to_owned());
    let refused = province.post("/api/session/openid", "a=b", &json!({}));
    assert_eq!(refused.code(), "openid_unreachable");
    // Nothing else needs the issuer.
    assert_eq!(province.server.get("/api/session").status, 200);
}
