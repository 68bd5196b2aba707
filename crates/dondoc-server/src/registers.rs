//! `/api/registers/{code}/entries`: events that are noted down, from which figures are counted.

#![expect(
    clippy::result_large_err,
    reason = "a refusal says what was typed; there is one for a cell at most"
)]

use axum::{
    Json,
    extract::{Path, State},
};
use dondoc_core::{
    entry::{FieldValue, Fields},
    finding::{Fault, Finding, Place},
    pack::{Field, FieldKind, Pack, Register},
    unit::UnitId,
};
use dondoc_exchange::number::{self, Entered};
use dondoc_ledger::{Books, register::NewNote};
use dondoc_store::registers::{self, Entry, EntryFilter};
use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::{IntoParams, ToSchema};

use crate::{
    ApiError, App, ask,
    extract::{Asked, Sent},
    faults::FaultView,
    refusals::Refusals,
};

/// An event as it is noted down.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EntrySent {
    /// Whose.
    unit: u32,
    /// By the codes of the register's fields: words, days and codes as text, numbers as text or whole numbers, several
    /// as lists.
    #[schema(value_type = Object)]
    fields: Map<String, Value>,
}

/// Which entries are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct EntriesAsked {
    unit: Option<u32>,
    /// From this day.
    #[param(value_type = Option<String>, format = Date)]
    from: Option<String>,
    /// To this day.
    #[param(value_type = Option<String>, format = Date)]
    to: Option<String>,
}

/// An entry that was kept.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NotedView {
    id: i64,
    /// The blocks of what was counted anew.
    blocks: Vec<i64>,
    /// What is unusual about it.
    findings: Vec<FaultView>,
}

/// Entries in the order of their days.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EntryList {
    items: Vec<EntryView>,
}

/// An entry as it now stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EntryView {
    id: i64,
    version: i64,
    unit: u32,
    /// The day that puts it into a period.
    #[schema(format = Date)]
    occurred_on: String,
    /// As they are kept, each with its kind.
    #[schema(value_type = Object)]
    fields: Map<String, Value>,
    by: String,
    #[schema(format = DateTime)]
    at: String,
    reason: Option<String>,
}

/// The entries of a register.
#[utoipa::path(
    get, path = "/api/registers/{code}/entries", tag = "registers",
    params(("code" = String, Path, description = "The register: `course`"), EntriesAsked),
    responses((status = 200, body = EntryList), Refusals)
)]
pub(crate) async fn list(
    State(app): State<App>,
    Path(code): Path<String>,
    Asked(asked): Asked<EntriesAsked>,
) -> Result<Json<EntryList>, ApiError> {
    let from = ask::day("from", asked.from)?.unwrap_or(date(1900, 1, 1));
    let to = ask::day("to", asked.to)?.unwrap_or(date(9999, 12, 31));
    app.consult(move |ledger| {
        let pack = ledger.look(|books| {
            let (pack, _) = register(books, &code).ok_or(ApiError::NotFound)?;
            Ok::<_, ApiError>(pack.pack.code.clone())
        })?;
        let unit = asked.unit.map(UnitId);
        let filter = EntryFilter { pack: &pack, register: &code, unit, from, to, withdrawn: false };
        let found = ledger.store().read(|tx| registers::list(tx, &filter))?;
        Ok::<_, ApiError>(Json(EntryList {
            items: found.into_iter().map(EntryView::from).collect(),
        }))
    })
    .await
}

/// Notes an event down; what is counted from it is counted anew at once.
#[utoipa::path(
    post, path = "/api/registers/{code}/entries", tag = "registers", request_body = EntrySent,
    params(("code" = String, Path, description = "The register: `course`")),
    responses((status = 200, body = NotedView), Refusals)
)]
pub(crate) async fn note(
    State(app): State<App>,
    Path(code): Path<String>,
    Sent(sent): Sent<EntrySent>,
) -> Result<Json<NotedView>, ApiError> {
    let (by, today) = (app.by(), app.today());
    app.consult(move |ledger| {
        let (pack, fields) = ledger.look(|books| {
            let (pack, register) = register(books, &code).ok_or(ApiError::NotFound)?;
            books.units.get(UnitId(sent.unit)).ok_or(ApiError::NotFound)?;
            Ok::<_, ApiError>((pack.pack.code.clone(), read(register, &sent.fields)))
        })?;
        let fields = fields.map_err(ApiError::of_findings)?;
        let new =
            NewNote { pack: &pack, register: &code, unit: UnitId(sent.unit), fields: &fields };
        let noted = ledger.keep_entry(&new, (&by, today))?;
        Ok::<_, ApiError>(Json(NotedView {
            id: noted.entry_id,
            blocks: noted.blocks.iter().map(|it| it.0).collect(),
            findings: noted.findings.iter().map(FaultView::from).collect(),
        }))
    })
    .await
}

