//! Made-up worlds: trees over time, lines, series, figures, successors with shares.

use std::collections::{BTreeMap, HashMap, HashSet};

use dondoc_core::{
    aggregation::Aggregation,
    figure::{Content, Series},
    period::Period,
    tree::Tree,
    unit::{Line, UnitId},
};
use dondoc_rollup::{
    catalogue::{Catalogue, Counted, Expectation, SeriesNo},
    epoch::{Epoch, EpochNo},
    totals::{PeriodNo, Stored, Totals},
};

use crate::chance::Chance;

/// A tree as the list it is made from: units in some order, each with the one above.
pub(crate) type Parents = Vec<(u32, Option<u32>)>;

pub(crate) struct Era {
    pub(crate) parents: Parents,
    pub(crate) party: Parents,
    /// Class 1 of the units that should report.
    pub(crate) asked: HashSet<u32>,
}

pub(crate) struct Rules {
    pub(crate) is_ratio: bool,
    pub(crate) over_units: Aggregation,
    pub(crate) over_time: Aggregation,
    pub(crate) class: u16,
}

/// Where the units of an era lie in today's: unit, numerator, denominator.
pub(crate) type Shares = HashMap<(usize, u32), Vec<(u32, i64, i64)>>;

/// A cell: series, period, unit.
pub(crate) type Cell = (usize, usize, u32);

pub(crate) struct World {
    pub(crate) eras: Vec<Era>,
    /// The era of each period.
    pub(crate) periods: Vec<usize>,
    pub(crate) series: Vec<Rules>,
    /// All versions of figures, in the order in which they came; `None` takes one away.
    pub(crate) log: Vec<(Cell, Option<Stored>)>,
    /// Which era is today's, and where the units of the others lie in it: unit, numerator, denominator.
    pub(crate) now: usize,
    pub(crate) shares: Shares,
}

impl World {
    pub(crate) fn new(chance: &mut Chance) -> Self {
        let mut eras = vec![Era::new(first_tree(chance), chance)];
        for _ in 0..chance.below(3) {
            let parents = changed(&eras.last().unwrap().parents, chance);
            eras.push(Era::new(parents, chance));
        }
        let mut periods: Vec<usize> =
            (0..1 + chance.below(6)).map(|_| chance.below(eras.len())).collect();
        periods.sort_unstable();
        let now = if chance.once_in(8) { chance.below(eras.len()) } else { eras.len() - 1 };
        let series = (0..2 + chance.below(5)).map(|_| Rules::new(chance)).collect();
        let mut world =
            Self { eras, periods, series, log: Vec::new(), now, shares: HashMap::new() };
        world.shares = world.some_shares(chance);
        world.log = world.some_figures(chance);
        world
    }

    fn some_shares(&self, chance: &mut Chance) -> Shares {
        let today: Vec<u32> = self.eras[self.now].units().collect();
        let mut shares = HashMap::new();
        for (at, era) in self.eras.iter().enumerate().filter(|it| it.0 != self.now) {
            for unit in era.units() {
                let lives_on = today.contains(&unit);
                if if lives_on { !chance.once_in(8) } else { chance.once_in(10) } {
                    continue;
                }
                let n = *chance.of(&[1, 1, 1, 2, 2, 3, 4]);
                let mut targets: Vec<u32> = (0..n).map(|_| *chance.of(&today)).collect();
                targets.sort_unstable();
                targets.dedup();
                let weights: Vec<i64> =
                    targets.iter().map(|_| i64::try_from(chance.below(6)).unwrap()).collect();
                let total = weights.iter().sum();
                let parts = targets.into_iter().zip(weights);
                let parts: Vec<_> = if total == 0 {
                    parts.take(1).map(|(to, _)| (to, 1, 1)).collect()
                } else {
                    parts.map(|(to, weight)| (to, weight, total)).collect()
                };
                shares.insert((at, unit), parts);
            }
        }
        shares
    }

    fn some_figures(&self, chance: &mut Chance) -> Vec<(Cell, Option<Stored>)> {
        let mut log: Vec<(Cell, Option<Stored>)> = Vec::new();
        let density = 1 + chance.below(5);
        for (series, rules) in self.series.iter().enumerate() {
            let size = *chance.of(&[3, 100, 100_000, i64::MAX]);
            for (period, era) in self.periods.iter().enumerate() {
                for unit in self.eras[*era].units() {
                    while chance.below(6) < density {
                        log.push(((series, period, unit), some_figure(rules, size, chance)));
                        if !chance.once_in(4) {
                            break;
                        }
                    }
                }
            }
        }
        for at in (1..log.len()).rev() {
            log.swap(at, chance.below(at + 1));
        }
        log
    }

    /// What is in force after the first `n` versions.
    pub(crate) fn cells(&self, n: usize) -> BTreeMap<Cell, Stored> {
        let mut cells = BTreeMap::new();
        for (cell, stored) in &self.log[..n] {
            match stored {
                Some(stored) => cells.insert(*cell, *stored),
                None => cells.remove(cell),
            };
        }
        cells
    }

