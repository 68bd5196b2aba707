//! A change of units as an officer asks for it, and what it says about which unit.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    problem::Language,
    unit::{Change, Kind, Line, Moment, Part, UnitId, Units, What},
};

/// A change that is asked for: what, from which day, and by which document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ChangeRequest {
    /// What is to happen.
    pub act: Act,
    /// From which day on.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub day: Date,
    /// The document that decides it: kind, number, day and issuer.
    pub source: String,
}

/// What is to happen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case", deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Act {
    /// Units go over whole into one, which is there or is founded.
    Merge {
        /// Those that end.
        units: Vec<UnitId>,
        /// Where they go; one of them may be it.
        into: Target,
    },
    /// A unit is shared out among several.
    Split {
        /// Which.
        unit: UnitId,
        /// At least two; the unit itself for a part that stays.
        parts: Vec<PartAsked>,
    },
    /// A unit gets another name, and perhaps another kind: a commune becomes a ward.
    Rename {
        /// Which.
        unit: UnitId,
        /// Without the word of its kind: `Bình An`.
        name: String,
        /// Its kind from then on, `ward`; as it is if nothing is said.
        kind: Option<String>,
    },
    /// A unit gets another code, or none.
    Recode {
        /// Which.
        unit: UnitId,
        /// The code.
        code: Option<String>,
    },
    /// A unit ends; what it had lies with another one.
    Dissolve {
        /// Which.
        unit: UnitId,
        /// Commonly the one above it.
        into: UnitId,
    },
    /// A unit goes under another one along a line.
    Move {
        /// Which.
        unit: UnitId,
        /// Along which line.
        line: Line,
        /// The unit above it from then on.
        parent: UnitId,
    },
}

/// Where units go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Target {
    /// A unit that is there.
    Unit(UnitId),
    /// One that is founded on that day, where the first of the units stands.
    New {
        /// `commune`, `ward` …
        kind: String,
        /// Without the word of its kind.
        name: String,
        /// Its official code, if it has one.
        code: Option<String>,
    },
}

/// A part of a unit that is split.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PartAsked {
    /// Where it goes.
    pub into: Target,
    /// Its area, in hectares or any measure that is the same for all parts.
    pub area: Option<u64>,
    /// Its people.
    pub population: Option<u64>,
}

/// Why a change can't be asked for like this.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RequestFault {
    /// No document is named.
    #[error("no document is named")]
    NoSource,
    /// A unit does not live the day before.
    #[error("unit {unit} does not exist on that day")]
    NotThere {
        /// Which.
        unit: UnitId,
    },
    /// Nothing goes over, or into itself alone.
    #[error("at least two units must take part")]
    TooFew,
    /// A unit is named twice.
    #[error("unit {unit} is named twice")]
    Twice {
        /// Which.
        unit: UnitId,
    },
    /// A name is empty.
    #[error("the name is empty")]
    NoName,
    /// No such kind.
    #[error("there is no kind `{kind}`")]
    NoKind {
        /// What was asked for.
        kind: String,
    },
    /// It is so already.
    #[error("it is so already")]
    Nothing,
}

impl RequestFault {
    /// What is wrong and what to do, in one sentence.
    #[must_use]
    pub fn say(&self, language: Language) -> String {
        let (vietnamese, english) = match self {
            Self::NoSource => (
                "chưa ghi văn bản quyết định thay đổi".to_owned(),
                "name the document that decides the change".to_owned(),
            ),
            Self::NotThere { unit } => (
                format!("đơn vị số {unit} không tồn tại vào ngày đó"),
                format!("unit {unit} does not exist on that day"),
            ),
            Self::TooFew => (
                "phải có ít nhất hai đơn vị khác nhau".to_owned(),
                "at least two different units must take part".to_owned(),
            ),
            Self::Twice { unit } => (
                format!("đơn vị số {unit} được chọn hai lần"),
                format!("unit {unit} is chosen twice"),
            ),
            Self::NoName => ("chưa ghi tên".to_owned(), "the name is missing".to_owned()),
            Self::NoKind { kind } => {
                (format!("không có loại đơn vị “{kind}”"), format!("there is no kind `{kind}`"))
            }
            Self::Nothing => (
                "đơn vị đã như vậy, không có gì thay đổi".to_owned(),
                "it is so already: nothing would change".to_owned(),
            ),
        };
        match language {
            Language::Vietnamese => vietnamese,
            Language::English => english,
        }
    }
}

