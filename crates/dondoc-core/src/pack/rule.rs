//! What must hold between figures.

use serde::{Deserialize, Serialize};

use crate::pack::Text;

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
