//! What a pack must be before it is put into use.

use std::collections::HashSet;

use crate::{
    pack::{
        Breakdown, Pack, Text,
        exclusion::{Exclusion, excluded},
        fault::{Item, ItemKind, PackFault, PackFinding},
    },
    rule::{EvalError, Expression, Name, Value},
};

mod followup;
mod form;
mod indicator;
mod register;
mod rules;

/// All that is wrong with a pack, in the order of its parts.
#[must_use]
pub fn check(pack: &Pack) -> Vec<PackFinding> {
    let mut findings = Findings { pack, all: Vec::new() };
    let head = findings.item(ItemKind::Pack, &pack.pack.code);
    findings.named(&head, &pack.pack.name);
    findings.spelled(&head, Spelling::Upper);
    for component in &pack.components {
        let item = findings.declared(ItemKind::Component, &component.code, &component.name);
        findings.spelled(&item, Spelling::Dotted);
        findings.refers(&item, ItemKind::Component, component.within.iter());
    }
    for source in &pack.sources {
        let item = findings.declared(ItemKind::Source, &source.code, &source.name);
        if source.valid_from.zip(source.valid_to).is_some_and(|(from, to)| to < from) {
            findings.add(&item, PackFault::EndsBeforeItBegins);
        }
    }
    for breakdown in &pack.breakdowns {
        breakdown_is_sound(&mut findings, breakdown);
    }
    indicator::check(&mut findings);
    register::check(&mut findings);
    form::check(&mut findings);
    rules::check(&mut findings);
    outline_is_sound(&mut findings);
    followup::check(&mut findings);
    duplicates(&mut findings);
    findings.all
}

fn breakdown_is_sound(findings: &mut Findings<'_>, breakdown: &Breakdown) {
    let item = findings.declared(ItemKind::Breakdown, &breakdown.code, &breakdown.name);
    findings.spelled(&item, Spelling::Lower);
    if breakdown.options.is_empty() {
        findings.add(&item, PackFault::OptionsMissing);
    }
    let mut seen = HashSet::new();
    for option in &breakdown.options {
        let item = findings.within(ItemKind::Option, &option.code, &breakdown.code);
        findings.named(&item, &option.name);
        findings.spelled(&item, Spelling::Lower);
        if !seen.insert(&option.code) {
            findings.add(&item, PackFault::Duplicate);
        }
    }
}

fn outline_is_sound(findings: &mut Findings<'_>) {
    for section in &findings.pack.outline {
        let item = findings.item(ItemKind::Section, &section.number);
        findings.named(&item, &section.title);
        findings.refers(&item, ItemKind::Indicator, section.indicators.iter());
        findings.refers(&item, ItemKind::Register, section.registers.iter());
        findings.refers(&item, ItemKind::Component, section.component.iter());
    }
}

fn duplicates(findings: &mut Findings<'_>) {
    let pack = findings.pack;
    let codes: [(ItemKind, Vec<&String>); 9] = [
        (ItemKind::Component, pack.components.iter().map(|it| &it.code).collect()),
        (ItemKind::Source, pack.sources.iter().map(|it| &it.code).collect()),
        (ItemKind::Breakdown, pack.breakdowns.iter().map(|it| &it.code).collect()),
        (ItemKind::Indicator, pack.indicators.iter().map(|it| &it.code).collect()),
        (ItemKind::Register, pack.registers.iter().map(|it| &it.code).collect()),
        (ItemKind::Form, pack.forms.iter().map(|it| &it.code).collect()),
        (ItemKind::Rule, pack.rules.iter().map(|it| &it.code).collect()),
        (ItemKind::Section, pack.outline.iter().map(|it| &it.number).collect()),
        (ItemKind::Document, pack.documents.iter().map(|it| &it.code).collect()),
    ];
    for (kind, codes) in codes {
        let mut seen = HashSet::new();
        for code in codes.into_iter().filter(|it| !seen.insert(it.as_str())) {
            let item = findings.item(kind, code);
            findings.add(&item, PackFault::Duplicate);
        }
    }
}

/// How a code is spelled.
#[derive(Clone, Copy)]
enum Spelling {
    /// `KVPT`.
    Upper,
    /// `doi_tuong_2`.
    Lower,
    /// `tiem_luc.kinh_te`.
    Dotted,
    /// `B01-XA`.
    Form,
    /// `KVPT.02.01`, beginning with the code of the pack.
    Indicator,
}

