//! The sample province is read as a person reads it.
//!
//! What must be found stands in `testdata/expected`, written by hand from the reading contract; the form is told
//! in `testdata/README.md`. The bars are those that hold for texts of real provinces.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]
#![expect(clippy::disallowed_methods, reason = "a test is an edge: it reads the samples")]

use std::{fmt::Write, fs, path::PathBuf, sync::LazyLock};

use dondoc_core::reading::{Document, Span};
use dondoc_intake::{container, read, secrecy};
use serde_json::Value;

/// A sample: what must be found in it, and what was.
struct Sample {
    source: String,
    wanted: Value,
    read: Value,
}

/// How many findings were wanted, made and right, and which ones went wrong.
#[derive(Default)]
struct Tally {
    n_wanted: usize,
    n_made: usize,
    n_right: usize,
    wrong: String,
}

impl Tally {
    fn f1_percent(&self) -> usize {
        (200 * self.n_right).checked_div(self.n_wanted + self.n_made).unwrap_or(100)
    }

    #[track_caller]
    fn check(&self, least_percent: usize) {
        let f1_percent = self.f1_percent();
        assert!(self.n_wanted > 0, "nothing was looked for");
        assert!(
            f1_percent >= least_percent,
            "F1 {f1_percent} %, wanted {least_percent} %: {} wanted, {} made, {} right\n{}",
            self.n_wanted,
            self.n_made,
            self.n_right,
            self.wrong
        );
    }
}

fn testdata() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../testdata")
}

static PROVINCE: LazyLock<Vec<Sample>> = LazyLock::new(|| {
    let mut expected: Vec<PathBuf> =
        fs::read_dir(testdata().join("expected")).unwrap().map(|it| it.unwrap().path()).collect();
    expected.sort();
    expected.iter().map(sample).collect()
});

fn sample(expected: &PathBuf) -> Sample {
    let mut expected: Value = serde_json::from_slice(&fs::read(expected).unwrap()).unwrap();
    let source = expected["source"].as_str().unwrap().to_owned();
    let text = text_of(&testdata().join("province").join(&source));
    let documents = read::read(&text, &source);
    assert_eq!(documents.len(), 1, "{source} holds one document");
    let letters: Vec<char> = text.chars().collect();
    Sample {
        source,
        wanted: expected["documents"][0].take(),
        read: with_words(&documents[0], &letters),
    }
}

fn text_of(file: &PathBuf) -> String {
    let bytes = fs::read(file).unwrap();
    let format = container::sniff(&bytes, &file.to_string_lossy()).unwrap();
    container::extract(&bytes, format).unwrap().text
}

/// The document as JSON, each finding with the words of its span as `text`.
fn with_words(document: &Document, letters: &[char]) -> Value {
    let mut json = serde_json::to_value(document).unwrap();
    for row in ["citations", "abbreviations", "tasks", "figures"] {
        for finding in json[row].as_array_mut().unwrap() {
            let span: Span = serde_json::from_value(finding["span"].clone()).unwrap();
            finding["text"] = letters[span.start..span.end].iter().collect::<String>().into();
        }
    }
    json
}

/// Without case, table lines and emphasis, white space collapsed; an absent value is empty.
fn plain(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_lowercase);
    text.split(|c: char| c.is_whitespace() || c == '|' || c == '*')
        .filter(|it| !it.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn same(wanted: &Value, made: &Value, keys: &[&str]) -> bool {
    keys.iter().all(|key| match (wanted[*key].as_f64(), made[*key].as_f64()) {
        (Some(a), Some(b)) => (a - b).abs() < 1e-6,
        _ => plain(&wanted[*key]) == plain(&made[*key]),
    })
}

fn same_bodies(wanted: &Value, made: &Value, key: &str) -> bool {
    let sorted = |it: &Value| {
        let mut bodies: Vec<String> = it[key].as_array().into_iter().flatten().map(plain).collect();
        bodies.sort();
        bodies
    };
    sorted(wanted) == sorted(made)
}

/// Whether the words of one lie in those of the other, and are at least half of them.
fn half_shared(wanted: &Value, made: &Value) -> bool {
    let (a, b) = (plain(&wanted["text"]), plain(&made["text"]));
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    long.contains(&short) && 2 * short.len() >= long.len()
}

/// The wanted and the made findings of a row that are the same, in the order of the text.
fn pairs<'a>(
    sample: &'a Sample,
    row: &str,
    is_same: impl Fn(&Value, &Value) -> bool,
    tally: &mut Tally,
) -> Vec<(&'a Value, &'a Value)> {
    let Some(wanted) = sample.wanted[row].as_array() else { return Vec::new() };
    let mut made: Vec<&Value> = sample.read[row].as_array().unwrap().iter().collect();
    tally.n_wanted += wanted.len();
    tally.n_made += made.len();
    let mut found = Vec::new();
    for one in wanted {
        match made.iter().position(|it| is_same(one, it)) {
            Some(at) => found.push((one, made.remove(at))),
            None => writeln!(tally.wrong, "{}: missed {one}", sample.source).unwrap(),
        }
    }
    for one in made {
        writeln!(tally.wrong, "{}: made up {one}", sample.source).unwrap();
    }
    tally.n_right += found.len();
    found
}

