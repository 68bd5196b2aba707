//! New tasks.

use dondoc_core::{fold, task::Course, unit::UnitId};
use jiff::civil::Date;

use super::{
    Beside, Now, Order, Task, TaskError, get,
    steps::{self, Logged},
};
use crate::{
    db::{StoreError, Tx},
    notices::{self, NewNotice},
    sql::sql,
};

/// A task that is to be given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTask {
    /// What it asks for. Its groups are those that `leads` or `addressed` came from.
    pub order: Order,
    /// The units that lead. Of several each has a task of its own, under one of all.
    pub leads: Vec<UnitId>,
    /// The units beside them.
    pub beside: Beside,
    /// The day to be done by.
    pub due: Option<Date>,
}

/// Gives a task: to one unit, or to each of several under one task of all; each lead unit has a notice.
///
/// # Errors
///
/// [`TaskError`]; then nothing may be kept of the transaction.
pub fn give(tx: &mut Tx<'_>, new: &NewTask, now: Now<'_>) -> Result<Task, TaskError> {
    if let Some(finding_id) = new.order.finding_id {
        let taken = tx.query_one(sql!("tasks/of_finding"), &[&finding_id], |row| row.int(0))?;
        if let Some(task_id) = taken {
            return Err(TaskError::Taken { finding_id, task_id });
        }
    }
    if let Some(parent_id) = new.order.parent_id {
        let whole = get(tx, parent_id)?.ok_or(TaskError::NotFound)?;
        if let (Some(due), Some(of_whole)) = (new.due, whole.course.due)
            && due > of_whole
        {
            return Err(TaskError::AfterTheWhole { due, of_whole });
        }
    }
    let id = match new.leads.as_slice() {
        [] => return Err(TaskError::NoLead),
        [lead] => put(tx, new, Some(*lead), None, now)?,
        several => {
            let whole = put(tx, new, None, None, now)?;
            let order = Order {
                finding_id: None,
                parent_id: Some(whole),
                groups: Vec::new(),
                ..new.order.clone()
            };
            let part = NewTask { order, beside: Beside::default(), ..new.clone() };
            for lead in several {
                put(tx, &part, Some(*lead), None, now)?;
            }
            whole
        }
    };
    get(tx, id)?.ok_or(TaskError::NotFound)
}

/// The next round of a standing task that was done.
pub(super) fn next_round(tx: &mut Tx<'_>, done: &Task, now: Now<'_>) -> Result<(), TaskError> {
    let (Some(rule), Some(due)) = (done.order.recurrence, done.course.due) else { return Ok(()) };
    let next = NewTask {
        order: Order { finding_id: None, ..done.order.clone() },
        leads: Vec::new(),
        beside: super::beside(tx, done.id)?,
        due: Some(rule.next_after(due, now.calendar)?),
    };
    put(tx, &next, done.lead, Some(done.series_id.unwrap_or(done.id)), now)?;
    Ok(())
}

fn put(
    tx: &mut Tx<'_>,
    new: &NewTask,
    lead: Option<UnitId>,
    series_id: Option<i64>,
    now: Now<'_>,
) -> Result<i64, StoreError> {
    let id = tx.take_ids("task", 1)?;
    let course = Course::assigned(new.due);
    let order = &new.order;
    let number = |it: UnitId| i64::from(it.0);
    let (lead_id, giver) = (lead.map(number), number(order.giver));
    // A task of several units falls due again with each of theirs.
    let recurrence = order.recurrence.filter(|_| lead.is_some()).map(|it| it.to_string());
    let groups: Vec<&str> = order.groups.iter().map(|it| it.code()).collect();
    let (groups, folded) = (groups.join(","), folded(order));
    let (no_text, no_int): (Option<&str>, i64) = (None, 0);
    tx.execute(
        sql!("tasks/put"),
        &[
            &id,
            &1_i64,
            &order.text,
            &order.label,
            &order.origin.code(),
            &order.source,
            &order.arrival,
            &order.document_id,
            &order.finding_id,
            &order.programme,
            &order.component,
            &giver,
            &lead_id,
            &groups,
            &order.office,
            &order.kind.code(),
            &new.due,
            &new.due,
            &recurrence,
            &order.product,
            &order.note,
            &order.parent_id,
            &series_id,
            &course.stage.code(),
            &no_text,
            &no_text,
            &no_text,
            &no_int,
            &no_text,
            &folded,
            &now.on,
        ],
    )?;
    for (role, units) in
        [("coordinates", &new.beside.coordinates), ("addressed", &new.beside.addressed)]
    {
        for unit in units {
            tx.execute(sql!("tasks/put_unit"), &[&id, &role, &number(*unit)])?;
        }
    }
    let logged = Logged { id, version: 1, step: "open", words: None, percent: 0, until: None };
    steps::log(tx, &logged, &course, now)?;
    if let Some(unit) = lead {
        let new = NewNotice { unit, kind: "given", task_id: Some(id), letter_id: None, n_tasks: 1 };
        notices::tell(tx, &new, now.by)?;
    }
    Ok(id)
}

/// What a search looks in.
fn folded(order: &Order) -> String {
    let parts =
        [Some(&order.text), order.label.as_ref(), order.product.as_ref(), order.source.as_ref()];
    let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    fold::bare(&parts.join(" "))
}
