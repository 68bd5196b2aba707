//! Links citations to the documents that they mean.
//!
//! Rows of `citation` are made anew whenever a citation of the document is added, corrected or rejected, for
//! citations of one text complete each other. When a document comes in, the citations elsewhere that share a key
//! with it are judged again, also those that were resolved: two documents may now fit.

use std::collections::{BTreeSet, HashMap};

use dondoc_core::{
    reading::{Citation, Span},
    relation::{self, Tie},
    resolve::{self, Candidate, Fit, Mention, Point, Resolution, issuer},
    word,
};
use serde_json::json;

use crate::{
    db::{BoxError, Row, StoreError, Tx},
    documents,
    sql::sql,
};

/// Links the citations of new documents, and those of others that waited for them.
pub(crate) fn link_new(tx: &mut Tx<'_>, document_ids: &[i64]) -> Result<(), StoreError> {
    let mut waiting = BTreeSet::new();
    for id in document_ids {
        let Some(own) = documents::identity(tx, *id)? else { continue };
        for key in resolve::document_keys(&own.identity) {
            waiting.extend(tx.query(sql!("keys/citations"), &[&key], |row| row.int(0))?);
        }
    }
    for id in document_ids {
        link(tx, *id)?;
    }
    let mut citing: HashMap<i64, Candidate> = HashMap::new();
    for finding_id in waiting {
        let found = tx.query_one(sql!("citations/get"), &[&finding_id], |row| {
            Ok((row.int(1)?, mention_from(&row.text(4)?)?))
        })?;
        let Some((document_id, mention)) = found else { continue };
        if !citing.contains_key(&document_id)
            && let Some(own) = documents::identity(tx, document_id)?
        {
            citing.insert(document_id, own);
        }
        let Some(own) = citing.get(&document_id) else { continue };
        let settled = Settled::of(tx, &mention, own)?;
        tx.execute(
            sql!("citations/settle"),
            &[&settled.state, &settled.document_id, &settled.fits, &finding_id],
        )?;
    }
    Ok(())
}

/// Links all citations of one document anew.
pub(crate) fn link(tx: &mut Tx<'_>, document_id: i64) -> Result<(), StoreError> {
    let Some(own) = documents::identity(tx, document_id)? else { return Ok(()) };
    tx.execute(sql!("keys/drop_citations_of"), &[&document_id])?;
    tx.execute(sql!("citations/drop_of_document"), &[&document_id])?;
    let found = tx.query(sql!("findings/citations_of"), &[&document_id], |row| {
        Ok((row.int(0)?, serde_json::from_str::<Citation>(&row.text(1)?)?))
    })?;
    if found.is_empty() {
        return Ok(());
    }
    let (ids, citations): (Vec<i64>, Vec<Citation>) = found.into_iter().unzip();
    let (ties, mentions) = described(tx, document_id, &own.identity.kind, &citations)?;
    for ((finding_id, tie), mention) in ids.iter().zip(&ties).zip(&mentions) {
        for key in resolve::mention_keys(mention) {
            tx.execute(sql!("keys/put_citation"), &[&key, finding_id])?;
        }
        let settled = Settled::of(tx, mention, &own)?;
        let subject = tie.subject.and_then(|it| ids.get(it)).copied();
        tx.execute(
            sql!("citations/put"),
            &[
                finding_id,
                &document_id,
                &tie.relation.code(),
                &subject,
                &mention_to(mention),
                &mention_key(mention),
                &settled.state,
                &settled.document_id,
                &settled.fits,
            ],
        )?;
    }
    Ok(())
}

/// The relation of each citation, and what the text says of it in all.
fn described(
    tx: &mut Tx<'_>,
    document_id: i64,
    kind: &str,
    citations: &[Citation],
) -> Result<(Vec<Tie>, Vec<Mention>), StoreError> {
    let (start, text) = documents::text(tx, document_id)?.unwrap_or_default();
    let text: Vec<char> = text.chars().collect();
    let in_text = |it: &Citation| {
        let place = |at: usize| at.saturating_sub(start).min(text.len());
        let span = Span { start: place(it.span.start), end: place(it.span.end) };
        Citation { span, ..it.clone() }
    };
    let citations: Vec<Citation> = citations.iter().map(in_text).collect();
    let ties = relation::ties(&text, kind, &citations);
    let mut mentions: Vec<Mention> =
        citations.iter().map(|it| Mention::new(it, subject(&text, it.span))).collect();
    resolve::complete(&mut mentions);
    Ok((ties, mentions))
}

/// The words after a citation up to the end of the sentence, if they say what it is about.
fn subject(text: &[char], span: Span) -> Option<String> {
    let sentence = word::sentence(text, span);
    let end = sentence.end.min(span.end + 200);
    let after: String = text.get(span.end..end)?.iter().collect();
    let first = word::words(&after).next()?;
    // "v" is what scanning leaves of "về".
    matches!(first.bare.as_str(), "ve" | "v").then_some(after)
}

