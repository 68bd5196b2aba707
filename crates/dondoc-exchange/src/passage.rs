//! Figures on their way in or out: what all formats have in common.
//!
//! Reading a file applies nothing. It gives figures with their places, findings, and what the format brought that is not
//! kept; [`Outcome::of`] then holds them against what is in force. A dry run stops there, a real one goes on to the ledger
//! with the very same figures, so the two cannot differ.

use std::{
    collections::{
        BTreeMap, HashMap,
        hash_map::Entry::{Occupied, Vacant},
    },
    fmt,
};

use dondoc_core::{
    figure::{Cell, Content, Figure, Series},
    finding::{Fault, Finding, Place},
    pack::{Indicator, Pack, Severity},
    period::Period,
    unit::UnitId,
};

/// The unit that a code, a name or a foreign number meant in a period; if that is not clear, the units that it may be.
pub type FindUnit<'a> = &'a dyn Fn(&str, Period) -> Result<UnitId, Vec<UnitId>>;

/// What a reader asks its caller.
#[derive(Clone, Copy)]
pub struct Ask<'a> {
    /// What may be reported.
    pub pack: &'a Pack,
    /// Which unit is meant.
    pub unit: FindUnit<'a>,
    /// The file's name, for places and sources.
    pub file: &'a str,
}

impl fmt::Debug for Ask<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ask")
            .field("pack", &self.pack.pack.code)
            .field("file", &self.file)
            .finish_non_exhaustive()
    }
}

/// A figure that goes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Whose.
    pub unit: UnitId,
    /// For when.
    pub period: Period,
    /// The figure.
    pub figure: Figure,
}

/// A figure with the cell that it is for and the place that it stood at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// What it is for.
    pub cell: Cell,
    /// The figure.
    pub figure: Figure,
    /// Where it stood.
    pub place: Place,
}

/// What a file brought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrived {
    /// The figures that could be read.
    pub figures: Vec<Placed>,
    /// What is wrong. With an error among them nothing may be applied.
    pub findings: Vec<Finding>,
    /// What the file said that is not kept.
    pub lost: Vec<Lost>,
}

/// Something that a format cannot carry, or that Dondoc does not keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// Of which figure; `None` if it is none's.
    pub cell: Option<Cell>,
    /// Where it stood, if it came in.
    pub place: Place,
    /// What.
    pub what: Lack,
}

/// What was lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lack {
    /// The whole figure: the format has no such period.
    Period,
    /// The whole figure: the format cannot say that there is none.
    NoFigure,
    /// A mark, an attribute or a column, by its name: `followup`, `attributeOptionCombo`.
    Field(String),
}

/// What would change, and does if it is applied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Cells that get another figure, or their first.
    pub changes: Vec<Change>,
    /// How many figures are what is in force already.
    pub n_unchanged: usize,
    /// What is wrong.
    pub findings: Vec<Finding>,
}

/// One cell before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Which.
    pub cell: Cell,
    /// In force now.
    pub old: Option<Figure>,
    /// What came.
    pub new: Figure,
    /// Where it stood.
    pub place: Place,
}

impl Outcome {
    /// Holds what came against what is in force.
    #[must_use]
    pub fn of(arrived: &Arrived, in_force: &dyn Fn(&Cell) -> Option<Figure>) -> Self {
        let mut outcome = Self { findings: arrived.findings.clone(), ..Self::default() };
        for it in &arrived.figures {
            let old = in_force(&it.cell);
            let said = |it: &Figure| (it.content, it.qualifier, it.status, it.reason.clone());
            if old.as_ref().is_some_and(|old| said(old) == said(&it.figure)) {
                outcome.n_unchanged += 1;
                continue;
            }
            let (cell, new, place) = (it.cell.clone(), it.figure.clone(), it.place.clone());
            outcome.changes.push(Change { cell, old, new, place });
        }
        outcome
    }

    /// Whether anything is so wrong that nothing may be applied.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|it| it.severity() == Severity::Error)
    }
}

/// The indicators of a pack by their codes.
pub(crate) struct Index<'a> {
    by_code: HashMap<&'a str, (&'a Indicator, Vec<String>)>,
}

