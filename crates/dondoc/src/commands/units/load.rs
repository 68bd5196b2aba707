//! `dondoc units load`: what files say of units goes into the store, with every doubt about it.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use dondoc_core::pack::Severity;
use dondoc_core::problem::Language;
use dondoc_exchange::units::{self, Doubt, DoubtKind, Outcome, Plan, UnitFile, Vouched};
use dondoc_store::units::{KeptUnits, NewSource, append, sha256};
use jiff::civil::Date;
use serde_json::json;

use super::words::written;
use crate::Done;
use crate::library::{LibraryArgs, by_this_user};
use crate::words::{pick, place, printable, tell, unreadable};

/// The largest file that is taken, unpacked; the largest real one has 1.5 MB.
const MAX_BYTES: u64 = 256 << 20;

/// How many doubts of a kind are shown where nobody asks for all.
const N_SHOWN: usize = 5;

/// The arguments of `dondoc units load`.
#[derive(Debug, clap::Args)]
pub(crate) struct LoadArgs {
    /// Tệp CSV hoặc JSON, có thể nén .gz (các dạng đọc được: docs/units.md)
    #[arg(value_name = "TỆP", required = true, help_heading = "Đối số")]
    files: Vec<PathBuf>,
    /// Ngày của danh sách không tự ghi ngày (nếu không có: ngày trong tên tệp)
    #[arg(long, value_name = "NGÀY", value_parser = super::day, help_heading = "Tùy chọn")]
    on: Option<Date>,
    /// Chạy thử: báo đúng những gì sẽ làm, không ghi gì
    #[arg(long, help_heading = "Tùy chọn")]
    dry_run: bool,
    /// In mọi điều nghi vấn, không chỉ vài dòng mỗi loại
    #[arg(long, help_heading = "Tùy chọn")]
    all: bool,
    /// In mỗi tệp một dòng JSON, cho máy đọc
    #[arg(long, help_heading = "Tùy chọn")]
    json: bool,
    #[command(flatten)]
    library: LibraryArgs,
}

/// A file, read, before it meets what is known.
struct Input {
    name: String,
    bytes: Vec<u8>,
    file: UnitFile,
    doubts: Vec<Doubt>,
}

/// A file and what becomes of it.
struct Planned {
    input: Input,
    plan: Plan,
    was_loaded: bool,
}

/// Loads files in the order of their days, prints what each did, and keeps it all in one transaction.
///
/// # Errors
///
/// A file can't be read or is no list of units, or the library can't be opened or written; then nothing has changed.
pub(crate) fn run(args: &LoadArgs, language: Language) -> anyhow::Result<Done> {
    let mut inputs = Vec::new();
    for path in &args.files {
        inputs.push(read(path, args.on, language)?);
    }
    inputs.sort_by_key(|it| order(&it.file));
    let store = args.library.open()?;
    let kept = dondoc_store::units::load(&store)?;
    let n_before = kept.units.changes().len();
    let planned = plan(kept, inputs);
    let mut out = io::BufWriter::new(io::stdout().lock());
    for it in &planned {
        if args.json {
            write_json(&mut out, it, args.dry_run, language)?;
        } else {
            write_words(&mut out, it, args.all, language)?;
        }
    }
    out.flush()?;
    let sources: Vec<NewSource<'_>> = planned.iter().filter_map(source).collect();
    if !args.dry_run && !sources.is_empty() {
        append(&store, &sources, n_before, &by_this_user())?;
    }
    let n_changes: usize = sources.iter().map(|it| it.changes.len()).sum();
    tell(&summary(n_changes, args.dry_run, language));
    let is_done =
        |it: &Planned| it.was_loaded || matches!(it.plan.outcome, Outcome::Loaded | Outcome::Known);
    Ok(if planned.iter().all(is_done) { Done::All } else { Done::Some })
}

