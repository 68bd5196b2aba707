//! What is noted down, entry by entry.

use serde::{Deserialize, Serialize};

use crate::pack::{Rule, Text};

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
    /// What must hold within one entry, in CEL over its fields: `end >= start`.
    #[serde(default)]
    pub checks: Vec<Rule>,
    /// Where it comes from: codes of the pack's sources.
    #[serde(default)]
    pub basis: Vec<String>,
    /// The fields that say what an entry is about: `incident`. Each entry of a unit takes in those before it about the same,
    /// so only the latest is added up. Empty where every entry stands for itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub latest_of: Vec<String>,
    /// The reports that each entry calls for, in another register.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reports: Option<Reports>,
}

/// Reports that are owed because of an entry: of the damage of an incident, within a day and then daily until its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reports {
    /// The register that they are noted down in: `damage`.
    pub register: String,
    /// Its field with the name of what is reported about: `incident`.
    pub about: String,
    /// Its field with the day of a report.
    pub reported_on: String,
    /// Its field with the hour of a report, 0 to 23.
    pub reported_at: Option<String>,
    /// The field with the name of what happened: `title`.
    pub named_by: String,
    /// The field with the day on which it began.
    pub began_on: String,
    /// The field with the hour at which it began, 0 to 23.
    pub began_at: Option<String>,
    /// The field with the day on which it ended.
    pub ended_on: Option<String>,
    /// The field with the units that report; without it, or where it is blank, the unit of the entry does.
    pub owed_by: Option<String>,
    /// Hours from the beginning to the first report.
    pub within_hours: u32,
    /// Hours from one report to the next, until the end.
    pub every_hours: u32,
    /// What says that a report is the last one: a field and its option.
    pub last: Option<Last>,
}

/// What says that a report is the last one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Last {
    /// The field: `status`.
    pub field: String,
    /// The option: `tong_hop`.
    pub option: String,
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
