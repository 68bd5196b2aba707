//! The rules of ARCHITECTURE.md that a machine can hold.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Which crates of ours each crate may lean on. A new name here is a decision: say why in the change.
const MAY_LEAN_ON: &[(&str, &[&str])] = &[
    // On purpose on nothing of ours: who verifies must not trust the code that he verifies.
    ("dondoc-audit", &[]),
    ("dondoc-core", &[]),
    ("dondoc-intake", &["dondoc-core"]),
    ("dondoc-rollup", &["dondoc-core"]),
    ("dondoc-exchange", &["dondoc-core"]),
    ("dondoc-store", &["dondoc-core"]),
    ("dondoc-ledger", &["dondoc-core", "dondoc-rollup", "dondoc-store"]),
    ("dondoc-server", &["dondoc-core", "dondoc-exchange", "dondoc-ledger", "dondoc-store"]),
    (
        "dondoc",
        &[
            // In tests only.
            "dondoc-audit",
            "dondoc-core",
            "dondoc-exchange",
            "dondoc-intake",
            "dondoc-ledger",
            "dondoc-server",
            "dondoc-store",
        ],
    ),
    ("xtask", &[]),
];

/// Which crates of others only some of ours may use, and which.
const BELONGS_TO: &[(&str, &[&str])] = &[
    ("axum", &["dondoc-server"]),
    ("cel", &["dondoc-core"]),
    ("clap", &["dondoc"]),
    ("docx-rs", &["dondoc-server"]),
    ("postgres", &["dondoc-store"]),
    ("pdf-extract", &["dondoc-intake"]),
    ("quick-xml", &["dondoc-intake", "dondoc-exchange"]),
    ("rusqlite", &["dondoc-store"]),
    ("tokio", &["dondoc-server", "dondoc"]),
    ("utoipa", &["dondoc-core", "dondoc-server"]),
    ("zip", &["dondoc-intake", "dondoc-exchange", "dondoc-server"]),
];

/// The most lines of a source file; longer ones do more than one thing.
const LONGEST_FILE: usize = 400;

/// Words that tell how a project is made instead of what it is, and names that belong to one machine.
const UNWANTED: &[&str] =
    &["/tmp/target", "/work/", "helper-", "subagent", "chatgpt", "claude", "anthropic"];

#[test]
fn crates_lean_only_downwards() {
    let may_lean_on = BTreeMap::from_iter(MAY_LEAN_ON.iter().copied());
    for (name, dependencies) in workspace() {
        let allowed = may_lean_on.get(name.as_str());
        let allowed = allowed.unwrap_or_else(|| panic!("{name}: give it a line in MAY_LEAN_ON"));
        for dependency in dependencies.iter().filter(|it| it.starts_with("dondoc")) {
            assert!(allowed.contains(&dependency.as_str()), "{name} may not lean on {dependency}");
        }
    }
}

#[test]
fn heavy_crates_have_one_room() {
    for (name, dependencies) in workspace() {
        for (owned, rooms) in BELONGS_TO {
            let uses = dependencies.iter().any(|it| it == owned);
            assert!(
                !uses || rooms.contains(&name.as_str()),
                "{name} uses {owned}, which belongs to {rooms:?}"
            );
        }
    }
}

#[test]
fn no_source_file_is_longer_than_a_head_holds() {
    let long: Vec<String> = tracked(&["rs", "ts", "svelte"])
        .into_iter()
        .filter_map(|path| {
            let n_lines = read(&path).lines().count();
            (n_lines > LONGEST_FILE).then(|| format!("{}: {n_lines} lines", path.display()))
        })
        .collect();
    assert!(long.is_empty(), "longer than {LONGEST_FILE} lines:\n{}", long.join("\n"));
}

#[test]
fn no_folder_module_is_called_mod() {
    let named: Vec<PathBuf> =
        tracked(&["rs"]).into_iter().filter(|it| it.ends_with("mod.rs")).collect();
    assert!(named.is_empty(), "{named:?}");
}

#[test]
fn every_link_in_the_docs_leads_somewhere() {
    let mut broken = Vec::new();
    for page in tracked(&["md"]) {
        let text = read(&page);
        for target in links(&text) {
            let path = target.split('#').next().unwrap_or_default();
            let is_outside =
                target.contains("://") || target.starts_with("mailto:") || path.is_empty();
            if !is_outside && !page.parent().unwrap_or(Path::new(".")).join(path).exists() {
                broken.push(format!("{}: {target}", page.display()));
            }
        }
    }
    assert!(broken.is_empty(), "broken links:\n{}", broken.join("\n"));
}

#[test]
fn the_project_speaks_of_itself_only() {
    let mut found = Vec::new();
    for path in tracked(&["rs", "ts", "svelte", "md", "sql", "toml", "py", "js", "html"]) {
        if path.ends_with("tidy.rs") {
            continue;
        }
        let text = read(&path).to_lowercase();
        found.extend(
            UNWANTED
                .iter()
                .filter(|it| text.contains(**it))
                .map(|it| format!("{}: {it}", path.display())),
        );
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn lock_files_name_no_registry_host() {
    for path in tracked(&["json"]).into_iter().filter(|it| it.ends_with("package-lock.json")) {
        assert!(
            !read(&path).contains("\"resolved\": \"http"),
            "{}: has download addresses",
            path.display()
        );
    }
}

/// The targets of the links of a markdown page.
fn links(text: &str) -> Vec<&str> {
    let mut links = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("](") {
        rest = &rest[at + 2..];
        if let Some(end) = rest.find(')') {
            links.push(rest[..end].split_whitespace().next().unwrap_or_default());
            rest = &rest[end..];
        }
    }
    links
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_default()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The files under version control with one of these extensions; fixtures of the tests are not ours to shape.
fn tracked(extensions: &[&str]) -> Vec<PathBuf> {
    let listed = Command::new("git").args(["ls-files", "-z"]).current_dir(root()).output().unwrap();
    let listed = String::from_utf8(listed.stdout).unwrap();
    let paths = listed
        .split('\0')
        .filter(|it| !it.is_empty() && !it.starts_with("testdata/"))
        .map(PathBuf::from);
    paths
        .filter(|it| {
            it.extension().and_then(|it| it.to_str()).is_some_and(|it| extensions.contains(&it))
        })
        .map(|it| root().join(it))
        .filter(|it| it.exists())
        .collect()
}

/// The crates of the workspace, each with the names of what it depends on outside tests.
fn workspace() -> Vec<(String, Vec<String>)> {
    let metadata = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(root())
        .output()
        .unwrap();
    let metadata: serde_json::Value = serde_json::from_slice(&metadata.stdout).unwrap();
    let name_of = |it: &serde_json::Value| it["name"].as_str().unwrap().to_owned();
    let packages = metadata["packages"].as_array().unwrap().iter();
    packages
        .map(|package| {
            let all = package["dependencies"].as_array().unwrap().iter();
            let outside_tests = all.filter(|it| it["kind"] != "dev");
            (name_of(package), outside_tests.map(name_of).collect())
        })
        .collect()
}
