//! Rules and formulas: they can be read, name what there is, come to an answer, and need no ring of each other.

use crate::{
    pack::{
        check::Findings,
        fault::{ItemKind, PackFault},
    },
    rule::{RuleBook, Unusable},
};

pub(super) fn check(findings: &mut Findings<'_>) {
    let pack = findings.pack;
    for rule in &pack.rules {
        let item = findings.item(ItemKind::Rule, &rule.code);
        findings.named(&item, &rule.message);
        findings.named(&item, &rule.remedy);
    }
    let (book, unusable) = RuleBook::read(pack);
    let mut faults: Vec<(String, PackFault)> = Vec::new();
    for (code, why) in unusable {
        let fault = match why {
            Unusable::Cycle(through) => PackFault::FormulaCycle { through },
            other => PackFault::BadExpression {
                text: text_of(findings, &code),
                detail: other.to_string(),
            },
        };
        faults.push((code, fault));
    }
    for (code, detail) in book.misfits() {
        let text = text_of(findings, &code);
        faults.push((code, PackFault::BadExpression { text, detail }));
    }
    for (code, fault) in faults {
        let is_rule = pack.rules.iter().any(|it| it.code == code);
        let kind = if is_rule { ItemKind::Rule } else { ItemKind::Indicator };
        let item = findings.item(kind, &code);
        findings.add(&item, fault);
    }
}

fn text_of(findings: &Findings<'_>, code: &str) -> String {
    let rule = findings.pack.rules.iter().find(|it| it.code == code).map(|it| it.holds.clone());
    let formula = || findings.pack.indicator(code).and_then(|it| it.formula.clone());
    rule.or_else(formula).unwrap_or_default()
}
