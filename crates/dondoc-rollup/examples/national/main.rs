//! The benchmark of totals: made-up figures of a whole country, and the six questions over them.
//!
//! `national generate|measure|start FOLDER full|tenth`: writes columns; loads them, answers, measures and writes a snapshot;
//! starts from the snapshot. One line of JSON for each thing measured. `python3 bench/totals.py` runs it beside its peers.

#![expect(clippy::disallowed_methods, reason = "a benchmark has files and a clock")]
#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sizes are known here")]

mod columns;
mod made_up;
mod questions;

use std::{
    error::Error,
    fs::File,
    hint::black_box,
    io::{BufReader, BufWriter, Write},
    path::Path,
    time::Instant,
};

use crate::{
    made_up::{Country, Draw},
    questions::{Asked, Bench, Numbers},
};

const SEED: u64 = 20_251_121;
const LAST_BLOCK: i64 = 3_321 * 120;

/// How often each question is timed; of these the median is given.
const N_SAMPLES: usize = 301;

/// How many questions by chance, so that it is not always the same one that is answered.
const N_BY_CHANCE: u64 = 512;

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [mode, folder, scale] = words.as_slice() else {
        return Err("national generate|measure|start FOLDER full|tenth".into());
    };
    let folder = Path::new(folder).join(scale);
    let country = Country::new(SEED, scale == "tenth");
    match mode.as_str() {
        "generate" => {
            std::fs::create_dir_all(&folder)?;
            let start = Instant::now();
            let n_figures = columns::write(&country, &folder)?;
            say(
                "generate",
                &[("n_figures", n_figures as f64), ("s", start.elapsed().as_secs_f64())],
            );
        }
        "measure" => measure(&country, &folder)?,
        "start" => start(&country, &folder)?,
        _ => return Err(format!("`{mode}` is none of generate, measure, start").into()),
    }
    Ok(())
}

/// One thing measured, as a line of JSON.
fn say(name: &str, measured: &[(&str, f64)]) {
    let parts: Vec<String> =
        measured.iter().map(|(key, it)| format!(", \"{key}\": {it}")).collect();
    println!("{{\"name\": \"{name}\"{}}}", parts.concat());
}

/// Kilobytes of this process, by a name of `/proc/self/status`; 0 where there is no such file.
fn kilobytes(name: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|it| it.starts_with(name)).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|it| it.parse().ok()).unwrap_or_default()
}

/// Seconds that this process was on a processor so far, by `/proc/self/schedstat`; on a busy machine less than the clock says.
fn cpu_seconds() -> f64 {
    let status = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let nanoseconds = status.split_whitespace().next().and_then(|it| it.parse::<f64>().ok());
    nanoseconds.unwrap_or_default() / 1e9
}

/// Median time of a call, in microseconds; each sample is long enough for the clock, and so
/// short that most are not interrupted on a busy machine.
fn median(mut work: impl FnMut()) -> f64 {
    let mut n_calls = 1;
    loop {
        let start = Instant::now();
        (0..n_calls).for_each(|_| work());
        if start.elapsed().as_micros() > 20 || n_calls > 1 << 20 {
            break;
        }
        n_calls *= 2;
    }
    let mut samples: Vec<f64> = (0..N_SAMPLES)
        .map(|_| {
            let start = Instant::now();
            (0..n_calls).for_each(|_| work());
            start.elapsed().as_secs_f64() * 1e6 / f64::from(n_calls)
        })
        .collect();
    samples.sort_by(f64::total_cmp);
    samples[N_SAMPLES / 2]
}

fn measure(country: &Country, folder: &Path) -> Result<(), Box<dyn Error>> {
    let asked = Asked::new(country, 0);
    let mut bench = Bench::new(country);
    let (start, cpu) = (Instant::now(), cpu_seconds());
    let (n_figures, before) = columns::load(&mut bench, &asked, folder)?;
    let seconds = start.elapsed().as_secs_f64();
    say(
        "load",
        &[
            ("n_figures", n_figures as f64),
            ("s", seconds),
            ("cpu_s", cpu_seconds() - cpu),
            ("rss_kb", kilobytes("VmRSS")),
        ],
    );
    write_answers(&mut bench, &asked, before, folder)?;
    let start = Instant::now();
    let path = folder.join("snapshot.bin");
    let mut file = BufWriter::with_capacity(1 << 20, File::create(&path)?);
    bench.totals.write_snapshot(LAST_BLOCK, &mut file)?;
    file.get_ref().sync_all()?;
    let seconds = start.elapsed().as_secs_f64();
    let n_bytes = std::fs::metadata(&path)?.len() as f64;
    say("snapshot written", &[("s", seconds), ("bytes", n_bytes)]);
    reads(&bench, country, &asked);
    writes(&mut bench, &asked, before, folder)
}

/// For comparing: the smallest number stands where there is none.
fn bytes(numbers: &[Option<i64>]) -> Vec<u8> {
    numbers.iter().flat_map(|it| it.unwrap_or(i64::MIN).to_le_bytes()).collect()
}

