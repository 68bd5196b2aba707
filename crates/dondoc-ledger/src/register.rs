//! Entries of registers on their way in, and the indicators that are counted from them.
//!
//! An entry and what is counted anew because of it are kept in one transaction. Flows (courses that began in the period)
//! are counted for the period of the entry's day; stocks (works in use at its end) for all periods from then until today.
//! Of the frequencies at which an indicator may be reported the shortest is counted; longer periods are added up from it.
//!
//! What was approved stays: an entry that comes later is kept, and it is told which figure now differs from the register, but
//! only a correction changes it.

mod events;
mod heirs;
mod keep;
mod recount;

use std::collections::{BTreeMap, BTreeSet};

use dondoc_core::{
    entry::{self, Fields},
    figure::{Content, Figure, Series},
    finding::{Fault, Finding, Place},
    pack::{Indicator, Pack, Register, Severity},
    period::Period,
    unit::UnitId,
};
use dondoc_store::{
    By, Tx,
    blocks::{self, BlockId, Origin},
    registers::{self, EntryChange},
    submissions::locks,
};
use jiff::civil::Date;
use serde_json::{Map, Value};

use self::recount::Due;
use crate::{
    books::Books,
    check::{Batch, placed, words},
    elsewhere::approved_on,
    error::LedgerError,
    ledger::{Kept, Ledger, action, append},
    programmes::Programmes,
};

/// An entry as somebody notes it down.
#[derive(Clone, Copy, Debug)]
pub struct NewNote<'a> {
    /// The programme pack: `KVPT`.
    pub pack: &'a str,
    /// The register: `course`.
    pub register: &'a str,
    /// Whose.
    pub unit: UnitId,
    /// What is noted down.
    pub fields: &'a Fields,
}

/// What becomes of an entry.
#[derive(Clone, Copy, Debug)]
pub enum NoteChange<'a> {
    /// It was otherwise.
    Correct {
        /// Whose it is.
        unit: UnitId,
        /// What is noted down.
        fields: &'a Fields,
    },
    /// It was none.
    Withdraw,
}

/// An entry that was kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Noted {
    /// Its number.
    pub entry_id: i64,
    /// The blocks of what was counted anew.
    pub blocks: Vec<BlockId>,
    /// What is unusual about it.
    pub findings: Vec<Finding>,
    /// The figures that are other ones now, or would be.
    pub recounted: Vec<Recounted>,
}

/// A figure that came out otherwise when it was counted anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recounted {
    /// Whose.
    pub unit: UnitId,
    /// For when.
    pub period: Period,
    /// Of what.
    pub series: Series,
    /// In force before.
    pub before: Option<Content>,
    /// What the register comes to: in force now, unless it is held.
    pub after: Content,
    /// The form that the figure before was approved on: it stays in force until it is corrected there.
    pub held_by: Option<String>,
}

/// What was written in one transaction.
#[derive(Debug, Default)]
struct Done {
    /// The numbers of new entries.
    ids: Vec<i64>,
    /// The blocks of what was counted anew.
    kept: Vec<Kept>,
    /// The figures in them.
    recounted: Vec<Recounted>,
}

impl Done {
    fn first(&self) -> i64 {
        self.ids.first().copied().unwrap_or_default()
    }

    /// Notes what was counted anew, each with what is in force, and gives what is to be kept: all but what was approved.
    fn note(
        &mut self,
        tx: &mut Tx<'_>,
        (unit, period): (UnitId, Period),
        (counted, programmes): (Vec<(Option<Content>, Figure)>, &Programmes),
    ) -> Result<Vec<Figure>, LedgerError> {
        let blocks = blocks::of(tx, unit, period)?;
        let mut figures = Vec::new();
        for (before, figure) in counted {
            let (series, after) = (figure.series.clone(), figure.content);
            let adds_up = series.option.is_some() && programmes.adds_up(&series.indicator);
            let held_by = match before {
                Some(Content::NoFigure) | None if !adds_up => None,
                _ => approved_on(tx, &blocks, (&series, adds_up))?,
            };
            // The same number by other entries: an approved figure keeps its source, too.
            if held_by.is_some() && before == Some(after) {
                continue;
            }
            if held_by.is_none() {
                figures.push(figure);
            }
            self.recounted.push(Recounted { unit, period, series, before, after, held_by });
        }
        Ok(figures)
    }

    fn noted(self, findings: Vec<Finding>) -> Noted {
        let blocks = self.kept.iter().map(|it| it.id).collect();
        Noted { entry_id: self.first(), blocks, findings, recounted: self.recounted }
    }
}

