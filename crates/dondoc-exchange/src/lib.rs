//! Figures and units in the formats of others, in and out; pure.
//!
//! - [`number`]: Vietnamese numbers, read exactly or refused
//! - [`units`]: lists of units, and what became of them
//! - [`workbook`]: the official form as an Excel workbook, prefilled, and read back

mod grid;
pub mod number;
#[cfg(test)]
mod sample;
pub mod workbook;
pub mod units;
