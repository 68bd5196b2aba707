//! `dondoc form`: the official form as a workbook, out to be filled in, and back in.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Context, anyhow};
use clap::Subcommand;
use dondoc_core::figure::{Figure, Qualifier, Series, Source, Status};
use dondoc_core::finding::Finding;
use dondoc_core::pack::{Form, Pack, Severity};
use dondoc_core::period::Period;
use dondoc_core::problem::Language;
use dondoc_core::unit::UnitId;
use dondoc_exchange::workbook::{self, Beside, Filled, Paper};
use dondoc_ledger::report::NewReport;
use dondoc_ledger::{Batch, Ledger, LedgerError};
use serde_json::json;

use crate::Done;
use crate::commands::figures::place_words;
use crate::library::{LibraryArgs, by_this_user};
use crate::quantity;
use crate::question::{find_unit, ledger, read_period, today, told, unit_name};
use crate::words::{pick, printable, tell};

/// The arguments of `dondoc form`.
#[derive(Debug, clap::Args)]
#[command(
    subcommand_required = true,
    arg_required_else_help = true,
    disable_help_subcommand = true,
    subcommand_help_heading = "Lệnh"
)]
pub(crate) struct FormArgs {
    #[command(subcommand)]
    command: FormCommand,
}

/// What can be done with forms.
#[derive(Debug, Subcommand)]
enum FormCommand {
    /// Xuất biểu ra tệp Excel, điền sẵn số đang có (out)
    #[command(override_usage = "dondoc form out BIỂU --unit ĐƠN VỊ --period KỲ -o TỆP.xlsx")]
    Out(OutArgs),
    /// Đọc tệp Excel đã điền: hiện khác biệt từng ô; chỉ ghi khi có --save (in)
    #[command(
        name = "in",
        override_usage = "dondoc form in BIỂU --unit ĐƠN VỊ --period KỲ TỆP.xlsx [--save]"
    )]
    In(InArgs),
}

/// Which form of whom.
#[derive(Debug, clap::Args)]
struct WhichArgs {
    /// Mã biểu, ví dụ B01-XA
    #[arg(value_name = "BIỂU")]
    form: String,
    /// Đơn vị: tên hoặc mã
    #[arg(long, value_name = "ĐƠN VỊ", help_heading = "Tùy chọn")]
    unit: String,
    /// Kỳ: 2026-03, 2026-Q1, …
    #[arg(long, value_name = "KỲ", help_heading = "Tùy chọn")]
    period: String,
    /// Số ước, gửi trước khi chốt kỳ
    #[arg(long, help_heading = "Tùy chọn")]
    estimate: bool,
    #[command(flatten)]
    library: LibraryArgs,
}

/// The arguments of `dondoc form out`.
#[derive(Debug, clap::Args)]
struct OutArgs {
    #[command(flatten)]
    which: WhichArgs,
    /// Tệp .xlsx để ghi
    #[arg(long, short, value_name = "TỆP", help_heading = "Tùy chọn")]
    output: PathBuf,
}

/// The arguments of `dondoc form in`.
#[derive(Debug, clap::Args)]
struct InArgs {
    #[command(flatten)]
    which: WhichArgs,
    /// Tệp Excel đã điền
    #[arg(value_name = "TỆP")]
    file: PathBuf,
    /// Ghi lại sau khi kiểm tra
    #[arg(long, help_heading = "Tùy chọn")]
    save: bool,
    /// In một đối tượng JSON, cho máy đọc
    #[arg(long, help_heading = "Tùy chọn")]
    json: bool,
}

/// The form that is meant, with all that stands on it.
struct Opened {
    ledger: Ledger,
    pack: Pack,
    form: Form,
    unit: UnitId,
    unit_name: String,
    period: Period,
    status: Status,
}

/// Does what was asked.
///
/// # Errors
///
/// A file can't be read or written, the library can't be opened, or form, unit or period is not known.
pub(crate) fn run(args: &FormArgs, language: Language) -> anyhow::Result<Done> {
    match &args.command {
        FormCommand::Out(args) => out(args, language),
        FormCommand::In(args) => take_in(args, language),
    }
}

