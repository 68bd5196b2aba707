//! The reader: a process that reads one file and may do nothing else.

use std::io::{self, BufRead, BufWriter, Read, Write};
use std::os::fd::OwnedFd;
use std::panic;
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use anyhow::Context;
use dondoc_core::problem::Problem;
use dondoc_core::reading::{Reading, Span};

use crate::intake;
use crate::isolate::child;
use crate::isolate::limits::{self, Limits};
use crate::isolate::wire::{Answer, Question};

/// The most that a reader may say: the largest text with all its findings.
const ANSWER_BYTES: u64 = 512 << 20;

/// Asks a new reader about `bytes`.
///
/// # Errors
///
/// What ended the reader, if it did not answer.
pub(super) fn ask(question: &Question, bytes: &[u8]) -> Result<Answer, Problem> {
    let died = |detail: String| Problem::ReaderDied { detail };
    let limits = limits_for(bytes.len() as u64);
    let mut input = serde_json::to_vec(question).map_err(|err| died(err.to_string()))?;
    input.push(b'\n');
    input.extend_from_slice(bytes);
    let program = std::env::current_exe().map_err(|err| died(err.to_string()))?;
    let mut command = Command::new(program);
    command.arg("reader").arg(bytes.len().to_string()).env_clear();
    // The allocator takes address space for later, 1 GiB at a time if nothing is said: all that a reader may have.
    command.env("MIMALLOC_ARENA_RESERVE", "64M");
    let patience = Duration::from_secs(2 * limits.cpu_seconds + 10);
    let ended = child::run(&mut command, &input, patience, ANSWER_BYTES)?;
    if !ended.status.success() {
        return Err(died(ended.status.to_string()));
    }
    let answer = serde_json::from_slice(&ended.output).map_err(|err| died(err.to_string()))?;
    match answer {
        // What comes out of a process that hostile bytes went into is not believed blindly.
        Answer::Read(reading) if !spans_fit(&reading) => Err(died("spans outside the text".into())),
        answer => Ok(answer),
    }
}

/// Generous for honest files, and still bounded for the others.
fn limits_for(size_bytes: u64) -> Limits {
    let size_mb = size_bytes.div_ceil(1 << 20);
    Limits {
        memory_bytes: (1 << 30) + 40 * size_bytes,
        cpu_seconds: 20 + 3 * size_mb,
        file_bytes: 0,
        n_files: 16,
    }
}

fn spans_fit(reading: &Reading) -> bool {
    let n_chars = reading.text.chars().count();
    let fits = |span: Span| span.start < span.end && span.end <= n_chars;
    reading.documents.iter().all(|it| {
        fits(it.span)
            && it.abbreviations.iter().all(|it| fits(it.span))
            && it.citations.iter().all(|it| fits(it.span))
            && it.tasks.iter().all(|it| fits(it.span))
            && it.figures.iter().all(|it| fits(it.span))
            && it.boilerplate.iter().all(|it| fits(*it))
    })
}

/// The reader's side: binds itself, reads the question and the bytes, answers.
///
/// # Errors
///
/// The limits can't be set, or the pipes are closed. A file that can't be read is an answer, not an error.
pub(crate) fn serve_one(size_bytes: u64) -> anyhow::Result<()> {
    let answer_pipe = keep_output_for_the_answer().context("cannot set up the pipes")?;
    limits_for(size_bytes).set().context("cannot set the limits")?;
    limits::shut_out().context("cannot shut out the file system")?;
    hear_panics();

    let mut input = io::stdin().lock();
    let mut question = String::new();
    input.read_line(&mut question)?;
    let question: Question = serde_json::from_str(&question)?;
    let mut bytes = Vec::with_capacity(usize::try_from(size_bytes)?);
    input.read_to_end(&mut bytes)?;

    let answer = panic::catch_unwind(|| match intake::read(&question, &bytes) {
        Ok(answer) => answer,
        Err(problem) => Answer::Refused(problem),
    });
    let answer = answer.unwrap_or_else(|_| {
        let place = PANICKED_AT.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Answer::Refused(Problem::ReaderDied { detail: place })
    });
    let mut output = BufWriter::new(std::fs::File::from(answer_pipe));
    serde_json::to_writer(&mut output, &answer)?;
    output.flush()?;
    Ok(())
}

/// Puts standard output elsewhere, since some parsers print to it.
fn keep_output_for_the_answer() -> io::Result<OwnedFd> {
    let answer_pipe = rustix::io::dup(rustix::stdio::stdout())?;
    let nowhere = std::fs::OpenOptions::new().write(true).open("/dev/null")?;
    rustix::stdio::dup2_stdout(&nowhere)?;
    Ok(answer_pipe)
}

/// Where the last panic was: a place in the code.
static PANICKED_AT: Mutex<String> = Mutex::new(String::new());

/// Remembers the place of a panic, and never its message, which may quote the document.
fn hear_panics() {
    panic::set_hook(Box::new(|panicked| {
        let place = panicked.location().map_or_else(String::new, |it| {
            let file = it.file().rsplit('/').next().unwrap_or_default();
            format!("{file}:{}", it.line())
        });
        *PANICKED_AT.lock().unwrap_or_else(PoisonError::into_inner) = place;
    }));
}
