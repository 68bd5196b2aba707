//! `/api/tasks`: who must do what by when.

use std::collections::BTreeMap;

use axum::{
    Json,
    http::{HeaderMap, StatusCode},
};
use dondoc_core::{
    access::Scope,
    fold,
    order::DictionaryKey,
    task::{TaskState, addressee::Group},
    unit::UnitId,
};
use dondoc_store::tasks::Task;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    ApiError, ask,
    desk::Desk,
    documents::{page, unknown},
    extract::{Asked, Sent},
    refusals::Refusals,
};

pub(crate) mod board;
pub(crate) mod giving;
pub(crate) mod proposals;
pub(crate) mod reach;
pub(crate) mod views;

use board::{Board, name_of};
use giving::TaskSent;
use reach::Reach;
use views::{TaskView, Views};

/// Tasks on a page, if nothing else is said.
const PAGE_SIZE: usize = 50;
/// And at most.
const MAX_PAGE_SIZE: usize = 500;

/// Which tasks are asked for. An empty value filters nothing.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct TasksAsked {
    /// States with commas between: `overdue,returned`.
    state: Option<String>,
    /// Only those that are not over.
    #[serde(default)]
    open: bool,
    /// Only those that are past their deadline and not done.
    #[serde(default)]
    late: bool,
    /// Only those that wait for the units of the account: to be done, confirmed or decided on.
    #[serde(default)]
    mine: bool,
    /// The unit that leads.
    lead: Option<u32>,
    /// A unit that leads, coordinates, is addressed, or gave it.
    unit: Option<u32>,
    /// Due on this day or later.
    #[param(value_type = Option<String>, format = Date)]
    due_from: Option<String>,
    /// Due on this day or earlier.
    #[param(value_type = Option<String>, format = Date)]
    due_to: Option<String>,
    /// From this document.
    document: Option<i64>,
    /// `deadline`, `standing`, `regular` or `ad_hoc`.
    kind: Option<String>,
    /// Of this programme.
    programme: Option<String>,
    /// Words, blind to accents; all of them must be there.
    words: Option<String>,
    /// Whether the tasks under others are listed, too; with a unit they always are.
    #[serde(default)]
    parts: bool,
    /// `urgency` (late first, the latest first; if nothing is said), `due`, `given` (newest first), `lead` (its name, as in a Vietnamese
    /// dictionary) or `state`.
    sort: Option<String>,
    /// From 1.
    page: Option<usize>,
    /// 50 if nothing is said, 500 at most.
    page_size: Option<usize>,
}

/// A page of tasks.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TaskPage {
    items: Vec<TaskView>,
    /// On all pages.
    total: usize,
    /// From 1.
    page: usize,
    page_size: usize,
    /// How many there are of each state, whatever states were asked for; all other filters hold.
    counts: BTreeMap<&'static str, usize>,
    /// The day that states are of.
    #[schema(format = Date)]
    today: String,
}

/// The tasks that the account may see, a page at a time.
#[utoipa::path(
    get, path = "/api/tasks", tag = "tasks", params(TasksAsked),
    responses((status = 200, body = TaskPage), Refusals)
)]
pub(crate) async fn list(
    desk: Desk,
    Asked(asked): Asked<TasksAsked>,
) -> Result<Json<TaskPage>, ApiError> {
    let page = page(asked.page)?;
    let page_size = asked.page_size.unwrap_or(PAGE_SIZE).clamp(1, MAX_PAGE_SIZE);
    let filter = Filter::parse(asked)?;
    let (today, reach) = (desk.today(), Reach::of(&desk));
    desk.consult(move |ledger| {
        let board = Board::load(ledger, today, reach.scope.bound())?;
        let (mut found, counts) = filter.choose(&board, &reach.scope, reach.own().as_deref());
        let total = found.len();
        let skip = (page - 1).saturating_mul(page_size);
        ledger.look(|books| {
            if filter.sort == Sort::Lead {
                let name = |it: &&Task| name_of(&books.units, it.lead?, today);
                found.sort_by_cached_key(|it| name(it).map(|it| DictionaryKey::of(&it)));
            }
            let views = Views { board: &board, books };
            let items = found.into_iter().skip(skip).take(page_size);
            let items = items.map(|it| views.task(it)).collect();
            Ok::<_, ApiError>(Json(TaskPage {
                items,
                total,
                page,
                page_size,
                counts,
                today: today.to_string(),
            }))
        })
    })
    .await
}

/// Gives a task by hand: from a meeting, after an inspection, or as something comes up.
#[utoipa::path(
    post, path = "/api/tasks", tag = "tasks", request_body = TaskSent,
    params(("Idempotency-Key" = Option<String>, Header, description = "Given once, done once")),
    responses((status = 201, body = TaskView), Refusals)
)]
pub(crate) async fn create(
    desk: Desk,
    headers: HeaderMap,
    Sent(sent): Sent<TaskSent>,
) -> Result<(StatusCode, Json<serde_json::Value>), ApiError> {
    let given = giving::give(&desk, headers, sent).await?;
    Ok((StatusCode::CREATED, Json(given)))
}

/// The orders of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Urgency,
    Due,
    Given,
    Lead,
    State,
}

/// What was asked for, understood.
struct Filter {
    states: Vec<TaskState>,
    asked: TasksAsked,
    due_from: Option<Date>,
    due_to: Option<Date>,
    words: Vec<String>,
    sort: Sort,
}

