//! When two Vietnamese spellings are the same word.
//!
//! Three layers, each blinder than the one before:
//!
//! 1. [`letter`]: a character as base letter, tone and case, so that composed and decomposed text are alike;
//! 2. [`syllable_key`]: a syllable without case and without the place of its tone mark (`hoà` = `hòa`);
//! 3. [`bare`]: a text without case, accents or đ, as people type who search in haste (`don doc`).

use std::sync::LazyLock;

/// A tone of Vietnamese, as the mark that writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Tone {
    /// No mark.
    Level = 0,
    /// `à`
    Grave = 1,
    /// `á`
    Acute = 2,
    /// `ả`
    Hook = 3,
    /// `ã`
    Tilde = 4,
    /// `ạ`
    Dot = 5,
}

/// A character taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Lower case, without tone; circumflex, breve, horn and the bar of đ stay.
    pub base: char,
    /// The tone that it carries.
    pub tone: Tone,
    /// Whether it was a capital.
    pub is_capital: bool,
}

/// Lower-case vowels, each with its five toned forms: grave, acute, hook, tilde, dot.
const VOWELS: [(char, [char; 5]); 12] = [
    ('a', ['à', 'á', 'ả', 'ã', 'ạ']),
    ('ă', ['ằ', 'ắ', 'ẳ', 'ẵ', 'ặ']),
    ('â', ['ầ', 'ấ', 'ẩ', 'ẫ', 'ậ']),
    ('e', ['è', 'é', 'ẻ', 'ẽ', 'ẹ']),
    ('ê', ['ề', 'ế', 'ể', 'ễ', 'ệ']),
    ('i', ['ì', 'í', 'ỉ', 'ĩ', 'ị']),
    ('o', ['ò', 'ó', 'ỏ', 'õ', 'ọ']),
    ('ô', ['ồ', 'ố', 'ổ', 'ỗ', 'ộ']),
    ('ơ', ['ờ', 'ớ', 'ở', 'ỡ', 'ợ']),
    ('u', ['ù', 'ú', 'ủ', 'ũ', 'ụ']),
    ('ư', ['ừ', 'ứ', 'ử', 'ữ', 'ự']),
    ('y', ['ỳ', 'ý', 'ỷ', 'ỹ', 'ỵ']),
];

const TONES: [Tone; 5] = [Tone::Grave, Tone::Acute, Tone::Hook, Tone::Tilde, Tone::Dot];

/// Where the table ends: after the block of Vietnamese letters U+1EA0–U+1EF9.
const TABLE_END: usize = 0x1F00;

static TABLE: LazyLock<Letters> = LazyLock::new(|| {
    let mut entries = vec![0; TABLE_END];
    for (entry, code) in entries.iter_mut().zip(0_u32..) {
        if let Some(c) = char::from_u32(code)
            && c.is_alphabetic()
        {
            let lower = c.to_lowercase().next().unwrap_or(c);
            *entry = pack(Letter { base: lower, tone: Tone::Level, is_capital: lower != c });
        }
    }
    for (base, toned) in VOWELS {
        for (lower, tone) in toned.into_iter().zip(TONES) {
            entries[lower as usize] = pack(Letter { base, tone, is_capital: false });
            for upper in lower.to_uppercase() {
                entries[upper as usize] = pack(Letter { base, tone, is_capital: true });
            }
        }
    }
    // The wrong D: `Ð` (eth) stands for `Đ` in many old files.
    entries['Ð' as usize] = pack(Letter { base: 'đ', tone: Tone::Level, is_capital: true });
    Letters { entries }
});

/// All letters of the scripts up to Vietnamese, ready for look-up; get it once for a whole text.
#[derive(Debug)]
pub struct Letters {
    /// A packed [`Letter`] for each code point; 0 for what is no letter.
    entries: Vec<u32>,
}

/// A letter in one number: the base in 21 bits, the tone in three, the case in one.
const fn pack(letter: Letter) -> u32 {
    letter.base as u32 | (letter.tone as u32) << 21 | (letter.is_capital as u32) << 24
}

impl Letters {
    /// The table of this program.
    #[must_use]
    pub fn table() -> &'static Self {
        &TABLE
    }

    /// The letter that a composed character is; `None` if it is none.
    #[inline]
    #[must_use]
    pub fn get(&self, c: char) -> Option<Letter> {
        let Some(entry) = self.entries.get(c as usize) else { return rare_letter(c) };
        if *entry == 0 {
            return None;
        }
        let tone = match entry >> 21 & 7 {
            0 => Tone::Level,
            1 => Tone::Grave,
            2 => Tone::Acute,
            3 => Tone::Hook,
            4 => Tone::Tilde,
            _ => Tone::Dot,
        };
        let base = char::from_u32(entry & 0x1F_FFFF)?;
        Some(Letter { base, tone, is_capital: entry >> 24 != 0 })
    }
}

