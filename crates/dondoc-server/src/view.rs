//! Documents and findings as the API shows them: a promise to callers, apart from what the store keeps.

use dondoc_core::{
    kind,
    reading::{Abbreviation, Citation, Figure, Span, Task},
};
use dondoc_store::{
    Found, NearDuplicate,
    documents::{Facets, Summary},
    findings::{CitationResolution, ConsideredDocument, Finding},
    search::Snippet,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::utf16::{Places, Utf16Span};

/// A document, as lists show it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SummaryView {
    id: i64,
    file_id: i64,
    /// The bare name of its file.
    source: String,
    title: Option<String>,
    /// The abbreviation of its official type; `news` for an article.
    kind: String,
    number: Option<String>,
    #[schema(format = Date)]
    issued_on: Option<String>,
    issuer: Option<String>,
    place: Option<String>,
    #[schema(format = DateTime)]
    added_at: String,
    n_tasks: i64,
    n_figures: i64,
    n_citations: i64,
    /// Citations that are open, ambiguous or conflicting.
    n_open_citations: i64,
    /// Findings that nobody has decided about.
    n_undecided: i64,
    snippet: Option<SnippetView>,
}

/// The sentence with the hit.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SnippetView {
    text: String,
    /// The hit words, in UTF-16 units of `text`.
    marks: Vec<Utf16Span>,
}

/// A document that is, but for small differences, another one, or a part of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NearDuplicateView {
    id: i64,
    title: Option<String>,
    source: String,
    /// What the two have in common, percent.
    likeness: u8,
    /// `same`; `contains` if this document contains the other; `contained` if it is a part of the other.
    relation: &'static str,
}

/// Something found in a document, with what was decided about it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FindingView {
    id: i64,
    /// `citation`, `task`, `figure`, `abbreviation` or `boilerplate`.
    r#type: &'static str,
    /// In Unicode scalar values of the file's text.
    span: Span,
    /// In UTF-16 units of the document's text.
    utf16: Utf16Span,
    /// `suggested`, `accepted`, `rejected`, `corrected` or `added`.
    state: &'static str,
    /// As now in force.
    value: ValueView,
    /// As first read; null if a person added it.
    original: Option<ValueView>,
    decided_by: Option<String>,
    #[schema(format = DateTime)]
    decided_at: Option<String>,
    /// Goes up with every decision.
    version: i64,
    /// Of citations that are not rejected.
    #[serde(skip_serializing_if = "Option::is_none")]
    resolution: Option<ResolutionView>,
}

/// An object of the reading contract.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum ValueView {
    Citation(Citation),
    Task(Task),
    Figure(Figure),
    Abbreviation(Abbreviation),
    Boilerplate(PlaceView),
}

/// Page furniture has a place and nothing else.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlaceView {
    span: Span,
}

/// What a citation came to.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ResolutionView {
    /// `resolved`, `open`, `ambiguous`, `conflicting` or `self`.
    state: String,
    document_id: Option<i64>,
    candidates: Vec<CandidateView>,
    /// `carries_out`, `concretises`, `reviews`, `concludes`, `based_on`, `amends`, `replaces` or `mentions`.
    relation: &'static str,
    /// The citation of the same document whose relation it is, where one hangs on another; else null.
    subject_finding_id: Option<i64>,
}

/// A stored document that a citation may mean.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CandidateView {
    id: i64,
    title: Option<String>,
    number: Option<String>,
    #[schema(format = Date)]
    issued_on: Option<String>,
    issuer: Option<String>,
    /// What speaks for and against it, in Vietnamese.
    why_vi: String,
    /// What speaks for and against it, in English.
    why_en: String,
}

/// The values to filter by, with the number of documents of each.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FacetsView {
    kinds: Vec<KindCount>,
    issuers: Vec<NameCount>,
    places: Vec<NameCount>,
    years: Vec<YearCount>,
}

/// Documents of one type.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct KindCount {
    code: String,
    name_vi: String,
    name_en: String,
    n: i64,
}

