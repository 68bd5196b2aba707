use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;
use crate::pack::{Closing, Frequency};

#[test]
fn every_period_reads_back() {
    for text in [
        "2025-09",
        "2025-Q3",
        "2025-H1",
        "2025-9M",
        "2025",
        "2020..2025",
        "2009..",
        "2025-09-01..2025-09-05",
    ] {
        assert_eq!(text.parse::<Period>().unwrap().to_string(), text);
    }
}

#[test]
fn what_is_no_period_is_refused() {
    for text in
        ["", "25", "2025-13", "2025-00", "2025-Q5", "2025-H3", "2025..2020", "2025-9", "+025"]
    {
        assert!(text.parse::<Period>().is_err(), "{text}");
    }
}

#[test]
fn what_people_write_is_read() {
    for (written, name) in [
        ("03/2026", "2026-03"),
        ("3/2026", "2026-03"),
        (" Tháng 3 năm 2026 ", "2026-03"),
        ("tháng 03/2026", "2026-03"),
        ("T3/2026", "2026-03"),
        ("thang 12 nam 2026", "2026-12"),
        ("quý 1/2026", "2026-Q1"),
        ("Quý IV năm 2026", "2026-Q4"),
        ("QUÝ III/2026", "2026-Q3"),
        ("q2/2026", "2026-Q2"),
        ("6 tháng đầu năm 2026", "2026-H1"),
        ("06 tháng cuối năm 2026", "2026-H2"),
        ("9 tháng năm 2026", "2026-9M"),
        ("9 tháng đầu năm 2026", "2026-9M"),
        ("năm 2026", "2026"),
        ("Cả năm 2026", "2026"),
        ("nhiệm kỳ 2025 – 2030", "2025..2030"),
        ("giai đoạn 2021-2025", "2021..2025"),
        ("2026-03", "2026-03"),
        ("2026-Q1", "2026-Q1"),
    ] {
        assert_eq!(Period::spoken(written), Ok(period(name)), "{written}");
    }
}

#[test]
fn what_may_be_one_of_several_periods_is_refused() {
    for text in [
        "6 tháng 2026",
        "6 tháng/2026",
        "3/26",
        "26/3",
        "13/2026",
        "0/2026",
        "01/03/2026",
        "quý 5/2026",
        "quý 1",
        "tháng 3",
        "3 tháng đầu năm 2026",
        "9 tháng cuối năm 2026",
        "giai đoạn 2025-2021",
        "2026/03/01",
        "hôm nay",
        "",
    ] {
        assert!(Period::spoken(text).is_err(), "{text}");
    }
}

fn period(text: &str) -> Period {
    text.parse().unwrap()
}

fn parts(text: &str, of: Frequency) -> String {
    let parts = period(text).parts(of);
    parts.map_or("none".into(), |it| it.iter().map(Period::to_string).collect::<Vec<_>>().join(" "))
}

#[test]
fn periods_are_made_of_smaller_ones() {
    let year = "2025-01 2025-02 2025-03 2025-04 2025-05 2025-06 2025-07 2025-08 2025-09 2025-10 2025-11 2025-12";
    assert_eq!(parts("2025", Frequency::Month), year);
    assert_eq!(parts("2025", Frequency::Quarter), "2025-Q1 2025-Q2 2025-Q3 2025-Q4");
    assert_eq!(parts("2025", Frequency::Half), "2025-H1 2025-H2");
    assert_eq!(parts("2025-H2", Frequency::Quarter), "2025-Q3 2025-Q4");
    assert_eq!(parts("2025-Q4", Frequency::Month), "2025-10 2025-11 2025-12");
    assert_eq!(parts("2025-9M", Frequency::Quarter), "2025-Q1 2025-Q2 2025-Q3");
    assert_eq!(parts("2020..2022", Frequency::Year), "2020 2021 2022");
    assert_eq!(parts("2020..2022", Frequency::Term), "2020..2022");
    assert_eq!(parts("2025-03", Frequency::Month), "2025-03");
}

#[test]
fn what_does_not_fit_makes_nothing() {
    assert_eq!(parts("2025-9M", Frequency::Half), "none");
    assert_eq!(parts("2025", Frequency::NineMonths), "none");
    assert_eq!(parts("2025-01", Frequency::Quarter), "none");
    assert_eq!(parts("2009..", Frequency::Year), "none");
    assert_eq!(parts("2009..", Frequency::Term), "none");
    assert_eq!(parts("2025", Frequency::Event), "none");
    assert_eq!(parts("2025-09-01..2025-09-05", Frequency::Month), "none");
}

#[test]
fn before_and_a_year_before() {
    let before = |it| period(it).before().map(|it| it.to_string());
    let last_year = |it| period(it).year_before().map(|it| it.to_string());
    assert_eq!(before("2025-01").as_deref(), Some("2024-12"));
    assert_eq!(before("2025-Q1").as_deref(), Some("2024-Q4"));
    assert_eq!(before("2025-H2").as_deref(), Some("2025-H1"));
    assert_eq!(before("2025-9M").as_deref(), Some("2024-9M"));
    assert_eq!(before("2025").as_deref(), Some("2024"));
    assert_eq!(before("2020..2025"), None);
    assert_eq!(before("2009.."), None);
    assert_eq!(last_year("2025-02").as_deref(), Some("2024-02"));
    assert_eq!(last_year("2025-Q3").as_deref(), Some("2024-Q3"));
    assert_eq!(last_year("2025-09-01..2025-09-05"), None);
}

