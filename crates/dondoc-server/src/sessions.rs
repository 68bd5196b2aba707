//! `/api/session`: signing in and out, and who is signed in.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use dondoc_core::{
    access::{Grant, Policy},
    unit::Line,
};
use dondoc_store::{
    Action, By, StoreError,
    accounts::{
        self, Account, AccountState, NewAccount, passkeys,
        sessions::{self, Invited},
    },
};
use jiff::{Span, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    ApiError, App,
    accounts::{
        joining,
        passkeys::{PasskeyQuestion, PasskeyShown},
    },
    entry::{Admitted, COOKIE, Shown, password, proven::Proven, second_factor, secret, shown},
    error::{Bilingual, Denial},
    extract::Sent,
    openid::door,
    refusals::Refusals,
};

/// A session ends after so many days.
const SESSION_DAYS: i64 = 14;

/// Who is signed in; with the people of a demonstration, if it is one.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SessionView {
    /// Null: nobody.
    account: Option<SignedInView>,
    /// Nobody has an account yet: the first administrator makes one with the code that was printed at the start.
    is_first_start: bool,
    /// The made-up people of a demonstration; empty otherwise.
    practice: Vec<PersonaView>,
    /// After so many seconds without a key or pointer the page locks itself.
    lock_after: u32,
    /// What the provider of identities is called that one may sign in with; null: none was set up.
    openid: Option<String>,
}

/// The account that is signed in.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SignedInView {
    name: String,
    display: String,
    office: String,
    has_second_factor: bool,
    /// An authenticator program shows six digits.
    has_authenticator: bool,
    has_passkey: bool,
    roles: Vec<RoleView>,
    /// Codes of the operations that some role allows somewhere; the page shows no button that leads to a refusal.
    may: Vec<String>,
    /// In a demonstration, the six digits that would be on the telephone.
    practice_code: Option<String>,
}

/// A role that is held today.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RoleView {
    role: String,
    title: Bilingual,
    /// Null: the whole installation.
    unit: Option<u32>,
    unit_name: Option<String>,
    #[schema(format = Date)]
    until: Option<String>,
}

/// One of the people of a demonstration.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PersonaView {
    name: String,
    display: String,
    office: String,
    does: Bilingual,
}

/// Name and password, or in a demonstration only the name.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignIn {
    name: String,
    #[serde(default)]
    password: String,
    /// The six digits of the authenticator program, for accounts that have one.
    code: Option<String>,
    /// Or a passkey, for accounts that have one: the answer to what was asked at `/api/session/passkey`.
    passkey: Option<PasskeyShown>,
}

/// Who wants to sign in with a passkey: name and password, the one-time code, or the provider of identities.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasskeySignIn {
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: String,
    /// The one-time code with which a password is chosen, instead of both.
    code: Option<String>,
    /// Instead of all of it: whoever has just come back from the provider of identities.
    #[serde(default)]
    openid: bool,
}

/// Who becomes the first administrator.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FirstStart {
    /// The one-time code that was printed at the start.
    code: String,
    name: String,
    display: String,
    #[serde(default)]
    office: String,
    password: String,
}

/// Who is signed in.
#[utoipa::path(
    get, path = "/api/session", tag = "session",
    responses((status = 200, body = SessionView), Refusals)
)]
pub(crate) async fn get(
    State(app): State<App>,
    admitted: axum::Extension<Admitted>,
) -> Result<Json<SessionView>, ApiError> {
    let who = admitted.0.who.clone();
    let (today, now) = (app.today(), app.now());
    let lock_after = app.lock_after();
    let openid = app.openid().ok().map(|it| it.name().to_owned());
    let (is_practice, practice) = (!app.practice().is_empty(), app.practice().to_vec());
    let view = app.consult(move |ledger| -> Result<_, ApiError> {
        let all = ledger.store().read(accounts::all)?;
        let people = practice.iter().filter_map(|it| {
            let account = all.iter().find(|of| of.name == it.name)?;
            let does = Bilingual { vi: it.does.0.clone(), en: it.does.1.clone() };
            let Account { name, display, office, .. } = account.clone();
            Some(PersonaView { name, display, office, does })
        });
        let account = who.map(|it| {
            let named = |grant: &Grant| {
                let unit = grant.unit?;
                ledger.look(|books| books.units.get(unit)?.full_name_on(today))
            };
            signed_in(&it.account, &it.grants, (now, is_practice), named)
        });
        let (is_first_start, practice) = (all.is_empty(), people.collect());
        Ok(SessionView { account, is_first_start, practice, lock_after, openid })
    });
    Ok(Json(view.await?))
}

