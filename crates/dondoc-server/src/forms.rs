//! `/api/forms/{form}`: a form of one unit and period, as it stands.

use axum::{Json, extract::Path};
use dondoc_core::{
    calendar::Calendar,
    figure::{Content, Series, Status},
    pack::{Column, Form, Indicator, Level, Pack, Row, Shows},
    period::Period,
    unit::{Kind, UnitId},
};
use dondoc_ledger::{
    Books, Ledger,
    form::{self, Part, Takes},
    rollup::{totals::Stored, value::Value},
};
use dondoc_store::{
    StoreError,
    submissions::{self, Submission, SubmissionFilter},
    targets::{self, TargetValue},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    ApiError, ask,
    desk::Desk,
    error::Bilingual,
    extract::Asked,
    guidance::{self, GuidanceView},
    numbers::{AmountView, FigureView},
    refusals::Refusals,
    reports::ReportView,
};

/// Of whom and when a form is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct FormAsked {
    unit: u32,
    /// `2025-09`.
    period: String,
    /// `final` (if nothing is said) or `estimate`.
    kind: Option<String>,
}

impl FormAsked {
    pub(crate) fn parse(&self) -> Result<(UnitId, Period, Status), ApiError> {
        let kind = ask::kind(self.kind.as_deref())?;
        Ok((UnitId(self.unit), ask::period(&self.period)?, kind))
    }
}

/// A form as it stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FormView {
    pack: String,
    form: String,
    version: u32,
    name: Bilingual,
    unit: u32,
    /// As the unit is called in that period.
    unit_name: Option<String>,
    period: String,
    /// The days that the period means by the form's closing rule; null where a round names its own.
    #[schema(format = Date)]
    from: Option<String>,
    #[schema(format = Date)]
    to: Option<String>,
    /// The last day for the final report; null where none is set or days off are not known.
    #[schema(format = Date)]
    due: Option<String>,
    /// Whether all days off until then are announced; if not, it may come later, never earlier.
    due_is_sure: bool,
    /// The report, if one was begun.
    report: Option<ReportView>,
    /// `open`, `draft`, `submitted`, `returned`, `approved` or `locked`.
    state: &'static str,
    /// The newest block of figures.
    moment: i64,
    columns: Vec<ColumnView>,
    rows: Vec<RowView>,
}

/// A column of a form.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ColumnView {
    number: String,
    title: Bilingual,
    /// `value`, `numerator`, `denominator`, `period_before`, `year_before`, `year_to_date`, `plan` or `note`.
    #[schema(value_type = String)]
    shows: Shows,
}

/// A row of a form.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RowView {
    number: String,
    /// What is printed; null of rows that show their indicator or option.
    title: Option<Bilingual>,
    /// As it is shown: the title, or else the name of the option or indicator.
    name: Bilingual,
    /// Null of headings.
    indicator: Option<String>,
    option: Option<String>,
    measure: Option<String>,
    /// The unit of measure as printed: that of the option, where it has its own.
    printed_measure: Option<String>,
    decimals: u8,
    /// What the row counts, how and by which document; null of headings.
    guidance: Option<GuidanceView>,
    /// Off until its owner confirms it; takes no figures.
    is_off: bool,
    cells: Vec<FormCell>,
}

/// A cell of a form.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FormCell {
    /// `input`, `sum`, `share`, `derived`, `given`, `note` or `nothing`.
    takes: &'static str,
    /// Of a share: which part of `figure` stands here; else null.
    part: Option<&'static str>,
    /// What stands in it; null is missing.
    figure: Option<FigureView>,
    /// Of a target.
    target: Option<AmountView>,
    /// The indicator and option that it is for; null of headings and notes.
    series: Option<FormSeriesView>,
    /// Of a cell that is typed in: what stood there the period before.
    before: Option<FigureView>,
    /// Of a cell that is typed in: what stood there in the same period of the year before.
    year_before: Option<FigureView>,
    /// Of a cell that is typed in: its target.
    plan: Option<AmountView>,
}

/// What a cell is for.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FormSeriesView {
    indicator: String,
    option: Option<String>,
}

