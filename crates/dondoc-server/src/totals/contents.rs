//! What a total is made of and what it lacks, as it is shown.

use dondoc_core::unit::UnitId;
use dondoc_ledger::{
    Books, Question,
    rollup::{total::Total, value::Value},
    total::Makeup,
};

use super::{GapView, LostView, MakeupView, PartView, SeriesView, reason};
use crate::numbers::{AmountView, FigureView};

impl MakeupView {
    pub(super) fn new(books: &Books, question: &Question, makeup: &Makeup) -> Self {
        let series = SeriesView::new(books, &question.series);
        let indicator = books.programmes.indicator(&question.series.indicator);
        let amount = |it: Value| AmountView::new(it, series.decimals);
        let name = |unit: UnitId, day| {
            let unit = books.units.get(unit)?;
            unit.full_name_on(unit.day_of_life(day))
        };
        let Total { value, counts, through_weights, .. } = &makeup.answer.total;
        let parts = makeup.parts.iter().map(|(part, period)| PartView {
            unit: part.unit.0,
            name: name(part.unit, books.day_of(*period)),
            period: period.to_string(),
            amount: amount(part.value),
            figure: indicator.map(|it| FigureView::of(part.stored, it)),
            share: part.share,
        });
        let gaps = makeup.gaps.iter().map(|(gap, period)| GapView {
            unit: gap.unit.0,
            name: name(gap.unit, books.day_of(*period)),
            period: period.to_string(),
            has_no_figure: gap.has_no_figure,
        });
        Self {
            moment: makeup.answer.moment.0,
            periods: makeup.answer.periods.iter().map(ToString::to_string).collect(),
            total: value.ok().map(amount),
            why: value.err().map(reason),
            n_expected: counts.n_expected,
            n_reported: counts.n_reported,
            n_missing: counts.n_missing,
            n_nil: counts.n_nil,
            n_no_figure: counts.n_no_figure,
            n_estimated: counts.n_estimated,
            n_inexact: counts.n_inexact,
            weighted: through_weights.map(|it| amount(it.0)),
            n_weighted: through_weights.map_or(0, |it| it.1),
            parts: parts.collect(),
            gaps: gaps.collect(),
            lost: LostView::of(books, &[question.unit], &[question.period], question.sight),
            series,
        }
    }
}
