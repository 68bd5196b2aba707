//! Files attached to entries: photographs, minutes, decisions, as the evidence of what was noted down.

use dondoc_core::unit::UnitId;
use jiff::civil::Date;
use sha2::{Digest as _, Sha256};

use crate::{
    blocks::Digest,
    db::{BoxError, By, Row, StoreError, Tx},
    sql::sql,
};

/// A file on its way in.
#[derive(Clone, Copy, Debug)]
pub struct NewEntryFile<'a> {
    /// The entry that it belongs to.
    pub entry: i64,
    /// Its bare name.
    pub name: &'a str,
    /// What its bytes are: `pdf`.
    pub kind: &'a str,
    /// All of it.
    pub bytes: &'a [u8],
}

/// An attached file, without its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryFile {
    /// Its number.
    pub id: i64,
    /// The entry that it belongs to.
    pub entry: i64,
    /// Its bare name.
    pub name: String,
    /// What its bytes are: `pdf`.
    pub kind: String,
    /// How many bytes.
    pub n_bytes: i64,
    /// SHA-256 of them, in hexadecimal digits.
    pub sha256: String,
    /// Who attached it, and when.
    pub by: By,
    /// Who took it back, when and why; it is shown no more then.
    pub withdrawn: Option<(By, String)>,
}

/// How many entries of a register a unit has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryCount {
    /// The programme pack.
    pub pack: String,
    /// The register.
    pub register: String,
    /// Whose.
    pub unit: UnitId,
    /// How many are kept.
    pub n: i64,
    /// The day of the last.
    pub last: Date,
}

/// How many entries are kept of each register and unit, from one day to another, both in it.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn counts(tx: &mut Tx<'_>, (from, to): (Date, Date)) -> Result<Vec<EntryCount>, StoreError> {
    let mut found = tx.query(sql!("entries/count"), &[&from, &to], |row| {
        Ok(EntryCount {
            pack: row.text(0)?,
            register: row.text(1)?,
            unit: UnitId(row.int(2)?.try_into()?),
            n: row.int(3)?,
            last: row.text(4)?.parse()?,
        })
    })?;
    found.retain(|it| tx.sees(it.unit));
    Ok(found)
}

/// Attaches a file to an entry, and gives its number.
///
/// # Errors
///
/// [`StoreError`] if the engine fails or there is no such entry.
pub fn attach(tx: &mut Tx<'_>, new: &NewEntryFile<'_>, by: &By) -> Result<i64, StoreError> {
    let id = tx.take_ids("entry_file", 1)?;
    let n_bytes = i64::try_from(new.bytes.len()).map_err(StoreError::at("entry_files/put"))?;
    let sha256 = Digest(Sha256::digest(new.bytes).into()).to_string();
    tx.execute(
        sql!("entry_files/put"),
        &[
            &id,
            &new.entry,
            &new.name,
            &new.kind,
            &n_bytes,
            &sha256,
            &new.bytes,
            &by.actor,
            &by.moment(),
        ],
    )?;
    Ok(id)
}

/// The files of an entry in the order in which they came, withdrawn ones too.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn of_entry(tx: &mut Tx<'_>, entry: i64) -> Result<Vec<EntryFile>, StoreError> {
    tx.query(sql!("entry_files/of_entry"), &[&entry], read)
}

/// The attached file of that number, if there is one and its entry is seen.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn get(tx: &mut Tx<'_>, id: i64) -> Result<Option<EntryFile>, StoreError> {
    let found = tx.query_one(sql!("entry_files/get"), &[&id], read)?;
    match found {
        Some(file) if super::get(tx, file.entry)?.is_some() => Ok(Some(file)),
        _ => Ok(None),
    }
}

/// The bytes of an attached file as they came in.
///
/// # Errors
///
/// [`StoreError`] if the engine fails, or they are not those that came in.
pub fn bytes(tx: &mut Tx<'_>, id: i64) -> Result<Option<Vec<u8>>, StoreError> {
    tx.query_one(sql!("entry_files/bytes"), &[&id], |row| {
        let (sha256, bytes) = (row.text(0)?, row.bytes(1)?);
        if Digest(Sha256::digest(&bytes).into()).to_string() != sha256 {
            return Err(format!("attached file {id} is damaged: its digest does not hold").into());
        }
        Ok(bytes)
    })
}

/// Takes an attached file back: its bytes stay, but it is shown no more. Whoever calls has a reason.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn withdraw(tx: &mut Tx<'_>, id: i64, (why, by): (&str, &By)) -> Result<(), StoreError> {
    tx.execute(sql!("entry_files/withdraw"), &[&by.actor, &by.moment(), &why, &id])?;
    Ok(())
}

/// How many files each entry of a register has, withdrawn ones left out; entries without are not in it.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn n_of_entries(
    tx: &mut Tx<'_>,
    (pack, register): (&str, &str),
) -> Result<Vec<(i64, i64)>, StoreError> {
    tx.query(sql!("entry_files/count"), &[&pack, &register], |row| Ok((row.int(0)?, row.int(1)?)))
}

fn read(row: &Row<'_>) -> Result<EntryFile, BoxError> {
    let withdrawn = match (row.maybe_text(8)?, row.maybe_text(9)?, row.maybe_text(10)?) {
        (Some(actor), Some(at), Some(why)) => Some((By { actor, at: at.parse()? }, why)),
        _ => None,
    };
    Ok(EntryFile {
        id: row.int(0)?,
        entry: row.int(1)?,
        name: row.text(2)?,
        kind: row.text(3)?,
        n_bytes: row.int(4)?,
        sha256: row.text(5)?,
        by: By { actor: row.text(6)?, at: row.text(7)?.parse()? },
        withdrawn,
    })
}
