//! The store, on a real SQLite file. The same tests run on PostgreSQL; see `tests/postgres`.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod accounts;
mod adding;
mod backing_up;
mod cascading;
mod chaining;
mod citing;
mod countersigning;
mod deciding;
mod engine;
mod file;
mod grouping;
mod listing;
#[path = "../figures/made.rs"]
#[expect(dead_code, reason = "the tests of figures use more of it")]
mod made;
mod moving;
mod real;
mod repeating;
mod sample;
mod searching;
mod signing;
mod statements;
mod tasking;
mod units;

/// The other engine of the tests that go from one to another; here the same.
use engine as sqlite;