impl Filter {
    fn parse(mut asked: TasksAsked) -> Result<Self, ApiError> {
        let states = asked.state.take().unwrap_or_default();
        let known = TaskState::ALL.iter().map(|it| it.code()).collect::<Vec<_>>().join(", ");
        let state = |it: &str| TaskState::by_code(it).ok_or_else(|| unknown("state", &known));
        let states = states.split(',').map(str::trim).filter(|it| !it.is_empty());
        let sort = match asked.sort.as_deref() {
            None | Some("" | "urgency") => Sort::Urgency,
            Some("due") => Sort::Due,
            Some("given") => Sort::Given,
            Some("lead") => Sort::Lead,
            Some("state") => Sort::State,
            Some(_) => return Err(unknown("sort", "urgency, due, given, lead, state")),
        };
        let words = fold::bare(asked.words.as_deref().unwrap_or_default());
        Ok(Self {
            states: states.map(state).collect::<Result<_, _>>()?,
            due_from: ask::day("due_from", asked.due_from.take())?,
            due_to: ask::day("due_to", asked.due_to.take())?,
            words: words.split_whitespace().map(str::to_owned).collect(),
            sort,
            asked,
        })
    }

    /// The tasks that fit, in their order, and how many there are of each state.
    fn choose<'b>(
        &self,
        board: &'b Board,
        scope: &Scope,
        own: Option<&[UnitId]>,
    ) -> (Vec<&'b Task>, BTreeMap<&'static str, usize>) {
        let mut counts: BTreeMap<&'static str, usize> =
            TaskState::ALL.iter().map(|it| (it.code(), 0)).collect();
        let mut found = Vec::new();
        for task in board.tasks() {
            if !self.fits(board, task, own) || !board.is_seen(task, scope) {
                continue;
            }
            let state = board.state(task);
            *counts.entry(state.code()).or_default() += 1;
            if self.states.is_empty() || self.states.contains(&state) {
                found.push((state, task));
            }
        }
        found.sort_by_key(|(state, task)| {
            let due = task.course.due.unwrap_or(Date::MAX);
            match self.sort {
                Sort::Urgency => (rank(*state), due, task.id),
                Sort::Given => (0, Date::MIN, -task.id),
                // By name it is put in order where the names are.
                Sort::Due | Sort::Lead => (0, due, task.id),
                Sort::State => (rank(*state), Date::MIN, task.id),
            }
        });
        (found.into_iter().map(|(_, it)| it).collect(), counts)
    }

    fn fits(&self, board: &Board, task: &Task, own: Option<&[UnitId]>) -> bool {
        let Self { asked, .. } = self;
        let is_over = task.course.stage.is_over();
        let due = task.course.due;
        let of_unit = asked.unit.map(UnitId);
        let lead = asked.lead.map(UnitId);
        let lists_parts =
            asked.parts || asked.mine || asked.late || lead.is_some() || of_unit.is_some();
        // A part that another unit gave on is a task of its own; one of a group's is told with the group's.
        let is_told = lists_parts || !is_part_of_group(board, task);
        is_told
            && (!asked.open || !is_over)
            && (!asked.late || board.is_late(task))
            && (!asked.mine || is_mine(task, own))
            && (lead.is_none() || task.lead == lead)
            && of_unit.is_none_or(|it| concerns(board, task, it))
            && self.due_from.is_none_or(|it| due.is_some_and(|due| it <= due))
            && self.due_to.is_none_or(|it| due.is_some_and(|due| due <= it))
            && asked.document.is_none_or(|it| task.order.document_id == Some(it))
            && fits_text(asked.kind.as_deref(), Some(task.order.kind.code()))
            && fits_text(asked.programme.as_deref(), task.order.programme.as_deref())
            && self.words.iter().all(|it| task.folded.contains(it.as_str()))
    }
}

fn fits_text(asked: Option<&str>, found: Option<&str>) -> bool {
    asked.is_none_or(|it| it.is_empty() || Some(it) == found)
}

fn is_part_of_group(board: &Board, task: &Task) -> bool {
    task.order.parent_id.and_then(|it| board.get(it)).is_some_and(|it| it.lead.is_none())
}

/// Whether a task waits for one of these units; of no units in particular, for anyone.
fn is_mine(task: &Task, own: Option<&[UnitId]>) -> bool {
    let is_own = |unit: UnitId| own.is_none_or(|it| it.contains(&unit));
    let stage = &task.course.stage;
    let waits_for_giver = stage.code() == "reported" || task.course.asked_until.is_some();
    (stage.is_with_the_lead() && task.lead.is_some_and(is_own))
        || (waits_for_giver && task.lead.is_some() && is_own(task.order.giver))
}

fn concerns(board: &Board, task: &Task, unit: UnitId) -> bool {
    let beside = board.around(task).beside;
    task.lead == Some(unit)
        || task.order.giver == unit
        || beside.coordinates.contains(&unit)
        || beside.addressed.contains(&unit)
}

/// Late first, then what was sent back, then what is under way, then what is over.
fn rank(state: TaskState) -> i64 {
    let at = TaskState::ALL.iter().position(|it| *it == state);
    let at = at.and_then(|it| i64::try_from(it).ok()).unwrap_or(i64::MAX);
    // What has not begun and what has are sorted by their days together.
    if state == TaskState::InProgress { at - 1 } else { at }
}

/// The groups of units that tasks are addressed to.
pub(crate) fn groups(codes: &[String]) -> Result<Vec<Group>, ApiError> {
    let known = Group::ALL.iter().map(|it| it.code()).collect::<Vec<_>>().join(", ");
    let group = |it: &String| Group::by_code(it).ok_or_else(|| unknown("groups", &known));
    codes.iter().map(group).collect()
}