impl Ledger {
    /// Changes an entry that somebody saw at `version`, and counts anew what it counted for before and counts for now.
    ///
    /// # Errors
    ///
    /// As [`Ledger::keep_entry`]; [`LedgerError::Entry`] if it was changed since, was withdrawn, or no reason is given.
    pub fn change_entry(
        &self,
        (id, version): (i64, i64),
        change: NoteChange<'_>,
        why: &str,
        (by, today): (&By, Date),
    ) -> Result<Noted, LedgerError> {
        self.refresh()?;
        let before = self.store().read(|tx| registers::get(tx, id))?;
        let before =
            before.ok_or_else(|| LedgerError::NotThere { what: "entry", name: id.to_string() })?;
        let was = from_json(&before.now.fields)?;
        let of =
            |unit, fields| NewNote { pack: &before.pack, register: &before.register, unit, fields };
        let old = of(before.now.unit, &was);
        let mut days = self.look(|it| days_of(it, &old, &was));
        let mut findings = Vec::new();
        let mut fields_now = None;
        if let NoteChange::Correct { unit, fields } = change {
            let new = of(unit, fields);
            findings = self.look(|books| check(books, (new.pack, new.register), fields))?;
            days.extend(self.look(|it| days_of(it, &new, fields)));
            let on = self.day_of(&new, fields)?;
            self.look(|it| it.must_not_have_ended(unit, on))?;
            fields_now = Some((unit, on, as_json(fields)));
        }
        let done = self.store().write(|tx| -> Result<_, LedgerError> {
            let change = match &fields_now {
                Some((unit, occurred_on, fields)) => {
                    EntryChange::Correct { unit: *unit, occurred_on: *occurred_on, fields }
                }
                None => EntryChange::Withdraw,
            };
            registers::change(tx, (id, version), change, (why, by))?;
            let whose = (before.pack.as_str(), before.register.as_str());
            let done = self.count_anew(tx, whose, days.clone(), (by, today))?;
            let verb = if fields_now.is_some() { "entry.correct" } else { "entry.withdraw" };
            Ok((Done { ids: vec![id], ..done }, action(by, verb, &id)))
        })?;
        self.settle(&done.kept)?;
        Ok(done.noted(findings))
    }

    /// Figures of a batch that are not what their registers come to, each with what was counted.
    pub(crate) fn overrides(&self, batch: &Batch) -> Result<Vec<Finding>, LedgerError> {
        let counted = |it: &Indicator| !it.counted.is_empty();
        let is_counted = self.look(|books| {
            batch.figures.iter().any(|(figure, _)| {
                books.programmes.indicator(&figure.series.indicator).is_some_and(counted)
            })
        });
        if !is_counted {
            return Ok(Vec::new());
        }
        self.store().read(|tx| -> Result<_, LedgerError> {
            let mut counts: BTreeMap<String, Vec<(Series, Content)>> = BTreeMap::new();
            let mut findings = Vec::new();
            for (figure, place) in &batch.figures {
                let code = &figure.series.indicator;
                if !counts.contains_key(code) {
                    let found = self.count_now(tx, code, (batch.unit, batch.period))?;
                    counts.insert(code.clone(), found);
                }
                let same = |it: &&(Series, Content)| it.0 == figure.series;
                let Some((_, content)) = counts[code].iter().find(same) else { continue };
                if !entry::agrees(*content, figure.content) {
                    let decimals = self.look(|books| books.programmes.decimals(code));
                    let fault = Fault::OverridesRegister { counted: words(*content, decimals) };
                    findings.push(Finding { place: placed(place, figure), fault });
                }
            }
            Ok(findings)
        })
    }

    /// What an indicator comes to by the registers; with the undivided sum where its options add up.
    fn count_now(
        &self,
        tx: &mut Tx<'_>,
        code: &str,
        (unit, period): (UnitId, Period),
    ) -> Result<Vec<(Series, Content)>, LedgerError> {
        let programmes = self.look(|books| std::sync::Arc::clone(&books.programmes));
        let (Some(pack), Some(indicator)) = (programmes.pack_of(code), programmes.indicator(code))
        else {
            return Ok(Vec::new());
        };
        if indicator.counted.is_empty() {
            return Ok(Vec::new());
        }
        let units = self.look(|it| it.counted_for(unit, period));
        let figures = recount::come_to(tx, (pack, indicator), (&units, period))?;
        let mut found: Vec<(Series, Content)> =
            figures.into_iter().map(|it| (it.series, it.content)).collect();
        let is_divided = found.iter().any(|it| it.0.option.is_some());
        if is_divided && programmes.adds_up(code) {
            let firm = |content| dondoc_rollup::totals::Stored {
                content,
                is_estimate: false,
                is_inexact: false,
            };
            let sum = found.iter().map(|it| firm(it.1)).reduce(crate::books::add);
            let undivided = Series { indicator: code.to_owned(), option: None };
            found.extend(sum.map(|it| (undivided, it.content)));
        }
        Ok(found)
    }

