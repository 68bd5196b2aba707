//! Documents: lists with filters and search, and one by one.

use std::collections::HashSet;

use dondoc_core::resolve::{Candidate, Identity, issuer};
use jiff::civil::Date;

use crate::{
    db::{BoxError, Row, Store, StoreError, Tx},
    library,
    near::{self, NearDuplicate},
    search::{self, Query, Snippet},
    sql::sql,
};

/// A document as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Its number.
    pub id: i64,
    /// The file that it is in.
    pub file_id: i64,
    /// The name of that file.
    pub source: String,
    /// Its subject.
    pub title: Option<String>,
    /// The abbreviation of its type.
    pub kind: String,
    /// Number and symbol as printed.
    pub number: Option<String>,
    /// The day of issue.
    pub issued_on: Option<Date>,
    /// The body that issued it.
    pub issuer: Option<String>,
    /// The place of issue.
    pub place: Option<String>,
    /// When it came in: RFC 3339, UTC.
    pub added_at: String,
    /// Tasks that are not rejected.
    pub n_tasks: i64,
    /// Figures that are not rejected.
    pub n_figures: i64,
    /// Citations that are not rejected.
    pub n_citations: i64,
    /// Findings that nobody has decided about, boilerplate left out.
    pub n_undecided: i64,
    /// Citations that are open, ambiguous or conflicting.
    pub n_open_citations: i64,
    /// The sentence with the hit, where words were searched for and stand in the text.
    pub snippet: Option<Snippet>,
}

/// A document with its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail {
    /// What lists show of it.
    pub summary: Summary,
    /// Who signed it.
    pub signer: Option<String>,
    /// Whom it is addressed to.
    pub addressees: Vec<String>,
    /// What its file is: `docx`, `pdf` …
    pub format: String,
    /// Its own text.
    pub text: String,
    /// Where that starts in the text of its file, in Unicode scalar values.
    pub text_start: usize,
    /// Documents that are like it, most alike first.
    pub near_duplicates: Vec<NearDuplicate>,
}

/// Which documents are asked for; `None` filters nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words to search for, as a person types them.
    pub words: Option<String>,
    /// The abbreviation of a type.
    pub kind: Option<String>,
    /// An issuer; case, accents and short forms make no difference.
    pub issuer: Option<String>,
    /// A place; case and accents make no difference.
    pub place: Option<String>,
    /// Issued on this day or later.
    pub from: Option<Date>,
    /// Issued on this day or earlier.
    pub to: Option<Date>,
    /// With something in them.
    pub with: Option<With>,
}

/// What the documents asked for have in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum With {
    /// At least one task.
    Tasks,
    /// At least one figure.
    Figures,
    /// At least one citation that is open, ambiguous or conflicting.
    OpenCitations,
}

/// An order of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Latest day of issue first; those without one last.
    IssuedOn,
    /// Last come first.
    AddedAt,
    /// Best hit first; without words as [`Sort::IssuedOn`].
    Relevance,
}

/// A part of a longer list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// What is on this page.
    pub items: Vec<T>,
    /// How many there are on all pages.
    pub total: usize,
}

/// Which part of a list is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slice {
    /// How many to skip.
    pub skip: usize,
    /// How many to give at most.
    pub take: usize,
}

/// Values to filter by, with the number of documents of each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facets {
    /// Types by their abbreviations, most first.
    pub kinds: Vec<(String, i64)>,
    /// Issuers, most first.
    pub issuers: Vec<(String, i64)>,
    /// Places, most first.
    pub places: Vec<(String, i64)>,
    /// Years of issue, latest first.
    pub years: Vec<(i64, i64)>,
}

/// A page of the documents that pass `filter`.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn list(
    store: &Store,
    filter: &Filter,
    sort: Sort,
    slice: Slice,
) -> Result<Page<Summary>, StoreError> {
    store.read(|tx| {
        let query = filter.words.as_deref().map(Query::parse).filter(|it| !it.is_empty());
        let query = query.map(|it| it.with_stored_abbreviations(tx)).transpose()?;
        let mut ids = matching(tx, filter, sort)?;
        if let Some(query) = &query {
            let ranked = search::ranked(tx, query)?;
            ids = if sort == Sort::Relevance {
                let passing: HashSet<i64> = ids.into_iter().collect();
                ranked.into_iter().filter(|it| passing.contains(it)).collect()
            } else {
                let found: HashSet<i64> = ranked.into_iter().collect();
                ids.into_iter().filter(|it| found.contains(it)).collect()
            };
        }
        let mut items = Vec::new();
        for id in ids.iter().skip(slice.skip).take(slice.take) {
            let Some(mut summary) = get_summary(tx, *id)? else { continue };
            if let Some(query) = &query {
                summary.snippet = search::snippet(&plain_text(tx, *id)?, query);
            }
            items.push(summary);
        }
        Ok(Page { items, total: ids.len() })
    })
}

