//! `dondoc units check`: everything about the loaded units that does not fit together.

use std::collections::BTreeMap;
use std::io::{self, Write};

use dondoc_core::pack::Severity;
use dondoc_core::problem::Language;
use dondoc_core::unit::{Flaw, FlawKind, Units};
use jiff::civil::Date;
use serde_json::json;

use super::today;
use super::words::{named, written};
use crate::Done;
use crate::library::LibraryArgs;
use crate::words::{pick, printable, tell};

/// How many of a kind are shown where nobody asks for all.
const N_SHOWN: usize = 5;

/// The arguments of `dondoc units check`.
#[derive(Debug, clap::Args)]
pub(crate) struct CheckArgs {
    /// In tất cả, không chỉ vài dòng mỗi loại
    #[arg(long, help_heading = "Tùy chọn")]
    all: bool,
    /// In mỗi điều một dòng JSON, cho máy đọc
    #[arg(long, help_heading = "Tùy chọn")]
    json: bool,
    #[command(flatten)]
    library: LibraryArgs,
}

/// Prints every flaw, by kind.
///
/// # Errors
///
/// The library can't be opened or read.
pub(crate) fn run(args: &CheckArgs, language: Language) -> anyhow::Result<Done> {
    let store = args.library.open()?;
    let units = dondoc_store::units::load(&store)?.units;
    let flaws = units.check();
    let mut out = io::BufWriter::new(io::stdout().lock());
    if args.json {
        for flaw in &flaws {
            write_json(&mut out, &units, flaw, language)?;
        }
    } else {
        write_words(&mut out, &units, &flaws, args.all, language)?;
    }
    out.flush()?;
    let is_error = |it: &&Flaw| it.kind.severity() == Severity::Error;
    let n_errors = flaws.iter().filter(is_error).count();
    let (n_units, n_others) = (units.len(), flaws.len() - n_errors);
    tell(&match language {
        Language::Vietnamese => {
            format!("{n_units} đơn vị qua các thời kỳ · {n_errors} lỗi · {n_others} lưu ý")
        }
        Language::English => {
            format!("{n_units} units over time · {n_errors} errors · {n_others} notes")
        }
    });
    Ok(if n_errors == 0 { Done::All } else { Done::Some })
}

/// What a flaw is about beyond its units.
fn detail(kind: &FlawKind) -> Option<String> {
    match kind {
        FlawKind::SameCode { code, .. } => Some(code.clone()),
        FlawKind::OpenDay { change, after, by } => {
            Some(format!("{change}: {} – {}", written(*after), written(*by)))
        }
        FlawKind::ParentNotThere { line, .. } | FlawKind::UnderItself { line } => {
            Some(line.code().to_owned())
        }
        FlawKind::NotThere { change } => Some((*change).to_owned()),
        _ => None,
    }
}

fn write_words(
    out: &mut impl Write,
    units: &Units,
    flaws: &[Flaw],
    shows_all: bool,
    language: Language,
) -> io::Result<()> {
    let mut by_kind: BTreeMap<&str, Vec<&Flaw>> = BTreeMap::new();
    flaws.iter().for_each(|it| by_kind.entry(it.kind.code()).or_default().push(it));
    for flaws in by_kind.into_values() {
        let kind = &flaws[0].kind;
        let mark = match kind.severity() {
            Severity::Error => pick(language, "lỗi", "error"),
            Severity::Warning => pick(language, "lưu ý", "note"),
        };
        writeln!(out, "{mark} · {} ({})", kind.say(language), flaws.len())?;
        let n_shown = if shows_all { flaws.len() } else { N_SHOWN };
        for flaw in flaws.iter().take(n_shown) {
            let day = flaw.since.unwrap_or_else(today);
            // Of a unit that ends the name of its last day is meant.
            let before: Date = day.yesterday().unwrap_or(day);
            let other = flaw.kind.other().map(|it| format!(" · {}", named(units, it, day)));
            let since = flaw.since.map(|it| format!(" · {}", written(it)));
            let detail = detail(&flaw.kind).map(|it| format!(" · {it}"));
            let line = format!(
                "  {}{}{}{}",
                named(units, flaw.unit, before),
                other.unwrap_or_default(),
                since.unwrap_or_default(),
                detail.unwrap_or_default()
            );
            writeln!(out, "{}", printable(&line))?;
        }
        if flaws.len() > n_shown {
            let more = pick(language, "nữa; --all để xem hết", "more; --all shows them");
            writeln!(out, "  … {} {more}", flaws.len() - n_shown)?;
        }
    }
    Ok(())
}

fn write_json(
    out: &mut impl Write,
    units: &Units,
    flaw: &Flaw,
    language: Language,
) -> io::Result<()> {
    let day = flaw.since.unwrap_or_else(today);
    let line = json!({
        "kind": flaw.kind.code(),
        "severity": flaw.kind.severity(),
        "unit": flaw.unit,
        "name": named(units, flaw.unit, day.yesterday().unwrap_or(day)),
        "since": flaw.since,
        "other": flaw.kind.other(),
        "other_name": flaw.kind.other().map(|it| named(units, it, day)),
        "detail": detail(&flaw.kind),
        "message": flaw.kind.say(language),
    });
    writeln!(out, "{line}")
}
