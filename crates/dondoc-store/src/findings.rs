//! Findings, and what people decide about them.

use dondoc_core::{
    decision::{FindingState, Step, StepError},
    fold,
    reading::Span,
    relation::Relation,
    resolve::Fit,
};

use crate::{
    db::{Action, BoxError, By, Row, Store, StoreError, Tx},
    documents, library, link,
    sql::sql,
    value::{Found, FoundKind},
};

/// Something found in a document, with what was decided about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Its number.
    pub id: i64,
    /// The document that it is in.
    pub document_id: i64,
    /// Where it stands.
    pub state: FindingState,
    /// As now in force.
    pub value: Found,
    /// As first read; `None` if a person added it.
    pub original: Option<Found>,
    /// Goes up with every decision.
    pub version: i64,
    /// Who decided last, and when (RFC 3339, UTC); `None` as long as nobody has.
    pub decided: Option<(String, String)>,
    /// What it came to, if it is a citation that is not rejected.
    pub resolution: Option<CitationResolution>,
}

/// What a citation came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CitationResolution {
    /// `resolved`, `open`, `ambiguous`, `conflicting` or `self`.
    pub state: String,
    /// The document that it means, if that is settled.
    pub document_id: Option<i64>,
    /// What the citing document has to do with it.
    pub relation: Relation,
    /// The citation whose relation it is, where one hangs on another.
    pub subject_finding_id: Option<i64>,
    /// The documents that were considered.
    pub candidates: Vec<ConsideredDocument>,
}

/// A document that a citation may mean, with what speaks for and against it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsideredDocument {
    /// Its subject.
    pub title: Option<String>,
    /// Number and symbol.
    pub number: Option<String>,
    /// The day of issue.
    pub issued_on: Option<jiff::civil::Date>,
    /// The body that issued it.
    pub issuer: Option<String>,
    /// Its number in the store, and what speaks for and against it.
    pub fit: Fit,
}

/// A decision about a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It is as read.
    Accept,
    /// It is none.
    Reject,
    /// Back to as it was before anyone decided, also its value.
    Reopen,
    /// It is, but as given here.
    Correct(Found),
}

/// A decision was refused.
#[derive(Debug, thiserror::Error)]
pub enum DecisionError {
    /// There is no such document or finding.
    #[error("no such document or finding")]
    NotFound,
    /// Somebody decided since the version that was looked at.
    #[error("someone decided since; the finding is at version {current} now")]
    Stale {
        /// The version in force.
        current: i64,
    },
    /// The step can't be taken from where the finding stands.
    #[error(transparent)]
    Step(#[from] StepError),
    /// The correction is of another type than the finding.
    #[error("a {found} can't become a {given}")]
    OtherKind {
        /// The type of the finding.
        found: &'static str,
        /// The type of the correction.
        given: &'static str,
    },
    /// The place is empty or outside of the document.
    #[error("the place {start}–{end} is empty or outside of the document")]
    BadSpan {
        /// Its start, in the text of the file.
        start: usize,
        /// Its end.
        end: usize,
    },
    /// The engine failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The findings of a document, in the order of its text; empty if there is no such document.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn of_document(store: &Store, document_id: i64) -> Result<Vec<Finding>, StoreError> {
    store.read(|tx| {
        let mut found = tx.query(sql!("findings/of_document"), &[&document_id], read)?;
        let kept = tx.query(sql!("citations/of_document"), &[&document_id], link::Kept::read)?;
        for it in kept {
            let resolution = resolution(tx, &it)?;
            if let Some(finding) = found.iter_mut().find(|finding| finding.id == it.finding_id) {
                finding.resolution = Some(resolution);
            }
        }
        Ok(found)
    })
}

/// One finding, if there is one of that number.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn get(store: &Store, id: i64) -> Result<Option<Finding>, StoreError> {
    store.read(|tx| get_in(tx, id))
}

/// Keeps a decision about the finding `id`, made by someone who saw it at `version`.
///
/// # Errors
///
/// [`DecisionError`]; then nothing has changed.
pub fn decide(
    store: &Store,
    (id, version): (i64, i64),
    decision: &Decision,
    by: &By,
) -> Result<Finding, DecisionError> {
    store.write(|tx| {
        let finding = get_in(tx, id)?.ok_or(DecisionError::NotFound)?;
        if finding.version != version {
            return Err(DecisionError::Stale { current: finding.version });
        }
        let (step, verb) = match decision {
            Decision::Accept => (Step::Accept, "finding.accept"),
            Decision::Reject => (Step::Reject, "finding.reject"),
            Decision::Reopen => (Step::Reopen, "finding.reopen"),
            Decision::Correct(_) => (Step::Correct, "finding.correct"),
        };
        let state = finding.state.after(step, finding.original.is_some())?;
        let value = match (decision, &finding.original) {
            (Decision::Correct(value), _) => checked(tx, &finding, value)?,
            (Decision::Reopen, Some(original)) => original.clone(),
            _ => finding.value.clone(),
        };
        put_decision(tx, (id, version), (state, &value), by)?;
        let changes_meaning = state != finding.state || value != finding.value;
        if changes_meaning {
            follow(tx, &finding, state, &value)?;
        }
        let finding = get_in(tx, id)?.ok_or(DecisionError::NotFound)?;
        Ok((finding, Action { by: by.clone(), verb, object: id.to_string() }))
    })
}

