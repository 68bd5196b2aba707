//! All figures in force, and the totals that are kept beside them.

use std::{collections::HashMap, sync::Arc};

use dondoc_core::{
    figure::{Content, Figure, Qualifier, Status},
    period::Period,
    unit::UnitId,
};

use crate::{
    catalogue::{Catalogue, SeriesNo},
    epoch::{Epoch, EpochNo, NONE},
    row::Row,
};

/// A period by its number: dense, from 0, in the order in which periods were given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PeriodNo(pub u32);

/// What totals keep of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stored {
    /// What was reported.
    pub content: Content,
    /// Whether it is an estimate (*ước*). Not kept of [`Content::NoFigure`].
    pub is_estimate: bool,
    /// Whether it is meant as about, at least, at most, or vague. Not kept of [`Content::NoFigure`].
    pub is_inexact: bool,
}

impl From<&Figure> for Stored {
    fn from(figure: &Figure) -> Self {
        Self {
            content: figure.content,
            is_estimate: figure.status == Status::Estimate,
            is_inexact: figure.qualifier != Qualifier::Exact,
        }
    }
}

/// A figure has no place here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SetError {
    /// No such series in the catalogue.
    #[error("series {} is not in the catalogue", .0.0)]
    UnknownSeries(SeriesNo),
    /// No such period.
    #[error("period {} is not known", .0.0)]
    UnknownPeriod(PeriodNo),
    /// The unit does not stand in the tree of the period's last day.
    #[error("unit {0} does not stand in the tree of period {1}")]
    NotInTree(UnitId, Period),
    /// A plain value for a series of ratios, or the other way round.
    #[error(
        "series {} takes either ratios (numerator and denominator) or plain values, not both", .0.0
    )]
    WrongParts(SeriesNo),
}

/// A period or a class of units is asked for that the epochs do not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TotalsError {
    /// No such epoch.
    #[error("epoch {} is not known; give epochs before the periods in them", .0.0)]
    UnknownEpoch(EpochNo),
    /// The same period twice.
    #[error("period {0} is there twice")]
    PeriodTwice(Period),
    /// A series expects a class of units that an epoch does not name.
    #[error("class {class} of units that should report is not named by epoch {}", .epoch.0)]
    UnknownClass {
        /// The class.
        class: u16,
        /// The epoch.
        epoch: EpochNo,
    },
}

/// All rows of a series by period. Shared between copies until one of them changes.
pub(crate) type Shelf = Arc<[Option<Arc<Row>>]>;

/// The figures in force with their totals, for all series, periods and units.
///
/// A figure is in all totals as soon as [`Totals::set`] returns. A copy is cheap (microseconds): copies share their rows,
/// and a change copies only the rows that it touches (some 14 KB each). So a writer may work on a copy and
/// put it in the place of the old one, readers never wait, and a moment that somebody still reads stays as it was.
/// Totals *as of* an earlier moment are a `Totals` of their own, into which the caller puts the figures that were in force.
#[derive(Clone, Debug)]
pub struct Totals {
    pub(crate) catalogue: Arc<Catalogue>,
    pub(crate) epochs: Vec<Arc<Epoch>>,
    pub(crate) periods: Vec<Calendar>,
    numbers: Arc<HashMap<Period, PeriodNo>>,
    pub(crate) shelves: Vec<Shelf>,
}

/// A period, and who has reported anything in it.
#[derive(Clone, Debug)]
pub(crate) struct Calendar {
    pub(crate) period: Period,
    pub(crate) epoch: EpochNo,
    pub(crate) activity: Arc<Activity>,
}

#[derive(Clone, Debug)]
pub(crate) struct Activity {
    /// For each place, how many series have something stored.
    pub(crate) n_series: Box<[u32]>,
    /// For each inner node, how many units at and under it have anything.
    pub(crate) n_units: Box<[u32]>,
    /// For each series, the total of the first root, once more: whole pages of them are what is asked for most, and side by
    /// side they cost a hundredth of looking into each row.
    pub(crate) tops: Vec<Top>,
}

/// The total of the first root in a row.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) enum Top {
    /// Nobody has reported a number.
    #[default]
    Nothing,
    Sum(i64),
    /// A ratio, or past 64 bits: the row has it.
    InRow,
}

impl Calendar {
    /// How many units at and under a place have anything stored.
    pub(crate) fn n_reporting(&self, epoch: &Epoch, place: usize) -> u32 {
        match epoch.inner(place) {
            NONE => u32::from(self.activity.n_series[place] > 0),
            node => self.activity.n_units[node as usize],
        }
    }
}

