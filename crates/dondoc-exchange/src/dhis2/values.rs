//! `dataValueSets`.

use std::{collections::HashMap, fmt};

use dondoc_core::{
    figure::{Cell, Content, Figure, Series, Source},
    finding::{Fault, Place},
    pack::{Indicator, Pack},
    period::Period,
    unit::UnitId,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{
    dhis2::{Comment, DEFAULT_COMBO, Metadata, Part, elements, uid},
    number,
    passage::{self, Arrived, Ask, Entry, Gathering, Index, Lack, Lost, Placed},
    periods,
};

/// How units and things are called in a set.
#[derive(Clone, Copy)]
pub enum Names<'a> {
    /// By uids that [`uid`] makes.
    Uids,
    /// By codes; the unit's is the caller's.
    Codes(&'a dyn Fn(UnitId, Period) -> String),
}

impl fmt::Debug for Names<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Uids => "Uids",
            Self::Codes(_) => "Codes",
        })
    }
}

/// A set as it is on the wire.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct ValueSet {
    /// By what things are called: `CODE`, or by uids where nothing is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    id_scheme: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    org_unit: Option<String>,
    data_values: Vec<DataValue>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

/// A value as it is on the wire.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct DataValue {
    data_element: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    org_unit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    category_option_combo: Option<String>,
    value: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<String>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

/// Fields that say nothing about the figure: who kept it in the other system, and when.
const IDLE: [&str; 8] = [
    "storedBy",
    "created",
    "lastUpdated",
    "dataSet",
    "completeDate",
    // Codes and uids are told apart by themselves.
    "dataElementIdScheme",
    "orgUnitIdScheme",
    "categoryOptionComboIdScheme",
];

/// The figures as a set, and what DHIS2 has no place for.
#[must_use]
pub fn write_values(pack: &Pack, entries: &[Entry], names: Names<'_>) -> (String, Vec<Lost>) {
    let mut lost = Vec::new();
    let mut values = Vec::new();
    for entry in entries {
        let series = entry.figure.series.clone();
        let cell = Cell { unit: entry.unit, series, period: entry.period };
        let lack = match (periods::to_dhis2(entry.period), pack.indicator(&cell.series.indicator)) {
            (None, _) => Lack::Period,
            (_, None) => Lack::Field(cell.series.indicator.clone()),
            _ if entry.figure.content == Content::NoFigure => Lack::NoFigure,
            (Some(period), Some(indicator)) => {
                values.extend(data_values(entry, indicator, &period, names));
                continue;
            }
        };
        lost.push(Lost { cell: Some(cell), place: Place::default(), what: lack });
    }
    let id_scheme = matches!(names, Names::Codes(_)).then(|| "CODE".to_owned());
    let set = ValueSet { id_scheme, data_values: values, ..ValueSet::default() };
    (serde_json::to_string_pretty(&set).unwrap_or_default(), lost)
}

fn data_values(
    entry: &Entry,
    indicator: &Indicator,
    period: &str,
    names: Names<'_>,
) -> Vec<DataValue> {
    let figure = &entry.figure;
    let option = figure.series.option.as_deref();
    let unit = match names {
        Names::Uids => uid("orgUnit", &entry.unit.to_string()),
        Names::Codes(code) => code(entry.unit, entry.period),
    };
    let named = |kind: &str, code: &str| match names {
        Names::Uids => uid(kind, code),
        Names::Codes(_) => code.to_owned(),
    };
    // Without one the default is meant, whatever it is called there.
    let combo = option.map(|it| named("categoryOptionCombo", &combo_code(indicator, it)));
    let value = |element: String, part: Part| {
        let value = match (figure.content, part) {
            (Content::Value(value), _) => value,
            (Content::Ratio { numerator, .. }, Part::Numerator | Part::Value) => numerator,
            (Content::Ratio { denominator, .. }, Part::Denominator) => denominator,
            (Content::Nil | Content::NoFigure, _) => 0,
        };
        DataValue {
            data_element: named("dataElement", &element),
            period: Some(period.to_owned()),
            org_unit: Some(unit.clone()),
            category_option_combo: combo.clone(),
            value: Value::String(number::write_plain(value, indicator.decimals)),
            comment: Comment::of(figure).write(),
            rest: Map::new(),
        }
    };
    elements(indicator).into_iter().map(|(element, part)| value(element, part)).collect()
}

/// The code of a combination: the breakdowns and the options, for options of two breakdowns may be called alike.
pub(super) fn combo_code(indicator: &Indicator, option: &str) -> String {
    format!("{}:{option}", indicator.breakdowns.join("+"))
}

