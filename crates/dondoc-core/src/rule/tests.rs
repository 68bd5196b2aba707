use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::Value as Json;

use super::*;
use crate::{
    figure::{Content, Series},
    finding::{Fault, Finding},
    pack::Severity,
    problem::Language,
};

const VECTORS: &str = include_str!("../../../../testdata/rules/vectors.json");

fn number(text: &str) -> Number {
    let (numerator, denominator) = text.split_once('/').unwrap_or((text, "1"));
    Number::fraction(numerator.parse().unwrap(), denominator.parse().unwrap()).unwrap()
}

fn value(json: &Json) -> Value {
    match json {
        Json::Null => Value::Missing,
        Json::Bool(it) => Value::YesNo(*it),
        Json::String(it) => Value::Number(number(it)),
        Json::Object(it) => match (it.get("text"), it.get("day"), it.get("list")) {
            (Some(Json::String(text)), ..) => Value::Text(text.clone()),
            (_, Some(Json::String(day)), _) => Value::Day(day.parse().unwrap()),
            (.., Some(Json::Array(all))) => Value::List(all.iter().map(value).collect()),
            _ => panic!("{json}"),
        },
        _ => panic!("{json}"),
    }
}

fn written(name: &Name) -> String {
    match name.when {
        When::Now => name.word.clone(),
        When::Before => format!("prev.{}", name.word),
        When::LastYear => format!("last_year.{}", name.word),
    }
}

#[test]
fn expressions_come_to_what_the_vectors_say() {
    let vectors: Vec<Json> = serde_json::from_str(VECTORS).unwrap();
    assert!(vectors.len() > 100);
    for vector in vectors {
        let text = vector["expression"].as_str().unwrap();
        let names = &vector["names"];
        let lookup = |name: &Name| names.get(written(name)).map(value);
        let result = Expression::read(text).map(|it| it.eval(&lookup));
        let expected = &vector["expected"];
        let is_so = match (&result, expected.as_str()) {
            (Err(_), Some("refused"))
            | (Ok(Ok(Value::Missing)), Some("missing"))
            | (Ok(Err(EvalError::Overflow)), Some("overflow"))
            | (Ok(Err(EvalError::Mixed(..))), Some("mixed"))
            | (Ok(Err(EvalError::UnknownName(_))), Some("unknown")) => true,
            (_, Some("refused" | "missing" | "overflow" | "mixed" | "unknown")) => false,
            (Ok(Ok(it)), _) => *it == value(expected),
            _ => false,
        };
        assert!(is_so, "{vector}: {result:?}");
    }
}

#[test]
fn the_longest_and_deepest_texts_do_no_harm() {
    let none = |_: &Name| None;
    let comes_to = |text: &str| Expression::read(text).map(|it| it.eval(&none));
    for (open, middle, close) in [
        ("(", "1", ")"),
        ("[", "1", "]"),
        ("!", "true", ""),
        ("-", "1", ""),
        ("-(", "1", ")"),
        ("true ? ", "1", " : 2"),
        ("abs(", "1", ")"),
        ("a.", "b", ""),
        ("true && ", "true", ""),
        ("false || ", "true", ""),
        ("1 < ", "2", ""),
        ("1 + ", "1", ""),
        ("max(1, ", "1", ")"),
        ("[a, [", "1", "]]"),
        ("true ? true : (", "1", ")"),
    ] {
        // As many as fit, and as many as are allowed.
        let most = (2_000 - middle.len()) / (open.len() + close.len());
        for n_times in (1..=30).chain((50..=250).step_by(10)).chain([most]).filter(|it| *it <= most)
        {
            let text = format!("{}{middle}{}", open.repeat(n_times), close.repeat(n_times));
            let _ = comes_to(&text);
        }
    }
    let sum = |n: usize| comes_to(&format!("1{}", " + 1".repeat(n)));
    assert_eq!(sum(200), Ok(Ok(Value::Number(Number::from(201)))));
    assert_eq!(sum(201), Err(ExpressionError::TooDeep));
    assert_eq!(comes_to(&"(".repeat(1_000)), Err(ExpressionError::TooDeep));
    assert_eq!(Expression::read(&"1".repeat(2_001)), Err(ExpressionError::TooLong));
}

#[test]
fn numbers_are_rounded_half_away_from_zero() {
    for (text, decimals, rounded) in [
        ("1/2", 0, 1),
        ("-1/2", 0, -1),
        ("1/3", 2, 33),
        ("2/3", 2, 67),
        ("5/2", 0, 3),
        ("7", 2, 700),
    ] {
        assert_eq!(number(text).rounded(decimals), Some(rounded), "{text}");
    }
    assert_eq!(Number::fraction(i128::MAX, 1).unwrap().rounded(0), None);
    assert_eq!(Number::fraction(1, 0), None);
}

