//! A figure (*số liệu*): one reported value with all that it takes to trust it.

use serde::{Deserialize, Serialize};

use crate::{period::Period, reading::Bound, unit::UnitId};

/// What is counted: an indicator, undivided or for one option of its breakdown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Series {
    /// The indicator (*chỉ tiêu*): `KVPT.02.01`.
    pub indicator: String,
    /// The option of its breakdown (*phân tổ*): `doi_tuong_2`; of two breakdowns joined by `+`; `None` undivided.
    pub option: Option<String>,
}

/// Where a figure belongs: one cell of the great table of units × series × periods.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Cell {
    /// Whose figure.
    pub unit: UnitId,
    /// Of what.
    pub series: Series,
    /// Of when.
    pub period: Period,
}

/// What was reported. Whole numbers count the smallest unit of the indicator: with 2 decimals `150` is 1,50.
///
/// A cell for which nothing was ever reported has no figure at all: that is the fourth kind of empty, *missing*.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Content {
    /// A number.
    Value(i64),
    /// A share, by its parts; the denominator may be zero, then the share is unknown and both parts still add up.
    Ratio {
        /// How many have it.
        numerator: i64,
        /// Of how many.
        denominator: i64,
    },
    /// Nothing occurred (*không phát sinh*): reported, and counts as zero.
    Nil,
    /// Reported that there is no figure (*không có số liệu*): counts as missing, but nobody chases it.
    NoFigure,
}

/// How a number is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Qualifier {
    /// As it stands.
    #[default]
    Exact,
    /// `gần`, `khoảng`.
    About,
    /// `trên`, `từ … trở lên`.
    AtLeast,
    /// `dưới`, `không quá`.
    AtMost,
    /// `hàng trăm`: an order of size only.
    Vague,
}

impl From<Bound> for Qualifier {
    fn from(bound: Bound) -> Self {
        match bound {
            Bound::Exact => Self::Exact,
            Bound::About => Self::About,
            Bound::AtLeast => Self::AtLeast,
            Bound::AtMost => Self::AtMost,
            Bound::Hundreds | Bound::Thousands => Self::Vague,
        }
    }
}

/// Whether a figure will be replaced.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Status {
    /// Before the period closed (*ước thực hiện*).
    Estimate,
    /// The real one (*chính thức*).
    #[default]
    Final,
}

/// Where a figure came from.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Source {
    /// A cell of a form, by the form's own numbering.
    Form {
        /// The form: `B01-XA`.
        form: String,
        /// The row as printed (STT): `2.1`.
        row: String,
        /// The column as printed: `3`.
        column: String,
    },
    /// Entries of a register, by their numbers.
    Register {
        /// The register: `course`.
        register: String,
        /// The entries that were counted.
        entries: Vec<i64>,
    },
    /// Words of a document: Unicode scalar values of the file's text.
    Document {
        /// The document's number in the store.
        document_id: i64,
        /// First character.
        start: u32,
        /// One past the last.
        end: u32,
    },
    /// A cell of a file that was loaded.
    Import {
        /// The file's name.
        file: String,
        /// Line or row from 1.
        row: u32,
        /// Column from 1.
        column: u32,
    },
    /// Worked out from other figures of the same unit and period, by the indicator's formula.
    Derived,
}

/// One version of one cell's figure, as it stands in the batch that brought it; a batch is of one unit and one period.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Figure {
    /// Of what.
    pub series: Series,
    /// What was reported.
    pub content: Content,
    /// How it is meant.
    pub qualifier: Qualifier,
    /// Estimate or final.
    pub status: Status,
    /// Where it came from.
    pub source: Source,
    /// Why it is so: an override of a register, the answer to a warning, a correction.
    pub reason: Option<String>,
}
