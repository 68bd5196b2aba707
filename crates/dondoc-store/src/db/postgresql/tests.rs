//! On a real server; skipped, with a word, where `DONDOC_TEST_POSTGRES` names none.

use std::{
    env,
    sync::atomic::{AtomicU32, Ordering},
};

use super::*;
use crate::{
    db::{Action, By, Store, StoreError},
    sql::{Sql, sql},
};

/// A store in a schema of its own, and a way behind its back.
struct Sample {
    store: Store,
    behind: Client,
    name: String,
}

const PUT: Sql = sql!("idempotency/put");

impl Sample {
    fn new() -> Option<Self> {
        static N_SAMPLES: AtomicU32 = AtomicU32::new(0);
        let server = env::var("DONDOC_TEST_POSTGRES").ok().filter(|it| !it.is_empty());
        assert!(server.is_some() || env::var_os("CI").is_none(), "no server named in CI");
        let Some(server) = server else {
            eprintln!("skipped: PostgreSQL (DONDOC_TEST_POSTGRES is not set)");
            return None;
        };
        let n = N_SAMPLES.fetch_add(1, Ordering::Relaxed);
        let name = format!("unit_{}_{n}", std::process::id());
        let mut behind = Client::connect(&server, NoTls).unwrap();
        let made = format!("create schema {name}; set search_path = {name}");
        behind.batch_execute(&made).unwrap();
        let address = format!("{server}?options=-c%20search_path%3D{name}&application_name={name}");
        Some(Self { store: Store::open(address.as_str(), by().at).unwrap(), behind, name })
    }

    fn n_keys(&mut self) -> i64 {
        self.behind.query_one("select count(*) from idempotency", &[]).unwrap().get(0)
    }

    fn n_lines(&mut self) -> i64 {
        self.behind.query_one("select count(*) from audit", &[]).unwrap().get(0)
    }

    /// Ends all sessions of the store, as a restart of the server does.
    fn cut(&mut self) {
        let cut = "select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = $1";
        assert!(!self.behind.query(cut, &[&self.name]).unwrap().is_empty());
    }
}

impl Drop for Sample {
    fn drop(&mut self) {
        let drop = format!("set lock_timeout = '2s'; drop schema {} cascade", self.name);
        let _ = self.behind.batch_execute(&drop);
    }
}

fn by() -> By {
    By { actor: "Lan".into(), at: "2026-11-21T07:30:00Z".parse().unwrap() }
}

fn action() -> Action {
    Action { by: by(), verb: "test.tell", object: String::new() }
}

fn put(tx: &mut crate::Tx<'_>, key: &str) -> Result<usize, StoreError> {
    tx.execute(PUT, &[&key, &[0; 32], &b"answer".as_slice(), &"2026-11-21T07:30:00Z"])
}

#[test]
fn a_write_that_met_another_is_done_again() {
    let Some(mut sample) = Sample::new() else { return };
    sample.store.write(|tx| put(tx, "a").map(|_| ((), action()))).unwrap();
    let Sample { store, behind, .. } = &mut sample;
    let mut n_turns = 0;
    store
        .write(|tx| {
            n_turns += 1;
            // The write sees the row, another program changes it, and the write changes it, too.
            tx.query(sql!("idempotency/get"), &[&"a"], |row| row.bytes(1))?;
            if n_turns == 1 {
                behind.execute("update idempotency set answered_at = '2025'", &[]).unwrap();
            }
            let n = tx.execute(sql!("idempotency/forget"), &[&"2027"])?;
            Ok::<_, StoreError>((n, action()))
        })
        .map(|n| assert_eq!(n, 1))
        .unwrap();
    assert_eq!((n_turns, sample.n_keys(), sample.n_lines()), (2, 0, 2));
}

#[test]
fn a_write_that_always_meets_another_gives_up_and_keeps_nothing() {
    let Some(mut sample) = Sample::new() else { return };
    sample.store.write(|tx| put(tx, "a").map(|_| ((), action()))).unwrap();
    let Sample { store, behind, .. } = &mut sample;
    let result = store.write(|tx| {
        tx.query(sql!("idempotency/get"), &[&"a"], |row| row.bytes(1))?;
        behind.execute("update idempotency set answered_at = '2025'", &[]).unwrap();
        // The failure of the statement goes unnoticed here, and is noticed all the same.
        let _ = tx.execute(sql!("idempotency/forget"), &[&"2027"]);
        Ok::<_, StoreError>(((), action()))
    });
    let error = result.unwrap_err();
    assert!(error.is_conflict(), "{error:?}");
    assert_eq!((sample.n_keys(), sample.n_lines()), (1, 1));
}

#[test]
fn a_connection_that_is_lost_in_the_middle_costs_nothing() {
    let Some(mut sample) = Sample::new() else { return };
    let mut n_turns = 0;
    // Apart from the store, so that both can be borrowed.
    let mut cut = {
        let name = sample.name.clone();
        let mut behind =
            Client::connect(&env::var("DONDOC_TEST_POSTGRES").unwrap(), NoTls).unwrap();
        move || {
            let cut = "select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = $1";
            behind.query(cut, &[&name]).unwrap();
        }
    };
    sample
        .store
        .write(|tx| {
            n_turns += 1;
            put(tx, "a")?;
            if n_turns == 1 {
                cut();
            }
            put(tx, "b")?;
            Ok::<_, StoreError>(((), action()))
        })
        .unwrap();
    assert_eq!((n_turns, sample.n_keys(), sample.n_lines()), (2, 2, 1));
}

#[test]
fn readers_come_back_after_a_restart() {
    let Some(mut sample) = Sample::new() else { return };
    let n = |store: &Store| {
        store.read(|tx| tx.query(sql!("idempotency/get"), &[&"a"], |_| Ok(()))).map(|it| it.len())
    };
    assert_eq!(n(&sample.store).unwrap(), 0);
    sample.cut();
    assert_eq!(n(&sample.store).unwrap(), 0);
}

#[test]
fn a_commit_whose_answer_is_lost_is_unknown() {
    let Some(mut sample) = Sample::new() else { return };
    let server = env::var("DONDOC_TEST_POSTGRES").unwrap();
    let address =
        format!("{server}?options=-c%20search_path%3D{0}&application_name={0}", sample.name);
    let mut engine = Postgres::open(&address).unwrap();
    engine.begin(How::Write).unwrap();
    sample.cut();
    assert!(matches!(engine.commit(), Err(CommitError::Unknown(_))));
    assert_eq!(engine.fate(), Fate::Lost);
}

#[test]
fn nothing_is_written_while_reading() {
    let Some(sample) = Sample::new() else { return };
    assert!(sample.store.read(|tx| put(tx, "a")).is_err());
}

#[test]
fn a_database_that_orders_by_the_rules_of_a_language_is_refused() {
    let Some(_) = Sample::new() else { return };
    let server = env::var("DONDOC_TEST_POSTGRES").unwrap();
    // No database of another order is at hand: the check itself, under a collation that has one.
    let mut client = Client::connect(&server, NoTls).unwrap();
    let by_language = ORDER.replace("'B'", "'B' collate \"und-x-icu\"");
    let row = client.query_one(&by_language, &[]).unwrap();
    assert!(!row.get::<_, bool>(0));
}
