//! `dondoc move` and `dondoc audit verify`: the sample province on its way to another engine and back.

use std::env;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::run::{DIRECTIVE, Ran, dondoc, file};

/// An empty database on a server, in a schema of its own that goes with this.
struct Server {
    base: String,
    name: String,
}

impl Server {
    /// `None`, and a word about it, where no server is named; in CI that is a failure.
    fn new() -> Option<Self> {
        let base = env::var("DONDOC_TEST_POSTGRES").ok().filter(|it| !it.is_empty());
        assert!(base.is_some() || env::var_os("CI").is_none(), "DONDOC_TEST_POSTGRES names none");
        let Some(base) = base else {
            eprintln!("skipped: PostgreSQL (DONDOC_TEST_POSTGRES is not set)");
            return None;
        };
        let server = Self { base, name: format!("cli_{}", std::process::id()) };
        server.psql(&format!("create schema {}", server.name));
        Some(server)
    }

    fn address(&self) -> String {
        format!("{}?options=-c%20search_path%3D{}", self.base, self.name)
    }

    fn psql(&self, sql: &str) {
        let done = Command::new("psql").args(["-qAt", "-c", sql, &self.base]).output().unwrap();
        assert!(done.status.success(), "{done:?}");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let drop = format!("drop schema {} cascade", self.name);
        let _ = Command::new("psql").args(["-qAt", "-c", &drop, &self.base]).output();
    }
}

/// Moves a store; the tables with what is in them.
fn moved(from: &str, to: &str) -> Vec<Value> {
    let ran = dondoc(&[&"move", &"--from", &from, &"--to", &to, &"--json"]);
    assert_eq!(ran.status, Some(0), "{ran:?}");
    let result: Value = serde_json::from_str(&ran.stdout).unwrap();
    result["tables"].as_array().unwrap().clone()
}

/// What a move does not add to: each has its own line in the audit trail.
fn but_the_trail(tables: &[Value]) -> Vec<&Value> {
    let is_trail = |it: &&Value| ["audit", "counter"].contains(&it["table"].as_str().unwrap());
    tables.iter().filter(|it| !is_trail(it)).collect()
}

fn verify(store: &str) -> Ran {
    dondoc(&[&"audit", &"verify", &"--store", &store])
}

#[test]
fn the_sample_province_goes_to_a_server_and_back_unchanged() {
    let folder = tempfile::tempdir().unwrap();
    let place = |name: &str| folder.path().join(name).display().to_string();
    let (first, last) = (place("first.sqlite"), place("last.sqlite"));
    let province = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/province");
    let added = dondoc(&[&"add", &province, &"--store", &first]);
    assert!(added.stderr.contains("tệp mới"), "{added:?}");
    let server = Server::new();
    let between = server.as_ref().map_or_else(|| place("between.sqlite"), Server::address);
    let there = moved(&first, &between);
    let back = moved(&between, &last);
    assert_eq!(but_the_trail(&there), but_the_trail(&back));
    let n_documents = there.iter().find(|it| it["table"] == "document").unwrap();
    assert!(n_documents["rows"].as_u64().unwrap() > 20, "{n_documents}");
    for store in [&first, &between, &last] {
        let ran = verify(store);
        assert_eq!(ran.status, Some(0), "{ran:?}");
        assert!(ran.stderr.contains("nhật ký liền mạch"), "{ran:?}");
    }
    // Both engines find the same documents; the order of equally good ones is their own.
    let found = |words: &str, store: &str| {
        let ran = dondoc(&[&"search", &words, &"--json", &"--store", &store]);
        let mut lines: Vec<String> = ran.stdout.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    for words in
        ["dong khe", "đôn đốc", "UBND xã Bình An", "\"phòng, chống thiên tai\"", "12-NQ/TU"]
    {
        let here = found(words, &first);
        assert!(!here.is_empty(), "{words}");
        assert_eq!(here, found(words, &between), "{words}");
    }
}

#[test]
fn a_place_that_is_not_empty_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let place = |name: &str| folder.path().join(name).display().to_string();
    let (_text, path) = file("a.txt", DIRECTIVE);
    for store in ["a.sqlite", "b.sqlite"] {
        dondoc(&[&"add", &path, &"--store", &place(store)]);
    }
    let before = verify(&place("b.sqlite")).stdout;
    let ran = dondoc(&[&"move", &"--from", &place("a.sqlite"), &"--to", &place("b.sqlite")]);
    assert_eq!((ran.status, ran.stdout.as_str()), (Some(1), ""));
    assert!(ran.stderr.contains("chưa chuyển được"), "{ran:?}");
    assert_eq!(verify(&place("b.sqlite")).stdout, before);
}
