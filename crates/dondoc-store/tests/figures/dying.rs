//! Sudden death: a writer that is killed at any moment loses nothing that it said was kept, and leaves nothing half.

use std::{
    collections::BTreeMap,
    env,
    io::{BufRead, BufReader, Write},
    process::{Command, Stdio},
    thread,
};

use dondoc_core::{figure::Status, submission::SubmissionStep as Step, unit::UnitId};
use dondoc_store::{
    Action, Store,
    blocks::{self, BlockId, NewBlock, Origin},
    fsck,
    submissions::{
        NewSubmission, SubmissionError, SubmissionFilter, list,
        steps::{self, StepWords},
    },
};
use serde_json::json;

use crate::{
    engine::Place,
    made::{figures, month, of_block},
    sample::by,
};

const N_FIGURES: u32 = 60;
const N_WRITERS: u32 = 3;
/// Where the store is, which life it is, and whether it tells before it keeps.
const CHILD: [&str; 3] = ["DONDOC_CHILD_STORE", "DONDOC_CHILD_LIFE", "DONDOC_CHILD_HASTY"];

/// What a dead child had said: which block, of which unit.
type Told = BTreeMap<i64, UnitId>;

#[test]
fn nothing_that_was_acknowledged_dies_with_its_writer() {
    let n_kills = env::var("DONDOC_KILLS").map_or(20, |it| it.parse().unwrap());
    let place = Place::new();
    let (told, n_lost) = lives(&place, n_kills, false);
    println!("{n_kills} kills: {} blocks acknowledged, {n_lost} lost", told.len());
    assert_eq!(n_lost, 0);
    assert!(told.len() > n_kills as usize);
    // No half submission, no half block, and every one has its line in the audit trail.
    let store = place.open();
    let report = fsck::run(&store);
    assert_eq!(report.damages, []);
    assert_eq!(report.n_figures, report.n_blocks * u64::from(N_FIGURES));
    let submissions = store.read(|tx| list(tx, &SubmissionFilter::default(), usize::MAX)).unwrap();
    assert_eq!(submissions.len() as u64, report.n_blocks);
    assert!(submissions.iter().all(|it| it.n_blocks == 1 && it.receipt.is_some()));
}

/// The control: a writer that speaks too soon is caught.
#[test]
fn a_writer_that_acknowledges_before_it_keeps_loses_what_it_said() {
    let n_kills = 20;
    let (told, n_lost) = lives(&Place::new(), n_kills, true);
    println!(
        "control, {n_kills} kills: {} blocks acknowledged too soon, {n_lost} lost",
        told.len()
    );
    assert!(n_lost > 0);
}

/// Lets children write and die; gives what they said, and how much of it is not there.
fn lives(place: &Place, n_kills: u32, hasty: bool) -> (Told, usize) {
    drop(place.open());
    let mut all = Told::new();
    let mut n_lost = 0;
    for life in 0..n_kills {
        // After so many words the child dies, wherever it then is.
        let patience = (life * 7919) % 23 + 1;
        let told = one_life(place, (life, patience), hasty);
        let store = place.open();
        n_lost += told.iter().filter(|it| !is_there(&store, it)).count();
        all.extend(told);
    }
    let store = place.open();
    let n_lost_later = all.iter().filter(|it| !is_there(&store, it)).count();
    (all, n_lost.max(n_lost_later))
}

fn one_life(place: &Place, (life, patience): (u32, u32), hasty: bool) -> Told {
    let mut child = Command::new(env::current_exe().unwrap())
        .args(["--exact", "dying::a_child_that_writes_until_it_dies", "--nocapture"])
        .env(CHILD[0], place.address())
        .env(CHILD[1], life.to_string())
        .env(CHILD[2], u8::from(hasty).to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut told = Told::new();
    let mut hear = |line: &str| {
        let Some((_, said)) = line.split_once("kept ") else { return };
        // The last line may be torn; half a word says nothing.
        let mut words = said.split(' ');
        if let (Some(id), Some(unit), Some(".")) = (words.next(), words.next(), words.next()) {
            told.insert(id.parse().unwrap(), UnitId(unit.parse().unwrap()));
        }
    };
    let mut n_heard = 0;
    for line in lines.by_ref().map_while(Result::ok) {
        hear(&line);
        n_heard += u32::from(line.contains("kept "));
        if n_heard >= patience {
            break;
        }
    }
    child.kill().unwrap();
    lines.map_while(Result::ok).for_each(|line| hear(&line));
    child.wait().unwrap();
    assert!(n_heard >= patience, "the child died by itself");
    told
}

fn is_there(store: &Store, (id, unit): &(&i64, &UnitId)) -> bool {
    let block = store.read(|tx| blocks::get(tx, BlockId(**id))).unwrap();
    block.is_some_and(|it| it.unit == **unit && of_block(&it) == of_unit(**unit))
}

fn of_unit(unit: UnitId) -> Vec<dondoc_core::figure::Figure> {
    figures(N_FIGURES, unit.0.into())
}

/// Does nothing unless it is started by the tests above.
#[test]
fn a_child_that_writes_until_it_dies() {
    let Ok(address) = env::var(CHILD[0]) else { return };
    let life: u32 = env::var(CHILD[1]).unwrap().parse().unwrap();
    let hasty = env::var(CHILD[2]).unwrap() == "1";
    let store = Store::open(address.as_str(), by().at).unwrap();
    thread::scope(|scope| {
        for writer in 0..N_WRITERS {
            let store = &store;
            scope.spawn(move || {
                for n in 0.. {
                    let unit = UnitId((life * N_WRITERS + writer) * 100_000 + n);
                    let id = submit(store, unit, hasty);
                    if !hasty {
                        say(id, unit);
                    }
                }
            });
        }
    });
}

/// Hands a whole form in: draft, submission, figures, in one transaction.
fn submit(store: &Store, unit: UnitId, hasty: bool) -> BlockId {
    let content = json!({ "n_figures": N_FIGURES });
    let figures = of_unit(unit);
    let form = NewSubmission {
        pack: ("KVPT", 1),
        form: ("B01-XA", 1),
        unit,
        period: month(9),
        kind: Status::Final,
        content: &content,
    };
    let written = store.write(|tx| -> Result<_, SubmissionError> {
        let it = steps::open(tx, &form, &by())?;
        let submit = (Step::Submit, StepWords::default());
        let it = steps::take(tx, (it.id, it.version), submit, &by())?;
        let (period, origin) = (it.period, Origin::Submission(it.id));
        let new = NewBlock { unit, period, origin: &origin, figures: &figures, reason: None };
        let id = blocks::append(tx, &new, &by())?;
        if hasty {
            say(id, unit);
        }
        let object = it.id.to_string();
        Ok((id, Action { by: by(), verb: "submission.submit", object }))
    });
    written.unwrap()
}

fn say(id: BlockId, unit: UnitId) {
    let mut out = std::io::stdout().lock();
    // Whoever listened may be gone; then the end is near anyway.
    let _ = writeln!(out, "kept {id} {} .", unit.0).and_then(|()| out.flush());
}
