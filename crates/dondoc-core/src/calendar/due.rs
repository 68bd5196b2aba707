//! Deadlines: in working days after a closing, before a period closes. Those in hours after an event are
//! [`crate::entry::owed`]'s.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    calendar::{Calendar, CalendarError, DayKind},
    pack::{Closing, Deadline, Form, Level},
    period::Period,
};

/// The last day on which a report is in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Due {
    /// The day.
    pub on: Date,
    /// Whether the days off on the way there were all announced; if not, it may come later, but never earlier.
    pub sure: bool,
}

impl Calendar {
    /// The `n`-th working day after a day; that day itself does not count.
    ///
    /// Of no working days: the day itself if it is one, else the next.
    ///
    /// # Errors
    ///
    /// [`CalendarError::UnknownYear`] if the way leads through a year that is not there.
    pub fn after(&self, day: Date, working_days: u16) -> Result<Due, CalendarError> {
        let mut due = Due { on: day, sure: self.is_sure(day)? };
        if working_days == 0 {
            while !self.is_worked(due.on, &mut due.sure)? {
                due.on = due.on.tomorrow().map_err(|_| CalendarError::OutOfRange)?;
            }
            return Ok(due);
        }
        let mut left = working_days;
        while left > 0 {
            due.on = due.on.tomorrow().map_err(|_| CalendarError::OutOfRange)?;
            left -= u16::from(self.is_worked(due.on, &mut due.sure)?);
        }
        Ok(due)
    }

    /// The day itself if offices work on it, else the working day before it.
    ///
    /// # Errors
    ///
    /// [`CalendarError::UnknownYear`].
    pub fn at_latest(&self, day: Date) -> Result<Due, CalendarError> {
        let mut due = Due { on: day, sure: true };
        while !self.is_worked(due.on, &mut due.sure)? {
            due.on = due.on.yesterday().map_err(|_| CalendarError::OutOfRange)?;
        }
        Ok(due)
    }

    /// How many days offices work after a day up to another, that one included.
    ///
    /// # Errors
    ///
    /// [`CalendarError::UnknownYear`].
    pub fn working_days_between(&self, day: Date, to: Date) -> Result<u32, CalendarError> {
        let (mut on, mut n_days, mut sure) = (day, 0, true);
        while on < to {
            on = on.tomorrow().map_err(|_| CalendarError::OutOfRange)?;
            n_days += u32::from(self.is_worked(on, &mut sure)?);
        }
        Ok(n_days)
    }

    fn is_worked(&self, day: Date, sure: &mut bool) -> Result<bool, CalendarError> {
        let kind = self.kind(day)?;
        *sure &= !matches!(kind, DayKind::Open(_)) && self.is_settled(day.year()) == Some(true);
        Ok(matches!(kind, DayKind::Working | DayKind::Open(_)))
    }

    fn is_sure(&self, day: Date) -> Result<bool, CalendarError> {
        self.is_settled(day.year()).ok_or(CalendarError::UnknownYear(day.year()))
    }
}

impl Form {
    /// The deadline of a level for a period; `None` where none is set (as asked).
    #[must_use]
    pub fn deadline(&self, level: Level, period: Period) -> Option<&Deadline> {
        let frequency = period.frequency();
        let fits = |it: &&Deadline| it.every.is_empty() || it.every.contains(&frequency);
        let of = |level: Level| self.deadlines.iter().filter(fits).find(|it| it.level == level);
        of(level).or_else(|| of(Level::Both))
    }
}

impl Deadline {
    /// When the final report of a period must be there; `None` where the deadline is not in working days, or the period
    /// has no closing day of its own.
    ///
    /// # Errors
    ///
    /// [`CalendarError::UnknownYear`].
    pub fn due(
        &self,
        period: Period,
        closing: Closing,
        calendar: &Calendar,
    ) -> Result<Option<Due>, CalendarError> {
        match (period.closing_day(closing), self.working_days) {
            (Some(closed_on), Some(working_days)) => {
                calendar.after(closed_on, working_days).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// When the estimate must be there, before the period closes; `None` where none is asked for.
    ///
    /// A conference in December wants the year's figures before the year is over: the estimate comes first, the final
    /// figures replace it. On a day of rest the working day before it counts.
    ///
    /// # Errors
    ///
    /// [`CalendarError::UnknownYear`].
    pub fn estimate_due(
        &self,
        period: Period,
        closing: Closing,
        calendar: &Calendar,
    ) -> Result<Option<Due>, CalendarError> {
        let closed_on = period.closing_day(closing);
        let by_day = self.estimate_by_day.and_then(|it| i8::try_from(it).ok());
        let by = closed_on.zip(by_day).and_then(|(it, day)| it.with().day(day).build().ok());
        by.map(|it| calendar.at_latest(it)).transpose()
    }
}
