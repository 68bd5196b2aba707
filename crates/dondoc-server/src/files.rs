//! `/api/files`: taking files in, and giving them back as they came.

use std::fmt::Write as _;

use axum::{
    Json,
    extract::{Multipart, multipart::Field},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use dondoc_core::problem::Problem;
use dondoc_store::{
    documents,
    library::{self, Added, NewFile},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    ApiError,
    desk::Desk,
    error::ProblemView,
    extract::Id,
    view::{NearDuplicateView, SummaryView},
};

/// The largest file that is taken in.
pub(crate) const MAX_FILE_BYTES: usize = 64 << 20;
/// The most that is taken in at a time.
pub(crate) const MAX_REQUEST_BYTES: usize = 512 << 20;
/// Longer names are cut; their end, with the extension, stays.
const MAX_NAME_CHARS: usize = 200;

/// Files, each in a part named `file`.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it only describes the form")]
pub(crate) struct FilesSent {
    #[schema(value_type = Vec<String>, format = Binary)]
    file: Vec<Vec<u8>>,
}

/// What became of the files.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FileOutcomes {
    /// In the order that they were sent in.
    files: Vec<FileOutcome>,
}

/// What became of one file.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FileOutcome {
    name: String,
    /// `stored`; `known` if the same content was there before; `refused`, and then nothing of it was stored.
    status: &'static str,
    file_id: Option<i64>,
    documents: Vec<SummaryView>,
    /// Why it was refused.
    problem: Option<ProblemView>,
    near_duplicates: Vec<NearDuplicateView>,
}

/// Takes files in: reads each, and stores it with everything found in it.
///
/// Each file stands for itself: one that is refused changes nothing for the others.
#[utoipa::path(
    post, path = "/api/files", tag = "files",
    request_body(content = FilesSent, content_type = "multipart/form-data"),
    responses(
        (status = 200, body = FileOutcomes),
        (status = 400, body = ProblemView, description = "The form is broken, or has no part named `file`"),
        (status = 413, body = ProblemView, description = "Too much at a time"),
        (status = 415, body = ProblemView, description = "No form with files"),
    )
)]
pub(crate) async fn add(
    desk: Desk,
    form: Result<Multipart, axum::extract::multipart::MultipartRejection>,
) -> Result<Json<FileOutcomes>, ApiError> {
    let mut form = form.map_err(|_| ApiError::UnsupportedType)?;
    let mut files = Vec::new();
    while let Some(part) = form.next_field().await.map_err(|it| refused(&it))? {
        if part.name() != Some("file") {
            continue;
        }
        let name = bare_name(part.file_name().unwrap_or_default());
        let outcome = match bytes_of(part).await? {
            Ok(bytes) => take_in(&desk, name, bytes).await?,
            Err(problem) => FileOutcome::refused(name, &problem),
        };
        files.push(outcome);
    }
    if files.is_empty() {
        return Err(ApiError::BadRequest { detail: "no part named `file`".to_owned() });
    }
    Ok(Json(FileOutcomes { files }))
}

/// A file, byte for byte as it came in.
#[utoipa::path(
    get, path = "/api/files/{id}/original", tag = "files",
    params(("id" = i64, Path, description = "The file")),
    responses(
        (status = 200, content_type = "application/octet-stream", description = "The bytes"),
        (status = 404, body = ProblemView, description = "There is no such file"),
    )
)]
pub(crate) async fn original(desk: Desk, Id(id): Id) -> Result<Response, ApiError> {
    let original = desk.ask(move |store| library::original(store, id)).await?;
    let original = original.ok_or(ApiError::NotFound)?;
    let disposition = HeaderValue::from_str(&disposition(&original.name));
    let disposition = disposition.unwrap_or(HeaderValue::from_static("attachment"));
    // Never shown in the page's own site, whatever it is: it came from outside.
    let kind = HeaderValue::from_static("application/octet-stream");
    let headers = [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, original.bytes).into_response())
}