/// A form with its values, those beside it, its state and its deadline.
#[utoipa::path(
    get, path = "/api/forms/{form}", tag = "forms",
    params(("form" = String, Path, description = "The form: `B01-XA`"), FormAsked),
    responses((status = 200, body = FormView), Refusals)
)]
pub(crate) async fn get(
    desk: Desk,
    Path(code): Path<String>,
    Asked(asked): Asked<FormAsked>,
) -> Result<Json<FormView>, ApiError> {
    let (unit, period, kind) = asked.parse()?;
    desk.over(unit)?;
    let scope = desk.scope();
    desk.consult(move |ledger| {
        ledger.refresh()?;
        ledger.within(scope.bound()).must_see(unit)?;
        let beside = Beside::find(ledger, (&code, unit, period, kind))?;
        ledger.look(|books| {
            let (pack, form) = books.programmes.form(&code).ok_or(ApiError::NotFound)?;
            books.units.get(unit).ok_or(ApiError::NotFound)?;
            let sheet = Sheet { books, pack, form, unit, period, beside: &beside };
            Ok::<_, ApiError>(Json(sheet.view()))
        })
    })
    .await
}

/// What the store knows beside the figures in the books.
pub(crate) struct Beside {
    submission: Option<Submission>,
    targets: Vec<(Series, Value)>,
    /// What registers come to for the event that is reported on.
    counted: Vec<(Series, Content)>,
}

impl Beside {
    pub(crate) fn find(
        ledger: &Ledger,
        (form, unit, period, kind): (&str, UnitId, Period, Status),
    ) -> Result<Self, ApiError> {
        let filter = SubmissionFilter {
            unit: Some(unit),
            period: Some(period),
            form: Some(form),
            state: None,
        };
        let (submission, kept) = ledger.store().read(|tx| -> Result<_, StoreError> {
            let found = submissions::list(tx, &filter, 2)?;
            let submission = found.into_iter().find(|it| it.kind == kind);
            Ok((submission, targets::of(tx, unit, period)?))
        })?;
        // First to last: the last of a series is in force.
        let mut targets: Vec<(Series, Value)> = Vec::new();
        for it in kept {
            let value = match it.target.value {
                TargetValue::Value(value) => Value::Number(value.into()),
                TargetValue::Ratio { numerator, denominator } => {
                    Value::Ratio { numerator: numerator.into(), denominator: denominator.into() }
                }
            };
            targets.retain(|(series, _)| *series != it.target.series);
            targets.push((it.target.series, value));
        }
        let counted = ledger.counted_of_event(form, (unit, period))?;
        Ok(Self { submission, targets, counted })
    }
}

/// A form with all that it takes to fill it in.
struct Sheet<'a> {
    books: &'a Books,
    pack: &'a Pack,
    form: &'a Form,
    unit: UnitId,
    period: Period,
    beside: &'a Beside,
}

impl Sheet<'_> {
    fn view(&self) -> FormView {
        let Self { books, form, unit, period, .. } = *self;
        let days = period.days(form.closing);
        let due = due(books, form, (unit, period));
        let report = self.beside.submission.as_ref();
        let state = report.map_or("open", |it| it.standing.state().code());
        FormView {
            pack: self.pack.pack.code.clone(),
            form: form.code.clone(),
            version: form.version,
            name: (&form.name).into(),
            unit: unit.0,
            unit_name: name_in(books, unit, period),
            period: period.to_string(),
            from: days.map(|it| it.0.to_string()),
            to: days.map(|it| it.1.to_string()),
            due: due.map(|it| it.on.to_string()),
            due_is_sure: due.is_some_and(|it| it.sure),
            report: report.map(ReportView::from),
            state,
            moment: books.last.0,
            columns: form.columns.iter().map(ColumnView::from).collect(),
            rows: form.rows.iter().map(|it| self.row(it)).collect(),
        }
    }

    fn row(&self, row: &Row) -> RowView {
        let indicator = row.indicator.as_deref().and_then(|it| self.pack.indicator(it));
        RowView {
            number: row.number.clone(),
            title: row.title.as_ref().map(Bilingual::from),
            name: guidance::name(self.pack, row, indicator),
            indicator: row.indicator.clone(),
            option: row.option.clone(),
            measure: indicator.map(|it| it.measure.clone()),
            printed_measure: guidance::measure(self.pack, row, indicator),
            decimals: indicator.map_or(0, |it| it.decimals),
            guidance: indicator.map(|it| GuidanceView::new(self.pack, it)),
            is_off: indicator.is_some_and(|it| !self.books.programmes.is_on(it)),
            cells: self.form.columns.iter().map(|it| self.cell(row, it, indicator)).collect(),
        }
    }

    fn cell(&self, row: &Row, column: &Column, indicator: Option<&Indicator>) -> FormCell {
        let takes = form::cell(self.pack, row, column);
        let Some(indicator) = indicator else { return FormCell::empty("nothing") };
        let of = |series: &Series| Of { sheet: self, series: series.clone(), indicator };
        match &takes {
            Takes::Nothing => FormCell::empty("nothing"),
            Takes::Note => FormCell::empty("note"),
            Takes::Input(series, part) => of(series).typed(*part),
            Takes::Sum(series, part) => of(series).shown("sum", Some(*part)),
            Takes::Derived(series, part) => of(series).shown("derived", Some(*part)),
            Takes::Share(series) => of(series).shown("share", None),
            Takes::Given(series, shows) => of(series).given(*shows),
        }
    }
}

