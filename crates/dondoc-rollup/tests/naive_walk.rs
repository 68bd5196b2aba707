//! Totals are what a naive walk over the tree finds, in a million random cases; and the comparison finds mistakes.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

#[path = "naive_walk/arithmetic.rs"]
mod arithmetic;
#[path = "naive_walk/chance.rs"]
mod chance;
#[path = "naive_walk/oracle.rs"]
mod oracle;
#[path = "naive_walk/world.rs"]
mod world;

use dondoc_core::{
    aggregation::Aggregation,
    unit::{Line, Share, UnitId},
};
use dondoc_rollup::{
    carried::Carried,
    catalogue::SeriesNo,
    epoch::EpochNo,
    grid::Grid,
    total::{Query, View},
    totals::{PeriodNo, Totals},
    value::Value,
};

use crate::{
    chance::Chance,
    oracle::{Answer, Oracle, Question, Slip},
    world::{World, number},
};

/// Comparisons in all, and in each world.
const N_CASES: usize = 1_000_000;
const N_QUESTIONS: usize = 50;

/// What was compared, and the first difference.
#[derive(Default)]
struct Found {
    n_cases: usize,
    n_different: usize,
    first: Option<String>,
}

impl Found {
    fn compare<T: PartialEq + std::fmt::Debug>(&mut self, got: &T, expected: &T, of: &str) {
        self.n_cases += 1;
        if got != expected {
            self.n_different += 1;
            let text = || format!("{of}:\n got      {got:?}\n expected {expected:?}");
            self.first.get_or_insert_with(text);
        }
    }
}

/// A world with totals over it as of some moment, reached in different ways.
fn one_world(seed: u64, slip: Slip, skipping: bool, found: &mut Found) {
    let mut chance = Chance(seed);
    let world = World::new(&mut chance);
    let moment =
        if chance.once_in(3) { chance.below(world.log.len() + 1) } else { world.log.len() };
    let mut totals = world.totals(skipping);
    world.replay(&mut totals, 0..moment);
    let totals = match chance.below(4) {
        0 => through_a_snapshot(&world, &totals, skipping),
        1 => {
            // What happens to the original later must not touch the copy.
            let copy = totals.clone();
            world.replay(&mut totals, moment..world.log.len());
            copy
        }
        _ => totals,
    };
    let carried = carried(&world, &totals);
    let oracle = Oracle { world: &world, cells: world.cells(moment), slip };
    for at in 0..N_QUESTIONS {
        let asked = question(&world, &mut chance);
        let expected = oracle.answer(&asked);
        let got = answer(&totals, &carried, &asked);
        let got = settled(got, &expected);
        found.compare(&got, &expected, &format!("seed {seed} question {at} {asked:?}"));
        if slip == Slip::No && !skipping && at % 10 == 0 {
            check_parts(&totals, &carried, &asked, &world);
        }
    }
    if slip == Slip::No && !skipping {
        check_grid(&totals, &oracle, &mut chance);
    }
}

fn question(world: &World, chance: &mut Chance) -> Question {
    let era = &world.eras[*chance.of(&world.periods)];
    let units: Vec<u32> = era.units().collect();
    let along_party = chance.once_in(4);
    let unit = match era.party.as_slice() {
        [] => *chance.of(&units),
        party if along_party => chance.of(party).0,
        _ => *chance.of(&units),
    };
    let mut periods: Vec<usize> = (0..world.periods.len()).collect();
    if chance.once_in(2) {
        periods = vec![*chance.of(&periods)];
    } else {
        periods.retain(|_| !chance.once_in(4));
    }
    if periods.is_empty() {
        periods.push(0);
    }
    let (series, as_now) = (chance.below(world.series.len()), chance.once_in(2));
    Question { series, unit, periods, as_now, along_party }
}

