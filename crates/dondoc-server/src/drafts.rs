//! `/api/reports/draft`, `/api/reports/{id}/receipt`: a form before and after it is handed in.

use axum::Json;
use dondoc_store::{
    StoreError,
    submissions::{self, steps},
};

use crate::{
    ApiError,
    desk::Desk,
    extract::{Id, Sent},
    handing::{Handed, ReceiptView, ReportSent},
    refusals::Refusals,
    reports::ReportView,
};

/// Keeps what stands in a form as it was typed, right or wrong; nothing of it is counted.
///
/// The same content again changes nothing. With `seen`, what somebody else saved since is refused as `stale`.
#[utoipa::path(
    put, path = "/api/reports/draft", tag = "reports", request_body = ReportSent,
    responses((status = 200, body = ReportView), Refusals)
)]
pub(crate) async fn save(
    desk: Desk,
    Sent(sent): Sent<ReportSent>,
) -> Result<Json<ReportView>, ApiError> {
    desk.over(sent.unit())?;
    let by = desk.by();
    desk.consult(move |ledger| {
        let handed = Handed::read(ledger, sent)?;
        Ok::<_, ApiError>(Json(ReportView::from(&handed.save(ledger, &by)?)))
    })
    .await
}

/// The receipt of the last time that a report was handed in.
#[utoipa::path(
    get, path = "/api/reports/{id}/receipt", tag = "reports",
    params(("id" = i64, Path, description = "The report")),
    responses((status = 200, body = ReceiptView), Refusals)
)]
pub(crate) async fn receipt(desk: Desk, Id(id): Id) -> Result<Json<ReceiptView>, ApiError> {
    let scope = desk.scope();
    let found = desk.ask(move |store| {
        store.read_within(scope.bound(), |tx| -> Result<_, StoreError> {
            let of = submissions::get(tx, id)?.map(|it| it.unit);
            Ok(of.zip(steps::receipt(tx, id)?))
        })
    });
    let (unit, receipt) = found.await?.ok_or(ApiError::NotFound)?;
    desk.sees(unit)?;
    Ok(Json(ReceiptView::new(&receipt, &[])))
}
