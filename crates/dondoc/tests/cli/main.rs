//! The binary itself: command in; standard output, standard error and exit status out.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod accounts;
mod backing_up;
mod damage;
mod figures;
mod isolation;
mod json;
mod key;
mod library;
mod moving;
mod packs;
mod read;
mod refused;
mod run;
mod serve;
mod tasks;
mod units;
