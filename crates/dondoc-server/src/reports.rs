//! `/api/reports`: forms that are handed in, returned, approved, locked.

use axum::{
    Json,
    body::Bytes,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use dondoc_core::{figure::Status, submission::SubmissionState, unit::UnitId};
use dondoc_store::submissions::{self, CellNote, Submission, SubmissionFilter};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::{IntoParams, ToSchema};

use crate::{
    ApiError, ask,
    desk::{Desk, over},
    documents::unknown,
    extract::Asked,
    handing::{Handed, HandedView, ReportSent, key},
    refusals::Refusals,
};

/// No list of reports is longer.
const MAX_LISTED: usize = 500;

/// Something said about a cell: why it is returned, or why an unusual figure is right.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoteView {
    /// The row as printed; null means the whole form.
    pub(crate) row: Option<String>,
    /// The column as printed; null means the whole row.
    pub(crate) column: Option<String>,
    /// The rule or fault that it is about.
    pub(crate) about: Option<String>,
    /// What is said.
    pub(crate) words: String,
}

/// How a form is handed in.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Handing {
    /// Only says what would happen; nothing is kept.
    #[serde(default)]
    dry_run: bool,
}

/// Which reports are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ReportsAsked {
    form: Option<String>,
    period: Option<String>,
    unit: Option<u32>,
    /// `draft`, `submitted`, `returned`, `approved` or `locked`.
    state: Option<String>,
}

/// Reports, the latest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReportList {
    items: Vec<ReportView>,
}

/// A report.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReportView {
    id: i64,
    pack: String,
    form: String,
    form_version: u32,
    unit: u32,
    period: String,
    /// `final` or `estimate`.
    kind: &'static str,
    /// `draft`, `submitted`, `returned`, `approved` or `locked`.
    state: &'static str,
    /// Goes up with every step; a step names the one that was seen.
    version: i64,
    submitted_by: Option<String>,
    approved_by: Option<String>,
    #[schema(format = DateTime)]
    first_submitted_at: Option<String>,
    #[schema(format = DateTime)]
    last_submitted_at: Option<String>,
    receipt: Option<String>,
}

/// Hands a form in: all of it, or nothing.
///
/// With an `Idempotency-Key` the same request again gets the same receipt again.
#[utoipa::path(
    post, path = "/api/reports", tag = "reports",
    params(Handing, ("Idempotency-Key" = Option<String>, Header, description = "Any text of up to 200 bytes")),
    request_body = ReportSent,
    responses(
        (status = 200, body = HandedView, description = "The receipt; with `dry_run` what would happen"),
        Refusals,
    )
)]
pub(crate) async fn hand_in(
    desk: Desk,
    Asked(handing): Asked<Handing>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiError> {
    let key = key(&headers, desk.actor())?;
    must_be_json(&headers)?;
    let (by, today, scope) = (desk.by(), desk.today(), desk.scope());
    desk.consult(move |ledger| {
        let sent: ReportSent = serde_json::from_slice(&body)
            .map_err(|error| ApiError::BadRequest { detail: error.to_string() })?;
        over(&scope, sent.unit())?;
        let handed = Handed::read(ledger, sent)?;
        if handing.dry_run {
            return Ok(Json(handed.try_out(ledger, today)?).into_response());
        }
        if !handed.findings.is_empty() {
            return Err(ApiError::of_findings(handed.findings));
        }
        let request = key.map(|it| (it, Sha256::digest(&body).into()));
        let told = handed.keep(ledger, (&by, today), request.as_ref())?;
        Ok(([(header::CONTENT_TYPE, "application/json")], told).into_response())
    })
    .await
}

/// Reports by form, period, unit and state.
#[utoipa::path(
    get, path = "/api/reports", tag = "reports", params(ReportsAsked),
    responses((status = 200, body = ReportList), Refusals)
)]
pub(crate) async fn list(
    desk: Desk,
    Asked(asked): Asked<ReportsAsked>,
) -> Result<Json<ReportList>, ApiError> {
    let period = ask::some(asked.period).map(|it| ask::period(&it)).transpose()?;
    let state = ask::some(asked.state).map(|it| {
        let states = "draft, submitted, returned, approved, locked";
        SubmissionState::by_code(&it).ok_or(unknown("state", states))
    });
    let (state, form, unit) = (state.transpose()?, ask::some(asked.form), asked.unit.map(UnitId));
    let scope = desk.scope();
    desk.ask(move |store| {
        let filter = SubmissionFilter { unit, period, form: form.as_deref(), state };
        let found =
            store.read_within(scope.bound(), |tx| submissions::list(tx, &filter, MAX_LISTED))?;
        let found = found.iter().filter(|it| scope.covers(it.unit));
        let items = found.map(ReportView::from).collect();
        Ok::<_, dondoc_store::StoreError>(Json(ReportList { items }))
    })
    .await
}

fn must_be_json(headers: &HeaderMap) -> Result<(), ApiError> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok());
    let is_json = kind.is_some_and(|it| it.split(';').next() == Some("application/json"));
    if is_json { Ok(()) } else { Err(ApiError::UnsupportedType) }
}

impl From<NoteView> for CellNote {
    fn from(it: NoteView) -> Self {
        Self { row: it.row, column: it.column, about: it.about, words: it.words }
    }
}

impl From<CellNote> for NoteView {
    fn from(it: CellNote) -> Self {
        Self { row: it.row, column: it.column, about: it.about, words: it.words }
    }
}

impl From<&Submission> for ReportView {
    fn from(it: &Submission) -> Self {
        let (first, last) = it.submitted_at.unzip();
        Self {
            id: it.id,
            pack: it.pack.0.clone(),
            form: it.form.0.clone(),
            form_version: it.form.1,
            unit: it.unit.0,
            period: it.period.to_string(),
            kind: match it.kind {
                Status::Estimate => "estimate",
                Status::Final => "final",
            },
            state: it.standing.state().code(),
            version: it.version,
            submitted_by: it.standing.submitted_by().map(str::to_owned),
            approved_by: it.standing.approved_by().map(str::to_owned),
            first_submitted_at: first.map(|it| it.to_string()),
            last_submitted_at: last.map(|it| it.to_string()),
            receipt: it.receipt.clone(),
        }
    }
}
