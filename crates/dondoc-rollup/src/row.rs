//! One series in one period: the figures of all units, and the totals of all inner nodes.

use dondoc_core::figure::Content;

use crate::{
    bits::Bits,
    epoch::{Epoch, NONE},
    totals::{Stored, Top},
};

/// Figures in the order of the epoch's tree. A place without a number has a zero in every column.
///
/// What totals are looked up by stands first, so that it lies in one line of the cache.
#[derive(Clone, Debug)]
#[repr(C)]
pub(crate) struct Row {
    /// Values; of ratios, numerators.
    pub(crate) first: Column,
    /// Denominators.
    pub(crate) second: Option<Box<Column>>,
    /// Who has a number: a value, a ratio, or nil.
    pub(crate) reported: Bits,
    /// Of those: nothing occurred.
    pub(crate) nil: Bits,
    /// Who has said that there is no figure; never one of `reported`.
    pub(crate) no_figure: Bits,
    /// Of those with a number: an estimate.
    pub(crate) estimated: Bits,
    /// Of those with a number: meant as about, at least, at most …
    pub(crate) inexact: Bits,
}

/// One whole number for each place, and its sum for each inner node.
///
/// Most figures fit 32 bits, and a row of them half the memory; a row is widened when the first does not. Neither kind can
/// overflow: 2^32 units of 32 bits fit 64, of 64 bits 128.
#[derive(Clone, Debug)]
pub(crate) enum Column {
    Narrow { nodes: Box<[Node<i64>]>, cells: Box<[i32]> },
    Wide { nodes: Box<[Node<i128>]>, cells: Box<[i64]> },
}

/// The total of an inner node, its own figure included.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Node<T> {
    pub(crate) sum: T,
    /// How many units at and under it have a number; kept in the first column only.
    pub(crate) n_reported: u32,
}

impl Column {
    pub(crate) fn new(epoch: &Epoch) -> Self {
        let nodes = vec![Node::default(); epoch.n_inner()].into();
        Self::Narrow { nodes, cells: vec![0; epoch.n_places()].into() }
    }

    pub(crate) fn narrow(cells: Vec<i32>, epoch: &Epoch) -> Self {
        Self::Narrow { nodes: nodes(&cells, epoch), cells: cells.into() }
    }

    pub(crate) fn wide(cells: Vec<i64>, epoch: &Epoch) -> Self {
        Self::Wide { nodes: nodes(&cells, epoch), cells: cells.into() }
    }

    #[inline]
    pub(crate) fn cell(&self, place: usize) -> i64 {
        match self {
            Self::Narrow { cells, .. } => i64::from(cells[place]),
            Self::Wide { cells, .. } => cells[place],
        }
    }

    #[inline]
    pub(crate) fn node(&self, node: usize) -> Node<i128> {
        match self {
            Self::Narrow { nodes, .. } => nodes[node].widened(),
            Self::Wide { nodes, .. } => nodes[node],
        }
    }

    /// The sum of a stretch of places, without the help of the stored totals.
    pub(crate) fn sum_of(&self, stretch: std::ops::Range<usize>) -> i128 {
        match self {
            Self::Narrow { cells, .. } => {
                i128::from(cells[stretch].iter().map(|it| i64::from(*it)).sum::<i64>())
            }
            Self::Wide { cells, .. } => cells[stretch].iter().map(|it| i128::from(*it)).sum(),
        }
    }

    /// Puts a number in a place, and so many more (or less) units with a number in the counts above it.
    fn put(&mut self, place: usize, value: i64, more_reported: i32, epoch: &Epoch) {
        if let Self::Narrow { cells, nodes } = self
            && i32::try_from(value).is_err()
        {
            let cells = cells.iter().map(|it| i64::from(*it)).collect();
            *self = Self::Wide { cells, nodes: nodes.iter().map(|it| it.widened()).collect() };
        }
        match self {
            Self::Narrow { cells, nodes } => {
                let Ok(value) = i32::try_from(value) else { return };
                let more = i64::from(value) - i64::from(cells[place]);
                cells[place] = value;
                for node in epoch.nodes_above(place) {
                    let node = &mut nodes[node];
                    node.sum += more;
                    node.n_reported = node.n_reported.wrapping_add_signed(more_reported);
                }
            }
            Self::Wide { cells, nodes } => {
                let more = i128::from(value) - i128::from(cells[place]);
                cells[place] = value;
                for node in epoch.nodes_above(place) {
                    let node = &mut nodes[node];
                    node.sum += more;
                    node.n_reported = node.n_reported.wrapping_add_signed(more_reported);
                }
            }
        }
    }

