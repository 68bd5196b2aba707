//! Every way to tamper with a trail, each tried at random places, and what shows it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use dondoc_audit::{Checkpoint, Fault, Known, Witness, line_digest, verify, witnesses};
use ed25519_dalek::{Signer as _, SigningKey};
use serde_json::json;
use sha2::{Digest as _, Sha256};

const N_TRIALS: u64 = 60;

#[derive(Clone)]
struct Line {
    n: u64,
    texts: [String; 4],
    digest: [u8; 32],
}

/// A trail with its checkpoints, which may be tampered with before it is written.
#[derive(Clone)]
struct Trail {
    lines: Vec<Line>,
    checkpoints: Vec<Checkpoint>,
}

/// Numbers that look like chance and are always the same.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % n as u64).unwrap()
    }
}

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

impl Trail {
    /// `n` lines, and a checkpoint after every seventh and after the last.
    fn of(n: u64, seed: u64) -> Self {
        let mut trail = Self { lines: Vec::new(), checkpoints: Vec::new() };
        for n in 1..=n {
            trail.add(&format!("{seed} {n}"));
            if n % 7 == 0 {
                trail.sign(&key(1));
            }
        }
        trail.sign(&key(1));
        trail
    }

    fn add(&mut self, object: &str) {
        let n = self.lines.len() as u64 + 1;
        let texts = ["Lan", "finding.accept", object, "2026-11-21T07:30:00Z"].map(str::to_owned);
        self.lines.push(Line { n, texts, digest: [0; 32] });
        self.seal_from(self.lines.len() - 1);
    }

    /// Makes all digests anew from a line on, as somebody can who knows how but has no key.
    fn seal_from(&mut self, at: usize) {
        for at in at..self.lines.len() {
            let before = at.checked_sub(1).map_or([0; 32], |it| self.lines[it].digest);
            let line = &mut self.lines[at];
            let [actor, verb, object, moment] = &line.texts;
            line.digest = line_digest(&before, line.n, [actor, verb, object, moment]);
        }
    }

    /// Gives all lines their numbers and digests anew.
    fn redo(&mut self) {
        for (line, n) in self.lines.iter_mut().zip(1..) {
            line.n = n;
        }
        self.seal_from(0);
    }

    fn sign(&mut self, key: &SigningKey) {
        let before = self.checkpoints.last();
        let n_lines = self.lines.len() as u64;
        if before.is_some_and(|it| it.n_lines == n_lines) {
            return;
        }
        let mut checkpoint = Checkpoint {
            n: before.map_or(1, |it| it.n + 1),
            n_lines,
            root: self.lines.last().unwrap().digest,
            at: "2026-11-21T07:40:00Z".to_owned(),
            previous: before.map_or([0; 32], Checkpoint::digest),
            key: key.verifying_key().to_bytes(),
            signature: [0; 64],
        };
        checkpoint.signature = key.sign(&checkpoint.message()).to_bytes();
        self.checkpoints.push(checkpoint);
    }

    fn written(&self) -> String {
        let mut text = json!({ "kind": "dondoc-audit", "version": 1 }).to_string() + "\n";
        for Line { n, texts: [actor, verb, object, at], digest } in &self.lines {
            let line = json!({
                "kind": "line", "n": n, "actor": actor, "verb": verb, "object": object, "at": at,
                "digest": hex(digest),
            });
            text += &format!("{line}\n");
        }
        for it in &self.checkpoints {
            let line = json!({
                "kind": "checkpoint", "n": it.n, "lines": it.n_lines, "root": hex(&it.root), "at": it.at,
                "previous": hex(&it.previous), "key": hex(&it.key), "signature": hex(&it.signature),
            });
            text += &format!("{line}\n");
        }
        let (lines, checkpoints) = (self.lines.len(), self.checkpoints.len());
        let sum = hex(&Sha256::digest(&text));
        let end =
            json!({ "kind": "end", "lines": lines, "checkpoints": checkpoints, "sha256": sum });
        text + &format!("{end}\n")
    }

