//! `/api/accounts`: who may sign in, and as what; for administrators.

use std::collections::BTreeMap;

use axum::Json;
use dondoc_core::{
    access::{Grant, Policy},
    unit::{Line, UnitId, Units},
};
use dondoc_store::accounts::{self, Account, KeptGrant};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    ApiError, App,
    desk::Desk,
    error::{Bilingual, Denial},
    extract::Id,
    refusals::Refusals,
};

mod administering;
mod delegating;
pub(crate) mod joining;
mod keys;
mod naming;
pub(crate) mod openid;
mod own;
pub(crate) mod passkeys;
mod second_factor;

/// A role that an account was given.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GrantView {
    id: i64,
    role: String,
    title: Bilingual,
    /// Null: the whole installation.
    unit: Option<u32>,
    unit_name: Option<String>,
    /// The line along which "below" is meant: `state`, `party`, `military`, `front`.
    line: String,
    #[schema(format = Date)]
    from: String,
    /// Null: for good.
    #[schema(format = Date)]
    until: Option<String>,
    /// Whether it holds today.
    holds: bool,
    /// The sign-in name of the account that delegates it; null: given by an administrator.
    delegated_by: Option<String>,
}

/// An account, without its secrets.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AccountView {
    id: i64,
    name: String,
    display: String,
    office: String,
    /// `invited`, `confirmed`, `suspended`.
    state: String,
    /// Goes up with every change; sent back with one.
    version: i64,
    has_second_factor: bool,
    /// Somebody signs in to it with a provider of identities.
    is_linked: bool,
    made_at: String,
    /// The account that asks: its roles are changed by another administrator.
    is_own: bool,
    grants: Vec<GrantView>,
}

/// A role that can be given.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RoleChoice {
    code: String,
    title: Bilingual,
    /// Whether its holders need a second factor.
    second_factor: bool,
}

/// All accounts, by name, and the roles that there are.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AccountList {
    items: Vec<AccountView>,
    roles: Vec<RoleChoice>,
}

/// A role that is to be given.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GrantSent {
    role: String,
    /// Where. Whoever forgets it is refused: that is not how anybody gets the whole installation.
    unit: Option<u32>,
    /// Instead of a unit: the whole installation.
    #[serde(default)]
    everywhere: bool,
    /// `state` if left out.
    line: Option<String>,
    /// The first day; today if left out.
    #[schema(format = Date)]
    from: Option<String>,
    /// The last day; for good if left out.
    #[schema(format = Date)]
    until: Option<String>,
}

/// A code that is good once, shown once.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CodeView {
    /// The account that chooses its password with it.
    id: i64,
    name: String,
    code: String,
    /// Until when it is good.
    until: String,
    /// Whether the role of an administrator waits for a second person.
    waits: bool,
}

/// How accounts are shown on a day to somebody.
struct Shown<'a> {
    units: &'a Units,
    names: BTreeMap<i64, String>,
    today: Date,
    asks: i64,
}

/// The routes of accounts.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, administering::add))
        .routes(routes!(get, administering::change))
        .routes(routes!(administering::code))
        .routes(routes!(administering::give))
        .routes(routes!(administering::end))
        .routes(routes!(administering::suspend))
        .routes(routes!(administering::reinstate))
        .routes(routes!(joining::join))
        .routes(routes!(naming::named))
        .routes(routes!(own::get))
        .routes(routes!(own::password))
        .routes(routes!(own::end_other_sessions))
        .routes(routes!(second_factor::begin))
        .routes(routes!(second_factor::confirm))
        .routes(routes!(second_factor::remove))
        .routes(routes!(passkeys::begin))
        .routes(routes!(passkeys::confirm))
        .routes(routes!(passkeys::ask))
        .routes(routes!(passkeys::show))
        .routes(routes!(passkeys::end))
        .routes(routes!(openid::begin))
        .routes(routes!(openid::end))
        .routes(routes!(openid::end_of))
        .routes(routes!(keys::make))
        .routes(routes!(keys::end))
        .routes(routes!(delegating::delegate))
        .routes(routes!(delegating::end))
}

/// All accounts.
#[utoipa::path(
    get, path = "/api/accounts", tag = "accounts",
    responses((status = 200, body = AccountList), Refusals)
)]
pub(crate) async fn list(desk: Desk) -> Result<Json<AccountList>, ApiError> {
    let (today, asks) = (desk.today(), desk.who().account.id);
    let list = desk.consult(move |ledger| -> Result<_, ApiError> {
        let (all, grants) = ledger
            .store()
            .read(|tx| Ok::<_, ApiError>((accounts::all(tx)?, accounts::all_grants(tx)?)))?;
        let mut of: BTreeMap<i64, Vec<KeptGrant>> = BTreeMap::new();
        for (account, grant) in grants {
            of.entry(account).or_default().push(grant);
        }
        let names = all.iter().map(|it| (it.id, it.name.clone())).collect();
        let items = ledger.look(|books| {
            let shown = Shown { units: &books.units, names, today, asks };
            all.iter().map(|it| shown.account(it, &of.remove(&it.id).unwrap_or_default())).collect()
        });
        let policy = Policy::built_in().map_err(|_| ApiError::Internal)?;
        let roles = policy.roles().iter().map(|it| RoleChoice {
            code: it.code.clone(),
            title: title(&it.code),
            second_factor: it.second_factor,
        });
        Ok(AccountList { items, roles: roles.collect() })
    });
    Ok(Json(list.await?))
}

