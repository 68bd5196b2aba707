//! From bytes to a reading: what the reader does once it is bound.

use dondoc_core::problem::Problem;
use dondoc_core::reading::Reading;
use dondoc_exchange::sheets;
use dondoc_intake::container::{self, Format};

use crate::isolate::flow;
use crate::isolate::wire::{Aid, Answer, Bytes, Pages, Question};

/// Reads the bytes, or says which other program has to look at them first.
///
/// # Errors
///
/// Why they are refused; a mark of secrecy is looked for before anything else is read.
pub(crate) fn read(question: &Question, bytes: &[u8]) -> Result<Answer, Problem> {
    let source = question.source.as_str();
    match &question.bytes {
        Bytes::File { pdf_program } => {
            let format = container::sniff(bytes, source)?;
            if let Some(aid) = aid_for(format, *pdf_program) {
                return Ok(Answer::Wants(aid));
            }
            let extracted = match container::extract(bytes, format) {
                Err(Problem::NeedsOcr | Problem::NoText) if format == Format::Pdf => {
                    return Ok(Answer::Wants(Aid::RecognisePages));
                }
                // Some encrypted files look broken to a reader without the password.
                Err(Problem::Broken { .. }) if format == Format::Pdf && names_encryption(bytes) => {
                    return Err(Problem::Encrypted);
                }
                extracted => extracted?,
            };
            stop_if_marked(&container::margins(bytes, format)?)?;
            finish(extracted.text, extracted.format_name, source)
        }
        Bytes::Converted { from } => {
            let extracted = container::extract(bytes, Format::Docx)?;
            stop_if_marked(&container::margins(bytes, Format::Docx)?)?;
            finish(extracted.text, from.clone(), source)
        }
        Bytes::Workbook => Ok(Answer::Sheets(sheets::flatten(bytes))),
        Bytes::Lines(from) => {
            let lines = String::from_utf8_lossy(bytes);
            if *from == Pages::PdfLayer && container::pdf_text_is_only_a_stamp(&lines) {
                return Ok(Answer::Wants(Aid::RecognisePages));
            }
            let format = match from {
                Pages::PdfLayer => "pdf",
                Pages::Recognised => "pdf-ocr",
                Pages::RecognisedPicture => "image-ocr",
            };
            finish(flow::paragraphs(&lines, *from), format.to_owned(), source)
        }
    }
}

fn aid_for(format: Format, pdf_program: bool) -> Option<Aid> {
    match format {
        Format::Doc | Format::Rtf | Format::Odt => {
            Some(Aid::Convert { from: format.name().to_owned() })
        }
        Format::Png | Format::Jpeg | Format::Tiff => Some(Aid::RecognisePicture),
        Format::Pdf if pdf_program => Some(Aid::PdfText),
        Format::Pdf | Format::Docx | Format::Html | Format::Markdown | Format::Text => None,
    }
}

fn names_encryption(pdf: &[u8]) -> bool {
    let name = b"/Encrypt";
    pdf.windows(name.len()).any(|it| it == name)
}

fn stop_if_marked(text: &str) -> Result<(), Problem> {
    dondoc_intake::secrecy::mark(text).map_or(Ok(()), |mark| Err(Problem::Classified { mark }))
}

fn finish(text: String, format: String, source: &str) -> Result<Answer, Problem> {
    stop_if_marked(&text)?;
    if text.trim().is_empty() {
        return Err(Problem::NoText);
    }
    let documents = dondoc_intake::read::read(&text, source);
    Ok(Answer::Read(Reading { format, text, documents }))
}
