//! Entries of registers (*bản ghi của sổ*): courses, drills, relief; noted down one by one, never persons.
//!
//! A change is a new version with a reason; the versions before stay, each with its digest.

use std::collections::BTreeMap;

pub mod files;

use dondoc_core::unit::UnitId;
use jiff::civil::Date;
use serde_json::{Map, Value};

use crate::{
    blocks::{Digest, Digesting},
    db::{BoxError, By, Row, StoreError, Tx},
    sql::sql,
};

/// An entry as somebody notes it down.
#[derive(Clone, Copy, Debug)]
pub struct NewEntry<'a> {
    /// The programme pack: `KVPT`.
    pub pack: &'a str,
    /// The register: `course`.
    pub register: &'a str,
    /// Whose.
    pub unit: UnitId,
    /// The day that puts it into a period.
    pub occurred_on: Date,
    /// What was noted down, by the codes of the register's fields.
    pub fields: &'a Map<String, Value>,
}

/// An entry as it now stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its number.
    pub id: i64,
    /// The programme pack.
    pub pack: String,
    /// The register.
    pub register: String,
    /// What it says.
    pub now: EntryVersion,
}

/// One version of an entry.
#[derive(Clone, Debug, PartialEq)]
pub struct EntryVersion {
    /// From 1.
    pub version: i64,
    /// Whose.
    pub unit: UnitId,
    /// The day that puts it into a period.
    pub occurred_on: Date,
    /// Kept, or withdrawn and counted no more.
    pub state: EntryState,
    /// What was noted down, by the codes of the register's fields.
    pub fields: Map<String, Value>,
    /// Who, and when.
    pub by: By,
    /// Why, if it is not the first.
    pub reason: Option<String>,
    /// SHA-256 of all of it.
    pub digest: Digest,
}

/// Whether an entry counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntryState {
    /// It does.
    Kept,
    /// It was taken back, and is kept for the record alone.
    Withdrawn,
}

/// What becomes of an entry.
#[derive(Clone, Copy, Debug)]
pub enum EntryChange<'a> {
    /// It was otherwise.
    Correct {
        /// Whose.
        unit: UnitId,
        /// The day that puts it into a period.
        occurred_on: Date,
        /// What is noted down.
        fields: &'a Map<String, Value>,
    },
    /// It was none.
    Withdraw,
}

/// A change of an entry was refused.
#[derive(Debug, thiserror::Error)]
pub enum EntryError {
    /// There is no such entry.
    #[error("no such entry")]
    NotFound,
    /// Somebody changed it since the version that was looked at.
    #[error("someone changed it since; the entry is at version {current} now")]
    Stale {
        /// The version in force.
        current: i64,
    },
    /// It was withdrawn.
    #[error("the entry is withdrawn; note it down anew")]
    Withdrawn,
    /// A change takes a reason.
    #[error("say why: a change of an entry takes a reason")]
    NoReason,
    /// The engine failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl EntryState {
    /// The name in JSON and in the store: `kept`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// Notes an entry down, and gives its number.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn note(tx: &mut Tx<'_>, new: &NewEntry<'_>, by: &By) -> Result<i64, StoreError> {
    let id = tx.take_ids("entry", 1)?;
    let (unit_id, state) = (i64::from(new.unit.0), EntryState::Kept);
    tx.execute(
        sql!("entries/note"),
        &[&id, &new.pack, &new.register, &unit_id, &new.occurred_on, &state.code()],
    )?;
    let version = EntryVersion {
        version: 1,
        unit: new.unit,
        occurred_on: new.occurred_on,
        state,
        fields: new.fields.clone(),
        by: by.clone(),
        reason: None,
        digest: Digest::START,
    };
    put_version(tx, id, &version)?;
    Ok(id)
}

/// Changes the entry `id`, which somebody saw at `version`.
///
/// # Errors
///
/// [`EntryError`]; then nothing has changed.
pub fn change(
    tx: &mut Tx<'_>,
    (id, version): (i64, i64),
    change: EntryChange<'_>,
    (why, by): (&str, &By),
) -> Result<Entry, EntryError> {
    if why.trim().is_empty() {
        return Err(EntryError::NoReason);
    }
    let entry = get(tx, id)?.ok_or(EntryError::NotFound)?;
    if entry.now.version != version {
        return Err(EntryError::Stale { current: entry.now.version });
    }
    if entry.now.state == EntryState::Withdrawn {
        return Err(EntryError::Withdrawn);
    }
    let reason = Some(why.to_owned());
    let before = EntryVersion { version: version + 1, by: by.clone(), reason, ..entry.now };
    let after = match change {
        EntryChange::Correct { unit, occurred_on, fields } => {
            EntryVersion { unit, occurred_on, fields: fields.clone(), ..before }
        }
        EntryChange::Withdraw => EntryVersion { state: EntryState::Withdrawn, ..before },
    };
    let unit_id = i64::from(after.unit.0);
    tx.execute(
        sql!("entries/change"),
        &[&unit_id, &after.occurred_on, &after.state.code(), &after.version, &id],
    )?;
    put_version(tx, id, &after)?;
    get(tx, id)?.ok_or(EntryError::NotFound)
}

