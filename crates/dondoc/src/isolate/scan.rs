//! Pictures of pages, through poppler and tesseract.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use dondoc_core::problem::Problem;

use crate::isolate::launch::{self, Program};

/// The longer side of a page's picture: A4 at 300 dots an inch.
const PAGE_PIXELS: &str = "3508";

/// The most pages that are recognised of one file.
const MOST_PAGES: u32 = 200;

/// Time on the processor for one page.
const PAGE_SECONDS: u64 = 120;

/// The lines on all pages of a PDF, a form feed after each page.
///
/// # Errors
///
/// [`Problem::NeedsOcr`] if the programs are not installed; [`Problem::LimitReached`] if there are too many pages.
pub(super) fn pages(bytes: &[u8]) -> Result<String, Problem> {
    let painter = launch::find("pdftoppm").ok_or(Problem::NeedsOcr)?;
    let recogniser = launch::find("tesseract").ok_or(Problem::NeedsOcr)?;
    let folder = tempfile::tempdir().map_err(|err| failed(&err))?;
    let input = folder.path().join("in.pdf");
    fs::write(&input, bytes).map_err(|err| failed(&err))?;
    let mut lines = String::new();
    for page in 1..=MOST_PAGES {
        let picture = folder.path().join("page.png");
        if !paint(&painter, &input, &picture, page)? {
            return Ok(lines);
        }
        lines.push_str(&recognise(&recogniser, &picture, folder.path())?);
        lines.push('\u{c}');
        fs::remove_file(&picture).map_err(|err| failed(&err))?;
    }
    Err(Problem::LimitReached { limit: "time".to_owned() })
}

/// The lines on one picture.
///
/// # Errors
///
/// [`Problem::NeedsOcr`] if tesseract is not installed.
pub(super) fn picture(bytes: &[u8]) -> Result<String, Problem> {
    let recogniser = launch::find("tesseract").ok_or(Problem::NeedsOcr)?;
    let folder = tempfile::tempdir().map_err(|err| failed(&err))?;
    let input = folder.path().join("in");
    fs::write(&input, bytes).map_err(|err| failed(&err))?;
    recognise(&recogniser, &input, folder.path())
}

/// Makes a picture of one page; false if there is no such page.
fn paint(painter: &Path, input: &Path, picture: &Path, page: u32) -> Result<bool, Problem> {
    let folder = picture.parent().unwrap_or(picture);
    let page = OsString::from(page.to_string());
    let arguments = [
        "-f".into(),
        page.clone(),
        "-l".into(),
        page,
        "-scale-to".into(),
        PAGE_PIXELS.into(),
        "-gray".into(),
        "-png".into(),
        "-singlefile".into(),
        input.into(),
        folder.join("page").into(),
    ];
    launch::run(&bound(painter, folder), &arguments)?;
    Ok(picture.is_file())
}

fn recognise(recogniser: &Path, picture: &Path, folder: &Path) -> Result<String, Problem> {
    let arguments: [OsString; 6] = [
        PathBuf::from(picture).into(),
        "stdout".into(),
        "-l".into(),
        "vie".into(),
        // Columns stay apart by their spaces.
        "-c".into(),
        "preserve_interword_spaces=1".into(),
    ];
    let ended = launch::run(&bound(recogniser, folder), &arguments)?;
    // The language is a package of its own.
    if ended.complaint.contains("couldn't load any languages") {
        return Err(Problem::NeedsOcr);
    }
    if !ended.status.success() {
        return Err(Problem::Broken { format: "ảnh".to_owned(), detail: "tesseract".to_owned() });
    }
    Ok(String::from_utf8_lossy(&ended.output).replace('\u{c}', ""))
}

fn bound<'a>(path: &'a Path, folder: &'a Path) -> Program<'a> {
    Program { path, folder, cpu_seconds: PAGE_SECONDS, sockets: false }
}

fn failed(err: &std::io::Error) -> Problem {
    Problem::ReaderDied { detail: err.to_string() }
}
