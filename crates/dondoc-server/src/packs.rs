//! `/api/packs`: the programmes in use.

use axum::{Json, extract::Path};
use dondoc_core::pack::{Clearing, Pack};
use dondoc_ledger::{Ledger, LedgerError, Programmes};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::{ApiError, desk::Desk, error::Bilingual, refusals::Refusals};

/// The packs in use.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PackList {
    items: Vec<PackView>,
}

/// A pack in use, in short.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PackView {
    code: String,
    name: Bilingual,
    version: u32,
    #[schema(format = Date)]
    valid_from: String,
    n_indicators: usize,
    /// Indicators that are off until their owner confirms them.
    n_off: usize,
    n_registers: usize,
    forms: Vec<FormEntry>,
}

/// A form in the list of a pack.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FormEntry {
    code: String,
    name: Bilingual,
    version: u32,
    /// `month`, `quarter`, `half`, `nine_months`, `year`, `term` or `event`.
    #[schema(value_type = Vec<String>)]
    every: Value,
    /// `commune`, `province`, `both` or `above`.
    #[schema(value_type = String)]
    level: Value,
}

/// A whole pack.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PackDetail {
    #[serde(flatten)]
    summary: PackView,
    /// Codes of indicators that take no figures until their owner confirms them.
    off: Vec<String>,
    /// The pack as its files say it, see `docs/packs.md`.
    #[schema(value_type = Object)]
    pack: Value,
}

/// The packs in use, with their forms.
#[utoipa::path(
    get, path = "/api/packs", tag = "packs",
    responses((status = 200, body = PackList), Refusals)
)]
pub(crate) async fn list(desk: Desk) -> Result<Json<PackList>, ApiError> {
    desk.consult(|ledger: &Ledger| {
        let items = ledger.look(|books| {
            let programmes = &books.programmes;
            programmes.packs().iter().map(|it| PackView::new(it, programmes)).collect()
        });
        Ok::<_, LedgerError>(Json(PackList { items }))
    })
    .await
}

/// A pack with all its indicators, registers, forms and rules.
#[utoipa::path(
    get, path = "/api/packs/{code}", tag = "packs",
    params(("code" = String, Path, description = "The pack: `KVPT`")),
    responses((status = 200, body = PackDetail), Refusals)
)]
pub(crate) async fn get(
    desk: Desk,
    Path(code): Path<String>,
) -> Result<Json<PackDetail>, ApiError> {
    desk.consult(move |ledger| {
        ledger.look(|books| {
            let programmes = &books.programmes;
            let pack = programmes.pack(&code).ok_or(ApiError::NotFound)?;
            let off = pack.indicators.iter().filter(|it| !programmes.is_on(it));
            Ok::<_, ApiError>(Json(PackDetail {
                summary: PackView::new(pack, programmes),
                off: off.map(|it| it.code.clone()).collect(),
                pack: serde_json::to_value(pack).map_err(|_| ApiError::Internal)?,
            }))
        })
    })
    .await
}

impl PackView {
    fn new(pack: &Pack, programmes: &Programmes) -> Self {
        let off = |it: &&dondoc_core::pack::Indicator| {
            it.clearing == Clearing::Clear && !programmes.is_on(it)
        };
        let form = |it: &dondoc_core::pack::Form| FormEntry {
            code: it.code.clone(),
            name: (&it.name).into(),
            version: it.version,
            every: serde_json::to_value(&it.every).unwrap_or_default(),
            level: serde_json::to_value(it.level).unwrap_or_default(),
        };
        Self {
            code: pack.pack.code.clone(),
            name: (&pack.pack.name).into(),
            version: pack.pack.version,
            valid_from: pack.pack.valid_from.to_string(),
            n_indicators: pack.indicators.len(),
            n_off: pack.indicators.iter().filter(off).count(),
            n_registers: pack.registers.len(),
            forms: pack.forms.iter().map(form).collect(),
        }
    }
}