/// The entry of that number, if there is one.
///
/// # Errors
///
/// [`StoreError`] if the engine fails or the entry is damaged.
pub fn get(tx: &mut Tx<'_>, id: i64) -> Result<Option<Entry>, StoreError> {
    let found = tx.query_one(sql!("entries/get"), &[&id], read)?;
    Ok(found.filter(|it| tx.sees(it.now.unit)))
}

/// All versions of an entry, first to last.
///
/// # Errors
///
/// [`StoreError`] if the engine fails or a version is damaged.
pub fn versions(tx: &mut Tx<'_>, id: i64) -> Result<Vec<EntryVersion>, StoreError> {
    tx.query(sql!("entries/versions"), &[&id], |row| read_version(row, id, 0))
}

/// Which entries are listed.
#[derive(Clone, Copy, Debug)]
pub struct EntryFilter<'a> {
    /// Of a pack: `KVPT`.
    pub pack: &'a str,
    /// Of a register: `course`.
    pub register: &'a str,
    /// Of one unit; `None` means of all.
    pub unit: Option<UnitId>,
    /// From that day.
    pub from: Date,
    /// To that day, which is in it.
    pub to: Date,
    /// Withdrawn ones too.
    pub withdrawn: bool,
}

/// Entries in the order of their days.
///
/// # Errors
///
/// [`StoreError`] if the engine fails or one of them is damaged.
pub fn list(tx: &mut Tx<'_>, filter: &EntryFilter<'_>) -> Result<Vec<Entry>, StoreError> {
    let EntryFilter { pack, register, unit, from, to, withdrawn } = filter;
    let unit_id = unit.map_or(-1, |it| i64::from(it.0));
    let mut found = tx.query(sql!("entries/list"), &[pack, register, &unit_id, from, to], read)?;
    found.retain(|it| *withdrawn || it.now.state == EntryState::Kept);
    found.retain(|it| tx.sees(it.now.unit));
    Ok(found)
}

fn put_version(tx: &mut Tx<'_>, id: i64, it: &EntryVersion) -> Result<(), StoreError> {
    let (unit_id, fields, at) = (i64::from(it.unit.0), canonical(&it.fields), it.by.moment());
    let digest = digest(id, it, &fields);
    tx.execute(
        sql!("entries/put_version"),
        &[
            &id,
            &it.version,
            &unit_id,
            &it.occurred_on,
            &it.state.code(),
            &fields,
            &it.by.actor,
            &at,
            &it.reason,
            &digest.0.as_slice(),
        ],
    )?;
    Ok(())
}

fn digest(id: i64, it: &EntryVersion, fields: &str) -> Digest {
    Digesting::new("dondoc entry 1")
        .int(id)
        .int(it.version)
        .int(it.unit.0.into())
        .text(&it.occurred_on.to_string())
        .text(it.state.code())
        .text(fields)
        .text(&it.by.actor)
        .text(&it.by.moment())
        .maybe_text(it.reason.as_deref())
        .done()
}

/// JSON with the keys of all objects in order, so that the same fields are always the same text.
fn canonical(fields: &Map<String, Value>) -> String {
    fn in_order(value: &Value) -> Value {
        match value {
            Value::Object(map) => {
                let map: BTreeMap<&String, Value> =
                    map.iter().map(|(key, it)| (key, in_order(it))).collect();
                Value::Object(map.into_iter().map(|(key, it)| (key.clone(), it)).collect())
            }
            Value::Array(list) => Value::Array(list.iter().map(in_order).collect()),
            it => it.clone(),
        }
    }
    in_order(&Value::Object(fields.clone())).to_string()
}

/// Columns: the entry as it is filed (number, pack, register, version), and that version.
fn read(row: &Row<'_>) -> Result<Entry, BoxError> {
    let id = row.int(0)?;
    let now = read_version(row, id, 7)?;
    let filed = (row.int(3)?, row.int(4)?, row.text(5)?, row.text(6)?);
    let says =
        (now.version, now.unit.0.into(), now.occurred_on.to_string(), now.state.code().to_owned());
    if filed != says {
        return Err(format!("entry {id} is damaged: it is not filed as its version says").into());
    }
    Ok(Entry { id, pack: row.text(1)?, register: row.text(2)?, now })
}

/// Columns from `at`: version, unit, day, state, fields, who, when, why, digest.
pub(crate) fn read_version(row: &Row<'_>, id: i64, at: usize) -> Result<EntryVersion, BoxError> {
    let fields = row.text(at + 4)?;
    let state = match row.text(at + 3)?.as_str() {
        "kept" => EntryState::Kept,
        "withdrawn" => EntryState::Withdrawn,
        it => return Err(format!("entry {id} is damaged: no such state `{it}`").into()),
    };
    let version = EntryVersion {
        version: row.int(at)?,
        unit: UnitId(row.int(at + 1)?.try_into()?),
        occurred_on: row.text(at + 2)?.parse()?,
        state,
        fields: serde_json::from_str(&fields)?,
        by: By { actor: row.text(at + 5)?, at: row.text(at + 6)?.parse()? },
        reason: row.maybe_text(at + 7)?,
        digest: Digest::read(&row.bytes(at + 8)?)?,
    };
    if digest(id, &version, &fields) != version.digest {
        return Err(format!("entry {id} is damaged: its digest does not hold").into());
    }
    Ok(version)
}
