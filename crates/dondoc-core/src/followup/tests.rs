//! When notices go out, against days that were counted on a paper calendar.

use jiff::civil::date;

use super::*;
use crate::unit::UnitId;

const RULES: FollowUpRules =
    FollowUpRules { first_notice_before: 3, repeat_every: 5, escalate_after: 10 };

/// What is due on a day about a task that is due on Friday 13 March 2026; `sent` as `repeat 2026-03-16`.
#[track_caller]
fn check(stage: Stage, sent: &str, today: &str, expected: Option<NoticeKind>) {
    let course = Course { stage, due: Some(date(2026, 3, 13)), asked_until: None };
    let sent: Vec<Sent> = sent
        .lines()
        .map(|line| line.split_once(' ').unwrap())
        .map(|(kind, on)| Sent {
            kind: NoticeKind::by_code(kind).unwrap(),
            on: on.parse().unwrap(),
        })
        .collect();
    let calendar = Calendar::vietnam().unwrap();
    let due = notice_due(RULES, &course, &sent, (today.parse().unwrap(), &calendar));
    assert_eq!(due.unwrap(), expected, "{today}");
}

#[test]
fn the_first_notice_goes_out_three_working_days_before_and_once() {
    check(Stage::Assigned, "", "2026-03-09", None);
    check(Stage::Assigned, "", "2026-03-10", Some(NoticeKind::First));
    check(Stage::Assigned, "first 2026-03-10", "2026-03-12", None);
    // Sent for an earlier deadline.
    check(Stage::Begun, "first 2026-02-10", "2026-03-12", Some(NoticeKind::First));
}

#[test]
fn a_late_task_is_followed_up_every_five_working_days() {
    check(Stage::Begun, "first 2026-03-10", "2026-03-14", Some(NoticeKind::Repeat));
    check(Stage::Begun, "repeat 2026-03-16", "2026-03-20", None);
    check(Stage::Begun, "repeat 2026-03-16", "2026-03-23", Some(NoticeKind::Repeat));
}

#[test]
fn after_ten_working_days_the_head_is_told_once() {
    check(Stage::Begun, "repeat 2026-03-25", "2026-03-26", None);
    check(Stage::Begun, "repeat 2026-03-25", "2026-03-27", Some(NoticeKind::Escalation));
    check(Stage::Begun, "escalation 2026-03-27", "2026-04-02", None);
    check(Stage::Begun, "escalation 2026-03-27", "2026-04-03", Some(NoticeKind::Repeat));
}

#[test]
fn a_reported_task_is_left_in_peace() {
    let reported = Stage::Reported { by: "Lan".to_owned(), on: date(2026, 3, 20) };
    for stage in [reported, Stage::Done { reported_on: date(2026, 3, 1) }, Stage::Cancelled] {
        check(stage, "", "2026-04-20", None);
    }
}

fn plan() -> ExpectedDocument {
    ExpectedDocument {
        code: "VB-01".to_owned(),
        name: Text::default(),
        kind: "KH".to_owned(),
        words: vec!["giáo dục quốc phòng".to_owned(), "GDQP".to_owned()],
        level: Level::Commune,
        by_month: 2,
        by_day: 31,
        basis: Vec::new(),
    }
}

fn issued(unit: u32, kind: &str, title: &str, on: Date) -> Issued {
    let title = Some(title.to_owned());
    Issued {
        document_id: i64::from(unit),
        unit: UnitId(unit),
        kind: kind.to_owned(),
        title,
        on: Some(on),
    }
}

#[test]
fn a_yearly_document_is_missing_from_the_day_after_its_day() {
    let units = [1, 2, 3, 4].map(|it| (UnitId(it), Level::Commune));
    let there = [
        issued(1, "KH", "về công tác giáo dục quốc phòng và an ninh năm 2026", date(2026, 1, 9)),
        issued(2, "KH", "giáo dục quốc phòng năm 2025", date(2025, 1, 9)),
        issued(3, "BC", "kết quả giáo dục quốc phòng", date(2026, 1, 9)),
        issued(4, "KH", "Kế hoạch GDQP", date(2026, 1, 9)),
    ];
    let on = |day| {
        let missing = missing(&[plan()], &units, &there, (2026, day));
        missing.iter().map(|it| (it.unit.0, it.due)).collect::<Vec<_>>()
    };
    assert_eq!(on(date(2026, 2, 28)), []);
    assert_eq!(on(date(2026, 3, 1)), [(2, date(2026, 2, 28)), (3, date(2026, 2, 28))]);
}

#[test]
fn a_unit_is_covered_by_its_first_document() {
    let there = [
        issued(1, "KH", "sau", date(2026, 3, 9)),
        Issued { document_id: 9, ..issued(1, "KH", "trước", date(2026, 1, 9)) },
    ];
    let found = covered(&[UnitId(1), UnitId(2)], &there);
    assert_eq!(found[&UnitId(1)].as_ref().unwrap().document_id, 9);
    assert_eq!(found[&UnitId(2)], None);
}
