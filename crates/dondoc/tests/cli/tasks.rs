//! Tasks through the commands, as `docs/tasks.md` shows them.

use std::path::Path;

use dondoc_core::calendar::Calendar;
use dondoc_core::task::{TaskKind, TaskStep};
use dondoc_core::unit::{Line, UnitId};
use dondoc_store::tasks::giving::{NewTask, give};
use dondoc_store::tasks::steps::{StepWords, take};
use dondoc_store::tasks::{Beside, Now, Order, TaskError};
use dondoc_store::{Action, By, Store, units};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use tempfile::TempDir;

use crate::figures::{page_with, say};

/// The units of the province, and four tasks: two past their day, one of them done, one to come, one without a day.
fn library() -> TempDir {
    let library = tempfile::tempdir().unwrap();
    let ran = say(library.path(), "units load testdata/units/lam-giang.csv");
    assert_eq!(ran.status, Some(0), "{ran:?}");
    let store =
        Store::open(library.path().join("dondoc.sqlite").as_path(), Timestamp::now()).unwrap();
    let known = store.read(units::all).unwrap().units;
    let key = |it: &str| known.by_key(it).unwrap();
    let giver = known.above(key("lg/binh-an"), Line::State, date(2026, 3, 1))[0];
    let whose = (giver, key("lg/binh-an"), key("lg/dong-khe"));
    give_all(&store, whose).unwrap();
    library
}

fn give_all(store: &Store, (giver, one, other): (UnitId, UnitId, UnitId)) -> Result<(), TaskError> {
    let calendar = Calendar::vietnam().unwrap();
    let by = By { actor: "lan".to_owned(), at: "2026-03-02T01:00:00Z".parse().unwrap() };
    let minh = By { actor: "minh".to_owned(), ..by };
    store.write(|tx| {
        let now = Now { by: &by, on: date(2026, 3, 2), calendar: &calendar };
        let due = Some(date(2026, 3, 13));
        give(tx, &new(giver, one, ("Rà soát điểm sơ tán", due)), now)?;
        let done = give(tx, &new(giver, other, ("Ban hành kế hoạch năm", due)), now)?;
        give(tx, &new(giver, one, ("Sơ kết 5 năm", Some(date(2099, 12, 1)))), now)?;
        give(tx, &new(giver, other, ("Trực ban", None)), now)?;
        let reported = take(
            tx,
            (done.id, done.version),
            (TaskStep::Report, StepWords { words: Some("xong"), ..StepWords::default() }),
            Now { by: &minh, ..now },
        )?;
        take(tx, (done.id, reported.version), (TaskStep::Confirm, StepWords::default()), now)?;
        let verb = "task.give";
        Ok(((), Action { by: by.clone(), verb, object: String::new() }))
    })
}

fn new(giver: UnitId, lead: UnitId, (text, due): (&str, Option<Date>)) -> NewTask {
    let kind = if due.is_some() { TaskKind::Deadline } else { TaskKind::Regular };
    let order = Order { kind, ..Order::plain(text, giver) };
    NewTask { order, leads: vec![lead], beside: Beside::default(), due }
}

/// How late a task is grows from day to day.
fn settled(text: &str) -> String {
    let lines = text.lines().map(|line| match line.split_once(" ngày làm việc") {
        Some((before, after)) => {
            let before = before.trim_end_matches(|c: char| c.is_ascii_digit());
            format!("{before}… ngày làm việc{after}")
        }
        None => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_page_about_tasks_shows_what_the_commands_say() {
    let library = library();
    let (path, page, fresh) = page_with("docs/tasks.md", |said| {
        let ran = say(library.path(), said);
        [settled(&ran.stdout), settled(&ran.stderr)]
    });
    assert!(page.contains("$ dondoc tasks late"), "the page shows the commands");
    expect_test::expect_file![path].assert_eq(&fresh);
}

#[test]
fn late_tasks_are_told_for_machines_and_a_unit_that_is_not_there_is_refused() {
    let library = library();
    let texts = |line: &str| -> Vec<String> {
        let ran = say(library.path(), line);
        let lines =
            ran.stdout.lines().map(|it| serde_json::from_str::<serde_json::Value>(it).unwrap());
        lines.map(|it| it["text"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(texts("tasks late --json"), ["Rà soát điểm sơ tán"]);
    assert_eq!(texts("tasks list --json"), ["Rà soát điểm sơ tán", "Sơ kết 5 năm", "Trực ban"]);
    assert_eq!(texts("tasks list --all --json").len(), 4);
    assert_eq!(texts("tasks list --json --unit \"Xã Đông Khê\""), ["Trực ban"]);
    let ran = run_unknown(library.path());
    assert_ne!(ran.0, Some(0));
    assert!(ran.1.contains("không có đơn vị"), "{}", ran.1);
}

fn run_unknown(library: &Path) -> (Option<i32>, String) {
    let ran = say(library, "tasks list --unit \"Xã Không Có\"");
    (ran.status, ran.stderr)
}
