//! The text layer of PDF files, through poppler.

use std::fs;

use dondoc_core::problem::Problem;

use crate::isolate::launch::{self, Program};

/// The lines of all pages, columns kept apart by spaces, a form feed after each page.
///
/// # Errors
///
/// [`Problem::Encrypted`]; [`Problem::Broken`] if poppler makes nothing of the file.
pub(super) fn lines(bytes: &[u8]) -> Result<String, Problem> {
    let broken = |detail: String| Problem::Broken { format: "PDF".to_owned(), detail };
    let program = launch::find("pdftotext").ok_or_else(|| broken("pdftotext".to_owned()))?;
    let failed = |err: std::io::Error| Problem::ReaderDied { detail: err.to_string() };
    let folder = tempfile::tempdir().map_err(failed)?;
    let input = folder.path().join("in.pdf");
    fs::write(&input, bytes).map_err(failed)?;
    let arguments = ["-layout".into(), "-enc".into(), "UTF-8".into(), input.into(), "-".into()];
    let (path, folder) = (program.as_path(), folder.path());
    let program = Program { path, folder, cpu_seconds: 30, sockets: false };
    let ended = launch::run(&program, &arguments)?;
    if ended.complaint.contains("Incorrect password") {
        return Err(Problem::Encrypted);
    }
    if !ended.status.success() {
        return Err(broken(ended.status.to_string()));
    }
    String::from_utf8(ended.output).map_err(|err| broken(err.to_string()))
}
