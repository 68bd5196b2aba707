//! `/api/followup`: the book that the law prescribes, and who is late.

use std::collections::BTreeMap;

use axum::{
    Json,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use dondoc_core::{access::Scope, kind, unit::UnitId};
use dondoc_ledger::{
    Books, Ledger,
    owed::{Owed, Timing},
};
use dondoc_store::tasks::{Task, documents::Head};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    ApiError,
    desk::Desk,
    error::Bilingual,
    extract::Asked,
    owed::question,
    refusals::Refusals,
    task::refusal::vi_day,
    tasks::{
        board::{Board, name_of},
        views::{TaskView, UnitName, Views, day, named},
    },
};

mod book;
pub(crate) mod expected;
mod letter;
pub(crate) mod letters;

/// Which part of the book is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct BookAsked {
    /// Tasks that were given in this year; all if nothing is said.
    year: Option<i16>,
    /// A unit that leads.
    unit: Option<u32>,
    /// Only those that are not over.
    #[serde(default)]
    open: bool,
    /// `json` (if nothing is said) or `xlsx`.
    r#as: Option<String>,
}

/// The follow-up book (*sổ theo dõi giải quyết văn bản đến*).
///
/// # Source
///
/// Decree 30/2020/NĐ-CP, annex IV, part VIII: seven columns.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BookView {
    items: Vec<BookLine>,
}

/// A line of the book, column by column.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BookLine {
    task_id: i64,
    /// 1: the number in the book of incoming documents.
    arrival: Option<String>,
    /// 2: type, number, day and issuer of the document.
    document: String,
    /// What it asks; under the document in the second column.
    text: String,
    /// 3: the unit that answers for it.
    unit: Option<String>,
    /// 4: the day to be done by.
    #[schema(format = Date)]
    due: Option<String>,
    /// 5: how far it has come, in words.
    progress: String,
    /// The state of it.
    state: &'static str,
    /// 6: the document that answers it.
    reply: Option<String>,
    /// 7: a note.
    note: Option<String>,
}

/// Who is late, unit by unit, the one with most first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LateView {
    #[schema(format = Date)]
    today: String,
    n_tasks: usize,
    n_reports: usize,
    items: Vec<LateUnit>,
}

/// What a unit is late with.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LateUnit {
    unit: UnitName,
    /// The latest first.
    tasks: Vec<TaskView>,
    /// The latest first.
    reports: Vec<LateReport>,
    /// Of its tasks: when it was reminded last.
    #[schema(format = Date)]
    reminded_on: Option<String>,
}

/// A report that is late.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct LateReport {
    form: String,
    form_name: Bilingual,
    period: String,
    /// `final` or `estimate`.
    kind: &'static str,
    #[schema(format = Date)]
    due: Option<String>,
    days_late: u32,
}

/// The follow-up book, on the screen or as a workbook.
#[utoipa::path(
    get, path = "/api/followup/book", tag = "follow-up", params(BookAsked),
    responses((status = 200, description = "With `as=xlsx` a workbook",
        content((BookView = "application/json"), (String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))), Refusals)
)]
pub(crate) async fn book(desk: Desk, Asked(asked): Asked<BookAsked>) -> Result<Response, ApiError> {
    let as_workbook = match asked.r#as.as_deref() {
        None | Some("" | "json") => false,
        Some("xlsx") => true,
        Some(_) => return Err(crate::documents::unknown("as", "json, xlsx")),
    };
    let (today, scope) = (desk.today(), desk.scope());
    let view = desk.consult(move |ledger| {
        let board = Board::load(ledger, today, scope.bound())?;
        let fits = |it: &&Task| {
            it.lead.is_some()
                && asked.year.is_none_or(|year| it.given_on.year() == year)
                && asked.unit.is_none_or(|unit| it.lead == Some(UnitId(unit)))
                && (!asked.open || !it.course.stage.is_over())
                && board.is_seen(it, &scope)
        };
        let items = ledger
            .look(|books| board.tasks().filter(fits).map(|it| line(&board, books, it)).collect());
        Ok::<_, ApiError>(BookView { items })
    });
    let view = view.await?;
    if !as_workbook {
        return Ok(Json(view).into_response());
    }
    let bytes = book::workbook(&view.items).map_err(|error| {
        eprintln!("dondoc: {error}");
        ApiError::Internal
    })?;
    let name = format!("attachment; filename=\"so-theo-doi-{today}.xlsx\"");
    let name = HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("attachment"));
    let kind = HeaderValue::from_static(book::KIND);
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)], bytes).into_response())
}

