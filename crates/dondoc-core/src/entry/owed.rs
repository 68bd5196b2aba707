//! Reports that are owed because something happened: of the damage of an incident, within a day and then daily.

use jiff::{
    ToSpan,
    civil::{Date, DateTime},
};

use crate::{
    entry::{FieldValue, Fields},
    fold::bare,
    pack::{FieldKind, Pack, Register, Reports},
    unit::UnitId,
};

/// No event is followed for longer than so many reports.
const MAX_REPORTS: u32 = 5_000;

/// An entry of a unit.
#[derive(Clone, Copy, Debug)]
pub struct Noted<'a> {
    /// Its number.
    pub id: i64,
    /// Whose.
    pub unit: UnitId,
    /// What was noted down.
    pub fields: &'a Fields,
}

/// How a unit stands with the reports that it owes about one event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owed {
    /// The entry of the event.
    pub event: i64,
    /// Who reports.
    pub unit: UnitId,
    /// What the event is called; reports name it so.
    pub name: String,
    /// When it began; where only the day is known, the end of that day, so that nobody is called late who may not be.
    pub began: DateTime,
    /// Whether the hour is known.
    pub is_hour_known: bool,
    /// The next report that is not there yet, or that is missing now.
    pub due: Option<DateTime>,
    /// How many reports should be there by now.
    pub n_due: u32,
    /// How many of them are not.
    pub n_missed: u32,
    /// How it stands.
    pub state: OwedState,
    /// The latest report.
    pub last: Option<i64>,
}

/// How a unit stands with its reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OwedState {
    /// A report is missing whose time has passed.
    Late,
    /// The next one has time until it is due.
    Waiting,
    /// The event has ended; the report on all of it is still to come.
    Last,
    /// Nothing more is owed.
    Done,
}

impl OwedState {
    /// The name in JSON: `late`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::Waiting => "waiting",
            Self::Last => "last",
            Self::Done => "done",
        }
    }
}

/// What an event is called: its name, else its kind and day (`Bão, lũ, ngập lụt 07/09/2026`).
#[must_use]
pub fn event_name(pack: &Pack, register: &Register, reports: &Reports, fields: &Fields) -> String {
    if let Some(FieldValue::Text(name)) = fields.get(&reports.named_by)
        && !name.trim().is_empty()
    {
        return name.trim().to_owned();
    }
    let kind = register.fields.iter().find(|it| it.kind == FieldKind::Choice);
    let chosen = kind.and_then(|field| match fields.get(&field.code) {
        Some(FieldValue::Choice(code)) => {
            let breakdown = pack.breakdown(field.options.as_deref()?)?;
            let option = breakdown.options.iter().find(|it| it.code == *code)?;
            Some(option.name.vi.clone())
        }
        _ => None,
    });
    let day = match fields.get(&reports.began_on) {
        Some(FieldValue::Day(day)) => Some(day.strftime("%d/%m/%Y").to_string()),
        _ => None,
    };
    [chosen, day].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// How every unit that reports about an event stands at a moment of Vietnamese time; `noted` are the entries of the register of reports.
///
/// None where the event has no day.
#[must_use]
pub fn owed(
    (pack, register, reports): (&Pack, &Register, &Reports),
    event: Noted<'_>,
    noted: &[Noted<'_>],
    now: DateTime,
) -> Vec<Owed> {
    let Some(day) = day(event.fields, &reports.began_on) else { return Vec::new() };
    let hour = hour(event.fields, reports.began_at.as_deref());
    let Some(began) = moment(day, hour.or(Some(24))) else { return Vec::new() };
    let name = event_name(pack, register, reports, event.fields);
    let ended = reports.ended_on.as_ref().and_then(|it| self::day(event.fields, it));
    let ended = ended.and_then(|it| moment(it, Some(24)));
    let units = match reports.owed_by.as_ref().and_then(|it| event.fields.get(it)) {
        Some(FieldValue::Units(units)) if !units.is_empty() => units.clone(),
        _ => vec![event.unit],
    };
    let (bare_name, is_hour_known) = (bare(&name), hour.is_some());
    let of_unit = |unit: UnitId| {
        let is_about = |it: &&Noted<'_>| match it.fields.get(&reports.about) {
            Some(FieldValue::Text(text)) => it.unit == unit && bare(text) == bare_name,
            _ => false,
        };
        let mut told: Vec<Told> =
            noted.iter().filter(is_about).filter_map(|it| Told::new(reports, it)).collect();
        told.sort_by_key(|it| (it.from, it.id));
        let said = Said { reports, began, ended, told: &told, now };
        let (due, n_due, n_missed, state) = said.stand();
        let last = told.last().map(|it| it.id);
        let (event, name) = (event.id, name.clone());
        Owed { event, unit, name, began, is_hour_known, due, n_due, n_missed, state, last }
    };
    units.into_iter().map(of_unit).collect()
}

/// A report with the time in which it was made: a moment, or all of a day where the hour is not known.
struct Told {
    id: i64,
    from: DateTime,
    to: DateTime,
    is_last: bool,
}

impl Told {
    fn new(reports: &Reports, noted: &Noted<'_>) -> Option<Self> {
        let day = day(noted.fields, &reports.reported_on)?;
        let hour = hour(noted.fields, reports.reported_at.as_deref());
        let from = moment(day, hour.or(Some(0)))?;
        let to = moment(day, hour.or(Some(24)))?;
        let is_last = reports.last.as_ref().is_some_and(|last| {
            matches!(noted.fields.get(&last.field), Some(FieldValue::Choice(it)) if *it == last.option)
        });
        Some(Self { id: noted.id, from, to, is_last })
    }
}

/// All that is known about one unit and event.
struct Said<'a> {
    reports: &'a Reports,
    began: DateTime,
    ended: Option<DateTime>,
    told: &'a [Told],
    now: DateTime,
}

