//! What was approved, when an entry of a register comes later.

use dondoc_core::{
    entry::{FieldValue, Fields},
    figure::{Content, Series, Status},
    finding::Fault,
    period::Period,
    submission::SubmissionStep,
    unit::UnitId,
};
use dondoc_ledger::{
    Batch, LedgerError, Question, Sight,
    register::{NewNote, NoteChange, Noted},
    report::NewReport,
};
use dondoc_rollup::value::Value;
use dondoc_store::{
    Action, StoreError,
    submissions::{
        self,
        locks::{self, NewLock},
    },
};
use serde_json::json;

use crate::world::{TODAY, World, by, figure};

const UNIT: UnitId = UnitId(13);
const MAY: Period = Period::Month { year: 2025, month: 5 };
/// How many courses were held: counted from their register.
const COURSES: &str = "T.06";

fn total(world: &World) -> Option<Value> {
    let series = Series { indicator: COURSES.to_owned(), option: None };
    let question =
        Question { series, unit: UNIT, period: MAY, sight: Sight::AsThen, line: None, as_of: None };
    world.ledger.total(&question).unwrap().total.value.ok()
}

/// A course of May: by Decree 09/2019 the month ends on the 14th.
fn course(day: &str) -> Fields {
    [("start".to_owned(), FieldValue::Day(day.parse().unwrap()))].into()
}

fn note(world: &World, day: &str) -> Noted {
    let fields = course(day);
    let new = NewNote { pack: "T", register: "course", unit: UNIT, fields: &fields };
    world.ledger.keep_entry(&new, (&by("lan"), TODAY)).unwrap()
}

fn hand_in(world: &World, code: &str, value: i64) -> i64 {
    let batch =
        Batch { unit: UNIT, period: MAY, figures: vec![figure(code, Content::Value(value))] };
    let report = NewReport {
        form: "B1",
        kind: Status::Final,
        batch: &batch,
        content: &json!({}),
        notes: &[],
        seen: None,
    };
    world.ledger.report(&report, (&by("lan"), TODAY)).unwrap().receipt.submission_id
}

fn approve(world: &World, id: i64) {
    let seen = world.ledger.store().read(|tx| submissions::get(tx, id)).unwrap().unwrap();
    let at = (id, seen.version);
    world.ledger.step(at, SubmissionStep::Approve, (None, &[]), &by("binh")).unwrap();
}

/// Closes May for everybody.
fn lock(world: &World) {
    let locked = world.ledger.store().write(|tx| -> Result<_, StoreError> {
        let new = NewLock { pack: "T", form: None, period: MAY, unit: None, reason: None };
        let id = locks::set(tx, &new, &by("binh"))?;
        Ok(((), Action { by: by("binh"), verb: "period.lock", object: id.to_string() }))
    });
    locked.unwrap();
}

/// What is unusual about a report as things stand now.
fn review(world: &World, id: i64) -> Vec<Fault> {
    let report = world.ledger.store().read(|tx| submissions::get(tx, id)).unwrap().unwrap();
    let review = world.ledger.review(&report, TODAY).unwrap();
    review.findings.into_iter().map(|it| it.0.fault).collect()
}

#[test]
fn an_entry_that_comes_after_the_approval_is_kept_and_changes_no_approved_figure() {
    let world = World::new();
    note(&world, "2025-05-02");
    let id = hand_in(&world, COURSES, 1);
    approve(&world, id);
    let noted = note(&world, "2025-05-05");
    assert_eq!(total(&world), Some(Value::Number(1)));
    assert_eq!(noted.blocks, [], "nothing was counted anew");
    let [told] = &noted.recounted[..] else { panic!("{:?}", noted.recounted) };
    assert_eq!((told.before, told.after), (Some(Content::Value(1)), Content::Value(2)));
    assert_eq!(told.held_by.as_deref(), Some("B1"));
    assert_eq!(review(&world, id), [Fault::OverridesRegister { counted: "2".to_owned() }]);
}

