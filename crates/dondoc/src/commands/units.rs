//! `dondoc units`: units over time: loading them, looking at a day, at what became of them, and at what does not fit.

mod check;
mod history;
mod load;
mod show;
mod words;

use clap::Subcommand;
use dondoc_core::problem::Language;
use jiff::Zoned;
use jiff::civil::Date;

use crate::Done;

/// The arguments of `dondoc units`.
#[derive(Debug, clap::Args)]
#[command(
    subcommand_required = true,
    arg_required_else_help = true,
    disable_help_subcommand = true,
    subcommand_help_heading = "Lệnh"
)]
pub(crate) struct UnitsArgs {
    #[command(subcommand)]
    command: UnitsCommand,
}

/// What can be asked of units.
#[derive(Debug, Subcommand)]
enum UnitsCommand {
    /// Nạp danh sách đơn vị, bảng chuyển đổi, hoặc tệp CSV của Dondoc (load)
    #[command(override_usage = "dondoc units load [--on NGÀY] [--dry-run] [TÙY CHỌN] TỆP…")]
    Load(load::LoadArgs),
    /// Xem một đơn vị và các đơn vị trực thuộc vào một ngày (show)
    #[command(
        override_usage = "dondoc units show [--on NGÀY] [--line HỆ] [TÙY CHỌN] [TÊN HOẶC MÃ]"
    )]
    Show(show::ShowArgs),
    /// Xem mọi thay đổi của những đơn vị mang một tên hoặc mã (history)
    #[command(override_usage = "dondoc units history [TÙY CHỌN] TÊN HOẶC MÃ")]
    History(history::HistoryArgs),
    /// Liệt kê mọi điều không khớp giữa các đơn vị đã nạp (check)
    #[command(override_usage = "dondoc units check [TÙY CHỌN]")]
    Check(check::CheckArgs),
}

/// Does what was asked.
///
/// # Errors
///
/// The library can't be opened, read or written.
pub(crate) fn run(args: &UnitsArgs, language: Language) -> anyhow::Result<Done> {
    match &args.command {
        UnitsCommand::Load(args) => load::run(args, language),
        UnitsCommand::Show(args) => show::run(args, language),
        UnitsCommand::History(args) => history::run(args, language),
        UnitsCommand::Check(args) => check::run(args, language),
    }
}

/// Reads a day as people write it here, `01/07/2025`, or as machines do, `2025-07-01`.
fn day(text: &str) -> Result<Date, String> {
    let numbers: Vec<&str> = text.split('/').collect();
    let vietnamese = match numbers.as_slice() {
        [day, month, year] => year
            .parse()
            .and_then(|year| Ok((year, month.parse()?, day.parse()?)))
            .ok()
            .and_then(|(year, month, day)| Date::new(year, month, day).ok()),
        _ => None,
    };
    vietnamese
        .or_else(|| text.parse().ok())
        .ok_or_else(|| "ngày viết như 01/07/2025 hoặc 2025-07-01".to_owned())
}

/// The day that is meant where none is named.
fn today() -> Date {
    Zoned::now().date()
}
