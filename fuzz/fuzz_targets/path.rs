//! The whole way: bytes of any format to the reading of its text, every span inside the text.
#![no_main]

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
        let n_chars = extracted.text.chars().count();
        for document in read::read(&extracted.text, "a.txt") {
            assert!(document.span.end <= n_chars);
        }
    }
});
