//! `/api/tasks/{id}`: one task, and what is done with it.

use axum::{Json, http::HeaderMap};
use dondoc_core::{task::TaskStep, unit::UnitId};
use dondoc_ledger::Ledger;
use dondoc_store::tasks::{
    self, Task,
    steps::{self, StepWords},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    ApiError, ask,
    desk::Desk,
    documents::unknown,
    extract::{Id, Sent},
    refusals::Refusals,
    tasks::{
        board::Board,
        giving::{once, request},
        reach::{Reach, Side},
    },
};

pub(crate) mod cascade;
mod detail;
pub(crate) mod files;
pub(crate) mod refusal;

use detail::{TaskDetail, detail};
pub use refusal::TaskRefusal;

/// A step with a task. Which of these count depends on the step.
#[derive(Debug, Clone, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TaskStepSent {
    /// The version that was looked at; another one in force is refused as `stale`.
    version: i64,
    /// What was done, or why.
    #[serde(alias = "reason")]
    words: Option<String>,
    /// 0 to 100.
    percent: Option<u8>,
    /// The document that answers the task: `25/BC-UBND ngày 10/3/2026`.
    reply: Option<String>,
    /// Of an extension: the day that is asked for or given.
    #[schema(format = Date)]
    until: Option<String>,
    /// Of an assignment: who leads from now on.
    lead: Option<u32>,
    /// Of an assignment: who coordinates from now on.
    coordinates: Option<Vec<u32>>,
}

/// One task with its log, its files and its parts.
#[utoipa::path(
    get, path = "/api/tasks/{id}", tag = "tasks",
    params(("id" = i64, Path, description = "The task")),
    responses((status = 200, body = TaskDetail), Refusals)
)]
pub(crate) async fn get(desk: Desk, Id(id): Id) -> Result<Json<TaskDetail>, ApiError> {
    let reach = Reach::of(&desk);
    desk.consult(move |ledger| detail(ledger, id, &reach).map(Json)).await
}

/// Takes a step, and gives the task as it then is.
macro_rules! step {
    ($name:ident, $path:literal, $doc:literal, |$sent:ident| $step:expr) => {
        #[doc = $doc]
        #[utoipa::path(
                            post, path = $path, tag = "tasks", request_body = TaskStepSent,
                            params(
                                ("id" = i64, Path, description = "The task"),
                                ("Idempotency-Key" = Option<String>, Header, description = "Given once, done once"),
                            ),
                            responses((status = 200, body = TaskDetail), Refusals)
                        )]
        pub(crate) async fn $name(
            desk: Desk,
            headers: HeaderMap,
            Id(id): Id,
            Sent($sent): Sent<TaskStepSent>,
        ) -> Result<Json<TaskDetail>, ApiError> {
            let step = $step;
            take(&desk, headers, (id, step), $sent).await
        }
    };
}

step!(
    assign,
    "/api/tasks/{id}/assign",
    "Gives a task to another unit, or to others beside it.",
    |sent| {
        if sent.lead.is_none() && sent.coordinates.is_none() {
            return Err(unknown("lead", "1, 2, 3 …"));
        }
        TaskStep::Assign
    }
);
step!(progress, "/api/tasks/{id}/progress", "Says how a task goes.", |sent| {
    if sent.percent.is_some_and(|it| it > 100) {
        return Err(unknown("percent", "0 – 100"));
    }
    TaskStep::Progress
});
step!(
    report,
    "/api/tasks/{id}/report",
    "Reports a task as done, with words, files or the document that answers it.",
    |sent| TaskStep::Report
);
step!(
    confirm,
    "/api/tasks/{id}/confirm",
    "Confirms that a task is done; nobody confirms what he reported himself.",
    |sent| TaskStep::Confirm
);
step!(send_back, "/api/tasks/{id}/return", "Sends a reported task back; takes a reason.", |sent| {
    TaskStep::Return
});
step!(
    ask_extension,
    "/api/tasks/{id}/ask_extension",
    "Asks for a later day; takes a reason.",
    |sent| { TaskStep::AskExtension { until: until(&sent)? } }
);
step!(
    grant_extension,
    "/api/tasks/{id}/grant_extension",
    "Gives a later day, the one that was asked for or another.",
    |sent| { TaskStep::GrantExtension { until: until(&sent)? } }
);
step!(
    refuse_extension,
    "/api/tasks/{id}/refuse_extension",
    "Gives no later day; takes a reason.",
    |sent| TaskStep::RefuseExtension
);
step!(
    cancel,
    "/api/tasks/{id}/cancel",
    "Calls a task off, with its parts if it is of several units; takes a reason.",
    |sent| TaskStep::Cancel
);

