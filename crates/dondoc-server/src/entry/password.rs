//! Passwords, with Argon2id (RFC 9106).

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};

use crate::{ApiError, error::Denial};

/// Fewer letters are no password (OWASP ASVS 5.0, 6.2.1 asks for 8 at least).
pub(crate) const SHORTEST: usize = 10;
/// More are no password either.
const LONGEST: usize = 200;

/// A password that nobody has, so that an unknown name costs as much time as a known one.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$3nOVmQ2ZC7MHdqzHX3Drq0iHb2GZQXh1mY5vXxqXb9o";

/// A password as it is kept.
///
/// # Errors
///
/// [`Denial::WeakPassword`] if it is too short or too long.
pub(crate) fn hash(password: &str) -> Result<String, ApiError> {
    let n_letters = password.chars().count();
    if !(SHORTEST..=LONGEST).contains(&n_letters) {
        return Err(Denial::WeakPassword.into());
    }
    let hashed = Argon2::default().hash_password(password.as_bytes());
    hashed.map(|it| it.to_string()).map_err(|_| ApiError::Internal)
}

/// Whether a password is the one that is kept; takes as long where none is.
pub(crate) fn is_right(password: &str, kept: Option<&str>) -> bool {
    let Ok(parsed) = PasswordHash::new(kept.unwrap_or(NOBODYS)) else { return false };
    let is_same = Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok();
    is_same && kept.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_known_again_and_no_other() {
        let kept = hash("mưa thuận gió hòa").ok();
        assert!(is_right("mưa thuận gió hòa", kept.as_deref()));
        assert!(!is_right("mưa thuận gió hoà.", kept.as_deref()));
        assert!(!is_right("mưa thuận gió hòa", None));
        assert!(kept.is_some_and(|it| it.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")));
    }

    #[test]
    fn nobodys_password_can_be_read() {
        assert!(PasswordHash::new(NOBODYS).is_ok());
    }

    #[test]
    fn a_short_password_is_refused() {
        assert_eq!(hash("ngắn quá"), Err(Denial::WeakPassword.into()));
    }
}
