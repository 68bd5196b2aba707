//! Keeping everything in one checked file, for a quick start.
//!
//! A head (format, last block, sizes, fingerprints), then a section for each row, in order of series and period,
//! then an end with their number; each closes with its checksum. Totals are not written but added up again: that takes no
//! longer than reading them would. Byte order is little-endian. What does not check is refused whole, and the caller
//! rebuilds from the figures.

mod checksum;
mod section;

use std::io::{Read, Write};

use crate::{
    catalogue::SeriesNo,
    snapshot::{checksum::Checksum, section::Section},
    totals::{PeriodNo, Totals},
};

const MAGIC: [u8; 8] = *b"DDTOTALS";
const FORMAT: u32 = 1;
const HEAD_BYTES: usize = 56;

/// A snapshot cannot be used, or not be written.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// Reading or writing failed; a file that ends too early is one of these.
    #[error("the snapshot cannot be read or written; rebuild it from the figures")]
    Io(#[from] std::io::Error),
    /// Not a snapshot, or one of another format.
    #[error("this is no snapshot of format {FORMAT}; rebuild it from the figures")]
    Format,
    /// Something in it was changed.
    #[error("the snapshot is damaged at row {0}; rebuild it from the figures")]
    Damaged(u32),
    /// It was made over other series, trees or periods.
    #[error(
        "the snapshot belongs to another catalogue or other trees; rebuild it from the figures"
    )]
    Foreign,
}

/// What a snapshot is of; its fingerprints stand for the first so many series, trees and periods, so that
/// one is still good after more were added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Head {
    last_block_id: i64,
    n_series: u32,
    n_epochs: u32,
    n_periods: u32,
    fingerprint: u64,
}

impl Totals {
    /// Writes all figures, as they stand after the block `last_block_id`. Give a buffered writer.
    ///
    /// # Errors
    ///
    /// [`SnapshotError::Io`] of the writer.
    pub fn write_snapshot(
        &self,
        last_block_id: i64,
        out: &mut impl Write,
    ) -> Result<(), SnapshotError> {
        let size = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
        let mut head = Head {
            last_block_id,
            n_series: size(self.catalogue.entries().len()),
            n_epochs: size(self.epochs.len()),
            n_periods: size(self.periods.len()),
            fingerprint: 0,
        };
        head.fingerprint = self.fingerprint(&head).ok_or(SnapshotError::Foreign)?;
        out.write_all(&head.bytes())?;
        let mut buffer = Vec::new();
        let mut n_rows = 0;
        for (shelf, series) in self.shelves.iter().zip(0..) {
            for (row, period) in shelf.iter().zip(0..) {
                if let Some(row) = row {
                    n_rows += 1;
                    section::write(row, [series, period, n_rows], &mut buffer);
                    buffer.extend(sealed(&head, &buffer).to_le_bytes());
                    out.write_all(&buffer)?;
                }
            }
        }
        buffer.clear();
        buffer.extend(section::end(n_rows));
        buffer.extend(sealed(&head, &buffer).to_le_bytes());
        out.write_all(&buffer)?;
        Ok(out.flush()?)
    }

    /// Reads figures into totals that have none yet, over the catalogue, trees and periods that these have; gives
    /// them back with the last block that was in them. More series, trees and periods than then are no hindrance.
    ///
    /// # Errors
    ///
    /// [`SnapshotError`] if anything about it is wrong.
    pub fn read_snapshot(mut self, input: &mut impl Read) -> Result<(Self, i64), SnapshotError> {
        let mut bytes = [0; HEAD_BYTES];
        input.read_exact(&mut bytes)?;
        let head = Head::read(&bytes)?;
        if self.fingerprint(&head) != Some(head.fingerprint) {
            return Err(SnapshotError::Foreign);
        }
        let mut buffer = Vec::new();
        let mut before = None;
        for n_rows in 1.. {
            let damaged = || SnapshotError::Damaged(n_rows);
            let mut lead = [0; section::LEAD_BYTES];
            input.read_exact(&mut lead)?;
            let Some(section) = Section::read(&lead).ok_or_else(damaged)? else {
                check(&head, &lead, input, n_rows)?;
                let is_whole = lead == section::end(n_rows - 1) && input.read(&mut [0])? == 0;
                is_whole.then_some(()).ok_or_else(damaged)?;
                break;
            };
            let (series, period) = (SeriesNo(section.series), PeriodNo(section.period));
            let in_order = before < Some((series, period)) && section.n_rows == n_rows;
            let epoch = self.epoch_of(period).filter(|_| in_order).ok_or_else(damaged)?;
            let entry = self.catalogue.get(series).ok_or_else(damaged)?;
            let n_bytes = section.body_bytes(epoch, entry.is_ratio).ok_or_else(damaged)?;
            buffer.clear();
            buffer.extend(lead);
            buffer.resize(lead.len() + n_bytes, 0);
            input.read_exact(&mut buffer[lead.len()..])?;
            check(&head, &buffer, input, n_rows)?;
            let row = section.row(&buffer[lead.len()..], epoch).ok_or_else(damaged)?;
            self.put_row(series, period, row);
            before = Some((series, period));
        }
        self.count_activity();
        Ok((self, head.last_block_id))
    }

