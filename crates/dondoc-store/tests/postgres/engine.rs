//! PostgreSQL, in a schema of its own.
//!
//! Where no server is named (`DONDOC_TEST_POSTGRES`), the tests run on SQLite once more, and say so; in CI they fail.

use std::{
    env,
    sync::atomic::{AtomicU32, Ordering},
};

use dondoc_store::Store;
use postgres::{Client, NoTls, SimpleQueryMessage};

use crate::{sample::by, sqlite};

/// Where a store of a test is; it goes with this.
pub(crate) enum Place {
    Schema { address: String, name: String },
    Instead(sqlite::Place),
}

impl Place {
    pub(crate) fn new() -> Self {
        static N_PLACES: AtomicU32 = AtomicU32::new(0);
        let Some(server) = server() else { return Self::Instead(sqlite::Place::new()) };
        let n = N_PLACES.fetch_add(1, Ordering::Relaxed);
        let name = format!("test_{}_{n}", std::process::id());
        let mut client = Client::connect(&server, NoTls).unwrap();
        let made = format!("drop schema if exists {name} cascade; create schema {name}");
        client.batch_execute(&made).unwrap();
        let joint = if server.contains('?') { '&' } else { '?' };
        let address = format!("{server}{joint}options=-c%20search_path%3D{name}");
        Self::Schema { address, name }
    }

    /// What [`Store::open`] takes.
    pub(crate) fn address(&self) -> String {
        match self {
            Self::Schema { address, .. } => address.clone(),
            Self::Instead(it) => it.address(),
        }
    }

    pub(crate) fn open(&self) -> Store {
        Store::open(self.address().as_str(), by().at).unwrap()
    }

    /// Runs statements behind the store's back.
    pub(crate) fn run(&self, sql: &str) {
        match self {
            Self::Schema { address, .. } => {
                Client::connect(address, NoTls).unwrap().batch_execute(sql).unwrap();
            }
            Self::Instead(it) => it.run(sql),
        }
    }

    /// Asks behind the store's back; every value as text.
    pub(crate) fn rows(&self, sql: &str) -> Vec<Vec<String>> {
        let address = match self {
            Self::Schema { address, .. } => address,
            Self::Instead(it) => return it.rows(sql),
        };
        let answers = Client::connect(address, NoTls).unwrap().simple_query(sql).unwrap();
        let rows = answers.iter().filter_map(|it| match it {
            SimpleQueryMessage::Row(row) => Some(row),
            _ => None,
        });
        let text = |it: Option<&str>| it.unwrap_or("Null").to_owned();
        rows.map(|row| (0..row.len()).map(|at| text(row.get(at))).collect()).collect()
    }

    /// Why a statement can't be prepared.
    pub(crate) fn fault_of(&self, sql: &str) -> Option<String> {
        match self {
            Self::Schema { address, .. } => {
                let mut client = Client::connect(address, NoTls).unwrap();
                // The store gives the types of all values; here the server has to guess them, and can't always.
                client
                    .prepare(sql)
                    .err()
                    .map(|it| {
                        it.as_db_error()
                            .map_or_else(|| it.to_string(), |it| it.message().to_owned())
                    })
                    .filter(|it| !it.contains("could not determine data type of parameter"))
            }
            Self::Instead(it) => it.fault_of(sql),
        }
    }

    /// The ending of the files for the other engine.
    pub(crate) fn not_ours(&self) -> &'static str {
        match self {
            Self::Schema { .. } => ".sqlite.sql",
            Self::Instead(it) => it.not_ours(),
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Self::Schema { address, name } = self
            && let Ok(mut client) = Client::connect(address, NoTls)
        {
            // A store that is still open would make this wait; what can't be dropped now stays.
            let drop = format!("set lock_timeout = '2s'; drop schema {name} cascade");
            let _ = client.batch_execute(&drop);
        }
    }
}

/// The address of the server's database for tests.
fn server() -> Option<String> {
    static SAID: std::sync::Once = std::sync::Once::new();
    let server = env::var("DONDOC_TEST_POSTGRES").ok().filter(|it| !it.is_empty());
    assert!(
        server.is_some() || env::var_os("CI").is_none(),
        "DONDOC_TEST_POSTGRES names no server; in CI nothing is skipped"
    );
    if server.is_none() {
        SAID.call_once(|| eprintln!("skipped: PostgreSQL (DONDOC_TEST_POSTGRES is not set)"));
    }
    server
}
