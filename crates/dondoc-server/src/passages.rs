//! `/api/figures/import`, `/api/figures/export`: figures in the formats of others.

use std::collections::{BTreeMap, HashMap};

use axum::{
    Json,
    body::Bytes,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use dondoc_core::{
    pack::Pack,
    period::Period,
    unit::{Line, UnitId, Units},
};
use dondoc_exchange::{
    adx,
    block::{self, Dialect},
    dhis2::{self, Names},
    passage::{Arrived, Ask, Entry, Lack},
    sdmx, sheets,
};
use dondoc_ledger::{Batch, Books, Ledger};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    ApiError, ask,
    desk::{Desk, over},
    documents::unknown,
    extract::Asked,
    faults::FaultView,
    refusals::Refusals,
    scopes::Scopes,
};

/// The most that a file of figures may weigh.
pub(crate) const MAX_FILE_BYTES: usize = 64 << 20;
/// No export has more units times periods.
const MAX_PAIRS: usize = 100_000;

/// How figures come in.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ImportAsked {
    /// `csv` (also a workbook with the same columns), `dhis2` (dataValueSets as JSON) or `adx`.
    format: String,
    /// The pack; may be left out where one is in use.
    pack: Option<String>,
    /// The file's name, for places and sources.
    file: Option<String>,
    /// Only says what would happen; nothing is kept.
    #[serde(default)]
    dry_run: bool,
}

/// Which figures go out.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ExportAsked {
    /// `csv`, `sdmx` (SDMX-CSV), `dhis2` (dataValueSets as JSON) or `adx`.
    format: String,
    /// The pack; may be left out where one is in use.
    pack: Option<String>,
    /// Periods, with commas between.
    period: String,
    /// Units, with commas between.
    unit: Option<String>,
    /// Instead of `unit`: this one and all under it.
    under: Option<u32>,
    /// Indicators, with commas between; all if nothing is said.
    indicator: Option<String>,
}

/// What a file did, or would do.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ImportView {
    /// Whether it was kept; in a dry run and with errors it was not.
    kept: bool,
    /// Of one unit and period each.
    n_batches: usize,
    n_figures: usize,
    /// Of these, new or different from what was in force.
    n_changed: usize,
    first_block: Option<i64>,
    last_block: Option<i64>,
    /// What is wrong or unusual.
    findings: Vec<FaultView>,
    /// What the file said that is not kept.
    lost: Vec<LostFigureView>,
}

/// Something that is not kept.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LostFigureView {
    row: Option<u32>,
    indicator: Option<String>,
    /// `period`, `no_figure`, or the name of a column or attribute.
    what: String,
}

/// Takes figures of many units in: all of them, or none.
#[utoipa::path(
    post, path = "/api/figures/import", tag = "figures", params(ImportAsked),
    request_body(content = String, content_type = "application/octet-stream", description = "The file"),
    responses((status = 200, body = ImportView), Refusals)
)]
pub(crate) async fn import(
    desk: Desk,
    Asked(asked): Asked<ImportAsked>,
    body: Bytes,
) -> Result<Json<ImportView>, ApiError> {
    let (by, today, scope) = (desk.by(), desk.today(), desk.scope());
    let body = desk.app().sheets(body).await?;
    desk.consult(move |ledger| {
        ledger.refresh()?;
        let file = ask::some(asked.file.clone()).unwrap_or_else(|| asked.format.clone());
        let arrived = ledger.look(|books| arrived(books, &asked, (&body, &file)))?;
        let batches = batches(&arrived);
        for batch in &batches {
            over(&scope, batch.unit)?;
        }
        let trial = ledger.try_load(&batches, today)?;
        let findings: Vec<_> = arrived.findings.iter().chain(&trial.findings).cloned().collect();
        let stops = findings.iter().any(|it| it.severity() == dondoc_core::pack::Severity::Error);
        if stops && !asked.dry_run {
            return Err(ApiError::of_findings(findings));
        }
        let loaded = match asked.dry_run {
            true => trial,
            false => ledger.load(&batches, &file, (&by, today))?,
        };
        Ok(Json(ImportView {
            kept: loaded.blocks.is_some(),
            n_batches: loaded.n_batches,
            n_figures: loaded.n_figures,
            n_changed: loaded.n_changed,
            first_block: loaded.blocks.map(|it| it.0.0),
            last_block: loaded.blocks.map(|it| it.1.0),
            findings: findings.iter().map(FaultView::from).collect(),
            lost: arrived.lost.iter().map(LostFigureView::from).collect(),
        }))
    })
    .await
}

