//! `/api/followup/letters`: from the late list to official letters, one to each unit, in one action.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Cursor, Write as _},
};

use axum::{
    Json,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use dondoc_core::{
    access::Scope,
    followup::NoticeKind,
    task::addressee::signing_name,
    unit::{Line, UnitId},
};
use dondoc_ledger::{Books, Ledger};
use dondoc_store::tasks::{
    Task,
    sending::{self, NewLetter},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use zip::{ZipWriter, write::SimpleFileOptions};

use super::{LateReport, cited, late_reports, late_tasks, letter::Letter};
use crate::{
    ApiError,
    desk::Desk,
    extract::{Id, Sent},
    refusals::Refusals,
    task::{TaskRefusal, refusal::vi_day},
    tasks::{
        board::{Board, name_of},
        giving::{once, request},
        reach::Reach,
        views::{UnitName, named},
    },
};

/// To whom letters go, and about what.
#[derive(Debug, Clone, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LettersSent {
    /// Tasks that are not over; each goes into the letter to its lead unit.
    #[serde(default)]
    tasks: Vec<i64>,
    /// Units; all late tasks and reports of each go into its letter.
    #[serde(default)]
    units: Vec<u32>,
    /// The unit that sends; that of the account if nothing is said.
    sender: Option<u32>,
}

/// Letters that were made together.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LetterBatch {
    /// All of them as one ZIP file: `GET /api/followup/letters/{id}`.
    id: i64,
    letters: Vec<LetterView>,
}

/// A letter to a unit.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LetterView {
    id: i64,
    unit: UnitName,
    /// The name of the file.
    name: String,
    /// A short text to copy.
    words: String,
}

/// Makes an official letter to each unit, with a notice in the program, and logs each on its tasks.
#[utoipa::path(
    post, path = "/api/followup/letters", tag = "follow-up", request_body = LettersSent,
    params(("Idempotency-Key" = Option<String>, Header, description = "Given once, done once")),
    responses((status = 201, body = LetterBatch), Refusals)
)]
pub(crate) async fn send(
    desk: Desk,
    headers: HeaderMap,
    Sent(sent): Sent<LettersSent>,
) -> Result<(StatusCode, Json<LetterBatch>), ApiError> {
    let request = request(&headers, desk.actor(), ("followup.letters", &sent))?;
    let (by, today, reach) = (desk.by(), desk.today(), Reach::of(&desk));
    desk.consult(move |ledger| {
        let letters = letters(ledger, &sent, &reach)?;
        let ids = once(ledger, request, (&by, today), |tx, now| {
            Ok((vec![sending::send(tx, &letters, now)?.0], "followup.letters"))
        })?;
        let id = ids.first().copied().ok_or(ApiError::Internal)?;
        let kept = ledger.store().read(|tx| sending::letters(tx, id))?;
        let letters = ledger.look(|books| {
            let view = |it: sending::Letter| LetterView {
                id: it.id,
                unit: named(books, it.unit, today),
                name: it.name,
                words: it.words,
            };
            kept.into_iter().map(view).collect()
        });
        Ok::<_, ApiError>((StatusCode::CREATED, Json(LetterBatch { id, letters })))
    })
    .await
}

/// The letters of a batch as one ZIP file.
#[utoipa::path(
    get, path = "/api/followup/letters/{id}", tag = "follow-up",
    params(("id" = i64, Path, description = "The batch")),
    responses(
        (status = 200, content_type = "application/zip", description = "The letters"),
        Refusals,
    )
)]
pub(crate) async fn get(desk: Desk, Id(id): Id) -> Result<Response, ApiError> {
    let scope = desk.scope();
    let bound = desk.scope();
    let letters = desk
        .ask(move |store| store.read_within(bound.bound(), |tx| sending::letters(tx, id)))
        .await?;
    let letters: Vec<_> = letters.into_iter().filter(|it| scope.covers(it.unit)).collect();
    if letters.is_empty() {
        return Err(ApiError::NotFound);
    }
    let bytes = packed(&letters).map_err(|error| {
        eprintln!("dondoc: {error}");
        ApiError::Internal
    })?;
    let name = format!("attachment; filename=\"cong-van-don-doc-{id}.zip\"");
    let name = HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("attachment"));
    let kind = HeaderValue::from_static("application/zip");
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)], bytes).into_response())
}

