//! Any bytes as a web page.
#![no_main]

use dondoc_intake::container::{Format, extract};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(extracted) = extract(bytes, Format::Html) {
        // The longest that one byte can become is a row of labels and separators.
        assert!(extracted.text.len() <= 32 * bytes.len() + 64);
    }
});
