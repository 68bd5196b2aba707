//! Taking files in.

use dondoc_core::{
    reading::{Document, Reading, Span},
    resolve::{self, Identity, issuer},
};
use sha2::{Digest, Sha256};

use crate::{
    db::{Action, By, Store, StoreError, Tx},
    findings, link,
    near::{self, NearDuplicate},
    search,
    sql::sql,
    value::{Found, FoundKind},
};

/// A file that was read.
#[derive(Clone, Copy, Debug)]
pub struct NewFile<'a> {
    /// Its bare name.
    pub name: &'a str,
    /// Its bytes as they came in.
    pub original: &'a [u8],
    /// What was read from them.
    pub reading: &'a Reading,
}

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Added {
    /// Its number.
    pub file_id: i64,
    /// Whether a file with the same content was there before; then nothing was changed.
    pub was_known: bool,
    /// Its documents, in the order of its text.
    pub document_ids: Vec<i64>,
    /// The near-duplicates of each of its documents, with the number of the document.
    pub near_duplicates: Vec<(i64, NearDuplicate)>,
}

/// A file as it came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Original {
    /// Its bare name.
    pub name: String,
    /// What its bytes are: `docx`, `pdf` …
    pub format: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// How much there is in the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Files.
    pub n_files: i64,
    /// Documents in them.
    pub n_documents: i64,
}

/// Takes a file in: its bytes, its text, its documents with all that was found in them.
///
/// A file is known by its content: one that was taken in before, under whatever name, changes nothing.
/// Citations are resolved, also those of other documents that waited for this one. All of it is kept, or nothing.
///
/// The caller has made sure that the document may be stored: what bears a mark of secrecy never comes here.
///
/// # Errors
///
/// [`StoreError`] if the engine fails or a span lies outside of the text; then nothing was kept.
pub fn add(store: &Store, file: NewFile<'_>, by: &By) -> Result<Added, StoreError> {
    let digest = Sha256::digest(file.original);
    let sha256: String = digest.iter().map(|it| format!("{it:02x}")).collect();
    if let Some(known) = store.read(|tx| known(tx, &sha256))? {
        return Ok(known);
    }
    store.write(|tx| {
        // Another process may have taken the same file in since.
        if let Some(known) = known(tx, &sha256)? {
            let object = known.file_id.to_string();
            return Ok((known, Action { by: by.clone(), verb: "file.meet", object }));
        }
        let file_id = put_file(tx, file, &sha256, by)?;
        let spans: Vec<Span> = file.reading.documents.iter().map(|it| it.span).collect();
        let texts = slices(&file.reading.text, &spans);
        let mut document_ids = Vec::with_capacity(spans.len());
        for (ordinal, (document, text)) in (0..).zip(file.reading.documents.iter().zip(texts)) {
            let text =
                text.ok_or_else(|| StoreError::at("documents/put")("span outside of the text"))?;
            document_ids.push(put_document(tx, (file_id, ordinal), document, text)?);
        }
        link::link_new(tx, &document_ids)?;
        let near_duplicates = near_of(tx, &document_ids)?;
        let added = Added { file_id, was_known: false, document_ids, near_duplicates };
        Ok((added, Action { by: by.clone(), verb: "file.add", object: file_id.to_string() }))
    })
}

/// How much there is in the store.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn counts(store: &Store) -> Result<Counts, StoreError> {
    let read = |tx: &mut Tx<'_>| {
        tx.query_one(sql!("files/count"), &[], |row| {
            Ok(Counts { n_files: row.int(0)?, n_documents: row.int(1)? })
        })
    };
    Ok(store.read(read)?.unwrap_or(Counts { n_files: 0, n_documents: 0 }))
}

/// A file as it came in, if there is one of that number.
///
/// # Errors
///
/// [`StoreError`] if the engine fails.
pub fn original(store: &Store, file_id: i64) -> Result<Option<Original>, StoreError> {
    store.read(|tx| {
        tx.query_one(sql!("files/original"), &[&file_id], |row| {
            Ok(Original { name: row.text(0)?, format: row.text(1)?, bytes: row.bytes(2)? })
        })
    })
}

fn known(tx: &mut Tx<'_>, sha256: &str) -> Result<Option<Added>, StoreError> {
    let found = tx.query_one(sql!("files/by_sha256"), &[&sha256], |row| row.int(0))?;
    let Some(file_id) = found else { return Ok(None) };
    let document_ids = tx.query(sql!("files/documents"), &[&file_id], |row| row.int(0))?;
    let near_duplicates = near_of(tx, &document_ids)?;
    Ok(Some(Added { file_id, was_known: true, document_ids, near_duplicates }))
}

fn near_of(tx: &mut Tx<'_>, document_ids: &[i64]) -> Result<Vec<(i64, NearDuplicate)>, StoreError> {
    let mut found = Vec::new();
    for id in document_ids {
        found.extend(near::of(tx, *id)?.into_iter().map(|it| (*id, it)));
    }
    Ok(found)
}

fn put_file(tx: &mut Tx<'_>, file: NewFile<'_>, sha256: &str, by: &By) -> Result<i64, StoreError> {
    let file_id = tx.take_ids("file", 1)?;
    let NewFile { name, original, reading } = file;
    let (format, text) = (reading.format.as_str(), reading.text.as_str());
    let (actor, at) = (by.actor.as_str(), by.moment());
    tx.execute(
        sql!("files/put"),
        &[&file_id, &sha256, &name, &format, &original, &text, &actor, &at],
    )?;
    Ok(file_id)
}