/// Who is late with tasks and reports, unit by unit.
#[utoipa::path(
    get, path = "/api/followup/late", tag = "follow-up",
    responses((status = 200, body = LateView), Refusals)
)]
pub(crate) async fn late(desk: Desk) -> Result<Json<LateView>, ApiError> {
    let (today, scope) = (desk.today(), desk.scope());
    desk.consult(move |ledger| {
        let board = Board::load(ledger, today, scope.bound())?;
        let reports = late_reports(ledger, (&scope, scope.bound()), today)?;
        let by_unit = late_tasks(&board, &scope);
        let mut units: Vec<UnitId> = by_unit.keys().chain(reports.keys()).copied().collect();
        units.sort_unstable();
        units.dedup();
        ledger.look(|books| {
            let views = Views { board: &board, books };
            let of_unit = |unit: &UnitId| {
                let tasks = by_unit.get(unit).map_or(&[][..], Vec::as_slice);
                let sent =
                    tasks.iter().filter_map(|it| board.around(it).sent.last().map(|it| it.on));
                LateUnit {
                    unit: named(books, *unit, today),
                    reminded_on: day(sent.max()),
                    tasks: tasks.iter().map(|it| views.task(it)).collect(),
                    reports: reports.get(unit).cloned().unwrap_or_default(),
                }
            };
            let mut items: Vec<LateUnit> = units.iter().map(of_unit).collect();
            items.sort_by_key(|it| std::cmp::Reverse(it.tasks.len() * 1_000 + it.reports.len()));
            Ok::<_, ApiError>(Json(LateView {
                today: today.to_string(),
                n_tasks: items.iter().map(|it| it.tasks.len()).sum(),
                n_reports: items.iter().map(|it| it.reports.len()).sum(),
                items,
            }))
        })
    })
    .await
}

/// The late tasks of each lead unit, the latest first.
pub(crate) fn late_tasks<'b>(board: &'b Board, scope: &Scope) -> BTreeMap<UnitId, Vec<&'b Task>> {
    let mut by_unit: BTreeMap<UnitId, Vec<&Task>> = BTreeMap::new();
    for task in board.tasks().filter(|it| board.is_late(it) && board.is_seen(it, scope)) {
        // One that was reported, if late, waits for the giver, not for its lead.
        if let Some(lead) = task.lead.filter(|_| task.course.stage.is_with_the_lead()) {
            by_unit.entry(lead).or_default().push(task);
        }
    }
    for tasks in by_unit.values_mut() {
        tasks.sort_by_key(|it| (it.course.due, it.id));
    }
    by_unit
}

/// The late reports of each unit, the latest first.
pub(crate) fn late_reports(
    ledger: &Ledger,
    (scope, bound): (&Scope, &Scope),
    today: Date,
) -> Result<BTreeMap<UnitId, Vec<LateReport>>, ApiError> {
    let concerns = |it: UnitId| scope.is_whole() || scope.covers(it);
    let all = ledger.within(bound).owed(&question(today, &concerns)?)?;
    ledger.look(|books| {
        let mut by_unit: BTreeMap<UnitId, Vec<LateReport>> = BTreeMap::new();
        for owed in all.iter().filter(|it| !it.is_done()) {
            if let Some(report) = late_report(books, owed) {
                by_unit.entry(owed.expected.unit).or_default().push(report);
            }
        }
        for reports in by_unit.values_mut() {
            reports.sort_by_key(|it| std::cmp::Reverse(it.days_late));
        }
        Ok(by_unit)
    })
}

fn late_report(books: &Books, owed: &Owed) -> Option<LateReport> {
    let Timing::Late { days: days_late } = owed.timing else { return None };
    let it = &owed.expected;
    let (_, form) = books.programmes.form(&it.form)?;
    Some(LateReport {
        form: it.form.clone(),
        form_name: (&form.name).into(),
        period: it.period.to_string(),
        kind: crate::owed::kind_code(it.kind),
        due: it.due.map(|it| it.on.to_string()),
        days_late,
    })
}

fn line(board: &Board, books: &Books, task: &Task) -> BookLine {
    let state = board.state(task);
    let mut progress = state.vietnamese().to_owned();
    if !task.course.stage.is_over() && task.percent > 0 {
        progress = format!("{progress}, {} %", task.percent);
    }
    let sent = board.around(task).sent;
    let reminded =
        sent.last().map(|it| format!("đã đôn đốc {} lần, gần nhất {}", sent.len(), vi_day(it.on)));
    let note: Vec<String> = task.order.note.clone().into_iter().chain(reminded).collect();
    BookLine {
        task_id: task.id,
        arrival: task.order.arrival.clone(),
        document: cited(board, task),
        text: task.order.text.clone(),
        unit: task.lead.and_then(|it| name_of(&books.units, it, board.today)),
        due: day(task.course.due),
        progress,
        state: state.code(),
        reply: task.reply.clone(),
        note: (!note.is_empty()).then(|| note.join("; ")),
    }
}

/// Where a task is from, as documents are cited: type, number, day, issuer.
pub(crate) fn cited(board: &Board, task: &Task) -> String {
    match board.head(task) {
        Some(head) => cite(head),
        None => {
            let source = task.order.source.clone();
            source.unwrap_or_else(|| task.order.origin.vietnamese().to_owned())
        }
    }
}

fn cite(head: &Head) -> String {
    // As a sentence begins: Kế hoạch, not kế hoạch.
    let name = kind::by_code(&head.kind).map_or(head.kind.as_str(), |it| it.name);
    let mut letters = name.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    let mut parts = vec![format!("{first}{}", letters.as_str())];
    parts.extend(head.number.as_ref().map(|it| format!("số {it}")));
    parts.extend(head.issued_on.map(|it| format!("ngày {}", vi_day(it))));
    parts.extend(head.issuer.as_ref().map(|it| format!("của {it}")));
    parts.join(" ")
}