impl Activity {
    fn new(epoch: &Epoch) -> Self {
        let (n_places, n_inner) = (epoch.n_places(), epoch.n_inner());
        Self {
            n_series: vec![0; n_places].into(),
            n_units: vec![0; n_inner].into(),
            tops: Vec::new(),
        }
    }

    fn put_top(&mut self, series: SeriesNo, top: Top) {
        let at = series.0 as usize;
        if self.tops.len() <= at {
            self.tops.resize(at + 1, Top::Nothing);
        }
        self.tops[at] = top;
    }

    fn note(&mut self, place: usize, is_stored: bool, epoch: &Epoch) {
        let before = self.n_series[place];
        self.n_series[place] = if is_stored { before + 1 } else { before - 1 };
        if before == 0 || !is_stored && before == 1 {
            for node in epoch.nodes_above(place) {
                let n = &mut self.n_units[node];
                *n = if is_stored { *n + 1 } else { *n - 1 };
            }
        }
    }

    /// Counts the units anew; `n_series` is right already.
    fn recount(&mut self, epoch: &Epoch) {
        self.n_units.fill(0);
        for (n_series, node) in self.n_series.iter().zip(epoch.first()) {
            if *n_series > 0 && *node != NONE {
                self.n_units[*node as usize] += 1;
            }
        }
        for (node, above) in epoch.above().iter().enumerate().rev().filter(|it| *it.1 != NONE) {
            self.n_units[*above as usize] += self.n_units[node];
        }
    }
}

impl Totals {
    /// No figures yet, for these series, trees, and periods with the epoch that each belongs to.
    ///
    /// # Errors
    ///
    /// [`TotalsError`] with the first period or class that the epochs do not know.
    pub fn new(
        catalogue: Catalogue,
        epochs: Vec<Epoch>,
        periods: &[(Period, EpochNo)],
    ) -> Result<Self, TotalsError> {
        let n_series = catalogue.entries().len();
        let mut totals = Self {
            catalogue: Arc::new(catalogue),
            epochs: Vec::new(),
            periods: Vec::new(),
            numbers: Arc::default(),
            shelves: vec![Shelf::default(); n_series],
        };
        for epoch in epochs {
            totals.add_epoch(epoch)?;
        }
        for (period, epoch) in periods {
            totals.add_period(*period, *epoch)?;
        }
        Ok(totals)
    }

    /// Adds a tree; periods that are added later may belong to it.
    ///
    /// # Errors
    ///
    /// [`TotalsError::UnknownClass`] if a series expects a class of units that it does not name.
    pub fn add_epoch(&mut self, epoch: Epoch) -> Result<EpochNo, TotalsError> {
        let number = EpochNo(u32::try_from(self.epochs.len()).unwrap_or(NONE));
        let classes = self.catalogue.entries().iter().map(|it| it.expected.0);
        if let Some(class) = classes.max().filter(|it| usize::from(*it) >= epoch.n_classes()) {
            return Err(TotalsError::UnknownClass { class, epoch: number });
        }
        self.epochs.push(Arc::new(epoch));
        Ok(number)
    }

    /// Adds a period; its figures lie in the tree that holds on its last day.
    ///
    /// # Errors
    ///
    /// [`TotalsError`] if the period is there already, or the epoch is not.
    pub fn add_period(&mut self, period: Period, epoch: EpochNo) -> Result<PeriodNo, TotalsError> {
        let tree = self.epochs.get(epoch.0 as usize).ok_or(TotalsError::UnknownEpoch(epoch))?;
        let number = PeriodNo(u32::try_from(self.periods.len()).unwrap_or(NONE));
        if self.numbers.contains_key(&period) {
            return Err(TotalsError::PeriodTwice(period));
        }
        Arc::make_mut(&mut self.numbers).insert(period, number);
        self.periods.push(Calendar { period, epoch, activity: Arc::new(Activity::new(tree)) });
        Ok(number)
    }

    /// The series.
    #[must_use]
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// The trees, by their numbers.
    #[must_use]
    pub fn epochs(&self) -> &[Arc<Epoch>] {
        &self.epochs
    }

    /// The number of a period.
    #[must_use]
    pub fn period_no(&self, period: &Period) -> Option<PeriodNo> {
        self.numbers.get(period).copied()
    }

    /// The period of a number, and the tree that its figures lie in.
    #[must_use]
    pub fn period(&self, number: PeriodNo) -> Option<(Period, EpochNo)> {
        self.periods.get(number.0 as usize).map(|it| (it.period, it.epoch))
    }

