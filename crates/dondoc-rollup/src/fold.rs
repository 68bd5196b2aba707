//! From cells, one after the other, to what they come to.

use std::collections::BTreeMap;

use dondoc_core::aggregation::Aggregation;

use crate::{
    catalogue::Counted,
    gather::{Portion, Seen, State},
    total::{Counts, Sum, Why},
    totals::PeriodNo,
    value::Value,
};

/// Both as one, by a rule; the first of equal maxima stays.
pub(crate) fn combine(a: Value, b: Value, rule: Aggregation) -> Value {
    if rule == Aggregation::Max { a.max(b) } else { a.plus(b) }
}

/// The cells of one unit's total, so far.
pub(crate) struct Fold<'a> {
    entry: &'a Counted,
    counts: Counts,
    value: Option<Value>,
    own: Option<Value>,
    /// Figures of split units, by period and place: they are weighted unless all their pieces come together here.
    shared: BTreeMap<(PeriodNo, usize), Shared>,
}

struct Shared {
    value: Value,
    n_seen: u32,
    n_pieces: usize,
    n_shares: usize,
    is_estimate: bool,
}

impl<'a> Fold<'a> {
    pub(crate) fn new(entry: &'a Counted) -> Self {
        let shared = BTreeMap::new();
        Self { entry, counts: Counts::default(), value: None, own: None, shared }
    }

    pub(crate) fn take(&mut self, seen: &Seen<'_>) {
        let counts = &mut self.counts;
        counts.n_expected += u32::from(seen.is_expected);
        match seen.state {
            State::Nothing => counts.n_missing += u32::from(seen.is_expected),
            State::NoFigure => counts.n_no_figure += 1,
            State::Number => self.add(seen),
        }
    }

    fn add(&mut self, seen: &Seen<'_>) {
        let rule = self.entry.over_units;
        let (Some(value), Some(row)) = (seen.value(rule), seen.row) else { return };
        let is_estimate = row.estimated.contains(seen.place);
        self.counts.n_reported += 1;
        self.counts.n_nil += u32::from(row.nil.contains(seen.place));
        self.counts.n_inexact += u32::from(row.inexact.contains(seen.place));
        self.counts.n_estimated += u32::from(is_estimate);
        self.value = Some(self.value.map_or(value, |it| combine(it, value, rule)));
        if seen.is_own {
            self.own = Some(value);
        }
        if let Portion::Pieces(split, pieces) = seen.portion {
            let n_shares = split.shares.len();
            let key = (seen.period, seen.place);
            let shared = self.shared.entry(key).or_insert(Shared {
                value: Value::zero(self.entry.is_ratio),
                n_seen: 0,
                n_pieces: 0,
                n_shares,
                is_estimate,
            });
            let is_first = shared.n_seen == 0;
            shared.value = if is_first { value } else { combine(shared.value, value, rule) };
            shared.n_seen += 1;
            shared.n_pieces += pieces.len();
        }
    }

    pub(crate) fn finish(mut self) -> Sum {
        let mut weighted: Option<(Value, u32)> = None;
        let rule = self.entry.over_units;
        for shared in self.shared.values().filter(|it| it.n_pieces < it.n_shares) {
            let n = weighted.map_or(0, |it| it.1) + 1;
            let value = weighted.map_or(shared.value, |it| combine(it.0, shared.value, rule));
            weighted = Some((value, n));
            if !shared.is_estimate {
                self.counts.n_estimated += shared.n_seen;
            }
        }
        let value = match (rule, self.value, self.own) {
            (_, None, _) => Err(Why::NothingReported),
            (Aggregation::None, Some(_), Some(own)) => Ok(own),
            (Aggregation::None, Some(_), None) => Err(Why::NotOverUnits),
            (_, Some(value), _) => Ok(value),
        };
        let weighted = weighted.filter(|_| rule != Aggregation::None);
        Sum { value, counts: self.counts, weighted }
    }
}
