//! A tree for as long as it holds, with all that adding up along it needs.

use std::{ops::Range, sync::Arc};

use dondoc_core::{
    tree::Tree,
    unit::{Line, UnitId},
};

use crate::{bits::Bits, catalogue::Expectation};

/// An epoch by its number: dense, from 0, in the order in which epochs were given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EpochNo(pub u32);

/// The time between two changes of units: one tree in which every reporting unit has a place.
///
/// Units that stand in another line only are further roots of this tree, so that their figures have a place too.
#[derive(Clone, Debug)]
pub struct Epoch {
    tree: Arc<Tree>,
    /// Unit → place, or [`NONE`], where the units' numbers are dense enough to be an index.
    places: Option<Box<[u32]>>,
    /// Place → number among the inner nodes, or [`NONE`].
    inner: Vec<u32>,
    /// Place → the inner node that takes its figure: itself, or its parent; [`NONE`] for a root without children.
    first: Vec<u32>,
    /// Inner node → the one above.
    above: Vec<u32>,
    expected: Vec<Bits>,
    lines: Vec<(Line, Along)>,
}

/// "There is none" where a number of a node is expected.
pub(crate) const NONE: u32 = u32::MAX;

/// Another line's tree over the same places.
#[derive(Clone, Debug)]
struct Along {
    tree: Tree,
    /// For each unit of that tree: its place of storage, and the places of all under it, as few stretches as possible.
    own: Vec<usize>,
    stretches: Vec<Vec<Range<usize>>>,
}

/// A unit stands in a line but has no place where its figures could be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unit {0} stands in a line but not in the tree of all units; add it as a root")]
pub struct LineError(pub UnitId);

/// Where the figures of a unit and of all under it lie.
#[derive(Clone, Debug)]
pub(crate) struct Under<'a> {
    /// The unit's own place.
    pub own: usize,
    /// The inner node that has the totals of exactly this, or [`NONE`].
    pub inner: u32,
    stretches: Stretches<'a>,
}

#[derive(Clone, Debug)]
enum Stretches<'a> {
    One([Range<usize>; 1]),
    Many(&'a [Range<usize>]),
}

impl Under<'_> {
    /// Stretches of places, ascending, none touching the next.
    pub(crate) fn stretches(&self) -> &[Range<usize>] {
        match &self.stretches {
            Stretches::One(one) => one,
            Stretches::Many(many) => many,
        }
    }

    pub(crate) fn contains(&self, place: usize) -> bool {
        let stretches = self.stretches();
        let at = stretches.partition_point(|it| it.end <= place);
        stretches.get(at).is_some_and(|it| it.start <= place)
    }

    pub(crate) fn places(&self) -> impl Iterator<Item = usize> + '_ {
        self.stretches().iter().cloned().flatten()
    }
}

impl Epoch {
    /// An epoch in which all leaves are expected to report ([`Expectation::LEAVES`]).
    #[must_use]
    pub fn new(tree: Arc<Tree>) -> Self {
        let mut inner = vec![NONE; tree.len()];
        let mut first = vec![NONE; tree.len()];
        let mut above = Vec::new();
        for place in 0..tree.len() {
            let parent = tree.parent(place).map_or(NONE, |it| inner[it]);
            first[place] = parent;
            if !tree.is_leaf(place) {
                inner[place] = u32::try_from(above.len()).unwrap_or(NONE);
                first[place] = inner[place];
                above.push(parent);
            }
        }
        let leaves = Bits::of(tree.len(), |it| tree.is_leaf(it));
        let places = places_of(&tree);
        Self { tree, places, inner, first, above, expected: vec![leaves], lines: Vec::new() }
    }

    /// Adds a class of units that are expected to report: those for which `expects` is true, by tree and place.
    #[must_use]
    pub fn expecting(mut self, expects: impl Fn(&Tree, usize) -> bool) -> Self {
        self.expected.push(Bits::of(self.tree.len(), |it| expects(&self.tree, it)));
        self
    }

    /// Adds another line, whose tree has its own order over units of this one.
    ///
    /// # Errors
    ///
    /// [`LineError`] with the first unit that has no place in the tree of all units.
    pub fn with_line(mut self, line: Line, tree: Tree) -> Result<Self, LineError> {
        let own = tree.units().iter().map(|it| self.tree.place(*it).ok_or(LineError(*it)));
        let own = own.collect::<Result<Vec<usize>, LineError>>()?;
        let under = |place| stretches_of(own[tree.subtree(place)].to_vec());
        let stretches = (0..tree.len()).map(under).collect();
        self.lines.retain(|it| it.0 != line);
        self.lines.push((line, Along { tree, own, stretches }));
        Ok(self)
    }

    /// The tree of all units.
    #[must_use]
    pub fn tree(&self) -> &Arc<Tree> {
        &self.tree
    }

    /// Where a unit stands in the tree of all units.
    #[must_use]
    pub fn place(&self, unit: UnitId) -> Option<usize> {
        match &self.places {
            Some(places) => {
                let place = places.get(unit.0 as usize).copied();
                place.filter(|it| *it != NONE).map(|it| it as usize)
            }
            None => self.tree.place(unit),
        }
    }

    /// The tree of a line that was added.
    #[must_use]
    pub fn line(&self, line: Line) -> Option<&Tree> {
        self.along(line).map(|it| &it.tree)
    }

