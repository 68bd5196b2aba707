//! `/api/units`: who reports to whom, on a day.

use axum::Json;
use dondoc_core::unit::{Change, Former, Line, Moment, UnitId, Units, Validity, What};
use dondoc_ledger::{Ledger, LedgerError};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    ApiError,
    ask::{self, line},
    desk::Desk,
    extract::{Asked, Id},
    refusals::Refusals,
};

/// No list of hits is longer.
const MAX_HITS: usize = 100;

/// Which units are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct UnitsAsked {
    /// A name or a code, or its beginning, now or in the past; blind to accents and case, and more words may say where
    /// (`tan an, tay ninh`). Without it: what stands under `under`.
    q: Option<String>,
    /// Instead of a search: these units by number, with commas between; also those that are no more.
    id: Option<String>,
    /// The day that counts; today if nothing is said.
    #[param(value_type = Option<String>, format = Date)]
    on: Option<String>,
    /// `state` (if nothing is said), `party`, `military` or `front`.
    line: Option<String>,
    /// A unit; without `q` its children, with it all below it. Without both: the roots.
    under: Option<u32>,
}

/// Units on a day.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UnitList {
    /// The day.
    #[schema(format = Date)]
    on: String,
    /// Of a search best first, else in the official order.
    items: Vec<UnitHit>,
    /// Whether there are more hits than are listed.
    more: bool,
}

/// A unit in a list, with what it was.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UnitHit {
    #[serde(flatten)]
    unit: UnitView,
    /// Of a search that hit a name of the past: that name.
    formerly: Option<FormerView>,
    /// The name of the unit above it in the line.
    parent_name: Option<String>,
    /// What it is made of, wholly or in part.
    predecessors: Vec<PredecessorView>,
}

/// A name that nobody has any more.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FormerView {
    /// Who had it: the unit itself before it was renamed, or one that went over to it.
    unit: u32,
    name: String,
    #[schema(format = Date)]
    last_day: Option<String>,
}

/// A unit that went over to another.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PredecessorView {
    id: u32,
    name: Option<String>,
    #[schema(format = Date)]
    last_day: Option<String>,
    /// Whether only a part of it did.
    in_part: bool,
}

/// A unit on a day.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UnitView {
    id: u32,
    /// As it is spoken: `Xã Bình An`; null on a day on which it does not exist.
    name: Option<String>,
    /// Its code on that day; codes are given to other units later, and are no keys.
    code: Option<String>,
    kind: Option<KindView>,
    /// The unit above it in the line.
    parent: Option<u32>,
    /// Whether there are units under it in the line.
    has_children: bool,
}

/// What a unit is.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct KindView {
    code: &'static str,
    vi: &'static str,
    en: &'static str,
}

/// A unit with all that was.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UnitDetail {
    #[serde(flatten)]
    unit: UnitView,
    /// The first day; null if no source says.
    #[schema(format = Date)]
    founded_on: Option<String>,
    /// The last day; null while it lives.
    #[schema(format = Date)]
    last_day: Option<String>,
    /// From the one above it to the root, on that day.
    above: Vec<UnitView>,
    names: Vec<SpanView>,
    codes: Vec<SpanView>,
    /// What it is made of, wholly or in part.
    predecessors: Vec<UnitView>,
    /// What became of it.
    successors: Vec<UnitView>,
    history: Vec<ChangeView>,
}

/// A name or code, and when it held.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SpanView {
    value: String,
    #[schema(format = Date)]
    from: Option<String>,
    #[schema(format = Date)]
    last_day: Option<String>,
}

/// Something that happened.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChangeView {
    /// `found`, `rename`, `recode`, `merge`, `split` …
    what: &'static str,
    /// To which unit.
    unit: u32,
    /// The day from which it is taken to be so; null since ever.
    #[schema(format = Date)]
    on: Option<String>,
    /// Where no source says the day: the last one on which it was not yet so.
    #[schema(format = Date)]
    not_before: Option<String>,
    /// To which units it went over.
    into: Vec<u32>,
    /// Who says so.
    source: String,
}

/// Units by name or code, or in their tree.
#[utoipa::path(
    get, path = "/api/units", tag = "units", params(UnitsAsked),
    responses((status = 200, body = UnitList), Refusals)
)]
pub(crate) async fn list(
    desk: Desk,
    Asked(asked): Asked<UnitsAsked>,
) -> Result<Json<UnitList>, ApiError> {
    let on = ask::day("on", asked.on)?.unwrap_or_else(|| desk.today());
    let line = line(asked.line.as_deref())?.unwrap_or(Line::State);
    let (q, under) = (ask::some(asked.q), asked.under.map(UnitId));
    let ids = ask::some(asked.id).map(|it| ask::units(&it)).transpose()?;
    desk.consult(move |ledger| {
        let units = ledger.look(|books| std::sync::Arc::clone(&books.units));
        let mut found: Vec<(UnitId, Option<Former>)> = match (&q, ids) {
            (Some(q), _) => search(&units, q, (on, line, under)),
            (None, Some(ids)) => ids.into_iter().map(|unit| (unit, None)).collect(),
            (None, None) => {
                let them = children(&units, (on, line, under))?.into_iter();
                them.map(|unit| (unit, None)).collect()
            }
        };
        let more = q.is_some() && found.len() > MAX_HITS;
        if more {
            found.truncate(MAX_HITS);
        }
        let hits = found.into_iter();
        let items = hits.filter_map(|(unit, former)| hit(&units, unit, former, (on, line)));
        let items = items.collect();
        Ok::<_, LedgerError>(Json(UnitList { on: on.to_string(), items, more }))
    })
    .await
}

