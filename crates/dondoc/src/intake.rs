//! From bytes to a reading: what the reader does once it is bound.

use dondoc_core::problem::Problem;
use dondoc_core::reading::Reading;

use crate::intake::standin as container;
use crate::isolate::flow;
use crate::isolate::wire::{Aid, Answer, Bytes, Pages, Question};

mod standin;

/// Reads the bytes, or says which other program has to look at them first.
///
/// # Errors
///
/// Why they are refused; a mark of secrecy is looked for before anything else is read.
pub(crate) fn read(question: &Question, bytes: &[u8]) -> Result<Answer, Problem> {
    let source = question.source.as_str();
    match question.bytes {
        Bytes::File { pdf_program } => {
            let format = container::sniff(bytes, source)?;
            if let Some(aid) = aid_for(format, pdf_program) {
                return Ok(Answer::Wants(aid));
            }
            let extracted = container::extract(bytes, format)?;
            let is_pdf = format == container::Format::Pdf;
            if is_pdf && container::pdf_text_is_only_a_stamp(&extracted.text) {
                return Ok(Answer::Wants(Aid::RecognisePages));
            }
            finish(extracted.text, extracted.format_name, source)
        }
        Bytes::Converted => {
            let extracted = container::extract(bytes, container::Format::Docx)?;
            finish(extracted.text, "doc".to_owned(), source)
        }
        Bytes::Lines(from) => {
            let lines = String::from_utf8_lossy(bytes);
            if from == Pages::PdfLayer && container::pdf_text_is_only_a_stamp(&lines) {
                return Ok(Answer::Wants(Aid::RecognisePages));
            }
            let format = match from {
                Pages::PdfLayer => "pdf",
                Pages::Recognised => "pdf-ocr",
                Pages::RecognisedPicture => "image-ocr",
            };
            finish(flow::paragraphs(&lines, from), format.to_owned(), source)
        }
    }
}

fn aid_for(format: container::Format, pdf_program: bool) -> Option<Aid> {
    match format {
        container::Format::Doc => Some(Aid::Convert),
        container::Format::Image => Some(Aid::RecognisePicture),
        container::Format::Pdf if pdf_program => Some(Aid::PdfText),
        _ => None,
    }
}

fn finish(text: String, format: String, source: &str) -> Result<Answer, Problem> {
    if let Some(mark) = dondoc_intake::secrecy::mark(&text) {
        return Err(Problem::Classified { mark });
    }
    if text.trim().is_empty() {
        return Err(Problem::NoText);
    }
    let documents = dondoc_intake::read::read(&text, source);
    Ok(Answer::Read(Reading { format, text, documents }))
}
