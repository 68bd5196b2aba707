//! Sums are equal before and after, over every old commune with random figures.

use std::collections::{BTreeMap, HashMap};

use dondoc_core::unit::{Kind, Level, Line, UnitId, Units, Weight, apportion};
use dondoc_exchange::units::{UnitFile, conversion::Extent};
use jiff::civil::{Date, date};

use crate::source::{BEFORE, Loaded, REFORM, everything, made_up, reform};

const WEIGHTS: [Weight; 3] = [Weight::Area, Weight::Population, Weight::Equal];

/// Figures of all sizes and signs, the same on every run.
fn figures(units: &Units, on: Date, seed: u64) -> BTreeMap<UnitId, i64> {
    let mut state = seed;
    let mut next = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    };
    let tree = units.tree(Line::State, on);
    tree.units()
        .iter()
        .map(|unit| {
            let size = i64::try_from(next() % 9).unwrap();
            let value = i64::try_from(next()).unwrap() % 10_i64.pow(u32::try_from(size).unwrap());
            (*unit, if next() % 4 == 0 { -value } else { value })
        })
        .collect()
}

/// The total of each unit of a tree: its own figure and all under it.
fn totals(units: &Units, own: &BTreeMap<UnitId, i64>, on: Date) -> BTreeMap<UnitId, i128> {
    let tree = units.tree(Line::State, on);
    let sum = |place: usize| {
        tree.subtree(place)
            .filter_map(|it| own.get(&tree.units()[it]))
            .map(|it| i128::from(*it))
            .sum()
    };
    (0..tree.len()).map(|it| (tree.units()[it], sum(it))).collect()
}

/// The same figures in the tree of a later day.
fn carried(
    units: &Units,
    own: &BTreeMap<UnitId, i64>,
    (then, on): (Date, Date),
    weight: Weight,
) -> BTreeMap<UnitId, i64> {
    let mut later: BTreeMap<UnitId, i64> = BTreeMap::new();
    for (unit, value) in own {
        let shares = units.shares(*unit, then, on, weight).unwrap();
        let parts = apportion(*value, &shares);
        assert_eq!(parts.iter().sum::<i64>(), *value);
        for (share, part) in shares.iter().zip(parts) {
            *later.entry(share.unit).or_default() += part;
        }
    }
    later
}

fn histories() -> Vec<Units> {
    let real = [reform(), everything()].into_iter().flatten().map(|it| it.units.clone());
    real.chain([made_up()]).collect()
}

#[test]
fn shares_add_up_to_exactly_one() {
    for units in histories() {
        for unit in units.tree(Line::State, BEFORE).units() {
            for weight in WEIGHTS {
                let shares = units.shares(*unit, BEFORE, REFORM, weight).unwrap();
                let common: i128 = shares.iter().map(|it| i128::from(it.denominator)).product();
                let sum: i128 = shares
                    .iter()
                    .map(|it| common / i128::from(it.denominator) * i128::from(it.numerator))
                    .sum();
                assert_eq!(sum, common, "{unit}");
                assert!(shares.iter().all(|it| it.numerator > 0 && it.denominator > 0));
                let is_one = shares.len() == 1;
                assert!(is_one || shares.iter().all(|it| it.estimated), "{unit}");
            }
        }
    }
}

#[test]
fn the_country_and_every_province_keep_their_sums_through_the_reform() {
    for units in histories() {
        for (seed, weight) in (1..).zip(WEIGHTS) {
            let own = figures(&units, BEFORE, seed);
            let before = totals(&units, &own, BEFORE);
            let later = carried(&units, &own, (BEFORE, REFORM), weight);
            let after = totals(&units, &later, REFORM);
            let of_roots = |tree: &BTreeMap<UnitId, i128>, on: Date| -> i128 {
                let roots = units.tree(Line::State, on);
                let roots: Vec<UnitId> = (0..roots.len())
                    .filter(|it| roots.parent(*it).is_none())
                    .map(|it| roots.units()[it])
                    .collect();
                roots.iter().map(|it| tree[it]).sum()
            };
            assert_eq!(of_roots(&before, BEFORE), of_roots(&after, REFORM));
            // No province was split: each new one has what its old ones had.
            let mut expected: BTreeMap<UnitId, i128> = BTreeMap::new();
            let provinces = units.all().filter(|it| {
                it.life().contains(BEFORE)
                    && it.kind_on(BEFORE).and_then(Kind::level) == Some(Level::Province)
            });
            for old in provinces {
                let new = units.successors(old.id()).first().copied().unwrap_or(old.id());
                *expected.entry(new).or_default() += before[&old.id()];
            }
            assert!(!expected.is_empty());
            for (province, sum) in expected {
                assert_eq!(after[&province], sum);
            }
        }
    }
}

