//! What a total is made of, and what it lacks.

use dondoc_core::{
    aggregation::Aggregation,
    unit::{Share, UnitId},
};

use crate::{
    gather::State,
    total::Query,
    totals::{PeriodNo, Stored, Totals},
    value::Value,
};

/// A figure in a total, or a piece of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Whose figure; a unit of the period's own tree.
    pub unit: UnitId,
    /// Of when.
    pub period: PeriodNo,
    /// What it brings into the total.
    pub value: Value,
    /// The figure itself.
    pub stored: Stored,
    /// Of a split unit: the share by which it is in the total; one part for each share.
    pub share: Option<Share>,
}

impl Part {
    /// Its share of a total, by its parts: of ratios by their denominators, which are their weight in the average.
    #[must_use]
    pub fn share_of(&self, total: Value) -> [i128; 2] {
        let weight = |it: Value| match it.parts() {
            (number, None) => number,
            (_, Some(denominator)) => denominator,
        };
        [weight(self.value), weight(total)]
    }
}

/// A figure that a total lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Whose; a unit of the period's own tree.
    pub unit: UnitId,
    /// Of when; under the rule "last" over several periods, the last of them.
    pub period: PeriodNo,
    /// Whether it was reported that there is none, so that nobody need ask again.
    pub has_no_figure: bool,
}

impl Totals {
    /// The figures in a total, the largest first (of ratios by denominator), of equals in the order of time and of the tree.
    ///
    /// Under the rule "sum" they add up to the total; under "max" all candidates are listed.
    #[must_use]
    pub fn parts(&self, query: &Query<'_>) -> Vec<Part> {
        let mut parts = Vec::new();
        let rule = self.catalogue.get(query.series).map_or(Aggregation::None, |it| it.over_units);
        self.seen(query, &mut |seen| {
            let Some(stored) = seen.row.and_then(|it| it.stored(seen.place)) else { return };
            let (unit, period) = (seen.unit, seen.period);
            let mut is_shared = false;
            for (piece, share) in seen.shares() {
                is_shared = true;
                if let Some(value) = seen.piece_value(piece, rule) {
                    parts.push(Part { unit, period, value, stored, share: Some(*share) });
                }
            }
            if !is_shared && let Some(value) = seen.value(rule) {
                parts.push(Part { unit, period, value, stored, share: None });
            }
        });
        let size = |it: &Part| {
            let (first, second) = it.value.parts();
            (second.map(i128::unsigned_abs), first.unsigned_abs())
        };
        parts.sort_by_key(|it| std::cmp::Reverse(size(it)));
        parts
    }

    /// The figures that a total lacks: expected and not reported, or reported as not there; in the order of time and of the tree.
    #[must_use]
    pub fn gaps(&self, query: &Query<'_>) -> Vec<Gap> {
        let mut gaps = Vec::new();
        self.seen(query, &mut |seen| {
            let (unit, period) = (seen.unit, seen.period);
            match seen.state {
                State::Number => {}
                State::NoFigure => gaps.push(Gap { unit, period, has_no_figure: true }),
                State::Nothing if seen.is_expected => {
                    gaps.push(Gap { unit, period, has_no_figure: false });
                }
                State::Nothing => {}
            }
        });
        gaps
    }
}
