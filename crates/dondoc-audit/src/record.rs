//! The lines of an export.

use std::borrow::Cow;

use serde::Deserialize;

/// A line of the file.
#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(crate) enum Record<'a> {
    #[serde(rename = "dondoc-audit")]
    Head {
        version: u32,
    },
    Line {
        n: u64,
        #[serde(borrow)]
        actor: Cow<'a, str>,
        #[serde(borrow)]
        verb: Cow<'a, str>,
        #[serde(borrow)]
        object: Cow<'a, str>,
        #[serde(borrow)]
        at: Cow<'a, str>,
        digest: Option<String>,
    },
    Checkpoint(WrittenCheckpoint),
    End {
        lines: u64,
        checkpoints: u64,
        sha256: String,
    },
}

/// A checkpoint as it is written: bytes in hexadecimal digits.
#[derive(Debug, Deserialize)]
pub(crate) struct WrittenCheckpoint {
    pub(crate) n: u64,
    pub(crate) lines: u64,
    pub(crate) root: String,
    pub(crate) at: String,
    pub(crate) previous: String,
    pub(crate) key: String,
    pub(crate) signature: String,
}

/// So many bytes from twice as many hexadecimal digits.
pub(crate) fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digits = text.as_bytes();
    if digits.len() != 2 * N {
        return None;
    }
    let digit = |it: u8| char::from(it).to_digit(16).and_then(|it| u8::try_from(it).ok());
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(bytes)
}