    /// Counts anew how many have a number at and under each inner node.
    fn recount(&mut self, reported: &Bits, epoch: &Epoch) {
        let mut counts = vec![0_u32; epoch.n_inner()];
        for place in reported.places(0..epoch.n_places()) {
            if let Some(count) = counts.get_mut(epoch.first()[place] as usize) {
                *count += 1;
            }
        }
        for (node, above) in epoch.above().iter().enumerate().rev().filter(|it| *it.1 != NONE) {
            counts[*above as usize] += counts[node];
        }
        match self {
            Self::Narrow { nodes, .. } => {
                nodes.iter_mut().zip(counts).for_each(|(node, n)| node.n_reported = n);
            }
            Self::Wide { nodes, .. } => {
                nodes.iter_mut().zip(counts).for_each(|(node, n)| node.n_reported = n);
            }
        }
    }
}

impl Node<i64> {
    fn widened(self) -> Node<i128> {
        Node { sum: i128::from(self.sum), n_reported: self.n_reported }
    }
}

/// The totals of all inner nodes: each figure into the lowest, then each node into the one above.
fn nodes<T, C>(cells: &[C], epoch: &Epoch) -> Box<[Node<T>]>
where
    T: Copy + Default + std::ops::AddAssign + From<C>,
    C: Copy,
{
    let mut nodes = vec![Node::<T>::default(); epoch.n_inner()];
    for (cell, node) in cells.iter().zip(epoch.first()) {
        if let Some(node) = nodes.get_mut(*node as usize) {
            node.sum += T::from(*cell);
        }
    }
    for (node, above) in epoch.above().iter().enumerate().rev().filter(|it| *it.1 != NONE) {
        let sum = nodes[node].sum;
        nodes[*above as usize].sum += sum;
    }
    nodes.into()
}

impl Row {
    pub(crate) fn new(epoch: &Epoch, is_ratio: bool) -> Self {
        Self {
            first: Column::new(epoch),
            second: is_ratio.then(|| Box::new(Column::new(epoch))),
            reported: Bits::default(),
            nil: Bits::default(),
            no_figure: Bits::default(),
            estimated: Bits::default(),
            inexact: Bits::default(),
        }
    }

    /// Whether anything at all is stored for a place.
    pub(crate) fn is_stored(&self, place: usize) -> bool {
        self.reported.contains(place) || self.no_figure.contains(place)
    }

    pub(crate) fn stored(&self, place: usize) -> Option<Stored> {
        let content = if self.no_figure.contains(place) {
            Content::NoFigure
        } else if !self.reported.contains(place) {
            return None;
        } else if self.nil.contains(place) {
            Content::Nil
        } else if let Some(second) = &self.second {
            Content::Ratio { numerator: self.first.cell(place), denominator: second.cell(place) }
        } else {
            Content::Value(self.first.cell(place))
        };
        let (is_estimate, is_inexact) =
            (self.estimated.contains(place), self.inexact.contains(place));
        Some(Stored { content, is_estimate, is_inexact })
    }

    /// Puts a figure in the place of the one before; its content must fit the row (a ratio where there are two columns).
    pub(crate) fn put(&mut self, place: usize, stored: Option<Stored>, epoch: &Epoch) {
        let content = stored.map(|it| it.content);
        let (first, second) = match content {
            Some(Content::Value(value)) => (value, 0),
            Some(Content::Ratio { numerator, denominator }) => (numerator, denominator),
            Some(Content::Nil | Content::NoFigure) | None => (0, 0),
        };
        let n = epoch.n_places();
        let has_number = !matches!(content, None | Some(Content::NoFigure));
        let more_reported = match self.reported.put(place, n, has_number) {
            false => 0,
            true if has_number => 1,
            true => -1,
        };
        self.first.put(place, first, more_reported, epoch);
        if let Some(column) = &mut self.second {
            column.put(place, second, 0, epoch);
        }
        self.nil.put(place, n, content == Some(Content::Nil));
        self.no_figure.put(place, n, content == Some(Content::NoFigure));
        self.estimated.put(place, n, has_number && stored.is_some_and(|it| it.is_estimate));
        self.inexact.put(place, n, has_number && stored.is_some_and(|it| it.is_inexact));
    }

    /// The total of the first root, if it is a plain number with units under it.
    pub(crate) fn top(&self) -> Top {
        let sum = match &self.first {
            Column::Narrow { nodes, .. } => nodes.first().map(|it| (Some(it.sum), it.n_reported)),
            Column::Wide { nodes, .. } => {
                nodes.first().map(|it| (i64::try_from(it.sum).ok(), it.n_reported))
            }
        };
        match sum {
            Some((Some(_), 0)) => Top::Nothing,
            Some((Some(sum), _)) if self.second.is_none() => Top::Sum(sum),
            _ => Top::InRow,
        }
    }

    /// Counts anew how many have a number.
    pub(crate) fn recount(&mut self, epoch: &Epoch) {
        self.first.recount(&self.reported, epoch);
    }
}
