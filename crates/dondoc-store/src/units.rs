//! What is known of units over time, and which files said so.

use dondoc_core::unit::{Change, Units};
use jiff::civil::Date;
use sha2::{Digest as _, Sha256};

use crate::{
    db::{Action, BoxError, By, Row, Store, StoreError, Tx},
    sql::sql,
};

/// All units over all time, and the files that told of them.
#[derive(Clone, Debug, Default)]
pub struct KeptUnits {
    /// The units.
    pub units: Units,
    /// The files, in the order in which they were loaded.
    pub sources: Vec<UnitSource>,
}

impl KeptUnits {
    /// The days for which loaded lists vouch.
    #[must_use]
    pub fn vouched_days(&self) -> Vec<Date> {
        self.sources.iter().filter_map(|it| it.vouches_on).collect()
    }

    /// Whether a file with these bytes was loaded.
    #[must_use]
    pub fn has_loaded(&self, sha256: &str) -> bool {
        self.sources.iter().any(|it| it.sha256 == sha256)
    }
}

/// A file about units that was loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitSource {
    /// Its name.
    pub name: String,
    /// SHA-256 of its bytes, in hexadecimal digits.
    pub sha256: String,
    /// The day for which it vouches, if it is a list or table of one day.
    pub vouches_on: Option<Date>,
    /// How many changes it brought.
    pub n_changes: usize,
    /// Who loaded it; the moment is text as it is kept.
    pub actor: String,
    /// When, RFC 3339.
    pub loaded_at: String,
}

/// A file with what it changes.
#[derive(Clone, Copy, Debug)]
pub struct NewSource<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// The day for which it vouches.
    pub vouches_on: Option<Date>,
    /// What it changes, in order.
    pub changes: &'a [Change],
}

/// What a file or a document brought, without its bytes.
#[derive(Clone, Copy, Debug)]
pub struct Brought<'a> {
    /// The name of the file or document.
    pub name: &'a str,
    /// SHA-256 of its bytes, in hexadecimal digits.
    pub sha256: &'a str,
    /// The day for which it vouches.
    pub vouches_on: Option<Date>,
    /// What it changes, in order.
    pub changes: &'a [Change],
}

/// Changes of units can't be kept.
#[derive(Debug, thiserror::Error)]
pub enum UnitsError {
    /// Somebody else changed units since these changes were planned: plan them again.
    #[error("units have changed since this was planned; load the file again")]
    Stale,
    /// The engine failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// SHA-256 of a file's bytes, in hexadecimal digits.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|it| format!("{it:02x}")).collect()
}

/// Everything that is known of units.
///
/// # Errors
///
/// [`StoreError`] if the engine fails, or if a change is not the one that was kept: then nothing is given, for one wrong
/// parent makes all totals wrong.
pub fn load(store: &Store) -> Result<KeptUnits, StoreError> {
    store.read(all)
}

/// As [`load`], within a transaction.
///
/// # Errors
///
/// As there.
pub fn all(tx: &mut Tx<'_>) -> Result<KeptUnits, StoreError> {
    let sources = tx.query(sql!("units/sources"), &[], source)?;
    let mut digests = vec![Sha256::new(); sources.len()];
    let mut counts = vec![0; sources.len()];
    let places: std::collections::HashMap<i64, usize> =
        sources.iter().enumerate().map(|(at, it)| (it.0, at)).collect();
    let mut changes: Vec<Change> = Vec::new();
    tx.each(sql!("units/changes"), &[], |row| {
        let body = row.text(2)?;
        let place = *places.get(&row.int(0)?).ok_or("a change without its source")?;
        add_to(&mut digests[place], &body);
        counts[place] += 1;
        let change: Change = serde_json::from_str(&body)?;
        if i64::from(change.unit.0) != row.int(1)? {
            return Err("a change stands under another unit".into());
        }
        changes.push(change);
        Ok(())
    })?;
    for ((digest, n_changes), (_, source, kept)) in digests.into_iter().zip(counts).zip(&sources) {
        if digest.finalize().as_slice() != kept.as_slice() || n_changes != source.n_changes {
            let fault = format!("the changes of `{}` are not those that were kept", source.name);
            return Err(StoreError::at("units/changes")(fault));
        }
    }
    let sources = sources.into_iter().map(|it| it.1).collect();
    Ok(KeptUnits { units: Units::new(changes), sources })
}

