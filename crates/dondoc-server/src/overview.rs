//! `/api/overview`: how things stand, for those who lead.
//!
//! Each indicator of a programme for one unit and period: what it comes to, against the same period of the year before and
//! against what was to be reached, and how many periods in a row it has gone that way.

mod standing;

use std::collections::BTreeSet;

use axum::Json;
use dondoc_core::{
    access::Scope,
    figure::Series,
    pack::{Closing, Frequency, Indicator, Pack},
    period::Period,
    unit::{Line, UnitId},
};
use dondoc_ledger::{
    Books, Ledger, Sight,
    grid::Table,
    rollup::{total::Total, totals::PeriodNo},
};
use dondoc_store::targets::{self, Target};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    ApiError, ask, desk::Desk, error::Bilingual, extract::Asked, overview::standing::StandingView,
    refusals::Refusals,
};

/// So many periods are looked back on, the one asked for among them.
const N_PAST: usize = 13;
/// So many periods of a kind are offered.
const N_OFFERED: usize = 24;

/// Of whom, which programme and when.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct OverviewAsked {
    /// The unit, with all under it; if nothing is said the highest that may be seen.
    unit: Option<u32>,
    /// The pack; the first in use if nothing is said.
    pack: Option<String>,
    /// The period; if nothing is said the last one that has closed and that there are figures of.
    period: Option<String>,
}

/// How things stand.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OverviewView {
    /// The newest block in it.
    moment: i64,
    unit: u32,
    unit_name: Option<String>,
    pack: String,
    pack_name: Bilingual,
    /// Null if there are no figures at all.
    period: Option<String>,
    /// The periods that can be asked for, the newest first: those with figures, and longer ones that these make.
    periods: Vec<String>,
    /// The periods that are looked back on, the oldest first.
    past: Vec<String>,
    /// The components of the programme, those at the top before those within.
    components: Vec<ComponentView>,
    /// All indicators that are in use and have one figure for a unit.
    indicators: Vec<StandingView>,
}

/// A component of a programme (*thành tố*).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ComponentView {
    code: String,
    name: Bilingual,
    /// The component that it is part of.
    within: Option<String>,
}

/// How things stand with a programme in a unit.
#[utoipa::path(
    get, path = "/api/overview", tag = "totals", params(OverviewAsked),
    responses((status = 200, body = OverviewView), Refusals)
)]
pub(crate) async fn get(
    desk: Desk,
    Asked(asked): Asked<OverviewAsked>,
) -> Result<Json<OverviewView>, ApiError> {
    let period = ask::some(asked.period).map(|it| ask::period(&it)).transpose()?;
    let pack = ask::some(asked.pack);
    let unit = asked.unit.map(UnitId);
    if let Some(unit) = unit {
        desk.over(unit)?;
    }
    let scope = desk.scope();
    desk.consult(move |ledger| {
        ledger.refresh()?;
        let scene = ledger.look(|books| {
            let unit = unit.or_else(|| highest(books, &scope)).ok_or(ApiError::NotFound)?;
            Scene::of(books, unit, pack.as_deref(), period)
        })?;
        scene.view(ledger, scope.bound()).map(Json)
    })
    .await
}

/// The first unit from above that may be seen.
fn highest(books: &Books, scope: &Scope) -> Option<UnitId> {
    let tree = books.units.tree(Line::State, books.today());
    tree.units().iter().copied().find(|it| scope.covers(*it))
}

/// What the overview is of.
struct Scene {
    unit: UnitId,
    pack: String,
    period: Option<Period>,
    periods: Vec<Period>,
    past: Vec<Period>,
    series: Vec<Series>,
}

impl Scene {
    fn of(
        books: &Books,
        unit: UnitId,
        pack: Option<&str>,
        period: Option<Period>,
    ) -> Result<Self, ApiError> {
        books.units.get(unit).ok_or(ApiError::NotFound)?;
        let programmes = &books.programmes;
        let pack = match pack {
            Some(code) => programmes.pack(code),
            None => programmes.packs().first(),
        };
        let pack = pack.ok_or(ApiError::NotFound)?;
        let (periods, newest) = offered(books, unit);
        let period = period.or(newest);
        let mut past: Vec<Period> =
            std::iter::successors(period, |it| it.before()).take(N_PAST).collect();
        past.reverse();
        let series = pack.indicators.iter().filter(|it| programmes.is_on(it));
        let series = series.map(|it| Series { indicator: it.code.clone(), option: None });
        let series = series.filter(|it| programmes.known(it).is_ok()).collect();
        Ok(Self { unit, pack: pack.pack.code.clone(), period, periods, past, series })
    }

