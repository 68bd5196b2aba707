//! `/api/countersigns`: what two people must want. The first one's step is kept as a request; the second one confirms it, and only
//! then it is done.
//!
//! **Invariant:** a [`Deed`] is done by [`Deed::carry_out`] alone, in the transaction in which it is confirmed (or asked for, where
//! one person is enough), with a line in the audit trail for either of the two.

mod answer;
mod deed;
mod new_pack;
mod rule;
mod words;

use axum::Json;
use dondoc_core::{
    countersign::{CountersignError, Decision, Said, Standing},
    unit::ChangeRequest,
};
use dondoc_ledger::{Books, Ledger};
use dondoc_store::{
    Action, By, StoreError,
    countersigns::{self, Countersign, DecideError},
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    ApiError, App,
    desk::{Desk, Who},
    error::{Bilingual, Denial},
    extract::{Id, Sent},
    refusals::Refusals,
};

pub(crate) use answer::{Answer, Begun};
pub(crate) use deed::{Deed, Made};
pub(crate) use new_pack::{NewPack, refused as pack_refused};
pub(crate) use rule::{administers, another_administrator, is_needed, need};

/// No more of them are listed or told of.
const MAX_LISTED: usize = 200;

/// Something that one person wants, and another confirms or refuses.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CountersignView {
    id: i64,
    /// `unit.change`, `unit.load`, `lock.lift`, `administrator.grant`, `pack.confirm` or `pack.use`.
    kind: String,
    /// What is to be done.
    words: Bilingual,
    /// Of what is to be done and what it was planned on; sent back to confirm it.
    digest: String,
    by: String,
    #[schema(format = DateTime)]
    at: String,
    /// Nobody confirms it from then on.
    #[schema(format = DateTime)]
    until: String,
    /// `open`, `confirmed`, `refused`, `withdrawn` or `expired`.
    state: &'static str,
    decided_by: Option<String>,
    #[schema(format = DateTime)]
    decided_at: Option<String>,
    /// Why it was refused.
    reason: Option<String>,
    /// Of `unit.change`: what to rehearse again.
    change: Option<ChangeRequest>,
    /// Of one's own that is open: the sign-in names of those who could confirm it, 10 at most.
    waits_for: Vec<String>,
    /// The account that asks now asked for it.
    is_own: bool,
    /// The account that asks now may confirm or refuse it.
    may_decide: bool,
}

/// What one asked for, and what one may confirm: newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CountersignList {
    items: Vec<CountersignView>,
    /// Whether two people are needed on this installation.
    is_needed: bool,
    /// How many other administrators there are.
    n_others: usize,
}

/// What is confirmed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConfirmSent {
    /// As it was seen.
    digest: String,
}

/// Why it is refused.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RefuseSent {
    reason: String,
}

/// Who asks or decides.
#[derive(Clone)]
pub(crate) struct Asker {
    pub(crate) by: By,
    pub(crate) today: Date,
    who: std::sync::Arc<Who>,
}

impl Asker {
    pub(crate) fn of(desk: &Desk) -> Self {
        Self { by: desk.by(), today: desk.today(), who: std::sync::Arc::clone(desk.who()) }
    }
}

impl CountersignView {
    /// Whether the account that asks now asked for it.
    pub(crate) fn is_own(&self) -> bool {
        self.is_own
    }

    /// Whether the account that asks now may confirm or refuse it.
    pub(crate) fn may_decide(&self) -> bool {
        self.may_decide
    }

    /// `open`, `confirmed` …
    pub(crate) fn state(&self) -> &'static str {
        self.state
    }
}

/// The routes of what takes two people.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(get))
        .routes(routes!(confirm))
        .routes(routes!(refuse))
        .routes(routes!(withdraw))
}

/// Does a deed, or asks for a second person.
///
/// # Errors
///
/// [`Denial::SecondPersonMissing`] if there is none, and whatever keeps the deed from being done.
pub(crate) fn begin(ledger: &Ledger, asker: &Asker, deed: &Deed) -> Result<Begun, ApiError> {
    let by = &asker.by;
    if !ledger.store().read(is_needed)? {
        let made = ledger.store().write(|tx| {
            let made = deed.carry_out(tx, by)?;
            let action = made.action.clone();
            Ok::<_, ApiError>((made, action))
        })?;
        if made.reopens {
            ledger.reopen(asker.today)?;
        }
        return Ok(Begun::Done(made));
    }
    rule::somebody_else(ledger, asker, deed)?;
    let same = same_open(ledger, deed, by.at)?;
    let id = match same {
        Some(id) => id,
        None => ledger.store().write(|tx| {
            let id = deed.ask(tx, by)?;
            Ok::<_, ApiError>((id, deed.asking(id, by)))
        })?,
    };
    let kept = ledger.store().read(|tx| countersigns::get(tx, id))?.ok_or(ApiError::Internal)?;
    let others = rule::others(ledger, asker)?;
    let view = ledger.look(|books| view(books, &kept, asker).naming(books, &kept, &others, asker));
    Ok(Begun::Asked(Box::new(view)))
}

