//! `dondoc trace`: what a total is made of, down to the cell, the entry or the words that each figure came from.

mod json;

use std::io::{self, Write};

use dondoc_core::figure::{Figure, Source};
use dondoc_core::period::Period;
use dondoc_core::problem::Language;
use dondoc_core::unit::UnitId;
use dondoc_ledger::rollup::part::Part;
use dondoc_ledger::rollup::value::percent_text;
use dondoc_ledger::total::Makeup;
use dondoc_ledger::trace::Version;
use dondoc_store::blocks::Origin;
use dondoc_store::{accounts, documents, registers};

use crate::Done;
use crate::commands::registers::written;
use crate::quantity;
use crate::question::{Asked, QuestionArgs, told, unit_name};
use crate::words::{pick, printable, tell};

/// How many contributors are shown with their origin unless all are asked for.
const SHOWN: usize = 20;

/// How much of a document is shown before and after the words that are meant, in characters.
const AROUND: usize = 60;

/// The arguments of `dondoc trace`.
#[derive(Debug, clap::Args)]
pub(crate) struct TraceArgs {
    #[command(flatten)]
    question: QuestionArgs,
    /// In tất cả các số, không chỉ 20 số lớn nhất
    #[arg(long, help_heading = "Tùy chọn")]
    all: bool,
}

/// Prints what a total is made of.
///
/// # Errors
///
/// The question can't be understood, or the library can't be opened or read.
pub(crate) fn run(args: &TraceArgs, language: Language) -> anyhow::Result<Done> {
    let asked = args.question.read(language)?;
    let makeup = asked.ledger.makeup(&asked.question).map_err(|err| told(err, language))?;
    let n_shown = if args.all { makeup.parts.len() } else { makeup.parts.len().min(SHOWN) };
    let mut out = io::BufWriter::new(io::stdout().lock());
    if args.question.json {
        writeln!(out, "{}", asked.trace_json(&makeup, n_shown, language)?)?;
    } else {
        asked.write(&mut out, &makeup.answer, language)?;
        asked.write_parts(&mut out, &makeup, n_shown, language)?;
        asked.write_gaps(&mut out, &makeup, language)?;
        asked.write_versions(&mut out, &makeup, language)?;
    }
    out.flush()?;
    if n_shown < makeup.parts.len() {
        tell(&match language {
            Language::Vietnamese => format!(
                "chỉ hiện {n_shown} số lớn nhất trong {}; thêm --all để hiện hết",
                makeup.parts.len()
            ),
            Language::English => {
                format!("the largest {n_shown} of {}; add --all for all", makeup.parts.len())
            }
        });
    }
    Ok(Done::All)
}

impl Asked {
    fn name_then(&self, unit: UnitId, period: Period) -> String {
        self.ledger.look(|books| unit_name(&books.units, unit, books.day_of(period)))
    }

    fn share(&self, part: &Part, makeup: &Makeup) -> Option<String> {
        let total = makeup.answer.total.value.ok()?;
        percent_text(part.share_of(total), 1, ',')
    }

    fn write_parts(
        &self,
        out: &mut impl Write,
        makeup: &Makeup,
        n_shown: usize,
        language: Language,
    ) -> anyhow::Result<()> {
        if makeup.parts.is_empty() {
            return Ok(());
        }
        let heading = match language {
            Language::Vietnamese => format!("Gồm {} số, lớn nhất trước:", makeup.parts.len()),
            Language::English => format!("{} figures, the largest first:", makeup.parts.len()),
        };
        writeln!(out, "\n{heading}")?;
        let mut rows = Vec::new();
        for (part, period) in &makeup.parts[..n_shown] {
            let share = self.share(part, makeup).map(|it| format!("{it} %")).unwrap_or_default();
            let piece = part.share.map(|it| format!("{}/{}", it.numerator, it.denominator));
            let mut notes: Vec<String> = Vec::new();
            if part.stored.is_estimate {
                notes.push(pick(language, "ước", "estimate").to_owned());
            }
            if part.stored.is_inexact {
                notes.push(pick(language, "không chính xác", "not exact").to_owned());
            }
            if let Some(piece) = piece {
                notes.push(format!("{} {piece}", pick(language, "phần chia", "shared")));
            }
            notes.extend(self.origin_of(part.unit, *period, language)?);
            rows.push([
                self.name_then(part.unit, *period),
                period.to_string(),
                quantity::value(&self.indicator, part.value, language),
                share,
                notes.join("; "),
            ]);
        }
        Ok(write_rows(out, &rows)?)
    }

