//! Checkpoints of the audit trail, signed with the key of the installation; and the trail as a file that others verify.
//!
//! Who may write to the database can make the whole chain anew. He can't sign it: the key lies in a file beside the
//! store that only its owner reads. Each checkpoint also goes to a file beside that key, so that cutting off the end of
//! the trail together with its checkpoints shows as well. The program `dondoc-audit` verifies an export without a
//! database; how the file looks is said there.

mod export;
mod key;

use ed25519_dalek::{Signature, VerifyingKey};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};

use crate::{
    audit::{self, Chain},
    db::{BoxError, Ending, Row, Store, StoreError, Tx, moment},
    sql::sql,
};

pub use export::{Exported, export};
pub use key::{Key, KeyError};

/// At least every so many lines of the trail there is a checkpoint.
pub const EVERY_LINES: i64 = 1_000;
/// At least so often, if anything was done.
pub const EVERY: SignedDuration = SignedDuration::from_mins(10);

/// What begins everything that is signed here, so that no signature is one of something else.
const PREFIX: &[u8] = b"dondoc checkpoint 1\n";

/// A checkpoint of the trail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// From 1, without gaps.
    pub id: i64,
    /// How many lines the trail had.
    pub n_lines: i64,
    /// The digest of the last of them.
    pub root: [u8; 32],
    /// When; RFC 3339.
    pub signed_at: String,
    /// [`Checkpoint::digest`] of the one before; zeros for the first.
    pub previous: [u8; 32],
    /// Whose signature.
    pub public_key: [u8; 32],
    /// Ed25519, over [`Checkpoint::message`].
    pub signature: [u8; 64],
}

impl Checkpoint {
    /// What is signed: a word for what it is, then number, lines, root, the digest before, and the moment.
    #[must_use]
    pub fn message(&self) -> Vec<u8> {
        let mut message = PREFIX.to_vec();
        message.extend(self.id.to_be_bytes());
        message.extend(self.n_lines.to_be_bytes());
        message.extend(self.root);
        message.extend(self.previous);
        message.extend(self.signed_at.as_bytes());
        message
    }

    /// What the next one carries.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        let mut digest = Sha256::new();
        digest.update(self.message());
        digest.update(self.public_key);
        digest.update(self.signature);
        digest.finalize().into()
    }

    /// Whether its signature is one of its public key over what it says.
    #[must_use]
    pub fn is_genuine(&self) -> bool {
        let signature = Signature::from_bytes(&self.signature);
        VerifyingKey::from_bytes(&self.public_key)
            .is_ok_and(|key| key.verify_strict(&self.message(), &signature).is_ok())
    }

    fn read(row: &Row<'_>) -> Result<Self, BoxError> {
        let signature = row.bytes(6)?;
        Ok(Self {
            id: row.int(0)?,
            n_lines: row.int(1)?,
            root: row.digest(2)?,
            signed_at: row.text(3)?,
            previous: row.digest(4)?,
            public_key: row.digest(5)?,
            signature: signature.try_into().map_err(|_| "a signature has 64 bytes")?,
        })
    }
}

/// A checkpoint can't be made.
#[derive(Debug, thiserror::Error)]
pub enum CheckpointError {
    /// The trail is not what was written: signing it would vouch for what somebody else made.
    #[error("the audit trail is not whole: see line {line}")]
    Broken {
        /// The first line that is missing or altered.
        line: i64,
    },
    /// The key or the file beside it can't be read or written.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The engine failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The last checkpoint, if there is one.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn last(tx: &mut Tx<'_>) -> Result<Option<Checkpoint>, StoreError> {
    tx.query_one(sql!("checkpoints/last"), &[], Checkpoint::read)
}

/// All checkpoints in their order.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Checkpoint>, StoreError> {
    tx.query(sql!("checkpoints/all"), &[], Checkpoint::read)
}

