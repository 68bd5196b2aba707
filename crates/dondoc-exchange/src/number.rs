//! Numbers as Vietnamese clerks write them, read exactly or refused, never guessed.
//!
//! A point groups thousands and a comma comes before decimals: `1.234,5`. Many type it the English way round, many
//! programs write it so, and then `1.234` has two readings. [`read`] takes what has one reading and refuses the rest with
//! both readings written out. What is written as nothing (`-`, `KPS`) and as unknown (`KCSL`) is told from zero and from
//! blank.

use dondoc_core::{
    figure::{Qualifier, Status},
    finding::Fault,
};

use crate::number::{
    digits::{Digits, Reading},
    words::{Tail, prefixes},
};

mod digits;
mod words;

/// The most digits of a number that is kept, decimals included: sums of 3,321 such numbers still fit in 128 bits and each
/// fits in 64.
pub const MAX_DIGITS: u32 = 18;

/// The first number with more digits than [`MAX_DIGITS`].
const TOO_LARGE: i64 = 10_i64.pow(MAX_DIGITS);

/// The cell that a number is read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field<'a> {
    /// Digits after the decimal mark; 0 takes whole numbers only.
    pub decimals: u8,
    /// The unit of measure, which may stand behind the number: `lớp`, `%`, `triệu đồng`.
    pub measure: &'a str,
}

/// What was typed into a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Typed {
    /// A number, or one of the three kinds of none.
    pub entered: Entered,
    /// How it is meant, where words said so: `khoảng`, `trên`.
    pub qualifier: Option<Qualifier>,
    /// Whether words said that it is an estimate (`ước`) or final (`chính thức`).
    pub status: Option<Status>,
}

/// A number, or one of the three kinds of none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entered {
    /// Nothing was typed.
    Blank,
    /// Nothing occurred: `-`, `x`, `KPS`, `không phát sinh`.
    Nil,
    /// There is no figure: `KCSL`, `không có số liệu`, and `…` as in the yearbooks.
    NoFigure,
    /// A number, in the smallest unit of the field: with 2 decimals `150` is 1,50.
    Number(i64),
}

impl Typed {
    fn of(entered: Entered) -> Self {
        Self { entered, qualifier: None, status: None }
    }
}

/// What a text means in a field.
///
/// # Errors
///
/// [`Fault::AmbiguousNumber`] for two readings (`1.5`, `1,234`; `1.234` where decimals are allowed),
/// [`Fault::TooManyDecimals`], [`Fault::NumberTooLarge`], and [`Fault::NotANumber`] for the rest.
///
/// # Example
///
/// ```
/// use dondoc_exchange::number::{Entered, Field, read};
///
/// let classes = Field { decimals: 0, measure: "lớp" };
/// assert_eq!(read("1.234", classes).unwrap().entered, Entered::Number(1234));
/// let money = Field { decimals: 1, measure: "tỷ đồng" };
/// assert_eq!(read("1 234,5", money).unwrap().entered, Entered::Number(12345));
/// assert!(read("1.234", money).is_err());
/// ```
pub fn read(text: &str, field: Field<'_>) -> Result<Typed, Fault> {
    let text = text.trim_matches(is_gap);
    if text.is_empty() {
        return Ok(Typed::of(Entered::Blank));
    }
    // Most cells of a large file are bare digits.
    if text.len() < MAX_DIGITS as usize && text.bytes().all(|it| it.is_ascii_digit()) {
        let power = 10_i64.checked_pow(field.decimals.into());
        let value =
            text.parse::<i64>().ok().zip(power).and_then(|(it, power)| it.checked_mul(power));
        if let Some(value) = value.filter(|it| *it < TOO_LARGE) {
            return Ok(Typed::of(Entered::Number(value)));
        }
    }
    if let Some(entered) = words::none(text) {
        return Ok(Typed::of(entered));
    }
    let not_a_number = || Fault::NotANumber { text: text.to_owned() };
    let (qualifier, status, rest) = prefixes(text);
    let (negative, rest) = sign(rest).ok_or_else(not_a_number)?;
    let end = rest.find(|c: char| !(c.is_ascii_digit() || is_mark(c))).unwrap_or(rest.len());
    let digits = Digits::split(rest[..end].trim_end_matches(is_gap)).ok_or_else(not_a_number)?;
    let tail = Tail::read(&rest[end..], field.measure).ok_or_else(not_a_number)?;
    let takes_decimals = field.decimals > 0 || tail.exponent.is_some();
    let number = match digits.read(takes_decimals).ok_or_else(not_a_number)? {
        Reading::One(number) => number,
        Reading::Two(one, other) => {
            let sign = if negative { "-" } else { "" };
            return Err(Fault::AmbiguousNumber {
                text: text.to_owned(),
                one: format!("{sign}{one}"),
                other: format!("{sign}{other}"),
            });
        }
    };
    let value = number.scaled(field.decimals, tail.exponent.unwrap_or(0), text)?;
    let value = if negative { -value } else { value };
    Ok(Typed { entered: Entered::Number(value), qualifier, status })
}

