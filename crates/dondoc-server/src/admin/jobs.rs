//! `/api/admin/jobs`: work that takes longer than an answer may.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use axum::Json;
use jiff::Timestamp;
use serde::{Serialize, Serializer};
use utoipa::ToSchema;

use crate::{
    ApiError, backups::BackupView, changes::rehearsal::RehearsalView, desk::Desk,
    error::ProblemView, extract::Id, health::CheckView, refusals::Refusals,
};

/// No more jobs that are over are remembered.
const MAX_KEPT: usize = 50;

/// What the installation is busy with, and what came of it. Forgotten at the next start.
#[derive(Default)]
pub(crate) struct Jobs {
    jobs: Mutex<BTreeMap<i64, Job>>,
}

struct Job {
    what: &'static str,
    started_at: Timestamp,
    progress: Arc<Progress>,
    outcome: Option<Result<Outcome, Box<ProblemView>>>,
}

/// How far a job is.
#[derive(Default)]
pub(crate) struct Progress {
    done: AtomicU64,
    of: AtomicU64,
}

impl Progress {
    /// Says that `done` of `of` parts are done.
    pub(crate) fn tell(&self, done: u64, of: u64) {
        self.done.store(done, Ordering::Relaxed);
        self.of.store(of, Ordering::Relaxed);
    }
}

/// What came of a job.
#[derive(Clone)]
pub(crate) enum Outcome {
    /// The store was looked at.
    Check(CheckView),
    /// A backup was taken, or a restore drill was made with one.
    Backup(BackupView),
    /// A change of units was rehearsed.
    Rehearsal(Arc<RehearsalView>),
}

/// A job.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JobView {
    id: i64,
    /// `check`, `backup`, `drill` or `rehearsal`.
    what: &'static str,
    /// `running`, `done` or `failed`.
    state: &'static str,
    #[schema(format = DateTime)]
    started_at: String,
    /// So many parts are done …
    done: u64,
    /// … of so many; 0 if nobody knows.
    of: u64,
    /// Why it failed.
    problem: Option<ProblemView>,
    /// Of `check`: what was found.
    check: Option<CheckView>,
    /// Of `backup` and `drill`: the backup.
    backup: Option<BackupView>,
    /// Of `rehearsal`: what the change would do.
    #[schema(value_type = Option<RehearsalView>)]
    #[serde(serialize_with = "shared")]
    rehearsal: Option<Arc<RehearsalView>>,
}

/// What is shared is sent as what it is.
fn shared<T: Serialize, S: Serializer>(
    it: &Option<Arc<T>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    it.as_deref().serialize(serializer)
}

impl Jobs {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<i64, Job>> {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A new job, if none of that kind is running.
    fn begin(&self, what: &'static str, now: Timestamp) -> Result<(i64, Arc<Progress>), ApiError> {
        let mut jobs = self.lock();
        if jobs.values().any(|it| it.what == what && it.outcome.is_none()) {
            return Err(ApiError::WrongStep { detail: format!("a `{what}` is running") });
        }
        let id = jobs.last_key_value().map_or(1, |it| it.0 + 1);
        let progress = Arc::new(Progress::default());
        let job = Job { what, started_at: now, progress: Arc::clone(&progress), outcome: None };
        jobs.insert(id, job);
        while jobs.len() > MAX_KEPT {
            let Some(oldest) = jobs.iter().find(|it| it.1.outcome.is_some()).map(|it| *it.0) else {
                break;
            };
            jobs.remove(&oldest);
        }
        Ok((id, progress))
    }

    fn end(&self, id: i64, outcome: Result<Outcome, Box<ProblemView>>) {
        if let Some(job) = self.lock().get_mut(&id) {
            job.outcome = Some(outcome);
        }
    }

    pub(crate) fn view(&self, id: i64) -> Option<JobView> {
        let jobs = self.lock();
        let job = jobs.get(&id)?;
        let mut view = JobView {
            id,
            what: job.what,
            state: "running",
            started_at: job.started_at.to_string(),
            done: job.progress.done.load(Ordering::Relaxed),
            of: job.progress.of.load(Ordering::Relaxed),
            problem: None,
            check: None,
            backup: None,
            rehearsal: None,
        };
        match &job.outcome {
            None => {}
            Some(Err(problem)) => {
                view.state = "failed";
                view.problem = Some(problem.as_ref().clone());
            }
            Some(Ok(outcome)) => {
                view.state = "done";
                match outcome.clone() {
                    Outcome::Check(it) => view.check = Some(it),
                    Outcome::Backup(it) => view.backup = Some(it),
                    Outcome::Rehearsal(it) => view.rehearsal = Some(it),
                }
            }
        }
        Some(view)
    }

    /// The rehearsal that a job made.
    pub(crate) fn rehearsal(&self, id: i64) -> Option<Arc<RehearsalView>> {
        self.view(id)?.rehearsal
    }
}

/// Begins a job on a thread that may wait, and gives it as it is at its beginning.
pub(crate) fn start(
    desk: &Desk,
    what: &'static str,
    work: impl FnOnce(&Progress) -> Result<Outcome, Box<ProblemView>> + Send + 'static,
) -> Result<Json<JobView>, ApiError> {
    let jobs = Arc::clone(&desk.site().jobs);
    let (id, progress) = jobs.begin(what, desk.by().at)?;
    let ending = Arc::clone(&jobs);
    tokio::spawn(async move {
        let outcome = tokio::task::spawn_blocking(move || work(&progress)).await;
        ending.end(
            id,
            outcome.unwrap_or_else(|_| Err(Box::new(ProblemView::from(&ApiError::Internal)))),
        );
    });
    jobs.view(id).map(Json).ok_or(ApiError::Internal)
}

/// How far a job is, and what came of it.
#[utoipa::path(
    get, path = "/api/admin/jobs/{id}", tag = "administration",
    params(("id" = i64, Path, description = "The job")),
    responses((status = 200, body = JobView), Refusals)
)]
pub(crate) async fn get(desk: Desk, Id(id): Id) -> Result<Json<JobView>, ApiError> {
    desk.site().jobs.view(id).map(Json).ok_or(ApiError::NotFound)
}
