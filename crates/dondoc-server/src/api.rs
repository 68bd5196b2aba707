//! All routes, and the description that is made from them.

use std::sync::LazyLock;

use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, State},
    http::header,
    response::IntoResponse,
};
use dondoc_store::library;
use serde::Serialize;
use utoipa::{
    ToSchema,
    openapi::{ComponentsBuilder, InfoBuilder, OpenApi, OpenApiBuilder},
};
use utoipa_axum::{
    router::{OpenApiRouter, UtoipaMethodRouterExt},
    routes,
};

use crate::{
    ApiError, App, assets, cascade, citations, completeness, corrections, documents,
    error::ProblemView, figures, files, findings, forms, guard, locks, moment, packs, passages,
    refusals::Refusals, registers, report, reports, totals, units, workbooks,
};

/// The most that a request without files may weigh.
pub(crate) const MAX_JSON_BYTES: usize = 1 << 20;

static DESCRIPTION: LazyLock<String> = LazyLock::new(openapi);

/// The state of the library.
#[derive(Debug, Serialize, ToSchema)]
struct HealthView {
    version: &'static str,
    documents: i64,
    files: i64,
}

/// Everything that the server answers.
pub fn router(app: App) -> Router {
    let (routes, _) = described().split_for_parts();
    let routes = routes
        .fallback(assets::answer)
        .method_not_allowed_fallback(async || ApiError::MethodNotAllowed)
        .with_state(app);
    guard::around(routes)
}

/// The description of the API in OpenAPI 3.1, as JSON with a line break at its end.
#[must_use]
pub fn openapi() -> String {
    let (_, description) = described().split_for_parts();
    // The description is made of strings, lists and maps: there is nothing in it that JSON can't hold.
    let mut json = description.to_pretty_json().unwrap_or_default();
    json.push('\n');
    json
}

fn described() -> OpenApiRouter<App> {
    let forms = DefaultBodyLimit::max(files::MAX_REQUEST_BYTES);
    let tables = DefaultBodyLimit::max(passages::MAX_FILE_BYTES);
    let sheets = DefaultBodyLimit::max(workbooks::MAX_WORKBOOK_BYTES);
    OpenApiRouter::with_openapi(about())
        .routes(routes!(health))
        .routes(routes!(documents::list))
        .routes(routes!(documents::facets))
        .routes(routes!(documents::get))
        .routes(routes!(cascade::get))
        .routes(routes!(findings::add))
        .routes(routes!(findings::accept))
        .routes(routes!(findings::reject))
        .routes(routes!(findings::reopen))
        .routes(routes!(findings::correct))
        .routes(routes!(citations::list))
        .routes(routes!(files::original))
        .merge(of_figures())
        .routes(routes!(describe))
        .layer(DefaultBodyLimit::max(MAX_JSON_BYTES))
        .routes(routes!(files::add).layer(forms))
        .routes(routes!(passages::import).layer(tables))
        .routes(routes!(workbooks::read).layer(sheets))
}

fn of_figures() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(units::list))
        .routes(routes!(units::get))
        .routes(routes!(packs::list))
        .routes(routes!(packs::get))
        .routes(routes!(forms::get))
        .routes(routes!(workbooks::get))
        .routes(routes!(reports::hand_in, reports::list))
        .routes(routes!(report::get))
        .routes(routes!(report::send_back))
        .routes(routes!(report::approve))
        .routes(routes!(report::lock))
        .routes(routes!(report::unlock))
        .routes(routes!(locks::list, locks::set))
        .routes(routes!(locks::lift))
        .routes(routes!(corrections::ask_for, corrections::list))
        .routes(routes!(corrections::accept))
        .routes(routes!(corrections::refuse))
        .routes(routes!(totals::list))
        .routes(routes!(totals::makeup))
        .routes(routes!(completeness::get))
        .routes(routes!(figures::versions))
        .routes(routes!(passages::export))
        .routes(routes!(registers::list, registers::note))
        .routes(routes!(moment::get))
}

fn about() -> OpenApi {
    let info = InfoBuilder::new()
        .title("Dondoc")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "Documents, what was found in them, and how they hang together. Days are `2026-03-14`, moments RFC 3339 \
             in UTC; null is unknown. A refusal has a code that never changes, and says in Vietnamese and English \
             what was refused and what to do about it.",
        ));
    let shared = ComponentsBuilder::new().responses_from_iter(Refusals::described());
    let shared = shared.schema_from::<ProblemView>();
    OpenApiBuilder::new().info(info.build()).components(Some(shared.build())).build()
}

/// Whether the server answers, and how much the library holds.
#[utoipa::path(get, path = "/api/health", tag = "server", responses((status = 200, body = HealthView)))]
async fn health(State(app): State<App>) -> Result<Json<HealthView>, ApiError> {
    let counts = app.ask(library::counts).await?;
    Ok(Json(HealthView {
        version: env!("CARGO_PKG_VERSION"),
        documents: counts.n_documents,
        files: counts.n_files,
    }))
}

/// This description.
#[utoipa::path(
    get, path = "/api/openapi.json", tag = "server",
    responses((status = 200, content_type = "application/json", description = "OpenAPI 3.1"))
)]
async fn describe() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], DESCRIPTION.as_str())
}