const PACK: &str = r#"
[pack]
code = "T"
name = { vi = "Thử", en = "Trial" }
version = 1
valid_from = "2025-01-01"

[[breakdowns]]
code = "nhom"
name = { vi = "Nhóm", en = "Group" }
options = [{ code = "a", name = { vi = "A", en = "A" } }, { code = "b", name = { vi = "B", en = "B" } }]

[[indicators]]
code = "T.1"
name = { vi = "Lớp", en = "Courses" }
measure = "lớp"
over_units = "sum"
over_time = "sum"
every = ["month"]
level = "commune"
breakdowns = ["nhom"]
clearing = "open"

[[indicators]]
code = "T.2"
name = { vi = "Đạt", en = "Passed" }
measure = "%"
decimals = 1
ratio = { numerator = { vi = "a", en = "a" }, denominator = { vi = "b", en = "b" } }
over_units = "wavg"
over_time = "wavg"
every = ["month"]
level = "commune"
clearing = "open"

[[indicators]]
code = "T.3"
name = { vi = "Một nửa", en = "Half" }
measure = "lớp"
decimals = 2
over_units = "sum"
over_time = "sum"
every = ["month"]
level = "commune"
formula = "T_4 / 2"
clearing = "open"

[[indicators]]
code = "T.4"
name = { vi = "Hơn một", en = "One more" }
measure = "lớp"
over_units = "sum"
over_time = "sum"
every = ["month"]
level = "commune"
formula = "T_1 + 1"
clearing = "open"

[[rules]]
code = "R-1"
holds = "T_1 <= prev.T_1"
severity = "warning"
message = { vi = "Tăng", en = "It grew" }
remedy = { vi = "Nêu lý do", en = "Say why" }

[[rules]]
code = "R-2"
holds = "T_2 >= 94 && T_2_num <= T_2_den"
severity = "error"
message = { vi = "Thấp", en = "Low" }
remedy = { vi = "Kiểm tra", en = "Check" }

[[rules]]
code = "R-3"
holds = "T_1__a * T_1__a * T_1__a * T_1__a >= 0"
severity = "error"
message = { vi = "Âm", en = "Negative" }
remedy = { vi = "Kiểm tra", en = "Check" }
"#;

type All = BTreeMap<Series, Content>;

fn all(figures: &[(&str, Option<&str>, Content)]) -> All {
    let series = |indicator: &str, option: Option<&str>| Series {
        indicator: indicator.to_owned(),
        option: option.map(str::to_owned),
    };
    figures.iter().map(|(indicator, option, it)| (series(indicator, *option), *it)).collect()
}

fn book() -> RuleBook {
    RuleBook::new(&crate::pack::read(&[("t.toml", PACK)]).unwrap_or_else(|it| panic!("{it:#?}")))
}

fn findings(now: &All, before: Option<&All>) -> Vec<Finding> {
    book().findings(&Figures { now, before, last_year: None })
}

/// The rules that fire.
fn fired(now: &All, before: Option<&All>) -> Vec<String> {
    let findings = findings(now, before).into_iter();
    let rules = findings.map(|it| match it.fault {
        Fault::Rule { rule, .. } => rule,
        Fault::Overflow { rule } => format!("{rule} overflows"),
        other => panic!("{other:?}"),
    });
    rules.collect()
}

#[test]
fn a_rule_over_missing_figures_does_not_fire() {
    let now = all(&[("T.1", None, Content::Value(5))]);
    assert_eq!(fired(&now, None), Vec::<String>::new());
    let before = all(&[("T.1", None, Content::NoFigure)]);
    assert_eq!(fired(&now, Some(&before)), Vec::<String>::new());
    let before = all(&[("T.1", None, Content::Nil)]);
    assert_eq!(fired(&now, Some(&before)), ["R-1"]);
    let before = all(&[("T.1", None, Content::Value(5))]);
    assert_eq!(fired(&now, Some(&before)), Vec::<String>::new());
}

#[test]
fn shares_are_in_percent_and_parts_are_parts() {
    let of = |numerator, denominator| {
        let content = Content::Ratio { numerator, denominator };
        fired(&all(&[("T.2", None, content)]), None)
    };
    assert_eq!(of(940, 1000), Vec::<String>::new());
    assert_eq!(of(939, 1000), ["R-2"]);
    assert_eq!(of(0, 0), Vec::<String>::new());
    assert_eq!(of(1001, 1000), ["R-2"]);
    assert_eq!(fired(&all(&[("T.2", None, Content::Nil)]), None), Vec::<String>::new());
}