/// The rows of the table are added up here by themselves, as they stand in the file.
#[test]
fn whole_mergers_have_exactly_the_sum_of_their_rows() {
    let mut n_compared = 0;
    for loaded in [reform(), everything()].into_iter().flatten() {
        let units = &loaded.units;
        let own = figures(units, BEFORE, 7);
        let communes: BTreeMap<UnitId, i64> = own
            .iter()
            .filter(|(it, _)| level(units, **it, BEFORE) == Some(Level::Commune))
            .map(|(unit, value)| (*unit, *value))
            .collect();
        let later = carried(units, &communes, (BEFORE, REFORM), Weight::Population);
        for (code, olds) in whole_rows(loaded) {
            let new = units.by_code(&code, REFORM);
            let sum: i64 = olds
                .iter()
                .map(|(code, name)| {
                    let old = units.by_code(code, BEFORE).into_iter().find(|it| {
                        let known = units.get(*it).unwrap().full_name_on(BEFORE).unwrap();
                        units.by_code(code, BEFORE).len() == 1 || known == *name
                    });
                    old.map_or(0, |it| communes[&it])
                })
                .sum();
            assert_eq!(later.get(&new[0]).copied().unwrap_or(0), sum, "{code}");
            n_compared += 1;
        }
    }
    assert!(n_compared == 0 || n_compared > 5_000, "{n_compared}");
}

fn level(units: &Units, unit: UnitId, on: Date) -> Option<Level> {
    units.get(unit)?.kind_on(on)?.level()
}

/// New codes all of whose rows are whole, each with its old codes and names; codes that stand twice are left out.
fn whole_rows(loaded: &Loaded) -> HashMap<String, Vec<(String, String)>> {
    let table = loaded.steps.iter().find_map(|it| match &it.file {
        UnitFile::Conversion(table) => Some(table),
        _ => None,
    });
    let table = table.unwrap();
    let mut rows: HashMap<String, Vec<(String, String)>> = HashMap::new();
    let mut mixed: Vec<String> = Vec::new();
    for row in &table.rows {
        let new = table.after.entries[row.new].code.clone().unwrap();
        let is_slip = ["01615", "02485", "00553"].contains(&row.old_code.as_deref().unwrap_or(""));
        let is_island = row.old_code.is_none();
        if is_slip || is_island || !row.extent.is_whole() || row.extent == Extent::Rest {
            mixed.push(new);
            continue;
        }
        let old = (row.old_code.clone().unwrap(), table.before.entries[row.old].full_name());
        rows.entry(new).or_default().push(old);
    }
    mixed.iter().for_each(|it| drop(rows.remove(it)));
    rows
}

#[test]
fn figures_of_2020_reach_2026_through_every_change() {
    let Some(loaded) = everything() else { return };
    let units = &loaded.units;
    let (then, on) = (date(2020, 2, 25), date(2026, 7, 25));
    for (seed, weight) in (11..).zip(WEIGHTS) {
        let own = figures(units, then, seed);
        let later = carried(units, &own, (then, on), weight);
        let sum = |it: &BTreeMap<UnitId, i64>| it.values().map(|it| i128::from(*it)).sum::<i128>();
        assert_eq!(sum(&own), sum(&later));
        let tree = units.tree(Line::State, on);
        assert!(later.keys().all(|it| tree.place(*it).is_some()));
    }
}
