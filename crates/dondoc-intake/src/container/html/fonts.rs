//! Which font a run of a page is set in, kept only for pages that name fonts that are encodings.

use crate::charset::Charset;
use crate::container::css::{self, Fonts};
use crate::container::legacy_font::LegacyFont;
use crate::container::markup::attribute;

/// How many open elements are remembered; deeper ones take the font of the last that is.
const MOST_OPEN: usize = 128;

/// Elements that have no end tag.
const VOID: [&str; 12] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"];

/// Elements that the next of their kind ends.
const SELF_ENDING: [&str; 7] = ["p", "li", "td", "th", "tr", "dt", "dd"];

/// The elements that are open, with their fonts.
pub(super) struct OpenElements {
    /// Whether the page names such fonts at all.
    is_watching: bool,
    sheet: Fonts,
    open: Vec<(String, Option<LegacyFont>)>,
    /// Elements opened beyond [`MOST_OPEN`].
    n_ignored: usize,
    first: Option<Charset>,
}

impl OpenElements {
    pub(super) fn new(is_watching: bool) -> Self {
        Self { is_watching, sheet: Fonts::default(), open: Vec::new(), n_ignored: 0, first: None }
    }

    pub(super) fn read_sheet(&mut self, sheet: &str) {
        if self.is_watching {
            self.sheet.read_sheet(sheet);
        }
    }

    /// The font of the text that comes next.
    pub(super) fn current(&self) -> Option<LegacyFont> {
        self.open.last().and_then(|(_, font)| *font)
    }

    /// The encoding of the first such font that was used.
    pub(super) fn first_charset(&self) -> Option<Charset> {
        self.first
    }

    pub(super) fn open(&mut self, name: &str, attributes: &str) {
        if !self.is_watching || VOID.contains(&name) || attributes.ends_with('/') {
            return;
        }
        if SELF_ENDING.contains(&name) {
            self.close(name);
        }
        if self.open.len() >= MOST_OPEN {
            self.n_ignored += 1;
            return;
        }
        let own = attribute(attributes, "style")
            .map(|style| style.replace("&quot;", "\""))
            .and_then(|style| css::font_of(&style))
            .or_else(|| attribute(attributes, "face").map(LegacyFont::named))
            .or_else(|| self.sheet.of(name, attribute(attributes, "class").unwrap_or_default()));
        let font = own.unwrap_or_else(|| self.current());
        self.first = self.first.or(font.map(|font| font.charset));
        self.open.push((name.to_owned(), font));
    }

    pub(super) fn close(&mut self, name: &str) {
        if self.n_ignored > 0 {
            self.n_ignored -= usize::from(!SELF_ENDING.contains(&name));
            return;
        }
        let is_inner = |open: &str| open == name || open == "table" && SELF_ENDING.contains(&name);
        if let Some(at) = self.open.iter().rposition(|(open, _)| is_inner(open))
            && self.open[at].0 == name
        {
            self.open.truncate(at);
        }
    }
}
