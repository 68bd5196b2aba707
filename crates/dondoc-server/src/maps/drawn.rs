//! Maps as they were read: a file of outlines weighs up to 48 MiB, and is asked for whenever somebody looks at a map.

use std::sync::{Arc, Mutex, PoisonError};

use dondoc_exchange::geojson::Area;
use dondoc_store::maps::KeptMap;

use crate::ApiError;

/// The areas of the maps that were asked for, by the digests of the maps: what a map holds never changes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Drawn(Arc<Mutex<Vec<Known>>>);

/// The digest of a map, and its areas.
type Known = (String, Arc<Vec<Area>>);

impl Drawn {
    /// The areas of a map, read only if they were not before.
    pub(super) fn areas(
        &self,
        map: &KeptMap,
        read: impl FnOnce() -> Result<Vec<Area>, ApiError>,
    ) -> Result<Arc<Vec<Area>>, ApiError> {
        let known = |it: &&Known| it.0 == map.sha256;
        if let Some((_, areas)) = self.all().iter().find(known) {
            return Ok(Arc::clone(areas));
        }
        // Read outside of the lock: others may look at other maps meanwhile.
        let areas = Arc::new(read()?);
        self.all().push((map.sha256.clone(), Arc::clone(&areas)));
        Ok(areas)
    }

    /// Forgets the maps that are not among those that are there.
    pub(super) fn forget_others(&self, there: &[KeptMap]) {
        self.all().retain(|it| there.iter().any(|map| map.sha256 == it.0));
    }

    fn all(&self) -> std::sync::MutexGuard<'_, Vec<Known>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    fn map(sha256: &str) -> KeptMap {
        let [name, actor, loaded_at] = [String::new(), String::new(), String::new()];
        KeptMap { id: 1, name, sha256: sha256.to_owned(), n_areas: 0, actor, loaded_at }
    }

    #[test]
    fn a_map_is_read_once_until_it_is_gone_and_one_that_failed_again() {
        let drawn = Drawn::default();
        let n_read = Cell::new(0);
        let read = || {
            n_read.set(n_read.get() + 1);
            Ok(Vec::new())
        };
        assert!(drawn.areas(&map("a"), || Err(ApiError::Internal)).is_err());
        for sha256 in ["a", "a", "b", "a"] {
            drawn.areas(&map(sha256), read).unwrap();
            drawn.forget_others(&[map("a"), map("b")]);
        }
        assert_eq!(n_read.get(), 2);
        drawn.forget_others(&[map("b")]);
        drawn.areas(&map("a"), read).unwrap();
        assert_eq!(n_read.get(), 3);
    }
}
