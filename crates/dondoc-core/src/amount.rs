//! A number as it is written, exactly.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A decimal number, exact: `mantissa / 10^scale`.
///
/// Kept in lowest terms (no trailing zeros after the decimal mark), so that equal numbers are equal values.
/// In JSON a plain number of at most 15 significant digits, which every JSON reader keeps whole.
///
/// # Example
///
/// ```
/// use dondoc_core::amount::Amount;
///
/// let billions = Amount::new(15, 1).and_then(|it| it.times_ten_to(9));
/// assert_eq!(billions, Amount::new(1_500_000_000, 0));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Amount {
    mantissa: i64,
    scale: u8,
}

/// More digits than a JSON number keeps whole.
const LIMIT: i64 = 1_000_000_000_000_000;

impl Amount {
    /// `mantissa / 10^scale`; `None` past 15 digits.
    #[must_use]
    pub fn new(mut mantissa: i64, mut scale: u8) -> Option<Self> {
        while scale > 0 && mantissa % 10 == 0 {
            mantissa /= 10;
            scale -= 1;
        }
        (-LIMIT < mantissa && mantissa < LIMIT && scale <= 15).then_some(Self { mantissa, scale })
    }

    /// The number times `10^exponent`, as for "1,5 tỷ"; `None` past 15 digits.
    #[must_use]
    pub fn times_ten_to(self, exponent: u8) -> Option<Self> {
        let cut = exponent.min(self.scale);
        let factor = 10_i64.checked_pow(u32::from(exponent - cut))?;
        Self::new(self.mantissa.checked_mul(factor)?, self.scale - cut)
    }

    /// The whole number, if it is one.
    #[must_use]
    pub fn as_whole(self) -> Option<i64> {
        (self.scale == 0).then_some(self.mantissa)
    }
}

/// Plain digits with a decimal point: `-8.3`.
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.scale == 0 {
            return write!(f, "{}", self.mantissa);
        }
        let unit = 10_i64.pow(u32::from(self.scale));
        let sign = if self.mantissa < 0 { "-" } else { "" };
        let (whole, rest) = (self.mantissa.abs() / unit, self.mantissa.abs() % unit);
        write!(f, "{sign}{whole}.{rest:0width$}", width = usize::from(self.scale))
    }
}

impl std::str::FromStr for Amount {
    type Err = AmountError;

    fn from_str(text: &str) -> Result<Self, AmountError> {
        let malformed = || AmountError { text: text.to_owned() };
        let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
        let all_digits = |it: &str| it.bytes().all(|byte| byte.is_ascii_digit());
        let unsigned = whole.strip_prefix('-').unwrap_or(whole);
        if unsigned.is_empty() || !all_digits(unsigned) || !all_digits(rest) {
            return Err(malformed());
        }
        let rest = rest.trim_end_matches('0');
        let scale = u8::try_from(rest.len()).map_err(|_| malformed())?;
        let mantissa = format!("{whole}{rest}").parse().map_err(|_| malformed())?;
        Self::new(mantissa, scale).ok_or_else(malformed)
    }
}

/// A text is no number, or has more than 15 digits.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a number of at most 15 digits; write it as `1234.5`")]
pub struct AmountError {
    text: String,
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.as_whole() {
            Some(whole) => serializer.serialize_i64(whole),
            // Fifteen digits survive the trip through a double unchanged (IEEE 754).
            None => serializer
                .serialize_f64(self.to_string().parse().map_err(serde::ser::Error::custom)?),
        }
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Amount;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number of at most 15 digits")
            }

            fn visit_i64<E: de::Error>(self, it: i64) -> Result<Amount, E> {
                Amount::new(it, 0).ok_or_else(|| E::custom("more than 15 digits"))
            }

            fn visit_u64<E: de::Error>(self, it: u64) -> Result<Amount, E> {
                self.visit_i64(i64::try_from(it).map_err(E::custom)?)
            }

            fn visit_f64<E: de::Error>(self, it: f64) -> Result<Amount, E> {
                it.to_string().parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn equal_numbers_are_equal_values() {
        assert_eq!(Amount::new(150, 2), Amount::new(15, 1));
    }

    #[test]
    fn sixteen_digits_are_refused() {
        assert_eq!(Amount::new(1_000_000_000_000_000, 0), None);
        assert!("1234567890123456".parse::<Amount>().is_err());
    }

    proptest! {
        #[test]
        fn json_keeps_it_whole(mantissa in -999_999_999_999_999_i64..1_000_000_000_000_000, scale in 0..12_u8) {
            let amount = Amount::new(mantissa, scale).unwrap();
            let json = serde_json::to_string(&amount).unwrap();
            prop_assert_eq!(serde_json::from_str::<Amount>(&json).unwrap(), amount);
            prop_assert_eq!(amount.to_string().parse::<Amount>().unwrap(), amount);
        }
    }
}
