//! Going through figures one by one, where no stored total answers.

use dondoc_core::{
    aggregation::Aggregation,
    unit::{Share, UnitId},
};

use crate::{
    bits::Bits,
    carried::{Carried, Entry, Split},
    epoch::EpochNo,
    row::Row,
    total::{Query, View},
    totals::{PeriodNo, Totals},
    value::Value,
};

/// A cell that a total is made of, or would be if something had been reported.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen<'a> {
    pub(crate) unit: UnitId,
    pub(crate) period: PeriodNo,
    /// The figure's place in its row.
    pub(crate) place: usize,
    pub(crate) row: Option<&'a Row>,
    pub(crate) state: State,
    pub(crate) is_expected: bool,
    /// Whether it is the figure of the very unit that is asked for: whole, and alone at its place.
    pub(crate) is_own: bool,
    pub(crate) portion: Portion<'a>,
}

/// What a cell has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Number,
    NoFigure,
    Nothing,
}

/// What of a figure lies in the total.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Portion<'a> {
    Whole,
    /// Some pieces of a split unit.
    Pieces(&'a Split, &'a [u32]),
}

impl<'a> Seen<'a> {
    /// What of its number lies in the total; under a maximum, all of it.
    pub(crate) fn value(&self, rule: Aggregation) -> Option<Value> {
        match self.portion {
            Portion::Pieces(split, pieces) if rule != Aggregation::Max => {
                self.share_out(split, pieces)
            }
            Portion::Whole | Portion::Pieces(..) => self.number().map(|it| it.value(self.place)),
        }
    }

    /// What of its number falls to one of its pieces.
    pub(crate) fn piece_value(&self, piece: u32, rule: Aggregation) -> Option<Value> {
        match self.portion {
            Portion::Pieces(split, _) if rule != Aggregation::Max => {
                self.share_out(split, &[piece])
            }
            Portion::Whole | Portion::Pieces(..) => self.value(rule),
        }
    }

    fn number(&self) -> Option<&'a Row> {
        self.row.filter(|_| self.state == State::Number)
    }

    fn share_out(&self, split: &Split, pieces: &[u32]) -> Option<Value> {
        let row = self.number()?;
        let part = |number| split.part_of(number, pieces);
        let numerator = part(row.first.cell(self.place));
        Some(match &row.second {
            None => Value::Number(numerator),
            Some(second) => Value::Ratio { numerator, denominator: part(second.cell(self.place)) },
        })
    }

    /// The shares of its pieces, if it is shared at all.
    pub(crate) fn shares(&self) -> impl Iterator<Item = (u32, &'a Share)> {
        let (split, pieces): (Option<&Split>, &[u32]) = match self.portion {
            Portion::Whole => (None, &[]),
            Portion::Pieces(split, pieces) => (Some(split), pieces),
        };
        pieces.iter().filter_map(move |it| Some((*it, split?.shares.get(*it as usize)?)))
    }
}

/// One row of a query, with who should have reported in it.
#[derive(Clone, Copy)]
struct Sheet<'a> {
    epoch: EpochNo,
    period: PeriodNo,
    row: Option<&'a Row>,
    expected: Option<&'a Bits>,
}

impl<'a> Sheet<'a> {
    fn state(&self, place: usize) -> State {
        match self.row {
            Some(row) if row.reported.contains(place) => State::Number,
            Some(row) if row.no_figure.contains(place) => State::NoFigure,
            _ => State::Nothing,
        }
    }

