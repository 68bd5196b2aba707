//! One module a command.

pub(crate) mod accounts;
pub(crate) mod add;
pub(crate) mod audit;
pub(crate) mod backup;
pub(crate) mod citations;
pub(crate) mod figures;
pub(crate) mod form;
pub(crate) mod fsck;
pub(crate) mod move_store;
pub(crate) mod packs;
pub(crate) mod read;
pub(crate) mod registers;
pub(crate) mod restore;
pub(crate) mod search;
pub(crate) mod serve;
pub(crate) mod tasks;
pub(crate) mod total;
pub(crate) mod trace;
pub(crate) mod units;
