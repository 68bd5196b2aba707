//! Indicators: measure, rules of adding up, parts, options, what they are counted from.

use crate::{
    aggregation::Aggregation,
    pack::{
        Clearing, Counted, Field, FieldKind, Indicator, Register,
        check::{Findings, Spelling},
        exclusion::Exclusion,
        fault::{Item, ItemKind, PackFault},
    },
    rule::{Name, Number, Value},
};

pub(super) fn check(findings: &mut Findings<'_>) {
    for indicator in &findings.pack.indicators {
        let item = findings.item(ItemKind::Indicator, &indicator.code);
        findings.spelled(&item, Spelling::Indicator);
        names(findings, &item, indicator);
        findings.refers(&item, ItemKind::Component, indicator.components.iter());
        findings.refers(&item, ItemKind::Source, indicator.basis.iter());
        findings.refers(&item, ItemKind::Breakdown, indicator.breakdowns.iter());
        for fault in faults(indicator) {
            findings.add(&item, fault);
        }
        // A figure has one source: what adds up comes from one register, options may come from several.
        let same = |a: &Counted, b: &Counted| a.register == b.register || a.option != b.option;
        if indicator.counted.windows(2).any(|it| !same(&it[0], &it[1])) {
            findings.add(&item, PackFault::CountedWithoutOptions);
        }
        for counted in &indicator.counted {
            is_countable(findings, &item, indicator, counted);
        }
    }
}

fn names(findings: &mut Findings<'_>, item: &Item, indicator: &Indicator) {
    for (language, text) in [("vi", &indicator.name.vi), ("en", &indicator.name.en)] {
        if text.trim().is_empty() {
            findings.add(item, PackFault::NameMissing { language: language.to_owned() });
        }
    }
    let mut texts = vec![&*indicator.name.vi, &*indicator.name.en, &*indicator.measure];
    if let Some(ratio) = &indicator.ratio {
        let parts = [&ratio.numerator, &ratio.denominator];
        texts.extend(parts.iter().flat_map(|it| [it.vi.as_str(), it.en.as_str()]));
    }
    // A bare percentage says nothing about how many there are, if its owner clears it and its parts stay with the owner.
    let is_bare_share = indicator.measure == "%"
        && indicator.ratio.is_none()
        && indicator.clearing == Clearing::Clear;
    let excused: &[Exclusion] = if is_bare_share { &[Exclusion::Strength] } else { &[] };
    findings.admitted(item, &texts, excused);
}

fn faults(indicator: &Indicator) -> Vec<PackFault> {
    let (over_units, over_time) = (indicator.over_units, indicator.over_time);
    let is_ratio = indicator.ratio.is_some();
    let either = |it: Aggregation| over_units == it || over_time == it;
    let is_made_into_one = over_units != Aggregation::None
        || !matches!(over_time, Aggregation::None | Aggregation::Last);
    let is_counted = !indicator.counted.is_empty() || !indicator.breakdowns.is_empty();
    let checks = [
        (indicator.measure.trim().is_empty(), PackFault::MeasureMissing),
        (indicator.every.is_empty(), PackFault::NeverReported),
        (indicator.measure == "%" && !is_ratio && is_made_into_one, PackFault::RatioWithoutParts),
        (
            indicator.measure != "%" && !is_ratio && either(Aggregation::WeightedAverage),
            PackFault::AverageOfPlainValue,
        ),
        (
            is_ratio && (either(Aggregation::Sum) || either(Aggregation::Max)),
            PackFault::RatioAddedUp,
        ),
        (over_units == Aggregation::Last, PackFault::LastOverUnits),
        (indicator.breakdowns.len() > 2, PackFault::TooManyBreakdowns),
        (indicator.decimals > 4, PackFault::TooManyDecimals),
        (indicator.formula.is_some() && (is_ratio || is_counted), PackFault::FormulaMisplaced),
    ];
    checks.into_iter().filter(|(is_so, _)| *is_so).map(|(_, fault)| fault).collect()
}

fn is_countable(
    findings: &mut Findings<'_>,
    item: &Item,
    indicator: &Indicator,
    counted: &Counted,
) {
    let Some(register) = findings.pack.register(&counted.register) else {
        findings.refers(item, ItemKind::Register, std::iter::once(&counted.register));
        return;
    };
    let field = |code: &str| register.fields.iter().find(|it| it.code == code);
    let mut uses: Vec<(&String, &[FieldKind], &str)> = Vec::new();
    uses.extend([(&counted.on, &[FieldKind::Day][..], "day")]);
    uses.extend(counted.until.iter().map(|it| (it, &[FieldKind::Day][..], "day")));
    let sums = counted.sum.iter().chain(&counted.of_sum);
    uses.extend(sums.map(|it| (it, &[FieldKind::Number][..], "number")));
    let by = [FieldKind::Choice, FieldKind::YesNo];
    uses.extend(counted.by.iter().map(|it| (it, &by[..1], "choice")));
    for (code, kinds, wanted) in uses {
        let name = || code.clone();
        match field(code) {
            None => findings.add(item, PackFault::Dangling { kind: ItemKind::Field, name: name() }),
            Some(it) if !kinds.contains(&it.kind) => {
                let fault = PackFault::FieldKind { field: name(), wanted: wanted.to_owned() };
                findings.add(item, fault);
            }
            Some(_) => {}
        }
    }
    divides(findings, item, indicator, counted, register);
    for text in counted.only.iter().chain(&counted.of_only) {
        findings.expression(item, text, &|name| sample(register, name));
    }
}

/// The options come from fields over the same breakdowns, or are one and the same.
fn divides(
    findings: &mut Findings<'_>,
    item: &Item,
    indicator: &Indicator,
    counted: &Counted,
    register: &Register,
) {
    let is_by = counted.by.len() == indicator.breakdowns.len();
    let is_sound = match &counted.option {
        Some(option) => counted.by.is_empty() && findings.pack.options(indicator).contains(option),
        None => is_by,
    };
    if !is_sound {
        findings.add(item, PackFault::CountedWithoutOptions);
        return;
    }
    for (code, breakdown) in counted.by.iter().zip(&indicator.breakdowns) {
        let field = register.fields.iter().find(|it| it.code == *code);
        if field.is_some_and(|it| it.options.as_ref() != Some(breakdown)) {
            let (field, wanted) = (code.clone(), breakdown.clone());
            findings.add(item, PackFault::FieldKind { field, wanted });
        }
    }
}

/// Something that could stand in a field, to see whether an expression over it comes to yes or no.
pub(super) fn sample(register: &Register, name: &Name) -> Option<Value> {
    let day = Value::Day(jiff::civil::date(2025, 1, 1));
    if matches!(name.word.as_str(), "period_from" | "period_to") {
        return Some(day);
    }
    let Field { kind, .. } = register.fields.iter().find(|it| it.code == name.word)?;
    Some(match kind {
        FieldKind::Number | FieldKind::Unit | FieldKind::Document => Value::Number(Number::from(1)),
        FieldKind::Day => day,
        FieldKind::YesNo => Value::YesNo(true),
        FieldKind::Text | FieldKind::Choice => Value::Text(String::new()),
        FieldKind::Choices | FieldKind::Units => Value::List(Vec::new()),
    })
}
