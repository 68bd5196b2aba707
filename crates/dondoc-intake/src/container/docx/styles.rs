//! The styles of a document, as far as they change its letters or number its paragraphs.

use std::collections::HashMap;

use dondoc_core::problem::Problem;

use super::xml::{Element, Piece, Xml};
use crate::container::legacy_font::LegacyFont;

/// How many styles a style may be based on, one on the other.
const MOST_BASES: usize = 16;

/// What a style, or a run by itself, says about its letters. `None` is what it does not say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    /// `Some(None)` is a font of Unicode.
    pub(super) font: Option<Option<LegacyFont>>,
    /// Whether small letters are shown as capitals.
    pub(super) is_capitals: Option<bool>,
    /// Whether it is not shown at all.
    pub(super) is_hidden: Option<bool>,
}

impl Look {
    /// Takes in one of the properties of a run.
    pub(super) fn take_in(&mut self, property: &Element<'_>) {
        match property.name() {
            "rFonts" => self.font = font(property).or(self.font),
            "caps" => self.is_capitals = Some(property.is_on()),
            "vanish" => self.is_hidden = Some(property.is_on()),
            _ => {}
        }
    }

    /// This, and where it is silent, `other`.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            font: self.font.or(other.font),
            is_capitals: self.is_capitals.or(other.is_capitals),
            is_hidden: self.is_hidden.or(other.is_hidden),
        }
    }

    /// A text as it is shown.
    pub(super) fn show(self, text: &str) -> String {
        let read = self.font.flatten().map_or_else(|| text.to_owned(), |font| font.read(text));
        if self.is_capitals == Some(true) { read.to_uppercase() } else { read }
    }
}

/// The font of letters beyond ASCII; a font of the theme is one of Unicode.
fn font(fonts: &Element<'_>) -> Option<Option<LegacyFont>> {
    if fonts.attribute("hAnsiTheme").or_else(|| fonts.attribute("asciiTheme")).is_some() {
        return Some(None);
    }
    let name = fonts.attribute("hAnsi").or_else(|| fonts.attribute("ascii"))?;
    Some(LegacyFont::named(&name))
}

/// A style, with all that it takes from those it is based on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) look: Look,
    /// Number of its numbering.
    pub(super) numbering: Option<i64>,
    /// Level of its numbering, from 0.
    pub(super) level: Option<i64>,
}

/// The styles by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: HashMap<String, Style>,
    /// The style of paragraphs that name none.
    default_id: String,
    /// What holds where no style says anything.
    defaults: Look,
}

/// A style as written.
#[derive(Debug, Default)]
struct Written {
    style: Style,
    base: Option<String>,
}

impl Styles {
    /// Reads `styles.xml`.
    ///
    /// # Errors
    ///
    /// [`Problem::Broken`].
    pub(super) fn read(xml: &str) -> Result<Self, Problem> {
        let mut pieces = Xml::of(xml, "styles.xml");
        let mut written: HashMap<String, Written> = HashMap::new();
        let mut defaults = Look::default();
        let mut default_id = String::new();
        let mut current: Option<(String, Written)> = None;
        while let Some(piece) = pieces.next()? {
            let Piece::Start(element) = piece else { continue };
            match (element.name(), &mut current) {
                ("style", _) => {
                    let id = element.attribute("styleId").unwrap_or_default();
                    let is_default = element.attribute("default").is_some_and(|on| on != "0");
                    if is_default && element.attribute("type").as_deref() == Some("paragraph") {
                        default_id.clone_from(&id);
                    }
                    if let Some((id, style)) = current.replace((id, Written::default())) {
                        written.insert(id, style);
                    }
                }
                ("basedOn", Some((_, style))) => style.base = element.attribute("val"),
                ("numId", Some((_, style))) => style.style.numbering = element.number(),
                ("ilvl", Some((_, style))) => style.style.level = element.number(),
                (_, Some((_, style))) => style.style.look.take_in(&element),
                (_, None) => defaults.take_in(&element),
            }
        }
        written.extend(current);
        let by_id = written.keys().map(|id| (id.clone(), whole(id, &written))).collect();
        Ok(Self { by_id, default_id, defaults })
    }

    /// The style of a paragraph; of none, or one that is not there, the default.
    pub(super) fn of_paragraph(&self, id: Option<&str>) -> Style {
        let style =
            id.and_then(|id| self.by_id.get(id)).or_else(|| self.by_id.get(&self.default_id));
        let style = style.copied().unwrap_or_default();
        Style { look: style.look.or(self.defaults), ..style }
    }

    /// What the style of a run says by itself.
    pub(super) fn of_run(&self, id: &str) -> Look {
        self.by_id.get(id).map(|style| style.look).unwrap_or_default()
    }
}

/// A style with what it takes from those it is based on.
fn whole(id: &str, written: &HashMap<String, Written>) -> Style {
    let mut style = Style::default();
    let mut next = written.get(id);
    for _ in 0..MOST_BASES {
        let Some(one) = next else { break };
        style.look = style.look.or(one.style.look);
        style.numbering = style.numbering.or(one.style.numbering);
        style.level = style.level.or(one.style.level);
        next = one.base.as_ref().and_then(|base| written.get(base));
    }
    style
}
