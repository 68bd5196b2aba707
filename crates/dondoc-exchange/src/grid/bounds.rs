//! Whether a file stays within bounds, asked before anything is built from it.

use std::io::{self, Cursor, Read};

use zip::ZipArchive;

/// The most that all parts of a workbook may unpack to. A form is a hundredth of it.
const MAX_UNPACKED_BYTES: u64 = 64 << 20;

/// The most that the table of styles may unpack to: each of its few bytes becomes a large value.
const MAX_STYLES_BYTES: u64 = 4 << 20;

/// The most parts of a workbook.
const MAX_PARTS: usize = 2_000;

/// The largest `.xls` that is read.
const MAX_XLS_BYTES: usize = 32 << 20;

/// Unpacks every part into nothing, counting: the sizes that an archive states of itself may be lies.
pub(super) fn check_archive(bytes: &[u8]) -> Result<(), String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|err| err.to_string())?;
    if archive.len() > MAX_PARTS {
        return Err(format!("more than {MAX_PARTS} parts"));
    }
    let mut n_left = MAX_UNPACKED_BYTES;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|err| err.to_string())?;
        let limit = if part.name().is_ok_and(|it| it.ends_with("styles.xml")) {
            MAX_STYLES_BYTES
        } else {
            n_left
        };
        let limit = limit.min(n_left);
        let n_bytes = io::copy(&mut part.take(limit + 1), &mut io::sink());
        let n_bytes = n_bytes.map_err(|err| err.to_string())?;
        if n_bytes > limit {
            return Err(format!("unpacks to more than {} MiB", MAX_UNPACKED_BYTES >> 20));
        }
        n_left -= n_bytes;
    }
    Ok(())
}

/// Bounds an old `.xls` by its size.
pub(super) fn check_compound(bytes: &[u8]) -> Result<(), String> {
    if bytes.len() > MAX_XLS_BYTES {
        return Err(format!("larger than {} MiB", MAX_XLS_BYTES >> 20));
    }
    Ok(())
}
