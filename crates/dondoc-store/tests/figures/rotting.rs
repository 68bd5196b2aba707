//! Bit rot: one flipped bit anywhere in the file never makes a figure that is believed and wrong.

use std::{env, fs, path::Path};

use dondoc_core::{figure::Figure, period::Period, unit::UnitId};
use dondoc_store::{
    Store, StoreError,
    blocks::{self, Block, BlockId, wire::Body},
    fsck,
};
use rusqlite::{Connection, OpenFlags};

use crate::{
    made::{figures, keep, month, of_block},
    sample::{Sample, by},
};

const N_BLOCKS: u64 = 40;
const N_FIGURES: u32 = 60;

/// Whose figures, of when, and which: all that has to be true, in the order of writing.
type Truth = Vec<(UnitId, Period, Vec<Figure>)>;

/// What became of a flip.
#[derive(Default)]
struct Tally {
    refused: u32,
    found: u32,
    harmless: u32,
    wrong: Vec<usize>,
    /// The same files read without looking at digests, and the engine's own check.
    control_refused: u32,
    control_wrong: u32,
    control_wrong_and_called_ok: u32,
}

#[test]
fn a_flipped_bit_is_found_or_harmless_and_never_a_wrong_figure() {
    let number = |name: &str, otherwise: u64| {
        env::var(name).ok().map_or(otherwise, |it| it.parse().unwrap())
    };
    let (n_flips, seed) = (number("DONDOC_FLIPS", 1_000), number("DONDOC_SEED", 20_261_121));
    let (file, truth) = good_file();
    let used: Vec<usize> = (0..file.len()).filter(|it| file[*it] != 0).collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("flipped.sqlite");
    let mut draw = seed;
    let mut tally = Tally::default();
    for _ in 0..n_flips {
        draw ^= draw << 13;
        draw ^= draw >> 7;
        draw ^= draw << 17;
        // A young store is mostly empty pages: half of the flips go where something is.
        let n = usize::try_from(draw >> 1).unwrap();
        let byte = if draw % 2 == 0 { n % file.len() } else { used[n % used.len()] };
        let bit = byte * 8 + n / file.len() % 8;
        let mut flipped = file.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        write_alone(&path, &flipped);
        tally.control(&path, &truth);
        tally.look(&path, &truth, bit);
    }
    tally.tell(n_flips, seed, file.len());
    assert_eq!(tally.wrong, Vec::<usize>::new(), "bits whose flip made wrong figures");
    // Without the net the same flips do harm, so the net holds something.
    assert!(tally.control_wrong_and_called_ok > 0);
}

impl Tally {
    fn look(&mut self, path: &Path, truth: &Truth, bit: usize) {
        let Ok(store) = Store::open(path, by().at) else {
            self.refused += 1;
            return;
        };
        let in_order = store.read(all_blocks);
        let by_unit = truth.iter().map(|(unit, period, _)| {
            store.read(|tx| blocks::of(tx, *unit, *period)).map(|it| told(&it))
        });
        let by_unit: Result<Vec<Truth>, StoreError> = by_unit.collect();
        let is_wrong = |it: &Truth| it != truth;
        if in_order.as_ref().is_ok_and(is_wrong) {
            self.wrong.push(bit);
        }
        if by_unit.as_ref().is_ok_and(|it| is_wrong(&it.concat())) {
            self.wrong.push(bit);
        }
        if in_order.is_err() || by_unit.is_err() {
            self.refused += 1;
        }
        let is_whole = fsck::run(&store).is_whole();
        match (in_order.is_ok() && by_unit.is_ok(), is_whole) {
            (true, true) => self.harmless += 1,
            (true, false) => self.found += 1,
            (false, false) => {}
            // What can't be read has to be told by fsck too.
            (false, true) => panic!("bit {bit} is refused in reading, and fsck says nothing"),
        }
    }

    /// Reads the figures as they stand, and asks the engine what it thinks of its file.
    fn control(&mut self, path: &Path, truth: &Truth) {
        let read = || -> Result<(Truth, String), Box<dyn std::error::Error>> {
            let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
            let mut rows =
                db.prepare("select unit_id, period, body from block order by block_id")?;
            let mut found = Vec::new();
            let mut rows = rows.query([])?;
            while let Some(row) = rows.next()? {
                let body = Body::decode(&row.get::<_, Vec<u8>>(2)?)?;
                let period = row.get::<_, String>(1)?.parse()?;
                found.push((UnitId(row.get(0)?), period, body.figures().collect()));
            }
            let said = db.query_row("pragma integrity_check", [], |row| row.get(0))?;
            Ok((found, said))
        };
        match read() {
            Err(_) => self.control_refused += 1,
            Ok((found, said)) if found != *truth => {
                self.control_wrong += 1;
                self.control_wrong_and_called_ok += u32::from(said == "ok");
            }
            Ok(_) => {}
        }
    }

    fn tell(&self, n_flips: u64, seed: u64, n_bytes: usize) {
        let percent = |n: u32| f64::from(n) * 100.0 / n_flips as f64;
        println!(
            "{n_flips} flipped bits in {n_bytes} bytes, seed {seed}: {:.1} % refused in reading, {:.1} % found by \
             fsck alone, {:.1} % harmless, {} silently wrong",
            percent(self.refused),
            percent(self.found),
            percent(self.harmless),
            self.wrong.len()
        );
        println!(
            "control without digests: {:.1} % can't be read, {:.1} % silently wrong, of which the engine's own check \
             calls {:.1} % of all flips ok",
            percent(self.control_refused),
            percent(self.control_wrong),
            percent(self.control_wrong_and_called_ok)
        );
    }
}

/// A store as one file, and what is in it.
fn good_file() -> (Vec<u8>, Truth) {
    let Sample { store, place } = Sample::new();
    let of = |n: u64| (UnitId(u32::try_from(n).unwrap() + 1), month(9));
    let truth: Truth = (0..N_BLOCKS)
        .map(|n| {
            let ((unit, period), figures) = (of(n), figures(N_FIGURES, n));
            keep(&store, (unit, period), &figures).unwrap();
            (unit, period, figures)
        })
        .collect();
    drop(store);
    place.run("pragma wal_checkpoint(truncate)");
    (fs::read(place.path()).unwrap(), truth)
}

/// Writes the file without what an engine may have left beside the one before.
fn write_alone(path: &Path, bytes: &[u8]) {
    for ending in ["-wal", "-shm", "-journal"] {
        let mut beside = path.as_os_str().to_owned();
        beside.push(ending);
        let _ = fs::remove_file(beside);
    }
    fs::write(path, bytes).unwrap();
}

fn all_blocks(tx: &mut dondoc_store::Tx<'_>) -> Result<Truth, StoreError> {
    let mut found = Vec::new();
    let mut last = BlockId::NONE;
    loop {
        let page = blocks::after(tx, last, 7)?;
        let Some(newest) = page.last() else { return Ok(found) };
        last = newest.id;
        found.extend(told(&page));
    }
}

fn told(page: &[Block]) -> Truth {
    page.iter().map(|it| (it.unit, it.period, of_block(it))).collect()
}
