//! Dondoc, the one binary.
//!
//! Data goes to standard output, words to standard error. The exit status is 0 if all was done, 1 if something
//! was refused or failed, 2 if the arguments are wrong. A reader of the output that has seen enough and closes the
//! pipe is no failure.
//!
//! - [`commands`]: one module a command
//! - [`isolate`]: reading files that nobody vouches for, in child processes with limits
//! - [`inputs`], [`batch`]: from names to files, and from files to readings in order
//! - [`library`], [`sample`]: where the library of documents is, and the documents that come with the program
//! - [`question`], [`quantity`]: which figures are asked for, and how they are written
//! - [`table`]: a reading as a person likes to see it
//! - [`args`], [`usage`], [`words`]: the command line and its words

use std::io::{self, Write};
use std::process::ExitCode;

use clap::error::ErrorKind;
use dondoc_core::problem::Language;

use crate::args::{Command, CommandLine};
use crate::words::{pick, tell};

mod args;
mod batch;
mod commands;
mod excerpt;
mod inputs;
mod intake;
mod isolate;
mod library;
mod quantity;
mod question;
mod sample;
mod table;
mod usage;
mod words;

/// The allocator: answers with thousands of numbers are made by many threads at a time, and take a quarter less time on the
/// processor than with that of the C library.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How a command ended that did not fail as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Done {
    /// Everything was done.
    All,
    /// Something was refused, and said so.
    Some,
}

fn main() -> ExitCode {
    let line = match CommandLine::read() {
        Ok(line) => line,
        Err(err) => return answer_without_command(&err),
    };
    let language = line.language();
    match run(&line.command, language) {
        Ok(Done::All) => ExitCode::SUCCESS,
        Ok(Done::Some) => ExitCode::from(1),
        Err(err) if is_closed_pipe(&err) => ExitCode::SUCCESS,
        Err(err) => {
            tell(&format!("{}: {err:#}", pick(language, "lỗi", "error")));
            ExitCode::from(1)
        }
    }
}

fn run(command: &Command, language: Language) -> anyhow::Result<Done> {
    match command {
        Command::Read(args) => commands::read::run(args, language),
        Command::Add(args) => commands::add::run(args, language),
        Command::Search(args) => commands::search::run(args, language),
        Command::Citations(args) => commands::citations::run(args, language),
        Command::Move(args) => commands::move_store::run(args, language),
        Command::Audit(args) => commands::audit::run(args, language),
        Command::Backup(args) => commands::backup::run(args, language),
        Command::Restore(args) => commands::restore::run(args, language),
        Command::Fsck(args) => commands::fsck::run(args, language),
        Command::Units(args) => commands::units::run(args, language),
        Command::Figures(args) => commands::figures::run(args, language),
        Command::Form(args) => commands::form::run(args, language),
        Command::Registers(args) => commands::registers::run(args, language),
        Command::Tasks(args) => commands::tasks::run(args, language),
        Command::Total(args) => commands::total::run(args, language),
        Command::Trace(args) => commands::trace::run(args, language),
        Command::Packs(args) => commands::packs::run(args, language),
        Command::Accounts(args) => commands::accounts::run(args, language),
        Command::Serve(args) => commands::serve::serve(args, language),
        Command::Demo(args) => commands::serve::demo(args, language),
        Command::Reader { size_bytes } => isolate::serve_one(*size_bytes).map(|()| Done::All),
        Command::Launch(args) => isolate::become_program(args).map(|()| Done::All),
    }
}

/// Help and the version are answers; all else is a mistake in the arguments.
fn answer_without_command(err: &clap::Error) -> ExitCode {
    match err.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let _ = write!(io::stdout(), "{}", err.render());
            ExitCode::SUCCESS
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            tell(&err.render().to_string());
            ExitCode::from(2)
        }
        _ => {
            tell(&usage::say(err, args::language_asked_for()));
            ExitCode::from(2)
        }
    }
}

fn is_closed_pipe(err: &anyhow::Error) -> bool {
    err.chain()
        .filter_map(|it| it.downcast_ref::<io::Error>())
        .any(|it| it.kind() == io::ErrorKind::BrokenPipe)
}
