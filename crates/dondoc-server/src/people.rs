//! Accounts from outside of HTTP: what a start and the command line do with them.

use dondoc_core::access::Grant;
use dondoc_store::{
    Action, By, Store, StoreError, Tx,
    accounts::{
        self, Account, AccountState, NewAccount, passkeys,
        sessions::{self, Invited},
    },
};
use jiff::{Span, Timestamp};

use crate::{
    ApiError, Denial, countersigns,
    entry::{second_factor, secret},
};

/// A one-time code is good for so many hours.
pub(crate) const CODE_HOURS: i64 = 24;

/// Makes the one-time code for the first administrator; `None` if there are accounts.
///
/// # Errors
///
/// If the store or the system's randomness fails.
pub fn first_code(store: &Store, now: Timestamp) -> Result<Option<String>, ApiError> {
    if !store.read(accounts::all)?.is_empty() {
        return Ok(None);
    }
    let by = By { actor: "dondoc".to_owned(), at: now };
    code_for(store, Invited::First, &by).map(Some)
}

/// Makes an account with its roles; it has no password yet, unless one is given as Argon2id says it.
///
/// # Errors
///
/// [`Denial::NameTaken`], or if the store fails.
pub fn add(
    store: &Store,
    account: &NewAccount,
    grants: &[Grant],
    by: &By,
) -> Result<i64, ApiError> {
    store.write(|tx| {
        let id = accounts::add(tx, account, by)?.ok_or(Denial::NameTaken)?;
        for grant in grants {
            accounts::grant(tx, id, grant, None, by)?;
        }
        let action = Action { by: by.clone(), verb: "account.add", object: account.name.clone() };
        Ok((id, action))
    })
}

/// Makes the one-time code with which an account chooses its password; codes before are good for nothing any more.
///
/// # Errors
///
/// [`ApiError::NotFound`] if there is no such account, [`Denial::IsSuspended`] if it is suspended, or if the store or the
/// system's randomness fails.
pub fn invite(store: &Store, name: &str, by: &By) -> Result<String, ApiError> {
    let account = store.read(|tx| accounts::by_name(tx, name))?.ok_or(ApiError::NotFound)?;
    code_for(store, Invited::Account(account.id), by)
}

/// As [`invite`], for somebody who lost the telephone or the key: the account has no second factor, neither digits nor passkeys,
/// until it sets up a new one.
///
/// # Errors
///
/// As there; then nothing is forgotten either.
pub fn invite_anew(store: &Store, name: &str, by: &By) -> Result<String, ApiError> {
    let account = store.read(|tx| accounts::by_name(tx, name))?.ok_or(ApiError::NotFound)?;
    code_with(store, Invited::Account(account.id), ("account.code_anew", by), |tx| {
        accounts::put_totp(tx, account.id, None)?;
        passkeys::end_of(tx, account.id, by)
    })
}

/// Chooses whether what reaches far takes two people; without a choice it does.
///
/// Only for whoever is at the machine itself: no request over HTTP gets here.
///
/// # Errors
///
/// If the store fails.
pub fn need_two_people(store: &Store, two: bool, by: &By) -> Result<(), ApiError> {
    Ok(countersigns::need(store, two, by)?)
}

/// Whether what reaches far takes two people.
///
/// # Errors
///
/// If the store fails.
pub fn needs_two_people(store: &Store) -> Result<bool, ApiError> {
    Ok(store.read(countersigns::is_needed)?)
}

/// Suspends an account: its sessions, its keys and all that it delegates end at once.
///
/// # Errors
///
/// [`ApiError::NotFound`] if there is no such account, or if the store fails.
pub fn suspend(store: &Store, name: &str, by: &By) -> Result<(), ApiError> {
    store.write(|tx| {
        let seen = accounts::by_name(tx, name)?.ok_or(ApiError::NotFound)?;
        let object = seen.name.clone();
        suspend_in(tx, seen, by)?;
        Ok(((), Action { by: by.clone(), verb: "account.suspend", object }))
    })
}

/// As [`suspend`], as a part of something.
pub(crate) fn suspend_in(tx: &mut Tx<'_>, seen: Account, by: &By) -> Result<(), StoreError> {
    let id = seen.id;
    accounts::change(tx, &Account { state: AccountState::Suspended, ..seen })?;
    sessions::end_all_of(tx, id, by)?;
    for (holder, it) in accounts::delegated(tx, id)? {
        accounts::end_grant(tx, holder, it.id, by)?;
    }
    Ok(())
}

/// Makes a key for programs, good for some operations of an account (codes with spaces between, `*` for all) and some days.
///
/// The key is given once and kept nowhere; programs send it as `Authorization: Bearer …`.
///
/// # Errors
///
/// [`ApiError::NotFound`] if there is no such account, or if the store or the system's randomness fails.
pub fn key(
    store: &Store,
    (name, label, operations): (&str, &str, &str),
    days: i64,
    by: &By,
) -> Result<String, ApiError> {
    let key = secret::long()?;
    let until = by.at.checked_add(Span::new().hours(days * 24));
    let until = until.map_err(|_| ApiError::BadRequest { detail: "days".to_owned() })?;
    store.write(|tx| {
        let account = accounts::by_name(tx, name)?.ok_or(ApiError::NotFound)?;
        let of = (account.id, label, operations);
        let id = sessions::open_token(tx, &secret::digest(&key), of, until, by)?;
        let action = Action { by: by.clone(), verb: "key.make", object: id.to_string() };
        Ok::<_, ApiError>(((), action))
    })?;
    Ok(key)
}

/// Gives an account of a demonstration a second factor and, as all are known to the page, no password.
///
/// # Errors
///
/// If the store or the system's randomness fails.
pub fn make_ready_for_practice(store: &Store, account: i64, by: &By) -> Result<(), ApiError> {
    let totp = second_factor::new_secret()?;
    // Nobody can type this one: no text has it as its digest.
    let unusable = "!";
    store.write(|tx| -> Result<_, StoreError> {
        accounts::put_password(tx, account, unusable)?;
        accounts::put_totp(tx, account, Some(&totp))?;
        let action =
            Action { by: by.clone(), verb: "account.practise", object: account.to_string() };
        Ok(((), action))
    })?;
    Ok(())
}

fn code_for(store: &Store, whom: Invited, by: &By) -> Result<String, ApiError> {
    code_with(store, whom, ("account.invite", by), |_| Ok(()))
}

/// Makes a code, and does in the same transaction what goes with it.
fn code_with(
    store: &Store,
    whom: Invited,
    (verb, by): (&'static str, &By),
    also: impl Fn(&mut Tx<'_>) -> Result<(), StoreError>,
) -> Result<String, ApiError> {
    let code = secret::short()?;
    let until = by.at.checked_add(Span::new().hours(CODE_HOURS)).map_err(|_| ApiError::Internal)?;
    store.write(|tx| -> Result<_, ApiError> {
        // Looked at here, so that nobody suspends it in between.
        if let Invited::Account(id) = whom {
            let account = accounts::get(tx, id)?.ok_or(ApiError::NotFound)?;
            if account.state == AccountState::Suspended {
                return Err(Denial::IsSuspended.into());
            }
        }
        also(tx)?;
        sessions::invite(tx, &secret::digest(&code), whom, until, by)?;
        let object = match whom {
            Invited::First => "first".to_owned(),
            Invited::Account(id) => id.to_string(),
        };
        Ok(((), Action { by: by.clone(), verb, object }))
    })?;
    Ok(code)
}
