//! Workbooks, taken apart where that may go wrong and read where it may not.
//!
//! [`flatten`] is for a process with limits. What it gives, all readers of workbooks here take in the place of the file.

pub use crate::grid::plain::{flatten, is_plain, is_workbook, refused};
