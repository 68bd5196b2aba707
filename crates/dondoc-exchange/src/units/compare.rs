//! Pairs old → new of two sources against each other.

use std::collections::{BTreeMap, BTreeSet};

use dondoc_core::unit::{Kind, Level, NameKey, UnitId, Units, What};
use jiff::civil::{Date, date};

use crate::units::{
    Doubt, DoubtKind, Outcome, Plan,
    conversion::Conversion,
    merges::{Merges, Pair},
};

/// The day from which the resolutions of 2025 on the communes are carried out.
const REFORM: Date = date(2025, 7, 1);

/// What a comparison of two sources counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Agreement {
    /// Pairs that both have.
    pub both: usize,
    /// Pairs that only the first has.
    pub only_first: usize,
    /// Pairs that only the second has.
    pub only_second: usize,
    /// Rows of the first without an old code, which can't be compared.
    pub without_code: usize,
}

/// Compares the pairs of codes of a table with those of the resolutions, as both are written.
#[must_use]
pub fn codes(table: &Conversion, merges: &Merges) -> Agreement {
    let code = |at: usize| table.after.entries[at].code.clone().unwrap_or_default();
    let coded = table.rows.iter().filter_map(|it| Some((it.old_code.clone()?, code(it.new))));
    let first: BTreeSet<_> = coded.collect();
    let pairs = merges.pairs.iter().map(|it| (it.old_code.clone(), it.new_code.clone()));
    let second: BTreeSet<_> = pairs.collect();
    Agreement {
        both: first.intersection(&second).count(),
        only_first: first.difference(&second).count(),
        only_second: second.difference(&first).count(),
        without_code: table.rows.iter().filter(|it| it.old_code.is_none()).count(),
    }
}

/// Whether a table of that day is loaded: then communes went over into others on it.
pub(crate) fn is_converted(units: &Units, on: Date) -> bool {
    units.changes().iter().any(|it| {
        it.when.effective() == Some(on) && matches!(it.what, What::Merge(_) | What::Split(_))
    })
}

/// Which commune went to which on a day, and whether whole.
fn pairs_on(units: &Units, on: Date) -> BTreeMap<(UnitId, UnitId), bool> {
    let mut pairs = BTreeMap::new();
    let Ok(before) = on.yesterday() else { return pairs };
    for unit in units.all().filter(|it| it.life().contains(before)) {
        let change = units.history(unit.id()).into_iter().find(|it| {
            it.unit == unit.id()
                && it.when.effective() == Some(on)
                && matches!(it.what, What::Merge(_) | What::Split(_))
        });
        let level = unit.kind_on(before).and_then(Kind::level);
        let successors = change.map(|it| it.what.successors()).unwrap_or_default();
        let is_commune = |it: UnitId| {
            let kind = units.get(it).and_then(|it| it.kind_on(on));
            kind.and_then(Kind::level) == Some(Level::Commune)
        };
        if change.is_none() && level == Some(Level::Commune) && unit.life().contains(on) {
            pairs.insert((unit.id(), unit.id()), true);
        }
        let is_whole = matches!(change.map(|it| &it.what), Some(What::Merge(_)));
        for into in successors.into_iter().filter(|it| is_commune(*it)) {
            pairs.insert((unit.id(), into), is_whole);
        }
    }
    pairs
}

/// What the resolutions' mapping says against the units that are known.
pub(crate) fn plan(units: &Units, merges: &Merges) -> Plan {
    let mut known = pairs_on(units, REFORM);
    let mut doubts = Vec::new();
    for pair in &merges.pairs {
        let words = || {
            let Pair { old_code, old_name, new_code, new_name, .. } = pair;
            format!("{old_code} {old_name} → {new_code} {new_name}")
        };
        let found = find(units, pair).and_then(|it| known.remove(&it));
        match found {
            Some(is_whole) if is_whole == pair.is_whole => {}
            Some(_) => doubts.push(Doubt::at(pair.row, DoubtKind::PairOtherwise, words())),
            None => doubts.push(Doubt::at(pair.row, DoubtKind::PairOnlyHere, words())),
        }
    }
    doubts.extend(missing(units, known, REFORM));
    let outcome = if doubts.is_empty() { Outcome::Known } else { Outcome::Compared };
    Plan { changes: Vec::new(), doubts, outcome, vouches_on: None }
}

/// The units that a pair means: by code, and where a code has several units by name too.
fn find(units: &Units, pair: &Pair) -> Option<(UnitId, UnitId)> {
    let before = REFORM.yesterday().ok()?;
    let one = |code: &str, full: &str, day: Date| {
        let coded = units.by_code(code, day);
        let is_named = |it: &UnitId| {
            let name = units.get(*it).and_then(|it| it.full_name_on(day));
            name.is_some_and(|it| NameKey::of(&it) == NameKey::of(full))
        };
        coded.iter().copied().find(is_named).or(coded.first().copied())
    };
    Some((
        one(&pair.old_code, &pair.old_name, before)?,
        one(&pair.new_code, &pair.new_name, REFORM)?,
    ))
}

/// What the table says that is known otherwise, after it is loaded; `old` are the units of its old entries.
pub(crate) fn table(units: &Units, table: &Conversion, old: &[UnitId]) -> Vec<Doubt> {
    let mut known = pairs_on(units, table.on);
    let mut doubts = Vec::new();
    for row in &table.rows {
        let entry = &table.after.entries[row.new];
        let code = entry.code.as_deref().unwrap_or_default();
        let new = units.by_code(code, table.on);
        let is_known = new.iter().any(|it| known.remove(&(old[row.old], *it)).is_some());
        if !is_known {
            let words = format!(
                "{} {} → {code} {}",
                row.old_code.as_deref().unwrap_or("–"),
                table.before.entries[row.old].full_name(),
                entry.full_name()
            );
            doubts.push(Doubt::at(row.row, DoubtKind::PairOnlyHere, words));
        }
    }
    doubts.extend(missing(units, known, table.on));
    doubts
}

fn missing(
    units: &Units,
    pairs: BTreeMap<(UnitId, UnitId), bool>,
    on: Date,
) -> impl Iterator<Item = Doubt> {
    let before = on.yesterday().unwrap_or(on);
    let say = |unit: UnitId, day: Date| {
        let unit = units.get(unit);
        let code = unit.and_then(|it| it.code_on(day)).unwrap_or("–");
        format!("{code} {}", unit.and_then(|it| it.full_name_on(day)).unwrap_or_default())
    };
    let words: Vec<String> = pairs
        .into_keys()
        .map(|(old, new)| format!("{} → {}", say(old, before), say(new, on)))
        .collect();
    words.into_iter().map(|it| Doubt::of_file(DoubtKind::PairMissingHere, it))
}