    /// Where the figure in force of a unit came from, in a few words.
    fn origin_of(
        &self,
        unit: UnitId,
        period: Period,
        language: Language,
    ) -> anyhow::Result<Option<String>> {
        let versions = self.versions(unit, period, language)?;
        let mut sources: Vec<String> = versions
            .iter()
            .filter(|it| it.is_in_force)
            .map(|it| quantity::source(&it.figure.source, language))
            .collect();
        sources.dedup();
        Ok(match sources.len() {
            0 if self.ledger.look(|it| it.programmes.has_formula(&self.indicator.code)) => {
                Some(quantity::source(&Source::Derived, language))
            }
            0 => None,
            1 => sources.pop(),
            n => Some(format!("{} ({n} {})", sources[0], pick(language, "mục", "options"))),
        })
    }

    /// The versions up to the moment that is asked for.
    fn versions(
        &self,
        unit: UnitId,
        period: Period,
        language: Language,
    ) -> anyhow::Result<Vec<Version>> {
        let series = &self.question.series;
        let versions = self.ledger.versions(unit, series, period);
        let mut versions = versions.map_err(|err| told(err, language))?;
        if let Some(moment) = self.question.as_of {
            versions.retain(|it| it.block <= moment);
            // The newest that is left of each series was in force then.
            let mut seen = Vec::new();
            for version in &mut versions {
                version.is_in_force = !seen.contains(&version.figure.series);
                seen.push(version.figure.series.clone());
            }
        }
        Ok(versions)
    }

    fn write_gaps(
        &self,
        out: &mut impl Write,
        makeup: &Makeup,
        language: Language,
    ) -> io::Result<()> {
        if makeup.gaps.is_empty() {
            return Ok(());
        }
        let heading = match language {
            Language::Vietnamese => format!("Chưa có {} số:", makeup.gaps.len()),
            Language::English => format!("{} figures are not there:", makeup.gaps.len()),
        };
        writeln!(out, "\n{heading}")?;
        let rows: Vec<[String; 3]> = makeup
            .gaps
            .iter()
            .map(|(gap, period)| {
                let why = if gap.has_no_figure {
                    pick(language, "đã báo không có số liệu", "said to have no figure")
                } else {
                    pick(language, "chưa báo cáo", "not reported")
                };
                [self.name_then(gap.unit, *period), period.to_string(), why.to_owned()]
            })
            .collect();
        write_rows(out, &rows)
    }

    /// Every version of the unit's own figures in the total, the newest first.
    fn write_versions(
        &self,
        out: &mut impl Write,
        makeup: &Makeup,
        language: Language,
    ) -> anyhow::Result<()> {
        for period in &makeup.answer.periods {
            let versions = self.versions(self.question.unit, *period, language)?;
            if versions.is_empty() {
                continue;
            }
            let name = self.name_then(self.question.unit, *period);
            let words = pick(language, "các lần báo, mới nhất trước", "versions, the newest first");
            writeln!(out, "\n{name} · {} · {words}:", quantity::period(*period, language))?;
            for version in &versions {
                self.write_version(out, version, language)?;
            }
        }
        Ok(())
    }

    fn write_version(
        &self,
        out: &mut impl Write,
        version: &Version,
        language: Language,
    ) -> anyhow::Result<()> {
        let Version { figure, by, .. } = version;
        let mut says = vec![quantity::content(&self.indicator, figure.content, language)];
        let caveats = quantity::caveats(figure.qualifier, figure.status, language);
        says.extend(Some(caveats).filter(|it| !it.is_empty()));
        if let Some(option) =
            figure.series.option.as_ref().filter(|_| self.question.series.option.is_none())
        {
            let name = self.option_name(option, language);
            says.push(format!("{}: {name}", pick(language, "mục", "option")));
        }
        let state = match version.is_in_force {
            true => pick(language, "đang dùng", "in force"),
            false => pick(language, "đã thay", "replaced"),
        };
        writeln!(out, "  {}  [{state}]", says.join("; "))?;
        let at = jiff::tz::Offset::constant(7).to_datetime(by.at);
        let origin = origin_words(&version.origin, language);
        writeln!(out, "    {origin}; {}", quantity::source(&figure.source, language))?;
        for line in self.source_lines(figure, language)? {
            writeln!(out, "    {line}")?;
        }
        if let Some(reason) = figure.reason.as_ref().or(version.reason.as_ref()) {
            writeln!(out, "    {}: {}", pick(language, "lý do", "reason"), printable(reason))?;
        }
        let digest = version.digest.to_string();
        let words = match language {
            Language::Vietnamese => ("người ghi", "khối số", "mã băm"),
            Language::English => ("by", "block", "digest"),
        };
        writeln!(
            out,
            "    {} {}, {}; {} {}, {} {}…",
            words.0,
            printable(&self.called(&by.actor)?),
            at.strftime("%d/%m/%Y %H:%M"),
            words.1,
            version.block,
            words.2,
            &digest[..16]
        )?;
        Ok(())
    }

