//! How fast figures come in through the checked path, how fast the books are open again, and what a change costs on disk.
//!
//! `load FOLDER MONTHS`: 12 months are about 7.2 million figures of 3,321 communes and 300 indicators, 120 are 72 million.
//! One line of JSON for each thing measured; `bench/load.md` has them with their machine.

#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sizes are known here")]
#![allow(dead_code, reason = "the made-up country is that of the benchmark of totals")]

#[path = "../../dondoc-rollup/examples/national/made_up.rs"]
mod made_up;

use std::{
    collections::BTreeMap,
    error::Error,
    fs::File,
    hint::black_box,
    io::{Seek, Write},
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use dondoc_core::{
    figure::{Content, Figure, Qualifier, Series, Source, Status},
    finding::Place,
    pack::Pack,
    period::Period,
    unit::{Change, Kind, Line, Moment, UnitId, What},
};
use dondoc_ledger::{Batch, Ledger, Sight, grid::Table};
use dondoc_store::{Action, By, Store, blocks, packs, units};
use jiff::{Timestamp, civil::Date};
use made_up::{Country, N_INDICATORS};
use serde_json::json;

const SEED: u64 = 20_251_121;
const COUNTRY: UnitId = UnitId(100_000);
const TODAY: Date = Date::constant(2026, 6, 1);

/// How often one figure is changed; of these the median is given.
const N_CHANGES: usize = 301;

/// How long the file is that bare writes go to.
const BARE_BYTES: usize = 4 << 20;

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [folder, months] = words.as_slice() else { return Err("load FOLDER MONTHS".into()) };
    let (folder, n_months) = (Path::new(folder), months.parse::<usize>()?);
    std::fs::create_dir_all(folder)?;
    let path = folder.join("load.sqlite");
    let country = Country::new(SEED, false);
    let store = Store::open(&path, Timestamp::UNIX_EPOCH)?;
    prepare(&store, &country)?;
    let ledger = Ledger::open(Arc::new(store), TODAY)?;
    load(&ledger, &country, n_months)?;
    say(
        "size",
        &json!({"bytes": std::fs::metadata(&path)?.len(), "peak_rss_kb": kilobytes("VmHWM"), "rss_kb": kilobytes("VmRSS")}),
    );
    change(&ledger, &country, folder, n_months)?;
    let snapshot = folder.join("load.totals");
    let start = Instant::now();
    ledger.keep_snapshot(&snapshot)?;
    say(
        "snapshot",
        &json!({"s": seconds(start.elapsed()), "bytes": std::fs::metadata(&snapshot)?.len()}),
    );
    drop(ledger);
    let start = Instant::now();
    let (ledger, how) =
        Ledger::open_from(Arc::new(Store::open(&path, Timestamp::UNIX_EPOCH)?), TODAY, &snapshot)?;
    say("start from snapshot", &json!({"s": seconds(start.elapsed()), "how": format!("{how:?}")}));
    drop(ledger);
    let start = Instant::now();
    let ledger = Ledger::open(Arc::new(Store::open(&path, Timestamp::UNIX_EPOCH)?), TODAY)?;
    say(
        "start from all blocks",
        &json!({"s": seconds(start.elapsed()), "rss_kb": kilobytes("VmRSS")}),
    );
    black_box(ledger);
    Ok(())
}

fn say(name: &str, measured: &serde_json::Value) {
    println!("{}", json!({"name": name, "measured": measured}));
}

fn seconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 1e6).round() / 1e6
}

fn kilobytes(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|it| it.starts_with(name)).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|it| it.parse().ok()).unwrap_or_default()
}

fn by() -> By {
    By { actor: "bench".to_owned(), at: Timestamp::UNIX_EPOCH }
}

