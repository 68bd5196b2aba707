//! When backups are taken, where to, and how many are kept.

use std::{
    fs,
    io::Write as _,
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

use dondoc_store::{Action, By, Store, StoreError, settings};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{ApiError, admin::site::Site};

const NAME: &str = "backup.schedule";
/// The file with the passphrase of backups, beside the store: it is in no backup, or the backup would hold its own key.
const PASSPHRASE: &str = "backup-passphrase";
/// No passphrase is shorter.
const MIN_PASSPHRASE: usize = 12;
/// No more backups are kept.
const MAX_KEEP: u32 = 3_650;

/// The schedule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Schedule {
    pub(super) on: bool,
    /// The hour of the day in Viet Nam.
    pub(super) hour: u8,
    pub(super) keep: u32,
    /// `None`: `backups` in the data folder.
    pub(super) to: Option<PathBuf>,
}

impl Default for Schedule {
    fn default() -> Self {
        Self { on: true, hour: 2, keep: 30, to: None }
    }
}

/// The schedule of backups.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ScheduleView {
    /// Whether the server takes backups by itself.
    on: bool,
    /// The hour of the day in Viet Nam, 0 to 23.
    hour: u8,
    /// How many of those taken by schedule are kept.
    keep: u32,
    /// The folder of the server that they go to.
    folder: String,
    /// Whether they are encrypted.
    has_passphrase: bool,
}

/// The schedule of backups, as it is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ScheduleSent {
    on: bool,
    hour: u8,
    keep: u32,
    /// A whole path; of the data folder if nothing is said.
    folder: Option<String>,
    /// A new passphrase, an empty text for none; as it is if nothing is said.
    passphrase: Option<String>,
}

impl Schedule {
    /// The schedule that is set, or the one of a new installation: every night at two, thirty kept.
    pub(super) fn of(store: &Store, site: &Site) -> Result<Self, StoreError> {
        let text = store.read(|tx| settings::get(tx, NAME))?;
        let read = text.and_then(|it| serde_json::from_str(&it).ok());
        let is_kept = site.folder().is_some();
        Ok(read.unwrap_or(Self { on: is_kept, ..Self::default() }))
    }

    pub(super) fn folder(&self, site: &Site) -> PathBuf {
        let home = site.folder().map_or_else(std::env::temp_dir, Path::to_owned);
        self.to.clone().unwrap_or_else(|| home.join("backups"))
    }

    /// The passphrase of backups, if one was set.
    pub(super) fn passphrase(site: &Site) -> Option<String> {
        let text = fs::read_to_string(site.folder()?.join(PASSPHRASE)).ok()?;
        Some(text.trim_end_matches('\n').to_owned()).filter(|it| !it.is_empty())
    }

    pub(super) fn view(&self, site: &Site) -> ScheduleView {
        ScheduleView {
            on: self.on,
            hour: self.hour,
            keep: self.keep,
            folder: self.folder(site).display().to_string(),
            has_passphrase: Self::passphrase(site).is_some(),
        }
    }

    pub(super) fn set(
        store: &Store,
        site: &Site,
        sent: ScheduleSent,
        by: &By,
    ) -> Result<Self, ApiError> {
        let bad =
            |field: &str, wanted: &str| ApiError::BadValue { detail: format!("{field}: {wanted}") };
        if sent.hour > 23 {
            return Err(bad("hour", "0 … 23"));
        }
        if !(1..=MAX_KEEP).contains(&sent.keep) {
            return Err(bad("keep", "1 … 3650"));
        }
        let to = sent.folder.map(|it| PathBuf::from(it.trim()));
        let to = to.filter(|it| !it.as_os_str().is_empty());
        if let Some(folder) = &to {
            let is_usable = folder.is_absolute() && fs::create_dir_all(folder).is_ok();
            if !is_usable || !is_writable(folder) {
                return Err(bad("folder", "/…"));
            }
        }
        let home = Self::default().folder(site);
        let to = to.filter(|it| *it != home);
        let schedule = Self { on: sent.on, hour: sent.hour, keep: sent.keep, to };
        if let Some(words) = sent.passphrase {
            let n = words.chars().count();
            if (1..MIN_PASSPHRASE).contains(&n) || words.contains('\n') {
                return Err(bad("passphrase", "≥ 12"));
            }
            write_passphrase(site, &words).map_err(|_| bad("passphrase", "backup-passphrase"))?;
        }
        let text = serde_json::to_string(&schedule).map_err(|_| ApiError::Internal)?;
        store.write(|tx| {
            settings::put(tx, NAME, &text, by)?;
            let object = text.clone();
            Ok::<_, StoreError>(((), Action { by: by.clone(), verb: "backup.schedule", object }))
        })?;
        Ok(schedule)
    }
}

fn is_writable(folder: &Path) -> bool {
    let probe = folder.join(".dondoc-probe");
    let written = fs::write(&probe, b"").is_ok();
    written && fs::remove_file(&probe).is_ok()
}

fn write_passphrase(site: &Site, words: &str) -> std::io::Result<()> {
    let folder = site.folder().ok_or(std::io::ErrorKind::NotFound)?;
    let (path, beside) = (folder.join(PASSPHRASE), folder.join("backup-passphrase.new"));
    // A file of an earlier attempt may have another mode.
    let _ = fs::remove_file(&beside);
    let opened = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&beside);
    let mut file = opened?;
    writeln!(file, "{words}")?;
    file.sync_all()?;
    fs::rename(beside, path)
}
