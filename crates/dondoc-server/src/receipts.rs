//! `/api/reports/{id}/summary`: what stands on the head of a report and on its receipt.

use std::sync::Arc;

use axum::Json;
use dondoc_core::{
    access::{Policy, Scope},
    submission::SubmissionStep,
};
use dondoc_ledger::Ledger;
use dondoc_store::{
    StoreError,
    submissions::{
        self, Submission, locks,
        steps::{self, Receipt},
    },
};
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    ApiError,
    approvals::FactsView,
    desk::{Desk, Who},
    error::Bilingual,
    extract::Id,
    refusals::Refusals,
    reports::ReportView,
    scopes::Scopes,
};

/// A report as its head and its receipt show it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReportSummary {
    #[serde(flatten)]
    report: ReportView,
    #[serde(flatten)]
    facts: FactsView,
    /// Who fills the form in and for whom.
    route: Option<Bilingual>,
    /// The last receipt; null if it was never handed in.
    proof: Option<ProofView>,
    /// Whether its period is closed for the unit by a lock that reaches several reports.
    is_closed: bool,
    /// The steps that may come next from where it stands: `return`, `approve`, `lock`, `unlock`.
    steps: Vec<&'static str>,
}

/// What proves that a report came.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProofView {
    /// Its number: `000412-2`.
    number: String,
    by: String,
    #[schema(format = DateTime)]
    at: String,
    n_figures: usize,
    /// SHA-256 of what was handed in.
    content_sha256: String,
    /// The block of its figures, and the chain up to it, as it is printed.
    block: Option<i64>,
    chain: Option<String>,
}

/// A report with what it takes to decide about it, and its receipt.
#[utoipa::path(
    get, path = "/api/reports/{id}/summary", tag = "reports",
    params(("id" = i64, Path, description = "The report")),
    responses((status = 200, body = ReportSummary), Refusals)
)]
pub(crate) async fn summary(desk: Desk, Id(id): Id) -> Result<Json<ReportSummary>, ApiError> {
    let (today, who, scope) = (desk.today(), Arc::clone(desk.who()), desk.scope());
    desk.consult(move |ledger| view(ledger, id, (&who, &scope, today)).map(Json)).await
}

fn view(
    ledger: &Ledger,
    id: i64,
    (who, scope, today): (&Who, &Scopes, Date),
) -> Result<ReportSummary, ApiError> {
    let found = ledger.store().read_within(scope.bound(), |tx| -> Result<_, StoreError> {
        let Some(found) = submissions::get(tx, id)? else { return Ok(None) };
        Ok(Some((found, steps::receipt(tx, id)?)))
    })?;
    let found = found.filter(|(report, ..)| scope.covers(report.unit));
    let (found, receipt) = found.ok_or(ApiError::NotFound)?;
    // A lock on a unit above closes it, too.
    let locks = ledger.store().read(locks::in_force)?;
    let facts = FactsView::of(ledger, &found, (&who.account.name, today))?;
    let proof = receipt.map(|it| ProofView::new(it, facts.n_figures()));
    let (route, is_closed) = ledger.look(|books| {
        let route = books.programmes.form(&found.form.0).map(|it| Bilingual::from(&it.1.route));
        (route, dondoc_ledger::owed::is_closed(books, &locks, &found))
    });
    let steps = next_steps(ledger, &found, (who, today));
    Ok(ReportSummary { report: ReportView::from(&found), facts, route, proof, is_closed, steps })
}

/// The steps that may be taken from where the report stands, by the one who asks.
fn next_steps(
    ledger: &Ledger,
    report: &Submission,
    (who, today): (&Who, Date),
) -> Vec<&'static str> {
    use SubmissionStep as Step;
    let fits = |it: &Step| report.standing.clone().after(*it, &who.account.name).is_ok();
    let may = |it: &Step| {
        let path = format!("/api/reports/{{id}}/{}", it.code());
        let operation = Policy::built_in().ok().and_then(|it| it.operation("POST", &path));
        operation.is_some_and(|operation| {
            who.key_opens(&operation.code)
                && ledger.look(|books| {
                    Scope::of(operation, &who.grants, &books.units, today).covers(report.unit)
                })
        })
    };
    let steps = [Step::Return, Step::Approve, Step::Lock, Step::Unlock];
    steps.into_iter().filter(|it| fits(it) && may(it)).map(Step::code).collect()
}

impl ProofView {
    fn new(receipt: Receipt, n_figures: usize) -> Self {
        Self {
            number: receipt.number,
            by: receipt.by.actor,
            at: receipt.by.at.to_string(),
            n_figures,
            content_sha256: receipt.content_sha256,
            block: receipt.block.map(|it| it.0.0),
            chain: receipt.block.map(|it| it.1.short()),
        }
    }
}
