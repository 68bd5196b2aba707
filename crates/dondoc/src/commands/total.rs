//! `dondoc total`: one number, with what it takes to trust it.

use std::io::{self, Write};

use dondoc_core::period::Period;
use dondoc_core::problem::Language;
use dondoc_core::unit::{Line, UnitId, Weight};
use dondoc_ledger::rollup::total::{Counts, Why};
use dondoc_ledger::rollup::value::Value;
use dondoc_ledger::{Answer, Question, Sight};
use dondoc_store::blocks::{self, BlockId, Damaged};
use serde_json::{Map, json};

use crate::Done;
use crate::quantity;
use crate::question::{Asked, QuestionArgs, told, unit_name};
use crate::words::pick;

/// The arguments of `dondoc total`.
#[derive(Debug, clap::Args)]
pub(crate) struct TotalArgs {
    #[command(flatten)]
    question: QuestionArgs,
    /// Chia ra: children – từng đơn vị trực tiếp bên dưới
    #[arg(long, value_name = "CÁCH CHIA", value_parser = ["children"], hide_possible_values = true,
          help_heading = "Tùy chọn")]
    by: Option<String>,
}

/// Prints a total.
///
/// # Errors
///
/// The question can't be understood, or the library can't be opened or read.
pub(crate) fn run(args: &TotalArgs, language: Language) -> anyhow::Result<Done> {
    let asked = args.question.read(language)?;
    let answer = asked.ledger.total(&asked.question).map_err(|err| told(err, language))?;
    let mut children = Vec::new();
    if args.by.is_some() {
        for unit in asked.children() {
            let question = Question { unit, ..asked.question.clone() };
            let answer = asked.ledger.total(&question).map_err(|err| told(err, language))?;
            children.push((unit, answer));
        }
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    if args.question.json {
        let mut object = asked.json(&answer)?;
        if args.by.is_some() {
            let rows = children.iter().map(|(unit, it)| asked.json_of(*unit, it));
            object.insert("children".to_owned(), rows.collect());
        }
        writeln!(out, "{}", serde_json::Value::Object(object))?;
    } else {
        asked.write(&mut out, &answer, language)?;
        if !children.is_empty() {
            writeln!(out)?;
            asked.write_children(&mut out, &children, language)?;
        }
    }
    out.flush()?;
    Ok(if answer.total.value.is_ok() { Done::All } else { Done::Some })
}

impl Asked {
    /// The units directly under the one that is asked about, in the official order.
    fn children(&self) -> Vec<UnitId> {
        let line = self.question.line.unwrap_or(Line::State);
        self.ledger.look(|books| {
            let tree = books.units.tree(line, self.day);
            let place = tree.place(self.question.unit);
            place.map_or_else(Vec::new, |it| {
                tree.children(it).map(|child| tree.units()[child]).collect()
            })
        })
    }

    fn name(&self, unit: UnitId) -> String {
        self.ledger.look(|books| unit_name(&books.units, unit, self.day))
    }

    /// What was asked, in one line each: the indicator, of whom, of when, how it is seen.
    pub(crate) fn write_heading(
        &self,
        out: &mut impl Write,
        answer: &Answer,
        language: Language,
    ) -> io::Result<()> {
        let Self { question, indicator, .. } = self;
        let name = pick(language, &indicator.name.vi, &indicator.name.en);
        let option = question.series.option.as_ref().map(|it| self.option_name(it, language));
        let option = option.map(|it| format!(" – {it}")).unwrap_or_default();
        writeln!(out, "{} · {name}{option}", indicator.code)?;
        let mut period = quantity::period(question.period, language);
        if answer.periods != [question.period] {
            let words = pick(language, "cộng dồn từ", "from");
            let periods: Vec<String> = answer.periods.iter().map(ToString::to_string).collect();
            period = format!("{period} ({words} {})", periods.join(", "));
        }
        writeln!(out, "{} · {period}", self.name(question.unit))?;
        let view = match (question.sight, language) {
            (Sight::AsThen, Language::Vietnamese) => "theo đơn vị của kỳ đó".to_owned(),
            (Sight::AsThen, Language::English) => "by the units of that time".to_owned(),
            (Sight::AsNow(weight), _) => format!(
                "{}, {} {}",
                pick(language, "theo đơn vị hiện nay", "by the units of today"),
                pick(language, "số của đơn vị bị tách chia theo", "split units shared by"),
                weight_words(weight, language)
            ),
        };
        let line = question.line.map(|it| line_words(it, language));
        let line = line.map(|it| format!(" · {it}")).unwrap_or_default();
        writeln!(out, "{view}{line}")
    }

    pub(crate) fn option_name(&self, option: &str, language: Language) -> String {
        self.ledger.look(|books| {
            let pack = books.programmes.pack_of(&self.indicator.code);
            let named = |code: &str| {
                let options = pack?.breakdowns.iter().flat_map(|it| &it.options);
                let found = options.into_iter().find(|it| it.code == code)?;
                Some(pick(language, &found.name.vi, &found.name.en).to_owned())
            };
            let names = option.split('+').map(|it| named(it).unwrap_or_else(|| it.to_owned()));
            names.collect::<Vec<_>>().join(", ")
        })
    }

    /// The total with its heading, counts and moment.
    pub(crate) fn write(
        &self,
        out: &mut impl Write,
        answer: &Answer,
        language: Language,
    ) -> anyhow::Result<()> {
        self.write_heading(out, answer, language)?;
        writeln!(out)?;
        let total = &answer.total;
        let label = |vi, en| format!("  {:<18}", pick(language, vi, en));
        let shown = match total.value {
            Ok(value) => quantity::value(&self.indicator, value, language),
            Err(why) => why_words(why, language).to_owned(),
        };
        writeln!(out, "{}{shown}", label("Tổng hợp", "Total"))?;
        writeln!(
            out,
            "{}{}",
            label("Đã có số", "Reported"),
            counts_words(&total.counts, language)
        )?;
        if total.counts.n_missing > 0 {
            let words = pick(language, "chưa báo cáo", "not reported");
            writeln!(out, "{}{} {words}", label("Còn thiếu", "Missing"), total.counts.n_missing)?;
        }
        let n_lost = self.lost().len();
        if n_lost > 0 {
            writeln!(out, "{}{}", label("Bị hỏng", "Damaged"), lost_words(n_lost, language))?;
        }
        if let Some((value, n_figures)) = total.through_weights {
            let shown = quantity::value(&self.indicator, value, language);
            let words = match language {
                Language::Vietnamese => {
                    format!("{shown} do chia {n_figures} số của đơn vị bị tách, coi là ước")
                }
                Language::English => {
                    format!(
                        "{shown} through shares of {n_figures} figures of split units: an estimate"
                    )
                }
            };
            writeln!(out, "{}{words}", label("Trong đó", "Of this"))?;
        }
        let (moment, chain) = self.moment(answer.moment)?;
        let block = pick(language, "khối số", "block");
        let chain = match chain.as_deref().map(|it| &it[..16]) {
            Some(chain) => format!(" · {} {chain}…", pick(language, "chuỗi", "chain")),
            None => String::new(),
        };
        writeln!(out, "{}{block} {moment}{chain}", label("Thời điểm", "Moment"))?;
        Ok(())
    }

    fn write_children(
        &self,
        out: &mut impl Write,
        children: &[(UnitId, Answer)],
        language: Language,
    ) -> io::Result<()> {
        let rows: Vec<[String; 4]> = children
            .iter()
            .map(|(unit, answer)| {
                let Counts { n_reported, n_missing, .. } = answer.total.counts;
                let shown = match answer.total.value {
                    Ok(value) => quantity::value(&self.indicator, value, language),
                    Err(why) => why_words(why, language).to_owned(),
                };
                let missing = match n_missing {
                    0 => String::new(),
                    n => format!("{} {n}", pick(language, "thiếu", "missing")),
                };
                [self.name(*unit), shown, caveat_counts(&answer.total.counts, language), {
                    let reported = format!("{n_reported} {}", pick(language, "số", "reported"));
                    [reported, missing]
                        .into_iter()
                        .filter(|it| !it.is_empty())
                        .collect::<Vec<_>>()
                        .join(", ")
                }]
            })
            .collect();
        let width = |at: usize| rows.iter().map(|it| it[at].chars().count()).max().unwrap_or(0);
        let (names, values, counts) = (width(0), width(1), width(3));
        for [name, shown, caveats, reported] in &rows {
            let line =
                format!("  {name:<names$}  {shown:>values$}  {reported:<counts$}  {caveats}");
            writeln!(out, "{}", line.trim_end())?;
        }
        Ok(())
    }

    /// The moment of an answer: the newest block in it, and the chain up to there.
    fn moment(&self, moment: BlockId) -> anyhow::Result<(BlockId, Option<String>)> {
        let block = match self.ledger.store().read(|tx| blocks::get(tx, moment)) {
            // A damaged block has no chain to show; what it takes out of the total is said there.
            Err(err) if Damaged::of(&err).is_some() => None,
            found => found?,
        };
        Ok((moment, block.map(|it| it.chain.to_string())))
    }

    /// The units and periods that should be in the answer and are damaged in the store.
    fn lost(&self) -> Vec<(UnitId, Period)> {
        // As now, the figures of a unit may lie under any other.
        let unit = [self.question.unit];
        let units: &[UnitId] = if self.question.sight == Sight::AsThen { &unit } else { &[] };
        self.ledger.look(|books| books.lost_in(units, &[self.question.period]))
    }

    /// Question and answer for machines.
    pub(crate) fn json(&self, answer: &Answer) -> anyhow::Result<Map<String, serde_json::Value>> {
        let Self { question, indicator, .. } = self;
        let (view, weight) = match question.sight {
            Sight::AsThen => ("as_then", None),
            Sight::AsNow(weight) => ("as_now", Some(weight)),
        };
        let (moment, chain) = self.moment(answer.moment)?;
        let mut object = Map::new();
        let mut put = |key: &str, value: serde_json::Value| {
            object.insert(key.to_owned(), value);
        };
        put("indicator", json!(indicator.code));
        put("option", json!(question.series.option));
        put("measure", json!(indicator.measure));
        put("period", json!(question.period));
        put("periods", json!(answer.periods));
        put("view", json!(view));
        put("weight", json!(weight));
        put("line", json!(question.line));
        put("moment", json!({"block": moment.0, "chain": chain}));
        let lost = self.lost().into_iter();
        put("lost", lost.map(|(unit, period)| json!({"unit": unit, "period": period})).collect());
        if let serde_json::Value::Object(rest) = self.json_of(question.unit, answer) {
            object.extend(rest);
        }
        Ok(object)
    }

    /// The answer for one unit. Numbers are text: JSON readers would round large ones.
    fn json_of(&self, unit: UnitId, answer: &Answer) -> serde_json::Value {
        let code = self.ledger.look(|books| {
            books.units.get(unit).and_then(|it| it.code_on(self.day)).map(str::to_owned)
        });
        let total = &answer.total;
        let counts = total.counts;
        json!({
            "unit": {"id": unit, "code": code, "name": self.name(unit)},
            "value": total.value.ok().map(|it| self.json_value(it)),
            "why": total.value.err().map(|it| why_code(it)),
            "counts": {
                "expected": counts.n_expected,
                "reported": counts.n_reported,
                "missing": counts.n_missing,
                "nil": counts.n_nil,
                "no_figure": counts.n_no_figure,
                "estimated": counts.n_estimated,
                "inexact": counts.n_inexact,
            },
            "through_weights": total.through_weights.map(|(value, n_figures)| {
                json!({"value": self.json_value(value), "figures": n_figures})
            }),
        })
    }

    pub(crate) fn json_value(&self, value: Value) -> serde_json::Value {
        let decimals = self.indicator.decimals;
        match value {
            Value::Number(number) => json!({"number": quantity::plain(number, decimals)}),
            Value::Ratio { numerator, denominator } => json!({
                "numerator": quantity::plain(numerator, decimals),
                "denominator": quantity::plain(denominator, decimals),
                "share": quantity::share(&self.indicator, [numerator, denominator], '.'),
            }),
        }
    }
}

fn lost_words(n_lost: usize, language: Language) -> String {
    match language {
        Language::Vietnamese => format!(
            "{n_lost} báo cáo hỏng trong kho, không được tính; chạy `dondoc fsck`, khôi phục bản sao lưu gần nhất"
        ),
        Language::English => format!(
            "{n_lost} reports damaged in the store, left out; run `dondoc fsck`, restore the last backup"
        ),
    }
}

fn counts_words(counts: &Counts, language: Language) -> String {
    let Counts { n_expected, n_reported, n_nil, n_no_figure, .. } = counts;
    let mut words = match language {
        Language::Vietnamese => vec![format!("{n_reported} số, phải báo cáo {n_expected}")],
        Language::English => vec![format!("{n_reported} figures, {n_expected} expected")],
    };
    if *n_nil > 0 {
        words.push(format!("{n_nil} {}", pick(language, "không phát sinh", "nil")));
    }
    if *n_no_figure > 0 {
        let no_figure = pick(language, "báo không có số liệu", "said to have no figure");
        words.push(format!("{n_no_figure} {no_figure}"));
    }
    let caveats = caveat_counts(counts, language);
    words
        .into_iter()
        .chain(Some(caveats).filter(|it| !it.is_empty()))
        .collect::<Vec<_>>()
        .join("; ")
}

fn caveat_counts(counts: &Counts, language: Language) -> String {
    let mut words = Vec::new();
    if counts.n_estimated > 0 {
        words.push(format!("{} {}", counts.n_estimated, pick(language, "ước", "estimates")));
    }
    if counts.n_inexact > 0 {
        let inexact = pick(language, "không chính xác (khoảng, trên, dưới)", "not exact");
        words.push(format!("{} {inexact}", counts.n_inexact));
    }
    words.join("; ")
}

fn why_words(why: Why, language: Language) -> &'static str {
    match why {
        Why::NothingReported => {
            pick(language, "chưa ai báo cáo số nào", "nobody has reported a number")
        }
        Why::NotOverUnits => pick(
            language,
            "chỉ tiêu này không cộng giữa các đơn vị; hỏi từng đơn vị (--by children)",
            "not made into one over units; ask for each unit (--by children)",
        ),
        Why::NotOverTime => pick(
            language,
            "chỉ tiêu này không cộng giữa các kỳ; hỏi từng kỳ",
            "not made into one over time; ask for each period",
        ),
        Why::NotInTree => pick(
            language,
            "đơn vị không có trong hệ thống này vào kỳ đó",
            "the unit does not stand in this tree then",
        ),
        Why::UnknownSeries => pick(language, "không có chỉ tiêu này", "no such indicator"),
    }
}

fn why_code(why: Why) -> &'static str {
    match why {
        Why::NothingReported => "nothing_reported",
        Why::NotOverUnits => "not_over_units",
        Why::NotOverTime => "not_over_time",
        Why::NotInTree => "not_in_tree",
        Why::UnknownSeries => "unknown_series",
    }
}

fn weight_words(weight: Weight, language: Language) -> &'static str {
    match weight {
        Weight::Area => pick(language, "diện tích", "area"),
        Weight::Population => pick(language, "dân số", "population"),
        Weight::Equal => pick(language, "phần bằng nhau", "equal parts"),
    }
}

fn line_words(line: Line, language: Language) -> &'static str {
    match line {
        Line::State => pick(language, "hệ thống chính quyền", "State line"),
        Line::Party => pick(language, "hệ thống Đảng", "Party line"),
        Line::Military => pick(language, "hệ thống quân sự", "military line"),
        Line::Front => pick(language, "hệ thống Mặt trận, đoàn thể", "Front line"),
    }
}
