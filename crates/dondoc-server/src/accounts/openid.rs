//! `/api/account/openid` and `/api/accounts/{id}/openid/end`: linking an account with a person of a provider, and ending it.

use axum::{
    Json,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use dondoc_store::{
    Action, By, Tx,
    accounts::{
        Account,
        openid::{self as links, KeptLink},
    },
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{AccountView, administering, own};
use crate::{
    ApiError,
    desk::Desk,
    entry,
    extract::{Id, Sent},
    openid::{
        door::{self, OpenIdWay},
        flows::Errand,
    },
    refusals::Refusals,
};

/// The provider of identities that was set up.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OpenIdView {
    /// What it is called here.
    name: String,
    /// Null: the account is not linked.
    link: Option<OpenIdLinkView>,
}

/// Who signs in to the account there.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OpenIdLinkView {
    /// What the provider calls the person.
    label: String,
    made_at: String,
    /// When somebody signed in that way last.
    used_at: Option<String>,
}

/// Who wants to be linked.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OpenIdWanted {
    /// For accounts that have no second factor, so that nobody does it at a screen that was left.
    password: Option<String>,
}

impl OpenIdView {
    /// A provider of that name, and who signs in there.
    pub(crate) fn new(name: &str, link: Option<KeptLink>) -> Self {
        let link = link.map(|KeptLink { identity, made_at, used_at }| OpenIdLinkView {
            label: identity.label,
            made_at,
            used_at,
        });
        Self { name: name.to_owned(), link }
    }
}

/// Sends the one who asks to the provider, to link the account; takes the second factor where there is one, and else the password.
#[utoipa::path(
    post, path = "/api/account/openid", tag = "account", request_body = OpenIdWanted,
    responses((status = 200, body = OpenIdWay), Refusals)
)]
pub(crate) async fn begin(
    desk: Desk,
    headers: HeaderMap,
    Sent(sent): Sent<OpenIdWanted>,
) -> Result<Response, ApiError> {
    let (session, openid) = (own::session(&desk)?, desk.app().openid()?);
    if desk.who().account.has_second_factor() {
        entry::step_up(desk.app(), desk.who(), &headers).await?;
    } else {
        own::check(&desk, sent.password.unwrap_or_default()).await?;
    }
    let errand = Errand::Link(desk.who().account.id, session);
    door::sent(openid.send(&headers, errand, desk.by().at).await?)
}

/// Ends the link of the one who asks; takes the second factor where there is one.
#[utoipa::path(
    post, path = "/api/account/openid/end", tag = "account",
    responses((status = 204, description = "Ended, or there was none"), Refusals)
)]
pub(crate) async fn end(desk: Desk, headers: HeaderMap) -> Result<StatusCode, ApiError> {
    own::session(&desk)?;
    if desk.who().account.has_second_factor() {
        entry::step_up(desk.app(), desk.who(), &headers).await?;
    }
    let (id, by) = (desk.who().account.id, desk.by());
    desk.ask(move |store| {
        store.write(|tx| -> Result<_, ApiError> {
            links::unlink(tx, id)?;
            let object = by.actor.clone();
            Ok(((), Action { by: by.clone(), verb: "account.unlink_openid", object }))
        })
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends the link of an account with a person of a provider.
#[utoipa::path(
    post, path = "/api/accounts/{id}/openid/end", tag = "accounts",
    params(("id" = i64, Path, description = "The account")),
    responses((status = 200, body = AccountView), Refusals)
)]
pub(crate) async fn end_of(desk: Desk, Id(id): Id) -> Result<Json<AccountView>, ApiError> {
    let of = move |tx: &mut Tx<'_>, _: Account, _: &By| {
        links::unlink(tx, id)?;
        Ok(())
    };
    administering::on(&desk, id, "account.unlink_openid", of).await
}