fn until(sent: &TaskStepSent) -> Result<Date, ApiError> {
    ask::day("until", sent.until.clone())?.ok_or_else(|| unknown("until", "YYYY-MM-DD"))
}

pub(crate) fn find(ledger: &Ledger, id: i64) -> Result<Task, ApiError> {
    ledger.store().read(|tx| tasks::get(tx, id))?.ok_or(ApiError::NotFound)
}

async fn take(
    desk: &Desk,
    headers: HeaderMap,
    (id, step): (i64, TaskStep),
    sent: TaskStepSent,
) -> Result<Json<TaskDetail>, ApiError> {
    let request = request(&headers, desk.actor(), (step.code(), &(id, &sent)))?;
    let (by, today, reach) = (desk.by(), desk.today(), Reach::of(desk));
    desk.consult(move |ledger| {
        allow(ledger, &reach, &find(ledger, id)?, side(step))?;
        let lead = sent.lead.map(UnitId);
        let coordinates: Option<Vec<UnitId>> =
            sent.coordinates.map(|it| it.into_iter().map(UnitId).collect());
        let is_known = |it: &UnitId| ledger.look(|books| books.units.get(*it).is_some());
        let named = lead.iter().chain(coordinates.iter().flatten());
        if let Some(unit) = named.into_iter().find(|it| !is_known(it)) {
            return Err(ApiError::BadValue { detail: format!("`lead`: {}", unit.0) });
        }
        // Whom a task may be given to is said by giving, not by deciding.
        let give = ledger.look(|books| reach.scope_of("task.give", books));
        lead.map_or(Ok(()), |it| crate::desk::over(&give, it))?;
        let words = StepWords {
            words: sent.words.as_deref().map(str::trim).filter(|it| !it.is_empty()),
            percent: sent.percent,
            reply: sent.reply.as_deref().map(str::trim).filter(|it| !it.is_empty()),
            lead,
            coordinates: coordinates.as_deref(),
        };
        once(ledger, request, (&by, today), |tx, now| {
            let task = steps::take(tx, (id, sent.version), (step, words), now)?;
            Ok((vec![task.id], verb(step)))
        })?;
        detail(ledger, id, &reach).map(Json)
    })
    .await
}

fn verb(step: TaskStep) -> &'static str {
    match step {
        TaskStep::Assign => "task.assign",
        TaskStep::Progress => "task.progress",
        TaskStep::Report => "task.report",
        TaskStep::Confirm => "task.confirm",
        TaskStep::Return => "task.return",
        TaskStep::AskExtension { .. } => "task.ask_extension",
        TaskStep::GrantExtension { .. } => "task.grant_extension",
        TaskStep::RefuseExtension => "task.refuse_extension",
        TaskStep::Cancel => "task.cancel",
    }
}

fn side(step: TaskStep) -> Side {
    match step {
        TaskStep::Progress | TaskStep::Report | TaskStep::AskExtension { .. } => Side::Lead,
        _ => Side::Giver,
    }
}

/// Goes on only if the account may do its operation on a side of a task.
pub(crate) fn allow(
    ledger: &Ledger,
    reach: &Reach,
    task: &Task,
    side: Side,
) -> Result<(), ApiError> {
    let board = Board::load_all(ledger, reach.today)?;
    ledger.look(|books| reach.may((books, &board), task, side))
}
