//! Everything about units that does not fit together.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;

use crate::unit::{
    Flaw, FlawKind, Kind, Line, Moment, NameKey, Part, Unit, UnitId, Units, Validity, What,
};

/// Units that must not have one name: under which unit, of what kind, and the name without accents.
type Siblings = (Option<UnitId>, Kind, String);

impl Units {
    /// Everything that does not fit together, by unit. None of it is repaired anywhere.
    #[must_use]
    pub fn check(&self) -> Vec<Flaw> {
        let mut flaws = Vec::new();
        self.check_changes(&mut flaws);
        self.check_codes(&mut flaws);
        for line in Line::ALL {
            self.check_line(line, &mut flaws);
        }
        flaws.sort_by_key(|it| it.unit);
        flaws
    }

    fn check_changes(&self, flaws: &mut Vec<Flaw>) {
        let mut founded = BTreeMap::new();
        for change in self.changes() {
            let since = change.when.effective();
            let unit = change.unit;
            let mut push = |kind| flaws.push(Flaw { unit, since, kind });
            if let Moment::Between { after, by } = change.when
                && !self.get(unit).is_some_and(|it| was_so(it, &change.what, by))
            {
                push(FlawKind::OpenDay { change: change.what.code(), after, by });
            }
            if matches!(change.what, What::Found { .. }) {
                if founded.insert(unit, ()).is_some() {
                    push(FlawKind::FoundedTwice);
                }
                continue;
            }
            let Some(known) = self.get(unit) else {
                push(FlawKind::NeverFounded);
                continue;
            };
            if !was_there(known, &change.what, since) {
                push(FlawKind::NotThere { change: change.what.code() });
            }
            self.check_successors(known, &change.what, since, flaws);
        }
    }

    fn check_successors(
        &self,
        unit: &Unit,
        what: &What,
        since: Option<Date>,
        flaws: &mut Vec<Flaw>,
    ) {
        let mut push = |kind| flaws.push(Flaw { unit: unit.id(), since, kind });
        for into in what.successors() {
            let life = self.get(into).map(Unit::life);
            if !life.is_some_and(|it| since.is_some_and(|day| it.contains(day))) {
                push(FlawKind::SuccessorNotThere { into });
            }
        }
        match what {
            What::Dissolve { into: None } => push(FlawKind::WithoutSuccessor),
            What::Split(parts) if parts.len() == 1 => {
                push(FlawKind::RestUnknown { into: parts[0].into });
            }
            What::Split(parts) => {
                let weighs = |part: &Part| {
                    self.history(unit.id()).into_iter().any(|it| {
                        matches!(it.what, What::Weigh(known) if known.into == part.into)
                            && it.when.effective() == since
                    })
                };
                for part in parts {
                    if part.area.is_none() && part.population.is_none() && !weighs(part) {
                        push(FlawKind::PartWithoutWeight { into: part.into });
                    }
                }
            }
            What::Weigh(known) => {
                let is_part = self.history(unit.id()).into_iter().any(|it| {
                    matches!(&it.what, What::Split(parts) if parts.iter().any(|it| it.into == known.into))
                        && it.when.effective() == since
                });
                if !is_part {
                    push(FlawKind::NoSuchPart { into: known.into });
                }
            }
            _ => {}
        }
    }

    fn check_codes(&self, flaws: &mut Vec<Flaw>) {
        let mut by_code: HashMap<&str, Vec<(UnitId, Validity)>> = HashMap::new();
        for unit in self.all() {
            for span in unit.codes() {
                let others = by_code.entry(&span.value).or_default();
                for (other, validity) in others.iter() {
                    if *other != unit.id() && validity.overlaps(&span.validity) {
                        let since = span.validity.from.max(validity.from);
                        let kind = FlawKind::SameCode { other: *other, code: span.value.clone() };
                        flaws.push(Flaw { unit: unit.id(), since, kind });
                    }
                }
                others.push((unit.id(), span.validity));
            }
        }
    }

