//! The tasks, step by step.

use std::env;

use anyhow::Result;

use crate::{contract, install_packages, page, parts, postgres, run};

/// What is left out of an ordinary build, and tested all the same.
const OPTIONAL: &str = "dondoc/oidc";

/// Builds the page and the program, and opens the sample province.
pub(crate) fn demo(arguments: &[String]) -> Result<()> {
    page::build()?;
    let mut all = vec!["run", "--release", "--package", "dondoc", "--", "demo"];
    all.extend(arguments.iter().map(String::as_str));
    run(".", "cargo", &all)
}

/// All tests. The page is built first, for the program embeds it and the browser tests open it.
pub(crate) fn test() -> Result<()> {
    parts::report();
    page::build()?;
    run(".", "cargo", &["fmt", "--all", "--check"])?;
    run(
        ".",
        "cargo",
        &["clippy", "--workspace", "--all-targets", "--quiet", "--", "--deny", "warnings"],
    )?;
    let optional = ["clippy", "--package", "dondoc-server", "--package", "dondoc"];
    let rest = ["--features", OPTIONAL, "--all-targets", "--quiet", "--", "--deny", "warnings"];
    run(".", "cargo", &[&optional[..], &rest[..]].concat())?;
    cargo_test(&[])?;
    run("web", "npm", &["run", "--silent", "check"])?;
    run("web", "npm", &["test", "--silent"])?;
    run(".", "cargo", &["build", "--package", "dondoc", "--features", OPTIONAL])?;
    browser()?;
    contract::test(&[])
}

/// The Rust tests, on both engines of the store where there are both.
fn cargo_test(settings: &[&str]) -> Result<()> {
    let server = postgres::setting()?;
    let mut all: Vec<&str> = settings.to_vec();
    all.extend(server.iter().map(String::as_str));
    all.extend([
        "cargo",
        "test",
        "--workspace",
        "--features",
        OPTIONAL,
        "--quiet",
        "--no-fail-fast",
    ]);
    run(".", "env", &all)
}

/// The browser tests, against the program as a user gets it.
fn browser() -> Result<()> {
    if !parts::has("chromium") && env::var_os("CI").is_none() {
        eprintln!("skipped: the page in a browser; `cargo xtask install` brings chromium");
        return Ok(());
    }
    install_packages("e2e")?;
    run("e2e", "npm", &["test", "--silent"])
}

/// Renews what is generated and tested to be current.
pub(crate) fn bless() -> Result<()> {
    page::build()?;
    cargo_test(&["UPDATE_EXPECT=1"])
}

/// Measures reading beside its peers.
pub(crate) fn bench() -> Result<()> {
    run(".", "python3", &["bench/reading.py"])
}
