//! Forms: rows that their level and period report, columns that take what the rows need, deadlines.

use std::collections::HashSet;

use crate::pack::{
    Closing, Deadline, Form, Frequency, Indicator, Level, Row, Shows,
    check::{Findings, Spelling},
    fault::{Item, ItemKind, PackFault},
};

pub(super) fn check(findings: &mut Findings<'_>) {
    for form in &findings.pack.forms {
        let item = findings.declared(ItemKind::Form, &form.code, &form.name);
        findings.spelled(&item, Spelling::Form);
        findings.refers(&item, ItemKind::Source, form.basis.iter());
        findings.admitted(&item, &[&form.route.vi, &form.route.en], &[]);
        if form.every.is_empty() {
            findings.add(&item, PackFault::NeverReported);
        }
        let is_typed =
            |it: Shows| matches!(it, Shows::Value | Shows::Numerator | Shows::Denominator);
        if !form.rows.is_empty() && !form.columns.iter().any(|it| is_typed(it.shows)) {
            findings.add(&item, PackFault::NothingToFillIn);
        }
        for deadline in &form.deadlines {
            deadline_is_sound(findings, &item, form, deadline);
        }
        let mut seen = HashSet::new();
        for column in &form.columns {
            let item = findings.within(ItemKind::Column, &column.number, &form.code);
            findings.named(&item, &column.title);
            if !seen.insert(&column.number) {
                findings.add(&item, PackFault::Duplicate);
            }
        }
        let mut seen = HashSet::new();
        for row in &form.rows {
            let item = findings.within(ItemKind::Row, &row.number, &form.code);
            row_is_sound(findings, &item, form, row);
            if !seen.insert(&row.number) {
                findings.add(&item, PackFault::Duplicate);
            }
        }
    }
}

fn deadline_is_sound(findings: &mut Findings<'_>, item: &Item, form: &Form, deadline: &Deadline) {
    let reports = form.level.covers(deadline.level) || deadline.level.covers(form.level);
    if !reports {
        findings.add(item, PackFault::DeadlineOfNobody);
    }
    let last_day = match form.closing {
        Closing::Decree09 => 14,
        Closing::Calendar => 31,
        Closing::OwnDates => return,
    };
    if deadline.estimate_by_day.is_some_and(|it| it > last_day || it == 0) {
        findings.add(item, PackFault::EstimateAfterClosing);
    }
}

fn row_is_sound(findings: &mut Findings<'_>, item: &Item, form: &Form, row: &Row) {
    if let Some(title) = &row.title {
        findings.named(item, title);
    }
    let Some(code) = &row.indicator else {
        if row.title.is_none() {
            findings.add(item, PackFault::NameMissing { language: "vi".to_owned() });
        }
        return;
    };
    let Some(indicator) = findings.pack.indicator(code) else {
        findings.refers(item, ItemKind::Indicator, std::iter::once(code));
        return;
    };
    let code = || code.clone();
    if form.level == Level::Commune && !matches!(indicator.level, Level::Commune | Level::Both) {
        findings.add(item, PackFault::LevelDoesNotReport { indicator: code() });
    }
    if !form.every.iter().any(|it| is_reported_within(indicator, *it)) {
        findings.add(item, PackFault::PeriodDoesNotReport { indicator: code() });
    }
    let typed: Vec<_> = form
        .columns
        .iter()
        .filter(|it| matches!(it.shows, Shows::Value | Shows::Numerator | Shows::Denominator))
        .filter_map(|it| Some((it, findings.pack.cell_series(row, it)?)))
        .collect();
    if typed.is_empty() && form.columns.iter().any(|it| it.shows == Shows::Value) {
        let name = row.option.clone().unwrap_or_default();
        findings.add(item, PackFault::Dangling { kind: ItemKind::Option, name });
    }
    let shows = |it: Shows| typed.iter().any(|(column, _)| column.shows == it);
    if indicator.ratio.is_some() && !(shows(Shows::Numerator) && shows(Shows::Denominator)) {
        findings.add(item, PackFault::RatioWithoutColumns { indicator: code() });
    }
    let is_whole = typed.iter().any(|(_, series)| series.option.is_none());
    if is_whole && !row.total && !findings.pack.adds_up(indicator) {
        findings.add(item, PackFault::RowOfSeparate { indicator: code() });
    }
}

/// Whether an indicator has figures for a period of that frequency: its own, or smaller ones that make it.
fn is_reported_within(indicator: &Indicator, frequency: Frequency) -> bool {
    indicator.every.iter().any(|own| match (own, frequency) {
        (own, of) if *own == of => true,
        (Frequency::Event, _) | (_, Frequency::Event) => false,
        (_, Frequency::Term) => true,
        (Frequency::Month, _) => true,
        (Frequency::Quarter, of) => of != Frequency::Month,
        (Frequency::Half, of) => of == Frequency::Year,
        (Frequency::NineMonths | Frequency::Year | Frequency::Term, _) => false,
    })
}
