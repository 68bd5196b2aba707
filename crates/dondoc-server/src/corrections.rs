//! `/api/corrections`: figures that are to be changed after the lock, with what that does to the totals.

use axum::{Json, http::HeaderMap};
use dondoc_core::{
    figure::{Series, Status},
    finding::{Fault, Finding, Place},
    submission::CorrectionState,
    unit::UnitId,
};
use dondoc_ledger::{Batch, Books, Ledger, effect::Effect, once::Request, rollup::total::Total};
use dondoc_store::{
    StoreError,
    submissions::corrections::{self, Correction},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    ApiError, ask,
    desk::Desk,
    documents::unknown,
    error::Bilingual,
    extract::{Asked, Id, Sent},
    faults::FaultView,
    forms::name_in,
    numbers::{AmountView, FigureView},
    refusals::Refusals,
    scopes::Scopes,
    tasks::giving::request,
    totals::reason,
    typed::{FigureSent, Reader},
};

/// A correction that is asked for.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CorrectionAskedFor {
    /// The form that the figures stand in.
    form: String,
    unit: u32,
    period: String,
    /// The figures as they should be; what is not there stays as it is.
    figures: Vec<FigureSent>,
    /// Why.
    reason: String,
}

/// A decision.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct VerdictSent {
    /// To refuse takes one.
    reason: Option<String>,
}

/// Which corrections are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct CorrectionsAsked {
    /// `open` (if nothing is said), `accepted`, `refused` or `all`.
    state: Option<String>,
    /// Of this unit alone.
    unit: Option<u32>,
    /// Of this period alone.
    period: Option<String>,
}

/// Corrections, first to last.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CorrectionList {
    items: Vec<CorrectionView>,
}

/// A correction.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CorrectionView {
    id: i64,
    pack: String,
    /// The form that the figures stand in, if it is one.
    form: Option<String>,
    form_name: Option<Bilingual>,
    unit: u32,
    unit_name: Option<String>,
    period: String,
    /// `open`, `accepted` or `refused`.
    state: &'static str,
    reason: String,
    asked_by: String,
    #[schema(format = DateTime)]
    asked_at: String,
    decided_by: Option<String>,
    #[schema(format = DateTime)]
    decided_at: Option<String>,
    decided_because: Option<String>,
    figures: Vec<CorrectedView>,
    /// Of an open one: what it would do to the totals of its unit and of those above it that the account may see.
    effect: Vec<EffectView>,
    /// Of one that was just asked for: what is unusual about it.
    findings: Vec<FaultView>,
    /// Of one that was just accepted: the block of its figures.
    block: Option<i64>,
    /// Whether the one who asks now asked for it: then somebody else has to grant it.
    is_own: bool,
}

/// A figure of a correction.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CorrectedView {
    indicator: String,
    option: Option<String>,
    /// As the figure is called.
    name: Option<Bilingual>,
    measure: Option<String>,
    /// In force now.
    before: Option<FigureView>,
    /// As it should be.
    after: Option<FigureView>,
}

/// A total before and after.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EffectView {
    unit: u32,
    unit_name: Option<String>,
    indicator: String,
    option: Option<String>,
    /// As the figure is called.
    name: Option<Bilingual>,
    /// Null is unknown.
    before: Option<AmountView>,
    after: Option<AmountView>,
    /// Why there is none after.
    why: Option<&'static str>,
}

