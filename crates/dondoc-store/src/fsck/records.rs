//! All that is kept beside figures: submissions, corrections, entries, targets, packs, files.

use sha2::{Digest as _, Sha256};

use super::{Looked, Report, Wrong};
use crate::{
    blocks::Digest,
    db::{BoxError, Row, Tx},
    packs::{self, sha256},
    registers,
    sql::{Sql, sql},
    submissions::{self, Submission, corrections, steps},
    targets,
};

pub(super) fn submissions(tx: &mut Tx<'_>, report: &mut Report) -> Looked {
    let ids = tx.query(sql!("fsck/submissions"), &[], |row| row.int(0))?;
    for id in ids {
        let object = format!("submission {id}");
        let submission = submissions::get(tx, id);
        let steps = steps::taken(tx, id);
        let (submission, steps) = match (submission, steps) {
            (Ok(Some(submission)), Ok(steps)) => (submission, steps),
            (Ok(None), _) => {
                report.add(Wrong::Missing, object, "listed, but not found");
                continue;
            }
            (Err(err), _) | (_, Err(err)) => {
                report.add(Wrong::Unreadable, object, super::words(&err));
                continue;
            }
        };
        report.n_records += 1;
        let Submission { standing, version, content, .. } = submission;
        let stood = steps::standing_after(&steps);
        if stood.as_ref() != Some(&standing) {
            report.add(Wrong::Disagrees, &object, format!("{standing:?}, its steps {stood:?}"));
        }
        let versions = steps.iter().map(|it| it.version);
        if !versions.eq(1..=version) {
            let n_steps = steps.len();
            report.add(Wrong::Missing, &object, format!("version {version}, {n_steps} steps"));
        }
        if steps.last().is_some_and(|it| it.content_sha256 != sha256(&content.to_string())) {
            report.add(Wrong::Digest, object, "its content");
        }
    }
    Ok(())
}

pub(super) fn corrections(tx: &mut Tx<'_>, report: &mut Report) -> Looked {
    each(tx, report, (sql!("fsck/corrections"), "correction"), |row| {
        corrections::read(row).map(drop)
    })
}

pub(super) fn targets(tx: &mut Tx<'_>, report: &mut Report) -> Looked {
    each(tx, report, (sql!("targets/all"), "target"), |row| targets::read(row).map(drop))
}

pub(super) fn packs(tx: &mut Tx<'_>, report: &mut Report) -> Looked {
    each(tx, report, (sql!("packs/all"), "pack"), |row| packs::read(row).map(drop))
}

pub(super) fn entries(tx: &mut Tx<'_>, report: &mut Report) -> Looked {
    each(tx, report, (sql!("fsck/entry_versions"), "entry"), |row| {
        registers::read_version(row, row.int(0)?, 1).map(drop)
    })?;
    let misfiled = tx.query(sql!("fsck/misfiled_entries"), &[], |row| row.int(0))?;
    for id in misfiled {
        report.add(Wrong::Disagrees, format!("entry {id}"), "not filed as its versions say");
    }
    Ok(())
}

/// Numbers are given out one after the other, and nothing is ever taken out.
pub(super) fn numbers(tx: &mut Tx<'_>, report: &mut Report) -> Looked {
    let counts = tx.query(sql!("fsck/numbers"), &[], |row| {
        let (n_rows, highest) = (row.int(1)?, row.maybe_int(2)?.unwrap_or(0));
        Ok((row.text(0)?, n_rows, highest, row.maybe_int(3)?.unwrap_or(0)))
    })?;
    for (table, n_rows, highest, given) in counts {
        if n_rows != given || highest != given {
            let detail = format!("{given} were given out, {n_rows} are there up to {highest}");
            report.add(Wrong::Missing, table, detail);
        }
    }
    Ok(())
}

/// Stored documents, and what is attached to entries and tasks.
pub(super) fn files(tx: &mut Tx<'_>, report: &mut Report) -> Looked {
    originals(tx, report, (sql!("fsck/files"), sql!("fsck/file"), "file"))?;
    let attached = (sql!("fsck/entry_files"), sql!("entry_files/bytes"), "attached file");
    originals(tx, report, attached)?;
    originals(tx, report, (sql!("fsck/evidence"), sql!("fsck/evidence_bytes"), "evidence"))
}

/// Whether files are still those that came in: by their numbers, each with its digest and its bytes.
fn originals(
    tx: &mut Tx<'_>,
    report: &mut Report,
    (numbers, one, noun): (Sql, Sql, &'static str),
) -> Looked {
    // One at a time: together they may be larger than the memory.
    let ids = tx.query(numbers, &[], |row| row.int(0))?;
    for id in ids {
        let object = format!("{noun} {id}");
        let found = tx.query_one(one, &[&id], |row| {
            Ok(row.text(0)? == Digest(Sha256::digest(row.bytes(1)?).into()).to_string())
        });
        match found {
            Ok(Some(true)) => report.n_records += 1,
            Ok(Some(false)) => report.add(Wrong::Digest, object, "its original"),
            Ok(None) => report.add(Wrong::Missing, object, "listed, but not found"),
            Err(err) => report.add(Wrong::Unreadable, object, super::words(&err)),
        }
    }
    Ok(())
}

/// Reads each row with the check that belongs to it.
fn each(
    tx: &mut Tx<'_>,
    report: &mut Report,
    (sql, noun): (Sql, &'static str),
    check: impl Fn(&Row<'_>) -> Result<(), BoxError>,
) -> Looked {
    tx.each(sql, &[], |row| {
        match check(row) {
            Ok(()) => report.n_records += 1,
            Err(err) => {
                let id = row.int(0).map(|it| it.to_string()).or_else(|_| row.text(0));
                let object = format!("{noun} {}", id.unwrap_or_default());
                report.add(Wrong::Digest, object, err.to_string());
            }
        }
        Ok(())
    })
}
