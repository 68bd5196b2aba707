//! `/api/citations`.

use axum::Json;
use dondoc_core::reading::Citation;
use dondoc_store::{
    citations::{self, CitationFilter, ListedCitation},
    documents::Slice,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    ApiError,
    desk::Desk,
    documents::{PAGE_SIZE, page, unknown},
    error::ProblemView,
    extract::Asked,
    view::ResolutionView,
};

/// Which citations are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct CitationsAsked {
    /// `open`, `ambiguous`, `conflicting`, `unsettled` (any of these three, if nothing is said) or `all`.
    state: Option<String>,
    /// From 1.
    page: Option<usize>,
}

/// A page of citations.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CitationPage {
    /// In the order of documents and their texts.
    items: Vec<ListedCitationView>,
    /// On all pages.
    total: usize,
    /// From 1.
    page: usize,
    page_size: usize,
}

/// A citation with where it stands and what it came to.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ListedCitationView {
    finding_id: i64,
    document_id: i64,
    document_title: Option<String>,
    document_number: Option<String>,
    citation: Citation,
    /// The sentence that it stands in.
    sentence: String,
    resolution: ResolutionView,
}

/// Citations across all documents.
#[utoipa::path(
    get, path = "/api/citations", tag = "citations", params(CitationsAsked),
    responses(
        (status = 200, body = CitationPage),
        (status = 400, body = ProblemView, description = "A value can't be understood"),
    )
)]
pub(crate) async fn list(
    desk: Desk,
    Asked(asked): Asked<CitationsAsked>,
) -> Result<Json<CitationPage>, ApiError> {
    let filter = match asked.state.as_deref() {
        Some("open") => CitationFilter::Open,
        Some("ambiguous") => CitationFilter::Ambiguous,
        Some("conflicting") => CitationFilter::Conflicting,
        None | Some("" | "unsettled") => CitationFilter::Unsettled,
        Some("all") => CitationFilter::All,
        Some(_) => return Err(unknown("state", "open, ambiguous, conflicting, unsettled, all")),
    };
    let page = page(asked.page)?;
    let slice = Slice { skip: (page - 1).saturating_mul(PAGE_SIZE), take: PAGE_SIZE };
    let found = desk.ask(move |store| citations::list(store, filter, slice)).await?;
    let items = found.items.into_iter().map(ListedCitationView::from).collect();
    Ok(Json(CitationPage { items, total: found.total, page, page_size: PAGE_SIZE }))
}

impl From<ListedCitation> for ListedCitationView {
    fn from(it: ListedCitation) -> Self {
        Self {
            finding_id: it.finding_id,
            document_id: it.document_id,
            document_title: it.document_title,
            document_number: it.document_number,
            citation: it.citation,
            sentence: it.sentence,
            resolution: it.resolution.into(),
        }
    }
}
