//! Periods in the notations of others.

use dondoc_core::period::Period;
use jiff::{
    ToSpan,
    civil::{Date, date},
};

/// A period as somebody writes it in a table: as [`Period::spoken`], `2025-M09`, and the notation of DHIS2.
pub(crate) fn read(text: &str) -> Option<Period> {
    let text = text.trim();
    if let Ok(period) = Period::spoken(text) {
        return Some(period);
    }
    if let Some((year, month)) = text.split_once("-M") {
        return format!("{year}-{month:0>2}").parse().ok();
    }
    from_dhis2(text)
}

/// `202509`, `2025Q3`, `2025S1`, `2025`, and a single day `20250901`; `None` for what DHIS2 has no notation for.
pub(crate) fn to_dhis2(period: Period) -> Option<String> {
    Some(match period {
        Period::Month { year, month } => format!("{year:04}{month:02}"),
        Period::Quarter { year, quarter } => format!("{year:04}Q{quarter}"),
        Period::Half { year, half } => format!("{year:04}S{half}"),
        Period::Year { year } => format!("{year:04}"),
        Period::Days { from, to } if from == to => from.strftime("%Y%m%d").to_string(),
        _ => return None,
    })
}

/// The period of a DHIS2 notation.
pub(crate) fn from_dhis2(text: &str) -> Option<Period> {
    if !text.is_ascii() {
        return None;
    }
    match text.len() {
        4 => text.parse().ok(),
        6 if text.as_bytes()[4] == b'Q' => format!("{}-{}", &text[..4], &text[4..]).parse().ok(),
        6 if text.as_bytes()[4] == b'S' => format!("{}-H{}", &text[..4], &text[5..]).parse().ok(),
        6 => format!("{}-{}", &text[..4], &text[4..]).parse().ok(),
        8 => {
            let day: Date =
                format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]).parse().ok()?;
            Some(Period::Days { from: day, to: day })
        }
        _ => None,
    }
}

/// A first day and a length, as ADX and SDMX write time: `2025-09-01/P1M`; `None` without an end.
pub(crate) fn to_interval(period: Period) -> Option<String> {
    Some(match period {
        Period::Month { year, month } => format!("{year:04}-{month:02}-01/P1M"),
        Period::Quarter { year, quarter } => format!("{year:04}-{:02}-01/P3M", quarter * 3 - 2),
        Period::Half { year, half } => format!("{year:04}-{:02}-01/P6M", half * 6 - 5),
        Period::NineMonths { year } => format!("{year:04}-01-01/P9M"),
        Period::Year { year } => format!("{year:04}-01-01/P1Y"),
        Period::Years { from, to } => {
            format!("{from:04}-01-01/P{}Y", i32::from(to) - i32::from(from) + 1)
        }
        Period::Days { from, to } => {
            let days = from.until(to).ok()?.get_days() + 1;
            format!("{from}/P{days}D")
        }
        Period::Since { .. } => return None,
    })
}

/// The period of a first day and a length; `None` where it is no period of ours, as a month from the 15th.
pub(crate) fn from_interval(text: &str) -> Option<Period> {
    let (first, length) = text.split_once('/')?;
    let first: Date = first.get(..10)?.parse().ok()?;
    let (number, unit) =
        length.strip_prefix('P')?.split_at_checked(length.len().checked_sub(2)?)?;
    let number: i16 = number.parse().ok().filter(|it| *it > 0)?;
    let year = first.year();
    let starts = |months: i8| first.day() == 1 && (first.month() - 1) % months == 0;
    let part = |months: i8| u8::try_from((first.month() - 1) / months + 1).ok();
    match (unit, number) {
        ("D", _) => {
            let to = first.checked_add((i64::from(number) - 1).days()).ok()?;
            Some(Period::Days { from: first, to })
        }
        ("M", 1) if starts(1) => Some(Period::Month { year, month: part(1)? }),
        ("M", 3) if starts(3) => Some(Period::Quarter { year, quarter: part(3)? }),
        ("M", 6) if starts(6) => Some(Period::Half { year, half: part(6)? }),
        ("M", 9) if first == date(year, 1, 1) => Some(Period::NineMonths { year }),
        ("Y", 1) | ("M", 12) if first == date(year, 1, 1) => Some(Period::Year { year }),
        ("Y", _) if first == date(year, 1, 1) => {
            Some(Period::Years { from: year, to: year.checked_add(number - 1)? })
        }
        _ => None,
    }
}

/// A period in the notation of SDMX; `None` without an end.
pub(crate) fn to_sdmx(period: Period) -> Option<String> {
    match period {
        Period::Half { year, half } => Some(format!("{year:04}-S{half}")),
        Period::Month { .. } | Period::Quarter { .. } | Period::Year { .. } => {
            Some(period.to_string())
        }
        other => to_interval(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [&str; 9] = [
        "2025-09",
        "2025-Q3",
        "2025-H1",
        "2025-H2",
        "2025-9M",
        "2025",
        "2020..2025",
        "2025-09-01..2025-09-05",
        "2025-09-01..2025-09-01",
    ];

    #[test]
    fn intervals_read_back() {
        for text in ALL {
            let period: Period = text.parse().unwrap();
            assert_eq!(from_interval(&to_interval(period).unwrap()), Some(period), "{text}");
        }
        assert_eq!(to_interval("2009..".parse().unwrap()), None);
        assert_eq!(from_interval("2025-08-15/P1M"), None);
        assert_eq!(from_interval("2025-09-01/P0D"), None);
        assert_eq!(to_interval("2025-H2".parse().unwrap()).as_deref(), Some("2025-07-01/P6M"));
    }

    #[test]
    fn dhis2_reads_back_what_it_can_say() {
        let said: Vec<_> = ALL.iter().filter_map(|it| to_dhis2(it.parse().unwrap())).collect();
        assert_eq!(said, ["202509", "2025Q3", "2025S1", "2025S2", "2025", "20250901"]);
        for text in said {
            assert_eq!(to_dhis2(from_dhis2(&text).unwrap()).as_deref(), Some(text.as_str()));
        }
        for text in ["", "202513", "2025Q5", "2025W07", "20251301", "năm 2025"] {
            assert_eq!(from_dhis2(text), None, "{text}");
        }
    }

    #[test]
    fn periods_are_read_as_people_write_them() {
        for text in [
            "2025-M09",
            "2025-M9",
            "09/2025",
            "9/2025",
            "tháng 9/2025",
            "Tháng 9 năm 2025",
            "T9/2025",
            "202509",
        ] {
            assert_eq!(read(text), "2025-09".parse().ok(), "{text}");
        }
        for text in ["quý III/2025", "Quý 3 năm 2025", "Q3/2025"] {
            assert_eq!(read(text), "2025-Q3".parse().ok(), "{text}");
        }
        assert_eq!(read("Năm 2025"), "2025".parse().ok());
        for text in ["Sep-25", "13/2025", "9/25", "45901", "hôm nay", ""] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
