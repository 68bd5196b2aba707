use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;
use crate::{
    figure::Status,
    pack::{Closing, Deadline, Form, Frequency, Level},
    period::Period,
    unit::UnitId,
};

fn vietnam() -> Calendar {
    Calendar::vietnam().unwrap()
}

fn sure(on: Date) -> Due {
    Due { on, sure: true }
}

fn deadline(level: Level, working_days: u16) -> Deadline {
    Deadline {
        level,
        every: Vec::new(),
        working_days: Some(working_days),
        hours: None,
        again_hours: None,
        estimate_by_day: None,
    }
}

fn form(code: &str, every: &[Frequency], deadlines: Vec<Deadline>) -> Form {
    Form {
        code: code.into(),
        name: Text::default(),
        version: 1,
        every: every.to_vec(),
        closing: Closing::Decree09,
        deadlines,
        level: Level::Both,
        route: Text::default(),
        columns: Vec::new(),
        rows: Vec::new(),
        basis: Vec::new(),
    }
}

#[test]
fn the_calendar_that_comes_along_is_sound() {
    let calendar = vietnam();
    assert_eq!(calendar.years().collect::<Vec<_>>(), [2024, 2025, 2026, 2027]);
    assert_eq!(calendar.is_settled(2026), Some(true));
    assert_eq!(calendar.is_settled(2027), Some(false));
    assert!(calendar.years().all(|it| !calendar.source(it).unwrap().is_empty()));
}

/// The Labour Code gives 11 days (article 112), those on a day of rest being moved; every swapped day adds one.
#[test]
fn days_off_in_the_week_are_as_many_as_announced() {
    let calendar = vietnam();
    for (year, n_expected) in [(2024, 12), (2025, 12), (2026, 13)] {
        let days = date(year, 1, 1).series(jiff::ToSpan::day(1)).take_while(|it| it.year() == year);
        let is_off = |it: &Date| {
            matches!(calendar.kind(*it), Ok(DayKind::Off(_))) && !super::is_weekend(*it)
        };
        assert_eq!(days.filter(is_off).count(), n_expected, "{year}");
    }
}

/// Worked out by hand from the announcement for Tết 2026: offices rest from Saturday 14 to Sunday 22 February.
#[test]
fn deadlines_step_over_tet() {
    let calendar = vietnam();
    for (closed_on, working_days, on) in [
        // Thursday 12 February: one day later is Friday 13, the last before the holiday.
        (date(2026, 2, 12), 1, date(2026, 2, 13)),
        (date(2026, 2, 12), 2, date(2026, 2, 23)),
        // Saturday 14 February is the closing day of the month under Decree 09.
        (date(2026, 2, 14), 1, date(2026, 2, 23)),
        (date(2026, 2, 14), 2, date(2026, 2, 24)),
        (date(2026, 2, 14), 3, date(2026, 2, 25)),
        (date(2026, 2, 20), 1, date(2026, 2, 23)),
        (date(2026, 2, 22), 5, date(2026, 2, 27)),
        (date(2026, 2, 22), 6, date(2026, 3, 2)),
    ] {
        assert_eq!(calendar.after(closed_on, working_days), Ok(sure(on)), "{closed_on}");
    }
}

/// The same by hand for days that are worked for others, and for holidays on a Sunday.
#[test]
fn make_up_days_are_worked() {
    let calendar = vietnam();
    for (closed_on, working_days, on) in [
        // Friday 9 January 2026: Saturday 10 is worked for 2 January.
        (date(2026, 1, 9), 1, date(2026, 1, 10)),
        (date(2026, 1, 9), 2, date(2026, 1, 12)),
        (date(2025, 12, 31), 1, date(2026, 1, 5)),
        // Saturday 26 April 2025 is worked for Friday 2 May.
        (date(2025, 4, 25), 1, date(2025, 4, 26)),
        (date(2025, 4, 29), 1, date(2025, 5, 5)),
        // Hùng Kings 2026 is Sunday 26 April; Monday 27 is off for it.
        (date(2026, 4, 24), 1, date(2026, 4, 28)),
        (date(2024, 4, 26), 1, date(2024, 5, 2)),
        (date(2024, 5, 3), 1, date(2024, 5, 4)),
        (date(2026, 8, 28), 1, date(2026, 9, 3)),
    ] {
        assert_eq!(calendar.after(closed_on, working_days), Ok(sure(on)), "{closed_on}");
    }
}

