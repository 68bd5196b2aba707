//! Figures as a table, one a line: as CSV, and as the same columns in a workbook.
//!
//! The columns are `unit; indicator; option; period; value; numerator; denominator; qualifier; status; note`, in any order,
//! headed in Vietnamese or English, between semicolons, commas or tabs. `docs/exchange.md` describes them; [`describe`] does
//! so for machines. What is written reads back as it was.

use csv::WriterBuilder;
use dondoc_core::{
    figure::{Content, Qualifier, Status},
    fold::bare,
    pack::Pack,
    period::Period,
    unit::UnitId,
};
use serde_json::{Value, json};

pub use read::{read, read_workbook};

use crate::{number, passage::Entry, quoting::escaped};

mod read;

/// A column of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Unit,
    UnitName,
    Indicator,
    Option,
    Period,
    Value,
    Numerator,
    Denominator,
    Qualifier,
    Status,
    Note,
}

/// The columns in the order in which they are written, with their heading in Vietnamese and in English, and what else they
/// are called.
const COLUMNS: [(Column, &str, &str, &[&str]); 11] = [
    (Column::Unit, "Đơn vị", "unit", &["ma don vi", "unit code", "unit id"]),
    (Column::UnitName, "Tên đơn vị", "unit_name", &[]),
    (Column::Indicator, "Chỉ tiêu", "indicator", &["ma chi tieu", "indicator code"]),
    (Column::Option, "Phân tổ", "option", &["breakdown"]),
    (Column::Period, "Kỳ báo cáo", "period", &["ky"]),
    (Column::Value, "Giá trị", "value", &["so lieu"]),
    (Column::Numerator, "Tử số", "numerator", &[]),
    (Column::Denominator, "Mẫu số", "denominator", &[]),
    (Column::Qualifier, "Mức độ", "qualifier", &[]),
    (Column::Status, "Trạng thái", "status", &[]),
    (Column::Note, "Ghi chú", "note", &["ly do", "reason"]),
];

impl Column {
    fn by_heading(heading: &str) -> Option<Self> {
        let heading = bare(heading);
        let is_it = |vi: &str, en: &str, others: &[&str]| {
            bare(vi) == heading || bare(en) == heading || others.contains(&heading.as_str())
        };
        COLUMNS.iter().find(|(_, vi, en, others)| is_it(vi, en, others)).map(|(it, ..)| *it)
    }
}

/// The codes of a qualifier and of a status in the table; Vietnamese words are read, too.
const QUALIFIERS: [(Qualifier, &str, &str); 5] = [
    (Qualifier::Exact, "exact", "chinh xac"),
    (Qualifier::About, "about", "khoang"),
    (Qualifier::AtLeast, "at_least", "tren"),
    (Qualifier::AtMost, "at_most", "duoi"),
    (Qualifier::Vague, "vague", "co"),
];
const STATUSES: [(Status, &str, &str); 2] =
    [(Status::Estimate, "estimate", "uoc"), (Status::Final, "final", "chinh thuc")];

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// For Excel on a Vietnamese machine: semicolons, Vietnamese headings, a mark of UTF-8 at the start.
    Excel,
    /// For programs: commas, English headings, nothing before them.
    Plain,
}

/// How units are called in the table: code and name in a period.
pub type UnitNames<'a> = &'a dyn Fn(UnitId, Period) -> (String, String);

/// The figures as CSV. Texts that a spreadsheet would take for formulas are escaped, and read back as they were.
///
/// Where a figure came from is not written; everything else is.
#[must_use]
pub fn write(pack: &Pack, entries: &[Entry], units: UnitNames<'_>, dialect: Dialect) -> Vec<u8> {
    let (start, separator) = match dialect {
        Dialect::Excel => ("\u{feff}", b';'),
        Dialect::Plain => ("", b','),
    };
    let mut writer =
        WriterBuilder::new().delimiter(separator).from_writer(start.as_bytes().to_vec());
    let headings = COLUMNS.map(|(_, vi, en, _)| if dialect == Dialect::Excel { vi } else { en });
    // Writing to memory does not fail.
    let _ = writer.write_record(headings);
    for entry in entries {
        let _ = writer.write_record(record(pack, entry, units));
    }
    writer.into_inner().unwrap_or_default()
}

