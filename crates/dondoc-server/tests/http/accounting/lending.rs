//! What ends by its day: codes that are good for one, roles that are lent.

use dondoc_core::{access::Grant, unit::Line};
use dondoc_server::people;
use dondoc_store::{
    Action, By, Location, Store, StoreError,
    accounts::{self, NewAccount},
};
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::{PASSWORD, Person, add, anonymous, join};
use crate::server::{Server, clock};

#[test]
fn a_role_is_lent_for_days_never_for_more_than_it_is_and_ended_by_both() {
    let server = Server::start();
    // The server's day is 21/11/2026.
    let grants = json!([{ "role": "clerk", "everywhere": true, "until": "2026-12-31" }]);
    let (giver_id, one_time) = add(&server, "hoa", &grants);
    let hoa = join(&server, &one_time);
    let nam = join(&server, &add(&server, "nam", &json!([])).1);
    let grant = hoa.own()["account"]["grants"][0]["id"].clone();
    let lend = |person: &Person<'_>, grant: &Value, to: &str, from: &str, until: &str| {
        let sent = json!({ "grant": grant, "to": to, "from": from, "until": until });
        person.post("/api/account/delegations", &sent)
    };
    for (to, from, until, code) in [
        ("nam", "2026-11-21", "2027-01-01", "bad_days"),
        ("nam", "2026-11-20", "2026-11-30", "bad_days"),
        ("nam", "2026-11-30", "2026-11-29", "bad_days"),
        ("hoa", "2026-11-21", "2026-11-30", "no_such_name"),
        ("ai-đó", "2026-11-21", "2026-11-30", "no_such_name"),
    ] {
        assert_eq!(lend(&hoa, &grant, to, from, until).code(), code, "{to} {from} {until}");
    }
    let may_read = || nam.get("/api/owed").status == 200;
    assert!(!may_read());
    // From tomorrow on: not yet.
    assert_eq!(lend(&hoa, &grant, "nam", "2026-11-22", "2026-11-30").status, 204);
    assert!(!may_read());
    assert_eq!(lend(&hoa, &grant, "Nam", "2026-11-21", "2026-11-30").status, 204);
    assert!(may_read());
    let lent = nam.own()["account"]["grants"][1].clone();
    assert_eq!((&lent["delegated_by"], &lent["until"]), (&json!("hoa"), &json!("2026-11-30")));
    // What was lent is not lent on.
    let on = lend(&nam, &lent["id"], "lan", "2026-11-21", "2026-11-25");
    assert_eq!(on.code(), "not_lendable");

    let end = |person: &Person<'_>, id: &Value| {
        person.post(&format!("/api/account/delegations/{id}/end"), &json!({})).status
    };
    // A role that nobody lent is not given away like this.
    assert_eq!(end(&hoa, &grant), 404);
    assert_eq!(end(&nam, &lent["id"]), 204);
    assert!(!may_read());
    let first = hoa.own()["delegated"][0]["grant"]["id"].clone();
    assert_eq!(end(&hoa, &first), 204);
    assert_eq!(hoa.own()["delegated"], json!([]));

    // With the role of the giver goes what it lends.
    assert_eq!(lend(&hoa, &grant, "nam", "2026-11-21", "2026-11-30").status, 204);
    assert!(may_read());
    server.post(&format!("/api/accounts/{giver_id}/grants/end"), &json!({ "grant": grant }));
    assert!(!may_read());
}

#[test]
fn a_code_is_good_for_a_day_and_a_lent_role_until_its_last() {
    let folder = tempfile::tempdir().unwrap();
    let place = Location::from(folder.path().join("test.sqlite").as_path());
    let store = Store::open(place.clone(), clock()).unwrap();
    let before = |minutes: i64| By {
        actor: "test".to_owned(),
        at: clock().checked_sub(SignedDuration::from_mins(minutes)).unwrap(),
    };
    let made = |name: &str, until: &str| {
        let new = NewAccount {
            name: name.to_owned(),
            display: name.to_owned(),
            office: String::new(),
            password: None,
        };
        let id = people::add(&store, &new, &[], &before(9_999)).unwrap();
        let lent = Grant {
            role: "clerk".to_owned(),
            unit: None,
            line: Line::State,
            from: "2026-11-01".parse().unwrap(),
            until: Some(until.parse().unwrap()),
        };
        store
            .write(|tx| {
                accounts::grant(tx, id, &lent, Some(id), &before(9_999))?;
                let action =
                    Action { by: before(9_999), verb: "test.lend", object: name.to_owned() };
                Ok::<_, StoreError>(((), action))
            })
            .unwrap();
    };
    made("hoa", "2026-11-20");
    made("nam", "2026-11-21");
    let day = 24 * 60;
    let too_old = people::invite(&store, "hoa", &before(day)).unwrap();
    let just_good = people::invite(&store, "nam", &before(day - 1)).unwrap();
    drop(store);
    let server = Server::on(&place, "lan", Some(folder));
    let sent = json!({ "code": too_old, "password": PASSWORD });
    assert_eq!(anonymous(&server, "/api/session/password", &sent).code(), "code_not_good");
    let nam = join(&server, &just_good);
    assert_eq!(nam.get("/api/owed").status, 200);
    let hoa = server.get("/api/accounts").json()["items"][0].clone();
    let code = server.post(&format!("/api/accounts/{}/code", hoa["id"]), &json!({})).json();
    let hoa = join(&server, code["code"].as_str().unwrap());
    assert_eq!(hoa.get("/api/owed").code(), "forbidden");
}
