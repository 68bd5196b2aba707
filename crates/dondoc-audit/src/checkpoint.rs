//! Checkpoints, and those that were kept elsewhere.

use ed25519_dalek::{Signature, VerifyingKey};
use sha2::{Digest as _, Sha256};

use crate::{
    fault::Fault,
    record::{Record, WrittenCheckpoint, unhex},
};

/// What begins all that is signed.
const PREFIX: &[u8] = b"dondoc checkpoint 1\n";

/// So many lines with this last digest, signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// From 1, without gaps.
    pub n: u64,
    /// How many lines it covers.
    pub n_lines: u64,
    /// The digest of the last of them.
    pub root: [u8; 32],
    /// When; RFC 3339.
    pub at: String,
    /// The digest of the checkpoint before; zeros for the first.
    pub previous: [u8; 32],
    /// The public key (Ed25519).
    pub key: [u8; 32],
    /// Of [`Checkpoint::message`].
    pub signature: [u8; 64],
}

/// What somebody remembers of a trail: that it once had so many lines, the last with this digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Witness {
    /// How many lines.
    pub n_lines: u64,
    /// The digest of the last of them.
    pub root: [u8; 32],
}

impl Checkpoint {
    pub(crate) fn read(it: &WrittenCheckpoint) -> Result<Self, Fault> {
        let forged = || Fault::Forged { n: it.n };
        Ok(Self {
            n: it.n,
            n_lines: it.lines,
            root: unhex(&it.root).ok_or_else(forged)?,
            at: it.at.clone(),
            previous: unhex(&it.previous).ok_or_else(forged)?,
            key: unhex(&it.key).ok_or_else(forged)?,
            signature: unhex(&it.signature).ok_or_else(forged)?,
        })
    }

    /// What is signed: `dondoc checkpoint 1` and a line break, number and lines in eight bytes each, the digest of the last
    /// line, the digest of the checkpoint before, the moment.
    #[must_use]
    pub fn message(&self) -> Vec<u8> {
        let mut message = PREFIX.to_vec();
        message.extend(self.n.to_be_bytes());
        message.extend(self.n_lines.to_be_bytes());
        message.extend(self.root);
        message.extend(self.previous);
        message.extend(self.at.as_bytes());
        message
    }

    /// What the next checkpoint carries: SHA-256 of message, key and signature.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        let mut digest = Sha256::new();
        digest.update(self.message());
        digest.update(self.key);
        digest.update(self.signature);
        digest.finalize().into()
    }

    /// Whether the signature is one of its key.
    #[must_use]
    pub fn is_signed(&self) -> bool {
        let key = VerifyingKey::from_bytes(&self.key);
        let signature = Signature::from_bytes(&self.signature);
        key.is_ok_and(|key| key.verify_strict(&self.message(), &signature).is_ok())
    }
}

/// The checkpoints in a text that was kept elsewhere: an earlier export, or the file beside the key. Those whose
/// signature does not hold are left out.
#[must_use]
pub fn witnesses(text: &str) -> Vec<Witness> {
    let checkpoint = |line: &str| match serde_json::from_str(line) {
        Ok(Record::Checkpoint(written)) => Checkpoint::read(&written).ok(),
        _ => None,
    };
    let signed = text.lines().filter_map(checkpoint).filter(Checkpoint::is_signed);
    signed.map(|it| Witness { n_lines: it.n_lines, root: it.root }).collect()
}
