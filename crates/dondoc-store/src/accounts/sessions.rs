//! Who is signed in, keys for programs, and codes that are good once.
//!
//! The store never sees a cookie, key or code, only its SHA-256.

use jiff::Timestamp;

use crate::{
    db::{By, StoreError, Tx, moment},
    sql::sql,
};

/// SHA-256 of a cookie, key or code.
pub type SecretDigest = [u8; 32];

/// What a cookie or key stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bearer {
    /// Whose it is.
    pub account: i64,
    /// When the second factor was shown last: RFC 3339, UTC; a key never shows one.
    pub second_factor_at: Option<String>,
    /// The operations that a key is good for, with spaces between, `*` for all; a cookie is good for all.
    pub operations: Option<String>,
}

/// A key for programs, without the key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiToken {
    /// Its number.
    pub id: i64,
    /// What its owner calls it.
    pub label: String,
    /// The operations that it is good for, with spaces between, `*` for all.
    pub operations: String,
    /// When it was made.
    pub made_at: String,
    /// Until when it is good.
    pub until: String,
    /// When it was ended.
    pub ended_at: Option<String>,
}

/// A session that is open, without its cookie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenSession {
    /// The digest of the cookie.
    pub token: SecretDigest,
    /// When it was opened: RFC 3339, UTC.
    pub made_at: String,
    /// Until when it is good.
    pub until: String,
    /// When the second factor was shown last.
    pub second_factor_at: Option<String>,
}

/// Whom a code is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Invited {
    /// Whoever becomes the first administrator.
    First,
    /// An account that is to choose its password.
    Account(i64),
}

/// Opens a session.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn open(
    tx: &mut Tx<'_>,
    token: &SecretDigest,
    (account, has_second_factor): (i64, bool),
    until: Timestamp,
    by: &By,
) -> Result<(), StoreError> {
    let at = by.moment();
    let second_factor_at = has_second_factor.then(|| at.clone());
    tx.execute(
        sql!("sessions/open"),
        &[&token.as_slice(), &account, &at, &moment(until), &second_factor_at],
    )?;
    Ok(())
}

/// What a cookie stands for at a moment.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn find(
    tx: &mut Tx<'_>,
    token: &SecretDigest,
    now: Timestamp,
) -> Result<Option<Bearer>, StoreError> {
    tx.query_one(sql!("sessions/find"), &[&token.as_slice(), &moment(now)], |row| {
        let (account, second_factor_at) = (row.int(0)?, row.maybe_text(1)?);
        Ok(Bearer { account, second_factor_at, operations: None })
    })
}

/// Notes down that the second factor was shown.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn second_factor(tx: &mut Tx<'_>, token: &SecretDigest, by: &By) -> Result<(), StoreError> {
    tx.execute(sql!("sessions/second_factor"), &[&by.moment(), &token.as_slice()])?;
    Ok(())
}

/// Ends a session; whether there was one to end.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn end(tx: &mut Tx<'_>, token: &SecretDigest, by: &By) -> Result<bool, StoreError> {
    Ok(tx.execute(sql!("sessions/end"), &[&by.moment(), &token.as_slice()])? == 1)
}

/// Ends all sessions and keys of an account.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn end_all_of(tx: &mut Tx<'_>, account: i64, by: &By) -> Result<(), StoreError> {
    tx.execute(sql!("sessions/end_of"), &[&by.moment(), &account])?;
    tx.execute(sql!("sessions/end_tokens_of"), &[&by.moment(), &account])?;
    Ok(())
}

/// Ends all sessions, and uses all one-time codes up: of a store that was restored, whose past must not come back to life.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn end_all(tx: &mut Tx<'_>, by: &By) -> Result<(), StoreError> {
    tx.execute(sql!("sessions/end_all"), &[&by.moment()])?;
    tx.execute(sql!("sessions/use_all_invitations"), &[&by.moment()])?;
    Ok(())
}

