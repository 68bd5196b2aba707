//! `dondoc packs`: programme packs, those that come with the program and those of one's own.

pub(crate) mod adopt;
mod check;
mod shipped;
mod show;
mod words;

use std::path::Path;

use anyhow::Context;
use clap::Subcommand;
use dondoc_core::problem::Language;

use crate::Done;

/// The arguments of `dondoc packs`.
#[derive(Debug, clap::Args)]
#[command(
    subcommand_required = true,
    arg_required_else_help = true,
    disable_help_subcommand = true,
    subcommand_help_heading = "Lệnh"
)]
pub(crate) struct PacksArgs {
    #[command(subcommand)]
    command: PacksCommand,
}

/// What can be asked of packs.
#[derive(Debug, Subcommand)]
enum PacksCommand {
    /// Kiểm tra gói chương trình; không nêu thư mục thì kiểm tra các gói kèm theo phần mềm (check)
    #[command(override_usage = "dondoc packs check [TÙY CHỌN] [THƯ MỤC…]")]
    Check(check::CheckArgs),
    /// Xem một gói, hoặc một chỉ tiêu, sổ, biểu của gói (show)
    #[command(override_usage = "dondoc packs show [TÙY CHỌN] GÓI [MÃ]")]
    Show(show::ShowArgs),
    /// Đưa gói vào dùng; từ đó nhận số liệu của gói (use)
    #[command(override_usage = "dondoc packs use GÓI [TÙY CHỌN]")]
    Use(adopt::UseArgs),
    /// Ghi nhận văn bản cho phép dùng một chỉ tiêu phải xác nhận (confirm)
    #[command(override_usage = "dondoc packs confirm MÃ --basis VĂN BẢN [TÙY CHỌN]")]
    Confirm(adopt::ConfirmArgs),
}

/// Does what was asked.
///
/// # Errors
///
/// A folder can't be read, or there is no such pack or code.
pub(crate) fn run(args: &PacksArgs, language: Language) -> anyhow::Result<Done> {
    match &args.command {
        PacksCommand::Check(args) => check::run(args, language),
        PacksCommand::Show(args) => show::run(args, language),
        PacksCommand::Use(args) => adopt::run_use(args, language),
        PacksCommand::Confirm(args) => adopt::run_confirm(args, language),
    }
}

/// The files of a pack, names and texts, in the order of their names.
type PackFiles = Vec<(String, String)>;

/// The TOML files of a folder, by their paths as the user knows them.
fn folder(path: &Path) -> anyhow::Result<PackFiles> {
    let place = path.display();
    let entries = std::fs::read_dir(path).with_context(|| format!("{place}"))?;
    let mut files = PackFiles::new();
    for entry in entries {
        let path = entry.with_context(|| format!("{place}"))?.path();
        if path.extension().is_some_and(|it| it == "toml") {
            let bytes = std::fs::read(&path).with_context(|| path.display().to_string())?;
            files.push((path.display().to_string(), String::from_utf8_lossy(&bytes).into_owned()));
        }
    }
    files.sort();
    Ok(files)
}

/// The packs that come with the program, for the page.
pub(crate) fn come_along() -> Vec<dondoc_server::ShippedPack> {
    let pack =
        |name: String| Some(dondoc_server::ShippedPack { files: shipped::files(&name)?, name });
    shipped::names().into_iter().filter_map(pack).collect()
}

/// The files as the core reads them.
fn borrowed(files: &PackFiles) -> Vec<(&str, &str)> {
    files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect()
}
