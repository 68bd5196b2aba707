//! Which entries are asked for, and in what order.

use std::cmp::Ordering;

use dondoc_core::{
    entry::{self, FieldValue, Fields},
    fold::bare,
    order::DictionaryKey,
    pack::{Field, FieldKind, Register},
    unit::{Line, UnitId, Units},
};
use dondoc_exchange::{entries::Paper, number};
use dondoc_ledger::register::from_json;
use dondoc_store::{
    StoreError, Tx,
    registers::{self, Entry, EntryFilter, EntryState},
};
use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Covers, view::all_shown};
use crate::{ApiError, ask, documents::unknown};

/// Which entries are asked for.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct EntriesAsked {
    /// Of this unit and of those under it.
    pub(super) unit: Option<u32>,
    /// Of this unit alone.
    #[serde(default)]
    pub(super) only: bool,
    /// From this day.
    #[param(value_type = Option<String>, format = Date)]
    pub(super) from: Option<String>,
    /// To this day.
    #[param(value_type = Option<String>, format = Date)]
    pub(super) to: Option<String>,
    /// Words of the entry or of its unit's name, blind to accents.
    pub(super) q: Option<String>,
    /// What stands in fields with choices, with commas between: `subject:doi_tuong_4,integrated:yes`.
    pub(super) with: Option<String>,
    /// `on` (the day), `unit`, or a field; `-` before it turns it round. The latest first if nothing is said.
    pub(super) sort: Option<String>,
    /// Withdrawn ones too.
    #[serde(default)]
    pub(super) withdrawn: bool,
    /// From 1.
    pub(super) page: Option<usize>,
}

/// What the entries that were asked for come to.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EntryTotalView {
    field: String,
    /// As it is written in Vietnamese; null where it is too large to be told.
    total: Option<String>,
    /// How many of the entries say something in the field.
    n: usize,
}

/// An entry with its fields read.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) entry: Entry,
    pub(super) fields: Fields,
    pub(super) is_superseded: bool,
}

/// All entries of a register with their fields; those that a later one took the place of are marked.
pub(super) fn all(
    tx: &mut Tx<'_>,
    whose: (&str, &Register),
    withdrawn: bool,
) -> Result<Vec<Found>, ApiError> {
    within(tx, whose, withdrawn, (date(1, 1, 1), Date::MAX))
}

/// As [`all`], of some days only, both in it. Where later entries take the place of earlier ones it has to be all days.
pub(super) fn within(
    tx: &mut Tx<'_>,
    (pack, register): (&str, &Register),
    withdrawn: bool,
    (from, to): (Date, Date),
) -> Result<Vec<Found>, ApiError> {
    let code = &register.code;
    let filter = EntryFilter { pack, register: code, unit: None, from, to, withdrawn };
    let entries = registers::list(tx, &filter).map_err(|it: StoreError| ApiError::from(it))?;
    let mut found = Vec::with_capacity(entries.len());
    for entry in entries {
        let fields = from_json(&entry.now.fields)?;
        found.push(Found { entry, fields, is_superseded: false });
    }
    let kept = found.iter().filter(|it| it.entry.now.state == EntryState::Kept);
    let named =
        kept.map(|it| (it.entry.id, it.entry.now.unit, it.entry.now.occurred_on, &it.fields));
    let superseded = entry::superseded(register, named);
    for it in &mut found {
        it.is_superseded = superseded.contains(&it.entry.id);
    }
    Ok(found)
}

/// A question, read.
pub(super) struct Listing<'a> {
    units: &'a Units,
    covers: &'a Covers,
    unit: Option<UnitId>,
    only: bool,
    from: Date,
    to: Date,
    words: Vec<String>,
    with: Vec<(&'a Field, String)>,
    order: Order<'a>,
    is_turned: bool,
}

/// By what entries are put in order.
#[derive(Clone, Copy)]
enum Order<'a> {
    Day,
    Unit,
    Field(&'a Field),
}

impl<'a> Listing<'a> {
    pub(super) fn read(
        asked: &EntriesAsked,
        (register, units): (&'a Register, &'a Units),
        covers: &'a Covers,
    ) -> Result<Self, ApiError> {
        let (order, is_turned) = order(register, asked.sort.as_deref())?;
        let words = asked.q.as_deref().map(bare).unwrap_or_default();
        Ok(Self {
            units,
            covers,
            unit: asked.unit.map(UnitId),
            only: asked.only,
            from: ask::day("from", asked.from.clone())?.unwrap_or(date(1, 1, 1)),
            to: ask::day("to", asked.to.clone())?.unwrap_or(Date::MAX),
            words: words.split(' ').filter(|it| !it.is_empty()).map(str::to_owned).collect(),
            with: with(register, asked.with.as_deref())?,
            order,
            is_turned,
        })
    }

    /// The days that are worth asking the store for.
    pub(super) fn days(&self, register: &Register) -> (Date, Date) {
        let is_needed_whole = !register.latest_of.is_empty();
        if is_needed_whole { (date(1, 1, 1), Date::MAX) } else { (self.from, self.to) }
    }

