//! `dondoc figures load`.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;

use dondoc_core::figure::Figure;
use dondoc_core::finding::{Finding, Place};
use dondoc_core::pack::{Pack, Severity};
use dondoc_core::period::Period;
use dondoc_core::problem::Language;
use dondoc_core::unit::UnitId;
use dondoc_exchange::passage::{Arrived, Ask};
use dondoc_exchange::{adx, block, dhis2, sheets};
use dondoc_ledger::load::Loaded;
use dondoc_ledger::{Batch, Ledger, LedgerError};
use serde_json::json;

use super::{Format, n_figures, pack_in_use, unit_in};
use crate::Done;
use crate::library::{LibraryArgs, by_this_user};
use crate::question::{ledger, today, told};
use crate::words::{file_bytes, pick, printable, tell};

/// How many findings are shown where nobody asks for all.
const N_SHOWN: usize = 20;

/// The arguments of `dondoc figures load`.
#[derive(Debug, clap::Args)]
pub(crate) struct LoadArgs {
    /// Tệp số liệu
    #[arg(value_name = "TỆP", required = true, help_heading = "Đối số")]
    files: Vec<PathBuf>,
    /// Dạng tệp: csv (bảng CSV hoặc .xlsx, mặc định), dhis2 (JSON), adx (XML)
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
    /// Chạy thử: báo đúng những gì sẽ làm, không ghi gì
    #[arg(long, help_heading = "Tùy chọn")]
    dry_run: bool,
    /// In mỗi tệp một dòng JSON, cho máy đọc
    #[arg(long, help_heading = "Tùy chọn")]
    json: bool,
    #[command(flatten)]
    library: LibraryArgs,
}

/// Loads files; one that has an error leaves nothing behind, the others are loaded.
///
/// # Errors
///
/// A file can't be read, or the library can't be opened or written.
pub(super) fn run(args: &LoadArgs, language: Language) -> anyhow::Result<Done> {
    let ledger = ledger(&args.library, language)?;
    let pack = pack_in_use(&ledger, args.pack.as_deref(), language)?;
    let mut done = Done::All;
    for path in &args.files {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = file_bytes(path, language)?;
        let arrived = read(&ledger, &pack, (&name, &bytes), args.format);
        let n_lost = arrived.lost.len();
        let loaded = if arrived.findings.iter().any(|it| it.severity() == Severity::Error) {
            Err(LedgerError::Findings(arrived.findings))
        } else {
            let batches = batches(arrived);
            if args.dry_run {
                ledger.try_load(&batches, today())
            } else {
                ledger.load(&batches, &name, (&by_this_user(), today()))
            }
        };
        let (loaded, findings) = match loaded {
            Ok(loaded) => {
                let findings = loaded.findings.clone();
                (Some(loaded), findings)
            }
            Err(LedgerError::Findings(findings)) => (None, findings),
            Err(err) => return Err(told(err, language)),
        };
        let is_wrong = findings.iter().any(|it| it.severity() == Severity::Error);
        if is_wrong {
            done = Done::Some;
        }
        tell_findings(&name, &findings, language);
        let loaded = loaded.filter(|_| !is_wrong);
        if args.json {
            let line = as_json(&name, loaded.as_ref(), &findings, language);
            writeln!(io::stdout(), "{line}")?;
        }
        tell(&summary(&name, loaded.as_ref(), (findings.len(), n_lost), (args.dry_run, language)));
    }
    Ok(done)
}

/// The figures of a file, nothing applied.
fn read(ledger: &Ledger, pack: &Pack, (name, bytes): (&str, &[u8]), format: Format) -> Arrived {
    ledger.look(|books| {
        let unit = |text: &str, period: Period| {
            unit_in(&books.units, |it| books.day_of(it), (text, period))
        };
        let ask = Ask { pack, unit: &unit, file: name };
        match format {
            Format::Csv | Format::Sdmx if sheets::is_workbook(bytes) => {
                block::read_workbook(crate::isolate::sheets(bytes).as_bytes(), &ask)
            }
            Format::Csv | Format::Sdmx => block::read(bytes, &ask),
            Format::Dhis2 => dhis2::read_values(bytes, &ask, None),
            Format::Adx => adx::read(bytes, &ask),
        }
    })
}

