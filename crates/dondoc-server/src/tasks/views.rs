//! Tasks as they are sent.

use dondoc_core::{
    task::{addressee::Group, recurrence::DayRule},
    unit::UnitId,
};
use dondoc_ledger::Books;
use dondoc_store::tasks::{Task, documents::Head};
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use super::board::{Board, name_of};

/// A unit, as it is called.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct UnitName {
    pub(crate) id: u32,
    /// Null if it has no name on the day.
    pub(crate) name: Option<String>,
}

/// A document, as it is known.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct TaskDocument {
    id: i64,
    /// The abbreviation of its type: `KH`.
    kind: String,
    number: Option<String>,
    #[schema(format = Date)]
    issued_on: Option<String>,
    issuer: Option<String>,
    title: Option<String>,
}

/// A code with the words of offices.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Worded {
    pub(crate) code: &'static str,
    pub(crate) vi: &'static str,
    pub(crate) en: &'static str,
}

/// When a standing task falls due again.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct RecurrenceView {
    /// `month`, `quarter`, `half` or `year`.
    every: &'static str,
    /// A day of a month of the round, from 1; null where it is by working days.
    month: Option<u8>,
    day: Option<u8>,
    /// Working days after the last day of the round.
    working_days_after: Option<u16>,
    /// As it is kept and sent: `quarter/after/5`.
    rule: String,
}

/// A task, as lists show it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct TaskView {
    id: i64,
    /// Goes up with every step; send it back with the next one.
    version: i64,
    text: String,
    /// The number of the item as printed: `IV.1`.
    label: Option<String>,
    /// `document`, `meeting`, `hand` or `inspection`.
    origin: &'static str,
    /// The meeting, inspection or document in words.
    source: Option<String>,
    /// The number in the book of incoming documents.
    arrival: Option<String>,
    document: Option<TaskDocument>,
    finding_id: Option<i64>,
    programme: Option<String>,
    component: Option<String>,
    giver: UnitName,
    /// Null of a task of several units, each of which has its own under this one.
    lead: Option<UnitName>,
    coordinating: Vec<UnitName>,
    /// The units that were addressed beside.
    addressed: Vec<UnitName>,
    groups: Vec<Worded>,
    /// Who answers for it: `Chủ tịch`.
    office: Option<String>,
    /// `deadline`, `standing`, `regular` or `ad_hoc`.
    kind: &'static str,
    #[schema(format = Date)]
    due: Option<String>,
    /// The day that was set first.
    #[schema(format = Date)]
    first_due: Option<String>,
    recurrence: Option<RecurrenceView>,
    product: Option<String>,
    note: Option<String>,
    /// What was done last: `assigned`, `begun`, `reported`, `returned`, `done`, `cancelled`.
    stage: &'static str,
    /// `not_started`, `in_progress`, `returned`, `overdue`, `done_on_time`, `done_late` or `cancelled`.
    state: &'static str,
    state_words: Worded,
    /// Whom it waits for: `lead`, `giver` (to confirm, or to decide on a later day); null if it is over.
    waits_for: Option<&'static str>,
    /// 0 to 100; of a task of several units how many of theirs are done.
    percent: u32,
    /// The document that answers it.
    reply: Option<String>,
    /// The day that the lead asked for.
    #[schema(format = Date)]
    asked_until: Option<String>,
    #[schema(format = Date)]
    given_on: String,
    /// Null if it has no deadline, is past it, is over, or the days off are not known.
    working_days_left: Option<u32>,
    /// Null if it is not late, or the days off are not known.
    working_days_late: Option<u32>,
    parent_id: Option<i64>,
    n_parts: usize,
    n_parts_done: usize,
    n_parts_late: usize,
    n_evidence: i64,
    /// How often it was followed up.
    reminders: usize,
    #[schema(format = Date)]
    reminded_on: Option<String>,
    /// What the rules say is due to be sent today: `first`, `repeat` or `escalation`.
    notice_due: Option<&'static str>,
}

/// Makes views of the tasks of a board.
pub(crate) struct Views<'a> {
    pub(crate) board: &'a Board,
    pub(crate) books: &'a Books,
}

