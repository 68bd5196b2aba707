//! Automatic numbering: what stands before a paragraph in print and is not in its text.

use std::collections::{HashMap, HashSet};

use dondoc_core::problem::Problem;

use super::label::{NumberFormat, bullet};
use super::xml::{Element, Piece, Xml};

/// Levels of a list.
const N_LEVELS: usize = 9;

/// The longest pattern of a label, in characters; what is longer is no label.
const MOST_PATTERN: usize = 64;

/// A level of a list.
#[derive(Clone, Debug)]
struct Level {
    start: i64,
    format: NumberFormat,
    /// `%1.%2` stands for the numbers of the first two levels.
    pattern: String,
    /// The number of levels any of which begins this one anew; 0 for never.
    restart: Option<i64>,
    /// Whether all numbers in the label are decimal.
    is_legal: bool,
    has_space: bool,
    style: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        Self {
            start: 1,
            format: NumberFormat::Decimal,
            pattern: String::new(),
            restart: None,
            is_legal: false,
            has_space: true,
            style: None,
        }
    }
}

/// A definition of levels, which several lists may share.
#[derive(Debug, Default)]
struct Definition {
    levels: [Option<Level>; N_LEVELS],
    /// The definition that has the levels in its stead.
    stand_in: Option<i64>,
    counters: [Option<i64>; N_LEVELS],
}

/// A list: a definition and what it changes in it.
#[derive(Debug, Default)]
struct List {
    definition: i64,
    levels: [Option<Level>; N_LEVELS],
    starts: [Option<i64>; N_LEVELS],
}

/// All lists of a document, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    definitions: HashMap<i64, Definition>,
    lists: HashMap<i64, List>,
    /// Lists and levels that have begun with a number of their own.
    begun: HashSet<(i64, usize)>,
}

impl Numbering {
    /// Reads `numbering.xml`.
    ///
    /// # Errors
    ///
    /// [`Problem::Broken`].
    pub(super) fn read(xml: &str) -> Result<Self, Problem> {
        let mut pieces = Xml::of(xml, "numbering.xml");
        let mut reading = Reading::default();
        while let Some(piece) = pieces.next()? {
            if let Piece::Start(element) = piece {
                reading.take_in(&element);
            }
        }
        Ok(reading.finish())
    }

    /// The level at which a style stands in a list.
    pub(super) fn level_of_style(&self, list: i64, style: &str) -> Option<i64> {
        let definition = self.definitions.get(&self.definition_of(list)?)?;
        let has_style = |level: &Option<Level>| {
            level.as_ref().is_some_and(|level| level.style.as_deref() == Some(style))
        };
        i64::try_from(definition.levels.iter().position(has_style)?).ok()
    }

    /// The label of the next paragraph of a list at a level from 0, with the space behind it.
    ///
    /// `None` where there is no such list or its label is empty.
    pub(super) fn next_label(&mut self, list: i64, level: i64) -> Option<String> {
        let at = usize::try_from(level).ok().filter(|at| *at < N_LEVELS)?;
        let name = self.definition_of(list)?;
        let of = self.lists.get(&list)?;
        let Definition { levels, counters, .. } = self.definitions.get_mut(&name)?;
        let levels: Levels<'_> =
            std::array::from_fn(|at| of.levels[at].as_ref().or(levels[at].as_ref()));
        let level = levels[at]?;

        let first = of.starts[at].filter(|_| self.begun.insert((list, at)));
        let next = counters[at].map_or(level.start, |number| number.saturating_add(1));
        counters[at] = Some(first.unwrap_or(next));
        for deeper in at + 1..N_LEVELS {
            let restart = levels[deeper].and_then(|level| level.restart);
            if restart.is_none_or(|restart| i64::try_from(at).is_ok_and(|at| at < restart)) {
                counters[deeper] = None;
            }
        }
        let label = match level.format {
            NumberFormat::None => return None,
            NumberFormat::Bullet => bullet(&level.pattern),
            _ => fill(level, &levels, counters),
        };
        let label = label.trim().to_owned();
        (!label.is_empty()).then(|| if level.has_space { label + " " } else { label })
    }

    /// The definition that a list has, by itself or through a style.
    fn definition_of(&self, list: i64) -> Option<i64> {
        let own = self.lists.get(&list)?.definition;
        Some(self.definitions.get(&own)?.stand_in.unwrap_or(own))
    }
}

/// The levels of a list, its own before those of its definition.
type Levels<'a> = [Option<&'a Level>; N_LEVELS];

