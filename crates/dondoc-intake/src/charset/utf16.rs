//! UTF-16, with a byte order mark or without.

use dondoc_core::problem::Problem;

use super::{Charset, Decoded};

/// How many units are looked at to tell whether bytes are UTF-16.
const SAMPLE_UNITS: usize = 4096;

/// Reads UTF-16; `skipped` bytes came before these.
///
/// # Errors
///
/// [`Problem::NulBytes`] for U+0000, [`Problem::Broken`] for half a character.
pub(crate) fn decode(bytes: &[u8], charset: Charset, skipped: u64) -> Result<Decoded, Problem> {
    let broken = |at: usize| Problem::Broken {
        format: "UTF-16".into(),
        detail: format!("byte {}", at as u64 + skipped),
    };
    let (pairs, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(broken(bytes.len() - 1));
    }
    let units = pairs.iter().map(|&pair| unit(pair, charset));
    let mut text = String::with_capacity(bytes.len());
    let mut at = 0;
    for c in char::decode_utf16(units) {
        match c {
            Ok('\0') => return Err(Problem::NulBytes { offset: at as u64 + skipped }),
            Ok(c) => {
                at += 2 * c.len_utf16();
                text.push(c);
            }
            Err(_) => return Err(broken(at)),
        }
    }
    Ok(Decoded { text, charset })
}

/// Whether bytes without a mark are UTF-16, and which.
///
/// A text of any language of Europe or of Viet Nam has a zero, or one of a few other numbers, in nearly all
/// its high bytes, and hardly ever in its low bytes.
#[must_use]
pub(crate) fn guess(bytes: &[u8]) -> Option<Charset> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let sample = &pairs[..pairs.len().min(SAMPLE_UNITS)];
    let n_zero = |at: usize| sample.iter().filter(|pair| pair[at] == 0).count();
    let n_high = |at: usize| {
        sample.iter().filter(|pair| matches!(pair[at], 0 | 1 | 3 | 0x1E | 0x20)).count()
    };
    if !rest.is_empty() || sample.is_empty() {
        return None;
    }
    let fits = |high: usize| {
        let low = 1 - high;
        n_zero(high) * 2 > sample.len()
            && n_high(high) * 100 >= sample.len() * 95
            && n_zero(low) * 20 <= sample.len()
    };
    match (fits(1), fits(0)) {
        (true, false) => Some(Charset::Utf16Le),
        (false, true) => Some(Charset::Utf16Be),
        _ => None,
    }
}

fn unit(pair: [u8; 2], charset: Charset) -> u16 {
    if charset == Charset::Utf16Be { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) }
}