#[test]
fn no_working_days_means_the_day_itself_or_the_next() {
    let calendar = vietnam();
    assert_eq!(calendar.after(date(2026, 3, 13), 0), Ok(sure(date(2026, 3, 13))));
    assert_eq!(calendar.after(date(2026, 3, 14), 0), Ok(sure(date(2026, 3, 16))));
    assert_eq!(calendar.at_latest(date(2026, 2, 16)), Ok(sure(date(2026, 2, 13))));
}

#[test]
fn unknown_years_are_told_and_open_days_make_unsure() {
    let calendar = vietnam();
    let unknown = Err(CalendarError::UnknownYear(2028));
    assert_eq!(calendar.after(date(2027, 12, 31), 1), unknown);
    assert_eq!(calendar.after(date(2028, 3, 1), 1), unknown);
    // 24 November 2026 may be off: the deadline is the earlier day, and says so.
    let due = calendar.after(date(2026, 11, 23), 1).unwrap();
    assert_eq!(due, Due { on: date(2026, 11, 24), sure: false });
    assert!(calendar.after(date(2026, 11, 24), 1).unwrap().sure);
    assert!(!calendar.after(date(2027, 3, 1), 1).unwrap().sure);
}

#[test]
fn a_calendar_that_contradicts_itself_is_refused() {
    let year = |rest: &str| {
        Calendar::read(&format!("[[year]]\nyear = 2030\nsettled = true\nsource = \"x\"\n{rest}"))
    };
    let name = "name = { vi = \"a\" }";
    assert!(year("off = []").is_ok());
    for rest in [
        format!("off = [{{ from = \"2031-01-01\", to = \"2031-01-01\", {name} }}]"),
        format!("off = [{{ from = \"2030-01-02\", to = \"2030-01-01\", {name} }}]"),
        format!(
            "off = [{{ from = \"2030-01-01\", to = \"2030-01-03\", {name} }}, {{ from = \"2030-01-02\", to = \"2030-01-04\", {name} }}]"
        ),
        // A Tuesday is no make-up day.
        format!(
            "off = [{{ from = \"2030-01-02\", to = \"2030-01-02\", {name} }}]\nworks = [{{ on = \"2030-01-01\", instead_of = \"2030-01-02\" }}]"
        ),
        "off = []\nworks = [{ on = \"2030-01-05\", instead_of = \"2030-01-02\" }]".to_owned(),
        "off = []\n[[year]]\nyear = 2030\nsettled = true\nsource = \"x\"\noff = []".to_owned(),
    ] {
        assert!(matches!(year(&rest), Err(CalendarError::Contradiction { .. })), "{rest}");
    }
    assert!(matches!(year("off = 1"), Err(CalendarError::Unreadable(_))));
}

#[test]
fn each_level_has_its_own_deadline() {
    let form = form(
        "B02",
        &[Frequency::Month, Frequency::Year],
        vec![
            deadline(Level::Commune, 1),
            Deadline { every: vec![Frequency::Year], ..deadline(Level::Province, 10) },
            deadline(Level::Province, 3),
        ],
    );
    let days = |level, period: &str| {
        form.deadline(level, period.parse().unwrap()).unwrap().working_days.unwrap()
    };
    assert_eq!(days(Level::Commune, "2026-01"), 1);
    assert_eq!(days(Level::Province, "2026-01"), 3);
    assert_eq!(days(Level::Province, "2026"), 10);
}

#[test]
fn an_estimate_is_due_before_the_year_closes() {
    let calendar = vietnam();
    let year = Period::Year { year: 2025 };
    let deadline = Deadline { estimate_by_day: Some(5), ..deadline(Level::Both, 2) };
    let estimate = deadline.estimate_due(year, Closing::Decree09, &calendar);
    assert_eq!(estimate, Ok(Some(sure(date(2025, 12, 5)))));
    // 14 December 2025 is a Sunday.
    let due = deadline.due(year, Closing::Decree09, &calendar);
    assert_eq!(due, Ok(Some(sure(date(2025, 12, 16)))));
    assert_eq!(deadline.due(year, Closing::OwnDates, &calendar), Ok(None));
    // 6 December 2025 is a Saturday: the Friday before counts.
    let on_saturday = Deadline { estimate_by_day: Some(6), ..deadline };
    let estimate = on_saturday.estimate_due(year, Closing::Decree09, &calendar);
    assert_eq!(estimate, Ok(Some(sure(date(2025, 12, 5)))));
}

