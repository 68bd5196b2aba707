//! What total is asked for on the command line: names turned into the unit, series and period that are meant.

use std::sync::Arc;

use anyhow::{anyhow, bail};
use dondoc_core::{
    figure::Series,
    pack::{Closing, Indicator},
    period::Period,
    problem::Language,
    unit::{Line, NameKey, Unit, UnitId, Units, Weight},
};
use dondoc_ledger::{Ledger, LedgerError, Question, Sight};
use dondoc_store::blocks::BlockId;
use jiff::{Timestamp, civil::Date, tz::Offset};

use crate::{library::LibraryArgs, words::pick};

/// Which total.
#[derive(Debug, clap::Args)]
pub(crate) struct QuestionArgs {
    /// Mã chỉ tiêu, ví dụ KVPT.02.01
    #[arg(value_name = "CHỈ TIÊU")]
    indicator: String,
    /// Một mục của phân tổ, ví dụ doi_tuong_2 (không nêu: số chung)
    #[arg(long, value_name = "MỤC", help_heading = "Tùy chọn")]
    option: Option<String>,
    /// Đơn vị: tên hoặc mã; trùng tên thì thêm tên cấp trên sau dấu phẩy: "xã Bình An, tỉnh Lam Giang"
    #[arg(long, value_name = "ĐƠN VỊ", help_heading = "Tùy chọn")]
    unit: String,
    /// Kỳ: 2025-09, 2025-Q3, 2025-H1, 2025-9M, 2025, 2020..2025
    #[arg(long, value_name = "KỲ", help_heading = "Tùy chọn")]
    period: String,
    /// as-then: theo đơn vị của kỳ đó (mặc định); as-now: theo đơn vị hiện nay
    #[arg(long, value_name = "CÁCH NHÌN", value_parser = ["as-then", "as-now"], default_value = "as-then",
          hide_default_value = true, hide_possible_values = true, help_heading = "Tùy chọn")]
    view: String,
    /// Khi xem theo đơn vị hiện nay, chia số của đơn vị bị tách theo: population (dân số, mặc định), area (diện tích), equal (đều)
    #[arg(long, value_name = "TRỌNG SỐ", value_parser = ["population", "area", "equal"], default_value = "population",
          hide_default_value = true, hide_possible_values = true, help_heading = "Tùy chọn")]
    weight: String,
    /// Theo hệ thống: state (chính quyền), party (Đảng), military (quân sự), front (Mặt trận)
    #[arg(long, value_name = "HỆ THỐNG", value_parser = ["state", "party", "military", "front"],
          hide_possible_values = true, help_heading = "Tùy chọn")]
    line: Option<String>,
    /// Như khi mới có đến khối số này (xem "thời điểm" của một lần hỏi trước)
    #[arg(long, value_name = "SỐ", help_heading = "Tùy chọn")]
    as_of: Option<i64>,
    /// In một đối tượng JSON, cho máy đọc
    #[arg(long, help_heading = "Tùy chọn")]
    pub(crate) json: bool,
    #[command(flatten)]
    library: LibraryArgs,
}

/// The open ledger with the question.
pub(crate) struct Asked {
    pub(crate) ledger: Ledger,
    pub(crate) question: Question,
    pub(crate) indicator: Indicator,
    /// The day whose names are shown.
    pub(crate) day: Date,
}

/// The day in Viet Nam, which has kept UTC+7 since 1975 (Decision 121-CP of 1967 in the north).
pub(crate) fn today() -> Date {
    Offset::constant(7).to_datetime(Timestamp::now()).date()
}

/// Opens the ledger of a library.
///
/// # Errors
///
/// The library can't be opened, or a block in it can't be trusted.
pub(crate) fn ledger(library: &LibraryArgs, language: Language) -> anyhow::Result<Ledger> {
    let store = Arc::new(library.open()?);
    Ledger::open(store, today()).map_err(|err| told(err, language))
}

