//! What an import would do or did, in the shape that clients of DHIS2 know.

use dondoc_core::problem::Language;
use serde_json::{Value, json};

use crate::passage::Outcome;

/// What becomes of a set with values that cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnConflict {
    /// Nothing of it is taken.
    RefuseAll,
    /// The others are.
    LeaveOut,
}

/// The import summary, for a dry run and for a real one alike.
///
/// `ignored` counts what was refused and what was the same already, as DHIS2 does.
#[must_use]
pub fn summary(outcome: &Outcome, on_conflict: OnConflict, language: Language) -> Value {
    let has_errors = outcome.has_errors();
    let refused = has_errors && on_conflict == OnConflict::RefuseAll;
    let n_updated = outcome.changes.iter().filter(|it| it.old.is_some()).count();
    let n_imported = outcome.changes.len() - n_updated;
    let n_faults = outcome.findings.len();
    let (imported, updated, ignored) = if refused {
        (0, 0, outcome.changes.len() + outcome.n_unchanged + n_faults)
    } else {
        (n_imported, n_updated, outcome.n_unchanged + n_faults)
    };
    let status = match (refused, n_faults) {
        (true, _) => "ERROR",
        (false, 0) => "SUCCESS",
        (false, _) => "WARNING",
    };
    let conflicts: Vec<Value> = outcome
        .findings
        .iter()
        .map(|it| {
            let fault = serde_json::to_value(&it.fault).unwrap_or_default();
            json!({
                "object": it.place.cell.clone().or_else(|| it.place.indicator.clone()).unwrap_or_default(),
                "value": format!("{}. {}", it.message(language), it.remedy(language)),
                "errorCode": fault["code"],
                "indexes": it.place.row.map(|it| it - 1).into_iter().collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({
        "responseType": "ImportSummary",
        "status": status,
        "importCount": { "imported": imported, "updated": updated, "ignored": ignored, "deleted": 0 },
        "conflicts": conflicts,
    })
}