/// A unit with its names, codes, predecessors and successors.
#[utoipa::path(
    get, path = "/api/units/{id}", tag = "units",
    params(("id" = u32, Path, description = "The unit"), UnitsAsked),
    responses((status = 200, body = UnitDetail), Refusals)
)]
pub(crate) async fn get(
    desk: Desk,
    Id(id): Id,
    Asked(asked): Asked<UnitsAsked>,
) -> Result<Json<UnitDetail>, ApiError> {
    let on = ask::day("on", asked.on)?.unwrap_or_else(|| desk.today());
    let line = line(asked.line.as_deref())?.unwrap_or(Line::State);
    let id = UnitId(u32::try_from(id).map_err(|_| ApiError::NotFound)?);
    let detail = desk.consult(move |ledger: &Ledger| {
        let units = ledger.look(|books| std::sync::Arc::clone(&books.units));
        Ok::<_, LedgerError>(detail(&units, id, on, line))
    });
    detail.await?.map(Json).ok_or(ApiError::NotFound)
}

fn search(
    units: &Units,
    q: &str,
    (on, line, under): (Date, Line, Option<UnitId>),
) -> Vec<(UnitId, Option<Former>)> {
    let within = |it: UnitId| under.is_none_or(|under| units.above(it, line, on).contains(&under));
    let found = units.search(q, on, MAX_HITS + 1, within);
    found.into_iter().map(|it| (it.unit, it.formerly)).collect()
}

fn hit(
    units: &Units,
    id: UnitId,
    former: Option<Former>,
    (on, line): (Date, Line),
) -> Option<UnitHit> {
    let formerly =
        former.map(|it| FormerView { unit: it.unit.0, name: it.name, last_day: text(it.last_day) });
    let predecessors = predecessors(units, id);
    let unit = view(units, id, on, line)?;
    let parent = unit.parent.and_then(|it| units.get(UnitId(it)));
    let parent_name = parent.and_then(|it| it.full_name_on(it.day_of_life(on)));
    Some(UnitHit { unit, formerly, parent_name, predecessors })
}

fn predecessors(units: &Units, id: UnitId) -> Vec<PredecessorView> {
    let went = |it: UnitId| {
        let unit = units.get(it)?;
        let history = units.history(it);
        let in_part =
            history.iter().any(|change| change.unit == it && matches!(change.what, What::Split(_)));
        let last_day = unit.life().last_day();
        let name = unit.full_name_on(unit.day_of_life(Date::MAX));
        Some(PredecessorView { id: it.0, name, last_day: text(last_day), in_part })
    };
    units.predecessors(id).into_iter().filter_map(went).collect()
}

fn children(
    units: &Units,
    (on, line, under): (Date, Line, Option<UnitId>),
) -> Result<Vec<UnitId>, LedgerError> {
    let tree = units.tree(line, on);
    let Some(under) = under else {
        let roots = (0..tree.len()).filter(|it| tree.parent(*it).is_none());
        return Ok(roots.map(|it| tree.units()[it]).collect());
    };
    let not_there = || LedgerError::NotThere { what: "unit", name: under.to_string() };
    let place = tree.place(under).ok_or_else(not_there)?;
    Ok(tree.children(place).map(|it| tree.units()[it]).collect())
}

pub(crate) fn view(units: &Units, id: UnitId, on: Date, line: Line) -> Option<UnitView> {
    let unit = units.get(id)?;
    let tree = units.tree(line, on);
    let kind = unit.kind_on(unit.day_of_life(on));
    Some(UnitView {
        id: id.0,
        name: unit.full_name_on(unit.day_of_life(on)),
        code: unit.code_on(unit.day_of_life(on)).map(str::to_owned),
        kind: kind.map(|it| KindView { code: it.code(), vi: it.vietnamese(), en: it.english() }),
        parent: unit.parent_on(line, on).flatten().map(|it| it.0),
        has_children: tree.place(id).is_some_and(|it| !tree.is_leaf(it)),
    })
}

fn detail(units: &Units, id: UnitId, on: Date, line: Line) -> Option<UnitDetail> {
    let unit = units.get(id)?;
    let views = |them: Vec<UnitId>| -> Vec<UnitView> {
        them.into_iter().filter_map(|it| view(units, it, on, line)).collect()
    };
    let span = |(value, validity): (&String, Validity)| SpanView {
        value: value.clone(),
        from: text(validity.from),
        last_day: text(validity.last_day()),
    };
    Some(UnitDetail {
        unit: view(units, id, on, line)?,
        founded_on: text(unit.life().from),
        last_day: text(unit.life().last_day()),
        above: views(units.above(id, line, on)),
        names: unit.names().iter().map(|it| span((&it.value, it.validity))).collect(),
        codes: unit.codes().iter().map(|it| span((&it.value, it.validity))).collect(),
        predecessors: views(units.predecessors(id)),
        successors: views(units.successors(id)),
        history: units.history(id).into_iter().map(ChangeView::from).collect(),
    })
}

fn text(day: Option<Date>) -> Option<String> {
    day.map(|it| it.to_string())
}

impl From<&Change> for ChangeView {
    fn from(change: &Change) -> Self {
        let not_before = match change.when {
            Moment::Between { after, .. } => Some(after.to_string()),
            _ => None,
        };
        Self {
            what: change.what.code(),
            unit: change.unit.0,
            on: text(change.when.effective()),
            not_before,
            into: change.what.successors().into_iter().map(|it| it.0).collect(),
            source: change.source.clone(),
        }
    }
}
