//! From what happened to what holds when.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::unit::{
    Change, Line, Unit, UnitId, Validity, What,
    validity::{Span, Validity as Stretch},
};

/// The order in which changes take effect: by day, foundings of a day first, then as they were told.
pub(crate) fn order(changes: &[Change]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..changes.len()).collect();
    order.sort_by_key(|at| {
        let change = &changes[*at];
        (change.when.effective(), !matches!(change.what, What::Found { .. }))
    });
    order
}

/// All units that the changes found, each with what holds for it when.
///
/// A change to a unit that was never founded, or not any more, is left to [`crate::unit::Units::check`].
pub(crate) fn fold(changes: &[Change]) -> BTreeMap<UnitId, Unit> {
    let mut units: BTreeMap<UnitId, Unit> = BTreeMap::new();
    for at in order(changes) {
        let change = &changes[at];
        let day = change.when.effective();
        if let What::Found { .. } = change.what {
            units.entry(change.unit).or_insert_with(|| found(change));
        } else if let Some(unit) = units.get_mut(&change.unit) {
            apply(unit, day, &change.what);
        }
        let mut concerned = concerns(change);
        concerned.dedup();
        for unit in concerned {
            if let Some(unit) = units.get_mut(&unit) {
                unit.history.push(at);
            }
        }
    }
    units
}

fn concerns(change: &Change) -> Vec<UnitId> {
    let mut concerned = vec![change.unit];
    match &change.what {
        What::Weigh(part) => concerned.push(part.into),
        what => concerned.extend(what.successors()),
    }
    concerned.sort_unstable();
    concerned
}

fn found(change: &Change) -> Unit {
    let life = Validity::since(change.when.effective());
    let mut unit = Unit {
        id: change.unit,
        key: None,
        rank: 0,
        life,
        kinds: Vec::new(),
        names: Vec::new(),
        codes: Vec::new(),
        parents: Default::default(),
        history: Vec::new(),
    };
    if let What::Found { kind, name, code, key, rank, parents } = &change.what {
        unit.key.clone_from(key);
        unit.rank = *rank;
        set(&mut unit.kinds, life.from, Some(*kind));
        set(&mut unit.names, life.from, Some(name.clone()));
        set(&mut unit.codes, life.from, code.clone());
        for (line, parent) in parents {
            set(&mut unit.parents[line.index()], life.from, Some(*parent));
        }
    }
    unit
}

fn apply(unit: &mut Unit, day: Option<Date>, what: &What) {
    if unit.life.until.is_some() {
        return;
    }
    match what {
        What::Found { .. } | What::Weigh(_) => {}
        What::Rename(name) => set(&mut unit.names, day, Some(name.clone())),
        What::Recode(code) => set(&mut unit.codes, day, code.clone()),
        What::ChangeKind(kind) => set(&mut unit.kinds, day, Some(*kind)),
        What::Move { line, parent } => set(&mut unit.parents[line.index()], day, Some(*parent)),
        What::Leave(line) => set(&mut unit.parents[line.index()], day, None),
        What::Merge(_) | What::Split(_) | What::Dissolve { .. } => {
            if what.ends(unit.id) {
                end(unit, day);
            }
        }
    }
}

fn end(unit: &mut Unit, day: Option<Date>) {
    unit.life.until = day;
    set(&mut unit.kinds, day, None);
    set(&mut unit.names, day, None);
    set(&mut unit.codes, day, None);
    for line in Line::ALL {
        set(&mut unit.parents[line.index()], day, None);
    }
}

/// From `day` on something else holds, or nothing.
fn set<T: PartialEq>(spans: &mut Vec<Span<T>>, day: Option<Date>, value: Option<T>) {
    // Another source may have told the same with an earlier day.
    if let (Some(last), Some(value)) = (spans.last(), &value)
        && last.validity.until.is_none()
        && last.value == *value
    {
        return;
    }
    if let Some(last) = spans.last_mut()
        && last.validity.until.is_none()
    {
        last.validity.until = day;
        // What a source of the same day corrects never held.
        if last.validity.is_empty() || day.is_none() {
            spans.pop();
        }
    }
    if let Some(value) = value {
        spans.push(Span { validity: Stretch::since(day), value });
    }
}
