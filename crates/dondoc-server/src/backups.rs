//! `/api/admin/backups`: backups now and by schedule, and restore drills.
//!
//! Restoring itself is done with `dondoc restore`, while the server is stopped; see docs/backup.md.

pub(crate) mod keeper;
mod schedule;

use std::{path::Path, sync::Arc};

use axum::Json;
use dondoc_core::problem::Language;
use dondoc_store::{
    By, Store,
    backup::{self, Backup, BackupError, How, records},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    ApiError,
    admin::{
        jobs::{self, JobView, Outcome},
        site::Site,
    },
    desk::Desk,
    error::{Bilingual, ProblemView},
    extract::{Id, Sent},
    refusals::Refusals,
};

use schedule::{Schedule, ScheduleSent, ScheduleView};

/// No list is longer.
const MAX_LISTED: usize = 200;

/// Backups, the latest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BackupList {
    items: Vec<BackupView>,
}

/// A backup that was taken, or that failed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct BackupView {
    id: i64,
    /// The folder of the server.
    folder: String,
    name: String,
    /// `now` or `schedule`.
    how: String,
    /// `kept`, `failed` or `removed`.
    state: &'static str,
    by: String,
    #[schema(format = DateTime)]
    at: String,
    bytes: i64,
    /// SHA-256 of the file.
    sha256: Option<String>,
    /// The newest block in it.
    block: i64,
    encrypted: bool,
    /// Why it failed, in the words of the program.
    detail: Option<String>,
    drill: Option<DrillView>,
}

/// A restore drill.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct DrillView {
    #[schema(format = DateTime)]
    at: String,
    good: bool,
    /// What did not hold: `backup_damaged`.
    fault: Option<String>,
}

impl From<&Backup> for BackupView {
    fn from(it: &Backup) -> Self {
        Self {
            id: it.id,
            folder: it.folder.clone(),
            name: it.name.clone(),
            how: it.how.clone(),
            state: it.state.code(),
            by: it.by.actor.clone(),
            at: it.by.at.to_string(),
            bytes: it.n_bytes,
            sha256: it.sha256.clone(),
            block: it.block,
            encrypted: it.is_encrypted,
            detail: it.fault.as_ref().map(|it| it.1.clone()),
            drill: it.drill.as_ref().map(|it| DrillView {
                at: it.at.to_string(),
                good: it.fault.is_none(),
                fault: it.fault.clone(),
            }),
        }
    }
}

/// The backups that were taken, or that failed.
#[utoipa::path(
    get, path = "/api/admin/backups", tag = "administration",
    responses((status = 200, body = BackupList), Refusals)
)]
pub(crate) async fn list(desk: Desk) -> Result<Json<BackupList>, ApiError> {
    let found = desk.ask(|store| store.read(|tx| records::list(tx, MAX_LISTED))).await?;
    Ok(Json(BackupList { items: found.iter().map(BackupView::from).collect() }))
}

/// Takes a backup now; the job gives it.
#[utoipa::path(
    post, path = "/api/admin/backups", tag = "administration",
    responses((status = 200, body = JobView), Refusals)
)]
pub(crate) async fn take(desk: Desk) -> Result<Json<JobView>, ApiError> {
    let (ledger, site, by) = (desk.ledger(), Arc::clone(desk.site()), desk.by());
    jobs::start(&desk, "backup", move |_| {
        take_now(ledger.store(), &site, How::Now, &by)
            .map(Outcome::Backup)
            .map_err(|fault| problem(&fault))
    })
}

/// Restores a backup to a temporary place and looks at everything in it.
#[utoipa::path(
    post, path = "/api/admin/backups/{id}/drill", tag = "administration",
    params(("id" = i64, Path, description = "The backup")),
    responses((status = 200, body = JobView), Refusals)
)]
pub(crate) async fn drill(desk: Desk, Id(id): Id) -> Result<Json<JobView>, ApiError> {
    let found = desk.ask(move |store| store.read(|tx| records::get(tx, id))).await?;
    found.ok_or(ApiError::NotFound)?;
    let (ledger, site, by) = (desk.ledger(), Arc::clone(desk.site()), desk.by());
    jobs::start(&desk, "drill", move |_| {
        drill_now(ledger.store(), &site, id, &by)
            .map(Outcome::Backup)
            .map_err(|fault| problem(&fault))
    })
}

