//! Whether a file stays within bounds, asked before anything is built from it.

use std::io::{self, Cursor, Read, Write};

use dondoc_core::finding::Fault;
use zip::ZipArchive;

use crate::grid::{Limits, biff};

/// The most that all parts of a workbook may unpack to. A form is a hundredth of it.
const MAX_UNPACKED_BYTES: u64 = 64 << 20;

/// The most that the table of styles may unpack to: each of its few bytes becomes a large value.
const MAX_STYLES_BYTES: u64 = 4 << 20;

/// The most parts of a workbook.
const MAX_PARTS: usize = 2_000;

/// The largest `.xls` that is read.
const MAX_XLS_BYTES: usize = 32 << 20;

/// The most cells of all sheets of an `.xls`, blank ones within their reach included: 65,536 rows of 128 columns.
const MAX_XLS_AREA: u64 = 8 << 20;

/// Unpacks every part into nothing, counting: the sizes that an archive states of itself may be lies.
///
/// The fault of a sheet that is too large for its many rows says so.
pub(super) fn check_archive(bytes: &[u8], limits: Limits) -> Result<(), Fault> {
    let broken = |detail: String| Fault::Broken { detail };
    let archive = ZipArchive::new(Cursor::new(bytes));
    let mut archive = archive.map_err(|err| broken(err.to_string()))?;
    if archive.len() > MAX_PARTS {
        return Err(broken(format!("more than {MAX_PARTS} parts")));
    }
    let mut n_left = MAX_UNPACKED_BYTES;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|err| broken(err.to_string()))?;
        let is_styles = part.name().is_ok_and(|it| it.ends_with("styles.xml"));
        let limit = if is_styles { n_left.min(MAX_STYLES_BYTES) } else { n_left };
        let mut count = Count::default();
        io::copy(&mut part.take(limit + 1), &mut count).map_err(|err| broken(err.to_string()))?;
        if count.n_bytes > limit && count.n_rows > limits.rows {
            return Err(Fault::TooManyRows { limit: limits.rows });
        }
        if count.n_bytes > limit {
            return Err(broken(format!("unpacks to more than {} MiB", MAX_UNPACKED_BYTES >> 20)));
        }
        n_left -= count.n_bytes;
    }
    Ok(())
}

/// Counts bytes, and the rows of a sheet but for one where two pieces meet.
#[derive(Default)]
struct Count {
    n_bytes: u64,
    n_rows: u32,
}

impl Write for Count {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        let rows = piece.split(|byte| *byte == b'<').filter(|it| it.starts_with(b"row"));
        self.n_rows = self.n_rows.saturating_add(u32::try_from(rows.count()).unwrap_or(u32::MAX));
        self.n_bytes += u64::try_from(piece.len()).unwrap_or(u64::MAX);
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Bounds an old `.xls` by its size and by how far its sheets reach; the answer is what they hold.
pub(super) fn check_compound(bytes: &[u8]) -> Result<Vec<biff::Sheet>, String> {
    if bytes.len() > MAX_XLS_BYTES {
        return Err(format!("larger than {} MiB", MAX_XLS_BYTES >> 20));
    }
    let sheets = biff::sheets(bytes).ok_or("no workbook in it")?;
    if sheets.iter().map(|it| it.area).sum::<u64>() > MAX_XLS_AREA {
        return Err(format!("its sheets reach over more than {MAX_XLS_AREA} cells"));
    }
    Ok(sheets)
}
