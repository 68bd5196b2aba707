//! The ways in: forms, corrections after the lock, entries of registers; and what is refused on each.

use dondoc_core::{
    entry::{FieldValue, Fields},
    figure::{Content, Series, Source, Status},
    finding::Fault,
    period::Period,
    unit::{UnitId, Weight},
};
use dondoc_ledger::{
    Batch, LedgerError, Question, Sight,
    register::{NewNote, NoteChange},
    report::NewReport,
};
use dondoc_rollup::value::Value;
use dondoc_store::{
    Action,
    blocks::{self, Origin},
    submissions::locks::{self, NewLock},
};
use jiff::civil::date;
use serde_json::json;

use crate::world::{COUNTRY, TODAY, World, by, figure};

const UNIT: UnitId = UnitId(13);
const MAY: Period = Period::Month { year: 2025, month: 5 };
const JUNE: Period = Period::Month { year: 2025, month: 6 };

fn total(world: &World, indicator: &str, period: Period) -> Option<Value> {
    let series = Series { indicator: indicator.to_owned(), option: None };
    let sight = Sight::AsThen;
    let question = Question { series, unit: COUNTRY, period, sight, line: None, as_of: None };
    world.ledger.total(&question).unwrap().total.value.ok()
}

fn report(world: &World, figures: Vec<(&str, Content)>, period: Period) -> Result<(), LedgerError> {
    let figures = figures.into_iter().map(|(code, content)| figure(code, content)).collect();
    let batch = Batch { unit: UNIT, period, figures };
    let content = json!({});
    let report = NewReport {
        form: "B1",
        kind: Status::Final,
        batch: &batch,
        content: &content,
        notes: &[],
        seen: None,
    };
    world.ledger.report(&report, (&by("lan"), TODAY)).map(|_| ())
}

fn faults(error: LedgerError) -> Vec<Fault> {
    match error {
        LedgerError::Findings(findings) => findings.into_iter().map(|it| it.fault).collect(),
        other => panic!("{other}"),
    }
}

fn course(day: &str, students: i64) -> Fields {
    let day = FieldValue::Day(day.parse().unwrap());
    [("start".to_owned(), day), ("students".to_owned(), FieldValue::Number(students))].into()
}

fn note(fields: &Fields) -> NewNote<'_> {
    NewNote { pack: "T", register: "course", unit: UNIT, fields }
}

#[test]
fn a_form_is_in_the_totals_and_an_unusual_one_asks_for_a_reason() {
    let world = World::new();
    report(&world, vec![("T.01", Content::Value(7))], MAY).unwrap();
    assert_eq!(total(&world, "T.01", MAY), Some(Value::Number(7)));
    let found =
        faults(report(&world, vec![("T.01", Content::Value(2_000_000))], JUNE).unwrap_err());
    assert!(matches!(&found[..], [Fault::Rule { rule, .. }] if rule == "R-1"), "{found:?}");
    assert_eq!(total(&world, "T.01", JUNE), None, "nothing was kept");
}

#[test]
fn a_batch_with_one_error_leaves_nothing_behind() {
    let world = World::new();
    let good = figure("T.01", Content::Value(1));
    let bad = figure("T.03", Content::Value(50));
    let batch = Batch { unit: UNIT, period: MAY, figures: vec![good, bad] };
    let error = world.ledger.load(&[batch], "t.csv", (&by("lan"), TODAY)).unwrap_err();
    assert_eq!(faults(error), [Fault::RatioWithoutParts]);
    assert_eq!(world.ledger.moment().unwrap().0.0, 0);
}

#[test]
fn a_figure_that_could_overflow_a_sum_is_refused() {
    let world = World::new();
    let most = 99_999_999_999_999_999;
    for beyond in [most + 1, i64::MAX] {
        let found =
            faults(report(&world, vec![("T.01", Content::Value(beyond))], MAY).unwrap_err());
        assert!(found.contains(&Fault::NumberTooLarge { text: beyond.to_string() }), "{found:?}");
    }
    let share = Content::Ratio { numerator: 1, denominator: i64::MAX };
    let found = faults(report(&world, vec![("T.03", share)], MAY).unwrap_err());
    assert_eq!(found, [Fault::NumberTooLarge { text: format!("1/{}", i64::MAX) }]);
    assert_eq!(total(&world, "T.01", MAY), None, "nothing was kept");
    report(&world, vec![("T.01", Content::Value(most))], MAY).unwrap();
    assert_eq!(total(&world, "T.01", MAY), Some(Value::Number(i128::from(most))));
}

#[test]
fn after_the_lock_only_a_granted_correction_changes_a_figure() {
    let world = World::new();
    report(&world, vec![("T.01", Content::Value(7))], MAY).unwrap();
    world
        .ledger
        .store()
        .write(|tx| -> Result<_, dondoc_store::StoreError> {
            let new = NewLock { pack: "T", form: None, period: MAY, unit: None, reason: None };
            let id = locks::set(tx, &new, &by("binh"))?;
            Ok(((), Action { by: by("binh"), verb: "period.lock", object: id.to_string() }))
        })
        .unwrap();
    let found = faults(report(&world, vec![("T.01", Content::Value(8))], MAY).unwrap_err());
    assert_eq!(found, [Fault::PeriodLocked { period: "2025-05".to_owned() }]);
    let figures = vec![figure("T.01", Content::Value(9))];
    let batch = Batch { unit: UNIT, period: MAY, figures };
    let asked = world.ledger.ask_for_correction(&batch, "cộng nhầm", (&by("lan"), TODAY)).unwrap();
    assert_eq!(total(&world, "T.01", MAY), Some(Value::Number(7)), "not before it is granted");
    let granted = world.ledger.decide_correction(asked.correction_id, (true, None), &by("binh"));
    granted.unwrap();
    assert_eq!(total(&world, "T.01", MAY), Some(Value::Number(9)));
    let series = Series { indicator: "T.01".to_owned(), option: None };
    let versions = world.ledger.versions(UNIT, &series, MAY).unwrap();
    assert_eq!(versions.len(), 2);
    assert_eq!(versions[0].origin, Origin::Correction(asked.correction_id));
    assert_eq!(versions[0].reason.as_deref(), Some("cộng nhầm"));
}

