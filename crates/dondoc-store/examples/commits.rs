//! Measures how many writes a second are on disk, by one writer and by many.
//!
//! ```text
//! cargo run --release --package dondoc-store --example commits -- /srv/new.sqlite
//! cargo run --release --package dondoc-store --example commits -- postgres://user@host/empty
//! ```
//!
//! A write is what a submission of 300 figures costs at least: its answer of 4 KiB under a key, and its line in the
//! audit trail. Each is acknowledged only when it is on disk. Beside it, on the same folder, a bare write and
//! `fdatasync` of the same bytes.

use std::{
    env,
    error::Error,
    fs::File,
    io::Write,
    path::Path,
    sync::atomic::{AtomicU64, Ordering},
    thread,
    time::{Duration, Instant},
};

use dondoc_store::{Action, By, Location, Store, StoreError};

const N_BYTES: usize = 4096;
const LASTING: Duration = Duration::from_secs(5);

fn main() -> Result<(), Box<dyn Error>> {
    let place = env::args().nth(1).ok_or("where? give a new file or an empty database")?;
    let location = Location::from(place.as_str());
    if let Location::File(path) = &location {
        bare(path)?;
    }
    let at = "2026-11-22T00:00:00Z".parse()?;
    let store = Store::open(location, at)?;
    let by = By { actor: "đo".into(), at };
    for n_threads in [1, 4, 16, 64] {
        let (n_commits, n_writes) = (store.n_commits(), AtomicU64::new(0));
        let write = |n: u64| {
            let key = format!("{n_threads}/{n}");
            store.write_once::<StoreError>(&key, &[7; 32], |_| {
                let object = key.clone();
                Ok((vec![7; N_BYTES], Action { by: by.clone(), verb: "test.tell", object }))
            })
        };
        let mut waits = Vec::new();
        let begun = Instant::now();
        thread::scope(|scope| {
            let (write, n_writes) = (&write, &n_writes);
            let threads: Vec<_> = (0..n_threads)
                .map(|_| {
                    scope.spawn(move || {
                        let mut waits = Vec::new();
                        while begun.elapsed() < LASTING {
                            let asked = Instant::now();
                            if write(n_writes.fetch_add(1, Ordering::Relaxed)).is_err() {
                                break;
                            }
                            waits.push(asked.elapsed());
                        }
                        waits
                    })
                })
                .collect();
            waits.extend(threads.into_iter().filter_map(|it| it.join().ok()).flatten());
        });
        report(n_threads, &mut waits, begun.elapsed());
        println!("  {} commits", store.n_commits() - n_commits);
    }
    Ok(())
}

/// What the disk alone takes.
fn bare(path: &Path) -> std::io::Result<()> {
    let path = path.with_extension("bare");
    let mut file = File::create(&path)?;
    let mut waits = Vec::new();
    let begun = Instant::now();
    while begun.elapsed() < LASTING {
        let asked = Instant::now();
        file.write_all(&[7; N_BYTES])?;
        file.sync_data()?;
        waits.push(asked.elapsed());
    }
    report(0, &mut waits, begun.elapsed());
    std::fs::remove_file(path)
}

fn report(n_threads: usize, waits: &mut [Duration], lasted: Duration) {
    waits.sort_unstable();
    let n = waits.len();
    let per_second = n as u128 * 1000 / lasted.as_millis().max(1);
    let at = |percent: usize| waits.get((n * percent / 100).min(n.saturating_sub(1)));
    let who = if n_threads == 0 { "bare fdatasync".into() } else { format!("{n_threads} writers") };
    println!("{who}: {per_second}/s, median {:?}, p99 {:?}", at(50), at(99));
}
