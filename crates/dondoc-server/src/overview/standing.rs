//! How one indicator stands.

use std::cmp::Ordering;

use dondoc_ledger::rollup::{total::Total, value::Value};
use dondoc_store::targets::{Target, TargetValue};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Row, year_of};
use crate::{
    error::Bilingual,
    explorer::TraceTotal,
    numbers::{AmountView, plain},
    totals::SeriesView,
};

/// How an indicator stands in a unit and period.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StandingView {
    series: SeriesView,
    name: Bilingual,
    /// The components that it says something about.
    components: Vec<String>,
    total: TraceTotal,
    /// Of the same period of the year before; null is unknown.
    year_before: Option<AmountView>,
    /// What changed since then; null if either is unknown.
    change: Option<BesideView>,
    /// What was to be reached, if anybody said so in figures.
    target: Option<TargetView>,
    /// What was to be reached, as the programme says it in words.
    target_words: Option<Bilingual>,
    /// `reached`, `not_reached`, `no_target` or `no_figure`.
    state: &'static str,
    streaks: StreaksView,
    /// Of each of the past periods, the oldest first; null is unknown.
    past: Vec<Option<AmountView>>,
}

/// A difference between two values.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BesideView {
    /// Exactly; of shares in percentage points with two digits.
    difference: String,
    /// In thousandths of what it was; null of shares, and where it was nothing.
    permille: Option<i64>,
    /// `up`, `down` or `same`.
    direction: &'static str,
}

/// What was to be reached, and how far it is.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TargetView {
    amount: AmountView,
    /// Of this period, or of the year that it lies in.
    period: String,
    /// What has been reached of it so far; null is unknown.
    so_far: Option<AmountView>,
    /// In thousandths of the target.
    permille: Option<i64>,
    /// Who said so.
    source: String,
}

/// For how many periods in a row, up to the one asked for.
#[derive(Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct StreaksView {
    /// More than in the period before.
    rising: u32,
    /// Less than in the period before.
    falling: u32,
    /// All who should report have done so.
    complete: u32,
    /// Somebody was missing.
    incomplete: u32,
}

impl Row<'_> {
    pub(super) fn standing(&self) -> StandingView {
        let decimals = self.indicator.decimals;
        let n_past = self.scene.past.len();
        let past = self.totals.get(..n_past).unwrap_or_default();
        let amount = |it: Value| AmountView::new(it, decimals);
        let value = past.last().and_then(|it| it.value.ok());
        let year_before = self.year_before();
        let target = self.target(decimals);
        let state = match (&target, value) {
            (Some((_, Some(true))), _) => "reached",
            (Some((_, Some(false))), _) => "not_reached",
            (Some((_, None)), _) | (None, None) => "no_figure",
            (None, Some(_)) => "no_target",
        };
        StandingView {
            series: SeriesView::new(self.books, self.series),
            name: Bilingual::from(&self.indicator.name),
            components: self.indicator.components.clone(),
            total: match past.last() {
                Some(total) => TraceTotal::new(total, decimals),
                None => TraceTotal::nothing(),
            },
            year_before: year_before.map(amount),
            change: value.zip(year_before).and_then(|(now, then)| difference(now, then, decimals)),
            target: target.map(|it| it.0),
            target_words: self.indicator.target.as_ref().map(Bilingual::from),
            state,
            streaks: streaks(past),
            past: past.iter().map(|it| it.value.ok().map(amount)).collect(),
        }
    }

    fn year_before(&self) -> Option<Value> {
        let then = self.scene.period?.year_before()?;
        let at = self.scene.past.iter().position(|it| *it == then)?;
        self.totals.get(at)?.value.ok()
    }

    /// The target of the period, else that of its year, and whether it is reached.
    fn target(&self, decimals: u8) -> Option<(TargetView, Option<bool>)> {
        let period = self.scene.period?;
        let of = |wanted| {
            let mine = |it: &&Target| it.period == wanted && it.series == *self.series;
            self.targets.iter().rev().find(mine)
        };
        let (target, total) = match of(period) {
            Some(target) => (target, self.totals.get(self.scene.past.len().checked_sub(1)?)),
            // The total of the year is the last one.
            None => (of(year_of(period)?)?, self.totals.last()),
        };
        let wanted = match target.value {
            TargetValue::Value(value) => Value::Number(value.into()),
            TargetValue::Ratio { numerator, denominator } => {
                Value::Ratio { numerator: numerator.into(), denominator: denominator.into() }
            }
        };
        let so_far = total.and_then(|it| it.value.ok());
        let view = TargetView {
            amount: AmountView::new(wanted, decimals),
            period: target.period.to_string(),
            so_far: so_far.map(|it| AmountView::new(it, decimals)),
            permille: so_far.and_then(|it| share(it, wanted)),
            source: target.source.clone(),
        };
        let is_reached = so_far.and_then(|it| compare(it, wanted)).map(Ordering::is_ge);
        Some((view, is_reached))
    }
}

