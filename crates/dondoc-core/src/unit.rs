//! Units over time: who reports to whom, when, under which name and code.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A unit (*đơn vị*) for ever: a commune, a province, a department, a Party committee.
///
/// Names, codes and parents come and go and are given again to others; this number never is.
#[doc(alias = "đơn vị")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct UnitId(pub u32);

impl fmt::Display for UnitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A line (*hệ thống*): one of the trees that units stand in. The same unit may stand in several.
#[doc(alias = "hệ thống")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Line {
    /// People's committees and their agencies (*chính quyền*).
    State,
    /// Party committees (*Đảng*).
    Party,
    /// Military commands (*quân sự*).
    Military,
    /// The Fatherland Front and the organisations (*Mặt trận, đoàn thể*).
    Front,
}

impl Line {
    /// All of them, in the order of the screens.
    pub const ALL: [Self; 4] = [Self::State, Self::Party, Self::Military, Self::Front];

    /// The name in JSON and in the store: `state`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::State => "state",
            Self::Party => "party",
            Self::Military => "military",
            Self::Front => "front",
        }
    }

    /// The line of that name.
    #[must_use]
    pub fn by_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}
