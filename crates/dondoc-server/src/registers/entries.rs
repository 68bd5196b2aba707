//! `/api/registers/{code}/entries`, `/api/entries/{id}`: entries in a list, and one with all that was.

use std::collections::BTreeMap;

use axum::{Json, extract::Path};
use dondoc_core::entry::Fields;
use dondoc_ledger::{Ledger, register::from_json};
use dondoc_store::registers::{self, Entry, EntryVersion, files};
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    Covers,
    listing::{self, EntriesAsked, EntryTotalView, Found, Listing},
    naming::{Ground, Naming, unit_name, with_paper},
    owed::{EventReportView, of_event},
    view::{EntryFileView, EntryView, all_shown},
};
use crate::{
    ApiError,
    desk::Desk,
    extract::{Asked, Id},
    refusals::Refusals,
};

/// Entries on a page.
const PAGE: usize = 50;

/// A page of entries.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EntryPage {
    items: Vec<EntryView>,
    /// How many there are on all pages.
    n: usize,
    page: usize,
    n_pages: usize,
    /// Over all pages; withdrawn entries and those that a later one took the place of are left out.
    totals: Vec<EntryTotalView>,
    /// How many of all a later one took the place of.
    n_superseded: usize,
}

/// An entry with all that was.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EntryDetail {
    #[serde(flatten)]
    entry: EntryView,
    pack: String,
    register: String,
    /// Its versions, the first to the last.
    versions: Vec<EntryVersionView>,
    files: Vec<EntryFileView>,
    /// The reports that it calls for, and how each unit stands with them.
    owed: Vec<EventReportView>,
}

/// One version of an entry.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EntryVersionView {
    version: i64,
    unit_name: String,
    state: &'static str,
    #[schema(value_type = Object)]
    shown: BTreeMap<String, String>,
    /// The fields that are other ones than in the version before.
    changed: Vec<String>,
    by: String,
    #[schema(format = DateTime)]
    at: String,
    reason: Option<String>,
}

/// The entries of a register.
#[utoipa::path(
    get, path = "/api/registers/{code}/entries", tag = "registers",
    params(("code" = String, Path, description = "The register: `course`"), EntriesAsked),
    responses((status = 200, body = EntryPage), Refusals)
)]
pub(crate) async fn list(
    desk: Desk,
    Path(code): Path<String>,
    Asked(asked): Asked<EntriesAsked>,
) -> Result<Json<EntryPage>, ApiError> {
    let (covers, today) = (desk.scope(), desk.today());
    desk.consult(move |ledger| {
        let ground = Ground::of(ledger)?;
        let (pack, register) = ground.register(&code)?;
        let listing = Listing::read(&asked, (register, &ground.units), &covers)?;
        let whose = (pack.pack.code.as_str(), register.code.as_str());
        let (found, n_files) = ledger.store().read_within(covers.bound(), |tx| {
            let days = listing.days(register);
            let found = listing::within(tx, (whose.0, register), asked.withdrawn, days)?;
            Ok::<_, ApiError>((found, files::n_of_entries(tx, whose)?))
        })?;
        let n_files: BTreeMap<i64, i64> = n_files.into_iter().collect();
        let naming = (Naming::Screen, today);
        Ok::<_, ApiError>(Json(with_paper(
            (&ground, ledger.store()),
            (pack, register),
            naming,
            |paper| {
                let found = listing.pick(paper, found);
                let n_pages = found.len().div_ceil(PAGE).max(1);
                let page = asked.page.unwrap_or(1).clamp(1, n_pages);
                let shown = found.iter().skip((page - 1) * PAGE).take(PAGE);
                let view = |it: &Found| EntryView {
                    is_superseded: it.is_superseded,
                    n_files: n_files.get(&it.entry.id).copied().unwrap_or(0),
                    ..EntryView::new(paper, it.entry.clone(), &it.fields)
                };
                EntryPage {
                    items: shown.map(view).collect(),
                    n: found.len(),
                    page,
                    n_pages,
                    totals: listing::totals(register, &found),
                    n_superseded: found.iter().filter(|it| it.is_superseded).count(),
                }
            },
        )))
    })
    .await
}

