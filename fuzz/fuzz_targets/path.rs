//! The whole way: bytes of any format to the reading of its text, every span a piece of the text.
#![no_main]

use dondoc_core::reading::{Document, Span};
use dondoc_intake::container::{Format, extract, sniff};
use dondoc_intake::read;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    // PDF has a target of its own, for it is read by another's code.
    let Ok(format) = sniff(bytes, "a.txt") else { return };
    if format == Format::Pdf {
        return;
    }
    if let Ok(extracted) = extract(bytes, format) {
        let chars: Vec<char> = extracted.text.chars().collect();
        let documents = read::read(&extracted.text, "a.txt");
        for pair in documents.windows(2) {
            assert!(pair[0].span.end <= pair[1].span.start, "documents overlap");
        }
        for document in &documents {
            check_spans(document, &chars);
        }
    }
});

/// Every span is a piece of the text, not empty, without white space at either end.
fn check_spans(document: &Document, chars: &[char]) {
    let spans = [document.span]
        .into_iter()
        .chain(document.abbreviations.iter().map(|found| found.span))
        .chain(document.citations.iter().map(|found| found.span))
        .chain(document.tasks.iter().map(|found| found.span))
        .chain(document.figures.iter().map(|found| found.span))
        .chain(document.boilerplate.iter().copied());
    for Span { start, end } in spans {
        assert!(start < end && end <= chars.len(), "{start}..{end} of {}", chars.len());
        let is_blank = |at: usize| chars[at].is_whitespace();
        assert!(!is_blank(start) && !is_blank(end - 1), "{start}..{end} has blank ends");
    }
}