fn reporters() -> Vec<Reporter> {
    let commune = |it| Reporter { unit: UnitId(it), level: Level::Commune };
    vec![commune(11), commune(12), Reporter { unit: UnitId(1), level: Level::Province }]
}

#[test]
fn expected_reports_are_those_that_close_within_the_days() {
    let monthly = Form {
        level: Level::Commune,
        ..form("B01", &[Frequency::Month], vec![deadline(Level::Commune, 1)])
    };
    let yearly = form(
        "B03",
        &[Frequency::Half, Frequency::NineMonths, Frequency::Year, Frequency::Event],
        vec![Deadline {
            every: vec![Frequency::Year],
            estimate_by_day: Some(5),
            ..deadline(Level::Both, 3)
        }],
    );
    let days = date(2025, 9, 1)..=date(2025, 12, 31);
    let all = expected(&[monthly, yearly], &reporters(), &days, &vietnam()).unwrap();
    let of = |code: &str, unit: u32| -> Vec<String> {
        let of = all.iter().filter(|it| it.form == code && it.unit == UnitId(unit));
        of.map(|it| format!("{} {:?}", it.period, it.kind)).collect()
    };
    assert_eq!(of("B01", 11), ["2025-09 Final", "2025-10 Final", "2025-11 Final", "2025-12 Final"]);
    assert_eq!(of("B01", 1), Vec::<String>::new());
    let yearly = ["2025-H2 Final", "2025-9M Final", "2025 Estimate", "2025 Final"];
    assert_eq!(of("B03", 1), yearly);
    assert_eq!(of("B03", 12), yearly);
    let estimate = all.iter().find(|it| it.kind == Status::Estimate).unwrap();
    assert_eq!((estimate.opens, estimate.due.unwrap().on), (date(2024, 12, 15), date(2025, 12, 5)));
    let half = all.iter().find(|it| it.period.to_string() == "2025-H2").unwrap();
    assert_eq!((half.opens, half.due), (date(2025, 12, 14), None));
}

#[test]
fn expecting_past_the_calendar_is_an_error() {
    let monthly = form("B01", &[Frequency::Month], vec![deadline(Level::Both, 1)]);
    let days = date(2027, 12, 1)..=date(2028, 1, 31);
    let all = expected(&[monthly], &reporters(), &days, &vietnam());
    assert_eq!(all, Err(CalendarError::UnknownYear(2028)));
}

/// Four months of one form and two communes, with what came, counted by hand.
#[test]
fn completeness_and_timeliness_are_counted_not_averaged() {
    let monthly = Form {
        level: Level::Commune,
        ..form("B01", &[Frequency::Month], vec![deadline(Level::Commune, 1)])
    };
    let days = date(2025, 9, 1)..=date(2025, 12, 31);
    let all = expected(&[monthly], &reporters(), &days, &vietnam()).unwrap();
    let came = |unit, month, on| Received {
        form: "B01".into(),
        unit: UnitId(unit),
        period: Period::Month { year: 2025, month },
        kind: Status::Final,
        on,
    };
    // Due: September on Monday 15/9, October on 15/10, November on Monday 17/11, December on Monday 15/12.
    let received = [
        came(11, 9, date(2025, 9, 15)),
        came(11, 10, date(2025, 10, 16)),
        came(11, 10, date(2025, 10, 20)),
        came(11, 12, date(2025, 11, 17)),
        came(12, 9, date(2025, 9, 14)),
        came(12, 11, date(2025, 11, 18)),
    ];
    let as_of = date(2025, 11, 17);
    let total = tally(&all, &received, as_of);
    let by_hand =
        Tally { due: 6, received: 3, on_time: 2, overdue: 1, early: 1, ..Tally::default() };
    assert_eq!(total, by_hand);
    let of_12 = tally_by_unit(&all, &received, as_of)[&UnitId(12)];
    assert_eq!((of_12.due, of_12.received, of_12.on_time, of_12.overdue), (3, 1, 1, 1));
}

proptest! {
    #[test]
    fn counting_back_gives_the_working_days(day in 0_i64..1000, n_days in 1_u16..60) {
        let calendar = vietnam();
        let from = date(2024, 1, 1).checked_add(jiff::ToSpan::days(day)).unwrap();
        let due = calendar.after(from, n_days).unwrap();
        prop_assert!(matches!(calendar.kind(due.on), Ok(DayKind::Working | DayKind::Open(_))));
        prop_assert_eq!(calendar.working_days_between(from, due.on), Ok(u32::from(n_days)));
    }
}
