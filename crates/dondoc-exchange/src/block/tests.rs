use dondoc_core::finding::{Fault, Finding};
use proptest::prelude::*;

use super::*;
use crate::{
    passage::{Arrived, Ask, Lack, Outcome},
    sample::{self, any_entries, as_entries, sort},
};

fn load(text: &str) -> Arrived {
    let pack = sample::pack();
    read(text.as_bytes(), &Ask { pack: &pack, unit: &sample::unit, file: "so-lieu.csv" })
}

const HEAD: &str =
    "Đơn vị;Chỉ tiêu;Phân tổ;Kỳ báo cáo;Giá trị;Tử số;Mẫu số;Mức độ;Trạng thái;Ghi chú\n";

/// The fault of a table of one line, and the column that it is in.
#[track_caller]
fn only_fault(line: &str) -> (u32, Fault) {
    let arrived = load(&format!("{HEAD}{line}\n"));
    let [Finding { place, fault }] = arrived.findings.as_slice() else { panic!("{arrived:?}") };
    assert_eq!(arrived.figures, []);
    assert_eq!(place.row, Some(2));
    (place.column.unwrap(), fault.clone())
}

#[test]
fn a_table_in_vietnamese_is_read() {
    let arrived = load(&format!(
        "{HEAD}XBA;GTNT.01;truc_xa;tháng 9/2025;1.234,5;;;;;\nxã Đông Khê;GTNT.03;;2025-09;;7;12;khoảng;ước;theo sổ\nXBA;GTNT.02;;2025-Q3;KPS;;;;;\n"
    ));
    assert_eq!(arrived.findings, []);
    let contents: Vec<Content> = arrived.figures.iter().map(|it| it.figure.content).collect();
    assert_eq!(
        contents,
        [Content::Value(12345), Content::Ratio { numerator: 7, denominator: 12 }, Content::Nil]
    );
    assert_eq!(arrived.figures[1].figure.qualifier, Qualifier::About);
    assert_eq!(arrived.figures[1].figure.status, Status::Estimate);
    assert_eq!(arrived.figures[1].figure.reason.as_deref(), Some("theo sổ"));
    assert_eq!(arrived.figures[1].place.row, Some(3));
}

#[test]
fn a_table_in_english_is_read_in_any_order() {
    let arrived = load("period,value,unit,indicator,comment\n2025,12,XBA,GTNT.02,hello\n");
    assert_eq!(arrived.findings, []);
    assert_eq!(arrived.figures[0].figure.content, Content::Value(12));
    assert_eq!(arrived.lost[0].what, Lack::Field("comment".to_owned()));
}

#[test]
fn bad_lines_are_findings_at_their_column() {
    let (column, fault) = only_fault("XLA;GTNT.02;;2025-09;5;;;;;");
    assert_eq!((column, fault), (1, Fault::UnknownUnit { unit: "XLA".into() }));
    let (column, fault) = only_fault("XBA;GTNT.99;;2025-09;5;;;;;");
    assert_eq!((column, fault), (2, Fault::UnknownIndicator { indicator: "GTNT.99".into() }));
    let (column, fault) = only_fault("XBA;GTNT.01;cao_toc;2025-09;5;;;;;");
    assert_eq!((column, fault), (3, Fault::UnknownOption { option: "cao_toc".into() }));
    let (column, fault) = only_fault("XBA;GTNT.02;;Sep-25;5;;;;;");
    assert_eq!((column, fault), (4, Fault::UnknownPeriod { period: "Sep-25".into() }));
    let (column, fault) = only_fault("XBA;GTNT.02;;2025-09;nhiều;;;;;");
    assert_eq!((column, fault), (5, Fault::NotANumber { text: "nhiều".into() }));
    let (column, fault) = only_fault("XBA;GTNT.01;;2025-09;1.234;;;;;");
    assert!(column == 5 && matches!(fault, Fault::AmbiguousNumber { .. }));
    assert_eq!(only_fault("XBA;GTNT.03;;2025-09;58,3;;;;;"), (5, Fault::RatioWithoutParts));
    assert_eq!(only_fault("XBA;GTNT.03;;2025-09;;7;;;;"), (6, Fault::RatioWithoutParts));
    assert!(matches!(
        only_fault("XBA;GTNT.02;;2025-09;5;;;nhiều;;"),
        (8, Fault::UnknownOption { .. })
    ));
}

#[test]
fn a_unit_that_may_be_two_is_not_chosen() {
    assert_eq!(
        only_fault("Bình;GTNT.02;;2025-09;5;;;;;").1,
        Fault::UnknownUnit { unit: "Bình".into() }
    );
}