    fn seen(&self, entry: &Entry, portion: Portion<'a>) -> Seen<'a> {
        let place = entry.old_place as usize;
        Seen {
            unit: entry.unit,
            period: self.period,
            place,
            row: self.row,
            state: self.state(place),
            is_expected: self.expected.is_some_and(|it| it.contains(place)),
            is_own: false,
            portion,
        }
    }
}

impl Totals {
    /// All cells of a query, period by period, or under "last" one for each unit.
    pub(crate) fn seen(&self, query: &Query<'_>, found: &mut dyn FnMut(Seen<'_>)) {
        let Some(entry) = self.catalogue.get(query.series) else { return };
        if entry.over_time == Aggregation::Last && query.periods.len() > 1 {
            return self.seen_last(query, found);
        }
        for period in query.periods {
            match query.view {
                View::AsNow(carried) => self.seen_now(query, carried, *period, found),
                View::AsThen => self.seen_then(query, *period, found),
            }
        }
    }

    fn seen_then(&self, query: &Query<'_>, period: PeriodNo, found: &mut dyn FnMut(Seen<'_>)) {
        let Some(sheet) = self.sheet(query, period) else { return };
        let epoch = &self.epochs[sheet.epoch.0 as usize];
        let Some(under) = epoch.under(query.line, query.unit) else { return };
        for place in under.places() {
            let seen = sheet.seen(&Entry::whole(epoch.tree(), place), Portion::Whole);
            found(Seen { is_own: place == under.own, ..seen });
        }
    }

    /// One period through today's tree.
    pub(crate) fn seen_now(
        &self,
        query: &Query<'_>,
        carried: &Carried,
        period: PeriodNo,
        found: &mut dyn FnMut(Seen<'_>),
    ) {
        let Some(sheet) = self.sheet(query, period) else { return };
        if carried.is_now(sheet.epoch) {
            return self.seen_then(query, period, found);
        }
        let today = &self.epochs[carried.now().0 as usize];
        let Some(under) = today.under(query.line, query.unit) else { return };
        let is_under = |share: &Share| today.place(share.unit).is_some_and(|it| under.contains(it));
        let alone = carried.alone_at(sheet.epoch, under.own);
        let mut pieces: Vec<u32> = Vec::new();
        for stretch in under.stretches() {
            for entry in carried.entries(sheet.epoch, stretch.clone()) {
                let mut portion = Portion::Whole;
                if let Some(split) = carried.split(sheet.epoch, entry.split) {
                    let here = split.shares.iter().zip(0_u32..).filter(|it| is_under(it.0));
                    pieces.clear();
                    pieces.extend(here.map(|it| it.1));
                    // A split unit is seen once, at the first of its pieces that lie here.
                    if pieces.first() != Some(&entry.piece) {
                        continue;
                    }
                    if pieces.len() < split.shares.len() {
                        portion = Portion::Pieces(split, &pieces);
                    }
                }
                found(Seen { is_own: alone == Some(entry), ..sheet.seen(entry, portion) });
            }
        }
    }

    fn sheet(&self, query: &Query<'_>, period: PeriodNo) -> Option<Sheet<'_>> {
        let epoch = self.periods.get(period.0 as usize)?.epoch;
        let class = self.catalogue.get(query.series)?.expected;
        let expected = self.epochs[epoch.0 as usize].expected(class);
        Some(Sheet { epoch, period, row: self.row(query.series, period), expected })
    }

    /// Under "last": one cell for each unit, of the period that counts.
    pub(crate) fn seen_last(&self, query: &Query<'_>, found: &mut dyn FnMut(Seen<'_>)) {
        let sheets: Vec<Sheet<'_>> =
            query.periods.iter().filter_map(|it| self.sheet(query, *it)).collect();
        match query.view {
            View::AsThen => self.last_then(query, &sheets, found),
            View::AsNow(carried) => self.last_now(query, carried, &sheets, found),
        }
    }

    fn last_then(&self, query: &Query<'_>, sheets: &[Sheet<'_>], found: &mut dyn FnMut(Seen<'_>)) {
        let Some(frame) = sheets.last() else { return };
        let epoch = &self.epochs[frame.epoch.0 as usize];
        let Some(under) = epoch.under(query.line, query.unit) else { return };
        for place in under.places() {
            let unit = epoch.tree().units()[place];
            let mut seen = frame.seen(&Entry::whole(epoch.tree(), place), Portion::Whole);
            seen.is_own = place == under.own;
            for sheet in sheets.iter().rev() {
                let place = match sheet.epoch == frame.epoch {
                    true => Some(place),
                    false => self.epochs[sheet.epoch.0 as usize].place(unit),
                };
                if let Some(place) = place {
                    let tree = self.epochs[sheet.epoch.0 as usize].tree();
                    seen.supersede(sheet.seen(&Entry::whole(tree, place), Portion::Whole));
                }
                if seen.state == State::Number {
                    break;
                }
            }
            found(seen);
        }
    }

    fn last_now(
        &self,
        query: &Query<'_>,
        carried: &Carried,
        sheets: &[Sheet<'_>],
        found: &mut dyn FnMut(Seen<'_>),
    ) {
        let today = &self.epochs[carried.now().0 as usize];
        let Some(under) = today.under(query.line, query.unit) else { return };
        for place in under.places() {
            let spot = Spot { carried, place, own: [Entry::whole(today.tree(), place)] };
            let has_number = |it: &Sheet<'_>| spot.has_number(it);
            let Some(latest) = sheets.iter().rposition(has_number).or(sheets.len().checked_sub(1))
            else {
                return;
            };
            let epoch = sheets[latest].epoch;
            let entries = spot.entries(epoch);
            for (at, entry) in entries.iter().enumerate() {
                let mut seen = sheets[latest].seen(entry, carried.portion(epoch, entry));
                let is_whole = matches!(seen.portion, Portion::Whole);
                seen.is_own = place == under.own && is_whole && entries.len() == 1;
                let back = sheets[..=latest].iter().rev();
                for sheet in back.take_while(|it| spot.is_same(it.epoch, epoch)) {
                    let entry = &spot.entries(sheet.epoch)[at];
                    seen.supersede(sheet.seen(entry, carried.portion(sheet.epoch, entry)));
                    if seen.state == State::Number {
                        break;
                    }
                }
                found(seen);
            }
        }
    }
}

/// A place of today's tree, and what it was made up of.
struct Spot<'a> {
    carried: &'a Carried,
    place: usize,
    own: [Entry; 1],
}

impl Spot<'_> {
    fn entries(&self, epoch: EpochNo) -> &[Entry] {
        if self.carried.is_now(epoch) {
            &self.own
        } else {
            self.carried.entries(epoch, self.place..self.place + 1)
        }
    }

    fn has_number(&self, sheet: &Sheet<'_>) -> bool {
        let mut entries = self.entries(sheet.epoch).iter();
        entries.any(|it| sheet.state(it.old_place as usize) == State::Number)
    }

    /// Whether the place was made up of the same units, by the same shares.
    fn is_same(&self, a: EpochNo, b: EpochNo) -> bool {
        let makes = |epoch| self.entries(epoch).iter().map(move |it| self.carried.make(epoch, it));
        a == b || makes(a).eq(makes(b))
    }
}

impl Carried {
    /// An entry by itself, as one piece.
    fn portion<'a>(&'a self, epoch: EpochNo, entry: &'a Entry) -> Portion<'a> {
        let piece = std::slice::from_ref(&entry.piece);
        self.split(epoch, entry.split).map_or(Portion::Whole, |it| Portion::Pieces(it, piece))
    }
}

impl<'a> Seen<'a> {
    /// Takes an earlier period's figure of the same unit where none was found so far.
    fn supersede(&mut self, earlier: Seen<'a>) {
        let is_more = match earlier.state {
            State::Number => true,
            State::NoFigure => self.state == State::Nothing,
            State::Nothing => false,
        };
        if is_more {
            let (is_expected, is_own) = (self.is_expected, self.is_own);
            *self = Self { is_expected, is_own, ..earlier };
        }
    }
}