/// Documents of one issuer or place.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NameCount {
    name: String,
    n: i64,
}

/// Documents of one year.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct YearCount {
    year: i64,
    n: i64,
}

impl From<Summary> for SummaryView {
    fn from(it: Summary) -> Self {
        Self {
            id: it.id,
            file_id: it.file_id,
            source: it.source,
            title: it.title,
            kind: it.kind,
            number: it.number,
            issued_on: it.issued_on.map(|it| it.to_string()),
            issuer: it.issuer,
            place: it.place,
            added_at: it.added_at,
            n_tasks: it.n_tasks,
            n_figures: it.n_figures,
            n_citations: it.n_citations,
            n_open_citations: it.n_open_citations,
            n_undecided: it.n_undecided,
            snippet: it.snippet.map(SnippetView::from),
        }
    }
}

impl From<Snippet> for SnippetView {
    fn from(it: Snippet) -> Self {
        let places = Places::new(&it.text, 0);
        let marks = it.marks.into_iter().filter_map(|mark| places.to_utf16(mark)).collect();
        Self { text: it.text, marks }
    }
}

impl From<NearDuplicate> for NearDuplicateView {
    fn from(it: NearDuplicate) -> Self {
        Self {
            id: it.document_id,
            title: it.title,
            source: it.source,
            likeness: it.likeness.percent,
            relation: it.likeness.relation.code(),
        }
    }
}

impl FindingView {
    /// `None` of a finding that does not stand in the document's own text.
    pub(crate) fn new(it: Finding, places: &Places) -> Option<Self> {
        let span = it.value.span();
        let (decided_by, decided_at) = it.decided.unzip();
        Some(Self {
            id: it.id,
            r#type: it.value.kind().code(),
            span,
            utf16: places.to_utf16(span)?,
            state: it.state.code(),
            value: it.value.into(),
            original: it.original.map(ValueView::from),
            decided_by,
            decided_at,
            version: it.version,
            resolution: it.resolution.map(ResolutionView::from),
        })
    }
}

impl From<Found> for ValueView {
    fn from(found: Found) -> Self {
        match found {
            Found::Citation(it) => Self::Citation(it),
            Found::Task(it) => Self::Task(it),
            Found::Figure(it) => Self::Figure(it),
            Found::Abbreviation(it) => Self::Abbreviation(it),
            Found::Boilerplate(span) => Self::Boilerplate(PlaceView { span }),
        }
    }
}

impl From<CitationResolution> for ResolutionView {
    fn from(it: CitationResolution) -> Self {
        Self {
            state: it.state,
            document_id: it.document_id,
            candidates: it.candidates.into_iter().map(CandidateView::from).collect(),
            relation: it.relation.code(),
            subject_finding_id: it.subject_finding_id,
        }
    }
}

impl From<ConsideredDocument> for CandidateView {
    fn from(it: ConsideredDocument) -> Self {
        Self {
            id: it.fit.id,
            title: it.title,
            number: it.number,
            issued_on: it.issued_on.map(|it| it.to_string()),
            issuer: it.issuer,
            why_vi: it.fit.why_vietnamese(),
            why_en: it.fit.why_english(),
        }
    }
}

impl From<Facets> for FacetsView {
    fn from(it: Facets) -> Self {
        let named = |them: Vec<(String, i64)>| {
            them.into_iter().map(|(name, n)| NameCount { name, n }).collect()
        };
        let kinds = it.kinds.into_iter().map(|(code, n)| {
            let kind = kind::by_code(&code);
            let name = |name: Option<&str>| name.unwrap_or(&code).to_owned();
            KindCount {
                name_vi: name(kind.map(|it| it.name)),
                name_en: name(kind.map(|it| it.english)),
                code,
                n,
            }
        });
        Self {
            kinds: kinds.collect(),
            issuers: named(it.issuers),
            places: named(it.places),
            years: it.years.into_iter().map(|(year, n)| YearCount { year, n }).collect(),
        }
    }
}
