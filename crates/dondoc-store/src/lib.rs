//! Where Dondoc keeps things: one store, in a file (SQLite) or on a server (PostgreSQL).
//!
//! **Invariant:** this is the only crate that knows SQL. Every statement is a file under `sql/`; its `README.md`
//! says which words they keep to.
//!
//! **Invariant:** nothing is written without a line in the audit trail; see [`Store::write`].
//!
//! **Absent:** rules. What a citation means, what two texts have in common and what may be decided about a
//! finding is said by `dondoc-core`; the store looks up, keeps and counts.
//!
//! # What to call
//!
//! All take the open [`Store`], which threads may share; each call is one transaction. What belongs to figures takes
//! a transaction ([`Tx`]) instead, so that a caller does several in one.
//!
//! | Question | Function |
//! |---|---|
//! | open or make a store | [`Store::open`], at a [`Location`] |
//! | do once what a client may ask for twice | [`Store::write_once`] |
//! | move a store to another engine | [`transfer::copy`] |
//! | whether the audit trail is whole | [`audit::verify`] |
//! | take a file in that was read | [`library::add`] |
//! | how many files and documents | [`library::counts`] |
//! | the original bytes of a file | [`library::original`] |
//! | a page of documents, filtered, searched, sorted | [`documents::list`] |
//! | what filters there are | [`documents::facets`] |
//! | one document with its text and near-duplicates | [`documents::get`], [`documents::summary`] |
//! | a document's text alone | [`documents::own_text`] |
//! | the findings of a document, one finding | [`findings::of_document`], [`findings::get`] |
//! | accept, reject, correct, reopen, add a finding | [`findings::decide`], [`findings::add`] |
//! | citations that are open, ambiguous, conflicting | [`citations::list`] |
//! | the cascade above and below a document | [`cascade::around`] |
//! | keep figures, give them out in order or of a unit and period | [`blocks::append`], [`blocks::after`], [`blocks::of`] |
//! | a report on its way, its receipt, locks and corrections | [`submissions::steps`], [`submissions::locks`], [`submissions::corrections`] |
//! | what came in for a period | [`submissions::board::received`] |
//! | registers, targets, packs in use | [`registers`], [`targets`], [`packs`] |
//! | accounts, what they may, who is signed in | [`accounts`], [`accounts::sessions`] |
//! | what two people must want | [`countersigns`] |
//! | tasks, their steps, files and letters | [`tasks`] |
//! | notices, and who has read them | [`notices`] |
//! | whether all is as it was kept | [`fsck::run`] |
//! | take a backup, verify one, restore one | [`backup::take`], [`backup::verify`], [`backup::restore`] |
//! | sign the audit trail, hand it out | [`checkpoints::sign`], [`checkpoints::export`] |
//! | what administrators have set | [`settings`] |
//! | outlines of units for the map | [`maps`] |
//! | whether anything was written since | [`steps::newest`] |
//! | units over time, and what is added to them | [`units::load`], [`units::append`], [`units::append_in`] |

mod db;
mod link;
mod migrate;
mod near;
mod sql;
mod value;

pub mod accounts;
pub mod audit;
pub mod backup;
pub mod blocks;
pub mod cascade;
pub mod checkpoints;
pub mod citations;
pub mod countersigns;
pub mod documents;
pub mod findings;
pub mod fsck;
pub mod ground;
pub mod idempotency;
pub mod library;
pub mod maps;
pub mod notices;
pub mod packs;
pub mod reach;
pub mod registers;
pub mod search;
pub mod settings;
pub mod steps;
pub mod submissions;
pub mod targets;
pub mod tasks;
pub mod transfer;
pub mod units;

pub use db::{Action, By, Location, Standing, Store, StoreError, Tx};
pub use near::NearDuplicate;
pub use value::{Found, FoundKind};
