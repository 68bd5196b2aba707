//! All tasks as they stand on a day, with whatever a list or a letter says about them.

use std::collections::HashMap;

use dondoc_core::{
    access::Scope,
    calendar::Calendar,
    followup::{FollowUpRules, NoticeKind, notice_due},
    task::{Stage, TaskState},
    unit::{UnitId, Units},
};
use dondoc_ledger::{Books, Ledger};
use dondoc_store::tasks::{self, Around, Task, documents::Head};
use jiff::civil::Date;

use crate::{ApiError, completeness::calendar};

/// All tasks on a day.
pub(crate) struct Board {
    pub(crate) tasks: Vec<Task>,
    pub(crate) today: Date,
    places: HashMap<i64, usize>,
    parts: HashMap<i64, Vec<usize>>,
    around: HashMap<i64, Around>,
    heads: HashMap<i64, Head>,
    calendar: &'static Calendar,
}

impl Board {
    pub(crate) fn load(ledger: &Ledger, today: Date) -> Result<Self, ApiError> {
        let (tasks, around, heads) = ledger.store().read(|tx| {
            Ok::<_, ApiError>((
                tasks::all(tx)?,
                tasks::around(tx)?,
                tasks::documents::of_tasks(tx)?,
            ))
        })?;
        let places = tasks.iter().enumerate().map(|(at, it)| (it.id, at)).collect();
        let mut parts: HashMap<i64, Vec<usize>> = HashMap::new();
        for (at, task) in tasks.iter().enumerate() {
            if let Some(parent) = task.parent_id {
                parts.entry(parent).or_default().push(at);
            }
        }
        let heads = heads.into_iter().map(|it| (it.id, it)).collect();
        let calendar = calendar().ok_or(ApiError::Internal)?;
        Ok(Self { tasks, today, places, parts, around, heads, calendar })
    }

    pub(crate) fn get(&self, id: i64) -> Option<&Task> {
        self.places.get(&id).map(|at| &self.tasks[*at])
    }

    /// The tasks directly under a task.
    pub(crate) fn parts(&self, task: &Task) -> impl Iterator<Item = &Task> {
        let places = self.parts.get(&task.id).map_or(&[][..], Vec::as_slice);
        places.iter().map(|at| &self.tasks[*at])
    }

    /// In the words of offices; of a task of several units as those of theirs come to.
    pub(crate) fn state(&self, task: &Task) -> TaskState {
        let own = task.course.state(self.today);
        if task.lead.is_some() || task.course.stage.is_over() {
            return own;
        }
        let parts: Vec<TaskState> = self.parts(task).map(|it| self.state(it)).collect();
        TaskState::of_parts(&parts).unwrap_or(own)
    }

    pub(crate) fn around(&self, task: &Task) -> Around {
        self.around.get(&task.id).cloned().unwrap_or_default()
    }

    pub(crate) fn head(&self, task: &Task) -> Option<&Head> {
        self.heads.get(&task.document_id?)
    }

    /// Whether a task may be seen: its giver, its lead, a unit beside it, or the lead of one of its parts is in the scope.
    pub(crate) fn is_seen(&self, task: &Task, scope: &Scope) -> bool {
        if scope.is_whole() || scope.covers(task.giver) {
            return true;
        }
        let covers = |unit: &UnitId| scope.covers(*unit);
        let beside = self.around.get(&task.id).map(|it| &it.beside);
        task.lead.as_ref().is_some_and(covers)
            || beside.is_some_and(|it| it.coordinates.iter().chain(&it.addressed).any(covers))
            || self.parts(task).any(|it| it.lead.as_ref().is_some_and(covers))
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
        let sent = self.around.get(&task.id).map_or(&[][..], |it| it.sent.as_slice());
        let rules = rules_of(books, task.programme.as_deref());
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
