//! Reads a UTF-8 text file through all layers and says how fast, in CPU time on one core; no input or output in the
//! time. CPU time, so that a busy machine does not blur it.
//!
//! `cargo run --release --example read_speed -p dondoc-intake -- FILE [RUNS]`
//!
//! Prints one JSON line: `bytes`, the median of `seconds` over the runs, `findings`, and `peak_bytes`, the most memory
//! that was resident.

use std::{error::Error, hint::black_box};

#[expect(clippy::disallowed_methods, reason = "a benchmark is an edge: it reads a file")]
fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("name a text file")?;
    let n_runs: usize = arguments.next().map_or(Ok(5), |it| it.parse())?;
    let text = std::fs::read_to_string(path)?;
    let mut seconds = Vec::new();
    let mut n_findings = 0;
    for _ in 0..n_runs.max(1) {
        let start = cpu_seconds();
        let documents = dondoc_intake::read::read(black_box(&text), "bench.txt");
        seconds.push(cpu_seconds() - start);
        n_findings =
            documents.iter().map(|it| it.tasks.len() + it.citations.len() + it.figures.len()).sum();
    }
    seconds.sort_by(f64::total_cmp);
    let median = seconds[seconds.len() / 2];
    let status = std::fs::read_to_string("/proc/self/status")?;
    let peak = status.lines().find_map(|it| it.strip_prefix("VmHWM:")).unwrap_or("0");
    let peak_bytes = peak.trim().trim_end_matches(" kB").trim().parse::<u64>()? * 1024;
    println!(
        "{{\"bytes\":{},\"seconds\":{median:.6},\"findings\":{n_findings},\"peak_bytes\":{peak_bytes}}}",
        text.len()
    );
    Ok(())
}

/// The CPU time that this process has used.
fn cpu_seconds() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}
