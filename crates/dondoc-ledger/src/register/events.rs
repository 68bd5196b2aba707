//! Figures of events, such as the damage of a storm from the 7th to the 9th: counted when a unit reports on these days.
//!
//! The days of an event are known only by a report on it, so its figures can't be counted beforehand as those of a month
//! are. They go with the report; entries that come later count them anew.

use dondoc_core::{
    figure::{Content, Figure, Series},
    finding::Place,
    pack::Indicator,
    period::Period,
    unit::UnitId,
};
use dondoc_rollup::totals::PeriodNo;
use jiff::civil::Date;

use super::recount::{come_to, reports_event};
use crate::{books::Books, check::Batch, error::LedgerError, ledger::Ledger, report::NewReport};

impl Ledger {
    /// What the registers come to for the figures of a form that are reported by event alone, with the sums of their options.
    ///
    /// # Errors
    ///
    /// [`LedgerError`] if the store fails.
    pub fn counted_of_event(
        &self,
        form: &str,
        (unit, period): (UnitId, Period),
    ) -> Result<Vec<(Series, Content)>, LedgerError> {
        let codes = self.look(|books| codes(books, form, (unit, period)));
        if codes.is_empty() {
            return Ok(Vec::new());
        }
        self.store().read(|tx| {
            let mut counted = Vec::new();
            for code in &codes {
                counted.extend(self.count_now(tx, code, (unit, period))?);
            }
            Ok(counted)
        })
    }

    /// The figures of a report with those that are counted for its event and that nobody typed.
    pub(crate) fn completed(&self, report: &NewReport<'_>) -> Result<Batch, LedgerError> {
        let mut batch = report.batch.clone();
        let whose = (batch.unit, batch.period);
        let codes = self.look(|books| codes(books, report.form, whose));
        if codes.is_empty() {
            return Ok(batch);
        }
        let programmes = self.look(|books| std::sync::Arc::clone(&books.programmes));
        let mut counted: Vec<Figure> = Vec::new();
        let units = self.look(|it| it.counted_for(batch.unit, batch.period));
        self.store().read(|tx| -> Result<_, LedgerError> {
            for code in &codes {
                let (pack, indicator) = (programmes.pack_of(code), programmes.indicator(code));
                if let (Some(pack), Some(indicator)) = (pack, indicator) {
                    counted.extend(come_to(tx, (pack, indicator), (&units, batch.period))?);
                }
            }
            Ok(())
        })?;
        let is_typed = |it: &Figure| batch.figures.iter().any(|typed| typed.0.series == it.series);
        counted.retain(|it| !is_typed(it));
        self.look(|books| {
            counted.retain(|it| {
                let in_force = books.own(batch.unit, &it.series, batch.period);
                in_force.is_none_or(|own| own.content != it.content)
            });
        });
        batch.figures.extend(counted.into_iter().map(|it| (it, Place::default())));
        Ok(batch)
    }
}

/// The indicators of a form that a unit reports by event alone, and that are counted.
fn codes(books: &Books, form: &str, whose: (UnitId, Period)) -> Vec<String> {
    let Some((pack, form)) = books.programmes.form(form) else { return Vec::new() };
    let mut codes: Vec<String> = Vec::new();
    for code in form.rows.iter().filter_map(|it| it.indicator.as_ref()) {
        let is_of_event = |it: &Indicator| reports_event(books, it, whose);
        if pack.indicator(code).is_some_and(is_of_event) && !codes.contains(code) {
            codes.push(code.clone());
        }
    }
    codes
}

impl Books {
    /// The periods with days of their own that a day lies in, as far as there are figures of them.
    pub(super) fn spans_with(&self, day: Date) -> Vec<Period> {
        let known = (0..).map_while(|number| self.totals.period(PeriodNo(number)));
        let has = |it: &Period| match *it {
            Period::Days { from, to } => from <= day && day <= to,
            _ => false,
        };
        known.map(|it| it.0).filter(has).collect()
    }

    /// Whether any figure of an indicator is in force for a unit and period.
    pub(super) fn has_own(&self, unit: UnitId, indicator: &str, period: Period) -> bool {
        let Some(number) = self.totals.period_no(&period) else { return false };
        let catalogue = self.totals.catalogue();
        let own = catalogue.entries().iter().filter(|it| it.series.indicator == indicator);
        let mut numbers = own.filter_map(|it| catalogue.number(&it.series));
        numbers.any(|it| self.totals.figure(it, number, unit).is_some())
    }
}
