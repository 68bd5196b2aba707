//! Any bytes as a PDF. A panic of the crate that reads it is caught, as in production.
#![no_main]

use dondoc_intake::container::{Format, extract};
use libfuzzer_sys::fuzz_target;

fuzz_target!(
    init: {
        // The fuzzer's own hook ends the process before anything can catch the panic.
        std::panic::set_hook(Box::new(|_| {}));
    },
    |bytes: &[u8]| {
        drop(extract(bytes, Format::Pdf));
    }
);
