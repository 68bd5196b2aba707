//! `dondoc audit export`: the trail with its signed checkpoints, for `dondoc-audit`.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use anyhow::Context;
use dondoc_core::problem::Language;
use dondoc_store::checkpoints::{self, Key};
use jiff::Timestamp;

use crate::Done;
use crate::commands::move_store::hex;
use crate::library::LibraryArgs;
use crate::words::{pick, place, tell};

/// The arguments of `dondoc audit export`.
#[derive(Debug, clap::Args)]
pub(super) struct ExportArgs {
    /// Tệp sẽ ghi
    #[arg(value_name = "TỆP", help_heading = "Đối số")]
    file: PathBuf,
    #[command(flatten)]
    library: LibraryArgs,
}

/// Signs the trail as it is, writes it, and prints the public key by which it is verified.
pub(super) fn run(args: &ExportArgs, language: Language) -> anyhow::Result<Done> {
    let store = args.library.open_existing(language)?;
    let folder = args.library.folder()?;
    std::fs::create_dir_all(&folder).with_context(|| place(&folder))?;
    let key = Key::beside(&folder)?;
    let failed = || {
        let words = pick(language, "không ghi được", "cannot write");
        format!("{words} {}", place(&args.file))
    };
    let mut file = BufWriter::new(File::create(&args.file).with_context(failed)?);
    let exported = checkpoints::export(&store, &key, Timestamp::now(), &mut file)?;
    file.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()?;
    writeln!(std::io::stdout(), "{}", hex(&exported.public_key))?;
    let (n_lines, n_checkpoints) = (exported.n_lines, exported.n_checkpoints);
    tell(&match language {
        Language::Vietnamese => format!(
            "{n_lines} dòng, {n_checkpoints} mốc ký; kiểm tra: dondoc-audit {} --key KHÓA",
            place(&args.file)
        ),
        Language::English => format!(
            "{n_lines} lines, {n_checkpoints} checkpoints; verify: dondoc-audit {} --key KEY",
            place(&args.file)
        ),
    });
    Ok(Done::All)
}