    /// The day that an entry is filed under: that of the first way of counting it, else the first day in it.
    fn day_of(&self, new: &NewNote<'_>, fields: &Fields) -> Result<Date, LedgerError> {
        let days = self.look(|it| days_of(it, new, fields));
        let first = fields.values().find_map(day);
        days.first().map(|it| it.1).or(first).ok_or_else(|| {
            let fault = Fault::FieldMissing { field: "ngày".to_owned() };
            LedgerError::Findings(vec![Finding { place: Place::default(), fault }])
        })
    }

    /// Counts anew what entries of these days count for, and keeps what came out otherwise than what is in force.
    fn count_anew(
        &self,
        tx: &mut Tx<'_>,
        (pack, register): (&str, &str),
        days: BTreeSet<(UnitId, Date)>,
        (by, today): (&By, Date),
    ) -> Result<Done, LedgerError> {
        let programmes = self.look(|books| std::sync::Arc::clone(&books.programmes));
        let (pack, register) = found(programmes.pack(pack), register)?;
        let due = Due { pack, register, days, today };
        let locks = locks::in_force(tx)?;
        let mut done = Done::default();
        for ((unit, period), indicators) in self.look(|books| due.cells(books)) {
            let mut counted = Vec::new();
            let units = self.look(|it| it.counted_for(unit, period));
            for indicator in indicators {
                counted.extend(due.counted(tx, indicator, (unit, period), &units)?);
            }
            if counted.is_empty() {
                continue;
            }
            let figures = done.note(tx, (unit, period), (counted, &programmes))?;
            if figures.is_empty() {
                continue;
            }
            let figures = figures.into_iter().map(|it| (it, Place::default())).collect();
            let batch = Batch { unit, period, figures };
            if self.look(|books| crate::lock::is_locked(books, &locks, &batch)) {
                return Err(crate::lock::refusal(&batch));
            }
            let origin = Origin::Register { register: register.code.clone() };
            done.kept.push(append(tx, &batch, &origin, (by, None))?);
        }
        Ok(done)
    }
}

/// The days by which an entry counts, each with its unit.
fn days_of(books: &Books, new: &NewNote<'_>, fields: &Fields) -> BTreeSet<(UnitId, Date)> {
    let Some(pack) = books.programmes.pack(new.pack) else { return BTreeSet::new() };
    let rules = pack.indicators.iter().flat_map(|it| &it.counted);
    let of_register = rules.filter(|it| it.register == new.register);
    let days = of_register.filter_map(|it| fields.get(&it.on).and_then(day));
    days.map(|it| (new.unit, it)).collect()
}

fn day(value: &entry::FieldValue) -> Option<Date> {
    match value {
        entry::FieldValue::Day(day) => Some(*day),
        _ => None,
    }
}

/// What is wrong with an entry; an error stops.
fn check(
    books: &Books,
    (pack, register): (&str, &str),
    fields: &Fields,
) -> Result<Vec<Finding>, LedgerError> {
    let (pack, register) = found(books.programmes.pack(pack), register)?;
    let findings = entry::check(pack, register, fields);
    if findings.iter().any(|it| it.severity() == Severity::Error) {
        return Err(LedgerError::Findings(findings));
    }
    Ok(findings)
}

fn found<'b>(
    pack: Option<&'b Pack>,
    register: &str,
) -> Result<(&'b Pack, &'b Register), LedgerError> {
    let gone = || LedgerError::NotThere { what: "register", name: register.to_owned() };
    let pack = pack.ok_or_else(gone)?;
    Ok((pack, pack.register(register).ok_or_else(gone)?))
}

/// Fields as they are kept.
fn as_json(fields: &Fields) -> Map<String, Value> {
    let value = |it| serde_json::to_value(it).unwrap_or_default();
    fields.iter().map(|(code, it)| (code.clone(), value(it))).collect()
}

/// Fields as they were kept.
///
/// # Errors
///
/// [`LedgerError::Unfit`] if a newer Dondoc kept them.
pub fn from_json(fields: &Map<String, Value>) -> Result<Fields, LedgerError> {
    let read = |(code, value): (&String, &Value)| {
        let value = serde_json::from_value(value.clone());
        let value = value.map_err(|err| LedgerError::Unfit(format!("entry, `{code}`: {err}")))?;
        Ok((code.clone(), value))
    };
    fields.iter().map(read).collect()
}