fn tally(row: &str, is_same: impl Fn(&Value, &Value) -> bool) -> Tally {
    let mut tally = Tally::default();
    for sample in &*PROVINCE {
        pairs(sample, row, &is_same, &mut tally);
    }
    tally
}

/// Of the findings of a row that were made and wanted, those with an attribute right.
fn tally_of_found(
    row: &str,
    is_same: impl Fn(&Value, &Value) -> bool,
    is_judged: impl Fn(&Value) -> bool,
    is_right: impl Fn(&Value, &Value) -> bool,
) -> Tally {
    let mut rights = Tally::default();
    for sample in &*PROVINCE {
        for (wanted, made) in pairs(sample, row, &is_same, &mut Tally::default()) {
            if !is_judged(wanted) {
                continue;
            }
            rights.n_wanted += 1;
            rights.n_made += 1;
            if is_right(wanted, made) {
                rights.n_right += 1;
            } else {
                writeln!(rights.wrong, "{}: wanted {wanted}\n  made {made}", sample.source)
                    .unwrap();
            }
        }
    }
    rights
}

fn tally_heading(key: &str) -> Tally {
    let mut tally = Tally::default();
    for Sample { source, wanted, read } in &*PROVINCE {
        if wanted.get(key).is_none() {
            continue;
        }
        tally.n_wanted += 1;
        tally.n_made += 1;
        if same(wanted, read, &[key]) {
            tally.n_right += 1;
        } else {
            writeln!(tally.wrong, "{source}: wanted {}, made {}", wanted[key], read[key]).unwrap();
        }
    }
    tally
}

fn is_same_citation(wanted: &Value, made: &Value) -> bool {
    half_shared(wanted, made) && same(wanted, made, &["kind", "number"])
}

fn is_same_figure(wanted: &Value, made: &Value) -> bool {
    half_shared(wanted, made) && same(wanted, made, &["value", "value_to", "unit"])
}

#[test]
fn type_number_and_day_of_every_sample_are_read() {
    for key in ["kind", "number", "issued_on"] {
        tally_heading(key).check(100);
    }
}

#[test]
fn issuer_place_signer_and_subject_are_read() {
    for key in ["issuer", "place", "signer", "title"] {
        tally_heading(key).check(95);
    }
}

#[test]
fn citations_are_found() {
    tally("citations", is_same_citation).check(95);
}

#[test]
fn days_of_citations_are_read() {
    let right = |wanted: &Value, made: &Value| same(wanted, made, &["date"]);
    tally_of_found("citations", is_same_citation, |_| true, right).check(95);
}

#[test]
fn abbreviations_are_found() {
    tally("abbreviations", |wanted, made| same(wanted, made, &["short", "long"])).check(95);
}

#[test]
fn figures_are_found() {
    tally("figures", is_same_figure).check(95);
}

#[test]
fn bounds_and_periods_of_figures_are_read() {
    for key in ["bound", "period"] {
        let right = |wanted: &Value, made: &Value| same(wanted, made, &[key]);
        let is_judged = |wanted: &Value| wanted.get(key).is_some();
        tally_of_found("figures", is_same_figure, is_judged, right).check(90);
    }
}

#[test]
fn tasks_are_found() {
    tally("tasks", half_shared).check(90);
}

#[test]
fn leading_and_coordinating_bodies_are_read() {
    for key in ["lead", "coordinate"] {
        let right = |wanted: &Value, made: &Value| same_bodies(wanted, made, key);
        tally_of_found("tasks", half_shared, |_| true, right).check(90);
    }
}

#[test]
fn labels_deadlines_and_rhythms_of_tasks_are_read() {
    for key in ["label", "due", "recurring"] {
        let right = |wanted: &Value, made: &Value| same(wanted, made, &[key]);
        tally_of_found("tasks", half_shared, |_| true, right).check(90);
    }
}

#[test]
fn marked_samples_are_told_and_one_that_cites_the_law_is_let_in() {
    let is_marked = |file: &PathBuf| secrecy::mark(&text_of(file)).is_some();
    for file in fs::read_dir(testdata().join("refused")).unwrap() {
        let file = file.unwrap().path();
        assert!(is_marked(&file), "{} has a mark", file.display());
    }
    for file in fs::read_dir(testdata().join("province")).unwrap() {
        let file = file.unwrap().path();
        assert!(!is_marked(&file), "{} has no mark", file.display());
    }
}
