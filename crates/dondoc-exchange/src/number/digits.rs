//! Runs of digits with marks between them, and how many numbers they can mean.

use std::fmt;

use dondoc_core::finding::Fault;

use crate::number::{MAX_DIGITS, is_gap};

/// Runs of digits with one mark between each two: `1`, `234`, `5` with `.` and `,`. A gap of any width is a space.
pub(super) struct Digits<'a> {
    runs: Vec<&'a str>,
    marks: Vec<char>,
}

/// A number, by its digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    /// Before the mark.
    pub(super) whole: String,
    /// After it.
    pub(super) fraction: String,
}

/// What digits and marks can mean.
pub(super) enum Reading {
    /// One number.
    One(Decimal),
    /// Either of two.
    Two(Decimal, Decimal),
}

impl<'a> Digits<'a> {
    /// `None` unless runs of digits and single marks take turns.
    pub(super) fn split(text: &'a str) -> Option<Self> {
        let mut marks = Vec::new();
        let mut runs = Vec::new();
        let mut rest = text;
        loop {
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            if end == 0 {
                return None;
            }
            runs.push(&rest[..end]);
            let Some(mark) = rest[end..].chars().next() else { break };
            marks.push(if is_gap(mark) { ' ' } else { mark });
            rest = &rest[end + mark.len_utf8()..];
        }
        Some(Self { runs, marks })
    }

    /// The one number or the two numbers that these can be; `None` for no number.
    ///
    /// A point alone is trusted as grouping where only whole numbers are taken, and nowhere as a decimal mark.
    pub(super) fn read(&self, takes_decimals: bool) -> Option<Reading> {
        let Some(last) = self.marks.last() else { return Some(Reading::One(self.grouped())) };
        let before = &self.marks[..self.marks.len() - 1];
        let is_grouped = self.all_marks_are(*last) && self.groups(&self.runs);
        let is_decimal = *last != ' '
            && !before.contains(last)
            && self.groups(&self.runs[..self.runs.len() - 1]);
        match (is_grouped, is_decimal) {
            (false, false) => None,
            // 1.234 against 1,234: the point is what Vietnamese write between thousands, the comma is both.
            (true, true) if *last == '.' && !takes_decimals => Some(Reading::One(self.grouped())),
            (true, true) => Some(Reading::Two(self.grouped(), self.decimal())),
            (true, false) => Some(Reading::One(self.grouped())),
            // 1.5 is one and a half in English and a slip for 15 in Vietnamese; 1,234.5 is plainly English.
            (false, true) if *last == '.' && !before.contains(&',') => {
                let decimal = self.decimal();
                if !takes_decimals && decimal.has_fraction() {
                    return Some(Reading::One(decimal));
                }
                Some(Reading::Two(decimal, self.grouped()))
            }
            (false, true) => Some(Reading::One(self.decimal())),
        }
    }

    fn all_marks_are(&self, mark: char) -> bool {
        self.marks.iter().all(|it| *it == mark)
    }

    /// Whether runs are thousands: one kind of mark between them, one to three digits first, then three each.
    fn groups(&self, runs: &[&str]) -> bool {
        let [first, rest @ ..] = runs else { return true };
        let one_mark = self.marks[..rest.len()].windows(2).all(|it| it[0] == it[1]);
        let leads = rest.is_empty() || (first.len() <= 3 && !first.starts_with('0'));
        one_mark && leads && rest.iter().all(|it| it.len() == 3)
    }

    fn grouped(&self) -> Decimal {
        Decimal { whole: self.runs.concat(), fraction: String::new() }
    }

    fn decimal(&self) -> Decimal {
        let (fraction, whole) = self.runs.split_last().unwrap_or((&"", &[]));
        Decimal { whole: whole.concat(), fraction: (*fraction).to_owned() }
    }
}

impl Decimal {
    fn has_fraction(&self) -> bool {
        self.fraction.bytes().any(|it| it != b'0')
    }

    /// The number times ten to the exponent, counted in the smallest unit of a field.
    pub(super) fn scaled(&self, decimals: u8, exponent: i8, text: &str) -> Result<i64, Fault> {
        let too_large = || Fault::NumberTooLarge { text: text.to_owned() };
        let fraction = self.fraction.trim_end_matches('0');
        let digits = format!("{}{fraction}", self.whole);
        let digits = digits.trim_start_matches('0');
        if digits.is_empty() {
            return Ok(0);
        }
        let n_fraction = i64::try_from(fraction.len()).map_err(|_| too_large())?;
        let shift = i64::from(exponent) + i64::from(decimals) - n_fraction;
        let digits = match u32::try_from(shift) {
            Ok(shift) if shift <= MAX_DIGITS => format!("{digits}{:0<1$}", "", shift as usize),
            Ok(_) => return Err(too_large()),
            Err(_) => {
                let cut = usize::try_from(-shift).map_err(|_| too_large())?;
                let zeros = digits.len() - digits.trim_end_matches('0').len();
                if zeros < cut {
                    return Err(Fault::TooManyDecimals { text: text.to_owned(), decimals });
                }
                digits[..digits.len() - cut].to_owned()
            }
        };
        if digits.len() > MAX_DIGITS as usize {
            return Err(too_large());
        }
        digits.parse().map_err(|_| too_large())
    }
}

/// As Vietnamese write it: `1.234,5`.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = self.whole.trim_start_matches('0');
        let whole = if whole.is_empty() { "0" } else { whole };
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                f.write_str(".")?;
            }
            write!(f, "{digit}")?;
        }
        if self.fraction.is_empty() { Ok(()) } else { write!(f, ",{}", self.fraction) }
    }
}
