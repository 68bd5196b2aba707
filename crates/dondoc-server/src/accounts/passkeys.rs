//! `/api/account/passkeys` and `/api/session/passkey`: setting up passkeys, showing one, removing one.

use axum::{Json, http::HeaderMap, http::StatusCode};
use dondoc_store::{
    Action,
    accounts::{
        passkeys::{self, KeptPasskey},
        sessions,
    },
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::own;
use crate::{
    ApiError,
    desk::Desk,
    entry::{
        self,
        passkeys::{Answer, Ticket},
    },
    error::Denial,
    extract::{Id, Sent},
    refusals::Refusals,
};

/// Letters of what a passkey is called.
const MAX_LABEL: usize = 100;

/// A passkey, without its key.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PasskeyView {
    id: i64,
    label: String,
    made_at: String,
    /// When it was shown last.
    used_at: Option<String>,
}

/// What an authenticator is asked.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PasskeyQuestion {
    /// Sent back with the answer, which counts once and for five minutes.
    ticket: String,
    /// What `navigator.credentials` takes (WebAuthn), with bytes as base64url.
    #[schema(value_type = Object)]
    options: Value,
}

/// What an authenticator answered.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasskeyShown {
    ticket: String,
    /// As `navigator.credentials` gives it (WebAuthn), with bytes as base64url.
    #[schema(value_type = Object)]
    credential: Value,
}

/// Who wants a new passkey.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasskeyWanted {
    /// For accounts that have no second factor yet, so that nobody does it at a screen that was left.
    password: Option<String>,
}

/// A passkey that was made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasskeyMade {
    ticket: String,
    /// As `navigator.credentials` gives it (WebAuthn), with bytes as base64url.
    #[schema(value_type = Object)]
    credential: Value,
    /// What its owner calls it.
    label: String,
}

impl From<KeptPasskey> for PasskeyView {
    fn from(kept: KeptPasskey) -> Self {
        let KeptPasskey { id, passkey, made_at, used_at } = kept;
        Self { id, label: passkey.label, made_at, used_at }
    }
}

impl From<Ticket> for PasskeyQuestion {
    fn from(Ticket { ticket, options }: Ticket) -> Self {
        Self { ticket, options }
    }
}

impl From<PasskeyShown> for Answer {
    fn from(PasskeyShown { ticket, credential }: PasskeyShown) -> Self {
        Self { ticket, credential }
    }
}

/// Asks for a new passkey; takes the second factor where there is one, and the password where there is none.
#[utoipa::path(
    post, path = "/api/account/passkeys", tag = "account", request_body = PasskeyWanted,
    responses((status = 200, body = PasskeyQuestion), Refusals)
)]
pub(crate) async fn begin(
    desk: Desk,
    headers: HeaderMap,
    Sent(sent): Sent<PasskeyWanted>,
) -> Result<Json<PasskeyQuestion>, ApiError> {
    let session = own::session(&desk)?;
    if desk.who().account.has_second_factor() {
        entry::step_up(desk.app(), desk.who(), &headers).await?;
    } else {
        own::check(&desk, sent.password.unwrap_or_default()).await?;
    }
    let account = &desk.who().account;
    let kept = kept(&desk).await?;
    let asked = desk.app().passkeys();
    let ticket = asked.ask_for_new(&headers, (account, session), &kept, desk.by().at)?;
    Ok(Json(ticket.into()))
}