#[test]
fn the_year_to_date_ends_with_the_period() {
    let to_date = |it| period(it).year_to_date().map(|it| it.len());
    assert_eq!(to_date("2025-05"), Some(5));
    assert_eq!(to_date("2025-Q3"), Some(3));
    assert_eq!(to_date("2025-H1"), Some(1));
    assert_eq!(to_date("2025"), Some(1));
    assert_eq!(to_date("2020..2025"), None);
}

#[test]
fn periods_contain_what_lies_within() {
    assert!(period("2025").contains(period("2025-H2")));
    assert!(period("2025-9M").contains(period("2025-Q3")));
    assert!(!period("2025-9M").contains(period("2025-H2")));
    assert!(period("2020..2025").contains(period("2025-12")));
    assert!(period("2009..").contains(period("2030")));
    assert!(!period("2009..").contains(period("2008-12")));
    assert!(!period("2020..2025").contains(period("2021..")));
    assert!(period("2025-09-01..2025-09-05").contains(period("2025-09-02..2025-09-05")));
    assert!(!period("2025-09").contains(period("2025-09-02..2025-09-05")));
}

/// Decree 09/2019, article 12, worked out by hand.
#[test]
fn periods_close_on_the_14th() {
    for (text, from, to) in [
        ("2025-09", date(2025, 8, 15), date(2025, 9, 14)),
        ("2025-01", date(2024, 12, 15), date(2025, 1, 14)),
        ("2024-03", date(2024, 2, 15), date(2024, 3, 14)),
        ("2025-Q1", date(2024, 12, 15), date(2025, 3, 14)),
        ("2025-Q4", date(2025, 9, 15), date(2025, 12, 14)),
        ("2025-H1", date(2024, 12, 15), date(2025, 6, 14)),
        ("2025-H2", date(2025, 6, 15), date(2025, 12, 14)),
        ("2025-9M", date(2024, 12, 15), date(2025, 9, 14)),
        ("2025", date(2024, 12, 15), date(2025, 12, 14)),
        ("2020..2025", date(2019, 12, 15), date(2025, 12, 14)),
        ("2025-09-01..2025-09-05", date(2025, 9, 1), date(2025, 9, 5)),
    ] {
        assert_eq!(period(text).days(Closing::Decree09), Some((from, to)), "{text}");
    }
}

#[test]
fn calendar_periods_end_with_their_month() {
    for (text, from, to) in [
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-02", date(2025, 2, 1), date(2025, 2, 28)),
        ("2025-Q2", date(2025, 4, 1), date(2025, 6, 30)),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
    ] {
        assert_eq!(period(text).days(Closing::Calendar), Some((from, to)), "{text}");
    }
}

#[test]
fn days_that_nobody_gave_are_not_guessed() {
    assert_eq!(period("2009..").days(Closing::Decree09), None);
    assert_eq!(period("2025").days(Closing::OwnDates), None);
    let days = period("2025-11-01..2025-12-10");
    assert_eq!(days.days(Closing::OwnDates), Some((date(2025, 11, 1), date(2025, 12, 10))));
    assert_eq!(period("0001").days(Closing::Decree09), Some((date(0, 12, 15), date(1, 12, 14))));
    assert_eq!(period("0000").days(Closing::Decree09), None);
}

#[test]
fn a_day_falls_into_the_month_that_it_closes_in() {
    let of =
        |day, frequency| Period::of_day(day, frequency, Closing::Decree09).map(|it| it.to_string());
    assert_eq!(of(date(2025, 9, 14), Frequency::Month).as_deref(), Some("2025-09"));
    assert_eq!(of(date(2025, 9, 15), Frequency::Month).as_deref(), Some("2025-10"));
    assert_eq!(of(date(2025, 9, 15), Frequency::Quarter).as_deref(), Some("2025-Q4"));
    assert_eq!(of(date(2025, 9, 15), Frequency::NineMonths), None);
    assert_eq!(of(date(2025, 12, 15), Frequency::Month).as_deref(), Some("2026-01"));
    assert_eq!(of(date(2025, 12, 15), Frequency::Year).as_deref(), Some("2026"));
    assert_eq!(of(date(2025, 12, 14), Frequency::Year).as_deref(), Some("2025"));
    assert_eq!(of(date(2025, 6, 15), Frequency::Half).as_deref(), Some("2025-H2"));
}

fn any_day() -> impl Strategy<Value = Date> {
    (1900_i16..2200, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, day)| date(year, month, day))
}

proptest! {
    #[test]
    fn every_day_falls_into_the_period_whose_days_hold_it(day in any_day()) {
        for closing in [Closing::Decree09, Closing::Calendar] {
            for frequency in [Frequency::Month, Frequency::Quarter, Frequency::Half, Frequency::Year] {
                let period = Period::of_day(day, frequency, closing).unwrap();
                let (from, to) = period.days(closing).unwrap();
                prop_assert!(from <= day && day <= to);
                let (_, before) = period.before().unwrap().days(closing).unwrap();
                prop_assert_eq!(before.tomorrow().unwrap(), from);
            }
        }
    }

    #[test]
    fn parts_follow_each_other_without_a_gap(year in 1900_i16..2200, half in 1_u8..=2) {
        for whole in [Period::Year { year }, Period::Half { year, half }, Period::Years { from: year, to: year + 4 }] {
            let parts = whole.parts(Frequency::Quarter).unwrap();
            let days: Vec<_> = parts.iter().map(|it| it.days(Closing::Decree09).unwrap()).collect();
            for pair in days.windows(2) {
                prop_assert_eq!(pair[0].1.tomorrow().unwrap(), pair[1].0);
            }
            let (from, to) = whole.days(Closing::Decree09).unwrap();
            prop_assert_eq!((from, to), (days[0].0, days[days.len() - 1].1));
        }
    }
}
