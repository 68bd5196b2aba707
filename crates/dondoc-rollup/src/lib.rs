//! Totals: exact, at once, over a tree that changes; pure.
//!
//! A series in a period is one row of whole numbers in the order of the tree that holds on the period's last day, so that all under
//! a unit is one stretch; beside it lie the totals of all inner nodes. A changed figure adds its difference to the
//! totals above it, so every total is right when [`Totals::set`](totals::Totals::set) returns.
//!
//! - [`catalogue`]: what is added up, and by which rules
//! - [`epoch`]: a tree for as long as it holds, its lines, and who should report
//! - [`totals`]: the figures in force; putting one in
//! - [`total`]: asking for a total
//! - [`carried`]: the past seen through today's tree
//! - [`part`]: what a total is made of, and what it lacks
//! - [`grid`]: many totals at once
//! - [`value`]: what a total comes to; shares in percent
//! - [`snapshot`]: keeping everything in one checked file, for a quick start
//! - [`bits`]: sets of places

pub mod bits;
pub mod carried;
pub mod catalogue;
pub mod epoch;
mod fold;
mod gather;
pub mod grid;
pub mod part;
mod row;
pub mod snapshot;
pub mod total;
pub mod totals;
pub mod value;
