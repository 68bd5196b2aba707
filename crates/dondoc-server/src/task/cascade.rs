//! `/api/tasks/{id}/cascade`: a task that a unit gives on to units below it.

use axum::{
    Json,
    http::{HeaderMap, StatusCode},
};
use dondoc_core::{task::TaskKind, unit::UnitId};
use dondoc_ledger::Ledger;
use dondoc_store::tasks::{self, Beside, Order, Task, giving::NewTask};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{allow, find};
use crate::{
    ApiError, ask,
    desk::Desk,
    documents::unknown,
    extract::{Id, Sent},
    refusals::Refusals,
    tasks::{
        giving::{once, request, view},
        reach::{Reach, Side},
        views::TaskView,
    },
};

/// A task that a unit gives on to units below it.
#[derive(Debug, Clone, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CascadeSent {
    /// Each has a task of its own.
    units: Vec<u32>,
    /// The words of the task itself if nothing is said.
    text: Option<String>,
    /// Not after the day of the task itself; that day if nothing is said.
    #[schema(format = Date)]
    due: Option<String>,
    product: Option<String>,
}

/// Gives a task on to units below its lead, each of which has one of its own under it.
#[utoipa::path(
    post, path = "/api/tasks/{id}/cascade", tag = "tasks", request_body = CascadeSent,
    params(
        ("id" = i64, Path, description = "The task"),
        ("Idempotency-Key" = Option<String>, Header, description = "Given once, done once"),
    ),
    responses((status = 201, body = Vec<TaskView>), Refusals)
)]
pub(crate) async fn cascade(
    desk: Desk,
    headers: HeaderMap,
    Id(id): Id,
    Sent(sent): Sent<CascadeSent>,
) -> Result<(StatusCode, Json<serde_json::Value>), ApiError> {
    let request = request(&headers, desk.actor(), ("task.cascade", &(id, &sent)))?;
    let (by, today, reach) = (desk.by(), desk.today(), Reach::of(&desk));
    let given = desk.consult(move |ledger| {
        let whole = find(ledger, id)?;
        let side = if whole.lead.is_some() { Side::Lead } else { Side::Giver };
        allow(ledger, &reach, &whole, side)?;
        for unit in &sent.units {
            reach.over(UnitId(*unit))?;
        }
        let parts = parts(ledger, &whole, &sent)?;
        let ids = once(ledger, request, (&by, today), |tx, now| {
            let mut ids = Vec::with_capacity(parts.len());
            for part in &parts {
                ids.push(tasks::giving::give(tx, part, now)?.id);
            }
            Ok((ids, "task.cascade"))
        })?;
        view(ledger, &ids, today)
    });
    Ok((StatusCode::CREATED, Json(given.await?)))
}

fn parts(ledger: &Ledger, whole: &Task, sent: &CascadeSent) -> Result<Vec<NewTask>, ApiError> {
    if whole.course.stage.is_over() {
        return Err(ApiError::WrongState);
    }
    if sent.units.is_empty() {
        return Err(unknown("units", "1, 2, 3 …"));
    }
    let due = ask::day("due", sent.due.clone())?.or(whole.course.due);
    ledger.look(|books| {
        let part = |unit: &u32| {
            let unit = UnitId(*unit);
            if books.units.get(unit).is_none() {
                return Err(ApiError::BadValue { detail: format!("`units`: {}", unit.0) });
            }
            let said = ask::some(sent.text.clone());
            let from = whole.order.clone();
            let order = Order {
                text: said.unwrap_or(from.text),
                arrival: None,
                finding_id: None,
                giver: whole.lead.unwrap_or(from.giver),
                groups: Vec::new(),
                office: None,
                kind: match due {
                    Some(_) => TaskKind::Deadline,
                    None => TaskKind::Regular,
                },
                recurrence: None,
                product: ask::some(sent.product.clone()).or(from.product),
                note: None,
                parent_id: Some(whole.id),
                ..from
            };
            Ok(NewTask { order, leads: vec![unit], beside: Beside::default(), due })
        };
        sent.units.iter().map(part).collect()
    })
}
