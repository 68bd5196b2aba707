//! What units owe: the reports that must come, with what came of them and how long there is.
//!
//! Nothing is owed for periods that closed before a programme was put into use; what is owed since then stays until it is
//! handed in, however long that takes.

use std::collections::HashMap;

use dondoc_core::{
    calendar::{self, Calendar, CalendarError, Expected, Reporter},
    figure::Status,
    pack::{Form, Level, Pack},
    period::Period,
    submission::SubmissionState,
    unit::{Kind, Level as Tier, Line, UnitId},
};
use dondoc_store::{
    StoreError, Tx, packs,
    submissions::{
        Submission,
        board::{self, Received},
        locks::{self, Lock},
    },
};
use jiff::{Timestamp, civil::Date};

use crate::{books::Books, error::LedgerError, ledger::Ledger};

mod nil;

pub use nil::{InputCell, Nils, input_cells, may_be_nil};

/// Of so few units, what came is read unit by unit; of more, round by round.
const FEW_UNITS: usize = 200;

/// Whose reports are asked for, and on which day.
pub struct Asked<'a> {
    /// The day of the question.
    pub today: Date,
    /// Periods that close after this day are left out.
    pub until: Date,
    /// The days off.
    pub calendar: &'a Calendar,
    /// The day of a moment where the offices are.
    pub day_of: fn(Timestamp) -> Date,
    /// Whether a unit is asked about.
    pub concerns: &'a dyn Fn(UnitId) -> bool,
    /// Of this form alone.
    pub form: Option<&'a str>,
    /// Of this period alone.
    pub period: Option<Period>,
}

/// A report that must come, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owed {
    /// The programme: `KVPT`.
    pub pack: String,
    /// What must come, from whom, by when.
    pub expected: Expected,
    /// What was begun or handed in; `None` if nothing was.
    pub received: Option<Received>,
    /// Whether its period is locked for the unit: then only a correction goes through.
    pub is_locked: bool,
    /// How long there is, or how long ago it should have come.
    pub timing: Timing,
}

/// How a report stands to its last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timing {
    /// Not there, and no last day is set.
    Undated,
    /// Not there, and so many working days are left after today; none means that today is the last one.
    Left {
        /// Working days.
        working_days: u32,
    },
    /// Not there, and its last day is so many days ago.
    Late {
        /// Days of the week and of rest alike.
        days: u32,
    },
    /// There.
    HandedIn {
        /// The day of the first time.
        on: Date,
        /// How many days after its last day; `None` if it was in time or none is set.
        late_by: Option<u32>,
    },
}

impl Owed {
    /// Whether nothing is left to do for the one who reports: handed in, and not sent back.
    #[must_use]
    pub fn is_done(&self) -> bool {
        matches!(self.timing, Timing::HandedIn { .. })
    }

    /// Whether figures can still come: it is not handed in, and its period is not locked.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !self.is_locked && !self.is_done()
    }

    /// The state of what came; `None` if nothing did.
    #[must_use]
    pub fn state(&self) -> Option<SubmissionState> {
        self.received.as_ref().map(|it| it.state)
    }
}

impl Ledger {
    /// The reports that units owe, or have handed in: the latest first, then those with the fewest days left, then those
    /// that are there.
    ///
    /// # Errors
    ///
    /// [`LedgerError`] if the store fails; [`LedgerError::Refused`] if the days off of a year are not known.
    pub fn owed(&self, asked: &Asked<'_>) -> Result<Vec<Owed>, LedgerError> {
        self.refresh()?;
        let adopted = self.store().read(adoptions)?;
        let expected = self.look(|books| expected_of(books, asked, &adopted));
        let expected = expected.map_err(|error| LedgerError::Refused(error.to_string()))?;
        let (mut received, locks) = self.store().read(|tx| -> Result<_, StoreError> {
            let received = received(tx, &expected)?;
            Ok((received, locks::in_force(tx)?))
        })?;
        let mut days_left = HashMap::new();
        let mut all = self.look(|books| {
            let mut one = |(pack, expected): (String, Expected)| {
                let Expected { unit, period, kind, .. } = expected;
                let key = (pack, expected.form.clone(), unit, period, is_estimate(kind));
                let it = received.remove(&key);
                let is_locked = reached(books, &locks, (&key.0, &expected.form), (unit, period));
                let timing = asked.timing(&expected, it.as_ref(), &mut days_left)?;
                Ok(Owed { pack: key.0, expected, received: it, is_locked, timing })
            };
            expected.into_iter().map(&mut one).collect::<Result<Vec<_>, CalendarError>>()
        });
        let all = all.as_mut().map_err(|error| LedgerError::Refused(error.to_string()))?;
        all.sort_by_key(|it| it.urgency());
        Ok(std::mem::take(all))
    }
}

/// What came, by pack, form, unit, period, and whether it is an estimate.
type Came = HashMap<(String, String, UnitId, Period, bool), Received>;

/// What came of the reports that must come, and maybe more.
fn received(tx: &mut Tx<'_>, expected: &[(String, Expected)]) -> Result<Came, StoreError> {
    let mut units: Vec<UnitId> = expected.iter().map(|it| it.1.unit).collect();
    units.sort_unstable();
    units.dedup();
    let mut came = Came::new();
    let mut add = |pack: String, it: Received| {
        let key = (pack, it.form.clone(), it.unit, it.period, is_estimate(it.kind));
        came.insert(key, it);
    };
    if units.len() <= FEW_UNITS {
        for unit in units {
            for (pack, it) in board::received_of(tx, unit)? {
                add(pack, it);
            }
        }
        return Ok(came);
    }
    let round = |(pack, it): &(String, Expected)| (pack.clone(), it.period, is_estimate(it.kind));
    let mut rounds: Vec<_> = expected.iter().map(round).collect();
    rounds.sort_unstable();
    rounds.dedup();
    for (pack, period, is_estimate) in rounds {
        let kind = if is_estimate { Status::Estimate } else { Status::Final };
        for it in board::received(tx, &pack, period, kind)? {
            add(pack.clone(), it);
        }
    }
    Ok(came)
}

