//! What a list of one day says against the units that are known.

mod held;
mod matching;

use std::collections::HashSet;

use dondoc_core::unit::{Change, Kind, Level, Line, Moment, UnitId, Units, What};
use jiff::civil::Date;

use crate::units::{
    Doubt, DoubtKind, Outcome, Plan, Vouched,
    diff::{held::Held, matching::Match},
    list::{Entry, UnitList},
};

/// The key of the unit above all provinces.
pub(crate) const COUNTRY: &str = "viet-nam";

/// A list from which more of what is known is gone than this is no later list of the same units.
///
/// Between 2020 and 2025 the lists lost 7 % of the communes; the reform of 2025-07-01 two thirds, and for that there is a
/// table.
pub const MAX_GONE_PERCENT: usize = 25;

/// What a list changes, and which unit each of its entries is.
pub(crate) struct Difference {
    pub(crate) changes: Vec<Change>,
    pub(crate) doubts: Vec<Doubt>,
    /// For each entry of the list.
    pub(crate) units: Vec<UnitId>,
    pub(crate) is_refused: bool,
}

/// What loading a list would do.
pub(crate) fn plan(units: &Units, vouched: &Vouched, list: &UnitList) -> Plan {
    let Some(on) = list.on else {
        let doubts = vec![Doubt::of_file(DoubtKind::NoDay, list.source.clone())];
        return Plan { changes: Vec::new(), doubts, outcome: Outcome::Refused, vouches_on: None };
    };
    let mut difference = compare(units, vouched.before(on), list, on);
    let is_newer = vouched.last().is_none_or(|last| last < on);
    let outcome = match () {
        () if difference.changes.is_empty() && !difference.is_refused => Outcome::Known,
        () if difference.is_refused => Outcome::Refused,
        () if !is_newer => {
            let words = format!("{} {on}", list.source);
            difference.doubts.insert(0, Doubt::of_file(DoubtKind::NotNewer, words));
            Outcome::Compared
        }
        () => Outcome::Loaded,
    };
    if outcome != Outcome::Loaded {
        difference.changes.clear();
    }
    let vouches_on =
        (outcome == Outcome::Loaded || outcome == Outcome::Known && is_newer).then_some(on);
    Plan { changes: difference.changes, doubts: difference.doubts, outcome, vouches_on }
}

/// Compares a list with the units of its day.
pub(crate) fn compare(units: &Units, after: Option<Date>, list: &UnitList, on: Date) -> Difference {
    let when = match after {
        Some(after) => Moment::Between { after, by: on },
        None => Moment::Always,
    };
    let mut work = Work {
        units,
        list,
        on,
        when,
        next: units.next_id(),
        changes: Vec::new(),
        doubts: Vec::new(),
        found: vec![UnitId(0); list.entries.len()],
        gone: HashSet::new(),
        is_refused: false,
    };
    let country = work.country();
    for level in &list.levels {
        let held = Held::new(units, *level, on);
        let matches = matching::matches(&held, list, *level, &work.found);
        work.take(&matches, country);
        work.close(&held, &matches);
    }
    work.doubts.sort_by_key(|it| it.row);
    Difference {
        changes: work.changes,
        doubts: work.doubts,
        units: work.found,
        is_refused: work.is_refused,
    }
}

struct Work<'a> {
    units: &'a Units,
    list: &'a UnitList,
    on: Date,
    when: Moment,
    next: UnitId,
    changes: Vec<Change>,
    doubts: Vec<Doubt>,
    /// Which unit each entry is; 0 as long as that is not known.
    found: Vec<UnitId>,
    /// What ends with this list.
    gone: HashSet<UnitId>,
    is_refused: bool,
}

