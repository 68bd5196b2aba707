//! `/api/owed`: which reports units owe, to be there by when, and how far they have come.

use axum::Json;
use dondoc_core::{
    figure::Status,
    submission::{SubmissionState, SubmissionStep},
    unit::UnitId,
};
use dondoc_ledger::{
    Books, Ledger, LedgerError,
    owed::{Asked as Question, Nils, Owed, Timing},
};
use dondoc_store::{
    StoreError,
    submissions::steps::{self, TakenStep},
};
use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    ApiError, ask, completeness::calendar, desk::Desk, documents::unknown, error::Bilingual,
    extract::Asked, forms::name_in, refusals::Refusals, reports::NoteView,
};

pub(crate) mod board;

/// How many days ahead a period is listed before it closes.
const AHEAD_DAYS: i32 = 31;
/// No list is longer; the counts are of all.
const MAX_LISTED: usize = 500;

/// Which reports are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct OwedAsked {
    /// Of this unit; of all that may be seen if nothing is said.
    unit: Option<u32>,
    form: Option<String>,
    period: Option<String>,
    /// `open` (to be done; if nothing is said), `done` or `all`.
    state: Option<String>,
}

/// Reports that are owed: the latest first, then those with the fewest days left.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OwedList {
    /// The day of the answer.
    #[schema(format = Date)]
    today: String,
    /// How many are late, over all that were asked for.
    n_late: usize,
    /// How many are to be done, late or not.
    n_open: usize,
    /// At most 500.
    items: Vec<OwedView>,
}

/// A report that must come, and what came of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OwedView {
    pack: String,
    pack_name: Bilingual,
    form: String,
    form_name: Bilingual,
    unit: u32,
    /// As it is called in that period.
    unit_name: Option<String>,
    period: String,
    /// `final` or `estimate`.
    kind: &'static str,
    /// The days that the period means by the form's closing rule.
    #[schema(format = Date)]
    from: Option<String>,
    #[schema(format = Date)]
    to: Option<String>,
    /// The first day on which it is taken as complete: the closing day.
    #[schema(format = Date)]
    opens: String,
    /// The last day; null where none is set.
    #[schema(format = Date)]
    due: Option<String>,
    /// Whether all days off until then are announced; if not, it may come later, never earlier.
    due_is_sure: bool,
    /// `not_started`, `draft`, `returned`, `submitted`, `approved` or `locked`.
    state: &'static str,
    /// Whether it is to be handed in, and its last day is over.
    is_late: bool,
    /// Of one that is late: how many days. Of one that was handed in after its last day: by how many. Else null.
    days_late: Option<u32>,
    /// Of one that is to be handed in: working days after today until the last day, 0 on that day; else null.
    working_days_left: Option<u32>,
    /// Whether its period is closed for the unit, so that only a correction goes through.
    is_closed: bool,
    /// Whether it may be handed in as *không phát sinh* wholly: `POST /api/reports` with `nil`.
    may_be_nil: bool,
    /// The report, if one was begun, and its version.
    report: Option<i64>,
    version: Option<i64>,
    receipt: Option<String>,
    /// The day on which it was handed in the first time.
    #[schema(format = Date)]
    handed_in_on: Option<String>,
    /// Of one that was sent back: who says what.
    returned: Option<ReturnedView>,
}

/// Why a report was sent back.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReturnedView {
    by: String,
    #[schema(format = DateTime)]
    at: String,
    reason: Option<String>,
    /// What is said about cells.
    notes: Vec<NoteView>,
}

/// The reports that units owe since the programmes are in use; nothing disappears before it is handed in.
#[utoipa::path(
    get, path = "/api/owed", tag = "reports", params(OwedAsked),
    responses((status = 200, body = OwedList), Refusals)
)]
pub(crate) async fn list(
    desk: Desk,
    Asked(asked): Asked<OwedAsked>,
) -> Result<Json<OwedList>, ApiError> {
    let period = ask::some(asked.period).map(|it| ask::period(&it)).transpose()?;
    let (open, done) = match asked.state.as_deref() {
        None | Some("" | "open") => (true, false),
        Some("done") => (false, true),
        Some("all") => (true, true),
        Some(_) => return Err(unknown("state", "open, done, all")),
    };
    let (unit, form) = (asked.unit.map(UnitId), ask::some(asked.form));
    let (today, scope) = (desk.today(), desk.scope());
    desk.consult(move |ledger| {
        let concerns = |it: UnitId| unit.is_none_or(|unit| unit == it) && scope.covers(it);
        let question = Question { form: form.as_deref(), period, ..question(today, &concerns)? };
        let all = ledger.within(scope.bound()).owed(&question)?;
        let n_open = all.iter().filter(|it| !it.is_done()).count();
        let n_late = all.iter().filter(|it| matches!(it.timing, Timing::Late { .. })).count();
        let shown = all.iter().filter(|it| if it.is_done() { done } else { open });
        let shown: Vec<&Owed> = shown.take(MAX_LISTED).collect();
        let items = views(ledger, &shown)?;
        Ok::<_, ApiError>(Json(OwedList { today: today.to_string(), n_late, n_open, items }))
    })
    .await
}

