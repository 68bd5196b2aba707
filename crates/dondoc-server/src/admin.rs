//! `/api/admin`: what keeps the installation running: jobs, backups, health, changes of units, packs.

pub(crate) mod jobs;
pub(crate) mod packs;
pub(crate) mod site;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{App, backups, changes, countersigns, health};

/// The routes of administration but for those that take files.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(health::full))
        .routes(routes!(health::check))
        .routes(routes!(jobs::get))
        .routes(routes!(backups::list))
        .routes(routes!(backups::take))
        .routes(routes!(backups::drill))
        .routes(routes!(backups::schedule, backups::set_schedule))
        .routes(routes!(changes::rehearse))
        .routes(routes!(changes::carry_out))
        .routes(routes!(changes::kinds))
        .routes(routes!(packs::list))
        .routes(routes!(packs::check))
        .routes(routes!(packs::adopt))
        .routes(routes!(packs::clear))
        .merge(countersigns::routes())
}

/// The routes that take a file about units.
pub(crate) fn file_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(changes::file::compare))
        .routes(routes!(changes::file::load))
}
