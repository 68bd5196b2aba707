//! Writes entries as CSV.

use csv::WriterBuilder;

use crate::{
    entries::{Line, Paper, UNIT, heading, shown::written},
    quoting::escaped,
};

/// The entries as CSV for Excel on a Vietnamese machine: semicolons, a mark of UTF-8 at the start.
///
/// A text that a spreadsheet would take for a formula has an apostrophe before it, which reading takes away again.
#[must_use]
pub fn write_csv(paper: &Paper<'_>, lines: &[Line]) -> Vec<u8> {
    let fields = &paper.register.fields;
    let mut writer =
        WriterBuilder::new().delimiter(b';').from_writer("\u{feff}".as_bytes().to_vec());
    let headings = std::iter::once(UNIT.to_owned()).chain(fields.iter().map(heading));
    // Writing to memory does not fail.
    let _ = writer.write_record(headings.map(|it| escaped(&it)));
    for line in lines {
        let unit = (paper.unit_name)(line.unit);
        let values = fields.iter().map(|field| {
            let value = line.fields.get(&field.code);
            value.map(|it| written(paper, field, it)).unwrap_or_default()
        });
        let record = std::iter::once(unit).chain(values);
        let _ = writer.write_record(record.map(|it| escaped(&it)));
    }
    writer.into_inner().unwrap_or_default()
}
