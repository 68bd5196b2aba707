//! Which reports must come, from whom, for when, by when; and what came of them.

use std::{
    collections::{BTreeMap, HashMap},
    ops::RangeInclusive,
};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    calendar::{Calendar, CalendarError, Due},
    figure::Status,
    pack::{Form, Frequency, Level},
    period::Period,
    unit::UnitId,
};

/// A unit that reports, and the level it does so at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Reporter {
    /// Who.
    pub unit: UnitId,
    /// [`Level::Commune`] or [`Level::Province`].
    pub level: Level,
}

/// A report that must come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expected {
    /// The form: `B01-XA`.
    pub form: String,
    /// Its version.
    pub version: u32,
    /// From whom.
    pub unit: UnitId,
    /// For when.
    pub period: Period,
    /// Whether it is the estimate before the period closes, or the final report.
    pub kind: Status,
    /// The first day on which it is taken: of an estimate the first day of the period, of a final report its closing day.
    pub opens: Date,
    /// The last day on which it is in time; `None` if the form sets none.
    pub due: Option<Due>,
}

/// A report that came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    /// The form.
    pub form: String,
    /// From whom.
    pub unit: UnitId,
    /// For when.
    pub period: Period,
    /// Estimate or final.
    pub kind: Status,
    /// The day it came; of several versions the first counts for timeliness.
    pub on: Date,
}

/// How many reports came, of how many; shares are for the caller, who shows both numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Due by the day that was asked for.
    pub due: u32,
    /// Of these: came, in time or late. Completeness is `received` of `due`.
    pub received: u32,
    /// Of these: came in time. Timeliness is `on_time` of `due`.
    pub on_time: u32,
    /// Of these: did not come, and their last day is over.
    pub overdue: u32,
    /// Not due yet, and came already.
    pub early: u32,
    /// Without a day to be there by.
    pub undated: u32,
    /// Whose day may come later, because days off were not announced; they are in the other counts too.
    pub unsure: u32,
}

/// The reports of forms whose periods close within a range of days, in the order of forms, periods and units.
///
/// Forms of terms and events, and forms that name their own dates, are asked for one by one and are never expected.
///
/// # Errors
///
/// [`CalendarError::UnknownYear`] if a deadline reaches a year whose days off are not known.
pub fn expected(
    forms: &[Form],
    reporters: &[Reporter],
    closing_within: &RangeInclusive<Date>,
    calendar: &Calendar,
) -> Result<Vec<Expected>, CalendarError> {
    let mut all = Vec::new();
    for form in forms {
        for period in form.every.iter().flat_map(|it| closing_in(form, *it, closing_within)) {
            // Every unit of a level has the same days, so they are worked out once.
            let of_commune = round(form, Level::Commune, period, calendar)?;
            let of_province = round(form, Level::Province, period, calendar)?;
            for reporter in reporters {
                let rounds = match reporter.level {
                    Level::Commune => &of_commune,
                    Level::Province => &of_province,
                    Level::Both | Level::Above => continue,
                };
                all.extend(rounds.iter().map(|it| Expected {
                    form: form.code.clone(),
                    version: form.version,
                    unit: reporter.unit,
                    period,
                    kind: it.kind,
                    opens: it.opens,
                    due: it.due,
                }));
            }
        }
    }
    Ok(all)
}

struct Round {
    kind: Status,
    opens: Date,
    due: Option<Due>,
}

/// What a level must send of a form for a period: nothing, the final report, or an estimate before it.
fn round(
    form: &Form,
    level: Level,
    period: Period,
    calendar: &Calendar,
) -> Result<Vec<Round>, CalendarError> {
    let Some((from, to)) = period.days(form.closing).filter(|_| form.level.covers(level)) else {
        return Ok(Vec::new());
    };
    let deadline = form.deadline(level, period);
    let estimate = deadline
        .map(|it| it.estimate_due(period, form.closing, calendar))
        .transpose()?
        .flatten()
        .map(|due| Round { kind: Status::Estimate, opens: from, due: Some(due) });
    let due = deadline.map(|it| it.due(period, form.closing, calendar)).transpose()?.flatten();
    Ok(estimate.into_iter().chain([Round { kind: Status::Final, opens: to, due }]).collect())
}

fn closing_in(form: &Form, frequency: Frequency, days: &RangeInclusive<Date>) -> Vec<Period> {
    // Nine months begin with their year, also when the range does not.
    let first = match frequency {
        Frequency::NineMonths => Period::of_day(*days.start(), Frequency::Year, form.closing)
            .and_then(|it| it.months())
            .and_then(|(january, _)| Period::beginning(january, frequency)),
        _ => Period::of_day(*days.start(), frequency, form.closing),
    };
    let closes = |it: &Period| it.closing_day(form.closing);
    std::iter::successors(first, |it| it.after())
        .take_while(|it| closes(it).is_some_and(|day| day <= *days.end()))
        .filter(|it| closes(it).is_some_and(|day| day >= *days.start()))
        .collect()
}

/// Counts what came of what was expected, as of the end of a day.
#[must_use]
pub fn tally(expected: &[Expected], received: &[Received], as_of: Date) -> Tally {
    let mut all = Tally::default();
    for tally in tally_by_unit(expected, received, as_of).values() {
        all.due += tally.due;
        all.received += tally.received;
        all.on_time += tally.on_time;
        all.overdue += tally.overdue;
        all.early += tally.early;
        all.undated += tally.undated;
        all.unsure += tally.unsure;
    }
    all
}

/// Counts what came of what was expected, unit by unit, as of the end of a day.
#[must_use]
pub fn tally_by_unit(
    expected: &[Expected],
    received: &[Received],
    as_of: Date,
) -> BTreeMap<UnitId, Tally> {
    let mut first_came: HashMap<_, Date> = HashMap::new();
    for it in received.iter().filter(|it| it.on <= as_of) {
        let key = (it.form.as_str(), it.unit, it.period, it.kind);
        let on = first_came.entry(key).or_insert(it.on);
        *on = it.on.min(*on);
    }
    let mut tallies: BTreeMap<UnitId, Tally> = BTreeMap::new();
    for it in expected {
        let tally = tallies.entry(it.unit).or_default();
        let came = first_came.get(&(it.form.as_str(), it.unit, it.period, it.kind));
        let Some(due) = it.due else {
            tally.undated += 1;
            continue;
        };
        tally.unsure += u32::from(!due.sure);
        if due.on > as_of {
            tally.early += u32::from(came.is_some());
            continue;
        }
        tally.due += 1;
        tally.received += u32::from(came.is_some());
        tally.on_time += u32::from(came.is_some_and(|it| *it <= due.on));
        tally.overdue += u32::from(came.is_none() && due.on < as_of);
    }
    tallies
}
