//! Units and documents by the names that they go by in entries.

use std::{cell::RefCell, collections::HashMap, sync::Arc};

use dondoc_core::{
    pack::{Pack, Register},
    unit::{UnitId, Units},
};
use dondoc_exchange::entries::Paper;
use dondoc_ledger::{Ledger, Programmes};
use dondoc_store::{Store, documents};
use jiff::civil::Date;

use crate::ApiError;

/// The packs and units in use, as they stand now.
pub(super) struct Ground {
    pub(super) programmes: Arc<Programmes>,
    pub(super) units: Arc<Units>,
}

impl Ground {
    pub(super) fn of(ledger: &Ledger) -> Result<Self, ApiError> {
        ledger.refresh()?;
        Ok(ledger.look(|books| Self {
            programmes: Arc::clone(&books.programmes),
            units: Arc::clone(&books.units),
        }))
    }

    /// A register with its pack; registers are looked up in all packs.
    pub(super) fn register(&self, code: &str) -> Result<(&Pack, &Register), ApiError> {
        let mut packs = self.programmes.packs().iter();
        packs.find_map(|pack| Some((pack, pack.register(code)?))).ok_or(ApiError::NotFound)
    }

    /// The register of an entry, which names its pack.
    pub(super) fn register_of(
        &self,
        (pack, register): (&str, &str),
    ) -> Result<(&Pack, &Register), ApiError> {
        let pack = self.programmes.pack(pack).ok_or(ApiError::NotFound)?;
        Ok((pack, pack.register(register).ok_or(ApiError::NotFound)?))
    }
}

/// How a unit is called today, or on its last day.
pub(super) fn unit_name(units: &Units, unit: UnitId, today: Date) -> String {
    let found = units.get(unit);
    let name = found.and_then(|it| it.full_name_on(it.day_of_life(today)));
    name.unwrap_or_else(|| format!("#{unit}"))
}

/// Which units are meant by what a sheet says: a name or code of today, else one of any time, else a number.
fn find(units: &Units, text: &str, today: Date) -> Vec<UnitId> {
    if let Some(number) = text.strip_prefix('#') {
        let id = number.parse().ok().map(UnitId);
        return id.filter(|it| units.get(*it).is_some()).into_iter().collect();
    }
    let found = units.find(text, today);
    if found.is_empty() { units.find_ever(text) } else { found }
}

/// What a unit is called in a sheet: by its name, or by what else tells it from others.
pub(super) fn sheet_name(units: &Units, unit: UnitId, today: Date) -> String {
    let name = unit_name(units, unit, today);
    let code = units.get(unit).and_then(|it| it.code_on(it.day_of_life(today)));
    let is_clear = |it: &&str| find(units, it, today) == [unit];
    let clear = [Some(name.as_str()), code].into_iter().flatten().find(is_clear);
    clear.map_or_else(|| format!("#{unit}"), str::to_owned)
}

/// How names are written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Naming {
    /// For people, on a screen.
    Screen,
    /// In a sheet that is read back.
    Sheet,
}

/// The words of a register, while `work` looks at them.
pub(super) fn with_paper<T>(
    (ground, store): (&Ground, &Store),
    (pack, register): (&Pack, &Register),
    (naming, today): (Naming, Date),
    work: impl FnOnce(&Paper<'_>) -> T,
) -> T {
    let named = RefCell::new(HashMap::new());
    let unit = |unit: UnitId| {
        let name = || match naming {
            Naming::Screen => unit_name(&ground.units, unit, today),
            Naming::Sheet => sheet_name(&ground.units, unit, today),
        };
        named.borrow_mut().entry(unit).or_insert_with(name).clone()
    };
    let find_unit = |text: &str| find(&ground.units, text, today);
    let titles = RefCell::new(HashMap::new());
    let document =
        |id: i64| titles.borrow_mut().entry(id).or_insert_with(|| document_name(store, id)).clone();
    work(&Paper {
        pack,
        register,
        unit_name: &unit,
        find_unit: &find_unit,
        document: &document,
        today,
    })
}

/// A document as people call it: number and day, else its subject.
pub(super) fn document_name(store: &Store, id: i64) -> Option<String> {
    let found = documents::summary(store, id).ok()??;
    let day = found.issued_on.map(|it| it.strftime("%d/%m/%Y").to_string());
    Some(match (found.number, day) {
        (Some(number), Some(day)) => format!("{number}, {day}"),
        (Some(number), None) => number,
        (None, _) => found.title.unwrap_or(found.source),
    })
}
