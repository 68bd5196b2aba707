//! What the conversion table says against the units that are known.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use dondoc_core::unit::{Change, Kind, Level, Line, Moment, Part, UnitId, Units, What};

use crate::units::{
    Doubt, DoubtKind, Outcome, Plan, Vouched, compare,
    conversion::{Conversion, Extent, Row},
    diff::{self, COUNTRY},
};

/// What loading the table would do.
pub(crate) fn plan(units: &Units, vouched: &Vouched, table: &Conversion) -> Plan {
    let day_before = table.before.on.unwrap_or(table.on);
    let before = diff::compare(units, vouched.before(day_before), &table.before, day_before);
    let mut doubts = before.doubts;
    if before.is_refused {
        return Plan { changes: Vec::new(), doubts, outcome: Outcome::Refused, vouches_on: None };
    }
    if compare::is_converted(units, table.on) {
        doubts.extend(compare::table(units, table, &before.units));
        let outcome = if doubts.is_empty() && before.changes.is_empty() {
            Outcome::Known
        } else {
            Outcome::Compared
        };
        return Plan { changes: Vec::new(), doubts, outcome, vouches_on: None };
    }
    let known = units.with(before.changes.clone());
    let mut work = Work {
        known: &known,
        table,
        old: &before.units,
        new: vec![None; table.after.entries.len()],
        next: known.next_id(),
        changes: before.changes,
        doubts,
    };
    work.provinces();
    work.communes();
    work.old_communes();
    work.districts();
    let (changes, mut doubts) = (work.changes, work.doubts);
    doubts.sort_by_key(|it| it.row);
    Plan { changes, doubts, outcome: Outcome::Loaded, vouches_on: Some(table.on) }
}

struct Work<'a> {
    known: &'a Units,
    table: &'a Conversion,
    /// The unit of each entry of the day before.
    old: &'a [UnitId],
    /// The unit of each new entry, as far as it is known already.
    new: Vec<Option<UnitId>>,
    next: UnitId,
    changes: Vec<Change>,
    doubts: Vec<Doubt>,
}

