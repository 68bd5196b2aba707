//! Reporting periods (*kỳ báo cáo*).

use std::{fmt, str::FromStr};

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

mod closing;
mod span;
mod spoken;
#[cfg(test)]
mod tests;

/// What a figure is about in time, by its name; which days that are, a closing rule says.
///
/// As text: `2025-09`, `2025-Q3`, `2025-H1`, `2025-9M`, `2025`, `2020..2025` (years, inclusive), `2009..` (until now),
/// `2025-09-01..2025-09-05` (days, inclusive). Spans keep their years as they are written: "10 năm (2009 – 2019)" is
/// `2009..2019`, and nothing is worked out from it.
#[doc(alias = "kỳ báo cáo")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// A month, 1 to 12.
    Month {
        /// The year.
        year: i16,
        /// 1 to 12.
        month: u8,
    },
    /// A quarter, 1 to 4.
    Quarter {
        /// The year.
        year: i16,
        /// 1 to 4.
        quarter: u8,
    },
    /// Half a year, 1 or 2.
    Half {
        /// The year.
        year: i16,
        /// 1 or 2.
        half: u8,
    },
    /// The first nine months, as many provinces ask for.
    NineMonths {
        /// The year.
        year: i16,
    },
    /// A year.
    Year {
        /// The year.
        year: i16,
    },
    /// Several years, both inclusive: a term (*nhiệm kỳ*), a span of a review.
    Years {
        /// The first.
        from: i16,
        /// The last.
        to: i16,
    },
    /// From a year on, open-ended (*từ năm 2009 đến nay*).
    Since {
        /// The first.
        from: i16,
    },
    /// Some days, both inclusive: an event, a stage of a plan.
    Days {
        /// The first.
        from: Date,
        /// The last.
        to: Date,
    },
}

/// A text is no period.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{text}` is no period; write 2025-09, 2025-Q3, 2025-H1, 2025-9M, 2025, 2020..2025 or 2025-09-01..2025-09-05"
)]
pub struct PeriodError {
    text: String,
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Month { year, month } => write!(f, "{year:04}-{month:02}"),
            Self::Quarter { year, quarter } => write!(f, "{year:04}-Q{quarter}"),
            Self::Half { year, half } => write!(f, "{year:04}-H{half}"),
            Self::NineMonths { year } => write!(f, "{year:04}-9M"),
            Self::Year { year } => write!(f, "{year:04}"),
            Self::Years { from, to } => write!(f, "{from:04}..{to:04}"),
            Self::Since { from } => write!(f, "{from:04}.."),
            Self::Days { from, to } => write!(f, "{from}..{to}"),
        }
    }
}

impl FromStr for Period {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, PeriodError> {
        parse(text).ok_or_else(|| PeriodError { text: text.to_owned() })
    }
}

fn parse(text: &str) -> Option<Period> {
    if let Some((from, to)) = text.split_once("..") {
        if to.is_empty() {
            return Some(Period::Since { from: year(from)? });
        }
        if from.len() > 4 {
            let (from, to) = (from.parse().ok()?, to.parse().ok()?);
            return (from <= to).then_some(Period::Days { from, to });
        }
        let (from, to) = (year(from)?, year(to)?);
        return (from <= to).then_some(Period::Years { from, to });
    }
    let Some((of, part)) = text.split_once('-') else {
        return Some(Period::Year { year: year(text)? });
    };
    let year = year(of)?;
    match part.as_bytes() {
        b"9M" => Some(Period::NineMonths { year }),
        [b'Q', it @ b'1'..=b'4'] => Some(Period::Quarter { year, quarter: it - b'0' }),
        [b'H', it @ b'1'..=b'2'] => Some(Period::Half { year, half: it - b'0' }),
        [tens @ b'0'..=b'1', ones @ b'0'..=b'9'] => {
            let month = (tens - b'0') * 10 + (ones - b'0');
            (1..=12).contains(&month).then_some(Period::Month { year, month })
        }
        _ => None,
    }
}

fn year(text: &str) -> Option<i16> {
    (text.len() == 4 && text.bytes().all(|it| it.is_ascii_digit())).then(|| text.parse().ok())?
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}
