//! Units over time, read from the lists that offices publish: all of them, not samples.
//!
//! The lists lie beside the project and are no part of it; without them the same is proved on the made-up province of
//! `testdata/units`. Expected figures come from the pages that describe the lists, or are counted here from their cells.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]
#![expect(clippy::disallowed_methods, reason = "the crate is pure, its tests read files")]

mod doubts;
mod own_format;
mod real;
mod rough;
mod search;
mod source;
mod sums;