/// A letter of a script far from Vietnamese.
fn rare_letter(c: char) -> Option<Letter> {
    let lower = c.to_lowercase().next().unwrap_or(c);
    c.is_alphabetic().then_some(Letter { base: lower, tone: Tone::Level, is_capital: lower != c })
}

/// The letter that a composed character is; `None` if it is none.
#[must_use]
pub fn letter(c: char) -> Option<Letter> {
    TABLE.get(c)
}

/// The tone that a combining mark writes.
#[must_use]
pub fn tone_of_mark(c: char) -> Option<Tone> {
    match c {
        '\u{300}' => Some(Tone::Grave),
        '\u{301}' => Some(Tone::Acute),
        '\u{309}' => Some(Tone::Hook),
        '\u{303}' => Some(Tone::Tilde),
        '\u{323}' => Some(Tone::Dot),
        _ => None,
    }
}

/// The letter that `base` becomes under a combining circumflex, breve or horn.
#[must_use]
pub fn with_mark(base: char, mark: char) -> Option<char> {
    Some(match (base, mark) {
        ('a', '\u{302}') => 'â',
        ('a', '\u{306}') => 'ă',
        ('e', '\u{302}') => 'ê',
        ('o', '\u{302}') => 'ô',
        ('o', '\u{31b}') => 'ơ',
        ('u', '\u{31b}') => 'ư',
        _ => return None,
    })
}

/// Whether a character is a combining mark of Vietnamese writing.
#[must_use]
pub fn is_mark(c: char) -> bool {
    matches!(
        c,
        '\u{300}'
            | '\u{301}'
            | '\u{302}'
            | '\u{303}'
            | '\u{306}'
            | '\u{309}'
            | '\u{31b}'
            | '\u{323}'
    )
}

/// A syllable without case and without the place of its tone mark: two spellings of one syllable are equal.
///
/// `Hoà`, `hòa` and the decomposed `hòa` have one key. Stable within a version of Dondoc, not across versions:
/// do not store it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SyllableKey(u64);

impl SyllableKey {
    /// The key as a well-mixed number, for tables of one's own.
    #[inline]
    #[must_use]
    pub fn hash(self) -> u64 {
        self.0
    }
}

/// Collects the [`SyllableKey`] of a syllable, character by character.
#[derive(Clone, Copy, Debug)]
pub struct KeyBuilder {
    hash: u64,
    /// The last letter, which a combining mark may still change; mixed in when the next one comes.
    pending: Option<char>,
    tone: Tone,
}

impl Default for KeyBuilder {
    fn default() -> Self {
        Self::new()
    }
}

impl KeyBuilder {
    /// Nothing added yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { hash: 0xcbf2_9ce4_8422_2325, pending: None, tone: Tone::Level }
    }

    /// Adds a letter.
    #[inline]
    pub const fn push_letter(&mut self, letter: Letter) {
        if let Some(last) = self.pending {
            self.mix(last as u64);
        }
        self.pending = Some(letter.base);
        if !matches!(letter.tone, Tone::Level) {
            self.tone = letter.tone;
        }
    }

    /// Adds a combining mark.
    pub fn push_mark(&mut self, mark: char) {
        if let Some(tone) = tone_of_mark(mark) {
            self.tone = tone;
        } else if let Some(base) = self.pending.and_then(|it| with_mark(it, mark)) {
            self.pending = Some(base);
        }
    }

    /// The key of what was added.
    #[inline]
    #[must_use]
    pub const fn finish(mut self) -> SyllableKey {
        if let Some(last) = self.pending {
            self.mix(last as u64);
        }
        self.mix(self.tone as u64);
        SyllableKey(self.hash)
    }

    /// FNV-1a over whole characters: short inputs, no adversary.
    #[inline]
    const fn mix(&mut self, it: u64) {
        self.hash = (self.hash ^ it).wrapping_mul(0x0000_0100_0000_01b3);
        self.hash ^= self.hash >> 29;
    }
}

