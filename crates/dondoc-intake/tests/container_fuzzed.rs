//! What fuzzing has found, each as small as it could be made; see `docs/fuzzing.md`.

use dondoc_intake::container::{extract, sniff};
use dondoc_intake::read;

/// Goes the whole way from bytes to a reading, as far as the file lets it.
fn read_through(bytes: &[u8]) {
    let extracted = sniff(bytes, "a.txt").and_then(|format| extract(bytes, format));
    if let Ok(extracted) = extracted {
        let n_chars = extracted.text.chars().count();
        for document in read::read(&extracted.text, "a.txt") {
            assert!(document.span.end <= n_chars);
        }
    }
}

#[test]
fn a_text_that_begins_with_the_end_of_a_sentence_is_read() {
    for text in ["!", "?", "…", ".", "! Một", "\n\n…\n\nHai"] {
        read_through(text.as_bytes());
    }
}
