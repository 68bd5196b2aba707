//! The same totals the slow way: walking down the lists of parents, cell by cell, with fractions.

use std::collections::{BTreeMap, BTreeSet};

use dondoc_core::{aggregation::Aggregation, figure::Content};
use dondoc_rollup::{
    total::{Counts, Why},
    totals::Stored,
    value::Value,
};

use crate::{
    arithmetic::{add, both, fraction, is_less, join, number_of, plus, shared_out},
    world::{Cell, Parents, Rules, World},
};

/// A mistake that the oracle is told to make, to show that the comparison would find it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slip {
    /// None: it is right.
    No,
    /// Nil is taken for nothing reported.
    NilIsMissing,
    /// Shares are rounded down and what is left is lost.
    LostRemainder,
    /// Percentages are averaged.
    AverageOfAverages,
    /// Under "last" all periods are added up.
    AllForLast,
    /// The tree of then is taken for the tree of now.
    ThenForNow,
}

/// What is asked for.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    pub(crate) series: usize,
    pub(crate) unit: u32,
    pub(crate) periods: Vec<usize>,
    pub(crate) as_now: bool,
    pub(crate) along_party: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) value: Result<Value, Why>,
    pub(crate) counts: Counts,
    pub(crate) weighted: Option<(Value, u32)>,
    pub(crate) n_periods: u32,
}

/// A unit and all under it.
fn walk(parents: &Parents, unit: u32, found: &mut BTreeSet<u32>) {
    if parents.iter().any(|it| it.0 == unit) {
        found.insert(unit);
        for (child, _) in parents.iter().filter(|it| it.1 == Some(unit)) {
            walk(parents, *child, found);
        }
    }
}

/// A figure that lies in a total, with the parts that it lies there by: `None` is the whole.
struct Bit {
    period: usize,
    unit: u32,
    /// Place of each share among the unit's shares.
    shares: Option<Vec<usize>>,
    is_own: bool,
    is_expected: bool,
    stored: Option<Stored>,
}

/// Value, shares that are here, cells, and whether it is an estimate anyway.
type Shared = (Value, Vec<usize>, u32, bool);

pub(crate) struct Oracle<'a> {
    pub(crate) world: &'a World,
    pub(crate) cells: BTreeMap<Cell, Stored>,
    pub(crate) slip: Slip,
}