    /// A person by the name on the screen, with the sign-in name, which is nobody else's: `Nguyễn Thị Hoa (hoa.cx)`.
    fn called(&self, actor: &str) -> anyhow::Result<String> {
        let account = self.ledger.store().read(|tx| accounts::by_name(tx, actor))?;
        Ok(account.map_or_else(|| actor.to_owned(), |it| format!("{} ({actor})", it.display)))
    }

    /// What stands at the source: the words of the document, the entries of the register.
    fn source_lines(&self, figure: &Figure, language: Language) -> anyhow::Result<Vec<String>> {
        match &figure.source {
            Source::Document { document_id, start, end } => {
                let store = self.ledger.store();
                let Some((from, text)) = documents::own_text(store, *document_id)? else {
                    let gone =
                        pick(language, "văn bản không còn trong kho", "the document is gone");
                    return Ok(vec![gone.to_owned()]);
                };
                let place = |it: &u32| (*it as usize).saturating_sub(from);
                Ok(vec![excerpt(&text, place(start), place(end))])
            }
            Source::Register { entries, .. } => {
                let store = self.ledger.store();
                let mut lines = Vec::new();
                for id in entries {
                    let Some(entry) = store.read(|tx| registers::get(tx, *id))? else { continue };
                    let shown = self.entry_words(&entry, language)?;
                    let word = pick(language, "bản ghi", "entry");
                    lines.push(printable(&format!("{word} {id}: {shown}")));
                }
                Ok(lines)
            }
            _ => Ok(Vec::new()),
        }
    }

    /// What an entry says, by the names of its register's fields.
    fn entry_words(&self, entry: &registers::Entry, language: Language) -> anyhow::Result<String> {
        let fields = dondoc_ledger::register::from_json(&entry.now.fields)?;
        Ok(self.ledger.look(|books| {
            let pack = books.programmes.pack(&entry.pack);
            let register = pack.and_then(|it| Some((it, it.register(&entry.register)?)));
            register.map(|it| written(it, &fields, language)).unwrap_or_default()
        }))
    }
}

/// What brought a block.
fn origin_words(origin: &Origin, language: Language) -> String {
    match (origin, language) {
        (Origin::Submission(id), Language::Vietnamese) => format!("báo cáo nộp số {id}"),
        (Origin::Submission(id), Language::English) => format!("submission {id}"),
        (Origin::Import { file }, Language::Vietnamese) => format!("nạp từ tệp {file}"),
        (Origin::Import { file }, Language::English) => format!("loaded from {file}"),
        (Origin::Register { register }, Language::Vietnamese) => format!("đếm từ sổ {register}"),
        (Origin::Register { register }, Language::English) => {
            format!("counted from register {register}")
        }
        (Origin::Document(id), Language::Vietnamese) => format!("nhận từ văn bản số lưu {id}"),
        (Origin::Document(id), Language::English) => format!("accepted from document {id}"),
        (Origin::Correction(id), Language::Vietnamese) => format!("đề nghị sửa số {id}"),
        (Origin::Correction(id), Language::English) => format!("correction {id}"),
    }
}

/// Words of a text with a little around them, the words themselves marked.
fn excerpt(text: &str, start: usize, end: usize) -> String {
    let letters: Vec<char> = text.chars().collect();
    let (start, end) =
        (start.min(letters.len()), end.min(letters.len()).max(start.min(letters.len())));
    let from = start.saturating_sub(AROUND);
    let to = (end + AROUND).min(letters.len());
    let of = |it: &[char]| it.iter().collect::<String>().replace('\n', " ");
    let (before, meant, after) =
        (of(&letters[from..start]), of(&letters[start..end]), of(&letters[end..to]));
    printable(&format!("“…{before}«{meant}»{after}…”"))
}

fn write_rows<const N: usize>(out: &mut impl Write, rows: &[[String; N]]) -> io::Result<()> {
    let width = |at: usize| rows.iter().map(|it| it[at].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..N).map(width).collect();
    for row in rows {
        let cells: Vec<String> = row
            .iter()
            .zip(&widths)
            .enumerate()
            .map(|(at, (cell, width))| {
                if (2..4).contains(&at) && N > 3 {
                    format!("{cell:>width$}")
                } else {
                    format!("{cell:<width$}")
                }
            })
            .collect();
        writeln!(out, "  {}", cells.join("  ").trim_end())?;
    }
    Ok(())
}
