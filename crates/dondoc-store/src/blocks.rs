//! Blocks: the figures of one unit and period that one write brought, kept for ever.
//!
//! A block is never changed. A later block's figure of the same cell is the version in force, so the figures as of
//! block *n* are what blocks 1 to *n* say. Each block has a digest of all that it is, and the digests make a chain.
//!
//! **Invariant:** figures leave this module only if digest and chain hold; [`Damaged`] says which block does not.
//!
//! - [`wire`]: how the figures of a block are written down
//! - `header`: what a block is but for its figures, and the digest of both
//! - `reading`: blocks on their way out, checked

mod header;
mod reading;
pub mod wire;

use std::{borrow::Borrow, fmt};

use dondoc_core::{
    figure::{Figure, Series},
    period::Period,
    unit::UnitId,
};

pub use header::{Chain, Digest};
pub(crate) use header::{Digesting, chain_at};
pub(crate) use reading::counts;
pub use reading::{Counted, after, counted, get, last, of, scan};

use crate::{
    db::{BoxError, By, Row, StoreError, Tx},
    sql::sql,
};

/// A block's number: from 1, in the order of writing, without gaps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlockId(pub i64);

impl BlockId {
    /// Before the first block.
    pub const NONE: Self = Self(0);
}

impl fmt::Display for BlockId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What brought a block.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// A submission, by its number.
    Submission(i64),
    /// A file that was loaded.
    Import {
        /// Its name.
        file: String,
    },
    /// Entries of a register, counted.
    Register {
        /// The register: `course`.
        register: String,
    },
    /// A document, by its number.
    Document(i64),
    /// A correction after the lock, by its number.
    Correction(i64),
}

/// A block that is to be kept. Its figures may be borrowed one by one, so that nobody copies them for it.
#[derive(Debug)]
pub struct NewBlock<'a, F = Figure> {
    /// Whose figures.
    pub unit: UnitId,
    /// Of when.
    pub period: Period,
    /// What brought them.
    pub origin: &'a Origin,
    /// The figures; they are kept in this order.
    pub figures: &'a [F],
    /// Why, where a reason is due.
    pub reason: Option<&'a str>,
}

impl<F> Clone for NewBlock<'_, F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F> Copy for NewBlock<'_, F> {}

/// A block that was kept, and whose digest holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its number.
    pub id: BlockId,
    /// Whose figures.
    pub unit: UnitId,
    /// Of when.
    pub period: Period,
    /// What brought them.
    pub origin: Origin,
    /// Who kept them, and when.
    pub by: By,
    /// Why, where a reason was due.
    pub reason: Option<String>,
    /// The line of the audit trail that tells of it.
    pub audit_id: i64,
    /// SHA-256 of header and figures.
    pub digest: Digest,
    /// SHA-256 of the chain before and the digest.
    pub chain: Chain,
    /// The figures, compact; see [`Block::figures`].
    pub body: wire::Body,
}

impl Block {
    /// The figures, in the order in which they came.
    pub fn figures(&self) -> impl Iterator<Item = Figure> + '_ {
        self.body.figures()
    }

    /// The last figure of `series` in this block.
    #[must_use]
    pub fn figure(&self, series: &Series) -> Option<Figure> {
        self.body.last_of(series)
    }
}

/// What is wrong with a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Damage {
    /// There is no such block, though there are later ones or it was counted.
    Missing,
    /// Its row can't be read.
    Unreadable,
    /// Its digest is not the one of what it holds.
    Digest,
    /// Its place in the chain does not hold.
    Chain,
    /// Its digest holds, but its figures can't be read: it was written by a newer Dondoc.
    Unknown,
}

impl Damage {
    /// The name in JSON: `digest`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Unreadable => "unreadable",
            Self::Digest => "digest",
            Self::Chain => "chain",
            Self::Unknown => "unknown",
        }
    }
}

/// A block can't be trusted, so its figures are not given out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("block {block_id} is damaged ({}); run `dondoc fsck` and restore a backup", .damage.code())]
pub struct Damaged {
    /// Which.
    pub block_id: BlockId,
    /// What is wrong with it.
    pub damage: Damage,
    /// Whose figures it seems to hold; it may be this that is wrong.
    pub unit: Option<UnitId>,
    /// Of when.
    pub period: Option<Period>,
}

impl Damaged {
    /// The damage that an error of the store is about, if it is about one.
    #[must_use]
    pub fn of(err: &StoreError) -> Option<&Self> {
        std::error::Error::source(err)?.downcast_ref()
    }
}

impl From<Damaged> for StoreError {
    fn from(damaged: Damaged) -> Self {
        Self::at("blocks")(damaged)
    }
}

/// Keeps a block as the newest one, and gives its number.
///
/// # Errors
///
/// [`StoreError`] if the engine fails, the newest block is gone, there is no submission of that number, or there
/// are more figures or words than [`wire`] takes.
pub fn append<F: Borrow<Figure>>(
    tx: &mut Tx<'_>,
    new: &NewBlock<'_, F>,
    by: &By,
) -> Result<BlockId, StoreError> {
    append_all(tx, std::slice::from_ref(new), by)
}

/// Keeps blocks as the newest ones, in their order, and gives the number of the first; much cheaper than one by one
/// on a server. Of no blocks it gives the number that the next one will have.
///
/// # Errors
///
/// As [`append`].
pub fn append_all<F: Borrow<Figure>>(
    tx: &mut Tx<'_>,
    blocks: &[NewBlock<'_, F>],
    by: &By,
) -> Result<BlockId, StoreError> {
    let first = BlockId(tx.take_ids("block", blocks.len())?);
    let (mut chain, audit_id) = header::before(tx, first)?;
    for (id, new) in (first.0..).map(BlockId).zip(blocks) {
        let body = wire::encode(new.figures).map_err(StoreError::at("blocks/append"))?;
        let ordinal = count(tx, id, new)?;
        let header = header::Header::of(id, new, (ordinal, audit_id), by);
        let digest = header.digest(&body);
        chain = chain.next(&digest);
        header.put(tx, &body, (&digest, &chain))?;
    }
    Ok(first)
}

/// Counts a new block with its unit and period and what brought it; the how manieth of the first it is.
fn count<F>(tx: &mut Tx<'_>, id: BlockId, new: &NewBlock<'_, F>) -> Result<i64, StoreError> {
    if let Origin::Submission(submission_id) = new.origin {
        let n_changed = tx.execute(sql!("submissions/count_block"), &[submission_id])?;
        if n_changed != 1 {
            let why = format!("no submission {submission_id}");
            return Err(StoreError::at("submissions/count_block")(why));
        }
    }
    let (unit_id, period) = (i64::from(new.unit.0), new.period.to_string());
    let n_blocks =
        tx.query_one(sql!("blocks/count_up"), &[&unit_id, &period, &id.0], |row| row.int(0))?;
    Ok(n_blocks.unwrap_or(1))
}

/// The numbers of the blocks that `origin` brought, in their order.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn brought_by(tx: &mut Tx<'_>, origin: &Origin) -> Result<Vec<BlockId>, StoreError> {
    let (kind, id, name) = header::origin_parts(origin);
    match (id, name) {
        (Some(id), _) => tx.query(sql!("blocks/brought_by_number"), &[&kind, &id], read_id),
        (None, name) => {
            let name = name.unwrap_or_default();
            tx.query(sql!("blocks/brought_by_name"), &[&kind, &name], read_id)
        }
    }
}

fn read_id(row: &Row<'_>) -> Result<BlockId, BoxError> {
    Ok(BlockId(row.int(0)?))
}
