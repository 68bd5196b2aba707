//! New tasks.

use dondoc_core::{
    fold,
    task::{Course, Origin, TaskKind, addressee::Group, recurrence::Recurrence},
    unit::UnitId,
};
use jiff::civil::Date;

use super::{
    Now, Task, TaskError, get,
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
    /// What must be done.
    pub text: String,
    /// The number of the item as printed.
    pub label: Option<String>,
    /// Where it comes from.
    pub origin: Origin,
    /// That in words.
    pub source: Option<String>,
    /// The number in the book of incoming documents.
    pub arrival: Option<String>,
    /// The document that gives it, and the words of it.
    pub document_id: Option<i64>,
    /// The words of it.
    pub finding_id: Option<i64>,
    /// The programme and its component.
    pub programme: Option<String>,
    /// The component.
    pub component: Option<String>,
    /// The unit that gives it.
    pub giver: UnitId,
    /// The units that lead. Of several each has a task of its own, under one of all.
    pub leads: Vec<UnitId>,
    /// The groups that `leads` or `addressed` came from.
    pub groups: Vec<Group>,
    /// The units that coordinate.
    pub coordinates: Vec<UnitId>,
    /// The units that it is addressed to beside.
    pub addressed: Vec<UnitId>,
    /// Who answers for it.
    pub office: Option<String>,
    /// How it is bound in time.
    pub kind: TaskKind,
    /// The day to be done by.
    pub due: Option<Date>,
    /// When it falls due again.
    pub recurrence: Option<Recurrence>,
    /// What is expected to come of it.
    pub product: Option<String>,
    /// A note.
    pub note: Option<String>,
    /// The task that it is part of.
    pub parent_id: Option<i64>,
}

/// Gives a task: to one unit, or to each of several under one task of all; each lead unit has a notice.
///
/// # Errors
///
/// [`TaskError`]; then nothing may be kept of the transaction.
pub fn give(tx: &mut Tx<'_>, new: &NewTask, now: Now<'_>) -> Result<Task, TaskError> {
    if let Some(finding_id) = new.finding_id {
        let taken = tx.query_one(sql!("tasks/of_finding"), &[&finding_id], |row| row.int(0))?;
        if let Some(task_id) = taken {
            return Err(TaskError::Taken { finding_id, task_id });
        }
    }
    if let Some(parent_id) = new.parent_id {
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
            let part = NewTask {
                finding_id: None,
                parent_id: Some(whole),
                groups: Vec::new(),
                coordinates: Vec::new(),
                addressed: Vec::new(),
                ..new.clone()
            };
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
    let (Some(rule), Some(due)) = (done.recurrence, done.course.due) else { return Ok(()) };
    let beside = super::beside(tx, done.id)?;
    let next = NewTask {
        text: done.text.clone(),
        label: done.label.clone(),
        origin: done.origin,
        source: done.source.clone(),
        arrival: done.arrival.clone(),
        document_id: done.document_id,
        finding_id: None,
        programme: done.programme.clone(),
        component: done.component.clone(),
        giver: done.giver,
        leads: Vec::new(),
        groups: done.groups.clone(),
        coordinates: beside.coordinates,
        addressed: beside.addressed,
        office: done.office.clone(),
        kind: done.kind,
        due: Some(rule.next_after(due, now.calendar)?),
        recurrence: Some(rule),
        product: done.product.clone(),
        note: done.note.clone(),
        parent_id: done.parent_id,
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
    let number = |it: UnitId| i64::from(it.0);
    let (lead_id, giver) = (lead.map(number), number(new.giver));
    // A task of several units falls due again with each of theirs.
    let recurrence = new.recurrence.filter(|_| lead.is_some()).map(|it| it.to_string());
    let groups: Vec<&str> = new.groups.iter().map(|it| it.code()).collect();
    let (groups, folded) = (groups.join(","), folded(new));
    let (no_text, no_int): (Option<&str>, i64) = (None, 0);
    tx.execute(
        sql!("tasks/put"),
        &[
            &id,
            &1_i64,
            &new.text,
            &new.label,
            &new.origin.code(),
            &new.source,
            &new.arrival,
            &new.document_id,
            &new.finding_id,
            &new.programme,
            &new.component,
            &giver,
            &lead_id,
            &groups,
            &new.office,
            &new.kind.code(),
            &new.due,
            &new.due,
            &recurrence,
            &new.product,
            &new.note,
            &new.parent_id,
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
    for (role, units) in [("coordinates", &new.coordinates), ("addressed", &new.addressed)] {
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
fn folded(new: &NewTask) -> String {
    let parts = [Some(&new.text), new.label.as_ref(), new.product.as_ref(), new.source.as_ref()];
    let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    fold::bare(&parts.join(" "))
}