/// Keeps the passkey that was made; from then on signing in takes one.
#[utoipa::path(
    post, path = "/api/account/passkeys/confirm", tag = "account", request_body = PasskeyMade,
    responses((status = 200, body = PasskeyView), Refusals)
)]
pub(crate) async fn confirm(
    desk: Desk,
    Sent(sent): Sent<PasskeyMade>,
) -> Result<Json<PasskeyView>, ApiError> {
    let session = own::session(&desk)?;
    let (account, by) = (desk.who().account.id, desk.by());
    let PasskeyMade { ticket, credential, label } = sent;
    let label = label.trim().to_owned();
    if label.is_empty() || label.chars().count() > MAX_LABEL {
        return Err(ApiError::BadValue { detail: "label".to_owned() });
    }
    let answer = Answer { ticket, credential };
    let made = desk.app().passkeys().new_one((account, session), answer, label, by.at)?;
    let kept = desk.ask(move |store| {
        store.write(|tx| -> Result<_, ApiError> {
            let id = passkeys::add(tx, account, &made, &by)?.ok_or(Denial::PasskeyNotTaken)?;
            sessions::second_factor(tx, &session, &by)?;
            let mut kept = passkeys::of(tx, account)?;
            kept.retain(|it| it.id == id);
            let kept = kept.pop().ok_or(ApiError::Internal)?;
            let object = format!("{} {id}", by.actor);
            Ok((kept, Action { by: by.clone(), verb: "account.add_passkey", object }))
        })
    });
    Ok(Json(kept.await?.into()))
}

/// Removes a passkey; takes the second factor.
#[utoipa::path(
    post, path = "/api/account/passkeys/{id}/end", tag = "account",
    params(("id" = i64, Path, description = "The passkey")),
    responses((status = 204, description = "Removed"), Refusals)
)]
pub(crate) async fn end(
    desk: Desk,
    headers: HeaderMap,
    Id(id): Id,
) -> Result<StatusCode, ApiError> {
    own::session(&desk)?;
    if !kept(&desk).await?.iter().any(|it| it.id == id) {
        return Err(ApiError::NotFound);
    }
    entry::step_up(desk.app(), desk.who(), &headers).await?;
    let (account, by) = (desk.who().account.id, desk.by());
    desk.ask(move |store| {
        store.write(|tx| -> Result<_, ApiError> {
            if !passkeys::end(tx, account, id, &by)? {
                return Err(ApiError::NotFound);
            }
            let object = format!("{} {id}", by.actor);
            Ok(((), Action { by: by.clone(), verb: "account.remove_passkey", object }))
        })
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Asks for one of the passkeys of the account that is signed in, in the place of six digits.
#[utoipa::path(
    post, path = "/api/account/passkeys/ask", tag = "account",
    responses((status = 200, body = PasskeyQuestion), Refusals)
)]
pub(crate) async fn ask(desk: Desk, headers: HeaderMap) -> Result<Json<PasskeyQuestion>, ApiError> {
    let session = own::session(&desk)?;
    let (kept, whose) = (kept(&desk).await?, (desk.who().account.id, Some(session)));
    let ticket = desk.app().passkeys().ask_for_one(&headers, whose, &kept, desk.by().at)?;
    Ok(Json(ticket.into()))
}

/// Shows a passkey: for the next minutes, what takes a second factor is open.
#[utoipa::path(
    post, path = "/api/account/passkeys/show", tag = "account", request_body = PasskeyShown,
    responses((status = 204, description = "Shown"), Refusals)
)]
pub(crate) async fn show(
    desk: Desk,
    Sent(sent): Sent<PasskeyShown>,
) -> Result<StatusCode, ApiError> {
    let session = own::session(&desk)?;
    let (account, by) = (desk.who().account.clone(), desk.by());
    desk.app().tries().count(&account.name, by.at)?;
    let whose = (account.id, Some(session));
    let proof = desk.app().passkeys().proof(whose, sent.into(), &kept(&desk).await?, by.at);
    let holds = desk
        .ask(move |store| entry::passkeys::show(store, &account, &session, proof.as_ref(), &by));
    if !holds.await? {
        return Err(Denial::WrongPasskey.into());
    }
    desk.app().tries().forget(desk.actor());
    Ok(StatusCode::NO_CONTENT)
}

/// The passkeys of the one who asks.
async fn kept(desk: &Desk) -> Result<Vec<KeptPasskey>, ApiError> {
    let account = desk.who().account.id;
    desk.ask(move |store| store.read(|tx| passkeys::of(tx, account))).await
}
