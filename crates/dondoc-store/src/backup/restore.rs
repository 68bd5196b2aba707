//! Verifying a backup, and putting it in the place of a store.

use std::{
    fs,
    path::{Path, PathBuf},
};

use jiff::Timestamp;

use crate::{
    accounts::sessions,
    audit::{self, Chain},
    backup::{BackupError, Manifest, TableSum, file, settle},
    db::{Action, By, Location, Store, StoreError, engine::Access},
    fsck, transfer,
};

/// A backup that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// What it says of itself, all of it found true.
    pub manifest: Manifest,
    /// Blocks of figures that were read and hold.
    pub n_blocks: u64,
    /// Figures in them.
    pub n_figures: u64,
}

/// What a restore did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// The backup.
    pub verified: Verified,
    /// Where the store that was there before now lies; `None` if there was none.
    pub before: Option<PathBuf>,
}

/// Restores a backup to a temporary place and looks at everything in it: a restore drill. Nothing else is touched.
///
/// # Errors
///
/// [`BackupError`] with the first thing that does not hold.
pub fn verify(
    path: &Path,
    passphrase: Option<&str>,
    now: Timestamp,
) -> Result<Verified, BackupError> {
    let place = tempfile::tempdir().map_err(BackupError::file(&std::env::temp_dir()))?;
    unpack(path, passphrase, &place.path().join("dondoc.sqlite"), now)
}

/// Puts a backup in the place of a store, after everything in it was found to hold.
///
/// The file that was there is kept beside it. A database on a server has to be empty.
///
/// # Errors
///
/// [`BackupError`]; then the store is as it was.
pub fn restore(
    path: &Path,
    passphrase: Option<&str>,
    to: &Location,
    by: &By,
) -> Result<Restored, BackupError> {
    match to {
        Location::File(place) => restore_file(path, passphrase, place, by),
        Location::Server(_) => {
            let work = tempfile::tempdir().map_err(BackupError::file(&std::env::temp_dir()))?;
            let copy = work.path().join("dondoc.sqlite");
            let verified = unpack(path, passphrase, &copy, by.at)?;
            let from = Store::open(&copy, by.at)?;
            let target = Store::open(to.clone(), by.at)?;
            transfer::replicate(&from, &target).map_err(|err| match err {
                transfer::MoveError::Store(err) => BackupError::Store(err),
                transfer::MoveError::NotEmpty { .. } => BackupError::NotEmpty,
                other => BackupError::Damaged { part: other.to_string() },
            })?;
            tell(&target, &verified, by)?;
            Ok(Restored { verified, before: None })
        }
    }
}

fn restore_file(
    path: &Path,
    passphrase: Option<&str>,
    place: &Path,
    by: &By,
) -> Result<Restored, BackupError> {
    let folder = place.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(BackupError::file(folder))?;
    let work = tempfile::Builder::new().prefix(".dondoc-restore-").tempdir_in(folder);
    let work = work.map_err(BackupError::file(folder))?;
    let copy = work.path().join("dondoc.sqlite");
    let verified = unpack(path, passphrase, &copy, by.at)?;
    let restored = Store::open(&copy, by.at)?;
    tell(&restored, &verified, by)?;
    drop(restored);
    settle(&copy)?;
    let before = set_aside(place, by.at)?;
    fs::rename(&copy, place).map_err(BackupError::file(place))?;
    // The new name must outlive a power cut as well.
    let synced = fs::File::open(folder).and_then(|it| it.sync_all());
    synced.map_err(BackupError::file(folder))?;
    Ok(Restored { verified, before })
}

/// Takes the store that is there out of the way; refused while another process has it open.
fn set_aside(place: &Path, now: Timestamp) -> Result<Option<PathBuf>, BackupError> {
    if !place.exists() {
        return Ok(None);
    }
    if !Location::from(place).is_free().map_err(StoreError::at("backup/set_aside"))? {
        return Err(BackupError::InUse);
    }
    let stamp = now.strftime("%Y%m%d-%H%M%S").to_string();
    let beside = |ending: &str| {
        let mut name = place.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    };
    let aside = beside(&format!(".before-{stamp}"));
    if aside.exists() {
        return Err(BackupError::Exists { path: aside.display().to_string() });
    }
    // Of a store that is too damaged to be settled, what was not settled goes with it.
    for ending in ["-wal", "-shm"] {
        let from = beside(ending);
        if from.exists() {
            let mut to = aside.as_os_str().to_owned();
            to.push(ending);
            fs::rename(&from, PathBuf::from(to)).map_err(BackupError::file(&from))?;
        }
    }
    fs::rename(place, &aside).map_err(BackupError::file(place))?;
    Ok(Some(aside))
}

/// Unpacks a backup, and looks at all of it: digests of each table first, as they were written, then everything else.
fn unpack(
    path: &Path,
    passphrase: Option<&str>,
    to: &Path,
    now: Timestamp,
) -> Result<Verified, BackupError> {
    let manifest = file::unpack(path, passphrase, to)?;
    tables_are(to, &manifest)?;
    let store = Store::open(to, now)?;
    let report = fsck::run(&store);
    if let Some(found) = report.damages.first() {
        return Err(BackupError::Unsound { object: found.object.clone() });
    }
    let unsound = |object: &str| BackupError::Unsound { object: object.to_owned() };
    if (report.last.0.0, report.last.1.to_string()) != (manifest.block, manifest.chain.clone()) {
        return Err(unsound("block"));
    }
    if trail(&store)? != (manifest.n_audit_lines, manifest.last_line.clone()) {
        return Err(unsound("audit"));
    }
    drop(store);
    settle(to)?;
    Ok(Verified { manifest, n_blocks: report.n_blocks, n_figures: report.n_figures })
}

/// Whether the tables are those of the manifest; before any migration.
fn tables_are(database: &Path, manifest: &Manifest) -> Result<(), BackupError> {
    let engine = Location::from(database).connect(Access::Read);
    let mut engine = engine.map_err(StoreError::at("open"))?;
    for sum in &manifest.tables {
        let found = transfer::digest_of(engine.as_mut(), &sum.table)?;
        if found.as_ref().map(TableSum::of).as_ref() != Some(sum) {
            return Err(BackupError::Damaged { part: sum.table.clone() });
        }
    }
    Ok(())
}

/// How many lines the audit trail has, and the digest of the last.
pub(super) fn trail(store: &Store) -> Result<(i64, String), BackupError> {
    match audit::verify(store)? {
        Chain::Whole { n_lines, last } => Ok((n_lines, file::hex(&last))),
        Chain::Broken { line, .. } => Err(BackupError::Unsound { object: format!("audit {line}") }),
    }
}

/// Says in the audit trail of what was restored that it was; nobody is signed in to it, and no one-time code is good.
fn tell(store: &Store, verified: &Verified, by: &By) -> Result<(), StoreError> {
    let object = format!("backup {}", verified.manifest.taken_at);
    store.write(|tx| {
        // Who signed out, or used a code, after the backup was taken would be in again.
        sessions::end_all(tx, by)?;
        let action = Action { by: by.clone(), verb: "store.restore", object: object.clone() };
        Ok::<_, StoreError>(((), action))
    })
}
