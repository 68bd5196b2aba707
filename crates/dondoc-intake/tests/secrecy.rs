//! Ordinary documents pass the secrecy stop: every text in `../shared`, if it is there.

#![expect(clippy::disallowed_methods, reason = "a test reads its own files")]

use std::{
    fs,
    path::{Path, PathBuf},
};

use dondoc_intake::secrecy::mark;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");

#[test]
fn no_ordinary_document_bears_a_mark_of_secrecy() {
    let mut paths = Vec::new();
    for folder in ["seeds", "data"] {
        collect(&Path::new(FOLDER).join(folder), &mut paths);
    }
    let mut marked = Vec::new();
    let mut n_texts = 0;
    for path in &paths {
        let Ok(text) = fs::read_to_string(path) else { continue };
        n_texts += 1;
        if let Some(mark) = mark(&text) {
            marked.push(format!("{}: {mark}", path.display()));
        }
    }
    println!("{n_texts} texts, {} marked", marked.len());
    assert!(marked.is_empty(), "{marked:#?}");
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.filter_map(Result::ok).map(|it| it.path()) {
        let is_text = path
            .extension()
            .is_some_and(|it| ["txt", "md", "html", "htm"].iter().any(|text| it == *text));
        if path.is_dir() {
            collect(&path, paths);
        } else if is_text {
            paths.push(path);
        }
    }
}
