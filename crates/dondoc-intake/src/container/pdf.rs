//! The text layer of PDF files.

use std::panic::{self, AssertUnwindSafe};

use dondoc_core::problem::Problem;
use pdf_extract::{Error, OutputError};

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
    let read = panic::catch_unwind(AssertUnwindSafe(|| pdf_extract::extract_text_from_mem(bytes)));
    let text = match read {
        Ok(Ok(text)) => text,
        Ok(Err(OutputError::PdfError(
            Error::Decryption(_) | Error::UnsupportedSecurityHandler(_),
        ))) => {
            return Err(Problem::Encrypted);
        }
        Ok(Err(error)) => return Err(broken(error.to_string())),
        Err(_) => return Err(broken("not a page could be read".into())),
    };
    if is_only_a_stamp(&text) {
        return Err(Problem::NeedsOcr);
    }
    Ok(tidy(&text))
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

/// Lines without white space at their ends, and never more than one empty line together.
fn tidy(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len());
    let mut n_empty = 0;
    for line in text.split(['\n', '\u{c}']).map(str::trim) {
        if line.is_empty() {
            n_empty += 1;
            continue;
        }
        if !tidied.is_empty() {
            tidied.push_str(if n_empty > 0 { "\n\n" } else { "\n" });
        }
        tidied.push_str(line);
        n_empty = 0;
    }
    tidied.push('\n');
    tidied
}
