//! `/api/board`: who has handed in what for a period, units by forms.

use std::collections::{BTreeMap, BTreeSet};

use axum::Json;
use dondoc_core::{
    pack::Form,
    period::Period,
    submission::SubmissionState,
    unit::{Kind, Level, Line, Unit, UnitId},
};
use dondoc_ledger::{
    Books,
    owed::{Asked as Question, Owed, Timing},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{kind_code, question};
use crate::{
    ApiError, ask, desk::Desk, error::Bilingual, extract::Asked, forms::name_in, refusals::Refusals,
};

/// Which period is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct BoardAsked {
    /// The month that closed last if nothing is said.
    period: Option<String>,
}

/// Who has handed in what.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BoardView {
    #[schema(format = Date)]
    today: String,
    /// The period shown; null where nothing is owed at all.
    period: Option<String>,
    /// All periods that anything is owed for, the latest first.
    periods: Vec<String>,
    forms: Vec<BoardForm>,
    /// The units that have something to report, in the official order.
    units: Vec<BoardRow>,
}

/// A form, with what came of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BoardForm {
    form: String,
    name: Bilingual,
    /// Who fills it in and for whom.
    route: Bilingual,
    /// `final` or `estimate`.
    kind: &'static str,
    /// The days that the period means by the form's closing rule.
    #[schema(format = Date)]
    from: Option<String>,
    #[schema(format = Date)]
    to: Option<String>,
    /// The last day of the first unit that has one.
    #[schema(format = Date)]
    due: Option<String>,
    due_is_sure: bool,
    n_expected: usize,
    /// Handed in, in time or late.
    n_handed_in: usize,
    /// Handed in by the last day, or without one.
    n_in_time: usize,
    /// Not handed in, and the last day is over.
    n_late: usize,
    n_approved: usize,
}

/// A unit's line.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BoardRow {
    unit: u32,
    name: Option<String>,
    /// The unit between this one and the province, today or, since there are none, the one that there was last.
    cluster: Option<String>,
    /// One for each form; null where the unit has nothing to do with it.
    cells: Vec<Option<BoardCell>>,
}

/// How far a unit's report of a form has come.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BoardCell {
    /// `not_started`, `draft`, `returned`, `submitted`, `approved` or `locked`.
    state: &'static str,
    /// To be handed in, and its last day is over.
    is_late: bool,
    /// By how many days it is late, or came late.
    days_late: Option<u32>,
    working_days_left: Option<u32>,
    /// Its period is closed for the unit.
    is_closed: bool,
    report: Option<i64>,
    #[schema(format = Date)]
    handed_in_on: Option<String>,
}

/// Who has handed in what for a period: units by forms.
#[utoipa::path(
    get, path = "/api/board", tag = "reports", params(BoardAsked),
    responses((status = 200, body = BoardView), Refusals)
)]
pub(crate) async fn get(
    desk: Desk,
    Asked(asked): Asked<BoardAsked>,
) -> Result<Json<BoardView>, ApiError> {
    let period = ask::some(asked.period).map(|it| ask::period(&it)).transpose()?;
    let (today, scope) = (desk.today(), desk.scope());
    desk.consult(move |ledger| {
        let concerns = |it: UnitId| scope.covers(it);
        let everything: Question<'_> = question(today, &concerns)?;
        let all = ledger.within(scope.bound()).owed(&everything)?;
        Ok::<_, ApiError>(Json(ledger.look(|books| view(books, &all, (period, today)))))
    })
    .await
}

