//! The reader of numbers against the one of the page: the same texts, the same readings (`testdata/numbers`).

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use std::fmt::Write as _;

use dondoc_core::{
    figure::{Qualifier, Status},
    finding::Fault,
};
use dondoc_exchange::number::{Entered, Field, Typed, read};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

const VECTORS: &str = include_str!("../../../testdata/numbers/readings.json");

fn vectors() -> Value {
    serde_json::from_str(VECTORS).unwrap()
}

fn qualifier(it: Option<Qualifier>) -> &'static str {
    match it {
        None | Some(Qualifier::Exact) => "-",
        Some(Qualifier::About) => "about",
        Some(Qualifier::AtLeast) => "at_least",
        Some(Qualifier::AtMost) => "at_most",
        Some(Qualifier::Vague) => "vague",
    }
}

fn status(it: Option<Status>) -> &'static str {
    match it {
        None => "-",
        Some(Status::Estimate) => "estimate",
        Some(Status::Final) => "final",
    }
}

/// The kind of a reading, and what it says.
fn said(found: &Result<Typed, Fault>) -> (&'static str, String) {
    match found {
        Ok(Typed { entered: Entered::Blank, .. }) => ("blank", String::new()),
        Ok(Typed { entered: Entered::Nil, .. }) => ("nil", String::new()),
        Ok(Typed { entered: Entered::NoFigure, .. }) => ("no_figure", String::new()),
        Ok(Typed { entered: Entered::Number(value), qualifier: how, status: when }) => {
            ("number", format!("{value} {} {}", qualifier(*how), status(*when)))
        }
        Err(Fault::AmbiguousNumber { one, other, .. }) => ("ambiguous", format!("{one} | {other}")),
        Err(Fault::TooManyDecimals { .. }) => ("too_many_decimals", String::new()),
        Err(Fault::NumberTooLarge { .. }) => ("number_too_large", String::new()),
        Err(_) => ("not_a_number", String::new()),
    }
}

#[test]
fn every_text_of_the_shared_cases_has_the_reading_that_stands_beside_it() {
    let vectors = vectors();
    let cases = vectors["cases"].as_array().unwrap();
    assert!(cases.len() > 80, "{}", cases.len());
    for case in cases {
        let text = case["text"].as_str().unwrap();
        let decimals = case["decimals"].as_u64().unwrap_or(0).try_into().unwrap();
        let measure = case["measure"].as_str().unwrap_or_default();
        let (is, words) = said(&read(text, Field { decimals, measure }));
        assert_eq!(is, case["is"], "{text}: {words}");
        match is {
            "number" => {
                let word = |name: &str| case[name].as_str().unwrap_or("-").to_owned();
                let expected =
                    format!("{} {} {}", word("value"), word("qualifier"), word("status"));
                assert_eq!(words, expected, "{text}");
            }
            "ambiguous" => {
                let mut found: Vec<&str> = words.split(" | ").collect();
                let readings = case["readings"].as_array().unwrap();
                let mut expected: Vec<&str> =
                    readings.iter().map(|it| it.as_str().unwrap()).collect();
                found.sort_unstable();
                expected.sort_unstable();
                assert_eq!(found, expected, "{text}");
            }
            _ => {}
        }
    }
}

/// The same pseudorandom numbers as in `web/src/lib/grid/number.test.ts`.
struct Dice(u32);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        let Self(it) = self;
        *it ^= *it << 13;
        *it ^= *it >> 17;
        *it ^= *it << 5;
        *it as usize % n
    }

    fn of<'a>(&mut self, among: &[&'a str]) -> &'a str {
        among[self.below(among.len())]
    }
}

const HANDS: [(&str, &str); 6] =
    [(".", ","), ("\u{a0}", ","), (" ", ","), (",", "."), ("", ","), ("", ".")];
const MEASURES: [&str; 5] = ["", "lớp", "%", "triệu đồng", "tỷ đồng"];
const BEFORE: [&str; 14] = [
    "",
    "",
    "",
    "",
    " ",
    "-",
    "\u{2212}",
    "khoảng ",
    "ước ",
    "trên ",
    "≥",
    "~ ",
    "không quá ",
    "chính thức ",
];
const BEHIND: [&str; 13] =
    ["", "", "", "", " ", " lớp", "%", " %", " triệu", " nghìn", " tỷ đồng", " nghìn tỷ", " người"];
const PIECES: [&str; 30] = [
    "0",
    "1",
    "12",
    "123",
    "234",
    "007",
    "5",
    "000",
    ".",
    ",",
    " ",
    "-",
    "–",
    "x",
    "KPS",
    "…",
    "%",
    "triệu",
    "tỷ",
    "ước ",
    "khoảng ",
    "\u{a0}",
    "a",
    "(",
    ")",
    "/",
    "không phát sinh",
    "KCSL",
    "+",
    "đồng",
];

/// A text, the field that it is for, and the number that was written, where one was.
struct Made {
    text: String,
    decimals: u8,
    measure: &'static str,
    meant: Option<i64>,
}

fn make(dice: &mut Dice) -> Made {
    let decimals = dice.below(5);
    let measure = dice.of(&MEASURES);
    if dice.below(3) == 0 {
        let n = 1 + dice.below(6);
        let text = (0..n).map(|_| dice.of(&PIECES)).collect();
        return Made { text, decimals: decimals.try_into().unwrap(), measure, meant: None };
    }
    let size = 10_usize.pow(u32::try_from(1 + dice.below(9)).unwrap());
    let value = dice.below(size);
    let hand = HANDS[dice.below(HANDS.len())];
    let (before, behind) = (dice.of(&BEFORE), dice.of(&BEHIND));
    let is_plain = behind.trim().is_empty() || behind.trim() == measure;
    let sign = if matches!(before, "-" | "\u{2212}") { -1 } else { 1 };
    let text = format!("{before}{}{behind}", written(value, decimals, hand));
    let meant = is_plain.then(|| sign * i64::try_from(value).unwrap());
    Made { text, decimals: decimals.try_into().unwrap(), measure, meant }
}

fn written(value: usize, decimals: usize, (group, mark): (&str, &str)) -> String {
    let digits = format!("{value:0width$}", width = decimals + 1);
    let (whole, fraction) = digits.split_at(digits.len() - decimals);
    let mut text = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push_str(group);
        }
        text.push(digit);
    }
    let fraction = fraction.trim_end_matches('0');
    if !fraction.is_empty() {
        text.push_str(mark);
        text.push_str(fraction);
    }
    text
}

#[test]
fn a_hundred_thousand_texts_are_read_as_the_page_reads_them_and_none_as_another_in_silence() {
    let vectors = vectors();
    let generated = &vectors["generated"];
    let mut dice = Dice(generated["seed"].as_u64().unwrap().try_into().unwrap());
    let count = generated["count"].as_u64().unwrap();
    assert_eq!(count, 100_000);
    let (mut digest, mut line) = (Sha256::new(), String::new());
    for _ in 0..count {
        let Made { text, decimals, measure, meant } = make(&mut dice);
        let found = read(&text, Field { decimals, measure });
        let (is, words) = said(&found);
        line.clear();
        writeln!(line, "{text}\t{decimals}\t{measure}\t{is} {words}").unwrap();
        digest.update(line.as_bytes());
        if let (Some(meant), Ok(Typed { entered: Entered::Number(value), .. })) = (meant, found) {
            assert_eq!(value, meant, "{line}");
        }
    }
    let digest: String = digest.finalize().iter().map(|it| format!("{it:02x}")).collect();
    assert_eq!(digest, generated["sha256"]);
}