    /// What the first so many series, trees and periods are; `None` if there are fewer.
    fn fingerprint(&self, head: &Head) -> Option<u64> {
        let mut sum = Checksum::new(0);
        for entry in self.catalogue.entries().get(..head.n_series as usize)? {
            sum.text(&entry.series.indicator);
            sum.text(entry.series.option.as_deref().unwrap_or("\0"));
            sum.number(u64::from(entry.is_ratio));
        }
        for epoch in self.epochs.get(..head.n_epochs as usize)? {
            let tree = epoch.tree();
            for (place, unit) in tree.units().iter().enumerate() {
                sum.number(u64::from(unit.0));
                sum.number(tree.parent(place).map_or(u64::MAX, |it| it as u64));
            }
            sum.number(u64::MAX - 1);
        }
        for calendar in self.periods.get(..head.n_periods as usize)? {
            sum.text(&calendar.period.to_string());
            sum.number(u64::from(calendar.epoch.0));
        }
        Some(sum.finish())
    }
}

impl Head {
    fn bytes(&self) -> [u8; HEAD_BYTES] {
        let mut bytes = [0; HEAD_BYTES];
        bytes[..8].copy_from_slice(&MAGIC);
        bytes[8..12].copy_from_slice(&FORMAT.to_le_bytes());
        bytes[12..16].copy_from_slice(&self.n_series.to_le_bytes());
        bytes[16..20].copy_from_slice(&self.n_epochs.to_le_bytes());
        bytes[20..24].copy_from_slice(&self.n_periods.to_le_bytes());
        bytes[24..32].copy_from_slice(&self.last_block_id.to_le_bytes());
        bytes[32..40].copy_from_slice(&self.fingerprint.to_le_bytes());
        let sum = Checksum::of(0, &bytes[..48]);
        bytes[48..].copy_from_slice(&sum.to_le_bytes());
        bytes
    }

    fn read(bytes: &[u8; HEAD_BYTES]) -> Result<Self, SnapshotError> {
        let short = |at: usize| section::short(bytes, at);
        if bytes[..8] != MAGIC || short(8) != FORMAT {
            return Err(SnapshotError::Format);
        }
        let head = Self {
            last_block_id: section::long(bytes, 24).cast_signed(),
            n_series: short(12),
            n_epochs: short(16),
            n_periods: short(20),
            fingerprint: section::long(bytes, 32),
        };
        // Comparing all bytes covers the reserved ones too.
        if head.bytes() == *bytes { Ok(head) } else { Err(SnapshotError::Damaged(0)) }
    }
}

/// A checksum that belongs to this snapshot only, so that sections of two snapshots cannot be mixed.
fn sealed(head: &Head, bytes: &[u8]) -> u64 {
    Checksum::of(head.fingerprint ^ head.last_block_id.cast_unsigned(), bytes)
}

fn check(
    head: &Head,
    bytes: &[u8],
    input: &mut impl Read,
    n_rows: u32,
) -> Result<(), SnapshotError> {
    let mut sum = [0; 8];
    input.read_exact(&mut sum)?;
    let is_right = u64::from_le_bytes(sum) == sealed(head, bytes);
    is_right.then_some(()).ok_or(SnapshotError::Damaged(n_rows))
}