fn summary(n_changes: usize, is_dry_run: bool, language: Language) -> String {
    match (language, is_dry_run) {
        (Language::Vietnamese, false) => format!("đã ghi {n_changes} thay đổi"),
        (Language::Vietnamese, true) => {
            format!("chạy thử: sẽ ghi {n_changes} thay đổi; chưa ghi gì")
        }
        (Language::English, false) => format!("{n_changes} changes kept"),
        (Language::English, true) => {
            format!("dry run: {n_changes} changes would be kept; nothing is")
        }
    }
}

/// What is to be kept of a file.
fn source(planned: &Planned) -> Option<NewSource<'_>> {
    let Planned { input, plan, was_loaded } = planned;
    let is_told = plan.outcome == Outcome::Loaded || plan.vouches_on.is_some();
    (is_told && !was_loaded).then_some(NewSource {
        name: &input.name,
        bytes: &input.bytes,
        vouches_on: plan.vouches_on,
        changes: &plan.changes,
    })
}

/// Plans one file after the other, each on top of what those before it change.
fn plan(kept: KeptUnits, inputs: Vec<Input>) -> Vec<Planned> {
    let mut vouched = Vouched { days: kept.vouched_days() };
    let mut loaded: Vec<String> = kept.sources.iter().map(|it| it.sha256.clone()).collect();
    let mut known = kept.units;
    let mut planned = Vec::new();
    for input in inputs {
        let digest = sha256(&input.bytes);
        let was_loaded = loaded.contains(&digest);
        let plan = if was_loaded {
            let outcome = Outcome::Known;
            Plan { changes: Vec::new(), doubts: Vec::new(), outcome, vouches_on: None }
        } else {
            units::plan(&known, &vouched, &input.file)
        };
        if plan.outcome == Outcome::Loaded {
            known = known.with(plan.changes.clone());
            loaded.push(digest);
        }
        vouched.days.extend(plan.vouches_on);
        planned.push(Planned { input, plan, was_loaded });
    }
    planned
}

/// Tables and lists by their day, then what speaks of single units, then what is compared only.
fn order(file: &UnitFile) -> (u8, Option<Date>, bool) {
    match file {
        UnitFile::Conversion(table) => (0, Some(table.on), false),
        UnitFile::List(list) => (0, list.on, true),
        UnitFile::Statements(_) => (1, None, false),
        UnitFile::Merges(_) => (2, None, false),
    }
}

fn read(path: &Path, on: Option<Date>, language: Language) -> anyhow::Result<Input> {
    let said = || match language {
        Language::Vietnamese => format!("không đọc được {}", place(path)),
        Language::English => format!("cannot read {}", place(path)),
    };
    let packed = fs::File::open(path).map_err(|err| unreadable(path, &err, language))?;
    let mut bytes = Vec::new();
    packed.take(MAX_BYTES + 1).read_to_end(&mut bytes).with_context(said)?;
    if bytes.starts_with(&[0x1f, 0x8b]) {
        let mut unpacked = Vec::new();
        let decoder = flate2::read::GzDecoder::new(bytes.as_slice());
        decoder.take(MAX_BYTES + 1).read_to_end(&mut unpacked).with_context(said)?;
        bytes = unpacked;
    }
    if bytes.len() as u64 > MAX_BYTES {
        bail!("{}: {}", said(), pick(language, "quá lớn", "too large"));
    }
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let on = on.or_else(|| day_in(&name));
    let (file, doubts) = units::read(&name, &bytes, on).with_context(said)?;
    Ok(Input { name, bytes, file, doubts })
}

/// The first day in a name: `units_2020-02-25.csv.gz`.
fn day_in(name: &str) -> Option<Date> {
    (0..name.len()).find_map(|at| name.get(at..at + 10)?.parse().ok())
}

fn doubts(planned: &Planned) -> impl Iterator<Item = &Doubt> {
    let of_file = planned.input.doubts.iter().filter(|_| !planned.was_loaded);
    of_file.chain(&planned.plan.doubts)
}

