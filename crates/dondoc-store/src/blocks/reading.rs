//! Blocks on their way out, each checked.

use std::str::FromStr as _;

use dondoc_core::{period::Period, unit::UnitId};
use jiff::Timestamp;

use super::{
    Block, BlockId, Chain, Damage, Damaged,
    header::{Digest, Header, chain_at},
    wire,
};
use crate::{
    db::{BoxError, By, Dialect, Row, StoreError, Tx},
    sql::sql,
};

/// The blocks after `id` in their order, `limit` at most.
///
/// # Errors
///
/// [`StoreError`] if the engine fails, or with [`Damaged`] if one of them can't be trusted or is gone; [`scan`] gives
/// the others.
pub fn after(tx: &mut Tx<'_>, id: BlockId, limit: usize) -> Result<Vec<Block>, StoreError> {
    let found: Result<Vec<Block>, Damaged> = scan(tx, id, limit)?.into_iter().collect();
    found.map_err(StoreError::at("blocks/after"))
}

/// The blocks after `id` in their order, `limit` at most, each good or damaged; none is left out.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn scan(
    tx: &mut Tx<'_>,
    id: BlockId,
    limit: usize,
) -> Result<Vec<Result<Block, Damaged>>, StoreError> {
    let take = i64::try_from(limit).unwrap_or(i64::MAX);
    let (by_counter, by_number) = numbers(tx)?;
    let n_kept = by_counter.max(by_number);
    let n_due = (n_kept - id.0).clamp(0, take);
    // The chain before is for the first block alone; if it is gone, that is the damage of the block before.
    let chain = chain_at(tx, id).ok();
    let page = tx.query(sql!("blocks/after"), &[&id.0, &take], Raw::read);
    let is_whole = |page: &[Result<Raw, BoxError>]| {
        let ids = page.iter().map(|it| it.as_ref().map_or(-1, |it| it.header.id.0));
        ids.eq(id.0 + 1..=id.0 + n_due)
    };
    let page = match page {
        Ok(page) if is_whole(&page) => page.into_iter().map(Result::ok).map(Some).collect(),
        // Something is wrong with the page or the way to it: go for each block by its number.
        Err(err) if tx.dialect() == Dialect::Postgres => return Err(err),
        _ => one_by_one(tx, id.0 + 1..=id.0 + n_due)?,
    };
    Ok(checked(id, chain, page))
}

/// The blocks of a unit and period, in their order.
///
/// # Errors
///
/// [`StoreError`] if the engine fails, or with [`Damaged`] if one of them can't be trusted or is gone.
pub fn of(tx: &mut Tx<'_>, unit: UnitId, period: Period) -> Result<Vec<Block>, StoreError> {
    let (unit_id, text) = (i64::from(unit.0), period.to_string());
    let count = tx.query_one(sql!("blocks/count_of"), &[&unit_id, &text], |row| {
        Ok((row.int(0)?, row.int(1)?))
    })?;
    let found = tx.query(sql!("blocks/of"), &[&unit_id, &text], Raw::read)?;
    let (n_blocks, last_block_id) = count.unwrap_or((0, found.len() as i64));
    let gone = |block_id| {
        StoreError::at("blocks/of")(Damaged {
            block_id,
            damage: Damage::Missing,
            unit: Some(unit),
            period: Some(period),
        })
    };
    let mut blocks = Vec::with_capacity(found.len());
    for (ordinal, raw) in (1..).zip(found) {
        let raw = raw.map_err(StoreError::at("blocks/of"))?;
        let id = raw.header.id;
        let chain = chain_at(tx, BlockId(id.0 - 1)).ok();
        if raw.header.ordinal != ordinal {
            return Err(gone(id));
        }
        blocks.push(raw.check(id, chain.as_ref()).map_err(StoreError::at("blocks/of"))?);
    }
    if i64::try_from(blocks.len()).ok() != Some(n_blocks) {
        return Err(gone(BlockId(last_block_id)));
    }
    Ok(blocks)
}

/// The block of that number, if there is one.
///
/// # Errors
///
/// [`StoreError`] if the engine fails, or with [`Damaged`] if it can't be trusted or is gone.
pub fn get(tx: &mut Tx<'_>, id: BlockId) -> Result<Option<Block>, StoreError> {
    if id.0 < 1 {
        return Ok(None);
    }
    Ok(after(tx, BlockId(id.0 - 1), 1)?.pop())
}

/// The newest block and the chain up to it; [`BlockId::NONE`] and [`Chain::START`] if there is none.
///
/// # Errors
///
/// [`StoreError`] if the engine fails, or with [`Damaged`] if the newest block is gone.
pub fn last(tx: &mut Tx<'_>) -> Result<(BlockId, Chain), StoreError> {
    let (by_counter, by_number) = numbers(tx)?;
    let id = BlockId(by_counter.max(by_number));
    if by_counter != by_number {
        let damaged = Damaged { block_id: id, damage: Damage::Missing, unit: None, period: None };
        return Err(StoreError::at("blocks/numbers")(damaged));
    }
    Ok((id, chain_at(tx, id)?))
}

