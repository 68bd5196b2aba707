//! The same figure in two forms of one unit.

use dondoc_core::{
    figure::{Content, Status},
    finding::Fault,
    period::Period,
    submission::SubmissionStep,
    unit::UnitId,
};
use dondoc_ledger::{Batch, LedgerError, Question, Sight, report::NewReport};
use dondoc_rollup::value::Value;
use dondoc_store::submissions;
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
    let seen = world.ledger.store().read(|tx| submissions::get(tx, id)).unwrap().unwrap();
    let at = (id, seen.version);
    world.ledger.step(at, SubmissionStep::Approve, (None, &[]), &by("binh")).unwrap();
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