/// The figures of a set. Identifiers are codes, uids of [`uid`], or what foreign metadata says that they are.
///
/// A value that cannot be taken is a finding at `dataValues[n]`; what the set says beside figures is listed as lost.
#[must_use]
pub fn read_values(bytes: &[u8], ask: &Ask<'_>, metadata: Option<&Metadata>) -> Arrived {
    let mut gathering = Gathering::default();
    let set: ValueSet = match serde_json::from_slice(bytes) {
        Ok(set) => set,
        Err(err) => {
            gathering.find(Place::default(), Fault::Broken { detail: err.to_string() });
            return gathering.finish();
        }
    };
    for field in set.rest.keys().filter(|it| !IDLE.contains(&it.as_str())) {
        gathering.lose(None, Place::default(), Lack::Field(field.clone()));
    }
    let mut reading = Reading {
        ask,
        metadata,
        index: Index::new(ask.pack),
        known: known(ask.pack),
        units: HashMap::new(),
    };
    for (at, value) in (1_u32..).zip(&set.data_values) {
        let place = place(at);
        if value.rest.get("deleted") == Some(&Value::Bool(true)) {
            // It is told of so that others take it away; here nothing is ever taken away by a file.
            gathering.lose(None, place, Lack::Field("deleted".to_owned()));
            continue;
        }
        match reading.value(value, &set, at) {
            Ok((part, mut placed)) => {
                placed.place.indicator = Some(placed.figure.series.indicator.clone());
                for field in value.rest.iter().filter(|(name, it)| says_something(name, it)) {
                    gathering.lose(
                        Some(placed.cell.clone()),
                        place.clone(),
                        Lack::Field(field.0.clone()),
                    );
                }
                match part {
                    Part::Value => gathering.take(placed),
                    Part::Numerator => gathering.take_part(passage::Part::Numerator, placed),
                    Part::Denominator => gathering.take_part(passage::Part::Denominator, placed),
                }
            }
            Err(fault) => gathering.find(place, fault),
        }
    }
    gathering.finish()
}

fn place(at: u32) -> Place {
    Place { row: Some(at), cell: Some(format!("dataValues[{}]", at - 1)), ..Place::default() }
}

/// Whether a field that is not kept says more than the usual.
fn says_something(name: &str, value: &Value) -> bool {
    let is_default = matches!(value, Value::Null | Value::Bool(false))
        || *value == DEFAULT_COMBO
        || *value == "default";
    !IDLE.contains(&name) && !is_default
}

/// Data elements and combinations by code and by uid.
fn known(pack: &Pack) -> HashMap<String, (String, Part)> {
    let mut known = HashMap::new();
    for indicator in &pack.indicators {
        for (code, part) in elements(indicator) {
            known.insert(uid("dataElement", &code), (indicator.code.clone(), part));
            known.insert(code, (indicator.code.clone(), part));
        }
    }
    known
}

struct Reading<'a> {
    ask: &'a Ask<'a>,
    metadata: Option<&'a Metadata>,
    index: Index<'a>,
    known: HashMap<String, (String, Part)>,
    units: HashMap<(String, Period), Option<UnitId>>,
}

impl Reading<'_> {
    fn value(
        &mut self,
        value: &DataValue,
        set: &ValueSet,
        at: u32,
    ) -> Result<(Part, Placed), Fault> {
        let text = value.period.as_ref().or(set.period.as_ref()).cloned().unwrap_or_default();
        let period = periods::from_dhis2(&text).ok_or(Fault::UnknownPeriod { period: text })?;
        let unit = value.org_unit.as_ref().or(set.org_unit.as_ref()).cloned().unwrap_or_default();
        let unit = self.unit(&unit, period)?;
        let (indicator, part) = self.element(&value.data_element)?;
        let option = self.option(indicator, value.category_option_combo.as_deref())?;
        let series = Series { indicator: indicator.code.clone(), option };
        let comment = Comment::read(value.comment.as_deref().unwrap_or_default());
        let content = if comment.nil {
            Content::Nil
        } else {
            Content::Value(number_of(&value.value, indicator.decimals)?)
        };
        let source = Source::Import { file: self.ask.file.to_owned(), row: at, column: 1 };
        let figure = Figure {
            series: series.clone(),
            content,
            qualifier: comment.qualifier,
            status: comment.status,
            source,
            reason: comment.reason,
        };
        let cell = Cell { unit, series, period };
        Ok((part, Placed { cell, figure, place: place(at) }))
    }

    fn unit(&mut self, text: &str, period: Period) -> Result<UnitId, Fault> {
        let ask = self.ask;
        let foreign = self.metadata.and_then(|it| it.org_unit(text)).and_then(|it| it.code.clone());
        let found = self.units.entry((text.to_owned(), period)).or_insert_with(|| {
            let asked = (ask.unit)(text, period).ok();
            asked.or_else(|| foreign.and_then(|code| (ask.unit)(&code, period).ok()))
        });
        found.ok_or_else(|| Fault::UnknownUnit { unit: text.to_owned() })
    }

    fn element(&self, text: &str) -> Result<(&Indicator, Part), Fault> {
        let foreign = || self.known.get(self.metadata?.data_element(text)?);
        let unknown = || Fault::UnknownIndicator { indicator: text.to_owned() };
        let (code, part) = self.known.get(text).or_else(foreign).ok_or_else(unknown)?;
        Ok((self.index.indicator(code)?, *part))
    }

    fn option(&self, indicator: &Indicator, combo: Option<&str>) -> Result<Option<String>, Fault> {
        let Some(combo) = combo.filter(|it| !matches!(*it, "" | "default" | DEFAULT_COMBO)) else {
            return Ok(None);
        };
        let foreign = self.metadata.and_then(|it| it.combo(combo));
        let is_it = |option: &String| {
            let code = combo_code(indicator, option);
            [Some(combo), foreign]
                .into_iter()
                .flatten()
                .any(|it| it == code || it == option || it == uid("categoryOptionCombo", &code))
        };
        let options = self.ask.pack.options(indicator);
        let found = options.into_iter().find(is_it);
        found.map(Some).ok_or_else(|| Fault::UnknownOption { option: combo.to_owned() })
    }
}

/// A value is text in DHIS2; some send it as a number.
fn number_of(value: &Value, decimals: u8) -> Result<i64, Fault> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        other => return Err(Fault::NotANumber { text: other.to_string() }),
    };
    number::read_plain(&text, decimals)
}
