//! The past seen through today's tree: who answers today for the figures of units that are no more.

use dondoc_core::{
    tree::Tree,
    unit::{Astray, Share, UnitId, apportion},
};

use crate::{
    epoch::{Epoch, EpochNo, NONE},
    totals::Totals,
};

/// Shares that cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CarriedError {
    /// No such epoch.
    #[error("epoch {} is not known", .0.0)]
    UnknownEpoch(EpochNo),
    /// A successor that does not stand in today's tree.
    #[error(
        "unit {of} is shared to {to}, which does not stand in today's tree; name today's successors"
    )]
    NotInTree {
        /// The unit of the past.
        of: UnitId,
        /// Its alleged successor.
        to: UnitId,
    },
}

/// For every earlier tree, where its units' figures lie in today's: wholly under one unit, or shared by weights.
///
/// Weights are chosen per measure (people by population, hectares by area), so there may be several of these for one tree.
#[derive(Clone, Debug)]
pub struct Carried {
    now: EpochNo,
    /// By epoch; `None` for today's.
    carries: Vec<Option<Carry>>,
    unplaced: Vec<Unplaced>,
}

#[derive(Clone, Debug, Default)]
struct Carry {
    /// Today's place → the stretch of `entries` that lies there.
    starts: Vec<u32>,
    entries: Vec<Entry>,
    splits: Vec<Split>,
}

/// A unit of the past, or a piece of it, at a place of today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) unit: UnitId,
    pub(crate) old_place: u32,
    /// Which split, or [`NONE`] for the whole unit.
    pub(crate) split: u32,
    pub(crate) piece: u32,
}

impl Entry {
    /// A unit at its own place.
    pub(crate) fn whole(tree: &Tree, place: usize) -> Self {
        let old_place = u32::try_from(place).unwrap_or(NONE);
        Self { unit: tree.units()[place], old_place, split: NONE, piece: 0 }
    }
}

/// A unit of the past whose figures are shared.
#[derive(Clone, Debug)]
pub(crate) struct Split {
    /// Its successors, in the order given.
    pub(crate) shares: Vec<Share>,
}

impl Split {
    /// What of a number falls to some of its pieces.
    pub(crate) fn part_of(&self, number: i64, pieces: &[u32]) -> i128 {
        let parts = apportion(number, &self.shares);
        pieces.iter().map(|it| i128::from(parts[*it as usize])).sum()
    }
}

/// A unit of the past whose figures lie nowhere today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unplaced {
    /// In which tree it stood.
    pub epoch: EpochNo,
    /// The unit.
    pub unit: UnitId,
    /// Why; `None` if it simply has neither a place today nor a successor.
    pub why: Option<Astray>,
}

impl Carried {
    /// Lays out where all earlier units' figures lie in the tree `now`.
    ///
    /// `shares` says where the figures of a unit of an earlier tree lie today, as
    /// [`Units::shares`](dondoc_core::unit::Units::shares) does. A unit without shares stands for itself if it
    /// still has a place, and is [unplaced](Self::unplaced) otherwise. One that lives on, but gave a part away, has itself
    /// among its shares.
    ///
    /// # Errors
    ///
    /// [`CarriedError`] with the first share that cannot be used.
    pub fn new(
        totals: &Totals,
        now: EpochNo,
        shares: impl Fn(EpochNo, UnitId) -> Result<Vec<Share>, Astray>,
    ) -> Result<Self, CarriedError> {
        let today = totals.epochs.get(now.0 as usize).ok_or(CarriedError::UnknownEpoch(now))?;
        let mut carried = Self { now, carries: Vec::new(), unplaced: Vec::new() };
        for (epoch, number) in totals.epochs.iter().zip(0..) {
            let number = EpochNo(number);
            let carry = if number == now {
                None
            } else {
                Some(carry(epoch, today, |it| shares(number, it), &mut |unit, why| {
                    carried.unplaced.push(Unplaced { epoch: number, unit, why });
                })?)
            };
            carried.carries.push(carry);
        }
        Ok(carried)
    }

    /// The epoch whose tree is today's.
    #[must_use]
    pub fn now(&self) -> EpochNo {
        self.now
    }

    /// Units of earlier trees that have neither a place today nor a successor: their figures are in no total of this view.
    #[must_use]
    pub fn unplaced(&self) -> &[Unplaced] {
        &self.unplaced
    }

    /// Whether figures of an epoch lie in today's order already.
    pub(crate) fn is_now(&self, epoch: EpochNo) -> bool {
        epoch == self.now
    }

    /// What lies at a stretch of today's places; nothing for today's own epoch, and for epochs that came later.
    pub(crate) fn entries(&self, epoch: EpochNo, places: std::ops::Range<usize>) -> &[Entry] {
        let Some(Some(carry)) = self.carries.get(epoch.0 as usize) else { return &[] };
        let at = |place: usize| carry.starts[place] as usize;
        &carry.entries[at(places.start)..at(places.end)]
    }

    /// The one unit that lies at a place of today, if there is just one and it lies there wholly.
    pub(crate) fn alone_at(&self, epoch: EpochNo, place: usize) -> Option<&Entry> {
        let [alone] = self.entries(epoch, place..place + 1) else { return None };
        (alone.split == NONE).then_some(alone)
    }

    pub(crate) fn split(&self, epoch: EpochNo, split: u32) -> Option<&Split> {
        self.carries.get(epoch.0 as usize)?.as_ref()?.splits.get(split as usize)
    }

    /// Unit and share of an entry: what makes two make-ups of a place the same.
    pub(crate) fn make(&self, epoch: EpochNo, entry: &Entry) -> (UnitId, i64, i64) {
        let share = self.split(epoch, entry.split).map(|it| it.shares[entry.piece as usize]);
        share.map_or((entry.unit, 1, 1), |it| (entry.unit, it.numerator, it.denominator))
    }
}

fn carry(
    epoch: &Epoch,
    today: &Epoch,
    shares: impl Fn(UnitId) -> Result<Vec<Share>, Astray>,
    unplaced: &mut dyn FnMut(UnitId, Option<Astray>),
) -> Result<Carry, CarriedError> {
    let mut carry = Carry::default();
    let mut placed: Vec<(usize, Entry)> = Vec::new();
    let place = |of: UnitId, to: UnitId| today.place(to).ok_or(CarriedError::NotInTree { of, to });
    for (unit, old_place) in epoch.tree().units().iter().copied().zip(0_u32..) {
        let mut shares = match shares(unit) {
            Ok(shares) => shares,
            Err(why) => {
                unplaced(unit, Some(why));
                continue;
            }
        };
        shares.retain(|it| it.numerator != 0);
        let whole = Entry { unit, old_place, split: NONE, piece: 0 };
        match shares.as_slice() {
            [] => match today.place(unit) {
                Some(at) => placed.push((at, whole)),
                None => unplaced(unit, None),
            },
            [all] => placed.push((place(unit, all.unit)?, whole)),
            _ => {
                let split = u32::try_from(carry.splits.len()).unwrap_or(NONE);
                for (share, piece) in shares.iter().zip(0_u32..) {
                    placed.push((place(unit, share.unit)?, Entry { split, piece, ..whole }));
                }
                carry.splits.push(Split { shares });
            }
        }
    }
    placed.sort_by_key(|(at, entry)| (*at, entry.unit, entry.piece));
    let before = |place| placed.partition_point(|it| it.0 < place);
    let starts = (0..=today.n_places()).map(|it| u32::try_from(before(it)).unwrap_or(NONE));
    carry.starts = starts.collect();
    carry.entries = placed.into_iter().map(|it| it.1).collect();
    Ok(carry)
}
