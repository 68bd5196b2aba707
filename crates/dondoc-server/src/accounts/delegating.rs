//! `/api/account/delegations`: lending a role to another account for some days (*ủy quyền*).

use axum::http::{HeaderMap, StatusCode};
use dondoc_core::access::Grant;
use dondoc_store::{
    Action, Tx,
    accounts::{self, Account, AccountState},
};
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{day, own};
use crate::{
    ApiError,
    countersigns::{self, Answer, Asker, Begun, CountersignView, Deed},
    desk::Desk,
    entry,
    error::Denial,
    extract::{Id, Sent},
    refusals::Refusals,
};

/// What is lent, to whom, for how long.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DelegationSent {
    /// A role of the account itself that holds today and is not lent to it.
    grant: i64,
    /// The sign-in name of the one who gets it.
    to: String,
    /// The first day; today if left out.
    #[schema(format = Date)]
    from: Option<String>,
    /// The last day, never later than that of the role.
    #[schema(format = Date)]
    until: String,
}

/// What is to be lent, read.
struct Lending {
    lender: i64,
    sent: DelegationSent,
    from: Date,
    until: Date,
}

/// Lends a role to another account; it ends by itself. That of an administrator takes a second person (202).
#[utoipa::path(
    post, path = "/api/account/delegations", tag = "account", request_body = DelegationSent,
    responses(
        (status = 204, description = "Lent"),
        (status = 202, body = CountersignView, description = "Waits for a second person"),
        Refusals
    )
)]
pub(crate) async fn delegate(
    desk: Desk,
    headers: HeaderMap,
    Sent(sent): Sent<DelegationSent>,
) -> Result<Answer<StatusCode>, ApiError> {
    own::session(&desk)?;
    entry::step_up_if_weighty(&desk, &headers).await?;
    let (asker, lender) = (Asker::of(&desk), desk.who().account.id);
    let from = day(sent.from.as_deref())?.unwrap_or(asker.today);
    let until = day(Some(&sent.until))?.ok_or(Denial::BadDays)?;
    let lending = Lending { lender, sent, from, until };
    desk.consult(move |ledger| {
        let (by, today) = (&asker.by, asker.today);
        let (to, lent) = ledger.store().read(|tx| lending.read(tx, today))?;
        if countersigns::administers(&lent) {
            let (account, name, role) = (to.id, to.name, lent.into());
            let deed = Deed::GrantAdministrator { account, name, role, lent_by: Some(lender) };
            return Ok(match countersigns::begin(ledger, &asker, &deed)? {
                Begun::Asked(view) => Answer::Asked(view),
                Begun::Done(_) => Answer::Done(StatusCode::NO_CONTENT),
            });
        }
        ledger.store().write(|tx| -> Result<_, ApiError> {
            let (to, lent) = lending.read(tx, today)?;
            let n = accounts::grant(tx, to.id, &lent, Some(lender), by)?;
            let object = format!("{} {n}", to.name);
            Ok(((), Action { by: by.clone(), verb: "account.delegate", object }))
        })?;
        Ok::<_, ApiError>(Answer::Done(StatusCode::NO_CONTENT))
    })
    .await
}

impl Lending {
    /// Who gets what, if it may be lent.
    fn read(&self, tx: &mut Tx<'_>, today: Date) -> Result<(Account, Grant), ApiError> {
        let (from, until) = (self.from, self.until);
        let own =
            accounts::grants(tx, self.lender)?.into_iter().find(|it| it.id == self.sent.grant);
        let own = own.filter(|it| it.delegated_by.is_none() && it.grant.holds_on(today));
        let own = own.ok_or(Denial::NotLendable)?.grant;
        let is_within = own.until.is_none_or(|end| until <= end);
        if from < today || until < from || !is_within {
            return Err(Denial::BadDays.into());
        }
        let to = accounts::by_name(tx, &self.sent.to)?;
        let to = to.filter(|it| it.state == AccountState::Confirmed && it.id != self.lender);
        let to = to.ok_or(Denial::NoSuchName)?;
        let Grant { role, unit, line, .. } = own;
        Ok((to, Grant { role, unit, line, from, until: Some(until) }))
    }
}

/// Ends what was lent; whoever lent it may, and whoever got it.
#[utoipa::path(
    post, path = "/api/account/delegations/{id}/end", tag = "account",
    params(("id" = i64, Path, description = "The role that was lent")),
    responses((status = 204, description = "Ended"), Refusals)
)]
pub(crate) async fn end(desk: Desk, Id(grant): Id) -> Result<StatusCode, ApiError> {
    own::session(&desk)?;
    let (by, id) = (desk.by(), desk.who().account.id);
    desk.ask(move |store| {
        store.write(|tx| -> Result<_, ApiError> {
            let lent = accounts::delegated(tx, id)?.into_iter().find(|it| it.1.id == grant);
            let got = accounts::grants(tx, id)?.into_iter().find(|it| it.id == grant);
            let got = got.filter(|it| it.delegated_by.is_some()).map(|_| id);
            let holder = lent.map(|it| it.0).or(got).ok_or(ApiError::NotFound)?;
            accounts::end_grant(tx, holder, grant, &by)?;
            let object = grant.to_string();
            Ok(((), Action { by: by.clone(), verb: "account.end_delegation", object }))
        })
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}
