//! What stands in a field, as people write it.

use dondoc_core::{
    entry::FieldValue,
    pack::{Breakdown, Field},
};
use jiff::civil::Date;

use crate::{
    entries::{Paper, options},
    number,
};

/// What stands in a field, as it is written in Vietnamese: `05/07/2026`, `1.234,5`, `Có`, names of options and units.
#[must_use]
pub fn shown(paper: &Paper<'_>, field: &Field, value: &FieldValue) -> String {
    match value {
        FieldValue::Number(number) => number::show(*number, field.decimals),
        other => written(paper, field, other),
    }
}

/// As [`shown`], so that it reads back in one way only.
pub(super) fn written(paper: &Paper<'_>, field: &Field, value: &FieldValue) -> String {
    let breakdown = options(paper.pack, field);
    let joined = |them: Vec<String>| them.join("; ");
    match value {
        FieldValue::Text(text) => text.clone(),
        FieldValue::Number(number) => number::write(*number, field.decimals),
        FieldValue::Day(day) => day_text(*day),
        FieldValue::YesNo(true) => "Có".to_owned(),
        FieldValue::YesNo(false) => "Không".to_owned(),
        FieldValue::Choice(code) => option_text(breakdown, code),
        FieldValue::Choices(codes) => {
            joined(codes.iter().map(|it| option_text(breakdown, it)).collect())
        }
        FieldValue::Unit(unit) => (paper.unit_name)(*unit),
        FieldValue::Units(units) => joined(units.iter().map(|it| (paper.unit_name)(*it)).collect()),
        FieldValue::Document(id) => match (paper.document)(*id) {
            Some(name) => format!("{id} ({name})"),
            None => id.to_string(),
        },
    }
}

/// `05/07/2026`.
fn day_text(day: Date) -> String {
    day.strftime("%d/%m/%Y").to_string()
}

/// The name of an option; its code where the name would be taken for two.
fn option_text(breakdown: Option<&Breakdown>, code: &str) -> String {
    let option = breakdown.and_then(|it| it.options.iter().find(|it| it.code == code));
    match option {
        Some(option) if !option.name.vi.contains(';') => option.name.vi.clone(),
        _ => code.to_owned(),
    }
}
