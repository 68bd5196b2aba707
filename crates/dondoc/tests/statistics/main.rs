//! Published statistics through the ledger: loaded as files, added up, and held against the totals that were published.
//!
//! The data lies beside the checkout (`../shared/data`) and is not part of it; without it the tests say so and pass.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod books;
mod indices;
mod reconciliation;
mod tables;
