//! Passkeys (WebAuthn): keys of a person that an authenticator keeps, and what the checks of each use need.
//!
//! What a credential says is for the library that checks it; here it is text.

use crate::{
    db::{By, StoreError, Tx},
    sql::sql,
};

/// A passkey that is to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPasskey {
    /// What its owner calls it.
    pub label: String,
    /// By which the authenticator knows it.
    pub credential_id: Vec<u8>,
    /// The public key and what belongs to it, as the library that checks it writes it (JSON).
    pub credential: String,
    /// The signature counter; 0: the authenticator does not count.
    pub counter: i64,
}

/// A passkey that is in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptPasskey {
    /// Its number.
    pub id: i64,
    /// What was kept.
    pub passkey: NewPasskey,
    /// When it was set up: RFC 3339, UTC.
    pub made_at: String,
    /// When it was shown last.
    pub used_at: Option<String>,
}

/// Keeps a passkey, and gives its number; `None` if it is in use already, with this or another account.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn add(
    tx: &mut Tx<'_>,
    account: i64,
    passkey: &NewPasskey,
    by: &By,
) -> Result<Option<i64>, StoreError> {
    let NewPasskey { label, credential_id, credential, counter } = passkey;
    let key = credential_id.as_slice();
    if tx.query_one(sql!("passkeys/is_known"), &[&key], |row| row.int(0))?.is_some() {
        return Ok(None);
    }
    let id = tx.take_ids("passkey", 1)?;
    let at = by.moment();
    tx.execute(sql!("passkeys/add"), &[&id, &account, label, &key, credential, counter, &at])?;
    Ok(Some(id))
}

/// The passkeys of an account that are in use, first to last.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn of(tx: &mut Tx<'_>, account: i64) -> Result<Vec<KeptPasskey>, StoreError> {
    tx.query(sql!("passkeys/of"), &[&account], |row| {
        let passkey = NewPasskey {
            label: row.text(1)?,
            credential_id: row.bytes(2)?,
            credential: row.text(3)?,
            counter: row.int(4)?,
        };
        Ok(KeptPasskey {
            id: row.int(0)?,
            passkey,
            made_at: row.text(5)?,
            used_at: row.maybe_text(6)?,
        })
    })
}

/// Notes down that a passkey was shown, with its credential and counter as they are then.
///
/// `false` if it was removed since, or if its counter did not go up: then there may be two of it.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn show(
    tx: &mut Tx<'_>,
    account: i64,
    (id, credential, counter): (i64, &str, i64),
    by: &By,
) -> Result<bool, StoreError> {
    let at = by.moment();
    let n = tx.execute(sql!("passkeys/use"), &[&credential, &counter, &at, &id, &account])?;
    Ok(n == 1)
}

/// Removes a passkey; whether there was one to remove.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn end(tx: &mut Tx<'_>, account: i64, id: i64, by: &By) -> Result<bool, StoreError> {
    Ok(tx.execute(sql!("passkeys/end"), &[&by.moment(), &id, &account])? == 1)
}

/// Removes all passkeys of an account.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn end_of(tx: &mut Tx<'_>, account: i64, by: &By) -> Result<(), StoreError> {
    tx.execute(sql!("passkeys/end_of"), &[&by.moment(), &account])?;
    Ok(())
}