/// Asks for a correction, and shows what it would do.
///
/// With an `Idempotency-Key` the same request again shows the same correction, and asks for no second one.
#[utoipa::path(
    post, path = "/api/corrections", tag = "reports", request_body = CorrectionAskedFor,
    params(("Idempotency-Key" = Option<String>, Header, description = "Any text of up to 200 bytes")),
    responses((status = 200, body = CorrectionView), Refusals)
)]
pub(crate) async fn ask_for(
    desk: Desk,
    headers: HeaderMap,
    Sent(sent): Sent<CorrectionAskedFor>,
) -> Result<Json<CorrectionView>, ApiError> {
    let request = request(&headers, desk.actor(), ("correction", &sent))?;
    let period = ask::period(&sent.period)?;
    desk.over(UnitId(sent.unit))?;
    let (by, today, scope) = (desk.by(), desk.today(), desk.scope());
    desk.consult(move |ledger| {
        let (figures, mut findings) = ledger.look(|books| {
            let form = books.programmes.form(&sent.form).ok_or(ApiError::NotFound)?;
            let mut reader = Reader::new(form, Status::Final);
            for figure in &sent.figures {
                reader.take(figure);
            }
            Ok::<_, ApiError>((reader.figures(), reader.findings))
        })?;
        if figures.is_empty() {
            let fault = Fault::NotThere { wanted: "figures".to_owned() };
            findings.push(Finding { place: Place::default(), fault });
        }
        if !findings.is_empty() {
            return Err(ApiError::of_findings(findings));
        }
        let batch = Batch { unit: UnitId(sent.unit), period, figures };
        let actor = by.actor.clone();
        let asked = match &request {
            Some((key, sha256)) => {
                let asked = (&batch, sent.reason.as_str());
                ledger.ask_for_correction_once(Request { key, sha256 }, asked, (&by, today))?
            }
            None => ledger.ask_for_correction(&batch, &sent.reason, (&by, today))?,
        };
        let found = find(ledger, asked.correction_id, &scope)?;
        let mut view = shown(ledger, found, (&actor, &scope))?;
        view.findings = asked.findings.iter().map(FaultView::from).collect();
        Ok(Json(view))
    })
    .await
}

/// Corrections in a state, with what the open ones would do.
#[utoipa::path(
    get, path = "/api/corrections", tag = "reports", params(CorrectionsAsked),
    responses((status = 200, body = CorrectionList), Refusals)
)]
pub(crate) async fn list(
    desk: Desk,
    Asked(asked): Asked<CorrectionsAsked>,
) -> Result<Json<CorrectionList>, ApiError> {
    let states = states(asked.state)?;
    let period = ask::some(asked.period).map(|it| ask::period(&it)).transpose()?;
    let (scope, actor) = (desk.scope(), desk.actor().to_owned());
    desk.consult(move |ledger| {
        let mut found =
            ledger.store().read_within(scope.bound(), |tx| -> Result<_, StoreError> {
                let of_state = |state: &CorrectionState| corrections::list(tx, *state);
                Ok(states.iter().map(of_state).collect::<Result<Vec<_>, _>>()?.concat())
            })?;
        found.retain(|it| {
            scope.covers(it.unit)
                && asked.unit.is_none_or(|unit| unit == it.unit.0)
                && period.is_none_or(|period| period == it.period)
        });
        found.sort_by_key(|it| it.id);
        let items = found.into_iter().map(|it| shown(ledger, it, (&actor, &scope)));
        Ok::<_, ApiError>(Json(CorrectionList { items: items.collect::<Result<_, _>>()? }))
    })
    .await
}

fn states(asked: Option<String>) -> Result<Vec<CorrectionState>, ApiError> {
    match ask::some(asked).as_deref() {
        None => Ok(vec![CorrectionState::Open]),
        Some("all") => Ok(CorrectionState::ALL.to_vec()),
        Some(code) => {
            let state = CorrectionState::by_code(code);
            Ok(vec![state.ok_or(unknown("state", "open, accepted, refused, all"))?])
        }
    }
}

/// Grants a correction: its figures are in all totals at once. Nobody grants what he asked for himself.
#[utoipa::path(
    post, path = "/api/corrections/{id}/accept", tag = "reports", request_body = VerdictSent,
    params(("id" = i64, Path, description = "The correction")),
    responses((status = 200, body = CorrectionView), Refusals)
)]
pub(crate) async fn accept(
    desk: Desk,
    Id(id): Id,
    Sent(sent): Sent<VerdictSent>,
) -> Result<Json<CorrectionView>, ApiError> {
    decide(desk, id, true, sent).await
}

/// Refuses a correction; takes a reason.
#[utoipa::path(
    post, path = "/api/corrections/{id}/refuse", tag = "reports", request_body = VerdictSent,
    params(("id" = i64, Path, description = "The correction")),
    responses((status = 200, body = CorrectionView), Refusals)
)]
pub(crate) async fn refuse(
    desk: Desk,
    Id(id): Id,
    Sent(sent): Sent<VerdictSent>,
) -> Result<Json<CorrectionView>, ApiError> {
    decide(desk, id, false, sent).await
}

