//! Forms in which nothing occurred: *không phát sinh*, all of it.

use dondoc_core::{
    aggregation::Aggregation,
    figure::{Content, Series},
    pack::{Form, Pack},
    period::Period,
    unit::UnitId,
};

use super::FormOf;
use crate::{
    books::Books,
    check::is_reported_by,
    form::{self, Part, Takes},
};

/// A cell that is typed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputCell<'a> {
    /// The row as printed.
    pub row: &'a str,
    /// The column as printed.
    pub column: &'a str,
    /// What it is for.
    pub series: Series,
    /// Which part of it.
    pub part: Part,
}

/// The cells that a unit types into a form for a period: those of indicators that are off, or that units of other levels
/// report, are left out. What stands in several cells is there once.
#[must_use]
pub fn input_cells<'a>(
    books: &Books,
    (pack, form): (&'a Pack, &'a Form),
    (unit, period): (UnitId, Period),
) -> Vec<InputCell<'a>> {
    let mut all: Vec<InputCell<'_>> = Vec::new();
    let cells = form.rows.iter().flat_map(|row| form.columns.iter().map(move |it| (row, it)));
    for (row, column) in cells {
        let Takes::Input(series, part) = form::cell(pack, row, column) else { continue };
        let is_own = pack.indicator(&series.indicator).is_some_and(|it| {
            books.programmes.is_on(it)
                && is_reported_by(books, (unit, period), it.level)
                && it.every.contains(&period.frequency())
        });
        let is_new = !all.iter().any(|it| it.series == series && it.part == part);
        if is_own && is_new {
            all.push(InputCell { row: &row.number, column: &column.number, series, part });
        }
    }
    all
}

/// Whether a unit may hand a form in as *không phát sinh* wholly.
///
/// The form must only ask for what happened in a period: what there *is* on a day (people in a register, kilometres of
/// road) is counted, if need be as zero. And no figure may be in force that this would silently take back, be it from
/// another form, a register or a document.
#[must_use]
pub fn may_be_nil(books: &Books, form: FormOf<'_>, (unit, period): (UnitId, Period)) -> bool {
    let cells = input_cells(books, form, (unit, period));
    let is_of_events = |it: &InputCell<'_>| {
        let rule = books.programmes.indicator(&it.series.indicator).map(|it| it.over_time);
        matches!(rule, Some(Aggregation::Sum | Aggregation::WeightedAverage))
    };
    let is_free = |it: &InputCell<'_>| {
        let now = books.own(unit, &it.series, period);
        now.is_none_or(|it| it.content == Content::Nil)
    };
    !cells.is_empty() && cells.iter().all(|it| is_of_events(it) && is_free(it))
}
