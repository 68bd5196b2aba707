//! `/api/notices`: what happened to the tasks of the account's units, and the digest of the day.
//!
//! Nothing is sent outside. The digest is worked out when it is read, as of 7:30 in Viet Nam.

use axum::Json;
use dondoc_core::{countersign::Standing, task::TaskState, unit::UnitId};
use dondoc_ledger::{Books, Ledger};
use dondoc_store::{
    Action, StoreError, countersigns,
    notices::{self, Notice},
    tasks::Task,
};
use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Time, time},
    tz::{Offset, TimeZone},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    ApiError,
    countersigns::{Asker, CountersignView, seen as countersign},
    desk::Desk,
    extract::Sent,
    refusals::Refusals,
    tasks::{
        board::Board,
        reach::Reach,
        views::{UnitName, named},
    },
};

/// When a digest comes out, in Viet Nam.
const DIGEST_AT: Time = time(7, 30, 0, 0);
/// No more of what takes two people is looked through.
const MAX_COUNTERSIGNS: usize = 50;
/// Notices on the list.
const MAX_NOTICES: usize = 200;

/// Notices, newest first, the digest of the day before them.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NoticeList {
    items: Vec<NoticeView>,
    n_unread: usize,
}

/// A notice.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NoticeView {
    /// What `POST /api/notices/read` takes: its number, `digest/2026-03-14`, or `countersign/7/open`.
    what: String,
    /// `digest`, `countersign` (another's request waits for this account, or its own was decided), `letter`, `given`, or the step: `report`, `confirm`, `return`, `ask_extension`, `grant_extension`,
    /// `refuse_extension`, `cancel`.
    kind: String,
    #[schema(format = DateTime)]
    at: String,
    is_read: bool,
    /// The words of the task; null of what is about several.
    text: Option<String>,
    task: Option<i64>,
    letter: Option<i64>,
    /// The unit whose accounts it is for; null of a digest.
    unit: Option<UnitName>,
    n_tasks: i64,
    /// Whose doing it tells of; the program's of a digest.
    by: String,
    digest: Option<DigestView>,
    /// What takes two people.
    countersign: Option<Box<CountersignView>>,
}

/// What waits for the units of the account, as of 7:30; numbers of tasks.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct DigestView {
    /// Past their deadline.
    late: Vec<i64>,
    /// Due within the days of the first notice.
    soon: Vec<i64>,
    /// Sent back.
    returned: Vec<i64>,
    /// Reported, or a later day asked for: the account's units decide.
    to_decide: Vec<i64>,
    /// To be told to the head of the unit.
    to_escalate: Vec<i64>,
}

/// What was read.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReadSent {
    /// As `what` of the list says.
    what: Vec<String>,
}

/// The notices to the account, and the digest of the day.
#[utoipa::path(
    get, path = "/api/notices", tag = "notices",
    responses((status = 200, body = NoticeList), Refusals)
)]
pub(crate) async fn list(desk: Desk) -> Result<Json<NoticeList>, ApiError> {
    let (asker, reach) = (Asker::of(&desk), Reach::of(&desk));
    desk.consult(move |ledger| view(ledger, &asker, &reach).map(Json)).await
}

/// Notes that the account has read notices, and gives those that are left.
#[utoipa::path(
    post, path = "/api/notices/read", tag = "notices", request_body = ReadSent,
    responses((status = 200, body = NoticeList), Refusals)
)]
pub(crate) async fn read(
    desk: Desk,
    Sent(sent): Sent<ReadSent>,
) -> Result<Json<NoticeList>, ApiError> {
    if sent.what.len() > MAX_NOTICES + 1 || !sent.what.iter().all(|it| is_known(it)) {
        let known = "1, 2, 3 …, digest/YYYY-MM-DD, countersign/1/open";
        return Err(crate::documents::unknown("what", known));
    }
    let (asker, reach) = (Asker::of(&desk), Reach::of(&desk));
    desk.consult(move |ledger| {
        let by = &asker.by;
        if !sent.what.is_empty() {
            ledger.store().write(|tx| {
                for what in &sent.what {
                    notices::mark(tx, what, by)?;
                }
                let object = sent.what.join(",");
                Ok::<_, StoreError>(((), Action { by: by.clone(), verb: "notice.read", object }))
            })?;
        }
        view(ledger, &asker, &reach).map(Json)
    })
    .await
}

fn is_known(what: &str) -> bool {
    what.parse::<i64>().is_ok()
        || what.strip_prefix("digest/").is_some_and(|it| it.parse::<Date>().is_ok())
        || what.strip_prefix("countersign/").and_then(|it| it.split_once('/')).is_some_and(
            |(id, state)| id.parse::<i64>().is_ok() && Standing::by_code(state).is_some(),
        )
}