#[test]
fn options_stand_in_for_the_whole_that_was_not_given() {
    let now = all(&[("T.1", Some("a"), Content::Value(2)), ("T.1", Some("b"), Content::Value(4))]);
    let before = all(&[("T.1", None, Content::Value(5))]);
    assert_eq!(fired(&now, Some(&before)), ["R-1"]);
}

#[test]
fn a_finding_names_cells_rule_and_remedy() {
    let now = all(&[("T.2", None, Content::Ratio { numerator: 1, denominator: 2 })]);
    let finding = &findings(&now, None)[0];
    assert_eq!(finding.place.indicator.as_deref(), Some("T.2"));
    assert_eq!(finding.place.cell.as_deref(), Some("T.2"));
    assert_eq!(finding.severity(), Severity::Error);
    assert_eq!(finding.message(Language::Vietnamese), "Thấp");
    assert_eq!(finding.remedy(Language::English), "Check");
}

#[test]
fn too_large_a_number_is_a_finding() {
    let now = all(&[("T.1", Some("a"), Content::Value(i64::MAX))]);
    assert_eq!(fired(&now, None), ["R-3 overflows"]);
}

#[test]
fn formulas_are_worked_out_after_what_they_need() {
    let now = all(&[("T.1", None, Content::Value(4))]);
    let (derived, findings) = book().derive(&Figures { now: &now, before: None, last_year: None });
    assert_eq!(findings, []);
    let values: Vec<_> =
        derived.iter().map(|(it, value)| (it.indicator.as_str(), *value)).collect();
    assert_eq!(values, [("T.4", Content::Value(5)), ("T.3", Content::Value(250))]);
    let nothing = All::new();
    let figures = Figures { now: &nothing, before: None, last_year: None };
    assert_eq!(book().derive(&figures), (vec![], vec![]));
}

/// Texts of expressions over a few names, with numbers up to the largest.
fn expression() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        any::<i64>().prop_map(|it| it.to_string()),
        (0_u32..1000, 0_u32..100).prop_map(|(a, b)| format!("{a}.{b}")),
        Just("a".to_owned()),
        Just("prev.b".to_owned()),
        Just("true".to_owned()),
        Just("\"x\"".to_owned()),
        Just("day(\"2025-01-01\")".to_owned()),
        Just("missing(c)".to_owned()),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        let operator = prop::sample::select(vec![
            "+", "-", "*", "/", "<", "<=", "==", "!=", "&&", "||", "in", ">",
        ]);
        prop_oneof![
            (inner.clone(), operator, inner.clone())
                .prop_map(|(a, op, b)| format!("({a} {op} {b})")),
            inner.clone().prop_map(|it| format!("!({it})")),
            inner.clone().prop_map(|it| format!("-({it})")),
            inner.clone().prop_map(|it| format!("abs({it})")),
            inner.clone().prop_map(|it| format!("round({it}, 2)")),
            prop::collection::vec(inner.clone(), 1..4)
                .prop_map(|it| format!("max({})", it.join(", "))),
            prop::collection::vec(inner.clone(), 0..4)
                .prop_map(|it| format!("[{}]", it.join(", "))),
            (inner.clone(), inner.clone(), inner)
                .prop_map(|(a, b, c)| format!("({a} ? {b} : {c})")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_expression_brings_the_program_down(text in expression(), a in any::<i64>()) {
        if let Ok(expression) = Expression::read(&text) {
            let lookup = |name: &Name| match name.word.as_str() {
                "a" => Some(Value::Number(Number::from(a))),
                "b" => Number::fraction(i128::from(a), i128::MAX).map(Value::Number),
                _ => Some(Value::Missing),
            };
            let _ = expression.eval(&lookup);
        }
    }

    #[test]
    fn no_text_brings_the_program_down(text in "[ a-c0-9.+*/<>=!&|?:()\\[\\]\"',{}\\\\é-]{0,40}") {
        let _ = Expression::read(&text);
    }

    #[test]
    fn arithmetic_is_that_of_whole_numbers(a in -1_000_000_i64..1_000_000, b in -1_000_000_i64..1_000_000, c in 1_i64..1000) {
        let lookup = |name: &Name| Some(Value::Number(Number::from(match name.word.as_str() {
            "a" => a,
            "b" => b,
            _ => c,
        })));
        let holds = |text: &str| Expression::read(text).unwrap().holds(&lookup).unwrap().unwrap();
        prop_assert_eq!(holds("a * c + b <= b * c - a"), a * c + b <= b * c - a);
        prop_assert!(holds("(a / c + b / c) * c == a + b"));
        prop_assert!(holds("a / c - b / c == (a - b) / c"));
        // a/c < b/c exactly when a < b, for c above zero.
        prop_assert_eq!(holds("a / c < b / c"), a < b);
    }
}
