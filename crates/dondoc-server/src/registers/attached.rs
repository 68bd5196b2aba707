//! `/api/entries/{id}/files`, `/api/entry-files/{id}`: files attached to entries.

use axum::{Json, body::Bytes, response::Response};
use dondoc_core::problem::Problem;
use dondoc_store::{
    Action,
    registers::files::{self, EntryFile, NewEntryFile},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    entries::covered,
    kinds::FileKind,
    served::{attachment, bare_name},
    view::EntryFileView,
};
use crate::{
    ApiError,
    desk::Desk,
    error::ProblemView,
    extract::{Asked, Id, Sent},
    refusals::Refusals,
};

/// The most files of one entry, withdrawn ones included.
const MAX_FILES: usize = 50;

/// What a file is called.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct FileAsked {
    /// Its name, with the ending that says what it is.
    name: String,
}

/// Why a file is taken back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FileWithdrawalSent {
    /// Why.
    reason: String,
}

/// What became of a file.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AttachedView {
    /// `kept`; `known` if the entry had the same content before; `refused`, and then nothing of it was kept.
    status: &'static str,
    file: Option<EntryFileView>,
    /// Why it was refused.
    problem: Option<ProblemView>,
}

/// Attaches a file to an entry; what it is, its content says.
#[utoipa::path(
    post, path = "/api/entries/{id}/files", tag = "registers",
    params(("id" = i64, Path, description = "The entry"), FileAsked),
    request_body(content = String, content_type = "application/octet-stream", description = "The file"),
    responses((status = 200, body = AttachedView), Refusals)
)]
pub(crate) async fn attach(
    desk: Desk,
    Id(id): Id,
    Asked(asked): Asked<FileAsked>,
    body: Bytes,
) -> Result<Json<AttachedView>, ApiError> {
    let (by, covers) = (desk.by(), desk.scope());
    desk.consult({
        let covers = covers.clone();
        move |ledger| covered(ledger, &covers, id).map(drop)
    })
    .await?;
    let Some(name) = bare_name(&asked.name) else {
        return Err(crate::documents::unknown("name", "bien-ban.pdf"));
    };
    let kind = match FileKind::of(&name, &body) {
        Ok(kind) => kind,
        Err(problem) => return Ok(Json(AttachedView::refused(&problem))),
    };
    if kind.has_text()
        && let Err(problem @ Problem::Classified { .. }) =
            desk.app().read_file(body.to_vec(), name.clone()).await?
    {
        return Ok(Json(AttachedView::refused(&problem)));
    }
    desk.ask(move |store| {
        let before = store.read(|tx| files::of_entry(tx, id))?;
        if let Some(known) = before.iter().find(|it| it.withdrawn.is_none() && is_same(it, &body)) {
            return Ok(Json(AttachedView::taken("known", known.clone())));
        }
        if before.len() >= MAX_FILES {
            return Err(ApiError::TooLarge);
        }
        let new = NewEntryFile { entry: id, name: &name, kind: kind.code, bytes: &body };
        let file = store.write(|tx| -> Result<_, ApiError> {
            let file = files::attach(tx, &new, &by)?;
            let kept = files::get(tx, file)?.ok_or(ApiError::Internal)?;
            let object = format!("{id}: {file} {}", kept.sha256);
            Ok((kept, Action { by: by.clone(), verb: "entry.attach", object }))
        })?;
        Ok(Json(AttachedView::taken("kept", file)))
    })
    .await
}

/// The bytes of an attached file as they came in; browsers keep them apart from the page.
#[utoipa::path(
    get, path = "/api/entry-files/{id}", tag = "registers",
    params(("id" = i64, Path, description = "The attached file")),
    responses(
        (status = 200, content_type = "application/octet-stream", description = "The bytes"),
        Refusals,
    )
)]
pub(crate) async fn original(desk: Desk, Id(id): Id) -> Result<Response, ApiError> {
    let covers = desk.scope();
    desk.consult(move |ledger| {
        let file = ledger.store().read_within(covers.bound(), |tx| files::get(tx, id))?;
        let file = file.filter(|it| it.withdrawn.is_none()).ok_or(ApiError::NotFound)?;
        covered(ledger, &covers, file.entry)?;
        let bytes = ledger.store().read(|tx| files::bytes(tx, id))?.ok_or(ApiError::NotFound)?;
        Ok::<_, ApiError>(attachment(&file.name, "application/octet-stream", bytes))
    })
    .await
}

/// Takes an attached file back, with a reason; it is shown no more, and its bytes stay for the record.
#[utoipa::path(
    post, path = "/api/entry-files/{id}/withdraw", tag = "registers",
    request_body = FileWithdrawalSent,
    params(("id" = i64, Path, description = "The attached file")),
    responses((status = 200, body = EntryFileView), Refusals)
)]
pub(crate) async fn withdraw(
    desk: Desk,
    Id(id): Id,
    Sent(sent): Sent<FileWithdrawalSent>,
) -> Result<Json<EntryFileView>, ApiError> {
    let (by, covers) = (desk.by(), desk.scope());
    desk.consult(move |ledger| {
        let file = ledger.store().read(|tx| files::get(tx, id))?;
        let file = file.filter(|it| it.withdrawn.is_none()).ok_or(ApiError::NotFound)?;
        covered(ledger, &covers, file.entry)?;
        let why = sent.reason.trim();
        if why.is_empty() {
            return Err(ApiError::NoReason);
        }
        let after = ledger.store().write(|tx| -> Result<_, ApiError> {
            files::withdraw(tx, id, (why, &by))?;
            let after = files::get(tx, id)?.ok_or(ApiError::NotFound)?;
            let object = format!("{}: {id}", file.entry);
            Ok((after, Action { by: by.clone(), verb: "entry.detach", object }))
        })?;
        Ok(Json(after.into()))
    })
    .await
}

fn is_same(file: &EntryFile, bytes: &[u8]) -> bool {
    use sha2::{Digest as _, Sha256};
    let digest: String = Sha256::digest(bytes).iter().map(|it| format!("{it:02x}")).collect();
    file.sha256 == digest
}

impl AttachedView {
    fn refused(problem: &Problem) -> Self {
        Self { status: "refused", file: None, problem: Some(problem.into()) }
    }

    fn taken(status: &'static str, file: EntryFile) -> Self {
        Self { status, file: Some(file.into()), problem: None }
    }
}
