//! The server over HTTP, really listening.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod accounting;
mod administering;
mod approving;
mod asking;
mod client;
mod countersigning;
mod deciding;
mod describing;
mod drafting;
mod exploring;
mod exporting;
#[path = "../../../dondoc-store/tests/rot/flip.rs"]
mod flip;
mod guarding;
mod hostile;
mod mapping;
mod matrix;
mod openid;
mod owing;
mod passkeys;
mod province;
mod racing;
mod registering;
mod reporting;
mod server;
mod tasking;
mod totalling;
mod uploading;
