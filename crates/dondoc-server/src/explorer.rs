//! `/api/trace`, `/api/explorer/file`: from a total to what it is made of, and a table of totals to take away.

mod file;

use axum::Json;
use dondoc_core::{
    access::Scope,
    aggregation::Aggregation,
    figure::Series,
    unit::{Line, Share, UnitId},
};
use dondoc_ledger::{
    Books, Ledger, Question, Sight,
    grid::Table,
    rollup::{part::Part, total::Total, value::Value},
    total::Makeup,
};
use dondoc_store::blocks::BlockId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    ApiError, ask,
    desk::Desk,
    documents::unknown,
    error::Bilingual,
    extract::Asked,
    numbers::{AmountView, FigureView},
    refusals::Refusals,
    totals::{SeriesView, reason},
};

pub(crate) use file::{__path_file, file};

/// Figures are listed one by one only under units with no more units under them than this.
const MAX_UNDER: usize = 400;
/// No more figures are listed.
const MAX_PARTS: usize = 400;

/// Which total is traced.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct TraceAsked {
    /// The unit, with all under it.
    unit: u32,
    indicator: String,
    /// The option of its breakdown; undivided if nothing is said.
    option: Option<String>,
    period: String,
    /// `as_then` (if nothing is said) or `as_now`.
    view: Option<String>,
    /// By what split units are shared as now: `population` (if nothing is said), `area` or `equal`.
    weight: Option<String>,
    /// As it stood after this block.
    as_of: Option<i64>,
}

/// A total, with those that it comes from.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TraceView {
    moment: i64,
    unit: u32,
    unit_name: Option<String>,
    series: SeriesView,
    indicator_name: Bilingual,
    option_name: Option<Bilingual>,
    period: String,
    /// The periods that it was added up from; empty where they were not looked up.
    periods: Vec<String>,
    total: TraceTotal,
    /// Whether shares of the children are told: under "sum" and "weighted average" only.
    has_shares: bool,
    /// The units right under it, the largest first.
    children: Vec<TraceChild>,
    /// Of a unit with nothing under it, and of the unit's own reports: the figures.
    parts: Vec<TracePart>,
    /// Who has not reported; empty under very many units.
    gaps: Vec<TraceGap>,
    /// Whether there are more gaps than are listed.
    more_gaps: bool,
}

/// A total, with what it takes to trust it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TraceTotal {
    /// Null is unknown, see `why`.
    amount: Option<AmountView>,
    why: Option<&'static str>,
    n_expected: u32,
    n_reported: u32,
    n_missing: u32,
    n_estimated: u32,
    n_inexact: u32,
    /// Figures that came through the weights of split units.
    n_weighted: u32,
}

/// A unit under the one that is traced.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TraceChild {
    unit: u32,
    name: Option<String>,
    has_children: bool,
    #[serde(flatten)]
    total: TraceTotal,
    /// Of the whole, in thousandths; of ratios by their denominators.
    permille: Option<i64>,
}

/// A figure.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TracePart {
    unit: u32,
    name: Option<String>,
    period: String,
    /// What it brings into the total.
    amount: AmountView,
    figure: Option<FigureView>,
    /// Of a split unit: by which share.
    share: Option<Share>,
    permille: Option<i64>,
}

/// A figure that is not there.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TraceGap {
    unit: u32,
    name: Option<String>,
    period: String,
    /// Whether it was reported that there is none.
    has_no_figure: bool,
}

/// A total and what it comes from, level by level: the units under it with their shares, down to the figures themselves.
#[utoipa::path(
    get, path = "/api/trace", tag = "totals", params(TraceAsked),
    responses((status = 200, body = TraceView), Refusals)
)]
pub(crate) async fn trace(
    desk: Desk,
    Asked(asked): Asked<TraceAsked>,
) -> Result<Json<TraceView>, ApiError> {
    let question = asked.question()?;
    desk.over(question.unit)?;
    let scope = desk.scope();
    desk.consult(move |ledger| {
        let mut found = Found::of(ledger, &question, scope.bound())?;
        found.keep_within(&scope, question.unit);
        Ok::<_, ApiError>(Json(ledger.look(|books| found.view(books, &question))))
    })
    .await
}

impl TraceAsked {
    fn question(&self) -> Result<Question, ApiError> {
        let series = ask::series(&self.indicator, self.option.as_deref())?;
        let [series] =
            <[Series; 1]>::try_from(series).map_err(|_| unknown("indicator, option", "1"))?;
        Ok(Question {
            series,
            unit: UnitId(self.unit),
            period: ask::period(&self.period)?,
            sight: ask::sight(self.view.as_deref(), self.weight.as_deref())?,
            line: None,
            as_of: self.as_of.map(BlockId),
        })
    }
}