/// Figures in force, in the format of another system.
#[utoipa::path(
    get, path = "/api/figures/export", tag = "figures", params(ExportAsked),
    responses((status = 200, description = "The file",
        content((String = "text/csv"), (String = "application/vnd.sdmx.data+csv"), (serde_json::Value = "application/json"), (String = "application/xml"))), Refusals)
)]
pub(crate) async fn export(
    desk: Desk,
    Asked(asked): Asked<ExportAsked>,
) -> Result<Response, ApiError> {
    let (now, scope) = (desk.by().at, desk.scope());
    desk.consult(move |ledger| {
        ledger.refresh()?;
        let entries = entries(ledger, &asked, &scope)?;
        let (kind, bytes) = ledger.look(|books| {
            let pack = pack(books, asked.pack.as_deref())?;
            written(books, pack, (&asked.format, &entries), now)
        })?;
        let headers = [
            (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
            (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment")),
        ];
        Ok::<_, ApiError>((headers, bytes).into_response())
    })
    .await
}

fn arrived(
    books: &Books,
    asked: &ImportAsked,
    (bytes, file): (&[u8], &str),
) -> Result<Arrived, ApiError> {
    let pack = pack(books, asked.pack.as_deref())?;
    let uids: HashMap<String, UnitId> = match asked.format.as_str() {
        "dhis2" => books
            .units
            .all()
            .map(|it| (dhis2::uid("orgUnit", &it.id().to_string()), it.id()))
            .collect(),
        _ => HashMap::new(),
    };
    let unit = |text: &str, period: Period| match uids.get(text) {
        Some(unit) => Ok(*unit),
        None => meant(&books.units, text, books.day_of(period)),
    };
    let ask = Ask { pack, unit: &unit, file };
    match asked.format.as_str() {
        "csv" if sheets::is_plain(bytes) => Ok(block::read_workbook(bytes, &ask)),
        "csv" => Ok(block::read(bytes, &ask)),
        "dhis2" => Ok(dhis2::read_values(bytes, &ask, None)),
        "adx" => Ok(adx::read(bytes, &ask)),
        _ => Err(unknown("format", "csv, dhis2, adx")),
    }
}

/// The one unit that a code or name means on a day; else all that it may.
fn meant(units: &Units, text: &str, on: jiff::civil::Date) -> Result<UnitId, Vec<UnitId>> {
    let by_code = units.by_code(text, on);
    if let [unit] = by_code.as_slice() {
        return Ok(*unit);
    }
    if let Some(unit) = units.by_key(text) {
        return Ok(unit);
    }
    let found = units.find(text, on);
    match found.as_slice() {
        [unit] => Ok(*unit),
        _ => Err(found),
    }
}

/// The figures of a file, of one unit and period each, in the order of the file.
fn batches(arrived: &Arrived) -> Vec<Batch> {
    let mut batches: Vec<Batch> = Vec::new();
    let mut places: BTreeMap<(UnitId, Period), usize> = BTreeMap::new();
    for it in &arrived.figures {
        let (unit, period) = (it.cell.unit, it.cell.period);
        let at = *places.entry((unit, period)).or_insert_with(|| {
            batches.push(Batch { unit, period, figures: Vec::new() });
            batches.len() - 1
        });
        batches[at].figures.push((it.figure.clone(), it.place.clone()));
    }
    batches
}

fn pack<'b>(books: &'b Books, code: Option<&str>) -> Result<&'b Pack, ApiError> {
    match (code.filter(|it| !it.is_empty()), books.programmes.packs()) {
        (Some(code), _) => books.programmes.pack(code).ok_or(ApiError::NotFound),
        (None, [pack]) => Ok(pack),
        (None, _) => Err(unknown("pack", "KVPT")),
    }
}