/// Units and a pack of 300 indicators, of which every fourth is a share.
fn prepare(store: &Store, country: &Country) -> Result<(), Box<dyn Error>> {
    let found = |unit: u32, kind, parent| {
        let what = What::Found {
            kind,
            name: unit.to_string(),
            code: None,
            key: None,
            rank: unit,
            parents: vec![(Line::State, parent)],
        };
        Change { unit: UnitId(unit), when: Moment::Always, what, source: "bench".to_owned() }
    };
    let mut changes = vec![found(COUNTRY.0, Kind::Country, None)];
    for province in &country.provinces {
        changes.push(found(province.unit, Kind::Province, Some(COUNTRY)));
        let parent = Some(UnitId(province.unit));
        changes.extend(province.communes.iter().map(|it| found(it.unit, Kind::Commune, parent)));
    }
    let source =
        units::NewSource { name: "bench", bytes: b"bench", vouches_on: None, changes: &changes };
    units::append(store, &[source], 0, &by())?;
    let text = |it: &str| json!({"vi": it, "en": it});
    let indicators: Vec<serde_json::Value> = (0..N_INDICATORS)
        .map(|it| {
            json!({
                "code": code(it), "name": text(&code(it)), "measure": "lượt", "over_units": "sum", "over_time": "sum",
                "every": ["month"], "level": "commune", "clearing": "open",
            })
        })
        .collect();
    let head =
        json!({"code": "BEN", "name": text("Bench"), "version": 1, "valid_from": "2010-01-01"});
    let pack: Pack = serde_json::from_value(json!({"pack": head, "indicators": indicators}))?;
    store.write(|tx| -> Result<_, packs::PackError> {
        packs::adopt(tx, &pack, &by())?;
        Ok(((), Action { by: by(), verb: "pack.use", object: "BEN".to_owned() }))
    })?;
    Ok(())
}

fn code(indicator: usize) -> String {
    format!("BEN.{:02}.{:02}", indicator / 20 + 1, indicator % 20 + 1)
}

fn month(at: usize) -> Period {
    Period::Month { year: 2016 + (at / 12) as i16, month: (at % 12 + 1) as u8 }
}

fn figure(indicator: usize, value: i64, row: u32) -> (Figure, Place) {
    let series = Series { indicator: code(indicator), option: None };
    let source = Source::Import { file: "bench.csv".to_owned(), row, column: 5 };
    let (qualifier, status) = (Qualifier::Exact, Status::Final);
    let content = Content::Value(value);
    let figure = Figure { series, content, qualifier, status, source, reason: None };
    (figure, Place { row: Some(row), ..Place::default() })
}

/// The reports of one month, by commune.
fn batches(country: &Country, at: usize) -> Vec<Batch> {
    let mut by_unit: BTreeMap<u32, Vec<(Figure, Place)>> = BTreeMap::new();
    let mut row = 1;
    for indicator in 0..N_INDICATORS {
        for reported in country.reported(indicator, at) {
            row += 1;
            by_unit.entry(reported.unit).or_default().push(figure(
                indicator,
                reported.value.abs(),
                row,
            ));
        }
    }
    let period = month(at);
    let batch = |(unit, figures)| Batch { unit: UnitId(unit), period, figures };
    by_unit.into_iter().map(batch).collect()
}

/// A hundred reports go in at a time: checked, kept in one transaction with their digests, and added up.
fn load(ledger: &Ledger, country: &Country, n_months: usize) -> Result<(), Box<dyn Error>> {
    let (mut n_figures, mut n_blocks) = (0_usize, 0_usize);
    let (mut spent, mut on_core) = (Duration::ZERO, Duration::ZERO);
    for at in 0..n_months {
        let batches = batches(country, at);
        for part in batches.chunks(100) {
            let (start, start_on_core) = (Instant::now(), time_on_core());
            let loaded = ledger.load(part, "bench.csv", (&by(), TODAY))?;
            spent += start.elapsed();
            on_core += time_on_core().saturating_sub(start_on_core);
            n_figures += loaded.n_figures;
            n_blocks += loaded.n_batches;
        }
        if at + 1 == n_months || (at + 1) % 12 == 0 {
            let rate = (n_figures as f64 / spent.as_secs_f64()).round();
            say(
                "load",
                &json!({"months": at + 1, "figures": n_figures, "blocks": n_blocks, "s": seconds(spent), "figures_a_second": rate, "s_on_core": seconds(on_core)}),
            );
        }
    }
    Ok(())
}

