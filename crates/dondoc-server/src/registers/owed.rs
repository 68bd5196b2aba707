//! `/api/registers/{code}/owed`: the reports that entries call for, and how each unit stands with them.

use axum::{Json, extract::Path};
use dondoc_core::{
    access::Scope,
    entry::{self, Noted, Owed, OwedState},
    pack::{Pack, Register},
};
use dondoc_ledger::{Ledger, register::from_json};
use dondoc_store::registers::Entry;
use jiff::civil::DateTime;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    Covers,
    listing::{self, Found},
    naming::{Ground, unit_name},
};
use crate::{ApiError, desk::Desk, refusals::Refusals};

/// How units stand with the reports that entries of a register call for; the late ones first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EventReportList {
    items: Vec<EventReportView>,
    /// How many units and events are late.
    n_late: usize,
    /// How many are to report, and have time.
    n_waiting: usize,
}

/// How a unit stands with its reports about one event.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EventReportView {
    /// The entry of the event.
    event: i64,
    /// What it is called; a report names it so.
    name: String,
    unit: u32,
    unit_name: String,
    /// Vietnamese time: `2026-09-07T14:00:00`; where only the day is known, the end of that day.
    began: String,
    is_hour_known: bool,
    /// The next report that is not there yet, or that is missing now.
    due: Option<String>,
    /// How many reports should be there by now.
    n_due: u32,
    /// How many of them are not.
    n_missed: u32,
    /// `late`; `waiting`; `last`: the event has ended and the report on all of it is still to come; `done`.
    state: &'static str,
    /// The register that reports are noted down in, and its field that names the event.
    register: String,
    about: String,
    /// The latest report.
    last: Option<i64>,
}

/// The reports that the entries of a register call for; of damage those of the register of incidents.
#[utoipa::path(
    get, path = "/api/registers/{code}/owed", tag = "registers",
    params(("code" = String, Path, description = "The register: `incident`, or `damage`")),
    responses((status = 200, body = EventReportList), Refusals)
)]
pub(crate) async fn get(
    desk: Desk,
    Path(code): Path<String>,
) -> Result<Json<EventReportList>, ApiError> {
    let (covers, now) = (desk.scope(), super::now(&desk));
    desk.consult(move |ledger| {
        let ground = Ground::of(ledger)?;
        let (pack, register) = ground.register(&code)?;
        let items = of_register((&ground, ledger), (pack, register), &covers, now)?;
        let n = |state: OwedState| items.iter().filter(|it| it.is(state)).count();
        let (n_late, n_waiting) = (n(OwedState::Late), n(OwedState::Waiting));
        Ok::<_, ApiError>(Json(EventReportList { items, n_late, n_waiting }))
    })
    .await
}

/// What is owed because of all entries of a register, or is noted down in it; done ones are left out.
pub(super) fn of_register(
    (ground, ledger): (&Ground, &Ledger),
    (pack, register): (&Pack, &Register),
    covers: &Covers,
    now: DateTime,
) -> Result<Vec<EventReportView>, ApiError> {
    let calls = |it: &&Register| {
        let noted_in = it.reports.as_ref().map(|it| it.register.as_str());
        noted_in.is_some() && (it.code == register.code || noted_in == Some(register.code.as_str()))
    };
    let mut views = Vec::new();
    for calling in pack.registers.iter().filter(calls) {
        let events = all_of(ledger, pack, calling, covers.bound())?;
        let events: Vec<Noted<'_>> = events.iter().map(noted).collect();
        views.extend(stand((ground, ledger), (pack, calling), &events, now)?);
    }
    views.retain(|(_, it)| covers.covers(it.unit) && it.state != OwedState::Done);
    views.sort_by_key(|(_, it)| (it.state, it.due, it.event));
    Ok(views.into_iter().map(|(register, it)| view((ground, register), it, now)).collect())
}

/// What is owed because of one entry.
pub(super) fn of_event(
    (ground, ledger): (&Ground, &Ledger),
    (pack, register): (&Pack, &Register),
    entry: &Entry,
    now: DateTime,
) -> Result<Vec<EventReportView>, ApiError> {
    let fields = from_json(&entry.now.fields)?;
    let event = Noted { id: entry.id, unit: entry.now.unit, fields: &fields };
    if entry.now.state != dondoc_store::registers::EntryState::Kept {
        return Ok(Vec::new());
    }
    let owed = stand((ground, ledger), (pack, register), &[event], now)?;
    Ok(owed.into_iter().map(|(register, it)| view((ground, register), it, now)).collect())
}

impl EventReportView {
    pub(super) fn is(&self, state: OwedState) -> bool {
        self.state == state.code()
    }
}

fn stand<'g>(
    (ground, ledger): (&'g Ground, &Ledger),
    (pack, register): (&Pack, &Register),
    events: &[Noted<'_>],
    now: DateTime,
) -> Result<Vec<(&'g Register, Owed)>, ApiError> {
    let Some(reports) = &register.reports else { return Ok(Vec::new()) };
    let whose = (pack.pack.code.as_str(), register.code.as_str());
    let (_, calling) = ground.register_of(whose)?;
    let (_, noted_in) = ground.register_of((whose.0, &reports.register))?;
    // Whoever noted it down: what is told of it is how the event stands.
    let told = all_of(ledger, pack, noted_in, &Scope::whole())?;
    let told: Vec<Noted<'_>> = told.iter().map(noted).collect();
    let owed = events.iter().flat_map(|it| entry::owed((pack, register, reports), *it, &told, now));
    Ok(owed.map(|it| (calling, it)).collect())
}

fn all_of(
    ledger: &Ledger,
    pack: &Pack,
    register: &Register,
    bound: &Scope,
) -> Result<Vec<Found>, ApiError> {
    ledger.store().read_within(bound, |tx| listing::all(tx, (&pack.pack.code, register), false))
}

fn noted(it: &Found) -> Noted<'_> {
    Noted { id: it.entry.id, unit: it.entry.now.unit, fields: &it.fields }
}

fn view((ground, calling): (&Ground, &Register), it: Owed, now: DateTime) -> EventReportView {
    let (register, about) = calling
        .reports
        .as_ref()
        .map(|it| (it.register.clone(), it.about.clone()))
        .unwrap_or_default();
    EventReportView {
        event: it.event,
        name: it.name,
        unit: it.unit.0,
        unit_name: unit_name(&ground.units, it.unit, now.date()),
        began: it.began.to_string(),
        is_hour_known: it.is_hour_known,
        due: it.due.map(|it| it.to_string()),
        n_due: it.n_due,
        n_missed: it.n_missed,
        state: it.state.code(),
        register,
        about,
        last: it.last,
    }
}
