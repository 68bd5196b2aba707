//! Old word processor files, through LibreOffice.

use std::fs;

use dondoc_core::problem::Problem;

use crate::isolate::launch::{self, Program};

/// Converts an old word processor's file to DOCX.
///
/// # Errors
///
/// [`Problem::NeedsProgram`] if LibreOffice is not installed; [`Problem::Broken`] if it makes nothing of the file.
pub(super) fn to_docx(bytes: &[u8]) -> Result<Vec<u8>, Problem> {
    let Some(program) = launch::find("soffice").or_else(|| launch::find("libreoffice")) else {
        return Err(Problem::NeedsProgram {
            program: "LibreOffice".to_owned(),
            package: "libreoffice-writer".to_owned(),
        });
    };
    let failed = |err: std::io::Error| Problem::ReaderDied { detail: err.to_string() };
    let folder = tempfile::tempdir().map_err(failed)?;
    let input = folder.path().join("in.doc");
    fs::write(&input, bytes).map_err(failed)?;
    // A profile of its own: two at once would otherwise wait for each other, and the user's own would be touched.
    let mut profile = std::ffi::OsString::from("-env:UserInstallation=file://");
    profile.push(folder.path().join("profile"));
    let arguments = [
        profile,
        "--headless".into(),
        "--norestore".into(),
        "--convert-to".into(),
        "docx".into(),
        "--outdir".into(),
        folder.path().join("out").into(),
        input.into(),
    ];
    // It meets its own second instance at a socket in /tmp, whatever it is told of temporary folders.
    let (path, folder) = (program.as_path(), folder.path());
    launch::run(&Program { path, folder, cpu_seconds: 60, sockets: true }, &arguments)?;
    fs::read(folder.join("out/in.docx"))
        .map_err(|_| Problem::Broken { format: "DOC".to_owned(), detail: "LibreOffice".to_owned() })
}
