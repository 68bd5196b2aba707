//! `/api/registers/{code}/export`, `sheet`, `import`: entries in workbooks and CSV.

use std::collections::BTreeMap;

use axum::{Json, body::Bytes, extract::Path, response::Response};
use dondoc_core::{
    entry::Fields,
    finding::{Fault, Finding, Place},
    pack::Severity,
    unit::{Line as UnitLine, UnitId},
};
use dondoc_exchange::{
    entries::{self, Arrived, Line, MAX_ROWS, Purpose, Row},
    sheets,
};
use dondoc_ledger::register::NewNote;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    Covers,
    listing::{self, EntriesAsked, Listing},
    naming::{Ground, Naming, sheet_name, unit_name, with_paper},
    noting::noted,
    served::attachment,
    view::{RecountedView, all_shown},
};
use crate::{
    ApiError,
    desk::{Desk, over},
    extract::Asked,
    faults::FaultView,
    refusals::Refusals,
};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const CSV: &str = "text/csv; charset=utf-8";
/// The most rows of a sheet that are shown before it is kept; wrong ones come first.
const MAX_SHOWN: usize = 300;
/// The most units that may be chosen in a sheet.
const MAX_UNITS: usize = 4_000;

/// In which form entries go out.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct FormatAsked {
    /// `xlsx` (if nothing is said) or `csv`.
    format: Option<String>,
}

/// Whom a sheet to fill in is for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SheetAsked {
    /// The unit that may be chosen, with those under it; all if nothing is said.
    unit: Option<u32>,
}

/// How a sheet comes in.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ImportAsked {
    /// Whose the rows are that name no unit.
    unit: Option<u32>,
    /// Keeps all rows, if nothing is wrong with any; otherwise they are only read.
    #[serde(default)]
    save: bool,
}

/// What a sheet says.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EntrySheetView {
    n_new: usize,
    /// Rows that say what an entry says already; they are not kept a second time.
    n_same: usize,
    n_wrong: usize,
    /// The wrong ones first; not more than 300.
    rows: Vec<EntrySheetRowView>,
    /// What is wrong with the file as a whole.
    findings: Vec<FaultView>,
    /// Whether the new ones were kept.
    is_saved: bool,
    /// The figures that are other ones now.
    recounted: Vec<RecountedView>,
}

/// A row of a sheet.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EntrySheetRowView {
    /// Its number in the file.
    row: u32,
    /// `new`, `same` or `wrong`.
    state: &'static str,
    unit_name: Option<String>,
    /// What could be read, as it is written in Vietnamese.
    #[schema(value_type = Object)]
    shown: BTreeMap<String, String>,
    findings: Vec<FaultView>,
}

/// The entries that are asked for, as a workbook or as CSV; no cell is ever a formula, and all of it can be read back.
#[utoipa::path(
    get, path = "/api/registers/{code}/export", tag = "registers",
    params(("code" = String, Path, description = "The register: `course`"), EntriesAsked, FormatAsked),
    responses((status = 200, description = "The file",
        content((String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), (String = "text/csv"))), Refusals)
)]
pub(crate) async fn export(
    desk: Desk,
    Path(code): Path<String>,
    Asked(asked): Asked<EntriesAsked>,
    Asked(form): Asked<FormatAsked>,
) -> Result<Response, ApiError> {
    let is_csv = match form.format.as_deref() {
        None | Some("" | "xlsx") => false,
        Some("csv") => true,
        Some(_) => return Err(crate::documents::unknown("format", "xlsx, csv")),
    };
    let (covers, today) = (desk.scope(), desk.today());
    desk.consult(move |ledger| {
        let ground = Ground::of(ledger)?;
        let (pack, register) = ground.register(&code)?;
        let asked = EntriesAsked { withdrawn: false, ..asked };
        let listing = Listing::read(&asked, (register, &ground.units), &covers)?;
        let found = ledger.store().read_within(covers.bound(), |tx| {
            listing::within(tx, (&pack.pack.code, register), false, listing.days(register))
        })?;
        let naming = (Naming::Sheet, today);
        let day = today.strftime("%d/%m/%Y");
        let note = format!("{}. Xuất từ Dondoc ngày {day}.", pack.pack.name.vi);
        let bytes = with_paper((&ground, ledger.store()), (pack, register), naming, |paper| {
            let line = |it: listing::Found| Line { unit: it.entry.now.unit, fields: it.fields };
            let lines: Vec<Line> = listing.pick(paper, found).into_iter().map(line).collect();
            match is_csv {
                true => Ok(entries::write_csv(paper, &lines)),
                false => written(entries::write(paper, &lines, Purpose::Export { note: &note })),
            }
        })?;
        let ending = if is_csv { "csv" } else { "xlsx" };
        let name = format!("{} {today}.{ending}", register.name.vi);
        Ok::<_, ApiError>(attachment(&name, if is_csv { CSV } else { XLSX }, bytes))
    })
    .await
}

