//! Accounts (*tài khoản*): who may sign in, and as what.

use dondoc_core::{
    access::Grant,
    unit::{Line, UnitId},
};

use crate::{
    db::{BoxError, By, Row, StoreError, Tx},
    sql::sql,
};

pub mod openid;
pub mod passkeys;
pub mod sessions;

/// How far an account has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AccountState {
    /// Made, but its password was not chosen yet.
    Invited,
    /// In use.
    Confirmed,
    /// May not sign in any more.
    Suspended,
}

/// An account that is to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAccount {
    /// As it is typed to sign in; small letters are made of it.
    pub name: String,
    /// The name on the screen.
    pub display: String,
    /// The office: `Văn phòng UBND xã Bình An`.
    pub office: String,
    /// The password as Argon2id says it; without one the account is invited.
    pub password: Option<String>,
}

/// An account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its number.
    pub id: i64,
    /// The sign-in name, which stands in the audit trail.
    pub name: String,
    /// The name on the screen.
    pub display: String,
    /// The office.
    pub office: String,
    /// How far it has come.
    pub state: AccountState,
    /// The password as Argon2id says it.
    pub password: Option<String>,
    /// The secret of the authenticator program, base32.
    pub totp: Option<String>,
    /// The step of the code that was taken last.
    pub totp_step: i64,
    /// Goes up with every change.
    pub version: i64,
    /// When it was made: RFC 3339, UTC.
    pub made_at: String,
    /// How many passkeys are in use.
    pub n_passkeys: i64,
    /// How many people of a provider of identities sign in to it.
    pub n_links: i64,
}

/// A grant that was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptGrant {
    /// Its number.
    pub id: i64,
    /// What it says.
    pub grant: Grant,
    /// The account that delegates it.
    pub delegated_by: Option<i64>,
}

impl Account {
    /// Whether it has something to show beside its password: an authenticator program, or a passkey.
    #[must_use]
    pub fn has_second_factor(&self) -> bool {
        self.totp.is_some() || self.n_passkeys > 0
    }
}

impl AccountState {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Invited, Self::Confirmed, Self::Suspended];

    /// The name in JSON and in the store.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Confirmed => "confirmed",
            Self::Suspended => "suspended",
        }
    }

    /// The state of that name.
    #[must_use]
    pub fn by_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

/// A sign-in name as it is compared.
#[must_use]
pub fn sign_in_name(typed: &str) -> String {
    typed.trim().to_lowercase()
}

/// Makes an account; `None` if there is one of that name.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn add(tx: &mut Tx<'_>, account: &NewAccount, by: &By) -> Result<Option<i64>, StoreError> {
    let name = sign_in_name(&account.name);
    if by_name(tx, &name)?.is_some() {
        return Ok(None);
    }
    let id = tx.take_ids("account", 1)?;
    let state = match account.password {
        Some(_) => AccountState::Confirmed,
        None => AccountState::Invited,
    };
    let NewAccount { display, office, password, .. } = account;
    let (state, at) = (state.code(), by.moment());
    tx.execute(sql!("accounts/add"), &[&id, &name, display, office, &state, password, &at])?;
    Ok(Some(id))
}

/// The account of that number.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn get(tx: &mut Tx<'_>, id: i64) -> Result<Option<Account>, StoreError> {
    tx.query_one(sql!("accounts/get"), &[&id], read)
}

/// The account of that sign-in name.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn by_name(tx: &mut Tx<'_>, name: &str) -> Result<Option<Account>, StoreError> {
    tx.query_one(sql!("accounts/by_name"), &[&sign_in_name(name)], read)
}

/// All accounts, by name.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Account>, StoreError> {
    tx.query(sql!("accounts/all"), &[], read)
}

/// Changes name, office and state; whether the version was still the one that was seen.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn change(tx: &mut Tx<'_>, seen: &Account) -> Result<bool, StoreError> {
    let Account { id, version, display, office, state, .. } = seen;
    let state = state.code();
    Ok(tx.execute(sql!("accounts/change"), &[display, office, &state, id, version])? == 1)
}

