//! Reads ADX.

use dondoc_core::{
    figure::{Cell, Content, Figure, Source},
    finding::{Fault, Place},
    pack::Indicator,
    period::Period,
    unit::UnitId,
};
use quick_xml::{
    Reader, XmlVersion,
    escape::resolve_xml_entity,
    events::{BytesRef, BytesStart, Event},
};

use crate::{
    dhis2::{Comment, Part, elements},
    number,
    passage::{self, Arrived, Ask, Gathering, Index, Lack, Placed},
    periods,
};

/// The figures of an ADX file. Document types and entities of their own are not followed.
#[must_use]
pub fn read(bytes: &[u8], ask: &Ask<'_>) -> Arrived {
    let mut reading = Reading {
        ask,
        index: Index::new(ask.pack),
        gathering: Gathering::default(),
        n_values: 0,
        group: None,
        value: None,
        in_annotation: false,
    };
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let done = match std::str::from_utf8(text) {
        Ok(text) => reading.document(text),
        Err(_) => Err("not UTF-8".to_owned()),
    };
    if let Err(detail) = done {
        reading.gathering.find(Place::default(), Fault::Broken { detail });
    }
    reading.gathering.finish()
}

/// The unit and the period of a group, or what is wrong with them.
type Group = Result<(UnitId, Period), Fault>;

/// A data value, its attributes in their order, while its annotation is read.
struct Value {
    attributes: Vec<(String, String)>,
    annotation: String,
}

struct Reading<'a> {
    ask: &'a Ask<'a>,
    index: Index<'a>,
    gathering: Gathering,
    n_values: u32,
    group: Option<Group>,
    value: Option<Value>,
    in_annotation: bool,
}

