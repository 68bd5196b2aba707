//! `/api/findings`, and adding findings to a document.

use axum::{Json, http::StatusCode};
use dondoc_core::reading::Span;
use dondoc_store::{
    Found, FoundKind, Store, documents,
    findings::{self, Decision, Finding},
};
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::{
    ApiError,
    desk::Desk,
    error::ProblemView,
    extract::{Id, Sent},
    utf16::{Places, Utf16Span},
    view::FindingView,
};

/// The version of a finding that someone saw when deciding.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct DecisionSent {
    version: i64,
}

/// A finding put right.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct CorrectionSent {
    version: i64,
    /// An object of the reading contract without its span.
    #[schema(value_type = Object)]
    value: Map<String, Value>,
    /// Its new place, in UTF-16 units of the document's text; without it the old one.
    utf16: Option<Utf16Span>,
}

/// A finding that the reader missed.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct FindingSent {
    /// `citation`, `task`, `figure`, `abbreviation` or `boilerplate`.
    r#type: String,
    /// Its place, in UTF-16 units of the document's text.
    utf16: Utf16Span,
    /// An object of the reading contract without its span.
    #[schema(value_type = Object)]
    value: Map<String, Value>,
}

/// Adds a finding that the reader missed.
#[utoipa::path(
    post, path = "/api/documents/{id}/findings", tag = "findings", request_body = FindingSent,
    params(("id" = i64, Path, description = "The document")),
    responses(
        (status = 201, body = FindingView),
        (status = 400, body = ProblemView, description = "The request can't be understood"),
        (status = 404, body = ProblemView, description = "There is no such document"),
        (status = 422, body = ProblemView, description = "The value or the place is wrong"),
    )
)]
pub(crate) async fn add(
    desk: Desk,
    Id(document_id): Id,
    Sent(sent): Sent<FindingSent>,
) -> Result<(StatusCode, Json<FindingView>), ApiError> {
    let by = desk.by();
    let view = desk.ask(move |store| {
        let places = places(store, document_id)?;
        let kind = FoundKind::by_code(&sent.r#type).ok_or_else(|| ApiError::BadValue {
            detail: "`type`: citation, task, figure, abbreviation, boilerplate".to_owned(),
        })?;
        let span = places.to_span(sent.utf16).ok_or(ApiError::BadSpan)?;
        let found = found(kind, sent.value, span)?;
        let added = findings::add(store, document_id, &found, &by)?;
        FindingView::new(added, &places).ok_or(ApiError::Internal)
    });
    Ok((StatusCode::CREATED, Json(view.await?)))
}

/// Accepts a finding as read.
#[utoipa::path(
    post, path = "/api/findings/{id}/accept", tag = "findings", request_body = DecisionSent,
    params(("id" = i64, Path, description = "The finding")),
    responses(
        (status = 200, body = FindingView),
        (status = 404, body = ProblemView, description = "There is no such finding"),
        (status = 409, body = ProblemView, description = "Someone decided since (`stale`), or it was rejected"),
    )
)]
pub(crate) async fn accept(
    desk: Desk,
    Id(id): Id,
    Sent(sent): Sent<DecisionSent>,
) -> Result<Json<FindingView>, ApiError> {
    decide(&desk, (id, sent.version), Decision::Accept).await
}

/// Rejects a finding; it then counts for nothing.
#[utoipa::path(
    post, path = "/api/findings/{id}/reject", tag = "findings", request_body = DecisionSent,
    params(("id" = i64, Path, description = "The finding")),
    responses(
        (status = 200, body = FindingView),
        (status = 404, body = ProblemView, description = "There is no such finding"),
        (status = 409, body = ProblemView, description = "Someone decided since (`stale`)"),
    )
)]
pub(crate) async fn reject(
    desk: Desk,
    Id(id): Id,
    Sent(sent): Sent<DecisionSent>,
) -> Result<Json<FindingView>, ApiError> {
    decide(&desk, (id, sent.version), Decision::Reject).await
}

/// Takes all decisions about a finding back, with its first value.
#[utoipa::path(
    post, path = "/api/findings/{id}/reopen", tag = "findings", request_body = DecisionSent,
    params(("id" = i64, Path, description = "The finding")),
    responses(
        (status = 200, body = FindingView),
        (status = 404, body = ProblemView, description = "There is no such finding"),
        (status = 409, body = ProblemView, description = "Someone decided since (`stale`)"),
    )
)]
pub(crate) async fn reopen(
    desk: Desk,
    Id(id): Id,
    Sent(sent): Sent<DecisionSent>,
) -> Result<Json<FindingView>, ApiError> {
    decide(&desk, (id, sent.version), Decision::Reopen).await
}

/// Puts a finding right.
#[utoipa::path(
    post, path = "/api/findings/{id}/correct", tag = "findings", request_body = CorrectionSent,
    params(("id" = i64, Path, description = "The finding")),
    responses(
        (status = 200, body = FindingView),
        (status = 404, body = ProblemView, description = "There is no such finding"),
        (status = 409, body = ProblemView, description = "Someone decided since (`stale`), or it was rejected"),
        (status = 422, body = ProblemView, description = "The value or the place is wrong"),
    )
)]
pub(crate) async fn correct(
    desk: Desk,
    Id(id): Id,
    Sent(sent): Sent<CorrectionSent>,
) -> Result<Json<FindingView>, ApiError> {
    let by = desk.by();
    let view = desk.ask(move |store| {
        let finding = findings::get(store, id)?.ok_or(ApiError::NotFound)?;
        let places = places(store, finding.document_id)?;
        let span = match sent.utf16 {
            Some(place) => places.to_span(place).ok_or(ApiError::BadSpan)?,
            None => finding.value.span(),
        };
        let found = found(finding.value.kind(), sent.value, span)?;
        let decision = Decision::Correct(found);
        let corrected = findings::decide(store, (id, sent.version), &decision, &by)?;
        view(corrected, &places)
    });
    Ok(Json(view.await?))
}

async fn decide(
    desk: &Desk,
    seen: (i64, i64),
    decision: Decision,
) -> Result<Json<FindingView>, ApiError> {
    let by = desk.by();
    let view = desk.ask(move |store| {
        let decided = findings::decide(store, seen, &decision, &by)?;
        let places = places(store, decided.document_id)?;
        view(decided, &places)
    });
    Ok(Json(view.await?))
}

fn view(finding: Finding, places: &Places) -> Result<FindingView, ApiError> {
    FindingView::new(finding, places).ok_or(ApiError::NotFound)
}

fn places(store: &Store, document_id: i64) -> Result<Places, ApiError> {
    let (start, text) = documents::own_text(store, document_id)?.ok_or(ApiError::NotFound)?;
    Ok(Places::new(&text, start))
}

fn found(kind: FoundKind, mut value: Map<String, Value>, span: Span) -> Result<Found, ApiError> {
    value.insert("span".to_owned(), serde_json::json!(span));
    let detail = |error: serde_json::Error| ApiError::BadValue { detail: error.to_string() };
    Found::from_json(kind, Value::Object(value)).map_err(detail)
}
