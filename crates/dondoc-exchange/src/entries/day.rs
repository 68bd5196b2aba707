//! Days as they are typed: `05/07/2026`, `5-7-26`, `05072026`, `5/7`, `hôm nay`.

use dondoc_core::fold::bare;
use jiff::civil::Date;

/// The day that is meant; `None` if it is none, or could be two.
///
/// The day always comes before the month. Without a year, that of `today` is meant; two digits are those after 2000.
#[must_use]
pub fn read(text: &str, today: Date) -> Option<Date> {
    let words = bare(text);
    match words.as_str() {
        "hom nay" => return Some(today),
        "hom qua" => return today.yesterday().ok(),
        "ngay mai" => return today.tomorrow().ok(),
        _ => {}
    }
    let text = text.trim();
    if let Some(day) = iso(text) {
        return Some(day);
    }
    if let Some(rest) = words.strip_prefix("ngay ")
        && let [day, "thang", month, "nam", year] = rest.split(' ').collect::<Vec<_>>().as_slice()
    {
        return made(day, month, year);
    }
    let is_mark = |c: char| matches!(c, '/' | '-' | '.');
    let parts: Vec<&str> = text.split(is_mark).map(str::trim).collect();
    match parts.as_slice() {
        [day, month, year] => made(day, month, year),
        [day, month] => made(day, month, &today.year().to_string()),
        [all] if all.len() == 8 && all.is_ascii() => made(&all[..2], &all[2..4], &all[4..]),
        [all] if all.len() == 6 && all.is_ascii() => made(&all[..2], &all[2..4], &all[4..]),
        _ => None,
    }
}

/// A day as programs write it, with a time behind it that is left out.
fn iso(text: &str) -> Option<Date> {
    let day = text.get(..10)?;
    let is_day_alone = text.len() == 10 || text[10..].starts_with(['T', ' ']);
    let is_iso = day.as_bytes().get(4) == Some(&b'-') && day.as_bytes().get(7) == Some(&b'-');
    if is_iso && is_day_alone { day.parse().ok() } else { None }
}

fn made(day: &str, month: &str, year: &str) -> Option<Date> {
    let digits = |it: &str, most: usize| {
        let is_number = (1..=most).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_digit());
        is_number.then(|| it.parse::<i16>().ok()).flatten()
    };
    let year = match year.len() {
        2 => 2000 + digits(year, 2)?,
        4 => digits(year, 4)?,
        _ => return None,
    };
    let (day, month) = (digits(day, 2)?, digits(month, 2)?);
    Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 11, 22);

    #[test]
    fn a_day_is_read_in_all_the_ways_in_which_it_is_typed() {
        for (typed, meant) in [
            ("05/07/2026", date(2026, 7, 5)),
            ("5/7/2026", date(2026, 7, 5)),
            ("5-7-26", date(2026, 7, 5)),
            ("5.7.2026", date(2026, 7, 5)),
            ("05072026", date(2026, 7, 5)),
            ("050726", date(2026, 7, 5)),
            (" 5 / 7 / 2026 ", date(2026, 7, 5)),
            ("5/7", date(2026, 7, 5)),
            ("2026-07-05", date(2026, 7, 5)),
            ("2026-07-05T08:30:00", date(2026, 7, 5)),
            ("ngày 5 tháng 7 năm 2026", date(2026, 7, 5)),
            ("Hôm nay", TODAY),
            ("hom nay", TODAY),
            ("hôm qua", date(2026, 11, 21)),
            ("29/2/2028", date(2028, 2, 29)),
        ] {
            assert_eq!(read(typed, TODAY), Some(meant), "{typed}");
        }
    }

    #[test]
    fn the_month_never_comes_first_and_what_is_no_day_is_none() {
        for typed in [
            "12/31/2026",
            "31/02/2026",
            "29/2/2026",
            "5",
            "5/7/926",
            "tháng 7",
            "1.234",
            "",
            "٥/٧",
            "5/7/2026 lúc 8h",
        ] {
            assert_eq!(read(typed, TODAY), None, "{typed}");
        }
        assert_eq!(read("3/4/2026", TODAY), Some(date(2026, 4, 3)));
    }
}
