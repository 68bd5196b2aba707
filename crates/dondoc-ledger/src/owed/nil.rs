//! Forms in which nothing occurred: *không phát sinh*, all of it.

use std::collections::HashMap;

use dondoc_core::{
    aggregation::Aggregation,
    figure::{Content, Series},
    pack::{Form, Pack},
    period::Period,
    unit::{Level as Tier, UnitId},
};

use super::FormOf;
use crate::{
    books::Books,
    check::{is_reported_by, tier},
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
pub fn may_be_nil(books: &Books, form: FormOf<'_>, whose: (UnitId, Period)) -> bool {
    Nils::new(books).may_be(form, whose)
}

/// Which of many reports may be handed in as *không phát sinh* wholly; see [`may_be_nil`].
///
/// Units of a level type the same cells, so these are worked out once for all of them.
pub struct Nils<'b> {
    books: &'b Books,
    cells: HashMap<(String, Period, Option<Tier>), Vec<Series>>,
}

impl<'b> Nils<'b> {
    /// Nothing worked out yet.
    #[must_use]
    pub fn new(books: &'b Books) -> Self {
        Self { books, cells: HashMap::new() }
    }

    /// Whether a unit may hand in a form so.
    pub fn may_be(&mut self, form: FormOf<'_>, (unit, period): (UnitId, Period)) -> bool {
        let books = self.books;
        let key = (form.1.code.clone(), period, tier(books, (unit, period)));
        let typed = self.cells.entry(key).or_insert_with(|| {
            let cells = input_cells(books, form, (unit, period));
            let all_of_events = cells.iter().all(|it| is_of_events(books, &it.series));
            let series = cells.into_iter().map(|it| it.series);
            if all_of_events { series.collect() } else { Vec::new() }
        });
        let is_free = |it: &Series| {
            let now = books.own(unit, it, period);
            now.is_none_or(|it| it.content == Content::Nil)
        };
        !typed.is_empty() && typed.iter().all(is_free)
    }
}

fn is_of_events(books: &Books, series: &Series) -> bool {
    let rule = books.programmes.indicator(&series.indicator).map(|it| it.over_time);
    matches!(rule, Some(Aggregation::Sum | Aggregation::WeightedAverage))
}
