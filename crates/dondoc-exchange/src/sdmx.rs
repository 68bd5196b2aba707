//! SDMX-CSV 2.0, out: one observation a line, for statistical offices and their tools.
//!
//! Dimensions: `FREQ`, `REF_AREA` (the unit's code), `INDICATOR` (a share is two, `CODE_num` and `CODE_den`), `BREAKDOWN` (`_T`
//! undivided), `TIME_PERIOD`. Attributes: `OBS_STATUS`; `UNIT_MEASURE`, the unit that the value is counted in as it stands, so
//! that there is no `UNIT_MULT`; `DECIMALS`; and two of our own: `QUALIFIER` (how a number is meant) and `NIL` (`Y` where
//! nothing occurred, and the value is 0), so that nothing and nought stay apart; `COMMENT_OBS` the reason.
//!
//! Sources, as of 2026-11: the columns, the structure's identification and the action `I` from the field guide of SDMX-CSV
//! 2.0 (`sdmx-twg/sdmx-csv`, `docs/data_message_field_guide.md`, aligned with SDMX 3.0); the codes from the cross-domain code
//! lists of SDMX, `CL_OBS_STATUS` 2.2 and `CL_FREQ` 2.1; what a code may be made of from `IDType` of
//! `SDMXCommonReferences.xsd`; periods from `ObservationalTimePeriodType`: `2025`, `2025-09`, `2025-Q3`, `2025-S2`, and a first
//! day with a length, `2025-01-01/P9M`.

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
    quoting::escaped,
};

/// What a file of it is called on the wire, by the field guide.
pub const KIND: &str = "application/vnd.sdmx.data+csv; version=2.0.0; charset=utf-8";

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
    // Of `CL_OBS_STATUS`: "Missing value", for reasons that are not told apart; "Estimated value"; "Normal value".
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
        format!("DONDOC:{}({}.0)", identifier(&pack.pack.code), pack.pack.version),
        "I".to_owned(),
        frequency(entry.period).to_owned(),
        identifier(area),
        identifier(code),
        figure.series.option.as_deref().map_or_else(|| "_T".to_owned(), identifier),
        period.to_owned(),
        value.map(|it| number::write_plain(it, indicator.decimals)).unwrap_or_default(),
        status.to_owned(),
        if part == Part::Value { escaped(&indicator.measure) } else { String::new() },
        indicator.decimals.to_string(),
        qualifier.to_owned(),
        nil.to_owned(),
        escaped(figure.reason.as_deref().unwrap_or_default()),
    ]
}

/// A code as SDMX has them: letters, digits, `_`, `@`, `$` and `-`; two options stand with `-` between, all else becomes `_`.
///
/// Elsewhere a dot parts the dimensions of a key, and a plus its values.
fn identifier(code: &str) -> String {
    let letter = |it: char| match it {
        '+' => '-',
        it if it.is_ascii_alphanumeric() || matches!(it, '_' | '@' | '$' | '-') => it,
        _ => '_',
    };
    code.chars().map(letter).collect()
}

/// The code of `CL_FREQ`: `A5` every five years, `I` irregular, for what is told of events on days of their own; `_O` other, for
/// what the list has no word for, as the first nine months of a year.
fn frequency(period: Period) -> &'static str {
    match period {
        Period::Month { .. } => "M",
        Period::Quarter { .. } => "Q",
        Period::Half { .. } => "S",
        Period::Year { .. } => "A",
        Period::Years { from, to } => match i32::from(to) - i32::from(from) + 1 {
            1 => "A",
            2 => "A2",
            3 => "A3",
            4 => "A4",
            5 => "A5",
            10 => "A10",
            20 => "A20",
            30 => "A30",
            _ => "_O",
        },
        Period::Days { .. } => "I",
        Period::NineMonths { .. } | Period::Since { .. } => "_O",
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
            entry("2021..2025", figure("GTNT.02", "", Content::Value(-5))),
            entry("2025-9M", figure("GTNT.04", "truc_xa+dong_gop", Content::Value(1))),
            entry("2025-09-01..2025-09-05", figure("GTNT.02", "", Content::Value(3))),
        ]);
        assert_eq!(
            lines,
            [
                "M|XBA|GTNT_01|truc_xa|2025-09|1234.5|E|km|1|ABOUT||theo sổ, ước",
                "Q|XBA|GTNT_02|_T|2025-Q3|0|A|ngày công|0||Y|",
                "S|XBA|GTNT_02|_T|2025-S2||O|ngày công|0|||",
                "A|XBA|GTNT_03_num|_T|2025|7|A||0|||",
                "A|XBA|GTNT_03_den|_T|2025|12|A||0|||",
                "_O|XBA|GTNT_02|_T|2020-01-01/P6Y|0|A|ngày công|0|||",
                "A5|XBA|GTNT_02|_T|2021-01-01/P5Y|-5|A|ngày công|0|||",
                "_O|XBA|GTNT_04|truc_xa-dong_gop|2025-01-01/P9M|0.001|A|triệu đồng|3|||",
                "I|XBA|GTNT_02|_T|2025-09-01/P5D|3|A|ngày công|0|||",
            ]
        );
    }

    /// The names of the code lists, copied from `CL_OBS_STATUS` 2.2 and `CL_FREQ` 2.1.
    #[test]
    fn codes_are_those_of_the_lists_of_sdmx() {
        const OBS_STATUS: [&str; 20] = [
            "A", "B", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N", "O", "P", "Q", "S",
            "U", "V", "W",
        ];
        const FREQ: [&str; 34] = [
            "A", "A2", "A3", "A4", "A5", "A10", "A20", "A30", "A_3", "S", "Q", "M", "M2", "M_2",
            "M_3", "W", "W2", "W3", "W4", "W_2", "W_3", "D", "D_2", "H", "H2", "H3", "B", "N", "I",
            "OA", "OM", "_O", "_U", "_Z",
        ];
        for years in 1..=31 {
            let period = Period::Years { from: 2000, to: 1999 + years };
            assert!(FREQ.contains(&frequency(period)), "{years}");
        }
        let estimate =
            Figure { status: Status::Estimate, ..figure("GTNT.02", "", Content::Value(1)) };
        let missing = figure("GTNT.02", "", Content::NoFigure);
        for (figure, name) in [(estimate, "E"), (missing, "O")] {
            let line = lines(&[entry("2025-09", figure)]).remove(0);
            let status = line.split('|').nth(6).unwrap();
            assert!(status == name && OBS_STATUS.contains(&status), "{line}");
        }
    }

    #[test]
    fn codes_are_made_of_what_sdmx_allows_and_words_are_no_formulas() {
        assert_eq!(identifier("KVPT.01.02"), "KVPT_01_02");
        assert_eq!(identifier("=Xã+A"), "_X_-A");
        let said =
            Figure { reason: Some("=1+1".to_owned()), ..figure("GTNT.02", "", Content::Value(-1)) };
        let line = lines(&[entry("2025-09", said)]).remove(0);
        assert!(line.contains("|-1|A|") && line.ends_with("|'=1+1"), "{line}");
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
