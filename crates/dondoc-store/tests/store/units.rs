//! Units over time: what is kept is what comes back, or nothing does.

use dondoc_core::unit::{Change, Kind, Line, Moment, UnitId, What};
use dondoc_store::units::{self, NewSource, UnitsError};
use jiff::civil::date;

use crate::sample::{Sample, by};

fn changes() -> Vec<Change> {
    let found = |unit, name: &str| Change {
        unit: UnitId(unit),
        when: Moment::Always,
        what: What::Found {
            kind: Kind::Commune,
            name: name.to_owned(),
            code: Some(format!("LG{unit}")),
            key: None,
            rank: unit,
            parents: vec![(Line::State, None)],
        },
        source: "danh mục:2".to_owned(),
    };
    let merge = Change {
        unit: UnitId(2),
        when: Moment::On(date(2025, 7, 1)),
        what: What::Merge(UnitId(1)),
        source: "nghị quyết".to_owned(),
    };
    vec![found(1, "Bình An"), found(2, "Đông Khê"), merge]
}

fn append(
    sample: &Sample,
    bytes: &[u8],
    changes: &[Change],
    n_before: usize,
) -> Result<(), UnitsError> {
    let vouches_on = Some(date(2025, 7, 1));
    let file = NewSource { name: "lam-giang.csv", bytes, vouches_on, changes };
    units::append(&sample.store, &[file], n_before, &by())
}

#[test]
fn units_come_back_as_they_were_told() {
    let sample = Sample::new();
    assert!(units::load(&sample.store).unwrap().units.is_empty());
    let changes = changes();
    append(&sample, b"one", &changes[..2], 0).unwrap();
    append(&sample, b"two", &changes[2..], 2).unwrap();
    let kept = units::load(&sample.store).unwrap();
    assert_eq!(kept.units.changes(), changes);
    assert_eq!(kept.vouched_days(), [date(2025, 7, 1), date(2025, 7, 1)]);
    assert!(kept.has_loaded(&units::sha256(b"one")) && !kept.has_loaded(&units::sha256(b"three")));
    let audit = sample.place.rows("select verb, object from audit order by audit_id");
    assert_eq!(audit, [["units.load", "lam-giang.csv"], ["units.load", "lam-giang.csv"]]);
}

#[test]
fn changes_that_were_planned_on_other_units_are_refused() {
    let sample = Sample::new();
    append(&sample, b"one", &changes(), 0).unwrap();
    let refused = append(&sample, b"two", &changes(), 0);
    assert!(matches!(refused, Err(UnitsError::Stale)));
    assert_eq!(units::load(&sample.store).unwrap().units.changes().len(), 3);
}

#[test]
fn a_change_that_is_not_the_one_that_was_kept_is_never_served() {
    for tampering in [
        "update unit_change set body = replace(body, 'Bình', 'Hòa') where change_id = 1",
        "update unit_change set unit_id = 7 where change_id = 2",
        "delete from unit_change where change_id = 3",
        "update unit_source set n_changes = 2",
    ] {
        let sample = Sample::new();
        append(&sample, b"one", &changes(), 0).unwrap();
        sample.place.run(tampering);
        assert!(units::load(&sample.store).is_err(), "{tampering}");
    }
}
