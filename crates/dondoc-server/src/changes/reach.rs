//! What hangs on the units of a change: reports, accounts, tasks, targets, registers.

use dondoc_core::{submission::SubmissionState, unit::UnitId};
use dondoc_ledger::{Ledger, rehearse::Rehearsal};
use dondoc_store::{
    StoreError, reach,
    submissions::{self, SubmissionFilter},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::ApiError;

/// No more reports of one unit are listed.
const MAX_REPORTS: usize = 200;

/// What hangs on the units of a change, a row for each.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReachView {
    items: Vec<ReachRow>,
}

/// What hangs on one unit.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReachRow {
    unit: u32,
    name: Option<String>,
    /// Whether it would be gone, so that all this needs somebody else.
    goes: bool,
    n_blocks: i64,
    n_targets: i64,
    n_entries: i64,
    n_corrections: i64,
    n_locks: i64,
    /// Reports that are begun, handed in or sent back, and not approved.
    reports: Vec<OpenReport>,
    accounts: Vec<AccountRow>,
    tasks: Vec<TaskRow>,
}

/// A report that is not approved.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OpenReport {
    id: i64,
    form: String,
    period: String,
    /// `draft`, `submitted` or `returned`.
    state: &'static str,
}

/// An account with a role at a unit.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AccountRow {
    name: String,
    display: String,
    /// `clerk` …
    role: String,
}

/// A task that is not over.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TaskRow {
    id: i64,
    text: String,
    #[schema(format = Date)]
    due: Option<String>,
}

/// What hangs on the units of a rehearsed change.
pub(super) fn of(ledger: &Ledger, rehearsal: &Rehearsal) -> Result<ReachView, ApiError> {
    let known = ledger.look(|books| std::sync::Arc::clone(&books.units));
    let after = known.with(rehearsal.changes.clone());
    let mut items = Vec::new();
    for unit in rehearsal.units.iter().filter(|it| known.get(**it).is_some()) {
        let goes = !after.get(*unit).is_some_and(|it| it.life().contains(rehearsal.day));
        let name = super::rehearsal::name_of(&after, *unit, rehearsal.day);
        let read = |tx: &mut dondoc_store::Tx<'_>| -> Result<_, StoreError> {
            Ok((reach::of(tx, *unit, rehearsal.day)?, open_reports(tx, *unit)?))
        };
        let (found, reports) = ledger.store().read(read)?;
        items.push(ReachRow {
            unit: unit.0,
            name,
            goes,
            n_blocks: found.n_blocks,
            n_targets: found.n_targets,
            n_entries: found.n_entries,
            n_corrections: found.n_corrections,
            n_locks: found.n_locks,
            reports,
            accounts: found
                .grants
                .into_iter()
                .map(|(name, display, role)| AccountRow { name, display, role })
                .collect(),
            tasks: found
                .tasks
                .into_iter()
                .map(|(id, text, due)| TaskRow { id, text, due: due.map(|it| it.to_string()) })
                .collect(),
        });
    }
    Ok(ReachView { items })
}

fn open_reports(
    tx: &mut dondoc_store::Tx<'_>,
    unit: UnitId,
) -> Result<Vec<OpenReport>, StoreError> {
    let mut open = Vec::new();
    for state in [SubmissionState::Draft, SubmissionState::Submitted, SubmissionState::Returned] {
        let filter =
            SubmissionFilter { unit: Some(unit), state: Some(state), ..Default::default() };
        let found = submissions::list(tx, &filter, MAX_REPORTS)?;
        open.extend(found.into_iter().map(|it| OpenReport {
            id: it.id,
            form: it.form.0,
            period: it.period.to_string(),
            state: state.code(),
        }));
    }
    Ok(open)
}
