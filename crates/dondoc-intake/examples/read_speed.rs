//! Reads a UTF-8 text file through all layers and says how fast: one core, no input or output in the time.
//!
//! `cargo run --release --example read_speed -p dondoc-intake -- FILE [RUNS]`
//!
//! Prints `bytes`, the median of `seconds` over the runs, and the `findings` as one JSON line.

use std::{error::Error, hint::black_box};

#[expect(clippy::disallowed_methods, reason = "a benchmark is an edge: it reads a file and a clock")]
fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("name a text file")?;
    let n_runs: usize = arguments.next().map_or(Ok(5), |it| it.parse())?;
    let text = std::fs::read_to_string(path)?;
    let mut seconds = Vec::new();
    let mut n_findings = 0;
    for _ in 0..n_runs.max(1) {
        let start = std::time::Instant::now();
        let documents = dondoc_intake::read::read(black_box(&text), "bench.txt");
        seconds.push(start.elapsed().as_secs_f64());
        n_findings = documents.iter().map(|it| it.tasks.len() + it.citations.len() + it.figures.len()).sum();
    }
    seconds.sort_by(f64::total_cmp);
    let median = seconds[seconds.len() / 2];
    println!("{{\"bytes\":{},\"seconds\":{median:.6},\"findings\":{n_findings}}}", text.len());
    Ok(())
}
