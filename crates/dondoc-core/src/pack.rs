//! A programme pack (*gói chương trình*): what is counted, noted down, reported and reviewed in one programme.
//!
//! The program knows what an indicator is, never which: all of them are data, in TOML under `packs/<name>/`.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::aggregation::Aggregation;

/// A whole pack, as its files say it, all in one.
#[doc(alias = "gói chương trình")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// Its name and version.
    pub pack: Head,
    /// The components (*thành tố*) of the programme.
    #[serde(default)]
    pub components: Vec<Component>,
    /// Breakdowns (*phân tổ*) that indicators share.
    #[serde(default)]
    pub breakdowns: Vec<Breakdown>,
    /// What is counted.
    #[serde(default)]
    pub indicators: Vec<Indicator>,
    /// What is noted down, entry by entry.
    #[serde(default)]
    pub registers: Vec<Register>,
    /// What is reported, to whom and when.
    #[serde(default)]
    pub forms: Vec<Form>,
    /// What must hold between figures of one unit and period.
    #[serde(default)]
    pub rules: Vec<Rule>,
    /// The outline of the review report.
    #[serde(default)]
    pub outline: Vec<Section>,
}

/// A text in both languages of the screens.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Vietnamese.
    pub vi: String,
    /// English.
    #[serde(default)]
    pub en: String,
}

/// What the pack is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// `KVPT`: the first part of its indicators' codes.
    pub code: String,
    /// The programme.
    pub name: Text,
    /// Goes up with every change that was put into use.
    pub version: u32,
    /// From when figures may be reported with it.
    pub valid_from: Date,
}

/// A component (*thành tố*): a pillar, or a domain within one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Component {
    /// `tiem_luc.chinh_tri_tinh_than`.
    pub code: String,
    /// What it is called.
    pub name: Text,
    /// The component that it is part of.
    pub within: Option<String>,
}

/// A breakdown (*phân tổ*): by what a figure is divided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Breakdown {
    /// `doi_tuong`.
    pub code: String,
    /// What it is called.
    pub name: Text,
    /// Its options, in their order.
    pub options: Vec<BreakdownOption>,
}

/// One option of a breakdown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BreakdownOption {
    /// `doi_tuong_2`: lower case letters, digits and `_`.
    pub code: String,
    /// What it is called.
    pub name: Text,
}

/// An indicator (*chỉ tiêu*).
#[doc(alias = "chỉ tiêu")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// `KVPT.02.01`.
    pub code: String,
    /// As it is called.
    pub name: Text,
    /// The unit of measure: `lớp`, `lượt người`, `%`.
    pub measure: String,
    /// Digits after the decimal mark of a value; of a ratio, of both its parts. 0 to 4.
    #[serde(default)]
    pub decimals: u8,
    /// What the parts of a ratio count; `None` where it is a plain value.
    pub ratio: Option<Ratio>,
    /// Over the units under a unit.
    pub over_units: Aggregation,
    /// Over the periods in a period.
    pub over_time: Aggregation,
    /// How often it is reported.
    pub every: Vec<Frequency>,
    /// The lowest level that reports it.
    pub level: Level,
    /// By what it is divided, at most two breakdowns; codes of options are joined by `+` in this order.
    #[serde(default)]
    pub breakdowns: Vec<String>,
    /// What should be reached, where the programme itself says so.
    pub target: Option<Text>,
    /// The register that it is counted from, and how.
    pub counted: Option<Counted>,
    /// Its value worked out from other indicators, in CEL: `KVPT_02_01 - KVPT_02_09`.
    pub formula: Option<String>,
    /// Whether it may be shown without asking anyone.
    pub clearing: Clearing,
    /// The components that it says something about.
    #[serde(default)]
    pub components: Vec<String>,
    /// Where it comes from: a decree, a directive.
    #[serde(default)]
    pub basis: Vec<String>,
    /// The last day that it is reported for; a closed series is kept and shown, and takes nothing new.
    pub closed_on: Option<Date>,
    /// Counts under this are shown as "<5" outside of the unit that reported them.
    pub hide_below: Option<u32>,
}

/// What the two parts of a ratio count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ratio {
    /// How many have it.
    pub numerator: Text,
    /// Of how many.
    pub denominator: Text,
}

/// How often something is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Frequency {
    /// `tháng`.
    Month,
    /// `quý`.
    Quarter,
    /// `6 tháng`.
    Half,
    /// `9 tháng`.
    NineMonths,
    /// `năm`.
    Year,
    /// `nhiệm kỳ`, or the span of a review.
    Term,
    /// As it occurs.
    Event,
}

/// Which level reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Communes (*xã, phường, đặc khu*).
    Commune,
    /// Agencies of the province.
    Province,
    /// Both.
    Both,
    /// Received from above.
    Above,
}

/// Whether a figure is fit for an open system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clearing {
    /// It is.
    Open,
    /// Only after its owner confirmed in writing; off until then.
    Clear,
}

