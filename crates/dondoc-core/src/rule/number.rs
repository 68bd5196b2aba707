//! Exact numbers: fractions of whole numbers that never round and never wrap.

use std::{cmp::Ordering, fmt};

/// A fraction in lowest terms; the denominator is above zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Number {
    numerator: i128,
    denominator: i128,
}

fn greatest_common_divisor(a: u128, b: u128) -> u128 {
    let (mut a, mut b) = (a, b);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

impl From<i64> for Number {
    fn from(whole: i64) -> Self {
        Self { numerator: i128::from(whole), denominator: 1 }
    }
}

impl Number {
    /// Nothing.
    pub const ZERO: Self = Self { numerator: 0, denominator: 1 };

    /// A fraction; `None` if the denominator is zero or a part too large to keep.
    #[must_use]
    pub fn fraction(numerator: i128, denominator: i128) -> Option<Self> {
        let divisor = greatest_common_divisor(numerator.unsigned_abs(), denominator.unsigned_abs());
        let divisor = i128::try_from(divisor).ok().filter(|_| denominator != 0)?;
        let (numerator, denominator) = (numerator / divisor, denominator / divisor);
        if denominator > 0 {
            return Some(Self { numerator, denominator });
        }
        Some(Self { numerator: numerator.checked_neg()?, denominator: denominator.checked_neg()? })
    }

    /// A whole number that counts the smallest unit of an indicator: `150` with 2 decimals is 1,50.
    #[must_use]
    pub fn scaled(whole: i64, decimals: u8) -> Option<Self> {
        Self::fraction(i128::from(whole), 10_i128.checked_pow(u32::from(decimals))?)
    }

    /// Reads decimal digits with or without a point: `0.5`, `12`.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
        let is_digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
        if whole.is_empty() || !is_digits(whole) || !is_digits(rest) || rest.len() > 18 {
            return None;
        }
        let digits: i128 = format!("{whole}{rest}").parse().ok()?;
        Self::fraction(digits, 10_i128.checked_pow(u32::try_from(rest.len()).ok()?)?)
    }

    /// The parts in lowest terms.
    #[must_use]
    pub fn parts(self) -> (i128, i128) {
        (self.numerator, self.denominator)
    }

    /// The sum; `None` if it is too large.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        if self.denominator == other.denominator {
            let sum = self.numerator.checked_add(other.numerator)?;
            return Self::fraction(sum, self.denominator);
        }
        let left = self.numerator.checked_mul(other.denominator)?;
        let right = other.numerator.checked_mul(self.denominator)?;
        let denominator = self.denominator.checked_mul(other.denominator)?;
        Self::fraction(left.checked_add(right)?, denominator)
    }

    /// The number with its sign turned; `None` if it is too large.
    #[must_use]
    pub fn negated(self) -> Option<Self> {
        Some(Self { numerator: self.numerator.checked_neg()?, ..self })
    }

    /// The product; `None` if it is too large.
    #[must_use]
    pub fn times(self, other: Self) -> Option<Self> {
        // Crosswise lowest terms first, so that a share of a share does not grow.
        let left = Self::fraction(self.numerator, other.denominator)?;
        let right = Self::fraction(other.numerator, self.denominator)?;
        let numerator = left.numerator.checked_mul(right.numerator)?;
        let denominator = left.denominator.checked_mul(right.denominator)?;
        Self::fraction(numerator, denominator)
    }

    /// One over the number; `None` of zero.
    #[must_use]
    pub fn inverse(self) -> Option<Self> {
        Self::fraction(self.denominator, self.numerator)
    }

    /// Which is larger; `None` if they can't be brought to one denominator.
    #[must_use]
    pub fn compare(self, other: Self) -> Option<Ordering> {
        if self.denominator == other.denominator {
            return Some(self.numerator.cmp(&other.numerator));
        }
        let left = self.numerator.checked_mul(other.denominator)?;
        let right = other.numerator.checked_mul(self.denominator)?;
        Some(left.cmp(&right))
    }

    /// In units of so many decimals, rounded half away from zero; `None` if it is too large.
    #[must_use]
    pub fn rounded(self, decimals: u8) -> Option<i64> {
        let scale = 10_i128.checked_pow(u32::from(decimals))?;
        let scaled = self.numerator.checked_mul(scale)?;
        let (quotient, rest) = (scaled / self.denominator, scaled % self.denominator);
        let is_half_or_more = rest.unsigned_abs() >= self.denominator.unsigned_abs().div_ceil(2);
        let away = if is_half_or_more && rest != 0 { scaled.signum() } else { 0 };
        i64::try_from(quotient.checked_add(away)?).ok()
    }

    /// Whether it is zero.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.numerator == 0
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.denominator {
            1 => write!(f, "{}", self.numerator),
            denominator => write!(f, "{}/{denominator}", self.numerator),
        }
    }
}
