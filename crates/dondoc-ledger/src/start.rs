//! A quick start: the books in a file beside the store, so that not every block is read again.
//!
//! The file is never more than a short cut. It says for which units and packs it was made, after which block, and with
//! which chain up to there; if anything about it does not fit the store, it is left alone and the blocks are read.

use std::{
    fs::{self, File},
    io::{self, BufRead, BufReader, BufWriter, Read, Write},
    path::Path,
    sync::Arc,
};

use dondoc_core::period::Period;
use dondoc_store::{
    Store, StoreError,
    blocks::{self, BlockId},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::{
    books::Books,
    error::LedgerError,
    ledger::{Ledger, ground},
};

const FORMAT: u32 = 1;
/// No head of a snapshot is longer: 12 months of a thousand years.
const MAX_HEAD_BYTES: u64 = 1 << 20;

/// How a ledger was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Start {
    /// From a snapshot after this block, and the blocks since.
    Snapshot(BlockId),
    /// From all blocks, and why.
    Blocks(String),
}

/// What a snapshot is of.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    format: u32,
    /// The program that wrote it: another one may add up otherwise.
    program: String,
    /// SHA-256 of the units and packs.
    ground: String,
    block_id: i64,
    /// The chain up to the block.
    chain: String,
    n_homeless: u64,
    /// The days from which the trees hold, in the order of their numbers.
    epochs: Vec<Date>,
    /// In the order of their numbers.
    periods: Vec<Period>,
}

impl Ledger {
    /// Opens the books of a store as [`Ledger::open`] does, from a snapshot if there is one that fits.
    ///
    /// # Errors
    ///
    /// As [`Ledger::open`]; a snapshot that can't be used is no error.
    pub fn open_from(
        store: Arc<Store>,
        today: Date,
        snapshot: &Path,
    ) -> Result<(Self, Start), LedgerError> {
        let (books, start) = match read(&store, today, snapshot) {
            Ok(books) => {
                let start = Start::Snapshot(books.last);
                (books, start)
            }
            Err(why) => (ground(&store, today)?, Start::Blocks(why)),
        };
        let ledger = Self::over(store, books);
        ledger.refresh()?;
        Ok((ledger, start))
    }

    /// Keeps the books as they are now in a file: written beside it, brought to disk, then put in its place.
    ///
    /// Others go on reading and writing meanwhile. Gives the newest block in it.
    ///
    /// # Errors
    ///
    /// [`LedgerError`] if the store fails or the file can't be written; an older snapshot is still there then.
    pub fn keep_snapshot(&self, path: &Path) -> Result<BlockId, LedgerError> {
        let books = self.look(Clone::clone);
        if !books.lost.is_empty() {
            // A start from it would not see what is lost.
            return Err(LedgerError::Unfit("blocks are damaged; see `dondoc fsck`".to_owned()));
        }
        let head = head(self.store(), &books)?;
        let failed = |error: io::Error| LedgerError::Unfit(format!("snapshot: {error}"));
        let beside = path.with_extension("snapshot-new");
        let written = write(&beside, &head, &books).and_then(|()| fs::rename(&beside, path));
        if let Err(error) = written {
            // Half a file helps nobody; that it can't be removed is no further trouble.
            let _ = fs::remove_file(&beside);
            return Err(failed(error));
        }
        Ok(books.last)
    }
}

fn head(store: &Store, books: &Books) -> Result<Head, LedgerError> {
    let chain = chain_at(store, books.last)?
        .ok_or_else(|| LedgerError::NotThere { what: "block", name: books.last.to_string() })?;
    let periods = (0..).map_while(|it| books.totals.period(dondoc_rollup::totals::PeriodNo(it)));
    Ok(Head {
        format: FORMAT,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        ground: ground_of(store)?,
        block_id: books.last.0,
        chain,
        n_homeless: books.n_homeless,
        epochs: books.epoch_days(),
        periods: periods.map(|it| it.0).collect(),
    })
}

fn write(path: &Path, head: &Head, books: &Books) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 20, File::create(path)?);
    let line = serde_json::to_string(head)?;
    writeln!(out, "{line}\n{}", hex(&Sha256::digest(line.as_bytes())))?;
    let written = books.totals.write_snapshot(head.block_id, &mut out);
    written.map_err(io::Error::other)?;
    out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
}

/// The books of a snapshot; else why it can't be used.
fn read(store: &Store, today: Date, path: &Path) -> Result<Books, String> {
    let file = File::open(path).map_err(|it| it.to_string())?;
    let mut input = BufReader::with_capacity(1 << 20, file);
    let head = read_head(&mut input)?;
    if head.format != FORMAT || head.program != env!("CARGO_PKG_VERSION") {
        return Err("it was written by another version".to_owned());
    }
    let words = |it: LedgerError| it.to_string();
    if head.ground != ground_of(store).map_err(words)? {
        return Err("units or packs have changed since".to_owned());
    }
    let block_id = BlockId(head.block_id);
    if chain_at(store, block_id).map_err(words)? != Some(head.chain) {
        return Err("it does not belong to this store".to_owned());
    }
    let mut books = ground(store, today).map_err(words)?;
    books.lay_out(&head.epochs, &head.periods).map_err(words)?;
    let (totals, last) = books.totals.read_snapshot(&mut input).map_err(|it| it.to_string())?;
    if last != head.block_id {
        return Err("its parts are of different moments".to_owned());
    }
    books.totals = totals;
    books.last = block_id;
    books.n_homeless = head.n_homeless;
    Ok(books)
}

fn read_head(input: &mut impl BufRead) -> Result<Head, String> {
    let mut line = String::new();
    let mut sum = String::new();
    let mut lines = input.take(MAX_HEAD_BYTES);
    lines.read_line(&mut line).map_err(|it| it.to_string())?;
    lines.read_line(&mut sum).map_err(|it| it.to_string())?;
    let line = line.trim_end_matches('\n');
    if hex(&Sha256::digest(line.as_bytes())) != sum.trim_end_matches('\n') {
        return Err("its head is damaged".to_owned());
    }
    serde_json::from_str(line).map_err(|it| it.to_string())
}

/// The chain up to a block, whose digest is checked on the way; `None` if there is no such block.
fn chain_at(store: &Store, id: BlockId) -> Result<Option<String>, LedgerError> {
    if id == BlockId::NONE {
        return Ok(Some(blocks::Chain::START.to_string()));
    }
    Ok(store.read(|tx| blocks::get(tx, id))?.map(|it| it.chain.to_string()))
}

/// SHA-256 of all that decides how blocks are added up: units, packs, what was confirmed.
fn ground_of(store: &Store) -> Result<String, LedgerError> {
    let (units, packs, confirmed) = store.read(|tx| -> Result<_, StoreError> {
        let units = dondoc_store::units::all(tx)?.sources;
        let (packs, confirmed) = dondoc_store::packs::in_use(tx)?;
        Ok((units, packs, confirmed))
    })?;
    let mut digest = Sha256::new();
    for it in units {
        digest.update(format!("unit {} {}\n", it.sha256, it.n_changes));
    }
    for it in packs {
        digest.update(format!("pack {} {} {}\n", it.code, it.version, it.sha256));
    }
    for it in confirmed {
        digest.update(format!("confirmed {it}\n"));
    }
    Ok(hex(&digest.finalize()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}
