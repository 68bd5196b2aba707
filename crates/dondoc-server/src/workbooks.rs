//! `/api/forms/{form}/workbook`, `/api/forms/workbook`: the official form as an Excel workbook, out and back in.

use axum::{
    Json,
    body::Bytes,
    extract::Path,
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use dondoc_core::{
    figure::{Content, Figure, Qualifier, Source, Status},
    period::Period,
    unit::UnitId,
};
use dondoc_exchange::workbook::{self, Filled, Paper};
use dondoc_ledger::{Batch, Books, Ledger, rollup::totals::Stored};
use dondoc_store::targets::{self, TargetValue};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use utoipa::{IntoParams, ToSchema};

use crate::{
    ApiError, ask,
    desk::Desk,
    extract::Asked,
    faults::{FaultPlace, FaultView},
    forms::{FormAsked, name_in},
    handing::{Handed, key},
    numbers::FigureView,
    refusals::Refusals,
};

/// The most that a workbook may weigh.
pub(crate) const MAX_WORKBOOK_BYTES: usize = 16 << 20;
const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// How a workbook comes back.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct WorkbookAsked {
    /// The form that it should be.
    form: String,
    unit: u32,
    /// `2025-09`.
    period: String,
    /// `final` (if nothing is said) or `estimate`.
    kind: Option<String>,
    /// Hands it in, if nothing is wrong; otherwise it is only read.
    #[serde(default)]
    save: bool,
}

/// What a workbook says.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WorkbookView {
    /// How many figures stand in it.
    n_figures: usize,
    /// Every cell of the form that something stands in, readable or not.
    written: Vec<WrittenView>,
    /// Where it differs from what is in force.
    differences: Vec<DifferenceView>,
    findings: Vec<FaultView>,
    /// Rows of the form that the sheet no longer has; their figures stay as they are.
    rows_not_there: Vec<String>,
    /// Numbers outside of the form's cells, which are not taken.
    not_taken: Vec<FaultPlace>,
    /// Whether the stamp of the form was there; else it was known by its heading.
    is_stamped: bool,
    /// The receipt, if it was handed in.
    #[schema(value_type = Option<Object>)]
    receipt: Option<Value>,
}

/// What stands in a cell of the form.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WrittenView {
    /// The row as printed.
    row: String,
    /// The column as printed.
    column: String,
    /// A number in the one way that it can be read; what is none, as it stands there.
    text: String,
    /// Where it stands in the workbook.
    place: FaultPlace,
}

/// A cell of a workbook before and after.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DifferenceView {
    indicator: String,
    option: Option<String>,
    place: FaultPlace,
    /// In force now.
    before: Option<FigureView>,
    /// In the workbook; null where a figure was cleared.
    after: Option<FigureView>,
}

/// The form as a workbook, filled in with what is in force.
#[utoipa::path(
    get, path = "/api/forms/{form}/workbook", tag = "forms",
    params(("form" = String, Path, description = "The form: `B01-XA`"), FormAsked),
    responses(
        (status = 200, description = "The workbook",
         content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        Refusals,
    )
)]
pub(crate) async fn get(
    desk: Desk,
    Path(code): Path<String>,
    Asked(asked): Asked<FormAsked>,
) -> Result<Response, ApiError> {
    let (unit, period, kind) = asked.parse()?;
    desk.over(unit)?;
    let scope = desk.scope();
    desk.consult(move |ledger| {
        ledger.refresh()?;
        ledger.within(scope.bound()).must_see(unit)?;
        let beside = Given::find(ledger, (&code, unit, period))?;
        let bytes = with_paper(ledger, (&code, unit, period, kind), |paper| {
            workbook::write(paper, &beside.as_beside()).map_err(|error| {
                eprintln!("dondoc: {error}");
                ApiError::Internal
            })
        })?;
        let name = format!("attachment; filename=\"{code}_{unit}_{period}.xlsx\"");
        let name = HeaderValue::from_str(&name);
        let name = name.unwrap_or(HeaderValue::from_static("attachment"));
        let kind = HeaderValue::from_static(KIND);
        let headers = [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)];
        Ok::<_, ApiError>((headers, bytes).into_response())
    })
    .await
}

