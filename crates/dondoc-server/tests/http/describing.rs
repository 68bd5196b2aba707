//! The description of the API, and the catalogue of refusals.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use dondoc_server::ApiError;
use serde_json::Value;

use crate::server::Server;

const OPENAPI: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/api/openapi.json");
const PROBLEMS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/problems.md");

/// `UPDATE_EXPECT=1` renews the file.
#[test]
fn the_description_in_the_docs_is_that_of_the_router() {
    let made = dondoc_server::openapi();
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(OPENAPI, &made).unwrap();
    }
    let kept = fs::read_to_string(OPENAPI).unwrap_or_default();
    assert!(kept == made, "docs/api/openapi.json is old; renew it with UPDATE_EXPECT=1");
}

#[test]
fn the_description_is_served_as_it_is_kept() {
    let answer = Server::start().get("/api/openapi.json");
    assert_eq!(answer.status, 200);
    assert_eq!(answer.body, dondoc_server::openapi().as_bytes());
    assert_eq!(answer.json()["openapi"], "3.1.0");
}

/// Every route of the description answers, and with something else than "no such route".
#[test]
fn every_route_that_is_described_is_there() {
    let server = Server::with_library();
    let description: Value = serde_json::from_str(&dondoc_server::openapi()).unwrap();
    let paths = description["paths"].as_object().unwrap();
    assert!(paths.len() > 90, "{}", paths.len());
    for (path, verbs) in paths {
        for (verb, operation) in verbs.as_object().unwrap() {
            let line = format!("{} {}", verb.to_uppercase(), path.replace("{id}", "1"));
            if operation["responses"]["200"]["content"]["text/event-stream"].is_object() {
                // Such an answer has no end; `exploring` listens to it.
                continue;
            }
            let answer = server.send(&line, &[], b"");
            assert_ne!(answer.status, 405, "{line}");
            // A thing that is named may not be there; a route that names none always is, but for questions about the
            // highest unit in a store without units.
            let needs_units = ["/api/completeness", "/api/overview"].contains(&path.as_str());
            assert!(answer.status != 404 || path.contains('{') || needs_units, "{line}");
            let described = operation["responses"].as_object().unwrap();
            assert!(!described.is_empty(), "{line}");
            assert!(operation["summary"].as_str().is_some(), "{line}: say what it does");
        }
    }
}

#[test]
fn every_refusal_has_its_heading() {
    let page = fs::read_to_string(PROBLEMS).unwrap();
    let headings: Vec<&str> = page.lines().filter_map(|it| it.strip_prefix("### ")).collect();
    let mut codes: Vec<&str> = ApiError::all().iter().map(ApiError::code).collect();
    codes.extend(FILE_PROBLEMS);
    for code in &codes {
        let n = headings.iter().filter(|it| **it == format!("`{code}`")).count();
        assert_eq!(n, if *code == "not_found" { 2 } else { 1 }, "{code}");
    }
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(headings.len(), codes.len() + 1, "a heading for something that is not refused");
}

/// The codes of `dondoc_core::problem::Problem`, as the docs promise them.
const FILE_PROBLEMS: [&str; 20] = [
    "empty",
    "too_large",
    "unknown_format",
    "wrong_extension",
    "encrypted",
    "broken",
    "unpacks_too_large",
    "too_many_entries",
    "nul_bytes",
    "mixed_encoding",
    "needs_ocr",
    "needs_program",
    "no_text",
    "classified",
    "limit_reached",
    "reader_died",
    "unreadable",
    "not_found",
    "empty_folder",
    "named_twice",
];

/// The description has one place for each name: of two types of one name, one would be described as the other.
#[test]
fn no_two_types_have_one_name_in_the_description() {
    let mut seen = BTreeMap::new();
    let mut twice = Vec::new();
    for path in sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))) {
        let text = fs::read_to_string(&path).unwrap();
        let derived = text.split("#[derive(").skip(1);
        let described =
            derived.filter(|it| it.split(')').next().unwrap_or("").contains("ToSchema"));
        for item in described {
            let mut words =
                item.split_whitespace().skip_while(|it| !["struct", "enum"].contains(it));
            let name =
                words.nth(1).unwrap_or("").trim_end_matches(|it: char| !it.is_alphanumeric());
            if let Some(before) = seen.insert(name.to_owned(), path.clone()) {
                twice.push(format!("{name}: {} and {}", before.display(), path.display()));
            }
        }
    }
    assert!(seen.len() > 100, "{}", seen.len());
    assert!(twice.is_empty(), "{twice:#?}");
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|it| it.is_dir());
    let mut found: Vec<_> =
        files.into_iter().filter(|it| it.extension().is_some_and(|it| it == "rs")).collect();
    found.extend(folders.iter().flat_map(|it| sources(it)));
    found
}
