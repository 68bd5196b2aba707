//! Periods within periods: what they are made of, what came before them.

use crate::{pack::Frequency, period::Period};

/// How many months a period of a frequency has, where they are always as many.
fn months_of(frequency: Frequency) -> Option<i32> {
    match frequency {
        Frequency::Month => Some(1),
        Frequency::Quarter => Some(3),
        Frequency::Half => Some(6),
        Frequency::NineMonths => Some(9),
        Frequency::Year => Some(12),
        Frequency::Term | Frequency::Event => None,
    }
}

/// The number of a month from the start of the reckoning, so that months can be counted through.
fn month_number(year: i16, month: u8) -> i32 {
    i32::from(year) * 12 + i32::from(month) - 1
}

impl Period {
    /// How often periods like this one come: a span of years is a term, some days are an event.
    #[must_use]
    pub fn frequency(self) -> Frequency {
        match self {
            Self::Month { .. } => Frequency::Month,
            Self::Quarter { .. } => Frequency::Quarter,
            Self::Half { .. } => Frequency::Half,
            Self::NineMonths { .. } => Frequency::NineMonths,
            Self::Year { .. } => Frequency::Year,
            Self::Years { .. } | Self::Since { .. } => Frequency::Term,
            Self::Days { .. } => Frequency::Event,
        }
    }

    /// First and last month by number, both inclusive; `None` of days, no last month of an open span.
    pub(crate) fn months(self) -> Option<(i32, Option<i32>)> {
        let (first, n_months) = match self {
            Self::Month { year, month } => (month_number(year, month), 1),
            Self::Quarter { year, quarter } => (month_number(year, quarter * 3 - 2), 3),
            Self::Half { year, half } => (month_number(year, half * 6 - 5), 6),
            Self::NineMonths { year } => (month_number(year, 1), 9),
            Self::Year { year } => (month_number(year, 1), 12),
            Self::Years { from, to } => {
                (month_number(from, 1), (i32::from(to) - i32::from(from) + 1) * 12)
            }
            Self::Since { from } => return Some((month_number(from, 1), None)),
            Self::Days { .. } => return None,
        };
        Some((first, Some(first + n_months - 1)))
    }

    /// The period of a frequency that begins with a month; `None` if none begins there.
    pub(crate) fn beginning(month_number: i32, frequency: Frequency) -> Option<Self> {
        let year = i16::try_from(month_number.div_euclid(12)).ok()?;
        let month = u8::try_from(month_number.rem_euclid(12)).ok()? + 1;
        match frequency {
            Frequency::Month => Some(Self::Month { year, month }),
            Frequency::Quarter if month % 3 == 1 => {
                Some(Self::Quarter { year, quarter: month / 3 + 1 })
            }
            Frequency::Half if month % 6 == 1 => Some(Self::Half { year, half: month / 6 + 1 }),
            Frequency::NineMonths if month == 1 => Some(Self::NineMonths { year }),
            Frequency::Year if month == 1 => Some(Self::Year { year }),
            _ => None,
        }
    }

    /// The periods of a frequency that make this one, in their order: the months of a quarter, the quarters of a year.
    ///
    /// `None` where they don't: half-years don't make nine months, and an open span is never complete. A period is made
    /// of itself.
    ///
    /// ```
    /// use dondoc_core::{pack::Frequency, period::Period};
    ///
    /// let quarter: Period = "2025-Q3".parse()?;
    /// let months: Vec<String> = quarter.parts(Frequency::Month).unwrap().iter().map(Period::to_string).collect();
    /// assert_eq!(months, ["2025-07", "2025-08", "2025-09"]);
    /// # Ok::<(), dondoc_core::period::PeriodError>(())
    /// ```
    #[must_use]
    pub fn parts(self, of: Frequency) -> Option<Vec<Self>> {
        if of == self.frequency() && !matches!(self, Self::Since { .. }) {
            return Some(vec![self]);
        }
        let (first, last) = self.months()?;
        let (last, step) = (last?, months_of(of)?);
        // Nine months begin with the year and leave a quarter over: they make nothing but themselves.
        if of == Frequency::NineMonths || (last - first + 1) % step != 0 {
            return None;
        }
        let step = usize::try_from(step).ok()?;
        (first..=last).step_by(step).map(|month| Self::beginning(month, of)).collect()
    }

    /// Whether another period lies within this one, by its name: months within a quarter, days within days.
    ///
    /// Days and named periods are told apart only under a closing; see [`Period::days`].
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        if let (Self::Days { from, to }, Self::Days { from: first, to: last }) = (self, other) {
            return from <= first && last <= to;
        }
        let (Some((from, to)), Some((first, last))) = (self.months(), other.months()) else {
            return false;
        };
        from <= first
            && match (to, last) {
                (None, _) => true,
                (Some(_), None) => false,
                (Some(to), Some(last)) => last <= to,
            }
    }

    /// The period just before, of the same kind; of nine months those of the year before.
    ///
    /// `None` of spans and days: terms share their border years as they are written, and nothing is worked out from them.
    #[must_use]
    pub fn before(self) -> Option<Self> {
        match self {
            Self::NineMonths { .. } => self.year_before(),
            Self::Years { .. } | Self::Since { .. } | Self::Days { .. } => None,
            _ => {
                let step = months_of(self.frequency())?;
                Self::beginning(self.months()?.0 - step, self.frequency())
            }
        }
    }

    /// The period just after, of the same kind; of nine months those of the next year. `None` of spans and days.
    #[must_use]
    pub fn after(self) -> Option<Self> {
        let step = match self {
            Self::Years { .. } | Self::Since { .. } | Self::Days { .. } => return None,
            Self::NineMonths { .. } => 12,
            _ => months_of(self.frequency())?,
        };
        Self::beginning(self.months()?.0 + step, self.frequency())
    }

    /// The same period of the year before; `None` of spans and days.
    #[must_use]
    pub fn year_before(self) -> Option<Self> {
        match self {
            Self::Years { .. } | Self::Since { .. } | Self::Days { .. } => None,
            _ => Self::beginning(self.months()?.0 - 12, self.frequency()),
        }
    }

    /// The periods of this kind from the start of the year to this one: for the column "from the start of the year".
    #[must_use]
    pub fn year_to_date(self) -> Option<Vec<Self>> {
        let (first, _) = self.months()?;
        let step = usize::try_from(months_of(self.frequency())?).ok()?;
        let january = first - first.rem_euclid(12);
        (january..=first).step_by(step).map(|it| Self::beginning(it, self.frequency())).collect()
    }
}