impl Said<'_> {
    /// Which report is due, how many should be there and are missing, and how the unit stands.
    fn stand(&self) -> (Option<DateTime>, u32, u32, OwedState) {
        let finished = self.told.iter().filter(|it| it.is_last).map(|it| it.from).min();
        let until = [finished, self.ended].into_iter().flatten().min();
        let (mut n_due, mut n_missed, mut missing) = (0, 0, None);
        let mut after = self.began;
        let mut is_first = true;
        for _ in 0..MAX_REPORTS {
            let hours = if is_first { self.reports.within_hours } else { self.reports.every_hours };
            let Ok(due) = after.checked_add(i64::from(hours.max(1)).hours()) else { break };
            if !is_first && until.is_some_and(|it| it <= after) {
                break;
            }
            // What came before the first was due is a first report, also from before the hour that is on record.
            let is_there = |it: &Told| it.from <= due && (is_first || it.to > after);
            let is_told = self.told.iter().any(is_there);
            if is_told {
                // A later report says what an earlier one should have said.
                missing = None;
            } else if due > self.now {
                let state = if missing.is_some() { OwedState::Late } else { OwedState::Waiting };
                return (missing.or(Some(due)), n_due, n_missed, state);
            } else {
                missing = missing.or(Some(due));
                n_missed += 1;
            }
            n_due += u32::from(due <= self.now);
            (after, is_first) = (due, false);
        }
        let state = match (finished, missing) {
            (Some(_), _) => OwedState::Done,
            (None, Some(_)) => OwedState::Late,
            (None, None) => OwedState::Last,
        };
        (if state == OwedState::Late { missing } else { None }, n_due, n_missed, state)
    }
}

fn day(fields: &Fields, code: &str) -> Option<Date> {
    match fields.get(code) {
        Some(FieldValue::Day(day)) => Some(*day),
        _ => None,
    }
}

fn hour(fields: &Fields, code: Option<&str>) -> Option<i8> {
    match fields.get(code?) {
        Some(FieldValue::Number(hour)) => i8::try_from(*hour).ok().filter(|it| *it <= 23),
        _ => None,
    }
}

/// A moment of a day; at 24 hours the day is over.
fn moment(day: Date, hour: Option<i8>) -> Option<DateTime> {
    match hour {
        Some(24) | None => Some(day.tomorrow().ok()?.at(0, 0, 0, 0)),
        Some(hour) => Some(day.at(hour, 0, 0, 0)),
    }
}

#[cfg(test)]
mod tests;
