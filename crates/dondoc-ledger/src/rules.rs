//! The rules and formulas of the packs over the figures of a unit: what does not hold, and what follows.

use std::collections::{BTreeMap, BTreeSet};

use dondoc_core::{
    figure::{Content, Figure, Series},
    finding::{Fault, Finding, Place},
    pack::{Severity, Text},
    period::Period,
    rule::{Figures, RuleBook, When},
    unit::UnitId,
};
use dondoc_rollup::totals::{PeriodNo, Stored};

use crate::{
    books::Books,
    check::{Batch, placed, words},
    error::LedgerError,
};

/// The figures of a unit and period that expressions look at.
type Known = BTreeMap<Series, Content>;

/// What the rules of the packs find in a batch, as the figures would stand with it.
///
/// Only rules that look at an indicator of the batch are asked: what somebody else reported is not this clerk's to mend.
pub(crate) fn findings(books: &Books, batch: &Batch) -> Vec<Finding> {
    let mut findings = Vec::new();
    for book in books.programmes.rule_books() {
        let watched = book.watched();
        let has = |it: &str| batch.figures.iter().any(|(figure, _)| figure.series.indicator == it);
        if !watched.iter().any(|it| has(it)) {
            continue;
        }
        let of = |period: Option<Period>| {
            period.map(|it| known(books, watched.iter().copied(), (batch.unit, it)))
        };
        let mut now = of(Some(batch.period)).unwrap_or_default();
        let figures = || batch.figures.iter().map(|it| &it.0);
        lay_over(&mut now, figures().filter(|it| watched.contains(it.series.indicator.as_str())));
        let (before, last_year) = (of(batch.period.before()), of(batch.period.year_before()));
        let figures = Figures { now: &now, before: before.as_ref(), last_year: last_year.as_ref() };
        let found = book.findings_about(&figures, &has);
        findings.extend(found.into_iter().map(|it| at_its_figure(it, batch)));
    }
    findings
}

/// Figures of indicators with formulas that are not what the formula comes to.
pub(crate) fn against_formulas(books: &Books, batch: &Batch) -> Vec<Finding> {
    let mut findings = Vec::new();
    let with_formula = |it: &&(Figure, Place)| books.programmes.has_formula(&it.0.series.indicator);
    for (figure, place) in batch.figures.iter().filter(with_formula) {
        for book in books.programmes.rule_books() {
            let formulas: BTreeMap<&str, _> = book.formulas().collect();
            if !formulas.contains_key(figure.series.indicator.as_str()) {
                continue;
            }
            let worked_out = worked_out(books, book, batch);
            let agrees = worked_out.get(&figure.series) == Some(&figure.content);
            if !agrees {
                let code = figure.series.indicator.as_str();
                let decimals = books.programmes.decimals(code);
                let comes_to = worked_out.get(&figure.series).map(|it| words(*it, decimals));
                let fault = worked_out_elsewhere(code, comes_to.as_deref());
                findings.push(Finding { place: placed(place, figure), fault });
            }
        }
    }
    findings
}

fn worked_out_elsewhere(indicator: &str, comes_to: Option<&str>) -> Fault {
    let vi = comes_to.map_or_else(
        || "chỉ tiêu này được tính từ chỉ tiêu khác, chưa đủ số liệu để tính".to_owned(),
        |it| format!("chỉ tiêu này được tính từ chỉ tiêu khác, kết quả là {it}"),
    );
    let en = comes_to.map_or_else(
        || "this is worked out from other indicators, which are not all there yet".to_owned(),
        |it| format!("this is worked out from other indicators and comes to {it}"),
    );
    Fault::Rule {
        rule: format!("formula:{indicator}"),
        severity: Severity::Error,
        message: Text { vi, en },
        remedy: Text {
            vi: "để trống ô này, hoặc sửa các chỉ tiêu dùng để tính".to_owned(),
            en: "leave it blank, or mend the indicators that it is worked out from".to_owned(),
        },
    }
}

fn worked_out(books: &Books, book: &RuleBook, batch: &Batch) -> Known {
    let inputs = inputs(book);
    let mut now = known(books, inputs.iter().copied(), (batch.unit, batch.period));
    let figures = batch.figures.iter().map(|it| &it.0);
    lay_over(&mut now, figures.filter(|it| inputs.contains(it.series.indicator.as_str())));
    let (before, last_year) = other_periods(books, &inputs, (batch.unit, batch.period));
    let figures = Figures { now: &now, before: before.as_ref(), last_year: last_year.as_ref() };
    book.derive(&figures).0.into_iter().collect()
}

impl Books {
    /// Works the formulas out that look at an indicator of `touched`, for a unit and period, and for later periods of the unit
    /// whose formulas look back at what has changed; the totals follow.
    pub(crate) fn follow(
        &mut self,
        touched: &BTreeSet<&str>,
        (unit, period): (UnitId, Period),
    ) -> Result<(), LedgerError> {
        let mut changed = self.derive(touched, (unit, period))?;
        changed.extend(touched.iter().map(|it| (*it).to_owned()));
        let mut due = vec![(period, changed)];
        while let Some((period, changed)) = due.pop() {
            for later in self.looking_back(&changed, (unit, period)) {
                let touched = changed.iter().map(String::as_str).collect();
                let derived = self.derive(&touched, (unit, later))?;
                // Further on there is more to do only for what came out otherwise here.
                due.push((later, derived));
            }
        }
        Ok(())
    }

