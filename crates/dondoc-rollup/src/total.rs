//! Asking for a total.

use dondoc_core::{
    aggregation::Aggregation,
    unit::{Line, UnitId},
};

use crate::{
    carried::Carried,
    catalogue::{Counted, SeriesNo},
    epoch::{Epoch, NONE, Under},
    fold::{Fold, combine},
    row::Row,
    totals::{PeriodNo, Totals},
    value::Value,
};

/// Which tree the past is seen through.
#[derive(Clone, Copy, Debug)]
pub enum View<'a> {
    /// *As then*: every period by the tree of its own last day.
    AsThen,
    /// *As now*: every period by today's tree; dissolved units lie under their successors.
    AsNow(&'a Carried),
}

/// A total that is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Query<'a> {
    /// Of what.
    pub series: SeriesNo,
    /// Of whom: a unit and all under it.
    pub unit: UnitId,
    /// Over which periods, in the order of time.
    pub periods: &'a [PeriodNo],
    /// Through which tree.
    pub view: View<'a>,
    /// Along which line; `None` is the tree of all units.
    pub line: Option<Line>,
}

/// A total, with what it takes to trust it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Total {
    /// What it comes to, or why there is none.
    pub value: Result<Value, Why>,
    /// Who is in it and who is not.
    pub counts: Counts,
    /// What of it came through the weights of split units, and from how many figures; `None` if nothing did. Such a total
    /// is an estimate. A split unit all of whose parts lie in the total is not counted here: it is in it exactly.
    pub through_weights: Option<(Value, u32)>,
    /// In how many of the periods the unit stood in the tree.
    pub n_periods: u32,
}

/// Why there is no total.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// Nobody has reported a number: unknown, not zero.
    #[error("nobody has reported a number")]
    NothingReported,
    /// The rule over units is "none", and the unit has no figure of its own.
    #[error("figures of this series are not made into one over units; ask for each unit")]
    NotOverUnits,
    /// The rule over time is "none".
    #[error("figures of this series are not made into one over time; ask for each period")]
    NotOverTime,
    /// The unit does not stand in the tree, in none of the periods.
    #[error("the unit does not stand in this tree in any of the periods")]
    NotInTree,
    /// No such series.
    #[error("the series is not in the catalogue")]
    UnknownSeries,
}

/// How many figures are in a total and how many are missing: one for each unit and period; under the rule "last" over
/// several periods one for each unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Counts {
    /// Should have been reported.
    pub n_expected: u32,
    /// Have a number, expected or not.
    pub n_reported: u32,
    /// Expected, and nothing was reported.
    pub n_missing: u32,
    /// Of the reported: nothing occurred.
    pub n_nil: u32,
    /// Reported that there is no figure.
    pub n_no_figure: u32,
    /// Of the reported: estimates, by their own status or because a split was shared by weights.
    pub n_estimated: u32,
    /// Of the reported: not meant exactly.
    pub n_inexact: u32,
}

impl Counts {
    fn add(&mut self, more: Self) {
        self.n_expected += more.n_expected;
        self.n_reported += more.n_reported;
        self.n_missing += more.n_missing;
        self.n_nil += more.n_nil;
        self.n_no_figure += more.n_no_figure;
        self.n_estimated += more.n_estimated;
        self.n_inexact += more.n_inexact;
    }
}

/// What one period, or one walk over units, comes to.
#[derive(Clone, Debug)]
pub(crate) struct Sum {
    pub(crate) value: Result<Value, Why>,
    pub(crate) counts: Counts,
    pub(crate) weighted: Option<(Value, u32)>,
}

impl Totals {
    /// A total, as of now and in no more time than looking it up, where the rules allow.
    ///
    /// Rules combine in this order: first over the units in each period, then over the periods. Only "last" goes the other
    /// way round: first each unit's last period that has a number, then over units. So a maximum over time of a sum over
    /// units is the highest sum of any one period.
    ///
    /// - Under "none" over units, the total of a unit is its own figure.
    /// - Under "last" *as then*, the units are those of the last period's tree, and each brings its own last figure; a unit that was
    ///   dissolved before does not count, its successor does, as missing until it reports.
    /// - Under "last" *as now*, for each of today's units the latest period with a number decides what it was made up of, and each
    ///   of those units brings its last figure among the adjoining periods in which the make-up was the same.
    /// - A maximum is not shared by weights: each successor of a split unit has it whole, marked.
    #[must_use]
    pub fn total(&self, query: &Query<'_>) -> Total {
        let none = |why| Total {
            value: Err(why),
            counts: Counts::default(),
            through_weights: None,
            n_periods: 0,
        };
        let Some(entry) = self.catalogue.get(query.series) else { return none(Why::UnknownSeries) };
        let mut total = none(Why::NotInTree);
        if entry.over_time == Aggregation::Last && query.periods.len() > 1 {
            if let Some(sum) = self.last(query, entry) {
                let n_periods = u32::try_from(query.periods.len()).unwrap_or(u32::MAX);
                total = Total {
                    value: sum.value,
                    counts: sum.counts,
                    through_weights: sum.weighted,
                    n_periods,
                };
            }
            return total;
        }
        for period in query.periods {
            if let Some(sum) = self.of_period(query, entry, *period) {
                total.take(&sum, entry.over_time);
            }
        }
        if entry.over_time == Aggregation::None && total.n_periods > 1 && total.value.is_ok() {
            total.value = Err(Why::NotOverTime);
        }
        total
    }

