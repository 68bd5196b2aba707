//! Dondoc's own CSV of units: a row says what is so from a day on (docs/units.md).

use std::collections::{HashMap, HashSet};

use dondoc_core::unit::{Change, Kind, Line, Moment, Part, UnitId, Units, What};
use jiff::civil::Date;

use crate::units::{Doubt, DoubtKind, NotUnits, Outcome, Plan, list::records, text::row_of};

/// The columns, in any order; only `key` has to be there.
pub const COLUMNS: [&str; 12] = [
    "key",
    "from",
    "kind",
    "name",
    "code",
    "line",
    "parent",
    "until",
    "into",
    "area",
    "population",
    "source",
];

/// How a cell begins that names a unit by its code.
const BY_CODE: &str = "code:";

/// One row: what is so of a unit from a day on. What is `None` stays as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Its line in the file, from 1.
    pub row: u32,
    /// What the file calls the unit, for ever; or `code:25`, the unit that has that code on the row's day.
    pub key: String,
    /// From which day; `None`: since ever, or since the unit began.
    pub from: Option<Date>,
    /// What it is.
    pub kind: Option<Kind>,
    /// Its name: without the word of its kind for territory, whole for agencies.
    pub name: Option<String>,
    /// Its code.
    pub code: Option<String>,
    /// In which line `parent` is.
    pub line: Line,
    /// The unit above.
    pub parent: Option<Above>,
    /// Its last day.
    pub until: Option<Date>,
    /// The key of a unit that it, or a part of it, went to.
    pub into: Option<String>,
    /// The area of that part.
    pub area: Option<u64>,
    /// The people of that part.
    pub population: Option<u64>,
    /// Who says so.
    pub source: String,
}

/// The unit above, as a row names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Above {
    /// A unit by its key, or by its official code on that day: `code:25`.
    Unit(String),
    /// `-`: it does not stand in the line any more.
    Nobody,
}

/// Reads the rows; one that can't be read is told and left out.
pub(crate) fn read(
    name: &str,
    text: &str,
    doubts: &mut Vec<Doubt>,
) -> Result<Vec<Statement>, NotUnits> {
    let mut records = records(text);
    let head = records.next().ok_or(NotUnits::UnknownFormat)??;
    let columns: HashMap<String, usize> =
        head.iter().enumerate().map(|(at, it)| (it.trim().to_owned(), at)).collect();
    if let Some(unknown) = columns.keys().find(|it| !COLUMNS.contains(&it.as_str())) {
        doubts.push(Doubt::at(1, DoubtKind::BadRow, unknown.clone()));
    }
    let mut statements = Vec::new();
    for record in records {
        let record = record?;
        let row = row_of(&record);
        let cell = |column: &str| {
            let cell = record.get(*columns.get(column)?)?.trim();
            (!cell.is_empty()).then(|| cell.to_owned())
        };
        if record.iter().all(|it| it.trim().is_empty()) {
            continue;
        }
        match statement(row, &cell, name) {
            Ok(statement) => statements.push(statement),
            Err(words) => doubts.push(Doubt::at(row, DoubtKind::BadRow, words)),
        }
    }
    Ok(statements)
}

/// Reads a row, or gives the cell that can't be read.
fn statement(
    row: u32,
    cell: &impl Fn(&str) -> Option<String>,
    file: &str,
) -> Result<Statement, String> {
    let day = |column: &str| {
        cell(column).map(|it| it.parse::<Date>().map_err(|_| format!("{column}: {it}"))).transpose()
    };
    let number = |column: &str| {
        cell(column).map(|it| it.parse::<u64>().map_err(|_| format!("{column}: {it}"))).transpose()
    };
    let kind = cell("kind")
        .map(|it| Kind::by_code(&it).ok_or_else(|| format!("kind: {it}")))
        .transpose()?;
    let line = match cell("line") {
        None => Line::State,
        Some(it) => Line::by_code(&it).ok_or_else(|| format!("line: {it}"))?,
    };
    let parent = cell("parent").map(|it| if it == "-" { Above::Nobody } else { Above::Unit(it) });
    Ok(Statement {
        row,
        key: cell("key").ok_or_else(|| "key".to_owned())?,
        from: day("from")?,
        kind,
        name: cell("name"),
        code: cell("code"),
        line,
        parent,
        until: day("until")?,
        into: cell("into"),
        area: number("area")?,
        population: number("population")?,
        source: cell("source").unwrap_or_else(|| format!("{file}:{row}")),
    })
}

