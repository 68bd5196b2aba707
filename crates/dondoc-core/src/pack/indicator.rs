//! What is counted.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    aggregation::Aggregation,
    pack::{Frequency, Level, Text},
};

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
    /// The registers that it is counted from, and how; empty where it is typed in. Several add up.
    #[serde(default)]
    pub counted: Vec<Counted>,
    /// Its value worked out from other indicators, in CEL: `KVPT_02_01 - KVPT_02_09`.
    pub formula: Option<String>,
    /// Whether it may be shown without asking anyone.
    pub clearing: Clearing,
    /// The components that it says something about.
    #[serde(default)]
    pub components: Vec<String>,
    /// Where it comes from: codes of the pack's sources.
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
    /// The one option that all of this counts for, instead of `by`.
    pub option: Option<String>,
    /// The field with the day that puts an entry into a period.
    pub on: String,
    /// Whether it is a stock: everything that began on or before the last day of the period counts, unless it ended by
    /// then; not only what began in the period.
    #[serde(default)]
    pub standing: bool,
    /// Of a stock: the field with the day that an entry ended on.
    pub until: Option<String>,
}
