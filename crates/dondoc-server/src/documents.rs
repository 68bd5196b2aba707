//! `/api/documents`, `/api/facets`.

use axum::Json;
use dondoc_store::{
    documents::{self, Filter, Slice, Sort, With},
    findings,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    ApiError,
    desk::Desk,
    error::ProblemView,
    extract::{Asked, Id},
    utf16::Places,
    view::{FacetsView, FindingView, NearDuplicateView, SummaryView},
};

/// Entries on a page of a list.
pub(crate) const PAGE_SIZE: usize = 20;

/// Which documents are asked for. An empty value filters nothing.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct DocumentsAsked {
    /// Words, blind to accents, đ/d, the place of tone marks, and short and long forms; "in quotes" together.
    words: Option<String>,
    /// The abbreviation of a type: `KH`.
    kind: Option<String>,
    /// An issuer; case, accents and short forms make no difference.
    issuer: Option<String>,
    /// A place; case and accents make no difference.
    place: Option<String>,
    /// Issued on this day or later.
    #[param(value_type = Option<String>, format = Date)]
    from: Option<String>,
    /// Issued on this day or earlier.
    #[param(value_type = Option<String>, format = Date)]
    to: Option<String>,
    /// `tasks`, `figures` or `open_citations`.
    with: Option<String>,
    /// `issued_on` (latest first), `added_at` (last come first) or `relevance` (best hit first); with words the
    /// last, else the first.
    sort: Option<String>,
    /// From 1.
    page: Option<usize>,
}

/// A page of documents.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SummaryPage {
    items: Vec<SummaryView>,
    /// On all pages.
    total: usize,
    /// From 1.
    page: usize,
    page_size: usize,
}

/// A document with its text and everything found in it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DetailView {
    #[serde(flatten)]
    summary: SummaryView,
    signer: Option<String>,
    addressees: Vec<String>,
    /// The document's own text.
    text: String,
    /// Where it starts in the text of its file, in Unicode scalar values.
    text_start: usize,
    /// What its file is: `docx`, `pdf`, `text/tcvn3` …
    format: String,
    /// In the order of the text.
    findings: Vec<FindingView>,
    /// Most alike first.
    near_duplicates: Vec<NearDuplicateView>,
}

/// The documents of the library, a page at a time.
#[utoipa::path(
    get, path = "/api/documents", tag = "documents", params(DocumentsAsked),
    responses(
        (status = 200, body = SummaryPage),
        (status = 400, body = ProblemView, description = "A value can't be understood"),
    )
)]
pub(crate) async fn list(
    desk: Desk,
    Asked(asked): Asked<DocumentsAsked>,
) -> Result<Json<SummaryPage>, ApiError> {
    let page = page(asked.page)?;
    let (filter, sort) = asked.parse()?;
    let slice = Slice { skip: (page - 1).saturating_mul(PAGE_SIZE), take: PAGE_SIZE };
    let found = desk.ask(move |store| documents::list(store, &filter, sort, slice)).await?;
    let items = found.items.into_iter().map(SummaryView::from).collect();
    Ok(Json(SummaryPage { items, total: found.total, page, page_size: PAGE_SIZE }))
}

/// What the library can be narrowed by.
#[utoipa::path(
    get, path = "/api/facets", tag = "documents",
    responses((status = 200, body = FacetsView))
)]
pub(crate) async fn facets(desk: Desk) -> Result<Json<FacetsView>, ApiError> {
    Ok(Json(desk.ask(documents::facets).await?.into()))
}

/// One document with its text and everything found in it.
#[utoipa::path(
    get, path = "/api/documents/{id}", tag = "documents",
    params(("id" = i64, Path, description = "The document")),
    responses(
        (status = 200, body = DetailView),
        (status = 404, body = ProblemView, description = "There is no such document"),
    )
)]
pub(crate) async fn get(desk: Desk, Id(id): Id) -> Result<Json<DetailView>, ApiError> {
    let question = move |store: &dondoc_store::Store| {
        let detail = documents::get(store, id)?;
        Ok::<_, dondoc_store::StoreError>(detail.zip(Some(findings::of_document(store, id)?)))
    };
    let (it, found) = desk.ask(question).await?.ok_or(ApiError::NotFound)?;
    let places = Places::new(&it.text, it.text_start);
    Ok(Json(DetailView {
        summary: it.summary.into(),
        signer: it.signer,
        addressees: it.addressees,
        text: it.text,
        text_start: it.text_start,
        format: it.format,
        findings: found.into_iter().filter_map(|it| FindingView::new(it, &places)).collect(),
        near_duplicates: it.near_duplicates.into_iter().map(NearDuplicateView::from).collect(),
    }))
}

impl DocumentsAsked {
    fn parse(self) -> Result<(Filter, Sort), ApiError> {
        let some =
            |it: Option<String>| it.map(|it| it.trim().to_owned()).filter(|it| !it.is_empty());
        let words = some(self.words);
        let sort = match some(self.sort).as_deref() {
            None if words.is_some() => Sort::Relevance,
            None | Some("issued_on") => Sort::IssuedOn,
            Some("added_at") => Sort::AddedAt,
            Some("relevance") => Sort::Relevance,
            Some(_) => return Err(unknown("sort", "issued_on, added_at, relevance")),
        };
        let with = match some(self.with).as_deref() {
            None => None,
            Some("tasks") => Some(With::Tasks),
            Some("figures") => Some(With::Figures),
            Some("open_citations") => Some(With::OpenCitations),
            Some(_) => return Err(unknown("with", "tasks, figures, open_citations")),
        };
        let filter = Filter {
            words,
            kind: some(self.kind),
            issuer: some(self.issuer),
            place: some(self.place),
            from: day("from", some(self.from))?,
            to: day("to", some(self.to))?,
            with,
        };
        Ok((filter, sort))
    }
}

fn day(name: &str, written: Option<String>) -> Result<Option<Date>, ApiError> {
    let parse = |it: String| it.parse().map_err(|_| unknown(name, "YYYY-MM-DD"));
    written.map(parse).transpose()
}

pub(crate) fn unknown(name: &str, allowed: &str) -> ApiError {
    ApiError::BadRequest { detail: format!("`{name}`: {allowed}") }
}

/// The page that is asked for; pages count from 1.
pub(crate) fn page(asked: Option<usize>) -> Result<usize, ApiError> {
    let page = asked.unwrap_or(1);
    if page >= 1 { Ok(page) } else { Err(unknown("page", "1, 2, 3 …")) }
}