    /// Those that are asked for, in their order.
    pub(super) fn pick(&self, paper: &Paper<'_>, mut all: Vec<Found>) -> Vec<Found> {
        all.retain(|it| self.takes(paper, it));
        all.sort_by(|one, other| {
            let order = match self.order {
                Order::Day => one.entry.now.occurred_on.cmp(&other.entry.now.occurred_on),
                Order::Unit => {
                    let name =
                        |it: &Found| DictionaryKey::of(&(paper.unit_name)(it.entry.now.unit));
                    name(one).cmp(&name(other))
                }
                Order::Field(field) => compared(paper, field, (&one.fields, &other.fields)),
            };
            let order = order.then(one.entry.id.cmp(&other.entry.id));
            if self.is_turned { order.reverse() } else { order }
        });
        all
    }

    fn takes(&self, paper: &Paper<'_>, it: &Found) -> bool {
        let now = &it.entry.now;
        let is_under = |unit: UnitId| {
            now.unit == unit
                || (!self.only
                    && self.units.above(now.unit, Line::State, now.occurred_on).contains(&unit))
        };
        (self.from..=self.to).contains(&now.occurred_on)
            && self.covers.covers(now.unit)
            && self.unit.is_none_or(is_under)
            && self.with.iter().all(|(field, wanted)| says(&it.fields, field, wanted))
            && self.has_words(paper, it)
    }

    fn has_words(&self, paper: &Paper<'_>, it: &Found) -> bool {
        if self.words.is_empty() {
            return true;
        }
        let mut said = bare(&(paper.unit_name)(it.entry.now.unit));
        for text in all_shown(paper, &it.fields).values() {
            said.push(' ');
            said.push_str(&bare(text));
        }
        self.words.iter().all(|it| said.contains(it.as_str()))
    }
}

fn order<'a>(register: &'a Register, sort: Option<&str>) -> Result<(Order<'a>, bool), ApiError> {
    let Some(sort) = sort.filter(|it| !it.is_empty()) else { return Ok((Order::Day, true)) };
    let (name, is_turned) = match sort.strip_prefix('-') {
        Some(name) => (name, true),
        None => (sort, false),
    };
    let field = || register.fields.iter().find(|it| it.code == name);
    let order = match name {
        "on" => Order::Day,
        "unit" => Order::Unit,
        _ => Order::Field(field().ok_or_else(|| unknown("sort", "on, unit, or a field"))?),
    };
    Ok((order, is_turned))
}

fn with<'a>(
    register: &'a Register,
    written: Option<&str>,
) -> Result<Vec<(&'a Field, String)>, ApiError> {
    let pairs = written.unwrap_or_default().split(',').filter(|it| !it.is_empty());
    let wrong = || unknown("with", "field:option");
    pairs
        .map(|pair| {
            let (code, wanted) = pair.split_once(':').ok_or_else(wrong)?;
            let field = register.fields.iter().find(|it| it.code == code).ok_or_else(wrong)?;
            Ok((field, wanted.to_owned()))
        })
        .collect()
}

/// Whether a field says what is wanted: the code of an option, `yes` or `no`, the number of a unit.
fn says(fields: &Fields, field: &Field, wanted: &str) -> bool {
    match fields.get(&field.code) {
        None => false,
        Some(FieldValue::Choice(code)) => code == wanted,
        Some(FieldValue::Choices(codes)) => codes.iter().any(|it| it == wanted),
        Some(FieldValue::YesNo(it)) => (if *it { "yes" } else { "no" }) == wanted,
        Some(FieldValue::Unit(unit)) => unit.to_string() == wanted,
        Some(FieldValue::Units(units)) => units.iter().any(|it| it.to_string() == wanted),
        Some(_) => false,
    }
}

/// What is blank comes first; words stand as in a Vietnamese dictionary.
fn compared(paper: &Paper<'_>, field: &Field, (one, other): (&Fields, &Fields)) -> Ordering {
    let (one, other) = (one.get(&field.code), other.get(&field.code));
    match (one, other) {
        (Some(FieldValue::Number(one)), Some(FieldValue::Number(other))) => one.cmp(other),
        (Some(FieldValue::Day(one)), Some(FieldValue::Day(other))) => one.cmp(other),
        (Some(one), Some(other)) => {
            let shown = |it: &FieldValue| dondoc_exchange::entries::shown(paper, field, it);
            DictionaryKey::of(&shown(one)).cmp(&DictionaryKey::of(&shown(other)))
        }
        (one, other) => one.is_some().cmp(&other.is_some()),
    }
}

/// What the number fields of entries come to; withdrawn ones and those that a later one took the place of are left out.
pub(super) fn totals(register: &Register, found: &[Found]) -> Vec<EntryTotalView> {
    let fields = register.fields.iter().filter(|it| it.kind == FieldKind::Number && is_added(it));
    let of = |field: &Field| {
        let said = found.iter().filter(|it| counts(it)).filter_map(|it| {
            match it.fields.get(&field.code) {
                Some(FieldValue::Number(number)) => Some(*number),
                _ => None,
            }
        });
        let numbers: Vec<i64> = said.collect();
        let sum = numbers.iter().try_fold(0_i64, |sum, it| sum.checked_add(*it));
        EntryTotalView {
            field: field.code.clone(),
            total: sum.map(|it| number::show(it, field.decimals)),
            n: numbers.len(),
        }
    };
    fields.map(of).collect()
}

fn counts(it: &Found) -> bool {
    it.entry.now.state == EntryState::Kept && !it.is_superseded
}

/// Hours of a day are numbers that nobody adds up.
fn is_added(field: &Field) -> bool {
    field.measure.as_deref() != Some("giờ") || field.decimals > 0
}