/// The findings so far.
struct Findings<'a> {
    pack: &'a Pack,
    all: Vec<PackFinding>,
}

impl Findings<'_> {
    fn item(&self, kind: ItemKind, code: &str) -> Item {
        Item { kind, code: code.to_owned(), within: None }
    }

    fn within(&self, kind: ItemKind, code: &str, within: &str) -> Item {
        Item { kind, code: code.to_owned(), within: Some(within.to_owned()) }
    }

    fn add(&mut self, item: &Item, fault: PackFault) {
        let item = Some(item.clone());
        self.all.push(PackFinding { file: None, line: None, item, fault });
    }

    /// An item with a name of its own, in both languages, and nothing of the exclusion list.
    fn declared(&mut self, kind: ItemKind, code: &str, name: &Text) -> Item {
        let item = self.item(kind, code);
        self.named(&item, name);
        item
    }

    fn named(&mut self, item: &Item, name: &Text) {
        for (language, text) in [("vi", &name.vi), ("en", &name.en)] {
            if text.trim().is_empty() {
                self.add(item, PackFault::NameMissing { language: language.to_owned() });
            }
        }
        self.admitted(item, &[&item.code, &name.vi, &name.en], &[]);
    }

    /// Nothing of the exclusion list stands in any of the texts, but for reasons that are excused.
    fn admitted(&mut self, item: &Item, texts: &[&str], excused: &[Exclusion]) {
        let mut told = HashSet::new();
        for text in texts {
            for (why, phrase) in excluded(text) {
                if !excused.contains(&why) && told.insert(why) {
                    let (phrase, text) = (phrase.to_owned(), (*text).to_owned());
                    self.add(item, PackFault::Excluded { why, phrase, text });
                }
            }
        }
    }

    fn refers<'a>(&mut self, item: &Item, kind: ItemKind, names: impl Iterator<Item = &'a String>) {
        for name in names.filter(|it| !has(self.pack, kind, it)).collect::<Vec<_>>() {
            self.add(item, PackFault::Dangling { kind, name: name.clone() });
        }
    }

    fn spelled(&mut self, item: &Item, spelling: Spelling) {
        let code = item.code.as_str();
        let lower = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '_';
        let upper = |it: char| it.is_ascii_uppercase() || it.is_ascii_digit();
        let (is_so, wanted) = match spelling {
            Spelling::Upper => (code.chars().all(upper), "KVPT"),
            // Two underscores would stand for the border between an indicator and its option.
            Spelling::Lower => (code.chars().all(lower) && !code.contains("__"), "doi_tuong_2"),
            Spelling::Dotted => (code.chars().all(|it| lower(it) || it == '.'), "tiem_luc.kinh_te"),
            Spelling::Form => (code.chars().all(|it| upper(it) || it == '-'), "B01-XA"),
            Spelling::Indicator => {
                let rest = code.strip_prefix(&format!("{}.", self.pack.pack.code));
                let is_so = rest.is_some_and(|it| it.chars().all(|it| upper(it) || it == '.'));
                (is_so, "KVPT.02.01")
            }
        };
        if !is_so || code.is_empty() {
            self.add(item, PackFault::BadCode { wanted: wanted.to_owned() });
        }
    }

    /// The expression can be read, names only what there is, and comes to what is wanted of it.
    fn expression(&mut self, item: &Item, text: &str, samples: &dyn Fn(&Name) -> Option<Value>) {
        let detail = match Expression::read(text) {
            Err(err) => err.to_string(),
            Ok(expression) => {
                let unknown = expression.names().into_iter().find(|it| samples(it).is_none());
                match (unknown, expression.holds(samples)) {
                    (Some(name), _) => EvalError::UnknownName(name.word.clone()).to_string(),
                    (None, Err(err)) => err.to_string(),
                    (None, Ok(_)) => return,
                }
            }
        };
        self.add(item, PackFault::BadExpression { text: text.to_owned(), detail });
    }
}

fn has(pack: &Pack, kind: ItemKind, code: &str) -> bool {
    match kind {
        ItemKind::Component => pack.components.iter().any(|it| it.code == code),
        ItemKind::Source => pack.sources.iter().any(|it| it.code == code),
        ItemKind::Breakdown => pack.breakdown(code).is_some(),
        ItemKind::Indicator => pack.indicator(code).is_some(),
        ItemKind::Register => pack.register(code).is_some(),
        ItemKind::Form => pack.form(code).is_some(),
        _ => false,
    }
}
