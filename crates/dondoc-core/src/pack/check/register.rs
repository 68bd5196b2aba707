//! Registers: their fields, and what must hold within an entry.

use std::collections::HashSet;

use crate::pack::{
    FieldKind,
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
