//! Fields of an entry as they are typed, read by the kinds of the register.

#![expect(
    clippy::result_large_err,
    reason = "a refusal says what was typed; there is one for a field at most"
)]

use dondoc_core::{
    entry::{FieldValue, Fields},
    finding::{Fault, Finding, Place},
    pack::{Field, FieldKind, Register},
    unit::{UnitId, Units},
};
use dondoc_exchange::{
    entries::read_day,
    number::{self, Entered},
};
use dondoc_store::{Store, documents};
use jiff::civil::Date;
use serde_json::{Map, Value};

use crate::ApiError;

/// No text is longer.
const MAX_CHARS: usize = 4_000;

/// What fields are read by.
pub(super) struct Reader<'a> {
    pub(super) register: &'a Register,
    pub(super) units: &'a Units,
    pub(super) store: &'a Store,
    pub(super) today: Date,
}

impl Reader<'_> {
    /// What could be read, and all that can't be, each at its field.
    pub(super) fn read(
        &self,
        sent: &Map<String, Value>,
    ) -> Result<(Fields, Vec<Finding>), ApiError> {
        let (mut fields, mut findings) = (Fields::new(), Vec::new());
        for (code, value) in sent.iter().filter(|it| !is_blank(it.1)) {
            let place = Place { cell: Some(code.clone()), ..Place::default() };
            let field = self.register.fields.iter().find(|it| it.code == *code);
            let Some(field) = field else {
                let fault = Fault::UnknownField { field: code.clone() };
                findings.push(Finding { place, fault });
                continue;
            };
            let read = self
                .field(field, value)
                .and_then(|it| if self.is_there(&it) { Ok(it) } else { Err(wrong(field)) });
            match read {
                Ok(value) => {
                    fields.insert(code.clone(), value);
                }
                Err(fault) => findings.push(Finding { place, fault }),
            }
        }
        Ok((fields, findings))
    }

    fn field(&self, field: &Field, value: &Value) -> Result<FieldValue, Fault> {
        let wrong = || wrong(field);
        let text = || value.as_str().map(|it| it.trim().to_owned()).ok_or_else(wrong);
        let unit = |it: &Value| {
            let id = it.as_u64().and_then(|it| u32::try_from(it).ok()).map(UnitId);
            id.filter(|it| self.units.get(*it).is_some()).ok_or_else(wrong)
        };
        let list = || value.as_array().ok_or_else(wrong);
        Ok(match field.kind {
            FieldKind::Text => FieldValue::Text(plain(&text()?).ok_or_else(wrong)?),
            FieldKind::Choice => FieldValue::Choice(text()?),
            FieldKind::Day => FieldValue::Day(read_day(&text()?, self.today).ok_or_else(wrong)?),
            FieldKind::YesNo => FieldValue::YesNo(value.as_bool().ok_or_else(wrong)?),
            FieldKind::Number => FieldValue::Number(read_number(field, value)?),
            FieldKind::Document => FieldValue::Document(value.as_i64().ok_or_else(wrong)?),
            FieldKind::Unit => FieldValue::Unit(unit(value)?),
            FieldKind::Units => {
                FieldValue::Units(list()?.iter().map(unit).collect::<Result<_, _>>()?)
            }
            FieldKind::Choices => {
                let code = |it: &Value| it.as_str().map(str::to_owned).ok_or_else(wrong);
                FieldValue::Choices(list()?.iter().map(code).collect::<Result<_, _>>()?)
            }
        })
    }

    /// Whether the document that is named is in the library.
    fn is_there(&self, value: &FieldValue) -> bool {
        match value {
            FieldValue::Document(id) => {
                documents::summary(self.store, *id).is_ok_and(|it| it.is_some())
            }
            _ => true,
        }
    }
}

fn wrong(field: &Field) -> Fault {
    Fault::WrongKind { field: field.name.vi.clone(), wanted: field.kind }
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(list) => list.is_empty(),
        _ => false,
    }
}

/// A text without control characters but for line breaks and tabs.
fn plain(text: &str) -> Option<String> {
    let text = text.replace("\r\n", "\n");
    let is_fine = |c: char| !c.is_control() || matches!(c, '\n' | '\t');
    (text.chars().all(is_fine) && text.chars().count() <= MAX_CHARS).then_some(text)
}

fn read_number(field: &Field, value: &Value) -> Result<i64, Fault> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) if number.is_i64() => number.to_string(),
        _ => return Err(wrong(field)),
    };
    // A whole number of JSON has no marks that could be read in two ways.
    if value.is_number() {
        return number::read_plain(&text, field.decimals);
    }
    let measure = field.measure.as_deref().unwrap_or_default();
    let typed = number::read(&text, number::Field { decimals: field.decimals, measure })?;
    match typed.entered {
        // An entry says what was counted; about how many is a word for a report.
        Entered::Number(number) if typed.qualifier.is_none() && typed.status.is_none() => {
            Ok(number)
        }
        _ => Err(wrong(field)),
    }
}
