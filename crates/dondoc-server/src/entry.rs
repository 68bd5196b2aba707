//! The way in: who asks, and whether the operation is open to them at all.
//!
//! [`admit`] stands before every route. It finds the operation of the route in the policy, the account behind the cookie or key,
//! and lets pass whom some grant allows the operation somewhere. Whether it is allowed on the unit that is asked about is said by
//! the [`Desk`](crate::desk::Desk).
//!
//! **Invariant:** what can't be decided is refused: a route without a row, a policy that can't be read, a store that fails.

use std::sync::Arc;

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use dondoc_core::access::{Operation, Policy, Scope};
use dondoc_store::{
    Action, By, Standing, Store, StoreError,
    accounts::{self, AccountState, sessions},
};
use jiff::{Span, Timestamp};

use crate::{
    ApiError, App,
    desk::{Desk, Who},
    error::Denial,
    scopes::Scopes,
};

pub(crate) mod passkeys;
pub(crate) mod password;
pub(crate) mod proven;
pub(crate) mod second_factor;
pub(crate) mod secret;
pub(crate) mod tries;

/// The cookie of a session. The prefix has browsers refuse it unless it is secure and of this host alone.
pub(crate) const COOKIE: &str = "__Host-dondoc";
/// The code of an authenticator program, shown again for what takes it.
pub(crate) const CODE_HEADER: &str = "x-second-factor";
/// For so long after the second factor was shown it need not be shown again.
const STEP_UP_MINUTES: i64 = 5;
/// Of an address so many letters go into the audit trail.
const MAX_NOTED: usize = 1000;

/// What a request shows to say who sends it.
#[derive(Clone, Copy)]
pub(crate) enum Shown {
    /// A session's cookie.
    Cookie(sessions::SecretDigest),
    /// A key for programs.
    Key(sessions::SecretDigest),
}

/// What was found out about a request before its handler runs.
#[derive(Clone)]
pub(crate) struct Admitted {
    /// Nobody, where the operation is public.
    pub(crate) who: Option<Arc<Who>>,
    /// The units that they may reach with it; of somebody alone.
    pub(crate) scopes: Option<Scopes>,
}

/// Lets a request pass to its handler, or refuses it.
pub(crate) async fn admit(State(app): State<App>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    match look(&app, &parts).await {
        Ok(admitted) => {
            parts.extensions.insert(admitted);
            next.run(Request::from_parts(parts, body)).await
        }
        Err(refusal) => refusal.into_response(),
    }
}

async fn look(app: &App, request: &Parts) -> Result<Admitted, ApiError> {
    let path = request.extensions.get::<MatchedPath>().ok_or(ApiError::NotFound)?;
    let policy = Policy::built_in().map_err(|_| ApiError::Internal)?;
    let method = match request.method.as_str() {
        // What answers to GET answers to HEAD.
        "HEAD" => "GET",
        other => other,
    };
    let Some(operation) = policy.operation(method, path.as_str()) else {
        // Whether there is such a thing here is said by the router, to those who signed in.
        let is_known = policy.operations().iter().flat_map(|it| &it.routes);
        let is_known = is_known.filter_map(|it| it.split_once(' ')).any(|it| it.1 == path.as_str());
        return Err(if is_known { ApiError::MethodNotAllowed } else { Denial::Forbidden.into() });
    };
    let shown = shown(&request.headers).or_else(|| in_address(request, path.as_str()));
    let (who, scopes) = match shown {
        Some(shown) => find(app, shown, operation).await?.unzip(),
        None => (None, None),
    };
    if operation.public {
        return Ok(Admitted { who, scopes });
    }
    let who = who.ok_or(Denial::NotSignedIn)?;
    let today = app.today();
    let mut grants = who.grants.iter().filter(|it| it.holds_on(today));
    let is_open = operation.is_for_all_signed_in() || grants.any(|it| operation.is_open_to(it));
    if !is_open || !who.key_opens(&operation.code) {
        return Err(Denial::Forbidden.into());
    }
    if operation.step_up {
        step_up(app, &who, &request.headers).await?;
    }
    if operation.logged {
        note(app, operation, &who, request).await?;
    }
    Ok(Admitted { who: Some(who), scopes })
}

/// Keeps in the audit trail that somebody asks for what is sensitive; before it is given, so that nothing goes out unnoted.
async fn note(
    app: &App,
    operation: &'static Operation,
    who: &Who,
    request: &Parts,
) -> Result<(), ApiError> {
    let asked = request.uri.path_and_query().map_or(request.uri.path(), |it| it.as_str());
    let object: String = asked.chars().take(MAX_NOTED).collect();
    let by = By { actor: who.account.name.clone(), at: app.now() };
    let verb = operation.code.as_str();
    app.ask(move |store| {
        store.write(|_| {
            Ok::<_, StoreError>(((), Action { by: by.clone(), verb, object: object.clone() }))
        })
    })
    .await
}

