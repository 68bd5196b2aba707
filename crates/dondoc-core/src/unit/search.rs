//! Finding a unit as people type it: without accents, half of it, shortened, under a name that it no longer has.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;

use crate::{
    fold::bare,
    unit::{Kind, Level, Line, NameKey, Unit, UnitId, Units},
};

/// A unit that may be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The unit; it lives on the day that was asked for.
    pub unit: UnitId,
    /// The name that was hit, if nobody has it any more on that day.
    pub formerly: Option<Former>,
}

/// A name of the past.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Former {
    /// Who had it: the unit itself before it was renamed, or one that went over to it, wholly or in part.
    pub unit: UnitId,
    /// The name as it was spoken: `Xã An Khê`.
    pub name: String,
    /// The last day on which it was so.
    pub last_day: Option<Date>,
}

/// What stands before a name in haste, and is no part of it.
const OFFICES: [&[&str]; 8] = [
    &["ubnd"],
    &["uy", "ban", "nhan", "dan"],
    &["uy", "ban"],
    &["hdnd"],
    &["bchqs"],
    &["ban", "chi", "huy", "quan", "su"],
    &["dang", "uy"],
    &["ubmttq"],
];

/// How the word of a kind is typed, and the word itself.
const KIND_WORDS: [(&[&str], &str); 20] = [
    (&["thanh", "pho"], "thanh pho"),
    (&["tpho"], "thanh pho"),
    (&["tp"], "thanh pho"),
    (&["thi", "tran"], "thi tran"),
    (&["tt"], "thi tran"),
    (&["thi", "xa"], "thi xa"),
    (&["tx"], "thi xa"),
    (&["dac", "khu"], "dac khu"),
    (&["dk"], "dac khu"),
    (&["phuong"], "phuong"),
    (&["ph"], "phuong"),
    (&["p"], "phuong"),
    (&["tinh"], "tinh"),
    (&["t"], "tinh"),
    (&["quan"], "quan"),
    (&["q"], "quan"),
    (&["huyen"], "huyen"),
    (&["h"], "huyen"),
    (&["xa"], "xa"),
    (&["x"], "xa"),
];

/// How well a name fits, the better the smaller: how it fits, whether the kind does, whether the accents that were typed do, whether
/// it is of the past, whether it has no accents as what was typed has none, its tier, and how much longer it is.
///
/// Who types no accents at all mostly leaves them out: then *Xã Vĩnh Quang* of today comes before a *Vinh Quang* of the past.
type Rank = (u8, u8, bool, bool, bool, u8, usize);

/// All names of all units, taken apart for searching; made when first asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    all: Vec<Named>,
    /// Every word of a name, its first letters, and its words in one, each with the place of the name; sorted.
    words: Vec<(String, usize)>,
}

#[derive(Clone, Debug)]
struct Named {
    unit: UnitId,
    /// Which of its names.
    at: usize,
    words: Vec<String>,
    joined: String,
    initials: String,
    key: NameKey,
}

/// A text as it was typed, in one of the ways in which it may be meant.
struct Typed<'a> {
    kind: Option<&'static str>,
    words: &'a [String],
}

impl Names {
    pub(crate) fn new<'a>(units: impl Iterator<Item = &'a Unit>) -> Self {
        let named = |unit: &'a Unit| {
            unit.names().iter().enumerate().map(move |(at, span)| {
                let words: Vec<String> = words(&span.value);
                Named {
                    unit: unit.id(),
                    at,
                    joined: words.concat(),
                    initials: words.iter().filter_map(|it| it.chars().next()).collect(),
                    key: NameKey::of(&span.value),
                    words,
                }
            })
        };
        let all: Vec<Named> = units.flat_map(named).collect();
        let mut words: Vec<(String, usize)> = Vec::new();
        for (at, named) in all.iter().enumerate() {
            let keys = named.words.iter().chain([&named.joined, &named.initials]);
            words.extend(keys.map(|it| (it.clone(), at)));
        }
        words.sort_unstable();
        words.dedup();
        Self { all, words }
    }

    /// The places of the names in which something begins with the first of these words.
    fn beginning_with(&self, typed: &[String]) -> impl Iterator<Item = usize> {
        let first = typed.first().map_or("", String::as_str);
        let from = self.words.partition_point(|it| it.0.as_str() < first);
        let them = self.words[from..].iter().take_while(move |it| it.0.starts_with(first));
        them.map(|it| it.1)
    }
}

fn words(text: &str) -> Vec<String> {
    bare(text).split(' ').filter(|it| !it.is_empty()).map(str::to_owned).collect()
}

