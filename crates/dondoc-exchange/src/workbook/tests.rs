mod apart;

use std::io::{Cursor, Read, Write};

use dondoc_core::figure::{Content, Qualifier, Source};
use dondoc_core::finding::Fault;
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::*;
use crate::sample::{self, figure};

mod any;

fn paper(pack: &Pack) -> Paper<'_> {
    Paper {
        pack,
        form: &pack.forms[0],
        unit: UnitId(7),
        unit_name: "UBND xã Bình An",
        period: "2025-09".parse().unwrap(),
        from: "2025-08-15".parse().unwrap(),
        to: "2025-09-14".parse().unwrap(),
        status: Status::Final,
    }
}

fn current() -> Vec<Figure> {
    vec![
        figure("GTNT.01", "truc_xa", Content::Value(123)),
        figure("GTNT.01", "truc_thon", Content::Nil),
        figure("GTNT.01", "noi_dong", Content::NoFigure),
        Figure {
            qualifier: Qualifier::About,
            reason: Some("=SUM(1) theo sổ".to_owned()),
            ..figure("GTNT.02", "", Content::Value(1200))
        },
        Figure {
            status: Status::Estimate,
            ..figure("GTNT.03", "", Content::Ratio { numerator: 7, denominator: 12 })
        },
        figure("GTNT.04", "truc_xa+ngan_sach", Content::Value(1_234_567)),
    ]
}

fn filled() -> (Pack, Vec<u8>) {
    let pack = sample::pack();
    let current = current();
    let beside = Beside { current: &current, period_before: &current, ..Beside::default() };
    let bytes = write(&paper(&pack), &beside).unwrap();
    (pack, bytes)
}