/// A unit right under the one that is traced, and whether it has units under it.
struct Child {
    unit: UnitId,
    has_children: bool,
}

/// All that the ledger says to a question.
struct Found {
    moment: BlockId,
    total: Total,
    children: Vec<(Child, Total)>,
    makeup: Option<Makeup>,
}

impl Found {
    fn of(ledger: &Ledger, question: &Question, bound: &Scope) -> Result<Self, ApiError> {
        let (mut children, n_under) = ledger.look(|books| under(books, question))?;
        children.retain(|it| bound.covers(it.unit));
        let within = ledger.within(bound);
        let mut units = vec![question.unit];
        units.extend(children.iter().map(|it| it.unit));
        let sheet = within.table(&Table {
            series: vec![question.series.clone()],
            periods: vec![question.period],
            units,
            sight: question.sight,
            line: question.line,
            as_of: question.as_of,
        })?;
        let makeup = (n_under <= MAX_UNDER).then(|| within.makeup(question)).transpose()?;
        let mut totals = sheet.totals.into_iter();
        let total = totals.next().ok_or(ApiError::Internal)?;
        let children = children.into_iter().zip(totals).collect();
        Ok(Self { moment: sheet.moment, total, children, makeup })
    }

    /// Leaves out what the one who asks may not see.
    fn keep_within(&mut self, scope: &Scope, unit: UnitId) {
        let sees = |it: UnitId| it == unit || scope.covers(it);
        self.children.retain(|it| sees(it.0.unit));
        if let Some(makeup) = &mut self.makeup {
            makeup.parts.retain(|it| sees(it.0.unit));
            makeup.gaps.retain(|it| sees(it.0.unit));
        }
    }

    fn view(mut self, books: &Books, question: &Question) -> TraceView {
        let names = Names { books, question };
        let indicator = books.programmes.indicator(&question.series.indicator);
        let series = SeriesView::new(books, &question.series);
        let decimals = indicator.map_or(0, |it| it.decimals);
        let rule = indicator.map_or(Aggregation::None, |it| it.over_units);
        let has_shares = matches!(rule, Aggregation::Sum | Aggregation::WeightedAverage);
        let whole = self.total.value.ok().filter(|_| has_shares);
        self.children.sort_by_key(|(_, total)| {
            std::cmp::Reverse(total.value.ok().map(|it| (weight(it), it.parts().0)))
        });
        let is_leaf = self.children.is_empty();
        let makeup = self.makeup.as_ref();
        let own = |it: &&(Part, _)| is_leaf || it.0.unit == question.unit;
        let parts = makeup.map_or(&[][..], |it| it.parts.as_slice()).iter().filter(own);
        let parts = parts.take(MAX_PARTS).map(|(part, period)| TracePart {
            unit: part.unit.0,
            name: names.of(part.unit, books.day_of(*period)),
            period: period.to_string(),
            amount: AmountView::new(part.value, decimals),
            figure: indicator.map(|it| FigureView::of(part.stored, it)),
            share: part.share,
            permille: whole.and_then(|it| permille(part.share_of(it))),
        });
        let gaps = makeup.map_or(&[][..], |it| it.gaps.as_slice());
        let listed = gaps.iter().take(MAX_PARTS).map(|(gap, period)| TraceGap {
            unit: gap.unit.0,
            name: names.of(gap.unit, books.day_of(*period)),
            period: period.to_string(),
            has_no_figure: gap.has_no_figure,
        });
        let children = self.children.iter().map(|(child, total)| TraceChild {
            unit: child.unit.0,
            name: names.of(child.unit, names.day()),
            has_children: child.has_children,
            total: TraceTotal::new(total, decimals),
            permille: share_of(total, whole),
        });
        let children = children.collect();
        let pack = books.programmes.pack_of(&question.series.indicator);
        let periods = makeup.map_or(&[][..], |it| &it.answer.periods);
        TraceView {
            moment: self.moment.0,
            unit: question.unit.0,
            unit_name: names.of(question.unit, names.day()),
            indicator_name: indicator.map_or_else(nameless, |it| Bilingual::from(&it.name)),
            option_name: pack.zip(indicator).and_then(|(pack, indicator)| {
                option_name(pack, indicator, question.series.option.as_deref()?)
            }),
            period: question.period.to_string(),
            periods: periods.iter().map(ToString::to_string).collect(),
            total: TraceTotal::new(&self.total, decimals),
            has_shares,
            children,
            parts: parts.collect(),
            gaps: listed.collect(),
            more_gaps: gaps.len() > MAX_PARTS,
            series,
        }
    }
}

