//! A tree of units as it stands on one day, laid out so that everything under a unit is one stretch.

use std::{collections::HashMap, ops::Range};

use crate::unit::UnitId;

/// Units in pre-order: each before all that is under it, siblings in the official order.
///
/// May have several roots. *Place* is a position in that order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    units: Vec<UnitId>,
    parents: Vec<Option<u32>>,
    ends: Vec<u32>,
    places: HashMap<UnitId, u32>,
}

/// The parents that were given make no tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TreeError {
    /// A unit stands in the list twice.
    #[error("unit {0} stands in the tree twice")]
    Twice(UnitId),
    /// A parent that is not in the list itself.
    #[error("the parent of unit {0} is not in the tree")]
    UnknownParent(UnitId),
    /// A unit that is under itself.
    #[error("unit {0} is under itself")]
    Cycle(UnitId),
}

impl Tree {
    /// Lays out units with their parents; siblings keep the order in which they are given.
    ///
    /// # Errors
    ///
    /// [`TreeError`] with the first unit that does not fit.
    pub fn new(parents: &[(UnitId, Option<UnitId>)]) -> Result<Self, TreeError> {
        let mut index = HashMap::with_capacity(parents.len());
        for (at, (unit, _)) in parents.iter().enumerate() {
            if index.insert(*unit, at).is_some() {
                return Err(TreeError::Twice(*unit));
            }
        }
        let mut children: Vec<Vec<usize>> = vec![Vec::new(); parents.len()];
        let mut stack = Vec::new();
        for (at, (unit, parent)) in parents.iter().enumerate() {
            match parent {
                Some(parent) => {
                    let parent = index.get(parent).ok_or(TreeError::UnknownParent(*unit))?;
                    children[*parent].push(at);
                }
                None => stack.push((at, None)),
            }
        }
        stack.reverse();
        let mut tree = Self::default();
        while let Some((at, parent)) = stack.pop() {
            let place = u32::try_from(tree.units.len()).unwrap_or(u32::MAX);
            tree.units.push(parents[at].0);
            tree.parents.push(parent);
            tree.places.insert(parents[at].0, place);
            stack.extend(children[at].iter().rev().map(|child| (*child, Some(place))));
        }
        if let Some((unit, _)) = parents.iter().find(|(it, _)| !tree.places.contains_key(it)) {
            return Err(TreeError::Cycle(*unit));
        }
        tree.ends = (1_u32..).take(tree.units.len()).collect();
        for place in (0..tree.units.len()).rev() {
            if let Some(parent) = tree.parents[place] {
                let parent = parent as usize;
                tree.ends[parent] = tree.ends[parent].max(tree.ends[place]);
            }
        }
        Ok(tree)
    }

    /// How many units.
    #[must_use]
    pub fn len(&self) -> usize {
        self.units.len()
    }

    /// Whether there is no unit.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// The units in pre-order.
    #[must_use]
    pub fn units(&self) -> &[UnitId] {
        &self.units
    }

    /// Where a unit stands; `None` if it is not in this tree.
    #[must_use]
    pub fn place(&self, unit: UnitId) -> Option<usize> {
        self.places.get(&unit).map(|it| *it as usize)
    }

    /// The places of a unit and of all that is under it.
    #[must_use]
    pub fn subtree(&self, place: usize) -> Range<usize> {
        place..self.ends[place] as usize
    }

    /// The place of the unit above.
    #[must_use]
    pub fn parent(&self, place: usize) -> Option<usize> {
        self.parents[place].map(|it| it as usize)
    }

    /// The places directly under a unit, in the official order.
    pub fn children(&self, place: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.ends[place] as usize;
        let within = move |it: usize| (it < end).then_some(it);
        std::iter::successors(within(place + 1), move |it| within(self.ends[*it] as usize))
    }

    /// Whether nothing is under it.
    #[must_use]
    pub fn is_leaf(&self, place: usize) -> bool {
        self.ends[place] as usize == place + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(parents: &[(u32, u32)]) -> Result<Tree, TreeError> {
        let parents: Vec<_> = parents
            .iter()
            .map(|(it, of)| (UnitId(*it), (*of > 0).then_some(UnitId(*of))))
            .collect();
        Tree::new(&parents)
    }

    #[test]
    fn what_is_under_a_unit_is_one_stretch() {
        let tree = tree(&[(5, 2), (2, 1), (1, 0), (3, 1), (4, 2), (9, 0)]).unwrap();
        let order: Vec<u32> = tree.units().iter().map(|it| it.0).collect();
        assert_eq!(order, [1, 2, 5, 4, 3, 9]);
        assert_eq!(tree.subtree(tree.place(UnitId(2)).unwrap()), 1..4);
        assert_eq!(tree.children(0).collect::<Vec<_>>(), [1, 4]);
        assert_eq!(tree.parent(2), Some(1));
        assert!(tree.is_leaf(5));
        assert_eq!(tree.children(5).count(), 0);
    }

    #[test]
    fn what_makes_no_tree_is_refused() {
        assert_eq!(tree(&[(1, 0), (1, 0)]), Err(TreeError::Twice(UnitId(1))));
        assert_eq!(tree(&[(1, 7)]), Err(TreeError::UnknownParent(UnitId(1))));
        assert_eq!(tree(&[(1, 2), (2, 1)]), Err(TreeError::Cycle(UnitId(1))));
    }
}