impl QuestionArgs {
    /// What is meant.
    ///
    /// # Errors
    ///
    /// Something is not known, or several units are meant: said with what to do about it.
    pub(crate) fn read(&self, language: Language) -> anyhow::Result<Asked> {
        let period = read_period(&self.period, language)?;
        let ledger = ledger(&self.library, language)?;
        let weight = match self.weight.as_str() {
            "area" => Weight::Area,
            "equal" => Weight::Equal,
            _ => Weight::Population,
        };
        let (sight, day) = match self.view.as_str() {
            "as-now" => (Sight::AsNow(weight), today()),
            _ => (Sight::AsThen, closing_day(period)),
        };
        let series = Series { indicator: self.indicator.clone(), option: self.option.clone() };
        let (indicator, unit) = ledger.look(|books| -> anyhow::Result<_> {
            let known = books.programmes.known(&series).map_err(|fault| {
                let options = books.programmes.options(&series.indicator);
                unknown_series(&fault, options.into_iter().flatten(), language)
            })?;
            Ok((known.clone(), find_unit(&books.units, &self.unit, day, language)?))
        })?;
        let line = self.line.as_deref().and_then(Line::by_code);
        let as_of = self.as_of.map(BlockId);
        let question = Question { series, unit, period, sight, line, as_of };
        Ok(Asked { ledger, question, indicator, day })
    }
}

/// A period as it is typed.
///
/// # Errors
///
/// It is none; said with how to write one.
pub(crate) fn read_period(text: &str, language: Language) -> anyhow::Result<Period> {
    Period::spoken(text).map_err(|_| match language {
        Language::Vietnamese => anyhow!(
            "--period: `{text}` không phải kỳ báo cáo\n  cách xử lý: viết 09/2025 hoặc 2025-09 (tháng), quý 3/2025 hoặc 2025-Q3, \
             6 tháng đầu năm 2025 hoặc 2025-H1, 2025-9M, 2025 (năm) hoặc 2020..2025"
        ),
        Language::English => anyhow!(
            "--period: `{text}` is no period\n  remedy: write 2025-09 or 09/2025, 2025-Q3, 2025-H1, 2025-9M, 2025 or 2020..2025"
        ),
    })
}

fn closing_day(period: Period) -> Date {
    match period {
        Period::Days { to, .. } => to,
        _ => period.closing_day(Closing::Decree09).unwrap_or_else(today),
    }
}

fn unknown_series<'o>(
    fault: &dondoc_core::finding::Fault,
    options: impl Iterator<Item = &'o String>,
    language: Language,
) -> anyhow::Error {
    use dondoc_core::finding::{Finding, Place};
    let finding = Finding { place: Place::default(), fault: fault.clone() };
    let remedy = pick(language, "cách xử lý", "remedy");
    let options: Vec<&str> = options.take(12).map(String::as_str).collect();
    let choice = if options.is_empty() {
        String::new()
    } else {
        format!("\n  {}: {}", pick(language, "các mục", "options"), options.join(", "))
    };
    anyhow!("{}\n  {remedy}: {}{choice}", finding.message(language), finding.remedy(language))
}

/// The one unit that is meant on a day.
///
/// # Errors
///
/// None is, or several are; said with the candidates.
pub(crate) fn find_unit(
    units: &Units,
    text: &str,
    day: Date,
    language: Language,
) -> anyhow::Result<UnitId> {
    let (name, above) = match text.rsplit_once(',') {
        Some((name, above)) => (name.trim(), Some(above.trim())),
        None => (text.trim(), None),
    };
    let mut found = units.find(name, day);
    if let Some(above) = above {
        let meant = units.find(above, day);
        found.retain(|it| units.above(*it, Line::State, day).iter().any(|up| meant.contains(up)));
    }
    let key = NameKey::of(name);
    let is_alike = |it: &UnitId| {
        units.get(*it).is_some_and(|unit| {
            unit.code_on(day) == Some(name)
                || unit.name_on(day).is_some_and(|it| NameKey::of(it) == key)
                || unit.full_name_on(day).is_some_and(|it| NameKey::of(&it) == key)
        })
    };
    let alike: Vec<UnitId> = found.iter().copied().filter(is_alike).collect();
    match (found.as_slice(), alike.as_slice()) {
        ([one], _) | (_, [one]) => Ok(*one),
        ([], _) => Err(nobody(units, (name, text), day, language)),
        (several, _) => {
            let lines: Vec<String> =
                several.iter().take(20).map(|it| candidate(units, *it, day, language)).collect();
            let (what, remedy) = match language {
                Language::Vietnamese => (
                    format!("--unit: `{text}` có thể là {} đơn vị", several.len()),
                    "cách xử lý: dùng mã, hoặc thêm tên cấp trên sau dấu phẩy",
                ),
                Language::English => (
                    format!("--unit: `{text}` may be {} units", several.len()),
                    "remedy: use the code, or add the unit above after a comma",
                ),
            };
            bail!("{what}:\n{}\n  {remedy}", lines.join("\n"))
        }
    }
}

