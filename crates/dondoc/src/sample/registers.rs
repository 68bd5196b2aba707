//! Entries in the registers of the sample province: courses, drills, gifts, an incident with its damage reports.

use std::sync::Arc;

use dondoc_core::problem::Language;
use dondoc_ledger::Ledger;
use dondoc_store::Store;

use crate::commands::registers::note_all;
use crate::question::today;

const ENTRIES: (&str, &[u8]) =
    ("lam-giang.json", include_bytes!("../../../../testdata/registers/lam-giang.json"));

/// Puts the entries into a store that has the sample's units and programme and no entry of these registers yet.
///
/// # Errors
///
/// The store can't be written, or the sample does not fit the program any more.
pub(crate) fn put_into(store: &Arc<Store>, language: Language) -> anyhow::Result<()> {
    let filter = dondoc_store::registers::EntryFilter {
        pack: "KVPT",
        register: "incident",
        unit: None,
        from: jiff::civil::date(1, 1, 1),
        to: jiff::civil::Date::MAX,
        withdrawn: true,
    };
    if !store.read(|tx| dondoc_store::registers::list(tx, &filter))?.is_empty() {
        return Ok(());
    }
    let by = super::by()?;
    let ledger = Ledger::open(Arc::clone(store), today())?;
    note_all(&ledger, ENTRIES, &by, language)?;
    Ok(())
}