/// What loading the rows would do; what is so already is left out.
pub(crate) fn plan(units: &Units, statements: &[Statement]) -> Plan {
    let mut work = Work {
        units: units.clone(),
        ids: HashMap::new(),
        next: units.next_id(),
        changes: Vec::new(),
        doubts: Vec::new(),
    };
    work.name_units(statements);
    work.found(statements);
    // From here on what is so already can be asked.
    work.units = units.with(work.changes.clone());
    for statement in statements {
        work.adjust(statement);
    }
    work.ends(statements);
    let is_refused = work.doubts.iter().any(|it| it.kind != DoubtKind::RestUnknown);
    let outcome = match () {
        () if is_refused => Outcome::Refused,
        () if work.changes.is_empty() => Outcome::Known,
        () => Outcome::Loaded,
    };
    let changes = if is_refused { Vec::new() } else { work.changes };
    Plan { changes, doubts: work.doubts, outcome, vouches_on: None }
}

struct Work {
    units: Units,
    ids: HashMap<String, UnitId>,
    next: UnitId,
    changes: Vec<Change>,
    doubts: Vec<Doubt>,
}

impl Work {
    fn doubt(&mut self, statement: &Statement, kind: DoubtKind, words: impl Into<String>) {
        let doubt = Doubt::at(statement.row, kind, words);
        if !self.doubts.contains(&doubt) {
            self.doubts.push(doubt);
        }
    }

    fn push(&mut self, statement: &Statement, when: Moment, what: What) {
        if let Some(unit) = self.unit(statement) {
            let source = statement.source.clone();
            self.changes.push(Change { unit, when, what, source });
        }
    }

    /// The unit of a key; `code:25` is the unit that has that code on `day`, if it alone has it.
    fn id(&self, key: &str, day: Option<Date>) -> Option<UnitId> {
        let Some(code) = key.strip_prefix(BY_CODE) else {
            return self.ids.get(key).copied().or_else(|| self.units.by_key(key));
        };
        // Without a day the last one that any unit has it is meant.
        match self.units.by_code(code.trim(), day.unwrap_or(Date::MAX)).as_slice() {
            [unit] => Some(*unit),
            _ => None,
        }
    }

    /// The unit that a row speaks of.
    fn unit(&self, statement: &Statement) -> Option<UnitId> {
        self.id(&statement.key, statement.from.or(statement.until))
    }

    /// Gives a number to each key that is new, in the order of the rows.
    fn name_units(&mut self, statements: &[Statement]) {
        for statement in statements {
            if self.unit(statement).is_some() {
                continue;
            }
            if statement.key.starts_with(BY_CODE) {
                self.doubt(statement, DoubtKind::UnknownKey, statement.key.clone());
            } else {
                self.ids.insert(statement.key.clone(), self.next);
                self.next = UnitId(self.next.0 + 1);
            }
        }
    }

    /// The unit above, by the key or code that the row gives.
    fn above(&mut self, statement: &Statement, day: Option<Date>) -> Option<UnitId> {
        let key = match statement.parent.as_ref()? {
            Above::Nobody => return None,
            Above::Unit(key) => key.clone(),
        };
        let found = self.id(&key, day);
        if found.is_none() {
            self.doubt(statement, DoubtKind::UnknownKey, key);
        }
        found
    }

    fn found(&mut self, statements: &[Statement]) {
        let mut seen = HashSet::new();
        for statement in statements {
            let is_first = seen.insert(statement.key.as_str());
            let is_known = statement.key.starts_with(BY_CODE);
            if !is_first || is_known || self.units.by_key(&statement.key).is_some() {
                continue;
            }
            let (Some(kind), Some(name)) = (statement.kind, statement.name.clone()) else {
                let words = format!("{}: kind, name", statement.key);
                self.doubt(statement, DoubtKind::BadRow, words);
                continue;
            };
            let parent = self.above(statement, statement.from);
            let what = What::Found {
                kind,
                name,
                code: statement.code.clone(),
                key: Some(statement.key.clone()),
                rank: statement.row,
                parents: vec![(statement.line, parent)],
            };
            self.push(statement, statement.from.map_or(Moment::Always, Moment::On), what);
        }
    }

