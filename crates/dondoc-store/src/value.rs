//! What was found, of any type, as one value; kept in the words of the reading contract.

use dondoc_core::reading::{Abbreviation, Citation, Document, Figure, Span, Task};

use crate::db::BoxError;

/// The type of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FoundKind {
    /// A mention of another document.
    Citation,
    /// An instruction.
    Task,
    /// A number with its unit.
    Figure,
    /// A short form that the text defines.
    Abbreviation,
    /// Page furniture.
    Boilerplate,
}

/// Something found on a place of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A mention of another document.
    Citation(Citation),
    /// An instruction.
    Task(Task),
    /// A number with its unit.
    Figure(Figure),
    /// A short form that the text defines.
    Abbreviation(Abbreviation),
    /// Page furniture.
    Boilerplate(Span),
}

impl FoundKind {
    /// The name in JSON and in the store: `citation`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Citation => "citation",
            Self::Task => "task",
            Self::Figure => "figure",
            Self::Abbreviation => "abbreviation",
            Self::Boilerplate => "boilerplate",
        }
    }

    /// The type of that name.
    #[must_use]
    pub fn by_code(code: &str) -> Option<Self> {
        [Self::Citation, Self::Task, Self::Figure, Self::Abbreviation, Self::Boilerplate]
            .into_iter()
            .find(|it| it.code() == code)
    }
}

impl Found {
    /// Its type.
    #[must_use]
    pub fn kind(&self) -> FoundKind {
        match self {
            Self::Citation(_) => FoundKind::Citation,
            Self::Task(_) => FoundKind::Task,
            Self::Figure(_) => FoundKind::Figure,
            Self::Abbreviation(_) => FoundKind::Abbreviation,
            Self::Boilerplate(_) => FoundKind::Boilerplate,
        }
    }

    /// Its place in the file's text.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Self::Citation(it) => it.span,
            Self::Task(it) => it.span,
            Self::Figure(it) => it.span,
            Self::Abbreviation(it) => it.span,
            Self::Boilerplate(span) => *span,
        }
    }

    /// As an object of the reading contract; of boilerplate one with its span alone.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        let json = match self {
            Self::Citation(it) => serde_json::to_value(it),
            Self::Task(it) => serde_json::to_value(it),
            Self::Figure(it) => serde_json::to_value(it),
            Self::Abbreviation(it) => serde_json::to_value(it),
            Self::Boilerplate(span) => Ok(serde_json::json!({ "span": span })),
        };
        // None of these types has a map with keys that are no strings, the only thing that can go wrong here.
        json.unwrap_or_default()
    }

    /// The finding that an object of the reading contract describes.
    ///
    /// # Errors
    ///
    /// If it is no object of that type; the message says which field is wrong or missing.
    pub fn from_json(kind: FoundKind, json: serde_json::Value) -> Result<Self, serde_json::Error> {
        #[derive(serde::Deserialize)]
        struct Place {
            span: Span,
        }
        Ok(match kind {
            FoundKind::Citation => Self::Citation(serde_json::from_value(json)?),
            FoundKind::Task => Self::Task(serde_json::from_value(json)?),
            FoundKind::Figure => Self::Figure(serde_json::from_value(json)?),
            FoundKind::Abbreviation => Self::Abbreviation(serde_json::from_value(json)?),
            FoundKind::Boilerplate => {
                Self::Boilerplate(serde_json::from_value::<Place>(json)?.span)
            }
        })
    }

    pub(crate) fn from_text(kind: FoundKind, text: &str) -> Result<Self, BoxError> {
        Ok(Self::from_json(kind, serde_json::from_str(text)?)?)
    }

    /// Everything that was found in a document.
    pub(crate) fn all_of(document: &Document) -> Vec<Self> {
        let citations = document.citations.iter().cloned().map(Self::Citation);
        let tasks = document.tasks.iter().cloned().map(Self::Task);
        let figures = document.figures.iter().cloned().map(Self::Figure);
        let abbreviations = document.abbreviations.iter().cloned().map(Self::Abbreviation);
        let boilerplate = document.boilerplate.iter().copied().map(Self::Boilerplate);
        citations.chain(tasks).chain(figures).chain(abbreviations).chain(boilerplate).collect()
    }
}
