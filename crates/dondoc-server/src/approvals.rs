//! `/api/approvals`: reports that wait for somebody to find them right; many at once where nothing is unusual.

use axum::Json;
use dondoc_core::submission::SubmissionState;
use dondoc_ledger::{
    Books, Ledger, LedgerError,
    approve::{Left, Outcome, Review},
};
use dondoc_store::{
    Tx,
    submissions::{self, Submission, SubmissionFilter},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    ApiError, ask,
    desk::Desk,
    error::Bilingual,
    extract::{Asked, Sent},
    faults::FaultView,
    forms::{due, name_in},
    refusals::Refusals,
    reports::ReportView,
};

/// No list is longer, and no more are approved at once.
const MAX_LISTED: usize = 1_000;

/// Which reports are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ApprovalsAsked {
    form: Option<String>,
    period: Option<String>,
}

/// Reports that wait, those that were handed in first on top.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ApprovalList {
    items: Vec<ApprovalView>,
}

/// A report that waits.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ApprovalView {
    #[serde(flatten)]
    report: ReportView,
    #[serde(flatten)]
    facts: FactsView,
}

/// What it takes to decide about a report.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FactsView {
    /// As it is called in that period.
    unit_name: Option<String>,
    form_name: Option<Bilingual>,
    /// The days that the period means by the form's closing rule.
    #[schema(format = Date)]
    from: Option<String>,
    #[schema(format = Date)]
    to: Option<String>,
    /// The last day; null where none is set.
    #[schema(format = Date)]
    due: Option<String>,
    /// The day on which it was handed in the first time.
    #[schema(format = Date)]
    handed_in_on: Option<String>,
    /// By how many days that was after the last day; null if it was in time.
    days_late: Option<i32>,
    n_figures: usize,
    /// What is wrong or unusual about it now.
    findings: Vec<AnsweredView>,
    /// Whether the one who asks handed it in: then somebody else has to approve it.
    is_own: bool,
}

/// Something unusual with the reason that was given for it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AnsweredView {
    #[serde(flatten)]
    fault: FaultView,
    /// The reason; null if none was given.
    answer: Option<String>,
}

/// Reports that are to be approved at once.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ApproveSent {
    /// At most 1000.
    reports: Vec<SeenSent>,
}

/// A report as it was seen.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SeenSent {
    id: i64,
    version: i64,
}

/// What became of each.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ApprovedList {
    /// Approved, now or the time before with the same request.
    approved: Vec<ReportView>,
    /// Left as they were.
    left: Vec<LeftView>,
}

/// A report that was left as it was, and why.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LeftView {
    id: i64,
    /// `not_found`, `stale`, `not_handed_in`, `own_work` or `unusual`.
    why: &'static str,
    message: Bilingual,
}

/// The reports that wait for approval, with what is unusual about each.
#[utoipa::path(
    get, path = "/api/approvals", tag = "reports", params(ApprovalsAsked),
    responses((status = 200, body = ApprovalList), Refusals)
)]
pub(crate) async fn list(
    desk: Desk,
    Asked(asked): Asked<ApprovalsAsked>,
) -> Result<Json<ApprovalList>, ApiError> {
    let period = ask::some(asked.period).map(|it| ask::period(&it)).transpose()?;
    let form = ask::some(asked.form);
    let (today, actor, scope) = (desk.today(), desk.actor().to_owned(), desk.scope());
    desk.consult(move |ledger| {
        let state = Some(SubmissionState::Submitted);
        let filter = SubmissionFilter { unit: None, period, form: form.as_deref(), state };
        let list = |tx: &mut Tx<'_>| submissions::list(tx, &filter, MAX_LISTED);
        let mut found = ledger.store().read_within(scope.bound(), list)?;
        found.retain(|it| scope.covers(it.unit));
        found.sort_by_key(|it| (it.submitted_at.map(|it| it.1), it.id));
        let view = |it: &Submission| {
            let facts = FactsView::of(ledger, it, (&actor, today))?;
            Ok(ApprovalView { report: ReportView::from(it), facts })
        };
        let items = found.iter().map(view).collect::<Result<_, LedgerError>>()?;
        Ok::<_, ApiError>(Json(ApprovalList { items }))
    })
    .await
}

