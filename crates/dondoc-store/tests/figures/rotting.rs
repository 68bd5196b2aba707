//! Rot: one flipped bit, one lost page or one lost end of the file never makes a figure that is believed and wrong.

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

/// What became of the figures of harmed files.
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

/// Numbers by chance, the same for the same seed.
struct Draw(u64);

impl Draw {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 1).unwrap() % n
    }
}

#[test]
fn a_flipped_bit_is_found_or_harmless_and_never_a_wrong_figure() {
    let (n_flips, seed) = (number("DONDOC_FLIPS", 1_000), number("DONDOC_SEED", 20_261_121));
    let mut draw = Draw(seed);
    let tally = harm("flipped bits", (n_flips, seed), |file, used| {
        // A young store is mostly empty pages: half of the flips go where something is.
        let anywhere = draw.below(2) == 0;
        let byte = if anywhere { draw.below(file.len()) } else { used[draw.below(used.len())] };
        file[byte] ^= 1 << draw.below(8);
        byte
    });
    // Without the net the same flips do harm, so the net holds something.
    assert!(tally.control_wrong_and_called_ok > 0);
}

#[test]
fn a_lost_page_is_found_or_harmless_and_never_a_wrong_figure() {
    let (n_pages, seed) = (number("DONDOC_PAGES", 60), number("DONDOC_SEED", 20_261_122));
    let mut draw = Draw(seed);
    harm("zeroed pages", (n_pages, seed), |file, used| {
        let page = used[draw.below(used.len())] / 4096 * 4096;
        file[page..page + 4096].fill(0);
        page
    });
}

#[test]
fn a_file_that_was_cut_off_is_refused_or_found() {
    let (n_cuts, seed) = (number("DONDOC_CUTS", 40), number("DONDOC_SEED", 20_261_123));
    let mut draw = Draw(seed);
    let tally = harm("cuts", (n_cuts, seed), |file, _| {
        // An empty file is a store to be, and nothing that rot makes.
        let n_bytes = draw.below(file.len() - 1) + 1;
        file.truncate(n_bytes);
        n_bytes
    });
    assert_eq!(tally.harmless, 0);
}

fn number(name: &str, otherwise: u64) -> u64 {
    env::var(name).ok().map_or(otherwise, |it| it.parse().unwrap())
}

/// Does harm to a good file again and again, and looks what becomes of its figures; `harm` says where it was done.
fn harm(
    what: &str,
    (n_times, seed): (u64, u64),
    mut harm: impl FnMut(&mut Vec<u8>, &[usize]) -> usize,
) -> Tally {
    let (file, truth) = good_file();
    let used: Vec<usize> = (0..file.len()).filter(|it| file[*it] != 0).collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("harmed.sqlite");
    let mut tally = Tally::default();
    for _ in 0..n_times {
        let mut harmed = file.clone();
        let place = harm(&mut harmed, &used);
        write_alone(&path, &harmed);
        tally.control(&path, &truth);
        tally.look(&path, &truth, place);
    }
    tally.tell(what, (n_times, seed), file.len());
    assert_eq!(tally.wrong, Vec::<usize>::new(), "places whose harm made wrong figures");
    tally
}

impl Tally {
    fn look(&mut self, path: &Path, truth: &Truth, place: usize) {
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
            self.wrong.push(place);
        }
        if by_unit.as_ref().is_ok_and(|it| is_wrong(&it.concat())) {
            self.wrong.push(place);
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
            (false, true) => {
                panic!("harm at byte {place} is refused in reading, and fsck says nothing")
            }
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

    fn tell(&self, what: &str, (n_times, seed): (u64, u64), n_bytes: usize) {
        let percent = |n: u32| f64::from(n) * 100.0 / n_times as f64;
        println!(
            "{n_times} {what} in {n_bytes} bytes, seed {seed}: {:.1} % refused in reading, {:.1} % found by \
             fsck alone, {:.1} % harmless, {} silently wrong",
            percent(self.refused),
            percent(self.found),
            percent(self.harmless),
            self.wrong.len()
        );
        println!(
            "control without digests: {:.1} % can't be read, {:.1} % silently wrong, of which the engine's own check \
             calls {:.1} % of all ok",
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