/// The same deed, asked for already: a second click asks for nothing new.
fn same_open(ledger: &Ledger, deed: &Deed, now: Timestamp) -> Result<Option<i64>, ApiError> {
    ledger.store().read(|tx| {
        let digest = deed.digest(tx)?;
        let all = countersigns::newest(tx, MAX_LISTED)?;
        let is_open = |it: &Countersign| it.as_asked().standing(now) == Standing::Open;
        Ok(all.iter().find(|it| it.digest == digest && is_open(it)).map(|it| it.id))
    })
}

/// What was asked for as one account sees it; `None` if it does not.
pub(crate) fn seen(books: &Books, kept: &Countersign, asker: &Asker) -> Option<CountersignView> {
    let view = view(books, kept, asker);
    let (grants, today) = (&asker.who.grants, asker.today);
    // Whoever could have decided also sees what became of it.
    let may =
        || Deed::read(&kept.deed).is_some_and(|it| rule::may_confirm(books, grants, &it, today));
    let looks_on = || rule::may_do(grants, "system.read", today);
    (view.is_own || looks_on() || may()).then_some(view)
}

fn view(books: &Books, kept: &Countersign, asker: &Asker) -> CountersignView {
    let deed = Deed::read(&kept.deed);
    let is_own = kept.asked.actor == asker.by.actor;
    let may = |it: &Deed| rule::may_confirm(books, &asker.who.grants, it, asker.today);
    let standing = kept.as_asked().standing(asker.by.at);
    CountersignView {
        id: kept.id,
        kind: kept.kind.clone(),
        words: words::of(books, deed.as_ref()),
        digest: kept.digest.clone(),
        by: kept.asked.actor.clone(),
        at: kept.asked.at.to_string(),
        until: kept.until.to_string(),
        state: standing.code(),
        decided_by: kept.decided.as_ref().map(|it| it.actor.clone()),
        decided_at: kept.decided.as_ref().map(|it| it.at.to_string()),
        reason: kept.why.clone(),
        waits_for: Vec::new(),
        may_decide: !is_own && standing == Standing::Open && deed.as_ref().is_some_and(may),
        change: deed.and_then(|it| match it {
            Deed::ChangeUnits { change, .. } => Some(change),
            _ => None,
        }),
        is_own,
    }
}

/// What one asked for or may confirm, and what became of it.
#[utoipa::path(
    get, path = "/api/countersigns", tag = "administration",
    responses((status = 200, body = CountersignList), Refusals)
)]
pub(crate) async fn list(desk: Desk) -> Result<Json<CountersignList>, ApiError> {
    let asker = Asker::of(&desk);
    desk.consult(move |ledger: &Ledger| {
        let (all, is_needed) = ledger.store().read(|tx| {
            Ok::<_, StoreError>((countersigns::newest(tx, MAX_LISTED)?, is_needed(tx)?))
        })?;
        let n_others = rule::n_other_administrators(ledger, &asker)?;
        let others = rule::others(ledger, &asker)?;
        let items = ledger.look(|books| {
            let seen = all.iter().filter_map(|it| Some((it, seen(books, it, &asker)?)));
            seen.map(|(kept, view)| view.naming(books, kept, &others, &asker)).collect()
        });
        Ok::<_, ApiError>(Json(CountersignList { items, is_needed, n_others }))
    })
    .await
}

/// One request.
#[utoipa::path(
    get, path = "/api/countersigns/{id}", tag = "administration",
    params(("id" = i64, Path, description = "The request")),
    responses((status = 200, body = CountersignView), Refusals)
)]
pub(crate) async fn get(desk: Desk, Id(id): Id) -> Result<Json<CountersignView>, ApiError> {
    let asker = Asker::of(&desk);
    desk.consult(move |ledger: &Ledger| found(ledger, &asker, id).map(|it| Json(it.1))).await
}