/// The words that were typed, without the office before them; `tphcm` is two.
fn typed_words(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for word in words(text) {
        match word.strip_prefix("tp").filter(|it| it.len() > 1 && !it.starts_with('h')) {
            Some(rest) => all.extend(["tp".to_owned(), rest.to_owned()]),
            None if word == "tphcm" || word == "tphn" => {
                all.extend(["tp".to_owned(), word[2..].to_owned()]);
            }
            None => all.push(word),
        }
    }
    let office = OFFICES.iter().find(|it| begins(&all, it) && all.len() > it.len());
    all.split_off(office.map_or(0, |it| it.len()))
}

fn begins(words: &[String], with: &[&str]) -> bool {
    words.len() >= with.len() && words.iter().zip(with).all(|(it, of)| it == of)
}

/// With the word of a kind in front, and all of it as a name: *Thị Xã* may be either.
fn ways(words: &[String]) -> Vec<Typed<'_>> {
    let mut ways = vec![Typed { kind: None, words }];
    let kind = KIND_WORDS.iter().find(|it| begins(words, it.0) && words.len() > it.0.len());
    if let Some((typed, kind)) = kind {
        ways.insert(0, Typed { kind: Some(kind), words: &words[typed.len()..] });
    }
    ways
}

impl Named {
    /// How these words fit the name, and which of them are left over to say where the unit is.
    fn fit<'t>(&self, typed: &'t [String]) -> Option<(u8, &'t [String])> {
        let n = self.words.len();
        if typed.len() >= n && typed[..n] == self.words[..] {
            return Some((0, &typed[n..]));
        }
        let (last, before) = typed.split_last()?;
        let stands_at = |at: usize| {
            before.iter().enumerate().all(|(i, it)| self.words.get(at + i) == Some(it))
                && self.words.get(at + before.len()).is_some_and(|it| it.starts_with(last.as_str()))
        };
        if stands_at(0) {
            return Some((1, &[]));
        }
        let is_initials = |it: &String| n > 1 && *it == self.initials;
        if let Some((first, rest)) = typed.split_first()
            && is_initials(first)
        {
            return Some((2, rest));
        }
        if (1..n).any(stands_at) {
            return Some((3, &[]));
        }
        let joined = typed.concat();
        let is_joined = typed.len() == 1 && joined.len() > 3 && self.joined.starts_with(&joined);
        is_joined.then_some((4, &[]))
    }
}

impl Units {
    /// Units that may be meant by what was typed, best first, at most `n`; `within` says which of them are wanted.
    ///
    /// Blind to accents, case, the place of the tone mark and how letters are composed; knows short forms (`UBND`, `P.`,
    /// `TP. HCM`), the beginning of a name, names of the past, and more words that say where the unit is
    /// (`xã Tân An, Tây Ninh`). A name that is written with the same accents comes before others.
    #[must_use]
    pub fn search(
        &self,
        text: &str,
        on: Date,
        n: usize,
        within: impl Fn(UnitId) -> bool,
    ) -> Vec<Hit> {
        let typed = typed_words(text);
        let accents = Accents::of(text);
        let mut best: BTreeMap<usize, Rank> = BTreeMap::new();
        for way in ways(&typed).into_iter().filter(|it| !it.words.is_empty()) {
            for at in self.names().beginning_with(way.words) {
                let named = &self.names().all[at];
                let Some(unit) = self.get(named.unit) else { continue };
                let Some(mut rank) = self.rank(&way, (unit, named), on) else { continue };
                let is_other = !accents.fit(&named.key);
                (rank.2, rank.4) = (is_other && !text.is_ascii(), is_other);
                let before = best.entry(at).or_insert(rank);
                *before = rank.min(*before);
            }
        }
        let mut found: Vec<(Rank, &Named)> =
            best.into_iter().map(|(at, rank)| (rank, &self.names().all[at])).collect();
        found.sort_by_key(|(rank, it)| (*rank, it.unit));
        let coded = self.find(text, on).into_iter().filter(|it| {
            self.get(*it).and_then(|it| it.code_on(on)).is_some_and(|it| it == text.trim())
        });
        let coded = coded.map(|unit| Hit { unit, formerly: None });
        let named = found.into_iter().flat_map(|(_, it)| self.hits(it, on));
        let mut seen = HashSet::new();
        coded.chain(named).filter(|it| within(it.unit) && seen.insert(it.unit)).take(n).collect()
    }

    fn rank(&self, typed: &Typed<'_>, (unit, named): (&Unit, &Named), on: Date) -> Option<Rank> {
        let (fit, rest) = named.fit(typed.words)?;
        let span = unit.names().get(named.at)?;
        let is_past = !span.validity.contains(on);
        let day = if is_past {
            span.validity.last_day().or(span.validity.from).unwrap_or(on)
        } else {
            on
        };
        if !rest.is_empty() && !self.is_there(unit, day, on, rest) {
            return None;
        }
        let kind = unit.kind_on(day);
        // A ward that was a commune is still asked for as one.
        let fits_kind = typed
            .kind
            .is_none_or(|word| unit.kinds().iter().any(|it| bare(it.value.vietnamese()) == word));
        let tier = match kind.and_then(Kind::level) {
            Some(Level::Province) => 0,
            Some(Level::District) => 2,
            Some(Level::Commune) => 1,
            None => 3,
        };
        let longer = named.words.len().saturating_sub(typed.words.len());
        Some((fit, u8::from(!fits_kind), false, is_past, false, tier, longer))
    }

