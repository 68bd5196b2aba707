//! What goes through the pipe between the parent and the reader.
//!
//! To the reader: one line of JSON, a [`Question`], then the bytes. From it: one [`Answer`] as JSON.

use dondoc_core::problem::Problem;
use dondoc_core::reading::Reading;
use serde::{Deserialize, Serialize};

/// What the bytes after it are, and whose.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Question {
    /// The bare name of the file.
    pub(crate) source: String,
    /// What the bytes are.
    pub(crate) bytes: Bytes,
}

/// What the bytes that follow the question are.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Bytes {
    /// The file itself.
    File {
        /// Whether a PDF's text can be had from an outside program, which keeps the order of lines better.
        pdf_program: bool,
    },
    /// What an outside program has made of another word processor's file: DOCX.
    Converted {
        /// What the file was: `doc`.
        from: String,
    },
    /// A workbook, which is taken apart and not read.
    Workbook,
    /// The lines of printed pages as an outside program gives them, a form feed after each page.
    Lines(Pages),
}

/// Where lines of printed pages come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Pages {
    /// The text layer of a PDF, columns kept apart by spaces.
    PdfLayer,
    /// Text recognition on the pages of a PDF.
    Recognised,
    /// Text recognition on one picture.
    RecognisedPicture,
}

/// What the reader says.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Answer {
    /// It has read the file.
    Read(Reading),
    /// It has taken a workbook apart: the plain form of its sheets.
    Sheets(String),
    /// It has not, and why.
    Refused(Problem),
    /// Another program has to look at the file first.
    Wants(Aid),
}

/// What another program has to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Aid {
    /// Convert another word processor's file.
    Convert {
        /// What the file is: `doc`.
        from: String,
    },
    /// Take the text out of a PDF.
    PdfText,
    /// Recognise the letters on the pages of a PDF.
    RecognisePages,
    /// Recognise the letters on a picture.
    RecognisePicture,
}
