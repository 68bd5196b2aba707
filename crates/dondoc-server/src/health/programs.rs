//! The programs and the room beside Dondoc.

use std::{env, path::Path};

use serde::Serialize;
use utoipa::ToSchema;

use crate::error::Bilingual;

/// A program that Dondoc can use where it is installed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProgramView {
    /// `LibreOffice`
    name: &'static str,
    present: bool,
    /// What it is for, and so what is missing without it.
    purpose: Bilingual,
    /// The Debian package that brings it.
    package: &'static str,
}

/// All of them.
pub(crate) fn all() -> Vec<ProgramView> {
    [
        (
            "LibreOffice",
            "soffice",
            "libreoffice-writer",
            "đọc tệp .doc, .rtf, .odt đời cũ",
            "to read old .doc, .rtf and .odt files",
        ),
        (
            "Tesseract",
            "tesseract",
            "tesseract-ocr-vie",
            "nhận dạng chữ trong ảnh chụp và PDF quét",
            "to recognise text in pictures and scanned PDF files",
        ),
        (
            "Poppler",
            "pdftotext",
            "poppler-utils",
            "đọc PDF giữ đúng vị trí cột, bảng",
            "to read PDF files with their columns and tables in place",
        ),
    ]
    .map(|(name, command, package, vi, en)| ProgramView {
        name,
        present: is_there(command),
        purpose: Bilingual { vi: vi.to_owned(), en: en.to_owned() },
        package,
    })
    .into()
}

fn is_there(command: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|it| it.join(command).is_file())
}

/// What is free on the disk of a folder for those who are not root.
pub(crate) fn free_bytes(folder: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(folder).ok()?;
    disk.f_bavail.checked_mul(disk.f_frsize)
}