    fn view(&self, ledger: &Ledger, bound: &Scope) -> Result<OverviewView, ApiError> {
        let year = self.period.and_then(year_of);
        let mut periods = self.past.clone();
        periods.extend(year.filter(|it| !self.past.contains(it)));
        let table = Table {
            series: self.series.clone(),
            periods,
            units: vec![self.unit],
            sight: Sight::AsThen,
            line: None,
            as_of: None,
        };
        let sheet = ledger.within(bound).table(&table)?;
        let targets = self.targets(ledger, year)?;
        ledger.look(|books| {
            let pack = books.programmes.pack(&self.pack).ok_or(ApiError::NotFound)?;
            let rows = table.series.iter().zip(sheet.totals.chunks(table.periods.len().max(1)));
            let standing = |(series, totals): (&Series, &[Total])| {
                let indicator = pack.indicator(&series.indicator)?;
                let row = Row { books, indicator, series, totals, scene: self, targets: &targets };
                Some(row.standing())
            };
            Ok(OverviewView {
                moment: sheet.moment.0,
                unit: self.unit.0,
                unit_name: name(books, self.unit, self.period),
                pack: self.pack.clone(),
                pack_name: Bilingual::from(&pack.pack.name),
                period: self.period.map(|it| it.to_string()),
                periods: self.periods.iter().map(ToString::to_string).collect(),
                past: self.past.iter().map(ToString::to_string).collect(),
                components: components(pack),
                indicators: rows.filter_map(standing).collect(),
            })
        })
    }

    /// What the unit should reach in the period and in its year; of several the last in force.
    fn targets(&self, ledger: &Ledger, year: Option<Period>) -> Result<Vec<Target>, ApiError> {
        let mut periods: Vec<Period> = self.period.into_iter().collect();
        periods.extend(year.filter(|it| Some(*it) != self.period));
        let found = ledger.store().read(|tx| {
            let mut all = Vec::new();
            for period in periods {
                all.extend(targets::of(tx, self.unit, period)?);
            }
            Ok::<_, dondoc_store::StoreError>(all)
        })?;
        Ok(found.into_iter().map(|it| it.target).collect())
    }
}

/// An indicator with its totals, of the past periods and of the year.
struct Row<'a> {
    books: &'a Books,
    indicator: &'a Indicator,
    series: &'a Series,
    totals: &'a [Total],
    scene: &'a Scene,
    targets: &'a [Target],
}

fn name(books: &Books, unit: UnitId, period: Option<Period>) -> Option<String> {
    let unit = books.units.get(unit)?;
    let day = period.map_or(books.today(), |it| books.day_of(it));
    unit.full_name_on(unit.day_of_life(day))
}

fn components(pack: &Pack) -> Vec<ComponentView> {
    let view = |it: &dondoc_core::pack::Component| ComponentView {
        code: it.code.clone(),
        name: Bilingual::from(&it.name),
        within: it.within.clone(),
    };
    let tops = pack.components.iter().filter(|it| it.within.is_none());
    let within = pack.components.iter().filter(|it| it.within.is_some());
    tops.chain(within).map(view).collect()
}

/// The year that a part of a year lies in; a year lies in itself.
fn year_of(period: Period) -> Option<Period> {
    match period {
        Period::Month { year, .. }
        | Period::Quarter { year, .. }
        | Period::Half { year, .. }
        | Period::NineMonths { year }
        | Period::Year { year } => Some(Period::Year { year }),
        _ => None,
    }
}

/// The periods with figures of a unit and the longer ones around them, the newest first; and the last one that has closed, of
/// the shortest kind that there is.
fn offered(books: &Books, unit: UnitId) -> (Vec<Period>, Option<Period>) {
    let known = (0..).map_while(|it| Some((PeriodNo(it), books.totals.period(PeriodNo(it))?.0)));
    let mut kinds: [BTreeSet<Period>; 4] = Default::default();
    let order = [Frequency::Month, Frequency::Quarter, Frequency::Half, Frequency::Year];
    for (number, period) in known {
        if books.totals.n_units_reporting(number, unit) == 0 {
            continue;
        }
        for (kind, frequency) in kinds.iter_mut().zip(order) {
            kind.extend(around(period, frequency));
        }
    }
    let closes = |it: &Period| it.closing_day(Closing::Decree09);
    let newest = kinds.iter().find_map(|kind| {
        let closed = kind.iter().filter(|it| closes(it).is_some_and(|day| day < books.today()));
        closed.max_by_key(|it| closes(it)).copied()
    });
    let mut all = Vec::new();
    for kind in kinds {
        let mut kind: Vec<Period> = kind.into_iter().collect();
        kind.sort_by_key(|it| std::cmp::Reverse(closes(it)));
        kind.truncate(N_OFFERED);
        all.extend(kind);
    }
    (all, newest)
}

/// The period of a kind that another one lies in, or is.
fn around(period: Period, frequency: Frequency) -> Option<Period> {
    if period.frequency() == frequency {
        return Some(period);
    }
    let candidates = |year: i16| -> Vec<Period> {
        match frequency {
            Frequency::Quarter => {
                (1..=4).map(|quarter| Period::Quarter { year, quarter }).collect()
            }
            Frequency::Half => (1..=2).map(|half| Period::Half { year, half }).collect(),
            Frequency::Year => vec![Period::Year { year }],
            _ => Vec::new(),
        }
    };
    match year_of(period)? {
        Period::Year { year } => candidates(year).into_iter().find(|it| it.contains(period)),
        _ => None,
    }
}