/// An entry with its versions, files, and the reports that it calls for.
#[utoipa::path(
    get, path = "/api/entries/{id}", tag = "registers",
    params(("id" = i64, Path, description = "The entry")),
    responses((status = 200, body = EntryDetail), Refusals)
)]
pub(crate) async fn get(desk: Desk, Id(id): Id) -> Result<Json<EntryDetail>, ApiError> {
    let (covers, now) = (desk.scope(), super::now(&desk));
    desk.consult(move |ledger| {
        let entry = covered(ledger, &covers, id)?;
        let ground = Ground::of(ledger)?;
        let (pack, register) = ground.register_of((&entry.pack, &entry.register))?;
        let (versions, files, all) = ledger.store().read_within(covers.bound(), |tx| {
            let versions = registers::versions(tx, id)?;
            let files = files::of_entry(tx, id)?;
            Ok::<_, ApiError>((versions, files, listing::all(tx, (&entry.pack, register), false)?))
        })?;
        let owed = of_event((&ground, ledger), (pack, register), &entry, now)?;
        let fields = from_json(&entry.now.fields)?;
        let read = versions.iter().map(|it| from_json(&it.fields));
        let read: Vec<Fields> = read.collect::<Result<_, _>>()?;
        let naming = (Naming::Screen, now.date());
        Ok::<_, ApiError>(Json(with_paper(
            (&ground, ledger.store()),
            (pack, register),
            naming,
            |paper| {
                let (name, of) = (entry.pack.clone(), entry.register.clone());
                let versions = versions.iter().enumerate().map(|(at, version)| {
                    let before = at.checked_sub(1).map(|it| &read[it]);
                    let unit = unit_name(&ground.units, version.unit, now.date());
                    EntryVersionView::new(version, unit, (before, &read[at]), |it| {
                        all_shown(paper, it)
                    })
                });
                let versions = versions.collect();
                let mut entry = EntryView::new(paper, entry, &fields);
                entry.n_files = files
                    .iter()
                    .filter(|it| it.withdrawn.is_none())
                    .count()
                    .try_into()
                    .unwrap_or(0);
                entry.is_superseded = all.iter().any(|it| it.entry.id == id && it.is_superseded);
                let files = files.into_iter().map(EntryFileView::from).collect();
                EntryDetail { entry, pack: name, register: of, versions, files, owed }
            },
        )))
    })
    .await
}

/// The entry of that number, if the account may see it.
pub(super) fn covered(ledger: &Ledger, covers: &Covers, id: i64) -> Result<Entry, ApiError> {
    let entry = ledger.store().read_within(covers.bound(), |tx| registers::get(tx, id))?;
    entry.filter(|it| covers.covers(it.now.unit)).ok_or(ApiError::NotFound)
}

impl EntryVersionView {
    fn new(
        it: &EntryVersion,
        unit_name: String,
        (before, fields): (Option<&Fields>, &Fields),
        shown: impl FnOnce(&Fields) -> BTreeMap<String, String>,
    ) -> Self {
        let differs = |code: &&String| before.is_some_and(|it| it.get(*code) != fields.get(*code));
        let codes: std::collections::BTreeSet<&String> =
            fields.keys().chain(before.into_iter().flat_map(BTreeMap::keys)).collect();
        Self {
            version: it.version,
            unit_name,
            state: it.state.code(),
            shown: shown(fields),
            changed: codes.into_iter().filter(differs).cloned().collect(),
            by: it.by.actor.clone(),
            at: it.by.at.to_string(),
            reason: it.reason.clone(),
        }
    }
}

/// Today, for those who need no hour.
pub(super) fn year_of(today: Date) -> (Date, Date) {
    (today.first_of_year(), today.last_of_year())
}
