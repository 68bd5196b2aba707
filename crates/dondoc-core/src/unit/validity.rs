//! For which days something holds.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A stretch of days: the first day is in it, `until` is not any more.
///
/// Sources say "until the end of 30/06/2025"; here that is `until` 2025-07-01. [`Validity::last_day`] turns it back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Validity {
    /// The first day; `None` if no source says when it began.
    pub from: Option<Date>,
    /// The first day on which it does not hold any more; `None` if it still does.
    pub until: Option<Date>,
}

impl Validity {
    /// From a day on.
    #[must_use]
    pub fn since(from: Option<Date>) -> Self {
        Self { from, until: None }
    }

    /// Whether it holds on a day.
    #[must_use]
    pub fn contains(&self, day: Date) -> bool {
        self.from.is_none_or(|it| it <= day) && self.until.is_none_or(|it| day < it)
    }

    /// Whether there is a day on which both hold.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        let before = |a: Option<Date>, b: Option<Date>| match (a, b) {
            (Some(until), Some(from)) => from < until,
            _ => true,
        };
        before(self.until, other.from)
            && before(other.until, self.from)
            && !self.is_empty()
            && !other.is_empty()
    }

    /// Whether there is no such day.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!((self.from, self.until), (Some(from), Some(until)) if until <= from)
    }

    /// The last day on which it holds, as documents give it; `None` if it still does.
    #[must_use]
    pub fn last_day(&self) -> Option<Date> {
        self.until.and_then(|it| it.yesterday().ok())
    }
}

/// What holds for a stretch of days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span<T> {
    /// When.
    pub validity: Validity,
    /// What.
    pub value: T,
}

/// What holds on a day, of stretches in their order.
pub(crate) fn on<T>(spans: &[Span<T>], day: Date) -> Option<&T> {
    spans.iter().rev().find(|it| it.validity.contains(day)).map(|it| &it.value)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_day_of_the_change_belongs_to_what_comes_after() {
        let change = date(2025, 7, 1);
        let before = Validity { from: None, until: Some(change) };
        let after = Validity::since(Some(change));
        assert!(before.contains(date(2025, 6, 30)) && !before.contains(change));
        assert!(after.contains(change));
        assert!(!before.overlaps(&after));
        assert!(after.overlaps(&after));
        assert_eq!(before.last_day(), Some(date(2025, 6, 30)));
    }

    #[test]
    fn what_ends_on_its_first_day_never_held() {
        let day = date(2025, 7, 1);
        let never = Validity { from: Some(day), until: Some(day) };
        assert!(never.is_empty() && !never.contains(day));
        assert!(!never.overlaps(&Validity::default()));
    }
}
