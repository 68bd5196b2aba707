//! OLE2 compound files, only as far as needed to tell what is in one.

use memchr::memmem;

/// The first eight bytes of every compound file.
pub(crate) const SIGNATURE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// The length of an entry of the directory; entries lie at multiples of it.
const ENTRY_BYTES: usize = 128;

/// Where an entry of the directory says at which sector its stream begins.
const START_SECTOR_AT: usize = 116;

/// What a compound file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    /// A document of Word.
    Word,
    /// A document of Word with a password.
    EncryptedWord,
    /// A newer document, workbook or presentation with a password.
    EncryptedPackage,
    /// Another of the programs that use the format; its name.
    Other(&'static str),
}

/// Looks at the names of the streams.
#[must_use]
pub(crate) fn content(bytes: &[u8]) -> Content {
    if entry(bytes, "EncryptedPackage").is_some() {
        return Content::EncryptedPackage;
    }
    if let Some(entry) = entry(bytes, "WordDocument") {
        let is_encrypted = is_word_encrypted(bytes, entry).unwrap_or(false);
        return if is_encrypted { Content::EncryptedWord } else { Content::Word };
    }
    let others = [
        ("Workbook", "Excel .xls"),
        ("Book", "Excel .xls"),
        ("PowerPoint Document", "PowerPoint .ppt"),
        ("__properties_version1.0", "Outlook .msg"),
    ];
    let found = others.into_iter().find(|(stream, _)| entry(bytes, stream).is_some());
    Content::Other(found.map_or("OLE2", |(_, name)| name))
}

/// The directory entry of a stream, by its name.
fn entry<'a>(bytes: &'a [u8], name: &str) -> Option<&'a [u8]> {
    let mut needle: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    needle.extend([0, 0]);
    memmem::find_iter(bytes, &needle)
        .filter(|at| at % ENTRY_BYTES == 0)
        .find_map(|at| bytes.get(at..at + ENTRY_BYTES))
}

/// The bit `fEncrypted` of the file information block that a `WordDocument` stream begins with ([MS-DOC] 2.5.2).
fn is_word_encrypted(bytes: &[u8], entry: &[u8]) -> Option<bool> {
    let sector_bytes: usize = if bytes.get(30)? == &12 { 4096 } else { 512 };
    let start = entry.get(START_SECTOR_AT..START_SECTOR_AT + 4)?;
    let start = usize::try_from(u32::from_le_bytes(start.try_into().ok()?)).ok()?;
    let at = start.checked_add(1)?.checked_mul(sector_bytes)?;
    let flags = bytes.get(at..)?.get(10..12)?;
    Some(flags[1] & 1 == 1)
}