fn is_estimate(kind: Status) -> bool {
    kind == Status::Estimate
}

/// When the first version of each pack was put into use.
fn adoptions(tx: &mut dondoc_store::Tx<'_>) -> Result<HashMap<String, Timestamp>, StoreError> {
    let mut first = HashMap::new();
    for pack in packs::all(tx)? {
        let at = first.entry(pack.code).or_insert(pack.by.at);
        *at = pack.by.at.min(*at);
    }
    Ok(first)
}

fn expected_of(
    books: &Books,
    asked: &Asked<'_>,
    adopted: &HashMap<String, Timestamp>,
) -> Result<Vec<(String, Expected)>, CalendarError> {
    let mut all = Vec::new();
    for pack in books.programmes.packs() {
        let Some(since) = adopted.get(&pack.pack.code).map(|at| (asked.day_of)(*at)) else {
            continue;
        };
        let forms: Vec<Form> = pack.forms.iter().filter(|it| asked.is_of(it)).cloned().collect();
        for (from, to) in stretches(books, since.max(pack.pack.valid_from), asked.until) {
            let reporters = reporters(books, from, asked.concerns);
            let expected = calendar::expected(&forms, &reporters, &(from..=to), asked.calendar)?;
            let expected = expected.into_iter().filter(|it| asked.is_in(it));
            all.extend(expected.map(|it| (pack.pack.code.clone(), it)));
        }
    }
    Ok(all)
}

/// The days between two, cut where the tree of the State's line changes.
fn stretches(books: &Books, since: Date, until: Date) -> Vec<(Date, Date)> {
    let mut starts = vec![since];
    let turns = books.units.epochs(Line::State).iter();
    starts.extend(turns.copied().filter(|it| *it > since && *it <= until));
    let ends = starts.iter().skip(1).filter_map(|it| it.yesterday().ok()).chain([until]);
    let cut = starts.iter().copied().zip(ends.collect::<Vec<_>>());
    cut.filter(|(from, to)| from <= to).collect()
}

/// The units that report on a day, in the official order, with the level at which they do.
pub fn reporters(books: &Books, day: Date, concerns: &dyn Fn(UnitId) -> bool) -> Vec<Reporter> {
    let tree = books.units.tree(Line::State, day);
    let reporter = |unit: UnitId| {
        let level = match books.units.get(unit)?.kind_on(day).and_then(Kind::level)? {
            Tier::Commune => Level::Commune,
            Tier::Province => Level::Province,
            _ => return None,
        };
        concerns(unit).then_some(Reporter { unit, level })
    };
    tree.units().iter().copied().filter_map(reporter).collect()
}

impl Asked<'_> {
    fn is_of(&self, form: &Form) -> bool {
        self.form.is_none_or(|it| it == form.code)
    }

    fn is_in(&self, expected: &Expected) -> bool {
        self.period.is_none_or(|it| it == expected.period)
    }

    fn timing(
        &self,
        expected: &Expected,
        received: Option<&Received>,
        days_left: &mut HashMap<Date, u32>,
    ) -> Result<Timing, CalendarError> {
        let due = expected.due.map(|it| it.on);
        let came = received
            .filter(|it| !matches!(it.state, SubmissionState::Draft | SubmissionState::Returned));
        if let Some((first, _)) = came.and_then(|it| it.submitted_at) {
            let on = (self.day_of)(first);
            let late_by = due.filter(|it| *it < on).map(|it| days_between(it, on));
            return Ok(Timing::HandedIn { on, late_by });
        }
        Ok(match due {
            None => Timing::Undated,
            Some(due) if due < self.today => Timing::Late { days: days_between(due, self.today) },
            // Few days are those of many reports.
            Some(due) => Timing::Left {
                working_days: match days_left.get(&due) {
                    Some(known) => *known,
                    None => {
                        let days = self.calendar.working_days_between(self.today, due)?;
                        days_left.insert(due, days);
                        days
                    }
                },
            },
        })
    }
}

/// Whether a lock in force reaches a report's form, unit and period.
#[must_use]
pub fn is_closed(books: &Books, locks: &[Lock], report: &Submission) -> bool {
    let of = (report.pack.0.as_str(), report.form.0.as_str());
    reached(books, locks, of, (report.unit, report.period))
}

fn reached(
    books: &Books,
    locks: &[Lock],
    (pack, form): (&str, &str),
    (unit, period): (UnitId, Period),
) -> bool {
    let mut of_period = locks.iter().filter(|it| it.period == period).peekable();
    if of_period.peek().is_none() {
        return false;
    }
    let mut units = books.units.above(unit, Line::State, books.day_of(period));
    units.push(unit);
    of_period.any(|it| it.reaches(pack, form, &units))
}

fn days_between(from: Date, to: Date) -> u32 {
    from.until(to).ok().and_then(|it| u32::try_from(it.get_days()).ok()).unwrap_or(0)
}

impl Owed {
    /// Smallest first: the latest, then by the days that are left, then without a day, then those that are there.
    fn urgency(&self) -> (u8, i64) {
        match self.timing {
            Timing::Late { days } => (0, -i64::from(days)),
            Timing::Left { working_days } => (1, i64::from(working_days)),
            Timing::Undated => (2, 0),
            Timing::HandedIn { .. } => (3, 0),
        }
    }
}

/// A form with its pack.
pub(crate) type FormOf<'a> = (&'a Pack, &'a Form);
