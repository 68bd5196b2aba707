//! From the bytes of a document to what it says.
//!
//! ```text
//! bytes ──container──▶ text ──text──▶ tokens, blocks ──segment──▶ documents ──┬─ header
//!           charset                                                          ├─ abbreviation
//!                                                                            ├─ citation
//!                                                                            ├─ figure
//!                                                                            └─ task
//! ```
//!
//! Rules and lexicons only: the same text gives the same reading, and every finding has its span. Nothing here
//! touches the world; the edges run it in a child process with limits.

pub mod abbreviation;
pub mod body;
pub mod charset;
pub mod citation;
pub mod container;
pub mod figure;
pub mod header;
pub mod outline;
pub mod read;
pub mod secrecy;
pub mod segment;
pub mod task;
pub mod text;
