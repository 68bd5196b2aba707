//! `/api/reports/{id}`: one report, and the steps that are taken with it.

use axum::Json;
use dondoc_core::submission::SubmissionStep;
use dondoc_store::{
    StoreError,
    submissions::{
        self, CellNote,
        steps::{self, TakenStep},
    },
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::{
    ApiError,
    desk::Desk,
    extract::{Id, Sent},
    refusals::Refusals,
    reports::{NoteView, ReportView},
};

/// A report with its way.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReportDetail {
    #[serde(flatten)]
    report: ReportView,
    /// What was typed.
    content: Value,
    /// First to last.
    steps: Vec<StepView>,
}

/// A step that was taken.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StepView {
    /// The version after it.
    version: i64,
    /// `open`, `save`, `submit`, `return`, `approve`, `lock` or `unlock`.
    step: String,
    by: String,
    #[schema(format = DateTime)]
    at: String,
    reason: Option<String>,
    /// SHA-256 of what then stood in the form.
    content_sha256: String,
    notes: Vec<NoteView>,
}

/// A step that is to be taken.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StepSent {
    /// The version that was seen.
    version: i64,
    /// Why; to return takes a reason or notes, to unlock a reason.
    reason: Option<String>,
    /// What is said about cells.
    #[serde(default)]
    notes: Vec<NoteView>,
}

/// A report with what was typed, its steps, and what was said about its cells.
#[utoipa::path(
    get, path = "/api/reports/{id}", tag = "reports",
    params(("id" = i64, Path, description = "The report")),
    responses((status = 200, body = ReportDetail), Refusals)
)]
pub(crate) async fn get(desk: Desk, Id(id): Id) -> Result<Json<ReportDetail>, ApiError> {
    let scope = desk.scope();
    let found = desk.ask(move |store| {
        store.read_within(scope.bound(), |tx| -> Result<_, StoreError> {
            let Some(found) = submissions::get(tx, id)? else { return Ok(None) };
            Ok(Some((found, steps::taken(tx, id)?)))
        })
    });
    let (found, steps) = found.await?.ok_or(ApiError::NotFound)?;
    desk.sees(found.unit)?;
    Ok(Json(ReportDetail {
        report: ReportView::from(&found),
        content: found.content,
        steps: steps.into_iter().map(StepView::from).collect(),
    }))
}

/// Sends a report back, with reasons at its cells.
#[utoipa::path(
    post, path = "/api/reports/{id}/return", tag = "reports", request_body = StepSent,
    params(("id" = i64, Path, description = "The report")),
    responses((status = 200, body = ReportView), Refusals)
)]
pub(crate) async fn send_back(
    desk: Desk,
    Id(id): Id,
    Sent(sent): Sent<StepSent>,
) -> Result<Json<ReportView>, ApiError> {
    take(desk, id, SubmissionStep::Return, sent).await
}

/// Finds a report right; nobody approves what he handed in himself.
#[utoipa::path(
    post, path = "/api/reports/{id}/approve", tag = "reports", request_body = StepSent,
    params(("id" = i64, Path, description = "The report")),
    responses((status = 200, body = ReportView), Refusals)
)]
pub(crate) async fn approve(
    desk: Desk,
    Id(id): Id,
    Sent(sent): Sent<StepSent>,
) -> Result<Json<ReportView>, ApiError> {
    take(desk, id, SubmissionStep::Approve, sent).await
}

/// Closes an approved report.
#[utoipa::path(
    post, path = "/api/reports/{id}/lock", tag = "reports", request_body = StepSent,
    params(("id" = i64, Path, description = "The report")),
    responses((status = 200, body = ReportView), Refusals)
)]
pub(crate) async fn lock(
    desk: Desk,
    Id(id): Id,
    Sent(sent): Sent<StepSent>,
) -> Result<Json<ReportView>, ApiError> {
    take(desk, id, SubmissionStep::Lock, sent).await
}

/// Opens a locked report again; takes a reason.
#[utoipa::path(
    post, path = "/api/reports/{id}/unlock", tag = "reports", request_body = StepSent,
    params(("id" = i64, Path, description = "The report")),
    responses((status = 200, body = ReportView), Refusals)
)]
pub(crate) async fn unlock(
    desk: Desk,
    Id(id): Id,
    Sent(sent): Sent<StepSent>,
) -> Result<Json<ReportView>, ApiError> {
    take(desk, id, SubmissionStep::Unlock, sent).await
}

async fn take(
    desk: Desk,
    id: i64,
    step: SubmissionStep,
    sent: StepSent,
) -> Result<Json<ReportView>, ApiError> {
    let (by, scope) = (desk.by(), desk.scope());
    desk.consult(move |ledger| {
        let found = ledger.store().read_within(scope.bound(), |tx| submissions::get(tx, id))?;
        found.filter(|it| scope.covers(it.unit)).ok_or(ApiError::NotFound)?;
        let notes: Vec<CellNote> = sent.notes.into_iter().map(CellNote::from).collect();
        let words = (sent.reason.as_deref(), notes.as_slice());
        let taken = ledger.step((id, sent.version), step, words, &by)?;
        Ok::<_, ApiError>(Json(ReportView::from(&taken)))
    })
    .await
}

impl From<TakenStep> for StepView {
    fn from(it: TakenStep) -> Self {
        Self {
            version: it.version,
            step: it.step,
            by: it.by.actor,
            at: it.by.at.to_string(),
            reason: it.reason,
            content_sha256: it.content_sha256,
            notes: it.notes.into_iter().map(NoteView::from).collect(),
        }
    }
}