fn put_document(
    tx: &mut Tx<'_>,
    (file_id, ordinal): (i64, i64),
    document: &Document,
    text: &str,
) -> Result<i64, StoreError> {
    let document_id = tx.take_ids("document", 1)?;
    let identity = identity(document, text);
    let (start, end) = places(document.span)?;
    let addressees = serde_json::json!(document.addressees).to_string();
    let issuer_key = document.issuer.as_deref().map(issuer::key);
    let place_key = document.place.as_deref().map(dondoc_core::fold::bare);
    tx.execute(
        sql!("documents/put"),
        &[
            &document_id,
            &file_id,
            &ordinal,
            &start,
            &end,
            &document.kind,
            &document.number,
            &document.issued_on,
            &document.issuer,
            &document.place,
            &document.title,
            &document.signer,
            &addressees,
            &identity.opening,
            &issuer_key,
            &place_key,
        ],
    )?;
    for key in resolve::document_keys(&identity) {
        tx.execute(sql!("keys/put_document"), &[&key, &document_id])?;
    }
    put_findings(tx, document_id, document)?;
    let plain = without(text, document.span.start, &document.boilerplate);
    let known_by = [&document.title, &document.number, &document.issuer];
    search::put(tx, document_id, &heading(known_by), &plain)?;
    near::compare_and_keep(tx, document_id, &plain)?;
    Ok(document_id)
}

fn put_findings(tx: &mut Tx<'_>, document_id: i64, document: &Document) -> Result<(), StoreError> {
    let all = Found::all_of(document);
    let first = tx.take_ids("finding", all.len())?;
    for (finding_id, found) in (first..).zip(&all) {
        let json = found.to_json().to_string();
        let (start, end) = places(found.span())?;
        let nobody: Option<&str> = None;
        tx.execute(
            sql!("findings/put"),
            &[
                &finding_id,
                &document_id,
                &found.kind().code(),
                &start,
                &end,
                &Some(json.as_str()),
                &json,
                &"suggested",
                &nobody,
                &nobody,
            ],
        )?;
        if found.kind() == FoundKind::Abbreviation {
            findings::keep_abbreviation(tx, finding_id, found)?;
        }
    }
    Ok(())
}

/// What the search takes for a document's heading.
pub(crate) fn heading(known_by: [&Option<String>; 3]) -> String {
    let parts: Vec<&str> = known_by.into_iter().filter_map(|it| it.as_deref()).collect();
    parts.join(" / ")
}

/// What a document is known by. Only Party resolutions and conclusions are known by their conference.
fn identity(document: &Document, text: &str) -> Identity {
    let has_session = matches!(document.kind.as_str(), "NQ" | "KL");
    let opening = text.chars().take(if has_session { 600 } else { 0 }).collect();
    Identity {
        kind: document.kind.clone(),
        number: document.number.clone(),
        issued_on: document.issued_on,
        issuer: document.issuer.clone(),
        place: document.place.clone(),
        title: document.title.clone(),
        opening,
    }
}

pub(crate) fn places(span: Span) -> Result<(i64, i64), StoreError> {
    let place = |it: usize| i64::try_from(it).map_err(StoreError::at("span"));
    Ok((place(span.start)?, place(span.end)?))
}

/// The pieces of a text at `spans`, which are in its order; `None` for one outside of it.
///
/// Goes through the text once, however many spans there are.
fn slices<'t>(text: &'t str, spans: &[Span]) -> Vec<Option<&'t str>> {
    let mut at = 0;
    let mut rest = text;
    let mut skip = |to: usize| -> Option<&'t str> {
        let n = to.checked_sub(at)?;
        let n_bytes = match rest.char_indices().nth(n) {
            Some((n_bytes, _)) => n_bytes,
            None if rest.chars().count() == n => rest.len(),
            None => return None,
        };
        let (skipped, left) = rest.split_at(n_bytes);
        (at, rest) = (to, left);
        Some(skipped)
    };
    spans.iter().map(|span| skip(span.start).and_then(|_| skip(span.end))).collect()
}

/// A document's text with the furniture taken out; `start` is where the text starts in what the spans count in.
pub(crate) fn without(text: &str, start: usize, boilerplate: &[Span]) -> String {
    if boilerplate.is_empty() {
        return text.to_owned();
    }
    let mut spans = boilerplate.to_vec();
    spans.sort();
    let mut spans = spans.into_iter().peekable();
    let inside = |at: usize| {
        while spans.next_if(|it| it.end <= at).is_some() {}
        spans.peek().is_some_and(|it| it.start <= at)
    };
    let mut inside = inside;
    (start..).zip(text.chars()).map(|(at, c)| if inside(at) { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_cut_in_one_go_and_none_outside_of_the_text() {
        let span = |start, end| Span { start, end };
        let found = slices("đôn đốc", &[span(0, 3), span(4, 7), span(7, 9)]);
        assert_eq!(found, [Some("đôn"), Some("đốc"), None]);
    }

    #[test]
    fn furniture_is_taken_out() {
        let found = without("xem thêm: đôn đốc", 10, &[Span { start: 10, end: 19 }]);
        assert_eq!(found.trim(), "đôn đốc");
    }
}
