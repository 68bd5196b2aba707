//! `/api/admin/changes`: units change; rehearsed before it is done.

pub(crate) mod file;
mod reach;
pub(crate) mod rehearsal;

use std::sync::Arc;

use axum::Json;
use dondoc_core::{
    problem::Language,
    unit::{ChangeRequest, Kind, RequestFault, Weight},
};
use dondoc_ledger::Ledger;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    ApiError,
    admin::jobs::{self, JobView, Outcome},
    countersigns::{self, Answer, Asker, Begun, CountersignView, Deed, Made},
    desk::Desk,
    error::{Bilingual, ProblemView},
    extract::Sent,
    refusals::Refusals,
};

use rehearsal::RehearsalView;

/// A change that is to be rehearsed.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RehearsalSent {
    change: ChangeRequest,
    /// What figures of split units are shared by: `population` if nothing is said, `area` or `equal`.
    weight: Option<Weight>,
}

/// A change that is to be done, as it was rehearsed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeSent {
    change: ChangeRequest,
    /// The job of its rehearsal.
    rehearsal: i64,
}

/// A change that was done.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChangeDone {
    /// How many changes of units were kept.
    n_changes: usize,
    /// The units that were founded.
    founded: Vec<u32>,
}

/// What units may be.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct KindList {
    items: Vec<KindEntry>,
}

/// What a unit may be.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct KindEntry {
    /// `ward`
    code: &'static str,
    name: Bilingual,
    /// Whether units of this kind may be founded by a change: parts of the State's territory as it is today.
    is_current: bool,
}

/// The kinds of units.
#[utoipa::path(
    get, path = "/api/admin/changes/kinds", tag = "administration",
    responses((status = 200, body = KindList), Refusals)
)]
pub(crate) async fn kinds() -> Json<KindList> {
    let is_current = |it: Kind| {
        use Kind::{City, Commune, Province, SpecialZone, Ward};
        matches!(it, Province | City | Commune | Ward | SpecialZone)
    };
    let entry = |it: Kind| KindEntry {
        code: it.code(),
        name: Bilingual { vi: it.vietnamese().to_owned(), en: it.english().to_owned() },
        is_current: is_current(it),
    };
    Json(KindList { items: Kind::all().map(entry).collect() })
}

/// Rehearses a change of units: what would become of every figure, report and account. Nothing is kept; the job gives it.
#[utoipa::path(
    post, path = "/api/admin/changes/rehearsals", tag = "administration", request_body = RehearsalSent,
    responses((status = 200, body = JobView), Refusals)
)]
pub(crate) async fn rehearse(
    desk: Desk,
    Sent(sent): Sent<RehearsalSent>,
) -> Result<Json<JobView>, ApiError> {
    let request = sent.change.clone();
    let planned = desk.consult(move |ledger: &Ledger| {
        ledger.refresh()?;
        ledger.look(|books| request.changes(&books.units)).map_err(|fault| refused(&fault))
    });
    let changes = planned.await?;
    let ledger = desk.ledger();
    let weight = sent.weight.unwrap_or(Weight::Population);
    jobs::start(&desk, "rehearsal", move |progress| {
        let internal = |error: ApiError| Box::new(ProblemView::from(&error));
        let rehearsed = ledger.rehearse(&changes, weight, &mut |done, of| progress.tell(done, of));
        let rehearsed = rehearsed.map_err(|error| internal(error.into()))?;
        let reach = reach::of(&ledger, &rehearsed).map_err(internal)?;
        let deed = Deed::ChangeUnits { change: sent.change.clone(), n_before: rehearsed.n_before };
        // Units that changed meanwhile have no digest here: what was rehearsed can't be done any more.
        let digest = ledger.store().read(|tx| deed.digest(tx)).unwrap_or_default();
        let view = RehearsalView::new(&ledger, &sent.change, &rehearsed, (reach, digest));
        Ok(Outcome::Rehearsal(Arc::new(view)))
    })
}

/// Does a change as it was rehearsed, or asks a second person to confirm it (202). Refused if anything came in between that the
/// rehearsal did not see.
#[utoipa::path(
    post, path = "/api/admin/changes", tag = "administration", request_body = ChangeSent,
    responses(
        (status = 200, body = ChangeDone),
        (status = 202, body = CountersignView, description = "Waits for a second person"),
        Refusals
    )
)]
pub(crate) async fn carry_out(
    desk: Desk,
    Sent(sent): Sent<ChangeSent>,
) -> Result<Answer<Json<ChangeDone>>, ApiError> {
    let rehearsal = desk.site().jobs.rehearsal(sent.rehearsal).ok_or(ApiError::NotFound)?;
    let asker = Asker::of(&desk);
    desk.consult(move |ledger: &Ledger| {
        if *rehearsal.request() != sent.change {
            return Err(ApiError::Stale);
        }
        if !rehearsal.may_be_done() {
            let detail = "the rehearsal found errors".to_owned();
            return Err(ApiError::WrongStep { detail });
        }
        let deed = Deed::ChangeUnits { change: sent.change, n_before: rehearsal.n_before() };
        Ok(match countersigns::begin(ledger, &asker, &deed)? {
            Begun::Asked(view) => Answer::Asked(view),
            Begun::Done(made) => {
                let Made { n_changes, founded, .. } = made;
                Answer::Done(Json(ChangeDone { n_changes, founded }))
            }
        })
    })
    .await
}

fn refused(fault: &RequestFault) -> ApiError {
    ApiError::BadValue { detail: fault.say(Language::Vietnamese) }
}
