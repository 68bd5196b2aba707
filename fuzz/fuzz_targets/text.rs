//! Any bytes as plain text: decoded or refused, and never longer than three bytes for one.
#![no_main]

use dondoc_intake::charset::{self, Charset};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(decoded) = charset::decode(bytes) {
        assert!(decoded.text.len() <= 3 * bytes.len());
        if decoded.charset == Charset::Utf8 {
            let unmarked = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
            assert_eq!(decoded.text.as_bytes(), unmarked);
        }
    }
});
