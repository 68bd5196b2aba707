//! `/api/totals`: totals, many at once, and what one of them is made of.

mod contents;
mod written;

use axum::{
    Json,
    http::header,
    response::{IntoResponse as _, Response},
};
use dondoc_core::{
    figure::Series,
    period::Period,
    unit::{Line, Share, UnitId},
};
use dondoc_ledger::{Books, Ledger, Question, Sight, grid::Table, rollup::total::Why};
use dondoc_store::blocks::BlockId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use self::written::{Head, Written};
use crate::{
    ApiError, ask,
    desk::Desk,
    documents::unknown,
    extract::Asked,
    numbers::{AmountView, FigureView, Whole},
    refusals::Refusals,
    scopes::Scopes,
};

/// So many totals without their counts are reckoned and written in under a millisecond.
const MAX_QUICK: usize = 30_000;

/// Which totals are asked for: each indicator by each option, in each period, of each unit.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct TotalsAsked {
    /// Indicators, with commas between: `KVPT.02.01,KVPT.02.02`.
    indicator: String,
    /// Options of their breakdown, with commas between; undivided if nothing is said.
    option: Option<String>,
    /// Units by number, with commas between: each with all under it.
    unit: Option<String>,
    /// Instead of `unit`: all units right under this one on the day of the first period.
    under: Option<u32>,
    /// Periods, with commas between: `2025-01,2025-02`. One that nobody reports is added up from those in it.
    period: String,
    /// `as_then` (the tree of each period; if nothing is said) or `as_now` (today's tree).
    view: Option<String>,
    /// By what split units are shared as now: `population` (if nothing is said), `area` or `equal`.
    weight: Option<String>,
    /// `state`, `party`, `military` or `front`; the tree of all units if nothing is said.
    line: Option<String>,
    /// As it stood after this block.
    as_of: Option<i64>,
    /// `all` (if nothing is said) or `reported`, which is quicker for large tables.
    counts: Option<String>,
}

/// Totals, column-wise: every list runs series by series, period by period, unit by unit.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TotalsView {
    /// The newest block in them.
    moment: i64,
    series: Vec<SeriesView>,
    periods: Vec<String>,
    units: Vec<u32>,
    /// In the smallest unit of the series, see its `decimals`; of shares the numerator; null is unknown, see `why`.
    /// Whole numbers; beyond 2^53 as text.
    #[schema(value_type = Vec<Option<i64>>)]
    values: Vec<Option<Whole>>,
    /// Of shares, else null; empty if no series is a share.
    #[schema(value_type = Vec<Option<i64>>)]
    denominators: Vec<Option<Whole>>,
    /// How many figures are in each.
    n_reported: Vec<u32>,
    /// Null if `counts=reported`.
    counts: Option<CountsView>,
    /// Why a value is null, of those that are; empty if `counts=reported`.
    why: Vec<WhyView>,
    /// Reports whose figures were damaged in the store and would be in these totals, or in parts of them: they are in none.
    /// Remedy: `dondoc fsck`, and restore the last backup.
    lost: Vec<LostView>,
}

/// A report that can't be read any more.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LostView {
    /// Whose.
    pub(crate) unit: u32,
    /// Of when.
    pub(crate) period: String,
}

/// Who is in each total and who is not; in the order of the values.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CountsView {
    /// Should have been reported.
    n_expected: Vec<u32>,
    /// Expected, and nothing came.
    n_missing: Vec<u32>,
    /// Of the reported: nothing occurred.
    n_nil: Vec<u32>,
    /// Reported that there is no figure.
    n_no_figure: Vec<u32>,
    /// Of the reported: estimates, by their own status or because a split was shared.
    n_estimated: Vec<u32>,
    /// Of the reported: not meant exactly.
    n_inexact: Vec<u32>,
    /// Figures that came through the weights of split units; such a total is an estimate.
    n_weighted: Vec<u32>,
}

/// A series of totals.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SeriesView {
    indicator: String,
    option: Option<String>,
    /// Digits after the mark: with 2 the value 150 is 1.50.
    decimals: u8,
    /// The unit of measure.
    measure: String,
    is_ratio: bool,
}

