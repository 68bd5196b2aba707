//! What was sent about tasks: reminders, and the letters that they came in.

use dondoc_core::{
    followup::{NoticeKind, Sent},
    unit::UnitId,
};

use super::{Now, unit};
use crate::{
    db::{BoxError, By, Row, StoreError, Tx},
    notices::{self, NewNotice},
    sql::sql,
};

/// A reminder of a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    /// The task.
    pub task_id: i64,
    /// What sort, and on which day in Viet Nam.
    pub sent: Sent,
    /// The letter that it came in.
    pub letter_id: Option<i64>,
    /// Who sent it, and when.
    pub by: By,
}

/// A letter of follow-up (*công văn đôn đốc*) to one unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Its number.
    pub id: i64,
    /// To whom.
    pub unit: UnitId,
    /// From whom.
    pub sender: UnitId,
    /// The name of the file.
    pub name: String,
    /// The short text to copy.
    pub words: String,
    /// Who made it, and when.
    pub by: By,
    /// The file.
    pub bytes: Vec<u8>,
}

/// A letter that is to be kept, and the tasks that it is about.
#[derive(Clone, Debug)]
pub struct NewLetter {
    /// To whom.
    pub unit: UnitId,
    /// From whom.
    pub sender: UnitId,
    /// The name of the file.
    pub name: String,
    /// The short text to copy.
    pub words: String,
    /// The file.
    pub bytes: Vec<u8>,
    /// The tasks, each with what sort of reminder it is.
    pub tasks: Vec<(i64, NoticeKind)>,
}

/// Keeps letters that were made together, logs each on its tasks, and puts a notice before each unit; gives the number
/// of the batch and of each letter.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn send(
    tx: &mut Tx<'_>,
    letters: &[NewLetter],
    now: Now<'_>,
) -> Result<(i64, Vec<i64>), StoreError> {
    let batch_id = tx.take_ids("letter_batch", 1)?;
    let (actor, at) = (now.by.actor.as_str(), now.by.moment());
    let mut ids = Vec::with_capacity(letters.len());
    for letter in letters {
        let id = tx.take_ids("letter", 1)?;
        let (unit, sender) = (i64::from(letter.unit.0), i64::from(letter.sender.0));
        tx.execute(
            sql!("tasks/put_letter"),
            &[
                &id,
                &batch_id,
                &unit,
                &sender,
                &letter.name,
                &letter.bytes,
                &letter.words,
                &actor,
                &at,
            ],
        )?;
        for (task_id, kind) in &letter.tasks {
            remind(tx, (*task_id, *kind), Some(id), now)?;
        }
        let n_tasks = i64::try_from(letter.tasks.len()).unwrap_or(i64::MAX);
        let notice = NewNotice {
            unit: letter.unit,
            kind: "letter",
            task_id: None,
            letter_id: Some(id),
            n_tasks,
        };
        notices::tell(tx, &notice, now.by)?;
        ids.push(id);
    }
    Ok((batch_id, ids))
}

/// Logs a reminder on a task.
///
/// # Errors
///
/// [`StoreError`] if the engine fails or there is no such task.
pub fn remind(
    tx: &mut Tx<'_>,
    (task_id, kind): (i64, NoticeKind),
    letter_id: Option<i64>,
    now: Now<'_>,
) -> Result<(), StoreError> {
    let id = tx.take_ids("reminder", 1)?;
    let (actor, at) = (now.by.actor.as_str(), now.by.moment());
    tx.execute(
        sql!("tasks/put_reminder"),
        &[&id, &task_id, &kind.code(), &letter_id, &actor, &now.on, &at],
    )?;
    Ok(())
}

/// What was sent about a task, or about all of them, first to last.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn reminders(tx: &mut Tx<'_>, task_id: Option<i64>) -> Result<Vec<Reminder>, StoreError> {
    match task_id {
        Some(id) => tx.query(sql!("tasks/reminders_of"), &[&id], read),
        None => tx.query(sql!("tasks/reminders"), &[], read),
    }
}

/// The letters of a batch, in the order in which they were made; empty if there is no such batch.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn letters(tx: &mut Tx<'_>, batch_id: i64) -> Result<Vec<Letter>, StoreError> {
    let mut found = tx.query(sql!("tasks/letters_of"), &[&batch_id], |row| {
        Ok(Letter {
            id: row.int(0)?,
            unit: unit(row.int(1)?)?,
            sender: unit(row.int(2)?)?,
            name: row.text(3)?,
            words: row.text(4)?,
            by: By { actor: row.text(5)?, at: row.text(6)?.parse()? },
            bytes: row.bytes(7)?,
        })
    })?;
    found.retain(|it| tx.sees(it.unit));
    Ok(found)
}

fn read(row: &Row<'_>) -> Result<Reminder, BoxError> {
    let kind = NoticeKind::by_code(&row.text(1)?).ok_or("no such reminder")?;
    Ok(Reminder {
        task_id: row.int(0)?,
        sent: Sent { kind, on: row.text(4)?.parse()? },
        letter_id: row.maybe_int(2)?,
        by: By { actor: row.text(3)?, at: row.text(5)?.parse()? },
    })
}
