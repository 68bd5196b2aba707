//! Who is meant by a name or a code.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;

use crate::{
    fold::{SyllableKey, bare, syllable_key},
    unit::{Unit, UnitId, Validity},
};

/// Names, codes and keys of all units over all time.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    names: HashMap<String, Vec<Named>>,
    codes: HashMap<String, Vec<(UnitId, Validity)>>,
    keys: HashMap<String, UnitId>,
}

#[derive(Clone, Debug)]
struct Named {
    unit: UnitId,
    validity: Validity,
    /// With tones, to put those first that are written alike.
    key: NameKey,
}

fn syllables(text: &str) -> Vec<SyllableKey> {
    text.split(|it: char| !it.is_alphanumeric() && !crate::fold::is_mark(it))
        .filter(|it| !it.is_empty())
        .map(|it| if it.contains(char::is_numeric) { number_key(it) } else { syllable_key(it) })
        .collect()
}

/// Digits are no letters to [`syllable_key`], and `Phường 1` is not `Phường 2`.
fn number_key(word: &str) -> SyllableKey {
    let letter = |it: char| match it.to_digit(10) {
        Some(digit) => char::from_u32(u32::from('a') + digit).unwrap_or(it),
        None => it,
    };
    // No syllable begins like this.
    syllable_key(&format!("zzq{}", word.chars().map(letter).collect::<String>()))
}

impl Index {
    pub(crate) fn new(units: &BTreeMap<UnitId, Unit>) -> Self {
        let mut index = Self::default();
        for unit in units.values() {
            if let Some(key) = &unit.key {
                index.keys.entry(key.clone()).or_insert(unit.id);
            }
            for span in &unit.codes {
                let entry = index.codes.entry(span.value.clone()).or_default();
                entry.push((unit.id, span.validity));
            }
            for name in &unit.names {
                index.add(unit.id, name.validity, &name.value);
                for kind in unit.kinds.iter().filter(|it| it.validity.overlaps(&name.validity)) {
                    if kind.value.goes_before_the_name() {
                        let full = kind.value.full_name(&name.value);
                        let from = kind.validity.from.max(name.validity.from);
                        let untils = [kind.validity.until, name.validity.until];
                        let until = untils.into_iter().flatten().min();
                        index.add(unit.id, Validity { from, until }, &full);
                    }
                }
            }
        }
        index
    }

    fn add(&mut self, unit: UnitId, validity: Validity, name: &str) {
        let named = Named { unit, validity, key: NameKey::of(name) };
        self.names.entry(bare(name)).or_default().push(named);
    }

    pub(crate) fn find(&self, text: &str, on: Option<Date>) -> Vec<UnitId> {
        let holds = |it: &Validity| on.is_none_or(|day| it.contains(day));
        let text = text.trim();
        let coded = self.codes.get(text).into_iter().flatten();
        let mut found: Vec<UnitId> =
            coded.filter(|(_, it)| holds(it)).map(|(unit, _)| *unit).collect();
        let asked = NameKey::of(text);
        let named = self.names.get(&bare(text)).into_iter().flatten();
        let mut named: Vec<(bool, UnitId)> =
            named.filter(|it| holds(&it.validity)).map(|it| (it.key != asked, it.unit)).collect();
        named.sort_unstable();
        found.extend(named.into_iter().map(|(_, unit)| unit));
        let mut seen = std::collections::HashSet::new();
        found.retain(|it| seen.insert(*it));
        found
    }

    pub(crate) fn by_code(&self, code: &str, on: Date) -> Vec<UnitId> {
        let coded = self.codes.get(code).into_iter().flatten();
        coded.filter(|(_, it)| it.contains(on)).map(|(unit, _)| *unit).collect()
    }

    pub(crate) fn by_key(&self, key: &str) -> Option<UnitId> {
        self.keys.get(key).copied()
    }
}

/// A name without case, composition and the place of its tone marks: two spellings of one name are equal.
///
/// Stable within a version of Dondoc, not across versions: do not store it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NameKey(Vec<SyllableKey>);

impl NameKey {
    /// The key of a name; numbers in it count, marks between words do not.
    #[must_use]
    pub fn of(name: &str) -> Self {
        Self(syllables(name))
    }
}
