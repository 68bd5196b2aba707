//! Somebody who may ask a server.

use dondoc_core::access::Grant;
use dondoc_core::unit::Line;
use dondoc_server::people;
use dondoc_store::accounts::NewAccount;
use dondoc_store::{By, Store};
use jiff::Timestamp;

/// Makes an account that may hand in for all units, and a key for it.
pub(crate) fn make(store: &Store) -> String {
    let now = Timestamp::now();
    let by = By { actor: "test".to_owned(), at: now };
    let (role, from) = ("officer".to_owned(), dondoc_server::today(now));
    let grant = Grant { role, unit: None, line: Line::State, from, until: None };
    let account = NewAccount {
        name: "lan".to_owned(),
        display: "Lan".to_owned(),
        office: String::new(),
        password: Some("!".to_owned()),
    };
    people::add(store, &account, &[grant], &by).unwrap();
    people::key(store, ("lan", "test", "*"), 2, &by).unwrap()
}