impl ChangeRequest {
    /// What the request says about which unit, in the order in which it is kept.
    ///
    /// # Errors
    ///
    /// [`RequestFault`] with the first thing that makes no sense. What is sensible but does not fit with other units is found
    /// by [`Units::check`] afterwards.
    pub fn changes(&self, units: &Units) -> Result<Vec<Change>, RequestFault> {
        if self.source.trim().is_empty() {
            return Err(RequestFault::NoSource);
        }
        let mut made = Making { units, request: self, changes: Vec::new(), next: units.next_id() };
        match &self.act {
            Act::Merge { units, into } => made.merge(units, into)?,
            Act::Split { unit, parts } => made.split(*unit, parts)?,
            Act::Rename { unit, name, kind } => made.rename(*unit, name, kind.as_deref())?,
            Act::Recode { unit, code } => {
                let known = made.there(*unit)?;
                let code = code.as_deref().map(str::trim).filter(|it| !it.is_empty());
                if known.code_on(self.day) == code {
                    return Err(RequestFault::Nothing);
                }
                made.add(*unit, What::Recode(code.map(str::to_owned)));
            }
            Act::Dissolve { unit, into } => {
                made.there(*unit)?;
                made.there(*into)?;
                if unit == into {
                    return Err(RequestFault::TooFew);
                }
                made.add(*unit, What::Dissolve { into: Some(*into) });
            }
            Act::Move { unit, line, parent } => {
                made.there(*parent)?;
                if made.there(*unit)?.parent_on(*line, self.day) == Some(Some(*parent)) {
                    return Err(RequestFault::Nothing);
                }
                made.add(*unit, What::Move { line: *line, parent: Some(*parent) });
            }
        }
        Ok(made.changes)
    }
}

struct Making<'a> {
    units: &'a Units,
    request: &'a ChangeRequest,
    changes: Vec<Change>,
    next: UnitId,
}

impl<'a> Making<'a> {
    fn add(&mut self, unit: UnitId, what: What) {
        let (when, source) = (Moment::On(self.request.day), self.request.source.trim().to_owned());
        self.changes.push(Change { unit, when, what, source });
    }

    fn there(&self, unit: UnitId) -> Result<&'a crate::unit::Unit, RequestFault> {
        let found = self.units.get(unit).filter(|it| it.life().contains(self.request.day));
        found.ok_or(RequestFault::NotThere { unit })
    }

    /// The unit that is meant; a new one is founded where `like` stands.
    fn target(&mut self, target: &Target, like: UnitId) -> Result<UnitId, RequestFault> {
        let (kind, name, code) = match target {
            Target::Unit(unit) => return self.there(*unit).map(|_| *unit),
            Target::New { kind, name, code } => (kind, name, code),
        };
        let kind = Kind::by_code(kind).ok_or(RequestFault::NoKind { kind: kind.clone() })?;
        let name = named(name)?;
        let model = self.there(like)?;
        let day = self.request.day;
        let stands = |line: Line| model.parent_on(line, day).map(|parent| (line, parent));
        let parents = Line::ALL.into_iter().filter_map(stands).collect();
        let code = code.as_deref().map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned);
        let unit = self.next;
        self.next = UnitId(unit.0 + 1);
        let rank = model.rank();
        self.add(unit, What::Found { kind, name, code, key: None, rank, parents });
        Ok(unit)
    }

    fn merge(&mut self, units: &[UnitId], into: &Target) -> Result<(), RequestFault> {
        let first = *units.first().ok_or(RequestFault::TooFew)?;
        for (at, unit) in units.iter().enumerate() {
            self.there(*unit)?;
            if units[..at].contains(unit) {
                return Err(RequestFault::Twice { unit: *unit });
            }
        }
        let target = self.target(into, first)?;
        let ending: Vec<UnitId> = units.iter().copied().filter(|it| *it != target).collect();
        if ending.is_empty() {
            return Err(RequestFault::TooFew);
        }
        for unit in ending {
            self.add(unit, What::Merge(target));
        }
        Ok(())
    }

    fn split(&mut self, unit: UnitId, parts: &[PartAsked]) -> Result<(), RequestFault> {
        self.there(unit)?;
        let mut made: Vec<Part> = Vec::new();
        for part in parts {
            let into = self.target(&part.into, unit)?;
            if made.iter().any(|it| it.into == into) {
                return Err(RequestFault::Twice { unit: into });
            }
            made.push(Part { into, area: part.area, population: part.population });
        }
        if made.len() < 2 {
            return Err(RequestFault::TooFew);
        }
        self.add(unit, What::Split(made));
        Ok(())
    }

    fn rename(&mut self, unit: UnitId, name: &str, kind: Option<&str>) -> Result<(), RequestFault> {
        let known = self.there(unit)?;
        let name = named(name)?;
        let no_kind = |kind: &str| RequestFault::NoKind { kind: kind.to_owned() };
        let kind = kind.map(|it| Kind::by_code(it).ok_or_else(|| no_kind(it))).transpose()?;
        let day = self.request.day;
        let n_before = self.changes.len();
        if known.name_on(day) != Some(&name) {
            self.add(unit, What::Rename(name));
        }
        if let Some(kind) = kind.filter(|it| known.kind_on(day) != Some(*it)) {
            self.add(unit, What::ChangeKind(kind));
        }
        if self.changes.len() == n_before { Err(RequestFault::Nothing) } else { Ok(()) }
    }
}

fn named(name: &str) -> Result<String, RequestFault> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() { Err(RequestFault::NoName) } else { Ok(name) }
}

#[cfg(test)]
mod tests;