#[test]
fn the_same_cell_twice_is_refused() {
    let arrived =
        load(&format!("{HEAD}XBA;GTNT.02;;2025-09;5;;;;;\nXBA;GTNT.02;;2025-M09;6;;;;;\n"));
    assert!(
        matches!(&arrived.findings[..], [Finding { fault: Fault::Duplicate { first }, .. }] if first == "E2")
    );
}

#[test]
fn files_that_are_no_table_are_refused() {
    for text in ["", "hello\n", "Đơn vị;Kỳ\nXBA;2025\n"] {
        let arrived = load(text);
        assert!(
            arrived.findings.iter().any(|it| matches!(it.fault, Fault::NotThere { .. })),
            "{text}"
        );
    }
    let pack = sample::pack();
    let arrived = read(b"\xd0\xcf;\xff", &Ask { pack: &pack, unit: &sample::unit, file: "" });
    assert!(matches!(arrived.findings[0].fault, Fault::Broken { .. }));
}

#[test]
fn unicode_text_of_excel_is_read() {
    let text = format!("{}XBA\tGTNT.02\t\t2025\t5\n", "Đơn vị\tChỉ tiêu\tPhân tổ\tKỳ\tGiá trị\n");
    let bytes: Vec<u8> =
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let pack = sample::pack();
    let arrived = read(&bytes, &Ask { pack: &pack, unit: &sample::unit, file: "" });
    assert_eq!((arrived.figures.len(), arrived.findings.len()), (1, 0));
}

#[test]
fn a_workbook_with_the_same_columns_is_read() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "Số liệu của xã").unwrap();
    for (at, heading) in (0..).zip(["Đơn vị", "Chỉ tiêu", "Kỳ", "Giá trị"]) {
        sheet.write(2, at, heading).unwrap();
    }
    for (row, value) in [(3, 12.0), (4, 1.5)] {
        sheet.write(row, 0, "XBA").unwrap();
        sheet.write(row, 1, if row == 3 { "GTNT.02" } else { "GTNT.01" }).unwrap();
        sheet.write(row, 2, 2025).unwrap();
        sheet.write(row, 3, value).unwrap();
    }
    sheet.write(5, 0, "XDK").unwrap();
    sheet.write(5, 3, rust_xlsxwriter::Formula::new("=1+1")).unwrap();
    let pack = sample::pack();
    let bytes = book.save_to_buffer().unwrap();
    let arrived = read_workbook(&bytes, &Ask { pack: &pack, unit: &sample::unit, file: "a.xlsx" });
    let contents: Vec<Content> = arrived.figures.iter().map(|it| it.figure.content).collect();
    assert_eq!(contents, [Content::Value(12), Content::Value(15)]);
    assert!(
        matches!(&arrived.findings[..], [Finding { place, fault: Fault::Formula }] if place.cell.as_deref() == Some("D6"))
    );
}

#[test]
fn the_description_names_every_column() {
    let described = describe(&sample::pack(), "so-lieu.csv", Dialect::Excel);
    let columns = described["tableSchema"]["columns"].as_array().unwrap();
    let titles: Vec<&str> = columns.iter().map(|it| it["titles"]["vi"].as_str().unwrap()).collect();
    let written = write(&sample::pack(), &[], &sample::unit_names, Dialect::Excel);
    let heading = String::from_utf8(written).unwrap();
    assert_eq!(heading.trim_start_matches('\u{feff}').trim_end(), titles.join(";"));
}

proptest! {
    #[test]
    fn every_figure_comes_back_as_it_went(mut entries in any_entries(), excel: bool) {
        let pack = sample::pack();
        let dialect = if excel { Dialect::Excel } else { Dialect::Plain };
        let bytes = write(&pack, &entries, &sample::unit_names, dialect);
        let arrived = read(&bytes, &Ask { pack: &pack, unit: &sample::unit, file: "a.csv" });
        prop_assert_eq!(&arrived.findings, &[]);
        prop_assert_eq!(&arrived.lost, &[]);
        sort(&mut entries);
        prop_assert_eq!(as_entries(&arrived), entries);
        // Held against themselves they change nothing, against nothing all of them.
        let all = arrived.figures.clone();
        let same = Outcome::of(&arrived, &|cell| all.iter().find(|it| it.cell == *cell).map(|it| it.figure.clone()));
        prop_assert_eq!((same.changes.len(), same.n_unchanged), (0, all.len()));
        prop_assert_eq!(Outcome::of(&arrived, &|_| None).changes.len(), all.len());
    }

    #[test]
    fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let pack = sample::pack();
        let _ = read(&bytes, &Ask { pack: &pack, unit: &sample::unit, file: "" });
        let _ = read_workbook(&bytes, &Ask { pack: &pack, unit: &sample::unit, file: "" });
    }
}
