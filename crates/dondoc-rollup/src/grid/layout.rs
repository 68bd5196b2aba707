//! Where the units of a table lie, looked up once for each tree and not for each total.

use std::ops::Range;

use crate::{
    epoch::{Epoch, EpochNo, NONE},
    grid::Grid,
    totals::{PeriodNo, Totals},
};

/// Where a unit's total lies in the rows of an epoch; both are [`NONE`] for a unit that does not stand there.
#[derive(Clone, Copy)]
pub(super) struct Slot {
    pub(super) place: u32,
    pub(super) inner: u32,
}

/// Units that lie side by side, as all under one unit do.
#[derive(Clone)]
pub(super) enum Run {
    Nodes(Range<usize>),
    Leaves(Range<usize>),
}

/// The units of a table in one tree.
#[derive(Clone, Default)]
pub(super) struct Layout {
    pub(super) slots: Vec<Slot>,
    pub(super) run: Option<Run>,
}

/// The same for each tree that the table needs.
pub(super) struct Layouts {
    by_epoch: Vec<Layout>,
}

impl Layouts {
    pub(super) fn of(&self, epoch: EpochNo) -> &Layout {
        &self.by_epoch[epoch.0 as usize]
    }
}

impl Layout {
    fn new(grid: &Grid<'_>, epoch: &Epoch) -> Self {
        let slot = |place: Option<usize>| match place {
            None => Slot { place: NONE, inner: NONE },
            Some(place) => {
                Slot { place: u32::try_from(place).unwrap_or(NONE), inner: epoch.inner(place) }
            }
        };
        let slots: Vec<Slot> = grid.units.iter().map(|it| slot(epoch.place(*it))).collect();
        let run = run(&slots);
        Self { slots, run }
    }
}

fn run(slots: &[Slot]) -> Option<Run> {
    let first = slots.first()?;
    let side_by_side = |of: fn(&Slot) -> u32| {
        let start = of(first);
        let mut expected = start..NONE;
        let is_run = slots.iter().all(|it| Some(of(it)) == expected.next());
        is_run.then(|| start as usize..start as usize + slots.len())
    };
    if first.inner != NONE {
        side_by_side(|it| it.inner).map(Run::Nodes)
    } else if first.place != NONE && slots.iter().all(|it| it.inner == NONE) {
        side_by_side(|it| it.place).map(Run::Leaves)
    } else {
        None
    }
}

impl Totals {
    pub(super) fn epoch_no(&self, period: PeriodNo) -> Option<EpochNo> {
        self.periods.get(period.0 as usize).map(|it| it.epoch)
    }

    pub(super) fn layouts(&self, grid: &Grid<'_>) -> Layouts {
        let mut by_epoch = vec![Layout::default(); self.epochs.len()];
        let periods = grid.columns.iter().copied().flatten();
        for epoch in periods.filter_map(|it| self.epoch_no(*it)) {
            let layout = &mut by_epoch[epoch.0 as usize];
            if layout.slots.len() < grid.units.len() {
                *layout = Layout::new(grid, &self.epochs[epoch.0 as usize]);
            }
        }
        Layouts { by_epoch }
    }
}
