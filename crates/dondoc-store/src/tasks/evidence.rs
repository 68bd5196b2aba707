//! Files that prove what was done (*minh chứng*).

use sha2::{Digest as _, Sha256};

use super::{Now, TaskError, get};
use crate::{
    db::{BoxError, By, Row, StoreError, Tx},
    sql::sql,
};

/// The most that the files of one task weigh together.
pub const MAX_BYTES_OF_TASK: i64 = 200 << 20;

/// A file of a task, without its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Its number.
    pub id: i64,
    /// The task.
    pub task_id: i64,
    /// A bare name that is safe to serve.
    pub name: String,
    /// What its bytes are: `pdf`, `docx`, `jpg` …
    pub format: String,
    /// SHA-256, in hexadecimal digits.
    pub sha256: String,
    /// Its size.
    pub size_bytes: i64,
    /// Who added it, and when.
    pub by: By,
}

/// A file that is to be added.
#[derive(Clone, Copy, Debug)]
pub struct NewEvidence<'a> {
    /// A bare name that is safe to serve.
    pub name: &'a str,
    /// What its bytes are.
    pub format: &'a str,
    /// They themselves.
    pub bytes: &'a [u8],
}

/// Adds a file to a task that is not over. One that is there already, under whatever name, changes nothing.
///
/// # Errors
///
/// [`TaskError`]; then nothing may be kept of the transaction.
pub fn add(
    tx: &mut Tx<'_>,
    task_id: i64,
    new: NewEvidence<'_>,
    now: Now<'_>,
) -> Result<Evidence, TaskError> {
    get(tx, task_id)?.ok_or(TaskError::NotFound)?;
    let digest = Sha256::digest(new.bytes);
    let sha256: String = digest.iter().map(|it| format!("{it:02x}")).collect();
    if let Some(known) = of(tx, task_id)?.into_iter().find(|it| it.sha256 == sha256) {
        return Ok(known);
    }
    let size = i64::try_from(new.bytes.len()).unwrap_or(i64::MAX);
    let before = tx.query_one(sql!("tasks/evidence_size"), &[&task_id], |row| row.int(0))?;
    let size_bytes = before.unwrap_or(0).saturating_add(size);
    if size_bytes > MAX_BYTES_OF_TASK {
        return Err(TaskError::TooMuch { size_bytes, limit_bytes: MAX_BYTES_OF_TASK });
    }
    let id = tx.take_ids("evidence", 1)?;
    let (actor, at) = (now.by.actor.as_str(), now.by.moment());
    tx.execute(
        sql!("tasks/put_evidence"),
        &[&id, &task_id, &new.name, &new.format, &sha256, &size, &new.bytes, &actor, &at],
    )?;
    let added = of(tx, task_id)?.into_iter().find(|it| it.id == id);
    added.ok_or(TaskError::NotFound)
}

/// The files of a task, first to last.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn of(tx: &mut Tx<'_>, task_id: i64) -> Result<Vec<Evidence>, StoreError> {
    tx.query(sql!("tasks/evidence_of"), &[&task_id], read)
}

/// A file with its bytes, if there is one of that number and its task is seen.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn get_bytes(tx: &mut Tx<'_>, id: i64) -> Result<Option<(Evidence, Vec<u8>)>, StoreError> {
    let found =
        tx.query_one(sql!("tasks/evidence"), &[&id], |row| Ok((read(row)?, row.bytes(8)?)))?;
    match found {
        Some((file, bytes)) if get(tx, file.task_id)?.is_some() => Ok(Some((file, bytes))),
        _ => Ok(None),
    }
}

fn read(row: &Row<'_>) -> Result<Evidence, BoxError> {
    Ok(Evidence {
        id: row.int(0)?,
        task_id: row.int(1)?,
        name: row.text(2)?,
        format: row.text(3)?,
        sha256: row.text(4)?,
        size_bytes: row.int(5)?,
        by: By { actor: row.text(6)?, at: row.text(7)?.parse()? },
    })
}