/// Gives an account a password, as Argon2id says it, and confirms it.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn put_password(tx: &mut Tx<'_>, id: i64, password: &str) -> Result<(), StoreError> {
    tx.execute(sql!("accounts/put_password"), &[&password, &id])?;
    Ok(())
}

/// Gives an account the secret of an authenticator program, or takes it away.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn put_totp(tx: &mut Tx<'_>, id: i64, secret: Option<&str>) -> Result<(), StoreError> {
    let secret = secret.map(str::to_owned);
    tx.execute(sql!("accounts/put_totp"), &[&secret, &id])?;
    Ok(())
}

/// Notes down that the code of a step was taken; `false` if one of it or of a later step was before.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn use_totp(tx: &mut Tx<'_>, id: i64, step: i64) -> Result<bool, StoreError> {
    Ok(tx.execute(sql!("accounts/use_totp"), &[&step, &id])? == 1)
}

/// Gives an account a role.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn grant(
    tx: &mut Tx<'_>,
    account: i64,
    grant: &Grant,
    delegated_by: Option<i64>,
    by: &By,
) -> Result<i64, StoreError> {
    let id = tx.take_ids("account_grant", 1)?;
    let (unit, line) = (grant.unit.map(|it| i64::from(it.0)), grant.line.code());
    let (from, until) = (grant.from.to_string(), grant.until.map(|it| it.to_string()));
    let at = by.moment();
    tx.execute(
        sql!("accounts/grant"),
        &[&id, &account, &grant.role, &unit, &line, &from, &until, &delegated_by, &by.actor, &at],
    )?;
    Ok(id)
}

/// Ends a grant; whether there was one to end.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn end_grant(tx: &mut Tx<'_>, account: i64, id: i64, by: &By) -> Result<bool, StoreError> {
    Ok(tx.execute(sql!("accounts/end_grant"), &[&by.moment(), &id, &account])? == 1)
}

/// The grants of an account that were not ended, first to last, whether they hold today or not.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn grants(tx: &mut Tx<'_>, account: i64) -> Result<Vec<KeptGrant>, StoreError> {
    tx.query(sql!("accounts/grants"), &[&account], read_grant)
}

/// The grants of all accounts that were not ended, first to last, each with the number of its account.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn all_grants(tx: &mut Tx<'_>) -> Result<Vec<(i64, KeptGrant)>, StoreError> {
    tx.query(sql!("accounts/all_grants"), &[], |row| Ok((row.int(7)?, read_grant(row)?)))
}

/// The grants that an account delegates and that were not ended, each with the number of the account that has it.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn delegated(tx: &mut Tx<'_>, by: i64) -> Result<Vec<(i64, KeptGrant)>, StoreError> {
    tx.query(sql!("accounts/delegated"), &[&by], |row| Ok((row.int(7)?, read_grant(row)?)))
}

fn read_grant(row: &Row<'_>) -> Result<KeptGrant, BoxError> {
    let unit = row.maybe_int(2)?.map(u32::try_from).transpose()?.map(UnitId);
    let line = row.text(3)?;
    let line = Line::by_code(&line).ok_or_else(|| format!("line `{line}`"))?;
    let from = row.maybe_day(4)?.ok_or("a grant without its first day")?;
    let until = row.maybe_day(5)?;
    let grant = Grant { role: row.text(1)?, unit, line, from, until };
    Ok(KeptGrant { id: row.int(0)?, grant, delegated_by: row.maybe_int(6)? })
}

fn read(row: &Row<'_>) -> Result<Account, BoxError> {
    let state = row.text(4)?;
    Ok(Account {
        id: row.int(0)?,
        name: row.text(1)?,
        display: row.text(2)?,
        office: row.text(3)?,
        state: AccountState::by_code(&state).ok_or_else(|| format!("state `{state}`"))?,
        password: row.maybe_text(5)?,
        totp: row.maybe_text(6)?,
        totp_step: row.int(7)?,
        version: row.int(8)?,
        made_at: row.text(9)?,
        n_passkeys: row.int(10)?,
        n_links: row.int(11)?,
    })
}
