//! Any bytes as the parts of a workbook, cut at bytes 0xFF, in an archive that is whole; and as the archive itself.
#![no_main]

use std::io::{Cursor, Write};

use dondoc_exchange::sheets::flatten;
use libfuzzer_sys::fuzz_target;
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

const PARTS: [&str; 6] = [
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "[Content_Types].xml",
];

fuzz_target!(|bytes: &[u8]| {
    drop(flatten(bytes));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in PARTS.iter().zip(bytes.split(|byte| *byte == 0xFF)) {
        writer.start_file(*name, stored).expect("starts");
        writer.write_all(part).expect("writes");
    }
    let archive = writer.finish().expect("finishes").into_inner();
    let plain = flatten(&archive);
    // What was taken apart is taken as it is.
    assert_eq!(flatten(plain.as_bytes()), plain);
});
