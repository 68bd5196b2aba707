//! Backups: everything that is kept, in one file, taken while others go on working.
//!
//! A backup is a whole SQLite database, packed (zstd) and, if there is a passphrase, encrypted (age), behind a manifest
//! that says what must be in it. A store on a PostgreSQL server is first copied to such a database, so one file fits both
//! engines. A backup that was taken is looked at at once: one with damage in it is not kept.
//!
//! **Invariant:** nothing is touched before the whole backup is verified: its length, its digests, each table, each
//! chain. What is restored is then put in the place of the old store, which stays beside it.
//!
//! - [`file`]: the file: manifest, packing, encryption
//! - [`records`]: which backups there are, and their drills
//! - [`restore`]: verifying a backup, and putting it in place

pub mod file;
pub mod records;
pub mod restore;
mod words;

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use jiff::Timestamp;

pub use file::{Manifest, TableSum, inspect};
pub use records::{Backup, Drill, How, State};
pub use restore::{Restored, Verified, restore, verify};

use crate::{
    db::{By, Location, Store, StoreError, moment},
    fsck, migrate,
    transfer::{self, MoveError},
};

/// What can go wrong with a backup. Nothing of the live store was changed then.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// A file can't be read or written; a full disk is one of these.
    #[error("{path}: {source}")]
    File {
        /// Which file or folder.
        path: String,
        /// What the system says.
        source: io::Error,
    },
    /// There is a file of that name.
    #[error("{path} is there already")]
    Exists {
        /// Which file.
        path: String,
    },
    /// It does not begin as a backup does.
    #[error("this is no backup")]
    NotABackup,
    /// A newer Dondoc wrote it.
    #[error("a newer Dondoc wrote this backup ({program}); use that one")]
    Newer {
        /// Which version.
        program: String,
    },
    /// The manifest is not as it was written.
    #[error("the manifest is damaged")]
    Manifest,
    /// It ends too early, or goes on behind its end.
    #[error("the file has {found} bytes behind its manifest instead of {expected}")]
    Length {
        /// How many it should have.
        expected: u64,
        /// How many it has.
        found: u64,
    },
    /// It is not what was written.
    #[error("the backup is damaged: its {part} is not what was written")]
    Damaged {
        /// Which part: `payload`, `database`, or the name of a table.
        part: String,
    },
    /// It is encrypted, and no passphrase was given.
    #[error("the backup is encrypted: a passphrase is needed")]
    NoPassphrase,
    /// The passphrase is another one.
    #[error("the passphrase does not open this backup")]
    WrongPassphrase,
    /// What is in it does not hold together; of a backup that is being taken, the store itself is damaged.
    #[error("what is in it does not hold: {object}")]
    Unsound {
        /// The first thing that is wrong: `block 12`.
        object: String,
    },
    /// Another process has the store open.
    #[error("the store is in use; stop the server first")]
    InUse,
    /// A database on a server must be empty to be restored to.
    #[error("the database to restore to is not empty")]
    NotEmpty,
    /// The engine failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl BackupError {
    pub(crate) fn file(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.display().to_string();
        move |source| Self::File { path, source }
    }
}

/// What keeps a store from being copied keeps it from being backed up.
impl From<MoveError> for BackupError {
    fn from(error: MoveError) -> Self {
        match error {
            MoveError::Store(source) => Self::Store(source),
            MoveError::BrokenTrail { line } => Self::Unsound { object: format!("audit {line}") },
            other => Self::Store(StoreError::at("backup/copy")(other)),
        }
    }
}

/// A backup that was just taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The file.
    pub path: PathBuf,
    /// What is in it.
    pub manifest: Manifest,
    /// How many bytes the file has.
    pub n_bytes: u64,
    /// SHA-256 of the file, in hexadecimal digits.
    pub sha256: String,
}

/// The name that a backup of a moment gets: `dondoc-20261121-073000.backup`.
#[must_use]
pub fn name_at(at: Timestamp) -> String {
    at.strftime("dondoc-%Y%m%d-%H%M%S.backup").to_string()
}

/// Takes a backup of a store, while others read and write, and looks whether all in it holds.
///
/// Everything that was acknowledged before this is called is in it.
///
/// # Errors
///
/// [`BackupError`]; then there is no file at `to` that was not there before.
pub fn take(
    store: &Store,
    to: &Path,
    passphrase: Option<&str>,
    by: &By,
) -> Result<Taken, BackupError> {
    if to.exists() {
        return Err(BackupError::Exists { path: to.display().to_string() });
    }
    let folder = to.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(BackupError::file(folder))?;
    let work = tempfile::Builder::new().prefix(".dondoc-backup-").tempdir_in(folder);
    let work = work.map_err(BackupError::file(folder))?;
    let copy = work.path().join("dondoc.sqlite");
    store.copy_to(&copy)?;
    let manifest = look_at(&copy, store.location(), by)?;
    let made = file::write(&copy, manifest, passphrase, to);
    if made.is_err() {
        // Half a backup helps nobody; that it can't be removed is no further trouble.
        let _ = fs::remove_file(to.with_extension("part"));
    }
    made
}

/// Looks at a copy of a store, and says what is in it.
fn look_at(copy: &Path, from: &Location, by: &By) -> Result<Manifest, BackupError> {
    let store = Store::open(copy, by.at)?;
    let report = fsck::run(&store);
    if let Some(found) = report.damages.first() {
        return Err(BackupError::Unsound { object: found.object.clone() });
    }
    let (n_audit_lines, last_line) = restore::trail(&store)?;
    let tables = transfer::digests(&store)?;
    drop(store);
    settle(copy)?;
    Ok(Manifest {
        format: file::FORMAT,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        schema: migrate::newest(),
        taken_at: moment(by.at),
        engine: from.engine().to_owned(),
        is_encrypted: false,
        block: report.last.0.0,
        chain: report.last.1.to_string(),
        n_audit_lines,
        last_line,
        tables: tables.iter().map(TableSum::of).collect(),
        database_bytes: 0,
        database_sha256: String::new(),
        payload_bytes: 0,
        payload_sha256: String::new(),
    })
}

/// Brings a database that nobody has open any more into its one file.
fn settle(database: &Path) -> Result<(), BackupError> {
    Location::from(database).settle().map_err(StoreError::at("backup/settle"))?;
    Ok(())
}