async fn decide(
    desk: Desk,
    id: i64,
    accepts: bool,
    sent: VerdictSent,
) -> Result<Json<CorrectionView>, ApiError> {
    let (by, scope) = (desk.by(), desk.scope());
    desk.consult(move |ledger| {
        if !scope.covers(find(ledger, id, &scope)?.unit) {
            return Err(ApiError::NotFound);
        }
        let why = sent.reason.as_deref();
        let (correction, block) = ledger.decide_correction(id, (accepts, why), &by)?;
        let mut view = shown(ledger, correction, (&by.actor, &scope))?;
        view.block = block.map(|it| it.0);
        Ok::<_, ApiError>(Json(view))
    })
    .await
}

fn find(ledger: &Ledger, id: i64, scope: &Scopes) -> Result<Correction, ApiError> {
    let found = ledger.store().read_within(scope.bound(), |tx| corrections::get(tx, id))?;
    found.ok_or(ApiError::NotFound)
}

/// Its effect is told on the totals of units that may be seen alone: of two units under one, a total tells of the other.
fn shown(
    ledger: &Ledger,
    it: Correction,
    (actor, scope): (&str, &Scopes),
) -> Result<CorrectionView, ApiError> {
    let batch = Batch {
        unit: it.unit,
        period: it.period,
        figures: it.figures.iter().map(|it| (it.clone(), Place::default())).collect(),
    };
    let mut effect = match it.state {
        CorrectionState::Open => ledger.effect(&batch)?,
        _ => Vec::new(),
    };
    effect.retain(|it| scope.covers(it.unit) && scope.bound().covers(it.unit));
    let (decided, decided_because) = it.decided.clone().unzip();
    let (decided_by, decided_at) = decided.map(|it| (it.actor, it.at.to_string())).unzip();
    Ok(ledger.look(|books| {
        let figures = it.figures.iter().map(|figure| {
            let indicator = books.programmes.indicator(&figure.series.indicator);
            let before = books.own(it.unit, &figure.series, it.period);
            CorrectedView {
                indicator: figure.series.indicator.clone(),
                option: figure.series.option.clone(),
                name: series_name(books, &figure.series),
                measure: indicator.map(|it| it.measure.clone()),
                before: before.zip(indicator).map(|(it, of)| FigureView::of(it, of)),
                after: indicator.map(|of| FigureView::of_figure(figure, of)),
            }
        });
        CorrectionView {
            id: it.id,
            form_name: it
                .form
                .as_deref()
                .and_then(|it| books.programmes.form(it))
                .map(|it| (&it.1.name).into()),
            form: it.form,
            is_own: it.asked.actor == actor,
            pack: it.pack,
            unit: it.unit.0,
            unit_name: name_in(books, it.unit, it.period),
            period: it.period.to_string(),
            state: it.state.code(),
            reason: it.reason,
            asked_by: it.asked.actor,
            asked_at: it.asked.at.to_string(),
            decided_by,
            decided_at,
            decided_because: decided_because.flatten(),
            figures: figures.collect(),
            effect: effect.iter().map(|effect| EffectView::new(books, effect, it.period)).collect(),
            findings: Vec::new(),
            block: None,
        }
    }))
}

/// A series as it is called: its indicator, with the options that it is divided by.
pub(crate) fn series_name(books: &Books, series: &Series) -> Option<Bilingual> {
    let indicator = books.programmes.indicator(&series.indicator)?;
    let mut name = Bilingual::from(&indicator.name);
    let pack = books.programmes.pack_of(&series.indicator)?;
    let codes: Vec<&str> = series.option.iter().flat_map(|it| it.split('+')).collect();
    let breakdowns = indicator.breakdowns.iter().filter_map(|it| pack.breakdown(it));
    for option in
        breakdowns.flat_map(|it| &it.options).filter(|it| codes.contains(&it.code.as_str()))
    {
        name.vi = format!("{} – {}", name.vi, option.name.vi);
        name.en = format!("{} – {}", name.en, option.name.en);
    }
    Some(name)
}

impl EffectView {
    fn new(books: &Books, effect: &Effect, period: dondoc_core::period::Period) -> Self {
        let indicator = books.programmes.indicator(&effect.series.indicator);
        let decimals = indicator.map_or(0, |it| it.decimals);
        let amount = |it: &Total| it.value.ok().map(|it| AmountView::new(it, decimals));
        Self {
            unit: effect.unit.0,
            unit_name: name_in(books, effect.unit, period),
            indicator: effect.series.indicator.clone(),
            option: effect.series.option.clone(),
            name: series_name(books, &effect.series),
            before: amount(&effect.before),
            after: amount(&effect.after),
            why: effect.after.value.err().map(reason),
        }
    }
}
