//! VNI for Windows: a plain letter, then a byte that carries its accents; a few letters are one byte.

use super::latin::Composer;
use dondoc_core::fold;

/// Letters that are one byte, with their byte as the Latin letter that it otherwise is.
pub(crate) const SINGLES: [(char, char); 16] = [
    ('ì', 'ì'),
    ('í', 'í'),
    ('æ', 'ỉ'),
    ('ó', 'ĩ'),
    ('ò', 'ị'),
    ('ô', 'ơ'),
    ('ö', 'ư'),
    ('î', 'ỵ'),
    ('ñ', 'đ'),
    ('Ì', 'Ì'),
    ('Í', 'Í'),
    ('Æ', 'Ỉ'),
    ('Ó', 'Ĩ'),
    ('Ò', 'Ị'),
    ('Ô', 'Ơ'),
    ('Ö', 'Ư'),
];

/// Bytes that put accents on the letter before them, as lower-case Latin letters: a mark of the letter's
/// shape (`\0` for none), then a tone (`\0` for none). Their capitals do the same.
pub(crate) const ACCENTS: [(char, char, char); 16] = [
    ('ø', '\0', '\u{300}'),
    ('ù', '\0', '\u{301}'),
    ('û', '\0', '\u{309}'),
    ('õ', '\0', '\u{303}'),
    ('ï', '\0', '\u{323}'),
    ('ê', '\u{306}', '\0'),
    ('è', '\u{306}', '\u{300}'),
    ('é', '\u{306}', '\u{301}'),
    ('ú', '\u{306}', '\u{309}'),
    ('ü', '\u{306}', '\u{303}'),
    ('ë', '\u{306}', '\u{323}'),
    ('â', '\u{302}', '\0'),
    ('à', '\u{302}', '\u{300}'),
    ('á', '\u{302}', '\u{301}'),
    ('å', '\u{302}', '\u{309}'),
    ('ã', '\u{302}', '\u{303}'),
];

/// The seventeenth accent, kept apart only because of its place in the chart: circumflex and dot.
const CIRCUMFLEX_AND_DOT: (char, char, char) = ('ä', '\u{302}', '\u{323}');

/// Characters that were VNI bytes taken for Latin letters, to Vietnamese.
#[must_use]
pub(crate) fn convert(text: impl Iterator<Item = char>) -> String {
    let mut composer = Composer::default();
    for c in text {
        if c.is_ascii() || !accent(&mut composer, c) {
            composer.push(single(c));
        }
    }
    composer.finish()
}

/// Puts the accents of `c` on the letter before; whether `c` is an accent and there was a letter to take it.
fn accent(composer: &mut Composer, c: char) -> bool {
    let lower = c.to_lowercase().next().unwrap_or(c);
    let found = ACCENTS.iter().chain([&CIRCUMFLEX_AND_DOT]).find(|(byte, ..)| *byte == lower);
    let Some(&(_, shape, tone)) = found else { return false };
    let Some(last) = composer.last().and_then(fold::letter) else { return false };
    let takes_it = match shape {
        // A breve sits on a alone; a circumflex on a, e and o.
        '\u{306}' => last.base == 'a',
        '\u{302}' => matches!(last.base, 'a' | 'e' | 'o'),
        _ => matches!(last.base, 'a' | 'e' | 'o' | 'u' | 'y' | 'ơ' | 'ư' | 'i'),
    };
    // The breve of `ă` and the circumflex of `â` are the same bytes as bare letters elsewhere.
    if !takes_it || last.tone != fold::Tone::Level {
        return false;
    }
    for mark in [shape, tone].into_iter().filter(|mark| *mark != '\0') {
        composer.push(mark);
    }
    true
}

fn single(c: char) -> char {
    match c {
        'Î' => 'Ỵ',
        'Ñ' => 'Đ',
        _ => SINGLES.iter().find(|(byte, _)| *byte == c).map_or(c, |(_, letter)| *letter),
    }
}
