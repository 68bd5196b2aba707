//! Reading files that nobody vouches for.
//!
//! Every file is parsed in a child process: this binary again, as the hidden command `reader`. Before it touches
//! the input it takes from itself the file system, the network and all but a bounded amount of memory and time
//! ([`limits`]). A parser fed hostile files dies sooner or later; its death costs one file.
//!
//! Outside programs (LibreOffice, poppler, tesseract) are started the same way, as the hidden command `launch`,
//! which binds itself and then becomes the program. They work in a private folder that is removed afterwards.

use dondoc_core::problem::Problem;
use dondoc_core::reading::Reading;
use dondoc_exchange::sheets;

use crate::isolate::wire::{Aid, Answer, Bytes, Pages, Question};

mod child;
pub(crate) mod flow;
mod launch;
pub(crate) mod limits;
mod office;
mod pdf;
mod reader;
mod scan;
pub(crate) mod wire;

pub(crate) use crate::isolate::launch::{LaunchArgs, become_program};
pub(crate) use crate::isolate::reader::serve_one;

/// The largest file that is taken in.
pub(crate) const LARGEST_FILE_BYTES: u64 = dondoc_intake::container::LIMIT_BYTES;

/// Reads one file.
///
/// `source` is its bare name. Blocks until it is read or refused; that takes bounded time, and a killed reader
/// leaves nothing running.
///
/// # Errors
///
/// Why it was refused; a document with a mark of secrecy is refused with nothing of its text.
pub(crate) fn read(source: &str, bytes: &[u8]) -> Result<Reading, Problem> {
    let size_bytes = bytes.len() as u64;
    if size_bytes > LARGEST_FILE_BYTES {
        return Err(Problem::TooLarge { size_bytes, limit_bytes: LARGEST_FILE_BYTES });
    }
    if bytes.is_empty() {
        return Err(Problem::Empty);
    }
    let pdf_program = launch::find("pdftotext").is_some();
    match ask(source, Bytes::File { pdf_program }, bytes)? {
        Answer::Wants(Aid::PdfText) => match pdf::lines(bytes) {
            Ok(lines) => match ask(source, Bytes::Lines(Pages::PdfLayer), lines.as_bytes())? {
                Answer::Wants(Aid::RecognisePages) => recognise_pages(source, bytes),
                answer => settle(answer),
            },
            // The reader's own way may still read what the program can't, and words its refusals better.
            Err(Problem::Broken { .. } | Problem::ReaderDied { .. }) => {
                match ask(source, Bytes::File { pdf_program: false }, bytes)? {
                    Answer::Wants(Aid::RecognisePages) => recognise_pages(source, bytes),
                    answer => settle(answer),
                }
            }
            Err(problem) => Err(problem),
        },
        Answer::Wants(Aid::RecognisePages) => recognise_pages(source, bytes),
        Answer::Wants(Aid::RecognisePicture) => {
            let lines = scan::picture(bytes)?;
            settle(ask(source, Bytes::Lines(Pages::RecognisedPicture), lines.as_bytes())?)
        }
        Answer::Wants(Aid::Convert { from }) => {
            let docx = office::to_docx(bytes)?;
            settle(ask(source, Bytes::Converted { from }, &docx)?)
        }
        answer => settle(answer),
    }
}

/// Takes a workbook apart: the plain form of its sheets, or of why it has none.
///
/// Blocks until that is done; a workbook that kills its reader is one that can't be read.
pub(crate) fn sheets(bytes: &[u8]) -> String {
    match ask("", Bytes::Workbook, bytes) {
        Ok(Answer::Sheets(plain)) => plain,
        Err(Problem::ReaderDied { detail }) => sheets::refused(&detail),
        _ => sheets::refused(""),
    }
}

fn recognise_pages(source: &str, bytes: &[u8]) -> Result<Reading, Problem> {
    let lines = scan::pages(bytes)?;
    settle(ask(source, Bytes::Lines(Pages::Recognised), lines.as_bytes())?)
}

fn ask(source: &str, what: Bytes, bytes: &[u8]) -> Result<Answer, Problem> {
    reader::ask(&Question { source: source.to_owned(), bytes: what }, bytes)
}

fn settle(answer: Answer) -> Result<Reading, Problem> {
    match answer {
        Answer::Read(reading) => Ok(reading),
        Answer::Refused(problem) => Err(problem),
        Answer::Wants(_) | Answer::Sheets(_) => Err(Problem::NoText),
    }
}
