//! `/api/tasks.ics`: deadlines as a calendar (RFC 5545), for whatever calendar people look into.

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use dondoc_core::access::Scope;
use dondoc_ledger::Books;
use dondoc_store::tasks::Task;
use jiff::{Timestamp, civil::Date};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    ApiError,
    desk::Desk,
    extract::Asked,
    followup::cited,
    refusals::Refusals,
    tasks::board::{Board, name_of},
};

/// The most octets of a line, without its end (RFC 5545, 3.1).
const LINE_OCTETS: usize = 75;

/// Which calendar is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct CalendarAsked {
    /// An API token of the account with the right to read; calendars can't sign in.
    #[expect(dead_code, reason = "it is looked at where the account is found, before this")]
    token: Option<String>,
}

/// The deadlines of tasks that are not over, as iCalendar.
#[utoipa::path(
    get, path = "/api/tasks.ics", tag = "tasks", params(CalendarAsked),
    responses((status = 200, content_type = "text/calendar", description = "RFC 5545"), Refusals)
)]
pub(crate) async fn get(desk: Desk, Asked(_): Asked<CalendarAsked>) -> Result<Response, ApiError> {
    let (today, now, scope) = (desk.today(), desk.by().at, desk.scope());
    let text = desk.consult(move |ledger| {
        let board = Board::load(ledger, today, scope.bound())?;
        Ok::<_, ApiError>(ledger.look(|books| calendar(books, &board, &scope, now)))
    });
    let kind = HeaderValue::from_static("text/calendar; charset=utf-8");
    let name = HeaderValue::from_static("attachment; filename=\"dondoc.ics\"");
    let headers = [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, text.await?).into_response())
}

fn calendar(books: &Books, board: &Board, scope: &Scope, now: Timestamp) -> String {
    let mut out = String::new();
    for property in
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Dondoc//Dondoc//VI", "CALSCALE:GREGORIAN"]
    {
        line(&mut out, property);
    }
    line(&mut out, "X-WR-CALNAME:Thời hạn nhiệm vụ");
    let is_listed =
        |it: &&Task| it.lead.is_some() && !it.course.stage.is_over() && board.is_seen(it, scope);
    for task in board.tasks().filter(is_listed) {
        if let Some(due) = task.course.due {
            event(&mut out, (books, board), (task, due), now);
        }
    }
    line(&mut out, "END:VCALENDAR");
    out
}

fn event(
    out: &mut String,
    (books, board): (&Books, &Board),
    (task, due): (&Task, Date),
    now: Timestamp,
) {
    let lead = task.lead.and_then(|it| name_of(&books.units, it, board.today)).unwrap_or_default();
    let text: String = task.order.text.chars().take(200).collect();
    let state = board.state(task).vietnamese();
    let basic = |day: Date| day.strftime("%Y%m%d").to_string();
    let next = due.tomorrow().unwrap_or(due);
    line(out, "BEGIN:VEVENT");
    line(out, &format!("UID:task-{}@dondoc", task.id));
    line(out, &format!("DTSTAMP:{}", now.strftime("%Y%m%dT%H%M%SZ")));
    line(out, &format!("SEQUENCE:{}", task.version));
    line(out, &format!("DTSTART;VALUE=DATE:{}", basic(due)));
    line(out, &format!("DTEND;VALUE=DATE:{}", basic(next)));
    line(out, &format!("SUMMARY:{}", escaped(&format!("Hạn: {text}"))));
    let about = format!("{lead} · {state} · {}", cited(board, task));
    line(out, &format!("DESCRIPTION:{}", escaped(&about)));
    line(out, "TRANSP:TRANSPARENT");
    line(out, "END:VEVENT");
}

/// A text in a property (RFC 5545, 3.3.11).
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            it if it.is_control() => out.push(' '),
            it => out.push(it),
        }
    }
    out
}

/// Writes a line, folded so that no part is longer than 75 octets and no letter is cut.
fn line(out: &mut String, text: &str) {
    let mut n_octets = 0;
    for letter in text.chars() {
        if n_octets + letter.len_utf8() > LINE_OCTETS {
            out.push_str("\r\n ");
            n_octets = 1;
        }
        out.push(letter);
        n_octets += letter.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_letters_and_unfold_to_what_they_were() {
        let text = format!("SUMMARY:{}", escaped(&"Đôn đốc; rà soát, báo cáo\n".repeat(12)));
        let mut folded = String::new();
        line(&mut folded, &text);
        assert!(folded.split("\r\n").all(|it| it.len() <= LINE_OCTETS));
        assert!(folded.matches("\r\n").count() > 5);
        assert_eq!(folded.trim_end_matches("\r\n").replace("\r\n ", ""), text);
    }

    #[test]
    fn what_has_a_meaning_in_a_calendar_is_escaped() {
        assert_eq!(escaped("a,b;c\\d\ne\rf"), "a\\,b\\;c\\\\d\\ne f");
    }
}
