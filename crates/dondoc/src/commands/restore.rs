//! `dondoc restore`: a backup in the place of the store, after everything in it was found to hold.

use std::io::{self, Write};
use std::path::PathBuf;

use dondoc_core::problem::Language;
use dondoc_store::backup::{self, Restored};
use serde_json::json;

use crate::Done;
use crate::commands::backup::{passphrase, told};
use crate::library::{LibraryArgs, by_this_user};
use crate::words::tell;

/// The arguments of `dondoc restore`.
#[derive(Debug, clap::Args)]
pub(crate) struct RestoreArgs {
    /// Tệp sao lưu
    #[arg(value_name = "TỆP", help_heading = "Đối số")]
    file: PathBuf,
    /// Tệp có mật khẩu ở dòng đầu, nếu bản sao lưu có mật khẩu
    #[arg(long, value_name = "TỆP", help_heading = "Tùy chọn")]
    passphrase_file: Option<PathBuf>,
    /// In kết quả dưới dạng JSON, cho máy đọc
    #[arg(long, help_heading = "Tùy chọn")]
    json: bool,
    #[command(flatten)]
    library: LibraryArgs,
}

/// Puts a backup in the place of the store; what was there stays beside it.
///
/// # Errors
///
/// The backup does not hold, or somebody has the store open; then nothing has changed.
pub(crate) fn run(args: &RestoreArgs, language: Language) -> anyhow::Result<Done> {
    let passphrase = passphrase(args.passphrase_file.as_deref(), language)?;
    let to = args.library.location()?;
    let restored = backup::restore(&args.file, passphrase.as_deref(), &to, &by_this_user());
    let Restored { verified, before } = restored.map_err(|err| told(&err, language))?;
    let manifest = &verified.manifest;
    let mut out = io::stdout().lock();
    if args.json {
        let json = json!({
            "restored": to.to_string(), "taken_at": manifest.taken_at, "block": manifest.block,
            "chain": manifest.chain, "figures": verified.n_figures, "before": before,
        });
        writeln!(out, "{json}")?;
    } else {
        writeln!(out, "{to}")?;
    }
    let aside = before.as_ref().map(|it| it.display().to_string());
    tell(&match language {
        Language::Vietnamese => format!(
            "đã khôi phục kho như lúc {}: {} số liệu, {} dòng nhật ký{}",
            manifest.taken_at,
            verified.n_figures,
            manifest.n_audit_lines,
            aside.map(|it| format!("\nkho trước đó còn ở {it}")).unwrap_or_default()
        ),
        Language::English => format!(
            "restored as of {}: {} figures, {} audit lines{}",
            manifest.taken_at,
            verified.n_figures,
            manifest.n_audit_lines,
            aside.map(|it| format!("\nthe store before is still at {it}")).unwrap_or_default()
        ),
    });
    Ok(Done::All)
}
