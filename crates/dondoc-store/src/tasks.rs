//! Tasks, and all that was done with them.
//!
//! - [`giving`]: new tasks, one or one for each unit of a group
//! - [`steps`]: what is done with a task
//! - [`evidence`]: files that prove it
//! - [`sending`]: letters and reminders
//! - [`documents`]: the documents that tasks are from
//!
//! Functions take a transaction, so that a caller does several in one. Where a task stands in the words of offices is
//! said by the core, from the facts that are kept here.

use std::collections::{HashMap, HashSet};

use dondoc_core::{
    calendar::{Calendar, CalendarError},
    followup::Sent,
    task::{
        Course, Origin, Stage, TaskKind, TaskStepError, addressee::Group, recurrence::Recurrence,
    },
    unit::UnitId,
};
use jiff::civil::Date;

use crate::{
    db::{BoxError, By, Row, StoreError, Tx},
    sql::sql,
};

pub mod documents;
pub mod evidence;
pub mod giving;
pub mod sending;
pub mod steps;

/// What a task asks for and where it comes from, whoever leads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// What must be done.
    pub text: String,
    /// The number of the item as printed: `IV.1`.
    pub label: Option<String>,
    /// Where it comes from.
    pub origin: Origin,
    /// The meeting, inspection or document in words, where it is not in the library.
    pub source: Option<String>,
    /// The number in the book of incoming documents (*số đến*).
    pub arrival: Option<String>,
    /// The document that gives it.
    pub document_id: Option<i64>,
    /// The words of it.
    pub finding_id: Option<i64>,
    /// The code of the programme pack that it belongs to.
    pub programme: Option<String>,
    /// The component of that programme.
    pub component: Option<String>,
    /// The unit that gives it.
    pub giver: UnitId,
    /// The groups that were addressed.
    pub groups: Vec<Group>,
    /// Who answers for it in the lead unit: `Chủ tịch`.
    pub office: Option<String>,
    /// How it is bound in time.
    pub kind: TaskKind,
    /// When it falls due again.
    pub recurrence: Option<Recurrence>,
    /// What is expected to come of it.
    pub product: Option<String>,
    /// A note.
    pub note: Option<String>,
    /// The task that it is part of.
    pub parent_id: Option<i64>,
}

impl Order {
    /// No more than words, given by hand: with a deadline, from no document, for no programme.
    #[must_use]
    pub fn plain(text: &str, giver: UnitId) -> Self {
        Self {
            text: text.to_owned(),
            label: None,
            origin: Origin::Hand,
            source: None,
            arrival: None,
            document_id: None,
            finding_id: None,
            programme: None,
            component: None,
            giver,
            groups: Vec::new(),
            office: None,
            kind: TaskKind::Deadline,
            recurrence: None,
            product: None,
            note: None,
            parent_id: None,
        }
    }
}

/// A task (*nhiệm vụ*).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Its number.
    pub id: i64,
    /// Goes up with every step.
    pub version: i64,
    /// What it asks for.
    pub order: Order,
    /// The unit that leads; `None` of a task of several units, each of which has its own under this one.
    pub lead: Option<UnitId>,
    /// The day that was set first.
    pub first_due: Option<Date>,
    /// Of a later round of a standing task: the first one.
    pub series_id: Option<i64>,
    /// What has become of it.
    pub course: Course,
    /// The account that reported it.
    pub reported_by: Option<String>,
    /// 0 to 100.
    pub percent: u8,
    /// The document that answers it, in words.
    pub reply: Option<String>,
    /// Its words without accents, to search in.
    pub folded: String,
    /// The day it was given.
    pub given_on: Date,
}

/// Who does something with tasks, on which day in Viet Nam, by which calendar.
#[derive(Clone, Copy, Debug)]
pub struct Now<'a> {
    /// Who, and when.
    pub by: &'a By,
    /// The day in Viet Nam.
    pub on: Date,
    /// The days off.
    pub calendar: &'a Calendar,
}

/// The units beside the lead of a task.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    /// Those that coordinate (*phối hợp*).
    pub coordinates: Vec<UnitId>,
    /// Those that were addressed, as groups came to on the day.
    pub addressed: Vec<UnitId>,
}

