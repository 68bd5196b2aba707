//! Tasks: given once, each step at the version that was seen, parts for units of a group, letters logged on tasks.

use dondoc_core::{
    calendar::Calendar,
    followup::{NoticeKind, Sent},
    task::{Origin, Stage, TaskKind, TaskStep, TaskStepError, addressee::Group},
    unit::UnitId,
};
use dondoc_store::{
    By, Store, StoreError, notices,
    tasks::{
        self, Beside, Now, Order, Task, TaskError,
        evidence::{self, NewEvidence},
        giving::{NewTask, give},
        sending::{self, NewLetter},
        steps::{self, StepWords},
    },
};
use jiff::civil::{Date, date};

use crate::{
    made::{BINH_AN, DONG_KHE, minh, write},
    sample::{Sample, by},
};

const PROVINCE: UnitId = UnitId(1);
const TODAY: Date = date(2026, 3, 2);
const DUE: Date = date(2026, 3, 13);

fn new(leads: &[UnitId]) -> NewTask {
    let order = Order {
        label: Some("3".into()),
        origin: Origin::Meeting,
        source: Some("Giao ban tháng 3".into()),
        ..Order::plain("Rà soát điểm sơ tán", PROVINCE)
    };
    let beside = Beside { coordinates: vec![UnitId(9)], addressed: Vec::new() };
    NewTask { order, leads: leads.to_vec(), beside, due: Some(DUE) }
}

fn doing<T>(
    store: &Store,
    by: &By,
    mut work: impl FnMut(&mut dondoc_store::Tx<'_>, Now<'_>) -> Result<T, TaskError>,
) -> Result<T, TaskError> {
    let calendar = Calendar::vietnam().unwrap();
    write(store, |tx| work(tx, Now { by, on: TODAY, calendar: &calendar }))
}

fn given(store: &Store, new: &NewTask) -> Task {
    doing(store, &by(), |tx, now| give(tx, new, now)).unwrap()
}

fn take(
    store: &Store,
    task: &Task,
    step: TaskStep,
    words: &str,
    by: &By,
) -> Result<Task, TaskError> {
    let words = StepWords { words: Some(words), ..StepWords::default() };
    doing(store, by, |tx, now| steps::take(tx, (task.id, task.version), (step, words), now))
}

fn told(store: &Store) -> Vec<(UnitId, String)> {
    let all = store.read(|tx| notices::newest(tx, "ai đó", 100)).unwrap();
    all.into_iter().rev().map(|it| (it.unit, it.kind)).collect()
}

#[test]
fn a_task_goes_its_way_and_each_step_is_kept_and_told_to_the_other_side() {
    let Sample { store, place: _place } = &Sample::new();
    let task = given(store, &new(&[BINH_AN]));
    assert_eq!(
        (task.version, &task.course.stage, task.first_due),
        (1, &Stage::Assigned, Some(DUE))
    );
    let words = StepWords { words: Some("xong 2/5"), percent: Some(40), ..StepWords::default() };
    let task = doing(store, &minh(), |tx, now| {
        steps::take(tx, (task.id, 1), (TaskStep::Progress, words), now)
    });
    let task = task.unwrap();
    assert_eq!((task.version, task.percent), (2, 40));
    let until = date(2026, 3, 20);
    let task = take(store, &task, TaskStep::AskExtension { until }, "mưa lũ", &minh()).unwrap();
    let task = take(store, &task, TaskStep::GrantExtension { until }, "", &by()).unwrap();
    assert_eq!((task.course.due, task.first_due), (Some(until), Some(DUE)));
    let task = take(store, &task, TaskStep::Report, "đủ 5 điểm", &minh()).unwrap();
    let own = take(store, &task, TaskStep::Confirm, "", &minh());
    assert!(matches!(own, Err(TaskError::Step(TaskStepError::OwnReport { .. }))));
    let task = take(store, &task, TaskStep::Confirm, "", &by()).unwrap();
    assert_eq!(task.course.stage, Stage::Done { reported_on: TODAY });
    let log = store.read(|tx| steps::taken(tx, task.id)).unwrap();
    let log: Vec<(i64, &str)> = log.iter().map(|it| (it.version, it.step.as_str())).collect();
    let way = ["open", "progress", "ask_extension", "grant_extension", "report", "confirm"];
    assert_eq!(log, (1..).zip(way).collect::<Vec<_>>());
    let told: Vec<(u32, String)> =
        told(store).into_iter().map(|(unit, kind)| (unit.0, kind)).collect();
    let (lead, giver) = (BINH_AN.0, PROVINCE.0);
    let expected = [
        (lead, "given"),
        (giver, "ask_extension"),
        (lead, "grant_extension"),
        (giver, "report"),
        (lead, "confirm"),
    ];
    assert_eq!(told, expected.map(|(unit, kind)| (unit, kind.to_owned())));
}

#[test]
fn a_step_on_what_somebody_else_changed_is_refused_and_changes_nothing() {
    let Sample { store, place: _place } = &Sample::new();
    let seen = given(store, &new(&[BINH_AN]));
    take(store, &seen, TaskStep::Progress, "một", &minh()).unwrap();
    let stale = take(store, &seen, TaskStep::Progress, "hai", &minh());
    assert!(matches!(stale, Err(TaskError::Stale { current: 2 })));
    let task = store.read(|tx| tasks::get(tx, seen.id)).unwrap().unwrap();
    assert_eq!(task.version, 2);
    let silent = take(store, &task, TaskStep::Cancel, "  ", &by());
    assert!(matches!(silent, Err(TaskError::NoReason { step: "cancel" })));
    let nothing = take(store, &task, TaskStep::Report, "", &minh());
    assert!(matches!(nothing, Err(TaskError::NothingShown)));
    assert!(matches!(
        take(store, &Task { id: 99, ..task }, TaskStep::Cancel, "x", &by()),
        Err(TaskError::NotFound)
    ));
}