fn nobody(
    units: &Units,
    (name, text): (&str, &str),
    day: Date,
    language: Language,
) -> anyhow::Error {
    let shown = crate::table::written(day);
    let ever: Vec<String> = units
        .find_ever(name)
        .into_iter()
        .take(8)
        .map(|it| candidate(units, it, day, language))
        .collect();
    match (language, ever.is_empty()) {
        (Language::Vietnamese, true) => anyhow!(
            "--unit: không có đơn vị `{text}`\n  cách xử lý: xem danh sách bằng dondoc units show, hoặc nạp danh mục bằng dondoc units load"
        ),
        (Language::Vietnamese, false) => anyhow!(
            "--unit: ngày {shown} không có đơn vị `{text}`; lúc khác có:\n{}\n  cách xử lý: hỏi kỳ khác, hoặc dùng --view as-now với tên đơn vị hiện nay",
            ever.join("\n")
        ),
        (Language::English, true) => anyhow!(
            "--unit: there is no unit `{text}`\n  remedy: see dondoc units show, or load a list with dondoc units load"
        ),
        (Language::English, false) => anyhow!(
            "--unit: there was no unit `{text}` on {day}; at other times:\n{}\n  remedy: ask for another period, or use --view as-now with the name of today",
            ever.join("\n")
        ),
    }
}

fn candidate(units: &Units, unit: UnitId, day: Date, language: Language) -> String {
    let Some(it) = units.get(unit) else { return format!("  {unit}") };
    let day = it.day_of_life(day);
    let above: Vec<String> = units
        .above(unit, Line::State, day)
        .into_iter()
        .filter_map(|up| units.get(up)?.full_name_on(day))
        .collect();
    let code = it.code_on(day).unwrap_or("–");
    let life = it.life();
    let from = life.from.map(|it| format!(" {} {}", pick(language, "từ", "from"), written(it)));
    let to = life.last_day().map(|it| format!(" {} {}", pick(language, "đến", "to"), written(it)));
    let (name, of) = (it.full_name_on(day).unwrap_or_default(), above.join(", "));
    let code_word = pick(language, "mã", "code");
    let comma = if of.is_empty() { "" } else { ", " };
    format!(
        "  {name}{comma}{of} ({code_word} {code}{}{})",
        from.unwrap_or_default(),
        to.unwrap_or_default()
    )
}

fn written(day: Date) -> String {
    crate::table::written(day)
}

/// The name of a unit on a day, or what it was called while it lived.
pub(crate) fn unit_name(units: &Units, unit: UnitId, day: Date) -> String {
    let name = |it: &Unit| it.full_name_on(it.day_of_life(day));
    units.get(unit).and_then(name).unwrap_or_else(|| unit.to_string())
}

/// A refusal of the ledger, in the words of the user.
pub(crate) fn told(err: LedgerError, language: Language) -> anyhow::Error {
    match (err, language) {
        (LedgerError::NotThere { what, name }, Language::Vietnamese) => {
            let what = match what {
                "indicator" => "chỉ tiêu",
                "unit" => "đơn vị",
                "form" => "biểu",
                "period" => "kỳ báo cáo",
                other => other,
            };
            anyhow!(
                "không có {what} `{name}`\n  cách xử lý: xem dondoc packs show và dondoc units show"
            )
        }
        (LedgerError::Unfit(why), Language::Vietnamese) => anyhow!(
            "gói chương trình và đơn vị trong kho không khớp nhau: {why}\n  cách xử lý: chạy dondoc packs check và dondoc units check"
        ),
        (err, _) => err.into(),
    }
}
