//! Codes of an authenticator program (TOTP, RFC 6238): six digits, good for half a minute, each taken once.

use dondoc_store::{
    Action, By, Store, StoreError,
    accounts::{self, Account, sessions, sessions::SecretDigest},
};
use totp_rs::{Builder, Secret, Totp};

use crate::ApiError;

/// Seconds of a step.
const STEP: u64 = 30;
/// Clocks may differ by so many steps.
const SKEW: u16 = 1;
/// Bytes of a secret (RFC 4226 asks for 16 at least, and recommends 20).
const SECRET_BYTES: usize = 20;

/// A new secret, base32.
///
/// # Errors
///
/// If the system has no randomness to give.
pub(crate) fn new_secret() -> Result<String, ApiError> {
    let mut bytes = [0; SECRET_BYTES];
    getrandom::fill(&mut bytes).map_err(|_| ApiError::Internal)?;
    Ok(Secret::from(bytes.as_slice()).to_base32())
}

/// The step of a code that is good at a moment and was not taken before; `None` if it is not good.
pub(crate) fn step_of(secret: &str, code: &str, now: u64) -> Option<i64> {
    let step = totp(secret)?.check(code.trim(), now)?;
    i64::try_from(step).ok()
}

/// The code of a moment, for practice.
pub(crate) fn code_at(secret: &str, now: u64) -> Option<String> {
    Some(totp(secret)?.generate(now).to_string())
}

/// Takes a code, once, and notes down in the session that it was shown; `false` if it is not good.
pub(crate) fn show(
    store: &Store,
    account: &Account,
    session: &SecretDigest,
    code: &str,
    by: &By,
) -> Result<bool, StoreError> {
    let now = u64::try_from(by.at.as_second()).unwrap_or_default();
    let step = account.totp.as_deref().and_then(|it| step_of(it, code, now));
    let Some(step) = step else { return Ok(false) };
    store.write(|tx| {
        let is_new = accounts::use_totp(tx, account.id, step)?;
        if is_new {
            sessions::second_factor(tx, session, by)?;
        }
        let verb = if is_new { "session.step_up" } else { "session.code_again" };
        Ok((is_new, Action { by: by.clone(), verb, object: account.name.clone() }))
    })
}

fn totp(secret: &str) -> Option<Totp> {
    let secret = Secret::try_from_base32(secret).ok()?;
    Builder::new().with_secret(secret).with_skew(SKEW).with_step_duration(STEP).build().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_rfc_6238() {
        // Appendix B gives eight digits; six are the last six of them.
        let secret = Secret::from(b"12345678901234567890".as_slice()).to_base32();
        for (now, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            assert_eq!(code_at(&secret, now).as_deref(), Some(code));
            assert!(step_of(&secret, code, now).is_some());
        }
        assert_eq!(step_of(&secret, "287082", 59 + 90), None);
    }
}
