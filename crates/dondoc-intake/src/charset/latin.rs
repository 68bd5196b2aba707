//! What the old encodings share: bytes that a Latin text has too, and marks that belong on the letter before.

use std::collections::HashMap;
use std::sync::LazyLock;

use dondoc_core::fold::{self, Tone};

use super::{Charset, tcvn3, vni};

/// Bytes of an old encoding as text.
#[must_use]
pub(crate) fn decode(bytes: &[u8], charset: Charset) -> String {
    let (latin, _) = match charset {
        Charset::Windows1258 => encoding_rs::WINDOWS_1258.decode_without_bom_handling(bytes),
        _ => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes),
    };
    convert(&latin, charset)
}

/// Characters that are bytes of an old encoding taken for Latin letters, to what they mean.
///
/// A text in a Unicode encoding comes back as it is. Fonts for symbols move the bytes to U+F000: these are
/// taken too.
#[must_use]
pub(crate) fn convert(text: &str, charset: Charset) -> String {
    let latin = text.chars().map(from_symbol_area);
    match charset {
        Charset::Utf8 | Charset::Utf16Le | Charset::Utf16Be => text.to_owned(),
        Charset::Tcvn3 => latin.map(from_tcvn3).fold(Composer::default(), Composer::with).finish(),
        Charset::Vni => vni::convert(latin),
        Charset::Windows1258 => latin.fold(Composer::default(), Composer::with).finish(),
    }
}

/// Whether a byte from 0x80 on is a typographic mark in the code pages of Windows, and no letter.
#[must_use]
pub(crate) fn is_punctuation(byte: u8) -> bool {
    matches!(byte, 0x80 | 0x82 | 0x84..=0x87 | 0x89 | 0x8B | 0x91..=0x97 | 0x99 | 0x9B)
        || matches!(byte, 0xA0..=0xA9 | 0xAB..=0xB4 | 0xB6..=0xB9 | 0xBB..=0xBF | 0xD7 | 0xF7)
}

fn from_symbol_area(c: char) -> char {
    match u32::from(c) {
        code @ 0xF020..=0xF0FF => char::from_u32(code - 0xF000).unwrap_or(c),
        _ => c,
    }
}

fn from_tcvn3(c: char) -> char {
    // U+00AD, the soft hyphen of Latin, is ư.
    u8::try_from(u32::from(c)).ok().and_then(tcvn3::letter).unwrap_or(c)
}

/// A text under construction, in which combining marks join the letter before them where Unicode has the
/// letter composed.
#[derive(Debug, Default)]
pub(crate) struct Composer {
    text: String,
    last: Option<char>,
}

impl Composer {
    /// The last character, which a mark may still change.
    #[must_use]
    pub(crate) fn last(&self) -> Option<char> {
        self.last
    }

    /// Adds a character, or a mark to the last one.
    pub(crate) fn push(&mut self, c: char) {
        let composed = self.last.and_then(|last| compose(last, c));
        if let Some(previous) = self.last.take()
            && composed.is_none()
        {
            self.text.push(previous);
        }
        self.last = Some(composed.unwrap_or(c));
    }

    /// Adds a character, in a fold.
    #[must_use]
    pub(crate) fn with(mut self, c: char) -> Self {
        self.push(c);
        self
    }

    /// The whole text.
    #[must_use]
    pub(crate) fn finish(mut self) -> String {
        self.text.extend(self.last);
        self.text
    }
}

/// The letters with a tone, by their base, their tone and whether they are capitals.
static TONED: LazyLock<HashMap<(char, u8, bool), char>> = LazyLock::new(|| {
    ('\u{C0}'..='\u{1EF9}')
        .filter_map(|c| fold::letter(c).map(|letter| (letter, c)))
        .filter(|(letter, _)| letter.tone != Tone::Level)
        .map(|(letter, c)| ((letter.base, letter.tone as u8, letter.is_capital), c))
        .collect()
});

/// The letter that a letter becomes under a combining mark, in its case.
fn compose(last: char, mark: char) -> Option<char> {
    if !fold::is_mark(mark) {
        return None;
    }
    let letter = fold::letter(last)?;
    let (base, tone) = match fold::tone_of_mark(mark) {
        Some(tone) if letter.tone == Tone::Level => (letter.base, tone),
        Some(_) => return None,
        None => (fold::with_mark(letter.base, mark)?, letter.tone),
    };
    match tone {
        Tone::Level if letter.is_capital => base.to_uppercase().next(),
        Tone::Level => Some(base),
        tone => TONED.get(&(base, tone as u8, letter.is_capital)).copied(),
    }
}
