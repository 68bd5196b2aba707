//! Signing in with a provider of identities: what is refused without one, and what a provider that lies, sleeps or was taken over gets
//! away with (nothing). That it works with a real provider is shown in `e2e/tests/openid.test.js`.

use serde_json::{Value, json};

use crate::{
    accounting::{PASSWORD, add, anonymous, clerk, join},
    server::Server,
};

#[cfg(feature = "oidc")]
mod coming;
#[cfg(feature = "oidc")]
mod issuer;
#[cfg(feature = "oidc")]
mod lying;

#[test]
fn without_a_provider_every_route_says_so_and_the_page_shows_no_button() {
    let server = Server::start();
    assert_eq!(server.get("/api/session").json()["openid"], Value::Null);
    let hoa = join(&server, &add(&server, "hoa", &clerk()).1);
    assert_eq!(hoa.own()["openid"], Value::Null);
    for (path, body) in [
        ("/api/session/openid", json!({})),
        ("/api/session/openid/return", json!({ "state": "a", "code": "b" })),
        ("/api/session/openid/confirm", json!({ "code": "123456" })),
        ("/api/session/passkey", json!({ "openid": true })),
    ] {
        assert_eq!(anonymous(&server, path, &body).code(), "openid_missing", "{path}");
    }
    let link = hoa.post("/api/account/openid", &json!({ "password": PASSWORD }));
    assert_eq!(link.code(), "openid_missing");
}

#[cfg(not(feature = "oidc"))]
#[test]
fn a_build_without_it_says_how_to_get_it() {
    use dondoc_server::{BadOpenId, OpenId, OpenIdSettings, PublicAddress};

    let settings = OpenIdSettings {
        issuer: "http://localhost:1".to_owned(),
        client_id: "dondoc".to_owned(),
        client_secret: "bí mật".to_owned(),
        name: "tỉnh".to_owned(),
        authorities: None,
        trusts_second_factor: false,
        patience: std::time::Duration::from_secs(1),
    };
    let page = PublicAddress::on_this_machine(8020).unwrap();
    assert_eq!(OpenId::new(&settings, &page).err(), Some(BadOpenId::NotBuilt));
}
