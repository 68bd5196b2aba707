//! A child process, watched: bytes in, bytes out, in bounded time and space.

use std::io::{Read, Write};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use dondoc_core::problem::Problem;
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};

/// How much of what a child complains is kept: the end, which tells why it died.
const COMPLAINT_BYTES: usize = 4096;

/// What a child answered before it ended by itself.
#[derive(Debug)]
pub(super) struct Ended {
    /// How it ended.
    pub(super) status: ExitStatus,
    /// All of its standard output.
    pub(super) output: Vec<u8>,
    /// The end of its standard error.
    pub(super) complaint: String,
}

/// Runs `command` with `input` on its standard input.
///
/// The child leads a process group of its own, and the whole group is gone when this returns.
///
/// # Errors
///
/// [`Problem::LimitReached`] if it takes longer than `patience` or says more than `output_bytes`, or if a limit
/// of its own ended it; [`Problem::ReaderDied`] if a signal did, or if it can't be started.
pub(super) fn run(
    command: &mut Command,
    input: &[u8],
    patience: Duration,
    output_bytes: u64,
) -> Result<Ended, Problem> {
    let died = |err: std::io::Error| Problem::ReaderDied { detail: err.to_string() };
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .process_group(0)
        .spawn()
        .map_err(died)?;
    let deadline = Instant::now() + patience;
    let said = converse(&mut child, input, deadline, output_bytes);
    let status = child.wait().map_err(died)?;
    let (output, complaint) = said?;
    match cause_of_death(status, &complaint) {
        Some(problem) => Err(problem),
        None => Ok(Ended { status, output, complaint }),
    }
}

/// Writes all of `input` and reads both outputs to their ends, or gives up.
fn converse(
    child: &mut Child,
    input: &[u8],
    deadline: Instant,
    output_bytes: u64,
) -> Result<(Vec<u8>, String), Problem> {
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    thread::scope(|scope| {
        scope.spawn(move || {
            // A child that stops listening has its reasons; its answer or its end gives them.
            if let Some(mut stdin) = stdin {
                let _ = stdin.write_all(input);
            }
        });
        let complaint = scope.spawn(move || stderr.map(last_words).unwrap_or_default());
        let (sender, answer) = mpsc::channel();
        scope.spawn(move || {
            let mut output = Vec::new();
            if let Some(stdout) = stdout {
                let _ = stdout.take(output_bytes + 1).read_to_end(&mut output);
            }
            let _ = sender.send(output);
        });
        let left = deadline.saturating_duration_since(Instant::now());
        let output = match answer.recv_timeout(left) {
            Ok(output) if output.len() as u64 <= output_bytes => Ok(output),
            Ok(_) => Err(Problem::LimitReached { limit: "output".to_owned() }),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                Err(Problem::LimitReached { limit: "time".to_owned() })
            }
        };
        let output = output.and_then(|it| wait_until(child, deadline).map(|()| it));
        // The threads above end when the pipes close, so whatever the child has started must be gone before they
        // are joined. The child is not reaped yet, so its number can't belong to another group.
        end_group(child);
        let complaint = complaint.join().unwrap_or_default();
        output.map(|it| (it, complaint))
    })
}

/// Waits for a child that has closed its output and should be about to end; does not reap it.
fn wait_until(child: &Child, deadline: Instant) -> Result<(), Problem> {
    let died = |detail: String| Problem::ReaderDied { detail };
    let pid = number_of(child).ok_or_else(|| died("no process number".to_owned()))?;
    let look = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT | WaitIdOptions::NOHANG;
    loop {
        match waitid(WaitId::Pid(pid), look) {
            Ok(Some(_)) => return Ok(()),
            Ok(None) if Instant::now() < deadline => thread::sleep(Duration::from_millis(1)),
            Ok(None) => return Err(Problem::LimitReached { limit: "time".to_owned() }),
            Err(err) => return Err(died(err.to_string())),
        }
    }
}

fn number_of(child: &Child) -> Option<Pid> {
    i32::try_from(child.id()).ok().and_then(Pid::from_raw)
}

fn last_words(mut pipe: impl Read) -> String {
    let mut end = Vec::new();
    let mut piece = [0; COMPLAINT_BYTES];
    while let Ok(n_bytes @ 1..) = pipe.read(&mut piece) {
        end.extend_from_slice(&piece[..n_bytes]);
        let surplus = end.len().saturating_sub(COMPLAINT_BYTES);
        end.drain(..surplus);
    }
    String::from_utf8_lossy(&end).into_owned()
}

/// Kills the child's group; one that is gone already is no error.
fn end_group(child: &Child) {
    if let Some(group) = number_of(child) {
        let _ = kill_process_group(group, Signal::KILL);
    }
}

/// Which limit or fault ended a process, if one did.
fn cause_of_death(status: ExitStatus, complaint: &str) -> Option<Problem> {
    let signal = status.signal().map(Signal::from_named_raw)?;
    if signal == Some(Signal::XCPU) {
        return Some(Problem::LimitReached { limit: "time".to_owned() });
    }
    if signal == Some(Signal::XFSZ) {
        return Some(Problem::LimitReached { limit: "output".to_owned() });
    }
    if complaint.contains("memory allocation of") || complaint.contains("bad_alloc") {
        return Some(Problem::LimitReached { limit: "memory".to_owned() });
    }
    let detail = if complaint.contains("overflowed its stack") {
        "stack overflow".to_owned()
    } else {
        format!("signal {}", status.signal().unwrap_or_default())
    };
    Some(Problem::ReaderDied { detail })
}

#[cfg(test)]
mod tests;
