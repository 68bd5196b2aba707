//! `/api/followup/missing`, `/api/documents/{id}/coverage`: documents that must be there, and are not.

use std::collections::HashMap;

use axum::Json;
use dondoc_core::{
    access::Scope,
    followup::{Issued, covered, missing},
    pack::Level,
    task::addressee::Directory,
    unit::{Kind, Level as Tier, Line, UnitId},
};
use dondoc_ledger::{Books, Ledger};
use dondoc_store::{
    Found, cascade, documents, findings,
    tasks::{self, documents::Head},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    ApiError,
    desk::Desk,
    error::Bilingual,
    extract::{Asked, Id},
    refusals::Refusals,
    tasks::{
        giving::root,
        views::{TaskDocument, UnitName, named},
    },
};

/// Types that tell of a document and carry nothing out: report, minutes, submission, letter, notice, invitation, article.
const TELLING: [&str; 7] = ["BC", "BB", "TTr", "CV", "TB", "GM", "news"];

/// Which year is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct MissingAsked {
    /// This year if nothing is said.
    year: Option<i16>,
}

/// Documents that must come every year and are not there.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MissingList {
    year: i16,
    items: Vec<MissingView>,
}

/// A document that a unit must have issued by a day, and has not.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MissingView {
    /// The code of what is expected.
    code: String,
    name: Bilingual,
    programme: String,
    unit: UnitName,
    #[schema(format = Date)]
    due: String,
}

/// Which of the units that a document addresses have issued their own.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CoverageView {
    document: TaskDocument,
    n_units: usize,
    n_issued: usize,
    /// In the official order.
    items: Vec<CoverageLine>,
}

/// A unit and its own document; null if the library has none.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CoverageLine {
    unit: UnitName,
    own: Option<TaskDocument>,
}

/// The documents of a year that the programmes expect of units, and that the library has not.
#[utoipa::path(
    get, path = "/api/followup/missing", tag = "follow-up", params(MissingAsked),
    responses((status = 200, body = MissingList), Refusals)
)]
pub(crate) async fn list(
    desk: Desk,
    Asked(asked): Asked<MissingAsked>,
) -> Result<Json<MissingList>, ApiError> {
    let (today, scope) = (desk.today(), desk.scope());
    let year = asked.year.unwrap_or(today.year());
    desk.consult(move |ledger| {
        let heads = ledger.store().read(tasks::documents::all)?;
        ledger.look(|books| {
            let issued = issued(books, &heads, today)?;
            let units = reporters(books, today, scope.bound());
            let units: Vec<_> =
                units.into_iter().filter(|(it, _)| scope.is_whole() || scope.covers(*it)).collect();
            let mut items = Vec::new();
            for pack in books.programmes.packs() {
                for it in missing(&pack.documents, &units, &issued, (year, today)) {
                    let name = pack.documents.iter().find(|doc| doc.code == it.code);
                    items.push(MissingView {
                        name: name.map(|doc| (&doc.name).into()).unwrap_or_default(),
                        code: it.code,
                        programme: pack.pack.code.clone(),
                        unit: named(books, it.unit, today),
                        due: it.due.to_string(),
                    });
                }
            }
            Ok::<_, ApiError>(Json(MissingList { year, items }))
        })
    })
    .await
}

