//! Numbers as they are sent: exactly, as text or as whole numbers with their decimals, never as floats.

use dondoc_core::{
    figure::{Content, Figure},
    pack::Indicator,
};
use dondoc_ledger::rollup::{
    totals::Stored,
    value::{Value, percent_text},
};
use serde::{Serialize, Serializer};
use utoipa::ToSchema;

/// Beyond this many readers of JSON round whole numbers.
const MAX_SAFE: i128 = (1 << 53) - 1;
/// Digits after the mark of a share in percent.
const SHARE_DECIMALS: u8 = 2;

/// A number or a share, exactly. Decimal points; no marks between thousands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct AmountView {
    /// Of a number: `1234.50`.
    value: Option<String>,
    /// Of a share: how many have it.
    numerator: Option<String>,
    /// Of a share: of how many.
    denominator: Option<String>,
    /// Of a share: rounded half away from zero to two digits, `87.23`; null of nothing.
    percent: Option<String>,
    /// Digits after the mark.
    decimals: u8,
}

/// A figure in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct FigureView {
    /// `value`, `ratio`, `nil` (nothing occurred, counts as zero) or `no_figure` (reported that there is none).
    content: &'static str,
    /// Null without a figure.
    amount: Option<AmountView>,
    is_estimate: bool,
    /// About, at least, at most, or an order of size only.
    is_inexact: bool,
}

/// A whole number of the smallest unit: a number in JSON, or text where readers would round it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Whole(pub(crate) i128);

impl Serialize for Whole {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match i64::try_from(self.0) {
            Ok(small) if self.0.abs() <= MAX_SAFE => serializer.serialize_i64(small),
            _ => serializer.collect_str(&self.0),
        }
    }
}

impl AmountView {
    pub(crate) fn new(value: Value, decimals: u8) -> Self {
        let plain = |it| plain(it, decimals);
        match value {
            Value::Number(number) => Self {
                value: Some(plain(number)),
                numerator: None,
                denominator: None,
                percent: None,
                decimals,
            },
            Value::Ratio { numerator, denominator } => Self {
                value: None,
                numerator: Some(plain(numerator)),
                denominator: Some(plain(denominator)),
                percent: percent_text([numerator, denominator], SHARE_DECIMALS, '.'),
                decimals,
            },
        }
    }
}

impl FigureView {
    pub(crate) fn of(stored: Stored, indicator: &Indicator) -> Self {
        let value = Value::of(stored.content, indicator.ratio.is_some());
        Self {
            content: content_code(stored.content),
            amount: value.map(|it| AmountView::new(it, indicator.decimals)),
            is_estimate: stored.is_estimate,
            is_inexact: stored.is_inexact,
        }
    }

    pub(crate) fn of_figure(figure: &Figure, indicator: &Indicator) -> Self {
        Self::of(Stored::from(figure), indicator)
    }
}

pub(crate) fn content_code(content: Content) -> &'static str {
    match content {
        Content::Value(_) => "value",
        Content::Ratio { .. } => "ratio",
        Content::Nil => "nil",
        Content::NoFigure => "no_figure",
    }
}

/// A number of the smallest unit as machines write it: `-1234.50`.
pub(crate) fn plain(number: i128, decimals: u8) -> String {
    let decimals = usize::from(decimals);
    let sign = if number < 0 { "-" } else { "" };
    let digits = format!("{:0width$}", number.unsigned_abs(), width = decimals + 1);
    match digits.split_at(digits.len() - decimals) {
        (whole, "") => format!("{sign}{whole}"),
        (whole, rest) => format!("{sign}{whole}.{rest}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_written_with_all_its_digits() {
        for (number, decimals, text) in [
            (0, 0, "0"),
            (150, 2, "1.50"),
            (-5, 2, "-0.05"),
            (1_234_567, 0, "1234567"),
            (
                170_141_183_460_469_231_731_687_303_715_884_105_727,
                1,
                "17014118346046923173168730371588410572.7",
            ),
        ] {
            assert_eq!(plain(number, decimals), text);
        }
    }

    #[test]
    fn a_share_of_nothing_has_no_percent() {
        let value = Value::Ratio { numerator: 0, denominator: 0 };
        assert_eq!(AmountView::new(value, 0).percent, None);
        let value = Value::Ratio { numerator: 2, denominator: 3 };
        assert_eq!(AmountView::new(value, 0).percent.as_deref(), Some("66.67"));
    }

    #[test]
    fn a_number_that_readers_would_round_goes_as_text() {
        let json = |it| serde_json::to_string(&Whole(it)).unwrap_or_default();
        assert_eq!(json(9_007_199_254_740_991), "9007199254740991");
        assert_eq!(json(9_007_199_254_740_992), "\"9007199254740992\"");
        assert_eq!(json(-9_007_199_254_740_992), "\"-9007199254740992\"");
    }
}
