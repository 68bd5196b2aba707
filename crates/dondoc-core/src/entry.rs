//! Entries of registers (*bản ghi của sổ*): what was noted down of one event, and the figures that are counted from it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    figure::Content,
    finding::{Fault, Finding, Place},
    pack::{Field, FieldKind, Pack, Register},
    rule::{EvalError, Expression, Name, Number, Value, When},
    unit::UnitId,
};

mod count;
mod latest;
mod owed;
#[cfg(test)]
mod tests;

pub use count::{Counted, Counting, count};
pub use latest::superseded;
pub use owed::{Noted, Owed, OwedState, event_name, owed};

/// What stands in a field of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum FieldValue {
    /// Words.
    Text(String),
    /// A number that counts the smallest unit of the field: with 2 decimals `150` is 1,50.
    Number(i64),
    /// A day.
    Day(Date),
    /// Yes or no.
    YesNo(bool),
    /// The code of an option.
    Choice(String),
    /// The codes of several options.
    Choices(Vec<String>),
    /// A unit.
    Unit(UnitId),
    /// Several units.
    Units(Vec<UnitId>),
    /// A stored document, by its number.
    Document(i64),
}

/// The fields of an entry that were filled in, by their codes; a field that is not there is blank.
pub type Fields = BTreeMap<String, FieldValue>;

/// An entry as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number in the store.
    pub id: i64,
    /// What was noted down.
    pub fields: Fields,
}

/// All that is wrong with an entry: fields that the register has not, blank ones that it needs, other kinds, unknown
/// options, numbers below zero, and the register's own checks.
#[must_use]
pub fn check(pack: &Pack, register: &Register, fields: &Fields) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut add = |field: &str, fault| {
        let place = Place { cell: Some(field.to_owned()), ..Place::default() };
        findings.push(Finding { place, fault });
    };
    for (code, value) in fields {
        match register.fields.iter().find(|it| it.code == *code) {
            None => add(code, Fault::UnknownField { field: code.clone() }),
            Some(field) => {
                if let Some(fault) = misfit(pack, field, value) {
                    add(code, fault);
                }
            }
        }
    }
    for field in register.fields.iter().filter(|it| it.required) {
        let is_blank = match fields.get(&field.code) {
            None => true,
            Some(FieldValue::Text(text)) => text.trim().is_empty(),
            Some(FieldValue::Choices(all)) => all.is_empty(),
            Some(FieldValue::Units(all)) => all.is_empty(),
            Some(_) => false,
        };
        if is_blank {
            add(&field.code, Fault::FieldMissing { field: field.name.vi.clone() });
        }
    }
    // Checks over fields of the wrong kind would only tell the same again.
    if findings.is_empty() {
        findings.extend(register.checks.iter().filter_map(|rule| {
            let holds =
                Expression::read(&rule.holds).map_err(|err| err.to_string()).and_then(|it| {
                    it.holds(&|name| value(register, fields, name)).map_err(|err| err.to_string())
                });
            let fault = match holds {
                Ok(Some(false)) => Fault::Rule {
                    rule: rule.code.clone(),
                    severity: rule.severity,
                    message: rule.message.clone(),
                    remedy: rule.remedy.clone(),
                },
                Ok(_) => return None,
                Err(detail) => Fault::RuleUnusable { rule: rule.code.clone(), detail },
            };
            Some(Finding { place: Place::default(), fault })
        }));
    }
    findings
}

fn misfit(pack: &Pack, field: &Field, value: &FieldValue) -> Option<Fault> {
    let is_option = |code: &String| {
        let breakdown = field.options.as_ref().and_then(|it| pack.breakdown(it));
        breakdown.is_some_and(|it| it.options.iter().any(|it| it.code == *code))
    };
    let unknown = |code: &String| Fault::UnknownOption { option: code.clone() };
    match (field.kind, value) {
        (FieldKind::Choice, FieldValue::Choice(code)) => (!is_option(code)).then(|| unknown(code)),
        (FieldKind::Choices, FieldValue::Choices(codes)) => {
            codes.iter().find(|it| !is_option(it)).map(unknown)
        }
        (FieldKind::Number, FieldValue::Number(number)) => (*number < 0).then_some(Fault::Negative),
        (FieldKind::Text, FieldValue::Text(_))
        | (FieldKind::Day, FieldValue::Day(_))
        | (FieldKind::YesNo, FieldValue::YesNo(_))
        | (FieldKind::Unit, FieldValue::Unit(_))
        | (FieldKind::Units, FieldValue::Units(_))
        | (FieldKind::Document, FieldValue::Document(_)) => None,
        _ => Some(Fault::WrongKind { field: field.name.vi.clone(), wanted: field.kind }),
    }
}

/// What a name of an expression stands for in an entry; blank fields are missing.
fn value(register: &Register, fields: &Fields, name: &Name) -> Option<Value> {
    let field = register.fields.iter().find(|it| it.code == name.word)?;
    if name.when != When::Now {
        return None;
    }
    let words = |all: &[String]| all.iter().map(|it| Value::Text(it.clone())).collect();
    Some(match fields.get(&field.code) {
        None => Value::Missing,
        Some(FieldValue::Text(text)) if text.trim().is_empty() => Value::Missing,
        Some(FieldValue::Text(text) | FieldValue::Choice(text)) => Value::Text(text.clone()),
        Some(FieldValue::Number(it)) => {
            Number::scaled(*it, field.decimals).map_or(Value::Missing, Value::Number)
        }
        Some(FieldValue::Day(day)) => Value::Day(*day),
        Some(FieldValue::YesNo(it)) => Value::YesNo(*it),
        Some(FieldValue::Choices(all)) => Value::List(words(all)),
        Some(FieldValue::Unit(unit)) => Value::Number(Number::from(i64::from(unit.0))),
        Some(FieldValue::Units(all)) => {
            let numbers = all.iter().map(|it| Value::Number(Number::from(i64::from(it.0))));
            Value::List(numbers.collect())
        }
        Some(FieldValue::Document(id)) => Value::Number(Number::from(*id)),
    })
}

/// Whether a figure says what its register comes to; that nothing occurred (*không phát sinh*) is the same as a count of 0.
#[must_use]
pub fn agrees(counted: Content, given: Content) -> bool {
    let is_zero = |it: Content| matches!(it, Content::Nil | Content::Value(0));
    given == counted || (is_zero(given) && is_zero(counted))
}

/// The fault of an expression over entries that came to nothing.
fn fault_of(code: &str, err: &EvalError) -> Fault {
    match err {
        EvalError::Overflow => Fault::Overflow { rule: code.to_owned() },
        other => Fault::RuleUnusable { rule: code.to_owned(), detail: other.to_string() },
    }
}
