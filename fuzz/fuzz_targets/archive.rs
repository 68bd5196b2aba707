//! Any bytes as an archive that may be a document of Word.
#![no_main]

use dondoc_intake::container::{Format, extract, sniff};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    drop(sniff(bytes, "a.docx"));
    drop(extract(bytes, Format::Docx));
});