    /// Puts a figure in force in the place of the one before; `None` takes it away. All totals follow at once.
    ///
    /// # Errors
    ///
    /// [`SetError`] if there is no such place; nothing is changed then. Sums cannot overflow.
    pub fn set(
        &mut self,
        series: SeriesNo,
        period: PeriodNo,
        unit: UnitId,
        stored: Option<Stored>,
    ) -> Result<(), SetError> {
        let entry = self.catalogue.get(series).ok_or(SetError::UnknownSeries(series))?;
        let at = period.0 as usize;
        let n_periods = self.periods.len();
        let calendar = self.periods.get_mut(at).ok_or(SetError::UnknownPeriod(period))?;
        let epoch = &self.epochs[calendar.epoch.0 as usize];
        let not_there = SetError::NotInTree(unit, calendar.period);
        let place = epoch.place(unit).ok_or(not_there)?;
        let fits = match stored.map(|it| it.content) {
            Some(Content::Value(_)) => !entry.is_ratio,
            Some(Content::Ratio { .. }) => entry.is_ratio,
            Some(Content::Nil | Content::NoFigure) | None => true,
        };
        if !fits {
            return Err(SetError::WrongParts(series));
        }
        let shelf = &mut self.shelves[series.0 as usize];
        if stored.is_none() && shelf.get(at).is_none_or(Option::is_none) {
            return Ok(());
        }
        let shelf = with_room(shelf, n_periods);
        let row = shelf[at].get_or_insert_with(|| Arc::new(Row::new(epoch, entry.is_ratio)));
        let row = Arc::make_mut(row);
        let activity = Arc::make_mut(&mut calendar.activity);
        if row.is_stored(place) != stored.is_some() {
            activity.note(place, stored.is_some(), epoch);
        }
        row.put(place, stored, epoch);
        activity.put_top(series, row.top());
        Ok(())
    }

    /// The figure in force of one cell; `None` if nothing was ever reported, or the unit does not stand there.
    #[must_use]
    pub fn figure(&self, series: SeriesNo, period: PeriodNo, unit: UnitId) -> Option<Stored> {
        let epoch = self.epoch_of(period)?;
        self.row(series, period)?.stored(epoch.place(unit)?)
    }

    /// For how many series a unit itself has reported something in a period.
    #[must_use]
    pub fn n_series_reported(&self, period: PeriodNo, unit: UnitId) -> u32 {
        let place = self.epoch_of(period).and_then(|it| it.place(unit));
        place.map_or(0, |it| self.periods[period.0 as usize].activity.n_series[it])
    }

    /// How many units at and under a unit have reported anything at all in a period.
    #[must_use]
    pub fn n_units_reporting(&self, period: PeriodNo, unit: UnitId) -> u32 {
        let Some(epoch) = self.epoch_of(period) else { return 0 };
        let calendar = &self.periods[period.0 as usize];
        epoch.place(unit).map_or(0, |it| calendar.n_reporting(epoch, it))
    }

    pub(crate) fn epoch_of(&self, period: PeriodNo) -> Option<&Epoch> {
        let calendar = self.periods.get(period.0 as usize)?;
        Some(&self.epochs[calendar.epoch.0 as usize])
    }

    pub(crate) fn row(&self, series: SeriesNo, period: PeriodNo) -> Option<&Row> {
        let shelf = self.shelves.get(series.0 as usize)?;
        shelf.get(period.0 as usize)?.as_deref()
    }

    /// Puts a whole row in, as a snapshot brings it; [`Totals::count_activity`] must follow.
    pub(crate) fn put_row(&mut self, series: SeriesNo, period: PeriodNo, row: Row) {
        let at = period.0 as usize;
        let calendar = &mut self.periods[at];
        let activity = Arc::make_mut(&mut calendar.activity);
        let n_places = activity.n_series.len();
        for place in row.reported.places(0..n_places).chain(row.no_figure.places(0..n_places)) {
            activity.n_series[place] += 1;
        }
        activity.put_top(series, row.top());
        let n_periods = self.periods.len();
        with_room(&mut self.shelves[series.0 as usize], n_periods)[at] = Some(Arc::new(row));
    }

    pub(crate) fn count_activity(&mut self) {
        for calendar in &mut self.periods {
            let epoch = &self.epochs[calendar.epoch.0 as usize];
            Arc::make_mut(&mut calendar.activity).recount(epoch);
        }
    }
}

/// A shelf of one's own, with room for all periods.
fn with_room(shelf: &mut Shelf, n_periods: usize) -> &mut [Option<Arc<Row>>] {
    if shelf.len() < n_periods {
        let none = std::iter::repeat_n(None, n_periods - shelf.len());
        *shelf = shelf.iter().cloned().chain(none).collect();
    }
    Arc::make_mut(shelf)
}
