//! From the files of a pack to the pack.

use serde::Deserialize;

use crate::{
    followup::{ExpectedDocument, FollowUpRules},
    pack::{
        Basis, Breakdown, Component, Form, Head, Indicator, Pack, Register, Rule, Section, check,
        fault::{Item, ItemKind, PackFault, PackFinding},
    },
};

/// One file: any part of a pack.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    pack: Option<Head>,
    #[serde(default)]
    components: Vec<Component>,
    #[serde(default)]
    sources: Vec<Basis>,
    #[serde(default)]
    breakdowns: Vec<Breakdown>,
    #[serde(default)]
    indicators: Vec<Indicator>,
    #[serde(default)]
    registers: Vec<Register>,
    #[serde(default)]
    forms: Vec<Form>,
    #[serde(default)]
    rules: Vec<Rule>,
    #[serde(default)]
    outline: Vec<Section>,
    follow_up: Option<FollowUpRules>,
    #[serde(default)]
    documents: Vec<ExpectedDocument>,
}

/// Reads a pack from its files, names and texts, and checks it; lists grow in the order of the files.
///
/// # Errors
///
/// All that is wrong with it, each with its file and line.
pub fn read(files: &[(&str, &str)]) -> Result<Pack, Vec<PackFinding>> {
    let (pack, mut findings) = put_together(files);
    if let Some(pack) = &pack {
        findings.extend(check(pack).into_iter().map(|it| located(it, files)));
    }
    match pack {
        Some(pack) if findings.is_empty() => Ok(pack),
        _ => Err(findings),
    }
}

fn put_together(files: &[(&str, &str)]) -> (Option<Pack>, Vec<PackFinding>) {
    let mut findings = Vec::new();
    let mut parts = Vec::new();
    for (file, text) in files {
        match toml::from_str::<Part>(text) {
            Ok(part) => parts.push(part),
            Err(err) => findings.push(PackFinding {
                file: Some((*file).to_owned()),
                line: err.span().and_then(|it| line_of(text, it.start)),
                item: None,
                fault: PackFault::Unreadable { detail: err.message().to_owned() },
            }),
        }
    }
    let mut heads: Vec<Head> = parts.iter_mut().filter_map(|it| it.pack.take()).collect();
    let n_heads = u32::try_from(heads.len()).unwrap_or(u32::MAX);
    // A file that could not be read may have had it.
    if n_heads > 1 || (n_heads == 0 && findings.is_empty()) {
        let fault = PackFault::Head { n_heads };
        findings.push(PackFinding { file: None, line: None, item: None, fault });
    }
    let Some(head) = heads.pop().filter(|_| findings.is_empty()) else { return (None, findings) };
    let mut pack = Pack {
        pack: head,
        components: Vec::new(),
        sources: Vec::new(),
        breakdowns: Vec::new(),
        indicators: Vec::new(),
        registers: Vec::new(),
        forms: Vec::new(),
        rules: Vec::new(),
        outline: Vec::new(),
        follow_up: None,
        documents: Vec::new(),
    };
    for part in parts {
        pack.components.extend(part.components);
        pack.sources.extend(part.sources);
        pack.breakdowns.extend(part.breakdowns);
        pack.indicators.extend(part.indicators);
        pack.registers.extend(part.registers);
        pack.forms.extend(part.forms);
        pack.rules.extend(part.rules);
        pack.outline.extend(part.outline);
        pack.follow_up = part.follow_up.or(pack.follow_up);
        pack.documents.extend(part.documents);
    }
    (Some(pack), findings)
}

fn line_of(text: &str, offset: usize) -> Option<u32> {
    let before = text.get(..offset)?;
    u32::try_from(before.matches('\n').count() + 1).ok()
}

/// The finding with the file and line in which its item is declared.
fn located(mut finding: PackFinding, files: &[(&str, &str)]) -> PackFinding {
    let place = match &finding.item {
        Some(item) => {
            files.iter().find_map(|(file, text)| Some((*file, line_of_item(text, item)?)))
        }
        None => None,
    };
    if let Some((file, line)) = place {
        finding.file = Some(file.to_owned());
        finding.line = u32::try_from(line + 1).ok();
    }
    finding
}

/// The line, from 0, in which a file declares an item: that with its code, in the part that it belongs to.
fn line_of_item(text: &str, item: &Item) -> Option<usize> {
    let (heading, key) = match item.kind {
        ItemKind::Pack => ("[pack]", "code"),
        ItemKind::Component => ("[[components]]", "code"),
        ItemKind::Source => ("[[sources]]", "code"),
        ItemKind::Breakdown | ItemKind::Option => ("[[breakdowns]]", "code"),
        ItemKind::Indicator => ("[[indicators]]", "code"),
        ItemKind::Register | ItemKind::Field => ("[[registers]]", "code"),
        ItemKind::Form | ItemKind::Row | ItemKind::Column => ("[[forms]]", "code"),
        ItemKind::Rule if item.within.is_some() => ("[[registers]]", "code"),
        ItemKind::Rule => ("[[rules]]", "code"),
        ItemKind::Section => ("[[outline]]", "number"),
        ItemKind::FollowUp => ("[follow_up]", "first_notice_before"),
        ItemKind::Document => ("[[documents]]", "code"),
    };
    let outer = item.within.as_deref().unwrap_or(&item.code);
    let declares = |line: &str, key: &str, code: &str| {
        line.contains(&format!("{key} = \"{code}\"")) || line.contains(&format!("{key}=\"{code}\""))
    };
    let mut lines = text.lines().enumerate();
    let mut part = "";
    let at = lines.by_ref().find_map(|(at, line)| {
        // Headings of tables inside, as `[[registers.fields]]`, leave the part as it is.
        if line.starts_with('[') && !line.contains('.') {
            part = line.trim_end();
        }
        (part == heading && declares(line, key, outer)).then_some(at)
    })?;
    if item.within.is_none() {
        return Some(at);
    }
    let inner_key = match item.kind {
        ItemKind::Row | ItemKind::Column => "number",
        _ => "code",
    };
    let inner = lines.find(|(_, line)| declares(line, inner_key, &item.code));
    Some(inner.map_or(at, |(at, _)| at))
}
