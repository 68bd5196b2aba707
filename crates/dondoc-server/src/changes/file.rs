//! `/api/admin/units/file`: a list of units as a file: compared first, then taken over.

use axum::{Json, body::Bytes};
use dondoc_core::{pack::Severity, problem::Language};
use dondoc_exchange::units::{self, Doubt, Outcome, Plan, Vouched};
use dondoc_ledger::Ledger;
use dondoc_store::units::{KeptUnits, NewSource, UnitsError, append, sha256};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    ApiError, ask,
    countersigns::{self, Answer, Asker, Begun, CountersignView, Deed},
    desk::Desk,
    documents::unknown,
    error::Bilingual,
    extract::Asked,
    refusals::Refusals,
    units::ChangeView,
};

/// The most that a list of units may weigh; the largest real one has 1.5 MB.
pub(crate) const MAX_LIST_BYTES: usize = 16 << 20;
/// No more changes or doubts are listed; all are counted.
const MAX_LISTED: usize = 500;

/// What is said of a file.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct FileAsked {
    /// Its name.
    name: String,
    /// The day of a list that does not say itself.
    #[param(value_type = Option<String>, format = Date)]
    on: Option<String>,
    /// To take it over: the digest that the comparison gave.
    sha256: Option<String>,
    /// To take it over: how many changes were known when it was compared.
    n_before: Option<usize>,
}

/// What a file of units says against what is known.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UnitFileView {
    /// `loaded` (there are changes to take over), `known`, `compared` (it can only be compared) or `refused`.
    outcome: &'static str,
    /// Whether it was taken over just now.
    kept: bool,
    sha256: String,
    n_before: usize,
    /// The day for which it vouches.
    #[schema(format = Date)]
    vouches_on: Option<String>,
    n_changes: usize,
    /// How many of each kind.
    counts: Vec<CountView>,
    /// The first of them.
    changes: Vec<NamedChange>,
    n_doubts: usize,
    /// The first of what is unclear.
    doubts: Vec<DoubtView>,
}

/// How many changes of a kind.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CountView {
    /// `found`, `rename` …
    what: &'static str,
    n: usize,
}

/// A change with the name of its unit.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NamedChange {
    name: Option<String>,
    #[serde(flatten)]
    change: ChangeView,
}

/// Something unclear about a file.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DoubtView {
    /// From 1, the heading counted.
    row: Option<u32>,
    /// `error` or `warning`.
    severity: &'static str,
    words: String,
    message: Bilingual,
}

/// Compares a file of units with what is known. Nothing is kept.
#[utoipa::path(
    post, path = "/api/admin/units/file/comparison", tag = "administration", params(FileAsked),
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "The file, see docs/units.md"),
    responses((status = 200, body = UnitFileView), Refusals)
)]
pub(crate) async fn compare(
    desk: Desk,
    Asked(asked): Asked<FileAsked>,
    body: Bytes,
) -> Result<Json<UnitFileView>, ApiError> {
    let on = ask::day("on", asked.on)?;
    desk.consult(move |ledger: &Ledger| {
        let kept = dondoc_store::units::load(ledger.store())?;
        planned(&kept, (&asked.name, &body), on).map(|(_, view)| Json(view))
    })
    .await
}

