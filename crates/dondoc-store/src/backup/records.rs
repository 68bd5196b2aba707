//! Which backups there are: each that was taken or failed, and the last restore drill with it.

use jiff::Timestamp;

use crate::{
    backup::{BackupError, Taken},
    db::{Action, BoxError, By, Row, Store, StoreError, Tx, moment},
    sql::sql,
};

/// What made a backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Somebody asked for it.
    Now,
    /// It was time.
    Schedule,
}

impl How {
    /// The name in the store and on the wire.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Now => "now",
            Self::Schedule => "schedule",
        }
    }
}

/// What became of a backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Its file should be there.
    Kept,
    /// It was not taken.
    Failed,
    /// Its file was removed, for newer ones are kept.
    Removed,
}

impl State {
    /// The name in the store and on the wire.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Failed => "failed",
            Self::Removed => "removed",
        }
    }

    fn by_code(code: &str) -> Option<Self> {
        [Self::Kept, Self::Failed, Self::Removed].into_iter().find(|it| it.code() == code)
    }
}

/// A restore drill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drill {
    /// When.
    pub at: Timestamp,
    /// Why it did not end well: a code of [`BackupError`]; `None` if it did.
    pub fault: Option<String>,
}

/// A backup that was taken, or that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// Its number.
    pub id: i64,
    /// The folder of the server that it was written to.
    pub folder: String,
    /// The name of its file.
    pub name: String,
    /// `now` or `schedule`.
    pub how: String,
    /// What became of it.
    pub state: State,
    /// Who, and when.
    pub by: By,
    /// The size of its file.
    pub n_bytes: i64,
    /// SHA-256 of its file.
    pub sha256: Option<String>,
    /// The newest block in it.
    pub block: i64,
    /// The chain up to there.
    pub chain: Option<String>,
    /// Whether a passphrase opens it.
    pub is_encrypted: bool,
    /// Why it failed: a code of [`BackupError`], and its words.
    pub fault: Option<(String, String)>,
    /// The last drill.
    pub drill: Option<Drill>,
}

/// Writes down what became of a backup, with its line in the audit trail, and gives its number.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn note(
    store: &Store,
    (folder, name, how): (&str, &str, How),
    made: &Result<Taken, BackupError>,
    by: &By,
) -> Result<i64, StoreError> {
    store.write(|tx| {
        let id = tx.take_ids("backup", 1)?;
        let taken = made.as_ref().ok();
        let error = made.as_ref().err();
        let state = if taken.is_some() { State::Kept } else { State::Failed };
        let n_bytes = taken.map_or(0, |it| i64::try_from(it.n_bytes).unwrap_or(i64::MAX));
        let manifest = taken.map(|it| &it.manifest);
        tx.execute(
            sql!("backups/put"),
            &[
                &id,
                &folder,
                &name,
                &how.code(),
                &state.code(),
                &by.actor,
                &by.moment(),
                &n_bytes,
                &taken.map(|it| it.sha256.clone()),
                &manifest.map_or(0, |it| it.block),
                &manifest.map(|it| it.chain.clone()),
                &i64::from(manifest.is_some_and(|it| it.is_encrypted)),
                &error.map(BackupError::code),
                &error.map(ToString::to_string),
            ],
        )?;
        let verb = if taken.is_some() { "backup.take" } else { "backup.fail" };
        let sum = taken.map(|it| format!(" {}", it.sha256)).unwrap_or_default();
        let object = format!("{name}{sum}");
        Ok((id, Action { by: by.clone(), verb, object }))
    })
}

/// Writes down how a restore drill ended, with its line in the audit trail.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn note_drill(
    store: &Store,
    id: i64,
    fault: Option<&BackupError>,
    by: &By,
) -> Result<(), StoreError> {
    store.write(|tx| {
        let drill = if fault.is_none() { "good" } else { "bad" };
        let code = fault.map(BackupError::code);
        tx.execute(sql!("backups/drilled"), &[&moment(by.at), &drill, &code, &id])?;
        let object = format!("backup {id} {}", code.unwrap_or(drill));
        Ok(((), Action { by: by.clone(), verb: "backup.drill", object }))
    })
}

/// Writes down that the file of a backup was removed.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn note_removed(store: &Store, id: i64, by: &By) -> Result<(), StoreError> {
    store.write(|tx| {
        tx.execute(sql!("backups/removed"), &[&id])?;
        let object = format!("backup {id}");
        Ok(((), Action { by: by.clone(), verb: "backup.remove", object }))
    })
}

/// Backups, the latest first, `limit` at most.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn list(tx: &mut Tx<'_>, limit: usize) -> Result<Vec<Backup>, StoreError> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    tx.query(sql!("backups/all"), &[&limit], read)
}

/// One backup.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn get(tx: &mut Tx<'_>, id: i64) -> Result<Option<Backup>, StoreError> {
    tx.query_one(sql!("backups/get"), &[&id], read)
}

fn read(row: &Row<'_>) -> Result<Backup, BoxError> {
    let state = row.text(4)?;
    let at = |it: String| it.parse::<Timestamp>();
    let drill = row.maybe_text(14)?.map(at).transpose()?;
    let drill_fault = row.maybe_text(16)?;
    let fault = row.maybe_text(12)?;
    let detail = row.maybe_text(13)?.unwrap_or_default();
    Ok(Backup {
        id: row.int(0)?,
        folder: row.text(1)?,
        name: row.text(2)?,
        how: row.text(3)?,
        state: State::by_code(&state).ok_or("no such state of a backup")?,
        by: By { actor: row.text(5)?, at: at(row.text(6)?)? },
        n_bytes: row.int(7)?,
        sha256: row.maybe_text(8)?,
        block: row.int(9)?,
        chain: row.maybe_text(10)?,
        is_encrypted: row.int(11)? == 1,
        fault: fault.map(|it| (it, detail)),
        drill: drill.map(|at| Drill { at, fault: drill_fault }),
    })
}
