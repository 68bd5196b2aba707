//! The installation: its folder, its key, the packs that come with the program, and what it is busy with.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use dondoc_store::checkpoints::{Key, KeyError};
use jiff::Timestamp;

use crate::admin::jobs::Jobs;

/// A programme pack that comes with the program.
#[derive(Clone, Debug)]
pub struct ShippedPack {
    /// Its name: `khu-vuc-phong-thu`.
    pub name: String,
    /// Its files, names and texts.
    pub files: Vec<(String, String)>,
}

/// What an installation has beside its store.
#[derive(Default)]
pub struct Site {
    folder: Option<PathBuf>,
    packs: Vec<ShippedPack>,
    key: OnceLock<Key>,
    /// When the whole store was looked at last in this process, and how many damages were found.
    checked: Mutex<Option<(Timestamp, usize)>>,
    pub(crate) jobs: Arc<Jobs>,
}

impl Site {
    /// An installation with its data in `folder`, and the packs that come with the program.
    #[must_use]
    pub fn new(folder: PathBuf, packs: Vec<ShippedPack>) -> Self {
        Self { folder: Some(folder), packs, ..Self::default() }
    }

    /// Where the data is, if this installation keeps any.
    pub(crate) fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// The packs that come with the program.
    pub(crate) fn packs(&self) -> &[ShippedPack] {
        &self.packs
    }

    /// The key of the installation; made when it is first asked for.
    pub(crate) fn key(&self) -> Option<Result<&Key, KeyError>> {
        let folder = self.folder.as_deref()?;
        if let Some(key) = self.key.get() {
            return Some(Ok(key));
        }
        match Key::beside(folder) {
            Ok(key) => Some(Ok(self.key.get_or_init(|| key))),
            Err(error) => Some(Err(error)),
        }
    }

    /// Remembers a look at the whole store.
    pub(crate) fn note_check(&self, at: Timestamp, n_damages: usize) {
        *self.checked.lock().unwrap_or_else(PoisonError::into_inner) = Some((at, n_damages));
    }

    /// The last look at the whole store.
    pub(crate) fn last_check(&self) -> Option<(Timestamp, usize)> {
        *self.checked.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
