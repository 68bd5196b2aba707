//! The server held to the description of its API, with Schemathesis in a Python of its own.

use std::{env, fs, path::PathBuf, process::Command};

use anyhow::{Context, Result, bail};

use crate::{root, run};

/// The folder of the tests, with the Python environment that is made in it.
const FOLDER: &str = "e2e/contract";
/// What the environment holds; a copy in it says what was installed.
const WANTED: &str = "requirements.txt";

fn environment() -> PathBuf {
    root().join(FOLDER).join(".venv")
}

/// Whether all that is wanted was installed, in these very versions.
pub(crate) fn is_ready() -> bool {
    let read = |path: PathBuf| fs::read_to_string(path).ok();
    let wanted = read(root().join(FOLDER).join(WANTED));
    wanted.is_some() && read(environment().join(WANTED)) == wanted
}

/// Makes the environment, unless it is there.
///
/// # Errors
///
/// If there is no Python with `venv`, or a package can't be had.
pub(crate) fn install() -> Result<()> {
    if is_ready() {
        return Ok(());
    }
    if !make()? {
        bail!("`python3 -m venv` failed; apt-get install python3-venv brings it");
    }
    run(FOLDER, ".venv/bin/python", &["-m", "pip", "install", "-q", "-r", WANTED])?;
    let folder = root().join(FOLDER);
    fs::copy(folder.join(WANTED), environment().join(WANTED)).context("the list of packages")?;
    Ok(())
}

/// Makes an empty environment; on Debian that takes a package, which is installed if it can be.
fn make() -> Result<bool> {
    let venv = || {
        let mut made = Command::new("python3");
        made.args(["-m", "venv", "--clear"]).arg(environment());
        made.status().context("cannot run python3; is it installed?")
    };
    if venv()?.success() {
        return Ok(true);
    }
    run(".", "apt-get", &["install", "-q", "-y", "--no-install-recommends", "python3-venv"])?;
    Ok(venv()?.success())
}

/// Runs the tests; `roles` are those of the policy, all of them if none is named.
///
/// # Errors
///
/// If something is found, or in CI, where nothing is skipped, if there is no Schemathesis.
pub(crate) fn test(roles: &[String]) -> Result<()> {
    if !is_ready() && env::var_os("CI").is_none() {
        eprintln!(
            "skipped: the server held to its description; `cargo xtask install` brings Schemathesis"
        );
        return Ok(());
    }
    let built = root().join("target/debug/dondoc");
    let binary = env::var("DONDOC_BIN").unwrap_or(built.to_string_lossy().into_owned());
    let mut arguments = vec!["contract.py", binary.as_str()];
    arguments.extend(roles.iter().map(String::as_str));
    run(FOLDER, ".venv/bin/python", &arguments)
}
