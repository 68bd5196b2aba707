//! How figures become one: over the units under a unit, and over the periods in a period.

use serde::{Deserialize, Serialize};

/// A rule of adding up; an indicator has one over units and one over time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Aggregation {
    /// Added up.
    Sum,
    /// Sum of numerators over sum of denominators; for ratios only. Percentages are never averaged.
    #[serde(rename = "wavg")]
    WeightedAverage,
    /// Over time: the last period that has a figure, unit by unit. Not a rule over units.
    Last,
    /// The largest.
    Max,
    /// Never made into one.
    None,
}
