//! Citations across all documents.

use dondoc_core::{reading::Citation, word};

use crate::{
    db::{Store, StoreError, Tx},
    documents::{self, Page, Slice},
    findings::{self, CitationResolution},
    sql::sql,
    value::Found,
};

/// Which citations are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CitationFilter {
    /// That mean no stored document.
    Open,
    /// That fit several.
    Ambiguous,
    /// Whose number fits, but not what else they say.
    Conflicting,
    /// Any of the three.
    Unsettled,
    /// All there are.
    All,
}

/// A citation with where it stands and what it came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedCitation {
    /// The number of the finding.
    pub finding_id: i64,
    /// The citing document.
    pub document_id: i64,
    /// Its subject.
    pub document_title: Option<String>,
    /// Its number.
    pub document_number: Option<String>,
    /// The name of its file.
    pub document_source: String,
    /// What is cited.
    pub citation: Citation,
    /// The sentence that it stands in.
    pub sentence: String,
    /// What it came to.
    pub resolution: CitationResolution,
}

/// A page of citations, in the order of documents and their texts.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn list(
    store: &Store,
    filter: CitationFilter,
    slice: Slice,
) -> Result<Page<ListedCitation>, StoreError> {
    let state = match filter {
        CitationFilter::Open => Some("open"),
        CitationFilter::Ambiguous => Some("ambiguous"),
        CitationFilter::Conflicting => Some("conflicting"),
        CitationFilter::Unsettled => None,
        CitationFilter::All => Some("all"),
    };
    let size = |it: usize| i64::try_from(it).unwrap_or(i64::MAX);
    let (take, skip) = (size(slice.take), size(slice.skip));
    store.read(|tx| {
        let total = tx.query_one(sql!("citations/count"), &[&state], |row| row.size(0))?;
        let ids = tx.query(sql!("citations/listed"), &[&state, &take, &skip], |row| row.int(0))?;
        let mut items = Vec::with_capacity(ids.len());
        let mut open: Option<(i64, usize, Vec<char>)> = None;
        for id in ids {
            items.extend(listed(tx, id, &mut open)?);
        }
        Ok(Page { items, total: total.unwrap_or(0) })
    })
}

/// One citation; `open` keeps the text of the last document, for the next is often in the same.
fn listed(
    tx: &mut Tx<'_>,
    id: i64,
    open: &mut Option<(i64, usize, Vec<char>)>,
) -> Result<Option<ListedCitation>, StoreError> {
    let Some(finding) = findings::get_in(tx, id)? else { return Ok(None) };
    let (Found::Citation(citation), Some(resolution)) = (finding.value, finding.resolution) else {
        return Ok(None);
    };
    let document_id = finding.document_id;
    let Some(document) = documents::get_summary(tx, document_id)? else { return Ok(None) };
    if open.as_ref().is_none_or(|(id, _, _)| *id != document_id) {
        let (start, text) = documents::text(tx, document_id)?.unwrap_or_default();
        *open = Some((document_id, start, text.chars().collect()));
    }
    let sentence = open.as_ref().map(|(_, start, text)| {
        let place = |at: usize| at.saturating_sub(*start).min(text.len());
        let (from, to) = (place(citation.span.start), place(citation.span.end));
        let span = word::sentence(text, dondoc_core::reading::Span { start: from, end: to });
        text[span.start..span.end].iter().collect()
    });
    Ok(Some(ListedCitation {
        finding_id: id,
        document_id,
        document_title: document.title,
        document_number: document.number,
        document_source: document.source,
        citation,
        sentence: sentence.unwrap_or_default(),
        resolution,
    }))
}
