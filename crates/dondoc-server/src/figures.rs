//! `/api/figures/versions`: every version of one cell, with where it came from.

use axum::Json;
use dondoc_core::{
    figure::{Qualifier, Series, Source, Status},
    unit::UnitId,
};
use dondoc_ledger::{Ledger, trace::Version};
use dondoc_store::{blocks::Origin, documents};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    ApiError, ask, desk::Desk, documents::unknown, extract::Asked, numbers::FigureView,
    refusals::Refusals,
};

/// Which cell is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct VersionsAsked {
    unit: u32,
    indicator: String,
    /// The option of its breakdown; undivided if nothing is said.
    option: Option<String>,
    period: String,
}

/// The versions of a cell.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VersionList {
    /// The newest first; of an undivided figure that was added up, those of its options.
    items: Vec<VersionView>,
}

/// One version of a figure.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VersionView {
    /// The block that brought it.
    block: i64,
    /// SHA-256 of the block.
    digest: String,
    /// Whether no later version has taken its place.
    is_in_force: bool,
    by: String,
    #[schema(format = DateTime)]
    at: String,
    /// Why the whole block was kept, where that was said.
    reason: Option<String>,
    indicator: String,
    option: Option<String>,
    figure: FigureView,
    qualifier: Qualifier,
    status: Status,
    /// Why the figure is so.
    figure_reason: Option<String>,
    /// The report that brought it.
    report: Option<i64>,
    /// The correction that brought it.
    correction: Option<i64>,
    source: Source,
    /// Of a document: the words themselves; null if the document is gone.
    words: Option<String>,
    /// Of a document: what stands before and after the words in their sentence.
    around: Option<[String; 2]>,
}

/// Every version of one cell, with the form cell, entries, words or file cell that it came from.
#[utoipa::path(
    get, path = "/api/figures/versions", tag = "figures", params(VersionsAsked),
    responses((status = 200, body = VersionList), Refusals)
)]
pub(crate) async fn versions(
    desk: Desk,
    Asked(asked): Asked<VersionsAsked>,
) -> Result<Json<VersionList>, ApiError> {
    let period = ask::period(&asked.period)?;
    let series = ask::series(&asked.indicator, asked.option.as_deref())?;
    let [series] = <[Series; 1]>::try_from(series).map_err(|_| unknown("indicator", "1"))?;
    desk.over(UnitId(asked.unit))?;
    let scope = desk.scope();
    desk.consult(move |ledger| {
        ledger.look(|books| {
            let is_known = books.programmes.known(&series).is_ok();
            let unit = books.units.get(UnitId(asked.unit));
            unit.filter(|_| is_known).map(drop).ok_or(ApiError::NotFound)
        })?;
        let found = ledger.within(scope.bound()).versions(UnitId(asked.unit), &series, period)?;
        let items = found.into_iter().filter_map(|it| view(ledger, it).transpose());
        Ok::<_, ApiError>(Json(VersionList { items: items.collect::<Result<_, ApiError>>()? }))
    })
    .await
}

fn view(ledger: &Ledger, it: Version) -> Result<Option<VersionView>, ApiError> {
    let (words, around) = match passage(ledger, &it.figure.source)? {
        Some([before, words, after]) => (Some(words), Some([before, after])),
        None => (None, None),
    };
    let figure = ledger.look(|books| {
        let indicator = books.programmes.indicator(&it.figure.series.indicator)?;
        Some(FigureView::of_figure(&it.figure, indicator))
    });
    let correction = match it.origin {
        Origin::Correction(id) => Some(id),
        _ => None,
    };
    Ok(figure.map(|figure| VersionView {
        block: it.block.0,
        digest: it.digest.to_string(),
        is_in_force: it.is_in_force,
        by: it.by.actor,
        at: it.by.at.to_string(),
        reason: it.reason,
        indicator: it.figure.series.indicator,
        option: it.figure.series.option,
        figure,
        qualifier: it.figure.qualifier,
        status: it.figure.status,
        figure_reason: it.figure.reason,
        report: it.submission.map(|it| it.id),
        correction,
        source: it.figure.source,
        words,
        around,
    }))
}

/// No more is told of a sentence before the words, and after them.
const MAX_AROUND: usize = 400;

/// The words of a document that a figure was read from, and what stands before and after them in their sentence.
fn passage(ledger: &Ledger, source: &Source) -> Result<Option<[String; 3]>, ApiError> {
    let Source::Document { document_id, start, end } = source else { return Ok(None) };
    let Some(detail) = documents::get(ledger.store(), *document_id)? else { return Ok(None) };
    let (start, end) = (*start as usize, *end as usize);
    let Some(skip) = start.checked_sub(detail.text_start) else { return Ok(None) };
    let text: Vec<char> = detail.text.chars().collect();
    let from = skip.min(text.len());
    let to = (skip + end.saturating_sub(start)).min(text.len());
    let (before, after) = (&text[..from], &text[to..]);
    let first =
        (0..before.len()).rev().find(|at| ends_sentence(before, *at)).map_or(0, |it| it + 1);
    let first = first.max(from.saturating_sub(MAX_AROUND));
    let last = (0..after.len()).find(|at| ends_sentence(after, *at));
    let last = last.map_or(after.len(), |it| it + 1).min(MAX_AROUND);
    let told = |it: &[char]| it.iter().collect::<String>();
    let before = told(&text[first..from]).trim_start().to_owned();
    let after = told(&after[..last]).trim_end().to_owned();
    Ok(Some([before, told(&text[from..to]), after]))
}

/// Whether a sentence ends here: at the end of a line, or at a mark with a space behind it.
fn ends_sentence(text: &[char], at: usize) -> bool {
    match text[at] {
        '\n' => true,
        '.' | '?' | '!' | ';' => text.get(at + 1).is_none_or(|it| it.is_whitespace()),
        _ => false,
    }
}
