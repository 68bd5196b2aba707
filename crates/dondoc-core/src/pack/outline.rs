//! What the review report tells, in its order.

use serde::{Deserialize, Serialize};

use crate::pack::Text;

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
    /// The component that it tells of, with all its indicators.
    pub component: Option<String>,
    /// Whether it goes into the short report as well.
    #[serde(default)]
    pub in_summary: bool,
    /// Whether it is an annex, on pages of its own.
    #[serde(default)]
    pub annex: bool,
    /// Whether the officer writes it freely.
    #[serde(default)]
    pub free_text: bool,
}