/// What a cell is for, on its sheet.
struct Of<'a> {
    sheet: &'a Sheet<'a>,
    series: Series,
    indicator: &'a Indicator,
}

impl Of<'_> {
    fn own(&self, period: Option<Period>) -> Option<FigureView> {
        let stored: Stored = self.sheet.books.own(self.sheet.unit, &self.series, period?)?;
        Some(FigureView::of(stored, self.indicator))
    }

    /// What the registers come to; it goes with the report if nobody types anything else.
    fn counted(&self) -> Option<FigureView> {
        let (_, content) = *self.sheet.beside.counted.iter().find(|it| it.0 == self.series)?;
        let stored = Stored { content, is_estimate: false, is_inexact: false };
        Some(FigureView::of(stored, self.indicator))
    }

    fn target(&self) -> Option<AmountView> {
        let set = self.sheet.beside.targets.iter().find(|it| it.0 == self.series);
        set.map(|it| AmountView::new(it.1, self.indicator.decimals))
    }

    fn shown(&self, takes: &'static str, part: Option<Part>) -> FormCell {
        let Series { indicator, option } = self.series.clone();
        FormCell {
            part: part.and_then(part_code),
            figure: self.own(Some(self.sheet.period)).or_else(|| self.counted()),
            series: Some(FormSeriesView { indicator, option }),
            ..FormCell::empty(takes)
        }
    }

    fn typed(&self, part: Part) -> FormCell {
        FormCell {
            before: self.own(self.sheet.period.before()),
            year_before: self.own(self.sheet.period.year_before()),
            plan: self.target(),
            ..self.shown("input", Some(part))
        }
    }

    fn given(&self, shows: Shows) -> FormCell {
        let Sheet { books, unit, period, .. } = *self.sheet;
        let mut cell = FormCell { figure: None, ..self.shown("given", None) };
        match shows {
            Shows::PeriodBefore => cell.figure = self.own(period.before()),
            Shows::YearBefore => cell.figure = self.own(period.year_before()),
            Shows::YearToDate => {
                let so_far = books.year_to_date(unit, &self.series, period);
                cell.figure = so_far.map(|it| FigureView::of(it, self.indicator));
            }
            Shows::Plan => cell.target = self.target(),
            _ => {}
        }
        cell
    }
}

impl FormCell {
    fn empty(takes: &'static str) -> Self {
        Self {
            takes,
            part: None,
            figure: None,
            target: None,
            series: None,
            before: None,
            year_before: None,
            plan: None,
        }
    }
}

fn part_code(part: Part) -> Option<&'static str> {
    match part {
        Part::Value => None,
        Part::Numerator => Some("numerator"),
        Part::Denominator => Some("denominator"),
    }
}

/// As a unit is called on the closing day of a period.
pub(crate) fn name_in(books: &Books, unit: UnitId, period: Period) -> Option<String> {
    let unit = books.units.get(unit)?;
    unit.full_name_on(unit.day_of_life(books.day_of(period)))
}

/// The last day of a form for a unit and period; `None` where none is set or days off are not known.
pub(crate) fn due(
    books: &Books,
    form: &Form,
    (unit, period): (UnitId, Period),
) -> Option<dondoc_core::calendar::Due> {
    let day = books.day_of(period);
    let level = books.units.get(unit)?.kind_on(day).and_then(Kind::level);
    let level = match level {
        Some(dondoc_core::unit::Level::Commune) => Level::Commune,
        _ => Level::Province,
    };
    let calendar: &Calendar = crate::completeness::calendar()?;
    form.deadline(level, period)?.due(period, form.closing, calendar).ok().flatten()
}

impl From<&Column> for ColumnView {
    fn from(it: &Column) -> Self {
        Self { number: it.number.clone(), title: (&it.title).into(), shows: it.shows }
    }
}
