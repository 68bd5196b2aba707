//! All units over all time.

use std::{
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};

use jiff::civil::Date;

use crate::{
    tree::Tree,
    unit::{
        Change, Kind, Line, UnitId, Validity, What, find::Index, fold, search::Names, validity,
        validity::Span,
    },
};

/// One unit over all time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    pub(crate) id: UnitId,
    pub(crate) key: Option<String>,
    pub(crate) rank: u32,
    pub(crate) life: Validity,
    pub(crate) kinds: Vec<Span<Kind>>,
    pub(crate) names: Vec<Span<String>>,
    pub(crate) codes: Vec<Span<String>>,
    /// For each line, in the order of [`Line::ALL`].
    pub(crate) parents: [Vec<Span<Option<UnitId>>>; 4],
    /// Places of the changes that concern it, in the order in which they took effect.
    pub(crate) history: Vec<usize>,
}

impl Unit {
    /// Its number.
    #[must_use]
    pub fn id(&self) -> UnitId {
        self.id
    }

    /// What the file that brought it calls it.
    #[must_use]
    pub fn key(&self) -> Option<&str> {
        self.key.as_deref()
    }

    /// Its place among its siblings, smallest first.
    #[must_use]
    pub fn rank(&self) -> u32 {
        self.rank
    }

    /// From its founding to its end.
    #[must_use]
    pub fn life(&self) -> Validity {
        self.life
    }

    /// Its names without the word of its kind, oldest first.
    #[must_use]
    pub fn names(&self) -> &[Span<String>] {
        &self.names
    }

    /// Its codes, oldest first.
    #[must_use]
    pub fn codes(&self) -> &[Span<String>] {
        &self.codes
    }

    /// What it was, oldest first.
    #[must_use]
    pub fn kinds(&self) -> &[Span<Kind>] {
        &self.kinds
    }

    /// The units above it in a line, oldest first; a value of `None` says that it was a root.
    #[must_use]
    pub fn parents(&self, line: Line) -> &[Span<Option<UnitId>>] {
        &self.parents[line.index()]
    }

    /// Its name on a day without the word of its kind: `Ba Đình`.
    #[must_use]
    pub fn name_on(&self, day: Date) -> Option<&str> {
        validity::on(&self.names, day).map(String::as_str)
    }

    /// Its name on a day, as it is spoken: `Phường Ba Đình`.
    #[must_use]
    pub fn full_name_on(&self, day: Date) -> Option<String> {
        Some(self.kind_on(day)?.full_name(self.name_on(day)?))
    }

    /// Its code on a day.
    #[must_use]
    pub fn code_on(&self, day: Date) -> Option<&str> {
        validity::on(&self.codes, day).map(String::as_str)
    }

    /// What it is on a day.
    #[must_use]
    pub fn kind_on(&self, day: Date) -> Option<Kind> {
        validity::on(&self.kinds, day).copied()
    }

    /// The unit above on a day: `None` if it does not stand in the line, `Some(None)` if it is a root.
    #[must_use]
    pub fn parent_on(&self, line: Line, day: Date) -> Option<Option<UnitId>> {
        validity::on(self.parents(line), day).copied()
    }

    /// A day on which it has a name: `day` if it lives then, else its last day or its first.
    #[must_use]
    pub fn day_of_life(&self, day: Date) -> Date {
        if self.life.contains(day) {
            return day;
        }
        self.life.last_day().or(self.life.from).unwrap_or(day)
    }
}

/// All units over all time, laid out from the changes that made them. Never changes; [`Units::with`] makes the next one.
///
/// Whatever the changes say is taken in, also what contradicts itself; [`Units::check`] lists that.
#[derive(Clone, Debug, Default)]
pub struct Units {
    changes: Vec<Change>,
    units: BTreeMap<UnitId, Unit>,
    index: Index,
    names: OnceLock<Names>,
    lines: [Epochs; 4],
}

/// The days on which the tree of a line changes, and the trees before, between and after, made when first asked for.
#[derive(Clone, Debug, Default)]
struct Epochs {
    days: Vec<Date>,
    trees: Vec<OnceLock<Arc<Tree>>>,
}

impl Units {
    /// Lays out changes. Their order matters for those of one day only.
    #[must_use]
    pub fn new(changes: Vec<Change>) -> Self {
        let units = fold::fold(&changes);
        let index = Index::new(&units);
        let lines = Line::ALL.map(|line| {
            let mut days: Vec<Date> = units
                .values()
                .flat_map(|it| it.parents(line))
                .flat_map(|it| [it.validity.from, it.validity.until])
                .flatten()
                .collect();
            days.sort_unstable();
            days.dedup();
            let trees = vec![OnceLock::new(); days.len() + 1];
            Epochs { days, trees }
        });
        Self { changes, units, index, names: OnceLock::new(), lines }
    }

    /// These units after more has happened, or more has become known.
    #[must_use]
    pub fn with(&self, more: Vec<Change>) -> Self {
        let mut changes = self.changes.clone();
        changes.extend(more);
        Self::new(changes)
    }

