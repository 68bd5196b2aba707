//! What is wrong with figures, as it is sent: place, message, remedy.

use dondoc_core::{
    finding::{Finding, Place},
    pack::Severity,
    problem::Language,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::error::Bilingual;

/// Something wrong or unusual with figures that were handed in.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct FaultView {
    /// Never changes: `ambiguous_number`; of a rule of a pack `rule`.
    code: String,
    /// `error` stops; `warning` asks for a reason.
    severity: &'static str,
    /// Of a rule: which. A note with `about` set to it, or to the code of the fault, answers a warning.
    about: String,
    place: FaultPlace,
    /// What is wrong.
    message: Bilingual,
    /// What to do about it.
    remedy: Bilingual,
}

/// Where it is, in the terms of what was handed in.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct FaultPlace {
    file: Option<String>,
    sheet: Option<String>,
    /// Line or row, from 1.
    row: Option<u32>,
    /// Column, from 1.
    column: Option<u32>,
    /// The cell as users call it: `D12`, or a row and column of the form: `2.1 (3)`.
    cell: Option<String>,
    indicator: Option<String>,
}

impl From<&Finding> for FaultView {
    fn from(finding: &Finding) -> Self {
        let fault = serde_json::to_value(&finding.fault).unwrap_or_default();
        let text = |name: &str| fault[name].as_str().map(str::to_owned);
        let code = text("code").unwrap_or_default();
        let said = |say: fn(&Finding, Language) -> String| Bilingual {
            vi: say(finding, Language::Vietnamese),
            en: say(finding, Language::English),
        };
        Self {
            severity: match finding.severity() {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            about: text("rule").filter(|_| code == "rule").unwrap_or_else(|| code.clone()),
            code,
            place: FaultPlace::from(&finding.place),
            message: said(Finding::message),
            remedy: said(Finding::remedy),
        }
    }
}

impl From<&Place> for FaultPlace {
    fn from(place: &Place) -> Self {
        let Place { file, sheet, row, column, cell, indicator } = place.clone();
        Self { file, sheet, row, column, cell, indicator }
    }
}
