//! What Dondoc knows: the pure domain.
//!
//! Nothing here reads a clock, a file, the network or the environment; what the world knows is passed in.
//!
//! - [`unit`], [`tree`]: units over time, and the tree that they make on a day
//! - [`period`]: reporting periods
//! - [`calendar`]: working days, deadlines, and which reports must come
//! - [`figure`], [`aggregation`]: a reported value, and how values become one
//! - [`finding`]: what is wrong with figures, where, and what to do about it
//! - [`submission`]: the way of a report from draft to locked, and who may take which step
//! - [`pack`]: what is counted and reported in one programme
//! - [`entry`]: entries of registers, and the figures counted from them
//! - [`rule`]: rules and formulas over figures, worked out exactly
//! - [`reading`]: what a document says (header, citations, tasks, figures), each with its place in the text
//! - [`kind`]: the official types of documents and their abbreviations
//! - [`amount`]: a number as it is written, exactly
//! - [`fold`]: when two Vietnamese spellings are the same word
//! - [`problem`]: what was refused, where, and what to do about it
//! - [`word`]: the words and sentences of a text
//! - [`likeness`]: how much of one text stands in another
//! - [`relation`]: what a document has to do with one that it cites
//! - [`resolve`]: which document a citation means
//! - [`decision`]: what a person decides about a finding
//! - [`access`]: who may do what, and to which units
//! - [`task`]: who must do what by when, and where it stands; whom a printed name means
//! - [`followup`]: what is due to be sent about a task, and which yearly documents are missing

pub mod access;
pub mod aggregation;
pub mod amount;
pub mod calendar;
pub mod countersign;
pub mod decision;
pub mod entry;
pub mod figure;
pub mod finding;
pub mod fold;
pub mod followup;
pub mod kind;
pub mod likeness;
pub mod order;
pub mod pack;
pub mod period;
pub mod problem;
pub mod reading;
pub mod relation;
pub mod resolve;
pub mod rule;
pub mod submission;
pub mod task;
pub mod tree;
pub mod unit;
pub mod word;