/// Confirms what another asked for: it is done at once. Refused if it is not any more what was seen.
#[utoipa::path(
    post, path = "/api/countersigns/{id}/confirm", tag = "administration", request_body = ConfirmSent,
    params(("id" = i64, Path, description = "The request")),
    responses((status = 200, body = CountersignView), Refusals)
)]
pub(crate) async fn confirm(
    desk: Desk,
    Id(id): Id,
    Sent(sent): Sent<ConfirmSent>,
) -> Result<Json<CountersignView>, ApiError> {
    let asker = person(&desk)?;
    desk.consult(move |ledger: &Ledger| {
        let (kept, view) = found(ledger, &asker, id)?;
        let said = asker.says(Decision::Confirm, Some(&sent.digest), None);
        check(&kept, &view, &said)?;
        let deed = Deed::read(&kept.deed).ok_or(ApiError::Unfit)?;
        let made = ledger.store().write(|tx| -> Result<_, ApiError> {
            countersigns::decide(tx, id, &said).map_err(refused)?;
            // What it was planned on may have changed: then it would not do what was seen.
            let is_same = deed.digest(tx)? == kept.digest;
            if !is_same || !rule::may_still_ask(tx, &kept.asked.actor, &deed, asker.today)? {
                return Err(ApiError::Stale);
            }
            let by = By { actor: kept.asked.actor.clone(), at: asker.by.at };
            let made = deed.carry_out(tx, &by)?;
            let action = made.action.clone();
            Ok((made, action))
        })?;
        if made.reopens {
            ledger.reopen(asker.today)?;
        }
        found(ledger, &asker, id).map(|it| Json(it.1))
    })
    .await
}

/// Refuses what another asked for, with a reason.
#[utoipa::path(
    post, path = "/api/countersigns/{id}/refuse", tag = "administration", request_body = RefuseSent,
    params(("id" = i64, Path, description = "The request")),
    responses((status = 200, body = CountersignView), Refusals)
)]
pub(crate) async fn refuse(
    desk: Desk,
    Id(id): Id,
    Sent(sent): Sent<RefuseSent>,
) -> Result<Json<CountersignView>, ApiError> {
    end(&desk, id, Decision::Refuse, Some(sent.reason)).await
}

/// Takes back what one asked for.
#[utoipa::path(
    post, path = "/api/countersigns/{id}/withdraw", tag = "administration",
    params(("id" = i64, Path, description = "The request")),
    responses((status = 200, body = CountersignView), Refusals)
)]
pub(crate) async fn withdraw(desk: Desk, Id(id): Id) -> Result<Json<CountersignView>, ApiError> {
    end(&desk, id, Decision::Withdraw, None).await
}

async fn end(
    desk: &Desk,
    id: i64,
    decision: Decision,
    why: Option<String>,
) -> Result<Json<CountersignView>, ApiError> {
    let asker = person(desk)?;
    desk.consult(move |ledger: &Ledger| {
        let (kept, view) = found(ledger, &asker, id)?;
        let said = asker.says(decision, None, why.as_deref());
        check(&kept, &view, &said)?;
        ledger.store().write(|tx| -> Result<_, ApiError> {
            countersigns::decide(tx, id, &said).map_err(refused)?;
            let object = id.to_string();
            Ok(((), Action { by: asker.by.clone(), verb: "countersign.end", object }))
        })?;
        found(ledger, &asker, id).map(|it| Json(it.1))
    })
    .await
}

/// Goes on only for a person: a key for programs confirms nothing. Whoever comes with a session showed the second factor.
fn person(desk: &Desk) -> Result<Asker, ApiError> {
    match desk.who().session {
        Some(_) => Ok(Asker::of(desk)),
        None => Err(Denial::SessionNeeded.into()),
    }
}

/// One that this account sees; to others even that there is one is not told.
fn found(
    ledger: &Ledger,
    asker: &Asker,
    id: i64,
) -> Result<(Countersign, CountersignView), ApiError> {
    let kept = ledger.store().read(|tx| countersigns::get(tx, id))?.ok_or(ApiError::NotFound)?;
    let view = ledger.look(|books| seen(books, &kept, asker)).ok_or(ApiError::NotFound)?;
    Ok((kept, view))
}

/// Goes on only if this account may say that, before anything is written.
fn check(kept: &Countersign, view: &CountersignView, said: &Said<'_>) -> Result<(), ApiError> {
    kept.as_asked().decide(said).map_err(|it| refused(it.into()))?;
    if view.is_own || view.may_decide { Ok(()) } else { Err(Denial::Forbidden.into()) }
}

fn refused(error: DecideError) -> ApiError {
    match error {
        DecideError::NotFound => ApiError::NotFound,
        DecideError::Store(error) => error.into(),
        DecideError::Refused(why) => match why {
            CountersignError::Own => ApiError::OwnWork,
            CountersignError::NotOwn => Denial::Forbidden.into(),
            CountersignError::Over => Denial::CountersignOver.into(),
            CountersignError::Expired => Denial::CountersignExpired.into(),
            CountersignError::Changed => ApiError::Stale,
            CountersignError::NoReason => ApiError::NoReason,
        },
    }
}

impl Asker {
    /// Whether this account has anything to do with what takes two people.
    pub(crate) fn takes_part(&self) -> bool {
        rule::may_do(&self.who.grants, "countersign.read", self.today)
    }

    fn says<'a>(
        &'a self,
        decision: Decision,
        digest: Option<&'a str>,
        why: Option<&'a str>,
    ) -> Said<'a> {
        Said { decision, by: &self.by.actor, at: self.by.at, digest, why }
    }
}
