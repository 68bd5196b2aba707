//! `/api/tasks/{id}/evidence`: files that prove what was done.

use axum::{
    Json,
    extract::{Multipart, multipart::MultipartRejection},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use dondoc_core::problem::Problem;
use dondoc_store::{
    Action,
    tasks::{
        Now, TaskError,
        evidence::{self, Evidence, NewEvidence},
    },
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{TaskRefusal, allow, find};
use crate::{
    ApiError,
    completeness::calendar,
    desk::Desk,
    extract::Id,
    files::{bare_name, disposition, refused},
    refusals::Refusals,
    tasks::{
        board::Board,
        reach::{Reach, Side},
    },
};

/// The largest file of a task.
pub(crate) const MAX_EVIDENCE_BYTES: usize = 25 << 20;

/// A file, in a part named `file`.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it only describes the form")]
pub(crate) struct EvidenceSent {
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// A file of a task.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EvidenceView {
    id: i64,
    name: String,
    /// What its bytes are: `pdf`, `docx`, `jpg` …
    format: String,
    /// In bytes.
    size: i64,
    sha256: String,
    by: String,
    #[schema(format = DateTime)]
    at: String,
}

/// Adds a file to a task. The same bytes again change nothing.
#[utoipa::path(
    post, path = "/api/tasks/{id}/evidence", tag = "tasks",
    params(("id" = i64, Path, description = "The task")),
    request_body(content = EvidenceSent, content_type = "multipart/form-data"),
    responses((status = 201, body = EvidenceView), Refusals)
)]
pub(crate) async fn add(
    desk: Desk,
    Id(id): Id,
    form: Result<Multipart, MultipartRejection>,
) -> Result<(StatusCode, Json<EvidenceView>), ApiError> {
    let reach = Reach::of(&desk);
    desk.consult(move |ledger| allow(ledger, &reach, &find(ledger, id)?, Side::Lead)).await?;
    let mut form = form.map_err(|_| ApiError::UnsupportedType)?;
    let (name, bytes) = loop {
        let part = form.next_field().await.map_err(|it| refused(&it))?;
        let no_file = || ApiError::BadRequest { detail: "no part named `file`".to_owned() };
        let part = part.ok_or_else(no_file)?;
        if part.name() == Some("file") {
            let name = bare_name(part.file_name().unwrap_or_default());
            break (name, part.bytes().await.map_err(|it| refused(&it))?.to_vec());
        }
    };
    if bytes.len() > MAX_EVIDENCE_BYTES {
        return Err(ApiError::TooLarge);
    }
    let format = format_of(&bytes).ok_or_else(|| ApiError::Task(TaskRefusal::bad_file(&name)))?;
    // What bears a mark of secrecy is never kept; a file that can't be read for one (a photograph) is.
    if let Err(problem @ Problem::Classified { .. }) =
        desk.app().read_file(bytes.clone(), name.clone()).await?
    {
        return Err(ApiError::Task(TaskRefusal::of_problem(&problem)));
    }
    let (by, today) = (desk.by(), desk.today());
    let added = desk.ask(move |store| {
        let calendar = calendar().ok_or(ApiError::Internal)?;
        let now = Now { by: &by, on: today, calendar };
        let new = NewEvidence { name: &name, format, bytes: &bytes };
        let added = store.write(|tx| {
            let added = evidence::add(tx, id, new, now)?;
            let object = format!("{id}/{}", added.id);
            Ok::<_, TaskError>((added, Action { by: by.clone(), verb: "task.evidence", object }))
        })?;
        Ok::<_, ApiError>(EvidenceView::from(added))
    });
    Ok((StatusCode::CREATED, Json(added.await?)))
}

/// A file of a task, byte for byte as it came.
#[utoipa::path(
    get, path = "/api/evidence/{id}", tag = "tasks",
    params(("id" = i64, Path, description = "The file")),
    responses(
        (status = 200, content_type = "application/octet-stream", description = "The bytes"),
        Refusals,
    )
)]
pub(crate) async fn get(desk: Desk, Id(id): Id) -> Result<Response, ApiError> {
    let reach = Reach::of(&desk);
    let (file, bytes) = desk
        .consult(move |ledger| {
            let bound = reach.scope.bound();
            let found = ledger.store().read_within(bound, |tx| evidence::get_bytes(tx, id))?;
            let (file, bytes) = found.ok_or(ApiError::NotFound)?;
            let board = Board::load(ledger, reach.today, bound)?;
            let task = board.get(file.task_id).filter(|it| board.is_seen(it, &reach.scope));
            task.ok_or(ApiError::NotFound)?;
            Ok::<_, ApiError>((file, bytes))
        })
        .await?;
    let disposition = HeaderValue::from_str(&disposition(&file.name));
    let disposition = disposition.unwrap_or(HeaderValue::from_static("attachment"));
    // Never shown in the page's own site, whatever it is: it came from outside.
    let kind = HeaderValue::from_static("application/octet-stream");
    let headers = [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, bytes).into_response())
}

impl From<Evidence> for EvidenceView {
    fn from(it: Evidence) -> Self {
        Self {
            id: it.id,
            name: it.name,
            format: it.format,
            size: it.size_bytes,
            sha256: it.sha256,
            by: it.by.actor,
            at: it.by.at.to_string(),
        }
    }
}

/// What bytes are, by the bytes alone; `None` if nothing that proves what was done.
fn format_of(bytes: &[u8]) -> Option<&'static str> {
    let begins = |magic: &[u8]| bytes.starts_with(magic);
    let holds = |part: &[u8]| bytes.windows(part.len()).any(|it| it == part);
    Some(if begins(b"%PDF-") {
        "pdf"
    } else if begins(b"\x89PNG\r\n\x1a\n") {
        "png"
    } else if begins(b"\xff\xd8\xff") {
        "jpg"
    } else if begins(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        "webp"
    } else if begins(b"PK\x03\x04") && holds(b"word/document.xml") {
        "docx"
    } else if begins(b"PK\x03\x04") && holds(b"xl/workbook.xml") {
        "xlsx"
    } else if begins(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        "doc"
    } else if is_plain_text(bytes) {
        "txt"
    } else {
        return None;
    })
}

/// Words without markup: no page and no program can be made of them.
fn is_plain_text(bytes: &[u8]) -> bool {
    let text = std::str::from_utf8(bytes).ok().filter(|it| !it.trim().is_empty());
    text.is_some_and(|it| {
        let is_text = |it: char| !it.is_control() || matches!(it, '\n' | '\r' | '\t');
        it.chars().all(is_text) && !it.contains('<')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_known_by_themselves_and_never_by_their_name() {
        assert_eq!(format_of(b"%PDF-1.7 \xff"), Some("pdf"));
        assert_eq!(format_of(b"\xff\xd8\xff\xe0 photo"), Some("jpg"));
        assert_eq!(format_of(b"PK\x03\x04....word/document.xml"), Some("docx"));
        assert_eq!(format_of("Biên bản bàn giao\n".as_bytes()), Some("txt"));
        for other in [
            &b"MZ\x90\x00"[..],
            b"<svg onload=alert(1)>",
            b"#!/bin/sh\n\x00",
            b"PK\x03\x04 zip",
            b"",
        ] {
            assert_eq!(format_of(other), None, "{other:?}");
        }
    }
}
