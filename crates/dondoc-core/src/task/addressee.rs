//! Whom a document means by the names that it prints: units, or groups of units (*UBND các xã, phường*).
//!
//! A name that fits no unit, or several, is left open with what it may mean: nobody is given a task by guess.

use std::collections::HashSet;

use jiff::civil::Date;

use crate::{
    fold::bare,
    resolve::issuer,
    unit::{Kind, Level, Line, UnitId, Units},
};

/// Units that are addressed together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// *Các xã, phường, đặc khu*
    Communes,
    /// *Các sở, ban, ngành*
    Departments,
    /// *Các cấp ủy*
    PartyCommittees,
    /// *Mặt trận, các đoàn thể*
    Organisations,
}

super::named!(Group,
    Communes "communes" "các xã, phường, đặc khu" "communes",
    Departments "departments" "các sở, ban, ngành" "departments",
    PartyCommittees "party_committees" "các cấp ủy" "Party committees",
    Organisations "organisations" "Mặt trận, các đoàn thể" "the Front and organisations",
);

/// Whom a printed name means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meant {
    /// The units, in the order of the tree; of groups all that were there on the day.
    pub units: Vec<UnitId>,
    /// The groups that are named.
    pub groups: Vec<Group>,
    /// Who answers for it in the unit, as printed: `Chủ tịch`, `Giám đốc`.
    pub office: Option<String>,
    /// What fits no unit, or several.
    pub open: Vec<OpenName>,
}

/// A name that fits no unit, or several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenName {
    /// As printed.
    pub name: String,
    /// The units that it may mean.
    pub candidates: Vec<UnitId>,
}

/// Titles of those who answer for a unit, longest first.
const TITLES: [&str; 9] = [
    "người đứng đầu",
    "chỉ huy trưởng",
    "phó chủ tịch",
    "phó giám đốc",
    "thủ trưởng",
    "chủ tịch",
    "giám đốc",
    "bí thư",
    "chánh",
];

/// Organs that are spoken of by the name of their territory.
const ORGANS: [(&str, Line); 8] = [
    ("uy ban mat tran to quoc viet nam", Line::Front),
    ("mat tran to quoc", Line::Front),
    ("uy ban nhan dan", Line::State),
    ("hoi dong nhan dan", Line::State),
    ("ban chi huy quan su", Line::Military),
    ("dang uy", Line::Party),
    ("cap uy", Line::Party),
    ("chinh quyen", Line::State),
];

/// Words that name no single unit, with the group that they stand for.
const GROUP_WORDS: [(&str, Option<Group>); 22] = [
    ("xa", Some(Group::Communes)),
    ("phuong", Some(Group::Communes)),
    ("dac", Some(Group::Communes)),
    ("khu", Some(Group::Communes)),
    ("dia", Some(Group::Communes)),
    ("so", Some(Group::Departments)),
    ("ban", Some(Group::Departments)),
    ("nganh", Some(Group::Departments)),
    ("co", Some(Group::Departments)),
    ("quan", Some(Group::Departments)),
    ("doan", Some(Group::Organisations)),
    ("the", Some(Group::Organisations)),
    ("cac", None),
    ("va", None),
    ("tinh", None),
    ("cap", None),
    ("tren", None),
    ("ban tinh", None),
    ("thuoc", None),
    ("chuyen", None),
    ("mon", None),
    ("lien", None),
];

/// Finds units by the names that documents print, on one day and around one giver.
pub struct Directory<'u> {
    units: &'u Units,
    on: Date,
    /// The province around the one who gives the task, or the root above it.
    home: Option<UnitId>,
    /// Agencies by their name with short forms written out.
    agencies: Vec<(String, UnitId)>,
}

