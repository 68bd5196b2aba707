//! Blocks: digests, chain, numbers, and what else speaks of them.

use std::collections::HashMap;

use dondoc_core::period::Period;

use super::{Found, Looked, Report, Wrong};
use crate::{
    blocks::{self, Block, BlockId, Damaged, Origin},
    db::{StoreError, Tx},
    sql::sql,
};

/// How many blocks are looked at in one go.
const PAGE: usize = 256;

/// What the blocks say about everything else.
#[derive(Default)]
struct Tally {
    /// Of each unit and period: how many blocks, and the last.
    counts: HashMap<(i64, Period), (i64, i64)>,
    submissions: HashMap<i64, Brought>,
    /// Damage was found, so what is missing from a count is told already.
    is_short: bool,
}

/// What a submission has brought.
struct Brought {
    n_blocks: i64,
    of: (i64, Period),
}

/// Who did something when, by the number of the line that tells of it.
type AuditLines = HashMap<i64, (String, String)>;

pub(super) fn look(tx: &mut Tx<'_>, report: &mut Report) -> Looked {
    let lines = audit_lines(tx, report)?;
    let (by_counter, by_number, n_there) = blocks::counts(tx)?;
    if by_counter != by_number {
        let detail = format!("{by_counter} were given out, the last is {by_number}");
        report.add(Wrong::Missing, "blocks", detail);
    }
    // One of the two may be damaged and say anything; the number of rows bounds the search.
    let last = by_counter.min(by_number).max(by_number.min(n_there));
    let mut tally = Tally { is_short: by_counter != by_number, ..Tally::default() };
    let mut at = 0;
    while at < last {
        let take = usize::try_from(last - at).unwrap_or(PAGE).min(PAGE);
        for found in blocks::scan(tx, BlockId(at), take)? {
            at += 1;
            match found {
                Ok(block) => tally.see(&block, &lines, report),
                Err(damaged) => {
                    tally.is_short = true;
                    report.damages.push(told(&damaged));
                }
            }
        }
    }
    compare_counts(tx, &tally, report)?;
    compare_submissions(tx, &tally, report)
}

impl Tally {
    fn see(&mut self, block: &Block, lines: &AuditLines, report: &mut Report) {
        let (unit_id, Block { id, period, .. }) = (i64::from(block.unit.0), block);
        report.n_blocks += 1;
        report.n_figures += block.body.records().len() as u64;
        report.last = (*id, block.chain);
        let count = self.counts.entry((unit_id, *period)).or_default();
        *count = (count.0 + 1, id.0);
        if let Origin::Submission(submission_id) = block.origin {
            let of = (unit_id, *period);
            let new = || Brought { n_blocks: 0, of };
            let brought = self.submissions.entry(submission_id).or_insert_with(new);
            brought.n_blocks += 1;
            if brought.of != of {
                let detail = format!("block {id} is of another unit or period");
                report.add(Wrong::Disagrees, format!("submission {submission_id}"), detail);
            }
        }
        let line = lines.get(&block.audit_id);
        let says =
            line.is_some_and(|(actor, at)| *actor == block.by.actor && *at == block.by.moment());
        if !says {
            report.damages.push(Found {
                what: Wrong::NoAuditLine,
                object: format!("block {id}"),
                unit: Some(block.unit),
                period: Some(*period),
                detail: format!("line {} tells nothing of it", block.audit_id),
            });
        }
    }
}

fn told(damaged: &Damaged) -> Found {
    Found {
        what: Wrong::Block(damaged.damage),
        object: format!("block {}", damaged.block_id),
        unit: damaged.unit,
        period: damaged.period,
        detail: String::new(),
    }
}

fn audit_lines(tx: &mut Tx<'_>, report: &mut Report) -> Result<AuditLines, StoreError> {
    let lines = tx.query(sql!("audit/chain"), &[], |row| {
        let read = || Ok::<_, crate::db::BoxError>((row.int(0)?, (row.text(1)?, row.text(4)?)));
        Ok(read().ok())
    });
    match lines {
        Ok(lines) => Ok(lines.into_iter().flatten().collect()),
        Err(err) if tx.dialect() == crate::db::Dialect::Sqlite => {
            report.add(Wrong::Unreadable, "audit", super::words(&err));
            Ok(HashMap::new())
        }
        Err(err) => Err(err),
    }
}

/// What is kept beside the blocks about how many there are of each unit and period.
fn compare_counts(tx: &mut Tx<'_>, tally: &Tally, report: &mut Report) -> Looked {
    let kept = tx.query(sql!("fsck/block_counts"), &[], |row| {
        Ok((row.int(0)?, row.text(1)?, (row.int(2)?, row.int(3)?)))
    })?;
    let n_kept = kept.len();
    for (unit_id, period, kept) in kept {
        let found = period.parse().ok().and_then(|it| tally.counts.get(&(unit_id, it)));
        if found != Some(&kept) && !tally.is_short {
            let detail = format!("{kept:?} were counted, {found:?} are there");
            let object = format!("blocks of unit {unit_id}, {period}");
            report.add(Wrong::Disagrees, object, detail);
        }
    }
    if n_kept != tally.counts.len() && !tally.is_short {
        let detail =
            format!("{n_kept} units and periods were counted, {} are there", tally.counts.len());
        report.add(Wrong::Disagrees, "blocks", detail);
    }
    Ok(())
}

fn compare_submissions(tx: &mut Tx<'_>, tally: &Tally, report: &mut Report) -> Looked {
    let mut kept: HashMap<i64, (i64, i64, String)> = HashMap::new();
    tx.each(sql!("fsck/submission_blocks"), &[], |row| {
        kept.insert(row.int(0)?, (row.int(1)?, row.int(2)?, row.text(3)?));
        Ok(())
    })?;
    for (id, brought) in &tally.submissions {
        let (unit_id, period) = brought.of;
        let is_same = kept.remove(id).is_some_and(|it| {
            (it.0 == brought.n_blocks || tally.is_short)
                && (it.1, it.2) == (unit_id, period.to_string())
        });
        if !is_same {
            let n_blocks = brought.n_blocks;
            let detail =
                format!("{n_blocks} blocks of unit {unit_id}, {period} say they are from it");
            report.add(Wrong::Disagrees, format!("submission {id}"), detail);
        }
    }
    for (id, (n_blocks, ..)) in kept.into_iter().filter(|it| it.1.0 > 0 && !tally.is_short) {
        let detail = format!("it has brought {n_blocks} blocks, none is there");
        report.add(Wrong::Disagrees, format!("submission {id}"), detail);
    }
    Ok(())
}
