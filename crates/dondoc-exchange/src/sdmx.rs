//! SDMX-CSV 2.0, out: one observation a line, for statistical offices and their tools.
//!
//! Dimensions: `FREQ`, `REF_AREA` (the unit's code), `INDICATOR` (a share is two, `CODE.num` and `CODE.den`), `BREAKDOWN` (`_T`
//! undivided), `TIME_PERIOD`. Attributes: `OBS_STATUS` from the SDMX code list `CL_OBS_STATUS`: `A` as it stands, `E` estimated,
//! `O` missing; `UNIT_MEASURE`, `DECIMALS`, and two of our own: `QUALIFIER` (how a number is meant) and `NIL` (`Y` where nothing
//! occurred, and the value is 0), so that nothing and nought stay apart; `COMMENT_OBS` the reason.

use csv::WriterBuilder;
use dondoc_core::{
    figure::{Cell, Content, Qualifier, Status},
    finding::Place,
    pack::{Indicator, Pack},
    period::Period,
    unit::UnitId,
};

use crate::{
    dhis2::{Part, elements},
    number,
    passage::{Entry, Lack, Lost},
    periods,
};

const HEADINGS: [&str; 15] = [
    "STRUCTURE",
    "STRUCTURE_ID",
    "ACTION",
    "FREQ",
    "REF_AREA",
    "INDICATOR",
    "BREAKDOWN",
    "TIME_PERIOD",
    "OBS_VALUE",
    "OBS_STATUS",
    "UNIT_MEASURE",
    "DECIMALS",
    "QUALIFIER",
    "NIL",
    "COMMENT_OBS",
];

/// The figures as SDMX-CSV, and those of periods without an end, for which it has no notation.
///
/// `unit` gives the code of a unit in a period.
#[must_use]
pub fn write(
    pack: &Pack,
    entries: &[Entry],
    unit: &dyn Fn(UnitId, Period) -> String,
) -> (Vec<u8>, Vec<Lost>) {
    let mut lost = Vec::new();
    let mut writer = WriterBuilder::new().from_writer(Vec::new());
    // Writing to memory does not fail.
    let _ = writer.write_record(HEADINGS);
    for entry in entries {
        let series = entry.figure.series.clone();
        let cell = Cell { unit: entry.unit, series, period: entry.period };
        match (periods::to_sdmx(entry.period), pack.indicator(&cell.series.indicator)) {
            (Some(period), Some(indicator)) => {
                let area = unit(entry.unit, entry.period);
                for (code, part) in elements(indicator) {
                    let _ = writer.write_record(record(
                        pack,
                        (entry, indicator),
                        &area,
                        &period,
                        (&code, part),
                    ));
                }
            }
            (None, _) => {
                lost.push(Lost { cell: Some(cell), place: Place::default(), what: Lack::Period })
            }
            (_, None) => {
                let what = Lack::Field(cell.series.indicator.clone());
                lost.push(Lost { cell: Some(cell), place: Place::default(), what });
            }
        }
    }
    (writer.into_inner().unwrap_or_default(), lost)
}

fn record(
    pack: &Pack,
    (entry, indicator): (&Entry, &Indicator),
    area: &str,
    period: &str,
    (code, part): (&str, Part),
) -> [String; 15] {
    let figure = &entry.figure;
    let value = match (figure.content, part) {
        (Content::Value(value), _) => Some(value),
        (Content::Ratio { numerator, .. }, Part::Numerator | Part::Value) => Some(numerator),
        (Content::Ratio { denominator, .. }, Part::Denominator) => Some(denominator),
        (Content::Nil, _) => Some(0),
        (Content::NoFigure, _) => None,
    };
    let status = match (value, figure.status) {
        (None, _) => "O",
        (_, Status::Estimate) => "E",
        (_, Status::Final) => "A",
    };
    let qualifier = match figure.qualifier {
        Qualifier::Exact => "",
        Qualifier::About => "ABOUT",
        Qualifier::AtLeast => "AT_LEAST",
        Qualifier::AtMost => "AT_MOST",
        Qualifier::Vague => "VAGUE",
    };
    let nil = if figure.content == Content::Nil { "Y" } else { "" };
    [
        "dataflow".to_owned(),
        format!("DONDOC:{}({}.0)", pack.pack.code, pack.pack.version),
        "I".to_owned(),
        frequency(entry.period).to_owned(),
        area.to_owned(),
        code.to_owned(),
        figure.series.option.clone().unwrap_or_else(|| "_T".to_owned()),
        period.to_owned(),
        value.map(|it| number::write_plain(it, indicator.decimals)).unwrap_or_default(),
        status.to_owned(),
        if part == Part::Value { indicator.measure.clone() } else { String::new() },
        indicator.decimals.to_string(),
        qualifier.to_owned(),
        nil.to_owned(),
        figure.reason.clone().unwrap_or_default(),
    ]
}

/// The code of `CL_FREQ`; `_O` for what recurs in no way of its own.
fn frequency(period: Period) -> &'static str {
    match period {
        Period::Month { .. } => "M",
        Period::Quarter { .. } => "Q",
        Period::Half { .. } => "S",
        Period::Year { .. } => "A",
        _ => "_O",
    }
}

#[cfg(test)]
mod tests {
    use dondoc_core::figure::Figure;

    use super::*;
    use crate::sample::{figure, pack};

    fn entry(period: &str, figure: Figure) -> Entry {
        Entry { unit: UnitId(7), period: period.parse().unwrap(), figure }
    }

    /// The columns of dimensions and what was observed, line by line.
    fn lines(entries: &[Entry]) -> Vec<String> {
        let (bytes, _) = write(&pack(), entries, &|_, _| "XBA".to_owned());
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        assert_eq!(reader.headers().unwrap(), HEADINGS.as_slice());
        let records = reader.records().map(Result::unwrap);
        records.map(|it| it.iter().skip(3).collect::<Vec<_>>().join("|")).collect()
    }

    #[test]
    fn observations_carry_their_status() {
        let about = Figure {
            qualifier: Qualifier::About,
            status: Status::Estimate,
            reason: Some("theo sổ, ước".to_owned()),
            ..figure("GTNT.01", "truc_xa", Content::Value(12345))
        };
        let lines = lines(&[
            entry("2025-09", about),
            entry("2025-Q3", figure("GTNT.02", "", Content::Nil)),
            entry("2025-H2", figure("GTNT.02", "", Content::NoFigure)),
            entry("2025", figure("GTNT.03", "", Content::Ratio { numerator: 7, denominator: 12 })),
            entry("2020..2025", figure("GTNT.02", "", Content::Value(0))),
        ]);
        assert_eq!(
            lines,
            [
                "M|XBA|GTNT.01|truc_xa|2025-09|1234.5|E|km|1|ABOUT||theo sổ, ước",
                "Q|XBA|GTNT.02|_T|2025-Q3|0|A|ngày công|0||Y|",
                "S|XBA|GTNT.02|_T|2025-S2||O|ngày công|0|||",
                "A|XBA|GTNT.03.num|_T|2025|7|A||0|||",
                "A|XBA|GTNT.03.den|_T|2025|12|A||0|||",
                "_O|XBA|GTNT.02|_T|2020-01-01/P6Y|0|A|ngày công|0|||",
            ]
        );
    }

    #[test]
    fn periods_without_an_end_are_listed() {
        let (_, lost) = write(
            &pack(),
            &[entry("2009..", figure("GTNT.02", "", Content::Value(1)))],
            &|_, _| String::new(),
        );
        assert!(matches!(&lost[..], [it] if it.what == Lack::Period));
    }
}