/// The numbers put into the pattern of a level.
fn fill(level: &Level, levels: &Levels<'_>, numbers: &[Option<i64>; N_LEVELS]) -> String {
    let mut label = String::new();
    let mut rest = level.pattern.as_str();
    while let Some((before, after)) = rest.split_once('%') {
        label.push_str(before);
        let digit = after.bytes().next().filter(|byte| matches!(byte, b'1'..=b'9'));
        let Some(digit) = digit else {
            label.push('%');
            rest = after;
            continue;
        };
        let at = usize::from(digit - b'1');
        if let Some(one) = levels[at] {
            let format = if level.is_legal { NumberFormat::Decimal } else { one.format };
            label.push_str(&format.write(numbers[at].unwrap_or(one.start)));
        }
        rest = &after[1..];
    }
    label + rest
}

/// Where in `numbering.xml` the reading is.
#[derive(Default)]
struct Reading {
    numbering: Numbering,
    /// The definition that is open.
    definition: Option<i64>,
    /// The list that is open.
    list: Option<i64>,
    level: usize,
    /// Definitions that stand for a style, by the style.
    by_style: HashMap<String, i64>,
    /// Definitions that leave their levels to a style.
    left_to_style: Vec<(i64, String)>,
}

impl Reading {
    fn finish(mut self) -> Numbering {
        for (definition, style) in self.left_to_style {
            if let Some(definition) = self.numbering.definitions.get_mut(&definition) {
                definition.stand_in = self.by_style.get(&style).copied();
            }
        }
        self.numbering
    }

    fn take_in(&mut self, element: &Element<'_>) {
        let number =
            |name: &str| element.attribute(name).and_then(|value| value.trim().parse::<i64>().ok());
        match element.name() {
            "abstractNum" => {
                self.list = None;
                self.definition = number("abstractNumId");
                if let Some(name) = self.definition {
                    self.numbering.definitions.insert(name, Definition::default());
                }
            }
            "num" => {
                self.definition = None;
                self.list = number("numId");
                if let Some(list) = self.list {
                    self.numbering.lists.insert(list, List::default());
                }
            }
            "styleLink" => {
                if let (Some(style), Some(name)) = (element.attribute("val"), self.definition) {
                    self.by_style.insert(style, name);
                }
            }
            "numStyleLink" => {
                if let (Some(style), Some(name)) = (element.attribute("val"), self.definition) {
                    self.left_to_style.push((name, style));
                }
            }
            "abstractNumId" => {
                if let Some(list) = self.list() {
                    list.definition = element.number().unwrap_or(-1);
                }
            }
            "lvlOverride" => self.level = level_index(number("ilvl")),
            "startOverride" => {
                let at = self.level;
                if let Some(list) = self.list() {
                    list.starts[at] = element.number();
                }
            }
            "lvl" => {
                self.level = level_index(number("ilvl"));
                let at = self.level;
                if let Some(levels) = self.levels() {
                    levels[at] = Some(Level::default());
                }
            }
            _ => {
                let at = self.level;
                if let Some(level) = self.levels().and_then(|levels| levels[at].as_mut()) {
                    level.take_in(element);
                }
            }
        }
    }

    fn definition(&mut self) -> Option<&mut Definition> {
        self.numbering.definitions.get_mut(&self.definition?)
    }

    fn list(&mut self) -> Option<&mut List> {
        self.numbering.lists.get_mut(&self.list?)
    }

    /// The levels of what is open.
    fn levels(&mut self) -> Option<&mut [Option<Level>; N_LEVELS]> {
        if self.list.is_some() {
            self.list().map(|list| &mut list.levels)
        } else {
            self.definition().map(|definition| &mut definition.levels)
        }
    }
}

impl Level {
    fn take_in(&mut self, element: &Element<'_>) {
        match element.name() {
            "start" => self.start = element.number().unwrap_or(1),
            "numFmt" => {
                self.format = NumberFormat::named(&element.attribute("val").unwrap_or_default());
            }
            "lvlText" => {
                let pattern = element.attribute("val").unwrap_or_default();
                self.pattern = pattern.chars().take(MOST_PATTERN).collect();
            }
            "lvlRestart" => self.restart = element.number(),
            "isLgl" => self.is_legal = element.is_on(),
            "suff" => self.has_space = element.attribute("val").as_deref() != Some("nothing"),
            "pStyle" => self.style = element.attribute("val"),
            _ => {}
        }
    }
}

/// The index of a level; one that can't be is the last.
fn level_index(number: Option<i64>) -> usize {
    number.and_then(|number| usize::try_from(number).ok()).map_or(0, |at| at.min(N_LEVELS - 1))
}
