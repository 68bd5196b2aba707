//! Adding and comparing, with fractions.

use dondoc_core::{aggregation::Aggregation, figure::Content};
use dondoc_rollup::{total::Counts, totals::Stored, value::Value};

use crate::world::Rules;

/// A fraction, in lowest terms, the denominator positive; `None` of nothing.
pub(crate) fn fraction(value: Value) -> Option<(i128, i128)> {
    let (numerator, denominator) = match value {
        Value::Number(number) => (number, 1),
        Value::Ratio { numerator, denominator } => (numerator, denominator),
    };
    if denominator == 0 {
        return None;
    }
    let (mut a, mut b) = (numerator.abs(), denominator.abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    let divisor = a.max(1) * denominator.signum();
    Some((numerator / divisor, denominator / divisor))
}

/// Whether `a` is smaller than `b`; unknown shares are smaller than all others, of equal shares those of less.
pub(crate) fn is_less(a: Value, b: Value) -> bool {
    let parts = |it| match it {
        Value::Number(number) => (1, number),
        Value::Ratio { numerator, denominator } => (denominator.abs(), numerator),
    };
    match (fraction(a), fraction(b)) {
        (None, Some(_)) => true,
        (Some(_), None) => false,
        (Some((p, q)), Some((r, s))) if p * s != r * q => p * s < r * q,
        _ => parts(a) < parts(b),
    }
}

pub(crate) fn number_of(stored: &Stored, rules: &Rules) -> Option<Value> {
    match stored.content {
        Content::Value(it) => Some(Value::Number(i128::from(it))),
        Content::Ratio { numerator, denominator } => Some(Value::Ratio {
            numerator: i128::from(numerator),
            denominator: i128::from(denominator),
        }),
        Content::Nil if rules.is_ratio => Some(Value::Ratio { numerator: 0, denominator: 0 }),
        Content::Nil => Some(Value::Number(0)),
        Content::NoFigure => None,
    }
}

pub(crate) fn add(a: Value, b: Value) -> Value {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => Value::Number(a + b),
        (
            Value::Ratio { numerator: a, denominator: b },
            Value::Ratio { numerator: c, denominator: d },
        ) => Value::Ratio { numerator: a + c, denominator: b + d },
        _ => panic!("{a:?} and {b:?}"),
    }
}

pub(crate) fn both(a: Option<(Value, u32)>, b: Option<(Value, u32)>) -> Option<(Value, u32)> {
    match (a, b) {
        (Some(a), Some(b)) => Some((add(a.0, b.0), a.1 + b.1)),
        (a, b) => a.or(b),
    }
}

pub(crate) fn plus(a: Counts, b: Counts) -> Counts {
    Counts {
        n_expected: a.n_expected + b.n_expected,
        n_reported: a.n_reported + b.n_reported,
        n_missing: a.n_missing + b.n_missing,
        n_nil: a.n_nil + b.n_nil,
        n_no_figure: a.n_no_figure + b.n_no_figure,
        n_estimated: a.n_estimated + b.n_estimated,
        n_inexact: a.n_inexact + b.n_inexact,
    }
}

/// Shares of a number by largest remainder, ties to the first; or what is left over is lost.
pub(crate) fn shared_out(number: i128, shares: &[(u32, i64, i64)], keeps_rest: bool) -> Vec<i128> {
    let size = number.abs();
    let mut parts: Vec<i128> =
        shares.iter().map(|it| size * i128::from(it.1) / i128::from(it.2)).collect();
    let rest = |at: usize| {
        let of = i128::from(shares[at].2);
        (size * i128::from(shares[at].1) - parts[at] * of, of)
    };
    let mut order: Vec<usize> = (0..shares.len()).collect();
    order.sort_by(|a, b| {
        let ((a, of_a), (b, of_b)) = (rest(*a), rest(*b));
        (b * of_a).cmp(&(a * of_b))
    });
    let mut left = size - parts.iter().sum::<i128>();
    for at in order {
        if left > 0 && keeps_rest {
            parts[at] += 1;
            left -= 1;
        }
    }
    parts.into_iter().map(|it| it * number.signum()).collect()
}

/// Both as one, by the rule over units.
pub(crate) fn join(a: Value, b: Value, rules: &Rules) -> Value {
    match rules.over_units {
        Aggregation::Max if is_less(a, b) => b,
        Aggregation::Max => a,
        _ => add(a, b),
    }
}