/// Signs in. The answer sets the cookie of the session; a session that was there before ends.
#[utoipa::path(
    post, path = "/api/session", tag = "session", request_body = SignIn,
    responses((status = 204, description = "Signed in"), Refusals)
)]
pub(crate) async fn sign_in(
    State(app): State<App>,
    headers: HeaderMap,
    Sent(sent): Sent<SignIn>,
) -> Result<Response, ApiError> {
    let now = app.now();
    let account = by_password(&app, &sent.name, sent.password).await?;
    let is_practice = app.practice().iter().any(|it| it.name == account.name);
    let proven = if is_practice {
        Proven::Nothing
    } else {
        let sent = (sent.code, sent.passkey.map(Into::into));
        Proven::look(&app, &account, sent, now).await?
    };
    app.tries().forget(&account.name);
    open(&app, account, proven, shown(&headers)).await
}

/// Asks for a passkey of whoever signs in, once name and password, or the one-time code, are right.
#[utoipa::path(
    post, path = "/api/session/passkey", tag = "session", request_body = PasskeySignIn,
    responses((status = 200, body = PasskeyQuestion), Refusals)
)]
pub(crate) async fn ask_passkey(
    State(app): State<App>,
    headers: HeaderMap,
    Sent(sent): Sent<PasskeySignIn>,
) -> Result<Json<PasskeyQuestion>, ApiError> {
    let now = app.now();
    let account = match sent.code {
        _ if sent.openid => door::waiting(&app, &headers).await?,
        Some(code) => joining::invited(&app, secret::digest(&code)).await?,
        None => by_password(&app, &sent.name, sent.password).await?,
    };
    let id = account.id;
    let kept = app.ask(move |store| store.read(|tx| passkeys::of(tx, id))).await?;
    Ok(Json(app.passkeys().ask_for_one(&headers, (id, None), &kept, now)?.into()))
}

/// The account in use of a name with its password; the people of a demonstration need none.
async fn by_password(app: &App, name: &str, typed: String) -> Result<Account, ApiError> {
    let name = accounts::sign_in_name(name);
    app.tries().count(&name, app.now())?;
    let is_practice = app.practice().iter().any(|it| it.name == name);
    let found = app.ask(move |store| store.read(|tx| accounts::by_name(tx, &name))).await?;
    let account = match found {
        Some(account) if is_practice && typed.is_empty() => Some(account),
        found => {
            let kept = found.as_ref().and_then(|it| it.password.clone());
            let is_right = app.check(move || password::is_right(&typed, kept.as_deref())).await?;
            found.filter(|_| is_right)
        }
    };
    let account = account.filter(|it| it.state == AccountState::Confirmed);
    account.ok_or_else(|| Denial::WrongSignIn.into())
}

/// Makes the first account, an administrator's, with the code that was printed at the start; signs in.
#[utoipa::path(
    post, path = "/api/session/first", tag = "session", request_body = FirstStart,
    responses((status = 204, description = "Made, and signed in"), Refusals)
)]
pub(crate) async fn first(
    State(app): State<App>,
    headers: HeaderMap,
    Sent(sent): Sent<FirstStart>,
) -> Result<Response, ApiError> {
    app.tries().count("", app.now())?;
    let FirstStart { code, name, display, office, password } = sent;
    if accounts::sign_in_name(&name).is_empty() {
        return Err(ApiError::BadValue { detail: "name".to_owned() });
    }
    let password = app.check(move || password::hash(&password)).await??;
    let (today, by) = (app.today(), By { actor: accounts::sign_in_name(&name), at: app.now() });
    let account = NewAccount { name, display, office, password: Some(password) };
    let made = app.ask(move |store| {
        store.write(|tx| -> Result<_, ApiError> {
            // Used up in any case; the write is only kept if all of it is right.
            let invited = sessions::redeem(tx, &secret::digest(&code), &by)?;
            if invited != Some(Invited::First) || !accounts::all(tx)?.is_empty() {
                return Err(Denial::CodeNotGood.into());
            }
            let id = accounts::add(tx, &account, &by)?.ok_or(Denial::NameTaken)?;
            let role = "administrator".to_owned();
            let grant = Grant { role, unit: None, line: Line::State, from: today, until: None };
            accounts::grant(tx, id, &grant, None, &by)?;
            let made = accounts::get(tx, id)?.ok_or(ApiError::Internal)?;
            let action =
                Action { by: by.clone(), verb: "account.first", object: made.name.clone() };
            Ok((made, action))
        })
    });
    open(&app, made.await?, Proven::Nothing, shown(&headers)).await
}

