//! A database on a PostgreSQL server of this machine, for the tests of the store.

use std::{env, process::Command};

use anyhow::{Context, Result, bail};

use crate::parts;

/// The environment variable by which the tests find it.
const VARIABLE: &str = "DONDOC_TEST_POSTGRES";

/// The name of the database; nobody keeps anything in it.
const DATABASE: &str = "dondoc_test";

/// A cluster of Debian's PostgreSQL.
struct Cluster {
    version: String,
    name: String,
    port: String,
    is_online: bool,
}

/// What to put before `cargo test`, so that the tests find the database: `DONDOC_TEST_POSTGRES=…`, or nothing where
/// there is none.
///
/// Starts the server where it is installed, and makes the database.
///
/// # Errors
///
/// In CI, where nothing is skipped, if there is no server.
pub(crate) fn setting() -> Result<Vec<String>> {
    // Whoever sets it knows better.
    if env::var_os(VARIABLE).is_some_and(|it| !it.is_empty()) {
        return Ok(Vec::new());
    }
    match start() {
        Ok(address) => Ok(vec![format!("{VARIABLE}={address}")]),
        Err(error) if env::var_os("CI").is_none() => {
            eprintln!("skipped: the store on PostgreSQL; {error:#}");
            Ok(Vec::new())
        }
        Err(error) => Err(error),
    }
}

fn start() -> Result<String> {
    if !parts::has("pg_lsclusters") {
        bail!("PostgreSQL is not installed; `cargo xtask install` brings it");
    }
    let listed = output(Command::new("pg_lsclusters").arg("--no-header"))?;
    let Some(cluster) = listed.lines().find_map(Cluster::read) else {
        bail!("PostgreSQL has no cluster; make one with pg_createcluster");
    };
    if !cluster.is_online {
        let arguments = [cluster.version.as_str(), cluster.name.as_str(), "start"];
        output(Command::new("pg_ctlcluster").args(arguments))?;
    }
    let user = output(Command::new("id").arg("-un"))?;
    let user = user.trim();
    let port = &cluster.port;
    // Over the socket the server takes the system's word for who it is: no password anywhere.
    let own = |sql: &str| {
        output(Command::new("psql").args(["-qAt", "-p", port, "-d", DATABASE, "-c", sql]))
    };
    if own("select 1").is_err() {
        make_database(user, port)?;
        own("select 1")?;
    }
    Ok(format!("postgres://{user}@%2Fvar%2Frun%2Fpostgresql:{port}/{DATABASE}"))
}

/// Makes role and database, as the server's own user, which takes root.
fn make_database(user: &str, port: &str) -> Result<()> {
    let psql = |sql: &str| {
        let command = format!("psql -qAt -p {port} -c \"{sql}\"");
        output(Command::new("su").args(["postgres", "-c", &command]).current_dir("/"))
            .context("the role and the database for tests are made as root, once")
    };
    if psql(&format!("select 1 from pg_roles where rolname = '{user}'"))?.is_empty() {
        psql(&format!("create role \\\"{user}\\\" login"))?;
    }
    // Ordered by code point, as SQLite does and the store wants it.
    psql(&format!(
        "create database {DATABASE} owner \\\"{user}\\\" template template0 encoding 'UTF8' locale 'C'"
    ))?;
    Ok(())
}

impl Cluster {
    /// A line of `pg_lsclusters`: version, name, port, status …
    fn read(line: &str) -> Option<Self> {
        let mut words = line.split_whitespace().map(str::to_owned);
        let (version, name, port) = (words.next()?, words.next()?, words.next()?);
        Some(Self { version, name, port, is_online: words.next()?.starts_with("online") })
    }
}

/// What a program prints.
fn output(command: &mut Command) -> Result<String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output().with_context(|| format!("cannot run {program}"))?;
    if !output.status.success() {
        bail!("{program} failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
