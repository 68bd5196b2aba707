//! `/api/completeness`: who has reported, who is late, who is missing.

use std::{
    collections::{BTreeMap, HashMap},
    sync::LazyLock,
};

use axum::Json;
use dondoc_core::{
    access::Scope,
    calendar::{Calendar, Expected, Received, Reporter, Tally, expected, tally_by_unit},
    figure::Status,
    pack::{Form, Level},
    period::Period,
    submission::SubmissionState,
    tree::Tree,
    unit::{Kind, Level as Tier, Line, UnitId},
};
use dondoc_ledger::{Books, Ledger};
use dondoc_store::submissions::board;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    ApiError, ask, desk::Desk, documents::unknown, extract::Asked, forms::name_in,
    refusals::Refusals,
};

static CALENDAR: LazyLock<Option<Calendar>> = LazyLock::new(|| Calendar::vietnam().ok());

/// The days off that come with the program; always there, a test of the core holds that.
pub(crate) fn calendar() -> Option<&'static Calendar> {
    CALENDAR.as_ref()
}

/// Of what and whom completeness is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct CompletenessAsked {
    /// The form. Without it: how many units have any figure of the period, whatever it is.
    form: Option<String>,
    period: String,
    /// The unit whose children are listed, each with all under it; the first from above that may be seen if nothing is said.
    under: Option<u32>,
    /// `final` (if nothing is said) or `estimate`.
    kind: Option<String>,
    /// As of the end of this day; today if nothing is said.
    #[param(value_type = Option<String>, format = Date)]
    on: Option<String>,
}

/// How much has come, unit by unit.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CompletenessView {
    form: Option<String>,
    period: String,
    /// As of the end of this day.
    #[schema(format = Date)]
    on: String,
    under: u32,
    /// Of all.
    total: TallyView,
    /// The children of `under`, each with all under it.
    items: Vec<CompletenessRow>,
}

/// How much has come of a unit and all under it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CompletenessRow {
    unit: u32,
    name: Option<String>,
    #[serde(flatten)]
    tally: TallyView,
    /// Of the unit's own report, if one was begun: `draft`, `submitted` … Null without a form.
    state: Option<&'static str>,
}

/// Counts; shares are for the one who shows both numbers.
#[derive(Debug, Default, Clone, Copy, Serialize, ToSchema)]
pub(crate) struct TallyView {
    /// Who should report in all, due or not.
    n_expected: u32,
    /// Due by the day.
    n_due: u32,
    /// Came, in time or late, due or early.
    n_received: u32,
    /// Of the due: came in time.
    n_on_time: u32,
    /// Of the due: did not come.
    n_overdue: u32,
    /// Whose day may come later, because days off were not announced.
    n_unsure: u32,
}

/// How much of a form, or of a period, has come.
#[utoipa::path(
    get, path = "/api/completeness", tag = "reports", params(CompletenessAsked),
    responses((status = 200, body = CompletenessView), Refusals)
)]
pub(crate) async fn get(
    desk: Desk,
    Asked(asked): Asked<CompletenessAsked>,
) -> Result<Json<CompletenessView>, ApiError> {
    let period = ask::period(&asked.period)?;
    let kind = ask::kind(asked.kind.as_deref())?;
    let on = ask::day("on", asked.on)?.unwrap_or_else(|| desk.today());
    let (form, under) = (ask::some(asked.form), asked.under.map(UnitId));
    if let Some(under) = under {
        desk.over(under)?;
    }
    let scope = desk.scope();
    desk.consult(move |ledger| {
        ledger.refresh()?;
        let under = match under {
            Some(under) => under,
            None => ledger.look(|books| highest(books, period, &scope))?,
        };
        ledger.within(scope.bound()).must_see(under)?;
        let view = match &form {
            None => ledger.look(|books| Board::of(books, period, under)?.without_form(books, on)),
            Some(code) => with_form(ledger, (code, kind), (period, under), on),
        };
        let mut view = view?;
        let is_seen = |it: UnitId| scope.covers(it) && scope.bound().covers(it);
        view.items.retain(|it| is_seen(UnitId(it.unit)));
        Ok::<_, ApiError>(Json(view))
    })
    .await
}

/// The first unit from above that may be seen, in the tree of a period.
fn highest(books: &Books, period: Period, scope: &Scope) -> Result<UnitId, ApiError> {
    let tree = books.units.tree(Line::State, books.day_of(period));
    tree.units().iter().copied().find(|it| scope.covers(*it)).ok_or(ApiError::NotFound)
}

/// The tree of the period, and the unit whose children are listed.
struct Board {
    tree: std::sync::Arc<Tree>,
    place: usize,
    period: Period,
    day: Date,
}

impl Board {
    fn of(books: &Books, period: Period, under: UnitId) -> Result<Self, ApiError> {
        let day = books.day_of(period);
        let tree = books.units.tree(Line::State, day);
        let place = tree.place(under).ok_or(ApiError::NotFound)?;
        Ok(Self { place, tree, period, day })
    }

