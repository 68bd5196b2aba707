//! Tasks that are given by hand, and how any task is kept once.

use axum::http::HeaderMap;
use dondoc_core::{
    task::{Origin, TaskKind, addressee::Directory},
    unit::{Line, UnitId},
};
use dondoc_ledger::{Books, Ledger};
use dondoc_store::{
    Action, By, Tx,
    idempotency::Once,
    tasks::{Beside, Now, Order, TaskError, giving::NewTask},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;

use super::{board::Board, reach::Reach, views::Views};
use crate::{ApiError, ask, completeness::calendar, desk::Desk, documents::unknown, handing::key};

/// No text of a task is longer.
const MAX_TEXT_CHARS: usize = 20_000;

/// A task that is given by hand.
#[derive(Debug, Clone, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TaskSent {
    text: String,
    label: Option<String>,
    /// `meeting`, `inspection` or `hand` (if nothing is said).
    origin: Option<String>,
    /// The meeting or inspection in words.
    source: Option<String>,
    /// The number in the book of incoming documents.
    arrival: Option<String>,
    /// A document of the library that it is from.
    document: Option<i64>,
    programme: Option<String>,
    component: Option<String>,
    /// The unit that gives it; that of the account if nothing is said.
    giver: Option<u32>,
    /// The unit that leads.
    lead: Option<u32>,
    /// Several units, each of which then has a task of its own under one of all.
    #[serde(default)]
    leads: Vec<u32>,
    /// Groups all of whose units lead: `communes`, `departments`, `party_committees`, `organisations`.
    #[serde(default)]
    groups: Vec<String>,
    #[serde(default)]
    coordinates: Vec<u32>,
    /// Who answers for it: `Chủ tịch`.
    office: Option<String>,
    /// `deadline` (if there is a day), `standing` (if it falls due again), `regular` or `ad_hoc`.
    kind: Option<String>,
    #[schema(format = Date)]
    due: Option<String>,
    /// `month/day/1/25`, `quarter/day/3/20`, `year/day/11/30`, `quarter/after/5` (working days after the round).
    recurrence: Option<String>,
    product: Option<String>,
    note: Option<String>,
}

impl TaskSent {
    fn read(self, books: &Books, reach: &Reach) -> Result<NewTask, ApiError> {
        let today = reach.today;
        let text = self.text.trim().to_owned();
        if text.is_empty() || text.chars().count() > MAX_TEXT_CHARS {
            let detail = format!("`text`: 1 – {MAX_TEXT_CHARS}");
            return Err(ApiError::BadValue { detail });
        }
        let giver = self.giver.map_or_else(|| reach.home(books), |it| Ok(UnitId(it)))?;
        let directory = Directory::new(&books.units, giver, today);
        let groups = super::groups(&self.groups)?;
        let mut leads: Vec<UnitId> = self.lead.into_iter().chain(self.leads).map(UnitId).collect();
        for group in &groups {
            leads.extend(directory.members(*group, None));
        }
        let mut seen = std::collections::HashSet::new();
        leads.retain(|it| seen.insert(*it));
        let coordinates: Vec<UnitId> = self.coordinates.into_iter().map(UnitId).collect();
        for unit in leads.iter().chain(&coordinates).chain([&giver]) {
            if books.units.get(*unit).is_none() {
                return Err(ApiError::BadValue { detail: format!("`unit`: {}", unit.0) });
            }
        }
        for unit in leads.iter().chain([&giver]) {
            reach.over(*unit)?;
        }
        let recurrence =
            ask::some(self.recurrence).map(|it| it.parse()).transpose().map_err(|_| {
                unknown("recurrence", "month/day/1/25, year/day/11/30, quarter/after/5")
            })?;
        let due = first_due(ask::day("due", self.due)?, recurrence, today)?;
        let kind = kind_of(self.kind.as_deref(), due.is_some(), recurrence.is_some())?;
        let origin = ask::some(self.origin).unwrap_or_else(|| "hand".to_owned());
        let origin = Origin::by_code(&origin)
            .ok_or_else(|| unknown("origin", "document, meeting, hand, inspection"))?;
        let order = Order {
            text,
            label: ask::some(self.label),
            origin,
            source: ask::some(self.source),
            arrival: ask::some(self.arrival),
            document_id: self.document,
            finding_id: None,
            programme: ask::some(self.programme),
            component: ask::some(self.component),
            giver,
            groups,
            office: ask::some(self.office),
            kind,
            recurrence,
            product: ask::some(self.product),
            note: ask::some(self.note),
            parent_id: None,
        };
        let beside = Beside { coordinates, addressed: Vec::new() };
        Ok(NewTask { order, leads, beside, due })
    }
}