    /// The units of a class; nobody for a class that this epoch does not know.
    #[must_use]
    pub fn expected(&self, class: Expectation) -> Option<&Bits> {
        self.expected.get(usize::from(class.0))
    }

    pub(crate) fn n_places(&self) -> usize {
        self.tree.len()
    }

    pub(crate) fn n_inner(&self) -> usize {
        self.above.len()
    }

    pub(crate) fn n_classes(&self) -> usize {
        self.expected.len()
    }

    /// The number of a place among the inner nodes, or [`NONE`].
    pub(crate) fn inner(&self, place: usize) -> u32 {
        self.inner[place]
    }

    /// The inner nodes whose totals a figure at this place is part of, from the lowest up.
    pub(crate) fn nodes_above(&self, place: usize) -> impl Iterator<Item = usize> + '_ {
        let some = |it: u32| (it != NONE).then_some(it as usize);
        std::iter::successors(some(self.first[place]), move |it| some(self.above[*it]))
    }

    /// Place → the inner node that takes its figure first, or [`NONE`].
    pub(crate) fn first(&self) -> &[u32] {
        &self.first
    }

    /// Inner node → the one above, or [`NONE`]; a node's number is higher than that of the one above.
    pub(crate) fn above(&self) -> &[u32] {
        &self.above
    }

    /// A unit with all under it, along a line (`None`: the tree of all units); `None` if it does not stand there.
    pub(crate) fn under(&self, line: Option<Line>, unit: UnitId) -> Option<Under<'_>> {
        let Some(line) = line else {
            let own = self.place(unit)?;
            let one = Stretches::One([self.tree.subtree(own)]);
            return Some(Under { own, inner: self.inner[own], stretches: one });
        };
        let along = self.along(line)?;
        let place = along.tree.place(unit)?;
        let stretches = Stretches::Many(&along.stretches[place]);
        Some(Under { own: along.own[place], inner: NONE, stretches })
    }

    fn along(&self, line: Line) -> Option<&Along> {
        self.lines.iter().find(|it| it.0 == line).map(|it| &it.1)
    }
}

/// Units' places by their numbers; `None` if that list would be much longer than the tree.
fn places_of(tree: &Tree) -> Option<Box<[u32]>> {
    let largest = tree.units().iter().max()?.0 as usize;
    if largest > 32 * tree.len() + 100_000 {
        return None;
    }
    let mut places = vec![NONE; largest + 1];
    for (unit, place) in tree.units().iter().zip(0_u32..) {
        places[unit.0 as usize] = place;
    }
    Some(places.into())
}

/// Places as ascending stretches.
fn stretches_of(mut places: Vec<usize>) -> Vec<Range<usize>> {
    places.sort_unstable();
    let mut stretches: Vec<Range<usize>> = Vec::new();
    for place in places {
        match stretches.last_mut() {
            Some(last) if last.end == place => last.end += 1,
            _ => stretches.push(place..place + 1),
        }
    }
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(parents: &[(u32, u32)]) -> Tree {
        let of = |(it, of): &(u32, u32)| (UnitId(*it), (*of > 0).then_some(UnitId(*of)));
        Tree::new(&parents.iter().map(of).collect::<Vec<_>>()).unwrap()
    }

    #[test]
    fn a_figure_is_part_of_the_totals_of_all_above() {
        let epoch = Epoch::new(Arc::new(tree(&[(1, 0), (2, 1), (3, 2), (4, 2), (5, 1), (6, 0)])));
        assert_eq!(epoch.nodes_above(2).collect::<Vec<_>>(), [1, 0]);
        assert_eq!(epoch.nodes_above(1).collect::<Vec<_>>(), [1, 0]);
        assert_eq!(epoch.nodes_above(4).collect::<Vec<_>>(), [0]);
        assert_eq!(epoch.nodes_above(5).count(), 0);
    }

    #[test]
    fn a_unit_is_found_whether_numbers_are_dense_or_not() {
        for far in [9, 4_000_000_000] {
            let epoch = Epoch::new(Arc::new(tree(&[(7, 0), (far, 7), (3, 7)])));
            let places = [7, far, 3, 8, 0, far + 1].map(|it| epoch.place(UnitId(it)));
            assert_eq!(places, [Some(0), Some(1), Some(2), None, None, None]);
        }
    }

    #[test]
    fn a_line_has_its_own_order_over_the_same_places() {
        let main = tree(&[(1, 0), (2, 1), (3, 2), (4, 2), (5, 1), (6, 5)]);
        let party = tree(&[(6, 0), (2, 6), (4, 6), (3, 4)]);
        let epoch = Epoch::new(Arc::new(main)).with_line(Line::Party, party).unwrap();
        let under = epoch.under(Some(Line::Party), UnitId(6)).unwrap();
        assert_eq!(under.stretches(), [1..4, 5..6]);
        assert!(under.contains(3) && under.contains(5) && !under.contains(4));
        assert_eq!(epoch.under(Some(Line::Party), UnitId(4)).unwrap().stretches().len(), 1);
        assert!(epoch.under(Some(Line::Party), UnitId(5)).is_none());
        assert!(epoch.under(Some(Line::Military), UnitId(6)).is_none());
    }

    #[test]
    fn a_line_with_a_unit_without_a_place_is_refused() {
        let epoch = Epoch::new(Arc::new(tree(&[(1, 0)])));
        let refused = epoch.with_line(Line::Front, tree(&[(1, 0), (9, 1)]));
        assert_eq!(refused.unwrap_err(), LineError(UnitId(9)));
    }
}