#[test]
fn a_task_of_several_units_has_one_under_it_for_each() {
    let Sample { store, place: _place } = &Sample::new();
    let mut whole = new(&[BINH_AN, DONG_KHE]);
    whole.order.groups = vec![Group::Communes];
    let whole = given(store, &whole);
    assert_eq!((whole.lead, &whole.order.groups[..]), (None, &[Group::Communes][..]));
    let parts = store.read(|tx| tasks::children(tx, whole.id)).unwrap();
    assert_eq!(parts.iter().map(|it| it.lead).collect::<Vec<_>>(), [Some(BINH_AN), Some(DONG_KHE)]);
    let refused = take(store, &whole, TaskStep::Report, "xong", &minh());
    assert!(matches!(refused, Err(TaskError::OfSeveral)));
    let mut late = NewTask { due: Some(date(2026, 3, 14)), ..new(&[UnitId(20)]) };
    late.order.parent_id = Some(parts[0].id);
    let late = doing(store, &by(), |tx, now| give(tx, &late, now));
    assert!(matches!(late, Err(TaskError::AfterTheWhole { .. })));
    let one = take(store, &parts[0], TaskStep::Report, "xong", &minh()).unwrap();
    take(store, &one, TaskStep::Confirm, "", &by()).unwrap();
    take(store, &whole, TaskStep::Cancel, "hợp nhất vào việc khác", &by()).unwrap();
    let parts = store.read(|tx| tasks::children(tx, whole.id)).unwrap();
    let stages: Vec<&str> = parts.iter().map(|it| it.course.stage.code()).collect();
    assert_eq!(stages, ["done", "cancelled"]);
}

/// The second quarter of 2026 ends on a Tuesday: five working days after it is Tuesday 7 July.
#[test]
fn a_standing_task_that_was_done_has_its_next_round() {
    let Sample { store, place: _place } = &Sample::new();
    let rule = "quarter/after/5".parse().unwrap();
    let mut first = NewTask { due: Some(date(2026, 4, 7)), ..new(&[BINH_AN]) };
    (first.order.kind, first.order.recurrence) = (TaskKind::Standing, Some(rule));
    let first = given(store, &first);
    let reported = take(store, &first, TaskStep::Report, "quý I", &minh()).unwrap();
    take(store, &reported, TaskStep::Confirm, "", &by()).unwrap();
    let all = store.read(tasks::all).unwrap();
    let [_, next] = all.as_slice() else { panic!("{} tasks", all.len()) };
    assert_eq!((next.course.due, next.series_id), (Some(date(2026, 7, 7)), Some(first.id)));
    assert_eq!((next.version, &next.course.stage), (1, &Stage::Assigned));
    let beside = store.read(|tx| tasks::beside(tx, next.id)).unwrap();
    assert_eq!(beside.coordinates, [UnitId(9)]);
}

#[test]
fn a_file_is_kept_once_by_its_bytes() {
    let Sample { store, place: _place } = &Sample::new();
    let task = given(store, &new(&[BINH_AN]));
    let add = |name: &'static str, bytes: &'static [u8]| {
        doing(store, &minh(), |tx, now| {
            evidence::add(tx, task.id, NewEvidence { name, format: "pdf", bytes }, now)
        })
        .unwrap()
    };
    let first = add("biên bản.pdf", b"%PDF-1");
    assert_eq!(add("tên khác.pdf", b"%PDF-1"), first);
    assert_eq!(add("biên bản.pdf", b"%PDF-2").id, first.id + 1);
    let (kept, bytes) = store.read(|tx| evidence::get_bytes(tx, first.id)).unwrap().unwrap();
    assert_eq!((kept, bytes.as_slice()), (first, &b"%PDF-1"[..]));
    let around = store.read(tasks::around).unwrap();
    assert_eq!(around[&task.id].n_evidence, 2);
}

#[test]
fn a_letter_is_logged_on_each_of_its_tasks_and_told_to_its_unit() {
    let Sample { store, place: _place } = &Sample::new();
    let tasks = [given(store, &new(&[BINH_AN])), given(store, &new(&[BINH_AN]))];
    let letter = NewLetter {
        unit: BINH_AN,
        sender: PROVINCE,
        name: "001.docx".into(),
        words: "Đề nghị khẩn trương".into(),
        bytes: vec![1, 2, 3],
        tasks: vec![(tasks[0].id, NoticeKind::Repeat), (tasks[1].id, NoticeKind::Escalation)],
    };
    let sent =
        doing(store, &by(), |tx, now| Ok(sending::send(tx, std::slice::from_ref(&letter), now)?));
    let (batch, ids) = sent.unwrap();
    let kept = store.read(|tx| sending::letters(tx, batch)).unwrap();
    assert_eq!((kept[0].id, kept[0].bytes.as_slice()), (ids[0], &[1, 2, 3][..]));
    let around = store.read(tasks::around).unwrap();
    assert_eq!(around[&tasks[1].id].sent, [Sent { kind: NoticeKind::Escalation, on: TODAY }]);
    let newest = store.read(|tx| notices::newest(tx, "minh", 1)).unwrap();
    assert_eq!((newest[0].kind.as_str(), newest[0].n_tasks), ("letter", 2));
    let what = newest[0].id.to_string();
    write(store, |tx| notices::mark(tx, &what, &by())).unwrap();
    write::<(), StoreError>(store, |tx| notices::mark(tx, &what, &by())).unwrap();
    let read = |actor| store.read(|tx| notices::newest(tx, actor, 1)).unwrap()[0].read_at;
    assert_eq!((read(by().actor.as_str()), read("người khác")), (Some(by().at), None));
}