/// The day of the first round of a standing task, where none is set.
pub(crate) fn first_due(
    due: Option<Date>,
    recurrence: Option<dondoc_core::task::recurrence::Recurrence>,
    today: Date,
) -> Result<Option<Date>, ApiError> {
    let Some(rule) = recurrence.filter(|_| due.is_none()) else { return Ok(due) };
    let calendar = calendar().ok_or(ApiError::Internal)?;
    let yesterday = today.yesterday().unwrap_or(today);
    let next = rule.next_after(yesterday, calendar);
    next.map(Some).map_err(|error| ApiError::BadValue { detail: error.to_string() })
}

/// The kind that was said, if it fits; else the one that follows.
fn kind_of(said: Option<&str>, has_due: bool, recurs: bool) -> Result<TaskKind, ApiError> {
    let kind = match said.filter(|it| !it.is_empty()) {
        Some(code) => TaskKind::by_code(code)
            .ok_or_else(|| unknown("kind", "deadline, standing, regular, ad_hoc"))?,
        None if recurs => TaskKind::Standing,
        None if has_due => TaskKind::Deadline,
        None => TaskKind::Regular,
    };
    let is_sound = match kind {
        TaskKind::Deadline => has_due && !recurs,
        TaskKind::Standing => recurs,
        TaskKind::Regular | TaskKind::AdHoc => !recurs,
    };
    let detail = || "`kind`: deadline + due, standing + recurrence".to_owned();
    if is_sound { Ok(kind) } else { Err(ApiError::BadValue { detail: detail() }) }
}

/// The unit that gives where nobody says: the root of the State's line.
pub(crate) fn root(books: &Books, today: Date) -> Result<UnitId, ApiError> {
    books.units.tree(Line::State, today).units().first().copied().ok_or(ApiError::NotFound)
}

pub(super) async fn give(
    desk: &Desk,
    headers: HeaderMap,
    sent: TaskSent,
) -> Result<Value, ApiError> {
    let request = request(&headers, desk.actor(), ("task.give", &sent))?;
    let (by, today, reach) = (desk.by(), desk.today(), Reach::of(desk));
    desk.consult(move |ledger| {
        let new = ledger.look(|books| sent.read(books, &reach))?;
        once(ledger, request, (&by, today), |tx, now| {
            let task = dondoc_store::tasks::giving::give(tx, &new, now)?;
            Ok((vec![task.id], "task.give"))
        })
        .and_then(|ids| view(ledger, &ids, today).map(first))
    })
    .await
}

fn first(views: Value) -> Value {
    match views {
        Value::Array(mut all) if !all.is_empty() => all.swap_remove(0),
        other => other,
    }
}

/// The tasks of these numbers as they stand now, as JSON.
pub(crate) fn view(ledger: &Ledger, ids: &[i64], today: Date) -> Result<Value, ApiError> {
    let board = Board::load_all(ledger, today)?;
    Ok(ledger.look(|books| {
        let views = Views { board: &board, books };
        let found = ids.iter().filter_map(|id| board.get(*id)).map(|it| views.task(it));
        serde_json::to_value(found.collect::<Vec<_>>()).unwrap_or_default()
    }))
}

/// The key of a request and the digest of what it asks for.
pub(crate) fn request<T: Serialize>(
    headers: &HeaderMap,
    actor: &str,
    asked: (&'static str, &T),
) -> Result<Option<(String, [u8; 32])>, ApiError> {
    let json = serde_json::to_vec(&(asked.0, asked.1)).unwrap_or_default();
    Ok(key(headers, actor)?.map(|it| (it, Sha256::digest(json).into())))
}

/// Writes once for a key; gives the numbers of what was written, then and when it is asked for again.
pub(crate) fn once(
    ledger: &Ledger,
    request: Option<(String, [u8; 32])>,
    (by, today): (&By, Date),
    mut work: impl FnMut(&mut Tx<'_>, Now<'_>) -> Result<(Vec<i64>, &'static str), TaskError>,
) -> Result<Vec<i64>, ApiError> {
    let calendar = calendar().ok_or(ApiError::Internal)?;
    let now = Now { by, on: today, calendar };
    let mut told = |tx: &mut Tx<'_>| -> Result<(Vec<i64>, Action), TaskError> {
        let (ids, verb) = work(tx, now)?;
        let object = ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
        Ok((ids, Action { by: by.clone(), verb, object }))
    };
    let Some((key, sha256)) = request else { return Ok(ledger.store().write(told)?) };
    let answer = ledger.store().write_once(&key, &sha256, |tx| {
        let (ids, action) = told(tx)?;
        Ok::<_, TaskError>((serde_json::to_vec(&ids).unwrap_or_default(), action))
    })?;
    match answer {
        Once::Done(ids) | Once::Known(ids) => {
            serde_json::from_slice(&ids).map_err(|_| ApiError::Internal)
        }
        Once::OtherRequest => Err(ApiError::KeyReused),
    }
}