impl Views<'_> {
    pub(crate) fn unit(&self, unit: UnitId) -> UnitName {
        named(self.books, unit, self.board.today)
    }

    fn units(&self, units: &[UnitId]) -> Vec<UnitName> {
        units.iter().map(|it| self.unit(*it)).collect()
    }

    pub(crate) fn task(&self, task: &Task) -> TaskView {
        let Self { board, books } = self;
        let (state, around) = (board.state(task), board.around(task));
        let words = Worded { code: state.code(), vi: state.vietnamese(), en: state.english() };
        let parts = board.count_parts(task);
        let percent = match (task.lead, parts.n) {
            (None, n) if n > 0 => u32::try_from(parts.n_done * 100 / n).unwrap_or(0),
            _ => u32::from(task.percent),
        };
        TaskView {
            id: task.id,
            version: task.version,
            text: task.order.text.clone(),
            label: task.order.label.clone(),
            origin: task.order.origin.code(),
            source: task.order.source.clone(),
            arrival: task.order.arrival.clone(),
            document: board.head(task).map(TaskDocument::from),
            finding_id: task.order.finding_id,
            programme: task.order.programme.clone(),
            component: task.order.component.clone(),
            giver: self.unit(task.order.giver),
            lead: task.lead.map(|it| self.unit(it)),
            coordinating: self.units(&around.beside.coordinates),
            addressed: self.units(&around.beside.addressed),
            groups: task.order.groups.iter().map(|it| Worded::from(*it)).collect(),
            office: task.order.office.clone(),
            kind: task.order.kind.code(),
            due: day(task.course.due),
            first_due: day(task.first_due),
            recurrence: task.order.recurrence.map(RecurrenceView::from),
            product: task.order.product.clone(),
            note: task.order.note.clone(),
            stage: task.course.stage.code(),
            state: state.code(),
            state_words: words,
            waits_for: waits_for(task),
            percent,
            reply: task.reply.clone(),
            asked_until: day(task.course.asked_until),
            given_on: task.given_on.to_string(),
            working_days_left: board.days_left(task),
            working_days_late: board.days_late(task),
            parent_id: task.order.parent_id,
            n_parts: parts.n,
            n_parts_done: parts.n_done,
            n_parts_late: parts.n_late,
            n_evidence: around.n_evidence,
            reminders: around.sent.len(),
            reminded_on: day(around.sent.last().map(|it| it.on)),
            notice_due: board.notice_due(books, task).map(|it| it.code()),
        }
    }
}

fn waits_for(task: &Task) -> Option<&'static str> {
    match task.course.stage.code() {
        "done" | "cancelled" => None,
        "reported" => Some("giver"),
        _ if task.course.asked_until.is_some() => Some("giver"),
        _ => Some("lead"),
    }
}

pub(crate) fn day(day: Option<Date>) -> Option<String> {
    day.map(|it| it.to_string())
}

pub(crate) fn named(books: &Books, unit: UnitId, on: Date) -> UnitName {
    UnitName { id: unit.0, name: name_of(&books.units, unit, on) }
}

impl From<&Head> for TaskDocument {
    fn from(it: &Head) -> Self {
        Self {
            id: it.id,
            kind: it.kind.clone(),
            number: it.number.clone(),
            issued_on: day(it.issued_on),
            issuer: it.issuer.clone(),
            title: it.title.clone(),
        }
    }
}

impl From<Group> for Worded {
    fn from(it: Group) -> Self {
        Self { code: it.code(), vi: it.vietnamese(), en: it.english() }
    }
}

impl From<dondoc_core::task::recurrence::Recurrence> for RecurrenceView {
    fn from(it: dondoc_core::task::recurrence::Recurrence) -> Self {
        let (month, day, working_days_after) = match it.by {
            DayRule::Day { month, day } => (Some(month), Some(day), None),
            DayRule::WorkingDaysAfter(n) => (None, None, Some(n)),
        };
        Self { every: it.every.code(), month, day, working_days_after, rule: it.to_string() }
    }
}
