//! A change of units, rehearsed: what it would do to every total, before anyone decides about it.
//!
//! The books are made a second time, with the units as they would be, from the same blocks; then each total is asked of
//! both. So what is forecast is what the ledger will answer after the change, not an estimate of it. That takes the time of
//! reading all blocks once, and the room of a second set of books; nobody waits meanwhile.

mod balance;
mod expected;

use std::{collections::BTreeSet, sync::Arc};

use dondoc_core::{
    figure::Series,
    pack::Severity,
    period::Period,
    unit::{Change, Flaw, Line, Share, UnitId, Units, Weight},
};
use dondoc_rollup::{
    carried::Carried,
    total::{Query, Total, View},
    totals::PeriodNo,
};
use dondoc_store::blocks::BlockId;
use jiff::civil::Date;

use crate::{
    books::Books,
    error::LedgerError,
    ledger::{Ledger, catch_up},
    total::Sight,
};

pub use balance::{Balance, Unequal};
pub use expected::Owed;

/// What a change of units would do.
#[derive(Clone, Debug)]
pub struct Rehearsal {
    /// The change, as it would be kept.
    pub changes: Vec<Change>,
    /// How many changes were kept when this was rehearsed: with others since, it has to be rehearsed anew.
    pub n_before: usize,
    /// The newest block that was looked at.
    pub moment: BlockId,
    /// The day on which *as now* is asked: today, or the day of the change if that is later.
    pub day: Date,
    /// What would not fit together, and fits now. With an error among them the change is not to be done.
    pub flaws: Vec<Flaw>,
    /// The units that the change names, those that are gone first.
    pub units: Vec<UnitId>,
    /// Those above them.
    pub above: Vec<UnitId>,
    /// Where the figures of each unit that goes, or gives something away, would lie.
    pub shares: Vec<(UnitId, Vec<Share>)>,
    /// Totals of each of the units, of the newest period that each series has.
    pub rows: Vec<Row>,
    /// Whether everything adds up to the same afterwards, in all series and periods.
    pub balance: Balance,
    /// Figures that have no place in the totals, before and after: of units that were gone when their period closed.
    pub n_homeless: (u64, u64),
    /// The reports that the units owe in the year from the day of the change.
    pub owed: Vec<Owed>,
}

/// A total before and after; `None`: nobody has reported anything, or the unit does not stand in that tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Whose.
    pub unit: UnitId,
    /// Of what.
    pub series: Series,
    /// Of when.
    pub period: Period,
    /// Through which tree.
    pub sight: Sight,
    /// As it is.
    pub before: Option<Total>,
    /// As it would be.
    pub after: Option<Total>,
}

impl Rehearsal {
    /// Whether nothing stands against it.
    #[must_use]
    pub fn may_be_done(&self) -> bool {
        self.flaws.iter().all(|it| it.kind.severity() != Severity::Error)
    }
}

impl Ledger {
    /// Rehearses a change; nothing is kept.
    ///
    /// `weight` is what figures of split units are shared by where today's tree is looked through.
    ///
    /// # Errors
    ///
    /// [`LedgerError`] if the store fails, a block can't be trusted, or the units would make no totals.
    pub fn rehearse(
        &self,
        changes: &[Change],
        weight: Weight,
        tell: &mut dyn FnMut(u64, u64),
    ) -> Result<Rehearsal, LedgerError> {
        self.refresh()?;
        let mut now = self.look(Clone::clone);
        let last_day = changes.iter().filter_map(|it| it.when.effective()).max();
        let day = last_day.map_or(now.today(), |it| it.max(now.today()));
        let units = Arc::new(now.units.with(changes.to_vec()));
        let flaws = new_flaws(&now.units, &units);
        let mut then = Books::new(Arc::clone(&units), Arc::clone(&now.programmes), day)?;
        // In strides, so that whoever waits sees how far it is.
        let n_blocks = u64::try_from(now.last.0).unwrap_or(0);
        while then.last < now.last {
            let until = BlockId((then.last.0 + 20_000).min(now.last.0));
            catch_up(self.store(), &mut then, until)?;
            tell(u64::try_from(then.last.0).unwrap_or(0), n_blocks);
        }
        now.turn_to(day);
        let mut pair = Pair::new(now, then, weight)?;
        let (concerned, above) = concerned(&pair, changes, day);
        let shares = pair.shares(&concerned, day, weight);
        let rows = pair.rows(&concerned);
        let balance = pair.balance(&concerned, &above);
        let owed = expected::owed(&pair.now, &pair.then, &concerned, day);
        Ok(Rehearsal {
            changes: changes.to_vec(),
            n_before: pair.now.units.changes().len(),
            moment: pair.now.last,
            day,
            flaws,
            units: concerned,
            above,
            shares,
            rows,
            balance,
            n_homeless: (pair.now.n_homeless, pair.then.n_homeless),
            owed,
        })
    }
}