/// How an indicator is computed from a register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counted {
    /// The register.
    pub register: String,
    /// The field that is added up; `None` counts entries. Of a ratio, its numerator.
    pub sum: Option<String>,
    /// Which entries, in CEL over the entry's fields; `None` means all. Of a ratio, its numerator.
    pub only: Option<String>,
    /// Of a ratio: the field that is added up for its denominator; `None` counts entries.
    pub of_sum: Option<String>,
    /// Of a ratio: which entries its denominator counts.
    pub of_only: Option<String>,
    /// The field that says the option, for each breakdown of the indicator.
    #[serde(default)]
    pub by: Vec<String>,
    /// The field with the day that puts an entry into a period.
    pub on: String,
}

/// A register (*sổ*): events noted down one by one, never persons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// `course`.
    pub code: String,
    /// What it is called.
    pub name: Text,
    /// What is noted down of each event.
    pub fields: Vec<Field>,
}

/// A field of a register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// `start`: lower case letters, digits and `_`.
    pub code: String,
    /// What it is called.
    pub name: Text,
    /// What may stand in it.
    pub kind: FieldKind,
    /// Whether it must be filled in.
    #[serde(default)]
    pub required: bool,
    /// Of a choice: the breakdown whose options may be chosen.
    pub options: Option<String>,
    /// Of a number: digits after the decimal mark.
    #[serde(default)]
    pub decimals: u8,
    /// Of a number: the unit of measure.
    pub measure: Option<String>,
}

/// What may stand in a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// Words.
    Text,
    /// A number.
    Number,
    /// A day.
    Day,
    /// Yes or no.
    YesNo,
    /// One option of a breakdown.
    Choice,
    /// Several options of a breakdown.
    Choices,
    /// A unit.
    Unit,
    /// Several units.
    Units,
    /// A stored document.
    Document,
}

/// A form (*biểu mẫu*): rows by columns, as on paper.
#[doc(alias = "biểu mẫu")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// `B01-XA`.
    pub code: String,
    /// Its heading.
    pub name: Text,
    /// A form version belongs to its periods and is never edited after that.
    pub version: u32,
    /// How often.
    pub every: Vec<Frequency>,
    /// Which days a period means.
    pub closing: Closing,
    /// When each level must have sent it.
    pub deadlines: Vec<Deadline>,
    /// Who fills it in.
    pub level: Level,
    /// Who fills it in and for whom, in words: `UBND xã → Bộ CHQS tỉnh`.
    pub route: Text,
    /// The columns that are filled in or shown, after the row's number, title and unit of measure.
    pub columns: Vec<Column>,
    /// The rows, in their order.
    pub rows: Vec<Row>,
}

/// Which days a period of a form means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Closing {
    /// From the 15th of the month before to the 14th (Decree 09/2019, article 12).
    Decree09,
    /// Calendar months.
    Calendar,
    /// The days that each reporting round names itself.
    OwnDates,
}

/// When a level must have sent a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deadline {
    /// Whose.
    pub level: Level,
    /// Working days after the closing day.
    pub working_days: Option<u16>,
    /// Hours after the event (a quick report).
    pub hours: Option<u16>,
    /// Whether an estimate is asked for before the period closes, and by which day of the closing month.
    pub estimate_by_day: Option<u8>,
}

/// A column of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// As printed under the heading: `1`.
    pub number: String,
    /// The heading.
    pub title: Text,
    /// What stands in it.
    pub shows: Shows,
    /// The option of the row's breakdown that the column is for, where options stand side by side.
    pub option: Option<String>,
}

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shows {
    /// The value of the period; typed in. Empty in rows of ratios.
    Value,
    /// The numerator; typed in. Empty in rows of plain values.
    Numerator,
    /// The denominator; typed in.
    Denominator,
    /// The period before; given.
    PeriodBefore,
    /// The same period of last year; given.
    YearBefore,
    /// From the start of the year; worked out.
    YearToDate,
    /// What was set as a target; given.
    Plan,
    /// Words; typed in.
    Note,
}

/// A row of a form: a heading, or an indicator (undivided or one option).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// As printed (STT): `I`, `2`, `2.1`.
    pub number: String,
    /// What is printed, if it is not the name of the indicator or option.
    pub title: Option<Text>,
    /// The indicator; a row without one is a heading.
    pub indicator: Option<String>,
    /// The option of its breakdown.
    pub option: Option<String>,
    /// Whether the row shows the sum of the option rows of its indicator, and takes nothing itself.
    #[serde(default)]
    pub total: bool,
}

/// What must hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// `R-02-01`.
    pub code: String,
    /// In CEL over indicator codes with `_` for `.`, true where all is well: `KVPT_02_01 <= KVPT_02_02`.
    pub holds: String,
    /// An error stops the submission, a warning asks for a reason.
    pub severity: Severity,
    /// What is wrong.
    pub message: Text,
    /// What to do about it.
    pub remedy: Text,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Severity {
    /// Unusual: goes through with a reason.
    Warning,
    /// Cannot be right: nothing is saved.
    Error,
}

/// A section of the review report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// As printed: `II.1`.
    pub number: String,
    /// The heading.
    pub title: Text,
    /// The indicators that it tells of.
    #[serde(default)]
    pub indicators: Vec<String>,
    /// The registers that it lists.
    #[serde(default)]
    pub registers: Vec<String>,
    /// Whether the officer writes it freely.
    #[serde(default)]
    pub free_text: bool,
}
