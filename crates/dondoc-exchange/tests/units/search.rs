//! Searching all units of the country, current and former, as people type: without accents.

use std::collections::{BTreeMap, BTreeSet};

use dondoc_core::{
    fold::bare,
    unit::{Level, Line, UnitId, Units},
};
use dondoc_exchange::units::{UnitFile, conversion::Conversion};
use jiff::civil::{Date, date};

use crate::source::{Loaded, made_up, reform};

const TODAY: Date = date(2026, 8, 1);

/// Who was looked for, and whether one of the right units stood among the first three.
#[derive(Default)]
struct Tally {
    n: usize,
    n_right: usize,
    missed: Vec<String>,
}

impl Tally {
    fn count(&mut self, typed: &str, found: &[UnitId], right: &BTreeSet<UnitId>) {
        self.n += 1;
        if found.iter().any(|it| right.contains(it)) {
            self.n_right += 1;
        } else {
            self.missed.push(typed.to_owned());
        }
    }

    fn tell(&self, what: &str) {
        let (n, right) = (self.n, self.n_right);
        let missed: Vec<_> = self.missed.iter().take(5).collect();
        println!("{what}: {right} of {n} among the first three; not {missed:?}");
    }

    /// At least 99 of 100.
    fn holds(&self) -> bool {
        self.n > 0 && self.n_right * 100 >= self.n * 99
    }
}

fn three(units: &Units, typed: &str, under: Option<UnitId>) -> Vec<UnitId> {
    let within = |it: UnitId| {
        under
            .is_none_or(|under| it == under || units.above(it, Line::State, TODAY).contains(&under))
    };
    units.search(typed, TODAY, 3, within).into_iter().map(|it| it.unit).collect()
}

fn table(loaded: &Loaded) -> &Conversion {
    let mut tables = loaded.steps.iter().filter_map(|it| match &it.file {
        UnitFile::Conversion(table) => Some(table),
        _ => None,
    });
    tables.next().unwrap()
}

/// The unit of a code on the day of the reform, as the table of the statisticians has it.
fn of_code(loaded: &Loaded, table: &Conversion, at: usize) -> Option<UnitId> {
    let entry = &table.after.entries[at];
    let found = loaded.units.by_code(entry.code.as_deref()?, table.on);
    let tier = |it: &UnitId| {
        let kind = loaded.units.get(*it).and_then(|it| it.kind_on(table.on));
        kind.and_then(dondoc_core::unit::Kind::level) == Some(entry.level)
    };
    found.into_iter().find(tier)
}

#[test]
fn current_units_are_among_the_first_three() {
    let Some(loaded) = reform() else { return };
    let table = table(loaded);
    let (mut with_place, mut at_home, mut alone) = <(Tally, Tally, Tally)>::default();
    let mut bearers = BTreeMap::<String, usize>::new();
    for (at, entry) in table.after.entries.iter().enumerate() {
        let Some(unit) = of_code(loaded, table, at) else { panic!("{entry:?}") };
        let right = BTreeSet::from([unit]);
        let name = bare(&entry.full_name());
        let above = entry.parent.map(|it| &table.after.entries[it]);
        let place = above.map_or(String::new(), |it| format!(", {}", bare(&it.name)));
        let typed = format!("{name}{place}");
        with_place.count(&typed, &three(&loaded.units, &typed, None), &right);
        let home = entry.parent.and_then(|it| of_code(loaded, table, it));
        at_home.count(&name, &three(&loaded.units, &name, home), &right);
        alone.count(&name, &three(&loaded.units, &name, None), &right);
        *bearers.entry(name).or_default() += 1;
    }
    assert_eq!(with_place.n, 34 + 3_321);
    with_place.tell("current units, name and province");
    at_home.tell("current units, name, within the own province");
    alone.tell("current units, name alone in all the country (names are no keys)");
    assert!(with_place.holds() && at_home.holds());
    // Of a name that four or more bear without accents, three can stand in a list of three: no search does better.
    let most: usize = bearers.values().map(|it| (*it).min(3)).sum();
    println!("of {} no list of three can hold more than {most}", alone.n);
    assert_eq!(alone.n_right, most);
}

#[test]
fn former_names_lead_to_the_units_of_today() {
    let Some(loaded) = reform() else { return };
    let table = table(loaded);
    let (mut with_place, mut at_home) = <(Tally, Tally)>::default();
    let mut done = BTreeSet::new();
    for row in &table.rows {
        let old = &table.before.entries[row.old];
        if old.level != Level::Commune || !done.insert(row.old) {
            continue;
        }
        let rows = table.rows.iter().filter(|it| it.old == row.old);
        let right: BTreeSet<_> = rows.filter_map(|it| of_code(loaded, table, it.new)).collect();
        let name = bare(&old.full_name());
        let place = old.parent.map_or(String::new(), |it| bare(&table.before.entries[it].name));
        let typed = format!("{name}, {place}");
        with_place.count(&typed, &three(&loaded.units, &typed, None), &right);
        let home = table.after.entries[row.new].parent.and_then(|it| of_code(loaded, table, it));
        at_home.count(&name, &three(&loaded.units, &name, home), &right);
    }
    assert!(with_place.n > 10_000, "{}", with_place.n);
    with_place.tell("former communes, name and district");
    at_home.tell("former communes, name, within the own province");
    assert!(with_place.holds());
}

#[test]
fn every_unit_of_the_sample_province_is_among_the_first_three() {
    let units = made_up();
    let mut tally = Tally::default();
    for unit in units.all() {
        let day = unit.day_of_life(TODAY);
        let Some(name) = unit.full_name_on(day) else { continue };
        let right: BTreeSet<_> = units.living(unit.id(), TODAY).into_iter().collect();
        if right.is_empty() {
            continue;
        }
        let typed = bare(&name);
        tally.count(&typed, &three(&units, &typed, None), &right);
    }
    tally.tell("the sample province, name alone");
    assert_eq!(tally.missed, Vec::<String>::new());
}
