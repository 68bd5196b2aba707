//! A rehearsal, as it is sent.

use dondoc_core::{
    problem::Language,
    unit::{ChangeRequest, Flaw, Line, UnitId, Units},
};
use dondoc_ledger::{
    Books, Ledger, Sight,
    rehearse::{Rehearsal, Row, Unequal},
    rollup::{total::Total, value::Value},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::reach::ReachView;
use crate::{
    error::Bilingual,
    numbers::AmountView,
    units::{self, ChangeView, UnitView},
};

/// What a change of units would do.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RehearsalView {
    /// What was asked for.
    change: ChangeRequest,
    /// Of the change and of what it was planned on: what is done, or confirmed by a second person, has the same.
    digest: String,
    /// Whether nothing stands against it.
    may_be_done: bool,
    /// The day on which today's tree is looked at: today, or the day of the change if that is later.
    #[schema(format = Date)]
    day: String,
    /// The newest block that was looked at.
    block: i64,
    /// What would be kept.
    changes: Vec<ChangeView>,
    /// The units of the change as they are today, and as they would be.
    units: Vec<ConcernedView>,
    /// What would not fit together.
    flaws: Vec<FlawView>,
    /// Where the figures of each unit that goes would lie.
    shares: Vec<SharedView>,
    balance: BalanceView,
    rows: Vec<RehearsedRowView>,
    /// Figures that have no place in the totals, as it is and as it would be.
    n_homeless_before: u64,
    n_homeless_after: u64,
    owed: Vec<ReachedReportView>,
    reach: ReachView,
    #[serde(skip)]
    n_before: usize,
}

/// A unit of a change.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ConcernedView {
    id: u32,
    /// As it is; null if it would only be founded.
    before: Option<UnitView>,
    /// As it would be; null if it would be gone.
    after: Option<UnitView>,
}

/// Something that would not fit together.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FlawView {
    /// `same_code`
    code: &'static str,
    /// `error`: the change can't be done; `warning`: totals are less exact.
    severity: &'static str,
    unit: u32,
    name: Option<String>,
    other: Option<u32>,
    other_name: Option<String>,
    words: Bilingual,
}

/// Where the figures of a unit would lie.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SharedView {
    unit: u32,
    name: Option<String>,
    parts: Vec<RehearsedPartView>,
}

/// A share of a unit's figures.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RehearsedPartView {
    unit: u32,
    name: Option<String>,
    numerator: i64,
    denominator: i64,
    /// Whether a weight decided.
    estimated: bool,
    /// Whether the weight was unknown, so that all parts count the same.
    fell_back: bool,
}

/// Whether everything adds up to the same afterwards.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BalanceView {
    /// Totals of the units above that were compared: all series, all periods, through either tree.
    n_above: u64,
    /// Sums over the units of the change that were compared.
    n_within: u64,
    /// How many are not the same.
    n_unequal: u64,
    /// The first of those.
    unequal: Vec<RehearsedRowView>,
}

/// A total before and after.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RehearsedRowView {
    /// Null: over all units of the change.
    unit: Option<u32>,
    name: Option<String>,
    indicator: String,
    option: Option<String>,
    indicator_name: Option<Bilingual>,
    period: String,
    /// `as_then` or `as_now`.
    view: &'static str,
    /// As it is; null if there is nothing.
    before: Option<AmountView>,
    /// As it would be.
    after: Option<AmountView>,
    /// Whether something of it was shared by a weight, before or after.
    estimated: bool,
    /// The unit of measure.
    measure: Option<String>,
}

/// Reports that a unit owes in the year from the day of the change.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReachedReportView {
    form: String,
    form_name: Option<Bilingual>,
    unit: u32,
    name: Option<String>,
    n_before: u32,
    n_after: u32,
}

impl RehearsalView {
    pub(super) fn new(
        ledger: &Ledger,
        request: &ChangeRequest,
        it: &Rehearsal,
        (reach, digest): (ReachView, String),
    ) -> Self {
        ledger.look(|books| {
            let after = books.units.with(it.changes.clone());
            let words = Words { books, after: &after, day: it.day };
            Self {
                change: request.clone(),
                digest,
                may_be_done: it.may_be_done(),
                day: it.day.to_string(),
                block: it.moment.0,
                changes: it.changes.iter().map(ChangeView::from).collect(),
                units: it.units.iter().map(|it| words.concerned(*it)).collect(),
                flaws: it.flaws.iter().map(|it| words.flaw(it)).collect(),
                shares: it
                    .shares
                    .iter()
                    .map(|(unit, shares)| words.shared(*unit, shares))
                    .collect(),
                balance: BalanceView {
                    n_above: it.balance.n_above,
                    n_within: it.balance.n_within,
                    n_unequal: it.balance.n_unequal,
                    unequal: it.balance.unequal.iter().map(|it| words.unequal(it)).collect(),
                },
                rows: it.rows.iter().map(|it| words.row(it)).collect(),
                n_homeless_before: it.n_homeless.0,
                n_homeless_after: it.n_homeless.1,
                owed: it.owed.iter().map(|it| words.owed(it)).collect(),
                reach,
                n_before: it.n_before,
            }
        })
    }

