//! One row in a snapshot: what it is, its bit sets, its columns.

use crate::{
    bits::Bits,
    epoch::Epoch,
    row::{Column, Row},
};

/// Series, period, number of the row, flags: 4 bytes each.
pub(super) const LEAD_BYTES: usize = 16;

/// The series of the section that closes a snapshot.
const END: u32 = u32::MAX;

/// Flags: which bit sets follow, and what kind the columns are.
const N_SETS: usize = 5;
const WIDE_FIRST: u32 = 1 << N_SETS;
const HAS_SECOND: u32 = 2 << N_SETS;
const WIDE_SECOND: u32 = 4 << N_SETS;

pub(super) struct Section {
    pub(super) series: u32,
    pub(super) period: u32,
    pub(super) n_rows: u32,
    flags: u32,
}

/// Puts a row into an emptied buffer: `[series, period, number of the row]`, then what it has.
pub(super) fn write(row: &Row, [series, period, n_rows]: [u32; 3], buffer: &mut Vec<u8>) {
    buffer.clear();
    let sets = [&row.reported, &row.nil, &row.no_figure, &row.estimated, &row.inexact];
    let mut flags = 0;
    for (at, set) in sets.into_iter().enumerate() {
        flags |= u32::from(!set.words().is_empty()) << at;
    }
    let is_wide = |it: &Column| matches!(it, Column::Wide { .. });
    flags |= if is_wide(&row.first) { WIDE_FIRST } else { 0 };
    if let Some(second) = &row.second {
        flags |= HAS_SECOND | if is_wide(second) { WIDE_SECOND } else { 0 };
    }
    for part in [series, period, n_rows, flags] {
        buffer.extend(part.to_le_bytes());
    }
    for word in sets.into_iter().flat_map(Bits::words) {
        buffer.extend(word.to_le_bytes());
    }
    for column in std::iter::once(&row.first).chain(row.second.as_deref()) {
        match column {
            Column::Narrow { cells, .. } => {
                buffer.extend(cells.iter().flat_map(|it| it.to_le_bytes()));
            }
            Column::Wide { cells, .. } => {
                buffer.extend(cells.iter().flat_map(|it| it.to_le_bytes()));
            }
        }
    }
}

/// The section that closes a snapshot of so many rows.
pub(super) fn end(n_rows: u32) -> [u8; LEAD_BYTES] {
    let mut bytes = [0; LEAD_BYTES];
    bytes[..4].copy_from_slice(&END.to_le_bytes());
    bytes[8..12].copy_from_slice(&n_rows.to_le_bytes());
    bytes
}

impl Section {
    /// `None` for flags that mean nothing, `Some(None)` for the end.
    pub(super) fn read(lead: &[u8; LEAD_BYTES]) -> Option<Option<Self>> {
        let [series, period, n_rows, flags] = [0, 4, 8, 12].map(|at| short(lead, at));
        if series == END {
            return Some(None);
        }
        let section = Self { series, period, n_rows, flags };
        (flags < WIDE_SECOND << 1).then_some(Some(section))
    }

    /// How many bytes follow; `None` if the columns are not those of the series.
    pub(super) fn body_bytes(&self, epoch: &Epoch, is_ratio: bool) -> Option<usize> {
        let has_second = self.flags & HAS_SECOND != 0;
        if has_second != is_ratio || !has_second && self.flags & WIDE_SECOND != 0 {
            return None;
        }
        let n_sets = (self.flags & (WIDE_FIRST - 1)).count_ones() as usize;
        let cell = |wide: u32| if self.flags & wide != 0 { 8 } else { 4 };
        let cells = cell(WIDE_FIRST) + if has_second { cell(WIDE_SECOND) } else { 0 };
        Some(n_sets * set_bytes(epoch) + cells * epoch.n_places())
    }

    /// The row that the bytes are of, with its totals added up.
    pub(super) fn row(&self, mut bytes: &[u8], epoch: &Epoch) -> Option<Row> {
        let mut sets = [const { None }; N_SETS];
        for (at, set) in sets.iter_mut().enumerate() {
            let is_there = self.flags >> at & 1 == 1;
            let (words, rest) =
                bytes.split_at_checked(if is_there { set_bytes(epoch) } else { 0 })?;
            let words = words.as_chunks::<8>().0.iter().map(|it| u64::from_le_bytes(*it));
            *set = Some(Bits::from_words(words.collect()));
            bytes = rest;
        }
        let mut column = |wide: u32| {
            let is_wide = self.flags & wide != 0;
            let n_bytes = epoch.n_places() * if is_wide { 8 } else { 4 };
            let (cells, rest) = bytes.split_at_checked(n_bytes)?;
            bytes = rest;
            Some(if is_wide {
                let cells = cells.as_chunks::<8>().0.iter().map(|it| i64::from_le_bytes(*it));
                Column::wide(cells.collect(), epoch)
            } else {
                let cells = cells.as_chunks::<4>().0.iter().map(|it| i32::from_le_bytes(*it));
                Column::narrow(cells.collect(), epoch)
            })
        };
        let first = column(WIDE_FIRST)?;
        let second =
            if self.flags & HAS_SECOND != 0 { Some(Box::new(column(WIDE_SECOND)?)) } else { None };
        let [reported, nil, no_figure, estimated, inexact] = sets.map(Option::unwrap_or_default);
        let mut row = Row { first, second, reported, nil, no_figure, estimated, inexact };
        row.recount(epoch);
        Some(row)
    }
}

fn set_bytes(epoch: &Epoch) -> usize {
    epoch.n_places().div_ceil(64) * 8
}

/// The four bytes at a place, which has to be within.
pub(super) fn short(bytes: &[u8], at: usize) -> u32 {
    let mut word = [0; 4];
    word.copy_from_slice(&bytes[at..at + 4]);
    u32::from_le_bytes(word)
}

/// The eight bytes at a place, which has to be within.
pub(super) fn long(bytes: &[u8], at: usize) -> u64 {
    let mut word = [0; 8];
    word.copy_from_slice(&bytes[at..at + 8]);
    u64::from_le_bytes(word)
}
