//! All tasks with what is around them, in memory and as new as the store.
//!
//! Lists, letters and feeds all look at every task. Reading them anew for each request costs what there are of them, and
//! most writes are about something else: what was done since is in the audit trail, and says whether to read again.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use dondoc_core::{access::Scope, task::TaskState, unit::UnitId};
use dondoc_store::{
    Store, StoreError, Tx, audit,
    tasks::{self, Around, Task, documents::Head},
};
use jiff::civil::Date;

/// Writes about what no task tells of. Whatever is not here, or comes to be, has the tasks read again.
const ELSEWHERE: [&str; 11] = [
    "account.",
    "backup.",
    "correction.",
    "entry.",
    "figures.",
    "key.",
    "lock.",
    "map.",
    "session.",
    "submission.",
    "target.",
];

/// All tasks, as they are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaskBook {
    /// In the order in which they were given.
    pub tasks: Vec<Task>,
    places: HashMap<i64, usize>,
    parts: HashMap<i64, Vec<usize>>,
    around: HashMap<i64, Around>,
    heads: HashMap<i64, Head>,
}

impl TaskBook {
    /// Reads all of them.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the engine fails.
    pub fn read(tx: &mut Tx<'_>) -> Result<Self, StoreError> {
        let tasks = tasks::all(tx)?;
        let around = tasks::around(tx)?;
        let heads = tasks::documents::of_tasks(tx)?;
        let places = tasks.iter().enumerate().map(|(at, it)| (it.id, at)).collect();
        let mut parts: HashMap<i64, Vec<usize>> = HashMap::new();
        for (at, task) in tasks.iter().enumerate() {
            if let Some(parent) = task.order.parent_id {
                parts.entry(parent).or_default().push(at);
            }
        }
        let heads = heads.into_iter().map(|it| (it.id, it)).collect();
        Ok(Self { tasks, places, parts, around, heads })
    }

    /// The task of that number, if there is one.
    #[must_use]
    pub fn get(&self, id: i64) -> Option<&Task> {
        self.places.get(&id).map(|at| &self.tasks[*at])
    }

    /// The tasks directly under a task.
    pub fn parts(&self, task: &Task) -> impl Iterator<Item = &Task> {
        let places = self.parts.get(&task.id).map_or(&[][..], Vec::as_slice);
        places.iter().map(|at| &self.tasks[*at])
    }

    /// Where a task stands on a day, in the words of offices; of a task of several units as those of theirs come to.
    #[must_use]
    pub fn state(&self, task: &Task, today: Date) -> TaskState {
        let own = task.course.state(today);
        if task.lead.is_some() || task.course.stage.is_over() {
            return own;
        }
        let parts: Vec<TaskState> = self.parts(task).map(|it| self.state(it, today)).collect();
        TaskState::of_parts(&parts).unwrap_or(own)
    }

    /// Whether a task has to do with a unit of a scope: its giver, its lead, a unit beside it, or the lead of one of its parts.
    #[must_use]
    pub fn concerns(&self, task: &Task, scope: &Scope) -> bool {
        if scope.is_whole() || scope.covers(task.order.giver) {
            return true;
        }
        let covers = |unit: &UnitId| scope.covers(*unit);
        let beside = self.around.get(&task.id).map(|it| &it.beside);
        task.lead.as_ref().is_some_and(covers)
            || beside.is_some_and(|it| it.coordinates.iter().chain(&it.addressed).any(covers))
            || self.parts(task).any(|it| it.lead.as_ref().is_some_and(covers))
    }

    /// What came with a task, if anything did.
    #[must_use]
    pub fn around(&self, task: &Task) -> Option<&Around> {
        self.around.get(&task.id)
    }

    /// The document that a task is from, if it is in the library.
    #[must_use]
    pub fn head(&self, task: &Task) -> Option<&Head> {
        self.heads.get(&task.order.document_id?)
    }
}

/// The tasks that have to do with units of a scope. Others are not in it; but a whole stands as all of its parts do, whosever they are.
#[derive(Clone, Debug)]
pub struct SeenTasks {
    book: Arc<TaskBook>,
    scope: Arc<Scope>,
}

/// How far the parts of a task are, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PartCounts {
    /// How many there are.
    pub n: usize,
    /// How many are done.
    pub n_done: usize,
    /// How many are past their day.
    pub n_late: usize,
}

impl SeenTasks {
    pub(crate) fn new(book: Arc<TaskBook>, scope: &Arc<Scope>) -> Self {
        Self { book, scope: Arc::clone(scope) }
    }

    /// In the order in which they were given.
    pub fn tasks(&self) -> impl Iterator<Item = &Task> {
        self.book.tasks.iter().filter(|it| self.book.concerns(it, &self.scope))
    }

    /// The task of that number, if there is one.
    #[must_use]
    pub fn get(&self, id: i64) -> Option<&Task> {
        self.book.get(id).filter(|it| self.book.concerns(it, &self.scope))
    }

    /// The tasks directly under a task.
    pub fn parts(&self, task: &Task) -> impl Iterator<Item = &Task> {
        self.book.parts(task).filter(|it| self.book.concerns(it, &self.scope))
    }

    /// How far all parts of a task are on a day.
    #[must_use]
    pub fn count_parts(&self, task: &Task, today: Date) -> PartCounts {
        let is_late =
            |it: &Task| it.lead.is_some() && self.book.state(it, today) == TaskState::Overdue;
        self.book.parts(task).fold(PartCounts::default(), |counts, it| PartCounts {
            n: counts.n + 1,
            n_done: counts.n_done + usize::from(it.course.stage.code() == "done"),
            n_late: counts.n_late + usize::from(is_late(it)),
        })
    }

    /// As [`TaskBook::state`].
    #[must_use]
    pub fn state(&self, task: &Task, today: Date) -> TaskState {
        self.book.state(task, today)
    }

    /// As [`TaskBook::concerns`], of a scope that may be another one.
    #[must_use]
    pub fn concerns(&self, task: &Task, scope: &Scope) -> bool {
        self.book.concerns(task, scope)
    }

    /// As [`TaskBook::around`].
    #[must_use]
    pub fn around(&self, task: &Task) -> Option<&Around> {
        self.book.around(task)
    }

    /// As [`TaskBook::head`].
    #[must_use]
    pub fn head(&self, task: &Task) -> Option<&Head> {
        self.book.head(task)
    }
}

/// The tasks as they stood after a line of the audit trail.
#[derive(Debug, Default)]
pub(crate) struct KeptTasks(Mutex<Option<(i64, Arc<TaskBook>)>>);

impl KeptTasks {
    /// The tasks as they stand in the store now.
    pub(crate) fn now(&self, store: &Store) -> Result<Arc<TaskBook>, StoreError> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let (last, book) = store.read(|tx| {
            // One moment for both: what is read is what the line before it tells of.
            let after = kept.as_ref().map_or(0, |it| it.0);
            let (last, verbs) = audit::news(tx, after)?;
            let is_elsewhere = |verb: &String| ELSEWHERE.iter().any(|it| verb.starts_with(it));
            match &kept {
                Some((_, book)) if last >= after && verbs.iter().all(is_elsewhere) => {
                    Ok((last, Arc::clone(book)))
                }
                _ => Ok::<_, StoreError>((last, Arc::new(TaskBook::read(tx)?))),
            }
        })?;
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Somebody else may have read a later moment meanwhile.
        if kept.as_ref().is_none_or(|it| it.0 <= last) {
            *kept = Some((last, Arc::clone(&book)));
        }
        Ok(book)
    }
}