    /// Everything that happened, in the order in which it was told.
    #[must_use]
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// How many units, over all time.
    #[must_use]
    pub fn len(&self) -> usize {
        self.units.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// All units over all time, by number.
    pub fn all(&self) -> impl Iterator<Item = &Unit> {
        self.units.values()
    }

    /// The unit of that number.
    #[must_use]
    pub fn get(&self, unit: UnitId) -> Option<&Unit> {
        self.units.get(&unit)
    }

    /// The first number that no unit has.
    #[must_use]
    pub fn next_id(&self) -> UnitId {
        UnitId(self.units.last_key_value().map_or(1, |(last, _)| last.0 + 1))
    }

    /// The tree of a line as it stands on a day; made once for all days between two changes of it.
    ///
    /// A unit whose parent is not valid that day, or that is under itself, stands as a root; [`Units::check`] says so.
    #[must_use]
    pub fn tree(&self, line: Line, on: Date) -> Arc<Tree> {
        let epochs = &self.lines[line.index()];
        let at = epochs.days.partition_point(|it| *it <= on);
        match epochs.trees.get(at) {
            Some(tree) => Arc::clone(tree.get_or_init(|| Arc::new(self.lay_out(line, on)))),
            None => Arc::default(),
        }
    }

    /// The days from which the tree of a line is another than the day before, in order.
    #[must_use]
    pub fn epochs(&self, line: Line) -> &[Date] {
        &self.lines[line.index()].days
    }

    fn lay_out(&self, line: Line, on: Date) -> Tree {
        let mut rows: Vec<(&Unit, Option<UnitId>)> = self
            .all()
            .filter_map(|unit| {
                let parent = unit.parent_on(line, on)?;
                let is_there =
                    |it: &UnitId| self.get(*it).is_some_and(|it| it.parent_on(line, on).is_some());
                Some((unit, parent.filter(is_there)))
            })
            .collect();
        rows.sort_by_key(|(unit, _)| {
            let group = unit.kind_on(on).map_or(u8::MAX, Kind::group);
            (group, unit.rank, unit.id)
        });
        let mut parents: Vec<_> =
            rows.into_iter().map(|(unit, parent)| (unit.id, parent)).collect();
        loop {
            match Tree::new(&parents) {
                Ok(tree) => return tree,
                Err(
                    crate::tree::TreeError::Cycle(unit)
                    | crate::tree::TreeError::Twice(unit)
                    | crate::tree::TreeError::UnknownParent(unit),
                ) => {
                    for (it, parent) in &mut parents {
                        if *it == unit {
                            *parent = None;
                        }
                    }
                }
            }
        }
    }

    /// Who is meant by a name or a code on a day; all that may be, best first.
    ///
    /// Blind to accents, case and the word of the kind; those that are written alike come first, then the order of the
    /// units' numbers. A name is no key: several units may have it. A code means what it means on that day alone.
    #[must_use]
    pub fn find(&self, text: &str, on: Date) -> Vec<UnitId> {
        self.index.find(text, Some(on))
    }

    /// Who was ever meant by a name or a code, best first.
    #[must_use]
    pub fn find_ever(&self, text: &str) -> Vec<UnitId> {
        self.index.find(text, None)
    }

    /// All names, taken apart for [`Units::search`].
    pub(crate) fn names(&self) -> &Names {
        self.names.get_or_init(|| Names::new(self.all()))
    }

    /// Which units have a code on a day; more than one is a fault of the sources.
    #[must_use]
    pub fn by_code(&self, code: &str, on: Date) -> Vec<UnitId> {
        self.index.by_code(code, on)
    }

    /// The unit that a file calls so.
    #[must_use]
    pub fn by_key(&self, key: &str) -> Option<UnitId> {
        self.index.by_key(key)
    }

    /// The units above a unit in a line on a day, nearest first.
    #[must_use]
    pub fn above(&self, unit: UnitId, line: Line, on: Date) -> Vec<UnitId> {
        let parent = |it: UnitId| self.get(it)?.parent_on(line, on)?;
        // A unit that is under itself would go on for ever.
        std::iter::successors(parent(unit), |it| parent(*it)).take(16).collect()
    }

    /// Everything that happened to a unit and that went over to it, in the order in which it took effect.
    #[must_use]
    pub fn history(&self, unit: UnitId) -> Vec<&Change> {
        let places = self.get(unit).map_or(&[][..], |it| &it.history);
        places.iter().map(|at| &self.changes[*at]).collect()
    }

    /// The units that went over to this one, whole or in part, each once, in the order in which they did; not those that only
    /// left their figures with it when they were dissolved.
    #[must_use]
    pub fn predecessors(&self, unit: UnitId) -> Vec<UnitId> {
        let changes = self.history(unit).into_iter().filter(|it| it.unit != unit);
        let mut found = Vec::new();
        for change in changes.filter(|it| matches!(it.what, What::Merge(_) | What::Split(_))) {
            if !found.contains(&change.unit) {
                found.push(change.unit);
            }
        }
        found
    }

    /// The units that this one went over to, whole or in part, each once.
    #[must_use]
    pub fn successors(&self, unit: UnitId) -> Vec<UnitId> {
        let changes = self.history(unit).into_iter().filter(|it| it.unit == unit);
        let mut found: Vec<UnitId> = Vec::new();
        for into in changes.flat_map(|it| it.what.successors()).filter(|it| *it != unit) {
            if !found.contains(&into) {
                found.push(into);
            }
        }
        found
    }
}