/// The key of a word that a rule asks for, made when the program is compiled.
///
/// # Panics
///
/// At compile time, if the word is not one lower-case syllable in composed letters.
///
/// # Example
///
/// ```
/// use dondoc_core::fold::{SyllableKey, syllable_key, word_key};
///
/// const DAY: SyllableKey = word_key("ngày");
/// assert_eq!(DAY, syllable_key("NGÀY"));
/// ```
#[must_use]
pub const fn word_key(word: &str) -> SyllableKey {
    let bytes = word.as_bytes();
    let mut key = KeyBuilder::new();
    let mut at = 0;
    while at < bytes.len() {
        let (code, n_bytes) = match bytes[at] {
            byte if byte < 0x80 => (byte as u32, 1),
            byte if byte < 0xe0 => ((byte as u32 & 0x1f) << 6 | (bytes[at + 1] as u32 & 0x3f), 2),
            byte => (
                (byte as u32 & 0x0f) << 12
                    | (bytes[at + 1] as u32 & 0x3f) << 6
                    | (bytes[at + 2] as u32 & 0x3f),
                3,
            ),
        };
        let Some(c) = char::from_u32(code) else { panic!("a word of a rule is valid text") };
        key.push_letter(lower_letter(c));
        at += n_bytes;
    }
    key.finish()
}

/// A lower-case letter of Vietnamese, taken apart at compile time.
const fn lower_letter(c: char) -> Letter {
    let mut row = 0;
    while row < VOWELS.len() {
        let mut column = 0;
        while column < TONES.len() {
            if VOWELS[row].1[column] == c {
                return Letter { base: VOWELS[row].0, tone: TONES[column], is_capital: false };
            }
            column += 1;
        }
        row += 1;
    }
    assert!(
        !c.is_ascii_uppercase() && c as u32 != ' ' as u32,
        "a word of a rule is one lower-case syllable"
    );
    Letter { base: c, tone: Tone::Level, is_capital: false }
}

/// The key of one syllable.
#[must_use]
pub fn syllable_key(syllable: &str) -> SyllableKey {
    let mut key = KeyBuilder::default();
    for c in syllable.chars() {
        if let Some(letter) = letter(c) {
            key.push_letter(letter);
        } else if is_mark(c) {
            key.push_mark(c);
        }
    }
    key.finish()
}

/// A text without case, accents or đ, for search: `Đôn đốc` becomes `don doc`.
///
/// Runs of anything that is neither letter nor digit become one space; none stand at the ends.
#[must_use]
pub fn bare(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    for c in text.chars() {
        if let Some(letter) = letter(c) {
            bare.push(without_shape(letter.base));
        } else if c.is_numeric() {
            bare.push(c);
        } else if !is_mark(c) && !bare.is_empty() && !bare.ends_with(' ') {
            bare.push(' ');
        }
    }
    bare.truncate(bare.trim_end().len());
    bare
}

/// The plain Latin letter under a Vietnamese one.
#[must_use]
pub fn without_shape(base: char) -> char {
    match base {
        'ă' | 'â' => 'a',
        'ê' => 'e',
        'ô' | 'ơ' => 'o',
        'ư' => 'u',
        'đ' => 'd',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_rules_are_keys_of_texts() {
        for word in ["đến", "ngày", "thuỷ", "quý", "ươm", "ở", "y", "ê"] {
            assert_eq!(word_key(word), syllable_key(word), "{word}");
        }
    }

    #[test]
    fn the_place_of_the_tone_makes_no_difference() {
        assert_eq!(syllable_key("hoà"), syllable_key("Hòa"));
        assert_eq!(syllable_key("Uỷ"), syllable_key("ủy"));
        assert_eq!(syllable_key("thuỷ"), syllable_key("thủy"));
    }

    #[test]
    fn decomposed_text_has_the_same_key() {
        assert_eq!(syllable_key("quo\u{302}\u{301}c"), syllable_key("quốc"));
        assert_eq!(syllable_key("pho\u{300}ng"), syllable_key("phòng"));
        assert_eq!(syllable_key("tu\u{31b}\u{323}"), syllable_key("tự"));
    }

    #[test]
    fn different_tones_are_different_words() {
        let words = ["ma", "mà", "má", "mả", "mã", "mạ", "mâ", "mă"];
        for (i, a) in words.iter().enumerate() {
            for b in &words[i + 1..] {
                assert_ne!(syllable_key(a), syllable_key(b), "{a} {b}");
            }
        }
    }

    #[test]
    fn search_sees_no_accents() {
        assert_eq!(bare("ĐÔN ĐỐC, theo dõi –\u{a0}kiểm tra."), "don doc theo doi kiem tra");
        assert_eq!(bare("Uỷ ban"), bare("Ủy ban"));
    }
}
