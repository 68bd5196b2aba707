//! What happens to units.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::unit::{Kind, Line, UnitId};

/// Something that happened to a unit, when, and who says so.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Change {
    /// To which unit; of a merger, the one that goes.
    pub unit: UnitId,
    /// When.
    pub when: Moment,
    /// What.
    pub what: What,
    /// Who says so: a decree, or a file and its row.
    pub source: String,
}

/// When something happened, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Moment {
    /// From this day on.
    On(Date),
    /// Left open: it was not yet so on `after`, and was so on `by`.
    Between {
        /// The last day on which it is known not to be so.
        after: Date,
        /// The first day on which it is known to be so.
        by: Date,
    },
    /// No source says when it began: it is taken to have been so always.
    Always,
}

impl Moment {
    /// The day from which Dondoc takes it to be so.
    ///
    /// Of a change between two lists that is the day of the later one, the first on which anybody vouches for it.
    /// `None`: since ever.
    #[must_use]
    pub fn effective(self) -> Option<Date> {
        match self {
            Self::On(day) | Self::Between { by: day, .. } => Some(day),
            Self::Always => None,
        }
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// It was founded, or is first heard of.
    Found {
        /// What it is.
        kind: Kind,
        /// Its name without the word of its kind: `Ba Đình`; of an agency the whole name.
        name: String,
        /// Its official code, if it has one.
        code: Option<String>,
        /// What the file that brought it calls it for ever; `None` if the file knows codes only.
        key: Option<String>,
        /// Its place among its siblings, smallest first.
        rank: u32,
        /// The lines in which it stands, each with the unit above; `None` above: it is a root.
        parents: Vec<(Line, Option<UnitId>)>,
    },
    /// It has another name.
    Rename(String),
    /// It has another code, or none.
    Recode(Option<String>),
    /// It is of another kind: a commune becomes a ward.
    ChangeKind(Kind),
    /// It stands elsewhere in a line.
    Move {
        /// The line.
        line: Line,
        /// The unit above; `None`: it is a root.
        parent: Option<UnitId>,
    },
    /// It does not stand in a line any more.
    Leave(Line),
    /// It went over whole into another unit, and is no more.
    Merge(UnitId),
    /// Parts of it went to other units. If one part stays with the unit itself, it lives on; otherwise it is no more.
    Split(Vec<Part>),
    /// A weight of a part of an earlier split became known.
    Weigh(Part),
    /// It is no more; what it had lies with `into`, commonly the unit above it, if anybody says so.
    Dissolve {
        /// Where its figures lie from then on; `None` if no source says.
        into: Option<UnitId>,
    },
}

/// A part of a unit that was split. Only the ratio of weights to those of the other parts counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Part {
    /// Where it went; the unit itself for the part that stays.
    pub into: UnitId,
    /// Its area, in whole numbers of a measure that is the same for all parts; `None` if unknown.
    pub area: Option<u64>,
    /// Its people; `None` if unknown.
    pub population: Option<u64>,
}

impl What {
    /// Whether it is the end of the unit `of`.
    #[must_use]
    pub fn ends(&self, of: UnitId) -> bool {
        match self {
            Self::Merge(_) | Self::Dissolve { .. } => true,
            Self::Split(parts) => parts.iter().all(|it| it.into != of),
            _ => false,
        }
    }

    /// The units that what the unit had goes to.
    #[must_use]
    pub fn successors(&self) -> Vec<UnitId> {
        match self {
            Self::Merge(into) | Self::Dissolve { into: Some(into) } => vec![*into],
            Self::Split(parts) => parts.iter().map(|it| it.into).collect(),
            _ => Vec::new(),
        }
    }

    /// The name in files and on the wire: `merge`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Found { .. } => "found",
            Self::Rename(_) => "rename",
            Self::Recode(_) => "recode",
            Self::ChangeKind(_) => "change_kind",
            Self::Move { .. } => "move",
            Self::Leave(_) => "leave",
            Self::Merge(_) => "merge",
            Self::Split(_) => "split",
            Self::Weigh(_) => "weigh",
            Self::Dissolve { .. } => "dissolve",
        }
    }
}