fn record(pack: &Pack, entry: &Entry, units: UnitNames<'_>) -> [String; 11] {
    let figure = &entry.figure;
    let decimals = pack.indicator(&figure.series.indicator).map_or(0, |it| it.decimals);
    let (unit, name) = units(entry.unit, entry.period);
    let shown = |value: i64| number::write(value, decimals);
    let (value, numerator, denominator) = match figure.content {
        Content::Value(value) => (shown(value), String::new(), String::new()),
        Content::Ratio { numerator, denominator } => {
            (String::new(), shown(numerator), shown(denominator))
        }
        Content::Nil => ("KPS".to_owned(), String::new(), String::new()),
        Content::NoFigure => ("KCSL".to_owned(), String::new(), String::new()),
    };
    let qualifier = QUALIFIERS.iter().find(|it| it.0 == figure.qualifier).map_or("", |it| it.1);
    let status = STATUSES.iter().find(|it| it.0 == figure.status).map_or("", |it| it.1);
    [
        escaped(&unit),
        escaped(&name),
        escaped(&figure.series.indicator),
        escaped(figure.series.option.as_deref().unwrap_or_default()),
        period(entry.period),
        value,
        numerator,
        denominator,
        if figure.qualifier == Qualifier::Exact { String::new() } else { qualifier.to_owned() },
        status.to_owned(),
        escaped(figure.reason.as_deref().unwrap_or_default()),
    ]
}

/// A period as it is written: months with an M, for Excel takes `2025-09` for a day and saves it as another text.
fn period(period: Period) -> String {
    match period {
        Period::Month { year, month } => format!("{year:04}-M{month:02}"),
        other => other.to_string(),
    }
}

/// What the table is, for machines: CSV on the Web (W3C), for a file of the given name.
#[must_use]
pub fn describe(pack: &Pack, file: &str, dialect: Dialect) -> Value {
    let columns: Vec<Value> =
        COLUMNS.iter().map(|(column, vi, en, _)| description(pack, *column, vi, en)).collect();
    let (delimiter, title) = match dialect {
        Dialect::Excel => (";", "vi"),
        Dialect::Plain => (",", "en"),
    };
    json!({
        "@context": ["http://www.w3.org/ns/csvw", { "language": title }],
        "url": file,
        "dc:title": { "vi": pack.pack.name.vi, "en": pack.pack.name.en },
        "dialect": { "delimiter": delimiter, "encoding": "utf-8", "header": true, "quoteChar": "\"", "doubleQuote": true },
        "tableSchema": {
            "columns": columns,
            "primaryKey": ["unit", "indicator", "option", "period"],
        },
    })
}

fn description(pack: &Pack, column: Column, vi: &str, en: &str) -> Value {
    const NUMBER: &str = "-?[0-9]+(,[0-9]+)?";
    let one_of = |codes: Vec<&str>| json!({ "base": "string", "format": codes.join("|") });
    let datatype = match column {
        Column::Unit | Column::UnitName | Column::Option | Column::Note => json!("string"),
        Column::Indicator => {
            let codes = pack.indicators.iter().map(|it| it.code.replace('.', "\\."));
            json!({ "base": "string", "format": codes.collect::<Vec<_>>().join("|") })
        }
        Column::Period => {
            json!({ "base": "string", "format": "[0-9]{4}(-M[0-9]{2}|-Q[1-4]|-H[12]|-9M)?|.+\\.\\..*" })
        }
        Column::Value => json!({ "base": "string", "format": format!("{NUMBER}|KPS|KCSL") }),
        Column::Numerator | Column::Denominator => json!({ "base": "string", "format": NUMBER }),
        Column::Qualifier => one_of(QUALIFIERS.iter().map(|it| it.1).collect()),
        Column::Status => one_of(STATUSES.iter().map(|it| it.1).collect()),
    };
    let required = matches!(column, Column::Unit | Column::Indicator | Column::Period);
    json!({ "name": en, "titles": { "vi": vi, "en": en }, "datatype": datatype, "required": required })
}

#[cfg(test)]
mod tests;