impl Work<'_> {
    fn push(&mut self, unit: UnitId, row: u32, what: What) {
        let source = format!("{}:{row}", self.table.source);
        self.changes.push(Change { unit, when: Moment::On(self.table.on), what, source });
    }

    /// The old province that a row's old unit was in.
    fn old_province(&self, row: &Row) -> usize {
        let mut at = row.old;
        while let Some(parent) = self.table.before.entries[at].parent {
            at = parent;
        }
        at
    }

    fn provinces(&mut self) {
        let mut olds_of: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        let mut news_of: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for row in &self.table.rows {
            let (old, new) = (self.old_province(row), self.province_of(row.new));
            olds_of.entry(new).or_default().insert(old);
            news_of.entry(old).or_default().insert(new);
        }
        let country = self.known.by_key(COUNTRY);
        for (new, olds) in &olds_of {
            let alone = olds.first().filter(|it| olds.len() == 1 && news_of[*it].len() == 1);
            if let Some(old) = alone {
                self.keep(*new, self.old[*old], country);
            } else {
                self.found(*new, country);
            }
        }
        for (old, news) in news_of {
            let unit = self.old[old];
            let into: Vec<UnitId> = news.iter().filter_map(|it| self.new[*it]).collect();
            let row = self.table.before.entries[old].row;
            match into.as_slice() {
                [into] if *into == unit => {}
                [into] => self.push(unit, row, What::Merge(*into)),
                _ => self.push(unit, row, What::Split(parts(&into))),
            }
        }
    }

    fn province_of(&self, new: usize) -> usize {
        self.table.after.entries[new].parent.unwrap_or(new)
    }

    /// A new unit that nobody has been before.
    fn found(&mut self, new: usize, parent: Option<UnitId>) {
        let unit = self.next;
        self.next = UnitId(unit.0 + 1);
        self.new[new] = Some(unit);
        let entry = &self.table.after.entries[new];
        let what = What::Found {
            kind: entry.kind.unwrap_or(Kind::CommuneLevel),
            name: entry.name.clone(),
            code: entry.code.clone(),
            key: None,
            rank: entry.row,
            parents: vec![(Line::State, parent)],
        };
        self.push(unit, entry.row, what);
    }

    /// A new unit that is an old one, under whatever name and wherever it stands now.
    fn keep(&mut self, new: usize, unit: UnitId, parent: Option<UnitId>) {
        self.new[new] = Some(unit);
        let entry = self.table.after.entries[new].clone();
        let Some(before) = self.known.get(unit) else { return };
        let day = self.table.before.on.unwrap_or(self.table.on);
        if let Some(kind) = entry.kind.filter(|it| before.kind_on(day) != Some(*it)) {
            self.push(unit, entry.row, What::ChangeKind(kind));
        }
        if before.name_on(day) != Some(&entry.name) {
            self.push(unit, entry.row, What::Rename(entry.name));
        }
        if before.code_on(day) != entry.code.as_deref() {
            self.push(unit, entry.row, What::Recode(entry.code));
        }
        if before.parent_on(Line::State, day) != Some(parent) {
            self.push(unit, entry.row, What::Move { line: Line::State, parent });
        }
    }

    fn communes(&mut self) {
        let mut rows_of: HashMap<usize, Vec<&Row>> = HashMap::new();
        for row in &self.table.rows {
            rows_of.entry(row.new).or_default().push(row);
        }
        for new in 0..self.table.after.entries.len() {
            if self.table.after.entries[new].level != Level::Commune {
                continue;
            }
            let parent = self.new[self.province_of(new)];
            let rows = rows_of.get(&new).map_or(&[][..], Vec::as_slice);
            let goes_on =
                |it: Extent| matches!(it, Extent::Unchanged | Extent::Renamed | Extent::Rest);
            match rows {
                [row] if goes_on(row.extent) => self.keep(new, self.old[row.old], parent),
                _ => self.found(new, parent),
            }
        }
    }

    /// What became of each old commune, and of the island districts that had none.
    fn old_communes(&mut self) {
        let mut rows_of: BTreeMap<usize, Vec<&Row>> = BTreeMap::new();
        for row in &self.table.rows {
            rows_of.entry(row.old).or_default().push(row);
        }
        for (old, rows) in rows_of {
            let unit = self.old[old];
            let into: Vec<UnitId> = rows.iter().filter_map(|it| self.new[it.new]).collect();
            match (rows.as_slice(), into.as_slice()) {
                ([row], [into]) if row.extent.is_whole() => {
                    if *into != unit {
                        self.push(unit, row.row, What::Merge(*into));
                    }
                }
                _ => self.split(old, &rows, &into),
            }
        }
    }

    fn split(&mut self, old: usize, rows: &[&Row], into: &[UnitId]) {
        let mut parts = parts(into);
        let place_of = |extent| rows.iter().position(|it| it.extent == extent);
        // Where one part has all the people the others have none, and so with land.
        if let Some(all) = place_of(Extent::PartOfAreaAllPeople) {
            for (at, part) in parts.iter_mut().enumerate() {
                part.population = Some(u64::from(at == all));
            }
        }
        if let Some(all) = place_of(Extent::AllArea) {
            for (at, part) in parts.iter_mut().enumerate() {
                part.area = Some(u64::from(at == all));
            }
        }
        let name = self.table.before.entries[old].full_name();
        let notes = || rows.iter().map(|it| it.note.as_str()).collect::<Vec<_>>().join(" · ");
        let row = rows[0].row;
        if rows.len() > 1 && rows.iter().any(|it| it.extent.is_whole()) {
            let words = format!("{name}: {}", notes());
            self.doubts.push(Doubt::at(row, DoubtKind::WholeTwice, words));
        }
        if rows.len() == 1 {
            let words = format!("{name}: {}", notes());
            self.doubts.push(Doubt::at(row, DoubtKind::RestUnknown, words));
        }
        self.push(self.old[old], row, What::Split(parts));
    }

    /// The districts end; what they had lies with the new province.
    fn districts(&mut self) {
        let mut province_of = BTreeMap::new();
        let told: BTreeSet<usize> = self.table.rows.iter().map(|it| it.old).collect();
        for row in &self.table.rows {
            let parent = self.table.before.entries[row.old].parent;
            // An island district without commune went over itself.
            let district = parent.filter(|it| !told.contains(it));
            let Some(district) = district else { continue };
            if self.table.before.entries[district].level == Level::District {
                let province = self.new[self.province_of(row.new)];
                province_of.entry(district).or_insert((row.row, province));
            }
        }
        for (district, (row, into)) in province_of {
            self.push(self.old[district], row, What::Dissolve { into });
        }
    }
}

fn parts(into: &[UnitId]) -> Vec<Part> {
    into.iter().map(|into| Part { into: *into, area: None, population: None }).collect()
}
