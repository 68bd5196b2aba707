//! The store, on a real SQLite file.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod adding;
mod cascading;
mod citing;
mod deciding;
mod listing;
mod real;
mod sample;
mod searching;
mod statements;
