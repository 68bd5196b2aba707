//! `dondoc audit`: whether the audit trail is as it was written, and the trail as a file that others verify.

mod export;

use std::io::{self, Write};

use dondoc_core::problem::Language;
use dondoc_store::audit::{self, Chain, Flaw};
use serde_json::json;

use crate::Done;
use crate::commands::move_store::hex;
use crate::library::LibraryArgs;
use crate::words::{pick, tell};

/// The arguments of `dondoc audit`.
#[derive(Debug, clap::Args)]
#[command(subcommand_help_heading = "Lệnh", disable_help_subcommand = true)]
pub(crate) struct AuditArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Kiểm tra nhật ký: có dòng nào bị sửa, bớt hoặc chèn không (verify the chain)
    #[command(override_usage = "dondoc audit verify [TÙY CHỌN]")]
    Verify(VerifyArgs),
    /// Xuất nhật ký kèm các mốc ký ra tệp, để kiểm tra bằng dondoc-audit (export the trail)
    #[command(override_usage = "dondoc audit export [TÙY CHỌN] TỆP")]
    Export(export::ExportArgs),
}

/// The arguments of `dondoc audit verify`.
#[derive(Debug, clap::Args)]
struct VerifyArgs {
    /// In kết quả dưới dạng JSON, cho máy đọc
    #[arg(long, help_heading = "Tùy chọn")]
    json: bool,
    #[command(flatten)]
    library: LibraryArgs,
}

/// Prints the digest of the last line, by which all are known; a broken chain is a failure, with the first bad line. Or
/// writes the trail to a file.
///
/// # Errors
///
/// The library can't be opened or read, or the file can't be written.
pub(crate) fn run(args: &AuditArgs, language: Language) -> anyhow::Result<Done> {
    match &args.what {
        What::Verify(args) => verify(args, language),
        What::Export(args) => export::run(args, language),
    }
}

fn verify(args: &VerifyArgs, language: Language) -> anyhow::Result<Done> {
    let chain = audit::verify(&args.library.open_existing(language)?)?;
    let mut out = io::stdout().lock();
    match &chain {
        Chain::Whole { n_lines, last } => {
            if args.json {
                writeln!(out, "{}", json!({ "whole": true, "lines": n_lines, "last": hex(last) }))?;
            } else {
                writeln!(out, "{}", hex(last))?;
            }
            let words =
                pick(language, "dòng, nhật ký liền mạch", "lines, the audit trail is whole");
            tell(&format!("{n_lines} {words}"));
            Ok(Done::All)
        }
        Chain::Broken { line, flaw } => {
            let (code, what) = match flaw {
                Flaw::Missing => ("missing", pick(language, "bị mất", "is missing")),
                Flaw::Altered => ("altered", pick(language, "không như khi ghi", "was altered")),
            };
            if args.json {
                writeln!(out, "{}", json!({ "whole": false, "line": line, "flaw": code }))?;
            }
            let remedy = pick(
                language,
                "so với bản sao lưu gần nhất để biết đã mất gì",
                "compare with the last backup to see what was lost",
            );
            let subject = pick(language, "lỗi: nhật ký, dòng", "error: audit trail, line");
            tell(&format!("{subject} {line}: {what}\n  {remedy}"));
            Ok(Done::Some)
        }
    }
}
