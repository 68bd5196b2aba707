//! The key of the installation, in a file beside the store.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
};

use ed25519_dalek::{Signer as _, SigningKey};

use crate::checkpoints::{Checkpoint, export};

/// The name of the key's file.
const NAME: &str = "dondoc.key";
/// The name of the file with all checkpoints that were signed with it.
const WITNESS: &str = "dondoc.checkpoints";

/// The key with which this installation signs.
pub struct Key {
    secret: SigningKey,
    folder: PathBuf,
}

/// The key can't be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file can't be read or written.
    #[error("{path}: {source}")]
    File {
        /// Which file.
        path: String,
        /// What the system says.
        source: io::Error,
    },
    /// Others may read or write it.
    #[error("{path}: others may read this file; it must have mode 0600")]
    Open {
        /// Which file.
        path: String,
    },
    /// It holds no key.
    #[error("{path}: this is no key")]
    NoKey {
        /// Which file.
        path: String,
    },
    /// The system gives no random numbers.
    #[error("the system gives no random numbers")]
    NoChance,
}

impl Key {
    /// The key in a folder; made there, for its owner's eyes only, if there is none.
    ///
    /// # Errors
    ///
    /// [`KeyError`] if it can't be read or made, or if others may read it.
    pub fn beside(folder: &Path) -> Result<Self, KeyError> {
        let path = folder.join(NAME);
        let failed = |source| KeyError::File { path: path.display().to_string(), source };
        let text = match fs::read_to_string(&path) {
            Ok(text) => {
                let mode = fs::metadata(&path).map_err(failed)?.permissions().mode();
                if mode & 0o077 != 0 {
                    return Err(KeyError::Open { path: path.display().to_string() });
                }
                text
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => make(&path)?,
            Err(error) => return Err(failed(error)),
        };
        let seed = unhex(text.trim());
        let seed = seed.ok_or_else(|| KeyError::NoKey { path: path.display().to_string() })?;
        Ok(Self { secret: SigningKey::from_bytes(&seed), folder: folder.to_owned() })
    }

    /// The public half, by which others verify.
    #[must_use]
    pub fn public(&self) -> [u8; 32] {
        self.secret.verifying_key().to_bytes()
    }

    pub(super) fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.secret.sign(message).to_bytes()
    }

    /// Writes a checkpoint to the file beside the key, too: who has the database alone can't take it away.
    pub(super) fn witness(&self, checkpoint: &Checkpoint) -> Result<(), KeyError> {
        let path = self.folder.join(WITNESS);
        let failed = |source| KeyError::File { path: path.display().to_string(), source };
        let mut file =
            OpenOptions::new().append(true).create(true).mode(0o600).open(&path).map_err(failed)?;
        let line = export::checkpoint_line(checkpoint) + "\n";
        file.write_all(line.as_bytes()).map_err(failed)?;
        file.sync_data().map_err(failed)
    }
}

fn make(path: &Path) -> Result<String, KeyError> {
    let failed = |source| KeyError::File { path: path.display().to_string(), source };
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(|_| KeyError::NoChance)?;
    let text = export::hex(&seed) + "\n";
    let opened = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    let mut file = match opened {
        // Two processes may begin at once: the other one's key is the key.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            return fs::read_to_string(path).map_err(failed);
        }
        opened => opened.map_err(failed)?,
    };
    file.write_all(text.as_bytes()).map_err(failed)?;
    file.sync_all().map_err(failed)?;
    Ok(text)
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    let digits = text.as_bytes();
    if digits.len() != 64 {
        return None;
    }
    let mut bytes = [0; 32];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(bytes)
}
