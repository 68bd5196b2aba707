//! Figures and units in the formats of others, in and out; pure.
//!
//! - [`number`]: Vietnamese numbers, read exactly or refused

pub mod number;
