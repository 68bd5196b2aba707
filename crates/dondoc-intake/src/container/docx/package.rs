//! The archive that a document of Word is, unpacked part by part within limits.

use std::io::{Cursor, Read};

use dondoc_core::problem::Problem;
use memchr::memmem;
use zip::ZipArchive;
use zip::result::ZipError;

use super::broken;
use crate::container::{LIMIT_BYTES, LIMIT_ENTRIES};

/// What every entry of the directory of an archive begins with.
const DIRECTORY_ENTRY: &[u8] = b"PK\x01\x02";

/// How many times its size a whole archive may say that it unpacks to, pictures and all.
const MOST_TIMES: u128 = 100;

/// An archive, and how much of it may still be unpacked.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    left_bytes: u64,
}

impl<'a> Package<'a> {
    /// Opens an archive.
    ///
    /// # Errors
    ///
    /// [`Problem::TooManyEntries`], [`Problem::UnpacksTooLarge`] for what its directory says, or
    /// [`Problem::Broken`].
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Problem> {
        // Counted before the directory is read, which costs memory for each.
        let most = usize::try_from(LIMIT_ENTRIES).unwrap_or(usize::MAX);
        if memmem::find_iter(bytes, DIRECTORY_ENTRY).nth(most).is_some() {
            return Err(Problem::TooManyEntries { limit: LIMIT_ENTRIES });
        }
        let archive =
            ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error.to_string()))?;
        let unpacked = archive.decompressed_size().unwrap_or_default();
        if unpacked > u128::from(LIMIT_BYTES) && unpacked > bytes.len() as u128 * MOST_TIMES {
            return Err(Problem::UnpacksTooLarge { limit_bytes: LIMIT_BYTES });
        }
        Ok(Self { archive, left_bytes: LIMIT_BYTES })
    }

    /// The text of a part; `None` if there is none of that name.
    ///
    /// # Errors
    ///
    /// [`Problem::UnpacksTooLarge`] where all parts together get too large, whatever the directory says;
    /// [`Problem::Encrypted`], [`Problem::Broken`].
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, Problem> {
        let entry = match self.archive.by_name(name) {
            Ok(entry) => entry,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::InvalidPassword) => return Err(Problem::Encrypted),
            Err(error) if error.to_string().contains("assword") => return Err(Problem::Encrypted),
            Err(error) => return Err(broken(&format!("{name}: {error}"))),
        };
        let mut bytes = Vec::new();
        let read = entry.take(self.left_bytes + 1).read_to_end(&mut bytes);
        let n_bytes = bytes.len() as u64;
        self.left_bytes = self
            .left_bytes
            .checked_sub(n_bytes)
            .ok_or(Problem::UnpacksTooLarge { limit_bytes: LIMIT_BYTES })?;
        read.map_err(|error| broken(&format!("{name}: {error}")))?;
        decoded(bytes).map(Some).map_err(|at| broken(&format!("{name}: byte {at}")))
    }
}

/// XML is UTF-8 or, with a mark, UTF-16. The error is the place of the first wrong byte.
fn decoded(bytes: Vec<u8>) -> Result<String, usize> {
    let utf16 = match bytes.as_slice() {
        [0xEF, 0xBB, 0xBF, rest @ ..] => {
            return std::str::from_utf8(rest)
                .map(str::to_owned)
                .map_err(|error| error.valid_up_to() + 3);
        }
        [0xFF, 0xFE, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest),
        [0xFE, 0xFF, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest),
        _ => return String::from_utf8(bytes).map_err(|error| error.utf8_error().valid_up_to()),
    };
    Ok(utf16.0.into_owned())
}