fn entries(ledger: &Ledger, asked: &ExportAsked, scope: &Scopes) -> Result<Vec<Entry>, ApiError> {
    let named = ask::units(asked.unit.as_deref().unwrap_or_default())?;
    let parent = asked.under.map(UnitId).filter(|_| asked.unit.is_none());
    for unit in named.iter().copied().chain(parent) {
        over(scope, unit)?;
    }
    let periods = ask::periods(&asked.period)?;
    let wanted = ask::series(asked.indicator.as_deref().unwrap_or_default(), None)?;
    let pairs = ledger.look(|books| -> Result<Vec<(UnitId, Period)>, ApiError> {
        let mut pairs = Vec::new();
        for period in &periods {
            let units = match parent {
                Some(under) => {
                    let tree = books.units.tree(Line::State, books.day_of(*period));
                    let place = tree.place(under).ok_or(ApiError::NotFound)?;
                    tree.units()[tree.subtree(place)].to_vec()
                }
                None => named.clone(),
            };
            let seen = units.into_iter().filter(|it| scope.covers(*it));
            pairs.extend(seen.map(|it| (it, *period)));
        }
        Ok(pairs)
    })?;
    if pairs.len() > MAX_PAIRS {
        let detail = format!("more than {MAX_PAIRS} units times periods");
        return Err(ApiError::BadRequest { detail });
    }
    let mut entries = Vec::new();
    for (unit, period) in pairs {
        for figure in ledger.within(scope.bound()).own_figures(unit, period)? {
            let is_wanted = wanted.iter().any(|it| it.indicator == figure.series.indicator);
            if wanted.is_empty() || is_wanted {
                entries.push(Entry { unit, period, figure });
            }
        }
    }
    Ok(entries)
}

fn written(
    books: &Books,
    pack: &Pack,
    (format, entries): (&str, &[Entry]),
    now: Timestamp,
) -> Result<(&'static str, Vec<u8>), ApiError> {
    let of_pack: Vec<Entry> = entries
        .iter()
        .filter(|it| pack.indicator(&it.figure.series.indicator).is_some())
        .cloned()
        .collect();
    let code = |unit: UnitId, period: Period| {
        let found = books.units.get(unit);
        let code = found.and_then(|it| it.code_on(it.day_of_life(books.day_of(period))));
        code.map_or_else(|| unit.to_string(), str::to_owned)
    };
    let named = |unit: UnitId, period: Period| {
        (code(unit, period), crate::forms::name_in(books, unit, period).unwrap_or_default())
    };
    Ok(match format {
        "csv" => ("text/csv; charset=utf-8", block::write(pack, &of_pack, &named, Dialect::Plain)),
        "sdmx" => (sdmx::KIND, sdmx::write(pack, &of_pack, &code).0),
        "dhis2" => {
            let (json, _) = dhis2::write_values(pack, &of_pack, Names::Codes(&code));
            ("application/json", json.into_bytes())
        }
        "adx" => ("application/xml", adx::write(pack, &of_pack, &code, now).0),
        _ => return Err(unknown("format", "csv, sdmx, dhis2, adx")),
    })
}

impl From<&dondoc_exchange::passage::Lost> for LostFigureView {
    fn from(it: &dondoc_exchange::passage::Lost) -> Self {
        Self {
            row: it.place.row,
            indicator: it.cell.as_ref().map(|it| it.series.indicator.clone()),
            what: match &it.what {
                Lack::Period => "period".to_owned(),
                Lack::NoFigure => "no_figure".to_owned(),
                Lack::Field(name) => name.clone(),
            },
        }
    }
}
