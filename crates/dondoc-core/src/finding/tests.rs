use super::*;

fn text(word: &str) -> Text {
    Text { vi: format!("{word} vi"), en: format!("{word} en") }
}

/// One of each fault; a test counts them.
fn one_of_each() -> Vec<Fault> {
    let s = || "X1".to_owned();
    vec![
        Fault::UnknownUnit { unit: s() },
        Fault::UnknownIndicator { indicator: s() },
        Fault::UnknownOption { option: s() },
        Fault::UnknownPeriod { period: s() },
        Fault::PeriodNotOpen { period: s() },
        Fault::PeriodLocked { period: s() },
        Fault::NotANumber { text: s() },
        Fault::AmbiguousNumber { text: s(), one: s(), other: s() },
        Fault::TooManyDecimals { text: s(), decimals: 2 },
        Fault::TooManyDecimals { text: s(), decimals: 0 },
        Fault::NumberTooLarge { text: s() },
        Fault::RatioWithoutParts,
        Fault::NumeratorOverDenominator,
        Fault::Negative,
        Fault::Duplicate { first: s() },
        Fault::Formula,
        Fault::MergedCells { range: s() },
        Fault::TooManyRows { limit: 7 },
        Fault::WrongForm { expected: s(), found: s() },
        Fault::NotThere { wanted: s() },
        Fault::UnknownRow { text: s() },
        Fault::NotReportedHere,
        Fault::SeriesClosed { on: s() },
        Fault::NotCleared,
        Fault::OverridesRegister { counted: s() },
        Fault::OtherwiseElsewhere { form: s(), told: s() },
        Fault::ApprovedElsewhere { form: s(), told: s() },
        Fault::OtherwiseInForce { said: s(), told: s() },
        Fault::OptionsDoNotAddUp { sum: s() },
        Fault::EstimateAfterFinal,
        Fault::ReasonMissing,
        Fault::UnknownRegister { register: s() },
        Fault::UnknownField { field: s() },
        Fault::FieldMissing { field: s() },
        Fault::WrongKind { field: s(), wanted: FieldKind::Day },
        Fault::Overflow { rule: s() },
        Fault::RuleUnusable { rule: s(), detail: s() },
        Fault::Broken { detail: s() },
        Fault::Rule {
            rule: s(),
            severity: Severity::Warning,
            message: text("message"),
            remedy: text("remedy"),
        },
    ]
}

/// The name of a fault in JSON, and what it tells of itself.
fn code_and_words(fault: &Fault) -> (String, Vec<String>) {
    let json = serde_json::to_value(fault).unwrap();
    let words = json.as_object().unwrap().iter().filter(|(key, _)| *key != "code");
    let words = words.filter_map(|(_, it)| it.as_str().map(str::to_owned)).collect();
    (json["code"].as_str().unwrap().to_owned(), words)
}

#[test]
fn every_fault_has_a_sentence_and_a_remedy_in_both_languages() {
    for fault in one_of_each() {
        let finding = Finding { place: Place::default(), fault };
        let vi = (finding.message(Language::Vietnamese), finding.remedy(Language::Vietnamese));
        let en = (finding.message(Language::English), finding.remedy(Language::English));
        for sentence in [&vi.0, &vi.1, &en.0, &en.1] {
            assert!(!sentence.trim().is_empty(), "{finding:?}");
            assert!(!sentence.contains(['{', '}']), "{sentence}");
        }
        assert_ne!(vi, en, "{finding:?}");
    }
}

#[test]
fn what_was_written_is_in_the_sentence() {
    for fault in one_of_each().into_iter().filter(|it| !matches!(it, Fault::Rule { .. })) {
        let (_, words) = code_and_words(&fault);
        let finding = Finding { place: Place::default(), fault };
        for language in [Language::Vietnamese, Language::English] {
            let sentence = finding.message(language);
            let shown = words.iter().filter(|it| *it == "X1").all(|it| sentence.contains(it));
            assert!(shown, "{sentence}");
        }
    }
}

#[test]
fn no_fault_of_the_catalogue_is_left_out() {
    let source = include_str!("../finding.rs");
    let of_faults = source.split("pub enum Fault {").nth(1).unwrap().split("\n}\n").next().unwrap();
    let n_variants = of_faults
        .lines()
        .filter(|it| {
            it.starts_with("    ") && it[4..].starts_with(|c: char| c.is_ascii_uppercase())
        })
        .count();
    let mut codes: Vec<String> = one_of_each().iter().map(|it| code_and_words(it).0).collect();
    codes.sort();
    codes.dedup();
    assert_eq!(codes.len(), n_variants);
}

#[test]
fn only_rules_and_overrides_may_be_warnings() {
    for fault in one_of_each() {
        let is_warning = matches!(
            fault,
            Fault::Rule { .. }
                | Fault::NumeratorOverDenominator
                | Fault::OverridesRegister { .. }
                | Fault::OtherwiseElsewhere { .. }
                | Fault::OtherwiseInForce { .. }
        );
        let severity = Finding { place: Place::default(), fault }.severity();
        assert_eq!(severity == Severity::Warning, is_warning);
    }
}

#[test]
fn a_finding_is_flat_in_json_and_reads_back() {
    let place = Place { row: Some(3), ..Place::default() };
    let finding = Finding { place, fault: Fault::NotANumber { text: "ba".into() } };
    let json = serde_json::to_string(&finding).unwrap();
    assert_eq!(json, r#"{"place":{"row":3},"code":"not_a_number","text":"ba"}"#);
    assert_eq!(serde_json::from_str::<Finding>(&json).unwrap(), finding);
}

#[test]
fn a_period_is_called_in_words_as_far_as_it_is_one() {
    let said = |period: &str| {
        let fault = Fault::PeriodLocked { period: period.to_owned() };
        Finding { place: Place::default(), fault }.message(Language::Vietnamese)
    };
    assert_eq!(said("2026-10"), "kỳ tháng 10/2026 đã khóa sổ");
    assert_eq!(said("2026-Q3"), "kỳ quý III/2026 đã khóa sổ");
    assert_eq!(said("gì đó"), "kỳ gì đó đã khóa sổ");
}
