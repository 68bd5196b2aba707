//! Tasks for developers, on a fresh Debian or Ubuntu machine with Rust, Node and a C compiler.
//!
//! `cargo xtask` lists them. Everything that the project is checked by is a test; this only builds the page first,
//! finds the optional real parts, and runs the tests in order.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use anyhow::{Context, Result, bail};

mod contract;
mod page;
mod parts;
mod postgres;
mod steps;

const USAGE: &str = "\
cargo xtask TASK

  demo [ARGS]   build everything and open the sample province on a local port
  test          pass all tests: formatting, lints, Rust, page, browser, the description of the API
  contract [ROLES]
                hold the built program to the description of its API, as each role
  web           build the page into web/dist
  install       install the optional real parts (as root, with apt-get)
  bless         renew everything that is generated
  bench         measure reading beside its peers, and write bench/results.md
";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let Some((task, rest)) = arguments.split_first() else {
        eprint!("{USAGE}");
        return ExitCode::from(2);
    };
    let result = match task.as_str() {
        "demo" => steps::demo(rest),
        "test" => steps::test(),
        "contract" => contract::test(rest),
        "web" => page::build(),
        "install" => parts::install(),
        "bless" => steps::bless(),
        "bench" => steps::bench(),
        other => {
            eprint!("no task `{other}`\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask {task}: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The root of the checkout.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_owned()
}

/// Runs a program in a folder of the checkout, and shows what it prints.
fn run(folder: &str, program: &str, arguments: &[&str]) -> Result<()> {
    eprintln!("› {program} {}", arguments.join(" "));
    let status = Command::new(program)
        .args(arguments)
        .current_dir(root().join(folder))
        .status()
        .with_context(|| format!("cannot run {program}; is it installed?"))?;
    if !status.success() {
        bail!("`{program} {}` in {folder} failed: {status}", arguments.join(" "));
    }
    Ok(())
}

/// `npm ci` in a folder, unless what it installed is newer than the lock file.
fn install_packages(folder: &str) -> Result<()> {
    let folder_path = root().join(folder);
    let installed = fs::metadata(folder_path.join("node_modules/.package-lock.json"))
        .and_then(|it| it.modified());
    let locked = fs::metadata(folder_path.join("package-lock.json")).and_then(|it| it.modified());
    if let (Ok(installed), Ok(locked)) = (installed, locked)
        && installed >= locked
    {
        return Ok(());
    }
    run(folder, "npm", &["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
}