/// Figures by unit and period, as they are kept.
pub(crate) fn batches(arrived: Arrived) -> Vec<Batch> {
    let mut by_cell: BTreeMap<(Period, UnitId), Vec<(Figure, Place)>> = BTreeMap::new();
    for it in arrived.figures {
        by_cell.entry((it.cell.period, it.cell.unit)).or_default().push((it.figure, it.place));
    }
    by_cell.into_iter().map(|((period, unit), figures)| Batch { unit, period, figures }).collect()
}

fn tell_findings(file: &str, findings: &[Finding], language: Language) {
    for finding in findings.iter().take(N_SHOWN) {
        let word = match finding.severity() {
            Severity::Error => pick(language, "lỗi", "error"),
            Severity::Warning => pick(language, "lưu ý", "note"),
        };
        let place = place_words(&finding.place, language);
        let remedy = pick(language, "cách xử lý", "remedy");
        tell(&printable(&format!(
            "{word}: {file}{place}: {}\n  {remedy}: {}",
            finding.message(language),
            finding.remedy(language)
        )));
    }
    if findings.len() > N_SHOWN {
        let more = findings.len() - N_SHOWN;
        tell(&format!(
            "… {} {more} {}",
            pick(language, "còn", "and"),
            pick(language, "phát hiện nữa (--json để xem hết)", "more (--json for all)")
        ));
    }
}

/// A place as words after the file's name.
pub(crate) fn place_words(place: &Place, language: Language) -> String {
    // `E12` says row and column already.
    let is_named =
        |it: &String| it.ends_with(|last: char| last.is_ascii_digit()) && !it.contains(' ');
    let has_name = place.cell.as_ref().is_some_and(is_named) && place.column.is_some();
    let (row, column) = if has_name { (None, None) } else { (place.row, place.column) };
    let row = row.map(|it| format!(", {} {it}", pick(language, "dòng", "row")));
    let column = column.map(|it| format!(", {} {it}", pick(language, "cột", "column")));
    let cell = place.cell.as_ref().map(|it| format!(", {} {it}", pick(language, "ô", "cell")));
    let indicator = place.indicator.as_ref().map(|it| format!(", {it}"));
    [row, column, cell, indicator].into_iter().flatten().collect()
}

fn summary(
    name: &str,
    loaded: Option<&Loaded>,
    (n_findings, n_lost): (usize, usize),
    (is_dry, language): (bool, Language),
) -> String {
    let Some(loaded) = loaded else {
        return match language {
            Language::Vietnamese => format!("{name}: {n_findings} phát hiện, không ghi gì"),
            Language::English => format!("{name}: {n_findings} findings, nothing was kept"),
        };
    };
    let verb = match (is_dry, language) {
        (true, Language::Vietnamese) => "chạy thử, sẽ ghi",
        (true, Language::English) => "dry run, would keep",
        (false, Language::Vietnamese) => "đã ghi",
        (false, Language::English) => "kept",
    };
    let figures = n_figures(loaded.n_figures, language);
    let changed = match language {
        Language::Vietnamese => {
            format!("{} số mới hoặc khác trước, {} báo cáo", loaded.n_changed, loaded.n_batches)
        }
        Language::English => {
            format!("{} new or different, {} reports", loaded.n_changed, loaded.n_batches)
        }
    };
    let blocks = loaded
        .blocks
        .map(|(first, last)| format!(", {} {first}–{last}", pick(language, "khối số", "blocks")));
    let lost = if n_lost == 0 {
        String::new()
    } else {
        format!(
            "; {n_lost} {}",
            pick(language, "điều trong tệp không lưu được", "things in the file are not kept")
        )
    };
    format!("{name}: {verb} {figures} ({changed}{}){lost}", blocks.unwrap_or_default())
}

fn as_json(
    name: &str,
    loaded: Option<&Loaded>,
    findings: &[Finding],
    language: Language,
) -> serde_json::Value {
    let findings: Vec<serde_json::Value> = findings
        .iter()
        .map(|it| {
            let mut value = serde_json::to_value(it).unwrap_or_default();
            value["severity"] = json!(it.severity());
            value["message"] = json!(it.message(language));
            value["remedy"] = json!(it.remedy(language));
            value
        })
        .collect();
    json!({
        "file": name,
        "loaded": loaded.map(|it| json!({
            "reports": it.n_batches,
            "figures": it.n_figures,
            "changed": it.n_changed,
            "blocks": it.blocks.map(|(first, last)| [first.0, last.0]),
        })),
        "findings": findings,
    })
}
