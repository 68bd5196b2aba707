//! The little of style sheets that matters: which classes and elements are set in an old font.

use std::collections::HashMap;

use super::legacy_font::LegacyFont;

/// The longest selector that is looked at; longer ones name no font that Word writes.
const SELECTOR_BYTES: usize = 256;

/// The fonts of a page's style sheets, by the last class (`.MsoNormal`) or element (`p`) of each selector.
#[derive(Debug, Default)]
pub(crate) struct Fonts {
    by_selector: HashMap<String, Option<LegacyFont>>,
}

impl Fonts {
    /// Takes in a style sheet; rules without a font are passed over.
    pub(crate) fn read_sheet(&mut self, sheet: &str) {
        let mut rest = sheet;
        while let Some(open) = rest.find('{') {
            let Some(length) = rest[open..].find('}') else { return };
            let (selectors, declarations) = (&rest[..open], &rest[open + 1..open + length]);
            if let Some(font) = font_of(declarations) {
                let selectors = selectors.rsplit("*/").next().unwrap_or(selectors);
                for selector in selectors.split(',').filter(|one| one.len() <= SELECTOR_BYTES) {
                    self.by_selector.insert(last_simple(selector), font);
                }
            }
            rest = &rest[open + length + 1..];
        }
    }

    /// The font that an element gets: `None` if no rule says, `Some(None)` if it is one of Unicode.
    #[must_use]
    pub(crate) fn of(&self, element: &str, classes: &str) -> Option<Option<LegacyFont>> {
        if self.by_selector.is_empty() {
            return None;
        }
        classes
            .split_ascii_whitespace()
            .find_map(|class| self.by_selector.get(&format!(".{}", class.to_ascii_lowercase())))
            .or_else(|| self.by_selector.get(&element.to_ascii_lowercase()))
            .copied()
    }
}

/// The font that declarations (`font-family:".VnTime";color:red`) set, as in [`Fonts::of`].
#[must_use]
pub(crate) fn font_of(declarations: &str) -> Option<Option<LegacyFont>> {
    declarations.split(';').find_map(|declaration| {
        let (property, family) = declaration.split_once(':')?;
        property.trim().eq_ignore_ascii_case("font-family").then(|| LegacyFont::named(family))
    })
}

/// `p.MsoNormal` to `.msonormal`, `div p` to `p`.
fn last_simple(selector: &str) -> String {
    let last = selector.split_ascii_whitespace().next_back().unwrap_or_default();
    let last = last.rsplit(['>', '+', '~']).next().unwrap_or(last);
    let simple = last.rfind('.').map_or(last, |at| &last[at..]);
    simple.to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charset::Charset;

    #[test]
    fn a_class_of_word_sets_a_font() {
        let mut fonts = Fonts::default();
        fonts.read_sheet(
            "/* Style */ p.MsoNormal, li.MsoNormal {margin:0; font-family:\".VnTime\";} span {color:red}
             p.New {font-family:\"Times New Roman\"}",
        );
        let found = fonts.of("p", "MsoNormal").flatten().map(|font| font.charset);
        assert_eq!(found, Some(Charset::Tcvn3));
        assert_eq!(fonts.of("p", "New"), Some(None));
        assert_eq!(fonts.of("span", ""), None);
    }

    #[test]
    fn a_sheet_that_breaks_off_is_read_as_far_as_it_goes() {
        let mut fonts = Fonts::default();
        fonts.read_sheet("p {font-family:.VnTime} a { color");
        assert!(fonts.of("P", "").flatten().is_some());
    }
}
