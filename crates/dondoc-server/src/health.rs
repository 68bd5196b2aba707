//! `/api/health/full`: how the installation is, for the one who looks after it.

mod programs;

use std::{fs, path::Path, sync::Arc};

use axum::Json;
use dondoc_core::{period::Period, unit::UnitId};
use dondoc_ledger::{Books, Ledger};
use dondoc_store::{
    Location, Store, StoreError,
    audit::Chain,
    backup::{self, State as BackupState},
    blocks::Damaged,
    checkpoints::{self, Checkpoint, Key},
    fsck::{self, Wrong},
    library,
};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    ApiError,
    admin::jobs::{self, JobView, Outcome},
    backups::BackupView,
    desk::Desk,
    forms::name_in,
    refusals::Refusals,
};

pub(crate) use programs::ProgramView;

/// A restore drill that is older than this is a matter for alarm.
pub(crate) const DRILL_DUE: SignedDuration = SignedDuration::from_hours(7 * 24);

/// How everything is.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FullHealthView {
    version: &'static str,
    /// `sqlite` or `postgresql`.
    engine: &'static str,
    /// Where the store is, without a password.
    place: String,
    /// The size of its file; null on a server.
    store_bytes: Option<u64>,
    /// What is free on the disk of the data folder.
    free_bytes: Option<u64>,
    documents: i64,
    files: i64,
    /// The newest block of figures.
    block: i64,
    /// SHA-256 over all blocks up to there; null if the newest can't be read.
    chain: Option<String>,
    /// Figures of stored blocks that no series or tree of today has a place for.
    n_homeless: u64,
    /// Blocks of figures that can't be trusted. Remedy: a check of everything, and the last backup.
    rotten: Vec<RottenView>,
    /// Reports whose figures are in no total for that, as far as the counts beside the blocks tell.
    lost: Vec<LostReportView>,
    audit: AuditView,
    /// The last look at the whole store since the start.
    check: Option<LastCheckView>,
    backup: BackupHealth,
    /// When the totals were kept for a quick start.
    #[schema(format = DateTime)]
    snapshot_at: Option<String>,
    /// Files being read, and files that may be read at a time.
    reading: u32,
    reading_at_most: u32,
    programs: Vec<ProgramView>,
}

/// A block that can't be trusted.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RottenView {
    block: i64,
    /// As in a check of everything: `block_digest`, `block_missing` …
    what: &'static str,
}

/// A report whose figures are in no total.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LostReportView {
    unit: u32,
    /// As the unit was called then; null if it is not known.
    unit_name: Option<String>,
    period: String,
}

/// The audit trail.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AuditView {
    /// Whether every line follows from the one before; verified just now behind `verified_from`. A check of everything reads all.
    whole: bool,
    /// The line of the last signed checkpoint, which vouches for all before it; 0 if there is none of this key.
    verified_from: i64,
    n_lines: i64,
    /// The digest of the last line.
    last: Option<String>,
    /// The first line that is missing or altered.
    broken_at: Option<i64>,
    /// How many lines were signed, and when.
    signed_lines: i64,
    #[schema(format = DateTime)]
    signed_at: Option<String>,
    /// The public key of the installation, by which others verify.
    key: Option<String>,
    /// Why the key can't be used.
    key_fault: Option<String>,
}

/// The last look at the whole store.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LastCheckView {
    #[schema(format = DateTime)]
    at: String,
    n_damages: usize,
}

/// The last backup, and the last restore drill.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BackupHealth {
    last: Option<BackupView>,
    /// The last one that is whole.
    last_good: Option<BackupView>,
    /// The last restore drill that ended well.
    #[schema(format = DateTime)]
    drilled_at: Option<String>,
    /// Whether there was none in the last seven days.
    drill_overdue: bool,
}

/// What a look at the whole store has shown.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct CheckView {
    whole: bool,
    n_blocks: u64,
    n_figures: u64,
    n_records: u64,
    n_audit_lines: u64,
    block: i64,
    chain: String,
    damages: Vec<DamageView>,
}

/// One thing that is wrong.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct DamageView {
    /// `block_digest`, `audit_chain` …
    what: &'static str,
    /// `block 12`
    object: String,
    unit: Option<u32>,
    period: Option<String>,
    detail: String,
}

