//! Entries on their way in: tried out, noted down, changed, withdrawn.

use std::collections::BTreeMap;

use axum::{
    Json,
    body::Bytes,
    extract::Path,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use dondoc_core::{
    entry::Fields,
    pack::{Pack, Register},
    unit::UnitId,
};
use dondoc_ledger::{
    Ledger,
    once::Request,
    register::{NewNote, NoteChange, Noted},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;

use super::{
    Covers,
    entries::covered,
    naming::{Ground, Naming, unit_name, with_paper},
    typed::Reader,
    view::{RecountedView, all_shown},
};
use crate::{
    ApiError,
    desk::{Desk, over},
    extract::{Id, Sent},
    faults::FaultView,
    handing::key,
    refusals::Refusals,
};

/// An event as it is noted down.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EntrySent {
    /// Whose.
    unit: u32,
    /// By the codes of the register's fields: words, days (`05/07/2026`, `5/7`, `hôm nay`, `2026-07-05`) and codes as text,
    /// numbers as text or whole numbers, units and documents by their numbers, several as lists.
    #[schema(value_type = Object)]
    fields: Map<String, Value>,
}

/// A change of an entry.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EntryChangeSent {
    /// The version that was seen.
    version: i64,
    /// Whose it is; as before if nothing is said.
    unit: Option<u32>,
    /// All fields as they are to stand, as in a new entry.
    #[schema(value_type = Object)]
    fields: Map<String, Value>,
    /// Why.
    reason: String,
}

/// An entry, or a file of one, that is taken back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WithdrawalSent {
    /// The version that was seen.
    version: i64,
    /// Why.
    reason: String,
}

/// An entry that was kept.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NotedView {
    id: i64,
    /// The blocks of what was counted anew.
    blocks: Vec<i64>,
    /// What is unusual about it.
    findings: Vec<FaultView>,
    /// The figures that are other ones now.
    recounted: Vec<RecountedView>,
}

/// An entry that was tried out.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TriedView {
    /// How the fields were read, as they will be shown.
    #[schema(value_type = Object)]
    shown: BTreeMap<String, String>,
    /// What is wrong or unusual.
    findings: Vec<FaultView>,
}

/// Notes an event down; what is counted from it is counted anew at once.
///
/// With an `Idempotency-Key` the same request again gets the same answer again.
#[utoipa::path(
    post, path = "/api/registers/{code}/entries", tag = "registers", request_body = EntrySent,
    params(
        ("code" = String, Path, description = "The register: `course`"),
        ("Idempotency-Key" = Option<String>, Header, description = "Any text of up to 200 bytes"),
    ),
    responses((status = 200, body = NotedView), Refusals)
)]
pub(crate) async fn note(
    desk: Desk,
    Path(code): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiError> {
    must_be_json(&headers)?;
    let key = key(&headers, desk.actor())?;
    let (by, today, covers) = (desk.by(), desk.today(), desk.scope());
    desk.consult(move |ledger| {
        let sent: EntrySent = serde_json::from_slice(&body)
            .map_err(|error| ApiError::BadRequest { detail: error.to_string() })?;
        let ground = Ground::of(ledger)?;
        let (pack, register) = ground.register(&code)?;
        let unit = known(&ground, &covers, sent.unit)?;
        let fields = read((&ground, ledger), (pack, register), &sent.fields, today)?;
        let new = NewNote { pack: &pack.pack.code, register: &code, unit, fields: &fields };
        let view = |it: &Noted| serde_json::to_vec(&noted(&ground, it, today)).unwrap_or_default();
        let told = match &key {
            Some(key) => {
                let sha256 = Sha256::digest(&body).into();
                let request = Request { key, sha256: &sha256 };
                ledger.keep_entry_once(request, &new, (&by, today), view)?
            }
            None => view(&ledger.keep_entry(&new, (&by, today))?),
        };
        Ok::<_, ApiError>(([(header::CONTENT_TYPE, "application/json")], told).into_response())
    })
    .await
}

/// Says how an entry would be read and what is wrong with it; nothing is kept.
#[utoipa::path(
    post, path = "/api/registers/{code}/entries/check", tag = "registers", request_body = EntrySent,
    params(("code" = String, Path, description = "The register: `course`")),
    responses((status = 200, body = TriedView), Refusals)
)]
pub(crate) async fn check(
    desk: Desk,
    Path(code): Path<String>,
    Sent(sent): Sent<EntrySent>,
) -> Result<Json<TriedView>, ApiError> {
    let (today, covers) = (desk.today(), desk.scope());
    desk.consult(move |ledger| {
        let ground = Ground::of(ledger)?;
        let (pack, register) = ground.register(&code)?;
        let unit = known(&ground, &covers, sent.unit)?;
        let reader = reader((&ground, ledger), register, today);
        let (fields, mut findings) = reader.read(&sent.fields)?;
        let new = NewNote { pack: &pack.pack.code, register: &code, unit, fields: &fields };
        let unread: Vec<Option<String>> = findings.iter().map(|it| it.place.cell.clone()).collect();
        let more = ledger.try_entry(&new)?;
        findings.extend(
            more.into_iter()
                .filter(|it| it.place.cell.is_none() || !unread.contains(&it.place.cell)),
        );
        let naming = (Naming::Screen, today);
        let shown = with_paper((&ground, ledger.store()), (pack, register), naming, |paper| {
            all_shown(paper, &fields)
        });
        let findings = findings.iter().map(FaultView::from).collect();
        Ok::<_, ApiError>(Json(TriedView { shown, findings }))
    })
    .await
}