impl Work<'_> {
    fn new_id(&mut self) -> UnitId {
        let id = self.next;
        self.next = UnitId(id.0 + 1);
        id
    }

    fn push(&mut self, unit: UnitId, row: u32, what: What) {
        let source = format!("{}:{row}", self.list.source);
        self.changes.push(Change { unit, when: self.when, what, source });
    }

    fn doubt(&mut self, row: u32, kind: DoubtKind, words: String) {
        self.doubts.push(Doubt::at(row, kind, words));
    }

    /// The unit above all provinces.
    fn country(&mut self) -> UnitId {
        if let Some(country) = self.units.by_key(COUNTRY) {
            return country;
        }
        let country = self.new_id();
        let what = What::Found {
            kind: Kind::Country,
            name: "Việt Nam".to_owned(),
            code: None,
            key: Some(COUNTRY.to_owned()),
            rank: 0,
            parents: vec![(Line::State, None)],
        };
        let source = self.list.source.clone();
        self.changes.push(Change { unit: country, when: Moment::Always, what, source });
        country
    }

    fn take(&mut self, matches: &[(usize, Match)], country: UnitId) {
        for (at, matched) in matches {
            let entry = &self.list.entries[*at];
            let parent = entry.parent.map_or(country, |it| self.found[it]);
            match matched {
                Match::Same { unit, coded_by_other } => {
                    self.found[*at] = *unit;
                    self.adjust(*unit, entry, parent, *coded_by_other);
                }
                Match::New { coded_by_other } => {
                    let unit = self.new_id();
                    self.found[*at] = unit;
                    if let Some(other) = coded_by_other {
                        self.confused(entry, *other);
                    }
                    self.found_new(unit, entry, parent);
                }
            }
        }
    }

    fn found_new(&mut self, unit: UnitId, entry: &Entry, parent: UnitId) {
        let words = spoken(entry);
        if entry.code.is_none() {
            self.doubt(entry.row, DoubtKind::NoCode, words.clone());
        }
        if self.when != Moment::Always {
            self.doubt(entry.row, DoubtKind::New, words);
        }
        let what = What::Found {
            kind: entry.kind.unwrap_or(Kind::CommuneLevel),
            name: entry.name.clone(),
            code: entry.code.clone(),
            key: None,
            rank: entry.row,
            parents: vec![(Line::State, Some(parent))],
        };
        // Above the communes the kind decides where a unit belongs: nothing is guessed.
        self.is_refused |= entry.kind.is_none() && entry.level != Level::Commune;
        self.push(unit, entry.row, what);
    }

    /// A code that the list gives to one unit and that is another's, which is in the list too.
    ///
    /// Gives whether the code may be taken over. Since 2025-07-01 a code is not given again to another unit of the same tier
    /// (Decision 19/2025/QĐ-TTg): a list without districts that does so is refused.
    fn confused(&mut self, entry: &Entry, other: UnitId) -> bool {
        let words = format!("{} ≠ {}", spoken(entry), self.known(other));
        self.doubt(entry.row, DoubtKind::CodeMeansAnother, words);
        self.is_refused |= !self.list.levels.contains(&Level::District);
        // Where the code stands twice within the file, that is a slip of the pen, which the reader of the file has told.
        self.list.entries.iter().filter(|it| it.code == entry.code).count() == 1
    }

    /// Makes a known unit what the entry says.
    fn adjust(
        &mut self,
        unit: UnitId,
        entry: &Entry,
        parent: UnitId,
        coded_by_other: Option<UnitId>,
    ) {
        let Some(known) = self.units.get(unit) else { return };
        let (row, on) = (entry.row, self.on);
        let words = format!("{} ← {}", spoken(entry), self.known(unit));
        if let Some(kind) = entry.kind
            && known.kind_on(on) != Some(kind)
        {
            self.doubt(row, DoubtKind::KindChanged, words.clone());
            self.push(unit, row, What::ChangeKind(kind));
        }
        let name = known.name_on(on).unwrap_or_default();
        // A misspelled word of the kind is no new name: the reader of the file has told of it.
        let is_unread = entry.kind.is_none() && entry.name.ends_with(name);
        if name != entry.name && !is_unread {
            let is_same = matching::key(name) == matching::key(&entry.name);
            let kind = if is_same { DoubtKind::TonePlacement } else { DoubtKind::Renamed };
            self.doubt(row, kind, words.clone());
            if !is_same {
                self.push(unit, row, What::Rename(entry.name.clone()));
            }
        }
        let may_recode = coded_by_other.is_none_or(|it| self.confused(entry, it));
        if let Some(code) = &entry.code
            && known.code_on(on) != Some(code)
            && may_recode
        {
            self.doubt(row, DoubtKind::Recoded, words.clone());
            self.push(unit, row, What::Recode(Some(code.clone())));
        }
        if known.parent_on(Line::State, on) != Some(Some(parent)) {
            let to = entry.parent.map(|it| self.list.entries[it].full_name()).unwrap_or_default();
            self.doubt(row, DoubtKind::Moved, format!("{words} → {to}"));
            self.push(unit, row, What::Move { line: Line::State, parent: Some(parent) });
        }
    }

    /// What is known and not in the list is gone.
    fn close(&mut self, held: &Held<'_>, matches: &[(usize, Match)]) {
        let kept: HashSet<UnitId> = matches
            .iter()
            .filter_map(|(_, it)| match it {
                Match::Same { unit, .. } => Some(*unit),
                Match::New { .. } => None,
            })
            .collect();
        let gone: Vec<UnitId> = held.units().filter(|it| !kept.contains(it)).collect();
        let n_held = held.units().count();
        if gone.len() * 100 > n_held * MAX_GONE_PERCENT {
            let words = format!("{} / {n_held}", gone.len());
            self.doubts.push(Doubt::of_file(DoubtKind::TooMuchGone, words));
            self.is_refused = true;
            return;
        }
        self.gone.extend(gone.iter().copied());
        for unit in gone {
            let words = self.known(unit);
            self.tell_of_merger(held, unit, matches);
            self.doubts.push(Doubt::of_file(DoubtKind::Gone, words));
            let mut above = self.units.above(unit, Line::State, self.on).into_iter();
            let into = above.find(|it| !self.gone.contains(it));
            let source = self.list.source.clone();
            let what = What::Dissolve { into };
            self.changes.push(Change { unit, when: self.when, what, source });
        }
    }

    /// A unit whose code is gone while another took its name.
    fn tell_of_merger(&mut self, held: &Held<'_>, gone: UnitId, matches: &[(usize, Match)]) {
        let Some(known) = self.units.get(gone) else { return };
        let key = known.name_on(self.on).map(matching::key);
        let parent = held.parent(gone);
        for (at, matched) in matches {
            let entry = &self.list.entries[*at];
            let is_under_it = entry.parent.map(|it| self.found[it]) == parent;
            if is_under_it
                && matches!(matched, Match::Same { .. })
                && Some(matching::key(&entry.name)) == key
            {
                let words = format!("{} ← {}", spoken(entry), self.known(gone));
                self.doubt(entry.row, DoubtKind::PerhapsMerged, words);
            }
        }
    }

    /// A known unit in the words of a doubt.
    fn known(&self, unit: UnitId) -> String {
        let Some(known) = self.units.get(unit) else { return unit.to_string() };
        let name = known.full_name_on(self.on).unwrap_or_default();
        match known.code_on(self.on) {
            Some(code) => format!("{code} {name}"),
            None => name,
        }
    }
}

/// An entry in the words of a doubt.
fn spoken(entry: &Entry) -> String {
    match &entry.code {
        Some(code) => format!("{code} {}", entry.full_name()),
        None => entry.full_name(),
    }
}