#[test]
fn an_entry_is_counted_at_once_and_a_correction_counts_both_periods_anew() {
    let world = World::new();
    // By Decree 09/2019 the month runs from the 15th of the month before to the 14th.
    let (first, second) = (course("2025-05-02", 30), course("2025-05-20", 25));
    let noted = world.ledger.keep_entry(&note(&first), (&by("lan"), TODAY)).unwrap();
    world.ledger.keep_entry(&note(&second), (&by("lan"), TODAY)).unwrap();
    assert_eq!(total(&world, "T.06", MAY), Some(Value::Number(1)));
    assert_eq!(total(&world, "T.06", JUNE), Some(Value::Number(1)));
    let later = course("2025-05-16", 30);
    let change = NoteChange::Correct { unit: UNIT, fields: &later };
    let changed = world.ledger.change_entry(
        (noted.entry_id, 1),
        change,
        "ghi nhầm ngày",
        (&by("lan"), TODAY),
    );
    assert_eq!(changed.unwrap().blocks.len(), 2);
    assert_eq!(total(&world, "T.06", JUNE), Some(Value::Number(2)));
    assert_eq!(total(&world, "T.06", MAY), None, "nobody has said that nothing occurred");
    let block = world.ledger.store().read(|tx| blocks::get(tx, dondoc_store::blocks::BlockId(2)));
    let figures: Vec<_> = block.unwrap().unwrap().figures().collect();
    let entries = vec![noted.entry_id + 1];
    assert_eq!(figures[0].source, Source::Register { register: "course".to_owned(), entries });
}

#[test]
fn an_entry_without_its_day_is_refused_and_leaves_nothing() {
    let world = World::new();
    let fields: Fields = [("students".to_owned(), FieldValue::Number(3))].into();
    let error = world.ledger.keep_entry(&note(&fields), (&by("lan"), TODAY)).unwrap_err();
    assert_eq!(faults(error), [Fault::FieldMissing { field: "Khai giảng".to_owned() }]);
    assert_eq!(world.ledger.moment().unwrap().0.0, 0);
}

#[test]
fn a_form_may_differ_from_the_register_only_with_a_reason() {
    let world = World::new();
    world.ledger.keep_entry(&note(&course("2025-05-02", 30)), (&by("lan"), TODAY)).unwrap();
    let found = faults(report(&world, vec![("T.06", Content::Value(3))], MAY).unwrap_err());
    assert_eq!(found, [Fault::OverridesRegister { counted: "1".to_owned() }]);
    let (mut with_reason, place) = figure("T.06", Content::Value(3));
    with_reason.reason = Some("hai lớp chưa vào sổ".to_owned());
    let batch = Batch { unit: UNIT, period: MAY, figures: vec![(with_reason, place)] };
    let content = json!({});
    let report = NewReport {
        form: "B1",
        kind: Status::Final,
        batch: &batch,
        content: &content,
        notes: &[],
        seen: None,
    };
    world.ledger.report(&report, (&by("lan"), TODAY)).unwrap();
    assert_eq!(total(&world, "T.06", MAY), Some(Value::Number(3)));
}

#[test]
fn everyone_is_missing_in_a_closed_month_that_nobody_reported() {
    let world = World::new();
    report(&world, vec![("T.01", Content::Value(7))], MAY).unwrap();
    let counts = |period: Period| {
        let series = Series { indicator: "T.01".to_owned(), option: None };
        let sight = Sight::AsThen;
        let question = Question { series, unit: COUNTRY, period, sight, line: None, as_of: None };
        world.ledger.total(&question).unwrap().total.counts
    };
    let june = counts(JUNE);
    assert!(june.n_expected > 0);
    assert_eq!(june.n_missing, june.n_expected);
    let year = counts(Period::Year { year: 2025 });
    let months = (5..=12).map(|month| counts(Period::Month { year: 2025, month }).n_missing);
    assert_eq!(year.n_missing, months.sum::<u32>());
    let before = counts(Period::Month { year: 2025, month: 4 });
    assert_eq!(before.n_missing, 0, "nobody was asked before the first month that was reported");
}

#[test]
fn a_ledger_that_is_open_over_a_merger_sees_it_the_next_day() {
    let world = World::new();
    let figures = vec![figure("T.01", Content::Value(7))];
    let batch = Batch { unit: UnitId(10), period: MAY, figures };
    world.ledger.load(&[batch], "t.csv", (&by("lan"), TODAY)).unwrap();
    let now = |unit| {
        let series = Series { indicator: "T.01".to_owned(), option: None };
        let sight = Sight::AsNow(Weight::Population);
        let question =
            Question { series, unit: UnitId(unit), period: MAY, sight, line: None, as_of: None };
        world.ledger.total(&question).unwrap().total.value.ok()
    };
    world.ledger.turn_to(date(2025, 6, 30));
    assert_eq!([now(10), now(30)], [Some(Value::Number(7)), None]);
    world.ledger.turn_to(date(2025, 7, 1));
    assert_eq!([now(10), now(30)], [None, Some(Value::Number(7))]);
}