/// Changes an entry, with a reason; the versions before stay.
#[utoipa::path(
    post, path = "/api/entries/{id}/correct", tag = "registers", request_body = EntryChangeSent,
    params(("id" = i64, Path, description = "The entry")),
    responses((status = 200, body = NotedView), Refusals)
)]
pub(crate) async fn correct(
    desk: Desk,
    Id(id): Id,
    Sent(sent): Sent<EntryChangeSent>,
) -> Result<Json<NotedView>, ApiError> {
    let (by, today, covers) = (desk.by(), desk.today(), desk.scope());
    desk.consult(move |ledger| {
        let entry = covered(ledger, &covers, id)?;
        let ground = Ground::of(ledger)?;
        let (pack, register) = ground.register_of((&entry.pack, &entry.register))?;
        let unit = known(&ground, &covers, sent.unit.unwrap_or(entry.now.unit.0))?;
        let fields = read((&ground, ledger), (pack, register), &sent.fields, today)?;
        let change = NoteChange::Correct { unit, fields: &fields };
        let done = ledger.change_entry((id, sent.version), change, &sent.reason, (&by, today))?;
        Ok::<_, ApiError>(Json(noted(&ground, &done, today)))
    })
    .await
}

/// Takes an entry back, with a reason; it is kept for the record and counts no more.
#[utoipa::path(
    post, path = "/api/entries/{id}/withdraw", tag = "registers", request_body = WithdrawalSent,
    params(("id" = i64, Path, description = "The entry")),
    responses((status = 200, body = NotedView), Refusals)
)]
pub(crate) async fn withdraw(
    desk: Desk,
    Id(id): Id,
    Sent(sent): Sent<WithdrawalSent>,
) -> Result<Json<NotedView>, ApiError> {
    let (by, today, covers) = (desk.by(), desk.today(), desk.scope());
    desk.consult(move |ledger| {
        covered(ledger, &covers, id)?;
        let ground = Ground::of(ledger)?;
        let seen = (id, sent.version);
        let done = ledger.change_entry(seen, NoteChange::Withdraw, &sent.reason, (&by, today))?;
        Ok::<_, ApiError>(Json(noted(&ground, &done, today)))
    })
    .await
}

fn must_be_json(headers: &HeaderMap) -> Result<(), ApiError> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok());
    let is_json = kind.is_some_and(|it| it.split(';').next() == Some("application/json"));
    if is_json { Ok(()) } else { Err(ApiError::UnsupportedType) }
}

fn known(ground: &Ground, covers: &Covers, unit: u32) -> Result<UnitId, ApiError> {
    let unit = UnitId(unit);
    ground.units.get(unit).ok_or(ApiError::NotFound)?;
    over(covers, unit)?;
    Ok(unit)
}

fn reader<'a>(
    (ground, ledger): (&'a Ground, &'a Ledger),
    register: &'a Register,
    today: Date,
) -> Reader<'a> {
    Reader { register, units: &ground.units, store: ledger.store(), today }
}

/// The fields, or a refusal with all that is wrong with them.
fn read(
    (ground, ledger): (&Ground, &Ledger),
    (pack, register): (&Pack, &Register),
    sent: &Map<String, Value>,
    today: Date,
) -> Result<Fields, ApiError> {
    let (fields, mut findings) = reader((ground, ledger), register, today).read(sent)?;
    if findings.is_empty() {
        return Ok(fields);
    }
    let unread: Vec<Option<String>> = findings.iter().map(|it| it.place.cell.clone()).collect();
    let more = dondoc_core::entry::check(pack, register, &fields);
    findings.extend(more.into_iter().filter(|it| !unread.contains(&it.place.cell)));
    Err(ApiError::of_findings(findings))
}

/// What the client hears of an entry that was kept.
pub(super) fn noted(ground: &Ground, it: &Noted, today: Date) -> NotedView {
    let recounted = it.recounted.iter().filter_map(|it| {
        let name = || unit_name(&ground.units, it.unit, today);
        RecountedView::new(&ground.programmes, it, name)
    });
    NotedView {
        id: it.entry_id,
        blocks: it.blocks.iter().map(|it| it.0).collect(),
        findings: it.findings.iter().map(FaultView::from).collect(),
        recounted: recounted.collect(),
    }
}

impl NotedView {
    pub(super) fn recounted(self) -> Vec<RecountedView> {
        self.recounted
    }
}