impl WhichArgs {
    fn open(&self, language: Language) -> anyhow::Result<Opened> {
        let period = read_period(&self.period, language)?;
        let ledger = ledger(&self.library, language)?;
        let (pack, form, unit, unit_name) = ledger.look(|books| -> anyhow::Result<_> {
            let (pack, form) = books.programmes.form(&self.form).ok_or_else(|| {
                let codes: Vec<&str> = books
                    .programmes
                    .packs()
                    .iter()
                    .flat_map(|it| &it.forms)
                    .map(|it| it.code.as_str())
                    .collect();
                let words = pick(language, "không có biểu", "no such form:");
                let there = pick(language, "cách xử lý: dùng một trong", "remedy: use one of");
                anyhow!("{words} `{}`\n  {there}: {}", self.form, codes.join(", "))
            })?;
            let day = books.day_of(period);
            let unit = find_unit(&books.units, &self.unit, day, language)?;
            Ok((pack.clone(), form.clone(), unit, unit_name(&books.units, unit, day)))
        })?;
        let status = if self.estimate { Status::Estimate } else { Status::Final };
        Ok(Opened { ledger, pack, form, unit, unit_name, period, status })
    }
}

impl Opened {
    fn paper(&self, language: Language) -> anyhow::Result<Paper<'_>> {
        let (from, to) = self.period.days(self.form.closing).ok_or_else(|| {
            anyhow!(
                "--period {}: {}",
                self.period,
                pick(
                    language,
                    "biểu này không báo cáo theo kỳ đó",
                    "the form is not reported for that"
                )
            )
        })?;
        Ok(Paper {
            pack: &self.pack,
            form: &self.form,
            unit: self.unit,
            unit_name: &self.unit_name,
            period: self.period,
            from,
            to,
            status: self.status,
        })
    }

    fn figures(&self, period: Option<Period>, language: Language) -> anyhow::Result<Vec<Figure>> {
        let Some(period) = period else { return Ok(Vec::new()) };
        self.ledger.own_figures(self.unit, period).map_err(|err| told(err, language))
    }

    /// The figures from the start of the year, of all series of the form.
    fn year_to_date(&self) -> Vec<Figure> {
        self.ledger.look(|books| {
            let codes = self.form.rows.iter().filter_map(|it| it.indicator.as_deref());
            let series = codes.flat_map(|code| {
                let options = books.programmes.options(code).into_iter().flatten().cloned();
                std::iter::once(None)
                    .chain(options.map(Some))
                    .map(move |option| Series { indicator: code.to_owned(), option })
            });
            let found = series.filter_map(|series| {
                let stored = books.year_to_date(self.unit, &series, self.period)?;
                Some(Figure {
                    series,
                    content: stored.content,
                    qualifier: if stored.is_inexact { Qualifier::About } else { Qualifier::Exact },
                    status: if stored.is_estimate { Status::Estimate } else { Status::Final },
                    source: Source::Derived,
                    reason: None,
                })
            });
            found.collect()
        })
    }
}

fn out(args: &OutArgs, language: Language) -> anyhow::Result<Done> {
    let opened = args.which.open(language)?;
    let current = opened.figures(Some(opened.period), language)?;
    let period_before = opened.figures(opened.period.before(), language)?;
    let year_before = opened.figures(opened.period.year_before(), language)?;
    let year_to_date = opened.year_to_date();
    let beside = Beside {
        current: &current,
        period_before: &period_before,
        year_before: &year_before,
        year_to_date: &year_to_date,
        plan: &[],
    };
    let bytes = workbook::write(&opened.paper(language)?, &beside)?;
    let place = args.output.display().to_string();
    std::fs::write(&args.output, bytes).with_context(|| place.clone())?;
    let period = quantity::period(opened.period, language);
    let words = match language {
        Language::Vietnamese => {
            format!("đã ghi biểu {} của {}, {period}: {place}", opened.form.code, opened.unit_name)
        }
        Language::English => {
            format!("wrote form {} of {}, {period}: {place}", opened.form.code, opened.unit_name)
        }
    };
    tell(&words);
    Ok(Done::All)
}