/// Why there is no total.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WhyView {
    /// Its place in the values, from 0.
    at: usize,
    /// `nothing_reported`, `not_over_units`, `not_over_time`, `not_in_tree` or `unknown_series`.
    reason: &'static str,
}

/// What a total is made of and what it lacks.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MakeupView {
    moment: i64,
    series: SeriesView,
    /// The periods that it was added up from.
    periods: Vec<String>,
    /// Null is unknown, see `why`.
    total: Option<AmountView>,
    why: Option<&'static str>,
    n_expected: u32,
    n_reported: u32,
    n_missing: u32,
    n_nil: u32,
    n_no_figure: u32,
    n_estimated: u32,
    n_inexact: u32,
    /// What of it came through the weights of split units.
    weighted: Option<AmountView>,
    n_weighted: u32,
    /// The figures in it, the largest first.
    parts: Vec<PartView>,
    /// The figures that it lacks.
    gaps: Vec<GapView>,
    /// Reports whose figures were damaged in the store and would be in it.
    lost: Vec<LostView>,
}

/// A figure in a total.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PartView {
    unit: u32,
    name: Option<String>,
    period: String,
    /// What it brings into the total.
    amount: AmountView,
    /// The figure itself.
    figure: Option<FigureView>,
    /// Of a split unit: by which share.
    share: Option<Share>,
}

/// A figure that a total lacks.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GapView {
    unit: u32,
    name: Option<String>,
    period: String,
    /// Whether it was reported that there is none.
    has_no_figure: bool,
}

/// Totals of series, periods and units, as many as are asked for.
#[utoipa::path(
    get, path = "/api/totals", tag = "totals", params(TotalsAsked),
    responses((status = 200, body = TotalsView), Refusals)
)]
pub(crate) async fn list(
    desk: Desk,
    Asked(asked): Asked<TotalsAsked>,
) -> Result<Response, ApiError> {
    let with_counts = match asked.counts.as_deref() {
        None | Some("" | "all") => true,
        Some("reported") => false,
        Some(_) => return Err(unknown("counts", "all, reported")),
    };
    let under = asked.parent();
    let mut table = asked.table()?;
    for unit in table.units.iter().copied().chain(under) {
        desk.over(unit)?;
    }
    if let Some(under) = under {
        let (scope, asked) = (desk.scope(), table.clone());
        let find = move |ledger: &Ledger| -> Result<_, ApiError> {
            let mut units = children(ledger, under, &asked)?;
            units.retain(|it| scope.covers(*it));
            ledger.within(scope.bound()).must_see(under)?;
            units.retain(|it| scope.bound().covers(*it));
            Ok(units)
        };
        table.units = desk.glance(find).await?;
    }
    let is_quick = !with_counts && table.sight == Sight::AsThen && table.as_of.is_none();
    let is_quick = is_quick && table.n_cells() <= MAX_QUICK;
    let scope = desk.scope();
    let answer = move |ledger: &Ledger| write(ledger, &table, with_counts, &scope);
    let body = if is_quick { desk.glance(answer).await? } else { desk.consult(answer).await? };
    Ok(([(header::CONTENT_TYPE, "application/json")], body).into_response())
}

fn write(
    ledger: &Ledger,
    table: &Table,
    with_counts: bool,
    scope: &Scopes,
) -> Result<Vec<u8>, ApiError> {
    let n_cells = table.n_cells();
    if n_cells > ask::MAX_CELLS {
        return Err(ApiError::BadRequest { detail: format!("more than {} cells", ask::MAX_CELLS) });
    }
    let mut written = Written::new(n_cells, with_counts);
    let within = ledger.within(scope.bound());
    let moment = match with_counts {
        true => within.each_total(table, |it| written.push_total(it))?,
        false => within.each_value(table, |value, n| written.push(value, n))?,
    };
    let (series, mut lost): (_, Vec<LostView>) = ledger.look(|books| {
        let series = table.series.iter().map(|it| SeriesView::new(books, it)).collect();
        (series, LostView::of(books, &table.units, &table.periods, table.sight))
    });
    lost.retain(|it| scope.covers(UnitId(it.unit)));
    let head = Head {
        moment: moment.0,
        series,
        periods: table.periods.iter().map(ToString::to_string).collect(),
        units: table.units.iter().map(|it| it.0).collect(),
    };
    written.finish(&head, &lost)
}

