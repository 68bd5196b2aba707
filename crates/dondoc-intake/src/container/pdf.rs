//! The text layer of PDF files.

use std::panic::{self, AssertUnwindSafe};

use dondoc_core::problem::Problem;
use pdf_extract::{Document, Error, PlainTextOutput};

/// Words of the stamp that a digital signature leaves on a page, in lower case without spaces: what the
/// signing programs of Vietnamese offices print before the name of the signer.
const STAMP_WORDS: [&str; 13] = [
    "kýbởi",
    "ngườiký",
    "kýsốbởi",
    "đượckýbởi",
    "signedby",
    "signature",
    "digitallysigned",
    "thờigianký",
    "ngàyký",
    "kýngày",
    "trungtâmcôngbáo",
    "côngbáovàtinhọc",
    "cổngthôngtinđiệntử",
];

/// The most letters that a stamp, or a few of them, can have. A page of text has ten times as many.
const MOST_STAMP_LETTERS: usize = 400;

/// The text of a PDF.
///
/// The crate that reads it panics on some malformed files; such a panic is a broken file here. What can't be
/// caught (a stack that overflows, memory that runs out) is the business of the process that this runs in.
pub(crate) fn text(bytes: &[u8]) -> Result<String, Problem> {
    let broken = |detail: String| Problem::Broken { format: "PDF".into(), detail };
    let text = panic::catch_unwind(AssertUnwindSafe(|| layer(bytes)))
        .unwrap_or_else(|_| Err(broken("not a page could be read".into())))?;
    if is_only_a_stamp(&text) {
        return Err(Problem::NeedsOcr);
    }
    Ok(tidy(&text))
}

/// All characters of the text layer, in the order of the file.
fn layer(bytes: &[u8]) -> Result<String, Problem> {
    let broken = |detail: String| Problem::Broken { format: "PDF".into(), detail };
    let mut document = match Document::load_mem(bytes) {
        Ok(document) => document,
        Err(
            Error::Decryption(_) | Error::InvalidPassword | Error::UnsupportedSecurityHandler(_),
        ) => return Err(Problem::Encrypted),
        Err(error) => return Err(broken(error.to_string())),
    };
    // Many are only locked against changes, and open without a password.
    if document.trailer.has(b"Encrypt") && document.decrypt("").is_err() {
        return Err(Problem::Encrypted);
    }
    let mut text = String::new();
    let mut output = PlainTextOutput::new(&mut text);
    pdf_extract::output_doc(&document, &mut output).map_err(|error| broken(error.to_string()))?;
    Ok(text)
}

/// See [`super::pdf_text_is_only_a_stamp`].
pub(super) fn is_only_a_stamp(text: &str) -> bool {
    let letters: String =
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let n_letters = letters.chars().filter(|c| c.is_alphabetic()).count();
    // A few stray letters are no page either.
    n_letters < 20
        || n_letters <= MOST_STAMP_LETTERS && STAMP_WORDS.iter().any(|word| letters.contains(word))
}

/// Lines with single spaces and no more than one empty line together; page numbers between pages are gone, so
/// that a paragraph goes on over the end of its page.
fn tidy(text: &str) -> String {
    let lines: Vec<String> = text
        .split(['\n', '\u{c}'])
        .map(|line| {
            line.split([' ', '\t', '\r'])
                .filter(|word| !word.is_empty())
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect();
    let is_empty_at = |at: usize| lines.get(at).is_none_or(String::is_empty);
    let mut tidied = String::with_capacity(text.len());
    let mut next_page = 2_usize;
    let mut gap = "";
    for (at, line) in lines.iter().enumerate() {
        if line.is_empty() {
            // After a page number the paragraph may go on.
            gap = if gap == "\n" || gap == "\n\n" { "\n\n" } else { gap };
            continue;
        }
        let stands_alone = is_empty_at(at + 1) && at.checked_sub(1).is_none_or(is_empty_at);
        if stands_alone && line.parse() == Ok(next_page) {
            next_page += 1;
            gap = " \n";
            continue;
        }
        tidied.push_str(gap.trim_start_matches(' '));
        tidied.push_str(line);
        gap = "\n";
    }
    tidied.push('\n');
    tidied
}

#[cfg(test)]
mod tests;
