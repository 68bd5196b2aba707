//! `/api/account`: one's own account.

use std::collections::BTreeMap;

use axum::{Json, http::StatusCode};
use dondoc_store::{
    Action,
    accounts::{
        self, openid, passkeys,
        sessions::{self, SecretDigest},
    },
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    AccountView, GrantView, Shown, keys::KeyView, openid::OpenIdView, passkeys::PasskeyView,
};
use crate::{
    ApiError, desk::Desk, entry::password, error::Denial, extract::Sent, refusals::Refusals,
};

/// A browser that is signed in.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SessionRow {
    made_at: String,
    until: String,
    second_factor_at: Option<String>,
    /// The one that asks.
    is_this: bool,
}

/// A role that this account lent to another.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DelegationView {
    grant: GrantView,
    /// The sign-in name of the one who has it now.
    to: String,
    to_display: String,
}

/// One's own account.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OwnView {
    account: AccountView,
    /// An authenticator program shows six digits.
    has_authenticator: bool,
    passkeys: Vec<PasskeyView>,
    /// Null: no provider of identities was set up.
    openid: Option<OpenIdView>,
    /// Keys that are good today.
    keys: Vec<KeyView>,
    sessions: Vec<SessionRow>,
    /// Roles that are lent to others; those that others lend are among the roles of the account.
    delegated: Vec<DelegationView>,
}

/// The password that is, and the one that is to be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasswordChange {
    old: String,
    new: String,
}

/// One's own account, with its keys, sessions, and what it lends.
#[utoipa::path(
    get, path = "/api/account", tag = "account",
    responses((status = 200, body = OwnView), Refusals)
)]
pub(crate) async fn get(desk: Desk) -> Result<Json<OwnView>, ApiError> {
    let (who, today, now) = (desk.who().clone(), desk.today(), desk.by().at);
    let provider = desk.app().openid().ok();
    let view = desk.consult(move |ledger| {
        let id = who.account.id;
        let (account, grants, passkeys, keys, open, lent, all) =
            ledger.store().read(|tx| -> Result<_, ApiError> {
                let account = accounts::get(tx, id)?.ok_or(ApiError::NotFound)?;
                let grants = accounts::grants(tx, id)?;
                let (keys, open) = (sessions::tokens_of(tx, id)?, sessions::of(tx, id, now)?);
                let (lent, all) = (accounts::delegated(tx, id)?, accounts::all(tx)?);
                Ok((account, grants, passkeys::of(tx, id)?, keys, open, lent, all))
            })?;
        let openid = provider.map(|it| -> Result<_, ApiError> {
            let link = ledger.store().read(|tx| openid::of(tx, id, it.issuer()))?;
            Ok(OpenIdView::new(it.name(), link))
        });
        let openid = openid.transpose()?;
        let is_good = |it: &sessions::ApiToken| {
            it.ended_at.is_none() && it.until.parse::<Timestamp>().is_ok_and(|until| now < until)
        };
        let keys = keys.into_iter().filter(is_good).map(KeyView::from).collect();
        let sessions = open.into_iter().map(|it| SessionRow {
            is_this: Some(it.token) == who.session,
            made_at: it.made_at,
            until: it.until,
            second_factor_at: it.second_factor_at,
        });
        let names: BTreeMap<i64, String> = all.iter().map(|it| (it.id, it.name.clone())).collect();
        Ok::<_, ApiError>(ledger.look(|books| {
            let shown = Shown { units: &books.units, names, today, asks: id };
            let lent = lent.iter().filter(|it| it.1.grant.until.is_none_or(|day| today <= day));
            let delegated = lent.map(|(to, grant)| {
                let to = all.iter().find(|it| it.id == *to);
                DelegationView {
                    grant: shown.grant(grant),
                    to: to.map(|it| it.name.clone()).unwrap_or_default(),
                    to_display: to.map(|it| it.display.clone()).unwrap_or_default(),
                }
            });
            OwnView {
                account: shown.account(&account, &grants),
                has_authenticator: account.totp.is_some(),
                passkeys: passkeys.into_iter().map(PasskeyView::from).collect(),
                openid,
                keys,
                sessions: sessions.collect(),
                delegated: delegated.collect(),
            }
        }))
    });
    Ok(Json(view.await?))
}

/// Changes one's password; all other sessions end.
#[utoipa::path(
    post, path = "/api/account/password", tag = "account", request_body = PasswordChange,
    responses((status = 204, description = "Changed"), Refusals)
)]
pub(crate) async fn password(
    desk: Desk,
    Sent(sent): Sent<PasswordChange>,
) -> Result<StatusCode, ApiError> {
    let session = session(&desk)?;
    check(&desk, sent.old).await?;
    let new = sent.new;
    let kept = desk.app().check(move || password::hash(&new)).await??;
    let (id, by) = (desk.who().account.id, desk.by());
    desk.ask(move |store| {
        store.write(|tx| -> Result<_, ApiError> {
            accounts::put_password(tx, id, &kept)?;
            sessions::end_others(tx, id, &session, &by)?;
            let object = by.actor.clone();
            Ok(((), Action { by: by.clone(), verb: "account.change_password", object }))
        })
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Signs out everywhere else.
#[utoipa::path(
    post, path = "/api/account/sessions/end", tag = "account",
    responses((status = 204, description = "Ended"), Refusals)
)]
pub(crate) async fn end_other_sessions(desk: Desk) -> Result<StatusCode, ApiError> {
    let session = session(&desk)?;
    let (id, by) = (desk.who().account.id, desk.by());
    desk.ask(move |store| {
        store.write(|tx| -> Result<_, ApiError> {
            sessions::end_others(tx, id, &session, &by)?;
            let object = by.actor.clone();
            Ok(((), Action { by: by.clone(), verb: "session.end_others", object }))
        })
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The session that asks. A key is no person: it can't change its owner's account.
pub(super) fn session(desk: &Desk) -> Result<SecretDigest, ApiError> {
    desk.who().session.ok_or_else(|| Denial::SessionNeeded.into())
}

/// Goes on only with the right password.
pub(super) async fn check(desk: &Desk, typed: String) -> Result<(), ApiError> {
    let account = &desk.who().account;
    desk.app().tries().count(&account.name, desk.by().at)?;
    let kept = account.password.clone();
    let is_right = desk.app().check(move || password::is_right(&typed, kept.as_deref())).await?;
    if !is_right {
        return Err(Denial::WrongPassword.into());
    }
    desk.app().tries().forget(&account.name);
    Ok(())
}