fn view(ledger: &Ledger, asker: &Asker, reach: &Reach) -> Result<NoticeList, ApiError> {
    let by = &asker.by;
    let waiting = of_countersigns(ledger, asker)?;
    let (day, at) = last_digest(by.at).ok_or(ApiError::Internal)?;
    // One of the whole installation is told of all units; who may not read tasks hears nothing of them here either.
    let (own, seen) = (reach.own(), ledger.look(|books| reach.scope_of("task.read", books)));
    let board = Board::load(ledger, day, seen.bound())?;
    let what = format!("digest/{day}");
    let (found, read_at) = ledger.store().read_within(seen.bound(), |tx| {
        // Those of other units are among them, so more are read than are shown.
        let found = notices::newest(tx, &by.actor, MAX_NOTICES * 20)?;
        Ok::<_, StoreError>((found, notices::read_at(tx, &by.actor, &what)?))
    })?;
    let is_for =
        |unit: UnitId| own.as_ref().is_none_or(|own| own.contains(&unit)) && seen.covers(unit);
    ledger.look(|books| {
        let digest = digest(&board, books, &is_for);
        let n_tasks = digest.n_tasks();
        let mut items = Vec::new();
        if n_tasks > 0 {
            items.push(NoticeView {
                what,
                kind: "digest".to_owned(),
                at: at.to_string(),
                is_read: read_at.is_some(),
                text: None,
                task: None,
                letter: None,
                unit: None,
                n_tasks,
                by: "dondoc".to_owned(),
                digest: Some(digest),
                countersign: None,
            });
        }
        items.extend(waiting);
        let own = found.into_iter().filter(|it| is_for(it.unit) && it.by.actor != by.actor);
        items.extend(own.take(MAX_NOTICES).map(|it| one(books, &board, it)));
        let n_unread = items.iter().filter(|it| !it.is_read).count();
        Ok(NoticeList { items, n_unread })
    })
}

fn one(books: &Books, board: &Board, it: Notice) -> NoticeView {
    NoticeView {
        what: it.id.to_string(),
        kind: it.kind,
        at: it.by.at.to_string(),
        is_read: it.read_at.is_some(),
        text: it.task_id.and_then(|id| board.get(id)).map(|it| it.order.text.clone()),
        task: it.task_id,
        letter: it.letter_id,
        unit: Some(named(books, it.unit, board.today)),
        n_tasks: it.n_tasks,
        by: it.by.actor,
        digest: None,
        countersign: None,
    }
}

/// What waits for this account to confirm, and what became of what it asked for itself.
fn of_countersigns(ledger: &Ledger, asker: &Asker) -> Result<Vec<NoticeView>, ApiError> {
    let mut items = Vec::new();
    if !asker.takes_part() {
        return Ok(items);
    }
    let all = ledger.store().read(|tx| countersigns::newest(tx, MAX_COUNTERSIGNS))?;
    for kept in &all {
        let Some(it) = ledger.look(|books| countersign(books, kept, asker)) else { continue };
        let decided = kept.decided.as_ref().filter(|it| it.actor != asker.by.actor);
        let told = match (it.is_own(), it.may_decide(), decided) {
            (true, _, Some(by)) => by,
            (false, true, _) => &kept.asked,
            _ => continue,
        };
        let what = format!("countersign/{}/{}", kept.id, it.state());
        let read_at = ledger.store().read(|tx| notices::read_at(tx, &asker.by.actor, &what))?;
        items.push(NoticeView {
            what,
            kind: "countersign".to_owned(),
            at: told.at.to_string(),
            is_read: read_at.is_some(),
            text: None,
            task: None,
            letter: None,
            unit: None,
            n_tasks: 0,
            by: told.actor.clone(),
            digest: None,
            countersign: Some(Box::new(it)),
        });
    }
    Ok(items)
}

/// The last 7:30 in Viet Nam that has passed: its day, and the moment.
fn last_digest(now: Timestamp) -> Option<(Date, Timestamp)> {
    let zone = TimeZone::fixed(Offset::constant(7));
    let local = zone.to_datetime(now);
    let day = if local.time() < DIGEST_AT { local.date().yesterday().ok()? } else { local.date() };
    let at = day.to_datetime(DIGEST_AT).checked_sub(7.hours()).ok()?;
    Some((day, TimeZone::UTC.to_timestamp(at).ok()?))
}

fn digest(board: &Board, books: &Books, is_for: &dyn Fn(UnitId) -> bool) -> DigestView {
    let mut digest = DigestView::default();
    let is_with_lead = |it: &Task| it.course.stage.is_with_the_lead();
    for task in board.tasks().filter(|it| !it.course.stage.is_over() && it.lead.is_some()) {
        if task.lead.is_some_and(is_for) && is_with_lead(task) {
            match board.state(task) {
                TaskState::Overdue => digest.late.push(task.id),
                TaskState::Returned => digest.returned.push(task.id),
                _ => {
                    let rules =
                        crate::tasks::board::rules_of(books, task.order.programme.as_deref());
                    let most = u32::from(rules.first_notice_before);
                    if board.days_left(task).is_some_and(|it| it <= most) {
                        digest.soon.push(task.id);
                    }
                }
            }
        }
        if is_for(task.order.giver) {
            if !is_with_lead(task) || task.course.asked_until.is_some() {
                digest.to_decide.push(task.id);
            }
            let due = board.notice_due(books, task);
            if due == Some(dondoc_core::followup::NoticeKind::Escalation) {
                digest.to_escalate.push(task.id);
            }
        }
    }
    digest
}

impl DigestView {
    fn n_tasks(&self) -> i64 {
        let lists = [&self.late, &self.soon, &self.returned, &self.to_decide, &self.to_escalate];
        let all: std::collections::BTreeSet<i64> = lists.into_iter().flatten().copied().collect();
        i64::try_from(all.len()).unwrap_or(i64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_comes_out_at_half_past_seven_in_viet_nam() {
        let on = |now: &str| {
            let (day, at) = last_digest(now.parse().unwrap()).unwrap();
            (day.to_string(), at.to_string())
        };
        let first = ("2026-11-20".to_owned(), "2026-11-20T00:30:00Z".to_owned());
        let second = ("2026-11-21".to_owned(), "2026-11-21T00:30:00Z".to_owned());
        assert_eq!(on("2026-11-21T00:29:59Z"), first);
        assert_eq!(on("2026-11-21T00:30:00Z"), second);
        assert_eq!(on("2026-11-21T16:59:59Z"), second);
    }
}
