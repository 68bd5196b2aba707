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