/// What one total is made of, the largest part first, and what it lacks.
#[utoipa::path(
    get, path = "/api/totals/makeup", tag = "totals", params(TotalsAsked),
    responses((status = 200, body = MakeupView), Refusals)
)]
pub(crate) async fn makeup(
    desk: Desk,
    Asked(asked): Asked<TotalsAsked>,
) -> Result<Json<MakeupView>, ApiError> {
    let table = asked.table()?;
    let ([series], [period], [unit]) =
        (table.series.as_slice(), table.periods.as_slice(), table.units.as_slice())
    else {
        return Err(unknown("indicator, period, unit", "1"));
    };
    let question = Question {
        series: series.clone(),
        unit: *unit,
        period: *period,
        sight: table.sight,
        line: table.line,
        as_of: table.as_of,
    };
    desk.over(question.unit)?;
    let scope = desk.scope();
    desk.consult(move |ledger| {
        let makeup = ledger.within(scope.bound()).makeup(&question)?;
        let mut view = ledger.look(|books| MakeupView::new(books, &question, &makeup));
        view.lost.retain(|it| scope.covers(UnitId(it.unit)));
        Ok::<_, ApiError>(Json(view))
    })
    .await
}

impl TotalsAsked {
    /// The unit whose children are asked for, if no units are named.
    pub(crate) fn parent(&self) -> Option<UnitId> {
        self.under.map(UnitId).filter(|_| self.unit.is_none())
    }

    /// What is asked for; without units where `under` names their parent.
    pub(crate) fn table(&self) -> Result<Table, ApiError> {
        if self.unit.is_none() && self.under.is_none() {
            return Err(unknown("unit", "1, 2, 3 …"));
        }
        let table = Table {
            series: ask::series(&self.indicator, self.option.as_deref())?,
            periods: ask::periods(&self.period)?,
            units: ask::units(self.unit.as_deref().unwrap_or_default())?,
            sight: ask::sight(self.view.as_deref(), self.weight.as_deref())?,
            line: ask::line(self.line.as_deref())?,
            as_of: self.as_of.map(BlockId),
        };
        if table.series.is_empty() || table.periods.is_empty() {
            return Err(unknown("indicator, period", "KVPT.02.01, 2025-09"));
        }
        Ok(table)
    }
}

/// The units right under another, by the tree that the question is asked through.
pub(crate) fn children(
    ledger: &Ledger,
    under: UnitId,
    table: &Table,
) -> Result<Vec<UnitId>, ApiError> {
    ledger.look(|books| {
        let day = match (table.sight, table.periods.first()) {
            (Sight::AsThen, Some(period)) => books.day_of(*period),
            _ => books.today(),
        };
        let tree = books.units.tree(table.line.unwrap_or(Line::State), day);
        let place = tree.place(under).ok_or(ApiError::NotFound)?;
        Ok(tree.children(place).map(|it| tree.units()[it]).collect())
    })
}

impl LostView {
    /// Those that would be in totals of these units and periods; as now, a unit's figures may lie under any other.
    fn of(books: &Books, units: &[UnitId], periods: &[Period], sight: Sight) -> Vec<Self> {
        let units = if sight == Sight::AsThen { units } else { &[] };
        books.lost_in(units, periods).into_iter().map(Self::from).collect()
    }
}

impl From<(UnitId, Period)> for LostView {
    fn from((unit, period): (UnitId, Period)) -> Self {
        Self { unit: unit.0, period: period.to_string() }
    }
}

impl SeriesView {
    pub(crate) fn new(books: &Books, series: &Series) -> Self {
        let indicator = books.programmes.indicator(&series.indicator);
        Self {
            indicator: series.indicator.clone(),
            option: series.option.clone(),
            decimals: indicator.map_or(0, |it| it.decimals),
            measure: indicator.map(|it| it.measure.clone()).unwrap_or_default(),
            is_ratio: indicator.is_some_and(|it| it.ratio.is_some()),
        }
    }
}

pub(crate) fn reason(why: Why) -> &'static str {
    match why {
        Why::NothingReported => "nothing_reported",
        Why::NotOverUnits => "not_over_units",
        Why::NotOverTime => "not_over_time",
        Why::NotInTree => "not_in_tree",
        Why::UnknownSeries => "unknown_series",
    }
}
