//! Entries of units that are no more: they count for the unit that all of them went into.
//!
//! A month closes on its 14th day by Decree 09/2019, and its figures lie in the tree of that day. Of a commune that was merged on the
//! 1st, what happened in the first half of that month would lie nowhere, and so would all that still stands of it later.

use dondoc_core::{
    finding::{Fault, Finding, Place},
    period::Period,
    unit::{UnitId, Weight},
};
use jiff::civil::Date;

use crate::{books::Books, error::LedgerError};

impl Books {
    /// For whom entries of a unit count in a period: itself, or if it is no more when the period closes, the one that all of it went
    /// into; `None` if it was divided, or nothing says what became of it.
    pub(super) fn heir(&self, unit: UnitId, period: Period) -> Option<UnitId> {
        let day = self.day_of(period);
        let ended = self.units.get(unit)?.life().last_day().filter(|it| *it < day);
        let Some(last_day) = ended else { return Some(unit) };
        // Where all goes to one, no weight matters.
        match self.units.shares(unit, last_day, day, Weight::Equal).ok()?.as_slice() {
            [all] => Some(all.unit),
            _ => None,
        }
    }

    /// Whose entries count for a unit in a period: its own, and those of all that went into it.
    pub(super) fn counted_for(&self, unit: UnitId, period: Period) -> Vec<UnitId> {
        let mut all = vec![unit];
        let mut at = 0;
        while let Some(of) = all.get(at).copied() {
            for before in self.units.predecessors(of) {
                if !all.contains(&before) && self.heir(before, period) == Some(unit) {
                    all.push(before);
                }
            }
            at += 1;
        }
        all
    }

    /// Goes on only with a unit that had not ended by the day of an entry. One that came later may tell of days before: works are
    /// older than the commune that looks after them.
    pub(super) fn must_not_have_ended(&self, unit: UnitId, on: Date) -> Result<(), LedgerError> {
        let found = self.units.get(unit);
        if found.is_some_and(|it| it.life().until.is_none_or(|it| on < it)) {
            return Ok(());
        }
        let name = found.and_then(|it| it.full_name_on(it.day_of_life(on)));
        let fault = Fault::UnknownUnit { unit: name.unwrap_or_else(|| unit.to_string()) };
        Err(LedgerError::Findings(vec![Finding { place: Place::default(), fault }]))
    }
}