/// A workbook to fill in: the headings of the register, and the choices of its columns.
#[utoipa::path(
    get, path = "/api/registers/{code}/sheet", tag = "registers",
    params(("code" = String, Path, description = "The register: `course`"), SheetAsked),
    responses((status = 200, description = "The workbook",
        content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), Refusals)
)]
pub(crate) async fn sheet(
    desk: Desk,
    Path(code): Path<String>,
    Asked(asked): Asked<SheetAsked>,
) -> Result<Response, ApiError> {
    let (covers, today) = (desk.scope(), desk.today());
    asked.unit.map_or(Ok(()), |it| desk.over(UnitId(it)))?;
    desk.consult(move |ledger| {
        let ground = Ground::of(ledger)?;
        let (pack, register) = ground.register(&code)?;
        let units = choosable(&ground, (asked.unit.map(UnitId), &covers), today);
        let naming = (Naming::Sheet, today);
        let bytes = with_paper((&ground, ledger.store()), (pack, register), naming, |paper| {
            written(entries::write(paper, &[], Purpose::FillIn { units: &units }))
        })?;
        let name = format!("{} - nhập.xlsx", register.name.vi);
        Ok::<_, ApiError>(attachment(&name, XLSX, bytes))
    })
    .await
}

/// Reads a sheet: what is wrong in which cell, and what would be added. With `save` all of it is kept, or nothing.
#[utoipa::path(
    post, path = "/api/registers/{code}/import", tag = "registers",
    params(("code" = String, Path, description = "The register: `course`"), ImportAsked),
    request_body(content = String, content_type = "application/octet-stream", description = "A workbook or CSV"),
    responses((status = 200, body = EntrySheetView), Refusals)
)]
pub(crate) async fn import(
    desk: Desk,
    Path(code): Path<String>,
    Asked(asked): Asked<ImportAsked>,
    body: Bytes,
) -> Result<Json<EntrySheetView>, ApiError> {
    let (by, today, covers) = (desk.by(), desk.today(), desk.scope());
    let is_book = sheets::is_workbook(&body);
    let body = desk.app().sheets(body).await?;
    desk.consult(move |ledger| {
        let ground = Ground::of(ledger)?;
        let (pack, register) = ground.register(&code)?;
        let unit = asked.unit.map(UnitId);
        unit.map_or(Ok(()), |it| over(&covers, it))?;
        let kept =
            ledger.store().read(|tx| listing::all(tx, (&pack.pack.code, register), false))?;
        let naming = (Naming::Sheet, today);
        let (read, mut view) =
            with_paper((&ground, ledger.store()), (pack, register), naming, |paper| {
                let arrived = match is_book {
                    true => entries::read(&body, paper, unit),
                    false => entries::read_csv(&body, paper, unit),
                };
                let read = Read::new(arrived, &kept, &covers);
                let view = read.view(|row| {
                    let name = row.unit.map(|it| unit_name(&ground.units, it, today));
                    (name, all_shown(paper, &row.fields))
                });
                (read, view)
            });
        if !asked.save {
            return Ok(Json(view));
        }
        if read.is_wrong() {
            return Err(ApiError::of_findings(read.all_findings()));
        }
        let whose = (pack.pack.code.as_str(), register.code.as_str());
        let new: Vec<NewNote<'_>> = read.new_notes(whose);
        let (_, done) = ledger.keep_entries(&new, (&by, today))?;
        view.recounted = noted(&ground, &done, today).recounted();
        view.is_saved = true;
        Ok(Json(view))
    })
    .await
}

fn written<E: std::fmt::Display>(bytes: Result<Vec<u8>, E>) -> Result<Vec<u8>, ApiError> {
    bytes.map_err(|error| {
        eprintln!("dondoc: {error}");
        ApiError::Internal
    })
}

