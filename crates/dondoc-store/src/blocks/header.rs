//! What a block is but for its figures, and the digest of both.

use std::fmt;

use dondoc_core::{period::Period, unit::UnitId};
use sha2::{Digest as _, Sha256};

use super::{BlockId, NewBlock, Origin};
use crate::{
    db::{BoxError, By, Row, StoreError, Tx},
    sql::sql,
};

/// A SHA-256.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

/// The chain up to a block: SHA-256 of the chain before it and its digest. Two stores with the same chain at the
/// same block hold the same figures with the same origins.
pub type Chain = Digest;

impl Digest {
    /// The chain before the first block.
    pub const START: Self = Self([0; 32]);

    /// The chain after a block with that digest.
    #[must_use]
    pub fn next(&self, digest: &Self) -> Self {
        Self(Sha256::new().chain_update(self.0).chain_update(digest.0).finalize().into())
    }

    /// The first 16 digits of it, as they are printed on receipts: `3f2a 9c01 77de 05b4`.
    #[must_use]
    pub fn short(&self) -> String {
        let quads: Vec<String> =
            self.0[..8].chunks(2).map(|it| format!("{:02x}{:02x}", it[0], it[1])).collect();
        quads.join(" ")
    }

    pub(crate) fn read(bytes: &[u8]) -> Result<Self, BoxError> {
        Ok(Self(bytes.try_into()?))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|it| write!(f, "{it:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A digest in the making; each part is written with its length, so that no two lists of parts are written alike.
pub(crate) struct Digesting(Sha256);

impl Digesting {
    /// `what` says what is digested, and in which version of the way.
    pub(crate) fn new(what: &str) -> Self {
        Self(Sha256::new()).text(what)
    }

    pub(crate) fn int(self, it: i64) -> Self {
        self.bytes(&it.to_be_bytes())
    }

    pub(crate) fn text(self, it: &str) -> Self {
        self.bytes(it.as_bytes())
    }

    pub(crate) fn maybe_int(self, it: Option<i64>) -> Self {
        match it {
            Some(it) => self.bytes(b"+").int(it),
            None => self.bytes(b"-"),
        }
    }

    pub(crate) fn maybe_text(self, it: Option<&str>) -> Self {
        match it {
            Some(it) => self.bytes(b"+").text(it),
            None => self.bytes(b"-"),
        }
    }

    pub(crate) fn bytes(mut self, it: &[u8]) -> Self {
        self.0.update((it.len() as u64).to_be_bytes());
        self.0.update(it);
        self
    }

    pub(crate) fn done(self) -> Digest {
        Digest(self.0.finalize().into())
    }
}

/// The columns of a block that its digest covers beside the body.
#[derive(Clone, Debug)]
pub(super) struct Header {
    pub(super) id: BlockId,
    pub(super) unit_id: i64,
    pub(super) period: String,
    /// From 1 within unit and period.
    pub(super) ordinal: i64,
    pub(super) origin: &'static str,
    pub(super) origin_id: Option<i64>,
    pub(super) origin_name: Option<String>,
    pub(super) actor: String,
    pub(super) kept_at: String,
    pub(super) reason: Option<String>,
    pub(super) audit_id: i64,
    pub(super) n_figures: i64,
}

impl Header {
    pub(super) fn of<F>(
        id: BlockId,
        new: &NewBlock<'_, F>,
        (ordinal, audit_id): (i64, i64),
        by: &By,
    ) -> Self {
        let (origin, origin_id, origin_name) = origin_parts(new.origin);
        Self {
            id,
            unit_id: i64::from(new.unit.0),
            period: new.period.to_string(),
            ordinal,
            origin,
            origin_id,
            origin_name: origin_name.map(str::to_owned),
            actor: by.actor.clone(),
            kept_at: by.moment(),
            reason: new.reason.map(str::to_owned),
            audit_id,
            n_figures: i64::try_from(new.figures.len()).unwrap_or(i64::MAX),
        }
    }

    /// The columns from 0 in the order of the fields.
    pub(super) fn read(row: &Row<'_>) -> Result<Self, BoxError> {
        let origin = row.text(4)?;
        let origin = ORIGINS.into_iter().find(|it| **it == origin).ok_or("no such origin")?;
        Ok(Self {
            id: BlockId(row.int(0)?),
            unit_id: row.int(1)?,
            period: row.text(2)?,
            ordinal: row.int(3)?,
            origin,
            origin_id: row.maybe_int(5)?,
            origin_name: row.maybe_text(6)?,
            actor: row.text(7)?,
            kept_at: row.text(8)?,
            reason: row.maybe_text(9)?,
            audit_id: row.int(10)?,
            n_figures: row.int(11)?,
        })
    }

    pub(super) fn put(
        &self,
        tx: &mut Tx<'_>,
        body: &[u8],
        (digest, chain): (&Digest, &Chain),
    ) -> Result<(), StoreError> {
        tx.execute(
            sql!("blocks/append"),
            &[
                &self.id.0,
                &self.unit_id,
                &self.period,
                &self.ordinal,
                &self.origin,
                &self.origin_id,
                &self.origin_name,
                &self.actor,
                &self.kept_at,
                &self.reason,
                &self.audit_id,
                &self.n_figures,
                &body,
                &digest.0.as_slice(),
                &chain.0.as_slice(),
            ],
        )?;
        Ok(())
    }

    pub(super) fn digest(&self, body: &[u8]) -> Digest {
        Digesting::new("dondoc block 1")
            .int(self.id.0)
            .int(self.unit_id)
            .text(&self.period)
            .int(self.ordinal)
            .text(self.origin)
            .maybe_int(self.origin_id)
            .maybe_text(self.origin_name.as_deref())
            .text(&self.actor)
            .text(&self.kept_at)
            .maybe_text(self.reason.as_deref())
            .int(self.audit_id)
            .int(self.n_figures)
            .bytes(body)
            .done()
    }

    pub(super) fn unit(&self) -> Option<UnitId> {
        u32::try_from(self.unit_id).ok().map(UnitId)
    }

    pub(super) fn period(&self) -> Option<Period> {
        self.period.parse().ok()
    }

    pub(super) fn origin(&self) -> Option<Origin> {
        let name = || self.origin_name.clone();
        Some(match self.origin {
            "submission" => Origin::Submission(self.origin_id?),
            "import" => Origin::Import { file: name()? },
            "register" => Origin::Register { register: name()? },
            "document" => Origin::Document(self.origin_id?),
            _ => Origin::Correction(self.origin_id?),
        })
    }
}

const ORIGINS: [&str; 5] = ["submission", "import", "register", "document", "correction"];

/// An origin as it is kept: its kind, its number, its name.
pub(super) fn origin_parts(origin: &Origin) -> (&'static str, Option<i64>, Option<&str>) {
    match origin {
        Origin::Submission(id) => ("submission", Some(*id), None),
        Origin::Import { file } => ("import", None, Some(file)),
        Origin::Register { register } => ("register", None, Some(register)),
        Origin::Document(id) => ("document", Some(*id), None),
        Origin::Correction(id) => ("correction", Some(*id), None),
    }
}

/// The chain before a new block, and the number of the line of the audit trail that will tell of it.
pub(super) fn before(tx: &mut Tx<'_>, id: BlockId) -> Result<(Chain, i64), StoreError> {
    let last = BlockId(id.0 - 1);
    let found = tx.query_one(sql!("blocks/before"), &[&last.0], |row| {
        let chain = row.maybe_bytes(1)?.map(|it| Digest::read(&it)).transpose()?;
        // Whoever writes holds the counters, so the line of this write gets the next number.
        Ok((chain, row.maybe_int(0)?.unwrap_or(0) + 1))
    })?;
    let (chain, audit_id) = found.unwrap_or((None, 1));
    let chain = if last == BlockId::NONE { Some(Chain::START) } else { chain };
    Ok((chain.ok_or_else(|| gone(last))?, audit_id))
}

/// The chain up to `id`, as it is kept.
pub(crate) fn chain_at(tx: &mut Tx<'_>, id: BlockId) -> Result<Chain, StoreError> {
    if id == BlockId::NONE {
        return Ok(Chain::START);
    }
    let found = tx.query_one(sql!("blocks/chain"), &[&id.0], |row| Digest::read(&row.bytes(0)?))?;
    found.ok_or_else(|| gone(id))
}

fn gone(block_id: BlockId) -> StoreError {
    let damage = super::Damage::Missing;
    StoreError::at("blocks/chain")(super::Damaged { block_id, damage, unit: None, period: None })
}
