//! Requests that come again.

use std::sync::{
    Barrier,
    atomic::{AtomicUsize, Ordering},
};

use dondoc_store::{Action, By, Store, StoreError, idempotency::Once};

use crate::sample::{Sample, by};

/// Sends a request with a key; the answer says what was asked.
fn send(store: &Store, key: &str, request: u8) -> Once {
    let done = store.write_once(key, &[request; 32], |_| {
        let action = Action { by: by(), verb: "test.tell", object: key.into() };
        Ok::<_, StoreError>((format!("{key}: {request}").into_bytes(), action))
    });
    done.unwrap()
}

#[test]
fn a_request_that_comes_again_gets_the_first_answer() {
    let sample = Sample::new();
    assert_eq!(send(&sample.store, "a", 1), Once::Done(b"a: 1".into()));
    assert_eq!(send(&sample.store, "a", 1), Once::Known(b"a: 1".into()));
    assert_eq!(send(&sample.store, "b", 1), Once::Done(b"b: 1".into()));
    assert_eq!(sample.place.rows("select count(*) from audit"), [["2"]]);
}

#[test]
fn another_request_under_a_used_key_is_refused() {
    let sample = Sample::new();
    assert_eq!(send(&sample.store, "a", 1), Once::Done(b"a: 1".into()));
    assert_eq!(send(&sample.store, "a", 2), Once::OtherRequest);
    assert_eq!(sample.place.rows("select count(*) from audit"), [["1"]]);
}

#[test]
fn a_request_that_failed_leaves_its_key_unused() {
    let sample = Sample::new();
    #[derive(Debug)]
    struct Refused;
    impl From<StoreError> for Refused {
        fn from(_: StoreError) -> Self {
            Self
        }
    }
    let failed = sample.store.write_once("a", &[1; 32], |_| Err::<(Vec<u8>, Action), _>(Refused));
    assert!(failed.is_err());
    assert_eq!(send(&sample.store, "a", 2), Once::Done(b"a: 2".into()));
}

#[test]
fn of_ten_thousand_repetitions_none_is_done_twice() {
    const N_KEYS: usize = 625;
    const N_THREADS: usize = 16;
    let sample = Sample::new();
    let n_done = AtomicUsize::new(0);
    let start = Barrier::new(N_THREADS);
    std::thread::scope(|scope| {
        for _ in 0..N_THREADS {
            let (store, n_done, start) = (&sample.store, &n_done, &start);
            scope.spawn(move || {
                start.wait();
                // All send the same requests in the same order, so that each key is fought for.
                for n in 0..N_KEYS {
                    let key = n.to_string();
                    let request = u8::try_from(n % 251).unwrap();
                    let expected = format!("{key}: {request}").into_bytes();
                    match send(store, &key, request) {
                        Once::Done(answer) => {
                            n_done.fetch_add(1, Ordering::Relaxed);
                            assert_eq!(answer, expected);
                        }
                        Once::Known(answer) => assert_eq!(answer, expected),
                        Once::OtherRequest => panic!("refused"),
                    }
                }
            });
        }
    });
    assert_eq!(n_done.into_inner(), N_KEYS);
    let lines = sample.place.rows("select count(*), count(distinct object) from audit");
    assert_eq!(lines, [[N_KEYS.to_string(), N_KEYS.to_string()]]);
}

#[test]
fn keys_are_forgotten_when_they_are_old() {
    let sample = Sample::new();
    let _ = send(&sample.store, "a", 1);
    let at = by().at;
    let later = By { at: at + jiff::SignedDuration::from_hours(1), ..by() };
    let n_lines = || sample.place.rows("select count(*) from audit")[0][0].clone();
    let before = n_lines();
    assert_eq!(sample.store.forget_keys(at, &later).unwrap(), 0);
    assert_eq!(n_lines(), before, "nothing was done, so there is nothing to tell");
    assert_eq!(sample.store.forget_keys(later.at, &later).unwrap(), 1);
    assert_eq!(send(&sample.store, "a", 2), Once::Done(b"a: 2".into()));
}