/// When the server takes backups by itself.
#[utoipa::path(
    get, path = "/api/admin/backups/schedule", tag = "administration",
    responses((status = 200, body = ScheduleView), Refusals)
)]
pub(crate) async fn schedule(desk: Desk) -> Result<Json<ScheduleView>, ApiError> {
    let site = Arc::clone(desk.site());
    desk.ask(move |store| {
        let schedule = Schedule::of(store, &site)?;
        Ok::<_, ApiError>(Json(schedule.view(&site)))
    })
    .await
}

/// Sets when the server takes backups by itself, where to, how many it keeps, and their passphrase.
#[utoipa::path(
    put, path = "/api/admin/backups/schedule", tag = "administration", request_body = ScheduleSent,
    responses((status = 200, body = ScheduleView), Refusals)
)]
pub(crate) async fn set_schedule(
    desk: Desk,
    Sent(sent): Sent<ScheduleSent>,
) -> Result<Json<ScheduleView>, ApiError> {
    let (site, by) = (Arc::clone(desk.site()), desk.by());
    desk.ask(move |store| {
        let schedule = Schedule::set(store, &site, sent, &by)?;
        Ok::<_, ApiError>(Json(schedule.view(&site)))
    })
    .await
}

/// Takes a backup to where the schedule says, and removes those that are too many.
pub(crate) fn take_now(
    store: &Store,
    site: &Site,
    how: How,
    by: &By,
) -> Result<BackupView, BackupError> {
    let schedule = Schedule::of(store, site)?;
    let folder = schedule.folder(site);
    let name = backup::name_at(by.at);
    let passphrase = Schedule::passphrase(site);
    let made = backup::take(store, &folder.join(&name), passphrase.as_deref(), by);
    let folder = folder.display().to_string();
    let id = records::note(store, (&folder, &name, how), &made, by)?;
    made?;
    prune(store, schedule.keep, by)?;
    let backup = store.read(|tx| records::get(tx, id))?;
    backup.as_ref().map(BackupView::from).ok_or(BackupError::NotABackup)
}

/// Removes the oldest backups by schedule beyond those that are kept; never the last whole one.
fn prune(store: &Store, keep: u32, by: &By) -> Result<(), BackupError> {
    let all = store.read(|tx| records::list(tx, usize::MAX))?;
    let kept = all.iter().filter(|it| it.state == backup::State::Kept && it.how == "schedule");
    for old in kept.skip(usize::try_from(keep).unwrap_or(usize::MAX).max(1)) {
        let path = Path::new(&old.folder).join(&old.name);
        match std::fs::remove_file(&path) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            // One that can't be removed stays in the list, and is tried again next time.
            Err(_) => continue,
        }
        records::note_removed(store, old.id, by)?;
    }
    Ok(())
}

/// Makes a restore drill with a backup, and writes down how it ended.
pub(crate) fn drill_now(
    store: &Store,
    site: &Site,
    id: i64,
    by: &By,
) -> Result<BackupView, BackupError> {
    let found = store.read(|tx| records::get(tx, id))?.ok_or(BackupError::NotABackup)?;
    let path = Path::new(&found.folder).join(&found.name);
    let passphrase = Schedule::passphrase(site);
    let held = backup::verify(&path, passphrase.as_deref(), by.at);
    records::note_drill(store, id, held.as_ref().err(), by)?;
    held?;
    let found = store.read(|tx| records::get(tx, id))?;
    found.as_ref().map(BackupView::from).ok_or(BackupError::NotABackup)
}

/// What is wrong with a backup, as it is sent.
fn problem(fault: &BackupError) -> Box<ProblemView> {
    let ((vi, remedy_vi), (en, remedy_en)) =
        (fault.say(Language::Vietnamese), fault.say(Language::English));
    let message = Bilingual { vi, en };
    let remedy = Bilingual { vi: remedy_vi.to_owned(), en: remedy_en.to_owned() };
    Box::new(ProblemView::of(fault.code(), message, remedy))
}
