//! Who is answered, for how long, and what browsers may do with the answer.
//!
//! Who asks, and what they may, is the business of [`entry`](crate::entry). Kept out here, whoever asks:
//!
//! - Pages of other sites that have the browser write here: [`same_site_only`] looks at `Sec-Fetch-Site` and `Origin`.
//! - Pages of other sites that gave their own name this machine's address (DNS rebinding): [`own_names_only`]
//!   answers only to names of this machine, and to the one that the page was given (`--public-url`).
//! - Bodies that are too long, and work that takes too long.
//!
//! Other machines are kept out by the caller, who binds the listener to a loopback address.

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use tower_http::{
    catch_panic::CatchPanicLayer, compression::CompressionLayer, set_header::SetResponseHeaderLayer,
};

use crate::{
    address::PublicAddress, api, changes, error::ApiError, files, maps, passages, registers,
    workbooks,
};

/// Longest time for an answer; reading of files has its own, longer one.
const PATIENCE: Duration = Duration::from_secs(30);
/// Longest time for files: some are scanned pictures of many pages.
const PATIENCE_FOR_FILES: Duration = Duration::from_mins(15);

const HEADERS: [(HeaderName, &str); 7] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
         connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
];

/// Puts the guards around all routes.
///
/// `address` is the one under which people open the page, if that was said.
pub(crate) fn around(router: Router, address: Option<Arc<PublicAddress>>) -> Router {
    let names = Names(address);
    let mut router = router
        .layer(middleware::from_fn(not_too_long))
        .layer(middleware::from_fn(in_time))
        .layer(middleware::from_fn_with_state(names.clone(), same_site_only))
        .layer(middleware::from_fn_with_state(names, own_names_only))
        .layer(CatchPanicLayer::custom(|_| ApiError::Internal.into_response()))
        .layer(CompressionLayer::new());
    for (name, value) in HEADERS {
        let value = HeaderValue::from_static(value);
        router = router.layer(SetResponseHeaderLayer::if_not_present(name, value));
    }
    // Documents are nobody else's business, not even the browser cache's.
    let no_store = HeaderValue::from_static("no-store");
    router.layer(SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, no_store))
}

/// The name that a proxy with TLS hands on, beside those of this machine.
#[derive(Clone)]
struct Names(Option<Arc<PublicAddress>>);

impl Names {
    fn has(&self, host: &str) -> bool {
        is_own_name(host) || self.0.as_ref().is_some_and(|it| it.host().eq_ignore_ascii_case(host))
    }

    fn is_origin(&self, origin: &str) -> bool {
        self.0.as_ref().is_some_and(|it| it.origin() == origin)
    }
}

/// Answers only requests made under a name of this machine, or of the page.
async fn own_names_only(State(names): State<Names>, request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|it| it.to_str().ok());
    if host.is_some_and(|it| names.has(it)) {
        next.run(request).await
    } else {
        ApiError::ForeignHost.into_response()
    }
}

fn is_own_name(host: &str) -> bool {
    // A port is digits after the last colon; an IPv6 address stands in brackets.
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|it| it.is_ascii_digit()) => name,
        _ => host,
    };
    ["localhost", "127.0.0.1", "[::1]"].iter().any(|it| name.eq_ignore_ascii_case(it))
}

/// Lets only Dondoc's own pages, and programs that are no browsers, write.
async fn same_site_only(State(names): State<Names>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if reads || is_same_site(request.headers(), &names) {
        next.run(request).await
    } else {
        ApiError::ForeignSite.into_response()
    }
}

/// By `Sec-Fetch-Site`, which pages can't forge; by `Origin` in browsers that don't send it.
fn is_same_site(headers: &HeaderMap, names: &Names) -> bool {
    let text = |name: HeaderName| headers.get(name).map(|it| it.to_str().unwrap_or("?"));
    if let Some(site) = text(HeaderName::from_static("sec-fetch-site"))
        && !matches!(site, "same-origin" | "none")
    {
        return false;
    }
    match (text(header::ORIGIN), text(header::HOST)) {
        (None, _) => true,
        (Some(origin), Some(host)) if origin.strip_prefix("http://") == Some(host) => true,
        // Between the browser and the proxy it is https, and the proxy hands the name on.
        (Some(origin), Some(host)) => !is_own_name(host) && names.is_origin(origin),
        (Some(_), None) => false,
    }
}

/// Refuses a body that announces more than is taken, before any of it is read; the rest is counted on the way.
async fn not_too_long(request: Request, next: Next) -> Response {
    let limit = match request.uri().path() {
        "/api/files" => files::MAX_REQUEST_BYTES,
        "/api/maps" => maps::MAX_MAP_BYTES,
        "/api/figures/import" => passages::MAX_FILE_BYTES,
        "/api/forms/workbook" => workbooks::MAX_WORKBOOK_BYTES,
        path if registers::brings_a_file(path) => registers::MAX_BYTES,
        path if path.starts_with("/api/admin/units/file") => changes::file::MAX_LIST_BYTES,
        _ => api::MAX_JSON_BYTES,
    };
    let announced = request.headers().get(header::CONTENT_LENGTH);
    let announced = announced.and_then(|it| it.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|it| it > limit as u64) {
        return ApiError::TooLarge.into_response();
    }
    next.run(request).await
}

async fn in_time(request: Request, next: Next) -> Response {
    let patience = if request.uri().path() == "/api/files" { PATIENCE_FOR_FILES } else { PATIENCE };
    let answer = tokio::time::timeout(patience, next.run(request)).await;
    answer.unwrap_or_else(|_| ApiError::TimedOut.into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_answered() {
        for host in ["localhost", "LOCALHOST:8080", "127.0.0.1:80", "[::1]:7700", "[::1]"] {
            assert!(is_own_name(host), "{host}");
        }
        for host in [
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example:80",
            "",
            "::1",
            "10.0.0.1",
        ] {
            assert!(!is_own_name(host), "{host}");
        }
    }
}