/// The sessions of an account that are good at a moment, newest first.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn of(tx: &mut Tx<'_>, account: i64, now: Timestamp) -> Result<Vec<OpenSession>, StoreError> {
    tx.query(sql!("sessions/of"), &[&account, &moment(now)], |row| {
        Ok(OpenSession {
            token: row.digest(0)?,
            made_at: row.text(1)?,
            until: row.text(2)?,
            second_factor_at: row.maybe_text(3)?,
        })
    })
}

/// Ends all sessions of an account but one; how many there were.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn end_others(
    tx: &mut Tx<'_>,
    account: i64,
    but: &SecretDigest,
    by: &By,
) -> Result<usize, StoreError> {
    tx.execute(sql!("sessions/end_others"), &[&by.moment(), &account, &but.as_slice()])
}

/// Makes a key for programs, good for some operations (codes with spaces between, or `*`), and gives its number.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn open_token(
    tx: &mut Tx<'_>,
    token: &SecretDigest,
    (account, label, operations): (i64, &str, &str),
    until: Timestamp,
    by: &By,
) -> Result<i64, StoreError> {
    let id = tx.take_ids("api_token", 1)?;
    let (at, until) = (by.moment(), moment(until));
    tx.execute(
        sql!("sessions/open_token"),
        &[&id, &token.as_slice(), &account, &label, &operations, &at, &until],
    )?;
    Ok(id)
}

/// What a key stands for at a moment.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn find_token(
    tx: &mut Tx<'_>,
    token: &SecretDigest,
    now: Timestamp,
) -> Result<Option<Bearer>, StoreError> {
    tx.query_one(sql!("sessions/find_token"), &[&token.as_slice(), &moment(now)], |row| {
        let (account, operations) = (row.int(0)?, Some(row.text(1)?));
        Ok(Bearer { account, second_factor_at: None, operations })
    })
}

/// The keys of an account, ended ones too, first to last.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn tokens_of(tx: &mut Tx<'_>, account: i64) -> Result<Vec<ApiToken>, StoreError> {
    tx.query(sql!("sessions/tokens_of"), &[&account], |row| {
        Ok(ApiToken {
            id: row.int(0)?,
            label: row.text(1)?,
            operations: row.text(2)?,
            made_at: row.text(3)?,
            until: row.text(4)?,
            ended_at: row.maybe_text(5)?,
        })
    })
}

/// Ends a key; whether there was one to end.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn end_token(tx: &mut Tx<'_>, account: i64, id: i64, by: &By) -> Result<bool, StoreError> {
    Ok(tx.execute(sql!("sessions/end_token"), &[&by.moment(), &id, &account])? == 1)
}

/// Keeps a code that is good once; the codes before for the same are used up.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn invite(
    tx: &mut Tx<'_>,
    code: &SecretDigest,
    whom: Invited,
    until: Timestamp,
    by: &By,
) -> Result<(), StoreError> {
    let at = by.moment();
    let account = match whom {
        Invited::First => {
            tx.execute(sql!("sessions/use_first_invitations"), &[&at])?;
            None
        }
        Invited::Account(id) => {
            tx.execute(sql!("sessions/use_invitations_of"), &[&at, &id])?;
            Some(id)
        }
    };
    tx.execute(sql!("sessions/invite"), &[&code.as_slice(), &account, &at, &moment(until)])?;
    Ok(())
}

/// Whom a code that is good at a moment is for; it stays good.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn invitation(
    tx: &mut Tx<'_>,
    code: &SecretDigest,
    now: Timestamp,
) -> Result<Option<Invited>, StoreError> {
    tx.query_one(sql!("sessions/invitation"), &[&code.as_slice(), &moment(now)], |row| {
        Ok(row.maybe_int(0)?.map_or(Invited::First, Invited::Account))
    })
}

/// Uses a code up, and says whom it was for; `None` if it is not good.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn redeem(
    tx: &mut Tx<'_>,
    code: &SecretDigest,
    by: &By,
) -> Result<Option<Invited>, StoreError> {
    let at = by.moment();
    let found = invitation(tx, code, by.at)?;
    if found.is_some() {
        tx.execute(sql!("sessions/use_invitation"), &[&at, &code.as_slice()])?;
    }
    Ok(found)
}