    /// One period's total; `None` if the unit does not stand in its tree.
    pub(crate) fn of_period(
        &self,
        query: &Query<'_>,
        entry: &Counted,
        period: PeriodNo,
    ) -> Option<Sum> {
        let epoch_no = self.periods.get(period.0 as usize)?.epoch;
        match query.view {
            View::AsNow(carried) if !carried.is_now(epoch_no) => {
                self.epochs[carried.now().0 as usize].under(query.line, query.unit)?;
                let mut fold = Fold::new(entry);
                self.seen_now(query, carried, period, &mut |it| fold.take(&it));
                Some(fold.finish())
            }
            View::AsThen | View::AsNow(_) => {
                let epoch = &self.epochs[epoch_no.0 as usize];
                let under = epoch.under(query.line, query.unit)?;
                Some(sum_of_row(self.row(query.series, period), entry, epoch, &under))
            }
        }
    }

    fn last(&self, query: &Query<'_>, entry: &Counted) -> Option<Sum> {
        let frame = match query.view {
            View::AsNow(carried) => &self.epochs[carried.now().0 as usize],
            View::AsThen => self.epoch_of(*query.periods.last()?)?,
        };
        frame.under(query.line, query.unit)?;
        let mut fold = Fold::new(entry);
        self.seen_last(query, &mut |it| fold.take(&it));
        Some(fold.finish())
    }
}

impl Total {
    fn take(&mut self, sum: &Sum, over_time: Aggregation) {
        self.n_periods += 1;
        self.counts.add(sum.counts);
        let before = self.through_weights;
        let mut weighted = combine_weighted(before, sum.weighted);
        self.value = match (self.value, sum.value) {
            (Ok(so_far), Ok(value)) => {
                let total = combine(so_far, value, over_time);
                if over_time == Aggregation::Max {
                    weighted = if total == so_far { before } else { sum.weighted };
                }
                Ok(total)
            }
            (Err(Why::NotOverUnits), _) | (_, Err(Why::NotOverUnits)) => Err(Why::NotOverUnits),
            (Err(_), value) => value,
            (so_far, Err(_)) => so_far,
        };
        self.through_weights = weighted;
    }
}

fn combine_weighted(a: Option<(Value, u32)>, b: Option<(Value, u32)>) -> Option<(Value, u32)> {
    match (a, b) {
        (Some((a, n_a)), Some((b, n_b))) => Some((a.plus(b), n_a + n_b)),
        (a, b) => a.or(b),
    }
}

/// A unit's total in its own tree: looked up where it is kept, else added up over its stretches.
fn sum_of_row(row: Option<&Row>, entry: &Counted, epoch: &Epoch, under: &Under<'_>) -> Sum {
    let mut counts = Counts::default();
    let expected = epoch.expected(entry.expected);
    for stretch in under.stretches() {
        let n = expected.map_or(0, |it| it.count(stretch.clone()));
        counts.n_expected += n;
        let Some(row) = row else {
            counts.n_missing += n;
            continue;
        };
        if under.inner == NONE {
            counts.n_reported += row.reported.count(stretch.clone());
        }
        counts.n_missing += expected
            .map_or(0, |it| it.count_without([&row.reported, &row.no_figure], stretch.clone()));
        counts.n_nil += row.nil.count(stretch.clone());
        counts.n_no_figure += row.no_figure.count(stretch.clone());
        counts.n_estimated += row.estimated.count(stretch.clone());
        counts.n_inexact += row.inexact.count(stretch.clone());
    }
    let Some(row) = row else {
        return Sum { value: Err(Why::NothingReported), counts, weighted: None };
    };
    if under.inner != NONE {
        counts.n_reported = row.first.node(under.inner as usize).n_reported;
    }
    let value = match entry.over_units {
        _ if counts.n_reported == 0 => Err(Why::NothingReported),
        Aggregation::Sum | Aggregation::WeightedAverage | Aggregation::Last => Ok(row.total(under)),
        Aggregation::Max => {
            let reported = under.stretches().iter().flat_map(|it| row.reported.places(it.clone()));
            reported.map(|it| row.value(it)).reduce(Value::max).ok_or(Why::NothingReported)
        }
        Aggregation::None if row.reported.contains(under.own) => Ok(row.value(under.own)),
        Aggregation::None => Err(Why::NotOverUnits),
    };
    Sum { value, counts, weighted: None }
}

impl Row {
    fn total(&self, under: &Under<'_>) -> Value {
        let sum = |column: &crate::row::Column| match under.inner {
            NONE => under.stretches().iter().map(|it| column.sum_of(it.clone())).sum(),
            node => column.node(node as usize).sum,
        };
        match &self.second {
            None => Value::Number(sum(&self.first)),
            Some(second) => Value::Ratio { numerator: sum(&self.first), denominator: sum(second) },
        }
    }

    /// The number of a place that has one.
    pub(crate) fn value(&self, place: usize) -> Value {
        match &self.second {
            None => Value::Number(self.first.cell(place).into()),
            Some(second) => Value::Ratio {
                numerator: self.first.cell(place).into(),
                denominator: second.cell(place).into(),
            },
        }
    }
}
