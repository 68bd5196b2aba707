//! The ledger over a real store: histories of reports, corrections, entries and mergers, held against a naive walk.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod approved;
mod concurrent;
mod elsewhere;
#[path = "../../../dondoc-store/tests/rot/flip.rs"]
mod flip;
mod formulas;
mod histories;
mod merged;
mod naive;
mod paths;
mod rehearsing;
mod rot;
mod task_book;
mod versions;
mod world;