/// What a citation came to, as it is kept.
struct Settled {
    state: &'static str,
    document_id: Option<i64>,
    fits: String,
}

impl Settled {
    fn of(tx: &mut Tx<'_>, mention: &Mention, own: &Candidate) -> Result<Self, StoreError> {
        let mut candidates: Vec<Candidate> = Vec::new();
        for key in resolve::mention_keys(mention) {
            for found in tx.query(sql!("keys/documents"), &[&key], documents::candidate)? {
                if candidates.iter().all(|it| it.id != found.id) {
                    candidates.push(found);
                }
            }
        }
        let (state, document_id, fits) =
            match resolve::resolve(mention, (own.id, &own.identity), &candidates) {
                Resolution::Resolved(fit) => ("resolved", Some(fit.id), vec![fit]),
                Resolution::Itself => ("self", Some(own.id), Vec::new()),
                Resolution::Open(fits) => ("open", None, fits),
                Resolution::Ambiguous(fits) => ("ambiguous", None, fits),
                Resolution::Conflicting(fits) => ("conflicting", None, fits),
            };
        Ok(Self { state, document_id, fits: fits_to(&fits) })
    }
}

/// A key that two citations of one document share, stored or not.
fn mention_key(mention: &Mention) -> String {
    let key = resolve::mention_keys(mention).into_iter().next();
    let name = || mention.name.as_deref().map(dondoc_core::fold::bare);
    let key = match (&mention.number, key) {
        (Some(_), Some(key)) => key,
        (_, Some(key)) if key.starts_with(['p', 'c']) => key,
        _ => format!("w:{}:{}", mention.kind, name().unwrap_or_default()),
    };
    let date = mention.date.map(|it| it.to_string()).unwrap_or_default();
    // Without a date only the issuer tells two provinces' numbers apart.
    let issuer = mention.issuer.as_deref().filter(|_| mention.date.is_none());
    format!("{key}|{date}|{}", issuer.map(issuer::key).unwrap_or_default())
}

fn mention_to(mention: &Mention) -> String {
    let Mention { kind, number, date, issuer, name, subject } = mention;
    json!({
        "kind": kind,
        "number": number,
        "date": date,
        "issuer": issuer,
        "name": name,
        "subject": subject,
    })
    .to_string()
}

pub(crate) fn mention_from(json: &str) -> Result<Mention, BoxError> {
    let json: serde_json::Value = serde_json::from_str(json)?;
    let text = |name: &str| json[name].as_str().map(str::to_owned);
    Ok(Mention {
        kind: text("kind").unwrap_or_default(),
        number: text("number"),
        date: text("date").map(|it| it.parse()).transpose()?,
        issuer: text("issuer"),
        name: text("name"),
        subject: text("subject"),
    })
}

fn fits_to(fits: &[Fit]) -> String {
    let points = |them: &[Point]| them.iter().map(|it| it.code()).collect::<Vec<_>>();
    let fits: Vec<_> = fits
        .iter()
        .map(
            |it| json!({"id": it.id, "agrees": points(&it.agrees), "differs": points(&it.differs)}),
        )
        .collect();
    serde_json::Value::from(fits).to_string()
}

pub(crate) fn fits_from(json: &str) -> Result<Vec<Fit>, BoxError> {
    #[derive(serde::Deserialize)]
    struct Kept {
        id: i64,
        agrees: Vec<String>,
        differs: Vec<String>,
    }
    let points = |codes: &[String]| codes.iter().filter_map(|it| Point::by_code(it)).collect();
    let kept: Vec<Kept> = serde_json::from_str(json)?;
    let fit =
        |it: Kept| Fit { id: it.id, agrees: points(&it.agrees), differs: points(&it.differs) };
    Ok(kept.into_iter().map(fit).collect())
}

/// A row of `citation`.
pub(crate) struct Kept {
    pub(crate) finding_id: i64,
    pub(crate) document_id: i64,
    pub(crate) relation: relation::Relation,
    pub(crate) subject_finding_id: Option<i64>,
    pub(crate) mention: Mention,
    pub(crate) mention_key: String,
    pub(crate) state: String,
    pub(crate) resolved_document_id: Option<i64>,
    pub(crate) fits: Vec<Fit>,
}

impl Kept {
    pub(crate) fn read(row: &Row<'_>) -> Result<Self, BoxError> {
        let relation = row.text(2)?;
        Ok(Self {
            finding_id: row.int(0)?,
            document_id: row.int(1)?,
            relation: relation::Relation::by_code(&relation)
                .ok_or_else(|| format!("no such relation: `{relation}`"))?,
            subject_finding_id: row.maybe_int(3)?,
            mention: mention_from(&row.text(4)?)?,
            mention_key: row.text(5)?,
            state: row.text(6)?,
            resolved_document_id: row.maybe_int(7)?,
            fits: fits_from(&row.text(8)?)?,
        })
    }
}
