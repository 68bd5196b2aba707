//! The same figure in two forms of one unit.

use dondoc_core::{
    figure::{Content, Source, Status},
    finding::Fault,
    period::Period,
    submission::SubmissionStep,
    unit::UnitId,
};
use dondoc_ledger::{Batch, LedgerError, Question, Sight, report::NewReport};
use dondoc_rollup::value::Value;
use dondoc_store::{
    Action,
    submissions::{
        self,
        locks::{self, NewLock},
    },
};
use serde_json::json;

use crate::world::{TODAY, World, by, figure};

const UNIT: UnitId = UnitId(13);
const MAY: Period = Period::Month { year: 2025, month: 5 };

/// Hands a figure in on a form, with a reason for what is unusual about it or without; the number of the submission.
fn say(
    world: &World,
    (form, kind): (&str, Status),
    (code, content): (&str, Content),
    reason: Option<&str>,
) -> Result<i64, Vec<Fault>> {
    let (mut said, place) = figure(code, content);
    (said.reason, said.status) = (reason.map(str::to_owned), kind);
    let batch = Batch { unit: UNIT, period: MAY, figures: vec![(said, place)] };
    let content = json!({});
    let report = NewReport { form, kind, batch: &batch, content: &content, notes: &[], seen: None };
    match world.ledger.report(&report, (&by("lan"), TODAY)) {
        Ok(reported) => Ok(reported.receipt.submission_id),
        Err(LedgerError::Findings(found)) => Err(found.into_iter().map(|it| it.fault).collect()),
        Err(other) => panic!("{other}"),
    }
}

fn approve(world: &World, id: i64) {
    step(world, id, SubmissionStep::Approve);
}

fn step(world: &World, id: i64, step: SubmissionStep) {
    let seen = world.ledger.store().read(|tx| submissions::get(tx, id)).unwrap().unwrap();
    let at = (id, seen.version);
    world.ledger.step(at, step, (Some("xem lại"), &[]), &by("binh")).unwrap();
}

/// Loads a figure from a file.
fn load(world: &World, content: i64, status: Status) -> Vec<Fault> {
    let (mut said, place) = figure("T.01", Content::Value(content));
    said.status = status;
    let batch = Batch { unit: UNIT, period: MAY, figures: vec![(said, place)] };
    match world.ledger.load(&[batch], "t.csv", (&by("an"), TODAY)) {
        Ok(_) => Vec::new(),
        Err(LedgerError::Findings(found)) => found.into_iter().map(|it| it.fault).collect(),
        Err(other) => panic!("{other}"),
    }
}

fn correct(world: &World, content: i64) {
    let figures = vec![figure("T.01", Content::Value(content))];
    let batch = Batch { unit: UNIT, period: MAY, figures };
    let asked = world.ledger.ask_for_correction(&batch, "đếm lại", (&by("lan"), TODAY)).unwrap();
    world.ledger.decide_correction(asked.correction_id, (true, None), &by("binh")).unwrap();
}

/// How many of the figures in the total are estimates.
fn n_estimated(world: &World) -> u32 {
    let (series, unit) = (figure("T.01", Content::Nil).0.series, UNIT);
    let sight = Sight::AsThen;
    let question = Question { series, unit, period: MAY, sight, line: None, as_of: None };
    world.ledger.total(&question).unwrap().total.counts.n_estimated
}

fn approved(told: &str) -> Vec<Fault> {
    vec![Fault::ApprovedElsewhere { form: "B1".to_owned(), told: told.to_owned() }]
}

fn total(world: &World) -> Option<Value> {
    let (series, unit) = (figure("T.01", Content::Nil).0.series, UNIT);
    let sight = Sight::AsThen;
    let question = Question { series, unit, period: MAY, sight, line: None, as_of: None };
    world.ledger.total(&question).unwrap().total.value.ok()
}

const FIRST: (&str, Status) = ("B1", Status::Final);
const OTHER: (&str, Status) = ("B2", Status::Final);

fn number(it: i64) -> (&'static str, Content) {
    ("T.01", Content::Value(it))
}

#[test]
fn another_form_that_says_otherwise_is_a_warning_while_the_first_is_not_approved() {
    let world = World::new();
    say(&world, FIRST, number(7), None).unwrap();
    let found = say(&world, OTHER, number(9), None).unwrap_err();
    let fault = Fault::OtherwiseElsewhere { form: "B1".to_owned(), told: "7".to_owned() };
    assert_eq!(found, [fault]);
    assert_eq!(total(&world), Some(Value::Number(7)), "nothing was kept");
    say(&world, OTHER, number(9), Some("đếm lại")).unwrap();
    assert_eq!(total(&world), Some(Value::Number(9)));
}

#[test]
fn no_form_changes_a_figure_that_was_approved_on_another() {
    let world = World::new();
    let id = say(&world, FIRST, number(7), None).unwrap();
    approve(&world, id);
    let found = say(&world, OTHER, number(9), Some("đếm lại")).unwrap_err();
    let fault = Fault::ApprovedElsewhere { form: "B1".to_owned(), told: "7".to_owned() };
    assert_eq!(found, [fault], "a reason does not help");
    assert_eq!(total(&world), Some(Value::Number(7)));
    say(&world, OTHER, number(7), None).unwrap();
}

