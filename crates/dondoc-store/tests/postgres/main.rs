//! The tests of the store once more, on PostgreSQL.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

#[path = "../store/accounts.rs"]
mod accounts;
#[path = "../store/adding.rs"]
mod adding;
#[path = "../store/backing_up.rs"]
mod backing_up;
#[path = "../store/cascading.rs"]
mod cascading;
#[path = "../store/chaining.rs"]
mod chaining;
#[path = "../figures/checking.rs"]
mod checking;
#[path = "../store/citing.rs"]
mod citing;
#[path = "../store/countersigning.rs"]
mod countersigning;
#[path = "../store/deciding.rs"]
mod deciding;
#[path = "../figures/dying.rs"]
mod dying;
mod engine;
#[path = "../store/grouping.rs"]
mod grouping;
#[path = "../figures/keeping.rs"]
mod keeping;
#[path = "../store/listing.rs"]
mod listing;
#[path = "../figures/made.rs"]
mod made;
#[path = "../store/moving.rs"]
mod moving;
#[path = "../store/real.rs"]
mod real;
#[path = "../figures/registering.rs"]
mod registering;
#[path = "../store/repeating.rs"]
mod repeating;
#[path = "../store/sample.rs"]
mod sample;
#[path = "../store/searching.rs"]
mod searching;
mod server;
#[path = "../store/signing.rs"]
mod signing;
#[path = "../store/engine.rs"]
mod sqlite;
#[path = "../store/statements.rs"]
mod statements;
#[path = "../figures/stepping.rs"]
mod stepping;
#[path = "../store/tasking.rs"]
mod tasking;
#[path = "../store/units.rs"]
mod units;
