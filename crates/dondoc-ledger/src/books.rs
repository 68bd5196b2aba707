//! All figures in force with their totals, as they stand after a block.

use std::{borrow::Borrow, collections::BTreeMap, sync::Arc};

use dondoc_core::{
    figure::{Content, Figure, Series},
    pack::Closing,
    period::Period,
    tree::Tree,
    unit::{Kind, Level, Line, UnitId, Units, Weight},
};
use dondoc_rollup::{
    carried::Carried,
    catalogue::{Catalogue, SeriesNo},
    epoch::{Epoch, EpochNo},
    totals::{PeriodNo, Stored, Totals},
};
use dondoc_store::{blocks::BlockId, ground::GroundVersion};
use jiff::civil::Date;

use crate::{error::LedgerError, lost::Lost, programmes::Programmes, total::Sight};

/// What is known at a moment in the life of the figures: after the block `last`.
#[derive(Clone, Debug)]
pub struct Books {
    /// Units over all time.
    pub units: Arc<Units>,
    /// The packs in use.
    pub programmes: Arc<Programmes>,
    /// The figures in force, and their totals.
    pub totals: Totals,
    /// The newest block that is in them.
    pub last: BlockId,
    /// The units and packs that they were made with.
    pub(crate) ground: GroundVersion,
    /// For spans without an end: the day until which they are taken to go.
    today: Date,
    /// The day from which a tree holds → its epoch.
    epochs: BTreeMap<Date, EpochNo>,
    /// The ways through today's tree that were asked for, each with the number of trees that it knows.
    carried: Vec<(Weight, usize, Arc<Carried>)>,
    /// Figures of stored blocks that no series or tree of today has a place for; they stay in their blocks.
    pub n_homeless: u64,
    /// What can't be read any more, and is in no total.
    pub lost: Arc<Lost>,
}

/// The figures that a block brings into force.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bringing<'a, F = Figure> {
    pub(crate) id: BlockId,
    pub(crate) unit: UnitId,
    pub(crate) period: Period,
    pub(crate) figures: &'a [F],
}

impl Books {
    /// No figures yet.
    pub(crate) fn new(
        units: Arc<Units>,
        programmes: Arc<Programmes>,
        today: Date,
    ) -> Result<Self, LedgerError> {
        let catalogue = Catalogue::new(programmes.series())?;
        let totals = Totals::new(catalogue, Vec::new(), &[])?;
        Ok(Self {
            units,
            programmes,
            totals,
            last: BlockId::NONE,
            ground: GroundVersion::default(),
            today,
            epochs: BTreeMap::new(),
            carried: Vec::new(),
            n_homeless: 0,
            lost: Arc::default(),
        })
    }

    /// Books with the same units and packs, and no figures; what is lost stays lost.
    pub(crate) fn emptied(&self) -> Result<Self, LedgerError> {
        let new = Self::new(Arc::clone(&self.units), Arc::clone(&self.programmes), self.today)?;
        Ok(Self { lost: Arc::clone(&self.lost), ground: self.ground, ..new })
    }

    /// Makes another day today: spans without an end go to it, and *as now* is by its tree.
    pub(crate) fn turn_to(&mut self, today: Date) {
        self.today = today;
        self.carried.clear();
    }

    /// The day of today's tree.
    #[must_use]
    pub fn today(&self) -> Date {
        self.today
    }

    /// The day whose tree the figures of a period lie in: the day on which it closes.
    ///
    /// A period that is closed on different days by different forms takes the earliest, that of Decree 09/2019.
    #[must_use]
    pub fn day_of(&self, period: Period) -> Date {
        period.closing_day(Closing::Decree09).unwrap_or(match period {
            Period::Days { to, .. } => to,
            _ => self.today,
        })
    }

    /// The number of a period, which is made known if it was not.
    pub(crate) fn period_no(&mut self, period: Period) -> Result<PeriodNo, LedgerError> {
        if let Some(known) = self.totals.period_no(&period) {
            return Ok(known);
        }
        let epoch = self.epoch_no(self.day_of(period))?;
        Ok(self.totals.add_period(period, epoch)?)
    }

