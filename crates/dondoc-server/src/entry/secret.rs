//! Secrets that are made here: cookies, keys, codes that are good once.

use dondoc_store::accounts::sessions::SecretDigest;
use sha2::{Digest, Sha256};

use crate::ApiError;

/// No letters that look like others: codes are read from a screen and typed.
const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
/// Letters of a cookie or key: 5 bits each, 260 bits.
const LONG: usize = 52;
/// Letters of a code that is typed: 80 bits.
const SHORT: usize = 16;

/// A cookie or key.
///
/// # Errors
///
/// If the system has no randomness to give.
pub(crate) fn long() -> Result<String, ApiError> {
    letters(LONG)
}

/// A code that is read and typed, in groups of four: `7KQM-2XTA-…`.
///
/// # Errors
///
/// If the system has no randomness to give.
pub(crate) fn short() -> Result<String, ApiError> {
    let letters = letters(SHORT)?;
    let groups: Vec<&str> = (0..SHORT / 4).map(|it| &letters[it * 4..it * 4 + 4]).collect();
    Ok(groups.join("-"))
}

/// The digest under which a secret is kept; case, spaces and hyphens of typed codes do not matter.
pub(crate) fn digest(secret: &str) -> SecretDigest {
    let plain: String = secret.chars().filter(char::is_ascii_alphanumeric).collect();
    Sha256::digest(plain.to_ascii_uppercase().as_bytes()).into()
}

fn letters(n: usize) -> Result<String, ApiError> {
    let mut bytes = vec![0; n];
    getrandom::fill(&mut bytes).map_err(|_| ApiError::Internal)?;
    Ok(bytes.iter().map(|it| char::from(LETTERS[usize::from(it % 32)])).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_may_be_typed_without_hyphens_and_in_small_letters() {
        let code = short().unwrap_or_default();
        assert_eq!(code.len(), 19);
        assert_eq!(digest(&code), digest(&code.replace('-', " ").to_lowercase()));
        assert_ne!(digest(&code), digest(&short().unwrap_or_default()));
    }
}
