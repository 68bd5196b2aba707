//! What administrators do with accounts. They never learn or choose a password: they hand over a code that is good once.

use axum::Json;
use dondoc_core::access::Grant;
use dondoc_store::{
    Action, By, Tx,
    accounts::{
        self, Account, AccountState, NewAccount, passkeys,
        sessions::{self, Invited},
    },
};
use jiff::{Span, Timestamp};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{AccountView, CodeView, GrantSent, view};
use crate::{
    ApiError,
    countersigns::{self, Answer, Asker, Begun, CountersignView, Deed},
    desk::Desk,
    entry::secret,
    error::Denial,
    extract::{Id, Sent},
    people::{self, CODE_HOURS},
    refusals::Refusals,
};

/// An account that is to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AccountSent {
    /// The sign-in name: letters, digits, hyphens, dots; no spaces.
    name: String,
    display: String,
    #[serde(default)]
    office: String,
    #[serde(default)]
    grants: Vec<GrantSent>,
}

/// What an account is called from now on.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AccountChange {
    /// As it was seen.
    version: i64,
    display: String,
    office: String,
}

/// Which code is wanted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CodeSent {
    /// The telephone with the second factor is lost: the account sets up a new one; its passkeys are removed, too.
    #[serde(default)]
    forget_second_factor: bool,
}

/// Makes an account with its roles, and a code to hand over with which it chooses its password.
#[utoipa::path(
    post, path = "/api/accounts", tag = "accounts", request_body = AccountSent,
    responses((status = 200, body = CodeView), Refusals)
)]
pub(crate) async fn add(
    desk: Desk,
    Sent(sent): Sent<AccountSent>,
) -> Result<Json<CodeView>, ApiError> {
    let name = accounts::sign_in_name(&sent.name);
    let is_plain = |it: char| it.is_alphanumeric() || "-._@".contains(it);
    if name.is_empty() || name.chars().count() > 64 || !name.chars().all(is_plain) {
        return Err(Denial::BadName.into());
    }
    if sent.display.trim().is_empty() {
        return Err(ApiError::BadValue { detail: "display".to_owned() });
    }
    let (by, today) = (desk.by(), desk.today());
    let (code, until) = new_code(by.at)?;
    let AccountSent { display, office, grants, .. } = sent;
    let made = NewAccount { name: name.clone(), display, office, password: None };
    let digest = secret::digest(&code);
    let asker = Asker::of(&desk);
    let added = desk.consult(move |ledger| {
        let read = |it: GrantSent| ledger.look(|books| it.read(&books.units, today));
        let grants = grants.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
        // An administrator is made in two steps: the account, and the role when a second person confirms it.
        let is_needed = ledger.store().read(countersigns::is_needed)?;
        let (weighty, plain): (Vec<Grant>, Vec<Grant>) =
            grants.into_iter().partition(|it| is_needed && countersigns::administers(it));
        if !weighty.is_empty() {
            countersigns::another_administrator(ledger, &asker)?;
        }
        let id = ledger.store().write(|tx| -> Result<_, ApiError> {
            let id = accounts::add(tx, &made, &by)?.ok_or(Denial::NameTaken)?;
            for grant in &plain {
                accounts::grant(tx, id, grant, None, &by)?;
            }
            sessions::invite(tx, &digest, Invited::Account(id), until, &by)?;
            let object = made.name.clone();
            Ok((id, Action { by: by.clone(), verb: "account.add", object }))
        })?;
        for grant in &weighty {
            let (name, role) = (made.name.clone(), grant.clone().into());
            let deed = Deed::GrantAdministrator { account: id, name, role, lent_by: None };
            countersigns::begin(ledger, &asker, &deed)?;
        }
        Ok::<_, ApiError>((id, !weighty.is_empty()))
    });
    let (id, waits) = added.await?;
    Ok(Json(CodeView { id, name, code, until: until.to_string(), waits }))
}

