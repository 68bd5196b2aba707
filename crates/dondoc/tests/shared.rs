//! Real input by the hundred: every file is read, or refused with a reason, and nothing dies.
//!
//! The files lie beside the project and are no part of it; without them there is nothing to prove here.
//!
//! `UPDATE_EXPECT=1 cargo test -p dondoc --release --test shared` reads them with the outside programs too and
//! renews `docs/reading-counts.md`.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use dondoc_core::reading::Document;

const EXTENSIONS: &[&str] = &["txt", "md", "html", "docx", "doc", "pdf"];

#[test]
fn every_file_is_read_or_refused_with_a_reason() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let mut files = Vec::new();
    for folder in ["seeds", "data"] {
        collect(&shared.join(folder), &mut files);
    }
    files.sort();
    let renew = std::env::var_os("UPDATE_EXPECT").is_some();
    let outcomes = read_side_by_side(&files, renew);
    let mut rows: BTreeMap<(String, String), Row> = BTreeMap::new();
    for (path, outcome) in files.iter().zip(&outcomes) {
        let folder = path.strip_prefix(&shared).unwrap().parent().unwrap();
        let key = (folder.display().to_string(), extension(path).to_owned());
        rows.entry(key).or_default().count(outcome);
        if let Err(reason) = outcome {
            assert!(!reason.contains("dừng đột ngột"), "{}: {reason}", path.display());
            assert!(!reason.contains("vượt giới hạn"), "{}: {reason}", path.display());
        }
    }
    if renew && !files.is_empty() {
        let table = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reading-counts.md");
        fs::write(table, page(&rows)).unwrap();
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.map(|it| it.unwrap().path()) {
        if path.is_dir() {
            collect(&path, files);
        } else if EXTENSIONS.contains(&extension(&path)) {
            files.push(path);
        }
    }
}

fn extension(path: &Path) -> &str {
    path.extension().and_then(OsStr::to_str).unwrap_or_default()
}

/// What a file says, or why it was refused.
type Outcome = Result<Vec<Document>, String>;

fn read_side_by_side(files: &[PathBuf], with_outside_programs: bool) -> Vec<Outcome> {
    let half = files.len().div_ceil(2);
    let (first, second) = files.split_at(half);
    let read_all = |files: &[PathBuf]| -> Vec<Outcome> {
        files.iter().map(|it| read(it, with_outside_programs)).collect()
    };
    thread::scope(|scope| {
        let second = scope.spawn(move || read_all(second));
        let mut outcomes = read_all(first);
        outcomes.extend(second.join().unwrap());
        outcomes
    })
}

fn read(path: &Path, with_outside_programs: bool) -> Outcome {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dondoc"));
    command.arg("read").arg("--json").arg(path);
    if !with_outside_programs {
        command.env("PATH", "/nowhere");
    }
    let output = command.output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    match output.status.code() {
        Some(0) => {
            assert_eq!(stderr, "");
            let lines = String::from_utf8(output.stdout).unwrap();
            assert_ne!(lines, "", "{}: read, but no document", path.display());
            Ok(lines.lines().map(|it| serde_json::from_str(it).unwrap()).collect())
        }
        Some(1) => {
            let (refusal, remedy) = stderr.split_once('\n').unwrap();
            assert!(remedy.starts_with("  cách xử lý: "), "{}: {stderr}", path.display());
            let start = format!("lỗi: {}: ", path.display());
            Err(refusal.strip_prefix(start.as_str()).unwrap().to_owned())
        }
        other => panic!("{}: status {other:?}: {stderr}", path.display()),
    }
}

#[derive(Default)]
struct Row {
    n_files: usize,
    n_documents: usize,
    n_citations: usize,
    n_tasks: usize,
    n_figures: usize,
    refusals: BTreeMap<String, usize>,
}

impl Row {
    fn count(&mut self, outcome: &Outcome) {
        self.n_files += 1;
        match outcome {
            Ok(documents) => {
                self.n_documents += documents.len();
                for document in documents {
                    self.n_citations += document.citations.len();
                    self.n_tasks += document.tasks.len();
                    self.n_figures += document.figures.len();
                }
            }
            Err(reason) => *self.refusals.entry(reason.clone()).or_default() += 1,
        }
    }

    fn add(&mut self, other: &Row) {
        self.n_files += other.n_files;
        self.n_documents += other.n_documents;
        self.n_citations += other.n_citations;
        self.n_tasks += other.n_tasks;
        self.n_figures += other.n_figures;
        for (reason, n_files) in &other.refusals {
            *self.refusals.entry(reason.clone()).or_default() += n_files;
        }
    }

    fn write(&self, page: &mut String, folder: &str, format: &str) {
        let n_refused: usize = self.refusals.values().sum();
        let n_read = self.n_files - n_refused;
        let reasons: Vec<String> =
            self.refusals.iter().map(|(reason, n_files)| format!("{n_files} × {reason}")).collect();
        let Self { n_files, n_documents, n_citations, n_tasks, n_figures, .. } = self;
        writeln!(
            page,
            "| {folder} | {format} | {n_files} | {n_read} | {} | {n_documents} | {n_citations} | {n_tasks} | {n_figures} |",
            reasons.join("; ")
        )
        .unwrap();
    }
}

fn page(rows: &BTreeMap<(String, String), Row>) -> String {
    let mut page = String::from(
        "# What is read of the real files\n\n\
         Files of agencies and of the public record, kept beside the project. Each is read or refused with a \
         reason; none stops the reader. LibreOffice, poppler and tesseract were installed.\n\n\
         Renewed by `UPDATE_EXPECT=1 cargo test -p dondoc --release --test shared`.\n\n\
         | Folder | Format | Files | Read | Refused | Documents | Citations | Tasks | Figures |\n\
         |---|---|--:|--:|---|--:|--:|--:|--:|\n",
    );
    let mut total = Row::default();
    for ((folder, format), row) in rows {
        row.write(&mut page, folder, format);
        total.add(row);
    }
    total.write(&mut page, "**all**", "");
    page
}
