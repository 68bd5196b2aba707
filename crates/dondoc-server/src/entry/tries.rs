//! How often somebody may try: per name, so that guessing takes years; and never so that a guesser locks others out for long.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use jiff::Timestamp;

use crate::{ApiError, error::Denial};

/// Tries in a window.
const MAX_TRIES: usize = 10;
/// Seconds of the window.
const WINDOW: i64 = 15 * 60;
/// Names that are remembered; the oldest go when there are more.
const MAX_NAMES: usize = 10_000;

/// What was tried of late.
#[derive(Clone, Default)]
pub(crate) struct Tries(Arc<Mutex<HashMap<String, Vec<i64>>>>);

impl Tries {
    /// Counts a try for a name.
    ///
    /// # Errors
    ///
    /// [`Denial::TooManyTries`] if there were too many of late; then this one does not count.
    pub(crate) fn count(&self, name: &str, now: Timestamp) -> Result<(), ApiError> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = now.as_second();
        if all.len() >= MAX_NAMES {
            all.retain(|_, tries| tries.last().is_some_and(|it| *it > now - WINDOW));
        }
        let tries = all.entry(name.to_lowercase()).or_default();
        tries.retain(|it| *it > now - WINDOW);
        if tries.len() >= MAX_TRIES {
            return Err(Denial::TooManyTries.into());
        }
        tries.push(now);
        Ok(())
    }

    /// Forgets the tries of a name, which has succeeded.
    pub(crate) fn forget(&self, name: &str) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.remove(&name.to_lowercase());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eleventh_try_within_a_quarter_of_an_hour_is_refused() {
        let tries = Tries::default();
        let at = |second| Timestamp::from_second(1_000_000 + second).unwrap_or_default();
        for second in 0..10 {
            assert!(tries.count("Lan", at(second)).is_ok());
        }
        assert_eq!(tries.count("lan", at(10)), Err(Denial::TooManyTries.into()));
        assert!(tries.count("Bình", at(10)).is_ok());
        assert!(tries.count("lan", at(WINDOW + 1)).is_ok());
    }
}