fn packed(letters: &[sending::Letter]) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for letter in letters {
        zip.start_file(letter.name.as_str(), SimpleFileOptions::default())?;
        zip.write_all(&letter.bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// What a letter is about.
#[derive(Default)]
struct Matter<'b> {
    tasks: Vec<&'b Task>,
    reports: Vec<LateReport>,
}

fn letters(ledger: &Ledger, sent: &LettersSent, reach: &Reach) -> Result<Vec<NewLetter>, ApiError> {
    let board = Board::load_all(ledger, reach.today)?;
    let matters = matters(ledger, &board, sent, &reach.scope)?;
    for unit in matters.keys() {
        reach.over(*unit)?;
    }
    if matters.is_empty() {
        return Err(ApiError::Task(TaskRefusal::nothing_to_send()));
    }
    ledger.look(|books| {
        let sender = match sent.sender {
            Some(unit) => UnitId(unit),
            None => reach.home(books)?,
        };
        reach.over(sender)?;
        if books.units.get(sender).is_none() {
            return Err(ApiError::BadValue { detail: format!("`sender`: {}", sender.0) });
        }
        matters
            .iter()
            .enumerate()
            .map(|(at, (unit, matter))| one(books, &board, (at + 1, sender, *unit), matter))
            .collect()
    })
}

fn matters<'b>(
    ledger: &Ledger,
    board: &'b Board,
    sent: &LettersSent,
    scope: &Scope,
) -> Result<BTreeMap<UnitId, Matter<'b>>, ApiError> {
    let mut matters: BTreeMap<UnitId, Matter<'b>> = BTreeMap::new();
    let chosen: BTreeSet<i64> = sent.tasks.iter().copied().collect();
    for id in chosen {
        let task = board.get(id).filter(|it| board.is_seen(it, scope)).ok_or(ApiError::NotFound)?;
        // A task of several units is followed up with those whose part is not done.
        let parts: Vec<&Task> =
            if task.lead.is_none() { board.parts(task).collect() } else { vec![task] };
        for part in parts.into_iter().filter(|it| it.course.stage.is_with_the_lead()) {
            if let Some(lead) = part.lead {
                matters.entry(lead).or_default().tasks.push(part);
            }
        }
    }
    if !sent.units.is_empty() {
        let tasks = late_tasks(board, scope);
        let reports = late_reports(ledger, (scope, &Scope::whole()), board.today)?;
        for unit in sent.units.iter().copied().map(UnitId) {
            let (tasks, reports) = (tasks.get(&unit), reports.get(&unit));
            if tasks.is_none() && reports.is_none() {
                continue;
            }
            let matter = matters.entry(unit).or_default();
            for task in tasks.into_iter().flatten() {
                if !matter.tasks.iter().any(|it| it.id == task.id) {
                    matter.tasks.push(task);
                }
            }
            matter.reports = reports.cloned().unwrap_or_default();
        }
    }
    Ok(matters)
}

