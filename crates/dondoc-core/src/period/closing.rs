//! Which days a period means: the closing (*chốt số liệu*) of a form.

use jiff::{
    ToSpan,
    civil::{Date, date},
};

use crate::{
    pack::{Closing, Frequency},
    period::Period,
};

/// The day that a month of Decree 09 begins with, in the month before.
const FIRST_DAY_DECREE_09: i8 = 15;

impl Period {
    /// The first and the last day of the period under a closing.
    ///
    /// `None` of an open span, which has no last day, and of a named period that names its own dates: those days are
    /// given with the round as [`Period::Days`], and not guessed.
    ///
    /// # Source
    ///
    /// Decree 09/2019/NĐ-CP, article 12: a month runs from the 15th of the month before to the 14th, and quarter,
    /// half-year and year are made of such months. Nine months are not in the decree; provinces add them likewise.
    ///
    /// ```
    /// use dondoc_core::{pack::Closing, period::Period};
    /// use jiff::civil::date;
    ///
    /// let september: Period = "2025-09".parse()?;
    /// let days = september.days(Closing::Decree09);
    /// assert_eq!(days, Some((date(2025, 8, 15), date(2025, 9, 14))));
    /// # Ok::<(), dondoc_core::period::PeriodError>(())
    /// ```
    #[must_use]
    pub fn days(self, closing: Closing) -> Option<(Date, Date)> {
        if let Self::Days { from, to } = self {
            return Some((from, to));
        }
        let (first, last) = self.months()?;
        let (first, last) = (first_of_month(first)?, first_of_month(last?)?);
        match closing {
            Closing::Calendar => Some((first, last.last_of_month())),
            Closing::Decree09 => {
                let before = first.checked_sub(1.month()).ok()?;
                let from = before.with().day(FIRST_DAY_DECREE_09).build().ok()?;
                let to = last.with().day(FIRST_DAY_DECREE_09 - 1).build().ok()?;
                Some((from, to))
            }
            Closing::OwnDates => None,
        }
    }

    /// The last day of the period under a closing, on which its figures are closed; `None` as with [`Period::days`].
    #[must_use]
    pub fn closing_day(self, closing: Closing) -> Option<Date> {
        self.days(closing).map(|(_, last)| last)
    }

    /// The period of a frequency that a day falls into under a closing.
    ///
    /// `None` after the first nine months, for terms and events, and where a round names its own dates.
    #[must_use]
    pub fn of_day(day: Date, frequency: Frequency, closing: Closing) -> Option<Self> {
        let month = match closing {
            Closing::Calendar => 0,
            Closing::Decree09 => i32::from(day.day() >= FIRST_DAY_DECREE_09),
            Closing::OwnDates => return None,
        } + i32::from(day.year()) * 12
            + i32::from(day.month())
            - 1;
        let of_year = month.rem_euclid(12);
        let first = match frequency {
            Frequency::Month => month,
            Frequency::Quarter => month - of_year % 3,
            Frequency::Half => month - of_year % 6,
            Frequency::NineMonths if of_year < 9 => month - of_year,
            Frequency::Year => month - of_year,
            Frequency::NineMonths | Frequency::Term | Frequency::Event => return None,
        };
        Self::beginning(first, frequency)
    }
}

fn first_of_month(month_number: i32) -> Option<Date> {
    let year = i16::try_from(month_number.div_euclid(12)).ok()?;
    let month = i8::try_from(month_number.rem_euclid(12)).ok()? + 1;
    (1..=9999).contains(&year).then(|| date(year, month, 1))
}