fn with_query<T>(carried: &Carried, asked: &Question, then: impl FnOnce(&Query<'_>) -> T) -> T {
    let periods: Vec<PeriodNo> = asked.periods.iter().map(|it| PeriodNo(number(*it))).collect();
    then(&Query {
        series: SeriesNo(number(asked.series)),
        unit: UnitId(asked.unit),
        periods: &periods,
        view: if asked.as_now { View::AsNow(carried) } else { View::AsThen },
        line: asked.along_party.then_some(Line::Party),
    })
}

fn answer(totals: &Totals, carried: &Carried, asked: &Question) -> Answer {
    let total = with_query(carried, asked, |it| totals.total(it));
    Answer {
        value: total.value,
        counts: total.counts,
        weighted: total.through_weights,
        n_periods: total.n_periods,
    }
}

/// Of a refusal no weights count.
fn settled(got: Answer, expected: &Answer) -> Answer {
    if got.value.is_ok() { got } else { Answer { weighted: expected.weighted, ..got } }
}

fn carried(world: &World, totals: &Totals) -> Carried {
    let share = |(to, numerator, denominator): &(u32, i64, i64)| Share {
        unit: UnitId(*to),
        numerator: *numerator,
        denominator: *denominator,
        estimated: true,
        fell_back: false,
    };
    let carried = Carried::new(totals, EpochNo(number(world.now)), |epoch, unit| {
        let shares = world.shares.get(&(epoch.0 as usize, unit.0));
        Ok(shares.map_or_else(Vec::new, |it| it.iter().map(share).collect()))
    });
    carried.unwrap()
}

fn through_a_snapshot(world: &World, totals: &Totals, skipping: bool) -> Totals {
    let mut bytes = Vec::new();
    totals.write_snapshot(77, &mut bytes).unwrap();
    let (read, block) = world.totals(skipping).read_snapshot(&mut bytes.as_slice()).unwrap();
    assert_eq!(block, 77);
    read
}

/// The parts of a sum add up to it, and the gaps are as many as are counted.
fn check_parts(totals: &Totals, carried: &Carried, asked: &Question, world: &World) {
    with_query(carried, asked, |query| {
        let (total, parts) = (totals.total(query), totals.parts(query));
        let gaps = totals.gaps(query);
        let n_no_figure = gaps.iter().filter(|it| it.has_no_figure).count();
        assert_eq!(n_no_figure, total.counts.n_no_figure as usize);
        assert_eq!(gaps.len() - n_no_figure, total.counts.n_missing as usize);
        let sum = parts.iter().map(|it| it.value).reduce(Value::plus);
        let rules = &world.series[asked.series];
        let is_sum = |it| matches!(it, Aggregation::Sum | Aggregation::WeightedAverage);
        let is_last = rules.over_time == Aggregation::Last;
        if is_sum(rules.over_units) && (is_sum(rules.over_time) || is_last) {
            assert_eq!(total.value.ok(), sum, "{asked:?}");
        }
        let size = |it: Value| it.parts().1.unwrap_or(it.parts().0).abs();
        assert!(parts.is_sorted_by(|a, b| size(a.value) >= size(b.value)));
    });
}

/// A table has what asking for each total has; and the count of those who reported anything.
fn check_grid(totals: &Totals, oracle: &Oracle<'_>, chance: &mut Chance) {
    let world = oracle.world;
    let units: Vec<u32> = world.eras[*chance.of(&world.periods)].units().collect();
    let ids: Vec<UnitId> = units.iter().map(|it| UnitId(*it)).collect();
    let periods: Vec<PeriodNo> = (0..world.periods.len()).map(|it| PeriodNo(number(it))).collect();
    let columns = [&periods[..1], &periods[..], &periods[periods.len() - 1..]];
    let series: Vec<SeriesNo> = (0..world.series.len()).map(|it| SeriesNo(number(it))).collect();
    let mut n_cells = 0;
    let mut values = Vec::new();
    totals.grid(&Grid { series: &series, columns: &columns, units: &ids }, |cell| {
        n_cells += 1;
        values.push(cell.value);
        let column = columns[cell.column as usize];
        let expected = oracle.answer(&Question {
            series: cell.series as usize,
            unit: units[cell.unit as usize],
            periods: column.iter().map(|it| it.0 as usize).collect(),
            as_now: false,
            along_party: false,
        });
        let same = match (cell.value, expected.value) {
            (Some(a), Ok(b)) => a == b,
            (a, b) => a.is_none() && b.is_err(),
        };
        assert!(same, "{cell:?} {expected:?}");
        assert_eq!(cell.n_reported, expected.counts.n_reported);
    });
    assert_eq!(n_cells, series.len() * columns.len() * ids.len());
    let (mut numbers, mut at) = (Vec::new(), 0);
    for series in &series {
        let one = [*series];
        let grid = Grid { series: &one, columns: &columns, units: &ids };
        let answered = totals.numbers(&grid, &mut numbers);
        let fits = |it: &Option<Value>| match it {
            Some(Value::Number(it)) => i64::try_from(*it).is_ok(),
            Some(Value::Ratio { .. }) => false,
            None => true,
        };
        let of_series = &values[at..at + columns.len() * ids.len()];
        let is_plain = !world.series[series.0 as usize].is_ratio;
        assert_eq!(answered.is_ok(), is_plain && of_series.iter().all(fits));
        if answered.is_ok() {
            let numbers = numbers.iter().map(|it| it.map(|it| Value::Number(it.into())));
            assert!(numbers.eq(of_series.iter().copied()));
            check_one_by_one(totals, &grid, of_series);
        }
        at += of_series.len();
    }
    for (unit, id) in units.iter().zip(&ids) {
        let n = totals.n_units_reporting(periods[0], *id) as usize;
        assert_eq!(n, oracle.n_units_reporting(*unit, 0));
        totals.completeness(periods[0], *id, |it| {
            assert_eq!(it.n_reporting as usize, oracle.n_units_reporting(it.unit.0, 0));
        });
    }
}

/// A table of one unit is the same as its part of the table of all.
fn check_one_by_one(totals: &Totals, all: &Grid<'_>, expected: &[Option<Value>]) {
    let mut numbers = Vec::new();
    for at in 0..all.units.len() {
        let units = &all.units[at..=at];
        totals.numbers(&Grid { units, ..*all }, &mut numbers).unwrap();
        let numbers = numbers.iter().map(|it| it.map(|it| Value::Number(it.into())));
        assert!(numbers.eq(expected.iter().copied().skip(at).step_by(all.units.len())));
    }
}

fn search(slip: Slip, skipping: bool, seeds: std::ops::Range<u64>) -> Found {
    let mut found = Found::default();
    for seed in seeds {
        one_world(seed, slip, skipping, &mut found);
    }
    found
}

#[test]
fn totals_are_what_a_naive_walk_finds_in_a_million_cases() {
    let n_worlds = (N_CASES / N_QUESTIONS) as u64;
    let half = n_worlds / 2;
    let found = std::thread::scope(|scope| {
        let first = scope.spawn(|| search(Slip::No, false, 0..half));
        [search(Slip::No, false, half..n_worlds), first.join().unwrap()]
    });
    for found in &found {
        assert_eq!(found.n_different, 0, "{}", found.first.as_deref().unwrap_or_default());
    }
    let n_cases: usize = found.iter().map(|it| it.n_cases).sum();
    println!("{n_cases} random totals equal a naive walk");
    assert!(n_cases >= N_CASES);
}

#[test]
fn the_comparison_finds_a_skipped_ancestor() {
    let found = search(Slip::No, true, 0..200);
    println!("{} of {} differ", found.n_different, found.n_cases);
    assert!(found.n_different > 0);
}

#[test]
fn the_comparison_finds_the_usual_mistakes() {
    for slip in [
        Slip::NilIsMissing,
        Slip::LostRemainder,
        Slip::AverageOfAverages,
        Slip::AllForLast,
        Slip::ThenForNow,
    ] {
        let found = search(slip, false, 0..200);
        println!("{slip:?}: {} of {} differ", found.n_different, found.n_cases);
        assert!(found.n_different > 0, "{slip:?}");
    }
}
