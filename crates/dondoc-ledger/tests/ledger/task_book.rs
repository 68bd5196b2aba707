//! Tasks in memory: always those of the store, and read again only where something may have become of them.

use std::sync::Arc;

use dondoc_core::{calendar::Calendar, unit::UnitId};
use dondoc_ledger::{Ledger, task_book::TaskBook};
use dondoc_store::{
    Action, StoreError,
    tasks::{
        Beside, Now, Order, TaskError,
        giving::{NewTask, give},
    },
};
use jiff::civil::date;

use crate::world::{World, by};

/// Gives a task, and says in the audit trail that it was done so.
fn give_task(ledger: &Ledger, text: &str, verb: &'static str) {
    let calendar = Calendar::vietnam().unwrap();
    let order = Order::plain(text, UnitId(2));
    let due = Some(date(2026, 12, 1));
    let new = NewTask { order, leads: vec![UnitId(13)], beside: Beside::default(), due };
    let by = by("lan");
    ledger
        .store()
        .write(|tx| -> Result<_, TaskError> {
            let now = Now { by: &by, on: date(2026, 10, 1), calendar: &calendar };
            give(tx, &new, now)?;
            Ok(((), Action { by: by.clone(), verb, object: String::new() }))
        })
        .unwrap();
}

fn tell(ledger: &Ledger, verb: &'static str) {
    let action = || Action { by: by("lan"), verb, object: String::new() };
    ledger.store().write(|_| Ok::<_, StoreError>(((), action()))).unwrap();
}

fn is_as_kept(ledger: &Ledger) -> bool {
    *ledger.task_book().unwrap() == ledger.store().read(TaskBook::read).unwrap()
}

#[test]
fn tasks_are_read_again_after_whatever_may_have_changed_them_and_not_after_anything_else() {
    let world = World::new();
    let (one, other) = (&world.ledger, world.again());
    assert!(one.task_book().unwrap().tasks.is_empty());
    give_task(one, "Mở lớp", "task.give");
    let book = other.task_book().unwrap();
    assert_eq!(book.tasks.len(), 1);
    for verb in ["submission.submit", "session.open", "entry.note", "figures.load"] {
        tell(one, verb);
        assert!(Arc::ptr_eq(&book, &other.task_book().unwrap()), "{verb}");
    }
    for verb in ["task.sample", "file.add", "finding.accept", "store.restore", "something.new"] {
        let before = other.task_book().unwrap();
        tell(one, verb);
        assert!(!Arc::ptr_eq(&before, &other.task_book().unwrap()), "{verb}");
    }
    // Among much else, too, and from the other side.
    give_task(&other, "Rà soát", "task.give");
    tell(&other, "session.open");
    assert_eq!(one.task_book().unwrap().tasks.len(), 2);
    assert!(is_as_kept(one) && is_as_kept(&other));
}

/// The control: under the name of something that touches no task, a task that is given is not seen.
#[test]
fn a_write_under_a_false_name_would_be_missed() {
    let world = World::new();
    world.ledger.task_book().unwrap();
    give_task(&world.ledger, "Mở lớp", "session.open");
    assert!(!is_as_kept(&world.ledger));
}