/// The last number given out for a block, and the highest that there is.
fn numbers(tx: &mut Tx<'_>) -> Result<(i64, i64), StoreError> {
    let numbers = tx.query_one(sql!("blocks/numbers"), &[], |row| {
        Ok((row.maybe_int(0)?.unwrap_or(0), row.maybe_int(1)?.unwrap_or(0)))
    })?;
    Ok(numbers.unwrap_or_default())
}

/// The last number given out for a block, the highest that there is, and how many there are.
pub(crate) fn counts(tx: &mut Tx<'_>) -> Result<(i64, i64, i64), StoreError> {
    let (by_counter, by_number) = numbers(tx)?;
    let n_there = tx.query_one(sql!("blocks/count"), &[], |row| row.int(0))?;
    Ok((by_counter, by_number, n_there.unwrap_or(0)))
}

/// How many blocks a unit and period has.
pub type Counted = ((UnitId, Period), i64);

/// Of each unit and period, how many blocks were kept, by the count that is kept beside the blocks.
///
/// # Errors
///
/// [`StoreError`] if the engine fails, or a count can't be read.
pub fn counted(tx: &mut Tx<'_>) -> Result<Vec<Counted>, StoreError> {
    tx.query(sql!("fsck/block_counts"), &[], |row| {
        let unit = UnitId(u32::try_from(row.int(0)?)?);
        Ok(((unit, row.text(1)?.parse()?), row.int(2)?))
    })
}

/// Each block by its number: `None` is gone, `Some(None)` can't be read.
fn one_by_one(
    tx: &mut Tx<'_>,
    ids: std::ops::RangeInclusive<i64>,
) -> Result<Vec<Option<Option<Raw>>>, StoreError> {
    let mut found = Vec::new();
    for id in ids {
        found.push(match tx.query_one(sql!("blocks/get"), &[&id], Raw::read) {
            Ok(None) => None,
            Ok(Some(raw)) => Some(raw.ok()),
            Err(_) => Some(None),
        });
    }
    Ok(found)
}

fn checked(
    from: BlockId,
    mut chain: Option<Chain>,
    page: Vec<Option<Option<Raw>>>,
) -> Vec<Result<Block, Damaged>> {
    let mut results = Vec::with_capacity(page.len());
    for (id, raw) in (from.0 + 1..).map(BlockId).zip(page) {
        let lost = |damage| Damaged { block_id: id, damage, unit: None, period: None };
        let result = match raw {
            None => Err(lost(Damage::Missing)),
            Some(None) => Err(lost(Damage::Unreadable)),
            Some(Some(raw)) => raw.check(id, chain.as_ref()),
        };
        // After a damaged block the chain starts anew: one damage is told once.
        chain = result.as_ref().ok().map(|it| it.chain);
        results.push(result);
    }
    results
}

/// A row of `block`, not yet trusted.
struct Raw {
    header: Header,
    body: Vec<u8>,
    digest: Digest,
    chain: Chain,
}

impl Raw {
    /// Never fails as a whole, so that one bad row does not take the page with it.
    #[expect(clippy::unnecessary_wraps, reason = "what a query reads rows with")]
    fn read(row: &Row<'_>) -> Result<Result<Self, BoxError>, BoxError> {
        let read = || {
            Ok(Self {
                header: Header::read(row)?,
                body: row.bytes(12)?,
                digest: Digest::read(&row.bytes(13)?)?,
                chain: Digest::read(&row.bytes(14)?)?,
            })
        };
        Ok(read())
    }

    /// The block, if it is `id`, its digest holds, and it continues `chain_before` (where that is known).
    fn check(self, id: BlockId, chain_before: Option<&Chain>) -> Result<Block, Damaged> {
        let Self { header, body, digest, chain } = self;
        let (unit, period) = (header.unit(), header.period());
        let damaged = |damage| Damaged { block_id: id, damage, unit, period };
        if header.id != id || header.digest(&body) != digest {
            return Err(damaged(Damage::Digest));
        }
        if chain_before.is_some_and(|it| it.next(&digest) != chain) {
            return Err(damaged(Damage::Chain));
        }
        let unknown = || damaged(Damage::Unknown);
        let body = wire::Body::decode(&body).map_err(|_| unknown())?;
        let at = Timestamp::from_str(&header.kept_at).map_err(|_| unknown())?;
        Ok(Block {
            id,
            unit: unit.ok_or_else(unknown)?,
            period: period.ok_or_else(unknown)?,
            origin: header.origin().ok_or_else(unknown)?,
            by: By { actor: header.actor, at },
            reason: header.reason,
            audit_id: header.audit_id,
            digest,
            chain,
            body,
        })
    }
}