    pub(super) fn request(&self) -> &ChangeRequest {
        &self.change
    }

    pub(super) fn may_be_done(&self) -> bool {
        self.may_be_done
    }

    pub(super) fn n_before(&self) -> usize {
        self.n_before
    }
}

/// What numbers and codes are called.
struct Words<'a> {
    books: &'a Books,
    after: &'a Units,
    day: jiff::civil::Date,
}

impl Words<'_> {
    fn name(&self, unit: UnitId) -> Option<String> {
        name_of(self.after, unit, self.day)
    }

    fn concerned(&self, unit: UnitId) -> ConcernedView {
        let lives = |units: &Units| units.get(unit).is_some_and(|it| it.life().contains(self.day));
        let before = lives(&self.books.units);
        let view = |units: &Units| units::view(units, unit, self.day, Line::State);
        ConcernedView {
            id: unit.0,
            before: before.then(|| view(&self.books.units)).flatten(),
            after: lives(self.after).then(|| view(self.after)).flatten(),
        }
    }

    fn flaw(&self, it: &Flaw) -> FlawView {
        let other = it.kind.other();
        FlawView {
            code: it.kind.code(),
            severity: match it.kind.severity() {
                dondoc_core::pack::Severity::Error => "error",
                dondoc_core::pack::Severity::Warning => "warning",
            },
            unit: it.unit.0,
            name: self.name(it.unit),
            other: other.map(|it| it.0),
            other_name: other.and_then(|it| self.name(it)),
            words: Bilingual {
                vi: it.kind.say(Language::Vietnamese).to_owned(),
                en: it.kind.say(Language::English).to_owned(),
            },
        }
    }

    fn shared(&self, unit: UnitId, shares: &[dondoc_core::unit::Share]) -> SharedView {
        let part = |it: &dondoc_core::unit::Share| RehearsedPartView {
            unit: it.unit.0,
            name: self.name(it.unit),
            numerator: it.numerator,
            denominator: it.denominator,
            estimated: it.estimated,
            fell_back: it.fell_back,
        };
        let parts = shares.iter().map(part).collect();
        SharedView { unit: unit.0, name: self.name(unit), parts }
    }

    fn row(&self, it: &Row) -> RehearsedRowView {
        let value = |it: &Option<Total>| it.as_ref().and_then(|it| it.value.ok());
        let is_shared = |it: &Option<Total>| {
            it.as_ref().is_some_and(|it| it.through_weights.is_some_and(|it| it.1 > 0))
        };
        let values = (value(&it.before), value(&it.after));
        let mut view = self.line(Some(it.unit), (&it.series, it.period), it.sight, values);
        view.estimated = is_shared(&it.before) || is_shared(&it.after);
        view
    }

    fn unequal(&self, it: &Unequal) -> RehearsedRowView {
        self.line(it.unit, (&it.series, it.period), it.sight, (it.before, it.after))
    }

    fn line(
        &self,
        unit: Option<UnitId>,
        (series, period): (&dondoc_core::figure::Series, dondoc_core::period::Period),
        sight: Sight,
        (before, after): (Option<Value>, Option<Value>),
    ) -> RehearsedRowView {
        let indicator = self.books.programmes.indicator(&series.indicator);
        let number = |value: Option<Value>| Some(AmountView::new(value?, indicator?.decimals));
        RehearsedRowView {
            unit: unit.map(|it| it.0),
            name: unit.and_then(|it| self.name(it)),
            indicator: series.indicator.clone(),
            option: series.option.clone(),
            indicator_name: indicator.map(|it| Bilingual::from(&it.name)),
            period: period.to_string(),
            view: if sight == Sight::AsThen { "as_then" } else { "as_now" },
            before: number(before),
            after: number(after),
            estimated: false,
            measure: indicator.map(|it| it.measure.clone()),
        }
    }

    fn owed(&self, it: &dondoc_ledger::rehearse::Owed) -> ReachedReportView {
        ReachedReportView {
            form: it.form.clone(),
            form_name: self.books.programmes.form(&it.form).map(|it| Bilingual::from(&it.1.name)),
            unit: it.unit.0,
            name: self.name(it.unit),
            n_before: it.n_before,
            n_after: it.n_after,
        }
    }
}

/// What a unit is called on a day, or was called last.
pub(crate) fn name_of(units: &Units, unit: UnitId, day: jiff::civil::Date) -> Option<String> {
    let unit = units.get(unit)?;
    unit.full_name_on(unit.day_of_life(day))
}
