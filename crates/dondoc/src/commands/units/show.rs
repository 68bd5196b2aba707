//! `dondoc units show`: a unit and what is under it on a day.

use std::collections::BTreeMap;
use std::io::{self, Write};

use dondoc_core::problem::Language;
use dondoc_core::unit::{Kind, Line, Unit, UnitId, Units};
use jiff::civil::Date;
use serde_json::json;

use super::words::{name, named, place, stretch, unit_json, written};
use super::{day, today};
use crate::Done;
use crate::library::LibraryArgs;
use crate::table::Tables;
use crate::words::{pick, printable, tell};

/// The arguments of `dondoc units show`.
#[derive(Debug, clap::Args)]
pub(crate) struct ShowArgs {
    /// Tên (có dấu hay không) hoặc mã; bỏ trống: các đơn vị đứng đầu
    #[arg(value_name = "TÊN HOẶC MÃ", help_heading = "Đối số")]
    what: Vec<String>,
    /// Ngày (mặc định: hôm nay)
    #[arg(long, value_name = "NGÀY", value_parser = day, help_heading = "Tùy chọn")]
    on: Option<Date>,
    /// Hệ thống: state (chính quyền, mặc định), party (Đảng), military (quân sự), front (Mặt trận)
    #[arg(long, value_name = "HỆ", value_parser = line, hide_possible_values = true, help_heading = "Tùy chọn")]
    line: Option<Line>,
    /// In mỗi đơn vị một dòng JSON, cho máy đọc
    #[arg(long, help_heading = "Tùy chọn")]
    json: bool,
    #[command(flatten)]
    library: LibraryArgs,
}

fn line(text: &str) -> Result<Line, String> {
    Line::by_code(text).ok_or_else(|| "hệ là state, party, military hoặc front".to_owned())
}

/// Prints every unit that is meant, with its place, its life and what is under it.
///
/// # Errors
///
/// The library can't be opened or read.
pub(crate) fn run(args: &ShowArgs, language: Language) -> anyhow::Result<Done> {
    let store = args.library.open()?;
    let units = dondoc_store::units::load(&store)?.units;
    let on = args.on.unwrap_or_else(today);
    let line = args.line.unwrap_or(Line::State);
    let asked = args.what.join(" ");
    let found = if asked.is_empty() { roots(&units, line, on) } else { units.find(&asked, on) };
    let mut out = io::BufWriter::new(io::stdout().lock());
    for unit in found.iter().filter_map(|it| units.get(*it)) {
        if args.json {
            let mut shown = unit_json(&units, unit, on);
            let children: Vec<_> = children(&units, unit.id(), line, on)
                .into_iter()
                .filter_map(|it| units.get(it))
                .map(|it| json!({"id": it.id(), "code": it.code_on(on), "name": it.full_name_on(on)}))
                .collect();
            shown["line"] = json!(line);
            shown["under"] = json!(children);
            writeln!(out, "{shown}")?;
        } else {
            write_words(&mut out, &units, unit, (line, on), language)?;
        }
    }
    out.flush()?;
    tell_of_others(&units, &asked, on, &found, language);
    let n = found.len();
    tell(&match language {
        Language::Vietnamese => format!("{n} đơn vị vào ngày {}", written(on)),
        Language::English => format!("{n} units on {}", written(on)),
    });
    Ok(if found.is_empty() { Done::Some } else { Done::All })
}

fn roots(units: &Units, line: Line, on: Date) -> Vec<UnitId> {
    let tree = units.tree(line, on);
    (0..tree.len()).filter(|it| tree.parent(*it).is_none()).map(|it| tree.units()[it]).collect()
}

fn children(units: &Units, unit: UnitId, line: Line, on: Date) -> Vec<UnitId> {
    let tree = units.tree(line, on);
    let Some(at) = tree.place(unit) else { return Vec::new() };
    tree.children(at).map(|it| tree.units()[it]).collect()
}

/// Names and codes go from one unit to another: those who had it at other times are told.
fn tell_of_others(units: &Units, asked: &str, on: Date, found: &[UnitId], language: Language) {
    let others = units.find_ever(asked).into_iter().filter(|it| !found.contains(it));
    for unit in others.filter_map(|it| units.get(it)) {
        let spans = unit.codes().iter().filter(|it| it.value == asked.trim());
        let when = spans.map(|it| it.validity).next().unwrap_or(unit.life());
        let words = pick(language, "vào thời gian khác", "at another time");
        let parts = [
            named(units, unit.id(), when.last_day().unwrap_or(on)),
            place(units, unit.id(), Line::State, on),
            stretch(when, language),
        ];
        let parts: Vec<String> = parts.into_iter().filter(|it| !it.is_empty()).collect();
        tell(&format!("{words}: {}", parts.join(" · ")));
    }
}

fn write_words(
    out: &mut impl Write,
    units: &Units,
    unit: &Unit,
    (line, on): (Line, Date),
    language: Language,
) -> io::Result<()> {
    let say = |vietnamese, english| pick(language, vietnamese, english);
    writeln!(out, "{}", printable(&named(units, unit.id(), on)))?;
    let place = place(units, unit.id(), line, on);
    if !place.is_empty() {
        writeln!(out, "  {}: {}", say("thuộc", "under"), printable(&place))?;
    }
    writeln!(out, "  {}: {}", say("có", "there"), stretch(unit.life(), language))?;
    let before = units.predecessors(unit.id());
    if !before.is_empty() {
        let names: Vec<String> = before.iter().map(|it| name(units, *it, on)).collect();
        writeln!(out, "  {}: {}", say("từ", "made of"), printable(&names.join("; ")))?;
    }
    let tree = units.tree(line, on);
    let mut kinds: BTreeMap<Kind, usize> = BTreeMap::new();
    let under = tree.place(unit.id()).map(|it| tree.subtree(it)).unwrap_or_default();
    for kind in under.skip(1).filter_map(|it| units.get(tree.units()[it])?.kind_on(on)) {
        *kinds.entry(kind).or_default() += 1;
    }
    let counts: Vec<String> = kinds
        .into_iter()
        .map(|(kind, n)| format!("{n} {}", say(kind.vietnamese(), kind.english())))
        .collect();
    if !counts.is_empty() {
        writeln!(out, "  {}: {}", say("gồm", "holds"), counts.join(", "))?;
    }
    let rows: Vec<Vec<String>> = children(units, unit.id(), line, on)
        .into_iter()
        .map(|it| {
            let code = units.get(it).and_then(|it| it.code_on(on)).unwrap_or_default();
            vec![code.to_owned(), name(units, it, on)]
        })
        .collect();
    let heads = [say("Mã", "Code"), say("Đơn vị", "Unit")];
    Tables::for_standard_output(language).write_table(
        out,
        say("Trực thuộc", "Under it"),
        &heads,
        rows,
    )?;
    writeln!(out)
}
