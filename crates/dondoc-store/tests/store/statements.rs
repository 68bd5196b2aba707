//! Every statement under `sql/` is good, and keeps to the rules of the house.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::sample::Sample;

#[test]
fn every_statement_can_be_prepared() {
    let sample = Sample::new();
    let statements = statements();
    assert!(statements.len() > 40);
    let not_ours = |path: &Path| path.to_string_lossy().ends_with(sample.place.not_ours());
    let faults: Vec<String> = statements
        .into_iter()
        .filter(|(path, _)| !not_ours(path))
        .filter_map(|(path, text)| {
            Some(format!("{}: {}", path.display(), sample.place.fault_of(&text)?))
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_statement_says_what_it_is_for() {
    for (path, text) in statements() {
        assert!(text.starts_with("-- "), "{}: put a line of comment on top", path.display());
    }
}

/// SQLite numbers `$1`, `$2` … by their first use, so that has to be their order.
#[test]
fn parameters_are_first_used_in_their_order() {
    for (path, text) in statements() {
        let code: Vec<&str> = text.lines().filter(|it| !it.starts_with("--")).collect();
        let code = code.join("\n");
        let mut n_used = 0;
        for (at, _) in code.match_indices('$') {
            let digits: String = code[at + 1..].chars().take_while(char::is_ascii_digit).collect();
            let number: usize = digits.parse().unwrap();
            assert!(number <= n_used + 1, "{}: ${number} comes too early", path.display());
            n_used = n_used.max(number);
        }
    }
}

/// Everything in `sql/` but the schema.
fn statements() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("sql");
    let folders = fs::read_dir(root).unwrap().map(|it| it.unwrap().path());
    let folders = folders.filter(|it| it.is_dir() && !it.ends_with("schema"));
    let files = folders.flat_map(|it| fs::read_dir(it).unwrap().map(|it| it.unwrap().path()));
    files.map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}
