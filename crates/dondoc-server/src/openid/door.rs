//! `/api/session/openid`: going to the provider, coming back, showing the second factor.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use dondoc_store::{
    Action, By, StoreError,
    accounts::{
        self, Account, AccountState,
        openid::{self as links, Identity},
    },
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    ApiError, App,
    accounts::passkeys::PasskeyShown,
    desk::Who,
    entry::{
        Admitted,
        proven::{Linked, Proven},
        shown,
    },
    error::{Denial, OpenIdRefusal},
    extract::Sent,
    openid::{COOKIE, Sending, browser, flows::Errand},
    refusals::Refusals,
    sessions::open,
};

/// Where the page goes next.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OpenIdWay {
    /// Of the provider; it sends back to `/openid` of the page.
    address: String,
}

/// What stood in the address to which the provider sent back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OpenIdReturn {
    state: String,
    /// None: the provider let nobody in.
    code: Option<String>,
}

/// What became of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OpenIdDone {
    /// The account was linked; otherwise somebody signed in.
    is_linked: bool,
}

/// The second factor of somebody whom the provider knows.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OpenIdFactor {
    /// The six digits of the authenticator program.
    code: Option<String>,
    /// Or a passkey: the answer to what was asked at `/api/session/passkey`.
    passkey: Option<PasskeyShown>,
}

/// Sends somebody who wants to sign in to the provider of identities.
#[utoipa::path(
    post, path = "/api/session/openid", tag = "session",
    responses((status = 200, body = OpenIdWay), Refusals)
)]
pub(crate) async fn go(State(app): State<App>, headers: HeaderMap) -> Result<Response, ApiError> {
    sent(app.openid()?.send(&headers, Errand::SignIn, app.now()).await?)
}

/// The answer that sends somebody away.
pub(crate) fn sent(Sending { address, set_cookie }: Sending) -> Result<Response, ApiError> {
    Ok(([(header::SET_COOKIE, set_cookie)], Json(OpenIdWay { address })).into_response())
}

/// Takes what somebody came back with: signs in to the account that is linked, or links the account that asked for it.
#[utoipa::path(
    post, path = "/api/session/openid/return", tag = "session", request_body = OpenIdReturn,
    responses((status = 200, body = OpenIdDone), Refusals)
)]
pub(crate) async fn come_back(
    State(app): State<App>,
    admitted: axum::Extension<Admitted>,
    headers: HeaderMap,
    Sent(back): Sent<OpenIdReturn>,
) -> Result<Response, ApiError> {
    let (openid, now, browser) = (app.openid()?, app.now(), browser(&headers)?);
    let (person, errand) = openid.who_came_back(browser, (&back.state, back.code), now).await?;
    match errand {
        Errand::Link(account, session) => {
            let who = admitted.0.who.as_ref();
            let who = who.filter(|it| it.session == Some(session) && it.account.id == account);
            link(&app, who.ok_or(Denial::NotSignedIn)?, person.identity).await?;
            done(OpenIdDone { is_linked: true }, HeaderMap::new())
        }
        Errand::SignIn => {
            let vouched = openid.vouches(&person);
            let account = account(&app, &person.identity, now).await?;
            if account.has_second_factor() && !vouched {
                openid.keep_waiting(browser, person.identity, account.id, now);
                return Err(Denial::SecondFactorNeeded.into());
            }
            let linked = Linked { person: person.identity, is_vouched: vouched, factor: None };
            enter(&app, account, linked, &headers).await
        }
    }
}

/// Shows the second factor of somebody who came back, and signs in.
#[utoipa::path(
    post, path = "/api/session/openid/confirm", tag = "session", request_body = OpenIdFactor,
    responses((status = 200, body = OpenIdDone), Refusals)
)]
pub(crate) async fn confirm(
    State(app): State<App>,
    headers: HeaderMap,
    Sent(sent): Sent<OpenIdFactor>,
) -> Result<Response, ApiError> {
    let (openid, now, browser) = (app.openid()?, app.now(), browser(&headers)?);
    let (person, _) = openid.waiting(&browser, now)?;
    let account = account(&app, &person, now).await?;
    app.tries().count(&account.name, now)?;
    let shown = (sent.code, sent.passkey.map(Into::into));
    let factor = Proven::look(&app, &account, shown, now).await?;
    app.tries().forget(&account.name);
    openid.flows.forget(&browser);
    let linked = Linked { person, is_vouched: false, factor: Some(Box::new(factor)) };
    enter(&app, account, linked, &headers).await
}

/// The account of somebody who came back and waits for the second factor to be shown.
pub(crate) async fn waiting(app: &App, headers: &HeaderMap) -> Result<Account, ApiError> {
    let (person, _) = app.openid()?.waiting(&browser(headers)?, app.now())?;
    account(app, &person, app.now()).await
}

/// The account in use that is linked with a person.
async fn account(app: &App, person: &Identity, now: Timestamp) -> Result<Account, ApiError> {
    let Identity { issuer, subject, .. } = person.clone();
    let found = app.ask(move |store| {
        store.read(|tx| {
            let id = links::find(tx, &issuer, &subject)?;
            id.map_or(Ok(None), |id| accounts::get(tx, id))
        })
    });
    let account = found.await?.ok_or(OpenIdRefusal::NotLinked)?;
    if account.state == AccountState::Confirmed {
        return Ok(account);
    }
    let by = By { actor: account.name, at: now };
    app.ask(move |store| {
        store.write(|_| -> Result<_, StoreError> {
            let object = by.actor.clone();
            Ok(((), Action { by: by.clone(), verb: "session.openid_refused", object }))
        })
    })
    .await?;
    Err(OpenIdRefusal::Suspended.into())
}

/// Links the account that is signed in, if it still is.
async fn link(app: &App, who: &Who, person: Identity) -> Result<(), ApiError> {
    let (id, by) = (who.account.id, By { actor: who.account.name.clone(), at: app.now() });
    let standing = std::sync::Arc::clone(&who.standing);
    app.ask(move |store| {
        standing.hold(|| {
            store.write(|tx| -> Result<_, ApiError> {
                if !links::link(tx, id, &person, &by)? {
                    return Err(OpenIdRefusal::Taken.into());
                }
                let object = format!("{} {}", by.actor, person.subject);
                Ok(((), Action { by: by.clone(), verb: "account.link_openid", object }))
            })
        })
    })
    .await
}

async fn enter(
    app: &App,
    account: Account,
    linked: Linked,
    headers: &HeaderMap,
) -> Result<Response, ApiError> {
    let opened = open(app, account, Proven::Linked(linked), shown(headers)).await?;
    done(OpenIdDone { is_linked: false }, opened.headers().clone())
}

/// Whoever came back is done, and the browser forgets where he was.
fn done(said: OpenIdDone, mut headers: HeaderMap) -> Result<Response, ApiError> {
    let gone = format!("{COOKIE}=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0");
    let gone = HeaderValue::from_str(&gone).map_err(|_| ApiError::Internal)?;
    headers.append(header::SET_COOKIE, gone);
    Ok((headers, Json(said)).into_response())
}
