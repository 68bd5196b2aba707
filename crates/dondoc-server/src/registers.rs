//! `/api/registers`: registers of the programmes, and what is noted down in them.
//!
//! Nothing here knows a register by its name: fields, filters, sheets and reports that are owed are made from the pack.

use std::collections::BTreeMap;

use axum::{Json, extract::Path};
use dondoc_core::{
    entry::OwedState,
    pack::{Pack, Register},
};
use dondoc_store::registers::files;
use jiff::{
    civil::{Date, DateTime},
    tz::{Offset, TimeZone},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    ApiError,
    desk::Desk,
    error::Bilingual,
    extract::Asked,
    refusals::Refusals,
    registers::{
        naming::Ground,
        view::{CountedIndicatorView, RegisterFieldView},
    },
    scopes::Scopes,
};

pub(crate) mod attached;
pub(crate) mod entries;
mod kinds;
mod listing;
mod naming;
pub(crate) mod noting;
pub(crate) mod owed;
mod served;
pub(crate) mod sheets;
mod typed;
mod view;

/// The most that an attached file or a sheet of entries may weigh.
pub(crate) const MAX_BYTES: usize = 16 << 20;

/// Whether a request brings a file that may weigh [`MAX_BYTES`].
pub(crate) fn brings_a_file(path: &str) -> bool {
    let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    matches!(parts.as_slice(), ["api", "registers", _, "import"] | ["api", "entries", _, "files"])
}

/// The units that the account may reach with what it does.
pub(crate) type Covers = Scopes;

/// The moment in Viet Nam.
fn now(desk: &Desk) -> DateTime {
    TimeZone::fixed(Offset::constant(7)).to_datetime(desk.by().at)
}

/// Which year is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct RegistersAsked {
    /// The year that entries are counted of; this year if nothing is said.
    year: Option<i16>,
}

/// The registers of all programmes.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RegisterList {
    year: i16,
    items: Vec<RegisterView>,
}

/// A register, and how much is in it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RegisterView {
    pack: String,
    pack_name: Bilingual,
    code: String,
    name: Bilingual,
    /// Entries of the year.
    n: i64,
    /// The day of the last of them.
    #[schema(format = Date)]
    last: Option<String>,
    /// How many indicators are counted from it.
    n_indicators: usize,
    /// Units and events whose reports are late.
    n_late: usize,
    /// Units and events whose reports are due, and have time.
    n_waiting: usize,
}

/// What a register is made of.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RegisterDetail {
    pack: String,
    pack_name: Bilingual,
    code: String,
    name: Bilingual,
    fields: Vec<RegisterFieldView>,
    indicators: Vec<CountedIndicatorView>,
    /// The fields that say what an entry is about; only the latest of a unit about the same is added up.
    latest_of: Vec<String>,
    /// The reports that its entries call for.
    reports: Option<CalledReportsView>,
    /// The register whose entries call for the entries of this one.
    reports_of: Option<String>,
}

/// The reports that the entries of a register call for.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CalledReportsView {
    /// The register that they are noted down in.
    register: String,
    name: Bilingual,
    /// Its field that names the event.
    about: String,
    /// Hours from the beginning to the first.
    within_hours: u32,
    /// Hours from one to the next, until the end.
    every_hours: u32,
}

/// The registers of all programmes with their entries of a year.
#[utoipa::path(
    get, path = "/api/registers", tag = "registers", params(RegistersAsked),
    responses((status = 200, body = RegisterList), Refusals)
)]
pub(crate) async fn list(
    desk: Desk,
    Asked(asked): Asked<RegistersAsked>,
) -> Result<Json<RegisterList>, ApiError> {
    let (covers, now) = (desk.scope(), now(&desk));
    let year = asked.year.unwrap_or(now.year());
    let day = Date::new(year, 1, 1).map_err(|_| crate::documents::unknown("year", "2026"))?;
    desk.consult(move |ledger| {
        let ground = Ground::of(ledger)?;
        let days = entries::year_of(day);
        let counts = ledger.store().read_within(covers.bound(), |tx| files::counts(tx, days))?;
        let mut found: BTreeMap<(String, String), (i64, Date)> = BTreeMap::new();
        for it in counts.into_iter().filter(|it| covers.covers(it.unit)) {
            let sum = found.entry((it.pack, it.register)).or_insert((0, it.last));
            *sum = (sum.0 + it.n, sum.1.max(it.last));
        }
        let mut items = Vec::new();
        for pack in ground.programmes.packs() {
            for register in &pack.registers {
                let key = (pack.pack.code.clone(), register.code.clone());
                let whose = (pack, register);
                let owed = owed::of_register((&ground, ledger), whose, &covers, now)?;
                let n_late = owed.iter().filter(|it| it.is(OwedState::Late)).count();
                let n_waiting = owed.iter().filter(|it| it.is(OwedState::Waiting)).count();
                let (n, last) = found.get(&key).copied().unzip();
                items.push(RegisterView {
                    pack: key.0,
                    pack_name: (&pack.pack.name).into(),
                    code: key.1,
                    name: (&register.name).into(),
                    n: n.unwrap_or(0),
                    last: last.map(|it| it.to_string()),
                    n_indicators: CountedIndicatorView::of(&ground.programmes, pack, register)
                        .len(),
                    n_late,
                    n_waiting,
                });
            }
        }
        Ok::<_, ApiError>(Json(RegisterList { year, items }))
    })
    .await
}

/// What a register is made of: its fields, and the indicators that are counted from it.
#[utoipa::path(
    get, path = "/api/registers/{code}", tag = "registers",
    params(("code" = String, Path, description = "The register: `course`")),
    responses((status = 200, body = RegisterDetail), Refusals)
)]
pub(crate) async fn get(
    desk: Desk,
    Path(code): Path<String>,
) -> Result<Json<RegisterDetail>, ApiError> {
    desk.consult(move |ledger| {
        let ground = Ground::of(ledger)?;
        let (pack, register) = ground.register(&code)?;
        let calls = |it: &&Register| it.reports.as_ref().is_some_and(|it| it.register == code);
        Ok::<_, ApiError>(Json(RegisterDetail {
            pack: pack.pack.code.clone(),
            pack_name: (&pack.pack.name).into(),
            code: register.code.clone(),
            name: (&register.name).into(),
            fields: register.fields.iter().map(|it| RegisterFieldView::new(pack, it)).collect(),
            indicators: CountedIndicatorView::of(&ground.programmes, pack, register),
            latest_of: register.latest_of.clone(),
            reports: CalledReportsView::of(pack, register),
            reports_of: pack.registers.iter().find(calls).map(|it| it.code.clone()),
        }))
    })
    .await
}

impl CalledReportsView {
    fn of(pack: &Pack, register: &Register) -> Option<Self> {
        let reports = register.reports.as_ref()?;
        Some(Self {
            register: reports.register.clone(),
            name: (&pack.register(&reports.register)?.name).into(),
            about: reports.about.clone(),
            within_hours: reports.within_hours,
            every_hours: reports.every_hours,
        })
    }
}