/// One document as lists show it, if there is one of that number.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn summary(store: &Store, id: i64) -> Result<Option<Summary>, StoreError> {
    store.read(|tx| get_summary(tx, id))
}

/// One document with its text, if there is one of that number.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn get(store: &Store, id: i64) -> Result<Option<Detail>, StoreError> {
    store.read(|tx| {
        let Some(summary) = get_summary(tx, id)? else { return Ok(None) };
        let near_duplicates = near::of(tx, id)?;
        tx.query_one(sql!("documents/rest"), &[&id], |row| {
            Ok(Detail {
                summary: summary.clone(),
                signer: row.maybe_text(0)?,
                addressees: serde_json::from_str(&row.text(1)?)?,
                format: row.text(2)?,
                text_start: row.size(3)?,
                text: row.text(4)?,
                near_duplicates: near_duplicates.clone(),
            })
        })
    })
}

/// A document's own text, and where that starts in the text of its file, if there is one of that number.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn own_text(store: &Store, id: i64) -> Result<Option<(usize, String)>, StoreError> {
    store.read(|tx| text(tx, id))
}

/// The values to filter by.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn facets(store: &Store) -> Result<Facets, StoreError> {
    let named = |row: &Row<'_>| Ok((row.text(0)?, row.int(1)?));
    store.read(|tx| {
        Ok(Facets {
            kinds: tx.query(sql!("facets/kinds"), &[], named)?,
            issuers: tx.query(sql!("facets/issuers"), &[], named)?,
            places: tx.query(sql!("facets/places"), &[], named)?,
            years: tx
                .query(sql!("facets/years"), &[], |row| Ok((row.text(0)?.parse()?, row.int(1)?)))?,
        })
    })
}

/// All documents that pass the filter, words left aside, in order.
fn matching(tx: &mut Tx<'_>, filter: &Filter, sort: Sort) -> Result<Vec<i64>, StoreError> {
    let issuer_key = filter.issuer.as_deref().map(issuer::key);
    let place_key = filter.place.as_deref().map(dondoc_core::fold::bare);
    let with = match filter.with {
        Some(With::Tasks) => Some("task"),
        Some(With::Figures) => Some("figure"),
        _ => None,
    };
    let with_open = i64::from(filter.with == Some(With::OpenCitations));
    let by_arrival = i64::from(sort == Sort::AddedAt);
    tx.query(
        sql!("documents/matching"),
        &[
            &filter.kind,
            &issuer_key,
            &place_key,
            &filter.from,
            &filter.to,
            &with,
            &with_open,
            &by_arrival,
        ],
        |row| row.int(0),
    )
}

pub(crate) fn get_summary(tx: &mut Tx<'_>, id: i64) -> Result<Option<Summary>, StoreError> {
    tx.query_one(sql!("documents/get"), &[&id], |row| {
        Ok(Summary {
            id: row.int(0)?,
            file_id: row.int(1)?,
            source: row.text(2)?,
            title: row.maybe_text(3)?,
            kind: row.text(4)?,
            number: row.maybe_text(5)?,
            issued_on: row.maybe_day(6)?,
            issuer: row.maybe_text(7)?,
            place: row.maybe_text(8)?,
            added_at: row.text(9)?,
            n_tasks: row.int(10)?,
            n_figures: row.int(11)?,
            n_citations: row.int(12)?,
            n_undecided: row.int(13)?,
            n_open_citations: row.int(14)?,
            snippet: None,
        })
    })
}

/// A document as a candidate: its number and what it is known by.
pub(crate) fn identity(tx: &mut Tx<'_>, id: i64) -> Result<Option<Candidate>, StoreError> {
    tx.query_one(sql!("documents/identity"), &[&id], candidate)
}

pub(crate) fn candidate(row: &Row<'_>) -> Result<Candidate, BoxError> {
    Ok(Candidate {
        id: row.int(0)?,
        identity: Identity {
            kind: row.text(1)?,
            number: row.maybe_text(2)?,
            issued_on: row.maybe_day(3)?,
            issuer: row.maybe_text(4)?,
            place: row.maybe_text(5)?,
            title: row.maybe_text(6)?,
            opening: row.text(7)?,
        },
    })
}

/// A document's own text, and where it starts in that of its file.
pub(crate) fn text(tx: &mut Tx<'_>, id: i64) -> Result<Option<(usize, String)>, StoreError> {
    tx.query_one(sql!("documents/text"), &[&id], |row| Ok((row.size(0)?, row.text(1)?)))
}

/// A document's own text without its boilerplate; empty if there is no such document.
pub(crate) fn plain_text(tx: &mut Tx<'_>, id: i64) -> Result<String, StoreError> {
    let Some((start, text)) = text(tx, id)? else { return Ok(String::new()) };
    let boilerplate = tx.query(sql!("findings/boilerplate_of"), &[&id], |row| {
        Ok(dondoc_core::reading::Span { start: row.size(0)?, end: row.size(1)? })
    })?;
    Ok(library::without(&text, start, &boilerplate))
}
