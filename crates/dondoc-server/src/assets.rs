//! The page: the built files of `web/`, embedded.

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::error::ApiError;

/// What `web/` was built to; empty if it was not built.
#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Built;

const NOT_BUILT: &str = "<!doctype html><html lang=\"vi\"><meta charset=\"utf-8\"><title>Dondoc</title>\
    <h1>Trang Dondoc chưa được dựng</h1>\
    <p>Máy chủ đang chạy, nhưng bản này chưa có trang giao diện. Trong thư mục mã nguồn, chạy \
    <code>cargo xtask web</code> rồi dựng lại bằng <code>cargo build --release</code>. \
    API vẫn dùng được: <a href=\"/api/openapi.json\">/api/openapi.json</a>.</p>\
    <p lang=\"en\">The page is not built. In the source folder run <code>cargo xtask web</code>, then \
    <code>cargo build --release</code>. The API works.</p></html>";

/// Answers everything that is not the API: a file of the page, or the page itself.
pub(crate) async fn answer(uri: Uri, headers: HeaderMap) -> Response {
    page(Built::get, uri.path(), headers.get(header::IF_NONE_MATCH))
}

/// `built` looks a file up by its path in `web/dist`.
fn page(
    built: impl Fn(&str) -> Option<EmbeddedFile>,
    path: &str,
    seen: Option<&HeaderValue>,
) -> Response {
    let path = path.trim_start_matches('/');
    if path == "api" || path.starts_with("api/") {
        return ApiError::NotFound.into_response();
    }
    // Only what was built is ever looked up; a path that climbs names nothing.
    let climbs = path.split(['/', '\\']).any(|it| it == "..") || path.contains('%');
    let named = (!path.is_empty() && !climbs).then(|| built(path)).flatten();
    if let Some(file) = named {
        return send(path, file, seen);
    }
    // A file that is missing is missing; any other path is one of the page's own.
    let is_file = path.rsplit('/').next().is_some_and(|it| it.contains('.'));
    if is_file || climbs {
        return ApiError::NotFound.into_response();
    }
    match built("index.html") {
        Some(index) => send("index.html", index, seen),
        None => {
            let html = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
            (StatusCode::OK, html, NOT_BUILT).into_response()
        }
    }
}

/// Names are fixed, so browsers ask each time whether the file is still the same.
fn send(path: &str, file: EmbeddedFile, seen: Option<&HeaderValue>) -> Response {
    let digest = file.metadata.sha256_hash();
    let digest: String = digest.iter().take(16).map(|it| format!("{it:02x}")).collect();
    // Weak, for the compressed file is another sequence of bytes.
    let tag = format!("W/\"{digest}\"");
    let headers = [(header::ETAG, tag.clone()), (header::CACHE_CONTROL, "no-cache".to_owned())];
    let is_seen = seen
        .and_then(|it| it.to_str().ok())
        .is_some_and(|it| it.split(',').any(|it| it.trim() == tag));
    if is_seen {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    let kind = [(header::CONTENT_TYPE, media_type(path))];
    (headers, kind, file.data.into_owned()).into_response()
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("json" | "webmanifest") => "application/json",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(RustEmbed)]
    #[folder = "src"]
    struct Sources;

    fn built(path: &str) -> Option<EmbeddedFile> {
        match path {
            "index.html" => Sources::get("lib.rs"),
            "a/index.js" => Sources::get("assets.rs"),
            _ => None,
        }
    }

    fn check(path: &str, status: u16, kind: &str) {
        let response = page(built, path, None);
        assert_eq!(response.status().as_u16(), status, "{path}");
        assert_eq!(response.headers()[header::CONTENT_TYPE], kind, "{path}");
    }

    #[test]
    fn every_path_of_the_page_is_the_page() {
        check("/", 200, "text/html; charset=utf-8");
        check("/van-ban/17", 200, "text/html; charset=utf-8");
        check("/a/index.js", 200, "text/javascript; charset=utf-8");
        check("/a/missing.js", 404, "application/json");
        check("/api/nothing", 404, "application/json");
        for path in ["/../Cargo.toml", "/a/../../x", "/%2e%2e/Cargo.toml", "/..\\x"] {
            check(path, 404, "application/json");
        }
    }

    #[test]
    fn what_was_seen_is_not_sent_again() {
        let first = page(built, "/", None);
        let tag = first.headers()[header::ETAG].clone();
        assert_eq!(page(built, "/", Some(&tag)).status(), StatusCode::NOT_MODIFIED);
        let other = HeaderValue::from_static("W/\"0\"");
        assert_eq!(page(built, "/", Some(&other)).status(), StatusCode::OK);
    }

    #[test]
    fn a_page_that_was_not_built_says_how_to_build_it() {
        let response = page(|_| None, "/", None);
        assert_eq!(response.status(), StatusCode::OK);
        assert!(NOT_BUILT.contains("cargo xtask web"));
    }
}
