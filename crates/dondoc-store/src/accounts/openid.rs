//! Links between accounts and people of a provider of identities (OpenID Connect).
//!
//! A person is known by issuer and subject alone (OpenID Connect Core 1.0, 5.7); names and addresses may be given to others.

use crate::{
    db::{By, StoreError, Tx},
    sql::sql,
};

/// A person as a provider knows one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The provider, as it writes itself (`iss`).
    pub issuer: String,
    /// The person, for good (`sub`).
    pub subject: String,
    /// What the provider calls the person; for the screen alone.
    pub label: String,
}

/// A link that is in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptLink {
    /// Who signs in with it.
    pub identity: Identity,
    /// When it was made: RFC 3339, UTC.
    pub made_at: String,
    /// When somebody signed in with it last.
    pub used_at: Option<String>,
}

/// Links an account; `false` if the person has another account, or the account another person of the same provider.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn link(
    tx: &mut Tx<'_>,
    account: i64,
    identity: &Identity,
    by: &By,
) -> Result<bool, StoreError> {
    let Identity { issuer, subject, label } = identity;
    let taken =
        tx.query_one(sql!("openid/taken"), &[issuer, subject, &account], |row| row.int(0))?;
    if taken.is_none_or(|it| it > 0) {
        return Ok(false);
    }
    tx.execute(sql!("openid/link"), &[issuer, subject, &account, label, &by.moment()])?;
    Ok(true)
}

/// The account to which a person of a provider signs in, whatever its state.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn find(tx: &mut Tx<'_>, issuer: &str, subject: &str) -> Result<Option<i64>, StoreError> {
    tx.query_one(sql!("openid/find"), &[&issuer, &subject], |row| row.int(0))
}

/// The link of an account with a provider.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn of(tx: &mut Tx<'_>, account: i64, issuer: &str) -> Result<Option<KeptLink>, StoreError> {
    tx.query_one(sql!("openid/of"), &[&account, &issuer], |row| {
        let (subject, label) = (row.text(0)?, row.text(1)?);
        let identity = Identity { issuer: issuer.to_owned(), subject, label };
        Ok(KeptLink { identity, made_at: row.text(2)?, used_at: row.maybe_text(3)? })
    })
}

/// Notes down that somebody signed in; `false` if the link or the account is in use no more.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn sign_in(
    tx: &mut Tx<'_>,
    account: i64,
    identity: &Identity,
    by: &By,
) -> Result<bool, StoreError> {
    let Identity { issuer, subject, .. } = identity;
    Ok(tx.execute(sql!("openid/use"), &[&by.moment(), issuer, subject, &account])? == 1)
}

/// Removes the links of an account; whether there was one to remove.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn unlink(tx: &mut Tx<'_>, account: i64) -> Result<bool, StoreError> {
    Ok(tx.execute(sql!("openid/unlink"), &[&account])? > 0)
}
