//! `dondoc packs show`: a pack at a glance, or one of its indicators, registers or forms.

use std::io::{self, Write};
use std::path::Path;

use anyhow::{anyhow, bail};
use dondoc_core::pack::{self, Form, Indicator, Pack, Register, Text};
use dondoc_core::problem::Language;
use serde_json::json;

use crate::Done;
use crate::commands::packs::{borrowed, folder, shipped, words};
use crate::words::{pick, printable};

/// The arguments of `dondoc packs show`.
#[derive(Debug, clap::Args)]
pub(crate) struct ShowArgs {
    /// Tên gói kèm theo phần mềm, hoặc thư mục của gói
    #[arg(value_name = "GÓI", help_heading = "Đối số")]
    pack: String,
    /// Mã chỉ tiêu, sổ hoặc biểu; không nêu thì xem cả gói
    #[arg(value_name = "MÃ", help_heading = "Đối số")]
    code: Option<String>,
    /// In JSON, cho máy đọc
    #[arg(long, help_heading = "Tùy chọn")]
    json: bool,
}

/// Prints a pack or a part of it.
///
/// # Errors
///
/// There is no such pack or code, the pack is refused, or the output can't be written.
pub(super) fn run(args: &ShowArgs, language: Language) -> anyhow::Result<Done> {
    let files = match shipped::files(&args.pack) {
        Some(files) => files,
        None if Path::new(&args.pack).is_dir() => folder(Path::new(&args.pack))?,
        None => {
            let names: Vec<String> = shipped::names().into_iter().collect();
            let (what, there) = match language {
                Language::Vietnamese => ("không có gói", "các gói kèm theo"),
                Language::English => ("no such pack:", "those that come along"),
            };
            bail!("{what} `{}`; {there}: {}", args.pack, names.join(", "));
        }
    };
    let pack = pack::read(&borrowed(&files)).map_err(|findings| {
        let words = pick(
            language,
            "phát hiện; xem `dondoc packs check`",
            "findings; see `dondoc packs check`",
        );
        anyhow!("{}: {} {words}", args.pack, findings.len())
    })?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    let printer = Printer { pack: &pack, language };
    match &args.code {
        None if args.json => writeln!(out, "{}", serde_json::to_string(&pack)?)?,
        None => printer.pack(&mut out)?,
        Some(code) => printer.part(&mut out, code, args.json)?,
    }
    out.flush()?;
    Ok(Done::All)
}

struct Printer<'a> {
    pack: &'a Pack,
    language: Language,
}

