//! Verifies an export of the audit trail of Dondoc: a text file, JSON by lines, that `dondoc audit export` writes.
//!
//! It needs no database and nothing of Dondoc's own code, so that an inspector can read all of it. What a line's digest
//! and a checkpoint's signature cover is said at [`line_digest`] and [`Checkpoint::message`].
//!
//! | Line | What it says |
//! |---|---|
//! | `{"kind":"dondoc-audit","version":1,…}` | the first one |
//! | `{"kind":"line","n":1,…}` | a line of the trail, with its digest |
//! | `{"kind":"checkpoint","n":1,…}` | so many lines with this last digest, signed |
//! | `{"kind":"end",…}` | the last one: how many there are, and SHA-256 of all before it |
//!
//! A chain alone shows what was changed in the middle. Against making it anew stand the signatures; against cutting off
//! the end together with its checkpoints stands a [`Witness`]: any checkpoint that somebody kept elsewhere.

mod checkpoint;
mod fault;
mod record;

use std::io::BufRead;

use sha2::{Digest as _, Sha256};

pub use checkpoint::{Checkpoint, Witness, witnesses};
pub use fault::{Fault, Language};

use record::Record;

/// What the verifier knows beforehand.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The public key of the installation, got from elsewhere. Without it whoever made the export may have signed it.
    pub key: Option<[u8; 32]>,
    /// Checkpoints that were kept elsewhere: earlier exports, or the file beside the key.
    pub witnesses: Vec<Witness>,
}

/// An export that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// How many lines.
    pub n_lines: u64,
    /// How many checkpoints.
    pub n_checkpoints: u64,
    /// How many lines the last checkpoint covers; those behind it nobody signed.
    pub n_signed: u64,
    /// The digest of the last line.
    pub root: [u8; 32],
    /// Whose signatures; `None` if there is no checkpoint.
    pub key: Option<[u8; 32]>,
}

/// Reads an export to its end, and says whether all of it holds.
///
/// # Errors
///
/// [`Fault`] with the first thing that does not.
pub fn verify(input: impl BufRead, known: &Known) -> Result<Verdict, Fault> {
    let mut reading = Reading::default();
    let mut input = input;
    let mut text = String::new();
    let mut row = 0;
    while !reading.is_over {
        text.clear();
        row += 1;
        let n = input.read_line(&mut text).map_err(|err| Fault::Unreadable(err.to_string()))?;
        if n == 0 {
            return Err(Fault::CutOff { after: reading.n_lines });
        }
        let record: Record = serde_json::from_str(&text).map_err(|_| Fault::NoRecord { row })?;
        if (row == 1) != matches!(record, Record::Head { .. }) {
            return Err(Fault::NoRecord { row });
        }
        reading.take(record, known)?;
        if !reading.is_over {
            reading.all.update(&text);
        }
    }
    text.clear();
    if input.read_line(&mut text).map_err(|err| Fault::Unreadable(err.to_string()))? > 0 {
        return Err(Fault::NoRecord { row: row + 1 });
    }
    reading.finish(known)
}

/// The digest of a line: SHA-256 of the digest before, the number, and each text behind its length; numbers in eight
/// bytes, the highest first.
#[must_use]
pub fn line_digest(before: &[u8; 32], n: u64, texts: [&str; 4]) -> [u8; 32] {
    let mut digest = Sha256::new();
    digest.update(before);
    digest.update(n.to_be_bytes());
    for text in texts {
        digest.update((text.len() as u64).to_be_bytes());
        digest.update(text);
    }
    digest.finalize().into()
}

/// How far the reading has come.
#[derive(Default)]
struct Reading {
    n_lines: u64,
    /// The digest of the last line.
    root: [u8; 32],
    /// The digest of each line that a checkpoint or a witness may speak of: all of them.
    roots: Vec<[u8; 32]>,
    checkpoints: Vec<Checkpoint>,
    all: Sha256,
    is_over: bool,
}

impl Reading {
    fn take(&mut self, record: Record, known: &Known) -> Result<(), Fault> {
        match record {
            Record::Head { version: 1 } => Ok(()),
            Record::Head { version } => Err(Fault::Newer { version }),
            Record::Line { n, actor, verb, object, at, digest } => {
                self.line(n, [&actor, &verb, &object, &at], digest.as_deref())
            }
            Record::Checkpoint(written) => {
                let checkpoint = Checkpoint::read(&written)?;
                self.checkpoint(checkpoint, known)
            }
            Record::End { lines, checkpoints, sha256 } => {
                let is_so = lines == self.n_lines
                    && checkpoints == self.checkpoints.len() as u64
                    && record::unhex(&sha256) == Some(self.all.clone().finalize().into());
                self.is_over = true;
                if is_so { Ok(()) } else { Err(Fault::Rewritten) }
            }
        }
    }

    fn line(&mut self, n: u64, texts: [&str; 4], digest: Option<&str>) -> Result<(), Fault> {
        let due = self.n_lines + 1;
        if !self.checkpoints.is_empty() {
            return Err(Fault::OutOfPlace { line: n });
        }
        if n != due {
            return Err(if n < due {
                Fault::OutOfPlace { line: n }
            } else {
                Fault::Missing { line: due }
            });
        }
        let root = line_digest(&self.root, n, texts);
        if digest.and_then(record::unhex) != Some(root) {
            return Err(Fault::Altered { line: n });
        }
        self.n_lines = n;
        self.root = root;
        self.roots.push(root);
        Ok(())
    }

    fn checkpoint(&mut self, it: Checkpoint, known: &Known) -> Result<(), Fault> {
        let before = self.checkpoints.last();
        let (due, previous) = before.map_or((1, [0; 32]), |it| (it.n + 1, it.digest()));
        let is_next = it.n == due
            && it.previous == previous
            && before.is_none_or(|before| before.n_lines < it.n_lines);
        if !is_next {
            return Err(Fault::CheckpointMissing { n: due });
        }
        let is_ours = known.key.is_none_or(|key| key == it.key)
            && before.is_none_or(|before| before.key == it.key);
        if !is_ours {
            return Err(Fault::OtherKey { n: it.n });
        }
        if !it.is_signed() {
            return Err(Fault::Forged { n: it.n });
        }
        self.agrees(it.n_lines, &it.root)?;
        self.checkpoints.push(it);
        Ok(())
    }

    /// Whether the trail had this digest after so many lines.
    fn agrees(&self, n_lines: u64, root: &[u8; 32]) -> Result<(), Fault> {
        let at = usize::try_from(n_lines).ok().and_then(|it| it.checked_sub(1));
        match at.and_then(|it| self.roots.get(it)) {
            None => Err(Fault::Shortened { found: self.n_lines, signed: n_lines }),
            Some(found) if found == root => Ok(()),
            Some(_) => Err(Fault::AnotherHistory { line: n_lines }),
        }
    }

    fn finish(self, known: &Known) -> Result<Verdict, Fault> {
        let last = self.checkpoints.last();
        if self.n_lines > 0 && last.is_none() {
            return Err(Fault::Unsigned);
        }
        for it in &known.witnesses {
            self.agrees(it.n_lines, &it.root)?;
        }
        Ok(Verdict {
            n_lines: self.n_lines,
            n_checkpoints: self.checkpoints.len() as u64,
            n_signed: last.map_or(0, |it| it.n_lines),
            root: self.root,
            key: last.map(|it| it.key),
        })
    }
}