/// Changes what an account is called.
#[utoipa::path(
    put, path = "/api/accounts/{id}", tag = "accounts", request_body = AccountChange,
    params(("id" = i64, Path, description = "The account")),
    responses((status = 200, body = AccountView), Refusals)
)]
pub(crate) async fn change(
    desk: Desk,
    Id(id): Id,
    Sent(sent): Sent<AccountChange>,
) -> Result<Json<AccountView>, ApiError> {
    if sent.display.trim().is_empty() {
        return Err(ApiError::BadValue { detail: "display".to_owned() });
    }
    let of = move |tx: &mut Tx<'_>, seen: Account, _: &By| {
        let AccountChange { version, display, office } = sent.clone();
        if accounts::change(tx, &Account { version, display, office, ..seen })? {
            Ok(())
        } else {
            Err(ApiError::Stale)
        }
    };
    on(&desk, id, "account.change", of).await
}

/// Makes a new code with which an account chooses its password; codes before are good for nothing any more.
#[utoipa::path(
    post, path = "/api/accounts/{id}/code", tag = "accounts", request_body = CodeSent,
    params(("id" = i64, Path, description = "The account")),
    responses((status = 200, body = CodeView), Refusals)
)]
pub(crate) async fn code(
    desk: Desk,
    Id(id): Id,
    Sent(sent): Sent<CodeSent>,
) -> Result<Json<CodeView>, ApiError> {
    let (code, until) = new_code(desk.by().at)?;
    let digest = secret::digest(&code);
    let verb = if sent.forget_second_factor { "account.code_anew" } else { "account.code" };
    let of = move |tx: &mut Tx<'_>, seen: Account, by: &By| {
        if seen.state == AccountState::Suspended {
            return Err(Denial::IsSuspended.into());
        }
        // With such a code the one could sign in as the other, and confirm what he asked for himself.
        let mut grants = accounts::grants(tx, id)?.into_iter();
        if grants.any(|it| countersigns::administers(&it.grant)) && countersigns::is_needed(tx)? {
            return Err(Denial::OnTheMachineOnly.into());
        }
        if sent.forget_second_factor {
            accounts::put_totp(tx, id, None)?;
            passkeys::end_of(tx, id, by)?;
        }
        Ok(sessions::invite(tx, &digest, Invited::Account(id), until, by)?)
    };
    let AccountView { name, .. } = on(&desk, id, verb, of).await?.0;
    Ok(Json(CodeView { id, name, code, until: until.to_string(), waits: false }))
}

/// Gives an account a role; that of an administrator if a second person confirms it (202). Nobody does so to himself.
#[utoipa::path(
    post, path = "/api/accounts/{id}/grants", tag = "accounts", request_body = GrantSent,
    params(("id" = i64, Path, description = "The account")),
    responses(
        (status = 200, body = AccountView),
        (status = 202, body = CountersignView, description = "Waits for a second person"),
        Refusals
    )
)]
pub(crate) async fn give(
    desk: Desk,
    Id(id): Id,
    Sent(sent): Sent<GrantSent>,
) -> Result<Answer<Json<AccountView>>, ApiError> {
    let today = desk.today();
    let grant =
        desk.consult(move |ledger| ledger.look(|books| sent.read(&books.units, today))).await?;
    if countersigns::administers(&grant) {
        return give_weighty(&desk, id, grant).await;
    }
    let of = move |tx: &mut Tx<'_>, seen: Account, by: &By| {
        others_only(&seen, by)?;
        accounts::grant(tx, id, &grant, None, by)?;
        Ok(())
    };
    on(&desk, id, "account.grant", of).await.map(Answer::Done)
}

/// Makes an account an administrator's, if a second person confirms it.
async fn give_weighty(
    desk: &Desk,
    id: i64,
    grant: Grant,
) -> Result<Answer<Json<AccountView>>, ApiError> {
    let asker = Asker::of(desk);
    let begun = desk.consult(move |ledger| {
        let seen = ledger.store().read(|tx| accounts::get(tx, id))?.ok_or(ApiError::NotFound)?;
        others_only(&seen, &asker.by)?;
        let (name, role) = (seen.name, grant.into());
        let deed = Deed::GrantAdministrator { account: id, name, role, lent_by: None };
        countersigns::begin(ledger, &asker, &deed)
    });
    match begun.await? {
        Begun::Asked(waits) => Ok(Answer::Asked(waits)),
        Begun::Done(_) => view(desk, id).await.map(|it| Answer::Done(Json(it))),
    }
}

