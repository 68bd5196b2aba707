//! All routes, and the description that is made from them.

use std::sync::LazyLock;

use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, State},
    http::header,
    middleware,
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
    ApiError, App, accounts, admin, approvals, assets, calendar_feed, cascade, changes, citations,
    completeness, corrections, description, documents, drafts, entry, error::ProblemView, explorer,
    figures, files, findings, followup, forms, guard, live, locks, maps, moment, notices, openid,
    overview, owed, packs, passages, receipts, refusals::Refusals, registers, report, reports,
    sessions, task, tasks, totals, units, workbooks,
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
    /// Blocks of figures that can't be trusted, and are in no total; more than none is an alarm.
    n_rotten: usize,
}

/// Everything that the server answers.
pub fn router(app: App) -> Router {
    let (routes, _) = described().split_for_parts();
    let names = app.address().cloned();
    // Only what has a route passes here; the page itself is for everyone.
    let routes = routes
        .route_layer(middleware::from_fn_with_state(app.clone(), entry::admit))
        .fallback(assets::answer)
        .method_not_allowed_fallback(async || ApiError::MethodNotAllowed)
        .with_state(app);
    guard::around(routes, names)
}

/// The description of the API in OpenAPI 3.1, as JSON with a line break at its end.
#[must_use]
pub fn openapi() -> String {
    let (_, description) = described().split_for_parts();
    let description = description::complete(description);
    // The description is made of strings, lists and maps: there is nothing in it that JSON can't hold.
    let mut json = description.to_pretty_json().unwrap_or_default();
    json.push('\n');
    json
}

fn described() -> OpenApiRouter<App> {
    let forms = DefaultBodyLimit::max(files::MAX_REQUEST_BYTES);
    let outlines = DefaultBodyLimit::max(maps::MAX_MAP_BYTES);
    let tables = DefaultBodyLimit::max(passages::MAX_FILE_BYTES);
    let lists = DefaultBodyLimit::max(changes::file::MAX_LIST_BYTES);
    let sheets = DefaultBodyLimit::max(workbooks::MAX_WORKBOOK_BYTES);
    let entries = DefaultBodyLimit::max(registers::MAX_BYTES);
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
        .merge(of_tasks())
        .merge(of_people())
        .merge(admin::routes())
        .routes(routes!(describe))
        .layer(DefaultBodyLimit::max(MAX_JSON_BYTES))
        .routes(routes!(files::add).layer(forms))
        .routes(routes!(registers::attached::attach).layer(entries))
        .routes(routes!(registers::sheets::import).layer(entries))
        .routes(routes!(passages::import).layer(tables))
        .routes(routes!(maps::load).layer(outlines))
        .merge(admin::file_routes().layer(lists))
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
        .routes(routes!(owed::list))
        .routes(routes!(owed::board::get))
        .routes(routes!(approvals::list))
        .routes(routes!(approvals::approve_clean))
        .routes(routes!(receipts::summary))
        .routes(routes!(reports::hand_in, reports::list))
        .routes(routes!(drafts::save))
        .routes(routes!(drafts::receipt))
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
        .merge(of_registers())
        .routes(routes!(moment::get))
        .routes(routes!(live::live))
        .routes(routes!(overview::get))
        .routes(routes!(explorer::trace))
        .routes(routes!(explorer::file))
        .routes(routes!(maps::list))
        .routes(routes!(maps::remove))
        .routes(routes!(maps::shapes))
}

fn of_registers() -> OpenApiRouter<App> {
    use registers::{attached, entries, noting, owed, sheets};
    OpenApiRouter::new()
        .routes(routes!(registers::list))
        .routes(routes!(registers::get))
        .routes(routes!(entries::list, noting::note))
        .routes(routes!(noting::check))
        .routes(routes!(owed::get))
        .routes(routes!(sheets::export))
        .routes(routes!(sheets::sheet))
        .routes(routes!(entries::get))
        .routes(routes!(noting::correct))
        .routes(routes!(noting::withdraw))
        .routes(routes!(attached::original))
        .routes(routes!(attached::withdraw))
}

fn of_people() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(sessions::get, sessions::sign_in, sessions::sign_out))
        .routes(routes!(sessions::first))
        .routes(routes!(sessions::lock))
        .routes(routes!(sessions::ask_passkey))
        .routes(routes!(openid::door::go))
        .routes(routes!(openid::door::come_back))
        .routes(routes!(openid::door::confirm))
        .merge(accounts::routes())
}

fn of_tasks() -> OpenApiRouter<App> {
    let evidence = DefaultBodyLimit::max(task::files::MAX_EVIDENCE_BYTES + MAX_JSON_BYTES);
    OpenApiRouter::new()
        .routes(routes!(tasks::list, tasks::create))
        .routes(routes!(tasks::proposals::propose))
        .routes(routes!(tasks::proposals::give))
        .routes(routes!(calendar_feed::get))
        .routes(routes!(task::get))
        .routes(routes!(task::assign))
        .routes(routes!(task::progress))
        .routes(routes!(task::report))
        .routes(routes!(task::confirm))
        .routes(routes!(task::send_back))
        .routes(routes!(task::ask_extension))
        .routes(routes!(task::grant_extension))
        .routes(routes!(task::refuse_extension))
        .routes(routes!(task::cancel))
        .routes(routes!(task::cascade::cascade))
        .routes(routes!(task::files::get))
        .routes(routes!(followup::book))
        .routes(routes!(followup::late))
        .routes(routes!(followup::letters::send))
        .routes(routes!(followup::letters::get))
        .routes(routes!(followup::expected::list))
        .routes(routes!(followup::expected::coverage))
        .routes(routes!(notices::list))
        .routes(routes!(notices::read))
        .routes(routes!(task::files::add).layer(evidence))
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

/// Whether the server answers, how much the library holds, and whether any figures are lost.
#[utoipa::path(get, path = "/api/health", tag = "server", responses((status = 200, body = HealthView)))]
async fn health(State(app): State<App>) -> Result<Json<HealthView>, ApiError> {
    let counts = app.ask(library::counts).await?;
    let n_rotten = app.ledger().look(|books| books.lost.blocks.len());
    Ok(Json(HealthView {
        n_rotten,
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