fn source(row: &Row<'_>) -> Result<(i64, UnitSource, Vec<u8>), BoxError> {
    let source = UnitSource {
        name: row.text(1)?,
        sha256: row.text(2)?,
        vouches_on: row.maybe_day(3)?,
        n_changes: row.size(4)?,
        actor: row.text(6)?,
        loaded_at: row.text(7)?,
    };
    Ok((row.int(0)?, source, row.bytes(5)?))
}

fn add_to(digest: &mut Sha256, body: &str) {
    digest.update((body.len() as u64).to_be_bytes());
    digest.update(body.as_bytes());
}

/// Keeps what files change, all or nothing, with a line in the audit trail; `n_before` is how many changes there were when
/// it was planned.
///
/// # Errors
///
/// [`UnitsError::Stale`] if there are others by now, and [`StoreError`]; then nothing has changed.
pub fn append(
    store: &Store,
    files: &[NewSource<'_>],
    n_before: usize,
    by: &By,
) -> Result<(), UnitsError> {
    let digests: Vec<String> = files.iter().map(|it| sha256(it.bytes)).collect();
    let brought = files.iter().zip(&digests).map(|(it, sha256)| Brought {
        name: it.name,
        sha256,
        vouches_on: it.vouches_on,
        changes: it.changes,
    });
    let brought: Vec<Brought<'_>> = brought.collect();
    store.write(|tx| Ok(((), append_in(tx, &brought, n_before, by)?)))
}

/// As [`append`], within a transaction: gives the line for the audit trail.
///
/// # Errors
///
/// As there; then the caller has to let the transaction fail.
pub fn append_in(
    tx: &mut Tx<'_>,
    files: &[Brought<'_>],
    n_before: usize,
    by: &By,
) -> Result<Action, UnitsError> {
    let n_kept = tx.query_one(sql!("units/count"), &[], |row| row.size(0))?;
    if n_kept != Some(n_before) {
        return Err(UnitsError::Stale);
    }
    for file in files {
        put(tx, file, by)?;
    }
    let names: Vec<&str> = files.iter().map(|it| it.name).collect();
    Ok(Action { by: by.clone(), verb: "units.load", object: names.join(", ") })
}

fn put(tx: &mut Tx<'_>, file: &Brought<'_>, by: &By) -> Result<(), StoreError> {
    let bodies: Vec<String> = file
        .changes
        .iter()
        .map(serde_json::to_string)
        .collect::<Result<_, _>>()
        .map_err(StoreError::at("units/put_change"))?;
    let mut digest = Sha256::new();
    bodies.iter().for_each(|it| add_to(&mut digest, it));
    let digest = digest.finalize();
    let source_id = tx.take_ids("unit_source", 1)?;
    let n_changes = i64::try_from(bodies.len()).map_err(StoreError::at("units/put_source"))?;
    tx.execute(
        sql!("units/put_source"),
        &[
            &source_id,
            &file.name,
            &file.sha256,
            &file.vouches_on,
            &n_changes,
            &digest.as_slice(),
            &by.actor,
            &by.moment(),
        ],
    )?;
    let first = tx.take_ids("unit_change", bodies.len())?;
    for ((change, body), change_id) in file.changes.iter().zip(&bodies).zip(first..) {
        let unit = i64::from(change.unit.0);
        let (verb, day) = (change.what.code(), change.when.effective());
        tx.execute(sql!("units/put_change"), &[&change_id, &source_id, &unit, &verb, &day, body])?;
    }
    Ok(())
}