fn counts(plan: &Plan) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for change in &plan.changes {
        *counts.entry(change.what.code()).or_default() += 1;
    }
    counts
}

fn outcome_code(planned: &Planned) -> &'static str {
    match planned.plan.outcome {
        Outcome::Loaded => "loaded",
        Outcome::Known => "known",
        Outcome::Compared => "compared",
        Outcome::Refused => "refused",
    }
}

fn write_json(
    out: &mut impl Write,
    planned: &Planned,
    is_dry_run: bool,
    language: Language,
) -> io::Result<()> {
    let doubts: Vec<_> = doubts(planned)
        .map(|it| {
            json!({
                "row": it.row,
                "kind": it.kind.code(),
                "severity": it.kind.severity(),
                "words": it.words,
                "message": it.kind.say(language),
            })
        })
        .collect();
    let line = json!({
        "file": planned.input.name,
        "outcome": outcome_code(planned),
        "dry_run": is_dry_run,
        "vouches_on": planned.plan.vouches_on,
        "changes": counts(&planned.plan),
        "doubts": doubts,
    });
    writeln!(out, "{line}")
}

fn write_words(
    out: &mut impl Write,
    planned: &Planned,
    shows_all: bool,
    language: Language,
) -> io::Result<()> {
    let outcome = match (planned.plan.outcome, planned.was_loaded) {
        (_, true) => pick(language, "đã nạp từ trước", "loaded before"),
        (Outcome::Loaded, _) => pick(language, "nạp", "loaded"),
        (Outcome::Known, _) => pick(language, "không có gì mới", "nothing new"),
        (Outcome::Compared, _) => pick(language, "chỉ đối chiếu, không nạp", "compared only"),
        (Outcome::Refused, _) => pick(language, "TỪ CHỐI", "REFUSED"),
    };
    let day = planned.plan.vouches_on.map(|it| format!(" · {}", written(it)));
    writeln!(out, "{}: {outcome}{}", printable(&planned.input.name), day.unwrap_or_default())?;
    let counts: Vec<String> = counts(&planned.plan)
        .into_iter()
        .map(|(verb, n)| format!("{n} {}", verb_word(verb, language)))
        .collect();
    if !counts.is_empty() {
        writeln!(out, "  {}", counts.join(" · "))?;
    }
    let mut by_kind: BTreeMap<DoubtKind, Vec<&Doubt>> = BTreeMap::new();
    doubts(planned).for_each(|it| by_kind.entry(it.kind).or_default().push(it));
    for (kind, doubts) in by_kind {
        let mark = match kind.severity() {
            Severity::Error => pick(language, "lỗi", "error"),
            Severity::Warning => pick(language, "lưu ý", "note"),
        };
        writeln!(out, "  {mark} · {} ({})", kind.say(language), doubts.len())?;
        let n_shown = if shows_all { doubts.len() } else { N_SHOWN };
        for doubt in doubts.iter().take(n_shown) {
            let row = doubt.row.map(|it| format!("{} {it}: ", pick(language, "dòng", "row")));
            writeln!(out, "    {}{}", row.unwrap_or_default(), printable(&doubt.words))?;
        }
        if doubts.len() > n_shown {
            let rest = doubts.len() - n_shown;
            let more = pick(language, "nữa; --all để xem hết", "more; --all shows them");
            writeln!(out, "    … {rest} {more}")?;
        }
    }
    Ok(())
}

fn verb_word(verb: &str, language: Language) -> &str {
    let vietnamese = match verb {
        "found" => "lập",
        "rename" => "đổi tên",
        "recode" => "đổi mã",
        "change_kind" => "đổi loại",
        "move" => "chuyển cấp trên",
        "leave" => "rời hệ thống",
        "merge" => "nhập toàn bộ",
        "split" => "chia",
        "weigh" => "trọng số",
        "dissolve" => "chấm dứt",
        other => other,
    };
    pick(language, vietnamese, verb)
}
