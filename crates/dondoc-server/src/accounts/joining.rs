//! `/api/session/password`: choosing a password with a code that is good once.

use axum::{extract::State, http::HeaderMap, response::Response};
use dondoc_store::{
    Action, By,
    accounts::{
        self, Account, AccountState, openid,
        sessions::{self, Invited, SecretDigest},
    },
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::passkeys::PasskeyShown;
use crate::{
    ApiError, App,
    entry::{password, proven::Proven, secret, shown},
    error::Denial,
    extract::Sent,
    refusals::Refusals,
    sessions::open,
};

/// A code that was handed over, and the password that is chosen with it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Joining {
    /// The one-time code; case, spaces and hyphens do not matter.
    code: String,
    password: String,
    /// The six digits of the authenticator program, for accounts that have one.
    second_factor: Option<String>,
    /// Or a passkey, for accounts that have one: the answer to what was asked at `/api/session/passkey`.
    passkey: Option<PasskeyShown>,
}

/// Chooses a password with a one-time code, and signs in. All sessions, keys and links of before end.
#[utoipa::path(
    post, path = "/api/session/password", tag = "session", request_body = Joining,
    responses((status = 204, description = "Chosen, and signed in"), Refusals)
)]
pub(crate) async fn join(
    State(app): State<App>,
    headers: HeaderMap,
    Sent(sent): Sent<Joining>,
) -> Result<Response, ApiError> {
    let now = app.now();
    let digest = secret::digest(&sent.code);
    // Codes have 80 bits, nobody guesses one; what is counted are tries of the six digits of the code's account.
    let Joining { password: typed, second_factor: digits, passkey, .. } = sent;
    let kept = app.check(move || password::hash(&typed)).await??;
    let account = invited(&app, digest).await?;
    if digits.is_some() || passkey.is_some() {
        app.tries().count(&account.name, now)?;
    }
    let shown_too = (digits, passkey.map(Into::into));
    let proven = Proven::look(&app, &account, shown_too, now).await?;
    let (id, by) = (account.id, By { actor: account.name.clone(), at: now });
    app.ask(move |store| {
        store.write(|tx| -> Result<_, ApiError> {
            // Somebody may have been quicker with the same code.
            if sessions::redeem(tx, &digest, &by)? != Some(Invited::Account(id)) {
                return Err(Denial::CodeNotGood.into());
            }
            sessions::end_all_of(tx, id, &by)?;
            // The old ways in end, whoever has them.
            openid::unlink(tx, id)?;
            accounts::put_password(tx, id, &kept)?;
            let object = by.actor.clone();
            Ok(((), Action { by: by.clone(), verb: "account.choose_password", object }))
        })
    })
    .await?;
    app.tries().forget(&account.name);
    open(&app, account, proven, shown(&headers)).await
}

/// The account that chooses its password with a code, which stays good.
pub(crate) async fn invited(app: &App, code: SecretDigest) -> Result<Account, ApiError> {
    let now = app.now();
    let found = app.ask(move |store| {
        store.read(|tx| -> Result<_, ApiError> {
            match sessions::invitation(tx, &code, now)? {
                Some(Invited::Account(id)) => Ok(accounts::get(tx, id)?),
                _ => Ok(None),
            }
        })
    });
    let account = found.await?.filter(|it| it.state != AccountState::Suspended);
    account.ok_or_else(|| Denial::CodeNotGood.into())
}