/// One figure is changed, and the country's 300 totals of that month and the same month last year are read.
fn change(
    ledger: &Ledger,
    country: &Country,
    folder: &Path,
    n_months: usize,
) -> Result<(), Box<dyn Error>> {
    let last = n_months - 1;
    let unit = country.reported(0, last).next().map_or(0, |it| it.unit);
    let series = (0..N_INDICATORS).map(|it| Series { indicator: code(it), option: None }).collect();
    let periods = if last >= 12 { vec![month(last), month(last - 12)] } else { vec![month(last)] };
    let table = Table {
        series,
        periods,
        units: vec![COUNTRY],
        sight: Sight::AsThen,
        line: None,
        as_of: None,
    };
    // As long as a log that SQLite writes over again and again: no bare write makes the file grow.
    let mut file = File::create(folder.join("bare.bin"))?;
    file.write_all(&vec![7; BARE_BYTES])?;
    file.sync_all()?;
    let (mut through, mut bare, mut bare_once, mut bare_figure) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut n_bytes, mut n_writes) = (0, 0);
    for at in 0..N_CHANGES {
        let figures = vec![figure(at % N_INDICATORS, at as i64, 1)];
        let encoded = blocks::wire::encode(&[&figures[0].0])?;
        let batch = Batch { unit: UnitId(unit), period: month(last), figures };
        let before = written()?;
        let start = Instant::now();
        ledger.load(std::slice::from_ref(&batch), "bench.csv", (&by(), TODAY))?;
        black_box(ledger.values(&table)?);
        through.push(start.elapsed());
        let after = written()?;
        let (bytes, writes) = (after.0 - before.0, after.1 - before.1);
        (n_bytes, n_writes) = (n_bytes + bytes, n_writes + writes);
        // The same bytes in as many writes, in one, and the figure alone with its 200 bytes of digest, chain and header.
        bare.push(bare_write(&mut file, (bytes, writes))?);
        bare_once.push(bare_write(&mut file, (bytes, 1))?);
        bare_figure.push(bare_write(&mut file, (encoded.len() + 200, 1))?);
    }
    let through = median(through).as_secs_f64();
    let measured = |bare: Vec<Duration>| {
        let bare = median(bare).as_secs_f64();
        json!({"us": (bare * 1e6).round(), "ratio": (through / bare * 100.0).round() / 100.0})
    };
    say(
        "Q6 durable",
        &json!({
            "through_the_ledger_us": (through * 1e6).round(),
            "bytes_a_change": n_bytes / N_CHANGES, "writes_a_change": n_writes / N_CHANGES,
            "bare_same_bytes_same_writes": measured(bare), "bare_same_bytes_one_write": measured(bare_once),
            "bare_figure_alone": measured(bare_figure),
        }),
    );
    Ok(())
}

/// How long this process has had a core so far; the rest of the time it waited for one, or for the disk.
fn time_on_core() -> Duration {
    let told = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let nanoseconds = told.split_whitespace().next().and_then(|it| it.parse().ok());
    Duration::from_nanos(nanoseconds.unwrap_or_default())
}

/// How many bytes this process has handed to the system to write so far, and in how many calls.
fn written() -> Result<(usize, usize), Box<dyn Error>> {
    let io = std::fs::read_to_string("/proc/self/io")?;
    let of = |name: &str| -> Option<usize> {
        io.lines().find_map(|it| it.strip_prefix(name)).and_then(|it| it.trim().parse().ok())
    };
    Ok((of("wchar:").ok_or("no wchar")?, of("syscw:").ok_or("no syscw")?))
}

/// Writes so many bytes over others in so many calls, and waits until they are on the disk.
fn bare_write(file: &mut File, (n_bytes, n_writes): (usize, usize)) -> std::io::Result<Duration> {
    let bytes = vec![7_u8; n_bytes / n_writes.max(1)];
    if file.stream_position()? as usize + n_bytes > BARE_BYTES {
        file.rewind()?;
    }
    let start = Instant::now();
    for _ in 0..n_writes.max(1) {
        file.write_all(&bytes)?;
    }
    file.sync_data()?;
    Ok(start.elapsed())
}

fn median(mut all: Vec<Duration>) -> Duration {
    all.sort_unstable();
    all[all.len() / 2]
}