    /// Works the formulas out that look at an indicator of `touched`, in whatever period, for a unit and period; gives the
    /// indicators that came out otherwise.
    fn derive(
        &mut self,
        touched: &BTreeSet<&str>,
        (unit, period): (UnitId, Period),
    ) -> Result<BTreeSet<String>, LedgerError> {
        let programmes = std::sync::Arc::clone(&self.programmes);
        let mut changed = BTreeSet::new();
        for book in programmes.rule_books() {
            let inputs = inputs(book);
            if inputs.is_disjoint(touched) {
                continue;
            }
            let now = known(self, inputs.iter().copied(), (unit, period));
            let (before, last_year) = other_periods(self, &inputs, (unit, period));
            let figures =
                Figures { now: &now, before: before.as_ref(), last_year: last_year.as_ref() };
            let derived: Known = book.derive(&figures).0.into_iter().collect();
            let number = self.period_no(period)?;
            for (indicator, needed) in book.formulas() {
                let series = Series { indicator: indicator.to_owned(), option: None };
                let content = derived.get(&series).copied();
                let stored = content.map(|it| self.as_firm_as(it, &needed, (unit, period)));
                let Some(place) = self.totals.catalogue().number(&series) else { continue };
                if self.totals.figure(place, number, unit) == stored {
                    continue;
                }
                changed.insert(indicator.to_owned());
                // A unit that is not in the tree has no figures, so nothing can follow for it.
                let _ = self.totals.set(place, number, unit, stored);
            }
        }
        Ok(changed)
    }

    /// The later periods of a unit in which it has figures, and formulas look back at one of the indicators in this period.
    fn looking_back(
        &self,
        changed: &BTreeSet<String>,
        (unit, period): (UnitId, Period),
    ) -> Vec<Period> {
        let looks = |when| {
            let books = self.programmes.rule_books().iter();
            let mut needed = books.flat_map(RuleBook::formulas).flat_map(|it| it.1);
            needed.any(|it| it.1 == when && changed.contains(&it.0.indicator))
        };
        let mut later = Vec::new();
        if looks(When::Before) {
            later.extend(period.after());
        }
        if looks(When::LastYear) {
            let known = (0..).map_while(|it| self.totals.period(PeriodNo(it)));
            later.extend(known.map(|it| it.0).filter(|it| it.year_before() == Some(period)));
        }
        let has_figures = |it: &Period| {
            let number = self.totals.period_no(it);
            number.is_some_and(|it| self.totals.n_series_reported(it, unit) > 0)
                && !self.lost.has_report(unit, *it)
        };
        later.retain(has_figures);
        later
    }

    /// What follows from an estimate is an estimate, and from what is not meant exactly neither.
    fn as_firm_as(
        &self,
        content: Content,
        needed: &[(&Series, When)],
        (unit, period): (UnitId, Period),
    ) -> Stored {
        let figures = needed.iter().filter_map(|(series, when)| {
            let period = match when {
                When::Now => period,
                When::Before => period.before()?,
                When::LastYear => period.year_before()?,
            };
            self.own(unit, series, period)
        });
        let firm = Stored { content, is_estimate: false, is_inexact: false };
        figures.fold(firm, |so_far, it| Stored {
            is_estimate: so_far.is_estimate || it.is_estimate,
            is_inexact: so_far.is_inexact || it.is_inexact,
            ..so_far
        })
    }
}

/// The indicators that the formulas of a pack look at.
fn inputs(book: &RuleBook) -> BTreeSet<&str> {
    book.formulas().flat_map(|(_, needed)| needed).map(|it| it.0.indicator.as_str()).collect()
}

fn other_periods(
    books: &Books,
    indicators: &BTreeSet<&str>,
    (unit, period): (UnitId, Period),
) -> (Option<Known>, Option<Known>) {
    let of = |period: Option<Period>| {
        period.map(|it| known(books, indicators.iter().copied(), (unit, it)))
    };
    (of(period.before()), of(period.year_before()))
}

/// What is in force for a unit and period, of some indicators with all their options.
fn known<'i>(
    books: &Books,
    indicators: impl Iterator<Item = &'i str>,
    (unit, period): (UnitId, Period),
) -> Known {
    let mut known = Known::new();
    let Some(number) = books.totals.period_no(&period) else { return known };
    for indicator in indicators {
        let options = books.programmes.options(indicator).into_iter().flatten();
        for option in std::iter::once(None).chain(options.map(|it| Some(it.clone()))) {
            let series = Series { indicator: indicator.to_owned(), option };
            let place = books.totals.catalogue().number(&series);
            if let Some(stored) = place.and_then(|it| books.totals.figure(it, number, unit)) {
                known.insert(series, stored.content);
            }
        }
    }
    known
}

/// Puts figures in the place of those in force. A sum of options that one of them changes is worked out anew.
fn lay_over<'f>(known: &mut Known, figures: impl Iterator<Item = &'f Figure>) {
    let figures: Vec<&Figure> = figures.collect();
    for figure in figures.iter().filter(|it| it.series.option.is_some()) {
        known.remove(&Series { option: None, ..figure.series.clone() });
    }
    for figure in figures {
        known.insert(figure.series.clone(), figure.content);
    }
}

/// The finding at the place of the figure that it is about.
fn at_its_figure(mut finding: Finding, batch: &Batch) -> Finding {
    let indicator = finding.place.indicator.as_deref();
    let of = |it: &&(Figure, Place)| indicator == Some(it.0.series.indicator.as_str());
    if let Some((figure, place)) = batch.figures.iter().find(of) {
        let cells = finding.place.cell.take();
        finding.place = placed(place, figure);
        finding.place.cell = finding.place.cell.take().or(cells);
    }
    finding
}