    /// The number of the tree that holds on a day, which is made known if it was not.
    fn epoch_no(&mut self, day: Date) -> Result<EpochNo, LedgerError> {
        let from = self.epoch_start(day);
        if let Some(known) = self.epochs.get(&from) {
            return Ok(*known);
        }
        let number = self.totals.add_epoch(epoch_on(&self.units, day)?)?;
        self.epochs.insert(from, number);
        Ok(number)
    }

    /// The days from which the known trees hold, in the order of their numbers.
    pub(crate) fn epoch_days(&self) -> Vec<Date> {
        let mut days: Vec<(u32, Date)> = self.epochs.iter().map(|(day, no)| (no.0, *day)).collect();
        days.sort_unstable();
        days.into_iter().map(|it| it.1).collect()
    }

    /// Makes trees and periods known in the order of their numbers, before any figure is there.
    pub(crate) fn lay_out(&mut self, days: &[Date], periods: &[Period]) -> Result<(), LedgerError> {
        for day in days {
            self.epoch_no(*day)?;
        }
        for period in periods {
            self.period_no(*period)?;
        }
        Ok(())
    }

    /// The way through today's tree, if none is needed or it was made since the last tree was added.
    pub(crate) fn carried_if_made(&self, sight: Sight) -> Option<Option<Arc<Carried>>> {
        let Sight::AsNow(weight) = sight else { return Some(None) };
        let n_epochs = self.totals.epochs().len();
        let made = self.carried.iter().find(|it| it.0 == weight && it.1 == n_epochs)?;
        Some(Some(Arc::clone(&made.2)))
    }

    /// The way through today's tree.
    pub(crate) fn carried(&mut self, sight: Sight) -> Result<Option<Arc<Carried>>, LedgerError> {
        let Sight::AsNow(weight) = sight else { return Ok(None) };
        let now = self.epoch_no(self.today)?;
        if let Some(made) = self.carried_if_made(sight) {
            return Ok(made);
        }
        let days: BTreeMap<u32, Date> =
            self.epochs.iter().map(|(from, epoch)| (epoch.0, *from)).collect();
        let carried = Carried::new(&self.totals, now, |epoch, unit| {
            let then = days.get(&epoch.0).copied().unwrap_or(self.today);
            self.units.shares(unit, then, self.today, weight)
        })?;
        let carried = Arc::new(carried);
        self.carried.retain(|it| it.0 != weight);
        self.carried.push((weight, self.totals.epochs().len(), Arc::clone(&carried)));
        Ok(Some(carried))
    }

    /// The last day up to `day` on which a tree of any line changed.
    fn epoch_start(&self, day: Date) -> Date {
        let latest = |line| {
            let days = self.units.epochs(line);
            let n_before = days.partition_point(|it| *it <= day);
            n_before.checked_sub(1).map(|it| days[it])
        };
        Line::ALL.into_iter().filter_map(latest).max().unwrap_or(Date::MIN)
    }

    /// Brings the figures of the next block into force; all totals follow at once.
    ///
    /// A figure that has no place any more (its indicator left the packs, its unit was never in that tree) stays in its
    /// block and is counted in `n_homeless`.
    pub(crate) fn apply<F: Borrow<Figure>>(
        &mut self,
        block: &Bringing<'_, F>,
    ) -> Result<(), LedgerError> {
        let period = self.period_no(block.period)?;
        if self.lost.has_report(block.unit, block.period) {
            self.last = block.id;
            return Ok(());
        }
        let mut divided: Vec<&str> = Vec::new();
        for figure in block.figures.iter().map(Borrow::borrow) {
            let Some(series) = self.totals.catalogue().number(&figure.series) else {
                self.n_homeless += 1;
                continue;
            };
            if self.totals.set(series, period, block.unit, Some(Stored::from(figure))).is_err() {
                self.n_homeless += 1;
                continue;
            }
            let indicator = figure.series.indicator.as_str();
            if figure.series.option.is_some() && !divided.contains(&indicator) {
                divided.push(indicator);
            }
        }
        for indicator in divided {
            self.add_options_up(indicator, period, block.unit)?;
        }
        if self.programmes.has_formulas() {
            let figures = block.figures.iter().map(Borrow::borrow);
            let touched = figures.map(|it: &Figure| it.series.indicator.as_str()).collect();
            self.follow(&touched, (block.unit, block.period))?;
        }
        self.last = block.id;
        Ok(())
    }