    /// What a row says beyond what is so on its day.
    fn adjust(&mut self, statement: &Statement) {
        let Some(unit) = self.unit(statement).and_then(|it| self.units.get(it)).cloned() else {
            return;
        };
        let begin = statement.from.or(unit.life().from);
        let day = begin.unwrap_or(Date::MIN);
        let when = begin.map_or(Moment::Always, Moment::On);
        if let Some(kind) = statement.kind.filter(|it| unit.kind_on(day) != Some(*it)) {
            self.push(statement, when, What::ChangeKind(kind));
        }
        if let Some(name) = statement.name.clone().filter(|it| unit.name_on(day) != Some(it)) {
            self.push(statement, when, What::Rename(name));
        }
        if let Some(code) = statement.code.clone().filter(|it| unit.code_on(day) != Some(it)) {
            self.push(statement, when, What::Recode(Some(code)));
        }
        let line = statement.line;
        let stands = unit.parent_on(line, day);
        match &statement.parent {
            None => {}
            Some(Above::Nobody) if stands.is_some() => {
                self.push(statement, when, What::Leave(line));
            }
            Some(Above::Nobody) => {}
            Some(_) => {
                let parent = self.above(statement, begin);
                if parent.is_some() && stands != Some(parent) {
                    self.push(statement, when, What::Move { line, parent });
                }
            }
        }
    }

    /// Ends and partings: the rows with a last day, and those that give a part of one.
    fn ends(&mut self, statements: &[Statement]) {
        let mut done = HashSet::new();
        for statement in statements {
            let Some(until) = statement.until else { continue };
            if !done.insert((statement.key.as_str(), until)) {
                continue;
            }
            let rows: Vec<&Statement> = statements
                .iter()
                .filter(|it| it.key == statement.key && it.until == Some(until))
                .collect();
            let mut parts = Vec::new();
            for row in rows {
                let Some(key) = &row.into else { continue };
                match self.id(key, until.tomorrow().ok()) {
                    Some(into) => {
                        let Statement { area, population, .. } = *row;
                        parts.push(Part { into, area, population });
                    }
                    None => self.doubt(row, DoubtKind::UnknownKey, key.clone()),
                }
            }
            self.end(statement, until, parts);
        }
    }

    fn end(&mut self, statement: &Statement, until: Date, parts: Vec<Part>) {
        let Ok(day) = until.tomorrow() else {
            return self.doubt(statement, DoubtKind::BadRow, until.to_string());
        };
        let Some(unit) = self.unit(statement) else { return };
        let above = self.units.above(unit, Line::State, until);
        let what = match parts.as_slice() {
            [] => What::Dissolve { into: None },
            // What goes to the unit above is no merger: a tier has ended.
            [part] if above.contains(&part.into) => What::Dissolve { into: Some(part.into) },
            [part] => What::Merge(part.into),
            _ => What::Split(parts),
        };
        let known =
            self.units.history(unit).into_iter().find(|it| {
                it.unit == unit && it.when.effective() == Some(day) && is_parting(&it.what)
            });
        match known.map(|it| it.what.clone()) {
            None if self.units.get(unit).is_some_and(|it| it.life().until.is_some()) => {
                self.doubt(statement, DoubtKind::Contradiction, statement.key.clone());
            }
            None => self.push(statement, Moment::On(day), what),
            Some(known) if known == what => {}
            Some(known) => self.weigh(statement, day, &known, &what),
        }
    }

    /// A parting that is known, now with other weights; anything else about it can't be taken back.
    fn weigh(&mut self, statement: &Statement, day: Date, known: &What, new: &What) {
        let (What::Split(_), What::Split(parts)) = (known, new) else {
            return self.doubt(statement, DoubtKind::Contradiction, statement.key.clone());
        };
        if known.successors() != new.successors() {
            return self.doubt(statement, DoubtKind::Contradiction, statement.key.clone());
        }
        let Some(unit) = self.unit(statement) else { return };
        for part in parts {
            let is_known = self
                .units
                .history(unit)
                .into_iter()
                .any(|it| it.when.effective() == Some(day) && it.what == What::Weigh(*part));
            if !is_known {
                self.push(statement, Moment::On(day), What::Weigh(*part));
            }
        }
    }
}

fn is_parting(what: &What) -> bool {
    matches!(what, What::Merge(_) | What::Split(_) | What::Dissolve { .. })
}