impl<'u> Directory<'u> {
    /// A directory of the units around `giver` on a day.
    #[must_use]
    pub fn new(units: &'u Units, giver: UnitId, on: Date) -> Self {
        let is_province = |it: &UnitId| {
            let kind = units.get(*it).and_then(|it| it.kind_on(on));
            kind.and_then(Kind::level) == Some(Level::Province)
        };
        let way: Vec<UnitId> =
            std::iter::once(giver).chain(units.above(giver, Line::State, on)).collect();
        let home = way.iter().copied().find(is_province).or(way.last().copied());
        let tree = units.tree(Line::State, on);
        let around: HashSet<UnitId> = home
            .and_then(|it| tree.place(it))
            .map(|at| tree.units()[tree.subtree(at)].iter().copied().collect())
            .unwrap_or_default();
        let agency = |it: &crate::unit::Unit| {
            let is_territory = it.kind_on(on)?.level().is_some();
            let is_near = around.contains(&it.id()) || it.parent_on(Line::State, on).is_none();
            (!is_territory && is_near)
                .then(|| it.name_on(on).map(|name| (spoken(name), it.id())))
                .flatten()
        };
        let agencies = units.all().filter_map(agency).collect();
        Self { units, on, home, agencies }
    }

    /// Whom one printed name means.
    #[must_use]
    pub fn resolve(&self, printed: &str) -> Meant {
        let mut meant = Meant::default();
        let (office, name) = split_title(printed.trim());
        meant.office = office;
        let (line, rest) = split_organ(name);
        if let Some(groups) = groups_of(rest) {
            for group in groups {
                meant.units.extend(self.members(group, line));
                meant.groups.push(group);
            }
        } else {
            for one in listed(rest) {
                match self.one(&one, name, line) {
                    Ok(unit) => meant.units.push(unit),
                    Err(candidates) => meant.open.push(OpenName { name: one, candidates }),
                }
            }
        }
        let mut seen = HashSet::new();
        meant.units.retain(|it| seen.insert(*it));
        if meant.units.is_empty() && meant.open.is_empty() {
            let name = printed.trim().to_owned();
            meant.open.push(OpenName { name, candidates: Vec::new() });
        }
        meant
    }

    /// The units of a group, in the official order.
    ///
    /// `line` is the one whose committees are meant: the same territory has several.
    #[must_use]
    pub fn members(&self, group: Group, line: Option<Line>) -> Vec<UnitId> {
        let line = match group {
            Group::PartyCommittees => Line::Party,
            Group::Organisations => Line::Front,
            Group::Communes | Group::Departments => line.unwrap_or(Line::State),
        };
        let tree = self.units.tree(line, self.on);
        let range = match self.home.and_then(|it| tree.place(it)) {
            Some(place) => tree.subtree(place),
            None => 0..tree.len(),
        };
        let is_member = |it: &UnitId| {
            let Some(kind) = self.units.get(*it).and_then(|it| it.kind_on(self.on)) else {
                return false;
            };
            match group {
                Group::Communes => kind.level() == Some(Level::Commune),
                Group::Departments => kind == Kind::Department,
                Group::PartyCommittees => kind == Kind::PartyCommittee,
                Group::Organisations => matches!(kind, Kind::Front | Kind::Organisation),
            }
        };
        tree.units()[range].iter().copied().filter(is_member).collect()
    }

    fn one(&self, name: &str, whole: &str, line: Option<Line>) -> Result<UnitId, Vec<UnitId>> {
        let is_home = matches!(bare(name).trim(), "tinh" | "thanh pho" | "cap tinh");
        if let (true, Some(Line::State), Some(home)) = (is_home, line, self.home) {
            return Ok(home);
        }
        let whole_key = spoken(whole);
        let keys = [spoken(name), whole_key.clone(), format!("{whole_key} tinh")];
        if let Some((_, unit)) =
            keys.iter().find_map(|key| self.agencies.iter().find(|it| it.0 == *key))
        {
            return Ok(*unit);
        }
        if line.is_some_and(|it| it != Line::State) {
            // A Party or Front committee of a commune is no unit of its own here; its territory is not the same office.
            return Err(self.near(name));
        }
        let found = self.near(name);
        match found.as_slice() {
            [unit] => Ok(*unit),
            _ => Err(found),
        }
    }