#[test]
fn the_final_figure_takes_the_place_of_an_approved_estimate() {
    let world = World::new();
    let id = say(&world, ("B1", Status::Estimate), number(7), None).unwrap();
    approve(&world, id);
    say(&world, FIRST, number(9), None).unwrap();
    assert_eq!(total(&world), Some(Value::Number(9)));
}

#[test]
fn more_than_the_whole_asks_for_a_reason() {
    let world = World::new();
    let share = |numerator, denominator| ("T.03", Content::Ratio { numerator, denominator });
    let found = say(&world, FIRST, share(7, 5), None).unwrap_err();
    assert_eq!(found, [Fault::NumeratorOverDenominator]);
    say(&world, FIRST, share(7, 5), Some("làm vượt kế hoạch")).unwrap();
    let world = World::new();
    say(&world, FIRST, share(5, 5), None).unwrap();
}

#[test]
fn an_approved_figure_is_held_still_when_another_form_has_said_the_same() {
    let world = World::new();
    let id = say(&world, FIRST, number(7), None).unwrap();
    approve(&world, id);
    let other = say(&world, OTHER, number(7), None).unwrap();
    step(&world, other, SubmissionStep::Return);
    let found = say(&world, OTHER, number(9), Some("đếm lại")).unwrap_err();
    assert_eq!(found, approved("7"));
    assert_eq!(total(&world), Some(Value::Number(7)));
}

#[test]
fn what_was_corrected_after_the_approval_is_held_as_corrected() {
    let world = World::new();
    let id = say(&world, FIRST, number(7), None).unwrap();
    approve(&world, id);
    let (mut said, place) = figure("T.01", Content::Value(8));
    said.source = Source::Form { form: "B1".into(), row: "1".into(), column: "1".into() };
    let batch = Batch { unit: UNIT, period: MAY, figures: vec![(said, place)] };
    let asked = world.ledger.ask_for_correction(&batch, "đếm lại", (&by("lan"), TODAY)).unwrap();
    world.ledger.decide_correction(asked.correction_id, (true, None), &by("binh")).unwrap();
    let found = say(&world, OTHER, number(9), Some("đếm lại")).unwrap_err();
    assert_eq!(found, approved("8"));
    assert_eq!(total(&world), Some(Value::Number(8)));
}

#[test]
fn an_estimate_takes_the_place_of_no_final_figure() {
    for is_approved in [false, true] {
        let world = World::new();
        let id = say(&world, FIRST, number(7), None).unwrap();
        if is_approved {
            approve(&world, id);
        }
        for said in [7, 9] {
            let found = say(&world, ("B1", Status::Estimate), number(said), Some("ước lại"));
            assert_eq!(found.unwrap_err(), [Fault::EstimateAfterFinal], "{said}");
        }
        assert_eq!(load(&world, 7, Status::Estimate), [Fault::EstimateAfterFinal]);
        assert_eq!((total(&world), n_estimated(&world)), (Some(Value::Number(7)), 0));
    }
    let world = World::new();
    let id = say(&world, FIRST, number(7), None).unwrap();
    step(&world, id, SubmissionStep::Return);
    say(&world, ("B1", Status::Estimate), number(8), None).unwrap();
    assert_eq!(n_estimated(&world), 1, "what was sent back is nobody's word any more");
}

#[test]
fn no_file_changes_what_was_approved_or_locked() {
    let world = World::new();
    let id = say(&world, FIRST, number(7), None).unwrap();
    assert_eq!(load(&world, 8, Status::Final), [], "nobody has looked at it yet");
    assert_eq!(load(&world, 7, Status::Final), []);
    approve(&world, id);
    assert_eq!(load(&world, 9, Status::Final), approved("7"));
    step(&world, id, SubmissionStep::Lock);
    assert_eq!(load(&world, 9, Status::Final), approved("7"));
    assert_eq!(load(&world, 7, Status::Final), [], "the same may come again");
    assert_eq!(load(&world, 9, Status::Final), approved("7"));
    assert_eq!(total(&world), Some(Value::Number(7)));
    correct(&world, 9);
    assert_eq!(total(&world), Some(Value::Number(9)));
}

#[test]
fn no_file_changes_a_figure_of_a_form_that_is_locked() {
    let world = World::new();
    say(&world, FIRST, number(7), None).unwrap();
    let lock = || {
        let new = NewLock { pack: "T", form: Some("B1"), period: MAY, unit: None, reason: None };
        world.ledger.store().write(|tx| -> Result<_, dondoc_store::StoreError> {
            let id = locks::set(tx, &new, &by("binh"))?;
            Ok(((), Action { by: by("binh"), verb: "period.lock", object: id.to_string() }))
        })
    };
    lock().unwrap();
    let locked = Fault::PeriodLocked { period: MAY.to_string() };
    assert_eq!(load(&world, 9, Status::Final), [locked]);
    assert_eq!(total(&world), Some(Value::Number(7)));
}