fn register<'b>(books: &'b Books, code: &str) -> Option<(&'b Pack, &'b Register)> {
    books.programmes.packs().iter().find_map(|pack| Some((pack, pack.register(code)?)))
}

/// The fields as they are meant; all that can't be read, each at its field.
fn read(register: &Register, sent: &Map<String, Value>) -> Result<Fields, Vec<Finding>> {
    let mut fields = Fields::new();
    let mut findings = Vec::new();
    for (code, value) in sent.iter().filter(|it| !it.1.is_null()) {
        let fault = match register.fields.iter().find(|it| it.code == *code) {
            None => Fault::UnknownField { field: code.clone() },
            Some(field) => match read_field(field, value) {
                Ok(value) => {
                    fields.insert(code.clone(), value);
                    continue;
                }
                Err(fault) => fault,
            },
        };
        findings
            .push(Finding { place: Place { cell: Some(code.clone()), ..Place::default() }, fault });
    }
    if findings.is_empty() { Ok(fields) } else { Err(findings) }
}

fn read_field(field: &Field, value: &Value) -> Result<FieldValue, Fault> {
    let wrong = || Fault::WrongKind { field: field.name.vi.clone(), wanted: field.kind };
    let text = || value.as_str().map(str::to_owned).ok_or_else(wrong);
    let unit = |it: &Value| {
        it.as_u64().and_then(|it| u32::try_from(it).ok()).map(UnitId).ok_or_else(wrong)
    };
    let list = || value.as_array().ok_or_else(wrong);
    Ok(match field.kind {
        FieldKind::Text => FieldValue::Text(text()?),
        FieldKind::Choice => FieldValue::Choice(text()?),
        FieldKind::Day => FieldValue::Day(text()?.parse::<Date>().map_err(|_| wrong())?),
        FieldKind::YesNo => FieldValue::YesNo(value.as_bool().ok_or_else(wrong)?),
        FieldKind::Number => FieldValue::Number(read_number(field, value)?),
        FieldKind::Document => FieldValue::Document(value.as_i64().ok_or_else(wrong)?),
        FieldKind::Unit => FieldValue::Unit(unit(value)?),
        FieldKind::Units => FieldValue::Units(list()?.iter().map(unit).collect::<Result<_, _>>()?),
        FieldKind::Choices => {
            let code = |it: &Value| it.as_str().map(str::to_owned).ok_or_else(wrong);
            FieldValue::Choices(list()?.iter().map(code).collect::<Result<_, _>>()?)
        }
    })
}

fn read_number(field: &Field, value: &Value) -> Result<i64, Fault> {
    let wrong = || Fault::WrongKind { field: field.name.vi.clone(), wanted: field.kind };
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) if number.is_i64() => number.to_string(),
        _ => return Err(wrong()),
    };
    // A whole number of JSON has no marks that could be read in two ways.
    if value.is_number() {
        return number::read_plain(&text, field.decimals);
    }
    let measure = field.measure.as_deref().unwrap_or_default();
    match number::read(&text, number::Field { decimals: field.decimals, measure })?.entered {
        Entered::Number(number) => Ok(number),
        _ => Err(wrong()),
    }
}

impl From<Entry> for EntryView {
    fn from(it: Entry) -> Self {
        Self {
            id: it.id,
            version: it.now.version,
            unit: it.now.unit.0,
            occurred_on: it.now.occurred_on.to_string(),
            fields: it.now.fields,
            by: it.now.by.actor,
            at: it.now.by.at.to_string(),
            reason: it.now.reason,
        }
    }
}
