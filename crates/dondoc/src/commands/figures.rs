//! `dondoc figures`: figures of many units in from files, and out to them.

mod export;
mod load;

pub(crate) use load::{batches, place_words};

use clap::Subcommand;
use dondoc_core::pack::Pack;
use dondoc_core::period::Period;
use dondoc_core::problem::Language;
use dondoc_core::unit::{UnitId, Units};
use dondoc_ledger::Ledger;
use jiff::civil::Date;

use crate::Done;
use crate::words::pick;

/// The arguments of `dondoc figures`.
#[derive(Debug, clap::Args)]
#[command(
    subcommand_required = true,
    arg_required_else_help = true,
    disable_help_subcommand = true,
    subcommand_help_heading = "Lệnh"
)]
pub(crate) struct FiguresArgs {
    #[command(subcommand)]
    command: FiguresCommand,
}

/// What can be done with figures.
#[derive(Debug, Subcommand)]
enum FiguresCommand {
    /// Nạp số liệu từ tệp: kiểm tra hết rồi mới ghi, sai một ô thì không ghi gì (load)
    #[command(override_usage = "dondoc figures load [TÙY CHỌN] TỆP…")]
    Load(load::LoadArgs),
    /// Xuất số liệu đang dùng (export)
    #[command(override_usage = "dondoc figures export [TÙY CHỌN]")]
    Export(export::ExportArgs),
}

/// Does what was asked.
///
/// # Errors
///
/// A file can't be read, or the library can't be opened or written.
pub(crate) fn run(args: &FiguresArgs, language: Language) -> anyhow::Result<Done> {
    match &args.command {
        FiguresCommand::Load(args) => load::run(args, language),
        FiguresCommand::Export(args) => export::run(args, language),
    }
}

/// How figures stand in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// A table, as CSV or in an `.xlsx` workbook.
    Csv,
    /// `dataValueSets` of DHIS2, JSON.
    Dhis2,
    /// ADX, XML.
    Adx,
    /// SDMX-CSV; out only.
    Sdmx,
}

/// The pack that is meant: the one of that code, or the only one in use.
fn pack_in_use(ledger: &Ledger, code: Option<&str>, language: Language) -> anyhow::Result<Pack> {
    ledger.look(|books| {
        let packs = books.programmes.packs();
        let found = match (code, packs) {
            (Some(code), _) => books.programmes.pack(code),
            (None, [only]) => Some(only),
            (None, _) => None,
        };
        let codes: Vec<&str> = packs.iter().map(|it| it.pack.code.as_str()).collect();
        found.cloned().ok_or_else(|| {
            let (what, remedy) = match (packs.is_empty(), language) {
                (true, Language::Vietnamese) => (
                    "chưa đưa gói chương trình nào vào dùng",
                    "cách xử lý: dondoc packs use TÊN GÓI",
                ),
                (true, Language::English) => ("no pack is in use", "remedy: dondoc packs use NAME"),
                (false, Language::Vietnamese) => {
                    ("chưa rõ gói chương trình nào", "cách xử lý: thêm --pack MÃ")
                }
                (false, Language::English) => {
                    ("which pack is not clear", "remedy: add --pack CODE")
                }
            };
            let choice =
                if codes.is_empty() { String::new() } else { format!(" ({})", codes.join(", ")) };
            anyhow::anyhow!("--pack: {what}{choice}\n  {remedy}")
        })
    })
}

/// The unit that a name, a code or the key of a list means in a period; the candidates if that is not one.
fn unit_in(
    units: &Units,
    day: impl Fn(Period) -> Date,
    (text, period): (&str, Period),
) -> Result<UnitId, Vec<UnitId>> {
    let on = day(period);
    if let Some(unit) = units.by_key(text) {
        return Ok(unit);
    }
    let found = match units.by_code(text, on) {
        coded if coded.is_empty() => units.find(text, on),
        coded => coded,
    };
    match found.as_slice() {
        [one] => Ok(*one),
        _ => Err(found),
    }
}

/// Code and name of a unit in a period, as tables have them.
fn code_and_name(units: &Units, unit: UnitId, day: Date) -> (String, String) {
    let it = units.get(unit);
    let day = it.map_or(day, |it| it.day_of_life(day));
    let code = it.and_then(|it| it.code_on(day).or_else(|| it.key()));
    let name = it.and_then(|it| it.full_name_on(day));
    (code.map_or_else(|| unit.to_string(), str::to_owned), name.unwrap_or_default())
}

/// A word for figures, by their number.
fn n_figures(n: usize, language: Language) -> String {
    format!("{n} {}", pick(language, "số", "figures"))
}
