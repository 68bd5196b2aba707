//! What is wrong with a pack, where, and what to do about it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{pack::exclusion::Exclusion, problem::Language};

mod sentence;

/// A fault of a pack at its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackFinding {
    /// The file, where known.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub file: Option<String>,
    /// The line in it, from 1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub line: Option<u32>,
    /// What it is about; `None` if about the whole file or pack.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub item: Option<Item>,
    /// What is wrong.
    #[serde(flatten)]
    pub fault: PackFault,
}

/// A thing in a pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// What sort of thing.
    pub kind: ItemKind,
    /// Its code, or the number of a row, column or section.
    pub code: String,
    /// Of a field the register, of a row or column the form, of an option the breakdown.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub within: Option<String>,
}

/// The sorts of things in a pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    /// The pack itself.
    Pack,
    /// A component.
    Component,
    /// A decree, law or regulation.
    Source,
    /// A breakdown.
    Breakdown,
    /// An option of a breakdown.
    Option,
    /// An indicator.
    Indicator,
    /// A register.
    Register,
    /// A field of a register.
    Field,
    /// A form.
    Form,
    /// A row of a form.
    Row,
    /// A column of a form.
    Column,
    /// A rule, of the pack or of a register.
    Rule,
    /// A section of the review's outline.
    Section,
    /// The rules of follow-up.
    FollowUp,
    /// A document that must come every year.
    Document,
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.within {
            Some(within) => write!(f, "{within} · {}", self.code),
            None => f.write_str(&self.code),
        }
    }
}

/// What is wrong with a pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum PackFault {
    /// The file is no TOML, or says what packs don't have.
    Unreadable {
        /// What the parser says.
        detail: String,
    },
    /// No file says what the pack is, or more than one does.
    Head {
        /// How many do.
        n_heads: u32,
    },
    /// The exclusion list forbids it.
    Excluded {
        /// Why.
        why: Exclusion,
        /// The phrase of the list.
        phrase: String,
        /// Where it stands, in full.
        text: String,
    },
    /// The same code twice.
    Duplicate,
    /// A code that is not spelled as codes are.
    BadCode {
        /// How they are.
        wanted: String,
    },
    /// No name in one of the languages.
    NameMissing {
        /// Which: `vi` or `en`.
        language: String,
    },
    /// A name that nothing in the pack has.
    Dangling {
        /// Of what sort it should be.
        kind: ItemKind,
        /// As written.
        name: String,
    },
    /// No unit of measure.
    MeasureMissing,
    /// Reported at no time: `every` is empty.
    NeverReported,
    /// A percentage that is added up or averaged, without its parts.
    RatioWithoutParts,
    /// A weighted average of plain values.
    AverageOfPlainValue,
    /// A ratio that is added up, or of which the largest is taken.
    RatioAddedUp,
    /// The last period is no rule over units.
    LastOverUnits,
    /// More than two breakdowns.
    TooManyBreakdowns,
    /// More decimals than four.
    TooManyDecimals,
    /// A breakdown without options, or a choice without a breakdown.
    OptionsMissing,
    /// A formula for a ratio, a divided indicator, or one that is counted from registers.
    FormulaMisplaced,
    /// An expression that can't be used.
    BadExpression {
        /// The expression.
        text: String,
        /// Why.
        detail: String,
    },
    /// Formulas that need each other.
    FormulaCycle {
        /// In their order.
        through: Vec<String>,
    },
    /// Days of follow-up that can't be: notices every 0 days, or years after.
    FollowUpDays,
    /// A day that no year has.
    NoSuchDay,
    /// No words to know a document by.
    WordsMissing,
    /// A field of the wrong kind for what it is used for.
    FieldKind {
        /// The field.
        field: String,
        /// What it must be.
        wanted: String,
    },
    /// Counting names an option for each breakdown, or one option for all; it does neither, or both.
    CountedWithoutOptions,
    /// A form without columns that are typed in, though it has rows.
    NothingToFillIn,
    /// A row of an indicator that the form's level does not report.
    LevelDoesNotReport {
        /// The indicator.
        indicator: String,
    },
    /// A row of an indicator that is reported less often than the form.
    PeriodDoesNotReport {
        /// The indicator.
        indicator: String,
    },
    /// A row for the whole of an indicator whose options are never added up.
    RowOfSeparate {
        /// The indicator.
        indicator: String,
    },
    /// The parts of a ratio have no columns in the form.
    RatioWithoutColumns {
        /// The indicator.
        indicator: String,
    },
    /// An estimate that is due after the period closed.
    EstimateAfterClosing,
    /// A deadline for a level that does not report.
    DeadlineOfNobody,
    /// A name that ends before it begins.
    EndsBeforeItBegins,
}

impl PackFinding {
    /// What is wrong, in one sentence.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        sentence::say(&self.fault, language).0
    }

    /// What to do about it, in one sentence.
    #[must_use]
    pub fn remedy(&self, language: Language) -> String {
        sentence::say(&self.fault, language).1
    }
}
