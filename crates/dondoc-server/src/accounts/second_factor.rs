//! `/api/account/second-factor`: setting up an authenticator program, and taking it away.

use axum::{Json, http::StatusCode};
use dondoc_store::{
    Action,
    accounts::{self, sessions},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{own, seconds};
use crate::{
    ApiError, desk::Desk, entry::second_factor, error::Denial, extract::Sent, refusals::Refusals,
};

/// What an authenticator program takes in; nothing is kept before it is confirmed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SecondFactorView {
    /// Base32, to be typed where no address can be opened.
    secret: String,
    /// `otpauth://totp/…`
    address: String,
}

/// A code of the program that was set up.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SecondFactorSent {
    /// As it was given out.
    secret: String,
    code: String,
    /// The password once more, so that nobody does it at a screen that was left.
    password: String,
}

/// A code of the program that is to go.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SecondFactorGone {
    code: String,
}

/// Gives out a secret for an authenticator program.
#[utoipa::path(
    post, path = "/api/account/second-factor", tag = "account",
    responses((status = 200, body = SecondFactorView), Refusals)
)]
pub(crate) async fn begin(desk: Desk) -> Result<Json<SecondFactorView>, ApiError> {
    own::session(&desk)?;
    let secret = second_factor::new_secret()?;
    // Names hold letters of all kinds; what the address may not hold is written with percent signs.
    let name: String = desk.actor().bytes().map(in_address).collect();
    let address = format!("otpauth://totp/Dondoc:{name}?secret={secret}&issuer=Dondoc");
    Ok(Json(SecondFactorView { secret, address }))
}

/// Confirms the program with a code of it; from then on signing in takes a code.
#[utoipa::path(
    post, path = "/api/account/second-factor/confirm", tag = "account", request_body = SecondFactorSent,
    responses((status = 204, description = "Set up"), Refusals)
)]
pub(crate) async fn confirm(
    desk: Desk,
    Sent(sent): Sent<SecondFactorSent>,
) -> Result<StatusCode, ApiError> {
    let session = own::session(&desk)?;
    if desk.who().account.totp.is_some() {
        return Err(ApiError::Stale);
    }
    let by = desk.by();
    own::check(&desk, sent.password).await?;
    let step = second_factor::step_of(&sent.secret, &sent.code, seconds(by.at));
    let (step, secret) = (step.ok_or(Denial::WrongCode)?, sent.secret);
    let id = desk.who().account.id;
    desk.ask(move |store| {
        store.write(|tx| -> Result<_, ApiError> {
            if accounts::get(tx, id)?.is_none_or(|it| it.totp.is_some()) {
                return Err(ApiError::Stale);
            }
            accounts::put_totp(tx, id, Some(&secret))?;
            accounts::use_totp(tx, id, step)?;
            sessions::second_factor(tx, &session, &by)?;
            let object = by.actor.clone();
            Ok(((), Action { by: by.clone(), verb: "account.set_second_factor", object }))
        })
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes the program away, with a code of it.
#[utoipa::path(
    post, path = "/api/account/second-factor/remove", tag = "account", request_body = SecondFactorGone,
    responses((status = 204, description = "Taken away"), Refusals)
)]
pub(crate) async fn remove(
    desk: Desk,
    Sent(sent): Sent<SecondFactorGone>,
) -> Result<StatusCode, ApiError> {
    own::session(&desk)?;
    let by = desk.by();
    desk.app().tries().count(desk.actor(), by.at)?;
    let account = desk.who().account.clone();
    let kept = account.totp.as_deref().ok_or(Denial::NoSecondFactor)?;
    let step = second_factor::step_of(kept, &sent.code, seconds(by.at)).ok_or(Denial::WrongCode)?;
    desk.ask(move |store| {
        store.write(|tx| -> Result<_, ApiError> {
            if !accounts::use_totp(tx, account.id, step)? {
                return Err(Denial::WrongCode.into());
            }
            accounts::put_totp(tx, account.id, None)?;
            let object = by.actor.clone();
            Ok(((), Action { by: by.clone(), verb: "account.remove_second_factor", object }))
        })
    })
    .await?;
    desk.app().tries().forget(desk.actor());
    Ok(StatusCode::NO_CONTENT)
}

fn in_address(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}