/// A number of a machine: digits, a point before decimals, no groups: `-1234.5`, `1.2E7`.
///
/// # Errors
///
/// [`Fault::NotANumber`], [`Fault::TooManyDecimals`], [`Fault::NumberTooLarge`].
pub fn read_plain(text: &str, decimals: u8) -> Result<i64, Fault> {
    let not_a_number = || Fault::NotANumber { text: text.to_owned() };
    let (negative, rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (rest, exponent) = match rest.split_once(['e', 'E']) {
        Some((rest, exponent)) => (rest, exponent.parse::<i8>().map_err(|_| not_a_number())?),
        None => (rest, 0),
    };
    let (whole, fraction) = rest.split_once('.').unwrap_or((rest, ""));
    let all_digits = |it: &str| it.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) || rest.ends_with('.') {
        return Err(not_a_number());
    }
    let number = digits::Decimal { whole: whole.to_owned(), fraction: fraction.to_owned() };
    let value = number.scaled(decimals, exponent, text)?;
    Ok(if negative { -value } else { value })
}

/// A number of a spreadsheet, taken only if it stands for a decimal number with the digits that the field has.
///
/// Spreadsheets keep binary fractions; the shortest decimal text that means the same one is what was typed.
///
/// # Errors
///
/// As [`read_plain`].
pub fn read_cell(number: f64, decimals: u8) -> Result<i64, Fault> {
    let text = number.to_string();
    // Past 2^53 a spreadsheet no longer tells neighbouring whole numbers apart.
    if number.is_finite() && number.abs() >= 9_007_199_254_740_992.0 {
        return Err(Fault::NumberTooLarge { text });
    }
    read_plain(&text, decimals)
}

/// A number as it is shown: `1.234,50`.
#[must_use]
pub fn show(value: i64, decimals: u8) -> String {
    let (whole, fraction) = parts(value, decimals);
    let mut shown = String::with_capacity(whole.len() * 4 / 3 + fraction.len() + 2);
    if value < 0 {
        shown.push('-');
    }
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            shown.push('.');
        }
        shown.push(digit);
    }
    if !fraction.is_empty() {
        shown.push(',');
        shown.push_str(&fraction);
    }
    shown
}

/// A number as text that [`read`] takes in only one way in this field: `1234,5`; `1,2340` instead of `1,234`.
#[must_use]
pub fn write(value: i64, decimals: u8) -> String {
    let (whole, fraction) = parts(value, decimals);
    let sign = if value < 0 { "-" } else { "" };
    match fraction.len() {
        0 => format!("{sign}{whole}"),
        3 if whole.len() <= 3 => format!("{sign}{whole},{fraction}0"),
        _ => format!("{sign}{whole},{fraction}"),
    }
}

/// A number for machines: `-1234.50`.
#[must_use]
pub fn write_plain(value: i64, decimals: u8) -> String {
    let (whole, fraction) = parts(value, decimals);
    let sign = if value < 0 { "-" } else { "" };
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// A number with the words that say how it is meant, as [`read`] takes it back: `ước khoảng 1234,5`.
#[must_use]
pub fn write_words(text: &str, qualifier: Qualifier, status: Option<Status>) -> String {
    let status = status.map(words::status_word);
    let qualifier = words::qualifier_word(qualifier);
    status.into_iter().chain(qualifier).chain([text]).collect::<Vec<_>>().join(" ")
}

/// The digits before and after the mark, without sign.
fn parts(value: i64, decimals: u8) -> (String, String) {
    let width = usize::from(decimals) + 1;
    let digits = format!("{:0width$}", value.unsigned_abs());
    let (whole, fraction) = digits.split_at(digits.len() - usize::from(decimals));
    (whole.to_owned(), fraction.to_owned())
}

/// Spaces of every width that spreadsheets and word processors put between digits.
fn is_gap(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}' | '\u{200b}' | '\u{feff}')
}

fn is_mark(c: char) -> bool {
    matches!(c, '.' | ',') || is_gap(c)
}

/// Whether there is a minus, and what comes after it; a sign with a gap behind it may be a dash, and is none.
fn sign(text: &str) -> Option<(bool, &str)> {
    let (negative, rest) = match text.strip_prefix(['-', '\u{2212}', '\u{2013}']) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    rest.starts_with(|c: char| c.is_ascii_digit()).then_some((negative, rest))
}

#[cfg(test)]
mod tests;