/// Takes over what a file of units says, as it was compared; where there are units already, a second person is asked first (202).
/// Refused if anything came in between.
#[utoipa::path(
    post, path = "/api/admin/units/file", tag = "administration", params(FileAsked),
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "The file, see docs/units.md"),
    responses(
        (status = 200, body = UnitFileView),
        (status = 202, body = CountersignView, description = "Waits for a second person"),
        Refusals
    )
)]
pub(crate) async fn load(
    desk: Desk,
    Asked(asked): Asked<FileAsked>,
    body: Bytes,
) -> Result<Answer<Json<UnitFileView>>, ApiError> {
    let on = ask::day("on", asked.on)?;
    let asker = Asker::of(&desk);
    desk.consult(move |ledger: &Ledger| {
        let kept = dondoc_store::units::load(ledger.store())?;
        let (plan, mut view) = planned(&kept, (&asked.name, &body), on)?;
        let is_same = asked.sha256.as_deref() == Some(view.sha256.as_str())
            && asked.n_before == Some(view.n_before);
        if !is_same {
            return Err(ApiError::Stale);
        }
        let is_told = plan.outcome == Outcome::Loaded || plan.vouches_on.is_some();
        if !is_told || kept.has_loaded(&view.sha256) {
            let detail = format!("the file is `{}`", view.outcome);
            return Err(ApiError::WrongStep { detail });
        }
        view.kept = true;
        if view.n_before == 0 {
            // The first list: nothing is there yet that it could change.
            let (name, bytes) = (asked.name.as_str(), &body[..]);
            let vouches_on = plan.vouches_on;
            let source = NewSource { name, bytes, vouches_on, changes: &plan.changes };
            append(ledger.store(), &[source], 0, &asker.by).map_err(|error| match error {
                UnitsError::Stale => ApiError::Stale,
                UnitsError::Store(error) => error.into(),
            })?;
            ledger.reopen(asker.today)?;
            return Ok(Answer::Done(Json(view)));
        }
        let deed = Deed::LoadUnits {
            name: asked.name,
            sha256: view.sha256.clone(),
            vouches_on: plan.vouches_on,
            changes: plan.changes,
            n_before: view.n_before,
        };
        Ok(match countersigns::begin(ledger, &asker, &deed)? {
            Begun::Asked(waits) => Answer::Asked(waits),
            Begun::Done(_) => Answer::Done(Json(view)),
        })
    })
    .await
}

fn planned(
    kept: &KeptUnits,
    (name, bytes): (&str, &[u8]),
    on: Option<jiff::civil::Date>,
) -> Result<(Plan, UnitFileView), ApiError> {
    let (file, doubts) =
        units::read(name, bytes, on).map_err(|_| unknown("file", "CSV, JSON: docs/units.md"))?;
    let digest = sha256(bytes);
    let vouched = Vouched { days: kept.vouched_days() };
    let plan = if kept.has_loaded(&digest) {
        Plan { changes: Vec::new(), doubts: Vec::new(), outcome: Outcome::Known, vouches_on: None }
    } else {
        units::plan(&kept.units, &vouched, &file)
    };
    let view = view(kept, &plan, &doubts, digest);
    Ok((plan, view))
}

fn view(kept: &KeptUnits, plan: &Plan, doubts: &[Doubt], sha256: String) -> UnitFileView {
    let after = kept.units.with(plan.changes.clone());
    let mut counts: Vec<CountView> = Vec::new();
    for change in &plan.changes {
        let what = change.what.code();
        match counts.iter_mut().find(|it| it.what == what) {
            Some(count) => count.n += 1,
            None => counts.push(CountView { what, n: 1 }),
        }
    }
    let named = |it: &dondoc_core::unit::Change| {
        let day = it.when.effective().unwrap_or(jiff::civil::Date::MIN);
        NamedChange {
            name: super::rehearsal::name_of(&after, it.unit, day),
            change: ChangeView::from(it),
        }
    };
    let all = || doubts.iter().chain(&plan.doubts);
    UnitFileView {
        outcome: match plan.outcome {
            Outcome::Loaded => "loaded",
            Outcome::Known => "known",
            Outcome::Compared => "compared",
            Outcome::Refused => "refused",
        },
        kept: false,
        sha256,
        n_before: kept.units.changes().len(),
        vouches_on: plan.vouches_on.map(|it| it.to_string()),
        n_changes: plan.changes.len(),
        counts,
        changes: plan.changes.iter().take(MAX_LISTED).map(named).collect(),
        n_doubts: all().count(),
        doubts: all().take(MAX_LISTED).map(DoubtView::from).collect(),
    }
}

impl From<&Doubt> for DoubtView {
    fn from(it: &Doubt) -> Self {
        Self {
            row: it.row,
            severity: match it.kind.severity() {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            words: it.words.clone(),
            message: Bilingual {
                vi: it.kind.say(Language::Vietnamese).to_owned(),
                en: it.kind.say(Language::English).to_owned(),
            },
        }
    }
}