/// How the installation is: its store, trail, backups, and the programs beside it.
#[utoipa::path(
    get, path = "/api/health/full", tag = "administration",
    responses((status = 200, body = FullHealthView), Refusals)
)]
pub(crate) async fn full(desk: Desk) -> Result<Json<FullHealthView>, ApiError> {
    let (site, now) = (Arc::clone(desk.site()), desk.by().at);
    let snapshot = desk.app().snapshot().map(Path::to_owned);
    let (reading, reading_at_most) = desk.app().n_reading();
    desk.consult(move |ledger: &Ledger| {
        let store = ledger.store();
        let counts = library::counts(store)?;
        let moment = ledger.moment().ok();
        let (n_homeless, rotten, lost) =
            ledger.look(|books| (books.n_homeless, rotten(books), lost(books)));
        let (block, last_known) = match &moment {
            Some((block, chain)) => (block.0, Some(chain.to_string())),
            None => (ledger.look(|books| books.last.0), None),
        };
        let key = site.key().map(|it| it.map(|it| hex(&it.public())).map_err(|it| it.to_string()));
        let (key, key_fault) = match key {
            Some(Ok(key)) => (Some(key), None),
            Some(Err(fault)) => (None, Some(fault)),
            None => (None, None),
        };
        let place = store.location();
        Ok::<_, ApiError>(Json(FullHealthView {
            version: env!("CARGO_PKG_VERSION"),
            engine: place.engine(),
            place: place.to_string(),
            store_bytes: size_of(place),
            free_bytes: site.folder().and_then(programs::free_bytes),
            documents: counts.n_documents,
            files: counts.n_files,
            block,
            chain: last_known,
            n_homeless,
            rotten,
            lost,
            audit: AuditView { key, key_fault, ..trail(store, site.key().and_then(Result::ok))? },
            check: site
                .last_check()
                .map(|(at, n_damages)| LastCheckView { at: at.to_string(), n_damages }),
            backup: backups(store, now)?,
            snapshot_at: snapshot.as_deref().and_then(changed_at),
            reading,
            reading_at_most,
            programs: programs::all(),
        }))
    })
    .await
}

/// Looks at everything that is kept: every digest, every chain. Takes a while; the job says how far it is.
#[utoipa::path(
    post, path = "/api/admin/check", tag = "administration",
    responses((status = 200, body = JobView), Refusals)
)]
pub(crate) async fn check(desk: Desk) -> Result<Json<JobView>, ApiError> {
    let (ledger, site, now) = (desk.ledger(), Arc::clone(desk.site()), desk.by().at);
    jobs::start(&desk, "check", move |progress| {
        let report = fsck::run_telling(ledger.store(), &mut |done, of| progress.tell(done, of));
        site.note_check(now, report.damages.len());
        Ok(Outcome::Check(CheckView::from(&report)))
    })
}

fn rotten(books: &Books) -> Vec<RottenView> {
    let what = |it: &Damaged| Wrong::Block(it.damage).code();
    books.lost.blocks.iter().map(|it| RottenView { block: it.block_id.0, what: what(it) }).collect()
}

fn lost(books: &Books) -> Vec<LostReportView> {
    let view = |(unit, period): &(UnitId, Period)| LostReportView {
        unit: unit.0,
        unit_name: name_in(books, *unit, *period),
        period: period.to_string(),
    };
    books.lost.reports.iter().map(view).collect()
}

fn trail(store: &Store, key: Option<&Key>) -> Result<AuditView, StoreError> {
    store.read(|tx| {
        let signed = checkpoints::last(tx)?;
        let public = key.map(Key::public).unwrap_or_default();
        let is_own = |it: &&Checkpoint| it.public_key == public && it.is_genuine();
        let verified_from = signed.as_ref().filter(is_own).map_or(0, |it| it.n_lines);
        let (n_lines, last, broken_at) = match checkpoints::verify_since(tx, &public)? {
            Chain::Whole { n_lines, last } => (n_lines, Some(hex(&last)), None),
            Chain::Broken { line, .. } => (line - 1, None, Some(line)),
        };
        Ok(AuditView {
            whole: broken_at.is_none(),
            verified_from,
            n_lines,
            last,
            broken_at,
            signed_lines: signed.as_ref().map_or(0, |it| it.n_lines),
            signed_at: signed.map(|it| it.signed_at),
            key: None,
            key_fault: None,
        })
    })
}

fn backups(store: &Store, now: Timestamp) -> Result<BackupHealth, StoreError> {
    let all = store.read(|tx| backup::records::list(tx, 1_000))?;
    let good = |it: &&backup::Backup| it.drill.as_ref().is_some_and(|it| it.fault.is_none());
    let drilled = all.iter().filter(good).filter_map(|it| Some(it.drill.as_ref()?.at)).max();
    let last_good = all.iter().find(|it| it.state == BackupState::Kept);
    Ok(BackupHealth {
        last: all.first().map(BackupView::from),
        last_good: last_good.map(BackupView::from),
        drilled_at: drilled.map(|it| it.to_string()),
        drill_overdue: drilled.is_none_or(|it| now.duration_since(it) > DRILL_DUE),
    })
}

fn size_of(place: &Location) -> Option<u64> {
    match place {
        Location::File(path) => fs::metadata(path).ok().map(|it| it.len()),
        Location::Server(_) => None,
    }
}

fn changed_at(path: &Path) -> Option<String> {
    let changed = fs::metadata(path).ok()?.modified().ok()?;
    Timestamp::try_from(changed).ok().map(|it| it.to_string())
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}

impl From<&fsck::Report> for CheckView {
    fn from(it: &fsck::Report) -> Self {
        let damage = |it: &fsck::Found| DamageView {
            what: it.what.code(),
            object: it.object.clone(),
            unit: it.unit.map(|it| it.0),
            period: it.period.map(|it| it.to_string()),
            detail: it.detail.clone(),
        };
        Self {
            whole: it.is_whole(),
            n_blocks: it.n_blocks,
            n_figures: it.n_figures,
            n_records: it.n_records,
            n_audit_lines: it.n_audit_lines,
            block: it.last.0.0,
            chain: it.last.1.to_string(),
            damages: it.damages.iter().map(damage).collect(),
        }
    }
}