    /// Totals over these trees without figures. `skipping` hangs one unit of the last era directly under the one above the
    /// one above it, so that one ancestor is left out.
    pub(crate) fn totals(&self, skipping: bool) -> Totals {
        let line = |parents: &Parents| tree(parents);
        let mut epochs: Vec<Epoch> = Vec::new();
        for (at, era) in self.eras.iter().enumerate() {
            let mut parents = era.parents.clone();
            if skipping && at + 1 == self.eras.len() {
                skip_an_ancestor(&mut parents);
            }
            let asked = |tree: &Tree, place: usize| era.asked.contains(&tree.units()[place].0);
            let epoch = Epoch::new(tree(&parents).into()).expecting(asked);
            epochs.push(epoch.with_line(Line::Party, line(&era.party)).unwrap());
        }
        let catalogue = Catalogue::new(self.series.iter().enumerate().map(|(at, rules)| Counted {
            series: Series { indicator: format!("CT.{at}"), option: None },
            is_ratio: rules.is_ratio,
            over_units: rules.over_units,
            over_time: rules.over_time,
            expected: Expectation(rules.class),
        }));
        let periods = self.periods.iter().enumerate().map(|(at, era)| {
            let month = u8::try_from(at).unwrap() + 1;
            (Period::Month { year: 2025, month }, EpochNo(u32::try_from(*era).unwrap()))
        });
        Totals::new(catalogue.unwrap(), epochs, &periods.collect::<Vec<_>>()).unwrap()
    }

    /// Puts versions of figures in.
    pub(crate) fn replay(&self, totals: &mut Totals, versions: std::ops::Range<usize>) {
        for ((series, period, unit), stored) in &self.log[versions] {
            let (series, period) = (number(*series), number(*period));
            totals.set(SeriesNo(series), PeriodNo(period), UnitId(*unit), *stored).unwrap();
        }
    }
}

impl Era {
    fn new(parents: Parents, chance: &mut Chance) -> Self {
        let mut units: Vec<u32> = parents.iter().map(|it| it.0).collect();
        let asked = units.iter().copied().filter(|_| chance.once_in(2)).collect();
        units.retain(|_| !chance.once_in(3));
        let mut party: Parents = Vec::new();
        while !units.is_empty() {
            let unit = units.swap_remove(chance.below(units.len()));
            let above = (!party.is_empty() && !chance.once_in(6)).then(|| chance.of(&party).0);
            party.push((unit, above));
        }
        Self { parents, party, asked }
    }

    pub(crate) fn units(&self) -> impl Iterator<Item = u32> {
        self.parents.iter().map(|it| it.0)
    }
}

impl Rules {
    fn new(chance: &mut Chance) -> Self {
        use Aggregation::{Last, Max, None, Sum, WeightedAverage};
        let is_ratio = chance.once_in(3);
        let over_units = *chance.of(&[Sum, Sum, Sum, Max, None]);
        let over_time = *chance.of(&[Sum, Sum, Last, Last, Max, None]);
        let average = |it| if is_ratio && it == Sum { WeightedAverage } else { it };
        let class = u16::from(chance.once_in(2));
        Self { is_ratio, over_units: average(over_units), over_time: average(over_time), class }
    }
}

fn first_tree(chance: &mut Chance) -> Parents {
    let mut parents = vec![(0, None)];
    for unit in 1..2 + u32::try_from(chance.below(14)).unwrap() {
        let above = (!chance.once_in(12)).then(|| chance.of(&parents).0);
        parents.push((unit, above));
    }
    parents
}

/// The next tree: some units gone with what was under them moved up, some moved, some new.
fn changed(before: &Parents, chance: &mut Chance) -> Parents {
    let mut parents = before.clone();
    let newest = parents.iter().map(|it| it.0).max().unwrap_or(0);
    for unit in newest + 1..=newest + u32::try_from(chance.below(4)).unwrap() {
        let above = (!parents.is_empty()).then(|| chance.of(&parents).0);
        parents.push((unit, above));
    }
    for _ in 0..chance.below(5) {
        if parents.len() > 2 {
            let (gone, above) = parents.remove(chance.below(parents.len()));
            for it in parents.iter_mut().filter(|it| it.1 == Some(gone)) {
                it.1 = above;
            }
        }
    }
    for _ in 0..chance.below(3) {
        let (moved, to) = (chance.below(parents.len()), chance.below(parents.len()));
        let to = parents[to].0;
        if !is_above(&parents, parents[moved].0, to) {
            parents[moved].1 = Some(to);
        }
    }
    parents
}

fn is_above(parents: &Parents, upper: u32, lower: u32) -> bool {
    let above = |it: u32| parents.iter().find(|of| of.0 == it).and_then(|of| of.1);
    std::iter::successors(Some(lower), |it| above(*it)).any(|it| it == upper)
}

/// Hangs a unit with somebody two levels up one level higher.
fn skip_an_ancestor(parents: &mut Parents) {
    let above =
        |parents: &Parents, it: u32| parents.iter().find(|of| of.0 == it).and_then(|of| of.1);
    for at in 0..parents.len() {
        let upper = parents[at].1.and_then(|it| above(parents, it));
        if upper.is_some() {
            parents[at].1 = upper;
            return;
        }
    }
}

fn some_figure(rules: &Rules, size: i64, chance: &mut Chance) -> Option<Stored> {
    let mut number = |size: i64| {
        let drawn = i64::from_ne_bytes(chance.next().to_ne_bytes());
        if size == i64::MAX { drawn } else { drawn % (size + 1) }
    };
    let content = if rules.is_ratio {
        let size = size.min(1 << 40);
        Content::Ratio { numerator: number(size), denominator: number(size.min(7)).abs() }
    } else {
        Content::Value(number(size))
    };
    let content = match chance.below(12) {
        0 => return None,
        1 => Content::Nil,
        2 => Content::NoFigure,
        _ => content,
    };
    let has_number = content != Content::NoFigure;
    let (is_estimate, is_inexact) = (chance.once_in(4), chance.once_in(4));
    let (is_estimate, is_inexact) = (has_number && is_estimate, has_number && is_inexact);
    Some(Stored { content, is_estimate, is_inexact })
}

pub(crate) fn tree(parents: &Parents) -> Tree {
    let parents = parents.iter().map(|(unit, above)| (UnitId(*unit), above.map(UnitId)));
    Tree::new(&parents.collect::<Vec<_>>()).unwrap()
}

pub(crate) fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap()
}
