//! Fonts that are encodings: `.VnTime` shows TCVN3, `VNI-Times` VNI, and in `.VnTimeH` all letters are capitals.

use crate::charset::{Charset, latin};

/// What a font makes of the letters set in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LegacyFont {
    /// The encoding that its glyphs are arranged by.
    pub(crate) charset: Charset,
    /// Whether small letters look like capitals.
    pub(crate) is_capitals: bool,
}

impl LegacyFont {
    /// The meaning of a font's name, or of the first of a list of names; `None` for a font of Unicode.
    #[must_use]
    pub(crate) fn named(family: &str) -> Option<Self> {
        let first = family.split(',').next().unwrap_or(family);
        let name = first.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
        let starts_with = |prefix: &str| {
            name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
        };
        if starts_with(".Vn") && !starts_with(".VnI-") {
            return Some(Self { charset: Charset::Tcvn3, is_capitals: name.ends_with('H') });
        }
        starts_with("VNI-").then_some(Self { charset: Charset::Vni, is_capitals: false })
    }

    /// What letters set in the font look like.
    #[must_use]
    pub(crate) fn read(self, text: &str) -> String {
        let read = latin::convert(text, self.charset);
        if self.is_capitals { read.to_uppercase() } else { read }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_font_tells_its_encoding() {
        let tcvn3 = |is_capitals| Some(LegacyFont { charset: Charset::Tcvn3, is_capitals });
        assert_eq!(LegacyFont::named(".VnTime"), tcvn3(false));
        assert_eq!(LegacyFont::named("\".VnTimeH\", serif"), tcvn3(true));
        assert_eq!(LegacyFont::named("vni-Times").map(|font| font.charset), Some(Charset::Vni));
        assert_eq!(LegacyFont::named("Times New Roman, .VnTime"), None);
    }

    #[test]
    fn capitals_come_from_the_font() {
        let heading = LegacyFont::named(".VnTimeH").expect("known").read("quyÕt ®Þnh");
        assert_eq!(heading, "QUYẾT ĐỊNH");
    }
}