/// Approves all of these reports about which nothing is unusual; the others stay as they are, with the reason why.
///
/// Each is a step of its own: one that can't be approved holds nobody else up. Nobody approves what he handed in himself.
/// The same request again gives the same answer.
#[utoipa::path(
    post, path = "/api/reports/approve-clean", tag = "reports", request_body = ApproveSent,
    responses((status = 200, body = ApprovedList), Refusals)
)]
pub(crate) async fn approve_clean(
    desk: Desk,
    Sent(sent): Sent<ApproveSent>,
) -> Result<Json<ApprovedList>, ApiError> {
    if sent.reports.len() > MAX_LISTED {
        return Err(ApiError::BadRequest { detail: format!("more than {MAX_LISTED} at a time") });
    }
    let (by, today, scope) = (desk.by(), desk.today(), desk.scope());
    desk.consult(move |ledger| {
        let asked: Vec<(i64, i64)> = sent.reports.iter().map(|it| (it.id, it.version)).collect();
        let outcomes = ledger.approve_clean(&asked, &|it| scope.covers(it), (&by, today))?;
        Ok::<_, ApiError>(Json(ApprovedList::new(&outcomes)))
    })
    .await
}

impl FactsView {
    pub(crate) fn n_figures(&self) -> usize {
        self.n_figures
    }

    pub(crate) fn of(
        ledger: &Ledger,
        report: &Submission,
        (actor, today): (&str, Date),
    ) -> Result<Self, LedgerError> {
        let review = ledger.review(report, today)?;
        Ok(ledger.look(|books| Self::new(books, report, review, actor)))
    }

    fn new(books: &Books, report: &Submission, review: Review, actor: &str) -> Self {
        let Submission { unit, period, .. } = *report;
        let form = books.programmes.form(&report.form.0).map(|it| it.1);
        let days = form.and_then(|it| period.days(it.closing));
        let due = form.and_then(|it| due(books, it, (unit, period))).map(|it| it.on);
        let handed_in = report.submitted_at.map(|it| crate::app::today(it.0));
        let late = due.zip(handed_in).and_then(|(due, on)| due.until(on).ok());
        let days_late = late.map(|it| it.get_days()).filter(|it| *it > 0);
        let answered =
            |(finding, answer)| AnsweredView { fault: FaultView::from(&finding), answer };
        Self {
            unit_name: name_in(books, unit, period),
            form_name: form.map(|it| Bilingual::from(&it.name)),
            from: days.map(|it| it.0.to_string()),
            to: days.map(|it| it.1.to_string()),
            due: due.map(|it| it.to_string()),
            handed_in_on: handed_in.map(|it| it.to_string()),
            days_late,
            n_figures: review.n_figures,
            findings: review.findings.into_iter().map(answered).collect(),
            is_own: report.standing.submitted_by() == Some(actor),
        }
    }
}

impl ApprovedList {
    fn new(outcomes: &[Outcome]) -> Self {
        let mut all = Self { approved: Vec::new(), left: Vec::new() };
        for (id, outcome) in outcomes {
            match outcome {
                Ok(approved) => all.approved.push(ReportView::from(approved)),
                Err(left) => all.left.push(LeftView::new(*id, *left)),
            }
        }
        all
    }
}

impl LeftView {
    fn new(id: i64, left: Left) -> Self {
        let (why, vi, en) = match left {
            Left::NotThere => (
                "not_found",
                "không có báo cáo này".to_owned(),
                "there is no such report".to_owned(),
            ),
            Left::Stale => (
                "stale",
                "người khác vừa thay đổi báo cáo này, cần xem lại".to_owned(),
                "somebody has just changed it; look at it again".to_owned(),
            ),
            Left::NotHandedIn(_) => (
                "not_handed_in",
                "báo cáo không còn ở bước chờ duyệt".to_owned(),
                "it does not wait for approval any more".to_owned(),
            ),
            Left::OwnWork => (
                "own_work",
                "anh/chị đã nộp báo cáo này nên người khác phải duyệt".to_owned(),
                "you handed it in, so somebody else has to approve it".to_owned(),
            ),
            Left::Unusual(n) => (
                "unusual",
                format!("có {n} cảnh báo, cần mở ra xem từng báo cáo"),
                format!("{n} warnings; it has to be looked at by itself"),
            ),
        };
        Self { id, why, message: Bilingual { vi, en } }
    }
}
