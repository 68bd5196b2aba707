//! Many files, read side by side, handed over in order.

use std::io::IsTerminal;
use std::sync::mpsc;
use std::thread;

use dondoc_core::problem::{Language, Problem};
use dondoc_core::reading::Reading;
use indicatif::{ProgressBar, ProgressStyle};

use crate::inputs::Input;
use crate::isolate;

/// How many files are read at the same time.
const WORKERS: usize = 2;

/// From this many files on, a terminal shows how far it has come.
const MANY: usize = 5;

/// A file with what came of it.
pub(crate) struct Outcome<'a> {
    /// The file.
    pub(crate) input: &'a Input,
    /// Its bytes, empty if they could not be read.
    pub(crate) bytes: Vec<u8>,
    /// What it says, or why it was refused.
    pub(crate) reading: Result<Reading, Problem>,
}

/// Reads all of `inputs` and hands each to `hand_over`, in order; stops at its first error.
///
/// At most a few readings are held at a time, however many files there are.
///
/// # Errors
///
/// That of `hand_over`.
pub(crate) fn read_all(
    inputs: &[Input],
    language: Language,
    mut hand_over: impl FnMut(&ProgressBar, Outcome<'_>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let bar = progress_bar(inputs.len());
    let bar = &bar;
    thread::scope(|scope| {
        // Worker k reads files k, k + WORKERS, …, so that taking from one after the other keeps the order.
        let lanes: Vec<_> = (0..WORKERS.min(inputs.len()))
            .map(|worker| {
                let (sender, outcomes) = mpsc::sync_channel(1);
                scope.spawn(move || {
                    for input in inputs.iter().skip(worker).step_by(WORKERS) {
                        // Nobody listens any more after an error.
                        if sender.send(read_one(input, language)).is_err() {
                            break;
                        }
                    }
                });
                outcomes
            })
            .collect();
        for index in 0..inputs.len() {
            let outcome = lanes[index % lanes.len()].recv()?;
            hand_over(bar, outcome)?;
            bar.inc(1);
        }
        bar.finish_and_clear();
        Ok(())
    })
}

fn read_one(input: &Input, language: Language) -> Outcome<'_> {
    match input.bytes(language) {
        Ok(bytes) => {
            let reading = isolate::read(&input.source(), &bytes);
            Outcome { input, bytes, reading }
        }
        Err(problem) => Outcome { input, bytes: Vec::new(), reading: Err(problem) },
    }
}

fn progress_bar(n_files: usize) -> ProgressBar {
    if n_files < MANY || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(n_files as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} · {eta}") {
        bar.set_style(style);
    }
    bar
}
