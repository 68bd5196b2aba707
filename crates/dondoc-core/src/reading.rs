//! What a document says, each finding with its place in the text: the *reading contract*.
//!
//! The contract is a wire format by nature (`dondoc read --json` prints it, a line a document), so these
//! types, alone in the core, are serialisable.
//!
//! All spans count Unicode scalar values of the decoded source text, with nothing normalised before counting.
//! What a text does not say is `None`, never a guess.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::amount::Amount;

/// A piece of the source text: `start` inclusive, `end` exclusive, in Unicode scalar values.
///
/// Written `[start, end]`. Never empty; has no white space at either end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "(usize, usize)", into = "(usize, usize)")]
pub struct Span {
    /// Offset of the first character.
    pub start: usize,
    /// Offset after the last character.
    pub end: usize,
}

#[cfg(feature = "schema")]
impl utoipa::PartialSchema for Span {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        Vec::<usize>::schema()
    }
}

#[cfg(feature = "schema")]
impl utoipa::ToSchema for Span {}

impl From<(usize, usize)> for Span {
    fn from((start, end): (usize, usize)) -> Self {
        Self { start, end }
    }
}

impl From<Span> for (usize, usize) {
    fn from(span: Span) -> Self {
        (span.start, span.end)
    }
}

impl Span {
    /// Whether the two share a character.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether all of `other` lies in it.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// A source file as it was read: its text, and the documents in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// What the bytes were: `docx`, `pdf`, `pdf-ocr`, `text/tcvn3` …
    pub format: String,
    /// The decoded text, which all spans count in.
    pub text: String,
    /// In the order of the text; no two overlap.
    pub documents: Vec<Document>,
}

/// One document (*văn bản*) of a source file, with everything found in it.
#[doc(alias = "văn bản")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Document {
    /// The bare name of the file.
    pub source: String,
    /// From its title (or first sentence) to its signature, or to the end of its annexes.
    pub span: Span,
    /// Its subject (*trích yếu*).
    pub title: Option<String>,
    /// The abbreviation of its official type, `news` for an article.
    pub kind: String,
    /// Number and symbol as printed: `249-KL/TU`.
    pub number: Option<String>,
    /// The day of issue.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub issued_on: Option<Date>,
    /// The body that issued it, as printed.
    pub issuer: Option<String>,
    /// The place of issue; of an article the province that it is about.
    pub place: Option<String>,
    /// The name of the person who signed, an office holder.
    #[serde(default)]
    pub signer: Option<String>,
    /// Whom it is addressed to (*kính gửi*).
    #[serde(default)]
    pub addressees: Vec<String>,
    /// Short forms that the text itself defines.
    pub abbreviations: Vec<Abbreviation>,
    /// Mentions of other documents.
    pub citations: Vec<Citation>,
    /// What it asks of whom.
    pub tasks: Vec<Task>,
    /// Counted or measured results, targets and inputs.
    pub figures: Vec<Figure>,
    /// Page furniture: navigation, counters, credits.
    pub boilerplate: Vec<Span>,
}

/// A short form defined in the text: `quốc phòng toàn dân (QPTD)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Abbreviation {
    /// From the first letter of the long form to the closing bracket.
    pub span: Span,
    /// As written in the bracket.
    pub short: String,
    /// The words that the letters stand for.
    pub long: String,
}

/// A mention of another document (*viện dẫn*).
#[doc(alias = "viện dẫn")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Citation {
    /// From the type word to the end of number, date and issuer.
    pub span: Span,
    /// The abbreviation of its official type.
    pub kind: String,
    /// As written, not completed.
    pub number: Option<String>,
    /// The day of issue, where the text gives it whole.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub date: Option<Date>,
    /// The body that issued it, as written.
    pub issuer: Option<String>,
    /// What identifies it where there is no number: `Nghị quyết Trung ương 8 (khóa XI)`.
    pub name: Option<String>,
}

/// An instruction to someone to do something (*nhiệm vụ*).
#[doc(alias = "nhiệm vụ")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Task {
    /// The whole item or run of sentences.
    pub span: Span,
    /// The path of printed labels: `IV.1`, `2.d`, `Điều 3`.
    pub label: Option<String>,
    /// The label of the task it is a part of.
    pub parent: Option<String>,
    /// The bodies that lead (*chủ trì*) or are told to do it.
    pub lead: Vec<String>,
    /// The bodies named with *phối hợp với*.
    pub coordinate: Vec<String>,
    /// The addressees of the whole list or document.
    pub recipients: Vec<String>,
    /// The deadline in ISO 8601: a day, a month, a year, or `from/to` of these.
    pub due: Option<String>,
    /// How often, where it is a standing task.
    pub recurring: Option<Recurring>,
}

/// How often a standing task falls due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Recurring {
    /// `định kỳ`, daily or weekly, with no longer rhythm named.
    Periodic,
    /// `hằng tháng`.
    Monthly,
    /// `hằng quý`.
    Quarterly,
    /// `hằng năm`.
    Yearly,
    /// `thường xuyên`.
    Regular,
}

/// A number with its unit (*số liệu*).
#[doc(alias = "số liệu")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Figure {
    /// Number and unit, with the words that bound it.
    pub span: Span,
    /// The number, scale words multiplied in.
    #[cfg_attr(feature = "schema", schema(value_type = f64))]
    pub value: Amount,
    /// The upper end of a range.
    #[cfg_attr(feature = "schema", schema(value_type = Option<f64>))]
    pub value_to: Option<Amount>,
    /// The classifier or unit as written, lower case.
    pub unit: String,
    /// What was counted.
    pub subject: Option<String>,
    /// Exact, about, at least, at most, or vague.
    pub bound: Bound,
    /// An ISO 8601 day, month, year, or `from/to` of these; an open end is `..`.
    pub period: Option<String>,
    /// Where, if the text says so of this figure.
    pub place: Option<String>,
    /// Whether the number is a decrease or a shortfall.
    #[serde(default)]
    pub negative: bool,
}

/// How a number is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// No word that bounds it.
    Exact,
    /// `gần`, `khoảng`, `ước`.
    About,
    /// `trên`, `hơn`, `từ … trở lên`, `tối thiểu`.
    AtLeast,
    /// `tối đa`, `không quá`, `dưới`.
    AtMost,
    /// `hàng trăm`.
    Hundreds,
    /// `hàng nghìn`.
    Thousands,
}
