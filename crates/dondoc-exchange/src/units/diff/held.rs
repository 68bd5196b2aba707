//! The units of one tier that are known on a day, ready for look-up.

use std::collections::HashMap;

use dondoc_core::unit::{Kind, Level, Line, NameKey, UnitId, Units};
use jiff::civil::Date;

use crate::units::diff::{COUNTRY, matching};

/// A unit as it stands on the day.
pub(crate) struct HeldUnit {
    pub(crate) id: UnitId,
    pub(crate) kind: Option<Kind>,
    pub(crate) name: NameKey,
    pub(crate) parent: Option<UnitId>,
}

/// The units of a tier on a day, as far as they belong to the country.
pub(crate) struct Held<'u> {
    units: Vec<HeldUnit>,
    by_code: HashMap<&'u str, Vec<usize>>,
    by_name: HashMap<(Option<UnitId>, NameKey), Vec<usize>>,
}

impl<'u> Held<'u> {
    pub(crate) fn new(units: &'u Units, level: Level, on: Date) -> Self {
        let mut held = Self { units: Vec::new(), by_code: HashMap::new(), by_name: HashMap::new() };
        let country = units.by_key(COUNTRY);
        for unit in units.all() {
            let kind = unit.kind_on(on);
            let Some(name) = unit.name_on(on) else { continue };
            let is_of_tier = kind.and_then(Kind::level) == Some(level);
            // A made-up province beside the country is none of a national list's business.
            if !is_of_tier || units.above(unit.id(), Line::State, on).last().copied() != country {
                continue;
            }
            let at = held.units.len();
            let parent = unit.parent_on(Line::State, on).flatten();
            let name = matching::key(name);
            if let Some(code) = unit.code_on(on) {
                held.by_code.entry(code).or_default().push(at);
            }
            held.by_name.entry((parent, name.clone())).or_default().push(at);
            held.units.push(HeldUnit { id: unit.id(), kind, name, parent });
        }
        held
    }

    pub(crate) fn units(&self) -> impl Iterator<Item = UnitId> + '_ {
        self.units.iter().map(|it| it.id)
    }

    pub(crate) fn get(&self, at: usize) -> &HeldUnit {
        &self.units[at]
    }

    pub(crate) fn parent(&self, unit: UnitId) -> Option<UnitId> {
        self.units.iter().find(|it| it.id == unit).and_then(|it| it.parent)
    }

    pub(crate) fn coded(&self, code: &str) -> &[usize] {
        self.by_code.get(code).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn named(&self, parent: Option<UnitId>, name: &NameKey) -> &[usize] {
        self.by_name.get(&(parent, name.clone())).map_or(&[], Vec::as_slice)
    }
}
