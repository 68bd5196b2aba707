//! `/api/moment`.

use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{ApiError, desk::Desk, refusals::Refusals, totals::LostView};

/// The moment of the figures, and its proof.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MomentView {
    /// The newest block; totals can be asked for as they stood after it, `as_of`.
    block: i64,
    /// SHA-256 over all blocks up to there, in hexadecimal digits: two stores with the same hold the same figures.
    chain: String,
    /// The first digits of it, as they are printed.
    short: String,
    /// Figures that no pack or unit list in use has a place for any more: they are kept, and are in no total. Remedy: take the
    /// pack or the unit list that they were reported under into use again.
    n_homeless: u64,
    /// Reports whose figures were damaged in the store: they are in no total. Remedy: `dondoc fsck`, and restore the last
    /// backup.
    lost: Vec<LostView>,
}

/// The newest block of figures, and the chain up to it.
#[utoipa::path(
    get, path = "/api/moment", tag = "figures",
    responses((status = 200, body = MomentView), Refusals)
)]
pub(crate) async fn get(desk: Desk) -> Result<Json<MomentView>, ApiError> {
    desk.consult(|ledger| {
        ledger.refresh()?;
        let (block, chain) = ledger.moment()?;
        let (chain, short) = (chain.to_string(), chain.short());
        Ok::<_, ApiError>(ledger.look(|books| {
            let lost = books.lost.reports.iter().map(|it| LostView::from(*it)).collect();
            Json(MomentView { block: block.0, chain, short, n_homeless: books.n_homeless, lost })
        }))
    })
    .await
}