/// The bytes of a part, unless they are too many; then they are read to their end and let go.
pub(crate) async fn bytes_of(mut part: Field<'_>) -> Result<Result<Vec<u8>, Problem>, ApiError> {
    let mut bytes = Vec::new();
    let mut size = 0_usize;
    while let Some(chunk) = part.chunk().await.map_err(|it| refused(&it))? {
        size += chunk.len();
        if size <= MAX_FILE_BYTES {
            bytes.extend_from_slice(&chunk);
        } else {
            bytes = Vec::new();
        }
    }
    if size <= MAX_FILE_BYTES {
        return Ok(Ok(bytes));
    }
    let (size_bytes, limit_bytes) = (size as u64, MAX_FILE_BYTES as u64);
    Ok(Err(Problem::TooLarge { size_bytes, limit_bytes }))
}

async fn take_in(desk: &Desk, name: String, bytes: Vec<u8>) -> Result<FileOutcome, ApiError> {
    let reading = match desk.app().read_file(bytes.clone(), name.clone()).await? {
        Ok(reading) => reading,
        Err(problem) => return Ok(FileOutcome::refused(name, &problem)),
    };
    let by = desk.by();
    let outcome = desk.ask(move |store| {
        let file = NewFile { name: &name, original: &bytes, reading: &reading };
        let added = library::add(store, file, &by)?;
        let mut summaries = Vec::with_capacity(added.document_ids.len());
        for id in &added.document_ids {
            summaries.extend(documents::summary(store, *id)?.map(SummaryView::from));
        }
        Ok::<_, ApiError>(FileOutcome::taken(name, added, summaries))
    });
    outcome.await
}

impl FileOutcome {
    fn refused(name: String, problem: &Problem) -> Self {
        let problem = Some(ProblemView::from(problem));
        let (documents, near_duplicates) = (Vec::new(), Vec::new());
        Self { name, status: "refused", file_id: None, documents, problem, near_duplicates }
    }

    fn taken(name: String, added: Added, documents: Vec<SummaryView>) -> Self {
        let near_duplicates = added.near_duplicates.into_iter().map(|(_, it)| it.into()).collect();
        let status = if added.was_known { "known" } else { "stored" };
        let file_id = Some(added.file_id);
        Self { name, status, file_id, documents, problem: None, near_duplicates }
    }
}

/// The name without folders and control characters; it names nothing on any disk.
pub(crate) fn bare_name(sent: &str) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: Vec<char> = last.chars().filter(|it| !it.is_control()).collect();
    let cut = clean.len().saturating_sub(MAX_NAME_CHARS);
    let name: String = clean[cut..].iter().collect();
    let name = name.trim().to_owned();
    // A name of dots alone would be a folder's.
    if name.chars().all(|it| it == '.') { "tệp không tên".to_owned() } else { name }
}

/// An attachment under its own name (RFC 6266, with the name percent-encoded as in RFC 8187).
pub(crate) fn disposition(name: &str) -> String {
    let mut encoded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string can't fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    format!("attachment; filename*=UTF-8''{encoded}")
}

pub(crate) fn refused(error: &axum::extract::multipart::MultipartError) -> ApiError {
    if error.status().as_u16() == 413 {
        ApiError::TooLarge
    } else {
        ApiError::BadRequest { detail: error.body_text() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_never_leads_anywhere() {
        for (sent, kept) in [
            ("../../etc/passwd", "passwd"),
            ("..\\..\\windows\\system.ini", "system.ini"),
            ("/a/b/kế hoạch.docx", "kế hoạch.docx"),
            ("a\r\nb\0.txt", "ab.txt"),
            ("..", "tệp không tên"),
            ("", "tệp không tên"),
        ] {
            assert_eq!(bare_name(sent), kept, "{sent:?}");
        }
        assert!(bare_name(&format!("{}.pdf", "a".repeat(999))).ends_with("a.pdf"));
    }

    #[test]
    fn a_name_can_not_break_out_of_its_header() {
        assert_eq!(
            disposition("a\"; b=đ.txt"),
            "attachment; filename*=UTF-8''a%22%3B%20b%3D%C4%91.txt"
        );
    }
}