    /// Makes the undivided figure of a unit the sum of its options, where the options add up.
    fn add_options_up(
        &mut self,
        indicator: &str,
        period: PeriodNo,
        unit: UnitId,
    ) -> Result<(), LedgerError> {
        if !self.programmes.adds_up(indicator) {
            return Ok(());
        }
        let undivided = Series { indicator: indicator.to_owned(), option: None };
        let Some(whole) = self.totals.catalogue().number(&undivided) else { return Ok(()) };
        let sum = self.sum_of_options(indicator, period, unit);
        if let Some(sum) = sum {
            self.totals.set(whole, period, unit, Some(sum))?;
        }
        Ok(())
    }

    /// What the options of an indicator come to for a unit; `None` if none was reported.
    pub(crate) fn sum_of_options(
        &self,
        indicator: &str,
        period: PeriodNo,
        unit: UnitId,
    ) -> Option<Stored> {
        let options = self.programmes.options(indicator)?;
        let number = |option: &String| -> Option<SeriesNo> {
            let series = Series { indicator: indicator.to_owned(), option: Some(option.clone()) };
            self.totals.catalogue().number(&series)
        };
        let found = options
            .iter()
            .filter_map(number)
            .filter_map(|series| self.totals.figure(series, period, unit));
        found.reduce(add)
    }
}

/// Two options of one unit as one figure. Nil counts as zero; "no figure" adds nothing.
pub(crate) fn add(one: Stored, other: Stored) -> Stored {
    use Content::{Nil, NoFigure, Ratio, Value};
    let content = match (one.content, other.content) {
        (NoFigure, it) | (it, NoFigure) => it,
        (Nil, it) | (it, Nil) => it,
        (Value(one), Value(other)) => Value(one.saturating_add(other)),
        (
            Ratio { numerator, denominator },
            Ratio { numerator: other_numerator, denominator: other_denominator },
        ) => Ratio {
            numerator: numerator.saturating_add(other_numerator),
            denominator: denominator.saturating_add(other_denominator),
        },
        // A series has one kind of content; totals refuse the other.
        (it, _) => it,
    };
    Stored {
        content,
        is_estimate: one.is_estimate || other.is_estimate,
        is_inexact: one.is_inexact || other.is_inexact,
    }
}

/// The trees of all lines on a day; units of other lines than the State's stand beside its tree as roots.
fn epoch_on(units: &Units, day: Date) -> Result<Epoch, LedgerError> {
    let state = units.tree(Line::State, day);
    let mut parents: Vec<(UnitId, Option<UnitId>)> = (0..state.len())
        .map(|place| (state.units()[place], state.parent(place).map(|it| state.units()[it])))
        .collect();
    let others: Vec<(Line, Arc<Tree>)> = Line::ALL
        .into_iter()
        .filter(|it| *it != Line::State)
        .map(|it| (it, units.tree(it, day)))
        .filter(|it| !it.1.is_empty())
        .collect();
    for (_, tree) in &others {
        for unit in tree.units() {
            if state.place(*unit).is_none() && !parents.iter().any(|it| it.0 == *unit) {
                parents.push((*unit, None));
            }
        }
    }
    let level = |tree: &Tree, place: usize| {
        units.get(tree.units()[place]).and_then(|it| it.kind_on(day)).and_then(Kind::level)
    };
    let mut epoch = Epoch::new(Arc::new(Tree::new(&parents)?))
        .expecting(|tree, place| level(tree, place) == Some(Level::Commune))
        .expecting(|tree, place| level(tree, place) == Some(Level::Province))
        .expecting(|tree, place| {
            matches!(level(tree, place), Some(Level::Commune | Level::Province))
        })
        .expecting(|_, _| false);
    epoch = epoch.with_line(Line::State, (*state).clone())?;
    for (line, tree) in others {
        epoch = epoch.with_line(line, (*tree).clone())?;
    }
    Ok(epoch)
}