#[test]
fn a_correction_brings_the_approved_figure_to_the_register_and_holds_it_again() {
    let world = World::new();
    note(&world, "2025-05-02");
    let id = hand_in(&world, COURSES, 1);
    approve(&world, id);
    note(&world, "2025-05-05");
    let batch =
        Batch { unit: UNIT, period: MAY, figures: vec![figure(COURSES, Content::Value(2))] };
    let asked = world.ledger.ask_for_correction(&batch, "lớp vào sổ muộn", (&by("lan"), TODAY));
    let correction = asked.unwrap().correction_id;
    world.ledger.decide_correction(correction, (true, None), &by("binh")).unwrap();
    assert_eq!(total(&world), Some(Value::Number(2)));
    let said = Fault::OtherwiseInForce { said: "1".to_owned(), told: "2".to_owned() };
    assert!(review(&world, id).contains(&said));
    let later = note(&world, "2025-05-06");
    assert!(later.recounted[0].held_by.is_some());
    assert_eq!(total(&world), Some(Value::Number(2)));
}

#[test]
fn an_approved_figure_keeps_its_source_where_other_entries_come_to_the_same() {
    let world = World::new();
    let first = note(&world, "2025-05-02");
    let id = hand_in(&world, COURSES, 1);
    approve(&world, id);
    note(&world, "2025-05-05");
    let (by, why) = (by("lan"), "ghi trùng");
    let seen = (first.entry_id, 1);
    let withdrawn = world.ledger.change_entry(seen, NoteChange::Withdraw, why, (&by, TODAY));
    assert_eq!(withdrawn.unwrap().recounted, []);
    assert_eq!(review(&world, id), []);
}

#[test]
fn before_the_approval_an_entry_counts_at_once_and_the_reviewer_is_told() {
    let world = World::new();
    note(&world, "2025-05-02");
    let id = hand_in(&world, COURSES, 1);
    let noted = note(&world, "2025-05-05");
    assert_eq!(noted.recounted[0].held_by, None);
    assert_eq!(total(&world), Some(Value::Number(2)));
    let said = Fault::OtherwiseInForce { said: "1".to_owned(), told: "2".to_owned() };
    assert_eq!(review(&world, id), [Fault::OverridesRegister { counted: "2".to_owned() }, said]);
}

#[test]
fn what_the_approved_report_says_nothing_of_is_counted() {
    let world = World::new();
    let id = hand_in(&world, "T.01", 7);
    approve(&world, id);
    note(&world, "2025-05-05");
    assert_eq!(total(&world), Some(Value::Number(1)));
    assert_eq!(review(&world, id), []);
}

/// Courses by kind, counted from a register of their own; the form asks for all of them together.
const BY_KIND: &str = r#"
[[indicators]]
code = "T.07"
name = { vi = "Lớp theo loại", en = "Courses by kind" }
measure = "lớp"
over_units = "sum"
over_time = "sum"
every = ["month"]
level = "both"
breakdowns = ["loai"]
counted = [{ register = "school", by = ["kind"], on = "start" }]
clearing = "open"

[[registers]]
code = "school"
name = { vi = "Sổ trường", en = "School" }
fields = [
  { code = "start", name = { vi = "Khai giảng", en = "Start" }, kind = "day", required = true },
  { code = "kind", name = { vi = "Loại", en = "Kind" }, kind = "choice", options = "loai", required = true },
]

[[forms]]
code = "B3"
name = { vi = "Biểu 3", en = "Form 3" }
version = 1
every = ["month"]
closing = "decree09"
level = "both"
deadlines = [{ level = "both", working_days = 3 }]
route = { vi = "Xã gửi tỉnh", en = "Commune to province" }
columns = [{ number = "1", title = { vi = "Số lượng", en = "Number" }, shows = "value" }]
rows = [{ number = "1", indicator = "T.07" }]

[[forms]]
code = "B4"
name = { vi = "Biểu 4", en = "Form 4" }
version = 1
every = ["month"]
closing = "decree09"
level = "both"
deadlines = [{ level = "both", working_days = 3 }]
route = { vi = "Xã gửi tỉnh", en = "Commune to province" }
columns = [{ number = "1", title = { vi = "Số lượng", en = "Number" }, shows = "value" }]
rows = [
  { number = "1", indicator = "T.07", option = "a" },
  { number = "2", indicator = "T.07", option = "b" },
]
"#;