    fn check_line(&self, line: Line, flaws: &mut Vec<Flaw>) {
        for unit in self.all() {
            for span in unit.parents(line) {
                let Some(parent) = span.value else { continue };
                let spans = self.get(parent).map_or(&[][..], |it| it.parents(line));
                if !is_covered(span.validity, spans.iter().map(|it| it.validity)) {
                    let kind = FlawKind::ParentNotThere { line, parent };
                    flaws.push(Flaw { unit: unit.id(), since: span.validity.from, kind });
                }
            }
        }
        let days: Vec<Date> = match self.epochs(line) {
            [] => vec![Date::MAX],
            days => {
                let before = days[0].yesterday().ok();
                before.into_iter().chain(days.iter().copied()).collect()
            }
        };
        let mut told: Vec<(UnitId, Option<UnitId>)> = Vec::new();
        for day in days {
            self.check_day(line, day, &mut told, flaws);
        }
    }

    /// What does not fit on one day; what was told of an earlier one is not told again.
    fn check_day(
        &self,
        line: Line,
        day: Date,
        told: &mut Vec<(UnitId, Option<UnitId>)>,
        flaws: &mut Vec<Flaw>,
    ) {
        let tree = self.tree(line, day);
        let mut siblings: HashMap<Siblings, Vec<(UnitId, &str)>> = HashMap::new();
        for unit in tree.units().iter().filter_map(|it| self.get(*it)) {
            if self.above(unit.id(), line, day).contains(&unit.id())
                && !told.contains(&(unit.id(), None))
            {
                told.push((unit.id(), None));
                let kind = FlawKind::UnderItself { line };
                flaws.push(Flaw { unit: unit.id(), since: Some(day), kind });
            }
            let (Some(parent), Some(kind), Some(name)) =
                (unit.parent_on(line, day), unit.kind_on(day), unit.name_on(day))
            else {
                continue;
            };
            let namesakes = siblings.entry((parent, kind, crate::fold::bare(name))).or_default();
            for (other, spelled) in namesakes.iter() {
                let pair = (unit.id(), Some(*other));
                if NameKey::of(spelled) == NameKey::of(name) && !told.contains(&pair) {
                    told.push(pair);
                    let kind = FlawKind::SameName { other: *other, name: name.to_owned() };
                    flaws.push(Flaw { unit: unit.id(), since: Some(day), kind });
                }
            }
            namesakes.push((unit.id(), name));
        }
    }
}

/// Whether a change of a day left open was so the day before already: then another source knows the day.
fn was_so(unit: &Unit, what: &What, by: Date) -> bool {
    let Ok(before) = by.yesterday() else { return false };
    match what {
        What::Rename(name) => unit.name_on(before) == Some(name),
        What::Recode(code) => unit.code_on(before) == code.as_deref(),
        What::ChangeKind(kind) => unit.kind_on(before) == Some(*kind),
        What::Move { line, parent } => unit.parent_on(*line, before) == Some(*parent),
        _ => false,
    }
}

/// Whether a unit lived when the change came: the day before for its end, that day for all else.
fn was_there(unit: &Unit, what: &What, since: Option<Date>) -> bool {
    let Some(day) = since else { return unit.life().from.is_none() && !what.ends(unit.id()) };
    match what {
        _ if what.ends(unit.id()) => unit.life().until == Some(day) && !unit.life().is_empty(),
        What::Weigh(_) => unit.life().contains(day) || unit.life().until == Some(day),
        _ => unit.life().contains(day),
    }
}

/// Whether stretches that follow one another cover another without a gap.
fn is_covered(whole: Validity, parts: impl Iterator<Item = Validity>) -> bool {
    let mut reached = whole.from;
    let mut begun = false;
    for part in parts {
        let starts = match (part.from, reached) {
            (None, _) => true,
            (Some(_), None) => begun,
            (Some(from), Some(reached)) => from <= reached,
        };
        if !starts {
            continue;
        }
        if !begun && part.until.is_some_and(|until| reached.is_some_and(|it| until <= it)) {
            continue;
        }
        begun = true;
        match part.until {
            None => return true,
            Some(until) => reached = Some(reached.map_or(until, |it| it.max(until))),
        }
        if whole.until.is_some_and(|it| reached.is_some_and(|day| it <= day)) {
            return true;
        }
    }
    false
}