    /// Territories of that name around the giver, else anywhere.
    fn near(&self, name: &str) -> Vec<UnitId> {
        let found = self.units.find(name, self.on);
        let Some(home) = self.home else { return found };
        let is_near = |it: &UnitId| {
            *it == home || self.units.above(*it, Line::State, self.on).contains(&home)
        };
        let near: Vec<UnitId> = found.iter().copied().filter(is_near).collect();
        if near.is_empty() { found } else { near }
    }
}

/// The name that a unit signs with: of a territory its People's Committee, else its own.
#[must_use]
pub fn signing_name(units: &Units, unit: UnitId, on: Date) -> Option<String> {
    let unit = units.get(unit)?;
    let full = unit.full_name_on(on)?;
    if unit.kind_on(on)?.level().is_none() {
        return Some(full);
    }
    let mut letters = full.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_lowercase).collect();
    Some(format!("Ủy ban nhân dân {first}{}", letters.as_str()))
}

/// A name without case and accents, short forms written out.
fn spoken(name: &str) -> String {
    let key = issuer::key(name);
    let words = key.split(' ').map(|it| if it == "chqs" { "chi huy quan su" } else { it });
    words.collect::<Vec<_>>().join(" ")
}

fn split_title(printed: &str) -> (Option<String>, &str) {
    let lower = printed.to_lowercase();
    for title in TITLES {
        let Some(rest) = lower.strip_prefix(title) else { continue };
        if !rest.starts_with(' ') {
            continue;
        }
        // Lower case changes no lengths in Vietnamese; where it would, the name is taken whole.
        if let Some((title, rest)) = printed.split_at_checked(title.len()) {
            return (Some(title.to_owned()), rest.trim_start());
        }
    }
    (None, printed)
}

/// Takes an organ off the front of a name: `UBND xã Bình An` → the State's line, `xã Bình An`.
fn split_organ(name: &str) -> (Option<Line>, &str) {
    let mut ends: Vec<usize> = name.match_indices(' ').map(|(at, _)| at).collect();
    ends.push(name.len());
    for end in ends.into_iter().rev() {
        let key = spoken(&name[..end]);
        if let Some((_, line)) = ORGANS.iter().find(|(organ, _)| *organ == key) {
            return (Some(*line), name[end..].trim_start());
        }
    }
    (None, name)
}

/// The groups that a phrase names, if it names nothing else.
fn groups_of(phrase: &str) -> Option<Vec<Group>> {
    let key = bare(phrase);
    let words: Vec<&str> =
        key.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
    if key.contains("cap uy") || key.contains("to chuc dang") {
        return Some(vec![Group::PartyCommittees]);
    }
    if key.contains("chinh tri - xa hoi") || key.contains("chinh tri xa hoi") {
        return Some(vec![Group::Organisations]);
    }
    let begins = matches!(words.first(), Some(&("cac" | "nhung")));
    let mut groups = Vec::new();
    for word in &words {
        let (_, group) = GROUP_WORDS.iter().find(|it| it.0 == *word)?;
        groups.extend(*group);
    }
    groups.sort_unstable();
    groups.dedup();
    (begins && !groups.is_empty()).then_some(groups)
}

/// The names of a list with its kind before each: `các xã Bình An, Đông Khê` → `xã Bình An`, `xã Đông Khê`.
fn listed(phrase: &str) -> Vec<String> {
    let Some(rest) = phrase.strip_prefix("các ").or_else(|| phrase.strip_prefix("Các ")) else {
        return vec![phrase.to_owned()];
    };
    let (kind, names) = rest.split_once([':', ' ']).unwrap_or((rest, ""));
    let one = |name: &str| {
        let name = name.trim();
        let name = name.strip_prefix("và ").unwrap_or(name);
        format!("{kind} {name}")
    };
    let names: Vec<String> =
        names.split([',', ';']).filter(|it| !it.trim().is_empty()).map(one).collect();
    if names.is_empty() { vec![phrase.to_owned()] } else { names }
}
