//! One task with all that came of it.

use dondoc_core::task::TaskStep;
use dondoc_ledger::{Books, Ledger};
use dondoc_store::{
    documents, findings,
    tasks::{
        Task, evidence, sending,
        steps::{self, TakenStep},
    },
};
use serde::Serialize;
use utoipa::ToSchema;

use super::files::EvidenceView;
use crate::{
    ApiError,
    tasks::{
        board::Board,
        reach::{Reach, Side},
        views::{TaskView, Views, day},
    },
};

/// A task with its log, its files, and its parts.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TaskDetail {
    #[serde(flatten)]
    task: TaskView,
    /// The words of the document that it is from, as printed.
    quote: Option<String>,
    parent: Option<TaskView>,
    children: Vec<TaskView>,
    /// First to last.
    log: Vec<LogView>,
    evidence: Vec<EvidenceView>,
    /// First to last.
    sent: Vec<ReminderView>,
    /// The steps that the account may take now: `progress`, `report`, `confirm`, `return`, `ask_extension`,
    /// `grant_extension`, `refuse_extension`, `assign`, `cascade`, `cancel`.
    allowed: Vec<&'static str>,
}

/// A step that was taken.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LogView {
    /// The version of the task after it.
    version: i64,
    /// `open`, or the name of the step.
    step: String,
    by: String,
    #[schema(format = DateTime)]
    at: String,
    words: Option<String>,
    /// Where the task went.
    stage: String,
    percent: i64,
    #[schema(format = Date)]
    due: Option<String>,
    /// The day that was asked for or given.
    #[schema(format = Date)]
    until: Option<String>,
}

/// Something that was sent about a task.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReminderView {
    /// `first`, `repeat` or `escalation`.
    kind: &'static str,
    #[schema(format = Date)]
    on: String,
    by: String,
    /// The letter that it came in.
    letter: Option<i64>,
}

pub(super) fn detail(ledger: &Ledger, id: i64, reach: &Reach) -> Result<TaskDetail, ApiError> {
    let read = ledger.look(|books| reach.scope_of("task.read", books));
    let board = Board::load(ledger, reach.today, read.bound())?;
    let task = board.get(id).filter(|it| board.is_seen(it, &read)).ok_or(ApiError::NotFound)?;
    let (log, files, sent) = ledger.store().read(|tx| {
        let files = evidence::of(tx, id)?;
        Ok::<_, ApiError>((steps::taken(tx, id)?, files, sending::reminders(tx, Some(id))?))
    })?;
    let quote = quote(ledger, task)?;
    let sent = sent.into_iter().map(|it| ReminderView {
        kind: it.sent.kind.code(),
        on: it.sent.on.to_string(),
        by: it.by.actor,
        letter: it.letter_id,
    });
    let sent = sent.collect();
    ledger.look(|books| {
        let views = Views { board: &board, books };
        Ok(TaskDetail {
            quote,
            parent: task
                .order
                .parent_id
                .and_then(|it| board.get(it))
                .filter(|it| board.is_seen(it, &read))
                .map(|it| views.task(it)),
            children: board
                .parts(task)
                .filter(|it| board.is_seen(it, &read))
                .map(|it| views.task(it))
                .collect(),
            log: log.into_iter().map(LogView::from).collect(),
            evidence: files.into_iter().map(EvidenceView::from).collect(),
            sent,
            allowed: allowed(books, reach, task),
            task: views.task(task),
        })
    })
}

fn allowed(books: &Books, reach: &Reach, task: &Task) -> Vec<&'static str> {
    if task.course.stage.is_over() {
        return Vec::new();
    }
    let carry_out = reach.scope_of("task.carry_out", books);
    let decide = reach.scope_of("task.decide", books);
    let give = reach.scope_of("task.give", books);
    let leads = reach.reaches(&carry_out, task, Side::Lead);
    let gives = reach.reaches(&decide, task, Side::Giver);
    let of_all = task.lead.is_none();
    let side = if of_all { Side::Giver } else { Side::Lead };
    let mut steps = match of_all {
        true => vec![TaskStep::Cancel.code()],
        false => task.course.steps(),
    };
    let is_leads = |it: &&str| matches!(*it, "progress" | "report" | "ask_extension");
    steps.retain(|it| if is_leads(it) { leads } else { gives });
    if reach.reaches(&give, task, side) {
        steps.push("cascade");
    }
    steps
}

/// The words of a document that a task is from; of a part those of the whole.
fn quote(ledger: &Ledger, task: &Task) -> Result<Option<String>, ApiError> {
    let Some(finding_id) = task.order.finding_id else { return Ok(None) };
    let Some(finding) = findings::get(ledger.store(), finding_id)? else { return Ok(None) };
    let text = documents::own_text(ledger.store(), finding.document_id)?;
    let span = finding.value.span();
    Ok(text.map(|(start, text)| {
        let skip = span.start.saturating_sub(start);
        text.chars().skip(skip).take(span.end.saturating_sub(span.start)).collect()
    }))
}

impl From<TakenStep> for LogView {
    fn from(it: TakenStep) -> Self {
        Self {
            version: it.version,
            step: it.step,
            by: it.by.actor,
            at: it.by.at.to_string(),
            words: it.words,
            stage: it.stage,
            percent: it.percent,
            due: day(it.due),
            until: day(it.until),
        }
    }
}
