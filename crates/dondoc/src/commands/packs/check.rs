//! `dondoc packs check`: everything that a pack may not be, each with its file, line and remedy.

use std::io::{self, Write};
use std::path::PathBuf;

use dondoc_core::pack::{self, PackFinding};
use dondoc_core::problem::Language;
use serde_json::json;

use crate::Done;
use crate::commands::packs::{PackFiles, borrowed, folder, shipped};
use crate::words::{pick, printable, tell};

/// The arguments of `dondoc packs check`.
#[derive(Debug, clap::Args)]
pub(crate) struct CheckArgs {
    /// Thư mục của gói; không nêu thì kiểm tra các gói kèm theo phần mềm
    #[arg(value_name = "THƯ MỤC", help_heading = "Đối số")]
    folders: Vec<PathBuf>,
    /// In mỗi phát hiện một dòng JSON, cho máy đọc
    #[arg(long, help_heading = "Tùy chọn")]
    json: bool,
}

/// Checks packs and prints what is wrong with them.
///
/// # Errors
///
/// A folder can't be read, or the output can't be written.
pub(super) fn run(args: &CheckArgs, language: Language) -> anyhow::Result<Done> {
    let mut packs: Vec<(String, PackFiles)> = Vec::new();
    for path in &args.folders {
        packs.push((path.display().to_string(), folder(path)?));
    }
    if args.folders.is_empty() {
        let names = shipped::names().into_iter();
        packs.extend(names.filter_map(|it| Some((it.clone(), shipped::files(&it)?))));
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut done = Done::All;
    for (name, files) in &packs {
        match pack::read(&borrowed(files)) {
            Ok(pack) => tell(&format!(
                "{name}: {} ({} {}, {} {}, {} {}, {} {})",
                pick(language, "đạt", "sound"),
                pack.indicators.len(),
                pick(language, "chỉ tiêu", "indicators"),
                pack.registers.len(),
                pick(language, "sổ", "registers"),
                pack.forms.len(),
                pick(language, "biểu", "forms"),
                pack.rules.len(),
                pick(language, "quy tắc", "rules"),
            )),
            Err(findings) => {
                done = Done::Some;
                for finding in &findings {
                    if args.json {
                        writeln!(out, "{}", as_json(name, finding, language)?)?;
                    } else {
                        write_words(&mut out, name, finding, language)?;
                    }
                }
                let words = pick(language, "phát hiện, gói không dùng được", "findings; refused");
                tell(&format!("{name}: {} {words}", findings.len()));
            }
        }
    }
    out.flush()?;
    Ok(done)
}

fn as_json(
    name: &str,
    finding: &PackFinding,
    language: Language,
) -> serde_json::Result<serde_json::Value> {
    let mut line = serde_json::to_value(finding)?;
    line["pack"] = json!(name);
    line["message"] = json!(finding.message(language));
    line["remedy"] = json!(finding.remedy(language));
    Ok(line)
}

fn write_words(
    out: &mut impl Write,
    name: &str,
    finding: &PackFinding,
    language: Language,
) -> io::Result<()> {
    let mut place = finding.file.clone().unwrap_or_else(|| name.to_owned());
    if let Some(line) = finding.line {
        place = format!("{place}:{line}");
    }
    if let Some(item) = &finding.item {
        place = format!("{place}: {item}");
    }
    let line = |text: &str| printable(text).replace('\n', " ");
    writeln!(out, "{}: {}", line(&place), line(&finding.message(language)))?;
    let remedy = pick(language, "cách xử lý", "remedy");
    writeln!(out, "  {remedy}: {}", line(&finding.remedy(language)))
}