fn take_in(args: &InArgs, language: Language) -> anyhow::Result<Done> {
    let opened = args.which.open(language)?;
    let place = args.file.display().to_string();
    let bytes = std::fs::read(&args.file).with_context(|| place.clone())?;
    let current = opened.figures(Some(opened.period), language)?;
    // Taken apart in a process with limits, as any file of somebody else.
    let plain = crate::isolate::sheets(&bytes);
    let filled = workbook::read(plain.as_bytes(), &opened.paper(language)?, &current);
    show_differences(&opened, &filled, args.json, language)?;
    tell_findings(&place, &filled.findings, language);
    let (n_cells, n_findings) = (filled.differences.len(), filled.findings.len());
    tell(&match language {
        Language::Vietnamese => format!("{n_cells} ô khác số đang có, {n_findings} phát hiện"),
        Language::English => format!("{n_cells} cells differ, {n_findings} findings"),
    });
    if filled.has_errors() {
        return Ok(Done::Some);
    }
    let figures = filled.figures.into_iter().map(|it| (it.figure, it.place)).collect();
    let batch = Batch { unit: opened.unit, period: opened.period, figures };
    let content = json!({"file": place});
    let report = NewReport {
        form: &opened.form.code,
        kind: opened.status,
        batch: &batch,
        content: &content,
        notes: &[],
        seen: None,
    };
    if args.save {
        return keep(&opened.ledger, &report, &place, language);
    }
    let findings = opened.ledger.try_report(&report, today()).map_err(|err| told(err, language))?;
    tell_findings(&place, &findings, language);
    tell(pick(
        language,
        "chưa ghi gì; thêm --save để ghi",
        "nothing was kept; add --save to keep it",
    ));
    Ok(if findings.is_empty() { Done::All } else { Done::Some })
}

/// Cell by cell, what stands in the file and is not in force.
fn show_differences(
    opened: &Opened,
    filled: &Filled,
    as_json: bool,
    language: Language,
) -> anyhow::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    if as_json {
        let differences: Vec<_> = filled
            .differences
            .iter()
            .map(|it| json!({"series": it.series, "old": it.old, "new": it.new, "place": it.place}))
            .collect();
        writeln!(out, "{}", json!({"differences": differences, "findings": filled.findings}))?;
        return Ok(out.flush()?);
    }
    for it in &filled.differences {
        let cell = it.place.cell.as_deref().unwrap_or("–");
        let option = it.series.option.as_ref().map(|it| format!(" ({it})")).unwrap_or_default();
        let said = |figure: Option<&Figure>| said(opened, figure, language);
        let (old, new) = (said(it.old.as_ref()), said(it.new.as_ref()));
        let line = format!("{cell}  {}{option}: {old} → {new}", it.series.indicator);
        writeln!(out, "{}", printable(&line))?;
    }
    Ok(out.flush()?)
}

fn said(opened: &Opened, figure: Option<&Figure>, language: Language) -> String {
    let Some(figure) = figure else { return pick(language, "trống", "blank").to_owned() };
    opened.ledger.look(|books| {
        let indicator = books.programmes.indicator(&figure.series.indicator);
        indicator.map_or_else(String::new, |it| quantity::content(it, figure.content, language))
    })
}

fn keep(
    ledger: &Ledger,
    report: &NewReport<'_>,
    place: &str,
    language: Language,
) -> anyhow::Result<Done> {
    match ledger.report(report, (&by_this_user(), today())) {
        Ok(reported) => {
            let receipt = &reported.receipt.number;
            tell(&format!("{} {receipt}", pick(language, "đã ghi; số biên nhận", "kept; receipt")));
            Ok(Done::All)
        }
        Err(LedgerError::Findings(findings)) => {
            tell_findings(place, &findings, language);
            tell(pick(language, "không ghi gì", "nothing was kept"));
            Ok(Done::Some)
        }
        Err(err) => Err(told(err, language)),
    }
}

fn tell_findings(file: &str, findings: &[Finding], language: Language) {
    for finding in findings {
        let word = match finding.severity() {
            Severity::Error => pick(language, "lỗi", "error"),
            Severity::Warning => pick(language, "lưu ý", "note"),
        };
        let remedy = pick(language, "cách xử lý", "remedy");
        tell(&format!(
            "{word}: {file}{}: {}\n  {remedy}: {}",
            place_words(&finding.place, language),
            finding.message(language),
            finding.remedy(language)
        ));
    }
}
