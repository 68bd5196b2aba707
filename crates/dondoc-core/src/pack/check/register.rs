//! Registers: their fields, and what must hold within an entry.

use std::collections::HashSet;

use crate::pack::{
    FieldKind, Register, Reports,
    check::{Findings, Spelling, indicator::sample},
    fault::{ItemKind, PackFault},
};

pub(super) fn check(findings: &mut Findings<'_>) {
    for register in &findings.pack.registers {
        let item = findings.declared(ItemKind::Register, &register.code, &register.name);
        findings.spelled(&item, Spelling::Lower);
        findings.refers(&item, ItemKind::Source, register.basis.iter());
        let mut seen = HashSet::new();
        for field in &register.fields {
            let item = findings.within(ItemKind::Field, &field.code, &register.code);
            findings.named(&item, &field.name);
            findings.spelled(&item, Spelling::Lower);
            findings.refers(&item, ItemKind::Breakdown, field.options.iter());
            findings.admitted(&item, &[field.measure.as_deref().unwrap_or_default()], &[]);
            let is_choice = matches!(field.kind, FieldKind::Choice | FieldKind::Choices);
            if is_choice && field.options.is_none() {
                findings.add(&item, PackFault::OptionsMissing);
            }
            if field.decimals > 4 {
                findings.add(&item, PackFault::TooManyDecimals);
            }
            if !seen.insert(&field.code) {
                findings.add(&item, PackFault::Duplicate);
            }
        }
        let own = |name: &String| register.fields.iter().any(|it| it.code == *name);
        dangling(findings, register, register.latest_of.iter().filter(|it| !own(it)));
        if let Some(reports) = &register.reports {
            reports_are_sound(findings, register, reports);
        }
        let mut seen = HashSet::new();
        for rule in &register.checks {
            let item = findings.within(ItemKind::Rule, &rule.code, &register.code);
            findings.named(&item, &rule.message);
            findings.named(&item, &rule.remedy);
            findings.expression(&item, &rule.holds, &|name| sample(register, name));
            if !seen.insert(&rule.code) {
                findings.add(&item, PackFault::Duplicate);
            }
        }
    }
}

/// The reports that a register calls for name only what there is.
fn reports_are_sound(findings: &mut Findings<'_>, register: &Register, reports: &Reports) {
    let item = findings.item(ItemKind::Register, &register.code);
    findings.refers(&item, ItemKind::Register, std::iter::once(&reports.register));
    let Some(other) = findings.pack.register(&reports.register) else { return };
    let is_of = |of: &Register, name: &str, kind: FieldKind| {
        of.fields.iter().any(|it| it.code == name && it.kind == kind)
    };
    let Reports { about, reported_on, reported_at, named_by, began_on, began_at, .. } = reports;
    let asked = [
        (other, Some(about), FieldKind::Text),
        (other, Some(reported_on), FieldKind::Day),
        (other, reported_at.as_ref(), FieldKind::Number),
        (register, Some(named_by), FieldKind::Text),
        (register, Some(began_on), FieldKind::Day),
        (register, began_at.as_ref(), FieldKind::Number),
        (register, reports.ended_on.as_ref(), FieldKind::Day),
        (register, reports.owed_by.as_ref(), FieldKind::Units),
        (other, reports.last.as_ref().map(|it| &it.field), FieldKind::Choice),
    ];
    let missing = asked.into_iter().filter_map(|(of, name, kind)| {
        let name = name?;
        (!is_of(of, name, kind)).then_some(name)
    });
    dangling(findings, register, missing);
}

/// Says of each name that no field of the kind that is wanted has it.
fn dangling<'a>(
    findings: &mut Findings<'_>,
    register: &Register,
    names: impl Iterator<Item = &'a String>,
) {
    let item = findings.item(ItemKind::Register, &register.code);
    for name in names.collect::<Vec<_>>() {
        findings.add(&item, PackFault::Dangling { kind: ItemKind::Field, name: name.clone() });
    }
}
