//! Numbers as labels write them, and signs of fonts for symbols.

/// How the number of a level is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumberFormat {
    /// 1, 2, 3; also for all formats that Vietnamese documents do not use.
    Decimal,
    /// 01, 02, 03.
    DecimalZero,
    /// a, b, c.
    LowerLetter,
    /// A, B, C.
    UpperLetter,
    /// i, ii, iii.
    LowerRoman,
    /// I, II, III.
    UpperRoman,
    /// The same sign each time.
    Bullet,
    /// Nothing.
    None,
}

/// Beyond this a Roman number, or one of letters, is written in digits: nobody could read it.
const MOST_READABLE: i64 = 780;

impl NumberFormat {
    /// By its name in Office Open XML (ISO/IEC 29500-1, 17.18.59).
    pub(super) fn named(name: &str) -> Self {
        match name {
            "decimalZero" => NumberFormat::DecimalZero,
            "lowerLetter" => NumberFormat::LowerLetter,
            "upperLetter" => NumberFormat::UpperLetter,
            "lowerRoman" => NumberFormat::LowerRoman,
            "upperRoman" => NumberFormat::UpperRoman,
            "bullet" => NumberFormat::Bullet,
            "none" => NumberFormat::None,
            _ => NumberFormat::Decimal,
        }
    }

    /// A number in this format.
    pub(super) fn write(self, number: i64) -> String {
        let is_readable = (1..=MOST_READABLE).contains(&number);
        match self {
            NumberFormat::LowerLetter if is_readable => letters(number, b'a'),
            NumberFormat::UpperLetter if is_readable => letters(number, b'A'),
            NumberFormat::UpperRoman if is_readable => roman(number),
            NumberFormat::LowerRoman if is_readable => roman(number).to_lowercase(),
            NumberFormat::DecimalZero => format!("{number:02}"),
            NumberFormat::Bullet | NumberFormat::None => String::new(),
            _ => number.to_string(),
        }
    }
}

/// a to z, then aa, bb, cc: the letter again, as Word does.
fn letters(number: i64, first: u8) -> String {
    let at = u8::try_from((number - 1) % 26).unwrap_or_default();
    let times = usize::try_from((number - 1) / 26 + 1).unwrap_or(1);
    char::from(first + at).to_string().repeat(times)
}

pub(super) fn roman(number: i64) -> String {
    const SIGNS: [(i64, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut rest = number;
    let mut written = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            written.push_str(sign);
            rest -= value;
        }
    }
    written
}

/// The sign of a bullet; those of fonts for symbols as the like sign of Unicode.
pub(super) fn bullet(pattern: &str) -> String {
    pattern.chars().map(symbol).collect()
}

/// A character of the area that fonts for symbols use, as the sign that it most often shows there.
pub(super) fn symbol(c: char) -> char {
    match c {
        '\u{F0A7}' | '\u{F06E}' => '▪',
        '\u{F0D8}' => '➢',
        '\u{F0FC}' => '✓',
        '\u{F0E0}' => '→',
        '\u{F02D}' => '-',
        '\u{F02B}' => '+',
        '\u{F0B0}' => '°',
        '\u{F0B1}' => '±',
        '\u{F0B3}' => '≥',
        '\u{F0A3}' | '\u{F06F}' | '\u{F0A8}' => '☐',
        '\u{F0FE}' | '\u{F052}' => '☑',
        '\u{F0FD}' | '\u{F078}' => '☒',
        '\u{E000}'..='\u{F8FF}' => '•',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_word_writes_them() {
        let written =
            |format: NumberFormat| [1, 4, 27, 99].map(|number| format.write(number)).join(" ");
        assert_eq!(written(NumberFormat::Decimal), "1 4 27 99");
        assert_eq!(written(NumberFormat::DecimalZero), "01 04 27 99");
        assert_eq!(written(NumberFormat::LowerLetter), "a d aa uuuu");
        assert_eq!(written(NumberFormat::UpperRoman), "I IV XXVII XCIX");
        assert_eq!(NumberFormat::LowerRoman.write(i64::MAX), i64::MAX.to_string());
    }

    #[test]
    fn bullets_of_symbol_fonts_are_signs_of_unicode() {
        assert_eq!(bullet("\u{F0B7}"), "•");
        assert_eq!(bullet("-"), "-");
        assert_eq!(bullet("+"), "+");
    }
}
