//! What a total comes to, exactly, and how a share is written.

use std::cmp::Ordering;

use dondoc_core::figure::Content;

/// A sum, in the smallest unit of the indicator; of ratios both parts, so that nothing is divided before it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// A plain sum.
    Number(i128),
    /// A share, by its parts; the share is unknown where the denominator is zero.
    Ratio {
        /// How many have it.
        numerator: i128,
        /// Of how many.
        denominator: i128,
    },
}

impl Value {
    /// The number of a cell; nil is zero of zero for a series of ratios. `None` where there is no figure.
    #[must_use]
    pub fn of(content: Content, is_ratio: bool) -> Option<Self> {
        Some(match content {
            Content::Value(value) => Self::Number(value.into()),
            Content::Ratio { numerator, denominator } => {
                Self::Ratio { numerator: numerator.into(), denominator: denominator.into() }
            }
            Content::Nil if is_ratio => Self::Ratio { numerator: 0, denominator: 0 },
            Content::Nil => Self::Number(0),
            Content::NoFigure => return None,
        })
    }

    /// Zero, or zero of zero.
    #[must_use]
    pub fn zero(is_ratio: bool) -> Self {
        if is_ratio { Self::Ratio { numerator: 0, denominator: 0 } } else { Self::Number(0) }
    }

    /// Both added up, part by part. Values of one series are of one kind; of two kinds, the first stays.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => Self::Number(a + b),
            (
                Self::Ratio { numerator, denominator },
                Self::Ratio { numerator: more, denominator: of_more },
            ) => Self::Ratio { numerator: numerator + more, denominator: denominator + of_more },
            _ => self,
        }
    }

    /// The larger. A share of nothing is smaller than every other; of equal shares the one of more is taken, so that the
    /// order in which values come does not matter.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        if self.compare(other) == Ordering::Less { other } else { self }
    }

    /// By size: numbers as they are, ratios by their shares, then by their parts.
    fn compare(self, other: Self) -> Ordering {
        let ((a, b), (c, d)) = (self.parts(), other.parts());
        let (b, d) = (b.unwrap_or(1), d.unwrap_or(1));
        let share = match (b, d) {
            (0, _) | (_, 0) => (b != 0).cmp(&(d != 0)),
            _ => compare_fractions([a, b], [c, d]),
        };
        share.then(b.unsigned_abs().cmp(&d.unsigned_abs())).then(a.cmp(&c))
    }

    /// Value or numerator, and denominator.
    #[must_use]
    pub fn parts(self) -> (i128, Option<i128>) {
        match self {
            Self::Number(number) => (number, None),
            Self::Ratio { numerator, denominator } => (numerator, Some(denominator)),
        }
    }
}

/// Which of `a/b` and `c/d` is larger, whatever the size of the parts; no denominator is zero.
///
/// Compares whole parts, then the remainders upside down (continued fractions), so that nothing is multiplied.
fn compare_fractions([a, b]: [i128; 2], [c, d]: [i128; 2]) -> Ordering {
    let positive = |it: i128, of: i128| if of < 0 { [-it, -of] } else { [it, of] };
    let ([mut a, mut b], [mut c, mut d]) = (positive(a, b), positive(c, d));
    let mut turned = false;
    loop {
        let whole = a.div_euclid(b).cmp(&c.div_euclid(d));
        let rest = (a.rem_euclid(b), c.rem_euclid(d));
        let found = match (whole, rest) {
            (Ordering::Equal, (0, 0)) => Ordering::Equal,
            (Ordering::Equal, (0, _)) => Ordering::Less,
            (Ordering::Equal, (_, 0)) => Ordering::Greater,
            (Ordering::Equal, (of_a, of_c)) => {
                (a, b, c, d) = (b, of_a, d, of_c);
                turned = !turned;
                continue;
            }
            (whole, _) => whole,
        };
        return if turned { found.reverse() } else { found };
    }
}

