//! One series in one period: the figures of all units, and the totals of all inner nodes.

use dondoc_core::figure::Content;

use crate::{
    bits::Bits,
    epoch::{Epoch, NONE},
    totals::Stored,
};

/// Figures in the order of the epoch's tree. A place without a number has a zero in every column.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// Values; of ratios, numerators.
    pub(crate) first: Column,
    /// Denominators.
    pub(crate) second: Option<Column>,
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
    /// For each inner node, how many units at and under it have a number.
    pub(crate) n_reported: Box<[u32]>,
}

/// One whole number for each place, and its sum for each inner node.
///
/// Most figures fit 32 bits, and a row of them half the memory; a row is widened when the first does not. Neither kind can
/// overflow: 2^32 units of 32 bits fit 64, of 64 bits 128.
#[derive(Clone, Debug)]
pub(crate) enum Column {
    Narrow { cells: Box<[i32]>, sums: Box<[i64]> },
    Wide { cells: Box<[i64]>, sums: Box<[i128]> },
}

impl Column {
    pub(crate) fn new(epoch: &Epoch) -> Self {
        Self::Narrow {
            cells: vec![0; epoch.n_places()].into(),
            sums: vec![0; epoch.n_inner()].into(),
        }
    }

    pub(crate) fn narrow(cells: Vec<i32>, epoch: &Epoch) -> Self {
        let mut sums = vec![0_i64; epoch.n_inner()];
        for (cell, node) in cells.iter().zip(epoch.first()) {
            if let Some(sum) = sums.get_mut(*node as usize) {
                *sum += i64::from(*cell);
            }
        }
        for (node, above) in epoch.above().iter().enumerate().rev().filter(|it| *it.1 != NONE) {
            sums[*above as usize] += sums[node];
        }
        Self::Narrow { cells: cells.into(), sums: sums.into() }
    }

    pub(crate) fn wide(cells: Vec<i64>, epoch: &Epoch) -> Self {
        let mut sums = vec![0_i128; epoch.n_inner()];
        for (cell, node) in cells.iter().zip(epoch.first()) {
            if let Some(sum) = sums.get_mut(*node as usize) {
                *sum += i128::from(*cell);
            }
        }
        for (node, above) in epoch.above().iter().enumerate().rev().filter(|it| *it.1 != NONE) {
            sums[*above as usize] += sums[node];
        }
        Self::Wide { cells: cells.into(), sums: sums.into() }
    }

    #[inline]
    pub(crate) fn cell(&self, place: usize) -> i64 {
        match self {
            Self::Narrow { cells, .. } => i64::from(cells[place]),
            Self::Wide { cells, .. } => cells[place],
        }
    }

    /// The total of an inner node, its own figure included.
    #[inline]
    pub(crate) fn sum(&self, node: usize) -> i128 {
        match self {
            Self::Narrow { sums, .. } => i128::from(sums[node]),
            Self::Wide { sums, .. } => sums[node],
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

    fn put(&mut self, place: usize, value: i64, epoch: &Epoch) {
        if let Self::Narrow { cells, .. } = self
            && i32::try_from(value).is_err()
        {
            *self = Self::wide(cells.iter().map(|it| i64::from(*it)).collect(), epoch);
        }
        match self {
            Self::Narrow { cells, sums } => {
                let Ok(value) = i32::try_from(value) else { return };
                let more = i64::from(value) - i64::from(cells[place]);
                cells[place] = value;
                for node in epoch.nodes_above(place) {
                    sums[node] += more;
                }
            }
            Self::Wide { cells, sums } => {
                let more = i128::from(value) - i128::from(cells[place]);
                cells[place] = value;
                for node in epoch.nodes_above(place) {
                    sums[node] += more;
                }
            }
        }
    }
}

impl Row {
    pub(crate) fn new(epoch: &Epoch, is_ratio: bool) -> Self {
        Self {
            first: Column::new(epoch),
            second: is_ratio.then(|| Column::new(epoch)),
            reported: Bits::default(),
            nil: Bits::default(),
            no_figure: Bits::default(),
            estimated: Bits::default(),
            inexact: Bits::default(),
            n_reported: vec![0; epoch.n_inner()].into(),
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
        self.first.put(place, first, epoch);
        if let Some(column) = &mut self.second {
            column.put(place, second, epoch);
        }
        let n = epoch.n_places();
        let has_number = !matches!(content, None | Some(Content::NoFigure));
        if self.reported.put(place, n, has_number) {
            for node in epoch.nodes_above(place) {
                let count = &mut self.n_reported[node];
                *count = if has_number { *count + 1 } else { *count - 1 };
            }
        }
        self.nil.put(place, n, content == Some(Content::Nil));
        self.no_figure.put(place, n, content == Some(Content::NoFigure));
        self.estimated.put(place, n, has_number && stored.is_some_and(|it| it.is_estimate));
        self.inexact.put(place, n, has_number && stored.is_some_and(|it| it.is_inexact));
    }

    /// Counts anew how many have a number at and under each inner node.
    pub(crate) fn recount(&mut self, epoch: &Epoch) {
        let mut counts = vec![0_u32; epoch.n_inner()];
        for place in self.reported.places(0..epoch.n_places()) {
            if let Some(count) = counts.get_mut(epoch.first()[place] as usize) {
                *count += 1;
            }
        }
        for (node, above) in epoch.above().iter().enumerate().rev().filter(|it| *it.1 != NONE) {
            counts[*above as usize] += counts[node];
        }
        self.n_reported = counts.into();
    }
}
