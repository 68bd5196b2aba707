//! What only a server can do: go away, and order text by the rules of a language.

use dondoc_store::{
    Location, Store,
    audit::{self, Chain},
};

use crate::{
    engine::Place,
    grouping::tell,
    sample::{Sample, by},
};

#[test]
fn a_lost_connection_is_made_anew_for_the_next_transaction() {
    let mut sample = Sample::new();
    let Place::Schema { name, address } = &sample.place else { return };
    // The sessions of this store are known by a name of their own.
    let address = format!("{address}&application_name={name}");
    sample.store = Store::open(address.as_str(), by().at).unwrap();
    tell(&sample.store, "before").unwrap();
    assert!(matches!(audit::verify(&sample.store).unwrap(), Chain::Whole { n_lines: 1, .. }));
    sample.place.run(&format!(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = '{name}'"
    ));
    tell(&sample.store, "after").unwrap();
    assert!(matches!(audit::verify(&sample.store).unwrap(), Chain::Whole { n_lines: 2, .. }));
}

#[test]
fn a_password_is_never_shown() {
    let location = Location::from("postgres://lan:mat-khau@db.example:5433/dondoc?sslmode=prefer");
    assert_eq!(format!("{location} {location:?}").matches("mat-khau").count(), 0);
    let Err(error) = Store::open("postgres://lan:mat-khau@127.0.0.1:1/dondoc", by().at) else {
        panic!("opened")
    };
    let mut words = error.to_string();
    let mut source = std::error::Error::source(&error);
    while let Some(error) = source {
        words.push_str(&error.to_string());
        source = error.source();
    }
    assert_eq!(words.matches("mat-khau").count(), 0, "{words}");
}