/// What the peers' answers are compared with.
fn write_answers(
    bench: &mut Bench,
    asked: &Asked,
    before: i64,
    folder: &Path,
) -> Result<(), Box<dyn Error>> {
    let mut out = Vec::new();
    let mut outs: [Numbers; 3] = Default::default();
    let write = |name: &str, numbers: &[Option<i64>]| {
        std::fs::write(folder.join(format!("answer-{name}.bin")), bytes(numbers))
    };
    bench.q1(asked, &mut out);
    write("q1", &out)?;
    bench.q2(asked, &mut out);
    write("q2", &out)?;
    bench.q3(asked, &mut out);
    write("q3", &out)?;
    bench.q4(asked, &mut out);
    write("q4", &out)?;
    bench.q5(asked, &mut outs);
    for (name, numbers) in ["q5a", "q5b", "q5c"].into_iter().zip(&outs) {
        write(name, numbers)?;
    }
    bench.q6(asked, before + 1, &mut out);
    write("q6", &out)?;
    bench.q6(asked, before, &mut out);
    Ok(())
}

fn reads(bench: &Bench, country: &Country, asked: &Asked) {
    let by_chance: Vec<Asked> = (1..=N_BY_CHANCE).map(|it| Asked::new(country, it)).collect();
    let mut out = Vec::new();
    let mut outs: [Numbers; 3] = Default::default();
    let mut next = 0;
    let mut other = || {
        next = (next + 1) % by_chance.len();
        &by_chance[next]
    };
    type Question = fn(&Bench, &Asked, &mut Numbers);
    let questions: [(&str, Question); 4] =
        [("q1", Bench::q1), ("q2", Bench::q2), ("q3", Bench::q3), ("q4", Bench::q4)];
    for (name, question) in questions {
        let same = median(|| question(black_box(bench), black_box(asked), &mut out));
        let chance = median(|| question(black_box(bench), other(), &mut out));
        say(name, &[("us", same), ("us_by_chance", chance)]);
    }
    let same = median(|| black_box(bench).q5(black_box(asked), &mut outs));
    let chance = median(|| black_box(bench).q5(other(), &mut outs));
    say("q5", &[("us", same), ("us_by_chance", chance)]);
    black_box((out, outs));
}

fn writes(
    bench: &mut Bench,
    asked: &Asked,
    before: i64,
    folder: &Path,
) -> Result<(), Box<dyn Error>> {
    let mut out = Vec::new();
    let mut step = 0;
    let changed = median(|| {
        step = 1 - step;
        bench.q6(black_box(asked), before + step, &mut out);
    });
    say("q6 in memory", &[("us", changed)]);
    let mut draw = Draw(7);
    let one = median(|| bench.change_one(&mut draw));
    say("one change", &[("us", one)]);
    let form = median(|| bench.change_a_form(&mut draw));
    say("a form of 300", &[("us", form)]);
    let copy = median(|| drop(black_box(bench.totals.clone())));
    say("a copy", &[("us", copy)]);
    // The record of one change as a log would keep it, made durable; then the same with the change and Q3.
    let mut log = File::create(folder.join("log.bin"))?;
    let record = [7_u8; 32];
    let mut failed = None;
    let mut append = |failed: &mut Option<std::io::Error>| {
        let done = log.write_all(&record).and_then(|()| log.sync_data());
        *failed = failed.take().or(done.err());
    };
    let bare = median(|| append(&mut failed));
    let durable = median(|| {
        append(&mut failed);
        step = 1 - step;
        bench.q6(black_box(asked), before + step, &mut out);
    });
    say("q6 durable", &[("us", durable), ("bare_us", bare)]);
    failed.map_or(Ok(()), |it| Err(it.into()))
}

/// A start from the snapshot: from opening the file to the first answer.
fn start(country: &Country, folder: &Path) -> Result<(), Box<dyn Error>> {
    let asked = Asked::new(country, 0);
    let (start, cpu) = (Instant::now(), cpu_seconds());
    let mut bench = Bench::new(country);
    let mut file = BufReader::with_capacity(1 << 16, File::open(folder.join("snapshot.bin"))?);
    let (totals, block) = bench.totals.read_snapshot(&mut file)?;
    bench.totals = totals;
    let mut out = Vec::new();
    bench.q3(&asked, &mut out);
    let (seconds, cpu) = (start.elapsed().as_secs_f64(), cpu_seconds() - cpu);
    let is_same =
        bytes(&out) == std::fs::read(folder.join("answer-q3.bin"))? && block == LAST_BLOCK;
    let (rss, peak) = (kilobytes("VmRSS"), kilobytes("VmHWM"));
    let same = f64::from(u8::from(is_same));
    say(
        "start",
        &[("s", seconds), ("cpu_s", cpu), ("rss_kb", rss), ("peak_kb", peak), ("same", same)],
    );
    if is_same { Ok(()) } else { Err("the snapshot answers otherwise".into()) }
}
