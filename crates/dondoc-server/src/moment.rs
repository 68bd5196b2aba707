//! `/api/moment`.

use axum::{Json, extract::State};
use dondoc_ledger::Ledger;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{ApiError, App, refusals::Refusals};

/// The moment of the figures, and its proof.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MomentView {
    /// The newest block; totals can be asked for as they stood after it, `as_of`.
    block: i64,
    /// SHA-256 over all blocks up to there, in hexadecimal digits: two stores with the same hold the same figures.
    chain: String,
    /// The first digits of it, as they are printed.
    short: String,
}

/// The newest block of figures, and the chain up to it.
#[utoipa::path(
    get, path = "/api/moment", tag = "figures",
    responses((status = 200, body = MomentView), Refusals)
)]
pub(crate) async fn get(State(app): State<App>) -> Result<Json<MomentView>, ApiError> {
    let (block, chain) = app.consult(Ledger::moment).await?;
    let (chain, short) = (chain.to_string(), chain.short());
    Ok(Json(MomentView { block: block.0, chain, short }))
}
