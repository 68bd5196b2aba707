//! `/api/locks`: periods that are closed.

use axum::{Json, http::StatusCode};
use dondoc_core::{access::Scope, unit::UnitId};
use dondoc_ledger::Ledger;
use dondoc_store::{
    Action,
    submissions::locks::{self, Lock, NewLock},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    ApiError, ask,
    countersigns::{self, Answer, Asker, Begun, CountersignView, Deed},
    desk::{Desk, over},
    error::Denial,
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
    desk: Desk,
    Asked(asked): Asked<LocksAsked>,
) -> Result<Json<LockList>, ApiError> {
    let period = ask::some(asked.period).map(|it| ask::period(&it)).transpose()?;
    let scope = desk.scope();
    let bound = desk.scope();
    let found = desk.ask(move |store| {
        store.read_within(bound.bound(), |tx| match period {
            Some(period) => locks::of(tx, period),
            None => locks::in_force(tx),
        })
    });
    let mut found = found.await?;
    // A lock on everyone concerns everyone.
    found.retain(|it| it.unit.is_none_or(|unit| scope.covers(unit)));
    Ok(Json(LockList { items: found.into_iter().map(LockView::from).collect() }))
}

/// Closes a period: from now on only corrections change its figures.
#[utoipa::path(
    post, path = "/api/locks", tag = "reports", request_body = LockSent,
    responses((status = 200, body = LockView), Refusals)
)]
pub(crate) async fn set(
    desk: Desk,
    Sent(sent): Sent<LockSent>,
) -> Result<Json<LockView>, ApiError> {
    let period = ask::period(&sent.period)?;
    may_close(&desk.scope(), sent.unit.map(UnitId))?;
    let by = desk.by();
    desk.consult(move |ledger| {
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

/// Opens a closed period again; takes a reason, and a second person who confirms it (202).
#[utoipa::path(
    post, path = "/api/locks/{id}/lift", tag = "reports", request_body = LiftSent,
    params(("id" = i64, Path, description = "The lock")),
    responses(
        (status = 204, description = "Lifted"),
        (status = 202, body = CountersignView, description = "Waits for a second person"),
        Refusals
    )
)]
pub(crate) async fn lift(
    desk: Desk,
    Id(id): Id,
    Sent(sent): Sent<LiftSent>,
) -> Result<Answer<StatusCode>, ApiError> {
    let (asker, scope) = (Asker::of(&desk), desk.scope());
    desk.consult(move |ledger: &Ledger| {
        let set = ledger.store().read(locks::in_force)?.into_iter().find(|it| it.id == id);
        // One on another unit is not told of, by its number as little as by the list.
        let is_seen = |it: &Lock| it.unit.is_none_or(|unit| scope.covers(unit));
        let set = set.filter(is_seen).ok_or(ApiError::NotFound)?;
        may_close(&scope, set.unit)?;
        if sent.reason.trim().is_empty() {
            return Err(ApiError::NoReason);
        }
        let (pack, period, unit) = (set.pack, set.period.to_string(), set.unit);
        let deed = Deed::LiftLock { lock: id, unit, pack, period, reason: sent.reason };
        Ok(match countersigns::begin(ledger, &asker, &deed)? {
            Begun::Asked(view) => Answer::Asked(view),
            Begun::Done(_) => Answer::Done(StatusCode::NO_CONTENT),
        })
    })
    .await
}

/// Whom a lock may reach: a unit that one reaches oneself, and everyone only if one reaches everyone.
fn may_close(scope: &Scope, unit: Option<UnitId>) -> Result<(), ApiError> {
    match unit {
        Some(unit) => over(scope, unit),
        None if scope.is_whole() => Ok(()),
        None => Err(Denial::Forbidden.into()),
    }
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
