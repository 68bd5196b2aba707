#![expect(
    clippy::disallowed_methods,
    reason = "these tests read the files of agencies, and run LibreOffice"
)]

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::*;

const ALL: Limits = Limits { rows: 1_048_575, cells: 4_000_000 };

/// What LibreOffice makes of a file in another format; `None` if it is not installed.
fn through_office(bytes: &[u8], from: &str, to: &str) -> Option<Vec<u8>> {
    let folder = env::temp_dir().join(format!(
        "dondoc-grid-{}-{from}-{to}-{}",
        std::process::id(),
        bytes.len()
    ));
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(format!("in.{from}")), bytes).unwrap();
    let run = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", folder.join("profile").display()))
        .args(["--headless", "--norestore", "--convert-to", to, "--outdir"])
        .arg(folder.join("out"))
        .arg(folder.join(format!("in.{from}")))
        .output();
    let made = fs::read(folder.join(format!("out/in.{to}")));
    fs::remove_dir_all(&folder).unwrap();
    match run {
        Ok(_) => Some(made.unwrap()),
        Err(err) => {
            assert!(env::var_os("CI").is_none(), "needs libreoffice-calc-nogui: {err}");
            eprintln!("not tested: needs libreoffice-calc-nogui");
            None
        }
    }
}

/// A workbook of one column with so many rows.
fn tall(n_rows: u32) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for row in 0..n_rows {
        sheet.write(row, 0, row).unwrap();
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn a_sheet_cut_off_at_the_last_row_of_xls_is_loud() {
    for (n_rows, is_whole) in [(65_535, true), (65_536, false)] {
        let Some(bytes) = through_office(&tall(n_rows), "xlsx", "xls") else { return };
        match open(&bytes, ALL) {
            Ok(grids) => {
                assert!(is_whole);
                assert_eq!(grids[0].n_rows(), n_rows);
                assert_eq!(grids[0].cells.len() as u32, n_rows);
            }
            Err(finding) => {
                assert!(!is_whole);
                assert!(matches!(finding.fault, Fault::TooManyRows { limit: 65_536 }));
            }
        }
    }
}

#[test]
fn two_cells_at_the_corners_of_an_xls_are_refused_before_they_cost_anything() {
    let mut book = rust_xlsxwriter::Workbook::new();
    for _ in 0..3 {
        let sheet = book.add_worksheet();
        sheet.write(0, 0, 1).unwrap();
        sheet.write(60_000, 250, 1).unwrap();
    }
    let Some(bytes) = through_office(&book.save_to_buffer().unwrap(), "xlsx", "xls") else {
        return;
    };
    let Err(Finding { fault: Fault::Broken { detail }, .. }) = open(&bytes, ALL) else { panic!() };
    assert!(detail.contains("cells"), "{detail}");
}

fn agencies() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/agency-excel");
    let Ok(files) = fs::read_dir(folder) else {
        eprintln!("not tested: the workbooks of agencies are not here");
        return Vec::new();
    };
    let files = files.map(|it| it.unwrap().path());
    files.filter(|it| it.extension().is_some_and(|it| it == "xls")).collect()
}

#[test]
fn old_workbooks_of_agencies_are_read_as_libreoffice_reads_them() {
    for file in agencies() {
        let bytes = fs::read(&file).unwrap();
        let ours = open(&bytes, ALL).unwrap_or_else(|it| panic!("{}: {it:?}", file.display()));
        let Some(bytes) = through_office(&bytes, "xls", "xlsx") else { return };
        let theirs = open(&bytes, ALL).unwrap();
        let mut n_cells = 0;
        for (our, their) in ours.iter().zip(&theirs) {
            for (place, cell) in &their.cells {
                let found = our.cells.get(place);
                assert!(
                    found.is_some_and(|it| alike(it, cell)),
                    "{}: {} {}: {found:?}, not {cell:?}",
                    file.display(),
                    our.name,
                    name_of(place.0, place.1)
                );
            }
            n_cells += our.cells.len();
            assert_eq!(our.cells.len(), their.cells.len(), "{} {}", file.display(), our.name);
        }
        assert_eq!(ours.len(), theirs.len());
        eprintln!("{}: {} sheets, {n_cells} cells", file.display(), ours.len());
    }
}

/// What was typed is the same to the last digit; what a formula came to is never taken, but that it is one must be seen.
fn alike(ours: &Cell, theirs: &Cell) -> bool {
    let same = match (&ours.holds, &theirs.holds) {
        (Holds::Number(a), Holds::Number(b)) => a == b,
        (Holds::Text(a) | Holds::Other(a), Holds::Text(b) | Holds::Other(b)) => {
            a.trim() == b.trim()
        }
        _ => false,
    };
    let is_shown_alike =
        ours.per_cent == theirs.per_cent || !matches!(ours.holds, Holds::Number(_));
    ours.formula == theirs.formula && (same || ours.formula) && is_shown_alike
}

#[test]
fn a_chain_that_comes_back_to_itself_ends() {
    // A header, and one sector that is its own successor in every table, whole and cut short.
    for n_bytes in [1024, 516, 513, 512] {
        let mut bytes = vec![0_u8; 1024];
        bytes[..4].copy_from_slice(&[0xd0, 0xcf, 0x11, 0xe0]);
        bytes[0x1e] = 9;
        bytes.truncate(n_bytes);
        assert!(matches!(open(&bytes, ALL), Err(Finding { fault: Fault::Broken { .. }, .. })));
    }
}

#[test]
fn numbers_shown_as_per_cent_are_known() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, pattern) in (0..).zip(["0%", "0.00%", "#,##0.0%", "0.00", "General"]) {
        let format = rust_xlsxwriter::Format::new().set_num_format(pattern);
        sheet.write_with_format(row, 0, 0.94, &format).unwrap();
    }
    let bytes = book.save_to_buffer().unwrap();
    let old = through_office(&bytes, "xlsx", "xls");
    for bytes in [Some(bytes), old].into_iter().flatten() {
        let grids = open(&bytes, ALL).unwrap();
        let marked: Vec<bool> = grids[0].cells.values().map(|it| it.per_cent).collect();
        assert_eq!(marked, [true, true, true, false, false]);
    }
}

#[test]
fn cells_are_named_as_in_excel() {
    for (place, name) in
        [((0, 0), "A1"), ((11, 25), "Z12"), ((0, 26), "AA1"), ((1_048_575, 16_383), "XFD1048576")]
    {
        assert_eq!(name_of(place.0, place.1), name);
    }
}
