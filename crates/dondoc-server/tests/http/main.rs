//! The server over HTTP, really listening.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod asking;
mod client;
mod deciding;
mod describing;
mod guarding;
mod province;
mod reporting;
mod server;
mod uploading;
