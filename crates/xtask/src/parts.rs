//! The real parts outside of Rust and Node: each optional, each named with what is missing without it.

use std::{env, path::PathBuf, process::Command};

use anyhow::{Result, bail};

use crate::contract;

/// A program that the tests use if it is there.
struct Part {
    /// A program's name, or the whole path of another file that the package brings.
    program: &'static str,
    packages: &'static [&'static str],
    without: &'static str,
}

const PARTS: &[Part] = &[
    Part {
        program: "pdftotext",
        packages: &["poppler-utils"],
        without: "PDF text comes from the built-in reader",
    },
    Part {
        program: "tesseract",
        packages: &["tesseract-ocr", "tesseract-ocr-vie"],
        without: "scanned pages and pictures are refused",
    },
    Part {
        program: "soffice",
        packages: &["libreoffice-writer-nogui"],
        without: "old .doc files are refused",
    },
    Part {
        program: "/usr/lib/libreoffice/program/libsclo.so",
        packages: &["libreoffice-calc-nogui"],
        without: "forms do not go through LibreOffice",
    },
    Part {
        program: "/usr/lib/python3/dist-packages/uno.py",
        packages: &["python3-uno"],
        without: "forms do not go through LibreOffice",
    },
    Part {
        program: "chromium",
        packages: &["chromium", "fonts-liberation2"],
        without: "the page is not tested in a browser",
    },
    Part {
        program: "pg_lsclusters",
        packages: &["postgresql"],
        without: "the store is tested on SQLite alone",
    },
    Part {
        program: "qpdf",
        packages: &["qpdf"],
        without: "the encrypted PDF of the tests is not made anew",
    },
];

/// Whether a program is on the path, or a file is where it should be.
pub(crate) fn has(program: &str) -> bool {
    find(program).is_some()
}

fn find(program: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).map(|it| it.join(program)).find(|it| it.is_file())
}

/// Says which parts are missing, and what follows from it.
pub(crate) fn report() {
    for part in PARTS.iter().filter(|it| !has(it.program)) {
        eprintln!(
            "not installed: {} ({}); {}",
            part.program,
            part.packages.join(", "),
            part.without
        );
    }
}

/// Installs every part that is missing.
pub(crate) fn install() -> Result<()> {
    let missing: Vec<&str> = PARTS
        .iter()
        .filter(|it| !has(it.program))
        .flat_map(|it| it.packages.iter().copied())
        .collect();
    if missing.is_empty() {
        return contract::install();
    }
    let apt = |arguments: &[&str]| {
        let status = Command::new("apt-get")
            .args(arguments)
            .env("DEBIAN_FRONTEND", "noninteractive")
            .status();
        match status {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => bail!("apt-get {} failed: {status}", arguments.join(" ")),
            Err(error) => {
                bail!("cannot run apt-get: {error}; install by hand: {}", missing.join(" "))
            }
        }
    };
    apt(&["update", "-q"])?;
    let mut arguments = vec!["install", "-q", "-y", "--no-install-recommends"];
    arguments.extend(&missing);
    apt(&arguments)?;
    contract::install()
}