impl<'a> Reading<'a> {
    fn document(&mut self, text: &str) -> Result<(), String> {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        let mut is_adx = false;
        let mut n_open = 0_usize;
        loop {
            let event = reader
                .read_event()
                .map_err(|err| format!("byte {}: {err}", reader.error_position()))?;
            match event {
                Event::Start(start) => {
                    n_open += 1;
                    is_adx |= start.local_name().into_inner() == "adx";
                    self.start(&start)?;
                }
                Event::End(end) => {
                    n_open = n_open.saturating_sub(1);
                    self.end(end.local_name().into_inner());
                }
                Event::Text(it) => self.words(&it.xml10_content()),
                Event::CData(it) => self.words(&it.xml10_content()),
                Event::GeneralRef(it) => self.words(&resolved(&it).ok_or("an entity of its own")?),
                Event::Eof if n_open > 0 => return Err("ends within an element".to_owned()),
                Event::Eof if !is_adx => return Err("no element adx".to_owned()),
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn start(&mut self, start: &BytesStart<'_>) -> Result<(), String> {
        let attributes = attributes(start)?;
        match start.local_name().into_inner() {
            "group" => self.group = Some(self.group_of(&attributes)),
            "dataValue" => {
                self.n_values += 1;
                self.value = Some(Value { attributes, annotation: String::new() });
            }
            "annotation" => self.in_annotation = true,
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) {
        match name {
            "group" => self.group = None,
            "annotation" => self.in_annotation = false,
            "dataValue" => {
                let Some(value) = self.value.take() else { return };
                match self.figure(&value) {
                    Ok((part, placed)) => self.take(part, placed),
                    Err(fault) => {
                        let place = self.place();
                        self.gathering.find(place, fault);
                    }
                }
            }
            _ => {}
        }
    }

    fn words(&mut self, text: &str) {
        if let (true, Some(value)) = (self.in_annotation, &mut self.value) {
            value.annotation.push_str(text);
        }
    }

    fn place(&self) -> Place {
        let cell = format!("dataValue[{}]", self.n_values);
        Place { row: Some(self.n_values), cell: Some(cell), ..Place::default() }
    }

    fn group_of(&mut self, attributes: &[(String, String)]) -> Group {
        let of = |name: &str| {
            attributes.iter().find(|it| it.0 == name).map(|it| it.1.clone()).unwrap_or_default()
        };
        let text = of("period");
        let period = periods::from_interval(&text).ok_or(Fault::UnknownPeriod { period: text })?;
        let unit = of("orgUnit");
        let unit = (self.ask.unit)(&unit, period).map_err(|_| Fault::UnknownUnit { unit })?;
        for (name, _) in attributes {
            if !matches!(name.as_str(), "period" | "orgUnit" | "dataSet" | "completeDate") {
                self.gathering.lose(None, Place::default(), Lack::Field(name.clone()));
            }
        }
        Ok((unit, period))
    }

    fn figure(&mut self, value: &Value) -> Result<(Part, Placed), Fault> {
        let (unit, period) = match &self.group {
            Some(group) => group.clone()?,
            None => {
                return Err(Fault::Broken { detail: "a dataValue outside of a group".to_owned() });
            }
        };
        let of =
            |name: &str| value.attributes.iter().find(|it| it.0 == name).map(|it| it.1.as_str());
        let code = of("dataElement").unwrap_or_default();
        let (indicator, part) = self.element(code)?;
        let option = option(indicator, &value.attributes);
        let (_, series) = self.index.series(&indicator.code, &option)?;
        let comment = Comment::read(&value.annotation);
        let content = match comment.nil {
            true => Content::Nil,
            false => Content::Value(number::read_plain(
                of("value").unwrap_or_default().trim(),
                indicator.decimals,
            )?),
        };
        let cell = Cell { unit, series: series.clone(), period };
        let place = Place { indicator: Some(indicator.code.clone()), ..self.place() };
        for (name, _) in &value.attributes {
            if !matches!(name.as_str(), "dataElement" | "value")
                && !indicator.breakdowns.contains(name)
            {
                self.gathering.lose(Some(cell.clone()), place.clone(), Lack::Field(name.clone()));
            }
        }
        let source =
            Source::Import { file: self.ask.file.to_owned(), row: self.n_values, column: 1 };
        let figure = Figure {
            series,
            content,
            qualifier: comment.qualifier,
            status: comment.status,
            source,
            reason: comment.reason,
        };
        Ok((part, Placed { cell, figure, place }))
    }

    fn element(&self, code: &str) -> Result<(&'a Indicator, Part), Fault> {
        let indicator = code.strip_suffix(".num").or(code.strip_suffix(".den")).unwrap_or(code);
        let indicator = self.index.indicator(code).or_else(|_| self.index.indicator(indicator))?;
        let part = elements(indicator).into_iter().find(|it| it.0 == code);
        let unknown = || Fault::UnknownIndicator { indicator: code.to_owned() };
        Ok((indicator, part.ok_or_else(unknown)?.1))
    }

    fn take(&mut self, part: Part, placed: Placed) {
        match part {
            Part::Value => self.gathering.take(placed),
            Part::Numerator => self.gathering.take_part(passage::Part::Numerator, placed),
            Part::Denominator => self.gathering.take_part(passage::Part::Denominator, placed),
        }
    }
}

/// The options of a value, in the order of the indicator's breakdowns; one without its second is no option of ours.
fn option(indicator: &Indicator, attributes: &[(String, String)]) -> String {
    let of = |name: &String| attributes.iter().find(|it| it.0 == *name).map(|it| it.1.as_str());
    indicator.breakdowns.iter().filter_map(of).collect::<Vec<_>>().join("+")
}

fn attributes(start: &BytesStart<'_>) -> Result<Vec<(String, String)>, String> {
    let mut all = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|err| err.to_string())?;
        let value =
            attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|err| err.to_string())?;
        all.push((attribute.key.local_name().into_inner().to_owned(), value.into_owned()));
    }
    Ok(all)
}

/// What a reference stands for; `None` for one that the file defines itself.
fn resolved(reference: &BytesRef<'_>) -> Option<String> {
    match reference.resolve_char_ref() {
        Ok(Some(c)) => Some(c.to_string()),
        Ok(None) => resolve_xml_entity(reference).map(str::to_owned),
        Err(_) => None,
    }
}
