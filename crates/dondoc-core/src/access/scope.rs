//! What an account reaches: a set of units.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::{
    access::{Grant, Operation},
    unit::{Line, UnitId, Units},
};

/// The units that an account reaches with an operation.
///
/// A unit that is gone belongs to those that it went over to, so that the past of a merged commune stays with its successor; where
/// nobody took it over, to the unit that was above it last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    whole: bool,
    units: BTreeSet<UnitId>,
}

/// Nobody follows successors further than this; sources that go in circles end here.
const MAX_STEPS: usize = 32;

impl Scope {
    /// Everything.
    #[must_use]
    pub fn whole() -> Self {
        Self { whole: true, units: BTreeSet::new() }
    }

    /// Nothing.
    #[must_use]
    pub fn empty() -> Self {
        Self::default()
    }

    /// What the grants that hold on `today` come to for an operation.
    #[must_use]
    pub fn of(operation: &Operation, grants: &[Grant], units: &Units, today: Date) -> Self {
        let mut scope = Self::default();
        let mut walks: BTreeMap<Line, Walk<'_>> = BTreeMap::new();
        for grant in grants.iter().filter(|it| it.holds_on(today)) {
            let own = operation.own.contains(&grant.role);
            let below = operation.below.contains(&grant.role);
            let Some(unit) = grant.unit else {
                // Who was granted the whole installation stands above all units.
                scope.whole |= below || own;
                continue;
            };
            if !own && !below {
                continue;
            }
            let walk =
                walks.entry(grant.line).or_insert_with(|| Walk::new(units, grant.line, today));
            let reached = units.all().map(|it| it.id()).filter(|it| match walk.heads(*it, 0) {
                heads if heads.own.contains(&unit) => own,
                heads => below && heads.above.contains(&unit),
            });
            scope.units.extend(reached.collect::<Vec<_>>());
        }
        scope
    }

    /// Whether a unit is in it.
    #[must_use]
    pub fn covers(&self, unit: UnitId) -> bool {
        self.whole || self.units.contains(&unit)
    }

    /// Whether everything is in it.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.whole
    }

    /// Whether nothing is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.whole && self.units.is_empty()
    }

    /// The units in it, smallest number first, if it is not everything.
    #[must_use]
    pub fn units(&self) -> Option<&BTreeSet<UnitId>> {
        (!self.whole).then_some(&self.units)
    }
}

/// Who answers for a unit today: itself or its heirs, and those above them.
#[derive(Clone, Default)]
struct Heads {
    own: BTreeSet<UnitId>,
    above: BTreeSet<UnitId>,
}

/// Looks up whose each unit is, once each.
struct Walk<'u> {
    units: &'u Units,
    line: Line,
    today: Date,
    known: BTreeMap<UnitId, Heads>,
}

impl<'u> Walk<'u> {
    fn new(units: &'u Units, line: Line, today: Date) -> Self {
        Self { units, line, today, known: BTreeMap::new() }
    }

    fn heads(&mut self, unit: UnitId, depth: usize) -> Heads {
        if let Some(known) = self.known.get(&unit) {
            return known.clone();
        }
        let heads = self.look(unit, depth);
        self.known.insert(unit, heads.clone());
        heads
    }

    fn look(&mut self, unit: UnitId, depth: usize) -> Heads {
        let units = self.units;
        let Some(found) = units.get(unit).filter(|_| depth < MAX_STEPS) else {
            return Heads::default();
        };
        let mut heads = Heads { own: BTreeSet::from([unit]), above: BTreeSet::new() };
        let ended = found.life().last_day().is_some_and(|it| it < self.today);
        if ended {
            let heirs = units.successors(unit);
            for heir in &heirs {
                let of_heir = self.heads(*heir, depth + 1);
                heads.own.extend(of_heir.own);
                heads.above.extend(of_heir.above);
            }
            if !heirs.is_empty() {
                return heads;
            }
        }
        // One that is gone stands where it last stood; one that is yet to come, where it will stand first.
        let day = match (ended, found.life().last_day()) {
            (true, Some(last)) => last,
            _ => found.life().from.map_or(self.today, |first| first.max(self.today)),
        };
        if let Some(Some(parent)) = found.parent_on(self.line, day) {
            let of_parent = self.heads(parent, depth + 1);
            heads.above.extend(of_parent.own);
            heads.above.extend(of_parent.above);
        }
        heads
    }
}
