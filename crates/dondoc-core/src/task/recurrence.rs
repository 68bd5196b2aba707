//! When a standing task falls due, time after time.

use std::{fmt, str::FromStr};

use jiff::{ToSpan, civil::Date};

use super::named;
use crate::calendar::{Calendar, CalendarError};

/// How often.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Every {
    /// *Hằng tháng*
    Month,
    /// *Hằng quý*
    Quarter,
    /// *6 tháng một lần*
    Half,
    /// *Hằng năm*
    Year,
}

named!(Every,
    Month "month" "hằng tháng" "every month",
    Quarter "quarter" "hằng quý" "every quarter",
    Half "half" "6 tháng một lần" "every half-year",
    Year "year" "hằng năm" "every year",
);

/// On which day of each round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DayRule {
    /// A day of a month of the round; in a shorter month its last day.
    Day {
        /// From 1: the month of the round (always 1 of a monthly one).
        month: u8,
        /// 1 to 31.
        day: u8,
    },
    /// So many working days after the round's last day; 0 is that day itself, or the first working day after it.
    WorkingDaysAfter(u16),
}

/// When a standing task falls due, by calendar months.
///
/// As text: `month/day/1/25`, `year/day/11/30`, `quarter/after/5`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Recurrence {
    /// How often.
    pub every: Every,
    /// On which day.
    pub by: DayRule,
}

/// A text is no recurrence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no recurrence; write `month/day/1/25`, `year/day/11/30` or `quarter/after/5`")]
pub struct RecurrenceError(String);

impl Every {
    /// How many months a round has.
    #[must_use]
    pub fn n_months(self) -> u8 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Half => 6,
            Self::Year => 12,
        }
    }
}

impl Recurrence {
    /// The rule, if its month and day can be.
    #[must_use]
    pub fn new(every: Every, by: DayRule) -> Option<Self> {
        let is_sound = match by {
            DayRule::Day { month, day } => {
                (1..=every.n_months()).contains(&month) && (1..=31).contains(&day)
            }
            DayRule::WorkingDaysAfter(n) => n <= 250,
        };
        is_sound.then_some(Self { every, by })
    }

    /// The first day after a day on which it falls due.
    ///
    /// # Errors
    ///
    /// [`CalendarError`] if the days off of a year on the way are not known.
    pub fn next_after(&self, day: Date, calendar: &Calendar) -> Result<Date, CalendarError> {
        let out = |_| CalendarError::OutOfRange;
        let n_months = i8::try_from(self.every.n_months()).unwrap_or(12);
        // A round before that of the day may fall due after it.
        let first = (day.month() - 1) / n_months * n_months + 1;
        let round = day.with().month(first).day(1).build().map_err(out)?;
        let mut round = round.checked_sub(n_months.months()).map_err(out)?;
        loop {
            let due = self.due_in(round, calendar)?;
            if due > day {
                return Ok(due);
            }
            round = round.checked_add(n_months.months()).map_err(out)?;
        }
    }

    /// The day of the round that begins with a month.
    fn due_in(&self, first: Date, calendar: &Calendar) -> Result<Date, CalendarError> {
        let out = |_| CalendarError::OutOfRange;
        match self.by {
            DayRule::Day { month, day } => {
                let month = first.checked_add((i32::from(month) - 1).months()).map_err(out)?;
                let day = i8::try_from(day).unwrap_or(31).min(month.days_in_month());
                month.with().day(day).build().map_err(out)
            }
            DayRule::WorkingDaysAfter(n) => {
                let next =
                    first.checked_add(i32::from(self.every.n_months()).months()).map_err(out)?;
                let last = next.yesterday().map_err(out)?;
                calendar.after(last, n).map(|it| it.on)
            }
        }
    }
}

impl fmt::Display for Recurrence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.by {
            DayRule::Day { month, day } => write!(f, "{}/day/{month}/{day}", self.every.code()),
            DayRule::WorkingDaysAfter(n) => write!(f, "{}/after/{n}", self.every.code()),
        }
    }
}

impl FromStr for Recurrence {
    type Err = RecurrenceError;

    fn from_str(text: &str) -> Result<Self, RecurrenceError> {
        let parse = || {
            let parts: Vec<&str> = text.split('/').collect();
            let every = Every::by_code(parts.first()?)?;
            let by = match parts[1..] {
                ["day", month, day] => {
                    DayRule::Day { month: month.parse().ok()?, day: day.parse().ok()? }
                }
                ["after", n] => DayRule::WorkingDaysAfter(n.parse().ok()?),
                _ => return None,
            };
            Self::new(every, by)
        };
        parse().ok_or_else(|| RecurrenceError(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn next(rule: &str, after: &str) -> String {
        let rule: Recurrence = rule.parse().unwrap();
        assert_eq!(rule.to_string().parse(), Ok(rule));
        let calendar = Calendar::vietnam().unwrap();
        rule.next_after(after.parse().unwrap(), &calendar).unwrap().to_string()
    }

    #[test]
    fn a_day_of_the_month_comes_every_month_and_ends_with_it() {
        assert_eq!(next("month/day/1/25", "2026-03-24"), "2026-03-25");
        assert_eq!(next("month/day/1/25", "2026-03-25"), "2026-04-25");
        assert_eq!(next("month/day/1/31", "2026-02-01"), "2026-02-28");
        assert_eq!(next("month/day/1/31", "2026-12-31"), "2027-01-31");
    }

    #[test]
    fn quarters_halves_and_years_count_their_months() {
        assert_eq!(next("quarter/day/3/20", "2026-01-05"), "2026-03-20");
        assert_eq!(next("quarter/day/3/20", "2026-03-20"), "2026-06-20");
        assert_eq!(next("half/day/6/15", "2026-06-15"), "2026-12-15");
        assert_eq!(next("year/day/11/30", "2026-12-01"), "2027-11-30");
    }

    /// The quarter ends on Tuesday 31 March 2026; working days 1 to 3 April, then Monday 6.
    #[test]
    fn working_days_after_the_round_skip_days_of_rest() {
        assert_eq!(next("quarter/after/4", "2026-02-01"), "2026-04-06");
        // In April the day of the first quarter is still to come.
        assert_eq!(next("quarter/after/4", "2026-04-02"), "2026-04-06");
        assert_eq!(next("quarter/after/4", "2026-04-06"), "2026-07-06");
    }

    #[test]
    fn what_no_calendar_has_is_refused() {
        for wrong in
            ["month/day/2/1", "year/day/13/1", "month/day/1/32", "week/day/1/1", "month", ""]
        {
            assert!(wrong.parse::<Recurrence>().is_err(), "{wrong}");
        }
        assert_eq!(Recurrence::new(Every::Month, DayRule::Day { month: 1, day: 0 }), None);
        let far = "month/after/5".parse::<Recurrence>().unwrap();
        let calendar = Calendar::vietnam().unwrap();
        assert!(far.next_after(date(2031, 1, 1), &calendar).is_err());
    }
}