/// A question about all forms and periods until a month ahead.
pub(crate) fn question<'a>(
    today: Date,
    concerns: &'a dyn Fn(UnitId) -> bool,
) -> Result<Question<'a>, ApiError> {
    let until = today.checked_add(AHEAD_DAYS.days()).map_err(|_| ApiError::Internal)?;
    let calendar = calendar().ok_or(ApiError::Internal)?;
    let day_of = crate::app::today;
    Ok(Question { today, until, calendar, day_of, concerns, form: None, period: None })
}

fn views(ledger: &Ledger, shown: &[&Owed]) -> Result<Vec<OwedView>, LedgerError> {
    let returned = ledger.store().read(|tx| -> Result<Vec<_>, StoreError> {
        let last = |it: &&Owed| match &it.received {
            Some(received) if received.state == SubmissionState::Returned => {
                steps::taken(tx, received.submission_id).map(returned_by)
            }
            _ => Ok(None),
        };
        shown.iter().map(last).collect()
    })?;
    Ok(ledger.look(|books| {
        let mut nils = Nils::new(books);
        let both = shown.iter().zip(returned);
        both.filter_map(|(owed, returned)| OwedView::new(&mut nils, books, (owed, returned)))
            .collect()
    }))
}

fn returned_by(steps: Vec<TakenStep>) -> Option<ReturnedView> {
    let last = steps.into_iter().rev().find(|it| it.step == SubmissionStep::Return.code())?;
    Some(ReturnedView {
        by: last.by.actor,
        at: last.by.at.to_string(),
        reason: last.reason,
        notes: last.notes.into_iter().map(NoteView::from).collect(),
    })
}

/// `final` or `estimate`.
pub(crate) fn kind_code(kind: Status) -> &'static str {
    match kind {
        Status::Estimate => "estimate",
        Status::Final => "final",
    }
}

/// `not_started`, or the state of what was begun.
fn state_code(owed: &Owed) -> &'static str {
    owed.state().map_or("not_started", SubmissionState::code)
}

/// Days late, working days left, and the day of handing in.
fn timing(owed: &Owed) -> (Option<u32>, Option<u32>, Option<String>) {
    match owed.timing {
        Timing::Undated => (None, None, None),
        Timing::Left { working_days } => (None, Some(working_days), None),
        Timing::Late { days } => (Some(days), None, None),
        Timing::HandedIn { on, late_by } => (late_by, None, Some(on.to_string())),
    }
}

impl OwedView {
    /// `None` only of a form that is in no pack any more.
    fn new(
        nils: &mut Nils<'_>,
        books: &Books,
        (owed, returned): (&Owed, Option<ReturnedView>),
    ) -> Option<Self> {
        let it = &owed.expected;
        let (pack, form) = books.programmes.form(&it.form)?;
        let days = it.period.days(form.closing);
        let received = owed.received.as_ref();
        let (days_late, working_days_left, handed_in_on) = timing(owed);
        Some(Self {
            pack: owed.pack.clone(),
            pack_name: (&pack.pack.name).into(),
            form: it.form.clone(),
            form_name: (&form.name).into(),
            unit: it.unit.0,
            unit_name: name_in(books, it.unit, it.period),
            period: it.period.to_string(),
            kind: kind_code(it.kind),
            from: days.map(|it| it.0.to_string()),
            to: days.map(|it| it.1.to_string()),
            opens: it.opens.to_string(),
            due: it.due.map(|it| it.on.to_string()),
            due_is_sure: it.due.is_some_and(|it| it.sure),
            state: state_code(owed),
            is_late: matches!(owed.timing, Timing::Late { .. }),
            days_late,
            working_days_left,
            is_closed: owed.is_locked,
            may_be_nil: owed.is_open() && nils.may_be((pack, form), (it.unit, it.period)),
            report: received.map(|it| it.submission_id),
            version: received.map(|it| it.version),
            receipt: received.and_then(|it| it.receipt.clone()),
            handed_in_on,
            returned,
        })
    }
}