fn note_school(world: &World, day: &str, kind: &str) -> Noted {
    let mut fields = course(day);
    fields.insert("kind".to_owned(), FieldValue::Choice(kind.to_owned()));
    let new = NewNote { pack: "T", register: "school", unit: UNIT, fields: &fields };
    world.ledger.keep_entry(&new, (&by("lan"), TODAY)).unwrap()
}

fn together(world: &World) -> Option<Value> {
    let series = Series { indicator: "T.07".to_owned(), option: None };
    let question =
        Question { series, unit: UNIT, period: MAY, sight: Sight::AsThen, line: None, as_of: None };
    world.ledger.total(&question).unwrap().total.value.ok()
}

fn hand_in_schools(
    world: &World,
    (form, option): (&str, Option<&str>),
    value: i64,
) -> Result<i64, LedgerError> {
    let (mut said, place) = figure("T.07", Content::Value(value));
    said.series.option = option.map(str::to_owned);
    let batch = Batch { unit: UNIT, period: MAY, figures: vec![(said, place)] };
    let (kind, content) = (Status::Final, json!({}));
    let report = NewReport { form, kind, batch: &batch, content: &content, notes: &[], seen: None };
    Ok(world.ledger.report(&report, (&by("lan"), TODAY))?.receipt.submission_id)
}

#[test]
fn an_approved_sum_stays_when_its_options_are_counted_anew() {
    let world = World::with(BY_KIND);
    note_school(&world, "2025-05-02", "a");
    note_school(&world, "2025-05-03", "b");
    let id = hand_in_schools(&world, ("B3", None), 2).unwrap();
    approve(&world, id);
    for kind in ["a", "b"] {
        let noted = note_school(&world, "2025-05-05", kind);
        assert_eq!(noted.recounted[0].held_by.as_deref(), Some("B3"));
        assert_eq!(together(&world), Some(Value::Number(2)));
    }
}

#[test]
fn an_approved_sum_stays_when_another_form_asks_for_its_options() {
    let world = World::with(BY_KIND);
    let id = hand_in_schools(&world, ("B3", None), 2).unwrap();
    approve(&world, id);
    let refused = hand_in_schools(&world, ("B4", Some("a")), 3).unwrap_err();
    let LedgerError::Findings(found) = refused else { panic!("{refused}") };
    let fault = Fault::ApprovedElsewhere { form: "B3".to_owned(), told: "2".to_owned() };
    assert_eq!(found.into_iter().map(|it| it.fault).collect::<Vec<_>>(), [fault]);
    assert_eq!(together(&world), Some(Value::Number(2)));
    hand_in_schools(&world, ("B4", Some("a")), 2).unwrap();
}

#[test]
fn what_a_register_comes_to_so_far_takes_the_place_of_no_estimate() {
    let world = World::new();
    note(&world, "2025-05-02");
    let (mut said, place) = figure(COURSES, Content::Value(4));
    (said.status, said.reason) = (Status::Estimate, Some("còn ba lớp sẽ mở".to_owned()));
    let batch = Batch { unit: UNIT, period: MAY, figures: vec![(said, place)] };
    let (form, kind, content) = ("B1", Status::Estimate, json!({}));
    let report = NewReport { form, kind, batch: &batch, content: &content, notes: &[], seen: None };
    world.ledger.report(&report, (&by("lan"), TODAY)).unwrap();
    assert_eq!(total(&world), Some(Value::Number(4)));
}

#[test]
fn an_entry_is_kept_in_a_locked_period_where_it_changes_nothing_but_what_is_held() {
    let world = World::new();
    note(&world, "2025-05-02");
    let id = hand_in(&world, COURSES, 1);
    approve(&world, id);
    lock(&world);
    let noted = note(&world, "2025-05-05");
    assert!(noted.recounted[0].held_by.is_some());
    assert_eq!(total(&world), Some(Value::Number(1)));
    let world = World::new();
    lock(&world);
    let fields = course("2025-05-05");
    let new = NewNote { pack: "T", register: "course", unit: UNIT, fields: &fields };
    let refused = world.ledger.keep_entry(&new, (&by("lan"), TODAY)).unwrap_err();
    let LedgerError::Findings(found) = refused else { panic!("{refused}") };
    assert_eq!(found[0].fault, Fault::PeriodLocked { period: "2025-05".to_owned() });
    assert_eq!(total(&world), None, "nothing was kept");
}
