//! Bytes of a plain text to characters, in the encodings that Vietnamese offices have used.
//!
//! What is valid UTF-8 is taken as it is, so that spans count in the file's own text. What is not is decoded as
//! each of the old encodings, and the one in which most words are Vietnamese syllables wins; if in none of them
//! they are, the bytes are refused rather than guessed at.

pub(crate) mod latin;
pub(crate) mod syllable;
pub(crate) mod tcvn3;
pub(crate) mod utf16;
pub(crate) mod vni;

use dondoc_core::problem::Problem;

use crate::container::LIMIT_BYTES;

/// How many bytes of a text are looked at to tell which old encoding it has.
const SAMPLE_BYTES: usize = 256 * 1024;

/// The share of words that must be Vietnamese syllables before a text counts as read: 7 in 10.
const ENOUGH_IN_TEN: usize = 7;

/// How the characters of a text were written as bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charset {
    /// Unicode, one to four bytes a character.
    Utf8,
    /// Unicode, two bytes a unit, low byte first.
    Utf16Le,
    /// Unicode, two bytes a unit, high byte first.
    Utf16Be,
    /// TCVN 5712:1993 VN3, the encoding of the ABC fonts (`.VnTime`).
    Tcvn3,
    /// Two bytes a toned letter, the encoding of the fonts called `VNI-…`.
    Vni,
    /// Windows code page 1258, tones as marks of their own.
    Windows1258,
}

impl Charset {
    /// What is added to the name of a format: `/tcvn3`; nothing for UTF-8.
    #[must_use]
    pub fn suffix(self) -> &'static str {
        match self {
            Charset::Utf8 => "",
            Charset::Utf16Le => "/utf-16le",
            Charset::Utf16Be => "/utf-16be",
            Charset::Tcvn3 => "/tcvn3",
            Charset::Vni => "/vni",
            Charset::Windows1258 => "/windows-1258",
        }
    }
}

/// A text with the encoding that it was found to have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text; a byte order mark is not part of it.
    pub text: String,
    /// What it was written in.
    pub charset: Charset,
}

/// Reads the bytes of a plain text.
///
/// # Errors
///
/// - [`Problem::TooLarge`] over [`LIMIT_BYTES`];
/// - [`Problem::Empty`] without any character but white space;
/// - [`Problem::NulBytes`] where a NUL shows that it is no text;
/// - [`Problem::Broken`] for half a character in UTF-16;
/// - [`Problem::MixedEncoding`] where the bytes fit no encoding throughout.
pub fn decode(bytes: &[u8]) -> Result<Decoded, Problem> {
    if bytes.len() as u64 > LIMIT_BYTES {
        return Err(Problem::TooLarge { size_bytes: bytes.len() as u64, limit_bytes: LIMIT_BYTES });
    }
    let decoded = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => decode_bytewise(rest, 3)?,
        [0xFF, 0xFE, rest @ ..] => utf16::decode(rest, Charset::Utf16Le, 2)?,
        [0xFE, 0xFF, rest @ ..] => utf16::decode(rest, Charset::Utf16Be, 2)?,
        _ => match utf16::guess(bytes) {
            Some(charset) => utf16::decode(bytes, charset, 0)?,
            None => decode_bytewise(bytes, 0)?,
        },
    };
    if decoded.text.trim().is_empty() {
        return Err(Problem::Empty);
    }
    Ok(decoded)
}

/// Reads an encoding of single bytes; `skipped` bytes came before these.
fn decode_bytewise(bytes: &[u8], skipped: u64) -> Result<Decoded, Problem> {
    if let Some(at) = memchr::memchr(0, bytes) {
        return Err(Problem::NulBytes { offset: at as u64 + skipped });
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(reread_mojibake(text)
            .unwrap_or_else(|| Decoded { text: text.to_owned(), charset: Charset::Utf8 })),
        Err(error) => {
            let mixed = || Problem::MixedEncoding { offset: error.valid_up_to() as u64 + skipped };
            // A mark at the start promised UTF-8.
            if skipped > 0 || mostly_utf8(bytes) {
                return Err(mixed());
            }
            let charset = old_charset(bytes).ok_or_else(mixed)?;
            Ok(Decoded { text: latin::decode(bytes, charset), charset })
        }
    }
}

/// Whether bytes that are not all UTF-8 hold so many characters of it that it can't be chance.
///
/// A vowel and a closing quotation mark of an old encoding look like one of them now and then, but like a
/// Vietnamese letter hardly ever.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut n_characters, mut n_letters, mut n_strays) = (0_usize, 0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars().filter(|c| !c.is_ascii()) {
            n_characters += 1;
            n_letters += usize::from(syllable::is_only_vietnamese(c));
        }
        n_strays += chunk.invalid().len();
    }
    n_characters * 20 > n_strays || n_letters >= 3
}

/// The old encoding in which most words are Vietnamese; `None` if that holds for none.
fn old_charset(bytes: &[u8]) -> Option<Charset> {
    let sample = sample_of(bytes);
    let candidates = [Charset::Tcvn3, Charset::Vni, Charset::Windows1258];
    let best = candidates
        .into_iter()
        .map(|charset| (syllable::census(&latin::decode(sample, charset)), charset))
        .max_by_key(|(census, _)| census.share_in_ten_thousand());
    match best {
        Some((census, charset)) if census.n_words > 0 => {
            (census.n_syllables * 10 >= census.n_words * ENOUGH_IN_TEN).then_some(charset)
        }
        // Nothing but typographic marks, as in an English text from Windows.
        _ => sample
            .iter()
            .filter(|byte| !byte.is_ascii())
            .all(|&byte| latin::is_punctuation(byte))
            .then_some(Charset::Windows1258),
    }
}

/// A UTF-8 text all of whose Vietnamese is TCVN3 or VNI that was taken for Latin: `Uû ban nh©n d©n`.
///
/// Only if there is no letter of real Vietnamese in it, and many words become right.
fn reread_mojibake(text: &str) -> Option<Decoded> {
    let sample = &text[..floor_boundary(text, SAMPLE_BYTES)];
    if sample.is_ascii() || text.chars().any(syllable::is_only_vietnamese) {
        return None;
    }
    let before = syllable::census(sample);
    let (census, charset) = [Charset::Tcvn3, Charset::Vni]
        .into_iter()
        .map(|charset| (syllable::census(&latin::convert(sample, charset)), charset))
        .max_by_key(|(census, _)| census.share_in_ten_thousand())?;
    let is_convincing = census.n_syllables >= 8
        && census.n_syllables * 10 >= census.n_words * 9
        && before.share_in_ten_thousand() < 5_000;
    is_convincing.then(|| Decoded { text: latin::convert(text, charset), charset })
}

/// The first bytes, up to a limit, that hold anything but ASCII, and what follows them.
fn sample_of(bytes: &[u8]) -> &[u8] {
    let first = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    // Back to the start of its word.
    let from = bytes[..first].iter().rposition(u8::is_ascii_whitespace).unwrap_or(0);
    &bytes[from..bytes.len().min(from + SAMPLE_BYTES)]
}

/// The last boundary between characters at or before `at`.
fn floor_boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

#[cfg(test)]
mod tests;
