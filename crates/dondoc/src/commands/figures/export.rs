//! `dondoc figures export`: the figures in force, unit by unit.

use std::collections::BTreeMap;
use std::io::{self, Write};

use dondoc_core::figure::{Figure, Series};
use dondoc_core::period::Period;
use dondoc_core::problem::Language;
use dondoc_core::unit::{Line, UnitId};
use dondoc_exchange::block::Dialect;
use dondoc_exchange::passage::Entry;
use dondoc_exchange::{adx, block, dhis2, sdmx};
use dondoc_ledger::Ledger;
use dondoc_store::blocks::{self, BlockId};
use jiff::Timestamp;

use super::{Format, code_and_name, n_figures, pack_in_use};
use crate::Done;
use crate::library::LibraryArgs;
use crate::question::{find_unit, ledger, read_period, today};
use crate::words::{pick, tell};

/// How many blocks are read at a time.
const STRIDE: usize = 2_000;

/// The arguments of `dondoc figures export`.
#[derive(Debug, clap::Args)]
pub(crate) struct ExportArgs {
    /// Dạng: csv (mặc định), dhis2 (JSON), adx (XML), sdmx (SDMX-CSV)
    #[arg(
        long,
        value_name = "DẠNG",
        default_value = "csv",
        hide_default_value = true,
        hide_possible_values = true,
        help_heading = "Tùy chọn"
    )]
    format: Format,
    /// Mã gói chương trình, khi có nhiều gói đang dùng
    #[arg(long, value_name = "MÃ", help_heading = "Tùy chọn")]
    pack: Option<String>,
    /// Chỉ đơn vị này và các đơn vị bên dưới
    #[arg(long, value_name = "ĐƠN VỊ", help_heading = "Tùy chọn")]
    unit: Option<String>,
    /// Chỉ kỳ này
    #[arg(long, value_name = "KỲ", help_heading = "Tùy chọn")]
    period: Option<String>,
    #[command(flatten)]
    library: LibraryArgs,
}

/// Writes the figures in force to standard output.
///
/// # Errors
///
/// The library can't be opened or read, or a unit or period is not known.
pub(super) fn run(args: &ExportArgs, language: Language) -> anyhow::Result<Done> {
    let period = args.period.as_deref().map(|it| read_period(it, language)).transpose()?;
    let ledger = ledger(&args.library, language)?;
    let pack = pack_in_use(&ledger, args.pack.as_deref(), language)?;
    let mut entries = in_force(&ledger, period)?;
    let units = ledger.look(|books| std::sync::Arc::clone(&books.units));
    let day = |period: Period| ledger.look(|books| books.day_of(period));
    if let Some(text) = &args.unit {
        let on = period.map_or_else(today, day);
        let unit = find_unit(&units, text, on, language)?;
        entries.retain(|it| {
            it.unit == unit || units.above(it.unit, Line::State, day(it.period)).contains(&unit)
        });
    }
    entries.retain(|it| pack.indicator(&it.figure.series.indicator).is_some());
    let named = |unit: UnitId, period: Period| code_and_name(&units, unit, day(period));
    let coded = |unit: UnitId, period: Period| named(unit, period).0;
    let (bytes, n_lost) = match args.format {
        Format::Csv => (block::write(&pack, &entries, &named, Dialect::Excel), 0),
        Format::Dhis2 => {
            let (text, lost) = dhis2::write_values(&pack, &entries, dhis2::Names::Codes(&coded));
            (text.into_bytes(), lost.len())
        }
        Format::Adx => {
            let (bytes, lost) = adx::write(&pack, &entries, &coded, Timestamp::now());
            (bytes, lost.len())
        }
        Format::Sdmx => {
            let (bytes, lost) = sdmx::write(&pack, &entries, &coded);
            (bytes, lost.len())
        }
    };
    io::stdout().lock().write_all(&bytes)?;
    let lost = if n_lost == 0 {
        String::new()
    } else {
        format!(
            "; {n_lost} {}",
            pick(language, "điều dạng này không ghi được", "things that the format can't say")
        )
    };
    tell(&format!("{}{lost}", n_figures(entries.len(), language)));
    Ok(Done::All)
}

/// The figures in force, in the order of periods and units.
fn in_force(ledger: &Ledger, only: Option<Period>) -> anyhow::Result<Vec<Entry>> {
    let mut figures: BTreeMap<(Period, UnitId, Series), Figure> = BTreeMap::new();
    let mut last = BlockId::NONE;
    loop {
        let page = ledger.store().read(|tx| blocks::after(tx, last, STRIDE))?;
        let Some(newest) = page.last() else { break };
        last = newest.id;
        for block in page.iter().filter(|it| only.is_none_or(|period| period == it.period)) {
            for figure in block.figures() {
                figures.insert((block.period, block.unit, figure.series.clone()), figure);
            }
        }
    }
    let entries = figures.into_iter();
    Ok(entries.map(|((period, unit, _), figure)| Entry { unit, period, figure }).collect())
}
