//! What is reported, to whom and when.

use serde::{Deserialize, Serialize};

use crate::pack::{Frequency, Level, Text};

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
    #[serde(default)]
    pub rows: Vec<Row>,
    /// Where it comes from: codes of the pack's sources.
    #[serde(default)]
    pub basis: Vec<String>,
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
    /// For which periods of the form; empty means all of them.
    #[serde(default)]
    pub every: Vec<Frequency>,
    /// Working days after the closing day.
    pub working_days: Option<u16>,
    /// Hours after the event (a quick report), as the form says it; who is late, the register tells
    /// ([`crate::pack::Reports`]).
    pub hours: Option<u16>,
    /// Hours until it is sent again, until the event is over (a quick report), the same.
    pub again_hours: Option<u16>,
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