/// By size; `None` of a share of nothing.
fn compare(one: Value, other: Value) -> Option<Ordering> {
    let ((a, b), (c, d)) = (one.parts(), other.parts());
    let (b, d) = (b.unwrap_or(1), d.unwrap_or(1));
    if b <= 0 || d <= 0 {
        return None;
    }
    Some(a.checked_mul(d)?.cmp(&c.checked_mul(b)?))
}

/// One in thousandths of another, rounded half up; `None` of nothing.
fn share(one: Value, other: Value) -> Option<i64> {
    let ((a, b), (c, d)) = (one.parts(), other.parts());
    let top = a.checked_mul(d.unwrap_or(1))?;
    let bottom = c.checked_mul(b.unwrap_or(1))?;
    if bottom <= 0 || top < 0 {
        return None;
    }
    i64::try_from((top.checked_mul(2_000)? + bottom) / (2 * bottom)).ok()
}

fn difference(now: Value, then: Value, decimals: u8) -> Option<BesideView> {
    let direction = match compare(now, then)? {
        Ordering::Greater => "up",
        Ordering::Less => "down",
        Ordering::Equal => "same",
    };
    let (text, permille) = match (now, then) {
        (Value::Number(now), Value::Number(then)) => {
            let by = now - then;
            let permille = (then > 0).then(|| by.checked_mul(1_000).map(|it| it / then)).flatten();
            (plain(by, decimals), permille.and_then(|it| i64::try_from(it).ok()))
        }
        (
            Value::Ratio { numerator: a, denominator: b },
            Value::Ratio { numerator: c, denominator: d },
        ) => {
            let bottom = b.checked_mul(d)?;
            let top = a.checked_mul(d)?.checked_sub(c.checked_mul(b)?)?.checked_mul(20_000)?;
            let half = if top < 0 { -bottom } else { bottom };
            (plain((top + half) / (2 * bottom), 2), None)
        }
        _ => return None,
    };
    Some(BesideView { difference: text, permille, direction })
}

/// How long it has gone the same way, back from the last period.
fn streaks(past: &[Total]) -> StreaksView {
    let values: Vec<Option<Value>> = past.iter().map(|it| it.value.ok()).collect();
    let run = |way: Ordering| {
        let steps = values.windows(2).rev();
        let goes = |it: &&[Option<Value>]| match it {
            [Some(before), Some(after)] => compare(*after, *before) == Some(way),
            _ => false,
        };
        u32::try_from(steps.take_while(goes).count()).unwrap_or(u32::MAX)
    };
    let expected = |it: &&Total| it.counts.n_expected > 0;
    let count = |of: fn(&&Total) -> bool| {
        let n = past.iter().rev().take_while(expected).take_while(of).count();
        u32::try_from(n).unwrap_or(u32::MAX)
    };
    StreaksView {
        rising: run(Ordering::Greater),
        falling: run(Ordering::Less),
        complete: count(|it| it.counts.n_missing == 0),
        incomplete: count(|it| it.counts.n_missing > 0),
    }
}

#[cfg(test)]
mod tests {
    use dondoc_ledger::rollup::total::{Counts, Why};

    use super::*;

    fn total(value: Option<i128>, n_missing: u32) -> Total {
        Total {
            value: value.map(Value::Number).ok_or(Why::NothingReported),
            counts: Counts { n_expected: 3, n_missing, ..Counts::default() },
            through_weights: None,
            n_periods: 1,
        }
    }

    #[test]
    fn a_streak_ends_where_nothing_is_known() {
        let past = [
            total(Some(1), 0),
            total(None, 3),
            total(Some(1), 1),
            total(Some(2), 0),
            total(Some(5), 0),
        ];
        let expected = StreaksView { rising: 2, falling: 0, complete: 2, incomplete: 0 };
        assert_eq!(streaks(&past), expected);
        assert_eq!(streaks(&[]), StreaksView::default());
    }

    #[test]
    fn shares_differ_in_points() {
        let ratio = |numerator, denominator| Value::Ratio { numerator, denominator };
        let found = difference(ratio(2, 3), ratio(1, 2), 0).unwrap();
        assert_eq!((found.difference.as_str(), found.direction), ("16.67", "up"));
        let found = difference(ratio(1, 2), ratio(2, 3), 0).unwrap();
        assert_eq!((found.difference.as_str(), found.direction), ("-16.67", "down"));
        assert!(difference(ratio(0, 0), ratio(2, 3), 0).is_none());
        let found = difference(Value::Number(150), Value::Number(120), 1).unwrap();
        assert_eq!((found.difference.as_str(), found.permille), ("3.0", Some(250)));
    }

    #[test]
    fn a_target_is_reached_at_what_it_says() {
        let number = Value::Number;
        assert_eq!(compare(number(95), number(95)), Some(Ordering::Equal));
        let wanted = Value::Ratio { numerator: 95, denominator: 100 };
        let so_far = Value::Ratio { numerator: 189, denominator: 200 };
        assert_eq!(compare(so_far, wanted), Some(Ordering::Less));
        assert_eq!(share(so_far, wanted), Some(995));
    }
}
