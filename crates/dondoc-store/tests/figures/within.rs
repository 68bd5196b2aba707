//! What a store shows to somebody who may see some units alone.

use dondoc_core::{
    access::{Grant, Policy, Scope},
    unit::{Change, Kind, Line, Moment, Units, What},
};
use dondoc_store::registers::{self, EntryFilter, NewEntry};
use jiff::civil::date;
use serde_json::json;

use crate::{
    made::{BINH_AN, DONG_KHE, write},
    sample::{Sample, by},
};

/// One unit alone, as an officer of it has it.
fn only(unit: dondoc_core::unit::UnitId) -> Scope {
    let found = What::Found {
        kind: Kind::Commune,
        name: "Bình An".to_owned(),
        code: None,
        key: None,
        rank: 0,
        parents: vec![(Line::State, None)],
    };
    let change = Change { unit, when: Moment::Always, what: found, source: "mẫu".to_owned() };
    let operation = Policy::built_in().unwrap().by_code("entry.read").unwrap();
    let (role, from) = ("clerk".to_owned(), date(2026, 1, 1));
    let grant = Grant { role, unit: Some(unit), line: Line::State, from, until: None };
    Scope::of(operation, &[grant], &Units::new(vec![change]), date(2026, 3, 2))
}

#[test]
fn entries_of_units_outside_a_scope_are_not_there() {
    let Sample { store, place: _place } = &Sample::new();
    let fields = json!({ "n_learners": 40 }).as_object().unwrap().clone();
    let note = |unit| {
        let occurred_on = date(2026, 3, 5);
        let new = NewEntry { pack: "KVPT", register: "course", unit, occurred_on, fields: &fields };
        write(store, |tx| registers::note(tx, &new, &by())).unwrap()
    };
    let (here, there) = (note(BINH_AN), note(DONG_KHE));
    let filter = EntryFilter {
        pack: "KVPT",
        register: "course",
        unit: None,
        from: date(2026, 1, 1),
        to: date(2026, 12, 31),
        withdrawn: true,
    };
    let seen = |scope: &Scope| {
        let ids = store.read_within(scope, |tx| registers::list(tx, &filter)).unwrap();
        let one = |id| store.read_within(scope, |tx| registers::get(tx, id)).unwrap().is_some();
        (ids.iter().map(|it| it.id).collect::<Vec<_>>(), one(here), one(there))
    };
    assert_eq!(seen(&only(BINH_AN)), (vec![here], true, false));
    assert_eq!(seen(&Scope::empty()), (vec![], false, false));
    assert_eq!(seen(&Scope::whole()).0.len(), 2);
}
