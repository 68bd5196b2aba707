//! TCVN 5712:1993, the upper half of its code chart.
//!
//! Only VN3, the common part, has fonts in use (ABC: `.VnTime`); its capitals with accents are a matter of the
//! font (`.VnTimeH`). The capitals that the wider VN1 puts into the gaps are in the table all the same: nothing
//! else can be meant by those bytes.

/// The first byte of [`LETTERS`].
pub(crate) const FIRST: u8 = 0xA1;

/// The letters from 0xA1 to 0xFF. At 0xB0–0xB4 are the five tones as marks of their own.
pub(crate) const LETTERS: [char; 95] = [
    // A1
    'Ă', 'Â', 'Ê', 'Ô', 'Ơ', 'Ư', 'Đ', 'ă', 'â', 'ê', 'ô', 'ơ', 'ư', 'đ', 'Ằ', //
    // B0
    '\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}', 'à', 'ả', 'ã', 'á', 'ạ', 'Ẳ', 'ằ', 'ẳ',
    'ẵ', 'ắ', 'Ẵ', //
    // C0
    'Ắ', 'Ầ', 'Ẩ', 'Ẫ', 'Ấ', 'Ề', 'ặ', 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ', 'è', 'Ể', 'ẻ', 'ẽ', //
    // D0
    'é', 'ẹ', 'ề', 'ể', 'ễ', 'ế', 'ệ', 'ì', 'ỉ', 'Ễ', 'Ế', 'Ồ', 'ĩ', 'í', 'ị', 'ò', //
    // E0
    'Ổ', 'ỏ', 'õ', 'ó', 'ọ', 'ồ', 'ổ', 'ỗ', 'ố', 'ộ', 'ờ', 'ở', 'ỡ', 'ớ', 'ợ', 'ù', //
    // F0
    'Ỗ', 'ủ', 'ũ', 'ú', 'ụ', 'ừ', 'ử', 'ữ', 'ứ', 'ự', 'ỳ', 'ỷ', 'ỹ', 'ý', 'ỵ', 'Ố',
];

/// The letter of a byte from 0xA1 on; `None` below.
#[must_use]
pub(crate) fn letter(byte: u8) -> Option<char> {
    LETTERS.get(usize::from(byte.checked_sub(FIRST)?)).copied()
}