impl Printer<'_> {
    fn said<'a>(&self, text: &'a Text) -> &'a str {
        pick(self.language, &text.vi, &text.en)
    }

    /// The name of an option of an indicator; of two breakdowns both names.
    fn option(&self, indicator: &Indicator, code: &str) -> String {
        let breakdowns = indicator.breakdowns.iter().filter_map(|it| self.pack.breakdown(it));
        let names = code.split('+').zip(breakdowns).map(|(code, breakdown)| {
            let option = breakdown.options.iter().find(|it| it.code == code);
            option.map_or(code, |it| self.said(&it.name))
        });
        names.collect::<Vec<_>>().join(", ")
    }

    fn pack(&self, out: &mut impl Write) -> anyhow::Result<()> {
        let head = &self.pack.pack;
        let version = pick(self.language, "phiên bản", "version");
        writeln!(out, "{} {}, {version} {}", head.code, self.said(&head.name), head.version)?;
        writeln!(out, "\n{}", pick(self.language, "Chỉ tiêu", "Indicators"))?;
        for it in &self.pack.indicators {
            let measure = printable(&it.measure);
            let marks = words::marks(it, self.language);
            writeln!(out, "  {}  {} ({measure}){marks}", it.code, self.said(&it.name))?;
        }
        writeln!(out, "\n{}", pick(self.language, "Sổ", "Registers"))?;
        for it in &self.pack.registers {
            let fields = pick(self.language, "mục", "fields");
            writeln!(out, "  {}  {} ({} {fields})", it.code, self.said(&it.name), it.fields.len())?;
        }
        writeln!(out, "\n{}", pick(self.language, "Biểu", "Forms"))?;
        for it in &self.pack.forms {
            let rows = pick(self.language, "dòng", "rows");
            let every = words::frequencies(&it.every, self.language);
            let name = self.said(&it.name);
            writeln!(out, "  {}  {name} ({every}, {} {rows})", it.code, it.rows.len())?;
        }
        Ok(())
    }

    fn part(&self, out: &mut impl Write, code: &str, json: bool) -> anyhow::Result<()> {
        if let Some(it) = self.pack.indicator(code) {
            return if json { one_line(out, &json!(it)) } else { self.indicator(out, it) };
        }
        if let Some(it) = self.pack.register(code) {
            return if json { one_line(out, &json!(it)) } else { self.register(out, it) };
        }
        if let Some(it) = self.pack.form(code) {
            return if json { one_line(out, &json!(it)) } else { self.form(out, it) };
        }
        let what = pick(
            self.language,
            "gói không có chỉ tiêu, sổ hoặc biểu nào có mã",
            "the pack has no indicator, register or form",
        );
        bail!("{what} `{code}`")
    }

    fn indicator(&self, out: &mut impl Write, it: &Indicator) -> anyhow::Result<()> {
        let language = self.language;
        let mut line = |vi, en, value: String| -> io::Result<()> {
            if value.is_empty() {
                return Ok(());
            }
            writeln!(out, "  {}: {}", pick(language, vi, en), printable(&value))
        };
        line("chỉ tiêu", "indicator", format!("{} {}", it.code, self.said(&it.name)))?;
        line("đơn vị tính", "measure", it.measure.clone())?;
        if let Some(ratio) = &it.ratio {
            line("tử số", "numerator", self.said(&ratio.numerator).to_owned())?;
            line("mẫu số", "denominator", self.said(&ratio.denominator).to_owned())?;
        }
        line("cộng theo đơn vị", "over units", words::aggregation(it.over_units, language).into())?;
        line(
            "cộng theo thời gian",
            "over time",
            words::aggregation(it.over_time, language).into(),
        )?;
        line("kỳ báo cáo", "reported", words::frequencies(&it.every, language))?;
        line("cấp báo cáo", "level", words::level(it.level, language).into())?;
        let options = self.pack.options(it).into_iter().map(|code| self.option(it, &code));
        line("phân tổ", "options", options.collect::<Vec<_>>().join("; "))?;
        let target = it.target.as_ref().map(|it| self.said(it).to_owned());
        line("chỉ tiêu giao", "target", target.unwrap_or_default())?;
        let counted = it.counted.iter().map(|it| it.register.clone());
        line("tính từ sổ", "counted from", counted.collect::<Vec<_>>().join(", "))?;
        line("công thức", "formula", it.formula.clone().unwrap_or_default())?;
        line("căn cứ", "basis", it.basis.join(", "))?;
        line("thành tố", "components", it.components.join(", "))?;
        line("lưu ý", "mind", words::marks(it, language).trim().to_owned())?;
        Ok(())
    }

    fn register(&self, out: &mut impl Write, it: &Register) -> anyhow::Result<()> {
        writeln!(out, "{} {}", it.code, self.said(&it.name))?;
        for field in &it.fields {
            let must = if field.required { " *" } else { "" };
            let kind = words::kind(field.kind, self.language);
            writeln!(out, "  {}  {} ({kind}){must}", field.code, self.said(&field.name))?;
        }
        for check in &it.checks {
            writeln!(out, "  {}  {}: {}", check.code, check.holds, self.said(&check.message))?;
        }
        Ok(())
    }

    fn form(&self, out: &mut impl Write, it: &Form) -> anyhow::Result<()> {
        writeln!(out, "{} {}", it.code, self.said(&it.name))?;
        writeln!(out, "  {}", self.said(&it.route))?;
        for column in &it.columns {
            writeln!(out, "  ({}) {}", column.number, self.said(&column.title))?;
        }
        for row in &it.rows {
            let indicator = row.indicator.as_deref().and_then(|it| self.pack.indicator(it));
            let option = indicator.zip(row.option.as_deref());
            let option = option.map(|(it, code)| format!("– {}", self.option(it, code)));
            let name = row.title.as_ref().or(indicator.map(|it| &it.name));
            let name = option.or(name.map(|it| self.said(it).to_owned())).unwrap_or_default();
            let code = row.indicator.as_deref().unwrap_or_default();
            writeln!(out, "  {:<8} {name}  {code}", row.number)?;
        }
        Ok(())
    }
}

fn one_line(out: &mut impl Write, value: &serde_json::Value) -> anyhow::Result<()> {
    Ok(writeln!(out, "{value}")?)
}
