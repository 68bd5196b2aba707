//! Figures and units in the formats of others, in and out; pure.
//!
//! - [`adx`]: aggregate data exchange in XML
//! - [`block`]: figures as a table, in CSV and in workbooks
//! - [`crosstab`]: a table of totals for somebody's report, out
//! - [`dhis2`]: data value sets and metadata of DHIS2
//! - [`entries`]: entries of registers as a table
//! - [`geojson`]: outlines of units for the map
//! - [`number`]: Vietnamese numbers, read exactly or refused
//! - [`passage`]: figures on their way in or out, and what they would change
//! - [`sdmx`]: SDMX-CSV, out
//! - [`units`]: lists of units, and what became of them
//! - [`workbook`]: the official form as an Excel workbook, prefilled, and read back

pub mod adx;
pub mod block;
pub mod crosstab;
pub mod dhis2;
pub mod entries;
pub mod geojson;
mod grid;
pub mod number;
pub mod passage;
mod periods;
mod quoting;
#[cfg(test)]
mod sample;
pub mod sdmx;
pub mod sheets;
pub mod units;
pub mod workbook;
