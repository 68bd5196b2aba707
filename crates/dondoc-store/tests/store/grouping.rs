//! Writers that come together.

use std::sync::{
    Barrier,
    atomic::{AtomicUsize, Ordering},
};

use dondoc_store::{
    Action, Store, StoreError,
    audit::{self, Chain},
};

use crate::sample::{Draft, Sample, by};

/// A write of nothing but its line in the audit trail.
pub(crate) fn tell(store: &Store, object: &str) -> Result<(), StoreError> {
    store.write(|_| Ok(((), Action { by: by(), verb: "test.tell", object: object.into() })))
}

fn n_lines(sample: &Sample) -> i64 {
    match audit::verify(&sample.store).unwrap() {
        Chain::Whole { n_lines, .. } => n_lines,
        broken => panic!("{broken:?}"),
    }
}

const N_THREADS: usize = 16;
const N_EACH: usize = 25;

#[test]
fn writers_that_come_together_share_commits_and_all_is_kept() {
    let sample = Sample::new();
    let before = sample.store.n_commits();
    let start = Barrier::new(N_THREADS);
    std::thread::scope(|scope| {
        for thread in 0..N_THREADS {
            let (sample, start) = (&sample, &start);
            scope.spawn(move || {
                start.wait();
                for n in 0..N_EACH {
                    tell(&sample.store, &format!("{thread}/{n}")).unwrap();
                    // What was acknowledged is there for everybody.
                    let found = audit::verify(&sample.store).unwrap();
                    assert!(matches!(found, Chain::Whole { .. }), "{found:?}");
                }
            });
        }
    });
    let n_commits = sample.store.n_commits() - before;
    let n_writes = u64::try_from(N_THREADS * N_EACH).unwrap();
    assert!(n_commits < n_writes, "{n_commits} commits for {n_writes} writes");
    let kept = sample.place.rows("select count(distinct object) from audit");
    assert_eq!(kept, [[n_writes.to_string()]]);
}

#[test]
fn a_writer_alone_commits_at_once() {
    let sample = Sample::new();
    let before = sample.store.n_commits();
    for n in 0..5 {
        tell(&sample.store, &n.to_string()).unwrap();
    }
    assert_eq!(sample.store.n_commits() - before, 5);
}

#[test]
fn what_fails_takes_back_its_own_and_hurts_no_other() {
    let sample = Sample::new();
    let n_refused = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for thread in 0..N_THREADS {
            let (sample, n_refused) = (&sample, &n_refused);
            scope.spawn(move || {
                for n in 0..N_EACH {
                    if thread % 2 == 0 {
                        tell(&sample.store, "good").unwrap();
                        continue;
                    }
                    let name = format!("{thread}-{n}.txt");
                    // The span lies outside of the text, which is found after the file was put.
                    let mut reading = Draft::new("BC", &name).reading();
                    let mut broken = reading.documents[0].clone();
                    broken.span.end += 7;
                    reading.documents.push(broken);
                    let file = dondoc_store::library::NewFile {
                        name: &name,
                        original: name.as_bytes(),
                        reading: &reading,
                    };
                    let result = dondoc_store::library::add(&sample.store, file, &by());
                    n_refused.fetch_add(usize::from(result.is_err()), Ordering::Relaxed);
                }
            });
        }
    });
    assert_eq!(n_refused.into_inner(), N_THREADS / 2 * N_EACH);
    assert_eq!(n_lines(&sample), i64::try_from(N_THREADS / 2 * N_EACH).unwrap());
    let left =
        sample.place.rows("select (select count(*) from file), (select count(*) from document)");
    assert_eq!(left, [["0", "0"]]);
}

#[test]
fn a_panic_in_one_write_poisons_nothing() {
    let sample = Sample::new();
    let start = Barrier::new(N_THREADS);
    let n_panics = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..N_THREADS)
            .map(|thread| {
                let (sample, start) = (&sample, &start);
                scope.spawn(move || {
                    start.wait();
                    for _ in 0..N_EACH {
                        tell(&sample.store, "good").unwrap();
                    }
                    if thread % 4 == 0 {
                        let _ = sample.store.write(|_| -> Result<((), Action), StoreError> {
                            panic!("as a test wants it")
                        });
                    }
                })
            })
            .collect();
        threads.into_iter().filter_map(|it| it.join().err()).count()
    });
    assert_eq!(n_panics, N_THREADS / 4);
    tell(&sample.store, "afterwards").unwrap();
    assert_eq!(n_lines(&sample), i64::try_from(N_THREADS * N_EACH + 1).unwrap());
}

/// Two servers on one database, or the command line beside one.
#[test]
fn two_stores_in_one_place_stand_in_line() {
    let sample = Sample::new();
    let other = sample.place.open();
    std::thread::scope(|scope| {
        for n in 0..N_THREADS {
            let store = if n % 2 == 0 { &sample.store } else { &other };
            scope.spawn(move || {
                for _ in 0..N_EACH / 5 {
                    tell(store, "good").unwrap();
                }
            });
        }
    });
    assert_eq!(n_lines(&sample), i64::try_from(N_THREADS * (N_EACH / 5)).unwrap());
}