/// Reads a workbook back, cell by cell, and hands it in if that is asked for and nothing is wrong.
#[utoipa::path(
    post, path = "/api/forms/workbook", tag = "forms", params(WorkbookAsked),
    request_body(content = String, content_type = "application/octet-stream", description = "The workbook"),
    responses((status = 200, body = WorkbookView), Refusals)
)]
pub(crate) async fn read(
    desk: Desk,
    Asked(asked): Asked<WorkbookAsked>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<WorkbookView>, ApiError> {
    let (by, today) = (desk.by(), desk.today());
    let key = key(&headers, desk.actor())?;
    let period = ask::period(&asked.period)?;
    let (unit, kind) = (UnitId(asked.unit), ask::kind(asked.kind.as_deref())?);
    desk.over(unit)?;
    let sheets = desk.app().sheets(body.clone()).await?;
    desk.consult(move |ledger| {
        ledger.refresh()?;
        let current = ledger.own_figures(unit, period)?;
        let form = (asked.form.as_str(), unit, period, kind);
        let filled =
            with_paper(ledger, form, |paper| Ok(workbook::read(&sheets, paper, &current)))?;
        let mut view = ledger.look(|books| WorkbookView::new(books, &filled));
        let figures = filled.figures.iter().map(|it| (it.figure.clone(), it.place.clone()));
        let batch = Batch { unit, period, figures: figures.collect() };
        let content = Value::from("workbook");
        let findings = filled.findings.clone();
        let handed = Handed::of_figures((&asked.form, kind), batch, content, findings);
        if !asked.save {
            let more = handed.findings_on(ledger, today)?;
            view.findings = more.iter().map(FaultView::from).collect();
            return Ok(Json(view));
        }
        if filled.has_errors() {
            return Err(ApiError::of_findings(filled.findings));
        }
        let request = key.map(|it| (it, Sha256::digest(&body).into()));
        let told = handed.keep(ledger, (&by, today), request.as_ref())?;
        view.receipt = serde_json::from_slice(&told).ok();
        Ok(Json(view))
    })
    .await
}

/// The form of a unit and period, while `work` looks at it.
fn with_paper<T>(
    ledger: &Ledger,
    (code, unit, period, status): (&str, UnitId, Period, Status),
    work: impl FnOnce(&Paper<'_>) -> Result<T, ApiError>,
) -> Result<T, ApiError> {
    ledger.look(|books| {
        let (pack, form) = books.programmes.form(code).ok_or(ApiError::NotFound)?;
        let unit_name = name_in(books, unit, period).ok_or(ApiError::NotFound)?;
        let (from, to) = days(period, form).ok_or_else(|| {
            crate::documents::unknown(
                "period",
                "2025-09, 2025-Q3, 2025-H1, 2025, 2025-09-01..2025-09-05",
            )
        })?;
        let unit_name = unit_name.as_str();
        work(&Paper { pack, form, unit, unit_name, period, from, to, status })
    })
}

fn days(period: Period, form: &dondoc_core::pack::Form) -> Option<(Date, Date)> {
    match period {
        Period::Days { from, to } => Some((from, to)),
        _ => period.days(form.closing),
    }
}

/// The figures that stand on the form beside the ones that are typed in.
#[derive(Default)]
struct Given {
    current: Vec<Figure>,
    period_before: Vec<Figure>,
    year_before: Vec<Figure>,
    year_to_date: Vec<Figure>,
    plan: Vec<Figure>,
}

impl Given {
    fn find(
        ledger: &Ledger,
        (code, unit, period): (&str, UnitId, Period),
    ) -> Result<Self, ApiError> {
        let of = |period: Option<Period>| match period {
            Some(period) => ledger.own_figures(unit, period),
            None => Ok(Vec::new()),
        };
        let mut given = Self {
            current: of(Some(period))?,
            period_before: of(period.before())?,
            year_before: of(period.year_before())?,
            ..Self::default()
        };
        for it in ledger.store().read(|tx| targets::of(tx, unit, period))? {
            given.plan.retain(|figure| figure.series != it.target.series);
            let content = match it.target.value {
                TargetValue::Value(value) => Content::Value(value),
                TargetValue::Ratio { numerator, denominator } => {
                    Content::Ratio { numerator, denominator }
                }
            };
            given.plan.push(worked_out(it.target.series, content, false));
        }
        given.year_to_date = ledger.look(|books| year_to_date(books, (code, unit, period)));
        Ok(given)
    }

    fn as_beside(&self) -> workbook::Beside<'_> {
        workbook::Beside {
            current: &self.current,
            period_before: &self.period_before,
            year_before: &self.year_before,
            year_to_date: &self.year_to_date,
            plan: &self.plan,
        }
    }
}

fn year_to_date(books: &Books, (code, unit, period): (&str, UnitId, Period)) -> Vec<Figure> {
    let Some((pack, form)) = books.programmes.form(code) else { return Vec::new() };
    let mut figures: Vec<Figure> = Vec::new();
    for row in &form.rows {
        for column in &form.columns {
            if let dondoc_ledger::form::Takes::Given(series, _) =
                dondoc_ledger::form::cell(pack, row, column)
                && figures.iter().all(|it| it.series != series)
                && let Some(Stored { content, is_estimate, .. }) =
                    books.year_to_date(unit, &series, period)
            {
                figures.push(worked_out(series, content, is_estimate));
            }
        }
    }
    figures
}

fn worked_out(series: dondoc_core::figure::Series, content: Content, is_estimate: bool) -> Figure {
    let status = if is_estimate { Status::Estimate } else { Status::Final };
    let (qualifier, source) = (Qualifier::Exact, Source::Derived);
    Figure { series, content, qualifier, status, source, reason: None }
}

impl WorkbookView {
    fn new(books: &Books, filled: &Filled) -> Self {
        let view = |it: &Figure| {
            let indicator = books.programmes.indicator(&it.series.indicator)?;
            Some(FigureView::of_figure(it, indicator))
        };
        let differences = filled.differences.iter().map(|it| DifferenceView {
            indicator: it.series.indicator.clone(),
            option: it.series.option.clone(),
            place: FaultPlace::from(&it.place),
            before: it.old.as_ref().and_then(view),
            after: it.new.as_ref().and_then(view),
        });
        let written = filled.written.iter().map(|it| WrittenView {
            row: it.row.clone(),
            column: it.column.clone(),
            text: it.text.clone(),
            place: FaultPlace::from(&it.place),
        });
        Self {
            n_figures: filled.figures.len(),
            written: written.collect(),
            differences: differences.collect(),
            findings: filled.findings.iter().map(FaultView::from).collect(),
            rows_not_there: filled.rows_not_there.clone(),
            not_taken: filled.not_taken.iter().map(FaultPlace::from).collect(),
            is_stamped: filled.is_stamped,
            receipt: None,
        }
    }
}
