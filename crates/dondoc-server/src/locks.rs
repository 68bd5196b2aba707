//! `/api/locks`: periods that are closed.

use axum::{Json, extract::State};
use dondoc_core::unit::UnitId;
use dondoc_store::{
    Action,
    submissions::{
        SubmissionError,
        locks::{self, Lock, NewLock},
    },
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    ApiError, App, ask,
    extract::{Asked, Id, Sent},
    refusals::Refusals,
};

/// A lock that is to be set.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LockSent {
    /// The pack: `KVPT`.
    pack: String,
    /// The form; all of them if nothing is said.
    form: Option<String>,
    period: String,
    /// The unit and all under it; everyone if nothing is said.
    unit: Option<u32>,
    reason: Option<String>,
}

/// Why a lock is lifted.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LiftSent {
    reason: String,
}

/// Which locks are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct LocksAsked {
    /// Set and lifted ones of this period; without it all that are set.
    period: Option<String>,
}

/// Locks, first to last.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LockList {
    items: Vec<LockView>,
}

/// A lock.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LockView {
    id: i64,
    pack: String,
    /// Null: all forms.
    form: Option<String>,
    period: String,
    /// Null: everyone.
    unit: Option<u32>,
    reason: Option<String>,
    set_by: String,
    #[schema(format = DateTime)]
    set_at: String,
    lifted_by: Option<String>,
    #[schema(format = DateTime)]
    lifted_at: Option<String>,
    lifted_because: Option<String>,
}

/// The locks that are set, or all that ever were of a period.
#[utoipa::path(
    get, path = "/api/locks", tag = "reports", params(LocksAsked),
    responses((status = 200, body = LockList), Refusals)
)]
pub(crate) async fn list(
    State(app): State<App>,
    Asked(asked): Asked<LocksAsked>,
) -> Result<Json<LockList>, ApiError> {
    let period = ask::some(asked.period).map(|it| ask::period(&it)).transpose()?;
    let found = app.ask(move |store| match period {
        Some(period) => store.read(|tx| locks::of(tx, period)),
        None => store.read(locks::in_force),
    });
    Ok(Json(LockList { items: found.await?.into_iter().map(LockView::from).collect() }))
}

/// Closes a period: from now on only corrections change its figures.
#[utoipa::path(
    post, path = "/api/locks", tag = "reports", request_body = LockSent,
    responses((status = 200, body = LockView), Refusals)
)]
pub(crate) async fn set(
    State(app): State<App>,
    Sent(sent): Sent<LockSent>,
) -> Result<Json<LockView>, ApiError> {
    let period = ask::period(&sent.period)?;
    let by = app.by();
    app.consult(move |ledger| {
        let unit = sent.unit.map(UnitId);
        ledger.look(|books| {
            let pack = books.programmes.pack(&sent.pack).ok_or(ApiError::NotFound)?;
            let has_form = sent.form.as_deref().is_none_or(|it| pack.form(it).is_some());
            let has_unit = unit.is_none_or(|it| books.units.get(it).is_some());
            if has_form && has_unit { Ok(()) } else { Err(ApiError::NotFound) }
        })?;
        let new = NewLock {
            pack: &sent.pack,
            form: sent.form.as_deref(),
            period,
            unit,
            reason: sent.reason.as_deref(),
        };
        let id = ledger.store().write(|tx| {
            let id = locks::set(tx, &new, &by)?;
            let action = Action { by: by.clone(), verb: "lock.set", object: id.to_string() };
            Ok::<_, dondoc_store::StoreError>((id, action))
        })?;
        let set = ledger.store().read(|tx| locks::of(tx, period))?;
        let set = set.into_iter().find(|it| it.id == id).ok_or(ApiError::Internal)?;
        Ok::<_, ApiError>(Json(LockView::from(set)))
    })
    .await
}

/// Opens a closed period again; takes a reason.
#[utoipa::path(
    post, path = "/api/locks/{id}/lift", tag = "reports", request_body = LiftSent,
    params(("id" = i64, Path, description = "The lock")),
    responses((status = 204, description = "Lifted"), Refusals)
)]
pub(crate) async fn lift(
    State(app): State<App>,
    Id(id): Id,
    Sent(sent): Sent<LiftSent>,
) -> Result<axum::http::StatusCode, ApiError> {
    let by = app.by();
    app.ask(move |store| {
        store.write(|tx| {
            locks::lift(tx, id, &sent.reason, &by)?;
            let action = Action { by: by.clone(), verb: "lock.lift", object: id.to_string() };
            Ok::<_, SubmissionError>(((), action))
        })
    })
    .await?;
    Ok(axum::http::StatusCode::NO_CONTENT)
}

impl From<Lock> for LockView {
    fn from(it: Lock) -> Self {
        let (lifted, lifted_because) = it.lifted.unzip();
        let (lifted_by, lifted_at) = lifted.map(|it| (it.actor, it.at.to_string())).unzip();
        Self {
            id: it.id,
            pack: it.pack,
            form: it.form,
            period: it.period.to_string(),
            unit: it.unit.map(|it| it.0),
            reason: it.reason,
            set_by: it.set.actor,
            set_at: it.set.at.to_string(),
            lifted_by,
            lifted_at,
            lifted_because,
        }
    }
}
