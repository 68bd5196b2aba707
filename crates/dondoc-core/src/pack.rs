//! A programme pack (*gói chương trình*): what is counted, noted down, reported and reviewed in one programme.
//!
//! The program knows what an indicator is, never which: all of them are data, in TOML under `packs/<name>/`.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    figure::Series,
    followup::{ExpectedDocument, FollowUpRules},
};

pub use check::check;
pub use exclusion::{Exclusion, excluded};
pub use fault::{Item, ItemKind, PackFault, PackFinding};
pub use form::{Closing, Column, Deadline, Form, Row, Shows};
pub use indicator::{Clearing, Counted, Indicator, Ratio};
pub use load::read;
pub use outline::Section;
pub use register::{Field, FieldKind, Last, Register, Reports};
pub use rule::{Rule, Severity};

mod check;
mod exclusion;
mod fault;
mod form;
mod indicator;
mod load;
mod outline;
mod register;
mod rule;

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
    /// The decrees, laws and regulations that it rests on.
    #[serde(default)]
    pub sources: Vec<Basis>,
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
    /// When tasks of the programme are followed up; the usual rules if nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follow_up: Option<FollowUpRules>,
    /// The documents that must come every year.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<ExpectedDocument>,
}

impl Pack {
    /// The indicator of a code.
    #[must_use]
    pub fn indicator(&self, code: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|it| it.code == code)
    }

    /// The register of a code.
    #[must_use]
    pub fn register(&self, code: &str) -> Option<&Register> {
        self.registers.iter().find(|it| it.code == code)
    }

    /// The form of a code.
    #[must_use]
    pub fn form(&self, code: &str) -> Option<&Form> {
        self.forms.iter().find(|it| it.code == code)
    }

    /// The breakdown of a code.
    #[must_use]
    pub fn breakdown(&self, code: &str) -> Option<&Breakdown> {
        self.breakdowns.iter().find(|it| it.code == code)
    }

    /// The codes of the options that an indicator is divided into, in their order; of two breakdowns every pair, joined
    /// by `+`. Empty where it is undivided.
    #[must_use]
    pub fn options(&self, indicator: &Indicator) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for breakdown in indicator.breakdowns.iter().filter_map(|it| self.breakdown(it)) {
            let codes = || breakdown.options.iter().map(|it| it.code.clone());
            all = match all.as_slice() {
                [] => codes().collect(),
                before => before
                    .iter()
                    .flat_map(|first| codes().map(move |it| format!("{first}+{it}")))
                    .collect(),
            };
        }
        all
    }

    /// Whether the options of an indicator add up to its undivided figure; not so for different things side by side.
    #[must_use]
    pub fn adds_up(&self, indicator: &Indicator) -> bool {
        let mut breakdowns = indicator.breakdowns.iter().filter_map(|it| self.breakdown(it));
        !breakdowns.any(|it| it.separate)
    }

    /// What stands in a cell of a form: the row's indicator, for the option that row and column name together.
    ///
    /// `None` where the row is a heading, or has no such option: that cell stays empty.
    #[must_use]
    pub fn cell_series(&self, row: &Row, column: &Column) -> Option<Series> {
        let indicator = self.indicator(row.indicator.as_deref()?)?;
        let option = match (&row.option, &column.option) {
            (None, None) => None,
            (Some(option), None) | (None, Some(option)) => Some(option.clone()),
            (Some(first), Some(second)) => Some(format!("{first}+{second}")),
        };
        let is_there = option.as_ref().is_none_or(|it| self.options(indicator).contains(it));
        is_there.then(|| Series { indicator: indicator.code.clone(), option })
    }

    /// Whether figures of an indicator are taken at all: those that need clearing are off until their owner confirmed.
    #[must_use]
    pub fn is_on(&self, indicator: &Indicator, confirmed: &BTreeSet<String>) -> bool {
        indicator.clearing == Clearing::Open || confirmed.contains(&indicator.code)
    }
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
    /// Whether its options are different things that are never added up (houses, households, persons): then there is
    /// no undivided figure.
    #[serde(default)]
    pub separate: bool,
}

/// One option of a breakdown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BreakdownOption {
    /// `doi_tuong_2`: lower case letters, digits and `_`.
    pub code: String,
    /// What it is called.
    pub name: Text,
    /// Its unit of measure, where it is not that of the indicator (options of a `separate` breakdown).
    pub measure: Option<String>,
}

/// What a pack rests on: a law, a decree, a regulation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Basis {
    /// What `basis` of an indicator, register or form calls it: `ND-13-2014`.
    pub code: String,
    /// What it is called in full.
    pub name: Text,
    /// From when it is in force, where that is known.
    pub valid_from: Option<Date>,
    /// The last day that it is in force; `None` means that no end is known.
    pub valid_to: Option<Date>,
    /// What is not known about it, or what changed it.
    pub note: Option<Text>,
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

impl Level {
    /// Whether something of this level concerns another: what is of both concerns communes and provinces.
    #[must_use]
    pub fn covers(self, other: Self) -> bool {
        self == other || (self == Self::Both && other != Self::Above)
    }
}
