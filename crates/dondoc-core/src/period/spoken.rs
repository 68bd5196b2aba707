//! Periods as people write them.

use super::{Period, PeriodError};
use crate::fold::bare;

impl Period {
    /// A period as somebody types it: Dondoc's own notation, and `09/2025`, `tháng 9 năm 2025`, `T9/2025`, `quý III/2025`,
    /// `quý 3 năm 2025`, `6 tháng đầu năm 2025`, `9 tháng năm 2025`, `năm 2025`, `nhiệm kỳ 2020 – 2025`; with or without
    /// accents. For what is typed, not for what is kept: that has one notation, which [`str::parse`] reads.
    ///
    /// # Errors
    ///
    /// [`PeriodError`] if it is no period, or may be one of several: `6 tháng 2025`, `9/25`, `01/03/2026`.
    pub fn spoken(text: &str) -> Result<Self, PeriodError> {
        let text = text.trim();
        text.parse().or_else(|no_period| in_words(text).ok_or(no_period))
    }
}

impl Period {
    /// A period as it is spoken: `tháng 9/2025`, `quý III/2025`.
    #[must_use]
    pub fn in_vietnamese(&self) -> String {
        match *self {
            Period::Month { year, month } => format!("tháng {month}/{year}"),
            Period::Quarter { year, quarter } => {
                let numeral = ["I", "II", "III", "IV"][usize::from(quarter.clamp(1, 4)) - 1];
                format!("quý {numeral}/{year}")
            }
            Period::Half { year, half: 1 } => format!("6 tháng đầu năm {year}"),
            Period::Half { year, .. } => format!("6 tháng cuối năm {year}"),
            Period::NineMonths { year } => format!("9 tháng năm {year}"),
            Period::Year { year } => format!("năm {year}"),
            Period::Years { from, to } => format!("{from} – {to}"),
            Period::Since { from } => format!("từ năm {from} đến nay"),
            Period::Days { from, to } => format!(
                "{:02}/{:02}/{} – {:02}/{:02}/{}",
                from.day(),
                from.month(),
                from.year(),
                to.day(),
                to.month(),
                to.year()
            ),
        }
    }
}

fn in_words(text: &str) -> Option<Period> {
    let folded = bare(text).replace(" nam ", " ");
    let words: Vec<&str> = folded.split(' ').collect();
    match words.as_slice() {
        ["nam" | "ca", of] => Some(Period::Year { year: super::year(of)? }),
        ["thang", it, of] => month(it, of),
        ["quy", it, of] => quarter(it, of),
        [six, "thang", part @ ("dau" | "cuoi"), of] if number(six) == Some(6) => {
            Some(Period::Half { year: super::year(of)?, half: if *part == "dau" { 1 } else { 2 } })
        }
        [nine, "thang", "dau", of] | [nine, "thang", of] if number(nine) == Some(9) => {
            Some(Period::NineMonths { year: super::year(of)? })
        }
        ["giai", "doan", from, to] | ["nhiem", "ky", from, to] => {
            let (from, to) = (super::year(from)?, super::year(to)?);
            (from <= to).then_some(Period::Years { from, to })
        }
        [it, of] if it.starts_with('t') => month(&it[1..], of),
        [it, of] if it.starts_with('q') => quarter(&it[1..], of),
        [it, of] => month(it, of),
        _ => None,
    }
}

fn month(month: &str, of: &str) -> Option<Period> {
    let month = number(month).filter(|it| (1..=12).contains(it))?;
    Some(Period::Month { year: super::year(of)?, month })
}

fn quarter(quarter: &str, of: &str) -> Option<Period> {
    let quarter = match quarter {
        "i" => 1,
        "ii" => 2,
        "iii" => 3,
        "iv" => 4,
        digits => number(digits).filter(|it| (1..=4).contains(it))?,
    };
    Some(Period::Quarter { year: super::year(of)?, quarter })
}

/// One or two digits.
fn number(text: &str) -> Option<u8> {
    let is_short = matches!(text.len(), 1 | 2) && text.bytes().all(|it| it.is_ascii_digit());
    is_short.then(|| text.parse().ok())?
}
