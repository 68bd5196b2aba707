//! `/api/totals`: totals, many at once, and what one of them is made of.

mod contents;

use axum::{Json, extract::State};
use dondoc_core::{
    figure::Series,
    unit::{Line, Share, UnitId},
};
use dondoc_ledger::{
    Books, Ledger, Question, Sight,
    grid::{Sheet, Table, Values},
    rollup::{
        total::{Total, Why},
        value::Value,
    },
};
use dondoc_store::blocks::BlockId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    ApiError, App, ask,
    documents::unknown,
    extract::Asked,
    numbers::{AmountView, FigureView, Whole},
    refusals::Refusals,
};

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
    /// Why a value is null, of those that are.
    why: Vec<WhyView>,
}

/// Who is in each total and who is not; in the order of the values.
#[derive(Debug, Default, Serialize, ToSchema)]
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
    State(app): State<App>,
    Asked(asked): Asked<TotalsAsked>,
) -> Result<Json<TotalsView>, ApiError> {
    let with_counts = match asked.counts.as_deref() {
        None | Some("" | "all") => true,
        Some("reported") => false,
        Some(_) => return Err(unknown("counts", "all, reported")),
    };
    let under = asked.under.map(UnitId).filter(|_| asked.unit.is_none());
    let mut table = asked.table()?;
    app.consult(move |ledger| {
        if let Some(under) = under {
            table.units = children(ledger, under, &table)?;
        }
        let n_cells = table.series.len() * table.periods.len() * table.units.len();
        if n_cells > ask::MAX_CELLS {
            return Err(ApiError::BadRequest {
                detail: format!("more than {} cells", ask::MAX_CELLS),
            });
        }
        let mut view = match with_counts {
            true => TotalsView::of_sheet(&ledger.table(&table)?),
            false => TotalsView::of_values(&ledger.values(&table)?),
        };
        view.series =
            ledger.look(|books| table.series.iter().map(|it| SeriesView::new(books, it)).collect());
        if view.series.iter().any(|it| it.is_ratio) {
            let n_cells = view.values.len();
            view.denominators.resize_with(n_cells, || None);
        }
        view.periods = table.periods.iter().map(ToString::to_string).collect();
        view.units = table.units.iter().map(|it| it.0).collect();
        Ok(Json(view))
    })
    .await
}

/// What one total is made of, the largest part first, and what it lacks.
#[utoipa::path(
    get, path = "/api/totals/makeup", tag = "totals", params(TotalsAsked),
    responses((status = 200, body = MakeupView), Refusals)
)]
pub(crate) async fn makeup(
    State(app): State<App>,
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
    app.consult(move |ledger| {
        let makeup = ledger.makeup(&question)?;
        Ok::<_, ApiError>(Json(ledger.look(|books| MakeupView::new(books, &question, &makeup))))
    })
    .await
}

impl TotalsAsked {
    fn table(&self) -> Result<Table, ApiError> {
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
fn children(ledger: &Ledger, under: UnitId, table: &Table) -> Result<Vec<UnitId>, ApiError> {
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

impl TotalsView {
    fn empty(moment: BlockId, n: usize) -> Self {
        Self {
            moment: moment.0,
            series: Vec::new(),
            periods: Vec::new(),
            units: Vec::new(),
            values: Vec::with_capacity(n),
            denominators: Vec::new(),
            n_reported: Vec::with_capacity(n),
            counts: None,
            why: Vec::new(),
        }
    }

    fn push(&mut self, value: Option<Value>) {
        let parts = value.map(Value::parts);
        let denominator = parts.and_then(|it| it.1);
        // Large tables seldom have shares, so the places before the first one are filled when it comes.
        if denominator.is_some() && self.denominators.is_empty() {
            self.denominators.resize_with(self.values.len(), || None);
        }
        if denominator.is_some() || !self.denominators.is_empty() {
            self.denominators.push(denominator.map(Whole));
        }
        self.values.push(parts.map(|it| Whole(it.0)));
    }

    fn of_sheet(sheet: &Sheet) -> Self {
        let mut view = Self::empty(sheet.moment, sheet.totals.len());
        let mut all = CountsView::default();
        for (at, total) in sheet.totals.iter().enumerate() {
            view.push(total.value.ok());
            if let Err(why) = total.value {
                view.why.push(WhyView { at, reason: reason(why) });
            }
            view.n_reported.push(total.counts.n_reported);
            all.push(total);
        }
        view.counts = Some(all);
        view
    }

    fn of_values(values: &Values) -> Self {
        let mut view = Self::empty(values.moment, values.values.len());
        for value in &values.values {
            view.push(*value);
        }
        view.n_reported.clone_from(&values.n_reported);
        view
    }
}

impl CountsView {
    fn push(&mut self, total: &Total) {
        let counts = total.counts;
        self.n_expected.push(counts.n_expected);
        self.n_missing.push(counts.n_missing);
        self.n_nil.push(counts.n_nil);
        self.n_no_figure.push(counts.n_no_figure);
        self.n_estimated.push(counts.n_estimated);
        self.n_inexact.push(counts.n_inexact);
        self.n_weighted.push(total.through_weights.map_or(0, |it| it.1));
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