/// Ends a role of an account, with all that it delegates of it. Nobody does so to himself.
#[utoipa::path(
    post, path = "/api/accounts/{id}/grants/end", tag = "accounts", request_body = GrantEnd,
    params(("id" = i64, Path, description = "The account")),
    responses((status = 200, body = AccountView), Refusals)
)]
pub(crate) async fn end(
    desk: Desk,
    Id(id): Id,
    Sent(GrantEnd { grant }): Sent<GrantEnd>,
) -> Result<Json<AccountView>, ApiError> {
    let of = move |tx: &mut Tx<'_>, seen: Account, by: &By| {
        others_only(&seen, by)?;
        let grants = accounts::grants(tx, id)?;
        let ended = grants.into_iter().find(|it| it.id == grant).ok_or(ApiError::NotFound)?;
        accounts::end_grant(tx, id, grant, by)?;
        let (role, unit, line) = (ended.grant.role, ended.grant.unit, ended.grant.line);
        for (holder, it) in accounts::delegated(tx, id)? {
            if (&it.grant.role, it.grant.unit, it.grant.line) == (&role, unit, line) {
                accounts::end_grant(tx, holder, it.id, by)?;
            }
        }
        Ok(())
    };
    on(&desk, id, "account.end_grant", of).await
}

/// The role that is to end.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GrantEnd {
    grant: i64,
}

/// Suspends an account: it is signed out everywhere at once, its keys and all that it delegates end.
#[utoipa::path(
    post, path = "/api/accounts/{id}/suspend", tag = "accounts",
    params(("id" = i64, Path, description = "The account")),
    responses((status = 200, body = AccountView), Refusals)
)]
pub(crate) async fn suspend(desk: Desk, Id(id): Id) -> Result<Json<AccountView>, ApiError> {
    let of = move |tx: &mut Tx<'_>, seen: Account, by: &By| {
        others_only(&seen, by)?;
        Ok(people::suspend_in(tx, seen, by)?)
    };
    on(&desk, id, "account.suspend", of).await
}

/// Lets a suspended account sign in again, with the password that it had.
#[utoipa::path(
    post, path = "/api/accounts/{id}/reinstate", tag = "accounts",
    params(("id" = i64, Path, description = "The account")),
    responses((status = 200, body = AccountView), Refusals)
)]
pub(crate) async fn reinstate(desk: Desk, Id(id): Id) -> Result<Json<AccountView>, ApiError> {
    let of = move |tx: &mut Tx<'_>, seen: Account, _: &By| {
        let state = match seen.password {
            Some(_) => AccountState::Confirmed,
            None => AccountState::Invited,
        };
        accounts::change(tx, &Account { state, ..seen })?;
        Ok(())
    };
    on(&desk, id, "account.reinstate", of).await
}

/// Does something to an account, with its line in the audit trail, and shows how it stands then.
pub(super) async fn on(
    desk: &Desk,
    id: i64,
    verb: &'static str,
    work: impl Fn(&mut Tx<'_>, Account, &By) -> Result<(), ApiError> + Send + 'static,
) -> Result<Json<AccountView>, ApiError> {
    let by = desk.by();
    desk.ask(move |store| {
        store.write(|tx| {
            let seen = accounts::get(tx, id)?.ok_or(ApiError::NotFound)?;
            let object = seen.name.clone();
            work(tx, seen, &by)?;
            Ok::<_, ApiError>(((), Action { by: by.clone(), verb, object }))
        })
    })
    .await?;
    view(desk, id).await.map(Json)
}

/// Nobody changes what he himself may do.
fn others_only(account: &Account, by: &By) -> Result<(), ApiError> {
    if account.name == by.actor { Err(ApiError::OwnWork) } else { Ok(()) }
}

fn new_code(now: Timestamp) -> Result<(String, Timestamp), ApiError> {
    let until = now.checked_add(Span::new().hours(CODE_HOURS)).map_err(|_| ApiError::Internal)?;
    Ok((secret::short()?, until))
}
