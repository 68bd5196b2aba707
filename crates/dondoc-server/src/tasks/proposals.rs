//! `/api/documents/{id}/tasks`, `/api/tasks/from-findings`: from the tasks that were read in a document to tasks that
//! units have.

use axum::{
    Json,
    http::{HeaderMap, StatusCode},
};
use dondoc_core::unit::UnitId;
use dondoc_ledger::Ledger;
use dondoc_store::tasks;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    giving::{once, request, view},
    reach::Reach,
    views::{UnitName, Worded, named},
};
use crate::{
    ApiError,
    desk::Desk,
    extract::{Id, Sent},
    refusals::Refusals,
};

mod reader;

use reader::Reader;

/// What giving the tasks of a document would do.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProposalList {
    document: i64,
    /// The unit that issued the document; the root if no unit has that name.
    giver: UnitName,
    items: Vec<ProposalView>,
}

/// A task that was read in a document, with the units that it means.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProposalView {
    finding_id: i64,
    /// Where the finding stands: `suggested`, `accepted`, `corrected`, `added`, `rejected`.
    state: &'static str,
    text: String,
    label: Option<String>,
    /// The names of its leads as printed.
    written: Vec<String>,
    leads: Vec<UnitName>,
    coordinating: Vec<UnitName>,
    groups: Vec<Worded>,
    office: Option<String>,
    #[schema(format = Date)]
    due: Option<String>,
    /// `quarter/after/5`.
    recurrence: Option<String>,
    /// Names that fit no unit, or several.
    open: Vec<OpenNameView>,
    /// Whether it can be given as it is: it was accepted, and some unit leads.
    is_clear: bool,
    /// The task that was made of it.
    task_id: Option<i64>,
}

/// A name that fits no unit, or several.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OpenNameView {
    name: String,
    /// `lead` or `coordinate`.
    role: &'static str,
    candidates: Vec<UnitName>,
}

/// Which tasks of a document are given.
#[derive(Debug, Clone, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FindingsSent {
    document: i64,
    /// The unit that gives them; if nothing is said, the one that issued the document.
    giver: Option<u32>,
    /// The number in the book of incoming documents.
    arrival: Option<String>,
    programme: Option<String>,
    /// Without it all that were accepted and are no tasks yet.
    items: Option<Vec<ProposedFindingSent>>,
}

/// A task of a document, with what a person put right.
#[derive(Debug, Clone, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProposedFindingSent {
    finding: i64,
    /// Who leads, in place of the names as printed.
    lead: Option<u32>,
    #[serde(default)]
    leads: Vec<u32>,
    /// Who coordinates, in place of the names as printed.
    coordinates: Option<Vec<u32>>,
    #[schema(format = Date)]
    due: Option<String>,
    recurrence: Option<String>,
    component: Option<String>,
    product: Option<String>,
}

/// What became of the tasks of a document: either all were given, or none, and what is in the way.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GivenView {
    /// The new tasks; empty if any could not be given.
    #[schema(value_type = Vec<super::views::TaskView>)]
    tasks: serde_json::Value,
    /// Those that could not be given, with what is open; then nothing was given at all.
    problems: Vec<ProposalView>,
}

/// The tasks that were read in a document, with the units that their names mean.
#[utoipa::path(
    get, path = "/api/documents/{id}/tasks", tag = "tasks",
    params(("id" = i64, Path, description = "The document")),
    responses((status = 200, body = ProposalList), Refusals)
)]
pub(crate) async fn propose(desk: Desk, Id(document): Id) -> Result<Json<ProposalList>, ApiError> {
    let today = desk.today();
    desk.consult(move |ledger| {
        let reader = Reader::open(ledger, document, None, today)?;
        let items = reader.found.iter().map(|it| reader.proposal(ledger, it)).collect();
        let giver = ledger.look(|books| named(books, reader.giver, today));
        Ok::<_, ApiError>(Json(ProposalList { document, giver, items }))
    })
    .await
}

/// Gives the accepted tasks of a document in one go: all of them, or none and what is in the way.
#[utoipa::path(
    post, path = "/api/tasks/from-findings", tag = "tasks", request_body = FindingsSent,
    params(("Idempotency-Key" = Option<String>, Header, description = "Given once, done once")),
    responses(
        (status = 201, body = GivenView, description = "All were given"),
        (status = 422, body = GivenView, description = "None was given; `problems` says why"),
        Refusals,
    )
)]
pub(crate) async fn give(
    desk: Desk,
    headers: HeaderMap,
    Sent(sent): Sent<FindingsSent>,
) -> Result<(StatusCode, Json<GivenView>), ApiError> {
    let request = request(&headers, desk.actor(), ("task.from_findings", &sent))?;
    let (by, today, reach) = (desk.by(), desk.today(), Reach::of(&desk));
    desk.consult(move |ledger| {
        let giver = giver_of(ledger, &sent, &reach)?;
        let reader = Reader::open(ledger, sent.document, Some(giver), today)?;
        let (new, problems) = reader.choose(ledger, &sent)?;
        for unit in new.iter().flat_map(|it| &it.leads).chain([&giver]) {
            reach.over(*unit)?;
        }
        let is_known = request.is_some() && new.is_empty();
        if !problems.is_empty() && !is_known {
            let tasks = serde_json::json!([]);
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, Json(GivenView { tasks, problems })));
        }
        let ids = once(ledger, request, (&by, today), |tx, now| {
            let mut ids = Vec::with_capacity(new.len());
            for task in &new {
                ids.push(tasks::giving::give(tx, task, now)?.id);
            }
            Ok((ids, "task.from_findings"))
        })?;
        let tasks = view(ledger, &ids, today)?;
        Ok::<_, ApiError>((StatusCode::CREATED, Json(GivenView { tasks, problems: Vec::new() })))
    })
    .await
}

/// The unit that gives the tasks: the one that is said, or that issued the document if the account may give for it, else the
/// account's own.
fn giver_of(ledger: &Ledger, sent: &FindingsSent, reach: &Reach) -> Result<UnitId, ApiError> {
    if let Some(unit) = sent.giver {
        return Ok(UnitId(unit));
    }
    let issuer = Reader::open(ledger, sent.document, None, reach.today)?.giver;
    if reach.scope.covers(issuer) { Ok(issuer) } else { ledger.look(|books| reach.home(books)) }
}
