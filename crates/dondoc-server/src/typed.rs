//! Figures as they are typed, read for the cells that they are for.

#![expect(
    clippy::result_large_err,
    reason = "a refusal says what was typed; there is one for a cell at most"
)]

use std::collections::HashMap;

use dondoc_core::{
    figure::{Content, Figure, Qualifier, Series, Source, Status},
    finding::{Fault, Finding, Place},
    pack::{Form, Indicator, Pack},
};
use dondoc_exchange::number::{self, Entered, Field, Typed};
use dondoc_ledger::form::{self, Part, Takes};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is typed where nothing occurred.
const NIL: &str = "không phát sinh";

/// A figure as it is typed: for a cell of the form, or for a series.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct FigureSent {
    /// The row of the form as printed: `2.1`.
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<String>,
    /// The column as printed: `3`.
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<String>,
    /// Instead of row and column: the indicator.
    #[serde(skip_serializing_if = "Option::is_none")]
    indicator: Option<String>,
    /// The option of its breakdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    option: Option<String>,
    /// What is typed into the cell, as Vietnamese write it (`1.234,5`), or `không phát sinh`, `không có số liệu`; or a
    /// whole number.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<NumberSent>,
    /// Of a share, for a series: how many have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    numerator: Option<NumberSent>,
    /// Of a share, for a series: of how many.
    #[serde(skip_serializing_if = "Option::is_none")]
    denominator: Option<NumberSent>,
    /// `exact`, `about`, `at_least`, `at_most` or `vague`.
    #[serde(skip_serializing_if = "Option::is_none")]
    qualifier: Option<Qualifier>,
    /// Why it is so; answers warnings about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// A control total from the paper form: stands in the form as typed and is no figure.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    control: bool,
}

/// A number as text, or a whole one. A number with a fraction is text: readers of JSON would round it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum NumberSent {
    /// As it is typed.
    Text(String),
    /// A whole number.
    Whole(i64),
}

impl FigureSent {
    /// A cell in which nothing occurred.
    pub(crate) fn nil(row: &str, column: &str) -> Self {
        Self {
            row: Some(row.to_owned()),
            column: Some(column.to_owned()),
            value: Some(NumberSent::Text(NIL.to_owned())),
            ..Self::default()
        }
    }
}

/// One part of a figure that was read.
struct Read {
    typed: Typed,
    place: Place,
}

/// The parts of one figure, as they come together.
#[derive(Default)]
struct Parts {
    value: Option<Read>,
    numerator: Option<Read>,
    denominator: Option<Read>,
    source: Option<(String, String)>,
    qualifier: Option<Qualifier>,
    reason: Option<String>,
}