/// A share in percent with so many digits after the decimal mark, as a whole number of the last digit, rounded half away
/// from zero: 1 of 8 with one digit is 12,5 %, that is `125`.
///
/// `None` where the denominator is zero, or the result has more digits than 128 bits hold.
///
/// # Example
///
/// ```
/// use dondoc_rollup::value::percent;
///
/// assert_eq!(percent(1, 8, 1), Some(125));
/// assert_eq!(percent(1, 8, 0), Some(13));
/// assert_eq!(percent(-1, 8, 0), Some(-13));
/// assert_eq!(percent(5, 0, 0), None);
/// ```
#[must_use]
pub fn percent(numerator: i128, denominator: i128, decimals: u8) -> Option<i128> {
    if denominator == 0 {
        return None;
    }
    let (whole, of) = (numerator.unsigned_abs(), denominator.unsigned_abs());
    let (mut result, mut rest) = (whole / of, whole % of);
    for _ in 0..u32::from(decimals) + 2 {
        let more = rest.checked_mul(10)?;
        result = result.checked_mul(10)?.checked_add(more / of)?;
        rest = more % of;
    }
    if rest >= of - rest {
        result = result.checked_add(1)?;
    }
    let result = i128::try_from(result).ok()?;
    Some(if (numerator < 0) == (denominator < 0) { result } else { -result })
}

/// A share in percent as it is printed, with the decimal mark of the language: `87,5` or `87.5`.
///
/// # Example
///
/// ```
/// use dondoc_rollup::value::percent_text;
///
/// assert_eq!(percent_text([2897, 3321], 1, ',').as_deref(), Some("87,2"));
/// assert_eq!(percent_text([-1, 2000], 1, ',').as_deref(), Some("-0,1"));
/// ```
#[must_use]
pub fn percent_text(
    [numerator, denominator]: [i128; 2],
    decimals: u8,
    mark: char,
) -> Option<String> {
    let scaled = percent(numerator, denominator, decimals)?;
    let width = usize::from(decimals);
    let digits = format!("{:0width$}", scaled.unsigned_abs(), width = width + 1);
    let (whole, rest) = digits.split_at(digits.len() - width);
    let sign = if scaled < 0 { "-" } else { "" };
    let mark = if rest.is_empty() { String::new() } else { mark.to_string() };
    Some(format!("{sign}{whole}{mark}{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_compare_as_their_cross_products() {
        let mut seed = 7_u64;
        let mut draw = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            i128::from(seed >> 33) % 41 - 20
        };
        for _ in 0..20_000 {
            let [a, b, c, d] = [draw(), draw(), draw(), draw()];
            if b == 0 || d == 0 {
                continue;
            }
            let expected = (a * d * (b * d).signum()).cmp(&(c * b * (b * d).signum()));
            assert_eq!(compare_fractions([a, b], [c, d]), expected, "{a}/{b} {c}/{d}");
        }
        let huge = i128::MAX / 3;
        assert_eq!(compare_fractions([huge, huge - 1], [huge - 1, huge - 2]), Ordering::Less);
    }

    #[test]
    fn halves_are_rounded_away_from_zero() {
        for (parts, decimals, expected) in [
            ([1, 3], 2, "33,33"),
            ([2, 3], 2, "66,67"),
            ([1, 200], 0, "1"),
            ([-1, 200], 0, "-1"),
            ([1, 201], 0, "0"),
            ([5, -2000], 2, "-0,25"),
            ([3, 2], 0, "150"),
            ([0, 7], 1, "0,0"),
        ] {
            assert_eq!(percent_text(parts, decimals, ',').unwrap(), expected, "{parts:?}");
        }
        assert_eq!(percent(i128::MAX, 1, 4), None);
        assert_eq!(percent(i128::MAX, i128::MAX, 4), Some(1_000_000));
    }

    #[test]
    fn a_share_of_nothing_is_the_smallest() {
        let share = |numerator, denominator| Value::Ratio { numerator, denominator };
        assert_eq!(share(5, 0).max(share(-1, 2)), share(-1, 2));
        assert_eq!(share(1, 2).max(share(2, 4)), share(2, 4));
        assert_eq!(share(2, 4).max(share(1, 2)), share(2, 4));
        assert_eq!(share(-1, -3).max(share(1, 4)), share(-1, -3));
    }
}