/// One account.
#[utoipa::path(
    get, path = "/api/accounts/{id}", tag = "accounts",
    params(("id" = i64, Path, description = "The account")),
    responses((status = 200, body = AccountView), Refusals)
)]
pub(crate) async fn get(desk: Desk, Id(id): Id) -> Result<Json<AccountView>, ApiError> {
    view(&desk, id).await.map(Json)
}

/// How an account stands now.
async fn view(desk: &Desk, id: i64) -> Result<AccountView, ApiError> {
    let (today, asks) = (desk.today(), desk.who().account.id);
    desk.consult(move |ledger| {
        let (account, grants, names) = ledger.store().read(|tx| -> Result<_, ApiError> {
            let account = accounts::get(tx, id)?.ok_or(ApiError::NotFound)?;
            let grants = accounts::grants(tx, id)?;
            let mut names = BTreeMap::new();
            for by in grants.iter().filter_map(|it| it.delegated_by) {
                let name = accounts::get(tx, by)?.map(|it| it.name);
                names.insert(by, name.unwrap_or_default());
            }
            Ok((account, grants, names))
        })?;
        Ok::<_, ApiError>(ledger.look(|books| {
            Shown { units: &books.units, names, today, asks }.account(&account, &grants)
        }))
    })
    .await
}

impl Shown<'_> {
    fn account(&self, account: &Account, grants: &[KeptGrant]) -> AccountView {
        let Account { id, name, display, office, version, made_at, .. } = account.clone();
        AccountView {
            id,
            name,
            display,
            office,
            state: account.state.code().to_owned(),
            version,
            has_second_factor: account.has_second_factor(),
            is_linked: account.n_links > 0,
            made_at,
            is_own: id == self.asks,
            grants: grants.iter().map(|it| self.grant(it)).collect(),
        }
    }

    fn grant(&self, kept: &KeptGrant) -> GrantView {
        let Grant { role, unit, line, from, until } = &kept.grant;
        let name = |unit: UnitId| self.units.get(unit)?.full_name_on(self.today);
        GrantView {
            id: kept.id,
            role: role.clone(),
            title: title(role),
            unit: unit.map(|it| it.0),
            unit_name: unit.and_then(name),
            line: line.code().to_owned(),
            from: from.to_string(),
            until: until.map(|it| it.to_string()),
            holds: kept.grant.holds_on(self.today),
            delegated_by: kept.delegated_by.and_then(|it| self.names.get(&it).cloned()),
        }
    }
}

impl GrantSent {
    /// The grant that was meant.
    fn read(self, units: &Units, today: Date) -> Result<Grant, ApiError> {
        let wrong = |detail: &str| ApiError::BadValue { detail: detail.to_owned() };
        let policy = Policy::built_in().map_err(|_| ApiError::Internal)?;
        policy.role(&self.role).ok_or_else(|| wrong("role"))?;
        let unit = self.unit.map(UnitId);
        if unit.is_none() && !self.everywhere {
            return Err(Denial::UnitMissing.into());
        }
        if unit.is_some() && self.everywhere {
            return Err(wrong("everywhere"));
        }
        if unit.is_some_and(|it| units.get(it).is_none()) {
            return Err(wrong("unit"));
        }
        let line = match self.line.as_deref() {
            None => Line::State,
            Some(code) => Line::by_code(code).ok_or_else(|| wrong("line"))?,
        };
        let from = day(self.from.as_deref())?.unwrap_or(today);
        let until = day(self.until.as_deref())?;
        if until.is_some_and(|it| it < from || it < today) {
            return Err(Denial::BadDays.into());
        }
        Ok(Grant { role: self.role, unit, line, from, until })
    }
}

/// A day that was sent.
fn day(sent: Option<&str>) -> Result<Option<Date>, ApiError> {
    sent.map(|it| it.parse().map_err(|_| Denial::BadDays.into())).transpose()
}

/// What a role is called.
fn title(code: &str) -> Bilingual {
    let role = Policy::built_in().ok().and_then(|it| it.role(code));
    let (vi, en) = role.map_or((code, code), |it| (it.vi.as_str(), it.en.as_str()));
    Bilingual { vi: vi.to_owned(), en: en.to_owned() }
}

/// Seconds since 1970, as codes are counted by.
fn seconds(now: Timestamp) -> u64 {
    u64::try_from(now.as_second()).unwrap_or_default()
}
