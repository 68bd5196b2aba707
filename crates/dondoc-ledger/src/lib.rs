//! The one way in for figures: checked, kept, added up.
//!
//! Every figure, however it comes (a form, a file, a register, a document), goes through here: it is checked against packs,
//! units, periods and locks ([`check`]), kept as a block with its audit line, and is in all totals before anyone is told
//! that it was kept.
//!
//! **Invariant:** what is acknowledged is in the store and in the totals. **Invariant:** a batch with an error leaves
//! nothing behind. **Absent:** SQL, clocks, and files but for the one of [`start`]; the caller says who and when.
//!
//! - [`ledger`]: the ledger itself, as new as its store
//! - [`programmes`], [`books`]: what there is to report, and what was reported
//! - [`check`], [`difference`], [`effect`]: what is wrong with figures, and what they would change
//! - [`form`]: which figure each cell of a form is for
//! - [`owed`]: what must be reported, by when, and what came of it
//! - [`approve`]: reports looked at again, and many approved at once
//! - [`report`], [`once`], [`load`], [`register`], [`accept`]: figures on their way in, from forms, files, entries, documents
//! - [`total`], [`grid`], [`trace`]: figures on their way out, added up, many at once, and one by one
//! - [`rehearse`]: what a change of units would do, before it is done
//! - [`start`]: the books in a file, for a quick start
//! - [`lost`]: blocks that can't be trusted, and what is left out for them

pub mod accept;
pub mod approve;
pub mod books;
pub mod check;
pub mod difference;
pub mod effect;
pub mod error;
pub mod form;
pub mod grid;
pub mod ledger;
pub mod load;
pub mod lost;
pub mod once;
pub mod owed;
pub mod programmes;
pub mod register;
pub mod rehearse;
pub mod report;
pub mod start;
pub mod task_book;
pub mod total;
pub mod trace;
pub mod within;

mod as_of;
mod draft;
mod elsewhere;
mod lock;
mod rules;

pub use dondoc_rollup as rollup;

pub use books::Books;
pub use check::Batch;
pub use error::LedgerError;
pub use ledger::Ledger;
pub use programmes::Programmes;
pub use total::{Answer, Question, Sight};