impl<'a> Index<'a> {
    pub(crate) fn new(pack: &'a Pack) -> Self {
        let indicators = pack.indicators.iter();
        Self { by_code: indicators.map(|it| (it.code.as_str(), (it, pack.options(it)))).collect() }
    }

    pub(crate) fn indicator(&self, code: &str) -> Result<&'a Indicator, Fault> {
        let found = self.by_code.get(code).map(|(it, _)| *it);
        found.ok_or_else(|| Fault::UnknownIndicator { indicator: code.to_owned() })
    }

    /// The indicator and series of two codes; a blank option is the undivided one.
    pub(crate) fn series(
        &self,
        code: &str,
        option: &str,
    ) -> Result<(&'a Indicator, Series), Fault> {
        let indicator = self.indicator(code)?;
        let options = self.by_code.get(code).map_or(&[][..], |(_, options)| options);
        if !option.is_empty() && !options.iter().any(|it| it == option) {
            return Err(Fault::UnknownOption { option: option.to_owned() });
        }
        let option = (!option.is_empty()).then(|| option.to_owned());
        Ok((indicator, Series { indicator: code.to_owned(), option }))
    }
}

/// The figures of a file while it is read: the same cell twice is found, and shares are put together from their parts.
#[derive(Default)]
pub(crate) struct Gathering {
    pub(crate) arrived: Arrived,
    /// Where among the figures that arrived a cell is.
    first: HashMap<Cell, usize>,
    shares: BTreeMap<Cell, Share>,
}

/// A share of which the parts come one by one.
struct Share {
    numerator: Option<Content>,
    denominator: Option<Content>,
    /// Of the part that came first; the figure's words.
    placed: Placed,
}

/// A part of a share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Numerator,
    Denominator,
}

impl Gathering {
    pub(crate) fn find(&mut self, place: Place, fault: Fault) {
        self.arrived.findings.push(Finding { place, fault });
    }

    pub(crate) fn lose(&mut self, cell: Option<Cell>, place: Place, what: Lack) {
        self.arrived.lost.push(Lost { cell, place, what });
    }

    /// Takes a figure, unless its cell has one already.
    pub(crate) fn take(&mut self, placed: Placed) {
        match self.first.entry(placed.cell.clone()) {
            Vacant(it) => {
                it.insert(self.arrived.figures.len());
                self.arrived.figures.push(placed);
            }
            Occupied(it) => {
                let first = &self.arrived.figures[*it.get()].place;
                let first = first.cell.clone().unwrap_or_default();
                self.find(placed.place, Fault::Duplicate { first });
            }
        }
    }

    /// Takes one part of a share, as the figure that it would be alone.
    pub(crate) fn take_part(&mut self, part: Part, placed: Placed) {
        let content = placed.figure.content;
        let share = self.shares.entry(placed.cell.clone()).or_insert_with(|| Share {
            numerator: None,
            denominator: None,
            placed: placed.clone(),
        });
        let slot = match part {
            Part::Numerator => &mut share.numerator,
            Part::Denominator => &mut share.denominator,
        };
        if slot.is_some() {
            let first = share.placed.place.cell.clone().unwrap_or_default();
            return self.find(placed.place, Fault::Duplicate { first });
        }
        *slot = Some(content);
        // What is said about a share, its numerator says.
        if part == Part::Numerator {
            share.placed = placed;
        }
    }

    /// Puts the shares together.
    pub(crate) fn finish(mut self) -> Arrived {
        for (_, share) in std::mem::take(&mut self.shares) {
            let Share { numerator, denominator, mut placed } = share;
            placed.figure.content = match (numerator, denominator) {
                (Some(Content::Nil), Some(Content::Nil)) => Content::Nil,
                (Some(Content::NoFigure), Some(Content::NoFigure)) => Content::NoFigure,
                (Some(Content::Value(numerator)), Some(Content::Value(denominator))) => {
                    Content::Ratio { numerator, denominator }
                }
                (Some(Content::Nil), Some(Content::Value(denominator))) => {
                    Content::Ratio { numerator: 0, denominator }
                }
                _ => {
                    self.find(placed.place, Fault::RatioWithoutParts);
                    continue;
                }
            };
            self.take(placed);
        }
        self.arrived
    }
}
