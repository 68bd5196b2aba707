//! Any bytes as the parts of a document of Word, cut at bytes 0xFF, in an archive that is whole.
#![no_main]

use std::io::{Cursor, Write};

use dondoc_intake::container::{Format, extract};
use libfuzzer_sys::fuzz_target;
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

const PARTS: [&str; 6] = [
    "word/document.xml",
    "word/numbering.xml",
    "word/styles.xml",
    "word/footnotes.xml",
    "word/_rels/document.xml.rels",
    "_rels/.rels",
];

fuzz_target!(|bytes: &[u8]| {
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in PARTS.iter().zip(bytes.split(|byte| *byte == 0xFF)) {
        writer.start_file(*name, stored).expect("starts");
        writer.write_all(part).expect("writes");
    }
    let archive = writer.finish().expect("finishes").into_inner();
    drop(extract(&archive, Format::Docx));
});