/// What a request shows.
pub(crate) fn shown(headers: &HeaderMap) -> Option<Shown> {
    let text = |name| headers.get(name).and_then(|it| it.to_str().ok());
    if let Some(key) = text(header::AUTHORIZATION).and_then(|it| it.strip_prefix("Bearer ")) {
        return Some(Shown::Key(secret::digest(key.trim())));
    }
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|it| it.to_str().ok());
    let mut pairs = cookies.flat_map(|it| it.split(';')).filter_map(|it| it.trim().split_once('='));
    pairs.find(|it| it.0 == COOKIE).map(|it| Shown::Cookie(secret::digest(it.1)))
}

/// The key in the address of a calendar feed, and of nothing else: programs that look into calendars can send no header.
fn in_address(request: &Parts, path: &str) -> Option<Shown> {
    let query = request.uri.query().filter(|_| path == "/api/tasks.ics")?;
    let key = query.split('&').find_map(|it| it.strip_prefix("token="))?;
    Some(Shown::Key(secret::digest(key)))
}

/// The account behind a cookie or key, and the units that it reaches with an operation; both on one way to another thread, since
/// every request goes it.
async fn find(
    app: &App,
    shown: Shown,
    operation: &'static Operation,
) -> Result<Option<(Arc<Who>, Scopes)>, ApiError> {
    let (now, today, keepers) = (app.now(), app.today(), app.keepers());
    app.consult(move |ledger| -> Result<_, StoreError> {
        Ok(who_is(ledger.store(), shown, now)?.map(|who| {
            let scope = ledger.look(|books| Scope::of(operation, &who.grants, &books.units, today));
            (who, Scopes::new(scope, keepers))
        }))
    })
    .await
}

fn who_is(store: &Store, shown: Shown, now: Timestamp) -> Result<Option<Arc<Who>>, StoreError> {
    store.read(|tx| {
        let (bearer, session) = match shown {
            Shown::Cookie(digest) => (sessions::find(tx, &digest, now)?, Some(digest)),
            Shown::Key(digest) => (sessions::find_token(tx, &digest, now)?, None),
        };
        let Some(bearer) = bearer else { return Ok(None) };
        let account = accounts::get(tx, bearer.account)?;
        let Some(account) = account.filter(|it| it.state == AccountState::Confirmed) else {
            return Ok(None);
        };
        let grants = accounts::grants(tx, account.id)?;
        let (Shown::Cookie(token) | Shown::Key(token)) = shown;
        let numbers = grants.iter().map(|it| it.id).collect();
        let standing = Arc::new(Standing { account: account.id, token, grants: numbers });
        let grants = grants.into_iter().map(|it| it.grant).collect();
        let second_factor_at = bearer.second_factor_at.and_then(|it| it.parse().ok());
        let operations = bearer.operations;
        let who = Who { account, grants, standing, session, second_factor_at, operations };
        Ok(Some(Arc::new(who)))
    })
}

/// Asks for the second factor where some role that is held today takes one.
pub(crate) async fn step_up_if_weighty(desk: &Desk, headers: &HeaderMap) -> Result<(), ApiError> {
    let (who, today) = (desk.who(), desk.today());
    let policy = Policy::built_in().map_err(|_| ApiError::Internal)?;
    let mut held = who.grants.iter().filter(|it| it.holds_on(today));
    if held.any(|it| policy.role(&it.role).is_none_or(|it| it.second_factor)) {
        step_up(desk.app(), who, headers).await?;
    }
    Ok(())
}

/// Asks for the second factor, unless it was shown a moment ago.
pub(crate) async fn step_up(
    app: &App,
    who: &Arc<Who>,
    headers: &HeaderMap,
) -> Result<(), ApiError> {
    // A key was made for its operations by someone who showed the second factor then.
    let Some(session) = who.session else { return Ok(()) };
    let now = app.now();
    let patience = Span::new().minutes(STEP_UP_MINUTES);
    if who.second_factor_at.is_some_and(|it| it.saturating_add(patience).is_ok_and(|end| now < end))
    {
        return Ok(());
    }
    if !who.account.has_second_factor() {
        return Err(Denial::NoSecondFactor.into());
    }
    let code = headers.get(CODE_HEADER).and_then(|it| it.to_str().ok());
    let code = code.ok_or(Denial::SecondFactorNeeded)?.to_owned();
    app.tries().count(&who.account.name, now)?;
    let (who, by) = (Arc::clone(who), By { actor: who.account.name.clone(), at: now });
    let is_right =
        app.ask(move |store| second_factor::show(store, &who.account, &session, &code, &by));
    if is_right.await? { Ok(()) } else { Err(Denial::WrongCode.into()) }
}
