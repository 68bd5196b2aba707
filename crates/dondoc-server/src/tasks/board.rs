//! All tasks as they stand on a day, with whatever a list or a letter says about them.

use std::sync::Arc;

use dondoc_core::{
    access::Scope,
    calendar::Calendar,
    followup::{FollowUpRules, NoticeKind, notice_due},
    task::{Stage, TaskState},
    unit::{UnitId, Units},
};
use dondoc_ledger::{
    Books, Ledger,
    task_book::{PartCounts, SeenTasks},
};
use dondoc_store::tasks::{Around, Task, documents::Head};
use jiff::civil::Date;

use crate::{ApiError, completeness::calendar};

/// The tasks of a scope on a day.
pub(crate) struct Board {
    book: SeenTasks,
    pub(crate) today: Date,
    calendar: &'static Calendar,
}

impl Board {
    /// The tasks that units of a scope have to do with.
    pub(crate) fn load(ledger: &Ledger, today: Date, bound: &Arc<Scope>) -> Result<Self, ApiError> {
        let calendar = calendar().ok_or(ApiError::Internal)?;
        Ok(Self { book: ledger.tasks_within(bound)?, today, calendar })
    }

    /// All tasks, for a write that says by itself who may do it.
    pub(crate) fn load_all(ledger: &Ledger, today: Date) -> Result<Self, ApiError> {
        Self::load(ledger, today, &Arc::new(Scope::whole()))
    }

    /// In the order in which they were given.
    pub(crate) fn tasks(&self) -> impl Iterator<Item = &Task> {
        self.book.tasks()
    }

    pub(crate) fn get(&self, id: i64) -> Option<&Task> {
        self.book.get(id)
    }

    /// The tasks directly under a task, as far as they are in the scope.
    pub(crate) fn parts(&self, task: &Task) -> impl Iterator<Item = &Task> {
        self.book.parts(task)
    }

    /// How far all parts of a task are, in the scope or not.
    pub(crate) fn count_parts(&self, task: &Task) -> PartCounts {
        self.book.count_parts(task, self.today)
    }

    /// In the words of offices; of a task of several units as those of theirs come to.
    pub(crate) fn state(&self, task: &Task) -> TaskState {
        self.book.state(task, self.today)
    }

    pub(crate) fn around(&self, task: &Task) -> Around {
        self.book.around(task).cloned().unwrap_or_default()
    }

    pub(crate) fn head(&self, task: &Task) -> Option<&Head> {
        self.book.head(task)
    }

    /// Whether a task may be seen: its giver, its lead, a unit beside it, or the lead of one of its parts is in the scope.
    pub(crate) fn is_seen(&self, task: &Task, scope: &Scope) -> bool {
        self.book.concerns(task, scope)
    }

    /// Working days to the deadline, if the days off are known: of an open task in time.
    pub(crate) fn days_left(&self, task: &Task) -> Option<u32> {
        let due = task.course.due.filter(|it| *it >= self.today && !task.course.stage.is_over())?;
        self.calendar.working_days_between(self.today, due).ok()
    }

    /// Working days past the deadline, if the days off are known: until the report, else until today.
    pub(crate) fn days_late(&self, task: &Task) -> Option<u32> {
        let until = match &task.course.stage {
            Stage::Cancelled => return None,
            Stage::Done { reported_on } => *reported_on,
            Stage::Reported { on, .. } => *on,
            _ => self.today,
        };
        let due = task.course.due.filter(|it| *it < until)?;
        self.calendar.working_days_between(due, until).ok()
    }

    /// Calendar days past the deadline, whatever is known of days off.
    pub(crate) fn is_late(&self, task: &Task) -> bool {
        task.lead.is_some() && self.state(task) == TaskState::Overdue
    }

    /// What is due to be sent about a task, by the rules of its programme.
    pub(crate) fn notice_due(&self, books: &Books, task: &Task) -> Option<NoticeKind> {
        task.lead?;
        let sent = self.book.around(task).map_or(&[][..], |it| it.sent.as_slice());
        let rules = rules_of(books, task.order.programme.as_deref());
        notice_due(rules, &task.course, sent, (self.today, self.calendar)).ok().flatten()
    }
}

/// The rules of follow-up of a programme; those of the first programme in use where a task has none.
pub(crate) fn rules_of(books: &Books, programme: Option<&str>) -> FollowUpRules {
    let packs = books.programmes.packs();
    let of_programme = programme.and_then(|it| books.programmes.pack(it));
    let pack = of_programme.or(packs.iter().find(|it| it.follow_up.is_some()));
    pack.and_then(|it| it.follow_up).unwrap_or(FollowUpRules::USUAL)
}

/// What a unit is called on a day, or was when it last lived.
pub(crate) fn name_of(units: &Units, unit: UnitId, on: Date) -> Option<String> {
    let unit = units.get(unit)?;
    unit.full_name_on(unit.day_of_life(on))
}
