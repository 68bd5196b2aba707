//! Units over time: who reports to whom, when, under which name and code.
//!
//! All that is known is a list of [`Change`]s, each with its day and the source that says so. [`Units`] lays them out:
//! the [tree](crate::tree::Tree) of any day and [`Line`], who is meant by a name or code on a day, what became of a unit,
//! where its figures lie today ([`Units::shares`]), and everything that does not fit together ([`Units::check`]).
//! Nothing is repaired on the way: what a source says stays as it says it.

mod change;
mod check;
mod find;
mod flaw;
mod fold;
mod kind;
mod registry;
mod request;
mod search;
mod share;
mod validity;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use change::{Change, Moment, Part, What};
pub use find::NameKey;
pub use flaw::{Flaw, FlawKind};
pub use kind::{Kind, Level};
pub use registry::{Unit, Units};
pub use request::{Act, ChangeRequest, PartAsked, RequestFault, Target};
pub use search::{Former, Hit};
pub use share::{Astray, Share, Weight, apportion};
pub use validity::{Span, Validity};

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

    /// Its place in [`Line::ALL`].
    pub(crate) fn index(self) -> usize {
        self as usize
    }
}
