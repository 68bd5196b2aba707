//! SQLite, in a file in a folder of its own.

use std::path::PathBuf;

use dondoc_store::Store;
use rusqlite::{Connection, types::Value};
use tempfile::TempDir;

use crate::sample::by;

/// Where a store of a test is; it goes with this.
pub(crate) struct Place {
    folder: TempDir,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("test.sqlite")
    }

    /// What [`Store::open`] takes.
    pub(crate) fn address(&self) -> String {
        self.path().display().to_string()
    }

    pub(crate) fn open(&self) -> Store {
        Store::open(&self.path(), by().at).unwrap()
    }

    /// Runs statements behind the store's back.
    pub(crate) fn run(&self, sql: &str) {
        Connection::open(self.path()).unwrap().execute_batch(sql).unwrap();
    }

    /// Asks behind the store's back; every value as text.
    pub(crate) fn rows(&self, sql: &str) -> Vec<Vec<String>> {
        let db = Connection::open(self.path()).unwrap();
        let mut statement = db.prepare(sql).unwrap();
        let n = statement.column_count();
        let text = |value: Value| match value {
            Value::Text(it) => it,
            Value::Integer(it) => it.to_string(),
            other => format!("{other:?}"),
        };
        let rows = statement
            .query_map([], |row| (0..n).map(|at| Ok(text(row.get(at)?))).collect())
            .unwrap();
        rows.map(|it| it.unwrap()).collect()
    }

    /// Why a statement can't be prepared.
    pub(crate) fn fault_of(&self, sql: &str) -> Option<String> {
        let db = Connection::open(self.path()).unwrap();
        db.prepare(sql).err().map(|it| it.to_string())
    }

    /// The ending of the files for the other engine.
    pub(crate) fn not_ours(&self) -> &'static str {
        ".postgres.sql"
    }
}