fn view(books: &Books, all: &[Owed], (period, today): (Option<Period>, Date)) -> BoardView {
    // Of several forms the last day counts: an estimate is due before the period is over.
    let mut last_days: BTreeMap<Period, Date> = BTreeMap::new();
    for owed in all {
        let day = last_days.entry(owed.expected.period).or_insert_with(|| closes(owed));
        *day = closes(owed).max(*day);
    }
    let mut periods: Vec<(Date, Period)> = last_days.into_iter().map(|it| (it.1, it.0)).collect();
    periods.sort_unstable();
    periods.reverse();
    let closed = periods.iter().filter(|it| it.0 <= today);
    let month = |it: &&(Date, Period)| matches!(it.1, Period::Month { .. });
    let last = closed.clone().find(month).or_else(|| closed.clone().next());
    let shown = period.or_else(|| last.or(periods.first()).map(|it| it.1));
    let of_period: Vec<&Owed> = all.iter().filter(|it| Some(it.expected.period) == shown).collect();
    let columns: BTreeSet<(&str, &'static str)> = of_period.iter().map(|it| column(it)).collect();
    let columns: Vec<(&str, &'static str)> = in_order(books, columns);
    let mut rows: BTreeMap<(u32, u32), Vec<Option<BoardCell>>> = BTreeMap::new();
    for owed in &of_period {
        let unit = owed.expected.unit;
        let rank = books.units.get(unit).map_or(u32::MAX, Unit::rank);
        let empty = || columns.iter().map(|_| None).collect();
        let row = rows.entry((rank, unit.0)).or_insert_with(empty);
        if let Some(at) = columns.iter().position(|it| *it == column(owed)) {
            row[at] = Some(BoardCell::from(*owed));
        }
    }
    let form = |it: &(&str, &'static str)| BoardForm::new(books, *it, &of_period);
    let row = |((_, unit), cells)| BoardRow {
        unit,
        name: shown.and_then(|it| name_in(books, UnitId(unit), it)),
        cluster: shown.and_then(|it| cluster(books, UnitId(unit), books.day_of(it))),
        cells,
    };
    BoardView {
        today: today.to_string(),
        period: shown.map(|it| it.to_string()),
        periods: periods.iter().map(|it| it.1.to_string()).collect(),
        forms: columns.iter().filter_map(form).collect(),
        units: rows.into_iter().map(row).collect(),
    }
}

/// The day on which the period of a report closes: its final report is taken from then on.
fn closes(owed: &Owed) -> Date {
    owed.expected.opens.max(owed.expected.due.map_or(owed.expected.opens, |it| it.on))
}

fn column(owed: &Owed) -> (&str, &'static str) {
    (owed.expected.form.as_str(), kind_code(owed.expected.kind))
}

/// Forms as they stand in their packs, an estimate before the final report.
fn in_order<'a>(
    books: &Books,
    columns: BTreeSet<(&'a str, &'static str)>,
) -> Vec<(&'a str, &'static str)> {
    let mut columns: Vec<_> = columns.into_iter().collect();
    let forms = || books.programmes.packs().iter().flat_map(|it| &it.forms);
    columns.sort_by_key(|(form, kind)| (forms().position(|it| it.code == *form), *kind));
    columns
}

/// The unit between a unit and its province on a day; where there is none, the one that there was last, for the unit itself
/// or for one that went over to it.
fn cluster(books: &Books, unit: UnitId, day: Date) -> Option<String> {
    let between = |id: UnitId, on: Date| {
        let found = books.units.get(id)?;
        let on = found.day_of_life(on);
        let is_between = !matches!(found.kind_on(on)?.level()?, Level::Province | Level::Commune);
        is_between.then(|| found.full_name_on(on)).flatten()
    };
    let of = |id: UnitId| {
        let spans = books.units.get(id)?.parents(Line::State);
        spans.iter().rev().find_map(|it| between(it.value?, day))
    };
    let is_commune =
        books.units.get(unit)?.kind_on(day).and_then(Kind::level) == Some(Level::Commune);
    if !is_commune {
        return None;
    }
    of(unit).or_else(|| books.units.predecessors(unit).into_iter().find_map(of))
}

impl BoardForm {
    fn new(books: &Books, it: (&str, &'static str), of_period: &[&Owed]) -> Option<Self> {
        let form: &Form = books.programmes.form(it.0)?.1;
        let of: Vec<&&Owed> = of_period.iter().filter(|owed| column(owed) == it).collect();
        let first = of.first()?;
        let days = first.expected.period.days(form.closing);
        let due = of.iter().find_map(|it| it.expected.due);
        let n = |is: &dyn Fn(&Owed) -> bool| of.iter().filter(|it| is(it)).count();
        Some(Self {
            form: form.code.clone(),
            name: (&form.name).into(),
            route: (&form.route).into(),
            kind: it.1,
            from: days.map(|it| it.0.to_string()),
            to: days.map(|it| it.1.to_string()),
            due: due.map(|it| it.on.to_string()),
            due_is_sure: due.is_some_and(|it| it.sure),
            n_expected: of.len(),
            n_handed_in: n(&Owed::is_done),
            n_in_time: n(&|it| matches!(it.timing, Timing::HandedIn { late_by: None, .. })),
            n_late: n(&|it| matches!(it.timing, Timing::Late { .. })),
            n_approved: n(&|it| {
                matches!(it.state(), Some(SubmissionState::Approved | SubmissionState::Locked))
            }),
        })
    }
}

impl From<&Owed> for BoardCell {
    fn from(owed: &Owed) -> Self {
        let (days_late, working_days_left, handed_in_on) = super::timing(owed);
        Self {
            state: super::state_code(owed),
            is_late: matches!(owed.timing, Timing::Late { .. }),
            days_late,
            working_days_left,
            is_closed: owed.is_locked,
            report: owed.received.as_ref().map(|it| it.submission_id),
            handed_in_on,
        }
    }
}