/// What was typed, read for a form, with everything that can't be read.
pub(crate) struct Reader<'a> {
    pack: &'a Pack,
    form: &'a Form,
    kind: Status,
    /// The first row of each number that takes figures, and headings.
    rows: HashMap<&'a str, &'a dondoc_core::pack::Row>,
    found: Vec<(Series, Parts)>,
    places: HashMap<Series, usize>,
    /// What stands in the column for notes, by row: it says why the figures of the row are so.
    words: HashMap<String, String>,
    pub(crate) findings: Vec<Finding>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new((pack, form): (&'a Pack, &'a Form), kind: Status) -> Self {
        let mut rows: HashMap<&str, &dondoc_core::pack::Row> = HashMap::new();
        for row in form.rows.iter().filter(|it| it.indicator.is_some()).chain(&form.rows) {
            rows.entry(row.number.as_str()).or_insert(row);
        }
        let (found, places, findings) = (Vec::new(), HashMap::new(), Vec::new());
        let words = HashMap::new();
        Self { pack, form, kind, rows, found, places, words, findings }
    }

    /// Takes what was typed into one cell, or for one series.
    pub(crate) fn take(&mut self, sent: &FigureSent) {
        if sent.control {
            return;
        }
        let placed = match (&sent.row, &sent.column, &sent.indicator) {
            (Some(row), Some(column), None) => self.take_cell((row, column), sent),
            (None, None, Some(indicator)) => self.take_series(indicator, sent),
            _ => Err((Place::default(), Fault::NotThere { wanted: "row, column".to_owned() })),
        };
        if let Err((place, fault)) = placed {
            self.findings.push(Finding { place, fault });
        }
    }

    fn take_cell(
        &mut self,
        (row, column): (&str, &str),
        sent: &FigureSent,
    ) -> Result<(), (Place, Fault)> {
        let place = Place { cell: Some(format!("{row} ({column})")), ..Place::default() };
        let unknown_row = || (place.clone(), Fault::UnknownRow { text: row.to_owned() });
        let found = *self.rows.get(row).ok_or_else(unknown_row)?;
        let unknown_column = || {
            let wanted = format!("{} ({column})", self.form.code);
            (place.clone(), Fault::NotThere { wanted })
        };
        let at = self.form.columns.iter().find(|it| it.number == column);
        let (series, part) = match form::cell(self.pack, found, at.ok_or_else(unknown_column)?) {
            Takes::Input(series, part)
            | Takes::Sum(series, part)
            | Takes::Derived(series, part) => (series, part),
            Takes::Note => {
                self.note(row, sent);
                return Ok(());
            }
            _ => return Err(unknown_column()),
        };
        let indicator = self.pack.indicator(&series.indicator).ok_or_else(unknown_row)?;
        let Some(number) = &sent.value else { return Ok(()) };
        let place = Place { indicator: Some(series.indicator.clone()), ..place };
        let read = read(number, indicator, place)?;
        self.put(&series, (part, read), sent, (row, column))
    }

    fn note(&mut self, row: &str, sent: &FigureSent) {
        if let Some(NumberSent::Text(words)) = &sent.value
            && !words.trim().is_empty()
        {
            self.words.insert(row.to_owned(), words.trim().to_owned());
        }
    }

    fn take_series(&mut self, code: &str, sent: &FigureSent) -> Result<(), (Place, Fault)> {
        let series = Series { indicator: code.to_owned(), option: sent.option.clone() };
        let place = Place { indicator: Some(code.to_owned()), ..Place::default() };
        let unknown = || (place.clone(), Fault::UnknownIndicator { indicator: code.to_owned() });
        let indicator = self.pack.indicator(code).ok_or_else(unknown)?;
        let (row, column) = self.cell_of(&series).ok_or_else(unknown)?;
        let place = Place { cell: Some(format!("{row} ({column})")), ..place };
        let parts = [
            (Part::Value, &sent.value),
            (Part::Numerator, &sent.numerator),
            (Part::Denominator, &sent.denominator),
        ];
        for (part, number) in parts {
            if let Some(number) = number {
                let read = read(number, indicator, place.clone())?;
                self.put(&series, (part, read), sent, (row, column))?;
            }
        }
        Ok(())
    }

    /// The first cell of the form that is for a series.
    fn cell_of(&self, series: &Series) -> Option<(&'a str, &'a str)> {
        let rows = self.form.rows.iter();
        let rows = rows.filter(|it| it.indicator.as_deref() == Some(series.indicator.as_str()));
        rows.flat_map(|row| self.form.columns.iter().map(move |column| (row, column)))
            .find(|(row, column)| match form::cell(self.pack, row, column) {
                Takes::Input(it, _) | Takes::Sum(it, _) | Takes::Derived(it, _) => it == *series,
                _ => false,
            })
            .map(|(row, column)| (row.number.as_str(), column.number.as_str()))
    }

    fn put(
        &mut self,
        series: &Series,
        (part, read): (Part, Read),
        sent: &FigureSent,
        (row, column): (&str, &str),
    ) -> Result<(), (Place, Fault)> {
        let at = *self.places.entry(series.clone()).or_insert_with(|| {
            self.found.push((series.clone(), Parts::default()));
            self.found.len() - 1
        });
        let parts = &mut self.found[at].1;
        let slot = match part {
            Part::Value => &mut parts.value,
            Part::Numerator => &mut parts.numerator,
            Part::Denominator => &mut parts.denominator,
        };
        if let Some(before) = slot {
            let first = before.place.cell.clone().unwrap_or_default();
            return Err((read.place, Fault::Duplicate { first }));
        }
        *slot = Some(read);
        parts.source.get_or_insert_with(|| (row.to_owned(), column.to_owned()));
        parts.qualifier = parts.qualifier.or(sent.qualifier);
        parts.reason = parts.reason.take().or_else(|| sent.reason.clone());
        Ok(())
    }

    /// The figures, in the order in which they were typed; blank cells have none.
    pub(crate) fn figures(&mut self) -> Vec<(Figure, Place)> {
        let mut figures = Vec::with_capacity(self.found.len());
        for (series, parts) in std::mem::take(&mut self.found) {
            let first = parts.value.as_ref().or(parts.numerator.as_ref());
            let Some(first) = first.or(parts.denominator.as_ref()) else { continue };
            let (typed, place) = (first.typed, first.place.clone());
            match parts.content() {
                Ok(None) => {}
                Err(fault) => self.findings.push(Finding { place, fault }),
                Ok(Some(content)) => {
                    let (row, column) = parts.source.unwrap_or_default();
                    let qualifier = parts.qualifier.or(typed.qualifier).unwrap_or_default();
                    let status = match self.kind {
                        Status::Estimate => Status::Estimate,
                        Status::Final => typed.status.unwrap_or_default(),
                    };
                    let reason = parts.reason.or_else(|| self.words.get(&row).cloned());
                    let source = Source::Form { form: self.form.code.clone(), row, column };
                    let figure = Figure { series, content, qualifier, status, source, reason };
                    figures.push((figure, place));
                }
            }
        }
        figures
    }
}

impl Parts {
    fn content(&self) -> Result<Option<Content>, Fault> {
        let entered = |it: &Option<Read>| it.as_ref().map(|it| it.typed.entered);
        let parts = [entered(&self.value), entered(&self.numerator), entered(&self.denominator)];
        Ok(match parts {
            [Some(Entered::Number(value)), None, None] => Some(Content::Value(value)),
            [None, Some(Entered::Number(numerator)), Some(Entered::Number(denominator))] => {
                Some(Content::Ratio { numerator, denominator })
            }
            them if them.iter().flatten().all(|it| *it == Entered::Blank) => None,
            them if them.iter().flatten().all(|it| *it == Entered::Nil) => Some(Content::Nil),
            them if them.iter().flatten().all(|it| *it == Entered::NoFigure) => {
                Some(Content::NoFigure)
            }
            _ => return Err(Fault::RatioWithoutParts),
        })
    }
}

fn read(number: &NumberSent, of: &Indicator, place: Place) -> Result<Read, (Place, Fault)> {
    let field = Field { decimals: of.decimals, measure: &of.measure };
    let typed = match number {
        NumberSent::Text(text) => number::read(text, field),
        NumberSent::Whole(whole) => {
            let scale = 10_i64.checked_pow(of.decimals.into());
            let scaled = scale.and_then(|it| whole.checked_mul(it));
            let too_large = || Fault::NumberTooLarge { text: whole.to_string() };
            let entered = scaled.map(Entered::Number).ok_or_else(too_large);
            entered.map(|entered| Typed { entered, qualifier: None, status: None })
        }
    };
    match typed {
        Ok(typed) => Ok(Read { typed, place }),
        Err(fault) => Err((place, fault)),
    }
}
