//! A finding (*phát hiện*): what is wrong or unusual with figures, where, and what to do about it.
//!
//! One catalogue of faults for the command line, the API, Excel and the page. Codes are never reused.

use serde::{Deserialize, Serialize};

use crate::{
    pack::{FieldKind, Severity, Text},
    problem::Language,
};

mod english;
#[cfg(test)]
mod tests;
mod vietnamese;

/// A fault at its place.
#[doc(alias = "phát hiện")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Where.
    pub place: Place,
    /// What.
    #[serde(flatten)]
    pub fault: Fault,
}

/// Where a fault is, in the terms of what was handed in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The file, where several were handed in.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub file: Option<String>,
    /// The sheet of a workbook.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sheet: Option<String>,
    /// Line or row, from 1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub row: Option<u32>,
    /// Column, from 1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub column: Option<u32>,
    /// The cell as the user calls it: `D12`, or a row and column of the form: `2.1 (3)`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cell: Option<String>,
    /// The indicator, where one is meant.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub indicator: Option<String>,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Fault {
    /// No unit of that name or code at that time.
    UnknownUnit {
        /// As written.
        unit: String,
    },
    /// The pack has no such indicator.
    UnknownIndicator {
        /// As written.
        indicator: String,
    },
    /// The indicator's breakdown has no such option.
    UnknownOption {
        /// As written.
        option: String,
    },
    /// No such period, or not one that the form is reported for.
    UnknownPeriod {
        /// As written.
        period: String,
    },
    /// Reporting for the period has not begun.
    PeriodNotOpen {
        /// The period.
        period: String,
    },
    /// The period is locked; only a correction request goes through.
    PeriodLocked {
        /// The period.
        period: String,
    },
    /// Words where a number belongs.
    NotANumber {
        /// As written.
        text: String,
    },
    /// A number that can be read in two ways: `1.234`.
    AmbiguousNumber {
        /// As written.
        text: String,
        /// One way, written out.
        one: String,
        /// The other.
        other: String,
    },
    /// More digits after the mark than the indicator has.
    TooManyDecimals {
        /// As written.
        text: String,
        /// How many it has.
        decimals: u8,
    },
    /// More digits than can be kept.
    NumberTooLarge {
        /// As written.
        text: String,
    },
    /// A share without numerator or denominator.
    RatioWithoutParts,
    /// More have it than there are.
    NumeratorOverDenominator,
    /// Below zero where things are counted.
    Negative,
    /// The same cell twice in what was handed in.
    Duplicate {
        /// Where it stood first: `row 4`.
        first: String,
    },
    /// A formula where a figure belongs; what it shows may be old.
    Formula,
    /// Cells that were merged hide figures.
    MergedCells {
        /// The range: `B4:C5`.
        range: String,
    },
    /// More rows than are read.
    TooManyRows {
        /// The most that are.
        limit: u32,
    },
    /// The workbook was made for another form, version, unit or period.
    WrongForm {
        /// What was expected.
        expected: String,
        /// What it says of itself.
        found: String,
    },
    /// No sheet or column of that name.
    NotThere {
        /// What was looked for.
        wanted: String,
    },
    /// A row that belongs to no row of the form.
    UnknownRow {
        /// As written.
        text: String,
    },
    /// A level that does not report this.
    NotReportedHere,
    /// Its series is closed.
    SeriesClosed {
        /// The last day.
        on: String,
    },
    /// Off until its owner confirms that it is fit for an open system.
    NotCleared,
    /// Counted from a register; another value needs a reason.
    OverridesRegister {
        /// What the register says.
        counted: String,
    },
    /// Another form of the unit, handed in but not approved, says otherwise of the same thing; one of the two is wrong.
    OtherwiseElsewhere {
        /// The other form: `B07-CHINHSACH`.
        form: String,
        /// What it says, `…` for no figure.
        told: String,
    },
    /// Another form of the unit says otherwise of the same thing, and was approved.
    ApprovedElsewhere {
        /// The other form.
        form: String,
        /// What it says.
        told: String,
    },
    /// What the report says is not in force any more: another form, a correction or a register took its place.
    OtherwiseInForce {
        /// What the report says, `…` for no figure.
        said: String,
        /// What is in force.
        told: String,
    },
    /// The option figures and the undivided figure differ.
    OptionsDoNotAddUp {
        /// What the options come to.
        sum: String,
    },
    /// An estimate for a cell that has its final figure already.
    EstimateAfterFinal,
    /// A warning that went through without a reason.
    ReasonMissing,
    /// The pack has no such register.
    UnknownRegister {
        /// As written.
        register: String,
    },
    /// The register has no such field.
    UnknownField {
        /// As written.
        field: String,
    },
    /// A field that must be filled in is not.
    FieldMissing {
        /// The field.
        field: String,
    },
    /// A field holds something of another kind.
    WrongKind {
        /// The field.
        field: String,
        /// What belongs there.
        wanted: FieldKind,
    },
    /// A rule or formula comes to more than can be kept; nothing follows from it.
    Overflow {
        /// The rule, or the indicator with the formula.
        rule: String,
    },
    /// A rule or formula can't be worked out: it names what there is not, or adds words to numbers.
    RuleUnusable {
        /// The rule, or the indicator with the formula.
        rule: String,
        /// Why.
        detail: String,
    },
    /// The file breaks the rules of its format.
    Broken {
        /// Where and how.
        detail: String,
    },
    /// A rule of the pack does not hold.
    Rule {
        /// The rule.
        rule: String,
        /// How bad.
        severity: Severity,
        /// What the pack says.
        message: Text,
        /// What the pack says to do.
        remedy: Text,
    },
}

impl Finding {
    /// An error that stops, or a warning that asks for a reason.
    #[must_use]
    pub fn severity(&self) -> Severity {
        match &self.fault {
            Fault::Rule { severity, .. } => *severity,
            // More may be done than was planned, or delivered than was asked for.
            Fault::NumeratorOverDenominator
            | Fault::OverridesRegister { .. }
            | Fault::OtherwiseElsewhere { .. }
            | Fault::OtherwiseInForce { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }

    /// What is wrong, in one sentence.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        self.fault.say(language).0
    }

    /// What to do about it, in one sentence.
    #[must_use]
    pub fn remedy(&self, language: Language) -> String {
        self.fault.say(language).1
    }
}

impl Fault {
    fn say(&self, language: Language) -> (String, String) {
        match language {
            Language::Vietnamese => vietnamese::say(self),
            Language::English => english::say(self),
        }
    }
}
