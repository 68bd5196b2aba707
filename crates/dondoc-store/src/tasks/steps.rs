//! What is done with a task.

use dondoc_core::{
    task::{Course, Stage, TaskStep},
    unit::UnitId,
};
use jiff::civil::Date;

use super::{Now, Task, TaskError, children, get, giving};
use crate::{
    db::{By, StoreError, Tx},
    notices::{self, NewNotice},
    sql::sql,
};

/// A step that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenStep {
    /// The version of the task after it.
    pub version: i64,
    /// `open`, or as in [`TaskStep::code`].
    pub step: String,
    /// Who, and when.
    pub by: By,
    /// The reason, or what was done.
    pub words: Option<String>,
    /// Where the task went.
    pub stage: String,
    /// How far it had come.
    pub percent: i64,
    /// The day in force after the step.
    pub due: Option<Date>,
    /// The day that was asked for.
    pub until: Option<Date>,
}

/// What comes with a step.
#[derive(Clone, Copy, Debug, Default)]
pub struct StepWords<'a> {
    /// The reason, or what was done.
    pub words: Option<&'a str>,
    /// How far it has come, 0 to 100.
    pub percent: Option<u8>,
    /// The document that answers the task.
    pub reply: Option<&'a str>,
    /// To whom it is given again; `None` leaves the lead as it is.
    pub lead: Option<UnitId>,
    /// Who coordinates from now on; `None` leaves them as they are.
    pub coordinates: Option<&'a [UnitId]>,
}

/// What goes into the log of a task.
pub(super) struct Logged<'a> {
    pub(super) id: i64,
    pub(super) version: i64,
    pub(super) step: &'a str,
    pub(super) words: Option<&'a str>,
    pub(super) percent: i64,
    pub(super) until: Option<Date>,
}

/// Takes a step with a task that was looked at in a version, and tells the other side of it.
///
/// A standing task that is confirmed has its next round opened with it. To call off a task of several units calls off
/// those of its parts that are not over.
///
/// # Errors
///
/// [`TaskError`]; then nothing may be kept of the transaction.
pub fn take(
    tx: &mut Tx<'_>,
    (id, version): (i64, i64),
    (step, words): (TaskStep, StepWords<'_>),
    now: Now<'_>,
) -> Result<Task, TaskError> {
    let task = get(tx, id)?.ok_or(TaskError::NotFound)?;
    if task.version != version {
        return Err(TaskError::Stale { current: task.version });
    }
    let is_silent = words.words.is_none_or(|it| it.trim().is_empty());
    if step.needs_reason() && is_silent {
        return Err(TaskError::NoReason { step: step.code() });
    }
    if step == TaskStep::Report {
        let has_reply =
            words.reply.or(task.reply.as_deref()).is_some_and(|it| !it.trim().is_empty());
        if is_silent && !has_reply && super::evidence::of(tx, id)?.is_empty() {
            return Err(TaskError::NothingShown);
        }
    }
    if task.lead.is_none() {
        if step != TaskStep::Cancel {
            return Err(TaskError::OfSeveral);
        }
        for part in children(tx, id)?.iter().filter(|it| !it.course.stage.is_over()) {
            step_to(tx, part, (step, words), now)?;
        }
    }
    step_to(tx, &task, (step, words), now)?;
    let after = get(tx, id)?.ok_or(TaskError::NotFound)?;
    if step == TaskStep::Confirm {
        giving::next_round(tx, &after, now)?;
    }
    Ok(after)
}

fn step_to(
    tx: &mut Tx<'_>,
    task: &Task,
    (step, words): (TaskStep, StepWords<'_>),
    now: Now<'_>,
) -> Result<(), TaskError> {
    let course = task.course.after(step, (&now.by.actor, now.on))?;
    let percent = match step {
        TaskStep::Report | TaskStep::Confirm => 100,
        TaskStep::Assign => 0,
        _ => i64::from(words.percent.unwrap_or(task.percent)),
    };
    let (reported_on, reported_by) = match &course.stage {
        Stage::Reported { by, on } => (Some(*on), Some(by.clone())),
        Stage::Done { reported_on } => (Some(*reported_on), task.reported_by.clone()),
        _ => (None, None),
    };
    let lead = words.lead.or(task.lead).map(|it| i64::from(it.0));
    let changed = tx.execute(
        sql!("tasks/step"),
        &[
            &course.stage.code(),
            &reported_on,
            &reported_by,
            &course.due,
            &course.asked_until,
            &percent,
            &words.reply,
            &lead,
            &task.id,
            &task.version,
        ],
    )?;
    if changed != 1 {
        // Only if somebody else took a step since, within this very moment.
        return Err(TaskError::Stale { current: task.version + 1 });
    }
    if let Some(units) = words.coordinates {
        tx.execute(sql!("tasks/forget_units"), &[&task.id, &"coordinates"])?;
        for unit in units {
            tx.execute(sql!("tasks/put_unit"), &[&task.id, &"coordinates", &i64::from(unit.0)])?;
        }
    }
    let until = match step {
        TaskStep::AskExtension { until } | TaskStep::GrantExtension { until } => Some(until),
        _ => None,
    };
    let version = task.version + 1;
    let logged =
        Logged { id: task.id, version, step: step.code(), words: words.words, percent, until };
    log(tx, &logged, &course, now)?;
    tell(tx, task, (step, words.lead), now.by)
}

/// Tells the other side: the giver what the lead did, the lead what the giver did.
fn tell(
    tx: &mut Tx<'_>,
    task: &Task,
    (step, new_lead): (TaskStep, Option<UnitId>),
    by: &By,
) -> Result<(), TaskError> {
    let to_giver = matches!(step, TaskStep::Report | TaskStep::AskExtension { .. });
    let unit = if to_giver { Some(task.order.giver) } else { new_lead.or(task.lead) };
    let kind = match step {
        TaskStep::Progress => return Ok(()),
        TaskStep::Assign => "given",
        other => other.code(),
    };
    if let Some(unit) = unit {
        let new = NewNotice { unit, kind, task_id: Some(task.id), letter_id: None, n_tasks: 1 };
        notices::tell(tx, &new, by)?;
    }
    Ok(())
}

pub(super) fn log(
    tx: &mut Tx<'_>,
    it: &Logged<'_>,
    course: &Course,
    now: Now<'_>,
) -> Result<(), StoreError> {
    let at = now.by.moment();
    let (stage, due) = (course.stage.code(), course.due);
    tx.execute(
        sql!("tasks/put_step"),
        &[
            &it.id,
            &it.version,
            &it.step,
            &now.by.actor,
            &at,
            &it.words,
            &stage,
            &it.percent,
            &due,
            &it.until,
        ],
    )?;
    Ok(())
}

/// The steps of a task, first to last.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn taken(tx: &mut Tx<'_>, id: i64) -> Result<Vec<TakenStep>, StoreError> {
    tx.query(sql!("tasks/steps"), &[&id], |row| {
        Ok(TakenStep {
            version: row.int(0)?,
            step: row.text(1)?,
            by: By { actor: row.text(2)?, at: row.text(3)?.parse()? },
            words: row.maybe_text(4)?,
            stage: row.text(5)?,
            percent: row.int(6)?,
            due: row.maybe_day(7)?,
            until: row.maybe_day(8)?,
        })
    })
}