/// How many thousandths of a whole a total is.
fn share_of(total: &Total, whole: Option<Value>) -> Option<i64> {
    permille([weight(total.value.ok()?), weight(whole?)])
}

/// The units right under the one that is asked for, by the tree of the question, and how many are under it in all.
fn under(books: &Books, question: &Question) -> Result<(Vec<Child>, usize), ApiError> {
    books.units.get(question.unit).ok_or(ApiError::NotFound)?;
    let day = match question.sight {
        Sight::AsThen => books.day_of(question.period),
        Sight::AsNow(_) => books.today(),
    };
    let tree = books.units.tree(question.line.unwrap_or(Line::State), day);
    let Some(place) = tree.place(question.unit) else { return Ok((Vec::new(), 0)) };
    let child = |it: usize| Child { unit: tree.units()[it], has_children: !tree.is_leaf(it) };
    Ok((tree.children(place).map(child).collect(), tree.subtree(place).len()))
}

struct Names<'a> {
    books: &'a Books,
    question: &'a Question,
}

impl Names<'_> {
    /// The day by whose names units are called.
    fn day(&self) -> jiff::civil::Date {
        match self.question.sight {
            Sight::AsThen => self.books.day_of(self.question.period),
            Sight::AsNow(_) => self.books.today(),
        }
    }

    fn of(&self, unit: UnitId, day: jiff::civil::Date) -> Option<String> {
        let unit = self.books.units.get(unit)?;
        unit.full_name_on(unit.day_of_life(day))
    }
}

fn nameless() -> Bilingual {
    Bilingual { vi: String::new(), en: String::new() }
}

/// What counts for a share: the number, or how many were looked at.
fn weight(value: Value) -> i128 {
    let (number, denominator) = value.parts();
    denominator.unwrap_or(number)
}

/// A part of a whole in thousandths, rounded half up; `None` of nothing, and where signs are mixed.
fn permille([part, whole]: [i128; 2]) -> Option<i64> {
    if whole <= 0 || part < 0 {
        return None;
    }
    i64::try_from((part.checked_mul(2000)? + whole) / (2 * whole)).ok()
}

/// The names of an option's parts: `Nam, thành thị`.
pub(crate) fn option_name(
    pack: &dondoc_core::pack::Pack,
    indicator: &dondoc_core::pack::Indicator,
    option: &str,
) -> Option<Bilingual> {
    let named = option.split('+').zip(&indicator.breakdowns).map(|(code, breakdown)| {
        pack.breakdown(breakdown)?.options.iter().find(|it| it.code == code).map(|it| &it.name)
    });
    let names: Vec<_> = named.collect::<Option<_>>()?;
    let join = |of: fn(&dondoc_core::pack::Text) -> &str| {
        names.iter().map(|it| of(it)).collect::<Vec<_>>().join(", ")
    };
    Some(Bilingual { vi: join(|it| &it.vi), en: join(|it| &it.en) })
}

impl TraceTotal {
    /// Of no period.
    pub(crate) fn nothing() -> Self {
        Self {
            amount: None,
            why: None,
            n_expected: 0,
            n_reported: 0,
            n_missing: 0,
            n_estimated: 0,
            n_inexact: 0,
            n_weighted: 0,
        }
    }

    pub(crate) fn new(total: &Total, decimals: u8) -> Self {
        let counts = total.counts;
        Self {
            amount: total.value.ok().map(|it| AmountView::new(it, decimals)),
            why: total.value.err().map(reason),
            n_expected: counts.n_expected,
            n_reported: counts.n_reported,
            n_missing: counts.n_missing,
            n_estimated: counts.n_estimated,
            n_inexact: counts.n_inexact,
            n_weighted: total.through_weights.map_or(0, |it| it.1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_rounded_to_thousandths() {
        assert_eq!(permille([1, 3]), Some(333));
        assert_eq!(permille([2, 3]), Some(667));
        assert_eq!(permille([1, 2000]), Some(1));
        assert_eq!(permille([5, 5]), Some(1000));
        assert_eq!(permille([0, 0]), None);
        assert_eq!(permille([-1, 5]), None);
    }
}