    fn view(
        &self,
        books: &Books,
        on: Date,
        of: impl Fn(usize) -> (TallyView, Option<&'static str>),
    ) -> CompletenessView {
        let row = |place: usize| {
            let unit = self.tree.units()[place];
            let (tally, state) = of(place);
            CompletenessRow { unit: unit.0, name: name_in(books, unit, self.period), tally, state }
        };
        CompletenessView {
            form: None,
            period: self.period.to_string(),
            on: on.to_string(),
            under: self.tree.units()[self.place].0,
            total: of(self.place).0,
            items: self.tree.children(self.place).map(row).collect(),
        }
    }

    /// Any figure counts; looked up, not counted.
    fn without_form(&self, books: &Books, on: Date) -> Result<CompletenessView, ApiError> {
        let period = books.totals.period_no(&self.period);
        Ok(self.view(books, on, |place| {
            let unit = self.tree.units()[place];
            let n = period.map_or(0, |it| books.totals.n_units_reporting(it, unit));
            let n_units = u32::try_from(self.tree.subtree(place).len()).unwrap_or(u32::MAX);
            let tally = TallyView { n_expected: n_units, n_received: n, ..TallyView::default() };
            (tally, None)
        }))
    }

    fn reporters(&self, books: &Books) -> Vec<Reporter> {
        let reporter = |place: usize| {
            let unit = self.tree.units()[place];
            let tier = books.units.get(unit)?.kind_on(self.day).and_then(Kind::level)?;
            let level = match tier {
                Tier::Commune => Level::Commune,
                Tier::Province => Level::Province,
                _ => return None,
            };
            Some(Reporter { unit, level })
        };
        self.tree.subtree(self.place).filter_map(reporter).collect()
    }
}

fn with_form(
    ledger: &Ledger,
    (code, kind): (&str, Status),
    (period, under): (Period, UnitId),
    on: Date,
) -> Result<CompletenessView, ApiError> {
    let pack = ledger.look(|books| {
        let found = books.programmes.form(code).ok_or(ApiError::NotFound)?;
        Ok::<_, ApiError>(found.0.pack.code.clone())
    })?;
    let found = ledger.store().read(|tx| board::received(tx, &pack, period, kind))?;
    let states: HashMap<UnitId, &board::Received> =
        found.iter().filter(|it| it.form == code).map(|it| (it.unit, it)).collect();
    ledger.look(|books| {
        let (_, form) = books.programmes.form(code).ok_or(ApiError::NotFound)?;
        let board = Board::of(books, period, under)?;
        let expected = expected_of(form, &board.reporters(books), (period, kind))?;
        let received: Vec<Received> = states.values().filter_map(|it| came(it)).collect();
        let tallies = tally_by_unit(&expected, &received, on);
        let mut view = board.view(books, on, |place| {
            let unit = board.tree.units()[place];
            let under = board.tree.subtree(place).map(|it| board.tree.units()[it]);
            (sum(&tallies, under), states.get(&unit).map(|it| it.state.code()))
        });
        view.form = Some(code.to_owned());
        Ok(view)
    })
}

fn expected_of(
    form: &Form,
    reporters: &[Reporter],
    (period, kind): (Period, Status),
) -> Result<Vec<Expected>, ApiError> {
    let closes = period.closing_day(form.closing);
    let closes = closes.ok_or_else(|| unknown("period", "2025-09, 2025-Q3, 2025-H1, 2025"))?;
    let calendar = calendar().ok_or(ApiError::Internal)?;
    let all = expected(std::slice::from_ref(form), reporters, &(closes..=closes), calendar);
    let all = all.map_err(|error| ApiError::BadValue { detail: error.to_string() })?;
    Ok(all.into_iter().filter(|it| it.period == period && it.kind == kind).collect())
}

/// A report that was handed in and not sent back, with its day in Viet Nam.
fn came(it: &board::Received) -> Option<Received> {
    let is_there = !matches!(it.state, SubmissionState::Draft | SubmissionState::Returned);
    let (first, _) = it.submitted_at.filter(|_| is_there)?;
    Some(Received {
        form: it.form.clone(),
        unit: it.unit,
        period: it.period,
        kind: it.kind,
        on: crate::app::today(first),
    })
}

fn sum(tallies: &BTreeMap<UnitId, Tally>, units: impl Iterator<Item = UnitId>) -> TallyView {
    let mut view = TallyView::default();
    for tally in units.filter_map(|it| tallies.get(&it)) {
        view.n_expected += 1;
        view.n_due += tally.due;
        view.n_received += tally.received + tally.early;
        view.n_on_time += tally.on_time;
        view.n_overdue += tally.overdue;
        view.n_unsure += tally.unsure;
    }
    view
}
