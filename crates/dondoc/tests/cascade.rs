//! The documents of the sample province find each other, as told by hand in `testdata/cascade.json`.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    collections::{BTreeMap, BTreeSet},
    ffi::OsStr,
    fs,
    path::PathBuf,
    process::Command,
    sync::LazyLock,
};

use serde_json::Value;
use tempfile::TempDir;

/// The sample province in a library of its own.
struct Province {
    /// The lines of `dondoc add --json`.
    added: Vec<Value>,
    /// The lines of `dondoc citations --json`.
    citations: Vec<Value>,
    /// The file numbers (`03`) by document.
    files: BTreeMap<u64, String>,
}

static PROVINCE: LazyLock<Province> = LazyLock::new(|| {
    let library = TempDir::new().unwrap();
    let data = ["--json", "--data"].map(OsStr::new);
    let added = lines(
        "add",
        &[data[0], data[1], library.path().as_os_str(), testdata("province").as_os_str()],
    );
    let citations = lines("citations", &[data[0], data[1], library.path().as_os_str()]);
    let files = added
        .iter()
        .map(|it| {
            let file = PathBuf::from(it["name"].as_str().unwrap());
            let name = file.file_name().unwrap().to_str().unwrap();
            (it["document_ids"][0].as_u64().unwrap(), name[..2].to_owned())
        })
        .collect();
    Province { added, citations, files }
});

static TOLD: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_slice(&fs::read(testdata("cascade.json")).unwrap()).unwrap());

fn testdata(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../testdata").join(name)
}

fn lines(command: &str, arguments: &[&OsStr]) -> Vec<Value> {
    let output =
        Command::new(env!("CARGO_BIN_EXE_dondoc")).arg(command).args(arguments).output().unwrap();
    assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
    let stdout = String::from_utf8(output.stdout).unwrap();
    stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

impl Province {
    /// The citations in a state, by citing file.
    fn in_state(&self, state: &str) -> impl Iterator<Item = (&str, &Value)> {
        self.citations.iter().filter(move |it| it["resolution"]["state"] == state).map(|it| {
            let citing = it["document_id"].as_u64().unwrap();
            (self.files[&citing].as_str(), it)
        })
    }

    fn candidates(&self, citation: &Value) -> BTreeSet<&str> {
        let ids = citation["resolution"]["candidates"].as_array().unwrap();
        ids.iter().map(|it| self.files[&it.as_u64().unwrap()].as_str()).collect()
    }

    /// What is told of the citations in a state (`from number: candidates`), beside what was found.
    #[track_caller]
    fn check_candidates(&self, state: &str) {
        let told: BTreeSet<String> = told(state)
            .map(|it| format!("{} {}: {}", text(it, "from"), text(it, "number"), it["candidates"]))
            .collect();
        let found: BTreeSet<String> = self
            .in_state(state)
            .map(|(from, it)| {
                let candidates = serde_json::to_string(&self.candidates(it)).unwrap();
                format!("{from} {}: {candidates}", text(&it["citation"], "number"))
            })
            .collect();
        assert_eq!(found, told);
    }
}

fn told(row: &str) -> impl Iterator<Item = &'static Value> {
    TOLD[row].as_array().unwrap().iter()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or("-")
}

#[test]
fn citations_lead_to_the_documents_they_mean() {
    let told: BTreeSet<(&str, &str)> =
        told("edges").map(|it| (text(it, "from"), text(it, "to"))).collect();
    let found: BTreeSet<(&str, &str)> = PROVINCE
        .in_state("resolved")
        .map(|(from, it)| {
            let cited = it["resolution"]["document_id"].as_u64().unwrap();
            (from, PROVINCE.files[&cited].as_str())
        })
        .collect();
    assert_eq!(found, told);
}

#[test]
fn each_citation_says_what_the_one_document_has_to_do_with_the_other() {
    let mut found: BTreeSet<(&str, &str, &str)> = BTreeSet::new();
    for (from, it) in PROVINCE.in_state("resolved") {
        let cited = it["resolution"]["document_id"].as_u64().unwrap();
        found.insert((from, &PROVINCE.files[&cited], text(&it["resolution"], "relation")));
    }
    let missed: Vec<&Value> = told("edges")
        .filter(|it| !it["relation"].is_null())
        .filter(|it| !found.contains(&(text(it, "from"), text(it, "to"), text(it, "relation"))))
        .collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn a_number_without_issuer_or_day_stays_between_the_two_it_fits() {
    PROVINCE.check_candidates("ambiguous");
}

#[test]
fn a_citation_with_another_day_is_reported_as_conflicting() {
    PROVINCE.check_candidates("conflicting");
}

#[test]
fn a_replaced_decision_that_is_not_stored_stays_open() {
    for it in told("open") {
        let found = PROVINCE.in_state("open").any(|(from, citation)| {
            from == text(it, "from")
                && text(&citation["citation"], "number") == text(it, "number")
                && text(&citation["resolution"], "relation") == text(it, "relation")
        });
        assert!(found, "{it}");
    }
}

#[test]
fn the_printed_page_of_an_article_is_reported_as_near_duplicate() {
    for it in told("near_duplicates") {
        let stands = |name: &Value, file: &Value| {
            let name = PathBuf::from(name.as_str().unwrap());
            name.file_name().unwrap().to_str().unwrap().starts_with(file.as_str().unwrap())
        };
        let copy = PROVINCE.added.iter().find(|added| stands(&added["name"], &it["is"])).unwrap();
        let near = copy["near_duplicates"].as_array().unwrap();
        assert!(near.iter().any(|other| stands(&other["source"], &it["of"])), "{copy}");
    }
}

#[test]
fn marked_documents_are_refused_and_nothing_of_them_is_stored() {
    let library = TempDir::new().unwrap();
    for file in fs::read_dir(testdata("refused")).unwrap() {
        let output = Command::new(env!("CARGO_BIN_EXE_dondoc"))
            .args(["add", "--json", "--data"])
            .args([library.path(), &file.unwrap().path()])
            .output()
            .unwrap();
        assert!(!output.status.success(), "a refused file is told by the exit status");
        let line: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(line["status"], "refused", "{line}");
        assert_eq!(line["problem"]["code"], "classified", "{line}");
        assert_eq!(line["file_id"], Value::Null, "{line}");
    }
}