/// The file with one part changed.
fn with_part(bytes: &[u8], part: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        let text = if name == part { change(text) } else { text };
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const SHEET: &str = "xl/worksheets/sheet1.xml";

/// The file with the body of one cell of the form put in place of what was there.
fn with_cell(bytes: &[u8], cell: &str, attributes: &str, body: &str) -> Vec<u8> {
    with_part(bytes, SHEET, |xml| {
        let start = xml.find(&format!("<c r=\"{cell}\"")).unwrap();
        let end = xml[start..].find('>').unwrap() + start;
        let end = if xml[..end].ends_with('/') {
            end + 1
        } else {
            xml[end..].find("</c>").unwrap() + end + 4
        };
        format!("{}<c r=\"{cell}\"{attributes}>{body}</c>{}", &xml[..start], &xml[end..])
    })
}

fn typed(bytes: &[u8], cell: &str, text: &str) -> Vec<u8> {
    with_cell(bytes, cell, " t=\"inlineStr\"", &format!("<is><t>{text}</t></is>"))
}

/// The fault of a workbook whose only trouble is one cell.
#[track_caller]
fn only_finding(bytes: &[u8]) -> (String, Fault) {
    let pack = sample::pack();
    let read = read(bytes, &paper(&pack), &current());
    let [finding] = read.findings.as_slice() else { panic!("{:?}", read.findings) };
    assert!(!finding.message(dondoc_core::problem::Language::Vietnamese).is_empty());
    assert!(!finding.remedy(dondoc_core::problem::Language::Vietnamese).is_empty());
    assert!(read.has_errors());
    (finding.place.cell.clone().unwrap_or_default(), finding.fault.clone())
}

/// The rows of the sample form: its first line stands in row 11.
const ROADS_1: &str = "E13";
const DAYS: &str = "E16";
const MONEY: &str = "E20";

#[test]
fn what_was_not_touched_makes_no_difference() {
    let (pack, bytes) = filled();
    let read = read(&bytes, &paper(&pack), &current());
    assert_eq!(read.findings, []);
    assert_eq!(read.differences, []);
    assert_eq!(read.rows_not_there, [] as [&str; 0]);
    assert_eq!(read.not_taken, []);
    assert!(read.is_stamped);
    let mut figures: Vec<Figure> = read.figures.iter().map(|it| it.figure.clone()).collect();
    for (found, sent) in figures.iter_mut().zip(current()) {
        found.source = Source::Derived;
        assert_eq!(*found, sent);
    }
    assert_eq!(figures.len(), current().len());
}

#[test]
fn a_changed_cell_is_a_difference_at_its_place() {
    let (pack, bytes) = filled();
    let bytes = typed(&bytes, ROADS_1, "1.234,5");
    let read = read(&bytes, &paper(&pack), &current());
    assert_eq!(read.findings, []);
    let [difference] = read.differences.as_slice() else { panic!("{:?}", read.differences) };
    assert_eq!(difference.series, sample::series("GTNT.01", "truc_xa"));
    assert_eq!(difference.old.as_ref().unwrap().content, Content::Value(123));
    assert_eq!(difference.new.as_ref().unwrap().content, Content::Value(12345));
    assert_eq!(difference.place.cell.as_deref(), Some(ROADS_1));
    assert_eq!(difference.place.indicator.as_deref(), Some("GTNT.01"));
}

#[test]
fn every_cell_is_told_as_it_stands_there_readable_or_not() {
    let (pack, bytes) = filled();
    let written = |bytes: &[u8], cell: &str| {
        let read = read(bytes, &paper(&pack), &current());
        let found = read.written.into_iter().find(|it| it.place.cell.as_deref() == Some(cell));
        found.map(|it| it.text)
    };
    assert_eq!(written(&typed(&bytes, ROADS_1, "1.234,5"), ROADS_1).as_deref(), Some("1234,5"));
    assert_eq!(written(&typed(&bytes, ROADS_1, "nhiều"), ROADS_1).as_deref(), Some("nhiều"));
    assert_eq!(written(&typed(&bytes, MONEY, "1.234"), MONEY).as_deref(), Some("1.234"));
    assert_eq!(written(&typed(&bytes, DAYS, "KPS"), DAYS).as_deref(), Some("-"));
    assert_eq!(written(&with_cell(&bytes, ROADS_1, "", ""), ROADS_1), None);
}

#[test]
fn a_cleared_cell_is_a_difference_without_a_new_figure() {
    let (pack, bytes) = filled();
    let bytes = with_cell(&bytes, ROADS_1, "", "");
    let read = read(&bytes, &paper(&pack), &current());
    let [difference] = read.differences.as_slice() else { panic!("{:?}", read.differences) };
    assert_eq!(difference.new, None);
    assert_eq!(difference.place.cell.as_deref(), Some(ROADS_1));
}

#[test]
fn words_in_a_number_cell_are_refused() {
    let (_, bytes) = filled();
    let (cell, fault) = only_finding(&typed(&bytes, ROADS_1, "nhiều"));
    assert_eq!((cell.as_str(), fault), (ROADS_1, Fault::NotANumber { text: "nhiều".into() }));
}

#[test]
fn a_number_with_two_readings_is_refused() {
    let (_, bytes) = filled();
    let (cell, fault) = only_finding(&typed(&bytes, MONEY, "1.234"));
    assert_eq!(cell, MONEY);
    assert!(matches!(fault, Fault::AmbiguousNumber { .. }));
}

#[test]
fn numbers_with_too_many_digits_are_refused() {
    let (_, bytes) = filled();
    let (_, fault) = only_finding(&with_cell(&bytes, DAYS, "", "<v>1.5</v>"));
    assert!(matches!(fault, Fault::TooManyDecimals { decimals: 0, .. }));
    let (_, fault) = only_finding(&with_cell(&bytes, DAYS, "", "<v>1e300</v>"));
    assert!(matches!(fault, Fault::NumberTooLarge { .. }));
}

#[test]
fn formulas_errors_and_days_are_refused() {
    let (_, bytes) = filled();
    let (cell, fault) = only_finding(&with_cell(&bytes, DAYS, "", "<f>1+1</f><v>2</v>"));
    assert_eq!((cell.as_str(), fault), (DAYS, Fault::Formula));
    let (_, fault) = only_finding(&with_cell(&bytes, DAYS, " t=\"e\"", "<v>#REF!</v>"));
    assert_eq!(fault, Fault::NotANumber { text: "#REF!".into() });
    let (_, fault) = only_finding(&with_cell(&bytes, DAYS, " t=\"d\"", "<v>2025-05-01</v>"));
    assert_eq!(fault, Fault::NotANumber { text: "2025-05-01".into() });
    let (_, fault) = only_finding(&with_cell(&bytes, DAYS, " t=\"b\"", "<v>1</v>"));
    assert_eq!(fault, Fault::NotANumber { text: "TRUE".into() });
}

#[test]
fn a_share_without_one_of_its_parts_is_refused() {
    let (_, bytes) = filled();
    let (cell, fault) = only_finding(&with_cell(&bytes, "G17", "", ""));
    assert_eq!((cell.as_str(), fault), ("F17", Fault::RatioWithoutParts));
}

#[test]
fn merged_cells_over_figures_are_refused() {
    let (_, bytes) = filled();
    let bytes = with_part(&bytes, SHEET, |xml| {
        xml.replace("</mergeCells>", "<mergeCell ref=\"E13:E14\"/></mergeCells>")
    });
    let (cell, fault) = only_finding(&bytes);
    assert_eq!((cell.as_str(), fault), (ROADS_1, Fault::MergedCells { range: "E13:E14".into() }));
}

#[test]
fn a_row_of_nobody_with_numbers_is_refused() {
    let (_, bytes) = filled();
    let row = "<row r=\"30\"><c r=\"C30\" t=\"inlineStr\"><is><t>Đường khác</t></is></c><c r=\"E30\"><v>5</v></c></row>";
    let bytes =
        with_part(&bytes, SHEET, |xml| xml.replace("</sheetData>", &format!("{row}</sheetData>")));
    let (cell, fault) = only_finding(&bytes);
    assert_eq!((cell.as_str(), fault), ("E30", Fault::UnknownRow { text: "Đường khác".into() }));
}

#[test]
fn the_same_row_twice_is_refused() {
    let (_, bytes) = filled();
    let row = "<row r=\"30\"><c r=\"B30\" t=\"inlineStr\"><is><t>2</t></is></c><c r=\"C30\" t=\"inlineStr\"><is><t>so ngay cong lao dong</t></is></c><c r=\"E30\"><v>5</v></c></row>";
    let bytes =
        with_part(&bytes, SHEET, |xml| xml.replace("</sheetData>", &format!("{row}</sheetData>")));
    let (cell, fault) = only_finding(&bytes);
    assert_eq!((cell.as_str(), fault), ("E30", Fault::Duplicate { first: DAYS.into() }));
}

#[test]
fn a_number_where_the_form_takes_none_is_refused() {
    let (_, bytes) = filled();
    let (cell, fault) = only_finding(&with_cell(&bytes, "F13", "", "<v>5</v>"));
    assert_eq!((cell.as_str(), fault), ("F13", Fault::NotReportedHere));
}

#[test]
fn the_wrong_form_version_unit_or_period_is_refused() {
    let (pack, bytes) = filled();
    let mut newer = pack.clone();
    newer.forms[0].version = 3;
    let other = Paper { unit: UnitId(8), ..paper(&pack) };
    let renamed = Paper { unit_name: "UBND xã Đông Khê", ..other };
    let later = Paper { period: "2025-10".parse().unwrap(), ..paper(&pack) };
    let second = Paper { form: &pack.forms[1], ..paper(&pack) };
    for (paper, expected) in [
        (paper(&newer), "phiên bản 3"),
        (other, "đơn vị số 8"),
        (renamed, "UBND xã Đông Khê"),
        (later, "kỳ 2025-10"),
        (second, "X02-GTNT"),
    ] {
        let read = read(&bytes, &paper, &current());
        assert!(read.figures.is_empty() && read.differences.is_empty());
        let faults = read.findings.iter().map(|it| it.fault.clone()).collect::<Vec<_>>();
        assert!(
            faults.iter().any(
                |it| matches!(it, Fault::WrongForm { expected: it, .. } if it.contains(expected))
            ),
            "{expected}: {faults:?}"
        );
    }
}

/// The file without the sheet of the stamp: another sheet's name hides it from the reader.
fn without_stamp(bytes: &[u8]) -> Vec<u8> {
    with_part(bytes, "xl/workbook.xml", |xml| xml.replace("_dondoc", "Sheet9"))
}

#[test]
fn without_a_stamp_the_heading_speaks() {
    let (pack, bytes) = filled();
    let bytes = without_stamp(&bytes);
    let read_well = read(&bytes, &paper(&pack), &current());
    assert!(!read_well.is_stamped);
    assert_eq!(read_well.findings, []);
    assert_eq!(read_well.figures.len(), current().len());
    let later = Paper { to: "2025-10-14".parse().unwrap(), ..paper(&pack) };
    let refused = read(&bytes, &later, &current());
    assert!(
        matches!(&refused.findings[..], [Finding { fault: Fault::NotThere { wanted }, .. }] if wanted.contains("14/10/2025"))
    );
    assert!(refused.figures.is_empty());
}

#[test]
fn what_is_no_workbook_is_refused() {
    let pack = sample::pack();
    for bytes in [&b""[..], b"hello", b"PK\x03\x04nonsense", &[0xd0, 0xcf, 0x11, 0xe0, 0, 0, 0, 0]]
    {
        let read = read(bytes, &paper(&pack), &[]);
        assert!(
            matches!(&read.findings[..], [Finding { fault: Fault::Broken { .. }, .. }]),
            "{bytes:?}"
        );
    }
}

#[test]
fn a_sheet_that_reaches_to_its_last_row_is_refused_and_costs_nothing() {
    let (_, bytes) = filled();
    let row = "<row r=\"1048576\"><c r=\"XFD1048576\"><v>5</v></c></row>";
    let bytes =
        with_part(&bytes, SHEET, |xml| xml.replace("</sheetData>", &format!("{row}</sheetData>")));
    let (_, fault) = only_finding(&bytes);
    assert!(matches!(fault, Fault::TooManyRows { .. }));
    let blank = "<row r=\"1048576\"><c r=\"XFD1048576\" s=\"1\"/></row>";
    let (pack, bytes) = filled();
    let bytes = with_part(&bytes, SHEET, |xml| {
        xml.replace("</sheetData>", &format!("{blank}</sheetData>"))
    });
    assert_eq!(read(&bytes, &paper(&pack), &current()).findings, []);
}

#[test]
fn a_full_sheet_is_refused() {
    let (_, bytes) = filled();
    let rows = "<row><c><v>1</v></c></row>".repeat(1_048_576);
    let bytes =
        with_part(&bytes, SHEET, |xml| xml.replace("</sheetData>", &format!("{rows}</sheetData>")));
    let (_, fault) = only_finding(&bytes);
    assert!(matches!(fault, Fault::TooManyRows { limit: 20_000 }));
    let rows = format!("<row><c><v>1</v></c></row>{:30}", "").repeat(1_048_576);
    let bytes =
        with_part(&bytes, SHEET, |xml| xml.replace("</sheetData>", &format!("{rows}</sheetData>")));
    let (_, fault) = only_finding(&bytes);
    assert!(matches!(fault, Fault::TooManyRows { limit: 20_000 }));
}

#[test]
fn what_unpacks_without_end_is_refused() {
    let (_, bytes) = filled();
    let bytes =
        with_part(&bytes, "xl/sharedStrings.xml", |xml| format!("{xml}{}", " ".repeat(70 << 20)));
    assert!(bytes.len() < 1 << 20);
    let (_, fault) = only_finding(&bytes);
    assert!(matches!(fault, Fault::Broken { detail } if detail.contains("64 MiB")));
}

#[test]
fn numbers_outside_of_the_form_are_said() {
    let (pack, bytes) = filled();
    let bytes = with_cell(&bytes, "E12", "", "<v>99</v>");
    let read = read(&bytes, &paper(&pack), &current());
    assert_eq!(read.findings, []);
    let places: Vec<_> = read.not_taken.iter().filter_map(|it| it.cell.as_deref()).collect();
    assert_eq!(places, ["E12"]);
}

#[test]
fn the_same_paper_is_the_same_file() {
    assert_eq!(filled().1, filled().1);
}

#[test]
fn options_side_by_side_are_read_back() {
    let pack = sample::pack();
    let paper = Paper { form: &pack.forms[1], period: "2025".parse().unwrap(), ..paper(&pack) };
    let figures = [
        figure("GTNT.04", "truc_xa+ngan_sach", Content::Value(1500)),
        figure("GTNT.04", "noi_dong+dong_gop", Content::Value(999_999_999_999_999_999)),
    ];
    let bytes = write(&paper, &Beside { current: &figures, ..Beside::default() }).unwrap();
    let read = read(&bytes, &paper, &figures);
    assert_eq!((read.findings.len(), read.differences.len(), read.figures.len()), (0, 0, 2));
}