/// Which of the units that a document addresses have issued a document of their own that follows from it.
#[utoipa::path(
    get, path = "/api/documents/{id}/coverage", tag = "follow-up",
    params(("id" = i64, Path, description = "The document")),
    responses((status = 200, body = CoverageView), Refusals)
)]
pub(crate) async fn coverage(desk: Desk, Id(id): Id) -> Result<Json<CoverageView>, ApiError> {
    let today = desk.today();
    desk.consult(move |ledger| {
        let heads = ledger.store().read(tasks::documents::all)?;
        let head = heads.iter().find(|it| it.id == id).ok_or(ApiError::NotFound)?;
        let names = addressees(ledger, id)?;
        let around = cascade::around(ledger.store(), id, 1)?.ok_or(ApiError::NotFound)?;
        let below: Vec<i64> =
            around.nodes.iter().filter(|it| it.level > 0).filter_map(|it| it.document_id).collect();
        let is_meant = |it: &&Head| below.contains(&it.id) && !TELLING.contains(&it.kind.as_str());
        let below: Vec<Head> = heads.iter().filter(is_meant).cloned().collect();
        ledger.look(|books| {
            let giver = root(books, today)?;
            let directory = Directory::new(&books.units, giver, today);
            let mut addressed: Vec<UnitId> =
                names.iter().flat_map(|it| directory.resolve(it).units).collect();
            in_order(books, &mut addressed, today);
            let found = covered(&addressed, &issued(books, &below, today)?);
            let by_id: HashMap<i64, &Head> = heads.iter().map(|it| (it.id, it)).collect();
            let line = |unit: &UnitId| CoverageLine {
                unit: named(books, *unit, today),
                own: found[unit]
                    .as_ref()
                    .and_then(|it| by_id.get(&it.document_id))
                    .map(|it| TaskDocument::from(*it)),
            };
            let items: Vec<CoverageLine> = addressed.iter().map(line).collect();
            Ok::<_, ApiError>(Json(CoverageView {
                document: TaskDocument::from(head),
                n_units: items.len(),
                n_issued: items.iter().filter(|it| it.own.is_some()).count(),
                items,
            }))
        })
    })
    .await
}

/// The names of all whom a document addresses, as printed: in its heading, and as leads of its tasks.
fn addressees(ledger: &Ledger, id: i64) -> Result<Vec<String>, ApiError> {
    let detail = documents::get(ledger.store(), id)?.ok_or(ApiError::NotFound)?;
    let mut names = detail.addressees;
    for finding in findings::of_document(ledger.store(), id)? {
        if let Found::Task(task) = finding.value {
            names.extend(task.lead.into_iter().chain(task.recipients));
        }
    }
    let mut seen = std::collections::HashSet::new();
    names.retain(|it| seen.insert(it.clone()));
    Ok(names)
}

fn in_order(books: &Books, units: &mut Vec<UnitId>, today: Date) {
    let tree = books.units.tree(Line::State, today);
    units.sort_by_key(|it| (tree.place(*it).unwrap_or(usize::MAX), *it));
    units.dedup();
}

/// The documents that units of today issued; an issuer that is no unit, or that may be several, issues none here.
fn issued(books: &Books, heads: &[Head], today: Date) -> Result<Vec<Issued>, ApiError> {
    // Without units nobody has issued anything.
    let Ok(giver) = root(books, today) else { return Ok(Vec::new()) };
    let directory = Directory::new(&books.units, giver, today);
    let mut known: HashMap<&str, Option<UnitId>> = HashMap::new();
    let mut all = Vec::new();
    for head in heads {
        let Some(issuer) = head.issuer.as_deref() else { continue };
        let unit = *known.entry(issuer).or_insert_with(|| {
            let meant = directory.resolve(issuer);
            match meant.units.as_slice() {
                [unit] if meant.groups.is_empty() => Some(*unit),
                _ => None,
            }
        });
        if let Some(unit) = unit {
            all.push(Issued {
                document_id: head.id,
                unit,
                kind: head.kind.clone(),
                title: head.title.clone(),
                on: head.issued_on,
            });
        }
    }
    Ok(all)
}

/// The provinces and communes of a scope today, of whom documents are expected.
fn reporters(books: &Books, today: Date, bound: &Scope) -> Vec<(UnitId, Level)> {
    let tree = books.units.tree(Line::State, today);
    let level = |it: &UnitId| {
        let tier = books.units.get(*it)?.kind_on(today).and_then(Kind::level)?;
        match tier {
            Tier::Commune => Some((*it, Level::Commune)),
            Tier::Province => Some((*it, Level::Province)),
            Tier::District => None,
        }
    };
    tree.units().iter().filter(|it| bound.covers(**it)).filter_map(level).collect()
}