impl Oracle<'_> {
    pub(crate) fn answer(&self, asked: &Question) -> Answer {
        let rules = &self.world.series[asked.series];
        if rules.over_time == Aggregation::Last && asked.periods.len() > 1 {
            return self.last(asked, rules);
        }
        let nothing = Answer {
            value: Err(Why::NotInTree),
            counts: Counts::default(),
            weighted: None,
            n_periods: 0,
        };
        let mut values = Vec::new();
        let mut total = nothing;
        let mut refused = None;
        for period in &asked.periods {
            let Some(bits) = self.bits(asked, *period) else { continue };
            let of_period = self.over_units(asked, &bits);
            total.n_periods += 1;
            total.counts = plus(total.counts, of_period.counts);
            match of_period.value {
                Ok(value) => values.push((value, of_period.weighted)),
                Err(Why::NothingReported) => {}
                Err(why) => refused = Some(why),
            }
        }
        if total.n_periods > 0 {
            total.value = Err(Why::NothingReported);
        }
        for (value, weighted) in values {
            let is_max = rules.over_time == Aggregation::Max;
            (total.value, total.weighted) = match total.value {
                Ok(before) if is_max && is_less(before, value) => (Ok(value), weighted),
                Ok(before) if is_max => (Ok(before), total.weighted),
                Ok(before) => (Ok(add(before, value)), both(total.weighted, weighted)),
                Err(_) => (Ok(value), weighted),
            };
        }
        if let Some(why) = refused {
            total.value = Err(why);
        } else if rules.over_time == Aggregation::None && total.n_periods > 1 && total.value.is_ok()
        {
            total.value = Err(Why::NotOverTime);
        }
        total
    }

    /// How many units at and under one have anything stored in a period.
    pub(crate) fn n_units_reporting(&self, unit: u32, period: usize) -> usize {
        let mut units = BTreeSet::new();
        walk(&self.world.eras[self.world.periods[period]].parents, unit, &mut units);
        let has = |it: &u32| self.cells.keys().any(|cell| cell.1 == period && cell.2 == *it);
        units.iter().filter(|it| has(it)).count()
    }

    fn is_expected(&self, series: usize, era: usize, unit: u32) -> bool {
        let era = &self.world.eras[era];
        match self.world.series[series].class {
            0 => !era.parents.iter().any(|it| it.1 == Some(unit)),
            _ => era.asked.contains(&unit),
        }
    }

    /// The units of an era under the one that is asked for; `None` if it does not stand there.
    fn under(&self, asked: &Question, era: usize) -> Option<BTreeSet<u32>> {
        let era = &self.world.eras[era];
        let parents = if asked.along_party { &era.party } else { &era.parents };
        let mut units = BTreeSet::new();
        walk(parents, asked.unit, &mut units);
        (!units.is_empty()).then_some(units)
    }

    /// Where the figures of a unit of an era lie today.
    fn shares(&self, era: usize, unit: u32) -> Vec<(u32, i64, i64)> {
        let mut shares = self.world.shares.get(&(era, unit)).cloned().unwrap_or_default();
        shares.retain(|it| it.1 != 0);
        if shares.is_empty() && self.world.eras[self.world.now].units().any(|it| it == unit) {
            shares.push((unit, 1, 1));
        }
        shares
    }

    fn stored(&self, asked: &Question, period: usize, unit: u32) -> Option<Stored> {
        let stored = self.cells.get(&(asked.series, period, unit)).copied();
        stored.filter(|it| self.slip != Slip::NilIsMissing || it.content != Content::Nil)
    }

    fn bits(&self, asked: &Question, period: usize) -> Option<Vec<Bit>> {
        let (era, now) = (self.world.periods[period], self.world.now);
        let as_now = asked.as_now && era != now && self.slip != Slip::ThenForNow;
        let units = self.under(asked, if as_now { now } else { era })?;
        let bit = |unit: u32, shares: Option<Vec<usize>>, is_own: bool| Bit {
            period,
            unit,
            shares,
            is_own,
            is_expected: self.is_expected(asked.series, era, unit),
            stored: self.stored(asked, period, unit),
        };
        if !as_now {
            return Some(units.into_iter().map(|it| bit(it, None, it == asked.unit)).collect());
        }
        let mut at_unit = Vec::new();
        let mut bits = Vec::new();
        for unit in self.world.eras[era].units() {
            let shares = self.shares(era, unit);
            let here: Vec<usize> =
                (0..shares.len()).filter(|it| units.contains(&shares[*it].0)).collect();
            if shares.iter().any(|it| it.0 == asked.unit) {
                at_unit.push((unit, shares.len()));
            }
            if !here.is_empty() {
                let is_whole = here.len() == shares.len();
                bits.push(bit(unit, (!is_whole).then_some(here), false));
            }
        }
        if let [(unit, 1)] = at_unit.as_slice() {
            bits.iter_mut().filter(|it| it.unit == *unit).for_each(|it| it.is_own = true);
        }
        Some(bits)
    }

    /// What of a figure lies in the total: shares by largest remainder, on fractions.
    fn part(&self, bit: &Bit, value: Value) -> Value {
        let Some(here) = &bit.shares else { return value };
        let shares = self.shares(self.world.periods[bit.period], bit.unit);
        let part = |number: i128| -> i128 {
            let parts = shared_out(number, &shares, self.slip != Slip::LostRemainder);
            here.iter().map(|it| parts[*it]).sum()
        };
        match value {
            Value::Number(number) => Value::Number(part(number)),
            Value::Ratio { numerator, denominator } => {
                Value::Ratio { numerator: part(numerator), denominator: part(denominator) }
            }
        }
    }

    fn over_units(&self, asked: &Question, bits: &[Bit]) -> Answer {
        let rules = &self.world.series[asked.series];
        let is_max = rules.over_units == Aggregation::Max;
        let join = |a, b| join(a, b, rules);
        let mut counts = Counts::default();
        let (mut value, mut own): (Option<Value>, Option<Value>) = (None, None);
        let mut shared: BTreeMap<(usize, u32), Shared> = BTreeMap::new();
        for bit in bits {
            counts.n_expected += u32::from(bit.is_expected);
            let Some(stored) = bit.stored else {
                counts.n_missing += u32::from(bit.is_expected);
                continue;
            };
            let Some(number) = number_of(&stored, rules) else {
                counts.n_no_figure += 1;
                continue;
            };
            counts.n_reported += 1;
            counts.n_nil += u32::from(stored.content == Content::Nil);
            counts.n_inexact += u32::from(stored.is_inexact);
            counts.n_estimated += u32::from(stored.is_estimate);
            let number = if is_max { number } else { self.part(bit, number) };
            if let Some(shares) = &bit.shares {
                let entry = shared.entry((bit.period, bit.unit));
                let of = entry.and_modify(|it| it.0 = join(it.0, number)).or_insert((
                    number,
                    Vec::new(),
                    0,
                    stored.is_estimate,
                ));
                of.1.extend(shares);
                of.2 += 1;
            }
            if bit.is_own {
                own = Some(number);
            }
            value = Some(value.map_or(number, |it| join(it, number)));
        }
        let weighted = self.weighted(shared, rules, &mut counts);
        if self.slip == Slip::AverageOfAverages {
            value = value.map(|it| average(bits, rules).unwrap_or(it));
        }
        let value = match (rules.over_units, value, own) {
            (_, None, _) => Err(Why::NothingReported),
            (Aggregation::None, _, Some(own)) => Ok(own),
            (Aggregation::None, _, None) => Err(Why::NotOverUnits),
            (_, Some(value), _) => Ok(value),
        };
        Answer { value, counts, weighted, n_periods: 1 }
    }

    /// What came through weights: shared figures of which not all shares are here.
    fn weighted(
        &self,
        shared: BTreeMap<(usize, u32), Shared>,
        rules: &Rules,
        counts: &mut Counts,
    ) -> Option<(Value, u32)> {
        let mut weighted: Option<(Value, u32)> = None;
        for ((period, unit), (number, shares, n, is_estimate)) in shared {
            if shares.len() < self.shares(self.world.periods[period], unit).len() {
                let before = weighted;
                weighted = before.map(|it| (join(it.0, number, rules), it.1 + 1));
                weighted = weighted.or(Some((number, 1)));
                counts.n_estimated += if is_estimate { 0 } else { n };
            }
        }
        weighted.filter(|_| rules.over_units != Aggregation::None)
    }

    fn last(&self, asked: &Question, rules: &Rules) -> Answer {
        let periods = &asked.periods;
        let last_era = self.world.periods[*periods.last().unwrap()];
        let frame = if asked.as_now { self.world.now } else { last_era };
        let Some(units) = self.under(asked, frame) else {
            let counts = Counts::default();
            return Answer { value: Err(Why::NotInTree), counts, weighted: None, n_periods: 0 };
        };
        let mut bits = Vec::new();
        for unit in units {
            if asked.as_now {
                self.last_bits_now(asked, unit, &mut bits);
            } else {
                let era = self.world.periods[*periods.last().unwrap()];
                let is_expected = self.is_expected(asked.series, era, unit);
                let (period, stored) =
                    self.latest(asked, periods.iter().map(|it| (*it, unit)), rules);
                let is_own = unit == asked.unit;
                bits.push(Bit { period, unit, shares: None, is_own, is_expected, stored });
            }
        }
        let mut answer = self.over_units(asked, &bits);
        answer.n_periods = u32::try_from(periods.len()).unwrap();
        answer
    }

    /// The last number among some periods (in the order of time), or else the last that says there is none, or else nothing.
    fn latest(
        &self,
        asked: &Question,
        cells: impl Iterator<Item = (usize, u32)>,
        rules: &Rules,
    ) -> (usize, Option<Stored>) {
        let mut all: Vec<(usize, Option<Stored>)> =
            cells.map(|(period, unit)| (period, self.stored(asked, period, unit))).collect();
        all.reverse();
        let has_number = |it: &Option<Stored>| it.is_some_and(|it| number_of(&it, rules).is_some());
        if self.slip == Slip::AllForLast {
            return *all.last().unwrap();
        }
        let found = all.iter().find(|it| has_number(&it.1));
        *found.or(all.iter().find(|it| it.1.is_some())).unwrap_or(&all[0])
    }

    /// What a unit of today was made up of in an era: units with their shares, and the place of the share.
    fn make_up(&self, era: usize, today: u32) -> Vec<(u32, i64, i64, usize, usize)> {
        if era == self.world.now {
            return vec![(today, 1, 1, 0, 1)];
        }
        let mut units: Vec<u32> = self.world.eras[era].units().collect();
        units.sort_unstable();
        let mut made = Vec::new();
        for unit in units {
            let shares = self.shares(era, unit);
            for (at, share) in shares.iter().enumerate().filter(|it| it.1.0 == today) {
                let (part, of) = if shares.len() == 1 { (1, 1) } else { (share.1, share.2) };
                made.push((unit, part, of, at, shares.len()));
            }
        }
        made
    }

    fn last_bits_now(&self, asked: &Question, today: u32, bits: &mut Vec<Bit>) {
        let rules = &self.world.series[asked.series];
        let era = |period: usize| self.world.periods[period];
        let made = |period: usize| self.make_up(era(period), today);
        let has_number = |period: &&usize| {
            made(**period).iter().any(|it| {
                let stored = self.stored(asked, **period, it.0);
                stored.is_some_and(|it| number_of(&it, rules).is_some())
            })
        };
        let periods = &asked.periods;
        let latest = *periods.iter().rev().find(has_number).unwrap_or(periods.last().unwrap());
        let key = |period: usize| -> Vec<(u32, i64, i64)> {
            made(period).into_iter().map(|it| (it.0, it.1, it.2)).collect()
        };
        let mut same: Vec<usize> = periods.iter().copied().filter(|it| *it <= latest).collect();
        let first = same.iter().rposition(|it| key(*it) != key(latest)).map_or(0, |it| it + 1);
        same.drain(..first);
        let make_up = made(latest);
        for (unit, ..) in &make_up {
            let (period, stored) = self.latest(asked, same.iter().map(|it| (*it, *unit)), rules);
            // By the shares of the era that the figure is of: the other successors may have been others.
            let made_then = made(period);
            let (.., at, n_shares) = made_then.iter().find(|it| it.0 == *unit).unwrap();
            bits.push(Bit {
                period,
                unit: *unit,
                shares: (*n_shares > 1).then(|| vec![*at]),
                is_own: today == asked.unit && *n_shares == 1 && make_up.len() == 1,
                is_expected: self.is_expected(asked.series, era(latest), *unit),
                stored,
            });
        }
    }
}

/// The mistake that everybody makes.
fn average(bits: &[Bit], rules: &Rules) -> Option<Value> {
    let numbers = bits.iter().filter_map(|it| number_of(&it.stored?, rules));
    let shares: Vec<(i128, i128)> = numbers.filter_map(fraction).collect();
    let (mut numerator, mut denominator) = (0_i128, 1_i128);
    for (a, b) in shares.iter().filter(|_| rules.is_ratio) {
        numerator = numerator.checked_mul(*b)?.checked_add(a.checked_mul(denominator)?)?;
        denominator = denominator.checked_mul(*b)?;
    }
    let denominator = denominator.checked_mul(i128::try_from(shares.len()).ok()?)?;
    (rules.is_ratio && !shares.is_empty()).then_some(Value::Ratio { numerator, denominator })
}