fn one(
    books: &Books,
    board: &Board,
    (number, sender, unit): (usize, UnitId, UnitId),
    matter: &Matter<'_>,
) -> Result<NewLetter, ApiError> {
    let (units, today) = (&books.units, board.today);
    let signed =
        |unit: UnitId| signing_name(units, unit, today).or_else(|| name_of(units, unit, today));
    let to = signed(unit).ok_or(ApiError::NotFound)?;
    let from = signed(sender).ok_or(ApiError::NotFound)?;
    let above = units.above(sender, Line::State, today).first().and_then(|it| signed(*it));
    let place = name_of_place(books, sender, today);
    let (n_tasks, n_reports) = (matter.tasks.len(), matter.reports.len());
    let what = match (n_tasks, n_reports) {
        (0, n) => format!("{n} báo cáo quá hạn"),
        (n, 0) => format!("{n} nhiệm vụ"),
        (n, m) => format!("{n} nhiệm vụ và {m} báo cáo quá hạn"),
    };
    let letter = Letter {
        above: above.as_deref(),
        sender: &from,
        place: &place,
        year: today.year(),
        to: &to,
        subject: "đôn đốc thực hiện nhiệm vụ, báo cáo",
        opening: vec![format!(
            "Qua theo dõi, đến ngày {}, {to} còn {what} chưa hoàn thành theo yêu cầu, cụ thể như sau:",
            vi_day(today)
        )],
        rows: rows(board, matter),
        closing: vec![
            format!(
                "{from} đề nghị {to} khẩn trương thực hiện, báo cáo kết quả và nêu rõ nguyên nhân chậm, thời gian hoàn thành đối với từng nội dung nêu trên."
            ),
            "Trong quá trình thực hiện nếu có khó khăn, vướng mắc, đề nghị phản ánh kịp thời để được xem xét, giải quyết./.".to_owned(),
        ],
    };
    let bytes = letter.write().map_err(|error| {
        eprintln!("dondoc: {error}");
        ApiError::Internal
    })?;
    let kind = |task: &&Task| {
        let usual = if board.is_late(task) { NoticeKind::Repeat } else { NoticeKind::First };
        (task.id, board.notice_due(books, task).unwrap_or(usual))
    };
    Ok(NewLetter {
        unit,
        sender,
        name: format!("{number:03}-{}.docx", plain(&to)),
        words: words(&from, &to, matter, &what),
        bytes,
        tasks: matter.tasks.iter().map(kind).collect(),
    })
}

fn rows(board: &Board, matter: &Matter<'_>) -> Vec<[String; 4]> {
    let task = |it: &&Task| {
        let late = board.days_late(it).map(|n| format!("{n} ngày làm việc"));
        let due = it.course.due.map(vi_day).unwrap_or_default();
        [it.order.text.clone(), cited(board, it), due, late.unwrap_or_default()]
    };
    let report = |it: &LateReport| {
        let due = it.due.as_deref().and_then(|it| it.parse().ok()).map(vi_day);
        let what = format!("{}, kỳ {}", it.form_name.vi, period_words(&it.period));
        [
            what,
            format!("Biểu {}", it.form),
            due.unwrap_or_default(),
            format!("{} ngày", it.days_late),
        ]
    };
    matter.tasks.iter().map(task).chain(matter.reports.iter().map(report)).collect()
}

/// The short text to copy into whatever people talk in.
fn words(from: &str, to: &str, matter: &Matter<'_>, what: &str) -> String {
    let mut text = format!("{from} đề nghị {to} khẩn trương hoàn thành {what}:");
    for task in &matter.tasks {
        let due = task.course.due.map(|it| format!(" (hạn {})", vi_day(it))).unwrap_or_default();
        let words: String = task.order.text.chars().take(160).collect();
        text.push_str(&format!("\n- {words}{due}"));
    }
    for report in &matter.reports {
        text.push_str(&format!("\n- {}, kỳ {}", report.form_name.vi, period_words(&report.period)));
    }
    text
}

/// `2026-03` → `tháng 3/2026`.
fn period_words(period: &str) -> String {
    match period.split_once('-') {
        None => format!("năm {period}"),
        Some((year, "9M")) => format!("9 tháng năm {year}"),
        Some((year, part)) => match part.split_at_checked(1) {
            Some(("Q", n)) => format!("quý {n}/{year}"),
            Some(("H", n)) => {
                format!("6 tháng {} năm {year}", if n == "1" { "đầu" } else { "cuối" })
            }
            _ => format!("tháng {}/{year}", part.trim_start_matches('0')),
        },
    }
}

/// The place of issue: the name of the territory of the sender, or around it.
fn name_of_place(books: &Books, sender: UnitId, today: Date) -> String {
    let territory = |it: &UnitId| {
        let unit = books.units.get(*it)?;
        unit.kind_on(today)?.level()?;
        unit.name_on(today).map(str::to_owned)
    };
    let around = books.units.above(sender, Line::State, today);
    let place = std::iter::once(sender).chain(around).find_map(|it| territory(&it));
    place.unwrap_or_else(|| "[địa danh]".to_owned())
}

/// A name for a file: letters and digits without accents.
fn plain(name: &str) -> String {
    let bare = dondoc_core::fold::bare(name);
    let letters = bare.chars().map(|it| if it.is_ascii_alphanumeric() { it } else { '-' });
    letters.collect::<String>().split('-').filter(|it| !it.is_empty()).collect::<Vec<_>>().join("-")
}