    fn fault(&self, known: &Known) -> Option<Fault> {
        verify(self.written().as_bytes(), known).err()
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}

fn knowing_the_key() -> Known {
    Known { key: Some(key(1).verifying_key().to_bytes()), witnesses: Vec::new() }
}

/// Knows the key, and the checkpoints that a trail had.
fn with_witness(trail: &Trail) -> Known {
    Known { witnesses: witnesses(&trail.written()), ..knowing_the_key() }
}

/// Tampers with many trails; every time it must show, at the line or checkpoint that `expected` names.
fn always_shows(
    tamper: impl Fn(&mut Trail, &mut Chance) -> u64,
    expected: impl Fn(&Fault, u64) -> bool,
) {
    for seed in 1..=N_TRIALS {
        let mut chance = Chance(seed);
        let mut trail = Trail::of(20 + chance.below(40) as u64, seed);
        let known = with_witness(&trail);
        assert_eq!(trail.fault(&known), None, "sound before");
        let place = tamper(&mut trail, &mut chance);
        let fault = trail.fault(&known).unwrap_or_else(|| panic!("seed {seed}: nothing showed"));
        assert!(expected(&fault, place), "seed {seed}: {fault:?} at {place}");
    }
}

#[test]
fn a_line_that_was_edited_shows() {
    always_shows(
        |trail, chance| {
            let at = chance.below(trail.lines.len());
            trail.lines[at].texts[chance.below(4)].push('x');
            trail.lines[at].n
        },
        |fault, line| *fault == Fault::Altered { line },
    );
}

#[test]
fn a_line_that_was_deleted_shows() {
    always_shows(
        |trail, chance| {
            let at = chance.below(trail.lines.len() - 1);
            trail.lines.remove(at).n
        },
        |fault, line| *fault == Fault::Missing { line },
    );
}

#[test]
fn a_line_that_was_slipped_in_shows() {
    always_shows(
        |trail, chance| {
            let at = chance.below(trail.lines.len());
            let mut line = trail.lines[at].clone();
            line.texts[2] = "slipped in".to_owned();
            trail.lines.insert(at, line);
            trail.lines[at].n
        },
        |fault, line| *fault == Fault::Altered { line },
    );
}

#[test]
fn two_lines_that_changed_places_show() {
    always_shows(
        |trail, chance| {
            let at = chance.below(trail.lines.len() - 1);
            trail.lines.swap(at, at + 1);
            at as u64 + 1
        },
        |fault, line| *fault == Fault::Missing { line },
    );
}

#[test]
fn two_lines_that_changed_places_but_not_numbers_show() {
    always_shows(
        |trail, chance| {
            let at = chance.below(trail.lines.len() - 1);
            trail.lines.swap(at, at + 1);
            trail.lines[at].n = at as u64 + 1;
            trail.lines[at + 1].n = at as u64 + 2;
            at as u64 + 1
        },
        |fault, line| *fault == Fault::Altered { line },
    );
}

#[test]
fn a_line_that_stands_twice_shows() {
    always_shows(
        |trail, chance| {
            let at = chance.below(trail.lines.len());
            let line = trail.lines[at].clone();
            trail.lines.insert(at, line);
            trail.lines[at].n
        },
        |fault, line| *fault == Fault::OutOfPlace { line },
    );
}

#[test]
fn an_end_that_was_cut_off_shows_in_the_checkpoints() {
    always_shows(
        |trail, chance| {
            let keep = 1 + chance.below(trail.lines.len() - 1);
            trail.lines.truncate(keep);
            keep as u64
        },
        |fault, found| matches!(fault, Fault::Shortened { found: it, .. } if *it == found),
    );
}

#[test]
fn an_end_that_was_cut_off_with_its_checkpoints_shows_by_a_witness() {
    always_shows(
        |trail, chance| {
            let keep = 7 * (1 + chance.below(trail.lines.len() / 7 - 1));
            trail.lines.truncate(keep);
            trail.checkpoints.retain(|it| it.n_lines <= keep as u64);
            keep as u64
        },
        |fault, found| matches!(fault, Fault::Shortened { found: it, .. } if *it == found),
    );
}

#[test]
fn a_trail_that_was_made_anew_without_the_key_shows() {
    always_shows(
        |trail, chance| {
            let at = chance.below(trail.lines.len());
            trail.lines[at].texts[2] = "made anew".to_owned();
            trail.redo();
            at as u64 + 1
        },
        |fault, line| matches!(fault, Fault::AnotherHistory { line: it } if *it >= line),
    );
}

#[test]
fn a_trail_that_was_made_anew_and_signed_with_another_key_shows() {
    always_shows(
        |trail, _| {
            trail.lines[0].texts[2] = "made anew".to_owned();
            trail.redo();
            trail.checkpoints.clear();
            trail.sign(&key(2));
            1
        },
        |fault, n| *fault == Fault::OtherKey { n },
    );
}

#[test]
fn a_trail_that_was_made_anew_with_the_stolen_key_shows_by_a_witness() {
    always_shows(
        |trail, _| {
            trail.lines[0].texts[2] = "made anew".to_owned();
            trail.redo();
            trail.checkpoints.clear();
            trail.sign(&key(1));
            7
        },
        |fault, line| *fault == Fault::AnotherHistory { line },
    );
}

#[test]
fn a_trail_that_was_rolled_back_and_went_another_way_shows_by_a_witness() {
    always_shows(
        |trail, _| {
            let n = trail.lines.len();
            trail.lines.truncate(7);
            trail.checkpoints.truncate(1);
            for it in 7..n + 3 {
                trail.add(&format!("after the rollback {it}"));
            }
            trail.sign(&key(1));
            14
        },
        |fault, line| *fault == Fault::AnotherHistory { line },
    );
}

#[test]
fn a_checkpoint_that_was_taken_out_or_forged_shows() {
    always_shows(
        |trail, chance| {
            let at = chance.below(trail.checkpoints.len() - 1);
            trail.checkpoints.remove(at).n
        },
        |fault, n| *fault == Fault::CheckpointMissing { n },
    );
    always_shows(
        |trail, chance| {
            let at = chance.below(trail.checkpoints.len());
            trail.checkpoints[at].at.replace_range(..4, "2027");
            trail.checkpoints[at].n
        },
        |fault, n| *fault == Fault::Forged { n },
    );
}

#[test]
fn a_file_that_was_cut_off_shows() {
    let text = Trail::of(30, 1).written();
    for n_bytes in (0..text.len()).step_by(97) {
        let found = verify(&text.as_bytes()[..n_bytes], &Known::default());
        assert!(found.is_err(), "{n_bytes} bytes");
    }
}

/// The control: what a chain without checkpoints and witnesses does not show.
#[test]
fn without_checkpoints_a_cut_off_end_and_a_trail_made_anew_would_not_show() {
    let chain_alone = |trail: &Trail| {
        let mut before = [0; 32];
        trail.lines.iter().zip(1..).all(|(line, n)| {
            let [actor, verb, object, at] = &line.texts;
            before = line_digest(&before, n, [actor, verb, object, at]);
            line.n == n && line.digest == before
        })
    };
    let mut trail = Trail::of(30, 1);
    trail.lines.truncate(12);
    assert!(chain_alone(&trail));
    trail.lines[3].texts[2] = "made anew".to_owned();
    assert!(!chain_alone(&trail));
    trail.redo();
    assert!(chain_alone(&trail));
    // Nor does a verifier without a witness see that checkpoints went with the end.
    let mut trail = Trail::of(30, 1);
    trail.lines.truncate(14);
    trail.checkpoints.truncate(2);
    assert_eq!(trail.fault(&knowing_the_key()), None);
}

#[test]
fn a_trail_without_checkpoints_is_not_believed() {
    let mut trail = Trail::of(30, 1);
    trail.checkpoints.clear();
    assert_eq!(trail.fault(&Known::default()), Some(Fault::Unsigned));
}

#[test]
fn a_receipt_of_long_ago_is_found_in_a_trail_of_today() {
    let trail = Trail::of(60, 3);
    let receipt = Witness { n_lines: 13, root: trail.lines[12].digest };
    let known = Known { witnesses: vec![receipt], ..knowing_the_key() };
    let verdict = verify(trail.written().as_bytes(), &known).unwrap();
    assert_eq!((verdict.n_lines, verdict.n_signed), (60, 60));
    assert_eq!(verdict.root, trail.lines[59].digest);
}