/// What does not fit afterwards and did before.
fn new_flaws(before: &Units, after: &Units) -> Vec<Flaw> {
    let old = before.check();
    after.check().into_iter().filter(|it| !old.contains(it)).collect()
}

/// The units that a change names, those that would be gone first, and the units above them in either tree.
fn concerned(pair: &Pair, changes: &[Change], day: Date) -> (Vec<UnitId>, Vec<UnitId>) {
    let mut units = BTreeSet::new();
    for change in changes {
        units.insert(change.unit);
        units.extend(change.what.successors());
    }
    let mut above = BTreeSet::new();
    for unit in &units {
        for line in Line::ALL {
            above.extend(pair.now.units.above(*unit, line, day));
            above.extend(pair.then.units.above(*unit, line, day));
        }
    }
    let above = above.difference(&units).copied().collect();
    let mut units: Vec<UnitId> = units.into_iter().collect();
    let lives = |it: &UnitId| pair.then.units.get(*it).is_some_and(|it| it.life().contains(day));
    units.sort_by_key(|it| (lives(it), *it));
    (units, above)
}

/// The books as they are, and as they would be.
struct Pair {
    now: Books,
    then: Books,
    sight: Sight,
    /// The ways through today's tree of either.
    carried: (Option<Arc<Carried>>, Option<Arc<Carried>>),
}

impl Pair {
    fn new(mut now: Books, mut then: Books, weight: Weight) -> Result<Self, LedgerError> {
        // Periods that are known to one only because somebody asked for them are known to both.
        for no in 0.. {
            let Some((period, _)) = now.totals.period(PeriodNo(no)) else { break };
            then.period_no(period)?;
        }
        let sight = Sight::AsNow(weight);
        let carried = (now.carried(sight)?, then.carried(sight)?);
        Ok(Self { now, then, sight, carried })
    }

    fn shares(&self, units: &[UnitId], day: Date, weight: Weight) -> Vec<(UnitId, Vec<Share>)> {
        let before = day.yesterday().unwrap_or(day);
        let share =
            |it: &UnitId| Some((*it, self.then.units.shares(*it, before, day, weight).ok()?));
        let moved = |it: &(UnitId, Vec<Share>)| it.1.iter().any(|share| share.unit != it.0);
        units.iter().filter_map(share).filter(moved).collect()
    }

    /// The total of one period, if the unit stands in its tree and anything was reported.
    fn total(
        &self,
        is_after: bool,
        (series, unit, period): (&Series, UnitId, Period),
        sight: Sight,
    ) -> Option<Total> {
        let (books, carried) = match is_after {
            false => (&self.now, &self.carried.0),
            true => (&self.then, &self.carried.1),
        };
        let series = books.totals.catalogue().number(series)?;
        let periods = [books.totals.period_no(&period)?];
        let view = match (sight, carried) {
            (Sight::AsNow(_), Some(carried)) => View::AsNow(carried),
            _ => View::AsThen,
        };
        let query = Query { series, unit, periods: &periods, view, line: None };
        let total = books.totals.total(&query);
        (total.n_periods > 0 && (total.value.is_ok() || total.counts.n_no_figure > 0))
            .then_some(total)
    }

    /// All periods with figures, the latest first.
    fn periods(&self) -> Vec<Period> {
        let known = (0..).map_while(|it| self.now.totals.period(PeriodNo(it)));
        let mut periods: Vec<Period> = known.map(|it| it.0).collect();
        periods.sort_by_key(|it| std::cmp::Reverse(self.now.day_of(*it)));
        periods
    }

    fn series(&self) -> Vec<Series> {
        let entries = self.now.totals.catalogue().entries();
        entries.iter().map(|it| it.series.clone()).collect()
    }

    /// For each undivided series, the newest period in which one of the units has something, before or after.
    fn rows(&mut self, units: &[UnitId]) -> Vec<Row> {
        let periods = self.periods();
        let sights = [Sight::AsThen, self.sight];
        let mut rows = Vec::new();
        for series in self.series().into_iter().filter(|it| it.option.is_none()) {
            for period in &periods {
                let mut found = Vec::new();
                for sight in sights {
                    for unit in units {
                        let at = (&series, *unit, *period);
                        let (before, after) =
                            (self.total(false, at, sight), self.total(true, at, sight));
                        if before.is_some() || after.is_some() {
                            let series = series.clone();
                            let (unit, period) = (*unit, *period);
                            found.push(Row { unit, series, period, sight, before, after });
                        }
                    }
                }
                if !found.is_empty() {
                    rows.append(&mut found);
                    break;
                }
            }
        }
        rows
    }
}
