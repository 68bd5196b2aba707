//! Aggregate Data Exchange (IHE QRPH ADX), which DHIS2 and others read: XML with a group for each unit and period.
//!
//! Data elements, units and options go by their codes, and a breakdown is an attribute of its own:
//! `<dataValue dataElement="GTNT.01" loai_duong="truc_xa" value="12.3"/>`. What the format has no word for stands in square
//! brackets at the start of the annotation, as in the comments of [`crate::dhis2`].
//!
//! Source: the schema that the profile's normative stylesheet makes of a data structure definition
//! (`adx-DSD-to-schema.xsl`, `urn:ihe:qrph:adx:2015`, as of 2026-11). It requires `exported` (`xs:dateTime`) of `adx`; `orgUnit` and
//! `period` (SDMX's `TimeRangeType`: a first day and an ISO 8601 length) of `group`; `dataElement` and `value` (`xs:decimal`)
//! of `dataValue`, which may hold one `annotation`; other attributes are the dimensions that a jurisdiction adds. DHIS2 wants
//! `dataSet` of a group, too.

use std::collections::BTreeMap;

use dondoc_core::{
    figure::{Cell, Content},
    finding::Place,
    pack::{Indicator, Pack},
    period::Period,
    unit::UnitId,
};
use jiff::Timestamp;
use quick_xml::{
    Writer,
    events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event},
};

pub use read::read;

use crate::{
    dhis2::{Comment, Part, elements},
    number,
    passage::{Entry, Lack, Lost},
    periods,
};

mod read;

/// The namespace of the format.
const NAMESPACE: &str = "urn:ihe:qrph:adx:2015";

/// The figures as ADX, and what it has no place for. `unit` gives the code of a unit in a period.
#[must_use]
pub fn write(
    pack: &Pack,
    entries: &[Entry],
    unit: &dyn Fn(UnitId, Period) -> String,
    exported: Timestamp,
) -> (Vec<u8>, Vec<Lost>) {
    let mut lost = Vec::new();
    let mut groups: BTreeMap<(UnitId, Period), Vec<(&Entry, &Indicator)>> = BTreeMap::new();
    for entry in entries {
        let series = entry.figure.series.clone();
        let cell = Cell { unit: entry.unit, series, period: entry.period };
        let what = match pack.indicator(&cell.series.indicator) {
            None => Lack::Field(cell.series.indicator.clone()),
            Some(_) if periods::to_interval(entry.period).is_none() => Lack::Period,
            Some(_) if entry.figure.content == Content::NoFigure => Lack::NoFigure,
            Some(indicator) => {
                groups.entry((entry.unit, entry.period)).or_default().push((entry, indicator));
                continue;
            }
        };
        lost.push(Lost { cell: Some(cell), place: Place::default(), what });
    }
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    let mut put = |event: Event<'_>| {
        // Writing to memory does not fail.
        let _ = writer.write_event(event);
    };
    put(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
    let exported = exported.to_string();
    put(Event::Start(
        BytesStart::new("adx").with_attributes([("xmlns", NAMESPACE), ("exported", &exported)]),
    ));
    for ((id, period), entries) in groups {
        let (code, interval) = (unit(id, period), periods::to_interval(period).unwrap_or_default());
        let attributes =
            [("dataSet", pack.pack.code.as_str()), ("orgUnit", &code), ("period", &interval)];
        put(Event::Start(BytesStart::new("group").with_attributes(attributes)));
        for (entry, indicator) in entries {
            values(entry, indicator, &mut put);
        }
        put(Event::End(BytesEnd::new("group")));
    }
    put(Event::End(BytesEnd::new("adx")));
    (writer.into_inner(), lost)
}

fn values(entry: &Entry, indicator: &Indicator, put: &mut dyn FnMut(Event<'_>)) {
    let figure = &entry.figure;
    for (code, part) in elements(indicator) {
        let value = match (figure.content, part) {
            (Content::Value(value), _) => value,
            (Content::Ratio { numerator, .. }, Part::Numerator | Part::Value) => numerator,
            (Content::Ratio { denominator, .. }, Part::Denominator) => denominator,
            (Content::Nil | Content::NoFigure, _) => 0,
        };
        let mut start = BytesStart::new("dataValue");
        start.push_attribute(("dataElement", code.as_str()));
        let options = figure.series.option.as_deref().unwrap_or_default().split('+');
        for (breakdown, option) in
            indicator.breakdowns.iter().zip(options).filter(|it| !it.1.is_empty())
        {
            start.push_attribute((breakdown.as_str(), option));
        }
        start.push_attribute(("value", number::write_plain(value, indicator.decimals).as_str()));
        match Comment::of(figure).write() {
            None => put(Event::Empty(start)),
            Some(comment) => {
                put(Event::Start(start));
                put(Event::Start(BytesStart::new("annotation")));
                put(Event::Text(BytesText::new(&comment)));
                put(Event::End(BytesEnd::new("annotation")));
                put(Event::End(BytesEnd::new("dataValue")));
            }
        }
    }
}

#[cfg(test)]
mod tests;
