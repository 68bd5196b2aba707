//! Real files, where they are at hand: published documents beside the checkout. Without them nothing is claimed.
#![expect(clippy::disallowed_methods, reason = "the library is pure; its tests may look at files")]

use std::fs;
use std::path::{Path, PathBuf};

use dondoc_core::problem::Problem;
use dondoc_intake::container::{Extracted, Format, extract, sniff};

/// The files of a folder with an extension, in order; none if the folder is not there.
fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(folder);
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .collect();
    paths.sort();
    paths
}

fn read(path: &Path) -> Result<(Format, Result<Extracted, Problem>), Problem> {
    let bytes = fs::read(path).expect("can be read");
    let name = path.file_name().and_then(|name| name.to_str()).expect("has a name");
    sniff(&bytes, name).map(|format| (format, extract(&bytes, format)))
}

fn text(path: &Path) -> String {
    read(path).expect("is known").1.expect("is read").text
}

#[test]
fn the_articles_of_the_decree_are_all_there_in_order() {
    for path in files("data/nd30-2020", "docx") {
        if !path.ends_with("30_2020_ND_CP.docx") {
            continue;
        }
        let articles: Vec<u32> = text(&path)
            .lines()
            .filter_map(|line| line.strip_prefix("Điều ")?.split_once('.')?.0.parse().ok())
            .collect();
        assert_eq!(articles, (1..=38).collect::<Vec<u32>>());
    }
}

#[test]
fn the_types_of_documents_have_their_automatic_numbers() {
    for path in files("data/nd30-2020", "docx") {
        if !path.ends_with("Phuluc3.docx") {
            continue;
        }
        let text = text(&path);
        let numbers: Vec<u32> = text
            .lines()
            .filter(|line| line.matches(" | ").count() == 2)
            .filter_map(|line| line.split_once(". |")?.0.parse().ok())
            .take(27)
            .collect();
        assert_eq!(numbers, (1..=27).collect::<Vec<u32>>());
    }
}

#[test]
fn every_appendix_is_read_and_its_old_form_needs_a_program() {
    for path in files("data/nd30-2020", "docx") {
        assert!(text(&path).chars().count() > 2_000, "{}", path.display());
    }
    for path in files("data/nd30-2020", "doc") {
        let (format, refused) = read(&path).expect("is known");
        assert_eq!(format, Format::Doc);
        assert!(matches!(refused, Err(Problem::NeedsProgram { .. })));
    }
}

#[test]
fn pictures_of_pages_under_a_stamp_need_recognition() {
    for path in files("data/quangngai-pdf/scanned", "pdf") {
        assert_eq!(read(&path), Ok((Format::Pdf, Err(Problem::NeedsOcr))), "{}", path.display());
    }
}

#[test]
fn a_signed_document_with_a_text_layer_is_read() {
    for path in files("data/quangngai-pdf/text-layer", "pdf") {
        let text = text(&path);
        assert!(text.contains("/TB-UBND") && text.contains("THÔNG BÁO"), "{}", path.display());
        assert!(text.chars().count() > 2_000, "{}", path.display());
    }
}

#[test]
fn the_text_of_a_utf_8_file_is_the_file() {
    let folders = [
        ("seeds", "txt"),
        ("data/admin-docs-2025q4/dev", "md"),
        ("data/vbpl-central-2025-26", "txt"),
        ("data/nq57-nq03-cascade", "txt"),
    ];
    for path in folders.iter().flat_map(|(folder, extension)| files(folder, extension)) {
        let bytes = fs::read(&path).expect("can be read");
        let unmarked = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
        assert_eq!(text(&path).as_bytes(), unmarked, "{}", path.display());
    }
}

#[test]
fn workbooks_are_named_and_refused() {
    for path in files("data/agency-excel", "xls") {
        assert_eq!(read(&path), Err(Problem::UnknownFormat { found: "Excel .xls".into() }));
    }
}