/// What came with a task: how many files, and what was sent about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Around {
    /// The units beside the lead.
    pub beside: Beside,
    /// How many files prove it.
    pub n_evidence: i64,
    /// What was sent about it, first to last.
    pub sent: Vec<Sent>,
}

/// A step with a task was refused.
#[derive(Debug, thiserror::Error)]
pub enum TaskError {
    /// There is no such task, file or letter.
    #[error("no such task, file or letter")]
    NotFound,
    /// Somebody took a step since the version that was looked at.
    #[error("someone took a step since; the task is at version {current} now")]
    Stale {
        /// The version in force.
        current: i64,
    },
    /// The step can't be taken.
    #[error(transparent)]
    Step(#[from] TaskStepError),
    /// The step takes a reason, and none was given.
    #[error("say why: `{step}` takes a reason")]
    NoReason {
        /// The step.
        step: &'static str,
    },
    /// Reported as done without a word, a file or a document that answers it.
    #[error("say what was done, add a file, or name the document that answers it")]
    NothingShown,
    /// A task of several units has no course of its own: each unit's task has.
    #[error("this task is of several units; take the step with the task of each")]
    OfSeveral,
    /// No unit leads it.
    #[error("no unit leads it")]
    NoLead,
    /// The words of a document were made a task before.
    #[error("finding {finding_id} was made task {task_id}")]
    Taken {
        /// The finding.
        finding_id: i64,
        /// The task.
        task_id: i64,
    },
    /// Part of a task that must be done before the day of this one.
    #[error("{due} is after {of_whole}, the day of the task that it is part of")]
    AfterTheWhole {
        /// The day of the part.
        due: Date,
        /// The day of the whole.
        of_whole: Date,
    },
    /// The files of a task weigh more than is taken.
    #[error("the files of this task are {size_bytes} bytes; {limit_bytes} are taken")]
    TooMuch {
        /// With the new one.
        size_bytes: i64,
        /// The most.
        limit_bytes: i64,
    },
    /// Days off are not known.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    /// The engine failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The task of that number, if there is one and it is seen: by its giver, its lead, a unit beside it, or the lead of a part.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn get(tx: &mut Tx<'_>, id: i64) -> Result<Option<Task>, StoreError> {
    let Some(found) = tx.query_one(sql!("tasks/get"), &[&id], read)? else { return Ok(None) };
    if tx.sees_all() {
        return Ok(Some(found));
    }
    let (beside, parts) = (beside(tx, id)?, children(tx, id)?);
    let units = units_of(&found).chain(beside.all()).chain(parts.iter().filter_map(|it| it.lead));
    let is_seen = units.into_iter().any(|it| tx.sees(it));
    Ok(is_seen.then_some(found))
}

/// The two sides of a task.
fn units_of(task: &Task) -> impl Iterator<Item = UnitId> {
    [Some(task.order.giver), task.lead].into_iter().flatten()
}

/// All tasks that are [seen](get), in the order in which they were given.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Task>, StoreError> {
    let mut found = tx.query(sql!("tasks/all"), &[], read)?;
    if tx.sees_all() {
        return Ok(found);
    }
    let mut seen = HashSet::new();
    for (id, _, unit) in tx.query(sql!("tasks/units"), &[], read_unit)? {
        seen.extend(tx.sees(unit).then_some(id));
    }
    let leads = found.iter().filter_map(|it| it.order.parent_id.zip(it.lead));
    seen.extend(leads.filter(|it| tx.sees(it.1)).map(|it| it.0));
    found.retain(|it| seen.contains(&it.id) || units_of(it).any(|it| tx.sees(it)));
    Ok(found)
}

/// The tasks directly under a task, in the order in which they were given.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn children(tx: &mut Tx<'_>, id: i64) -> Result<Vec<Task>, StoreError> {
    tx.query(sql!("tasks/children"), &[&id], read)
}

/// The findings of a document that were made tasks, with those tasks.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn of_findings(tx: &mut Tx<'_>, document_id: i64) -> Result<HashMap<i64, i64>, StoreError> {
    let found =
        tx.query(sql!("tasks/of_findings"), &[&document_id], |row| Ok((row.int(0)?, row.int(1)?)))?;
    Ok(found.into_iter().collect())
}

