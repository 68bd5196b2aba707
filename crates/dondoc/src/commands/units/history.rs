//! `dondoc units history`: everything that happened to the units of a name or code.

use std::io::{self, Write};

use dondoc_core::problem::Language;
use dondoc_core::unit::{Line, Span, Unit, Units, Weight};
use jiff::civil::Date;
use serde_json::{Value, json};

use super::today;
use super::words::{event, moment, named, place, stretch, unit_json};
use crate::Done;
use crate::library::LibraryArgs;
use crate::table::Tables;
use crate::words::{pick, printable, tell};

/// The arguments of `dondoc units history`.
#[derive(Debug, clap::Args)]
pub(crate) struct HistoryArgs {
    /// Tên (có dấu hay không) hoặc mã, của bất kỳ thời gian nào
    #[arg(value_name = "TÊN HOẶC MÃ", required = true, help_heading = "Đối số")]
    what: Vec<String>,
    /// In mỗi đơn vị một dòng JSON, cho máy đọc
    #[arg(long, help_heading = "Tùy chọn")]
    json: bool,
    #[command(flatten)]
    library: LibraryArgs,
}

/// Prints every unit that ever had the name or code, with all that happened to it.
///
/// # Errors
///
/// The library can't be opened or read.
pub(crate) fn run(args: &HistoryArgs, language: Language) -> anyhow::Result<Done> {
    let store = args.library.open()?;
    let units = dondoc_store::units::load(&store)?.units;
    let asked = args.what.join(" ");
    let found = units.find_ever(&asked);
    let mut out = io::BufWriter::new(io::stdout().lock());
    for unit in found.iter().filter_map(|it| units.get(*it)) {
        if args.json {
            writeln!(out, "{}", as_json(&units, unit, language))?;
        } else {
            write_words(&mut out, &units, unit, language)?;
        }
    }
    out.flush()?;
    let words =
        pick(language, "đơn vị từng mang tên hoặc mã này", "units ever had this name or code");
    tell(&format!("{} {words}", found.len()));
    Ok(if found.is_empty() { Done::Some } else { Done::All })
}

/// Every unit that ever had a code of this one, with the days.
fn holders<'u>(units: &'u Units, code: &str) -> Vec<(&'u Unit, &'u Span<String>)> {
    let mut holders: Vec<_> = units
        .find_ever(code)
        .into_iter()
        .filter_map(|it| units.get(it))
        .flat_map(|unit| unit.codes().iter().map(move |span| (unit, span)))
        .filter(|(_, span)| span.value == code)
        .collect();
    holders.sort_by_key(|(_, span)| span.validity.from);
    holders
}

/// Where its figures of its last day lie today, by people; where these are not known the parts count the same.
fn shares(
    units: &Units,
    unit: &Unit,
    today: Date,
    language: Language,
) -> Option<Vec<(String, String)>> {
    let last = unit.life().last_day()?;
    let shares = units.shares(unit.id(), last, today, Weight::Population).ok()?;
    let say = |it: &dondoc_core::unit::Share| {
        let sign = if it.estimated { "≈ " } else { "" };
        let equally = pick(language, " (chia đều: chưa có dân số)", " (equally: people not known)");
        let why = if it.fell_back { equally } else { "" };
        (named(units, it.unit, today), format!("{sign}{}/{}{why}", it.numerator, it.denominator))
    };
    Some(shares.iter().map(say).collect())
}

fn write_words(
    out: &mut impl Write,
    units: &Units,
    unit: &Unit,
    language: Language,
) -> io::Result<()> {
    let say = |vietnamese, english| pick(language, vietnamese, english);
    let today = today();
    let name = named(units, unit.id(), today);
    let place = place(units, unit.id(), Line::State, today);
    let joint = if place.is_empty() { "" } else { " · " };
    writeln!(out, "{}{joint}{}", printable(&name), printable(&place))?;
    writeln!(out, "  {}: {}", say("có", "there"), stretch(unit.life(), language))?;
    for span in unit.names().iter().filter(|_| unit.names().len() > 1) {
        let words = stretch(span.validity, language);
        writeln!(out, "  {} {}: {words}", say("tên", "name"), printable(&span.value))?;
    }
    for code in unit.codes() {
        let holders = holders(units, &code.value);
        let told: Vec<String> = holders
            .iter()
            .map(|(holder, span)| {
                let day = span.validity.last_day().unwrap_or(today);
                let name = holder.full_name_on(holder.day_of_life(day)).unwrap_or_default();
                format!("{name} {}", stretch(span.validity, language))
            })
            .collect();
        let line = format!("  {} {}: {}", say("mã", "code"), code.value, told.join("; "));
        writeln!(out, "{}", printable(&line))?;
    }
    let rows: Vec<Vec<String>> = units
        .history(unit.id())
        .into_iter()
        .map(|it| {
            vec![moment(it.when, language), event(units, it, unit, language), it.source.clone()]
        })
        .collect();
    let tables = Tables::for_standard_output(language);
    let heads = [say("Ngày", "Day"), say("Việc", "What"), say("Nguồn", "Source")];
    tables.write_table(out, say("Thay đổi", "Changes"), &heads, rows)?;
    if let Some(shares) = shares(units, unit, today, language) {
        let rows: Vec<Vec<String>> =
            shares.into_iter().map(|(unit, share)| vec![unit, share]).collect();
        let heads = [say("Đơn vị", "Unit"), say("Phần (theo dân số)", "Share (by people)")];
        tables.write_table(
            out,
            say("Số liệu nay nằm ở", "Figures lie today with"),
            &heads,
            rows,
        )?;
    }
    writeln!(out)
}

fn as_json(units: &Units, unit: &Unit, language: Language) -> Value {
    let today = today();
    let span = |it: &Span<String>| json!({"value": it.value, "from": it.validity.from, "until": it.validity.last_day()});
    let code = |it: &Span<String>| {
        let holders: Vec<Value> = holders(units, &it.value)
            .into_iter()
            .map(|(holder, span)| {
                let day = span.validity.last_day().unwrap_or(today);
                json!({
                    "id": holder.id(),
                    "name": holder.full_name_on(holder.day_of_life(day)),
                    "from": span.validity.from,
                    "until": span.validity.last_day(),
                })
            })
            .collect();
        json!({"code": it.value, "from": it.validity.from, "until": it.validity.last_day(), "held_by": holders})
    };
    let changes: Vec<Value> = units
        .history(unit.id())
        .into_iter()
        .map(|it| {
            json!({
                "unit": it.unit,
                "when": it.when,
                "what": it.what,
                "words": event(units, it, unit, language),
                "source": it.source,
            })
        })
        .collect();
    let mut shown = unit_json(units, unit, today);
    shown["names"] = json!(unit.names().iter().map(span).collect::<Vec<_>>());
    shown["codes"] = json!(unit.codes().iter().map(code).collect::<Vec<_>>());
    shown["changes"] = json!(changes);
    shown["predecessors"] = json!(units.predecessors(unit.id()));
    shown["successors"] = json!(units.successors(unit.id()));
    let last = unit.life().last_day().unwrap_or(today);
    let shares = units.shares(unit.id(), last, today, Weight::Population).unwrap_or_default();
    shown["shares"] = json!(shares);
    shown
}