    /// Whether the words say where the unit was on its day, or is on this one.
    fn is_there(&self, unit: &Unit, day: Date, on: Date, rest: &[String]) -> bool {
        let mut places: Vec<Vec<String>> = Vec::new();
        let mut add = |of: UnitId, day: Date| {
            for above in self.above(of, Line::State, day) {
                let name = self.get(above).and_then(|it| it.name_on(it.day_of_life(day)));
                places.extend(name.map(words));
            }
        };
        add(unit.id(), day);
        for now in self.living(unit.id(), on) {
            add(now, on);
        }
        // Where it stood before, too: a commune is still asked for by the district that is no more.
        for span in unit.parents(Line::State) {
            add(unit.id(), span.validity.last_day().unwrap_or(on));
        }
        let initials = |it: &Vec<String>| -> String {
            it.iter().filter_map(|word| word.chars().next()).collect()
        };
        let mut rest = rest;
        while !rest.is_empty() {
            let kind = KIND_WORDS.iter().find(|it| begins(rest, it.0) && rest.len() > it.0.len());
            let after_kind = kind.map_or(rest, |it| &rest[it.0.len()..]);
            let whole = |rest: &[String]| {
                let fits = |it: &&Vec<String>| !it.is_empty() && rest.starts_with(it);
                places.iter().filter(fits).map(Vec::len).max()
            };
            let short = |rest: &[String]| {
                places.iter().any(|it| it.len() > 1 && initials(it) == rest[0]).then_some(1)
            };
            let begun = |rest: &[String]| {
                let (last, before) = rest.split_last()?;
                let fits = |it: &Vec<String>| {
                    it.starts_with(before)
                        && it.get(before.len()).is_some_and(|it| it.starts_with(last.as_str()))
                };
                places.iter().any(fits).then_some(rest.len())
            };
            let taken = [after_kind, rest].into_iter().find_map(|it| {
                let n = whole(it).or_else(|| short(it)).or_else(|| begun(it))?;
                Some(&it[n..])
            });
            match taken {
                Some(left) => rest = left,
                None => return false,
            }
        }
        true
    }

    /// The unit with the name, or those that it went over to and that live on the day.
    fn hits(&self, named: &Named, on: Date) -> Vec<Hit> {
        let Some(unit) = self.get(named.unit) else { return Vec::new() };
        let Some(span) = unit.names().get(named.at) else { return Vec::new() };
        if unit.life().contains(on) && span.validity.contains(on) {
            return vec![Hit { unit: unit.id(), formerly: None }];
        }
        let last_day = span.validity.last_day();
        let day = last_day.or(span.validity.from).unwrap_or(on);
        let name =
            unit.kind_on(day).map_or_else(|| span.value.clone(), |it| it.full_name(&span.value));
        let former = Former { unit: unit.id(), name, last_day };
        let now = self.living(unit.id(), on).into_iter();
        now.map(|unit| Hit { unit, formerly: Some(former.clone()) }).collect()
    }

    /// The unit itself if it lives on a day; else those that it went over to, whole or in part, as far as they live then.
    #[must_use]
    pub fn living(&self, unit: UnitId, on: Date) -> Vec<UnitId> {
        let mut found = Vec::new();
        let mut seen = HashSet::from([unit]);
        let mut open = std::collections::VecDeque::from([unit]);
        while let Some(it) = open.pop_front() {
            if self.get(it).is_some_and(|it| it.life().contains(on)) {
                found.push(it);
                continue;
            }
            open.extend(self.successors(it).into_iter().filter(|it| seen.insert(*it)));
        }
        found
    }
}

/// What was typed with its accents, with and without the words before the name.
struct Accents(Vec<NameKey>);

impl Accents {
    fn of(text: &str) -> Self {
        let parts: Vec<&str> = text.split(|it: char| it.is_whitespace() || it == ',').collect();
        let words: Vec<&str> = parts.into_iter().filter(|it| !it.is_empty()).collect();
        // A name has few words: every stretch that it could be is tried.
        let mut keys = Vec::new();
        for from in 0..words.len().min(6) {
            for to in from + 1..=words.len().min(from + 6) {
                keys.push(NameKey::of(&words[from..to].join(" ")));
            }
        }
        Self(keys)
    }

    fn fit(&self, name: &NameKey) -> bool {
        self.0.contains(name)
    }
}