/// Whether it is time for a checkpoint: after enough lines, after enough time if there are any, and after each lock.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn is_due(tx: &mut Tx<'_>, now: Timestamp) -> Result<bool, StoreError> {
    let last = last(tx)?;
    let signed = last.as_ref().map_or(0, |it| it.n_lines);
    let counts =
        tx.query_one(sql!("checkpoints/since"), &[&signed], |row| Ok((row.int(0)?, row.int(1)?)))?;
    let (n_new, n_closing) = counts.unwrap_or((0, 0));
    let since = last.and_then(|it| it.signed_at.parse::<Timestamp>().ok());
    let is_old = since.is_none_or(|it| now.duration_since(it) >= EVERY);
    Ok(n_closing > 0 || n_new >= EVERY_LINES || n_new > 0 && is_old)
}

/// Signs the trail as it is now; `None` if nothing was done since the last checkpoint.
///
/// What came since the last checkpoint of the same key is verified first, and that the trail still goes through it; what
/// was signed before is vouched for by that signature. Without such a checkpoint the whole chain is. A checkpoint leaves no
/// line in the trail: it is about the trail.
///
/// # Errors
///
/// [`CheckpointError`]; then nothing has changed.
pub fn sign(
    store: &Store,
    key: &Key,
    now: Timestamp,
) -> Result<Option<Checkpoint>, CheckpointError> {
    sign_after(store, key, now, |tx| verify_since(tx, &key.public()))
}

/// As [`sign`], and verifies the whole chain first.
pub(crate) fn sign_all(
    store: &Store,
    key: &Key,
    now: Timestamp,
) -> Result<Option<Checkpoint>, CheckpointError> {
    sign_after(store, key, now, audit::verify_in)
}

/// Whether the chain is whole behind the last checkpoint that was signed with the secret of a public key; from its start
/// if there is none. What lies before is for [`audit::verify`], which reads all of it.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn verify_since(tx: &mut Tx<'_>, public_key: &[u8; 32]) -> Result<Chain, StoreError> {
    match last(tx)? {
        Some(it) if it.public_key == *public_key && it.is_genuine() => {
            audit::verify_after(tx, (it.n_lines, it.root))
        }
        _ => audit::verify_in(tx),
    }
}

fn sign_after(
    store: &Store,
    key: &Key,
    now: Timestamp,
    verify: impl Fn(&mut Tx<'_>) -> Result<Chain, StoreError>,
) -> Result<Option<Checkpoint>, CheckpointError> {
    let made = store.end(|tx| -> Result<_, CheckpointError> {
        let (n_lines, root) = match verify(tx)? {
            Chain::Whole { n_lines, last } => (n_lines, last),
            Chain::Broken { line, .. } => return Err(CheckpointError::Broken { line }),
        };
        let before = last(tx)?;
        if n_lines == 0 || before.as_ref().is_some_and(|it| it.n_lines >= n_lines) {
            return Ok((None, Ending::Nothing));
        }
        let mut checkpoint = Checkpoint {
            id: before.as_ref().map_or(1, |it| it.id + 1),
            n_lines,
            root,
            signed_at: moment(now),
            previous: before.as_ref().map_or([0; 32], Checkpoint::digest),
            public_key: key.public(),
            signature: [0; 64],
        };
        checkpoint.signature = key.sign(&checkpoint.message());
        put(tx, &checkpoint)?;
        Ok((Some(checkpoint), Ending::Copied))
    })?;
    if let Some(checkpoint) = &made {
        key.witness(checkpoint)?;
    }
    Ok(made)
}

fn put(tx: &mut Tx<'_>, it: &Checkpoint) -> Result<(), StoreError> {
    tx.execute(
        sql!("checkpoints/put"),
        &[
            &it.id,
            &it.n_lines,
            &it.root,
            &it.signed_at,
            &it.previous,
            &it.public_key,
            &it.signature.as_slice(),
        ],
    )?;
    Ok(())
}
