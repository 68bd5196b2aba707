//! What may be wrong with units.

use jiff::civil::Date;

use crate::{
    pack::Severity,
    problem::Language,
    unit::{Line, UnitId},
};

/// Something about a unit that does not fit with the rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// About which unit.
    pub unit: UnitId,
    /// From which day; `None`: since ever.
    pub since: Option<Date>,
    /// What.
    pub kind: FlawKind,
}

/// What does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FlawKind {
    /// Another unit has the same code on the same day.
    SameCode {
        /// The other one.
        other: UnitId,
        /// The code.
        code: String,
    },
    /// A sibling of the same kind has the same name on the same day.
    SameName {
        /// The other one.
        other: UnitId,
        /// The name.
        name: String,
    },
    /// The unit above does not exist on that day.
    ParentNotThere {
        /// In which line.
        line: Line,
        /// The unit above.
        parent: UnitId,
    },
    /// It is under itself.
    UnderItself {
        /// In which line.
        line: Line,
    },
    /// It went over to a unit that does not exist on that day.
    SuccessorNotThere {
        /// The unit that it went over to.
        into: UnitId,
    },
    /// A change speaks of a unit that was never founded.
    NeverFounded,
    /// A change speaks of a unit that does not exist on that day: not yet, or not any more.
    NotThere {
        /// The change: `merge`.
        change: &'static str,
    },
    /// It was founded a second time.
    FoundedTwice,
    /// It ended, and nothing says what became of it.
    WithoutSuccessor,
    /// It went over to one unit in part only, and nothing says where the rest is.
    RestUnknown {
        /// Where the known part went.
        into: UnitId,
    },
    /// It was split, and a part has neither area nor people: only equal shares are left.
    PartWithoutWeight {
        /// The part.
        into: UnitId,
    },
    /// A weight is given for a part that is in no split of that day.
    NoSuchPart {
        /// The part.
        into: UnitId,
    },
    /// The day of a change is left open.
    OpenDay {
        /// The change: `rename`.
        change: &'static str,
        /// Not yet so on this day.
        after: Date,
        /// So on this day.
        by: Date,
    },
}

impl FlawKind {
    /// The name on the wire: `same_code`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::SameCode { .. } => "same_code",
            Self::SameName { .. } => "same_name",
            Self::ParentNotThere { .. } => "parent_not_there",
            Self::UnderItself { .. } => "under_itself",
            Self::SuccessorNotThere { .. } => "successor_not_there",
            Self::NeverFounded => "never_founded",
            Self::NotThere { .. } => "not_there",
            Self::FoundedTwice => "founded_twice",
            Self::WithoutSuccessor => "without_successor",
            Self::RestUnknown { .. } => "rest_unknown",
            Self::PartWithoutWeight { .. } => "part_without_weight",
            Self::NoSuchPart { .. } => "no_such_part",
            Self::OpenDay { .. } => "open_day",
        }
    }

    /// Errors make totals wrong; warnings make them less exact; notes are good to know.
    #[must_use]
    pub fn severity(&self) -> Severity {
        match self {
            Self::WithoutSuccessor
            | Self::RestUnknown { .. }
            | Self::PartWithoutWeight { .. }
            | Self::SameName { .. }
            | Self::OpenDay { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }

    /// The other unit that it is about.
    #[must_use]
    pub fn other(&self) -> Option<UnitId> {
        match self {
            Self::SameCode { other, .. } | Self::SameName { other, .. } => Some(*other),
            Self::ParentNotThere { parent, .. } => Some(*parent),
            Self::SuccessorNotThere { into }
            | Self::RestUnknown { into }
            | Self::PartWithoutWeight { into }
            | Self::NoSuchPart { into } => Some(*into),
            _ => None,
        }
    }

    /// What is wrong and what to do, in one sentence.
    #[must_use]
    pub fn say(&self, language: Language) -> &'static str {
        let (vietnamese, english) = self.sentences();
        match language {
            Language::Vietnamese => vietnamese,
            Language::English => english,
        }
    }

    fn sentences(&self) -> (&'static str, &'static str) {
        match self {
            Self::SameCode { .. } => {
                ("hai đơn vị có cùng mã trong cùng một ngày", "two units have one code on one day")
            }
            Self::SameName { .. } => (
                "hai đơn vị cùng cấp trên, cùng loại, cùng tên",
                "two units of one kind under one unit have one name",
            ),
            Self::ParentNotThere { .. } => {
                ("đơn vị cấp trên không tồn tại vào ngày đó", "the unit above does not exist then")
            }
            Self::UnderItself { .. } => {
                ("đơn vị nằm dưới chính nó", "the unit stands under itself")
            }
            Self::SuccessorNotThere { .. } => (
                "nhập vào một đơn vị không tồn tại vào ngày đó",
                "it went over to a unit that does not exist then",
            ),
            Self::NeverFounded => {
                ("thay đổi của một đơn vị không có", "a change of a unit that does not exist")
            }
            Self::NotThere { .. } => (
                "thay đổi vào ngày đơn vị không tồn tại",
                "a change on a day on which the unit does not exist",
            ),
            Self::FoundedTwice => ("đơn vị được lập hai lần", "the unit was founded twice"),
            Self::WithoutSuccessor => (
                "đơn vị đã chấm dứt mà không nguồn nào ghi đơn vị kế tiếp",
                "the unit ended, and no source names a successor",
            ),
            Self::RestUnknown { .. } => (
                "chỉ một phần được nhập, không rõ phần còn lại ở đâu",
                "only a part went over; where the rest is, is not known",
            ),
            Self::PartWithoutWeight { .. } => (
                "phần được tách chưa có diện tích và dân số: chỉ chia đều được",
                "a part has neither area nor people: it can be shared equally only",
            ),
            Self::NoSuchPart { .. } => (
                "trọng số cho một phần không có trong lần tách nào của ngày đó",
                "a weight for a part that no split of that day has",
            ),
            Self::OpenDay { .. } => (
                "ngày thay đổi còn để ngỏ, nằm giữa hai danh sách",
                "the day of the change is left open between two lists",
            ),
        }
    }
}
