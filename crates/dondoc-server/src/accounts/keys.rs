//! `/api/account/keys`: keys for programs.

use axum::{
    Json,
    http::{HeaderMap, StatusCode},
};
use dondoc_core::access::Policy;
use dondoc_store::{
    Action,
    accounts::sessions::{self, ApiToken},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::own;
use crate::{
    ApiError,
    desk::Desk,
    entry,
    extract::{Id, Sent},
    people,
    refusals::Refusals,
};

/// No key is good for longer.
const MAX_DAYS: i64 = 366;

/// A key, without the key.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct KeyView {
    id: i64,
    /// What its owner calls it.
    label: String,
    /// Codes of the operations that it is good for; `*` for all that its owner may.
    operations: Vec<String>,
    made_at: String,
    until: String,
}

/// A key that is to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeySent {
    label: String,
    /// Codes of operations, or `*` alone for all that the account may.
    operations: Vec<String>,
    /// Good for so many days: 1 to 366.
    days: i64,
}

/// A key, shown this once.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NewKeyView {
    /// Sent as `Authorization: Bearer …`.
    key: String,
}

impl From<ApiToken> for KeyView {
    fn from(token: ApiToken) -> Self {
        let ApiToken { id, label, operations, made_at, until, .. } = token;
        let operations = operations.split(' ').filter(|it| !it.is_empty()).map(str::to_owned);
        Self { id, label, operations: operations.collect(), made_at, until }
    }
}

/// Makes a key for programs. It never reaches further than its owner, and not into his own account.
#[utoipa::path(
    post, path = "/api/account/keys", tag = "account", request_body = KeySent,
    responses((status = 200, body = NewKeyView), Refusals)
)]
pub(crate) async fn make(
    desk: Desk,
    headers: HeaderMap,
    Sent(sent): Sent<KeySent>,
) -> Result<Json<NewKeyView>, ApiError> {
    own::session(&desk)?;
    entry::step_up_if_weighty(&desk, &headers).await?;
    let wrong = |detail: &str| ApiError::BadValue { detail: detail.to_owned() };
    let KeySent { label, operations, days } = sent;
    if !(1..=MAX_DAYS).contains(&days) {
        return Err(wrong("days: 1–366"));
    }
    if label.trim().is_empty() || label.chars().count() > 100 {
        return Err(wrong("label"));
    }
    let policy = Policy::built_in().map_err(|_| ApiError::Internal)?;
    let is_all = operations.iter().eq(["*"]);
    if operations.is_empty() || !is_all && operations.iter().any(|it| policy.by_code(it).is_none())
    {
        return Err(wrong("operations"));
    }
    let (operations, by) = (operations.join(" "), desk.by());
    let key = desk
        .ask(move |store| people::key(store, (&by.actor, label.trim(), &operations), days, &by));
    Ok(Json(NewKeyView { key: key.await? }))
}

/// Ends a key.
#[utoipa::path(
    post, path = "/api/account/keys/{id}/end", tag = "account",
    params(("id" = i64, Path, description = "The key")),
    responses((status = 204, description = "Ended"), Refusals)
)]
pub(crate) async fn end(desk: Desk, Id(id): Id) -> Result<StatusCode, ApiError> {
    own::session(&desk)?;
    let (account, by) = (desk.who().account.id, desk.by());
    desk.ask(move |store| {
        store.write(|tx| {
            if !sessions::end_token(tx, account, id, &by)? {
                return Err(ApiError::NotFound);
            }
            Ok(((), Action { by: by.clone(), verb: "key.end", object: id.to_string() }))
        })
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}
