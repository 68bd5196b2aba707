use proptest::prelude::*;

use super::*;

const WHOLE: Field<'static> = Field { decimals: 0, measure: "lớp" };
const TENTHS: Field<'static> = Field { decimals: 1, measure: "tỷ đồng" };
const SHARE: Field<'static> = Field { decimals: 2, measure: "%" };

#[track_caller]
fn check(text: &str, field: Field<'_>, expected: i64) {
    assert_eq!(read(text, field).map(|it| it.entered), Ok(Entered::Number(expected)), "{text}");
}

#[track_caller]
fn two_readings(text: &str, field: Field<'_>, expected: [&str; 2]) {
    let fault = read(text, field).unwrap_err();
    let Fault::AmbiguousNumber { one, other, .. } = &fault else { panic!("{text}: {fault:?}") };
    let mut found = [one.as_str(), other.as_str()];
    found.sort_unstable();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn vietnamese_numbers_are_read() {
    check("1234", WHOLE, 1234);
    check("1.234", WHOLE, 1234);
    check("1.234.567", TENTHS, 12_345_670);
    check("1234,5", TENTHS, 12345);
    check("1.234,5", TENTHS, 12345);
    check("1 234,5", TENTHS, 12345);
    check("1\u{a0}234,5", TENTHS, 12345);
    check("1\u{202f}234", WHOLE, 1234);
    check("-5", WHOLE, -5);
    check("\u{2212}5", WHOLE, -5);
    check("–5", WHOLE, -5);
    check("05", WHOLE, 5);
    check("007", WHOLE, 7);
    check("0,5", TENTHS, 5);
    check("0", WHOLE, 0);
    check("12,0", WHOLE, 12);
    check("1,50", TENTHS, 15);
    check("94%", SHARE, 9400);
    check("57,3 %", SHARE, 5730);
    check("  12  ", WHOLE, 12);
    check("12 lớp", WHOLE, 12);
}

#[test]
fn english_numbers_are_read_where_nothing_else_is_possible() {
    check("1,234,567", WHOLE, 1_234_567);
    check("1,234.5", TENTHS, 12345);
}

#[test]
fn multiples_are_read_as_words() {
    check("1,5 tỷ đồng", TENTHS, 15);
    check("1,5 tỷ", TENTHS, 15);
    check("500 triệu", TENTHS, 5);
    check("2 nghìn tỷ", TENTHS, 20_000);
    check("1,5 triệu", WHOLE, 1_500_000);
    check("3 ngàn", WHOLE, 3000);
    check("1.234,5 triệu đồng", Field { decimals: 1, measure: "triệu đồng" }, 12345);
    two_readings("1.234 triệu", WHOLE, ["1,234", "1.234"]);
    assert!(matches!(read("50 triệu", TENTHS), Err(Fault::TooManyDecimals { .. })));
}

#[test]
fn what_has_two_readings_is_never_guessed() {
    two_readings("1.234", TENTHS, ["1,234", "1.234"]);
    two_readings("1,234", TENTHS, ["1,234", "1.234"]);
    two_readings("1,234", WHOLE, ["1,234", "1.234"]);
    two_readings("1.5", TENTHS, ["1,5", "15"]);
    two_readings("-1.5", TENTHS, ["-1,5", "-15"]);
    two_readings("0.5", TENTHS, ["0,5", "5"]);
    two_readings("1234.567", TENTHS, ["1.234,567", "1.234.567"]);
    two_readings("1.0", WHOLE, ["1,0", "10"]);
}

#[test]
fn nothing_unknown_and_blank_are_told_apart() {
    for text in ["-", "–", "x", "X", "không phát sinh", "KHÔNG PHÁT SINH", "kps", "KPS."] {
        assert_eq!(read(text, WHOLE).unwrap().entered, Entered::Nil, "{text}");
    }
    for text in ["không có số liệu", "KCSL", "khong co so lieu", "…", "..."] {
        assert_eq!(read(text, WHOLE).unwrap().entered, Entered::NoFigure, "{text}");
    }
    for text in ["", " ", "\u{a0}", "\t"] {
        assert_eq!(read(text, WHOLE).unwrap().entered, Entered::Blank, "{text:?}");
    }
}

#[test]
fn words_say_how_a_number_is_meant() {
    let typed = read("ước khoảng 1.200", WHOLE).unwrap();
    assert_eq!(typed.entered, Entered::Number(1200));
    assert_eq!(typed.qualifier, Some(Qualifier::About));
    assert_eq!(typed.status, Some(Status::Estimate));
    assert_eq!(read("không quá 5", WHOLE).unwrap().qualifier, Some(Qualifier::AtMost));
    assert_eq!(read("≥ 5", WHOLE).unwrap().qualifier, Some(Qualifier::AtLeast));
    assert_eq!(read("cỡ 5", WHOLE).unwrap().qualifier, Some(Qualifier::Vague));
    assert!(read("có 5", WHOLE).is_err());
}

#[test]
fn words_and_broken_numbers_are_refused() {
    let bad = [
        "năm",
        "12a",
        "1..2",
        "1,,2",
        "12 34",
        "1.23.456",
        "12.",
        ",5",
        "- 5",
        "1e5",
        "3/5",
        "#REF!",
        "0x10",
        "5-",
        "(5)",
        "1 234 56",
        "1.234 567",
        "12 học viên",
        "94%",
        "không",
        "5 5 lớp",
        "1 triệu 200 nghìn",
        "=1+1",
    ];
    for text in bad {
        let fault = read(text, WHOLE).unwrap_err();
        assert!(matches!(fault, Fault::NotANumber { .. }), "{text}: {fault:?}");
    }
    assert!(matches!(read("12,5", WHOLE), Err(Fault::TooManyDecimals { decimals: 0, .. })));
    assert!(matches!(read("1.5", WHOLE), Err(Fault::TooManyDecimals { decimals: 0, .. })));
    assert!(matches!(read("1,25", TENTHS), Err(Fault::TooManyDecimals { decimals: 1, .. })));
    assert!(matches!(read("1234567890123456789", WHOLE), Err(Fault::NumberTooLarge { .. })));
    assert!(matches!(read(&"9".repeat(400), WHOLE), Err(Fault::NumberTooLarge { .. })));
}

#[test]
fn cells_of_spreadsheets_are_exact_or_refused() {
    assert_eq!(read_cell(0.3, 1), Ok(3));
    assert_eq!(read_cell(1.1, 2), Ok(110));
    assert_eq!(read_cell(-8.25, 2), Ok(-825));
    assert_eq!(read_cell(1e15, 0), Ok(1_000_000_000_000_000));
    assert!(matches!(read_cell(0.1 + 0.2, 1), Err(Fault::TooManyDecimals { .. })));
    assert!(matches!(read_cell(1e16, 0), Err(Fault::NumberTooLarge { .. })));
    assert!(matches!(read_cell(f64::NAN, 0), Err(Fault::NotANumber { .. })));
    assert!(matches!(read_cell(f64::INFINITY, 0), Err(Fault::NotANumber { .. })));
}

#[test]
fn numbers_of_machines_have_a_point() {
    assert_eq!(read_plain("1234.5", 1), Ok(12345));
    assert_eq!(read_plain("1.0E7", 0), Ok(10_000_000));
    assert_eq!(read_plain("1.234", 3), Ok(1234));
    for text in ["", "1,5", "1.", ".5", "1 000", "+5", "١"] {
        assert!(matches!(read_plain(text, 1), Err(Fault::NotANumber { .. })), "{text}");
    }
}

/// How somebody writes a number.
#[derive(Clone, Copy, Debug)]
enum Hand {
    /// `1.234,5`
    Vietnamese,
    /// `1 234,5`
    Spaced,
    /// `1,234.5`
    English,
    /// `1234,5`
    Bare,
    /// `1234.5`
    Machine,
}

/// The digits of a number as a hand writes them, without any code of the reader.
fn by_hand(value: i64, decimals: u8, hand: Hand) -> String {
    let (group, mark) = match hand {
        Hand::Vietnamese => (".", ","),
        Hand::Spaced => ("\u{a0}", ","),
        Hand::English => (",", "."),
        Hand::Bare => ("", ","),
        Hand::Machine => ("", "."),
    };
    let power = 10_i64.pow(u32::from(decimals));
    let (mut whole, fraction) = (value.abs() / power, value.abs() % power);
    let mut groups = Vec::new();
    while whole >= 1000 {
        groups.push(format!("{:03}", whole % 1000));
        whole /= 1000;
    }
    groups.push(whole.to_string());
    groups.reverse();
    let fraction = format!("{fraction:0width$}", width = usize::from(decimals));
    let fraction = fraction.trim_end_matches('0');
    let sign = if value < 0 { "-" } else { "" };
    let whole = groups.join(group);
    if fraction.is_empty() || decimals == 0 {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}{mark}{fraction}")
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100_000))]

    #[test]
    fn no_hand_is_read_wrongly_in_silence(
        magnitude in 0_u32..12,
        digits in 0_i64..1_000_000_000_000,
        negative: bool,
        decimals in 0_u8..=4,
        hand in prop_oneof![
            Just(Hand::Vietnamese), Just(Hand::Spaced), Just(Hand::English), Just(Hand::Bare), Just(Hand::Machine),
        ],
    ) {
        let value = digits % 10_i64.pow(magnitude + 1) * if negative { -1 } else { 1 };
        let text = by_hand(value, decimals, hand);
        let has_two_readings = matches!(text.matches([',', '.']).count(), 1);
        match read(&text, Field { decimals, measure: "" }) {
            Ok(typed) => prop_assert_eq!(typed.entered, Entered::Number(value), "{}", text),
            // A refusal is never wrong, but must not hit what is plainly Vietnamese.
            Err(Fault::AmbiguousNumber { .. }) => prop_assert!(has_two_readings, "{}", text),
            Err(fault) => prop_assert!(false, "{text}: {fault:?}"),
        }
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(value in -999_999_999_999_999_999_i64..=999_999_999_999_999_999, decimals in 0_u8..=4) {
        let field = Field { decimals, measure: "lớp" };
        prop_assert_eq!(read(&write(value, decimals), field).unwrap().entered, Entered::Number(value));
        prop_assert_eq!(read_plain(&write_plain(value, decimals), decimals), Ok(value));
        let words = write_words(&write(value, decimals), Qualifier::About, Some(Status::Estimate));
        let typed = read(&words, field).unwrap();
        prop_assert_eq!(typed.entered, Entered::Number(value));
        prop_assert_eq!(typed.qualifier, Some(Qualifier::About));
    }

    #[test]
    fn any_text_is_answered(text in "[-0-9., xkKpPsS%\u{a0}–ướctriệu]{0,24}", decimals in 0_u8..=4) {
        let _ = read(&text, Field { decimals, measure: "triệu đồng" });
    }

    #[test]
    fn every_short_decimal_comes_out_of_a_spreadsheet_whole(value in -99_999_999_999_i64..=99_999_999_999, decimals in 0_u8..=4) {
        let shown: f64 = write_plain(value, decimals).parse().unwrap();
        prop_assert_eq!(read_cell(shown, decimals), Ok(value));
    }
}
