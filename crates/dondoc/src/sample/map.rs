//! The outlines of the sample province.

use anyhow::Context;
use dondoc_exchange::geojson;
use dondoc_store::{Action, Store, StoreError, maps};

const MAP: (&str, &[u8]) =
    ("lam-giang.geojson", include_bytes!("../../../../testdata/map/lam-giang.geojson"));

/// Puts the map of the sample province into a store that has no map yet.
///
/// # Errors
///
/// The store can't be written, or the sample does not fit the program any more.
pub(crate) fn put_into(store: &Store) -> anyhow::Result<()> {
    if !store.read(maps::list)?.is_empty() {
        return Ok(());
    }
    let areas = geojson::read(MAP.1).context(MAP.0)?;
    let by = super::by()?;
    let text = geojson::write(&areas);
    store.write(|tx| {
        let id = maps::put(tx, MAP.0, (&text, areas.len()), &by)?;
        let action = Action { by: by.clone(), verb: "map.load", object: id.to_string() };
        Ok::<_, StoreError>(((), action))
    })?;
    Ok(())
}
