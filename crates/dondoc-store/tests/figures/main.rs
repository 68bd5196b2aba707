//! How figures are kept, on a real SQLite file. What does not belong to one engine runs on PostgreSQL too; see
//! `tests/postgres`.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod checking;
mod dying;
#[path = "../store/engine.rs"]
#[expect(dead_code, reason = "the other tests of the store use more of it")]
mod engine;
mod keeping;
mod made;
mod registering;
mod rotting;
#[path = "../store/sample.rs"]
#[expect(dead_code, reason = "the other tests of the store use more of it")]
mod sample;
mod stepping;
mod within;
