//! Looking for damage: every digest, every chain, and whether what belongs together is there.
//!
//! An engine's own check sees a broken page, not a changed number in a whole one. What is found here was changed by
//! something else than Dondoc: a disk, a memory cell, a hand.

mod figures;
mod records;

use dondoc_core::{period::Period, unit::UnitId};

use crate::{
    audit,
    blocks::{BlockId, Chain, Damage},
    db::{Dialect, Store, StoreError, Tx},
    sql::sql,
};

/// What a look at the whole store has shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Blocks that hold.
    pub n_blocks: u64,
    /// Figures in them.
    pub n_figures: u64,
    /// Submissions, entries of registers in all versions, targets, corrections, packs and files.
    pub n_records: u64,
    /// Lines of the audit trail.
    pub n_audit_lines: u64,
    /// The newest block that holds, and the chain up to it: what another copy of the store must have as well.
    pub last: (BlockId, Chain),
    /// What is wrong, in the order of looking.
    pub damages: Vec<Found>,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What is wrong.
    pub what: Wrong,
    /// What it is wrong with: `block 12`, `submission 4`, `file 3`.
    pub object: String,
    /// Whose figures are concerned, as far as that can be told.
    pub unit: Option<UnitId>,
    /// Of when.
    pub period: Option<Period>,
    /// More, in words of the engine or with both sides of a difference; for those who repair.
    pub detail: String,
}

/// What is wrong with something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wrong {
    /// The engine says that its own file is broken.
    Engine,
    /// A block can't be trusted.
    Block(Damage),
    /// A digest is not the one of what it was made of.
    Digest,
    /// Records with consecutive numbers are not all there.
    Missing,
    /// Two places that say the same thing say different things.
    Disagrees,
    /// A block has no line in the audit trail.
    NoAuditLine,
    /// The chain of the audit trail is broken.
    AuditChain,
    /// It can't be read.
    Unreadable,
}

impl Wrong {
    /// The name in JSON: `block_digest`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Engine => "engine",
            Self::Block(Damage::Missing) => "block_missing",
            Self::Block(Damage::Unreadable) => "block_unreadable",
            Self::Block(Damage::Digest) => "block_digest",
            Self::Block(Damage::Chain) => "block_chain",
            Self::Block(Damage::Unknown) => "block_unknown",
            Self::Digest => "digest",
            Self::Missing => "missing",
            Self::Disagrees => "disagrees",
            Self::NoAuditLine => "no_audit_line",
            Self::AuditChain => "audit_chain",
            Self::Unreadable => "unreadable",
        }
    }
}

impl Report {
    fn empty() -> Self {
        Self {
            n_blocks: 0,
            n_figures: 0,
            n_records: 0,
            n_audit_lines: 0,
            last: (BlockId::NONE, Chain::START),
            damages: Vec::new(),
        }
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.damages.is_empty()
    }

    fn add(&mut self, what: Wrong, object: impl Into<String>, detail: impl Into<String>) {
        let (object, detail) = (object.into(), detail.into());
        self.damages.push(Found { what, object, unit: None, period: None, detail });
    }

    /// What a part of the look shows; a part that the engine can't do is damage, not the end.
    fn part(&mut self, store: &Store, look: impl FnOnce(&mut Tx<'_>, &mut Self) -> Looked) {
        if let Err(err) = store.read(|tx| look(tx, self)) {
            self.add(Wrong::Unreadable, err.to_string(), words(&err));
        }
    }
}

type Looked = Result<(), StoreError>;
type Look = fn(&mut Tx<'_>, &mut Report) -> Looked;

/// Looks at everything that is kept. Others may go on reading and writing meanwhile.
#[must_use]
pub fn run(store: &Store) -> Report {
    run_telling(store, &mut |_, _| {})
}

/// As [`run`], saying after each part how many of how many are done.
#[must_use]
pub fn run_telling(store: &Store, tell: &mut dyn FnMut(u64, u64)) -> Report {
    let looks: [Look; 10] = [
        engine,
        audit_trail,
        figures::look,
        records::submissions,
        records::corrections,
        records::entries,
        records::targets,
        records::packs,
        records::numbers,
        records::files,
    ];
    let mut report = Report::empty();
    for (look, n_done) in looks.iter().zip(1..) {
        report.part(store, look);
        tell(n_done, looks.len() as u64);
    }
    report
}

fn engine(tx: &mut Tx<'_>, report: &mut Report) -> Looked {
    // PostgreSQL has no such check of its own that every installation knows.
    if tx.dialect() == Dialect::Sqlite {
        let said = tx.query(sql!("fsck/integrity.sqlite"), &[], |row| row.text(0))?;
        for line in said.into_iter().filter(|it| it != "ok") {
            report.add(Wrong::Engine, "database", line);
        }
    }
    Ok(())
}

fn audit_trail(tx: &mut Tx<'_>, report: &mut Report) -> Looked {
    match audit::verify_in(tx)? {
        audit::Chain::Whole { n_lines, .. } => {
            report.n_audit_lines = u64::try_from(n_lines).unwrap_or(0);
        }
        audit::Chain::Broken { line, flaw } => {
            report.add(Wrong::AuditChain, format!("audit {line}"), format!("{flaw:?}"));
        }
    }
    Ok(())
}

/// An error with all that is behind it.
fn words(err: &dyn std::error::Error) -> String {
    let chain = std::iter::successors(err.source(), |it| it.source());
    chain.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