/// What came with each task; one with nothing is not there.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn around(tx: &mut Tx<'_>) -> Result<HashMap<i64, Around>, StoreError> {
    let mut all: HashMap<i64, Around> = HashMap::new();
    for (task_id, role, unit) in tx.query(sql!("tasks/units"), &[], read_unit)? {
        all.entry(task_id).or_default().beside.put(&role, unit);
    }
    let counts =
        tx.query(sql!("tasks/evidence_counts"), &[], |row| Ok((row.int(0)?, row.int(1)?)))?;
    for (task_id, n) in counts {
        all.entry(task_id).or_default().n_evidence = n;
    }
    for it in sending::reminders(tx, None)? {
        all.entry(it.task_id).or_default().sent.push(it.sent);
    }
    Ok(all)
}

/// The units beside the lead of one task.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn beside(tx: &mut Tx<'_>, id: i64) -> Result<Beside, StoreError> {
    let mut beside = Beside::default();
    for (_, role, unit) in tx.query(sql!("tasks/units_of"), &[&id], read_unit)? {
        beside.put(&role, unit);
    }
    Ok(beside)
}

impl Beside {
    fn all(&self) -> impl Iterator<Item = UnitId> {
        self.coordinates.iter().chain(&self.addressed).copied()
    }

    fn put(&mut self, role: &str, unit: UnitId) {
        match role {
            "coordinates" => self.coordinates.push(unit),
            _ => self.addressed.push(unit),
        }
    }
}

fn read_unit(row: &Row<'_>) -> Result<(i64, String, UnitId), BoxError> {
    Ok((row.int(0)?, row.text(1)?, unit(row.int(2)?)?))
}

pub(crate) fn unit(number: i64) -> Result<UnitId, BoxError> {
    Ok(UnitId(number.try_into()?))
}

fn read(row: &Row<'_>) -> Result<Task, BoxError> {
    let groups = row.text(13)?;
    let groups = groups.split(',').filter(|it| !it.is_empty());
    let groups: Option<Vec<Group>> = groups.map(Group::by_code).collect();
    let recurrence = row.maybe_text(18)?.map(|it| it.parse()).transpose()?;
    let (reported_on, reported_by) = (row.maybe_day(24)?, row.maybe_text(25)?);
    let stage = stage(&row.text(23)?, reported_on, reported_by.as_deref())?;
    let order = Order {
        text: row.text(2)?,
        label: row.maybe_text(3)?,
        origin: Origin::by_code(&row.text(4)?).ok_or("no such origin")?,
        source: row.maybe_text(5)?,
        arrival: row.maybe_text(6)?,
        document_id: row.maybe_int(7)?,
        finding_id: row.maybe_int(8)?,
        programme: row.maybe_text(9)?,
        component: row.maybe_text(10)?,
        giver: unit(row.int(11)?)?,
        groups: groups.ok_or("no such group")?,
        office: row.maybe_text(14)?,
        kind: TaskKind::by_code(&row.text(15)?).ok_or("no such kind")?,
        recurrence,
        product: row.maybe_text(19)?,
        note: row.maybe_text(20)?,
        parent_id: row.maybe_int(21)?,
    };
    Ok(Task {
        id: row.int(0)?,
        version: row.int(1)?,
        order,
        lead: row.maybe_int(12)?.map(unit).transpose()?,
        first_due: row.maybe_day(16)?,
        series_id: row.maybe_int(22)?,
        course: Course { stage, due: row.maybe_day(17)?, asked_until: row.maybe_day(26)? },
        reported_by,
        percent: row.int(27)?.try_into()?,
        reply: row.maybe_text(28)?,
        folded: row.text(29)?,
        given_on: row.text(30)?.parse()?,
    })
}

fn stage(code: &str, on: Option<Date>, by: Option<&str>) -> Result<Stage, BoxError> {
    Ok(match code {
        "assigned" => Stage::Assigned,
        "begun" => Stage::Begun,
        "returned" => Stage::Returned,
        "cancelled" => Stage::Cancelled,
        "reported" => {
            let (on, by) = on.zip(by).ok_or("reported by nobody")?;
            Stage::Reported { by: by.to_owned(), on }
        }
        "done" => Stage::Done { reported_on: on.ok_or("done without a report")? },
        other => return Err(format!("no such stage: `{other}`").into()),
    })
}
