//! Entries of communes that are merged before the period closes in which they count.

use dondoc_core::{
    entry::{FieldValue, Fields},
    figure::Series,
    finding::Fault,
    period::Period,
    unit::UnitId,
};
use dondoc_ledger::{
    LedgerError, Question, Sight,
    register::{NewNote, NoteChange, Noted},
};
use dondoc_rollup::value::Value;

use crate::world::{PROVINCES, TODAY, World, by};

/// From 15 June to 14 July; on 1 July 10 and 11 went into 30, and 12 went over to the second province.
const JULY: Period = Period::Month { year: 2025, month: 7 };
const JUNE: Period = Period::Month { year: 2025, month: 6 };

fn course(day: &str) -> Fields {
    [("start".to_owned(), FieldValue::Day(day.parse().unwrap()))].into()
}

fn note(world: &World, unit: u32, day: &str) -> Result<Noted, LedgerError> {
    let fields = course(day);
    let new = NewNote { pack: "T", register: "course", unit: UnitId(unit), fields: &fields };
    world.ledger.keep_entry(&new, (&by("lan"), TODAY))
}

fn total(world: &World, unit: UnitId, period: Period) -> Option<Value> {
    let series = Series { indicator: "T.06".to_owned(), option: None };
    let question = Question { series, unit, period, sight: Sight::AsThen, line: None, as_of: None };
    world.ledger.total(&question).unwrap().total.value.ok()
}

#[test]
fn what_happened_before_a_merger_counts_for_the_successor_in_the_period_that_closes_after_it() {
    let world = World::new();
    let first = note(&world, 10, "2025-06-20").unwrap();
    note(&world, 11, "2025-06-25").unwrap();
    note(&world, 30, "2025-07-03").unwrap();
    note(&world, 10, "2025-06-10").unwrap();
    for unit in [UnitId(30), PROVINCES[0]] {
        assert_eq!(total(&world, unit, JULY), Some(Value::Number(3)), "{unit}");
    }
    assert_eq!(total(&world, UnitId(10), JUNE), Some(Value::Number(1)));
    assert_eq!(world.ledger.look(|books| books.n_homeless), 0, "nothing lies nowhere");
    let (seen, why) = ((first.entry_id, 1), "ghi trùng");
    world.ledger.change_entry(seen, NoteChange::Withdraw, why, (&by("lan"), TODAY)).unwrap();
    assert_eq!(total(&world, UnitId(30), JULY), Some(Value::Number(2)));
}

#[test]
fn a_commune_that_is_no_more_notes_nothing_down_of_later_days() {
    let world = World::new();
    let refused = note(&world, 10, "2025-07-01").unwrap_err();
    let LedgerError::Findings(found) = refused else { panic!("{refused}") };
    assert!(matches!(&found[0].fault, Fault::UnknownUnit { unit } if unit.contains("10")));
    let kept = note(&world, 10, "2025-06-30").unwrap();
    let fields = course("2025-07-01");
    let change = NoteChange::Correct { unit: UnitId(10), fields: &fields };
    let seen = (kept.entry_id, 1);
    let refused = world.ledger.change_entry(seen, change, "nhầm ngày", (&by("lan"), TODAY));
    assert!(matches!(refused, Err(LedgerError::Findings(_))));
}
