//! Which known unit an entry of a list is.
//!
//! By code and name; where the two point to different units, the code counts as long as the unit that has it does not stand
//! in the list under its own name: then somebody mixed up codes, and the name counts.

use std::collections::{HashMap, HashSet};

use dondoc_core::unit::{Level, NameKey, UnitId};

use crate::units::{
    diff::held::Held,
    list::{Entry, UnitList},
};

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Match {
    /// A known unit.
    Same {
        unit: UnitId,
        /// Another known unit that has the entry's code and stands in the list under its own name.
        coded_by_other: Option<UnitId>,
    },
    /// None that is known.
    New { coded_by_other: Option<UnitId> },
}

/// A name as it is compared.
pub(crate) fn key(name: &str) -> NameKey {
    NameKey::of(name)
}

/// Matches the entries of one tier; `found` has the units of the tiers above.
pub(crate) fn matches(
    held: &Held<'_>,
    list: &UnitList,
    level: Level,
    found: &[UnitId],
) -> Vec<(usize, Match)> {
    let mut matching = Matching {
        held,
        entries: list.entries.iter().enumerate().filter(|(_, it)| it.level == level).collect(),
        found,
        matched: HashMap::new(),
        taken: HashSet::new(),
    };
    matching.pass(Matching::by_code_and_name);
    matching.pass(Matching::by_name_and_code_of_other);
    matching.pass(Matching::by_code);
    matching.pass(Matching::by_name);
    matching.finish()
}

struct Matching<'a, 'u> {
    held: &'a Held<'u>,
    entries: Vec<(usize, &'a Entry)>,
    found: &'a [UnitId],
    /// By place in the list: the place in what is held.
    matched: HashMap<usize, usize>,
    taken: HashSet<usize>,
}

impl Matching<'_, '_> {
    fn pass(&mut self, rule: impl Fn(&Self, &Entry) -> Option<usize>) {
        for (at, entry) in self.entries.clone() {
            if !self.matched.contains_key(&at)
                && let Some(held) = rule(self, entry)
                && self.taken.insert(held)
            {
                self.matched.insert(at, held);
            }
        }
    }

    fn parent(&self, entry: &Entry) -> Option<UnitId> {
        entry.parent.map(|it| self.found[it])
    }

    fn coded(&self, entry: &Entry) -> &[usize] {
        entry.code.as_deref().map_or(&[], |it| self.held.coded(it))
    }

    /// The known units of its name; of provinces that is enough, below them under the same unit.
    fn named(&self, entry: &Entry) -> impl Iterator<Item = usize> + '_ {
        let name = key(&entry.name);
        let parents = match self.parent(entry) {
            Some(parent) => vec![Some(parent)],
            None => self.held.units().next().map(|it| self.held.parent(it)).into_iter().collect(),
        };
        parents.into_iter().flat_map(move |it| self.held.named(it, &name).to_vec())
    }

    fn is_of_kind(&self, held: usize, entry: &Entry) -> bool {
        entry.kind.is_none() || self.held.get(held).kind == entry.kind
    }

    fn by_code_and_name(&self, entry: &Entry) -> Option<usize> {
        let name = key(&entry.name);
        let mut coded = self.coded(entry).iter().copied();
        coded.find(|it| self.held.get(*it).name == name && !self.taken.contains(it))
    }

    /// The unit of that name, where the one that has the code is in the list on its own.
    fn by_name_and_code_of_other(&self, entry: &Entry) -> Option<usize> {
        self.other(entry)?;
        self.by_name_and_kind(entry)
    }

    fn by_name_and_kind(&self, entry: &Entry) -> Option<usize> {
        self.named(entry).find(|it| self.is_of_kind(*it, entry) && !self.taken.contains(it))
    }

    /// The known unit with the entry's code, if the list has it elsewhere under its own name.
    fn other(&self, entry: &Entry) -> Option<usize> {
        let name = key(&entry.name);
        self.coded(entry).iter().copied().find(|at| {
            let unit = self.held.get(*at);
            let is_there = || {
                self.entries.iter().any(|(_, it)| {
                    it.code != entry.code
                        && self.parent(it) == unit.parent
                        && it.kind.is_none_or(|kind| Some(kind) == unit.kind)
                        && key(&it.name) == unit.name
                })
            };
            unit.name != name && (self.taken.contains(at) || is_there())
        })
    }

    fn by_code(&self, entry: &Entry) -> Option<usize> {
        if self.other(entry).is_some() {
            return None;
        }
        self.coded(entry).iter().copied().find(|it| !self.taken.contains(it))
    }

    fn by_name(&self, entry: &Entry) -> Option<usize> {
        let by_kind = self.by_name_and_kind(entry);
        by_kind.or_else(|| self.named(entry).find(|it| !self.taken.contains(it)))
    }

    fn finish(self) -> Vec<(usize, Match)> {
        self.entries
            .iter()
            .map(|(at, entry)| {
                let other = self.other(entry).map(|it| self.held.get(it).id);
                let matched = self.matched.get(at).map(|it| self.held.get(*it).id);
                let coded_by_other = other.filter(|it| Some(*it) != matched);
                let matched = match matched {
                    Some(unit) => Match::Same { unit, coded_by_other },
                    None => Match::New { coded_by_other },
                };
                (*at, matched)
            })
            .collect()
    }
}