/// Signs out: the cookie is good for nothing any more.
#[utoipa::path(
    delete, path = "/api/session", tag = "session",
    responses((status = 204, description = "Signed out"), Refusals)
)]
pub(crate) async fn sign_out(
    State(app): State<App>,
    admitted: axum::Extension<Admitted>,
) -> Result<Response, ApiError> {
    end(&app, &admitted.0, "session.end").await
}

/// Locks the page: the cookie is good for nothing any more, and the page keeps what was typed until the same person signs in.
#[utoipa::path(
    post, path = "/api/session/lock", tag = "session",
    responses((status = 204, description = "Locked"), Refusals)
)]
pub(crate) async fn lock(
    State(app): State<App>,
    admitted: axum::Extension<Admitted>,
) -> Result<Response, ApiError> {
    end(&app, &admitted.0, "session.lock").await
}

async fn end(app: &App, admitted: &Admitted, verb: &'static str) -> Result<Response, ApiError> {
    let who = admitted.who.as_ref().ok_or(Denial::NotSignedIn)?;
    let by = By { actor: who.account.name.clone(), at: app.now() };
    if let Some(session) = who.session {
        app.ask(move |store| {
            store.write(|tx| -> Result<_, StoreError> {
                sessions::end(tx, &session, &by)?;
                let object = by.actor.clone();
                Ok(((), Action { by: by.clone(), verb, object }))
            })
        })
        .await?;
    }
    let gone = format!("{COOKIE}=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0");
    Ok((axum::http::StatusCode::NO_CONTENT, [(header::SET_COOKIE, gone)]).into_response())
}

/// Opens a session with a new cookie, never one that came with the request; what was shown counts once.
pub(crate) async fn open(
    app: &App,
    account: Account,
    proven: Proven,
    before: Option<Shown>,
) -> Result<Response, ApiError> {
    let cookie = secret::long()?;
    let digest = secret::digest(&cookie);
    let by = By { actor: account.name.clone(), at: app.now() };
    let until = later(by.at)?;
    app.ask(move |store| {
        store.write(|tx| -> Result<_, ApiError> {
            proven.note(tx, account.id, &by)?;
            if let Some(Shown::Cookie(before)) = before {
                sessions::end(tx, &before, &by)?;
            }
            sessions::open(tx, &digest, (account.id, proven.is_something()), until, &by)?;
            Ok(((), Action { by: by.clone(), verb: proven.verb(), object: account.name.clone() }))
        })
    })
    .await?;
    let seconds = SESSION_DAYS * 24 * 3600;
    let set =
        format!("{COOKIE}={cookie}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age={seconds}");
    Ok((axum::http::StatusCode::NO_CONTENT, [(header::SET_COOKIE, set)]).into_response())
}

fn later(now: Timestamp) -> Result<Timestamp, ApiError> {
    now.checked_add(Span::new().hours(SESSION_DAYS * 24)).map_err(|_| ApiError::Internal)
}

fn signed_in(
    account: &Account,
    grants: &[Grant],
    (now, is_practice): (Timestamp, bool),
    named: impl Fn(&Grant) -> Option<String>,
) -> SignedInView {
    let today = crate::today(now);
    let held: Vec<&Grant> = grants.iter().filter(|it| it.holds_on(today)).collect();
    let policy = Policy::built_in().ok();
    let title = |code: &str| {
        let role = policy.and_then(|it| it.role(code));
        let (vi, en) = role.map_or((code, code), |it| (it.vi.as_str(), it.en.as_str()));
        Bilingual { vi: vi.to_owned(), en: en.to_owned() }
    };
    let roles = held.iter().map(|it| RoleView {
        role: it.role.clone(),
        title: title(&it.role),
        unit: it.unit.map(|unit| unit.0),
        unit_name: named(it),
        until: it.until.map(|day| day.to_string()),
    });
    let operations = policy.into_iter().flat_map(Policy::operations);
    let may = operations.filter(|of| {
        of.public || of.is_for_all_signed_in() || held.iter().any(|it| of.is_open_to(it))
    });
    let seconds = u64::try_from(now.as_second()).unwrap_or_default();
    let secret = account.totp.as_deref().filter(|_| is_practice);
    SignedInView {
        name: account.name.clone(),
        display: account.display.clone(),
        office: account.office.clone(),
        has_second_factor: account.has_second_factor(),
        has_authenticator: account.totp.is_some(),
        has_passkey: account.n_passkeys > 0,
        roles: roles.collect(),
        may: may.map(|it| it.code.clone()).collect(),
        practice_code: secret.and_then(|it| second_factor::code_at(it, seconds)),
    }
}