/// Adds a finding that the reader missed.
///
/// # Errors
///
/// [`DecisionError::NotFound`] if there is no such document, [`DecisionError::BadSpan`] if the place is not in
/// it; then nothing has changed.
pub fn add(
    store: &Store,
    document_id: i64,
    value: &Found,
    by: &By,
) -> Result<Finding, DecisionError> {
    store.write(|tx| {
        check_span(tx, document_id, value.span())?;
        let id = tx.take_ids("finding", 1)?;
        let (start, end) = library::places(value.span())?;
        let original: Option<&str> = None;
        let (actor, at) = (Some(by.actor.as_str()), Some(by.moment()));
        tx.execute(
            sql!("findings/put"),
            &[
                &id,
                &document_id,
                &value.kind().code(),
                &start,
                &end,
                &original,
                &value.to_json().to_string(),
                &FindingState::Added.code(),
                &actor,
                &at,
            ],
        )?;
        let added = get_in(tx, id)?.ok_or(DecisionError::NotFound)?;
        follow(tx, &added, FindingState::Added, value)?;
        let added = get_in(tx, id)?.ok_or(DecisionError::NotFound)?;
        Ok((added, Action { by: by.clone(), verb: "finding.add", object: id.to_string() }))
    })
}

/// Keeps what hangs on a finding in step with it: links of citations, short forms for search.
fn follow(
    tx: &mut Tx<'_>,
    finding: &Finding,
    state: FindingState,
    value: &Found,
) -> Result<(), StoreError> {
    match value.kind() {
        FoundKind::Citation => link::link(tx, finding.document_id),
        FoundKind::Abbreviation if state == FindingState::Rejected => {
            tx.execute(sql!("abbreviations/drop"), &[&finding.id]).map(drop)
        }
        FoundKind::Abbreviation => keep_abbreviation(tx, finding.id, value),
        _ => Ok(()),
    }
}

/// Makes a short form known to the search.
pub(crate) fn keep_abbreviation(
    tx: &mut Tx<'_>,
    finding_id: i64,
    found: &Found,
) -> Result<(), StoreError> {
    let Found::Abbreviation(it) = found else { return Ok(()) };
    let (short, long) = (fold::bare(&it.short), fold::bare(&it.long));
    tx.execute(sql!("abbreviations/put"), &[&finding_id, &short, &long, &it.long]).map(drop)
}

fn checked(tx: &mut Tx<'_>, finding: &Finding, value: &Found) -> Result<Found, DecisionError> {
    let (found, given) = (finding.value.kind(), value.kind());
    if found != given {
        return Err(DecisionError::OtherKind { found: found.code(), given: given.code() });
    }
    // Where it always stood it may stay: boilerplate may lie outside of the document.
    if value.span() != finding.value.span() {
        check_span(tx, finding.document_id, value.span())?;
    }
    Ok(value.clone())
}

fn check_span(tx: &mut Tx<'_>, document_id: i64, span: Span) -> Result<(), DecisionError> {
    let (start, text) = documents::text(tx, document_id)?.ok_or(DecisionError::NotFound)?;
    let is_inside = span.start >= start && span.end <= start + text.chars().count();
    if span.start < span.end && is_inside {
        Ok(())
    } else {
        Err(DecisionError::BadSpan { start: span.start, end: span.end })
    }
}

fn put_decision(
    tx: &mut Tx<'_>,
    (id, version): (i64, i64),
    (state, value): (FindingState, &Found),
    by: &By,
) -> Result<(), StoreError> {
    let (start, end) = library::places(value.span())?;
    let json = value.to_json().to_string();
    tx.execute(
        sql!("findings/decide"),
        &[&start, &end, &json, &state.code(), &by.actor, &by.moment(), &id, &version],
    )
    .map(drop)
}

pub(crate) fn get_in(tx: &mut Tx<'_>, id: i64) -> Result<Option<Finding>, StoreError> {
    let Some(mut finding) = tx.query_one(sql!("findings/get"), &[&id], read)? else {
        return Ok(None);
    };
    let kept = tx.query_one(sql!("citations/get"), &[&id], link::Kept::read)?;
    finding.resolution = kept.map(|it| resolution(tx, &it)).transpose()?;
    Ok(Some(finding))
}

fn resolution(tx: &mut Tx<'_>, kept: &link::Kept) -> Result<CitationResolution, StoreError> {
    let mut candidates = Vec::with_capacity(kept.fits.len());
    for fit in &kept.fits {
        let Some(candidate) = documents::identity(tx, fit.id)? else { continue };
        let it = candidate.identity;
        candidates.push(ConsideredDocument {
            title: it.title,
            number: it.number,
            issued_on: it.issued_on,
            issuer: it.issuer,
            fit: fit.clone(),
        });
    }
    Ok(CitationResolution {
        state: kept.state.clone(),
        document_id: kept.resolved_document_id,
        relation: kept.relation,
        subject_finding_id: kept.subject_finding_id,
        candidates,
    })
}

fn read(row: &Row<'_>) -> Result<Finding, BoxError> {
    let kind = row.text(2)?;
    let kind = FoundKind::by_code(&kind).ok_or_else(|| format!("no such type: `{kind}`"))?;
    let state = row.text(7)?;
    Ok(Finding {
        id: row.int(0)?,
        document_id: row.int(1)?,
        state: FindingState::by_code(&state).ok_or_else(|| format!("no such state: `{state}`"))?,
        value: Found::from_text(kind, &row.text(6)?)?,
        original: row.maybe_text(5)?.map(|it| Found::from_text(kind, &it)).transpose()?,
        version: row.int(8)?,
        decided: row.maybe_text(9)?.zip(row.maybe_text(10)?),
        resolution: None,
    })
}
