//! The store, on a real SQLite file. The same tests run on PostgreSQL; see `tests/postgres`.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod adding;
mod cascading;
mod chaining;
mod citing;
mod deciding;
mod engine;
mod grouping;
mod listing;
mod real;
mod repeating;
mod sample;
mod searching;
mod sqlite;
mod statements;