/// The units that may be chosen, in the official order.
fn choosable(
    ground: &Ground,
    (under, covers): (Option<UnitId>, &Covers),
    today: Date,
) -> Vec<String> {
    let units = &ground.units;
    let tree = units.tree(UnitLine::State, today);
    let is_under = |it: UnitId| {
        under.is_none_or(|under| {
            it == under || units.above(it, UnitLine::State, today).contains(&under)
        })
    };
    let all = tree.units().iter().copied().filter(|it| covers.covers(*it) && is_under(*it));
    all.take(MAX_UNITS).map(|it| sheet_name(units, it, today)).collect()
}

/// A sheet, held against the entries that are there.
struct Read {
    rows: Vec<(Row, State)>,
    findings: Vec<Finding>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    Wrong,
    New,
    Same,
}

impl Read {
    fn new(arrived: Arrived, kept: &[listing::Found], covers: &Covers) -> Self {
        let said = |unit: UnitId, fields: &Fields| {
            (unit, serde_json::to_string(fields).unwrap_or_default())
        };
        // As often as an entry is there, a row is the same; once more is one too many.
        let mut there: BTreeMap<(UnitId, String), usize> = BTreeMap::new();
        for it in kept {
            *there.entry(said(it.entry.now.unit, &it.fields)).or_default() += 1;
        }
        let mut first: BTreeMap<(UnitId, String), u32> = BTreeMap::new();
        let mut rows = Vec::with_capacity(arrived.rows.len());
        for mut row in arrived.rows {
            let place = Place { row: Some(row.number), ..Place::default() };
            if let Some(unit) = row.unit.filter(|it| !covers.covers(*it)) {
                let fault = Fault::UnknownUnit { unit: format!("#{unit}") };
                row.findings.push(Finding { place: place.clone(), fault });
            }
            let mut is_same = false;
            if let Some(unit) = row.unit {
                let key = said(unit, &row.fields);
                if let Some(n) = there.get_mut(&key).filter(|it| **it > 0) {
                    *n -= 1;
                    is_same = true;
                } else if let Some(before) = first.insert(key, row.number)
                    && row.findings.is_empty()
                {
                    let fault = Fault::Duplicate { first: format!("dòng {before}") };
                    row.findings.push(Finding { place, fault });
                }
            }
            let is_wrong = row.findings.iter().any(|it| it.severity() == Severity::Error);
            let state = match (is_wrong, is_same) {
                (true, _) => State::Wrong,
                (false, true) => State::Same,
                (false, false) => State::New,
            };
            rows.push((row, state));
        }
        let mut findings = arrived.findings;
        if rows.len() > MAX_ROWS as usize {
            let fault = Fault::TooManyRows { limit: MAX_ROWS };
            findings.push(Finding { place: Place::default(), fault });
        }
        Self { rows, findings }
    }

    fn n(&self, state: State) -> usize {
        self.rows.iter().filter(|it| it.1 == state).count()
    }

    fn is_wrong(&self) -> bool {
        !self.findings.is_empty() || self.n(State::Wrong) > 0
    }

    fn all_findings(&self) -> Vec<Finding> {
        let of_rows = self.rows.iter().flat_map(|it| it.0.findings.clone());
        self.findings.iter().cloned().chain(of_rows).collect()
    }

    fn new_notes<'a>(&'a self, (pack, register): (&'a str, &'a str)) -> Vec<NewNote<'a>> {
        let new = self.rows.iter().filter(|it| it.1 == State::New);
        let note = |(row, _): &'a (Row, State)| {
            Some(NewNote { pack, register, unit: row.unit?, fields: &row.fields })
        };
        new.filter_map(note).collect()
    }

    fn view(
        &self,
        words: impl Fn(&Row) -> (Option<String>, BTreeMap<String, String>),
    ) -> EntrySheetView {
        let mut shown: Vec<&(Row, State)> = self.rows.iter().collect();
        shown.sort_by_key(|it| (it.1, it.0.number));
        let row = |(row, state): &(Row, State)| {
            let (unit_name, shown) = words(row);
            EntrySheetRowView {
                row: row.number,
                state: match state {
                    State::Wrong => "wrong",
                    State::New => "new",
                    State::Same => "same",
                },
                unit_name,
                shown,
                findings: row.findings.iter().map(FaultView::from).collect(),
            }
        };
        EntrySheetView {
            n_new: self.n(State::New),
            n_same: self.n(State::Same),
            n_wrong: self.n(State::Wrong),
            rows: shown.into_iter().take(MAX_SHOWN).map(row).collect(),
            findings: self.findings.iter().map(FaultView::from).collect(),
            is_saved: false,
            recounted: Vec::new(),
        }
    }
}
