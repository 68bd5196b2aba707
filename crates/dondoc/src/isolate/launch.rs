//! Outside programs, bound by the same kind of limits.

use std::ffi::OsString;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::Context;
use dondoc_core::problem::Problem;

use crate::isolate::child::{self, Ended};
use crate::isolate::limits::{self, Limits};

/// The most that an outside program may say on its standard output.
const OUTPUT_BYTES: u64 = 64 << 20;

/// Address space: LibreOffice reserves much more than it uses.
const MEMORY_BYTES: u64 = 6 << 30;

/// The arguments of the hidden command `launch`.
#[derive(Debug, clap::Args)]
pub(crate) struct LaunchArgs {
    /// Time on the processor.
    #[arg(long)]
    cpu_seconds: u64,
    /// The only folder that it may write in.
    #[arg(long)]
    folder: PathBuf,
    /// Whether it may make sockets in the common folder for temporary files.
    #[arg(long)]
    sockets: bool,
    /// The program and its arguments.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, required = true)]
    command: Vec<OsString>,
}

/// The program's full path, if it is installed.
pub(super) fn find(program: &str) -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?)
        .filter(|it| it.is_absolute())
        .map(|it| it.join(program))
        .find(|it| it.is_file())
}

/// An outside program, and what it may do besides reading.
pub(super) struct Program<'a> {
    /// Where it is installed.
    pub(super) path: &'a Path,
    /// Its home, and the only folder that it may write in.
    pub(super) folder: &'a Path,
    /// The most time on the processor.
    pub(super) cpu_seconds: u64,
    /// Whether it may make sockets in `/tmp`.
    pub(super) sockets: bool,
}

/// Runs a program to its end.
///
/// # Errors
///
/// As [`child::run`].
pub(super) fn run(program: &Program<'_>, arguments: &[OsString]) -> Result<Ended, Problem> {
    let Program { path, folder, cpu_seconds, sockets } = *program;
    let itself =
        std::env::current_exe().map_err(|err| Problem::ReaderDied { detail: err.to_string() })?;
    let mut command = Command::new(itself);
    command
        .arg("launch")
        .arg(format!("--cpu-seconds={cpu_seconds}"))
        .arg("--folder")
        .arg(folder)
        .args(sockets.then_some("--sockets"))
        .arg("--")
        .arg(path)
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", folder)
        .env("TMPDIR", folder)
        .env("LC_ALL", "C.UTF-8")
        // Several files are read side by side; one thread each is the fairest and the fastest.
        .env("OMP_THREAD_LIMIT", "1");
    let patience = Duration::from_secs(2 * cpu_seconds + 10);
    child::run(&mut command, &[], patience, OUTPUT_BYTES)
}

/// The launched side: binds itself, then becomes the program.
///
/// # Errors
///
/// The limits can't be set, or the program can't be started; otherwise it does not return.
pub(crate) fn become_program(args: &LaunchArgs) -> anyhow::Result<()> {
    let limits = Limits {
        memory_bytes: MEMORY_BYTES,
        cpu_seconds: args.cpu_seconds,
        file_bytes: 1 << 30,
        n_files: 256,
    };
    limits.set().context("cannot set the limits")?;
    limits::shut_in(&args.folder, args.sockets).context("cannot shut in the program")?;
    let (program, arguments) = args.command.split_first().context("no program")?;
    let err = Command::new(program).args(arguments).exec();
    Err(err).with_context(|| format!("cannot start {}", program.display()))
}
